//! What can be asked of a place on the calendar before it is placed.

use super::expr::{Cal, Dir, Nth, Unit};

/// `cal` names one day.
pub(super) fn is_day(cal: &Cal) -> bool {
    match cal {
        Cal::Day { .. } | Cal::Weekday { .. } | Cal::Feast { .. } | Cal::Offset { .. } => true,
        Cal::Shift {
            unit: Unit::Day, ..
        } => true,
        Cal::Within { part, .. } => is_day(part),
        Cal::Nth { what, .. } => {
            matches!(what, Nth::Weekday(_) | Nth::Day)
        }
        _ => false,
    }
}

/// `first` takes the month and year that only `last` says; the night into the
/// first of a month begins in the month before.
pub(super) fn with_month_of(first: Cal, last: &Cal) -> Cal {
    match (first, last) {
        (
            Cal::Day {
                weekday,
                day,
                month: None,
                year,
                dir,
            },
            Cal::Day {
                day: to,
                month: Some(m),
                year: y,
                dir: d,
                ..
            },
        ) => {
            let (m, y) = match (day > *to, *m) {
                (true, 1) => (12, y.map(|y| y - 1)),
                (true, m) => (m - 1, *y),
                (false, m) => (m, *y),
            };
            Cal::Day {
                weekday,
                day,
                month: Some(m),
                year: year.or(y),
                dir: if dir == Dir::Open { *d } else { dir },
            }
        }
        (
            Cal::Day {
                weekday,
                day,
                month: Some(from),
                year: None,
                dir,
            },
            Cal::Day {
                month: Some(to),
                year: Some(y),
                ..
            },
        ) => Cal::Day {
            weekday,
            day,
            month: Some(from),
            // « du 30 décembre au 2 janvier 2025 » begins in 2024.
            year: Some(if from > *to { y - 1 } else { *y }),
            dir,
        },
        (first, _) => first,
    }
}
