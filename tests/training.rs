//! `glane train` as a user runs it: the same files give the same model, silver
//! records teach, damaged models are refused in plain words.

#![allow(clippy::unwrap_used)] // A test that panics has failed, as it should.

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Output},
};

fn corpus(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("models/compact-fr/corpus")
        .join(name)
}

fn glane(args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_glane"))
        .args(args)
        .output()
        .unwrap()
}

fn path(p: &Path) -> &str {
    p.to_str().unwrap()
}

#[test]
fn the_same_files_give_the_same_model() {
    let dir = tempfile::tempdir().unwrap();
    let gold = corpus("local.txt");
    let models = [1, 2].map(|threads| {
        let out = dir.path().join(format!("{threads}.glane"));
        let done = Command::new(env!("CARGO_BIN_EXE_glane"))
            .args(["train", path(&gold), "--iterations", "25", "-o", path(&out)])
            .env("RAYON_NUM_THREADS", threads.to_string())
            .output()
            .unwrap();
        assert!(
            done.status.success(),
            "{}",
            String::from_utf8_lossy(&done.stderr)
        );
        fs::read(out).unwrap()
    });
    assert!(
        models[0] == models[1],
        "help: the order of summation depends on threads"
    );
    let model = dir.path().join("1.glane");
    let done = glane(&[
        "eval",
        path(&gold),
        "--part",
        "train",
        "--layer",
        "entities",
        "--model",
        path(&model),
    ]);
    assert!(done.status.success());
    // Enough iterations to know the training text well, not to finish.
    let table = String::from_utf8(done.stdout).unwrap();
    let spans = table.lines().find(|l| l.starts_with("span only")).unwrap();
    let f1: f64 = spans.split_whitespace().nth(4).unwrap().parse().unwrap();
    assert!(f1 > 80.0, "{table}");
}

#[test]
fn records_with_text_are_silver_data() {
    let dir = tempfile::tempdir().unwrap();
    let silver = dir.path().join("silver.jsonl");
    let seeds = Path::new(env!("CARGO_MANIFEST_DIR")).join("seeds");
    let done = glane(&[
        "extract",
        path(&seeds),
        "--with-text",
        "-q",
        "-o",
        path(&silver),
    ]);
    assert!(
        done.status.success(),
        "{}",
        String::from_utf8_lossy(&done.stderr)
    );
    let model = dir.path().join("silver.glane");
    let gold = corpus("local.txt");
    let done = glane(&[
        "train",
        path(&gold),
        "--silver",
        path(&silver),
        "--iterations",
        "2",
        "-o",
        path(&model),
    ]);
    let said = String::from_utf8_lossy(&done.stderr);
    assert!(
        done.status.success() && said.contains("silver articles"),
        "{said}"
    );

    // Without the text there is nothing to learn from.
    let bare = dir.path().join("bare.jsonl");
    glane(&["extract", path(&seeds), "-q", "-o", path(&bare)]);
    let done = glane(&[
        "train",
        path(&gold),
        "--silver",
        path(&bare),
        "--iterations",
        "2",
    ]);
    assert_eq!(done.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&done.stderr).contains("--with-text"));
}

#[test]
fn other_files_are_no_models() {
    let dir = tempfile::tempdir().unwrap();
    let seeds = Path::new(env!("CARGO_MANIFEST_DIR")).join("seeds");
    let try_with = |bytes: &[u8]| {
        let file = dir.path().join("x.glane");
        fs::write(&file, bytes).unwrap();
        let done = glane(&["extract", path(&seeds), "-o", "-", "--model", path(&file)]);
        assert_eq!(done.status.code(), Some(1));
        String::from_utf8_lossy(&done.stderr).into_owned()
    };
    assert!(try_with(b"PK\x03\x04").contains("not a glane model"));
    let embedded = Path::new(env!("CARGO_MANIFEST_DIR")).join("models/compact-fr/compact-fr.glane");
    let mut bytes = fs::read(embedded).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    assert!(try_with(&bytes).contains("damaged"));
    bytes[8] ^= 1;
    assert!(try_with(&bytes).contains("layout"));
    let done = glane(&[
        "extract",
        path(&seeds),
        "-o",
        "-",
        "--model",
        "no/such/file",
    ]);
    assert!(String::from_utf8_lossy(&done.stderr).contains("cannot read the model"));
}
