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
#[command(after_help = "Examples:\n  glane man | man -l -\n  glane man --output ~/.local/share/man/man1")]
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
    let page = |command: clap::Command| -> io::Result<Vec<u8>> {
        let mut out = Vec::new();
        clap_mangen::Man::new(command).render(&mut out)?;
        Ok(out)
    };
    let written = match &args.output {
        None => page(program).map(|out| print(&String::from_utf8_lossy(&out))),
        Some(folder) => fs::create_dir_all(folder).and_then(|()| {
            for command in program.get_subcommands().filter(|c| !c.is_hide_set()) {
                let name = format!("glane-{}", command.get_name());
                let bytes = page(command.clone().name(name.clone()))?;
                fs::write(folder.join(format!("{name}.1")), bytes)?;
            }
            fs::write(folder.join("glane.1"), page(program.clone())?)?;
            Ok(ExitCode::SUCCESS)
        }),
    };
    written.unwrap_or_else(|e| {
        let place = args.output.as_deref().unwrap_or("-".as_ref());
        say!("glane: {}: {e}", place.display());
        ExitCode::from(NOTHING)
    })
}
