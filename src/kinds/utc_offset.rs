//! Offsets from UTC, in minutes ahead of it, as ISO 8601 writes them. The one
//! reader and the one writer of them.

use std::fmt;

/// `hours` and `minutes` ahead of UTC, or behind; `None` beyond the fields of a
/// clock, such as `+99:99`.
pub fn minutes(ahead: bool, hours: u64, minutes: u64) -> Option<i16> {
    let sum = i16::try_from(hours * 60 + minutes).ok();
    let sum = sum.filter(|_| hours < 24 && minutes < 60)?;
    Some(if ahead { sum } else { -sum })
}

/// Reads `Z`, `+01:00`, `-0330`, `+2`.
pub fn parse(s: &str) -> Option<i16> {
    if matches!(s, "Z" | "z") {
        return Some(0);
    }
    let rest = s.strip_prefix(['+', '-'])?;
    let (h, m) = match (rest.split_once(':'), rest.len()) {
        (Some(hm), _) => hm,
        (None, 3..) => rest.split_at_checked(rest.len() - 2)?,
        (None, _) => (rest, "0"),
    };
    let number = |t: &str| {
        let digits = (1..=2).contains(&t.len()) && t.bytes().all(|b| b.is_ascii_digit());
        if digits { t.parse().ok() } else { None }
    };
    minutes(s.starts_with('+'), number(h)?, number(m)?)
}

/// Writes `Z` or `±hh:mm`.
pub fn write(minutes: i16, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    if minutes == 0 {
        return f.write_str("Z");
    }
    let sign = if minutes < 0 { '-' } else { '+' };
    let minutes = minutes.unsigned_abs();
    write!(f, "{sign}{:02}:{:02}", minutes / 60, minutes % 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Written(i16);

    impl fmt::Display for Written {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            write(self.0, f)
        }
    }

    #[test]
    fn offsets_are_read_and_written() {
        for (given, minutes, written) in [
            ("Z", 0, "Z"),
            ("+00:00", 0, "Z"),
            ("+01:00", 60, "+01:00"),
            ("-0330", -210, "-03:30"),
            ("+2", 120, "+02:00"),
            ("-11", -660, "-11:00"),
            ("+23:59", 1439, "+23:59"),
        ] {
            assert_eq!(parse(given), Some(minutes), "{given}");
            assert_eq!(Written(minutes).to_string(), written);
        }
    }

    #[test]
    fn beyond_the_fields_of_a_clock_is_no_offset() {
        for bad in [
            "", "+", "+99:99", "+24:00", "+1:75", "01:00", "+é1", "+1:2:3", "-+1", "+00001",
        ] {
            assert_eq!(parse(bad), None, "{bad}");
        }
    }
}
