//! The publication date that the name of a file bears.

use super::{Published, field_date::from_digits};
use crate::kinds::PublishedFrom;

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
