//! Publication dates outside the text: fields of a record, names of files.

use super::{Published, dateline};
use crate::kinds::PublishedFrom;

/// A date read from a field, and whether another reading was possible.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FieldDate {
    /// The date.
    pub published: Published,
    /// `03/04/2024` was read as day/month/year, the French way.
    pub ambiguous: bool,
}

/// Reads the notations that fields use: ISO 8601 and RFC 3339, RFC 2822
/// (`Tue, 05 Mar 2024 10:00:00 +0100`), `20240305`, seconds or milliseconds
/// since 1970, and what a French reader would write (`05/03/2024 à 18h12`,
/// `mardi 5 mars 2024`).
pub fn read_date(value: &str) -> Option<FieldDate> {
    let value = value.trim();
    let sure = |published| FieldDate {
        published,
        ambiguous: false,
    };
    if let Ok(published) = value.parse() {
        return Some(sure(published));
    }
    if value.bytes().all(|b| b.is_ascii_digit()) {
        return from_digits(value).map(sure);
    }
    if let Some(published) = rfc_2822(value) {
        return Some(sure(published));
    }
    let (published, ambiguous) = dateline::whole(value)?;
    Some(FieldDate {
        published,
        ambiguous,
    })
}

fn from_digits(s: &str) -> Option<Published> {
    let part = |range: std::ops::Range<usize>| s.get(range)?.parse::<i64>().ok();
    match s.len() {
        8 => Published::day(part(0..4)? as i16, part(4..6)? as i8, part(6..8)? as i8),
        10 => from_timestamp(part(0..10)?),
        13 => from_timestamp(part(0..13)? / 1000),
        _ => None,
    }
}

fn from_timestamp(seconds: i64) -> Option<Published> {
    let at = jiff::Timestamp::from_second(seconds).ok()?;
    let at = jiff::tz::Offset::UTC.to_datetime(at);
    Some(Published {
        time: Some((at.hour(), at.minute())),
        offset: Some(0),
        ..Published::day(at.year(), at.month(), at.day())?
    })
}

const ENGLISH_MONTHS: [&str; 12] = [
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
];

/// `Tue, 05 Mar 2024 10:00:00 +0100`, with or without weekday and seconds.
fn rfc_2822(s: &str) -> Option<Published> {
    let s = s.split_once(", ").map_or(s, |(_, rest)| rest);
    let mut words = s.split_ascii_whitespace();
    let day: i8 = words.next()?.parse().ok()?;
    let name = words.next()?.to_ascii_lowercase();
    let month = ENGLISH_MONTHS
        .iter()
        .position(|m| name.get(..3) == Some(m))? as i8
        + 1;
    let year: i16 = words.next()?.parse().ok()?;
    let mut out = Published::day(year, month, day)?;
    let Some(clock) = words.next() else {
        return Some(out);
    };
    let zone = match words.next() {
        None => "",
        Some("GMT" | "UT" | "UTC" | "Z") => "Z",
        Some(zone) => zone,
    };
    let whole: Published = format!("{out}T{clock}{zone}").parse().ok()?;
    out.time = whole.time;
    out.offset = whole.offset;
    Some(out)
}

/// The date that a path bears: `2024-03-14-titre`, `20240314_titre`,
/// `2024/03/14/titre`, `2024-03/titre`. A bare year is too often a name
/// (`euro-2024`) to count.
pub fn file_name_date(path: &str) -> Option<Published> {
    let bytes = path.as_bytes();
    let starts = (0..bytes.len()).filter(|&i| {
        bytes[i].is_ascii_digit() && (i == 0 || !bytes[i - 1].is_ascii_alphanumeric())
    });
    let mut month = None;
    for i in starts {
        let run = bytes[i..].iter().take_while(|b| b.is_ascii_digit()).count();
        if run == 8 {
            let day = from_digits(&path[i..i + 8]);
            if day.is_some_and(plausible) {
                return day;
            }
        }
        if run != 4 {
            continue;
        }
        let Ok(year) = path[i..i + 4].parse::<i16>() else {
            continue;
        };
        let Some((m, rest)) = two_digits(&path[i + 4..]) else {
            continue;
        };
        if let Some((d, _)) = two_digits(rest)
            && let Some(day) = Published::day(year, m, d)
            && plausible(day)
        {
            return Some(day);
        }
        month = month.or(Published::month(year, m).filter(|m| plausible(*m)));
    }
    month
}

/// `-03` and what follows, when no third digit does.
fn two_digits(s: &str) -> Option<(i8, &str)> {
    let s = s.strip_prefix(['-', '_', '/', '.'])?;
    let run = s.bytes().take_while(u8::is_ascii_digit).count();
    (run == 2).then(|| Some((s[..2].parse().ok()?, &s[2..])))?
}

fn plausible(p: Published) -> bool {
    (1800..=2100).contains(&p.year)
}

/// [`file_name_date`] with its provenance.
pub(super) fn from_file_name(path: &str) -> Option<(Published, PublishedFrom)> {
    Some((file_name_date(path)?, PublishedFrom::Filename))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields() {
        for (given, date, ambiguous) in [
            ("2024-03-05", "2024-03-05", false),
            (
                "2024-03-05T10:00:59.12+01:00",
                "2024-03-05T10:00+01:00",
                false,
            ),
            ("2024/03/05", "2024-03-05", false),
            (
                "Tue, 05 Mar 2024 10:00:00 +0100",
                "2024-03-05T10:00+01:00",
                false,
            ),
            ("5 Mar 2024 10:00 GMT", "2024-03-05T10:00Z", false),
            ("20240305", "2024-03-05", false),
            // 1 709 632 800 s after 1970-01-01T00:00Z, by hand: 19787 days
            // (2024-03-05) and 36 000 s.
            ("1709632800", "2024-03-05T10:00Z", false),
            ("1709632800123", "2024-03-05T10:00Z", false),
            ("25/03/2024", "2024-03-25", false),
            ("05/03/2024 à 18h12", "2024-03-05T18:12", true),
            ("mardi 5 mars 2024", "2024-03-05", false),
            ("mars 2024", "2024-03", false),
        ] {
            let read = read_date(given).unwrap_or_else(|| panic!("{given} not read"));
            assert_eq!(read.published.to_string(), date, "{given}");
            assert_eq!(read.ambiguous, ambiguous, "{given}");
        }
        for bad in ["", "hier", "true", "12", "123456789", "32/01/2024", "n° 5"] {
            assert_eq!(read_date(bad), None, "{bad}");
        }
    }

    #[test]
    fn names_of_files() {
        for (path, date) in [
            ("2024-03-14-titre", Some("2024-03-14")),
            ("lemag_20240314_titre", Some("2024-03-14")),
            ("2024/03/14/titre", Some("2024-03-14")),
            ("2024_03_14", Some("2024-03-14")),
            ("archive/2024-03/titre", Some("2024-03")),
            ("2024-03/2024-03-09-x", Some("2024-03-09")),
            ("euro-2024", None),
            ("2024-13-14", None),
            ("9999-01-01", None),
            ("a2024-03-14", None),
            ("000123-45", None),
            ("2024-031", None),
        ] {
            assert_eq!(
                file_name_date(path).map(|d| d.to_string()).as_deref(),
                date,
                "{path}"
            );
        }
    }
}
