//! Values that a record has as text: exact decimals and points of the calendar.

use crate::record::Record;
use std::borrow::Cow;

/// Digits of a decimal column, as many as 128 bits hold.
pub const PRECISION: u8 = 38;
/// Digits behind the comma of a decimal column. An amount has up to 29 digits
/// (`rust_decimal`), all of which may stand before the comma.
pub const SCALE: i8 = 9;

/// A decimal string as a whole number of units of 10⁻⁹; `None` where it has more than
/// [`SCALE`] digits behind the comma or more than [`PRECISION`] in all.
pub fn decimal(text: &str) -> Option<i128> {
    let (negative, digits) = match text.strip_prefix('-') {
        Some(digits) => (true, digits),
        None => (false, text),
    };
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let fraction = fraction.trim_end_matches('0');
    let missing = usize::try_from(SCALE).ok()?.checked_sub(fraction.len())?;
    let figures = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
    if whole.is_empty() || !figures(whole) || !figures(fraction) {
        return None;
    }
    let mut units: i128 = 0;
    let zeros = std::iter::repeat_n(b'0', missing);
    for digit in whole.bytes().chain(fraction.bytes()).chain(zeros) {
        units = units.checked_mul(10)?.checked_add((digit - b'0').into())?;
    }
    (units < 10i128.pow(PRECISION.into())).then_some(if negative { -units } else { units })
}

/// The digits of so many units of 10⁻⁹, with nothing behind the last figure: [`decimal`]
/// gives the units back.
pub(crate) fn digits(units: i128) -> String {
    let one = 10u128.pow(u32::from(SCALE.unsigned_abs()));
    let (whole, rest) = (units.unsigned_abs() / one, units.unsigned_abs() % one);
    let sign = if units < 0 { "-" } else { "" };
    let fraction = format!("{rest:0width$}", width = usize::from(SCALE.unsigned_abs()));
    match fraction.trim_end_matches('0') {
        "" => format!("{sign}{whole}"),
        fraction => format!("{sign}{whole}.{fraction}"),
    }
}

/// A point of the calendar to the second, from microseconds: [`micros`] gives them back.
/// `None` where the calendar has no such point.
pub(crate) fn moment(micros: i64) -> Option<String> {
    let since = jiff::SignedDuration::from_micros(micros);
    let epoch = jiff::civil::date(1970, 1, 1).at(0, 0, 0, 0);
    epoch.checked_add(since).ok().map(|at| at.to_string())
}

/// A point of the calendar, ISO 8601 from a year down to a second, in microseconds from
/// 1970 on: the beginning of what it names, by the clock on the wall (an offset is not
/// reckoned in). Years are those of the proleptic Gregorian calendar, with a year 0.
/// `None` where it is none.
pub fn micros(text: &str) -> Option<i64> {
    let (negative, rest) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text),
    };
    let (day, clock) = match rest.split_once('T') {
        Some((day, clock)) => (day, Some(clock)),
        None => (rest, None),
    };
    let mut fields = day.split('-');
    let year: i16 = fields.next()?.parse().ok()?;
    let month = fields.next().map_or(Ok(1), str::parse).ok()?;
    let day = fields.next().map_or(Ok(1), str::parse).ok()?;
    if fields.next().is_some() {
        return None;
    }
    let date = jiff::civil::Date::new(if negative { -year } else { year }, month, day).ok()?;
    let time = match clock {
        None => jiff::civil::Time::midnight(),
        Some(clock) => {
            let end = clock.find(['+', '-', 'Z']).unwrap_or(clock.len());
            let mut fields = clock[..end].split(':');
            let hour = fields.next()?.parse().ok()?;
            let minute = fields.next().map_or(Ok(0), str::parse).ok()?;
            let second = fields.next().map_or(Ok(0), str::parse).ok()?;
            jiff::civil::Time::new(hour, minute, second, 0).ok()?
        }
    };
    let epoch = jiff::civil::date(1970, 1, 1).at(0, 0, 0, 0);
    let seconds = date.to_datetime(time).duration_since(epoch).as_secs();
    seconds.checked_mul(1_000_000)
}

/// The warnings of a record, and the decimals that a column cannot hold.
pub(super) fn warnings(record: &Record) -> Cow<'_, [String]> {
    let money = record.money.iter();
    let money = money.flat_map(|m| [&m.amount_exact, &m.amount_min, &m.amount_max]);
    let percents = record.percents.iter();
    let percents = percents.flat_map(|p| [&p.value_exact, &p.value_min, &p.value_max]);
    let too_fine: Vec<_> = money
        .chain(percents)
        .flatten()
        .filter(|text| decimal(text).is_none())
        .map(|text| format!("more_than_{SCALE}_decimals:{text}"))
        .collect();
    match too_fine.is_empty() {
        true => Cow::Borrowed(&record.warnings),
        false => Cow::Owned([&record.warnings[..], &too_fine[..]].concat()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_and_moments_as_people_read_them() {
        for (units, text) in [
            (12_000_000_000, "12"),
            (-500_000_000, "-0.5"),
            (1, "0.000000001"),
            (0, "0"),
        ] {
            assert_eq!(digits(units), text);
        }
        assert_eq!(
            moment(3_605_000_000).as_deref(),
            Some("1970-01-01T01:00:05")
        );
        assert_eq!(moment(i64::MAX), None);
    }

    #[test]
    fn decimals_are_exact_or_none() {
        for (text, units) in [
            ("0", Some(0)),
            ("12", Some(12_000_000_000)),
            ("-0.5", Some(-500_000_000)),
            ("1.000000001", Some(1_000_000_001)),
            ("1.50000000000000", Some(1_500_000_000)),
            ("0.0000000001", None),
            // The largest amount there is.
            (
                "79228162514264337593543950335",
                Some(79_228_162_514_264_337_593_543_950_335_000_000_000),
            ),
            ("792281625142643375935439503350", None),
            ("", None),
            (".5", None),
            ("1e5", None),
            ("+1", None),
        ] {
            assert_eq!(decimal(text), units, "{text}");
            if let Some(units) = units {
                assert_eq!(decimal(&digits(units)), Some(units), "{text}");
            }
        }
    }

    #[test]
    fn points_of_the_calendar_are_the_beginning_of_what_they_name() {
        let day = 86_400_000_000;
        for (text, at) in [
            ("1970", Some(0)),
            ("1970-02", Some(31 * day)),
            ("1970-01-02", Some(day)),
            ("1970-01-01T00:01", Some(60_000_000)),
            ("1970-01-01T01:00:05", Some(3_605_000_000)),
            ("1970-01-01T01:00+02:00", Some(3_600_000_000)),
            ("1969-12-31T23:00-05:00", Some(-3_600_000_000)),
            // 719,162 days from the year 1, which follows the year 0 of 366.
            ("0001", Some(-719_162 * day)),
            ("0000", Some(-719_528 * day)),
            ("-0001", Some(-719_893 * day)),
            ("1970-13", None),
            ("197X", None),
            ("", None),
            ("1970-01-01-01", None),
        ] {
            assert_eq!(micros(text), at, "{text}");
            if let Some(at) = at {
                assert_eq!(
                    moment(at).and_then(|back| micros(&back)),
                    Some(at),
                    "{text}"
                );
            }
        }
    }
}
