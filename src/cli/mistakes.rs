//! Mistakes on the command line that the parser would answer with something
//! else: a file where a command stands, a command misspelt, a long flag behind
//! one dash.

use crate::article::formats;
use std::{ffi::OsString, path::Path};

/// Less alike (Jaro-Winkler, 0 to 1) and it is another word.
const ALIKE: f64 = 0.75;

/// What is wrong with the arguments behind the program's name, and what to
/// write instead; `None` where the parser may have its say.
pub fn found(args: &[OsString], program: &clap::Command) -> Option<String> {
    let words: Vec<_> = args.iter().map(|a| a.to_string_lossy()).collect();
    if let Some(said) = before_command(&words, program) {
        return Some(said);
    }
    let at = words.iter().position(|w| !w.starts_with('-'))?;
    // What stands before the command are flags of the program.
    if words[..at].iter().any(|w| w != "--") {
        return None;
    }
    let word = &words[at];
    if word == "help" {
        // What the parser adds itself, and its words are as good as any.
        let asked = words.get(at + 1).filter(|w| !w.starts_with('-'))?;
        return match program.find_subcommand(asked.as_ref()) {
            Some(_) => None,
            None => Some(no_command(asked, &args[at + 1..], program)),
        };
    }
    match program.find_subcommand(word.as_ref()) {
        Some(command) => one_dash(&words[at + 1..], command),
        None => Some(no_command(word, args, program)),
    }
}

/// `-o out extract a.txt`: a flag of a command before it.
fn before_command<S: AsRef<str>>(words: &[S], program: &clap::Command) -> Option<String> {
    let words: Vec<_> = words.iter().map(AsRef::as_ref).collect();
    let name = words.first()?.split('=').next()?;
    let is = |flag: &clap::Arg| match name.strip_prefix("--") {
        Some(long) => flag.get_long() == Some(long),
        None => name.len() == 2 && flag.get_short() == name.chars().nth(1),
    };
    if !name.starts_with('-') || program.get_arguments().any(is) {
        return None;
    }
    let found = |word: &&str| program.find_subcommand(word);
    let (at, command) = words
        .iter()
        .enumerate()
        .find_map(|(i, w)| Some((i, found(w)?)))?;
    if !command.get_arguments().any(is) {
        return None;
    }
    let rest = [&words[..at], &words[at + 1..]].concat();
    Some(format!(
        "{name}: flags stand behind the command: glane {} {}",
        command.get_name(),
        rest.join(" ")
    ))
}

/// `-output x`, which the parser reads as `-o utput`.
fn one_dash<S: AsRef<str>>(words: &[S], command: &clap::Command) -> Option<String> {
    for word in words.iter().map(AsRef::as_ref) {
        if word == "--" {
            return None;
        }
        let Some(rest) = word.strip_prefix('-') else {
            continue;
        };
        let name = rest.split('=').next().unwrap_or(rest);
        let long = |flag: &clap::Arg| {
            flag.get_long() == Some(name)
                || flag
                    .get_all_aliases()
                    .is_some_and(|all| all.contains(&name))
        };
        if name.chars().count() > 1 && command.get_arguments().any(long) {
            return Some(format!("-{name}: a long flag has two dashes: --{rest}"));
        }
    }
    None
}

/// Words that people write as commands, and the flags that they mean.
const FLAGS: [(&str, &str); 3] = [
    ("version", "--version"),
    ("usage", "--help"),
    ("aide", "--help"),
];

fn no_command(word: &str, args: &[OsString], program: &clap::Command) -> String {
    if let Some((_, flag)) = FLAGS.iter().find(|(w, _)| *w == word) {
        return format!("no command `{word}`: did you mean `glane {flag}`?");
    }
    let extension = || {
        let extension = Path::new(word).extension()?.to_str()?.to_lowercase();
        let mut known = formats::ALL.iter().flat_map(|f| f.extensions);
        known.find(|e| **e == extension)
    };
    if Path::new(word).exists() || extension().is_some() {
        let rest: Vec<_> = args.iter().map(|a| a.to_string_lossy()).collect();
        return format!(
            "{word} is no command. To read it: glane extract {}\n\
             (to look at it first: glane peek {word}; in a browser: glane view {word})",
            rest.join(" ")
        );
    }
    let names: Vec<_> = program
        .get_subcommands()
        .filter(|c| !c.is_hide_set())
        .map(clap::Command::get_name)
        .collect();
    let near = names
        .iter()
        .map(|name| (strsim::jaro_winkler(word, name), *name))
        .filter(|(alike, _)| *alike >= ALIKE)
        .max_by(|a, b| a.0.total_cmp(&b.0));
    match near {
        Some((_, name)) => format!("no command `{word}`: did you mean `glane {name}`?"),
        None => format!(
            "no command and no file `{word}`: there are the commands {}",
            names.join(", ")
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::{Arg, Command};

    fn program() -> Command {
        Command::new("glane")
            .subcommand(
                Command::new("extract")
                    .arg(Arg::new("out").short('o').long("output").alias("out"))
                    .arg(Arg::new("force").long("force")),
            )
            .subcommand(Command::new("explain"))
            .subcommand(Command::new("peek"))
    }

    fn said(args: &[&str]) -> Option<String> {
        let args: Vec<_> = args.iter().map(OsString::from).collect();
        found(&args, &program())
    }

    #[test]
    fn what_was_meant() {
        for (args, part) in [
            (&["article.txt"][..], "glane extract article.txt"),
            (&["Cargo.toml", "-o", "-"], "glane extract Cargo.toml -o -"),
            (&["extrct", "a.txt"], "`glane extract`"),
            (&["explian"], "`glane explain`"),
            (&["help", "extrct"], "`glane extract`"),
            (&["version"], "`glane --version`"),
            (&["xyzzy"], "extract, explain, peek"),
            (&["extract", "a.txt", "-output", "x"], "--output"),
            (&["extract", "a.txt", "-out=x"], "--out=x"),
            (&["extract", "-force", "a.txt"], "--force"),
            (&["-o", "x", "extract", "a.txt"], "glane extract -o x a.txt"),
            (
                &["--output=x", "extract", "a"],
                "glane extract --output=x a",
            ),
            (&["--force", "extract", "a"], "glane extract --force a"),
        ] {
            let said = said(args).unwrap_or_default();
            assert!(said.contains(part), "{args:?}: {said}");
        }
        for fine in [
            &["extract", "a.txt", "-o", "x"][..],
            &["extract", "a.txt", "-ox"],
            &["extract", "--", "-output"],
            &["extract", "-"],
            &["--version"],
            &["--help", "x"],
            &["help"],
            &["help", "extract"],
            &["--nothing", "extract"],
            &["-o", "x"],
            &[],
        ] {
            assert_eq!(said(fine), None, "{fine:?}");
        }
    }
}
