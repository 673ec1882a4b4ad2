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
            prop_assert!(instant(&a) < instant(&b), "{text:?}: {a} {b} {t:?}");
        }
    }
    Ok(())
}

/// The first instant of an end, its offset taken off.
fn instant(end: &str) -> jiff::civil::DateTime {
    let (date, clock) = end.split_once('T').unwrap_or((end, "00:00"));
    let (negative, digits) = match date.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, date),
    };
    let mut fields = digits.split('-').map(|f| f.parse::<i16>().unwrap());
    let year = fields.next().unwrap();
    let (month, day) = (fields.next().unwrap_or(1), fields.next().unwrap_or(1));
    let day = jiff::civil::Date::new(if negative { -year } else { year }, month as i8, day as i8);
    let at = clock.find(['Z', '+', '-']).unwrap_or(clock.len());
    let mut fields = clock[..at].split(':').map(|f| f.parse::<i8>().unwrap());
    let (hour, minute) = (fields.next().unwrap(), fields.next().unwrap());
    let local = day.unwrap().at(hour, minute, fields.next().unwrap_or(0), 0);
    let ahead: i64 = match &clock[at..] {
        "" | "Z" => 0,
        offset => {
            let (h, m) = offset[1..].split_once(':').unwrap();
            let minutes = h.parse::<i64>().unwrap() * 60 + m.parse::<i64>().unwrap();
            if offset.starts_with('-') {
                -minutes
            } else {
                minutes
            }
        }
    };
    local.checked_sub(jiff::Span::new().minutes(ahead)).unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn mentions_are_well_formed(text in pieces(), published in published()) {
        let found = dates::find(&text, &Context { published, ..Context::default() });
        check(&text, &found.dates)?;
    }

    /// Among others the parts of a weekend, and the night on which summer time
    /// skips an hour.
    #[test]
    fn what_has_bounds_holds_something(
        edge in prop::sample::select(vec!["", "au début de", "à la mi-", "au milieu de", "à la fin de", "fin"]),
        what in prop::sample::select(vec![
            "ce week-end", "week-end dernier", "la semaine", "mars", "l'année", "janvier 2024", "la nuit du 30 mars", "ce mois-ci", "l'été", "2024",
        ]),
        day in prop::sample::select(vec!["30 mars 2024", "31 mars 2024", "27 octobre 2024", "10 mars 2024"]),
        hour in 0u8..24, minute in prop::option::of(0u8..60),
        published in published(),
        zone in prop::sample::select(vec!["Europe/Paris", "America/New_York", "UTC", "+05:30"]),
    ) {
        let minute = minute.map_or(String::new(), |m| format!(" {m:02}"));
        let text = format!("Il a plu {edge} {what}. Le {day} à {hour} h{minute}, il a plu de nouveau, heure de New York.");
        let zone: dates::Timezone = zone.parse().unwrap();
        for timezone in [None, Some(&zone)] {
            let found = dates::find(&text, &Context { published, timezone, ..Context::default() });
            prop_assert!(found.dates.len() >= 2, "{text}");
            for t in &found.dates {
                if let Some(bounds) = t.bounds {
                    let (a, b) = (bounds.from().to_string(), bounds.to().to_string());
                    prop_assert!(instant(&a) < instant(&b), "{text:?}: {a} {b} {t:?}");
                }
            }
        }
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

#[test]
fn the_parts_of_a_weekend_have_bounds() {
    let published = Published::day(2024, 3, 13);
    for (text, from, to) in [
        (
            "Début de ce week-end, il neigera.",
            "2024-03-15T18:00",
            "2024-03-17T00:00",
        ),
        (
            "Fin de ce week-end, il neigera.",
            "2024-03-17T00:00",
            "2024-03-18T00:00",
        ),
    ] {
        let context = Context {
            published,
            ..Context::default()
        };
        let bounds = dates::find(text, &context).dates[0].bounds.unwrap();
        assert_eq!(bounds.from().to_string(), from, "{text}");
        assert_eq!(bounds.to().to_string(), to, "{text}");
    }
}

/// The calendar ends in 9999: what lies behind it has no value, not an empty one.
#[test]
fn behind_the_end_of_the_calendar_nothing_has_a_value() {
    let context = Context {
        published: Published::day(9999, 12, 1),
        ..Context::default()
    };
    for text in [
        "Pâques suivant, il pleuvra.",
        "Il pleuvra à Pâques suivant.",
        "Il pleuvra dans deux mois.",
        "Il pleuvra le mois prochain.",
        "Il pleuvra au trimestre prochain.",
        "Il pleuvra dans trois ans.",
    ] {
        let found = dates::find(text, &context).dates;
        assert_eq!(found.len(), 1, "{text}");
        assert_eq!(found[0].value, None, "{text}");
    }
}

/// Every interval holds something, on each day of a week and on the days around
/// both changes of the clocks, with the hours of the changes and the edges of what
/// is short.
#[test]
fn no_interval_is_empty_or_runs_backwards() {
    let zone: dates::Timezone = "Europe/Paris".parse().unwrap();
    let texts = [
        "Début de ce week-end, il neigera.",
        "Fin de ce week-end, il neigera.",
        "Il a neigé en début de week-end.",
        "Il a neigé cette nuit à 2 heures, puis à 2 h 30 et à 3 heures.",
        "Il neigera ce matin à 2 heures précises.",
        "Il a neigé de 2 heures à 3 heures.",
        "Il neigera demain à 2 h 15, fin de soirée.",
        "Il neigera tôt ce matin, tard ce soir, à minuit.",
    ];
    // 2024-03-31 at 2:00 the clocks go on to 3:00, on 2024-10-27 back to 2:00.
    let days = (25..=31)
        .map(|day| (3, day))
        .chain((1..=3).map(|day| (4, day)))
        .chain((24..=29).map(|day| (10, day)));
    for (month, day) in days {
        for timezone in [None, Some(&zone)] {
            let context = Context {
                published: Published::day(2024, month, day),
                timezone,
                ..Context::default()
            };
            let mut bounds = 0;
            for text in texts {
                for timex in dates::find(text, &context).dates {
                    let Some(b) = timex.bounds else { continue };
                    let (from, to) = (b.from().to_string(), b.to().to_string());
                    bounds += 1;
                    assert!(
                        instant(&from) < instant(&to),
                        "{from}/{to} {month}-{day} {text}"
                    );
                }
            }
            assert!(bounds >= texts.len(), "{month}-{day}");
        }
    }
}
