//! Public suites of French time expressions (JSON Lines, one case a line) and
//! their score by register.
//!
//! A case passes when span and value are right:
//! - **span**: the words of the expected span that lie outside our mentions are
//!   function words (sources put « à », « le », « pendant » inside; we do not),
//!   and our mentions do not reach beyond it. A day and an hour side by side are
//!   two mentions here and one there: together they count as the one.
//! - **value**: `from`/`to` equal the expected bounds. Of a day and its hour the
//!   hour counts; of two ends the start of the first and the start or end of the
//!   last, or a minute after it (sources differ on whether « à 11 h » includes
//!   its hour, its minute or nothing). An instant
//!   to the second is met by our minute. Durations are compared as lengths.
//!   Hours are compared in the zone of the reference time, where it has one.
//! - a year before our era is the same with or without a year 0 in between.
//! - a source that cuts « du 1er mars 1998 au 4 mai 2001 » in two is met, in
//!   each half, by our one range: its words end there and so does its value.
//! - a case that expects nothing passes when nothing is found.

use super::dates::normal;
use crate::{
    dates::{self, Context, Timex},
    kinds::{DateType, Grain, Published},
};
use serde::Deserialize;
use std::{collections::BTreeMap, fmt::Write as _, fs, io, path::Path};

/// One case.
#[derive(Debug, Clone, Deserialize)]
pub struct Case {
    /// The text to read.
    pub text: String,
    /// The moment to resolve against.
    #[serde(default)]
    pub reference_time: Option<String>,
    /// `date`, `time`, `datetime`, `interval`, `duration` or `set`.
    pub kind: String,
    /// The words that must match; none where the source gives only a value.
    #[serde(default)]
    pub span: Option<String>,
    /// ISO value, in the shape of its source.
    #[serde(default)]
    pub value: Option<String>,
    /// Half-open bounds.
    #[serde(default)]
    pub bounds: Option<Bounds>,
    /// Suite that the case comes from.
    pub suite: String,
    /// `news`, `assistant` or `format`.
    pub register: String,
}

/// Half-open bounds; an end may be open.
#[derive(Debug, Clone, Deserialize)]
pub struct Bounds {
    /// First moment.
    #[serde(default)]
    pub start: Option<String>,
    /// The moment after the last.
    #[serde(default)]
    pub end_excl: Option<String>,
}

/// Why a suite could not be read.
#[derive(Debug, thiserror::Error)]
pub enum SuiteError {
    /// The file itself.
    #[error("cannot read: {0}")]
    Io(#[from] io::Error),
    /// A line that is no case.
    #[error("line {line}: {source}")]
    Case {
        /// 1-based line.
        line: usize,
        /// What is wrong.
        source: serde_json::Error,
    },
}

/// Reads a suite.
pub fn read(path: &Path) -> Result<Vec<Case>, SuiteError> {
    fs::read_to_string(path)?
        .lines()
        .enumerate()
        .filter(|(_, l)| !l.trim().is_empty())
        .map(|(i, l)| {
            serde_json::from_str(l).map_err(|source| SuiteError::Case {
                line: i + 1,
                source,
            })
        })
        .collect()
}

/// How one case fared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Outcome {
    /// The span is right, or none was asked for.
    pub span: bool,
    /// The value is right, or none was asked for.
    pub value: bool,
}

impl Outcome {
    /// Span and value.
    pub fn passes(self) -> bool {
        self.span && self.value
    }
}

/// Runs one case.
pub fn run(case: &Case) -> Outcome {
    let found = found(case);
    let Some(span) = &case.span else {
        if case.bounds.is_none() && case.value.is_none() {
            // An impossible date keeps its span and has no value: it names no
            // date either.
            let none = found.iter().all(|t| t.value.is_none());
            return Outcome {
                span: none,
                value: none,
            };
        }
        return Outcome {
            span: true,
            value: value_matches(case, &found.iter().collect::<Vec<_>>()),
        };
    };
    let Some(start) = case.text.find(span.as_str()) else {
        return Outcome {
            span: false,
            value: false,
        };
    };
    let end = start + span.len();
    let inside: Vec<&Written> = found
        .iter()
        .filter(|t| t.start < end && t.end > start)
        .collect();
    if half_of_range(case, start, end, &inside) {
        return Outcome {
            span: true,
            value: true,
        };
    }
    Outcome {
        span: !inside.is_empty() && covers(&case.text, start, end, &inside),
        value: value_matches(case, &inside),
    }
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

fn covers(text: &str, start: usize, end: usize, inside: &[&Written]) -> bool {
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
fn half_of_range(case: &Case, start: usize, end: usize, inside: &[&Written]) -> bool {
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

fn value_matches(case: &Case, found: &[&Written]) -> bool {
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
    let placed: Vec<&&Written> = found.iter().filter(|t| t.from.is_some()).collect();
    let (Some(first), Some(last)) = (placed.first(), placed.last()) else {
        return false;
    };
    let same = |want: &Option<String>, got: &Option<String>| match (want, got) {
        (None, _) => true,
        (Some(w), Some(g)) => full(w) == full(g),
        _ => false,
    };
    if case.kind == "interval" && placed.len() > 1 {
        let clocks: Vec<&&&Written> = placed.iter().filter(|t| t.kind == DateType::Time).collect();
        let minute_after = |t: &Written| {
            let from: jiff::civil::DateTime = full(t.from.as_deref()?).parse().ok()?;
            let to = from.checked_add(jiff::Span::new().minutes(1)).ok()?;
            Some(to.to_string())
        };
        let meets = |a: &Written, b: &Written| {
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

/// A table of cases that pass, by suite and register; with `errors` each case
/// that does not.
pub fn report(cases: &[Case], errors: bool) -> String {
    let mut out = String::new();
    let mut rows: BTreeMap<(String, String), [usize; 4]> = BTreeMap::new();
    for case in cases {
        let outcome = run(case);
        let suite = case.suite.split('/').next().unwrap_or("").to_owned();
        for key in [
            (case.register.clone(), suite),
            (case.register.clone(), "all".to_owned()),
        ] {
            let row = rows.entry(key).or_default();
            row[0] += 1;
            row[1] += usize::from(outcome.span);
            row[2] += usize::from(outcome.value);
            row[3] += usize::from(outcome.passes());
        }
        if errors && !outcome.passes() {
            let _ = writeln!(out, "{}", describe(case, outcome));
        }
    }
    let _ = writeln!(out, "register\tsuite\tcases\tspan %\tvalue %\tboth %");
    for ((register, suite), [n, span, value, both]) in rows {
        let share = |x: usize| 100.0 * x as f64 / n as f64;
        let _ = writeln!(
            out,
            "{register}\t{suite}\t{n}\t{:.1}\t{:.1}\t{:.1}",
            share(span),
            share(value),
            share(both)
        );
    }
    out
}

/// A mention with its value and bounds as the record has them.
struct Written {
    start: usize,
    end: usize,
    kind: DateType,
    value: Option<String>,
    grain: Option<Grain>,
    from: Option<String>,
    to: Option<String>,
    rule: &'static str,
}

impl From<&Timex> for Written {
    fn from(t: &Timex) -> Self {
        Self {
            start: t.start,
            end: t.end,
            kind: t.kind,
            value: t.value.as_ref().map(ToString::to_string),
            grain: t.grain,
            from: t.bounds.map(|b| b.from().to_string()),
            to: t.bounds.map(|b| b.to().to_string()),
            rule: t.rule,
        }
    }
}

/// What the rules find in a case at its reference time.
fn found(case: &Case) -> Vec<Written> {
    let published: Option<Published> = case.reference_time.as_deref().and_then(|r| {
        // Fractions of a second are no part of a publication date.
        r.split_once('.').map_or(r, |(head, _)| head).parse().ok()
    });
    // Where the reference has an offset, a source converts named zones to it.
    let timezone = published
        .and_then(|p| p.offset)
        .and_then(dates::Timezone::fixed);
    let context = Context {
        published,
        timezone: timezone.as_ref(),
        ..Context::default()
    };
    let found = dates::find(&case.text, &context).dates;
    found.iter().map(Written::from).collect()
}

fn describe(case: &Case, outcome: Outcome) -> String {
    let found = found(case);
    let got: Vec<String> = found
        .iter()
        .map(|t| {
            format!(
                "[{}] {} {}..{} ({})",
                &case.text[t.start..t.end],
                t.value.as_deref().unwrap_or("null"),
                t.from.as_deref().unwrap_or("?"),
                t.to.as_deref().unwrap_or("?"),
                t.rule
            )
        })
        .collect();
    let want = case.bounds.as_ref().map_or_else(
        || case.value.clone().unwrap_or_else(|| "none".into()),
        |b| {
            format!(
                "{}..{}",
                b.start.as_deref().unwrap_or("?"),
                b.end_excl.as_deref().unwrap_or("?")
            )
        },
    );
    format!(
        "{}\t{}\t{}{}\t{}\t[{}]\twant {want}\tgot {}",
        case.register,
        case.suite,
        if outcome.span { "" } else { "span " },
        if outcome.value { "" } else { "value" },
        case.text,
        case.span.as_deref().unwrap_or(""),
        got.join(" ; ")
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn case(json: &str) -> Outcome {
        run(&serde_json::from_str(json).expect("case"))
    }

    #[test]
    fn function_words_and_split_mentions_are_no_misses() {
        let hit = case(
            r#"{"text":"le 2 mars à 5h","reference_time":"2013-02-12T04:30:00","kind":"datetime","span":"le 2 mars à 5h","bounds":{"start":"2013-03-02T05:00:00","end_excl":"2013-03-02T06:00:00"},"suite":"x","register":"news"}"#,
        );
        assert!(hit.passes());
    }

    #[test]
    fn a_range_of_ours_meets_two_days_of_theirs() {
        let half = |span: &str, start: &str, end: &str| {
            case(&format!(
                r#"{{"text":"Elle vécut ici du 3 mai 1998 au 4 mai 2001.","reference_time":"2013-02-12","kind":"date","span":"{span}","bounds":{{"start":"{start}","end_excl":"{end}"}},"suite":"x","register":"news"}}"#,
            ))
        };
        assert!(half("3 mai 1998", "1998-05-03", "1998-05-04").passes());
        assert!(half("4 mai 2001", "2001-05-04", "2001-05-05").passes());
        assert!(!half("4 mai 2001", "1998-05-03", "1998-05-04").passes());
        // Part of the words of an end are not that end.
        assert!(!half("mai 2001", "2001-05-04", "2001-05-05").passes());
        assert!(!half("3 mai", "1998-05-03", "1998-05-04").passes());
    }

    #[test]
    fn an_hour_of_another_zone_is_compared_in_that_of_the_reference() {
        let at = |hour: &str| {
            case(&format!(
                r#"{{"text":"à 18 heures CET","reference_time":"2013-02-12T04:30:00-02:00","kind":"datetime","span":"18 heures CET","bounds":{{"start":"2013-02-12T{hour}:00:00","end_excl":"2013-02-12T{hour}:01:00"}},"suite":"x","register":"news"}}"#,
            ))
        };
        assert!(at("15").passes());
        assert!(!at("18").passes());
    }

    #[test]
    fn a_wrong_day_fails() {
        let miss = case(
            r#"{"text":"hier","reference_time":"2013-02-12T04:30:00","kind":"date","span":"hier","bounds":{"start":"2013-02-12","end_excl":"2013-02-13"},"suite":"x","register":"news"}"#,
        );
        assert!(miss.span && !miss.value);
    }
}
