//! « aujourd'hui » and « demain » as ages of the world rather than days:
//! « l'école de demain », « elle vit aujourd'hui à Olmeto ».

use crate::{
    dates::{
        expr::{Base, Cal, Expr, Unit},
        hit::Hit,
        lexicon::Word,
        line::Line,
        tense,
    },
    french::sets::dates::{situate as sets, today},
};

/// « l'école de demain », « les historiens d'aujourd'hui »: an age, not a day.
pub(in crate::dates) fn generic(line: &Line, hit: &Hit, since: bool) -> Option<u8> {
    let Expr::Cal(Cal::Shift {
        unit: Unit::Day,
        by,
        base: Base::Published,
    }) = &hit.expr
    else {
        return None;
    };
    let word = line.at(hit.start);
    if word.word != Word::Deictic || hit.end != hit.start + 1 {
        return None;
    }
    if !line.any_before(hit.start, &[Word::De, Word::D]) {
        let now = *by == 0
            && (since
                || lasts(line, hit)
                || set_off(line, hit)
                || opens(line, hit)
                || opens_as(line, hit)
                || in_speech(line, hit)
                || owner(line, hit));
        return now.then_some(1);
    }
    let head = line.before(hit.start, 2);
    if matches!(
        head.word,
        Word::Partir | Word::Compter | Word::Part | Word::Unit
    ) || line.names(hit.start.saturating_sub(2), &sets::OF_A_DAY)
    {
        return None;
    }
    match by {
        1 if head.word == Word::Other => Some(2),
        0 if head.word == Word::Other => Some(1),
        _ => None,
    }
}

/// What the verb before « aujourd'hui » says lasts: « elle vaut aujourd'hui ».
fn lasts(line: &Line, hit: &Hit) -> bool {
    let before = |back: usize, set| hit.start >= back && line.among(hit.start - back, set);
    before(1, &today::LASTING_NOW)
        // As it is written: « compté » is no present.
        || sets::LASTING.contains(line.bare(hit.start.wrapping_sub(1)))
            && !before(2, &sets::REFLEXIVE)
        || before(2, &sets::IS_OR_HAS) && before(1, &today::BETWEEN)
        || before(1, &sets::IS_OR_HAS)
            && !line.before(hit.start, 1).accent
            && !line.at(hit.end).accent
            && (opens_quotes(line, hit.end) || !line.any(hit.end, &[Word::Punct, Word::End]))
}

/// « est aujourd'hui « un des premiers » »
fn opens_quotes(line: &Line, i: usize) -> bool {
    line.punct(i, '"') && line.at(i).gap
}

/// « Aujourd'hui, on a besoin de bras »: a state behind it, in the present.
fn opens(line: &Line, hit: &Hit) -> bool {
    let behind_but = line.among(hit.start.wrapping_sub(1), &sets::CONTRAST);
    let first = line.opens_sentence(hit.start) || behind_but;
    let comma = usize::from(line.punct(hit.end, ','));
    first && tense::state_follows(line, hit.end + comma)
}

/// How many words may say what somebody is now before the comma.
const NOW: usize = 5;

/// « Aujourd'hui maire du village, elle sourit »: what somebody is now, set before the name.
fn opens_as(line: &Line, hit: &Hit) -> bool {
    let next = line.at(hit.end);
    let noun = next.word == Word::Other && !next.cap && !next.elided;
    if !noun || !line.opens_sentence(hit.start) || line.among(hit.end, &sets::OPENS_CLAUSE) {
        return false;
    }
    (hit.end + 1..=hit.end + NOW)
        .find(|i| line.any(*i, &[Word::Punct, Word::End]))
        .filter(|comma| line.punct(*comma, ','))
        .is_some_and(|comma| {
            let verb = tense::clause(line, hit.end, hit.end).token;
            verb.is_none_or(|verb| verb > comma)
        })
}

/// « « Nous sommes tous en danger aujourd'hui », dit-elle »: in direct speech a
/// present is of these times, unless another day or an hour is set beside it.
fn in_speech(line: &Line, hit: &Hit) -> bool {
    let clause = tense::clause(line, hit.start, hit.end);
    matches!(clause.tense, tense::Tense::Present | tense::Tense::Unknown)
        && !clause.token.is_some_and(|i| tense::reports(line, i))
        && line.in_quotes(hit.start)
        // « la séance prévue aujourd'hui »
        && tense::introduced(line, hit.start) != Some(tense::Tense::Future)
        && !line.any_before(hit.start, &[Word::Des2, Word::Partir])
        && !(hit.start.saturating_sub(APART)..hit.end + APART)
            .any(|i| i != hit.start && line.any(i, &[Word::Deictic, Word::Weekday]))
}

/// How many words away another day is set beside « aujourd'hui ».
const APART: usize = 12;

/// « fondé en 1990 et aujourd'hui propriété d'un groupe »: what something is now.
fn owner(line: &Line, hit: &Hit) -> bool {
    let next = line.at(hit.end);
    line.any_before(hit.start, &[Word::Et])
        && !line.any_before(hit.start - 1, &[Word::Deictic])
        && next.word == Word::Other
        && !next.cap
        && !next.elided
        && !line.among(hit.end, &sets::OPENS_CLAUSE)
        && tense::clause(line, hit.end, hit.end + 1).token != Some(hit.end)
}

/// « L'ancien maire, aujourd'hui sénateur, »: what somebody is now.
fn set_off(line: &Line, hit: &Hit) -> bool {
    let next = line.at(hit.end);
    line.punct(hit.start.wrapping_sub(1), ',')
        && !next.cap
        && (next.word == Word::Other && !next.elided || matches!(next.word, Word::A | Word::Au))
        // « , aujourd'hui à 15 heures, »
        && !line.any(hit.end + 1, &[Word::Figures])
        && !line.punct(hit.end, ',')
        && !line.among(hit.end, &sets::OPENS_CLAUSE)
}

#[cfg(test)]
mod tests {
    use crate::dates::cases::check;

    #[test]
    fn today_as_an_age() {
        check(&[
            "Elle vit [aujourd'hui|PRESENT_REF] à Olmeto.",
            "La ferme emploie [aujourd'hui|PRESENT_REF] douze personnes.",
            "Fondé en [1994|1994], le club compte [aujourd'hui|PRESENT_REF] deux cents membres.",
            "En [1966|1966], on payait trois francs ; [aujourd'hui|PRESENT_REF], dix euros.",
            "L'ancien maire, [aujourd'hui|PRESENT_REF] sénateur, se tait.",
            "La maison est [aujourd'hui|PRESENT_REF] au musée.",
            "Les historiens d'[aujourd'hui|PRESENT_REF] en doutent.",
            "L'école de [demain|FUTURE_REF] se prépare.",
            "« [Aujourd'hui|PRESENT_REF], nous avons deux médecins pour tout le canton. »",
            "Mais [aujourd'hui|PRESENT_REF] il y a des lits partout, dit-elle.",
            "[Aujourd'hui|PRESENT_REF], ces outils en bois sont rares.",
            "Je suis [aujourd'hui|PRESENT_REF] le doyen du village.",
            "« Nous sommes tous en danger [aujourd'hui|PRESENT_REF] », dit le berger.",
            "« Le vrai danger, l'inégalité [aujourd'hui|PRESENT_REF], est partout », dit le berger.",
            "« Je pense [aujourd'hui|PRESENT_REF] qu'on ne peut plus partir », dit le berger.",
            "La ferme, bâtie en [1820|1820] et [aujourd'hui|PRESENT_REF] propriété de la commune, s'effondre.",
            "Les troupeaux sont ainsi [aujourd'hui|PRESENT_REF] stables.",
            "Le parc comprend [aujourd'hui|PRESENT_REF] trente serres.",
            "[Aujourd'hui|PRESENT_REF] maire du village, elle sourit.",
            "Ancien berger, [aujourd'hui|PRESENT_REF] au service de la commune, il se tait.",
            "La cloche qui trône [aujourd'hui|PRESENT_REF] dans la nef est fêlée.",
            "Ce berger est [aujourd'hui|PRESENT_REF] « le plus écouté du canton ».",
        ]);
    }

    #[test]
    fn today_as_a_day() {
        check(&[
            "Le comité se réunit [aujourd'hui|2024-03-13].",
            "[Aujourd'hui|2024-03-13], les élus défileront à [15 heures|2024-03-13T15:00].",
            "L'échéance est [aujourd'hui|2024-03-13].",
            "La loi devait s'appliquer [aujourd'hui|2024-03-13].",
            "Dès [aujourd'hui|2024-03-13], la route est ouverte.",
            "Le titre grimpe de 6 % [aujourd'hui|2024-03-13].",
            "Il a pris [aujourd'hui|2024-03-13] la tête du parti.",
            "[Aujourd'hui|2024-03-13], la route est fermée.",
            "[Aujourd'hui|2024-03-13], nous avons reçu la lettre.",
            "« Nous votons [aujourd'hui|2024-03-13] et [demain|2024-03-14] », dit le berger.",
            "« Nous avons gagné [aujourd'hui|2024-03-13] », dit le berger.",
            "L'audience d'[aujourd'hui|2024-03-13] a été reportée.",
            "Les annonces d'[aujourd'hui|2024-03-13] ne suffisent pas.",
            "Le match de [demain|2024-03-14] est complet.",
            "« Nous irons à la fête prévue [aujourd'hui|2024-03-13] », dit le berger.",
            "Le maire les a reçus, [aujourd'hui|2024-03-13] à [15 heures|2024-03-13T15:00], à Nîmes.",
            "[Aujourd'hui|2024-03-13] débute la foire, la plus vieille du pays.",
            "Agir [aujourd'hui|2024-03-13] plutôt que [demain|2024-03-14].",
        ]);
    }
}
