//! Runs the snippets of `docs/LOADING.md` as they stand there. Needs a Python
//! with duckdb, polars and pandas (`GLANE_PYTHON`, else `python3`); a tool that
//! is not there is skipped with a printed line.

#![allow(clippy::unwrap_used)] // A test that panics has failed, as it should.

mod common;

use common::{expect_code, run};
use std::{
    env, fs,
    path::Path,
    process::{Command, Output},
};

fn python(dir: &Path, code: &str) -> Option<Output> {
    let python = env::var_os("GLANE_PYTHON").unwrap_or_else(|| "python3".into());
    Command::new(python)
        .arg("-c")
        .arg(code)
        .current_dir(dir)
        .output()
        .ok()
}

fn has(tool: &str) -> bool {
    let there =
        python(Path::new("."), &format!("import {tool}")).is_some_and(|o| o.status.success());
    if !there {
        println!("skipped: no Python with {tool}");
    }
    there
}

fn expect(dir: &Path, code: &str) {
    let out = python(dir, code).unwrap();
    assert!(
        out.status.success(),
        "help: this code\n{code}\nsaid\n{}",
        String::from_utf8_lossy(&out.stderr)
    );
}

/// Code blocks of `language` in the document, in order.
fn snippets(language: &str) -> Vec<String> {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/LOADING.md");
    let text = fs::read_to_string(path).unwrap();
    let fence = format!("```{language}\n");
    text.split(&fence)
        .skip(1)
        .map(|rest| rest.split("\n```").next().unwrap().to_owned())
        .collect()
}

/// A folder with `output/` made from `seeds/` and rows that trip up guessing:
/// an id of digits, an empty first record.
fn output() -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    let seeds = concat!(env!("CARGO_MANIFEST_DIR"), "/seeds");
    let rows = "{\"id\":\"000123\",\"body\":\"Rien à dire de plus ce jour-là.\"}\n{\"id\":\"000124\",\"body\":\"\"}\n";
    fs::write(dir.path().join("a.jsonl"), rows).unwrap();
    for layout in ["articles", "mentions"] {
        let args = [
            "extract", "a.jsonl", seeds, "-q", "--force", "--layout", layout,
        ];
        expect_code(&run(dir.path(), &args), 0);
    }
    dir
}

#[test]
fn duckdb() {
    if !has("duckdb") {
        return;
    }
    let dir = output();
    let sql = snippets("sql").join("\n;\n");
    fs::write(dir.path().join("load.sql"), sql).unwrap();
    expect(
        dir.path(),
        "import duckdb\n\
         c = duckdb.connect()\n\
         c.execute(open('load.sql', encoding='utf-8').read())\n\
         assert c.execute('select count(*) from records').fetchone() == (12,)\n\
         assert c.execute('select id from records limit 1').fetchone() == ('000123',)\n\
         n = c.execute('select sum(len(entities)+len(money)+len(dates)+len(percents)) from records').fetchone()\n\
         assert c.execute('select count(*) from mentions').fetchone() == n\n\
         assert c.execute('select count(*) from entities').fetchone() == c.execute('select sum(len(entities)) from records').fetchone()",
    );
}

#[test]
fn polars() {
    if !has("polars") {
        return;
    }
    let dir = output();
    expect(
        dir.path(),
        &format!(
            "{}\nassert records.height == 12\nassert records['id'][0] == '000123'\n\
             assert dates.height == records['dates'].list.len().sum()",
            snippets("python")[0]
        ),
    );
}

#[test]
fn pandas() {
    if !has("pandas") {
        return;
    }
    let dir = output();
    expect(
        dir.path(),
        &format!(
            "{}\nassert len(records) == 12\nassert records['id'][0] == '000123'\n\
             assert len(money) == records['money'].map(len).sum()",
            snippets("python")[1]
        ),
    );
}
