//! What a declared rule is, whichever kind of mention it finds.
//!
//! A room declares its rules beside the functions that read them and collects
//! them in one registry. The examples of a declaration are its tests, and the
//! rooms' documents take their tables of rules from the declarations.

/// A rule: where it begins, who reads it, and examples.
///
/// `T` is what it begins at (a class of words or of units), `F` the function
/// that reads on from there.
#[derive(Debug)]
// Tests and documents read what the program does not.
#[allow(dead_code)]
pub struct Rule<T: 'static, F> {
    /// Name in `glane explain` and in documents; no code compares it.
    pub name: &'static str,
    /// Of rules that read the same, the one with the higher rank wins.
    pub rank: u8,
    /// What it reads, in a few words for the table of rules.
    pub reads: &'static str,
    /// Where it may begin.
    pub at: &'static [T],
    /// The pattern with its guards.
    pub read: F,
    /// Sentences in which it finds what stands in brackets, with the value
    /// behind a bar: « Rendez-vous [demain|2024-03-14]. » The first is the
    /// example of the table of rules.
    pub yes: &'static [&'static str],
    /// Sentences in which it finds nothing. What other rules find in them
    /// stands in brackets.
    pub no: &'static [&'static str],
}

/// A sentence of an example without its brackets, and what stood in them:
/// bytes and the fields behind the bars.
#[cfg(test)]
pub type Example<'e> = (String, Vec<(std::ops::Range<usize>, Vec<&'e str>)>);

/// Takes an example apart.
///
/// # Panics
/// When a bracket is not closed.
#[cfg(test)]
pub fn example(marked: &str) -> Example<'_> {
    let (mut text, mut mentions) = (String::new(), Vec::new());
    let mut rest = marked;
    while let Some((before, tail)) = rest.split_once('[') {
        let (inside, after) = tail.split_once(']').expect("`[` is closed");
        text.push_str(before);
        let start = text.len();
        let mut fields = inside.split('|');
        text.push_str(fields.next().unwrap_or_default());
        mentions.push((start..text.len(), fields.collect()));
        rest = after;
    }
    text.push_str(rest);
    (text, mentions)
}

/// The table of rules of a document, in Markdown. Families are pairs of a
/// title and its rules, in the order of the table.
#[cfg(test)]
pub fn table<'r, T: 'static, F: 'r>(
    families: impl IntoIterator<Item = (&'r str, Vec<&'r Rule<T, F>>)>,
) -> String {
    use std::fmt::Write;
    let cell = |s: &str| s.replace('|', "→").replace(['[', ']'], "**");
    let mut out =
        String::from("| rule | family | reads | for example | but not |\n|---|---|---|---|---|\n");
    for (family, rules) in families {
        for r in rules {
            let first = |of: &[&str]| of.first().map_or_else(String::new, |s| cell(s));
            let _ = writeln!(
                out,
                "| `{}` | {family} | {} | {} | {} |",
                r.name,
                r.reads,
                first(r.yes),
                first(r.no)
            );
        }
    }
    out
}

/// Compares the part of a document between `<!-- rules -->` and
/// `<!-- /rules -->` with `table`; with `GLANE_BLESS=1` writes it there.
///
/// # Panics
/// When they differ, or the document lacks the marks.
#[cfg(test)]
pub fn same_as_documented(document: &str, table: &str) {
    const MARKS: (&str, &str) = ("<!-- rules -->\n", "<!-- /rules -->");
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(document);
    let text = std::fs::read_to_string(&path).expect("the document");
    let start = text.find(MARKS.0).expect("a mark before the table") + MARKS.0.len();
    let end = start
        + text[start..]
            .find(MARKS.1)
            .expect("a mark behind the table");
    if text[start..end] == *table {
        return;
    }
    if std::env::var_os("GLANE_BLESS").is_some() {
        let new = [&text[..start], table, &text[end..]].concat();
        std::fs::write(&path, new).expect("the document");
        return;
    }
    panic!(
        "{document} has another table of rules. help: GLANE_BLESS=1 cargo test --lib documented"
    );
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn examples_come_apart() {
        let (text, mentions) = example("Dès [hier|2024-03-12|START], [demain|2024-03-14].");
        assert_eq!(text, "Dès hier, demain.");
        assert_eq!(
            mentions,
            [
                (5..9, vec!["2024-03-12", "START"]),
                (11..17, vec!["2024-03-14"])
            ]
        );
    }

    #[test]
    fn tables_keep_bars_out_of_their_cells() {
        static RULE: Rule<u8, fn()> = Rule {
            name: "day",
            rank: 0,
            reads: "a day beside today",
            at: &[0],
            read: || (),
            yes: &["[hier|2024-03-12]"],
            no: &[],
        };
        let table = table([("relative", vec![&RULE])]);
        assert!(
            table.ends_with("| `day` | relative | a day beside today | **hier→2024-03-12** |  |\n"),
            "{table}"
        );
    }
}
