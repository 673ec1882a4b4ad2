//! Whether what was found is what a case expects, across differences of
//! convention.

use super::case::Case;
use crate::{
    eval::dates::normal,
    kinds::{DateType, Grain},
    pipeline::Explained,
    record::Kind,
};

/// A mention with its value and bounds as the record has them; `start` and
/// `end` are bytes.
pub(super) struct Found {
    pub start: usize,
    pub end: usize,
    pub kind: DateType,
    pub value: Option<String>,
    pub grain: Option<Grain>,
    pub from: Option<String>,
    pub to: Option<String>,
    pub rule: &'static str,
}

/// The time expressions of a record.
pub(super) fn found(explained: &Explained) -> Vec<Found> {
    let dates = explained.record.dates.iter();
    dates
        .map(|d| Found {
            start: d.span.byte_start as usize,
            end: d.span.byte_end as usize,
            kind: d.kind,
            value: d.value.clone(),
            grain: d.grain,
            from: d.from.clone(),
            to: d.to.clone(),
            rule: explained
                .trace(Kind::Date, d.span.field, d.span.byte_start)
                .map_or("-", |t| t.rule),
        })
        .collect()
}

/// Words that sources put inside a span and we leave outside, or between two
/// mentions.
const FUNCTION_WORDS: &[&str] = &[
    "à",
    "a",
    "au",
    "aux",
    "le",
    "la",
    "les",
    "l",
    "de",
    "du",
    "des",
    "d",
    "dès",
    "en",
    "dans",
    "pour",
    "pendant",
    "durant",
    "vers",
    "environ",
    "autour",
    "alentours",
    "et",
    "entre",
    "jusqu",
    "jusque",
    "avant",
    "après",
    "depuis",
    "partir",
    "compter",
    "ici",
    "une",
    "durée",
    "exactement",
    "approximativement",
    "cours",
    "fin",
    "courant",
    "précises",
    "pile",
    "précise",
    "sous",
    "plus",
    "moins",
    "lors",
    "moment",
    "ce",
    "prochaine",
    "m",
    "s",
];

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|w| !w.is_empty())
}

fn only_function_words(text: &str) -> bool {
    words(text).all(|w| FUNCTION_WORDS.contains(&w.to_lowercase().as_str()))
}

pub(super) fn covers(text: &str, start: usize, end: usize, inside: &[&Found]) -> bool {
    let mut at = start;
    for t in inside {
        if t.start > at && !only_function_words(&text[at..t.start]) {
            return false;
        }
        if t.start < start && !only_function_words(&text[t.start..start])
            || t.end > end && !only_function_words(&text[end..t.end])
        {
            return false;
        }
        at = at.max(t.end);
    }
    at >= end || only_function_words(&text[at..end])
}

/// The expected day is the first or the last of one range of ours, and its
/// words open or close the range.
pub(super) fn half_of_range(case: &Case, start: usize, end: usize, inside: &[&Found]) -> bool {
    let ([t], Some(bounds)) = (inside, &case.bounds) else {
        return false;
    };
    let Some((first, last)) = t.value.as_deref().and_then(|v| v.split_once('/')) else {
        return false;
    };
    const LINKS: [&str; 5] = ["au", "à", "et", "-", "–"];
    let (before, after) = (case.text.get(t.start..start), case.text.get(end..t.end));
    let day = match (before, after) {
        (Some(""), Some(rest)) if LINKS.iter().any(|l| rest.trim_start().starts_with(l)) => first,
        (Some(rest), Some("")) if LINKS.iter().any(|l| rest.trim_end().ends_with(l)) => last,
        _ => return false,
    };
    let next = |d: &str| {
        let d: jiff::civil::Date = d.parse().ok()?;
        d.tomorrow().ok().map(|d| d.to_string())
    };
    case.kind == "date"
        && bounds.start.as_deref().map(full) == Some(full(day))
        && bounds.end_excl.as_deref().map(full) == next(day).as_deref().map(full)
}

/// A source that knows no year 0 writes −0043 for 43 BC, which is our −0042.
fn astronomical(value: &str) -> String {
    let year = |v: &str| v.get(..4)?.parse::<i16>().ok();
    match value
        .strip_prefix('-')
        .and_then(|v| Some((year(v)?, &v[4..])))
    {
        Some((0, _)) | None => value.to_owned(),
        Some((1, rest)) => format!("0000{rest}"),
        Some((y, rest)) => format!("-{:04}{rest}", y - 1),
    }
}

/// A moment to the second.
fn full(moment: &str) -> String {
    let (date, clock) = moment.split_once('T').unwrap_or((moment, ""));
    let date = match date.len() {
        4 => format!("{date}-01-01"),
        7 => format!("{date}-01"),
        _ => date.to_owned(),
    };
    // The offset is that of the reference on both sides.
    let clock = clock.split(['+', '-', 'Z']).next().unwrap_or("");
    let clock: String = clock.chars().take(8).collect();
    let clock = match clock.len() {
        0 => "00:00:00".to_owned(),
        2 => format!("{clock}:00:00"),
        5 => format!("{clock}:00"),
        _ => clock,
    };
    format!("{date}T{clock}")
}

pub(super) fn value_matches(case: &Case, found: &[&Found]) -> bool {
    if case.kind == "duration" {
        return match (&case.value, found) {
            (Some(want), [t]) => t
                .value
                .as_deref()
                .is_some_and(|got| t.kind == DateType::Duration && normal(got) == normal(want)),
            (None, _) => true,
            _ => false,
        };
    }
    let Some(bounds) = &case.bounds else {
        return match &case.value {
            // Without bounds a source asserts the span alone or a bare value.
            Some(want) => {
                let want = astronomical(want);
                found.iter().any(|t| t.value.as_deref() == Some(&want))
            }
            None => true,
        };
    };
    let placed: Vec<&&Found> = found.iter().filter(|t| t.from.is_some()).collect();
    let (Some(first), Some(last)) = (placed.first(), placed.last()) else {
        return false;
    };
    let same = |want: &Option<String>, got: &Option<String>| match (want, got) {
        (None, _) => true,
        (Some(w), Some(g)) => full(w) == full(g),
        _ => false,
    };
    if case.kind == "interval" && placed.len() > 1 {
        let clocks: Vec<&&&Found> = placed.iter().filter(|t| t.kind == DateType::Time).collect();
        let minute_after = |t: &Found| {
            let from: jiff::civil::DateTime = full(t.from.as_deref()?).parse().ok()?;
            let to = from.checked_add(jiff::Span::new().minutes(1)).ok()?;
            Some(to.to_string())
        };
        let meets = |a: &Found, b: &Found| {
            same(&bounds.start, &a.from)
                && (same(&bounds.end_excl, &b.to)
                    || same(&bounds.end_excl, &b.from)
                    || same(&bounds.end_excl, &minute_after(b)))
        };
        return match clocks[..] {
            [a, .., b] => meets(a, b),
            // « le 20 jusqu'à 18 h », « après 16 h le 1er novembre »
            [clock] => {
                meets(first, last) || bounds.end_excl.is_none() && same(&bounds.start, &clock.from)
            }
            [] => meets(first, last),
        };
    }
    // « avant 16 h »: the limit is where our mention begins.
    if case.kind == "interval" && bounds.start.is_none() && same(&bounds.end_excl, &first.from) {
        return true;
    }
    // The finest mention carries the whole.
    let best = placed
        .iter()
        .find(|t| t.kind == DateType::Time)
        .unwrap_or(first);
    if same(&bounds.start, &best.from) && same(&bounds.end_excl, &best.to) {
        return true;
    }
    // A point at noon stands for a day in sources that know points only.
    let noon = |want: &Option<String>| {
        want.as_deref()
            .is_some_and(|w| full(w).ends_with("T12:00:00"))
    };
    if bounds.end_excl.is_none() && noon(&bounds.start) && best.grain == Some(Grain::Day) {
        return bounds.start.as_deref().map(|w| full(w)[..10].to_owned())
            == best.from.as_deref().map(|g| full(g)[..10].to_owned());
    }
    // An instant: the second within our minute, the minute at which our hour
    // begins, the hour or day a source derives from its own clock.
    let instant = same(&bounds.start, &best.from) && best.kind == DateType::Time;
    let narrow = match (&bounds.start, &bounds.end_excl) {
        (Some(a), Some(b)) => {
            full(a)[..16] == full(b)[..16] || matches!(case.kind.as_str(), "time" | "datetime")
        }
        _ => false,
    };
    instant && narrow
}
