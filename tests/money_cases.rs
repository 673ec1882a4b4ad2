//! Notations of amounts, family by family: text with the expected span in
//! ⟦ ⟧, amount, currency.

// A test stops at what it did not expect.
#![allow(clippy::unwrap_used)]

use glane::money::{Amount, Context, Found, find};
use glane::record::{Modifier, PercentUnit};
use rust_decimal::Decimal;

fn read(text: &str, year: Option<&str>) -> (String, Found) {
    let plain = text.replace(['⟦', '⟧'], "");
    let context = Context {
        published: year.map(|y| y.parse().unwrap()),
        crypto: false,
        ..Context::default()
    };
    let found = find(&plain, &context);
    (plain, found)
}

/// The spans of ⟦ ⟧ as bytes of the text without them.
fn spans(text: &str) -> Vec<(usize, usize)> {
    let mut out = Vec::new();
    let (mut at, mut open) = (0, 0);
    for c in text.chars() {
        match c {
            '⟦' => open = at,
            '⟧' => out.push((open, at)),
            c => at += c.len_utf8(),
        }
    }
    out
}

fn amount(a: &str) -> Amount {
    let d = |s: &str| s.parse::<Decimal>().unwrap().normalize();
    match a.split_once("..") {
        Some((low, high)) => Amount::Range(d(low), d(high)),
        None => Amount::Exact(d(a)),
    }
}

/// Checks a table of (text, amounts and currencies as `12 EUR; 3..4 USD`).
fn check(table: &[(&str, &str)], year: Option<&str>) {
    let mut failed = Vec::new();
    for (text, expected) in table {
        let (plain, found) = read(text, year);
        let wanted: Vec<_> = expected
            .split("; ")
            .filter(|s| !s.is_empty())
            .map(|s| {
                let (a, c) = s.split_once(' ').unwrap();
                (amount(a), (c != "?").then_some(c))
            })
            .collect();
        let got: Vec<_> = found.money.iter().map(|m| (m.amount, m.currency)).collect();
        let got_spans: Vec<_> = found.money.iter().map(|m| (m.start, m.end)).collect();
        if got != wanted || got_spans != spans(text) {
            let seen: Vec<_> = found
                .money
                .iter()
                .map(|m| {
                    format!(
                        "⟦{}⟧ {:?} {:?}",
                        &plain[m.start..m.end],
                        m.amount,
                        m.currency
                    )
                })
                .collect();
            failed.push(format!(
                "{text}\n    want {expected}\n    got  {}",
                seen.join("; ")
            ));
        }
    }
    assert!(
        failed.is_empty(),
        "{} failed:\n{}",
        failed.len(),
        failed.join("\n")
    );
}

#[test]
fn numbers_in_figures() {
    check(
        &[
            ("à ⟦1 234,56 €⟧ pièce", "1234.56 EUR"),
            ("à ⟦1\u{a0}234,56\u{a0}€⟧ pièce", "1234.56 EUR"),
            ("à ⟦1\u{202f}234\u{202f}€⟧", "1234 EUR"),
            ("à ⟦1.234,56 euros⟧", "1234.56 EUR"),
            ("à ⟦40.000 euros⟧", "40000 EUR"),
            ("à ⟦5.975,74 euros⟧", "5975.74 EUR"),
            ("à ⟦1,234.56 dollars⟧", "1234.56 USD"),
            ("coûte ⟦$1,350⟧ :", "1350 USD"),
            ("⟦CHF 1'180'000.-⟧", "1180000 CHF"),
            ("un total de ⟦0,95 €⟧.", "0.95 EUR"),
            ("en 2020 ⟦10 millions d'euros⟧", "10000000 EUR"),
            ("soit ⟦150 000 000 F CFA⟧ à Dakar", "150000000 XOF"),
            ("(⟦-300 €⟧)", "-300 EUR"),
            ("(⟦+612 M€⟧)", "612000000 EUR"),
        ],
        Some("2024"),
    );
}

#[test]
fn numbers_in_words() {
    check(
        &[
            (
                "un coût de ⟦quatre virgule deux millions d’euros⟧",
                "4200000 EUR",
            ),
            (
                "près d’⟦un virgule cinq milliard de dollars⟧",
                "1500000000 USD",
            ),
            ("⟦deux cent mille euros⟧", "200000 EUR"),
            ("⟦soixante-dix euros⟧", "70 EUR"),
            ("⟦nonante-cinq francs suisses⟧", "95 CHF"),
            ("⟦huitante francs suisses⟧", "80 CHF"),
            ("⟦septante euros⟧", "70 EUR"),
            ("⟦un demi-milliard d’euros⟧", "500000000 EUR"),
            ("⟦mille cent euros⟧", "1100 EUR"),
            ("⟦trois millions et demi d'euros⟧", "3500000 EUR"),
            ("une ⟦centaine de milliers d'euros⟧", "100000 EUR"),
            ("une ⟦vingtaine de milliers d’euros⟧", "20000 EUR"),
            ("⟦dix-huit cents francs suisses⟧", "1800 CHF"),
            ("⟦zéro euro⟧", "0 EUR"),
            ("⟦un million d'euros⟧", "1000000 EUR"),
            ("⟦DIX MILLIONS D'EUROS⟧", "10000000 EUR"),
            ("du ⟦milliard d'euros⟧ promis", "1000000000 EUR"),
        ],
        Some("2024"),
    );
}

#[test]
fn scales_and_their_abbreviations() {
    check(
        &[
            ("⟦3,5 millions d'euros⟧", "3500000 EUR"),
            ("⟦1 milliard 200 millions d'euros⟧", "1200000000 EUR"),
            ("⟦2 milliards 500 millions de dollars⟧", "2500000000 USD"),
            ("⟦1 000 milliards d'euros⟧", "1000000000000 EUR"),
            ("⟦45 k€⟧", "45000 EUR"),
            ("⟦45 K€⟧", "45000 EUR"),
            ("⟦12M€⟧", "12000000 EUR"),
            ("⟦1,2 Md€⟧", "1200000000 EUR"),
            ("⟦6,05 Mds €⟧", "6050000000 EUR"),
            ("⟦2,2 Mrd EUR⟧", "2200000000 EUR"),
            ("⟦12 millions €⟧", "12000000 EUR"),
            ("⟦5 Mds d'euros⟧", "5000000000 EUR"),
            ("⟦3 Meuros⟧", "3000000 EUR"),
            ("⟦EUR 12m⟧,", "12000000 EUR"),
            ("⟦USD 3.2bn⟧.", "3200000000 USD"),
            ("⟦$300M⟧ levés", "300000000 USD"),
            ("⟦$1.5 billion⟧ :", "1500000000 USD"),
            ("⟦1,5 billion de dollars⟧", "1500000000000 USD"),
            ("⟦CHF 1,6 mrd⟧.", "1600000000 CHF"),
            ("⟦30 G$ US⟧", "30000000000 USD"),
        ],
        Some("2024"),
    );
}

#[test]
fn currencies_before_and_after() {
    check(
        &[
            ("⟦€ 12⟧ ou", "12 EUR"),
            ("⟦12 €⟧", "12 EUR"),
            ("⟦12€50⟧", "12.5 EUR"),
            ("⟦US$ 40⟧", "40 USD"),
            ("⟦40 US$⟧", "40 USD"),
            ("⟦12,50 $ CA⟧", "12.5 CAD"),
            ("⟦C$ 12⟧", "12 CAD"),
            ("⟦£9⟧", "9 GBP"),
            ("⟦8 ¥⟧", "8 JPY"),
            ("⟦300 livres sterling⟧", "300 GBP"),
            ("⟦38 francs suisses⟧", "38 CHF"),
            ("⟦Fr. 45.-⟧", "45 CHF"),
            ("⟦1'234.50 CHF⟧", "1234.5 CHF"),
            ("⟦100 dollars américains⟧", "100 USD"),
            ("⟦100 dollars US⟧", "100 USD"),
            ("⟦100 dollars canadiens⟧", "100 CAD"),
            ("⟦100 dollars de Hong Kong⟧", "100 HKD"),
            ("⟦80 livres libanaises⟧", "80 LBP"),
            ("⟦80 livres turques⟧", "80 TRY"),
            ("⟦80 livres égyptiennes⟧", "80 EGP"),
            ("⟦80 livres syriennes⟧", "80 SYP"),
            ("⟦447 couronnes norvégiennes⟧", "447 NOK"),
            ("⟦447 couronnes tchèques⟧", "447 CZK"),
            ("⟦9 pesos mexicains⟧", "9 MXN"),
            ("⟦60 zlotys⟧", "60 PLN"),
            ("⟦60 hryvnias⟧", "60 UAH"),
            ("⟦60 tenges⟧", "60 KZT"),
            ("⟦60 nairas⟧", "60 NGN"),
            ("⟦60 dirhams émiratis⟧", "60 AED"),
            ("⟦60 dirhams marocains⟧", "60 MAD"),
            ("⟦60 dinars koweïtiens⟧", "60 KWD"),
            ("⟦60 riyals qataris⟧", "60 QAR"),
            ("⟦60 réaux⟧", "60 BRL"),
            ("⟦60 rands⟧", "60 ZAR"),
            ("⟦60 deutschemarks⟧", "60 DEM"),
            ("⟦60 marks finlandais⟧", "60 FIM"),
            ("⟦60 lires⟧", "60 ITL"),
            ("⟦60 pesetas⟧", "60 ESP"),
            ("⟦60 drachmes⟧", "60 GRD"),
            ("⟦60 schillings⟧", "60 ATS"),
            ("⟦60 écus⟧", "60 XEU"),
            (
                "⟦650 milliards de droits de tirage spéciaux⟧",
                "650000000000 XDR",
            ),
            ("⟦25 M USD⟧", "25000000 USD"),
            ("⟦600.000 F CFP⟧", "600000 XPF"),
            ("⟦100 euros⟧ et ⟦20 USD⟧", "100 EUR; 20 USD"),
        ],
        Some("2024"),
    );
}

#[test]
fn fractions() {
    check(
        &[
            ("⟦2 euros et 50 centimes⟧", "2.5 EUR"),
            ("⟦10 centimes⟧", "0.1 EUR"),
            ("⟦5 euros 20⟧.", "5.2 EUR"),
            ("⟦60 centimes d'euro⟧", "0.6 EUR"),
            ("⟦1,25 penny⟧", "0.0125 GBP"),
            ("⟦8 dollars et dix cents⟧", "8.1 USD"),
            ("⟦cinq roubles trente⟧", "5.3 RUB"),
            ("⟦12 euros⟧ 15 personnes", "12 EUR"),
            ("⟦12 euros⟧ et ⟦15 euros⟧", "12 EUR; 15 EUR"),
        ],
        Some("2024"),
    );
}

#[test]
fn ranges_and_lists() {
    check(
        &[
            (
                "entre ⟦10 et 12 millions d'euros⟧",
                "10000000..12000000 EUR",
            ),
            ("de ⟦5 à 7 M€⟧", "5000000..7000000 EUR"),
            ("⟦10-12 M€⟧", "10000000..12000000 EUR"),
            ("⟦5 €⟧ / ⟦3 €⟧ réduit", "5 EUR; 3 EUR"),
            (
                "⟦30⟧, ⟦40⟧ ou ⟦50 millions d'euros⟧",
                "30000000 EUR; 40000000 EUR; 50000000 EUR",
            ),
            ("de ⟦4 à 5 milliards d'euros⟧", "4000000000..5000000000 EUR"),
            ("de ⟦600 000 à 1 million d'euros⟧", "600000..1000000 EUR"),
            ("entre ⟦10 euros et 20 euros⟧", "10..20 EUR"),
            (
                "passe de ⟦240 pesos mexicains⟧ à ⟦700 pesos mexicains⟧",
                "240 MXN; 700 MXN",
            ),
            ("en 2019 et ⟦15 euros⟧", "15 EUR"),
            ("de ⟦8 à 14 €⟧", "8..14 EUR"),
            ("⟦1 ou 2 euros⟧", "1..2 EUR"),
        ],
        Some("2024"),
    );
}

#[test]
fn context_settles_shared_names() {
    check(
        &[("À Oslo, le repas coûte ⟦200 couronnes⟧.", "200 NOK")],
        Some("2024"),
    );
    check(&[("Un total de ⟦447 couronnes⟧.", "447 ?")], Some("2024"));
    check(&[("Un total de ⟦900 francs CFA⟧.", "900 ?")], Some("2024"));
    check(
        &[("À Douala, il faut ⟦900 francs CFA⟧.", "900 XAF")],
        Some("2024"),
    );
    check(&[("La place vaut ⟦50 francs⟧.", "50 FRF")], Some("1998"));
    check(
        &[("À Lausanne, la place vaut ⟦50 francs⟧.", "50 CHF")],
        Some("2024"),
    );
    check(
        &[("À Rabat, la place vaut ⟦50 dirhams⟧.", "50 MAD")],
        Some("2024"),
    );
    check(
        &[("À Tokyo comme à Pékin, ⟦12 dollars⟧.", "12 USD")],
        Some("2024"),
    );
    check(
        &[(
            "Le Canada et le Québec, d’Ottawa à Montréal, donnent ⟦12 $⟧.",
            "12 CAD",
        )],
        Some("2024"),
    );
    let (_, found) = read("Un total de 900 francs CFA.", Some("2024"));
    assert_eq!(found.warnings, ["currency_ambiguous:francs CFA:XAF|XOF"]);
}

#[test]
fn modifiers_stay_outside() {
    for (text, modifier) in [
        ("environ 12 €", Some(Modifier::Approx)),
        ("de l’ordre de 12 €", Some(Modifier::Approx)),
        ("plus de 12 €", Some(Modifier::MoreThan)),
        ("au moins 12 €", Some(Modifier::EqualOrMore)),
        ("bien moins de 12 €", Some(Modifier::LessThan)),
        ("jusqu'à 12 €", Some(Modifier::EqualOrLess)),
        ("12 € au maximum", Some(Modifier::EqualOrLess)),
        ("une dizaine de millions d'euros", Some(Modifier::Approx)),
        ("coûte 12 €", None),
    ] {
        let (_, found) = read(text, None);
        assert_eq!(found.money.len(), 1, "{text}");
        assert_eq!(found.money[0].modifier, modifier, "{text}");
    }
}

#[test]
fn rates_keep_the_money_only() {
    for (text, end, per) in [
        ("12 euros de l'heure", 8, "PT1H"),
        ("1 200 € par mois", 9, "P1M"),
        ("3 M€ par an", 6, "P1Y"),
    ] {
        let (_, found) = read(text, None);
        assert_eq!(
            (found.money[0].end, found.money[0].per),
            (end, Some(per)),
            "{text}"
        );
    }
}

#[test]
fn cryptocurrencies_only_on_demand() {
    let text = "Il détient 3 bitcoins.";
    assert!(find(text, &Context::default()).money.is_empty());
    let asked = Context {
        crypto: true,
        ..Context::default()
    };
    let found = find(text, &asked);
    assert_eq!(found.money[0].amount, amount("3"));
    assert_eq!(found.money[0].currency, None);
}

#[test]
fn percentages() {
    use PercentUnit::{Percent, Point};
    let table: &[(&str, &[&str], PercentUnit)] = &[
        ("⟦12 %⟧", &["12"], Percent),
        ("⟦12%⟧ !", &["12"], Percent),
        ("⟦12 pour cent⟧", &["12"], Percent),
        ("⟦quinze pour cent⟧", &["15"], Percent),
        ("de ⟦3 à 5 %⟧", &["3..5"], Percent),
        ("de ⟦3 %⟧ à ⟦5 %⟧", &["3", "5"], Percent),
        ("⟦20-30 %⟧ de remise", &["20..30"], Percent),
        ("(⟦+0,3 %⟧)", &["0.3"], Percent),
        ("(⟦−5,1 %⟧)", &["-5.1"], Percent),
        ("⟦100 %⟧ bio", &["100"], Percent),
        ("moins d’un sur deux - ⟦44,3%⟧", &["44.3"], Percent),
        (
            "Au sondage, elle devance de ⟦deux points et demi⟧ sa rivale",
            &["2.5"],
            Point,
        ),
        ("⟦0,5 point⟧", &["0.5"], Point),
        ("⟦un point de pourcentage⟧", &["1"], Point),
        ("⟦20 points de base⟧", &["0.2"], Point),
    ];
    for (text, values, unit) in table {
        let (_, found) = read(text, None);
        let got: Vec<_> = found.percents.iter().map(|p| (p.start, p.end)).collect();
        assert_eq!(got, spans(text), "{text}");
        for (p, v) in found.percents.iter().zip(*values) {
            assert_eq!((p.value, p.unit), (amount(v), *unit), "{text}");
        }
    }
}

#[test]
fn ellipses() {
    check(
        &[
            (
                "L'entrée coûte ⟦15 euros⟧, contre ⟦12⟧ en 2022.",
                "15 EUR; 12 EUR",
            ),
            (
                "Le kilo vaut ⟦15 euros⟧ (contre ⟦12,50⟧ un an plus tôt).",
                "15 EUR; 12.5 EUR",
            ),
            (
                "Comptez ⟦15 euros⟧ le kilo contre ⟦12⟧ l'an dernier.",
                "15 EUR; 12 EUR",
            ),
            (
                "Elle touche ⟦1 900 euros⟧ par mois, contre ⟦1 750⟧ auparavant.",
                "1900 EUR; 1750 EUR",
            ),
            ("Le billet est à ⟦49 €⟧ au lieu de ⟦59⟧.", "49 EUR; 59 EUR"),
            (
                "Il a payé ⟦23,95 euros⟧ au lieu de ⟦29,95⟧ (offre d'été).",
                "23.95 EUR; 29.95 EUR",
            ),
            (
                "Un bénéfice de ⟦3 millions d'euros⟧ en 2023, ⟦4⟧ l'an dernier.",
                "3000000 EUR; 4000000 EUR",
            ),
            // A scale of its own needs « contre » to say what it is of.
            (
                "Le fonds passe de ⟦3 millions d'euros⟧ en 2021 à 4 millions en 2022, contre 5 millions en 2023.",
                "3000000 EUR",
            ),
            (
                "La ville a reçu ⟦3 millions d'euros⟧ en 2021, ⟦4⟧ en 2022 et ⟦5,5⟧ en 2023.",
                "3000000 EUR; 4000000 EUR; 5500000 EUR",
            ),
            (
                "Une perte de ⟦1,2 milliard de dollars⟧, contre ⟦800 millions⟧ pour sa rivale.",
                "1200000000 USD; 800000000 USD",
            ),
            (
                "Un coût de ⟦2 milliards d'euros⟧ contre environ ⟦1,4⟧ il y a deux ans",
                "2000000000 EUR; 1400000000 EUR",
            ),
            ("Le loyer passe de ⟦700 euros⟧ à ⟦765⟧.", "700 EUR; 765 EUR"),
            (
                "Le budget est passé de ⟦2 milliards d'euros⟧ en 2019 à ⟦3⟧ en 2024.",
                "2000000000 EUR; 3000000000 EUR",
            ),
            // Who shares the scale, who does not: « 600 000 » has its own.
            (
                "Elle a rapporté ⟦1,1 million d'euros⟧, contre ⟦600 000⟧ en 2020.",
                "1100000 EUR; 600000 EUR",
            ),
        ],
        Some("2024"),
    );
}

#[test]
fn no_ellipses() {
    check(
        &[
            ("Il a misé ⟦15 euros⟧ contre 12 adversaires.", "15 EUR"),
            (
                "Une aide de ⟦15 euros⟧ votée par 12 voix contre 8.",
                "15 EUR",
            ),
            ("Voté : ⟦15 euros⟧, contre 3 abstentions en 2022.", "15 EUR"),
            (
                "Le menu à ⟦15 euros⟧ au lieu de 2 plats en propose 3.",
                "15 EUR",
            ),
            ("Le loyer passe de ⟦700 euros⟧ à 12 h 30.", "700 EUR"),
            ("Le train passe de ⟦7 euros⟧ à 9 heures du soir.", "7 EUR"),
            ("Il verse ⟦7 euros⟧ à 9 enfants.", "7 EUR"),
            ("Un prêt de ⟦7 euros⟧ à 9 %.", "7 EUR"),
            (
                "Il coûtait ⟦7 euros⟧ en 2022, 9 élèves l'ont acheté.",
                "7 EUR",
            ),
            (
                "Il coûtait ⟦7 euros⟧ en 2022, 2 023 exemplaires partis.",
                "7 EUR",
            ),
            (
                "Un don de ⟦1 500 euros⟧, contre ⟦2 022⟧.",
                "1500 EUR; 2022 EUR",
            ),
            ("Un don de ⟦1 500 euros⟧ en 2023, contre 2022.", "1500 EUR"),
            (
                "Une dette de ⟦3 millions d'euros⟧, au lieu de 2.",
                "3000000 EUR",
            ),
            (
                "Une vente de ⟦3 millions d'euros⟧, contre 2 millions de visiteurs.",
                "3000000 EUR",
            ),
            ("Il a payé ⟦3 euros⟧, contre 500 l'an dernier.", "3 EUR"),
            (
                "Il a payé ⟦3 euros⟧. Contre 4 l'an dernier, il a perdu.",
                "3 EUR",
            ),
            (
                "Il a payé ⟦3 euros⟧, contre ⟦4 dollars⟧ l'an dernier.",
                "3 EUR; 4 USD",
            ),
            ("Il a payé ⟦30 euros⟧, contre 4, 5 ou 6 ailleurs.", "30 EUR"),
        ],
        Some("2024"),
    );
}

#[test]
fn ellipses_of_percentages() {
    for (text, values) in [
        (
            "Le chômage touche ⟦12 %⟧ des actifs, contre ⟦10⟧ en 2019.",
            &["12", "10"][..],
        ),
        (
            "La liste obtient ⟦52 %⟧ des voix contre ⟦48⟧.",
            &["52", "48"],
        ),
        ("Le taux passe de ⟦19 %⟧ à ⟦21⟧ en 2025.", &["19", "21"]),
        ("Ils sont ⟦30 %⟧ en 2023 et ⟦35⟧ en 2024.", &["30", "35"]),
        // What is none: levels, votes, counts.
        ("L'indice recule de ⟦2 %⟧ à 45.", &["2"]),
        ("Ils sont ⟦12 %⟧ contre 3 adversaires.", &["12"]),
        ("Il y avait ⟦30 %⟧ de moins en 2023, 35 personnes.", &["30"]),
        ("Ils sont ⟦12 %⟧ contre 180 l'an dernier.", &["12"]),
    ] {
        let (_, found) = read(text, None);
        let got: Vec<_> = found.percents.iter().map(|p| (p.start, p.end)).collect();
        assert_eq!(got, spans(text), "{text}");
        let read: Vec<_> = found.percents.iter().map(|p| p.value).collect();
        let expected: Vec<_> = values.iter().map(|v| amount(v)).collect();
        assert_eq!(read, expected, "{text}");
    }
}

/// What stands between the same words: blanks of every width, apostrophes, and
/// letters with their accents apart.
#[test]
fn one_sentence_in_every_spelling() {
    const APART: &[(&str, &str)] = &[
        ("é", "e\u{301}"),
        ("è", "e\u{300}"),
        ("à", "a\u{300}"),
        ("ç", "c\u{327}"),
        ("ô", "o\u{302}"),
    ];
    let facts = |text: &str| {
        let (_, found) = read(text, Some("2024"));
        let money = found.money.into_iter();
        let money: Vec<_> = money
            .map(|m| (m.amount, m.currency, m.modifier, m.per))
            .collect();
        let percents = found.percents.into_iter();
        (
            money,
            percents.map(|p| (p.value, p.modifier)).collect::<Vec<_>>(),
        )
    };
    for (text, amounts) in [
        ("Il a payé près de 12 500 euros l'an dernier.", 1),
        (
            "Jusqu'à 3 millions d'euros, contre 2 millions l'an dernier.",
            2,
        ),
        ("À Québec, il coûte 12 dollars à l'heure.", 1),
        ("Il réclame 50 francs français par mois.", 1),
        ("Entre 10 € et 20 € de l'heure à Liège.", 1),
        ("Il a versé 500 F CFA à Dakar, au Sénégal.", 1),
        ("Un crédit de 1 milliard et 200 millions d'euros.", 1),
    ] {
        let as_written = facts(text);
        assert_eq!(as_written.0.len(), amounts, "{text}");
        for blank in ["\u{a0}", "\u{202f}", "\u{2009}"] {
            assert_eq!(
                facts(&text.replace(' ', blank)),
                as_written,
                "{text} {blank:?}"
            );
        }
        for apostrophe in ["’", "‘", "ʼ", "´"] {
            let text = text.replace('\'', apostrophe);
            assert_eq!(facts(&text), as_written, "{text}");
        }
        let mut apart = text.to_owned();
        for (letter, two) in APART {
            apart = apart.replace(letter, two);
        }
        assert_ne!(apart, text);
        assert_eq!(facts(&apart), as_written, "{apart}");
    }
}
