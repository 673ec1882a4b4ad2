//! Runs the snippets of `docs/LOADING.md` as they stand there. Needs a Python
//! with duckdb, polars, pandas, pyarrow, sqlite-utils, datasette and spacy (`GLANE_PYTHON`,
//! else `python3`); a tool that is not there is skipped with a printed line.

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

/// Code blocks of `language` in the document under the heading `under`, in order.
fn snippets(under: &str, language: &str) -> Vec<String> {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/LOADING.md");
    let text = fs::read_to_string(path).unwrap();
    let (_, text) = text.split_once(&format!("\n## {under}\n")).unwrap();
    let text = text.split("\n## ").next().unwrap();
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
    for args in [
        &["-o", "mentions.jsonl", "--layout", "mentions"][..],
        &["--layout", "articles"],
        &["-o", "with-text.jsonl", "--with-text"],
        &["-o", "tables/", "--layout", "tables", "--as", "csv"],
        #[cfg(feature = "parquet")]
        &["-o", "month.parquet"],
        #[cfg(feature = "parquet")]
        &["-o", "month/", "--layout", "tables"],
    ] {
        let all = ["extract", "a.jsonl", seeds, "-q", "--force"];
        expect_code(&run(dir.path(), &[&all[..], args].concat()), 0);
    }
    let mentions = dir.path().join("output/mentions.jsonl");
    fs::rename(dir.path().join("mentions.jsonl"), mentions).unwrap();
    dir
}

#[test]
fn duckdb() {
    if !has("duckdb") {
        return;
    }
    let dir = output();
    let sql = [snippets("DuckDB", "sql"), snippets("One flat table", "sql")].concat();
    let sql = sql.join("\n;\n");
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
            snippets("polars", "python")[0]
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
            snippets("pandas", "python")[0]
        ),
    );
}

/// Reads Parquet and JSON Lines of one run, and says what differs.
#[cfg(feature = "parquet")]
const SAME: &str = r#"
import datetime, decimal, json
import pyarrow.parquet as pq

def moment(text):
    if text is None:
        return None
    text = text[:16]
    day, _, clock = text.partition("T")
    day = [int(n) for n in day.split("-")] + [1, 1]
    clock = [int(n) for n in clock.split(":")] if clock else [0, 0]
    return datetime.datetime(*day[:3], *clock)

def expected(key, value, inside):
    if key == "meta":
        return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    if inside and key.endswith(("_exact", "_min", "_max")):
        return value and decimal.Decimal(value)
    if inside and key in ("from", "to"):
        return moment(value)
    if isinstance(value, list):
        return [{k: expected(k, v, True) for k, v in m.items()} if isinstance(m, dict) else m for m in value]
    return value

columns = pq.read_table("month.parquet").to_pylist()
with open("output/records.jsonl", encoding="utf-8") as lines:
    lines = [json.loads(line) for line in lines]
assert len(columns) == len(lines) == 12, len(columns)
for found, line in zip(columns, lines):
    assert found.pop("text") is None and found.pop("duplicate_of") is None
    for key in ("entities", "money", "dates", "percents"):
        for mention in found[key]:
            assert mention.pop("context") is None
    line = {key: expected(key, value, False) for key, value in line.items()}
    assert found == line, (found, line)
assert any(line["money"] for line in lines) and any(line["dates"] for line in lines)
"#;

#[cfg(feature = "parquet")]
#[test]
fn parquet_is_what_json_lines_are() {
    if !has("pyarrow") {
        return;
    }
    expect(output().path(), SAME);
}

#[cfg(feature = "parquet")]
#[test]
fn parquet_types_itself() {
    let dir = output();
    if has("duckdb") {
        fs::write(
            dir.path().join("load.sql"),
            snippets("Parquet", "sql").join("\n;\n"),
        )
        .unwrap();
        expect(
            dir.path(),
            "import duckdb\n\
             c = duckdb.connect()\n\
             days = c.execute(open('load.sql', encoding='utf-8').read()).fetchall()\n\
             assert days and all(day.year > 1900 for day, _ in days), days\n\
             assert c.execute('select id from month limit 1').fetchone() == ('000123',)\n\
             of = c.execute(\"select typeof(money[1].amount_exact), typeof(dates[1].\\\"from\\\"), typeof(row) from month limit 1\").fetchone()\n\
             assert of == ('DECIMAL(38,9)', 'TIMESTAMP', 'BIGINT'), of\n\
             for t, in c.execute(\"select file from glob('month/*.parquet')\").fetchall():\n\
             \x20   assert c.execute(f\"select count(*) from '{t}'\").fetchone() > (0,), t",
        );
    }
    if has("polars") {
        expect(
            dir.path(),
            &format!(
                "{}\nassert month.height == 12 and month['id'][0] == '000123'\n\
                 assert amounts.height == month['money'].list.len().sum()\n\
                 assert amounts.schema['amount_exact'] == pl.Decimal(38, 9), amounts.schema",
                snippets("Parquet", "python")[0]
            ),
        );
    }
    if has("pandas") && has("pyarrow") {
        expect(
            dir.path(),
            &format!(
                "{}\nassert len(articles) == 12 and articles['id'][0] == '000123'\n\
                 assert len(dates) == len(pd.read_parquet('month/dates.parquet'))\n\
                 assert str(dates['from'].dtype) == 'timestamp[us][pyarrow]', dates['from'].dtype\n\
                 assert len(top) == 10 and top['mentions'].iloc[0] >= top['mentions'].iloc[9]",
                snippets("Tables", "python")[0]
            ),
        );
    }
}

#[test]
fn tables_go_into_sqlite() {
    if !has("sqlite_utils") {
        return;
    }
    let dir = output();
    let python = env::var_os("GLANE_PYTHON").unwrap_or_else(|| "python3".into());
    let beside = Path::new(&python)
        .parent()
        .unwrap_or(Path::new(""))
        .to_owned();
    let path = env::var_os("PATH").unwrap_or_default();
    let path = env::join_paths(std::iter::once(beside).chain(env::split_paths(&path))).unwrap();
    let code = snippets("SQLite and Datasette", "sh").remove(0);
    let out = Command::new("sh")
        .args(["-e", "-c", &code])
        .current_dir(dir.path())
        .env("PATH", &path)
        .output()
        .unwrap();
    assert!(
        out.status.success(),
        "{}",
        String::from_utf8_lossy(&out.stderr)
    );
    expect(
        dir.path(),
        "import sqlite3\n\
         c = sqlite3.connect('month.db')\n\
         assert c.execute('select count(*), min(id) from articles').fetchone() == (12, '000123')\n\
         n, = c.execute('select count(*) from entities join articles using (uid)').fetchone()\n\
         assert n == c.execute('select sum(mentions) from names').fetchone()[0] > 0\n\
         assert c.execute('select typeof(start) from entities').fetchone() == ('integer',)",
    );
    if has("datasette") {
        let out = Command::new("datasette")
            .args([
                "month.db",
                "--get",
                "/month/names.json?_shape=array&_size=1",
            ])
            .current_dir(dir.path())
            .env("PATH", &path)
            .output()
            .unwrap();
        let said = String::from_utf8_lossy(&out.stdout);
        assert!(
            out.status.success() && said.contains("\"mentions\""),
            "{said}"
        );
    }
}

#[test]
fn records_go_into_a_search_engine_in_bulk() {
    if python(Path::new("."), "").is_none() {
        return;
    }
    let dir = output();
    expect(
        dir.path(),
        &format!(
            "{}\nlines = [json.loads(line) for line in open('bulk.ndjson', encoding='utf-8')]\n\
             assert len(lines) == 24 and open('bulk.ndjson', 'rb').read().endswith(b'\\n')\n\
             assert all(a['index'] == {{'_index': 'articles', '_id': b['uid']}} for a, b in zip(lines[::2], lines[1::2]))\n\
             assert len({{a['index']['_id'] for a in lines[::2]}}) == 12",
            snippets("OpenSearch and Elasticsearch", "python")[0]
        ),
    );
}

#[test]
fn records_become_documents_of_spacy() {
    if !has("spacy") {
        return;
    }
    let dir = output();
    expect(
        dir.path(),
        &format!(
            "{}\ndocs = list(DocBin().from_disk('month.spacy').get_docs(nlp.vocab))\n\
             records = [json.loads(line) for line in open('with-text.jsonl', encoding='utf-8')]\n\
             records = [r for r in records if r['status'] == 'ok']\n\
             assert len(docs) == len(records) > 5\n\
             pairs = [(e.text, m) for d, r in zip(docs, records) for m in r['entities'] if m['field'] == 'text'\n\
             \x20        for e in d.ents if e.start_char <= m['start'] < e.end_char and e.label_ == m['label']]\n\
             total = sum(m['field'] == 'text' for r in records for m in r['entities'])\n\
             assert len(pairs) == total and all(m['text'] in text for text, m in pairs), (len(pairs), total)",
            snippets("spaCy", "python")[0]
        ),
    );
}
