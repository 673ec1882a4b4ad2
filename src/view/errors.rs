//! What people annotated over what was found, as a page: only lines that differ,
//! articles with the most misses first.

use super::{STYLE, embed, head};
use std::fmt::Write;

/// How an annotation and a mention compare.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    /// Annotated, and not found.
    Missed,
    /// Found, and not annotated.
    Extra,
    /// Both, with another label or value.
    Other,
    /// Both, and the same.
    Right,
}

impl Verdict {
    /// All, in the order in which they are told.
    const WRONG: [(Self, &str, &str); 3] = [
        (Self::Missed, "missed", "annotated, not found"),
        (Self::Extra, "extra", "found, not annotated"),
        (Self::Other, "other", "another label or value"),
    ];

    fn class(self) -> &'static str {
        let known = Self::WRONG.iter().find(|(verdict, ..)| *verdict == self);
        known.map_or("right", |(_, class, _)| class)
    }
}

/// One annotation or mention; `start..end` are bytes of the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shown {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
    /// `PER`, `MONEY`, `DUR` and so on.
    pub label: String,
    /// Its value, where it has one.
    pub value: String,
    /// What found it.
    pub rule: String,
    /// How it compares with the other side.
    pub verdict: Verdict,
}

/// An article with both sides.
#[derive(Debug, Clone, Default)]
pub struct Compared {
    /// Its id.
    pub id: String,
    /// Its publication date.
    pub published: String,
    /// Its text.
    pub text: String,
    /// What people annotated, in reading order.
    pub gold: Vec<Shown>,
    /// What was found, in reading order.
    pub found: Vec<Shown>,
}

impl Compared {
    fn count(&self, verdict: Verdict) -> usize {
        // What differs stands on both sides, what is missing on one.
        let side = match verdict {
            Verdict::Extra => &self.found,
            _ => &self.gold,
        };
        side.iter().filter(|s| s.verdict == verdict).count()
    }
}

/// The whole page; `about` says what was compared.
pub fn html(mut docs: Vec<Compared>, about: &str) -> String {
    let wrong = |doc: &Compared| Verdict::WRONG.map(|(verdict, ..)| doc.count(verdict));
    docs.sort_by_key(|doc| std::cmp::Reverse(wrong(doc)));
    let mut out = head("Gold over found", STYLE, None);
    let differ = docs.iter().filter(|doc| wrong(doc).iter().any(|n| *n > 0));
    let _ = write!(
        out,
        "<body>\n<header>\n<h1>Gold over found</h1>\n<p class=\"about\">{}: {} of {} articles differ</p>\n",
        embed::text(about),
        differ.count(),
        docs.len()
    );
    table(&mut out, &docs);
    out.push_str("</header>\n<main>\n");
    for doc in docs.iter().filter(|doc| wrong(doc).iter().any(|n| *n > 0)) {
        article(&mut out, doc);
    }
    out.push_str("</main>\n</body>\n</html>\n");
    out
}

/// Counts by label, the label with the most misses first.
fn table(out: &mut String, docs: &[Compared]) {
    let mut labels: Vec<(String, [usize; 3])> = Vec::new();
    for doc in docs {
        for (column, (verdict, ..)) in Verdict::WRONG.iter().enumerate() {
            let side = match verdict {
                Verdict::Extra => &doc.found,
                _ => &doc.gold,
            };
            for shown in side.iter().filter(|s| s.verdict == *verdict) {
                let at = match labels.iter().position(|(l, _)| *l == shown.label) {
                    Some(at) => at,
                    None => {
                        labels.push((shown.label.clone(), [0; 3]));
                        labels.len() - 1
                    }
                };
                labels[at].1[column] += 1;
            }
        }
    }
    labels.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(&b.0)));
    out.push_str("<table>\n<thead><tr><th scope=\"col\">label</th>");
    for (_, class, what) in Verdict::WRONG {
        let _ = write!(
            out,
            "<th scope=\"col\" class=\"n\" title=\"{what}\">{class}</th>"
        );
    }
    out.push_str("</tr></thead>\n<tbody>\n");
    for (label, counts) in &labels {
        let _ = write!(out, "<tr><th scope=\"row\">{}</th>", embed::text(label));
        for n in counts {
            let _ = write!(out, "<td class=\"n\">{n}</td>");
        }
        out.push_str("</tr>\n");
    }
    out.push_str("</tbody>\n</table>\n");
}

fn article(out: &mut String, doc: &Compared) {
    let counts: Vec<_> = Verdict::WRONG
        .iter()
        .map(|(verdict, class, _)| format!("{} {class}", doc.count(*verdict)))
        .collect();
    let _ = write!(
        out,
        "<article>\n<h3>{}</h3>\n<p class=\"meta\"><span>{}</span><span>{}</span></p>\n",
        embed::text(&doc.id),
        embed::text(match doc.published.as_str() {
            "" => "no publication date",
            date => date,
        }),
        counts.join(", ")
    );
    let mut from = 0;
    for line in doc.text.split_inclusive('\n') {
        let to = from + line.len();
        let of_line = |side: &[Shown]| -> Vec<Shown> {
            let here = side.iter().filter(|s| s.start >= from && s.start < to);
            here.cloned().collect()
        };
        let (gold, found) = (of_line(&doc.gold), of_line(&doc.found));
        if gold
            .iter()
            .chain(&found)
            .any(|s| s.verdict != Verdict::Right)
        {
            out.push_str("<div class=\"pair\">");
            for (name, side) in [("gold", &gold), ("found", &found)] {
                let _ = write!(
                    out,
                    "<span class=\"side\">{name}</span><div class=\"text\">"
                );
                marked(out, &doc.text, from..to, side);
                out.push_str("</div>");
            }
            out.push_str("</div>\n");
        }
        from = to;
    }
    out.push_str("</article>\n");
}

/// A line with its marks; of two that overlap the first is drawn.
fn marked(out: &mut String, text: &str, line: std::ops::Range<usize>, side: &[Shown]) {
    let mut at = line.start;
    for shown in side {
        let (Some(before), Some(said)) =
            (text.get(at..shown.start), text.get(shown.start..shown.end))
        else {
            continue;
        };
        out.push_str(&embed::text(before));
        let title = match shown.rule.as_str() {
            "" => shown.label.clone(),
            rule => format!("{}, rule {rule}", shown.label),
        };
        let _ = write!(
            out,
            "<mark class=\"{} {}\" title=\"{}\">{}",
            embed::text(&shown.label),
            shown.verdict.class(),
            embed::text(&title),
            embed::text(said)
        );
        if !shown.value.is_empty() {
            let _ = write!(
                out,
                "<span class=\"value\">{}</span>",
                embed::text(&shown.value)
            );
        }
        let _ = write!(
            out,
            "<small>{}</small>",
            embed::text(&shown.label.to_lowercase())
        );
        if shown.verdict != Verdict::Right {
            let _ = write!(
                out,
                "<span class=\"unseen\"> {}</span>",
                shown.verdict.class()
            );
        }
        out.push_str("</mark>");
        at = shown.end;
    }
    let rest = text.get(at..line.end.max(at)).unwrap_or_default();
    out.push_str(&embed::text(rest.trim_end_matches('\n')));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str, part: &str, label: &str, verdict: Verdict) -> Shown {
        let start = text.find(part).unwrap();
        Shown {
            start,
            end: start + part.len(),
            label: label.to_owned(),
            value: String::new(),
            rule: String::new(),
            verdict,
        }
    }

    #[test]
    fn lines_that_differ_the_most_misses_first() {
        let text = "Anne à <Metz>.\nRien ici, Anne.\nPaul & Luc";
        let doc = |id: &str, gold: Vec<Shown>, found: Vec<Shown>| Compared {
            id: id.to_owned(),
            text: text.to_owned(),
            gold,
            found,
            ..Compared::default()
        };
        let right = shown(text, "Anne", "PER", Verdict::Right);
        let page = html(
            vec![
                doc("juste", vec![right.clone()], vec![right.clone()]),
                doc(
                    "de-trop",
                    vec![],
                    vec![shown(text, "Paul", "PER", Verdict::Extra)],
                ),
                doc(
                    "manque",
                    vec![right.clone(), shown(text, "Metz", "LOC", Verdict::Missed)],
                    vec![right],
                ),
            ],
            "essai",
        );
        assert!(page.contains("2 of 3 articles differ"));
        let at = |what: &str| page.find(what).unwrap();
        assert!(at("<h3>manque") < at("<h3>de-trop"));
        assert!(!page.contains("<h3>juste"));
        // Mark-up of the text is text, and lines without a difference are not shown.
        assert!(page.contains("&lt;<mark class=\"LOC missed\" title=\"LOC\">Metz"));
        assert!(!page.contains("Rien ici"));
        assert!(page.contains("<mark class=\"PER extra\" title=\"PER\">Paul"));
        assert!(page.contains(" &amp; Luc"));
        assert!(!page.contains("<script"));
    }
}
