//! Seasons: « été 2024 », « l'automne dernier », « au printemps ».
//!
//! « été » is a participle far more often, so it needs its accent and a word
//! before it that a noun takes; a capital inside a sentence is a name's.

use super::quarters::{Of, of_year, period};
use crate::dates::{
    absolute::short_year,
    expr::PeriodKind,
    fields::year_number,
    hit::{Hit, rules},
    lexicon::{Season, Word},
    line::Line,
};
use crate::french::sets::dates::seasons as sets;

rules! {
    SEASON "season" reads "a season without its year"
        at [Season] by place(season)
        yes ["Ils ouvriront à l'[automne|2024-FA]."]
        no [
            "Il a été battu.",
            "Elle a été reçue.",
            "Elle avait été prévenue.",
            "Le vote a été annulé.",
            "Le Printemps de Bourges attire.",
            "Le magazine L'Été déçoit.",
        ];
    SEASON_YEAR "season_year" reads "a season with a year or a direction"
        by of(&SEASON)
        yes [
            "L'[été dernier|2023-SU], il a plu.",
            "L'[été 2022|2022-SU] fut chaud.",
            "Le [printemps prochain|2024-SP] sera décisif.",
            "La sécheresse de l'[été 76|1976-SU] fut longue.",
            "L'appel de l'[hiver 54|1954-WI] a marqué.",
        ]
        no ["Le prix a été 20 fois trop haut."];
}

/// « été 2024 », « l'automne dernier », « au printemps ».
fn season(line: &Line, i: usize) -> Option<Hit> {
    let t = line.at(i);
    let summer = t.season() == Some(Season::Summer);
    // « ete » without its accents is nothing we know.
    if summer && !t.accent && !line.str(i).starts_with(['E', 'É']) {
        return None;
    }
    if t.cap && !line.opens_sentence(i) && year_number(line, i + 1).is_none() {
        return None;
    }
    let before = line.before(i, 1);
    let of = of_year(line, i + 1);
    let said = !matches!(of.0, Of::Nothing);
    if let (Of::Year(y), true) = (&of.0, line.is(of.1 - 1, Word::Figures))
        && (line.hyphen(of.1) || line.punct(of.1, '/') && !line.at(of.1).gap)
        && line.is(of.1 + 1, Word::Figures)
    {
        return period(
            i,
            &SEASON_YEAR,
            PeriodKind::Season,
            t.season()? as u8,
            (Of::Year(*y), of.1 + 2),
        );
    }
    // « a été 2024 fois » is no summer.
    let participle = summer
        && !matches!(
            before.word,
            Word::L
                | Word::Cet
                | Word::D
                | Word::En
                | Word::End
                | Word::Punct
                | Word::Fin
                | Word::Debut
                | Word::Mi
                | Word::Depuis
                | Word::Avant
                | Word::Chaque
        );
    if participle
        && !(said
            && matches!(before.word, Word::De | Word::Other)
            && !line.any(i.wrapping_sub(1), &[Word::A]))
    {
        return None;
    }
    if participle && before.word == Word::Other && sets::AUXILIARY_ENDINGS.ends(line.str(i - 1)) {
        return None;
    }
    if !said
        && !participle
        && let Some(short) = short_year(line, i + 1).filter(|y| y.sure)
    {
        let year = (Of::Year(short.year), short.end);
        return period(i, &SEASON_YEAR, PeriodKind::Season, t.season()? as u8, year);
    }
    if said {
        return period(i, &SEASON_YEAR, PeriodKind::Season, t.season()? as u8, of);
    }
    if of.1 > i + 1 {
        return None;
    }
    let two = line.before(i, 2);
    let led = match before.word {
        Word::L => {
            !matches!(two.word, Word::De | Word::Other)
                || matches!(two.word, Word::De)
                    && matches!(
                        line.before(i, 3).word,
                        Word::Fin | Word::Debut | Word::Milieu | Word::Cours
                    )
        }
        Word::Au | Word::Le => !t.cap,
        Word::Du => matches!(
            two.word,
            Word::Fin | Word::Debut | Word::Milieu | Word::Cours
        ),
        Word::Fin | Word::Debut | Word::Mi => true,
        _ => false,
    };
    led.then(|| {
        period(
            i,
            &SEASON,
            PeriodKind::Season,
            t.season()? as u8,
            (Of::Nothing, i + 1),
        )
    })?
}
