//! French words are rows of tables, not literals in rules. What still stands in
//! code is counted per file, and each number is exact: a word more fails, and so
//! does a word fewer whose row in [`LEFT`] still says more.
//!
//! What counts: a string of the rule code, outside comments and `#[cfg(test)]`, with
//! a letter that is not an ASCII capital (capitals alone are a code of TIMEX3 or
//! ISO 4217), where text is compared: as an argument of one of [`COMPARE`], beside
//! `==` or `!=`, as a pattern, or in a list or a tuple. Strings of bytes count like
//! strings. A letter in quotes (`'s'`) counts as an argument of one of [`COMPARE`],
//! alone or in a list.
//!
//! What does not: rule names and words of `glane explain` (arguments of other
//! functions), formats, values of `match` arms, attributes, the fields of a
//! declared rule in [`FOR_PEOPLE`], and letters as patterns of a `match`: those
//! are tables of letters (folding, encodings), not of words.

#![allow(clippy::unwrap_used)] // A test that panics has failed, as it should.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

/// Rule code, under `src/`.
const RULE_CODE: &[&str] = &[
    "article/dateline.rs",
    "article/field_date.rs",
    "article/metadata.rs",
    "article/title.rs",
    "article/written_date.rs",
    "dates",
    "entities/compact",
    "entities/key.rs",
    "entities/names.rs",
    "language",
    "money",
    "numbers",
    "pipeline/agree.rs",
    "text",
    "calendar.rs",
    "zones",
];

/// Functions that compare text with their arguments.
const COMPARE: &[&str] = &[
    "contains",
    "ends",
    "ends_with",
    "eq",
    "eq_ignore_ascii_case",
    "find",
    "folded",
    "is_word",
    "key",
    "matches!",
    "rfind",
    "split",
    "split_once",
    "starts",
    "starts_with",
    "strip_prefix",
    "strip_suffix",
    "trim_end_matches",
    "trim_matches",
    "trim_start_matches",
];

/// Fields of a declaration that only people and tests read.
const FOR_PEOPLE: &[&str] = &["name", "reads", "rule", "yes", "no", "family"];

/// Files with literals, exactly how many, and why they are no rows of a table.
const LEFT: &[(&str, usize, &str)] = &[
    (
        "article/written_date.rs",
        4,
        "`T` of ISO 8601, `h` of an hour",
    ),
    ("dates/resolve/shifts.rs", 1, "a word of `glane explain`"),
    (
        "entities/compact/document.rs",
        8,
        "names of features, for people",
    ),
    (
        "entities/compact/lexicon.rs",
        29,
        "names of the lists of the model",
    ),
    ("language/mod.rs", 5, "codes of ISO 639-3"),
    ("language/words.rs", 11, "codes of ISO 639-3"),
    (
        "money/nouns.rs",
        2,
        "« -s », « -x » of a plural, in either case",
    ),
    ("money/rules.rs", 2, "names of layers of the record"),
    (
        "text/compose.rs",
        16,
        "letters and their accents, by Unicode",
    ),
    ("text/html.rs", 124, "entities and elements of HTML"),
    ("text/mend.rs", 6, "letters as a wrong encoding shows them"),
    ("text/tokens.rs", 3, "how addresses of the web begin"),
    ("text/wrap.rs", 1, "how addresses of the web begin"),
];

/// An open bracket.
struct Open {
    bracket: char,
    /// `callee(`, `callee!(`, else empty.
    callee: String,
    /// Inside an attribute, or a field for people.
    aside: bool,
}

/// A literal and where it stands.
struct Literal {
    line: usize,
    text: String,
}

/// The last identifier of `before`, with its `!`.
fn identifier(before: &str) -> String {
    let name = |c: char| c.is_alphanumeric() || c == '_';
    let (body, mark) = match before.strip_suffix('!') {
        Some(body) => (body, "!"),
        None => (before, ""),
    };
    // Generic arguments: `of::<3>(`.
    let body = body.split("::<").next().unwrap_or(body);
    let start = body.rfind(|c: char| !name(c)).map_or(0, |i| {
        i + body[i..].chars().next().map_or(1, char::len_utf8)
    });
    format!("{}{mark}", &body[start..])
}

/// Whether `before` ends with `field:` of [`FOR_PEOPLE`], perhaps with `&`.
fn for_people(before: &str) -> bool {
    let before = before.trim_end().trim_end_matches(['&', ' ']);
    before
        .strip_suffix(':')
        .filter(|b| !b.ends_with(':'))
        .is_some_and(|b| FOR_PEOPLE.contains(&identifier(b.trim_end()).as_str()))
}

/// The literals of `code` that count.
fn literals(code: &str) -> Vec<Literal> {
    let mut out = Vec::new();
    let mut stack: Vec<Open> = Vec::new();
    // Code so far with its strings emptied.
    let mut seen = String::new();
    let mut rest = code;
    let mut line = 1;
    while let Some(c) = rest.chars().next() {
        let mut taken = c.len_utf8();
        if rest.starts_with("//") {
            taken = rest.find('\n').unwrap_or(rest.len());
        } else if rest.starts_with("#[cfg(test)]") {
            taken = item(rest);
        } else if let Some(len) = quoted(rest, &seen) {
            taken = len;
            let inside = rest[..len].trim_start_matches(['r', 'b', '#']);
            let text = inside.trim_end_matches('#').trim_matches('"');
            if counts(text, &seen, &rest[len..], &stack) {
                let text = text.to_owned();
                out.push(Literal { line, text });
            }
            seen.push_str("\"\"");
        } else if c == '\'' {
            taken = character(rest);
            let text = rest[..taken].trim_matches('\'');
            if is_letter(text) && argument(&stack) {
                let text = text.to_owned();
                out.push(Literal { line, text });
            }
        } else {
            match c {
                '(' | '[' | '{' => {
                    let before = seen.trim_end();
                    let aside = stack.last().is_some_and(|o| o.aside)
                        || for_people(before)
                        || before.ends_with('#')
                        || before.ends_with("#!");
                    let callee = if c == '(' || before.ends_with('!') {
                        identifier(before)
                    } else {
                        String::new()
                    };
                    stack.push(Open {
                        bracket: c,
                        // A declaration: names, words for people, examples.
                        aside: aside || callee == "rules!",
                        callee,
                    });
                }
                ')' | ']' | '}' => {
                    stack.pop();
                }
                _ => {}
            }
            seen.push(c);
        }
        line += rest[..taken].matches('\n').count();
        rest = &rest[taken..];
    }
    out
}

/// Bytes of the item behind `#[cfg(test)]`.
fn item(rest: &str) -> usize {
    let mut depth = 0usize;
    let mut i = "#[cfg(test)]".len();
    while let Some(c) = rest[i..].chars().next() {
        if rest[i..].starts_with("//") {
            i += rest[i..].find('\n').unwrap_or(rest.len() - i);
            continue;
        }
        if let Some(len) = quoted(&rest[i..], &rest[..i]) {
            i += len;
            continue;
        }
        if c == '\'' {
            i += character(&rest[i..]);
            continue;
        }
        i += c.len_utf8();
        match c {
            '{' | '(' | '[' => depth += 1,
            '}' | ')' | ']' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth == 0 && matches!(c, ';' | '}') {
            break;
        }
    }
    i
}

/// Bytes of a string literal at the start of `rest`.
fn quoted(rest: &str, before: &str) -> Option<usize> {
    let word = before
        .chars()
        .next_back()
        .is_some_and(|c| c.is_alphanumeric() || c == '_');
    let prefix = rest.len() - rest.trim_start_matches(['r', 'b']).len();
    if prefix > 2 || prefix > 0 && word {
        return None;
    }
    let raw = rest[..prefix].contains('r');
    let hashes = if raw {
        let body = &rest[prefix..];
        body.len() - body.trim_start_matches('#').len()
    } else {
        0
    };
    let from = prefix + hashes;
    if !rest[from..].starts_with('"') {
        return None;
    }
    let end = format!("\"{}", "#".repeat(hashes));
    let mut i = from + 1;
    while i < rest.len() {
        if rest[i..].starts_with(&end) {
            return Some(i + end.len());
        }
        let c = rest[i..].chars().next()?;
        i += c.len_utf8();
        if c == '\\' && !raw {
            i += rest[i..].chars().next()?.len_utf8();
        }
    }
    None
}

/// Bytes of a character literal or of the quote of a lifetime.
fn character(rest: &str) -> usize {
    let mut chars = rest.char_indices().skip(1);
    match chars.next() {
        Some((_, '\\')) => {
            // The escaped character may be a quote.
            rest[3..].find('\'').map_or(1, |i| 3 + i + 1)
        }
        Some((at, c)) if rest[at + c.len_utf8()..].starts_with('\'') => at + c.len_utf8() + 1,
        _ => 1,
    }
}

/// A single letter that is no capital.
fn is_letter(text: &str) -> bool {
    let mut chars = text.chars();
    let letter = |c: char| c.is_alphabetic() && !c.is_uppercase();
    chars.next().is_some_and(letter) && chars.next().is_none()
}

/// Inside the parentheses of one of [`COMPARE`], or in a list there.
fn argument(stack: &[Open]) -> bool {
    let mut open = stack.iter().rev().filter(|o| o.bracket != '[');
    open.next().is_some_and(|o| {
        o.bracket == '('
            && !o.aside
            && o.callee != "matches!"
            && COMPARE.contains(&o.callee.as_str())
    })
}

/// `text` without its escapes, in which letters mean no letters.
fn unescaped(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(i) = rest.find('\\') {
        out.push_str(&rest[..i]);
        let escape = &rest[i + 1..];
        let long = escape.starts_with('u').then(|| escape.find('}'));
        let len = long.flatten().map_or(1, |end| end + 1);
        rest = escape.get(len..).unwrap_or_default();
    }
    out + rest
}

/// Whether a literal between `before` and `after` counts.
fn counts(text: &str, before: &str, after: &str, stack: &[Open]) -> bool {
    if !unescaped(text)
        .chars()
        .any(|c| c.is_alphabetic() && !c.is_ascii_uppercase())
    {
        return false;
    }
    let (before, after) = (before.trim_end(), after.trim_start());
    if stack.last().is_some_and(|o| o.aside) || for_people(before) {
        return false;
    }
    let compared = before.ends_with("==") || before.ends_with("!=") || after.starts_with("==");
    let pattern = after.starts_with("=>") || before.ends_with('|') || after.starts_with("| ");
    if compared || pattern {
        return true;
    }
    match stack.last() {
        Some(o) if o.bracket == '(' && !o.callee.is_empty() => COMPARE.contains(&o.callee.as_str()),
        // A list, or a tuple in one.
        Some(o) if o.bracket == '[' => !matches!(o.callee.as_str(), "format!" | "vec!"),
        Some(o) => o.bracket == '(',
        None => false,
    }
}

fn files(path: &Path, out: &mut Vec<PathBuf>) {
    if path.is_dir() {
        for entry in fs::read_dir(path).unwrap() {
            files(&entry.unwrap().path(), out);
        }
    } else if path.extension().is_some_and(|e| e == "rs") {
        out.push(path.to_owned());
    }
}

/// Files that only tests are compiled from: `#[cfg(test)] mod x;` in the file above.
fn is_test(path: &Path) -> bool {
    let folder = path.parent().unwrap();
    let above = [folder.join("mod.rs"), folder.with_extension("rs")];
    let stem = path.file_stem().unwrap_or_default().to_string_lossy();
    let declared = |file: &PathBuf| {
        let text = fs::read_to_string(file).unwrap_or_default();
        text.contains(&format!("#[cfg(test)]\nmod {stem};"))
            || text.contains(&format!("#[cfg(test)]\npub(super) mod {stem};"))
    };
    above.iter().any(declared)
}

/// `GLANE_SOURCES` names another checkout's `src`, to count in it; `-- --nocapture`
/// shows the counts.
#[test]
fn french_stands_in_tables() {
    let elsewhere = std::env::var_os("GLANE_SOURCES").map(PathBuf::from);
    let here = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let src = elsewhere.as_ref().unwrap_or(&here);
    let mut list = Vec::new();
    for room in RULE_CODE {
        files(&src.join(room), &mut list);
    }
    // Another checkout may lack a room of this one.
    list.retain(|file| elsewhere.is_none() || file.exists());
    let mut found: BTreeMap<String, Vec<Literal>> = BTreeMap::new();
    for file in list.iter().filter(|f| !is_test(f)) {
        let literals = literals(&fs::read_to_string(file).unwrap());
        if !literals.is_empty() {
            let name = file.strip_prefix(src).unwrap();
            let name = name.to_string_lossy().replace('\\', "/");
            found.insert(name, literals);
        }
    }
    let total: usize = found.values().map(Vec::len).sum();
    println!("{total} French literals in rule code");
    for (file, literals) in &found {
        println!("    (\"{file}\", {}),", literals.len());
    }
    if elsewhere.is_some() {
        return;
    }
    let left: BTreeMap<&str, usize> = LEFT.iter().map(|(file, n, _)| (*file, *n)).collect();
    let number = |file: &str| found.get(file).map_or(0, Vec::len);
    for (file, literals) in &found {
        let lines = || -> Vec<String> {
            let line = |l: &Literal| format!("src/{file}:{}: {:?}", l.line, l.text);
            literals.iter().map(line).collect()
        };
        let allowed = left.get(file.as_str()).copied().unwrap_or(0);
        assert!(
            literals.len() <= allowed,
            "help: words are rows of src/french/tables (CONTRIBUTING.md); {file} may have \
             {allowed}:\n{}",
            lines().join("\n")
        );
    }
    for (file, allowed) in left {
        let now = number(file);
        assert_eq!(
            now, allowed,
            "{file} has fewer: write {now} into its row of LEFT"
        );
    }
}

#[test]
fn what_counts() {
    let code = r##"
        //! "comment"
        const LIST: &[&str] = &["lundi", "PT1H"];
        const PAIRS: &[(&str, u8)] = &[("mardi", 2)];
        #[error("no date: {0}")]
        struct E;
        fn f(s: &str) -> &'static str {
            if s == "hier" || s.starts_with("avant") || matches!(s, "b" | "c") {
                step(format!("read {s}"));
            }
            rules! { DAY "day" reads "a day" yes ["[hier|2024]"]; }
            let r = Rule { name: "day", yes: &["[hier|2024]"], at: &[] };
            Hit::new(1, 2, "rule_name");
            let quote = '"';
            f(b"mercredi" == s, s.ends_with('s'), s.trim_matches(['x', 'X', '\u{e9}', '.']));
            let marks = ["\u{a0}", "\n"];
            match c { 'a' | 'à' => 'a', _ => c }
            match s { "demain" => "day", r#"veille"# => "x", _ => "other" }
        }
        #[cfg(test)]
        mod tests { const T: &[&str] = &["jamais"]; }
    "##;
    let found: Vec<String> = literals(code).into_iter().map(|l| l.text).collect();
    assert_eq!(
        found,
        [
            "lundi", "mardi", "hier", "avant", "b", "c", "mercredi", "s", "x", "demain", "veille"
        ]
    );
}
