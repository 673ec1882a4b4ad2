//! Properties that hold for every text and every publication date.

#![allow(clippy::unwrap_used)] // A test that panics has failed, as it should.

use glane::{
    article::Published,
    dates::{self, Context, Timex},
};
use proptest::prelude::*;

const MONTHS: [&str; 12] = [
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
];
const WEEKDAYS: [&str; 7] = [
    "lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche",
];

/// Pieces that time expressions are made of, so that random texts hit the
/// rules instead of missing them.
const PIECES: &[&str] = &[
    "lundi",
    "mardi",
    "12",
    "1er",
    "31",
    "mars",
    "mai",
    "sept.",
    "2024",
    "1999",
    "en",
    "le",
    "du",
    "au",
    "à",
    "de",
    "il y a",
    "dans",
    "trois",
    "deux",
    "ans",
    "mois",
    "jours",
    "heures",
    "h",
    "30",
    "16",
    ":",
    "-",
    "–",
    "/",
    ",",
    ".",
    "et",
    "nuit",
    "soir",
    "après",
    "-midi",
    "fin",
    "début",
    "mi-",
    "semaine",
    "dernière",
    "prochain",
    "plus tard",
    "avant",
    "Noël",
    "siècle",
    "XIXe",
    "années",
    "80",
    "chaque",
    "tous les",
    "par an",
    "l'",
    "d'",
    "aujourd'hui",
    "hier",
    "veille",
    "lendemain",
    "week-end",
    "trimestre",
    "premier",
    "T3",
    "été",
    "minuit",
    "midi",
    "quart",
    "demi",
    "quinzaine",
    "sur",
    "cent",
    "mille",
    "\n",
    " ",
    "\u{a0}",
    "’",
    "«",
    "»",
    "https://a.fr/2024",
    "@",
    "#",
    "(",
    ")",
    "%",
    "€",
    "é",
    "🙂",
    "av. J.-C.",
];

fn pieces() -> impl Strategy<Value = String> {
    prop::collection::vec((prop::sample::select(PIECES), any::<bool>()), 0..24).prop_map(|parts| {
        parts
            .into_iter()
            .map(|(p, space)| if space { format!("{p} ") } else { p.to_owned() })
            .collect()
    })
}

fn published() -> impl Strategy<Value = Option<Published>> {
    prop_oneof![
        Just(None),
        (1900i16..2100).prop_map(|y| Some(Published::year(y))),
        (1900i16..2100, 1i8..=12).prop_map(|(y, m)| Published::month(y, m)),
        (1900i16..2100, 1i8..=12, 1i8..=28).prop_map(|(y, m, d)| Published::day(y, m, d)),
    ]
}

/// A TIMEX3 value: a calendar value with open fields, a duration, a
/// reference, or two of the first joined by a slash.
fn is_timex_value(v: &str) -> bool {
    if ["PAST_REF", "PRESENT_REF", "FUTURE_REF"].contains(&v) {
        return true;
    }
    let fields = |s: &str| !s.is_empty() && s.bytes().all(|b| b.is_ascii_digit() || b == b'X');
    let duration = |v: &str| {
        v.strip_prefix('P').is_some_and(|rest| {
            let rest = rest.replacen('T', "", 1);
            !rest.is_empty()
                && rest
                    .split_inclusive(|c: char| "YQMWDHS".contains(c))
                    .all(|part| {
                        part.len() > 1
                            && fields(&part[..part.len() - 1].replace('.', ""))
                            && part.ends_with(|c: char| "YQMWDHS".contains(c))
                    })
        })
    };
    let point = |v: &str| {
        let v = v.strip_prefix('-').unwrap_or(v);
        let (date, clock) = v.split_once('T').unwrap_or((v, ""));
        let date_ok = date.is_empty()
            || date.split('-').enumerate().all(|(i, f)| {
                fields(f) && (i > 0 || f.len() == 4)
                    || i == 1
                        && (["SP", "SU", "FA", "WI"].contains(&f)
                            || f.starts_with(['W', 'Q', 'H']) && fields(&f[1..]))
            });
        let clock_ok = clock.is_empty()
            || ["MO", "MI", "AF", "EV", "NI", "DT"].contains(&clock)
            || clock.split(':').all(|f| f.len() == 2 && fields(f));
        date_ok && clock_ok && !v.is_empty()
    };
    duration(v) || v.split('/').count() <= 2 && v.split('/').all(point)
}

fn check(text: &str, found: &[Timex]) -> Result<(), TestCaseError> {
    let mut at = 0;
    for t in found {
        prop_assert!(
            t.start >= at && t.end > t.start && t.end <= text.len(),
            "{text:?}: {t:?}"
        );
        prop_assert!(
            text.get(t.start..t.end).is_some(),
            "not on a character: {t:?}"
        );
        prop_assert!(
            !text[t.start..t.end].contains('\n'),
            "across a line break: {t:?}"
        );
        at = t.end;
        if let Some(v) = &t.value {
            let v = v.to_string();
            prop_assert!(is_timex_value(&v), "{text:?}: {v}");
        }
        if let Some(bounds) = t.bounds {
            let (a, b) = (bounds.from().to_string(), bounds.to().to_string());
            prop_assert!(a.starts_with('-') || a < b, "{text:?}: {a} {b} {t:?}");
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn mentions_are_well_formed(text in pieces(), published in published()) {
        let found = dates::find(&text, &Context { published, ..Context::default() });
        check(&text, &found.dates)?;
    }

    #[test]
    fn any_text_is_read(text in any::<String>(), published in published()) {
        let found = dates::find(&text, &Context { published, ..Context::default() });
        check(&text, &found.dates)?;
    }

    #[test]
    fn explaining_changes_nothing_but_the_steps(text in pieces(), published in published()) {
        let context = Context { published, ..Context::default() };
        let plain = dates::find(&text, &context);
        let mut explained = dates::explain(&text, &context);
        for t in &mut explained.dates {
            prop_assert!(!t.steps.is_empty());
            t.steps.clear();
        }
        prop_assert_eq!(plain, explained);
    }

    #[test]
    fn a_day_reads_back_from_every_spelling(year in 1900i16..2100, month in 1i8..=12, day in 1i8..=28) {
        let date = jiff::civil::Date::new(year, month, day).expect("a day");
        let weekday = WEEKDAYS[date.weekday().to_monday_zero_offset() as usize];
        let name = MONTHS[month as usize - 1];
        let first = if day == 1 { "1er".to_owned() } else { day.to_string() };
        let iso = format!("{year:04}-{month:02}-{day:02}");
        for spelled in [
            format!("{first} {name} {year}"),
            format!("{weekday} {first} {name} {year}"),
            format!("{} {} {} {year}", weekday.to_uppercase(), first.to_uppercase(), name.to_uppercase()),
            format!("{first}\u{a0}{name}\u{202f}{year}"),
            format!("{day:02}/{month:02}/{year}"),
            format!("{day}.{month}.{year}"),
            iso.clone(),
        ] {
            let text = format!("Le texte du {spelled} suffit.");
            let found = dates::find(&text, &Context::default()).dates;
            prop_assert_eq!(found.len(), 1, "{}", text);
            prop_assert_eq!(found[0].value.as_ref().map(ToString::to_string), Some(iso.clone()), "{}", text);
            prop_assert_eq!(&text[found[0].start..found[0].end], spelled.as_str());
        }
    }

    #[test]
    fn whole_years_shift_resolved_years_alike(text in prop::sample::select(vec![
        "Né il y a trois ans.", "L'an dernier, il pleuvait.", "Elle partira en novembre.", "Il est parti en novembre.",
        "Au premier trimestre, elle a crû.", "L'été dernier, il a plu.", "Le 24 novembre, il a plu.", "Dans deux ans, on verra.", "Le siècle est jeune cette année.",
    ]), year in 1990i16..2060, by in 1i16..30) {
        let at = |y: i16| {
            let published = Published::day(y, 3, 13);
            dates::find(text, &Context { published, ..Context::default() }).dates[0].value.clone().expect("a value").to_string()
        };
        let (a, b) = (at(year), at(year + by));
        let y = |v: &str| v[..4].parse::<i16>().expect("a year");
        prop_assert_eq!(y(&a) + by, y(&b));
        prop_assert_eq!(&a[4..], &b[4..]);
    }
}
