//! Properties of the money layer: no panic on any text, spans in order and on
//! character borders, and amounts that survive printing and reading.

#![allow(clippy::unwrap_used)] // A test that panics has failed, as it should.

use glane::money::{Amount, Context, find};
use proptest::prelude::*;
use rust_decimal::Decimal;

/// Pieces that make the scanners meet their edges.
const PIECES: &[&str] = &[
    "12",
    "1 234,56",
    "0",
    "007",
    "2020",
    "3,5",
    "1.234",
    "million",
    "millions",
    "milliard",
    "d'",
    "d’",
    "de ",
    "euros",
    "€",
    "$",
    "US$",
    "£",
    "francs",
    "CFA",
    "F",
    "Fr.",
    ".-",
    "%",
    "pour cent",
    "point",
    "points",
    "et ",
    "à ",
    "ou ",
    "entre ",
    "-",
    "–",
    "−",
    "+",
    ",",
    ".",
    " ",
    "\u{a0}",
    "\u{202f}",
    "\n",
    "un ",
    "une ",
    "dizaine",
    "cent",
    "cents",
    "vingt",
    "quatre",
    "zéro",
    "virgule",
    "demi",
    "k",
    "M",
    "Md",
    "bn",
    "livres",
    "couronnes",
    "centimes",
    "sous",
    "anciens ",
    "é",
    "œ",
    "日本",
    "🙂",
    "'",
    "(",
    ")",
    "/",
    "EUR",
    "CHF",
    "USD ",
    "plus de ",
    "environ",
    "par mois",
    "quadrillions",
    "9999999999999999999999999999",
];

fn invariants(text: &str) -> Result<(), TestCaseError> {
    for published in [None, "1998".parse().ok(), "2024-02-03".parse().ok()] {
        let found = find(
            text,
            &Context {
                published,
                crypto: true,
                ..Context::default()
            },
        );
        let money = found.money.iter().map(|m| (m.start, m.end));
        let percents = found.percents.iter().map(|p| (p.start, p.end));
        for spans in [money.collect::<Vec<_>>(), percents.collect()] {
            let mut last = 0;
            for (start, end) in spans {
                prop_assert!(start >= last && start < end, "order in {text:?}");
                prop_assert!(text.get(start..end).is_some(), "borders in {text:?}");
                last = end;
            }
        }
    }
    Ok(())
}

/// How a number may be printed.
fn figures(value: Decimal, style: usize) -> String {
    let text = value.to_string();
    let (whole, decimals) = text.split_once('.').unwrap_or((&text, ""));
    let (group, mark) = [
        (" ", ","),
        ("\u{a0}", ","),
        ("\u{202f}", ","),
        (".", ","),
        ("'", "."),
        ("’", "."),
        ("", ","),
    ][style];
    let mut grouped = String::new();
    for (i, c) in whole.chars().enumerate() {
        if i > 0 && (whole.len() - i).is_multiple_of(3) {
            grouped += group;
        }
        grouped.push(c);
    }
    if decimals.is_empty() {
        grouped
    } else {
        format!("{grouped}{mark}{decimals}")
    }
}

const UNITS: &[(&str, &str)] = &[
    ("€", "EUR"),
    ("euros", "EUR"),
    ("EUR", "EUR"),
    ("dollars", "USD"),
    ("$", "USD"),
    ("$ US", "USD"),
    ("dollars canadiens", "CAD"),
    ("francs suisses", "CHF"),
    ("CHF", "CHF"),
    ("livres sterling", "GBP"),
    ("£", "GBP"),
    ("yens", "JPY"),
    ("couronnes suédoises", "SEK"),
    ("roubles", "RUB"),
    ("dinars algériens", "DZD"),
    ("F CFP", "XPF"),
    ("livres turques", "TRY"),
    ("réaux", "BRL"),
    ("zlotys", "PLN"),
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, ..ProptestConfig::default() })]

    #[test]
    fn any_text(text in "\\PC{0,80}") {
        invariants(&text)?;
    }

    #[test]
    fn any_bytes(bytes in prop::collection::vec(any::<u8>(), 0..120)) {
        invariants(&String::from_utf8_lossy(&bytes))?;
    }

    #[test]
    fn any_pieces(picks in prop::collection::vec(0..PIECES.len(), 0..24), glue in any::<bool>()) {
        let words: Vec<_> = picks.iter().map(|&i| PIECES[i]).collect();
        invariants(&words.join(if glue { "" } else { " " }))?;
    }
}

proptest! {
    // Ten thousand amounts, each in one of the notations and currencies.
    #![proptest_config(ProptestConfig { cases: 10_000, ..ProptestConfig::default() })]

    #[test]
    fn what_is_printed_is_read_back(
        mantissa in 0i64..1_000_000_000_000,
        cents in any::<bool>(),
        style in 0usize..7,
        unit in 0..UNITS.len(),
        blank in 0usize..3,
    ) {
        let value = Decimal::new(mantissa, if cents { 2 } else { 0 });
        let (name, code) = UNITS[unit];
        let blank = [" ", "\u{a0}", "\u{202f}"][blank];
        let amount = format!("{}{blank}{name}", figures(value, style));
        let text = format!("Le total atteint {amount}, dit-on.");
        let found = find(&text, &Context::default());
        prop_assert_eq!(found.money.len(), 1, "{}", text);
        let m = &found.money[0];
        prop_assert_eq!(&text[m.start..m.end], amount.as_str());
        prop_assert_eq!(m.amount, Amount::Exact(value.normalize()), "{}", text);
        prop_assert_eq!(m.currency, Some(code), "{}", text);
    }

    #[test]
    fn scaled_amounts_are_read_back(
        tenths in 1i64..99_999,
        scale in 0usize..8,
    ) {
        let (name, power) = [
            ("millions d'euros", 6u32), ("milliards d’euros", 9), ("M€", 6), ("Md€", 9), ("k€", 3), ("Mds €", 9), ("millions EUR", 6), ("billions d'euros", 12),
        ][scale];
        let value = Decimal::new(tenths, 1).normalize();
        let text = format!("Le total atteint {} {name}.", value.to_string().replace('.', ","));
        let found = find(&text, &Context::default());
        let expected = (value * Decimal::from(10i64.pow(power))).normalize();
        prop_assert_eq!(found.money.len(), 1, "{}", text);
        prop_assert_eq!(found.money[0].amount, Amount::Exact(expected), "{}", text);
    }

    #[test]
    fn words_are_read_back(n in 0u32..1_000_000) {
        let words = in_words(n);
        let read = glane::numbers::read(&words);
        prop_assert_eq!(read, Some(Decimal::from(n)), "{}", words);
    }
}

/// The numeral in words; « cents » and « vingts » keep their s before
/// « mille », which readers write often and the parser takes.
fn in_words(n: u32) -> String {
    const SMALL: [&str; 17] = [
        "zéro", "un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix",
        "onze", "douze", "treize", "quatorze", "quinze", "seize",
    ];
    const TENS: [&str; 7] = [
        "",
        "",
        "vingt",
        "trente",
        "quarante",
        "cinquante",
        "soixante",
    ];
    match n {
        0..=16 => SMALL[n as usize].to_owned(),
        17..=19 => format!("dix-{}", SMALL[n as usize - 10]),
        20..=69 => match n % 10 {
            0 => TENS[n as usize / 10].to_owned(),
            1 => format!("{} et un", TENS[n as usize / 10]),
            d => format!("{}-{}", TENS[n as usize / 10], SMALL[d as usize]),
        },
        71 => "soixante et onze".to_owned(),
        70..=79 => format!("soixante-{}", in_words(n - 60)),
        80 => "quatre-vingts".to_owned(),
        81..=99 => format!("quatre-vingt-{}", in_words(n - 80)),
        100..=999 => {
            let hundreds = if n < 200 {
                "cent".to_owned()
            } else {
                format!(
                    "{} cent{}",
                    SMALL[n as usize / 100],
                    if n.is_multiple_of(100) { "s" } else { "" }
                )
            };
            if n.is_multiple_of(100) {
                hundreds
            } else {
                format!("{hundreds} {}", in_words(n % 100))
            }
        }
        _ => {
            let thousands = if n < 2000 {
                "mille".to_owned()
            } else {
                format!("{} mille", in_words(n / 1000))
            };
            if n.is_multiple_of(1000) {
                thousands
            } else {
                format!("{thousands} {}", in_words(n % 1000))
            }
        }
    }
}
