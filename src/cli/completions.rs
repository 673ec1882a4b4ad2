//! `glane completions` and `glane man`: what shells and `man` want to know, from
//! the flags themselves.

use super::{NOTHING, print, say};
use std::{fs, io, path::PathBuf, process::ExitCode};

/// Flags of `glane completions`.
#[derive(clap::Args)]
#[command(after_help = "Example:\n  \
    glane completions bash > ~/.local/share/bash-completion/completions/glane")]
pub struct Args {
    /// The shell.
    shell: clap_complete::Shell,
}

/// Flags of `glane man`.
#[derive(clap::Args)]
#[command(
    after_help = "Examples:\n  glane man | man -l -\n  glane man --output ~/.local/share/man/man1"
)]
pub struct ManArgs {
    /// A folder for the pages of all commands; without it the page of glane
    /// goes to standard output.
    #[arg(short, long, value_name = "FOLDER")]
    output: Option<PathBuf>,
}

/// Prints the completions of a shell.
pub fn run(args: &Args, mut program: clap::Command) -> ExitCode {
    let mut out = Vec::new();
    clap_complete::generate(args.shell, &mut program, "glane", &mut out);
    print(&String::from_utf8_lossy(&out))
}

/// Prints the manual page, or writes all of them.
pub fn man(args: &ManArgs, program: clap::Command) -> ExitCode {
    let written = match &args.output {
        None => {
            let mut out = Vec::new();
            let rendered = clap_mangen::Man::new(program).render(&mut out);
            rendered.map(|()| print(&String::from_utf8_lossy(&out)))
        }
        Some(file) if file.is_file() => {
            Err(io::Error::other("a file: name a folder for the pages"))
        }
        Some(folder) => fs::create_dir_all(folder)
            .and_then(|()| clap_mangen::generate_to(program, folder))
            .map(|()| ExitCode::SUCCESS),
    };
    written.unwrap_or_else(|e| {
        let place = args.output.as_deref().unwrap_or("-".as_ref());
        say!("glane: {}: {e}", place.display());
        ExitCode::from(NOTHING)
    })
}
