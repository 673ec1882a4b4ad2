//! Publication dates in the fields of a row.

use super::{Published, dateline, written_date::number};

/// Longest value (bytes) that is looked at.
const LONGEST: usize = 200;

/// A date read from a field, and whether another reading was possible.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FieldDate {
    /// The date.
    pub published: Published,
    /// `03/04/2024` was read as day/month/year, the French way.
    pub ambiguous: bool,
}

/// Reads the notations that fields use: ISO 8601 and RFC 3339, with dashes or
/// without (`20240305T181200Z`), RFC 2822 (`Tue, 05 Mar 2024 10:00:00 +0100`), that
/// of X (`Tue Mar 05 10:00:00 +0000 2024`), seconds, milliseconds, microseconds or
/// nanoseconds since 1970, and what a French reader would write (`05/03/2024 à
/// 18h12`, `mardi 5 mars 2024`, `mar. 5 mars 24`, `Publié le 5 mars 2024`).
pub fn read_date(value: &str) -> Option<FieldDate> {
    let value = value.trim();
    if value.len() > LONGEST {
        return None;
    }
    // Java writes the zone behind the offset, JavaScript its name.
    let bare = match value.find(['[', '(']) {
        Some(i) if i > 0 && value.ends_with([']', ')']) => value[..i].trim_end(),
        _ => value,
    };
    let sure = bare
        .parse()
        .ok()
        .or_else(|| from_digits(bare))
        .or_else(|| compact(bare))
        .or_else(|| year_last(bare));
    if let Some(published) = sure {
        return Some(FieldDate {
            published,
            ambiguous: false,
        });
    }
    // A number that is no time is not a date either.
    if bare.bytes().all(|b| b.is_ascii_digit() || b == b'.') && bare.matches('.').count() < 2 {
        return None;
    }
    let (published, ambiguous) = dateline::whole(bare).or_else(|| dateline::whole(value))?;
    Some(FieldDate {
        published,
        ambiguous,
    })
}

/// `20240305`, or a time since 1970.
pub(super) fn from_digits(s: &str) -> Option<Published> {
    let (whole, fraction) = s.split_once('.').unwrap_or((s, ""));
    let digits = |s: &str| s.bytes().all(|b| b.is_ascii_digit());
    if !digits(whole) || !digits(fraction) {
        return None;
    }
    let part = |range: std::ops::Range<usize>| whole.get(range)?.parse::<i64>().ok();
    match whole.len() {
        8 if fraction.is_empty() => {
            Published::day(part(0..4)? as i16, part(4..6)? as i8, part(6..8)? as i8)
        }
        // Seconds, and thousandths, millionths and billionths of them.
        10 | 13 | 16 | 19 => from_timestamp(part(0..10)?),
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

/// `20240305T181200Z`, `20240305181200`, `202403051812`.
fn compact(s: &str) -> Option<Published> {
    let digits = |s: &str| s.bytes().take_while(u8::is_ascii_digit).count();
    let (day, rest) = s.split_at_checked(8).filter(|(day, _)| digits(day) == 8)?;
    let rest = rest.strip_prefix(['T', 't', ' ']).unwrap_or(rest);
    let clock = digits(rest);
    if !matches!(clock, 4 | 6) {
        return None;
    }
    let zone = rest[clock..].trim_start_matches(|c: char| c == '.' || c.is_ascii_digit());
    let iso = format!(
        "{}-{}-{}T{}:{}{zone}",
        &day[..4],
        &day[4..6],
        &day[6..],
        &rest[..2],
        &rest[2..4],
    );
    iso.parse().ok()
}

/// `Tue Mar 05 10:00:00 +0000 2024`: the time stands before the year.
fn year_last(s: &str) -> Option<Published> {
    let (rest, year) = s.rsplit_once(' ')?;
    let (_, 4, "") = number(year)? else {
        return None;
    };
    let clock = rest.find(':')?;
    let before = rest[..clock].rfind(' ')?;
    let (day, clock) = rest.split_at(before);
    // An abbreviated zone or an offset, with a blank before it.
    let (published, _) = dateline::whole(&format!("{day}, {year}{clock}"))?;
    published.time.is_some().then_some(published)
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
            // Feeds, posts, databases.
            ("2024-03-05 10:00:00.123456 UTC", "2024-03-05T10:00Z", false),
            ("2024-03-05 10:00:00 +0100", "2024-03-05T10:00+01:00", false),
            (
                "2024-03-05T10:00:00+01:00[Europe/Paris]",
                "2024-03-05T10:00+01:00",
                false,
            ),
            ("Tue Mar 05 10:00:59 +0000 2024", "2024-03-05T10:00Z", false),
            (
                "Tue Mar 5 10:00:59 CET 2024",
                "2024-03-05T10:00+01:00",
                false,
            ),
            (
                "Tue Mar 05 2024 10:00:00 GMT+0100 (heure normale)",
                "2024-03-05T10:00+01:00",
                false,
            ),
            (
                "Tuesday, 05-Mar-24 10:00:00 GMT",
                "2024-03-05T10:00Z",
                false,
            ),
            ("March 5, 2024", "2024-03-05", false),
            ("Mar 5, 2024 6:12 PM", "2024-03-05T18:12", false),
            ("5 March 2024", "2024-03-05", false),
            ("20240305T181200Z", "2024-03-05T18:12Z", false),
            ("20240305181259", "2024-03-05T18:12", false),
            ("202403051812", "2024-03-05T18:12", false),
            ("1709632800.5", "2024-03-05T10:00Z", false),
            ("1709632800123456", "2024-03-05T10:00Z", false),
            // As people write.
            ("5 mars 24", "2024-03-05", false),
            ("5 mars 98", "1998-03-05", false),
            ("mar. 5 mars 2024", "2024-03-05", false),
            ("dim 3 mars 2024", "2024-03-03", false),
            ("mars 05, 2024 à 18:12", "2024-03-05T18:12", false),
            (
                "mar., 5 mars 2024 18:12:00 +0100",
                "2024-03-05T18:12+01:00",
                false,
            ),
            ("Publié le 5 mars 2024 à 18h12", "2024-03-05T18:12", false),
            ("Le 25/03/2024", "2024-03-25", false),
            ("Paru le 05/03/2024", "2024-03-05", true),
            (
                "Modifié le 7 mars 2024 à 9h, publié le 5 mars 2024 à 18h12",
                "2024-03-05T18:12",
                false,
            ),
            ("1er mars 2024 à 0h05", "2024-03-01T00:05", false),
            ("5 mars 2024 mardi 12:10 AM GMT", "2024-03-05T00:10Z", false),
        ] {
            let read = read_date(given).unwrap_or_else(|| panic!("{given} not read"));
            assert_eq!(read.published.to_string(), date, "{given}");
            assert_eq!(read.ambiguous, ambiguous, "{given}");
        }
        for bad in [
            "",
            "hier",
            "true",
            "12",
            "123456789",
            "32/01/2024",
            "n° 5",
            "1e400",
            "12.5",
            "31 février 24",
            "20241340T101500Z",
            "le rapport du 5 mars 2024",
            "2024-03-05 25:00",
        ] {
            assert_eq!(read_date(bad), None, "{bad}");
        }
    }
}
