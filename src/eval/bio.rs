//! Annotated text in BIO: `TOKEN<tab>LABEL[<tab>NATIVE[<tab>SPACE_AFTER]]`, a
//! blank line after each sentence, `# doc =` before each document.
//!
//! The text is put together again from its tokens, one sentence a line, so
//! that a tagger is measured from raw text to spans, its own tokens included.

use super::doc::{Doc, GoldError, GoldSpan};
use std::{fs, path::Path};

/// Where no document is marked, this many sentences make one.
const SENTENCES: usize = 30;

/// Reads a BIO file.
pub fn read(path: &Path) -> Result<Vec<Doc>, GoldError> {
    parse(&fs::read_to_string(path)?)
}

/// Reads BIO text.
pub fn parse(content: &str) -> Result<Vec<Doc>, GoldError> {
    let mut docs: Vec<Doc> = Vec::new();
    let marked = content.lines().any(|l| l.starts_with("# doc"));
    let mut sentences = 0;
    let mut open = false;
    let mut glue = true;
    for (i, line) in content.lines().enumerate() {
        if let Some(id) = line.strip_prefix("# doc") {
            docs.push(new(id.trim_start_matches([' ', '=']), docs.len()));
            (open, glue) = (false, true);
            continue;
        }
        if line.starts_with('#') && !line.contains('\t') {
            continue;
        }
        if line.is_empty() {
            if let Some(doc) = docs.last_mut()
                && !glue
            {
                doc.text.truncate(doc.text.trim_end().len());
                doc.text.push('\n');
                sentences += 1;
            }
            (open, glue) = (false, true);
            continue;
        }
        if docs.is_empty() || (!marked && glue && sentences >= SENTENCES) {
            docs.push(new("", docs.len()));
            sentences = 0;
        }
        let Some(doc) = docs.last_mut() else { continue };
        let mut columns = line.split('\t');
        let (Some(token), Some(label)) = (columns.next(), columns.next()) else {
            return Err(GoldError::Markup {
                line: i + 1,
                what: "expected TOKEN<tab>LABEL".into(),
            });
        };
        glue = false;
        let space = columns.nth(1);
        // A mark that never has a space before it, where the source says nothing.
        if matches!(token, "," | "." | ")" | "]" | "...") && space != Some("1") {
            doc.text.truncate(doc.text.trim_end_matches(' ').len());
        }
        let start = doc.text.len();
        doc.text.push_str(token);
        let end = doc.text.len();
        let elided = token.ends_with(['\'', '’']) && token.chars().count() > 1;
        if space != Some("0") && !elided {
            doc.text.push(' ');
        }
        match label.split_once('-') {
            Some((bi, tag)) => {
                if bi == "I"
                    && open
                    && let Some(last) = doc.spans.last_mut()
                    && last.tag == tag
                {
                    last.end = end;
                } else {
                    doc.spans.push(GoldSpan {
                        start,
                        end,
                        tag: tag.to_owned(),
                        attrs: Vec::new(),
                    });
                }
                open = true;
            }
            None => open = false,
        }
    }
    for doc in &mut docs {
        let kept = doc.text.trim_end().len();
        doc.text.truncate(kept);
    }
    Ok(docs)
}

fn new(id: &str, index: usize) -> Doc {
    Doc {
        id: id.to_owned(),
        index,
        published: None,
        text: String::new(),
        spans: Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn puts_text_together_again() {
        let docs = parse(
            "# doc = a\nÀ\tO\tO\t1\nAix\tB-LOC\tX\t1\nles\tI-LOC\tX\t1\nBains\tI-LOC\tX\t0\n.\tO\tO\t1\n\nL'\tO\tO\t1\nONU\tB-ORG\tX\t1\n\n",
        )
        .unwrap();
        assert_eq!(docs[0].text, "À Aix les Bains.\nL'ONU");
        let names: Vec<_> = docs[0]
            .spans
            .iter()
            .map(|s| (&docs[0].text[s.start..s.end], s.tag.as_str()))
            .collect();
        assert_eq!(names, [("Aix les Bains", "LOC"), ("ONU", "ORG")]);
    }
}
