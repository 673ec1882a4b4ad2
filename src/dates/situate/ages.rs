//! « aujourd'hui » and « demain » as ages of the world rather than days:
//! « l'école de demain », « elle vit aujourd'hui à Olmeto ».

use crate::dates::{
    expr::{Base, Cal, Expr, Unit},
    hit::Hit,
    lexicon::Word,
    line::Line,
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
        let now = *by == 0 && (since || lasts(line, hit) || set_off(line, hit));
        return now.then_some(1);
    }
    let head = line.before(hit.start, 2);
    if matches!(
        head.word,
        Word::Partir | Word::Compter | Word::Part | Word::Unit
    ) || line.folded(hit.start.wrapping_sub(2), "reunion")
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
    let verb = |back: usize| hit.start.checked_sub(back).map_or("", |i| line.str(i));
    LASTING.contains(&verb(1)) && !matches!(verb(2), "se" | "s'" | "s’")
        || matches!(verb(1), "a" | "ont" | "est" | "sont")
            && !line.at(hit.end).accent
            && !line.any(hit.end, &[Word::Punct, Word::End])
}

/// « L'ancien maire, aujourd'hui sénateur, »: what somebody is now.
fn set_off(line: &Line, hit: &Hit) -> bool {
    let next = line.at(hit.end);
    line.punct(hit.start.wrapping_sub(1), ',')
        && !next.cap
        && (next.word == Word::Other && !next.elided || next.word == Word::A)
        && !line.punct(hit.end, ',')
        && !PRONOUNS.contains(&line.str(hit.end))
}

const PRONOUNS: &[&str] = &[
    "il", "elle", "on", "ils", "elles", "je", "j'", "j’", "tu", "nous", "vous", "ce", "c'", "c’",
    "un", "une", "des", "plus", "plutôt", "tout", "tous",
];

/// Verbs of states and habits in the present.
const LASTING: &[&str] = &[
    "vit",
    "vivent",
    "vaut",
    "valent",
    "compte",
    "comptent",
    "emploie",
    "emploient",
    "dirige",
    "dirigent",
    "appartient",
    "appartiennent",
    "reste",
    "restent",
    "pèse",
    "pèsent",
    "représente",
    "représentent",
    "exploite",
    "exploitent",
    "travaille",
    "travaillent",
    "habite",
    "habitent",
    "possède",
    "possèdent",
    "porte",
    "portent",
    "gère",
    "gèrent",
    "produit",
    "produisent",
    "existe",
    "existent",
    "regroupe",
    "regroupent",
    "réunit",
    "rassemble",
    "paie",
    "paient",
    "coûte",
    "coûtent",
    "faut",
    "manque",
    "souffre",
    "souffrent",
    "demeure",
    "vend",
    "vendent",
    "accueille",
    "accueillent",
    "occupe",
    "occupent",
    "utilise",
    "utilisent",
    "dispose",
    "disposent",
    "enseigne",
    "préside",
    "semble",
    "semblent",
    "fait",
    "font",
];

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
            "Agir [aujourd'hui|2024-03-13] plutôt que [demain|2024-03-14].",
        ]);
    }
}
