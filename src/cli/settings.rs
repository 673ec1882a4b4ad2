//! Flags from a file (`--config glane.toml`) and from the environment
//! (`GLANE_LANG=fr`): they are put into the command line, whose own flags win
//! over the environment, and the environment over the file.

use std::{env, ffi::OsString, fs, path::Path};

/// Flags that may stand in a file or in the environment: how to read, what to
/// look for, where to write. What replaces or deletes is said each time.
const KNOWN: &[&str] = &[
    "format",
    "text-field",
    "id-field",
    "title-field",
    "date-field",
    "keep",
    "max-article-bytes",
    "published",
    "lang",
    "assume-lang",
    "min-score",
    "crypto",
    "timezone",
    "engine",
    "model",
    "context",
    "with-text",
    "output",
    "layout",
    "threads",
    "progress",
    "quiet",
];

/// Before the name of a flag in upper case.
const PREFIX: &str = "GLANE_";

/// A flag and its value; `None` for one that is merely on.
type Setting = (&'static str, Option<String>);

/// The command line (with the program's name) with what the file and the
/// environment add.
///
/// # Errors
/// When the file cannot be read, or holds what is no setting.
pub fn added(args: Vec<OsString>, program: &clap::Command) -> Result<Vec<OsString>, String> {
    let environment = |flag: &str| {
        let name = format!("{PREFIX}{}", flag.replace('-', "_").to_uppercase());
        env::var(name).ok().filter(|value| !value.is_empty())
    };
    with(args, program, &environment)
}

fn with(
    args: Vec<OsString>,
    program: &clap::Command,
    environment: &dyn Fn(&str) -> Option<String>,
) -> Result<Vec<OsString>, String> {
    let words: Vec<_> = args.iter().map(|a| a.to_string_lossy()).collect();
    let command = words.iter().enumerate().skip(1).find_map(|(at, word)| {
        program
            .find_subcommand(word.as_ref())
            .map(|command| (at, command))
    });
    let Some((at, command)) = command else {
        return Ok(args);
    };
    let mut settings: Vec<Setting> = Vec::new();
    for flag in KNOWN {
        if let Some(value) = environment(flag) {
            settings.extend(setting(flag, value));
        }
    }
    if let Some(path) = file(&words) {
        for setting in read(Path::new(&path))? {
            if settings.iter().all(|(flag, _)| *flag != setting.0) {
                settings.push(setting);
            }
        }
    }
    let mut new = Vec::new();
    for (flag, value) in settings {
        let Some(argument) = command.get_arguments().find(|a| a.get_long() == Some(flag)) else {
            continue;
        };
        // A conflict is declared on one side and holds for both.
        let against = |one: &clap::Arg, other: &clap::Arg| {
            let others = command.get_arg_conflicts_with(one);
            others.iter().any(|o| o.get_id() == other.get_id())
        };
        let excludes = |other: &&clap::Arg| against(argument, other) || against(other, argument);
        let given = |argument: &clap::Arg| is_given(&words[at + 1..], argument);
        if given(argument) || command.get_arguments().filter(excludes).any(given) {
            continue;
        }
        new.push(OsString::from(match value {
            Some(value) => format!("--{flag}={value}"),
            None => format!("--{flag}"),
        }));
    }
    let mut out = args;
    out.splice(at + 1..at + 1, new);
    Ok(out)
}

/// What a flag of the environment amounts to; nothing when it is off.
fn setting(flag: &'static str, value: String) -> Option<Setting> {
    match (is_switch(flag), value.as_str()) {
        (true, "0" | "false" | "no") => None,
        (true, _) => Some((flag, None)),
        (false, _) => Some((flag, Some(value))),
    }
}

fn is_switch(flag: &str) -> bool {
    matches!(flag, "crypto" | "context" | "with-text" | "quiet")
}

/// The value of `--config`.
fn file<S: AsRef<str>>(words: &[S]) -> Option<String> {
    let mut words = words.iter().map(AsRef::as_ref).take_while(|w| *w != "--");
    while let Some(word) = words.next() {
        if word == "--config" {
            return words.next().map(str::to_owned);
        }
        if let Some(path) = word.strip_prefix("--config=") {
            return Some(path.to_owned());
        }
    }
    None
}

fn read(path: &Path) -> Result<Vec<Setting>, String> {
    let shown = path.display();
    let text = fs::read_to_string(path).map_err(|e| format!("{shown}: {e}"))?;
    let table: toml::Table = text
        .parse()
        .map_err(|e| format!("{shown}: {}", toml_error(&e)))?;
    let mut out = Vec::new();
    for (key, value) in table {
        let name = key.replace('_', "-");
        let Some(flag) = KNOWN.iter().find(|flag| **flag == name).copied() else {
            return Err(format!(
                "{shown}: `{key}` is no setting: there are {}",
                KNOWN.join(", ")
            ));
        };
        let wrong = || {
            format!("{shown}: `{key}` is a string, a number, true or false, or a list of strings")
        };
        let value = match value {
            toml::Value::Boolean(on) if is_switch(flag) => {
                if on {
                    out.push((flag, None));
                }
                continue;
            }
            toml::Value::String(text) => text,
            toml::Value::Integer(n) => n.to_string(),
            toml::Value::Float(n) => n.to_string(),
            toml::Value::Datetime(date) => date.to_string(),
            toml::Value::Array(list) => list
                .iter()
                .map(|v| v.as_str().map(str::to_owned).ok_or_else(wrong))
                .collect::<Result<Vec<_>, _>>()?
                .join(","),
            _ => return Err(wrong()),
        };
        out.extend(setting(flag, value));
    }
    Ok(out)
}

/// The message of the parser on one line.
fn toml_error(error: &toml::de::Error) -> String {
    let text = error.to_string();
    let lines: Vec<_> = text.lines().map(str::trim).collect();
    lines.join(" ").trim().to_owned()
}

/// Whether a flag stands on the command line, by its long or its short name.
fn is_given<S: AsRef<str>>(words: &[S], argument: &clap::Arg) -> bool {
    let mut longs: Vec<&str> = argument.get_long().into_iter().collect();
    longs.extend(argument.get_all_aliases().unwrap_or_default());
    let words = words.iter().map(AsRef::as_ref).take_while(|w| *w != "--");
    let short = argument.get_short();
    words.into_iter().any(|word| match word.strip_prefix("--") {
        Some(long) => longs.contains(&long.split('=').next().unwrap_or(long)),
        None => {
            let mut letters = word.strip_prefix('-').unwrap_or_default().chars();
            short.is_some() && letters.next() == short
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::{Arg, ArgAction, Command};

    fn added(args: &[&str], environment: &[(&str, &str)]) -> Result<Vec<String>, String> {
        let program = Command::new("glane").subcommand(
            Command::new("extract")
                .arg(Arg::new("in"))
                .arg(Arg::new("out").short('o').long("output").alias("out"))
                .arg(Arg::new("lang").long("lang"))
                .arg(Arg::new("keep").long("keep"))
                .arg(
                    Arg::new("assume")
                        .long("assume-lang")
                        .conflicts_with("lang"),
                )
                .arg(Arg::new("quiet").long("quiet").action(ArgAction::SetTrue)),
        );
        let args = args.iter().map(OsString::from).collect();
        let find = |flag: &str| {
            let found = environment.iter().find(|(name, _)| *name == flag);
            found.map(|(_, value)| (*value).to_owned())
        };
        let out = with(args, &program, &find)?;
        Ok(out
            .iter()
            .map(|a| a.to_string_lossy().into_owned())
            .collect())
    }

    #[test]
    fn the_command_line_wins_over_the_environment() {
        for (args, expected) in [
            (
                &["glane", "extract", "a"][..],
                &[
                    "glane",
                    "extract",
                    "--lang=fr",
                    "--output=o",
                    "--quiet",
                    "a",
                ][..],
            ),
            (
                &["glane", "extract", "a", "-ox", "--lang", "de"],
                &["glane", "extract", "--quiet", "a", "-ox", "--lang", "de"],
            ),
            (
                &["glane", "extract", "a", "--out=x", "--assume-lang=fra"],
                &[
                    "glane",
                    "extract",
                    "--quiet",
                    "a",
                    "--out=x",
                    "--assume-lang=fra",
                ],
            ),
            (&["glane", "--version"], &["glane", "--version"]),
        ] {
            let set = [("lang", "fr"), ("output", "o"), ("quiet", "1")];
            assert_eq!(added(args, &set).unwrap(), expected);
        }
        assert_eq!(
            added(&["glane", "extract", "a"], &[("quiet", "0")]).unwrap(),
            ["glane", "extract", "a"]
        );
    }

    #[test]
    fn the_environment_wins_over_the_file() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("glane.toml");
        let config = format!("--config={}", path.display());
        let args = ["glane", "extract", "a", &config];
        fs::write(
            &path,
            "keep = [\"url\", \"auteur.nom\"]\nlang = \"de\"\nquiet = true\n",
        )
        .unwrap();
        assert_eq!(
            added(&args, &[("lang", "fr")]).unwrap(),
            [
                "glane",
                "extract",
                "--lang=fr",
                "--keep=url,auteur.nom",
                "--quiet",
                "a",
                &config
            ]
        );
        for (text, part) in [
            ("force = true\n", "`force` is no setting"),
            ("keep = 1.5.5\n", "glane.toml"),
            ("keep = [1]\n", "list of strings"),
        ] {
            fs::write(&path, text).unwrap();
            let said = added(&args, &[]).unwrap_err();
            assert!(said.contains(part), "{said}");
        }
        fs::remove_file(&path).unwrap();
        assert!(added(&args, &[]).unwrap_err().contains("glane.toml"));
    }
}
