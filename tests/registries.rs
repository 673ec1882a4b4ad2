//! What is declared once is what users meet: in documents, in help, in messages
//! and in the walk through folders.

#![allow(clippy::unwrap_used)] // A test that panics has failed, as it should.

mod common;

use common::{run, stderr};
use glane::{
    article::{Container, formats, inputs},
    compression,
    entities::engines,
    output::{self, Layout},
    record::LAYERS,
};
use std::{collections::BTreeSet, fmt::Write, fs, path::Path};

fn here() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The part of README.md between two marks must be `expected`; with
/// `GLANE_BLESS=1` it is written there.
fn in_readme(mark: &str, expected: &str) {
    let path = here().join("README.md");
    let text = fs::read_to_string(&path).unwrap();
    let open = format!("<!-- {mark} -->\n");
    let start = text.find(&open).unwrap() + open.len();
    let end = start + text[start..].find(&format!("<!-- /{mark} -->")).unwrap();
    if text[start..end] != *expected && std::env::var_os("GLANE_BLESS").is_some() {
        fs::write(&path, [&text[..start], expected, &text[end..]].concat()).unwrap();
        return;
    }
    assert_eq!(
        &text[start..end],
        expected,
        "help: GLANE_BLESS=1 cargo test --test registries"
    );
}

#[test]
fn the_readme_lists_what_is_declared() {
    let mut table = String::from("| format | extensions | a file holds |\n|---|---|---|\n");
    for c in formats::ALL {
        let extensions: Vec<_> = c.extensions.iter().map(|e| format!("`.{e}`")).collect();
        let extensions = extensions.join(", ");
        writeln!(table, "| `{}` | {extensions} | {} |", c.name, c.holds).unwrap();
    }
    let packed: Vec<_> = compression::ALL
        .iter()
        .map(|c| format!("`.{}` ({})", c.extension, c.name))
        .collect();
    writeln!(
        table,
        "| each of them | with {} | compressed |",
        packed.join(", ")
    )
    .unwrap();
    in_readme("formats", &table);
    let mut table = String::from("| `--layout` | a row holds | in a folder |\n|---|---|---|\n");
    for l in Layout::ALL {
        let format = output::formats::of_layout(l).next().unwrap();
        let more = if l.has_files() { " …" } else { "" };
        let file = format!("`{}.{}`{more}", l.stem, format.extensions[0]);
        writeln!(table, "| `{}` | {} | {file} |", l.name, l.holds).unwrap();
    }
    // Without Parquet, tables are CSV.
    if cfg!(feature = "parquet") {
        in_readme("layouts", &table);
    }
    let mut table = String::from("| `--as` | extension | holds | layouts |\n|---|---|---|---|\n");
    for f in output::formats::ALL {
        let layouts: Vec<_> = f.layouts.iter().map(|l| format!("`{}`", l.name)).collect();
        let layouts = layouts.join(", ");
        writeln!(
            table,
            "| `{}` | `.{}` | {} | {layouts} |",
            f.name, f.extensions[0], f.writes
        )
        .unwrap();
    }
    if cfg!(feature = "parquet") {
        in_readme("sinks", &table);
    }
}

#[test]
fn names_and_extensions_mean_one_thing() {
    let mut seen = BTreeSet::new();
    for c in formats::ALL {
        for name in c.aliases.iter().chain([&c.name]) {
            assert!(seen.insert(format!("format {name}")), "{name}");
            assert_eq!(name.parse::<&Container>().unwrap(), *c);
        }
        for e in c.extensions {
            assert!(seen.insert(format!("extension {e}")), "{e}");
        }
    }
    for c in compression::ALL {
        assert!(seen.insert(format!("extension {}", c.extension)));
    }
    for l in LAYERS {
        assert!(seen.insert(format!("layer {}", l.name)));
    }
    for e in engines::ALL {
        assert!(seen.insert(format!("engine {}", e.name)));
    }
}

#[test]
fn folders_are_walked_for_every_extension() {
    let dir = tempfile::tempdir().unwrap();
    let mut expected = BTreeSet::new();
    for c in formats::ALL {
        for e in c.extensions {
            for packed in compression::ALL
                .iter()
                .map(|c| format!(".{}", c.extension))
                .chain([String::new()])
            {
                let name = format!("a.{e}{packed}");
                fs::write(dir.path().join(&name), "x").unwrap();
                expected.insert((name, c.name));
            }
        }
    }
    let found = inputs::collect(&[dir.path().to_owned()], None, None, Default::default());
    let found: BTreeSet<_> = found
        .files
        .iter()
        .map(|f| (f.relative.clone(), f.format.unwrap().name))
        .collect();
    assert_eq!(found, expected);
}

#[test]
fn help_and_messages_name_what_there_is() {
    let help = run(here(), &["extract", "--help"]);
    let help = String::from_utf8(help.stdout).unwrap();
    let one_line = help.split_whitespace().collect::<Vec<_>>().join(" ");
    for c in formats::ALL {
        assert!(
            one_line.contains(&format!("- {}: {}", c.name, c.holds)),
            "{help}"
        );
    }
    for l in Layout::ALL {
        assert!(
            one_line.contains(&format!("- {}: {}", l.name, l.holds)),
            "{help}"
        );
    }
    for f in output::formats::ALL {
        assert!(
            one_line.contains(&format!("- {}: {}", f.name, f.writes)),
            "{help}"
        );
    }
    for e in engines::ALL {
        // What is not built in is of no use to who reads this help.
        assert_eq!(
            one_line.contains(&format!("- {}: {}", e.name, e.about)),
            e.built,
            "{help}"
        );
    }
    assert!(one_line.contains(&output::formats::endings()), "{help}");
    let dir = tempfile::tempdir().unwrap();
    fs::write(dir.path().join("a.xyz"), "x").unwrap();
    let out = run(dir.path(), &["extract", "a.xyz", "-o", "-"]);
    let said = stderr(&out);
    for c in formats::ALL {
        assert!(said.contains(c.name), "{said}");
    }
}

#[test]
fn languages_are_refused_with_the_list() {
    let dir = tempfile::tempdir().unwrap();
    let text = "Le maire de la ville a payé 30 euros hier soir pour la fête.";
    fs::write(dir.path().join("a.txt"), text).unwrap();
    let run = |lang: &str| {
        run(
            dir.path(),
            &["extract", "a.txt", "-q", "-o", "-", "--lang", lang],
        )
    };
    let said = stderr(&run("xyz"));
    assert!(said.contains("`xyz`"), "{said}");
    let said = stderr(&run("br"));
    assert!(said.contains("fra"), "{said}");
    assert_eq!(run("fr").stdout, run("fra").stdout);
    assert!(
        String::from_utf8(run("fr").stdout)
            .unwrap()
            .contains("\"ok\"")
    );
}
