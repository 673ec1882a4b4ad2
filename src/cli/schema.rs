//! `glane schema`: the JSON Schema of the output, from the types themselves.

use super::{NOTHING, print, say, values};
use crate::output::Layout;
use std::process::ExitCode;

/// Flags of `glane schema`.
#[derive(clap::Args)]
pub struct Args {
    /// Layout whose lines are described.
    #[arg(long, value_parser = values::layouts_with_lines(), default_value = Layout::ALL[0].name)]
    layout: &'static Layout,
}

/// Runs the command.
pub fn run(args: &Args) -> ExitCode {
    let Some(schema) = args.layout.schema() else {
        unreachable!("the flag takes layouts with lines")
    };
    match serde_json::to_string_pretty(&schema) {
        Ok(text) => print(&(text + "\n")),
        Err(e) => {
            say!("glane: {e}");
            ExitCode::from(NOTHING)
        }
    }
}
