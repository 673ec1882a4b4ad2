//! Running the program and reading what it wrote.
// Not every test file uses everything.
#![allow(dead_code)]
#![allow(clippy::unwrap_used)] // A test that panics has failed, as it should.

use glane::record::{Record, Status};
use std::{
    io::Write,
    path::{Path, PathBuf},
    process::{Child, Command, Output, Stdio},
};

/// The program, with a clean environment for its messages.
pub fn glane() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_glane"));
    command.env_remove("NO_COLOR");
    command
}

/// Runs `glane` in `dir`.
pub fn run(dir: &Path, args: &[&str]) -> Output {
    glane().current_dir(dir).args(args).output().unwrap()
}

/// A folder of public data beside the repository, which a fresh clone has not:
/// the test that asks is then skipped, and says so even when output is captured.
pub fn beside(path: &str) -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../shared")
        .join(path);
    if folder.is_dir() {
        return Some(folder);
    }
    // `println!` is captured by the test harness; this is not.
    let _ = writeln!(std::io::stderr(), "skipped: no {}", folder.display());
    None
}

/// Starts `glane` in `dir`, its three streams in our hands.
pub fn start(dir: &Path, args: &[&str]) -> Child {
    glane()
        .current_dir(dir)
        .args(args)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap()
}

/// Runs `glane` in `dir` with bytes on its standard input.
pub fn run_with(dir: &Path, args: &[&str], input: &[u8]) -> Output {
    let mut child = start(dir, args);
    let mut stdin = child.stdin.take().unwrap();
    let input = input.to_vec();
    let feeder = std::thread::spawn(move || {
        let _ = stdin.write_all(&input);
    });
    let out = child.wait_with_output().unwrap();
    feeder.join().unwrap();
    out
}

/// Exit code, with what was said when it is not the one expected.
pub fn expect_code(out: &Output, code: i32) {
    assert_eq!(
        out.status.code(),
        Some(code),
        "help: it said\n{}",
        stderr(out)
    );
}

pub fn stderr(out: &Output) -> String {
    String::from_utf8(out.stderr.clone()).unwrap()
}

/// Parses JSON Lines strictly: an unknown or missing key fails, since a record
/// that is written again has all keys of today and no others.
pub fn records(lines: &[u8]) -> Vec<Record> {
    let text = std::str::from_utf8(lines).unwrap();
    assert!(
        text.is_empty() || text.ends_with('\n'),
        "help: the last line is torn"
    );
    text.lines()
        .map(|l| {
            let record: Record = serde_json::from_str(l).unwrap_or_else(|e| panic!("{e} in {l}"));
            let again = serde_json::to_string(&record).unwrap();
            assert!(
                again == l,
                "help: other keys than today's in\n{l}\nnot\n{again}"
            );
            record
        })
        .collect()
}

pub fn statuses(records: &[Record]) -> Vec<Status> {
    records.iter().map(|r| r.status).collect()
}

/// The laws that every record obeys against the text it was made from.
pub fn check_laws(record: &Record, text: &str) {
    use glane::record::{Field, Span};
    let title = record.title.as_deref().unwrap_or_default();
    let chars = |field: &str| -> Vec<char> { field.chars().collect() };
    let (text_chars, title_chars) = (chars(text), chars(title));
    if record.status != Status::Error {
        assert_eq!(
            record.chars as usize,
            text_chars.len(),
            "help: `chars` counts code points"
        );
    }
    let check = |kind: &str, spans: &[Span]| {
        let mut last = (Field::Title, 0);
        let mut sentence = (Field::Title, 0);
        for span in spans {
            let (text, chars) = match span.field {
                Field::Title => (title, &title_chars),
                _ => (text, &text_chars),
            };
            let (start, end) = (span.start as usize, span.end as usize);
            assert!(
                start < end && end <= chars.len(),
                "help: {kind} {span:?} is out of bounds"
            );
            assert!(
                (span.field, span.byte_start) >= last,
                "help: {kind} {span:?} overlaps or is out of order"
            );
            last = (span.field, span.byte_end);
            assert!(
                (span.field, span.sentence) >= sentence,
                "help: {kind} {span:?}: sentences are numbered in order"
            );
            sentence = (span.field, span.sentence);
            let by_chars: String = chars[start..end].iter().collect();
            let by_bytes = &text[span.byte_start as usize..span.byte_end as usize];
            assert_eq!(
                by_chars, span.text,
                "help: {kind}: code points do not give the text"
            );
            assert_eq!(
                by_bytes, span.text,
                "help: {kind}: bytes do not give the text"
            );
        }
    };
    for layer in glane::record::LAYERS {
        check(layer.name, &layer.spans(record));
    }
    for entity in &record.entities {
        assert!(
            (0.0..=1.0).contains(&entity.score),
            "help: score of {entity:?}"
        );
    }
}
