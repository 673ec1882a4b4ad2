//! Makes the kinds of mention agree: no two of them claim the same words for
//! different reasons.
//!
//! - Money wins over dates (« 2 000 euros » holds no year), which
//!   [`crate::dates::find`] is told beforehand.
//! - A date strictly inside a longer name is part of the name: « rue du
//!   8-Mai-1945 », « plan France 2030 ».
//! - A whole date in figures is part of no name: one that ends with it ends before
//!   it, « Keystone 13.03.2018 ».
//! - A name that fills or lies inside a date, an amount or a percentage is
//!   none: « Mars » in « 3 Mars 2024 ».
//! - A name that runs over a date with its weekday, or does so with a low score,
//!   is none: « La Rédaction le vendredi 24 janvier 2025 ».
//! - A name made of the words on a web page's buttons is none:
//!   « RépondreSupprimer », « Partager ».
//! - Signs of Markdown are not of the name that they stand at, and what has no
//!   letter beside them is none: « **Odile** », « # 2 ».
//! - A name that merely overlaps a date or an amount keeps its place; both
//!   stand, for either may be the wrong one.

use crate::{calendar, dates::Timex, entities::Mention, french::sets::pages as sets, money::Found};

/// Below this score a name that swallows a date is the likelier mistake.
const SURE: f32 = 0.5;

/// Drops the mentions that lose. All lists are sorted by `start` and free of
/// overlaps.
pub(super) fn agree(
    text: &str,
    entities: &mut Vec<Mention>,
    money: &Found,
    dates: &mut Vec<Timex>,
) {
    entities.retain_mut(|e| {
        if !unmarked(text, e) || buttons(&text[e.start..e.end]) {
            return false;
        }
        let inner = dates.partition_point(|d| d.end <= e.start);
        let swallowed = dates[inner..]
            .iter()
            .take_while(|d| d.start < e.end)
            .any(|d| e.score < SURE || has_weekday(&text[d.start..d.end]));
        !swallowed
    });
    before_figures(text, entities, dates);
    dates.retain(|d| {
        let i = entities.partition_point(|e| e.end < d.end);
        !entities.get(i).is_some_and(|e| {
            within((d.start, d.end), (e.start, e.end)) && e.end - e.start > d.end - d.start
        })
    });
    let mut taken: Vec<(usize, usize)> = money
        .money
        .iter()
        .map(|m| (m.start, m.end))
        .chain(money.percents.iter().map(|p| (p.start, p.end)))
        .chain(dates.iter().map(|d| (d.start, d.end)))
        .collect();
    taken.sort_unstable();
    entities.retain(|e| {
        let i = taken.partition_point(|t| t.0 <= e.start);
        // Amounts and dates may overlap each other: look at a few.
        !taken[i.saturating_sub(3)..i]
            .iter()
            .any(|t| within((e.start, e.end), *t))
    });
}

/// Takes signs of Markdown off the ends of a name; `false` if there were some and
/// no letter is left.
fn unmarked(text: &str, e: &mut Mention) -> bool {
    // A sharp ends « C# », stars may end nothing.
    let start = |name: &str| name.len() - name.trim_start_matches(['*', '#', ' ']).len();
    let end = |name: &str| name.trim_end_matches(['*', ' ']).len();
    let name = &text[e.start..e.end];
    let (from, to) = (start(name), end(name));
    if (from, to) == (0, name.len()) {
        return true;
    }
    e.end = e.start + to.max(from);
    e.start += from;
    e.name = e.name[start(&e.name)..].to_owned();
    e.name.truncate(end(&e.name));
    text[e.start..e.end].contains(char::is_alphabetic)
}

/// Lets names that end with a day, a month and a year in figures end before it.
fn before_figures(text: &str, entities: &mut Vec<Mention>, dates: &[Timex]) {
    for d in dates.iter().filter(|d| in_figures(&text[d.start..d.end])) {
        let i = entities.partition_point(|e| e.end < d.end);
        let Some(e) = entities.get_mut(i).filter(|e| e.end == d.end) else {
            continue;
        };
        let Some(rest) = text.get(e.start..d.start) else {
            continue;
        };
        let rest = rest.trim_end_matches(|c: char| !c.is_alphanumeric());
        e.end = e.start + rest.len();
        if let Some(name) = e.name.get(..rest.len()).filter(|n| *n == rest) {
            e.name = name.to_owned();
        }
    }
    entities.retain(|e| e.end > e.start);
}

/// Three fields of figures: « 13.03.2018 ».
fn in_figures(date: &str) -> bool {
    let mut fields = date.split(['.', '/', '-']);
    let figures = |f: &str| !f.is_empty() && f.bytes().all(|b| b.is_ascii_digit());
    fields.clone().count() == 3 && fields.all(figures)
}

/// Whether a name is nothing but words of buttons, glued or not.
fn buttons(name: &str) -> bool {
    let mut words = 0;
    let mut rest = name;
    loop {
        rest = rest.trim_start_matches(|c: char| !c.is_alphabetic());
        if rest.is_empty() {
            return words > 0;
        }
        // A word ends at a mark, a space or the next capital.
        let end = rest
            .char_indices()
            .skip(1)
            .find(|(_, c)| !c.is_alphabetic() || c.is_uppercase())
            .map_or(rest.len(), |(i, _)| i);
        if !sets::BUTTONS.contains(&rest[..end].to_lowercase()) {
            return false;
        }
        words += 1;
        rest = &rest[end..];
    }
}

/// Whether a date names its weekday: streets and plans never do.
fn has_weekday(date: &str) -> bool {
    date.split(|c: char| !c.is_alphabetic())
        .any(|w| calendar::weekday(&w.to_lowercase()).is_some())
}

fn within(inner: (usize, usize), outer: (usize, usize)) -> bool {
    outer.0 <= inner.0 && inner.1 <= outer.1
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        money::{Amount, Money},
        record::{DateType, Label},
    };

    fn name(text: &str, part: &str) -> Mention {
        let start = text.find(part).unwrap();
        Mention {
            start,
            end: start + part.len(),
            label: Label::Misc,
            score: 0.9,
            name: part.to_owned(),
        }
    }

    fn date(text: &str, part: &str) -> Timex {
        let start = text.find(part).unwrap();
        Timex {
            start,
            end: start + part.len(),
            kind: DateType::Date,
            value: None,
            modifier: None,
            grain: None,
            bounds: None,
            anchor: None,
            rule: "test",
            steps: Vec::new(),
        }
    }

    fn check(names: &[&str], dates: &[&str], left: (&[&str], &[&str])) {
        let text = "rue du 8-Mai-1945, le 3 Mars 2024, à Mars";
        let mut entities: Vec<_> = names.iter().map(|n| name(text, n)).collect();
        let mut found: Vec<_> = dates.iter().map(|d| date(text, d)).collect();
        agree(text, &mut entities, &Found::default(), &mut found);
        let slice = |s: usize, e: usize| &text[s..e];
        let names: Vec<_> = entities.iter().map(|e| slice(e.start, e.end)).collect();
        let dates: Vec<_> = found.iter().map(|d| slice(d.start, d.end)).collect();
        assert_eq!((&names[..], &dates[..]), left);
    }

    #[test]
    fn a_date_inside_a_name_goes() {
        check(
            &["rue du 8-Mai-1945"],
            &["8-Mai-1945", "3 Mars 2024"],
            (&["rue du 8-Mai-1945"], &["3 Mars 2024"]),
        );
    }

    #[test]
    fn a_name_inside_a_date_goes() {
        check(&["Mars"], &["3 Mars 2024"], (&[], &["3 Mars 2024"]));
        check(&["3 Mars 2024"], &["3 Mars 2024"], (&[], &["3 Mars 2024"]));
    }

    #[test]
    fn a_name_that_runs_over_a_weekday_goes() {
        let text = "Rédigé par Le Desk le lundi 4 mars 2024";
        let mut entities = vec![name(text, "Le Desk le lundi 4 mars 2024")];
        let mut dates = vec![date(text, "lundi 4 mars 2024")];
        agree(text, &mut entities, &Found::default(), &mut dates);
        assert_eq!((entities.len(), dates.len()), (0, 1));
    }

    #[test]
    fn signs_of_markdown_are_not_of_a_name() {
        let text = "### 2 avis **Jean Le Goff**, en C# sur M6 et *Titane*";
        for (given, left) in [
            ("Jean Le Goff**", Some("Jean Le Goff")),
            ("**Jean Le Goff", Some("Jean Le Goff")),
            ("*Titane*", Some("Titane")),
            ("# 2", None),
            ("C#", Some("C#")),
            ("M6", Some("M6")),
        ] {
            let mut entities = vec![name(text, given)];
            agree(text, &mut entities, &Found::default(), &mut Vec::new());
            let found = entities.first().map(|e| &text[e.start..e.end]);
            assert_eq!(found, left, "{given}");
            let name = entities.first().map(|e| e.name.as_str());
            assert_eq!(name, left, "{given}");
        }
    }

    #[test]
    fn buttons_are_no_names() {
        for (name, is) in [
            ("RépondreSupprimer", true),
            ("Répondre Partager", true),
            ("Commentaires", true),
            ("Lire", true),
            ("Suivre Martin", false),
            ("Plus Belle la vie", false),
            ("Citeo", false),
        ] {
            assert_eq!(buttons(name), is, "{name}");
        }
    }

    #[test]
    fn neighbours_stay() {
        check(
            &["à Mars"],
            &["3 Mars 2024"],
            (&["à Mars"], &["3 Mars 2024"]),
        );
    }

    #[test]
    fn a_name_inside_an_amount_goes() {
        let text = "12 euros";
        let mut entities = vec![name(text, "euros")];
        let money = Found {
            money: vec![Money {
                start: 0,
                end: text.len(),
                amount: Amount::Exact(12.into()),
                currency: Some("EUR"),
                modifier: None,
                per: None,
                rule: "test",
            }],
            ..Found::default()
        };
        agree(text, &mut entities, &money, &mut Vec::new());
        assert!(entities.is_empty());
    }
}
