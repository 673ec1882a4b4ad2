//! Values in words: what a TIMEX3 value or an amount means, for people who do
//! not read ISO 8601.

use crate::{
    kinds::{DateType, Modifier, PercentUnit},
    record::{Kind, MentionRow},
};

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// From Monday on, as ISO 8601 counts.
const WEEKDAYS: [&str; 7] = [
    "Monday",
    "Tuesday",
    "Wednesday",
    "Thursday",
    "Friday",
    "Saturday",
    "Sunday",
];

/// Codes behind a year, or behind a day and `T`, that TIMEX3 adds to ISO 8601.
const SEASONS: [(&str, &str); 4] = [
    ("SP", "spring"),
    ("SU", "summer"),
    ("FA", "autumn"),
    ("WI", "winter"),
];
const PARTS: [(&str, &str); 6] = [
    ("MO", "morning"),
    ("MI", "midday"),
    ("AF", "afternoon"),
    ("EV", "evening"),
    ("NI", "night"),
    ("DT", "daytime"),
];

/// Designators of a length, before the `T` and behind it.
const UNITS: [(char, &str); 5] = [
    ('Y', "year"),
    ('Q', "quarter"),
    ('M', "month"),
    ('W', "week"),
    ('D', "day"),
];
const CLOCK_UNITS: [(char, &str); 3] = [('H', "hour"), ('M', "minute"), ('S', "second")];

/// The value of a mention: `about 14 March 2024`, `at least 12.50 EUR per hour`,
/// `0.5 points`; `None` without a value, and for a name.
pub fn value(row: &MentionRow) -> Option<String> {
    let numbers = || amount(row.exact.as_deref(), row.min.as_deref(), row.max.as_deref());
    let words = match row.kind {
        Kind::Date => timex(row.date_type?, row.value.as_deref()?),
        Kind::Money => {
            let mut out = numbers()?;
            out.push(' ');
            out.push_str(row.currency.as_deref().unwrap_or("currency unknown"));
            if let Some(per) = &row.per {
                out.push_str(" per ");
                out.push_str(&length(per, true).unwrap_or_else(|| per.clone()));
            }
            out
        }
        Kind::Percent => {
            let unit = match row.unit {
                Some(PercentUnit::Point) => "points",
                _ => "%",
            };
            format!("{} {unit}", numbers()?)
        }
        _ => return None,
    };
    Some(modified(row.modifier, words))
}

fn amount(exact: Option<&str>, min: Option<&str>, max: Option<&str>) -> Option<String> {
    match (exact, min, max) {
        (Some(exact), _, _) => Some(grouped(exact)),
        (None, Some(min), Some(max)) => Some(format!("{} to {}", grouped(min), grouped(max))),
        (None, Some(min), None) => Some(format!("from {}", grouped(min))),
        (None, None, Some(max)) => Some(format!("up to {}", grouped(max))),
        (None, None, None) => None,
    }
}

/// A decimal with a comma between thousands.
fn grouped(decimal: &str) -> String {
    let (sign, digits) = match decimal.strip_prefix('-') {
        Some(rest) => ("-", rest),
        None => ("", decimal),
    };
    let (whole, rest) = digits.split_at(digits.find('.').unwrap_or(digits.len()));
    let mut out = sign.to_owned();
    for (i, c) in whole.chars().enumerate() {
        if i > 0 && (whole.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(c);
    }
    out.push_str(rest);
    out
}

fn modified(modifier: Option<Modifier>, value: String) -> String {
    let before = match modifier {
        Some(Modifier::Approx) => "about",
        Some(Modifier::LessThan) => "less than",
        Some(Modifier::MoreThan) => "more than",
        Some(Modifier::EqualOrLess) => "at most",
        Some(Modifier::EqualOrMore) => "at least",
        Some(Modifier::Start) => "start of",
        Some(Modifier::Mid) => "middle of",
        Some(Modifier::End) => "end of",
        _ => return value,
    };
    format!("{before} {value}")
}

/// A TIMEX3 value; the value itself where this table has no words for it.
pub fn timex(kind: DateType, value: &str) -> String {
    let words = match (kind, value.split_once('/')) {
        (_, Some((from, to))) => point(from, kind)
            .zip(point(to, kind))
            .map(|(from, to)| format!("{from} to {to}")),
        (DateType::Set, None) => match length(value, true) {
            Some(length) => Some(format!("every {length}")),
            None => point(value, kind).map(|point| match value.starts_with("XXXX-") {
                true => format!("every {point}"),
                false => point,
            }),
        },
        (_, None) => length(value, false).or_else(|| point(value, kind)),
    };
    words.unwrap_or_else(|| value.to_owned())
}

/// A length: `2 years 3 months`; of exactly one unit, where that reads better,
/// the unit alone: (`per`) `hour`.
fn length(value: &str, bare: bool) -> Option<String> {
    let (days, clock) = match value.strip_prefix('P')?.split_once('T') {
        Some((days, clock)) => (days, clock),
        None => (value.strip_prefix('P')?, ""),
    };
    let mut parts = Vec::new();
    for (text, units) in [(days, &UNITS[..]), (clock, &CLOCK_UNITS[..])] {
        let mut number = String::new();
        for c in text.chars() {
            if c.is_ascii_digit() || c == '.' || c == 'X' {
                number.push(c);
                continue;
            }
            let (_, unit) = units.iter().find(|(letter, _)| *letter == c)?;
            parts.push(match number.as_str() {
                "" => return None,
                "X" => format!("some {unit}s"),
                "1" if bare => (*unit).to_owned(),
                "1" => format!("1 {unit}"),
                n => format!("{} {unit}s", grouped(n)),
            });
            number.clear();
        }
        if !number.is_empty() {
            return None;
        }
    }
    (!parts.is_empty()).then(|| parts.join(" "))
}

/// A point or stretch of the calendar.
fn point(value: &str, kind: DateType) -> Option<String> {
    match value {
        "PAST_REF" => return Some("in the past".into()),
        "PRESENT_REF" => return Some("now".into()),
        "FUTURE_REF" => return Some("in the future".into()),
        _ => {}
    }
    let Some((day, clock)) = value.split_once('T') else {
        return day_or_more(value, kind);
    };
    let clock = hour(clock)?;
    match day {
        "" => Some(match kind {
            DateType::Set => clock,
            _ => format!("{clock}, the day not known"),
        }),
        "XXXX-XX-XX" => Some(match kind {
            DateType::Set => clock,
            _ => format!("{clock}, the day not known"),
        }),
        _ => Some(format!("{}, {clock}", day_or_more(day, kind)?)),
    }
}

/// `20:30`, `20:30 (UTC+02:00)`, `evening`.
fn hour(clock: &str) -> Option<String> {
    if let Some((_, part)) = PARTS.iter().find(|(code, _)| *code == clock) {
        return Some((*part).to_owned());
    }
    let zone = clock.find(['Z', '+', '-']).unwrap_or(clock.len());
    let (time, zone) = clock.split_at(zone);
    let figures = |c: char| c.is_ascii_digit() || c == ':' || c == '.';
    if time.is_empty() || !time.chars().all(figures) {
        return None;
    }
    let time = match time.contains(':') {
        true => time.to_owned(),
        false => format!("{time}:00"),
    };
    Some(match zone {
        "" => time,
        "Z" => format!("{time} (UTC)"),
        zone => format!("{time} (UTC{zone})"),
    })
}

fn day_or_more(value: &str, kind: DateType) -> Option<String> {
    let known = |text: String, unknown: &str| match kind {
        DateType::Set => text,
        _ => format!("{text}, {unknown} not known"),
    };
    let parts: Vec<&str> = value.split('-').collect();
    match parts[..] {
        ["XXXX", "WXX", day] => Some(known(weekday(day)?.to_owned(), "the week")),
        ["XXXX", month] => {
            let name = named(&SEASONS, month).or_else(|| name_of_month(month))?;
            Some(known(name.to_owned(), "the year"))
        }
        ["XXXX", month, day] => Some(known(
            format!("{} {}", number(day)?, name_of_month(month)?),
            "the year",
        )),
        [y] => year(y),
        [y, rest] => {
            let y = year(y)?;
            if let Some(season) = named(&SEASONS, rest) {
                return Some(format!("{season} {y}"));
            }
            let counted = |letter: char| number(rest.strip_prefix(letter)?);
            if let Some(week) = counted('W') {
                return Some(format!("week {week} of {y}"));
            }
            if let Some(quarter) = counted('Q') {
                return Some(format!("quarter {quarter} of {y}"));
            }
            if let Some(half) = counted('H') {
                return Some(format!("half {half} of {y}"));
            }
            Some(format!("{} {y}", name_of_month(rest)?))
        }
        [y, week, day] if week.starts_with('W') => {
            let week = format!("week {} of {}", number(week.strip_prefix('W')?)?, year(y)?);
            match day {
                "WE" => Some(format!("weekend of {week}")),
                day => Some(format!("{} of {week}", weekday(day)?)),
            }
        }
        [y, month, day] => Some(format!(
            "{} {} {}",
            number(day)?,
            name_of_month(month)?,
            year(y)?
        )),
        _ => None,
    }
}

/// A year, decade (`198X`) or century (`16XX` holds 1601).
fn year(y: &str) -> Option<String> {
    if y.len() != 4 {
        return None;
    }
    if let Some(hundreds) = y.strip_suffix("XX") {
        let n = number(hundreds)? + 1;
        let ending = match (n % 10, n % 100) {
            (_, 11..=13) => "th",
            (1, _) => "st",
            (2, _) => "nd",
            (3, _) => "rd",
            _ => "th",
        };
        return Some(format!("{n}{ending} century"));
    }
    if let Some(tens) = y.strip_suffix('X') {
        number(tens)?;
        return Some(format!("{tens}0s"));
    }
    number(y)?;
    Some(y.to_owned())
}

fn number(text: &str) -> Option<u32> {
    let figures = !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    figures.then(|| text.parse().ok()).flatten()
}

fn name_of_month(month: &str) -> Option<&'static str> {
    let at = number(month)?.checked_sub(1)?;
    MONTHS.get(at as usize).copied()
}

fn weekday(day: &str) -> Option<&'static str> {
    let at = number(day)?.checked_sub(1)?;
    WEEKDAYS.get(at as usize).copied()
}

fn named(table: &[(&str, &'static str)], code: &str) -> Option<&'static str> {
    let row = table.iter().find(|(c, _)| *c == code);
    row.map(|(_, name)| *name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn points_lengths_and_recurrences() {
        use DateType::{Date, Duration, Set, Time};
        for (kind, value, words) in [
            (Date, "2024-03-14", "14 March 2024"),
            (Date, "2024-03", "March 2024"),
            (Date, "1968", "1968"),
            (Date, "198X", "1980s"),
            (Date, "16XX", "17th century"),
            (Date, "20XX", "21st century"),
            (Date, "2024-W07", "week 7 of 2024"),
            (Date, "2024-Q3", "quarter 3 of 2024"),
            (Date, "2024-H1", "half 1 of 2024"),
            (Date, "2024-SU", "summer 2024"),
            (Date, "XXXX-11-24", "24 November, the year not known"),
            (Date, "XXXX-11", "November, the year not known"),
            (Date, "XXXX-WXX-2", "Tuesday, the week not known"),
            (
                Date,
                "2024-03-09/2024-03-10",
                "9 March 2024 to 10 March 2024",
            ),
            (Date, "PAST_REF", "in the past"),
            (Time, "2024-03-14T20:30", "14 March 2024, 20:30"),
            (
                Time,
                "2024-03-14T20:30+01:00",
                "14 March 2024, 20:30 (UTC+01:00)",
            ),
            (Time, "2024-03-14TEV", "14 March 2024, evening"),
            (Time, "T14:00", "14:00, the day not known"),
            (Duration, "P2Y3M", "2 years 3 months"),
            (Duration, "P1D", "1 day"),
            (Duration, "PT1H30M", "1 hour 30 minutes"),
            (Duration, "PXW", "some weeks"),
            (Duration, "P1.5Y", "1.5 years"),
            (Set, "P1M", "every month"),
            (Set, "P2W", "every 2 weeks"),
            (Set, "XXXX-WXX-6", "every Saturday"),
            (Set, "XXXX-WXX-1/XXXX-WXX-5", "Monday to Friday"),
            // What has no words stays as it is.
            (Date, "-0043", "-0043"),
            (Date, "2024-13-01", "2024-13-01"),
            (Date, "é", "é"),
            (Duration, "P", "P"),
        ] {
            assert_eq!(timex(kind, value), words, "{value}");
        }
    }

    #[test]
    fn amounts() {
        for (given, shown) in [
            ("48000000", "48,000,000"),
            ("-1234.5", "-1,234.5"),
            ("0.05", "0.05"),
            ("999", "999"),
        ] {
            assert_eq!(grouped(given), shown);
        }
        assert_eq!(
            amount(None, Some("10"), Some("1500")).as_deref(),
            Some("10 to 1,500")
        );
        assert_eq!(amount(None, None, None), None);
        assert_eq!(modified(Some(Modifier::Approx), "3 %".into()), "about 3 %");
        assert_eq!(length("PT1H", true).as_deref(), Some("hour"));
    }

    proptest::proptest! {
        #[test]
        fn any_value_has_words(value in "[PTXYMDWHS0-9:/é+-]{0,14}") {
            for kind in [DateType::Date, DateType::Time, DateType::Duration, DateType::Set] {
                let _ = timex(kind, &value);
            }
        }
    }
}
