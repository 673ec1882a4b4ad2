//! Decades and centuries: « années 1980 », « années soixante », « XIXe siècle »,
//! « Ier siècle av. J.-C. ».

use crate::dates::{
    era::before_christ,
    expr::{Cal, Expr},
    hit::{Hit, rules},
    lexicon::{UnitNoun, Word},
    line::Line,
    numerals,
};
use crate::french::sets::dates as sets;

rules! {
    DECADE "decade" reads "a decade"
        at [Unit] by place(decade)
        yes [
            "Dans les [années 1980|198X], on fumait.",
            "La mode des [années 80|198X].",
            "Le rock des [années soixante|196X].",
        ]
        no ["Bilan de l'[année 2021|2021]."];
    DECADES "decades" reads "two decades joined by a hyphen"
        by of(&DECADE).past()
        yes ["Le rock des [années 1960-1970|196X/197X]."]
        no ["Le rock des [années 1960|196X] et la suite."];
    CENTURY "century" reads "a century"
        at [Figures Numeral Ordinal] by place(century).initials("xivXIV")
        yes [
            "Bâti au [XVIIe siècle|16XX].",
            "Un roman du [XIXe|18XX] et du [XXe siècle|19XX].",
            "Un meuble du [dix-huitième siècle|17XX].",
            "Au [XVII e siècle|16XX], le port s'agrandit.",
            "Bâti au [XII ème siècle|11XX].",
            "Un pont du [18 e siècle|17XX].",
            "Le [19e siècle|18XX] finissant.",
        ]
        no ["Louis XIV régnait.", "Il a fini deuxième."];
    CENTURY_BC "century_bc" reads "a century before our era"
        by of(&CENTURY)
        // No value of TIMEX3 masks the years of a century before our era.
        yes ["Un vase du [Ve siècle av. J.-C.|null]."]
        no ["Un vase du [Ve siècle|04XX] trouvé avant Jésus."];
}

/// « années 1980 », « années 80 », « années soixante ».
fn decade(line: &Line, i: usize) -> Option<Hit> {
    if !line.is(i, Word::Unit)
        || line.at(i).unit() != Some(UnitNoun::Year)
        || !line.among(i, &sets::units::DECADES)
    {
        return None;
    }
    decade_number(line, i + 1).and_then(|(d, end)| {
        // « années 1980-1990 », « années 70 et 80 »
        if (line.hyphen(end) || line.any(end, &[Word::Et]))
            && let Some((to, last)) = decade_number(line, end + 1)
            && to > d
            && line.hyphen(end)
        {
            return Hit::new(
                i,
                last,
                &DECADES,
                Expr::Range(Cal::Decade(d), Cal::Decade(to)),
            );
        }
        Hit::cal(i, end, &DECADE, Cal::Decade(d))
    })
}

fn decade_number(line: &Line, i: usize) -> Option<(i16, usize)> {
    let j = if line.punct(i, '\'') { i + 1 } else { i };
    let t = line.at(j);
    let (n, end) = numerals::cardinal(line, j)?;
    let n = n as i16;
    if n % 10 != 0 {
        return None;
    }
    let decade = match n {
        0 if t.len == 2 => 200,
        10..=90 => 190 + n / 10,
        1000..=2190 => n / 10,
        _ => return None,
    };
    Some((decade, end))
}

/// « XIXe siècle », « 19e siècle », « dix-neuvième siècle », « Ier siècle ».
fn century(line: &Line, i: usize) -> Option<Hit> {
    let (n, mut end) = century_number(line, i)?;
    // « XIXe et XXe siècles », « XIXe-XXe siècles »: each its own.
    let mut k = end;
    if line.any(k, &[Word::Et, Word::Ou, Word::Au, Word::A]) || line.dash(k) || line.punct(k, ',') {
        k += 1;
        if line.any(k, &[Word::Du, Word::Au]) {
            k += 1;
        }
        if let Some((_, e)) = century_number(line, k) {
            k = e;
        }
    }
    let siecle = |j: usize| line.is(j, Word::Unit) && line.at(j).unit() == Some(UnitNoun::Century);
    if siecle(end) {
        end += 1;
    } else if !siecle(k) {
        return None;
    }
    let bc = before_christ(line, end);
    if bc > end {
        return Hit::cal(i, bc, &CENTURY_BC, Cal::Century(-(n as i16)));
    }
    Hit::cal(i, end, &CENTURY, Cal::Century(n as i16 - 1))
}

fn century_number(line: &Line, i: usize) -> Option<(u32, usize)> {
    if let Some(found) = numerals::ordinal(line, i) {
        return (1..=21).contains(&found.0).then_some(found);
    }
    if line.is(i, Word::Figures)
        && line.at(i).value() <= 21
        && numerals::is_ordinal_suffix(line, i + 1)
    {
        return Some((line.at(i).value(), i + 2));
    }
    if !line.is(i, Word::Other) && !line.is(i, Word::Figures) {
        return None;
    }
    let s = line.str(i);
    if s == "I" && numerals::is_ordinal_suffix(line, i + 1) {
        return Some((1, i + 2));
    }
    // « XIX e siècle », the suffix set apart
    if numerals::is_ordinal_suffix(line, i + 1)
        && let Some(n) = numerals::roman(s).filter(|n| *n <= 21)
    {
        return Some((n, i + 2));
    }
    for suffix in sets::numerals::ORDINAL_SUFFIXES.words() {
        if let Some(stem) = s.strip_suffix(suffix)
            && let Some(n) = numerals::roman(stem)
        {
            return (n <= 21).then_some((n, i + 1));
        }
    }
    if !line.at(i + 1).gap && numerals::is_ordinal_suffix(line, i + 1) {
        return numerals::roman(s).filter(|n| *n <= 21).map(|n| (n, i + 2));
    }
    // « XIX° »
    numerals::roman(s)
        .filter(|n| (2..=21).contains(n) && s.len() > 1)
        .map(|n| (n, i + 1))
}
