//! A year: « en 2024 », « l'année 2024 », « 2024-2025 », « 753 av. J.-C. », and
//! the year glued to a day or a month: « mars de l'an dernier ».
//!
//! Four figures are a year only by what stands around them: a preposition of
//! time, a parenthesis, a noun that can bear a date. Before a plural noun or a
//! unit they count, after a capitalised name they are a product.

use crate::{
    calendar::year_of_two_figures,
    dates::{
        era::{after_christ, before_christ},
        expr::{Cal, Expr, Unit},
        fields::{counts_something, next_is_lower_noun, uncounted_year, year_number},
        hit::{Hit, rules},
        lexicon::{UnitNoun, Word},
        line::Line,
        numerals, unit_words,
    },
    french::{agreement::plural, sets::dates as sets},
};

rules! {
    YEAR "year" reads "a year, where what stands around the figures says so"
        at [Figures Numeral Unit] by place(year).past() rank BARE
        yes [
            "La loi de [1905|1905] reste en vigueur.",
            "Elle a signé en [2019|2019].",
            "Bilan de l'[année 2021|2021].",
            "Rome fut fondée en [753 av. J.-C.|-0752], dit-on.",
            "Il a voté en [deux mille dix-sept|2017].",
            "D'ici [2030|2030], tout changera.",
            "Il vit à Pau depuis [2019|2019].",
            "De [2019|2019] à [2023|2023], il a lu.",
            "Les pavés volaient en ['68|1968].",
            "Municipales [2026|2026] : qui se présente ?",
            "Budget [2024|2024] : ce qui change.",
        ]
        no [
            "Il conduit une Peugeot 2008.",
            "Peugeot 2008 : ce qui change.",
            "Près de 2000 personnes ont défilé.",
            "Un chèque de 2000 euros.",
            "La page 1984 manque.",
            "L'altitude est de 1 850 mètres.",
        ];
    YEAR_RANGE "year_range" reads "two years joined by a dash or a stroke"
        by of(&YEAR)
        yes [
            "Le budget [2022-2025|2022/2025] est voté.",
            "Le mandat ([2015-19|2015/2019]) fut court.",
        ]
        no ["Le règlement 2016/679 protège."];
    WAR_YEARS "war_years" reads "the two wars that are called after their years"
        by of(&YEAR).past()
        yes [
            "La guerre de [14-18|1914/1918] a vidé le village.",
            "Il a été blessé en [14-18|1914/1918].",
            "Un abri de la guerre [39-45|1939/1945].",
        ]
        no [
            "Ils ont perdu le set 14-18.",
            "Un club pour les jeunes de [14-18 ans|PXY|APPROX].",
            "Ils mènent de 14-12.",
        ];
}

pub(super) enum YearPart {
    Number(i16),
    Of(Cal),
}

/// A year glued to what stands before it: « mars 2024 », « mars de l'an
/// dernier », « décembre 74 ». Figures that count something are none.
pub(super) fn year_after(line: &Line, i: usize) -> Option<(YearPart, usize)> {
    if let Some((y, end)) = uncounted_year(line, i) {
        return Some((YearPart::Number(y), end));
    }
    // « de l'an dernier », « de cette année », « de la même année », « de 2024 »
    let mut j = i;
    if line.any(j, &[Word::De, Word::D]) {
        j += 1;
        if let Some((y, end)) = uncounted_year(line, j) {
            return Some((YearPart::Number(y), end));
        }
        if line.any(j, &[Word::L, Word::La]) {
            j += 1;
        }
        if let Some((cal, end)) = unit_words::shifted(line, j, Unit::Year) {
            return Some((YearPart::Of(cal), end));
        }
    }
    let t = line.at(i);
    // « 15 mars 44 av. J.-C. », « 24 août 79 de notre ère »
    if t.word == Word::Figures && t.len <= 3 && t.gap {
        let end = after_christ(line, i + 1);
        if end > i + 1 {
            return Some((YearPart::Number(t.value() as i16), end));
        }
        if before_christ(line, i + 1) > i + 1 {
            return Some((YearPart::Number(t.value() as i16), i + 1));
        }
    }
    let short = short_year(line, i)?;
    // « le 3 mars 12 à Paris », but « en mars 12 à 15 entreprises »
    let joins = line.any(
        short.end,
        &[Word::A, Word::Au, Word::En, Word::Dans, Word::Par],
    );
    let clear = short.sure
        || closes(line, short.end)
        || joins && !line.any(short.end + 1, &[Word::Figures, Word::Numeral]);
    clear.then_some((YearPart::Number(short.year), short.end))
}

/// A year in two figures.
pub(in crate::dates) struct ShortYear {
    pub year: i16,
    pub end: usize,
    /// No day and no count reads like it: « 68 », « 04 », « '12 ».
    pub sure: bool,
}

/// The last day of a month: higher figures behind one are a year or a count.
const LAST_DAY: u32 = 31;

/// Two figures behind a day, a month or a season that count nothing: « mai 68 »,
/// « 3 septembre 04 », « été '36 ».
pub(in crate::dates) fn short_year(line: &Line, i: usize) -> Option<ShortYear> {
    let marked = line.punct(i, '\'') && line.at(i).gap && !line.at(i + 1).gap;
    let j = if marked { i + 1 } else { i };
    let t = line.at(j);
    if t.word != Word::Figures || t.len != 2 || !marked && !t.gap {
        return None;
    }
    numerals::figures(line, j)?;
    let end = j + 1;
    let next = line.at(end);
    let counted = counts_something(line, end)
        || line.any(
            end,
            &[
                Word::Figures,
                Word::Million,
                Word::Unit,
                Word::Numeral,
                Word::Blocked,
                Word::AmPm,
                Word::Ordinal,
            ],
        )
        || line.is(end, Word::Pour) && line.is(end + 1, Word::Numeral)
        || numerals::is_ordinal_suffix(line, end)
        || !next.gap
            && matches!(next.mark(), Some(':' | '/' | '-' | '\''))
            && line.is(end + 1, Word::Figures);
    let sure = marked || t.value() > LAST_DAY || line.str(j).starts_with('0');
    (!counted).then(|| ShortYear {
        year: year_of_two_figures(t.value() as u8),
        end,
        sure,
    })
}

/// The phrase ends at token `i`.
fn closes(line: &Line, i: usize) -> bool {
    let t = line.at(i);
    t.word == Word::End
        || matches!(t.mark(), Some('.' | ',' | ';' | ')' | '"'))
            && (line.at(i + 1).gap || line.is(i + 1, Word::End))
}

/// The first and the last year of the two wars that are called after them.
const WARS: [(u32, u32); 2] = [(14, 18), (39, 45)];

/// « en 14-18 », « la guerre de 39-45 ».
fn war(line: &Line, i: usize) -> Option<Hit> {
    let (from, to) = (line.at(i), line.at(i + 2));
    if from.len != 2 || to.word != Word::Figures || to.len != 2 || !line.hyphen(i + 1) {
        return None;
    }
    WARS.contains(&(from.value(), to.value())).then_some(())?;
    let led = line.any_before(
        i,
        &[
            Word::De,
            Word::En,
            Word::Pendant,
            Word::Durant,
            Word::Depuis,
            Word::Avant,
            Word::Apres,
        ],
    ) || i > 0 && line.among(i - 1, &sets::WARS);
    let next = i + 3;
    let glued = line.is(next, Word::Punct)
        && !line.at(next).gap
        && line.is(next + 1, Word::Figures)
        && !line.at(next + 1).gap;
    if !led || glued || counts_something(line, next) || line.any(next, &[Word::Figures]) {
        return None;
    }
    let year = |n: u32| i16::try_from(n).ok().map(|n| Cal::Year(1900 + n));
    let range = Expr::Range(year(from.value())?, year(to.value())?);
    Hit::new(i, i + 3, &WAR_YEARS, range)
}

/// « en '68 », the apostrophe belongs to the year.
fn marked_year(line: &Line, i: usize) -> Option<Hit> {
    let mark = i.checked_sub(1)?;
    let led = line.any_before(mark, &[Word::En, Word::Depuis, Word::De, Word::Mi]);
    let short = (led && line.punct(mark, '\'')).then(|| short_year(line, mark))??;
    Hit::cal(mark, short.end, &YEAR, Cal::Year(short.year))
}

/// « en 2024 », « l'année 2024 », « 2024-2025 », « (1955-2020) ».
fn year(line: &Line, i: usize) -> Option<Hit> {
    if line.is(i, Word::Figures) && line.at(i).len == 2 {
        return war(line, i)
            .or_else(|| marked_year(line, i))
            .or_else(|| ancient_year(line, i));
    }
    let mut j = i;
    let named = line.is(i, Word::Unit) && line.at(i).unit() == Some(UnitNoun::Year);
    if named {
        j = i + 1;
        // « an 2000 », « année 2024 »; « années 80 » is a decade.
        if plural(line.str(i)) {
            return None;
        }
    }
    // « an 800 », « l'an 52 av. J.-C. »
    if named && line.at(j).word == Word::Figures && line.at(j).len <= 3 {
        let end = before_christ(line, j + 1);
        let y = line.at(j).value() as i16;
        if !sets::units::STRETCHES.ends(line.str(i))
            && line.at(j).len >= 2
            && !counts_something(line, j + 1)
        {
            let y = if end > j + 1 { 1 - y } else { y };
            return Hit::cal(j, end, &YEAR, Cal::Year(y));
        }
        return None;
    }
    let (y, mut end) = match year_number(line, j) {
        Some(found) => found,
        None => return ancient_year(line, i),
    };
    if line.at(j).word != Word::Figures
        && !named
        && !line.any_before(i, &[Word::En, Word::Depuis, Word::De, Word::Entre])
    {
        return None;
    }
    let bc = before_christ(line, end);
    if bc > end {
        return Hit::cal(j, bc, &YEAR, Cal::Year(1 - y));
    }
    // « 2024-2025 », « 2015-19 », « 2018/2019 »
    if (line.dash(end) || line.punct(end, '/')) && line.is(end + 1, Word::Figures) {
        let (n, len) = (line.at(end + 1).value(), line.at(end + 1).len);
        let spaced = line.at(end).gap || line.at(end + 1).gap;
        let to = match len {
            4 if (1000..=2199).contains(&n) => Some(n as i16),
            2 if !spaced => Some(y / 100 * 100 + n as i16),
            _ => None,
        };
        let glued_on = (line.dash(end + 2) || line.punct(end + 2, '/') || line.punct(end + 2, '.'))
            && !line.at(end + 2).gap
            && line.is(end + 3, Word::Figures)
            && !line.at(end + 3).gap;
        if let Some(to) = to
            && to > y
            && to - y < if line.punct(end, '/') { 3 } else { 150 }
            && !glued_on
            && !counts_something(line, end + 2)
        {
            end += 2;
            return Hit::new(
                j,
                end,
                &YEAR_RANGE,
                Expr::Range(Cal::Year(y), Cal::Year(to)),
            );
        }
        if !spaced {
            return None;
        }
    }
    if !named && !stands_as_year(line, j, end, y) {
        return None;
    }
    Hit::cal(i, end, &YEAR, Cal::Year(y))
}

/// « en 930 », « vers 52 av. J.-C. ».
fn ancient_year(line: &Line, i: usize) -> Option<Hit> {
    let t = line.at(i);
    if t.word != Word::Figures || t.len > 3 || t.len < 2 {
        return None;
    }
    let end = before_christ(line, i + 1);
    if end > i + 1 {
        return Hit::cal(i, end, &YEAR, Cal::Year(1 - t.value() as i16));
    }
    let end = after_christ(line, i + 1);
    if end > i + 1 {
        return Hit::cal(i, end, &YEAR, Cal::Year(t.value() as i16));
    }
    let closes = line.is(i + 1, Word::End)
        || line.is(i + 1, Word::Punct)
            && !matches!(
                line.at(i + 1).mark(),
                Some('%' | '-' | '/' | '\'' | '€' | '$' | '°')
            )
            && (line.at(i + 2).gap || line.is(i + 2, Word::End));
    (t.len == 3 && t.value() > 200 && line.before(i, 1).word == Word::En && closes)
        .then(|| Hit::cal(i, i + 1, &YEAR, Cal::Year(t.value() as i16)))?
}

/// Four figures read as a year, from what stands around them.
fn stands_as_year(line: &Line, i: usize, end: usize, y: i16) -> bool {
    let before = line.before(i, 1);
    let t = line.at(i);
    let opens = before.word == Word::End
        || before.word == Word::Punct && "(\"–—[-".contains(before.mark().unwrap_or(' '));
    if !(t.gap || opens || before.elided) {
        return false;
    }
    if counts_something(line, end)
        || !line.at(end).gap
            && line.any(
                end,
                &[Word::Other, Word::Unit, Word::Blocked, Word::D, Word::L],
            )
    {
        return false;
    }
    // A glued mark with figures after it: 2000-12, 1500/3.
    let glued = line.at(end);
    if glued.word == Word::Punct
        && !glued.gap
        && !line.at(end + 1).gap
        && line.is(end + 1, Word::Figures)
    {
        return false;
    }
    if line.any(end, &[Word::Figures, Word::Million]) {
        return false;
    }
    match before.word {
        Word::En
        | Word::Depuis
        | Word::Jusqu
        | Word::Entre
        | Word::Fin
        | Word::Debut
        | Word::Courant
        | Word::Mi => true,
        Word::Des => false,
        Word::De | Word::D => {
            // « plus de 2000 », « près de 1500 »
            let two = line.before(i, 2);
            let counted = matches!(
                two.word,
                Word::Plus | Word::Moins | Word::Pres | Word::Approx | Word::Million
            );
            !counted && y >= 1400 && !next_is_lower_noun(line, end)
        }
        Word::A
        | Word::Pour
        | Word::Sur
        | Word::Vers
        | Word::Et
        | Word::Ou
        | Word::Des2
        | Word::Avant
        | Word::Apres
        | Word::Par
        | Word::Ici
        | Word::Horizon
        | Word::Environ => y >= 1400 && !next_is_lower_noun(line, end),
        Word::Les
        | Word::Le
        | Word::La
        | Word::Aux
        | Word::Quelques
        | Word::Quelque
        | Word::Ces
        | Word::Plus => false,
        Word::Du | Word::Au | Word::L => false,
        Word::Punct => match before.mark() {
            Some('(') => y >= 1400 && !next_is_lower_noun(line, end),
            Some(',' | ';' | ':' | '–' | '—' | '"' | '•' | '·') => {
                (1700..=2100).contains(&y) && !next_is_lower_noun(line, end)
            }
            _ => false,
        },
        Word::End => (1800..=2100).contains(&y) && !next_is_lower_noun(line, end),
        // A noun before: « la rentrée 2023 », « les lauréats 2018 »; a name
        // before is a product or an edition: « Peugeot 2008 ».
        Word::Season | Word::Rentree | Word::Exercice | Word::Article
            if before.word != Word::Article =>
        {
            (1700..=2100).contains(&y)
        }
        Word::Other | Word::Feast | Word::Unit | Word::Next => {
            let word = line.str(i - 1);
            let opens =
                line.opens_sentence(i - 1) && sets::years::DATED.contains(&word.to_lowercase());
            (!before.cap || opens)
                && word.chars().count() > 3
                && (1900..=2060).contains(&y)
                && !next_is_lower_noun(line, end)
                && !line.among(i - 1, &sets::years::NUMBERED)
                && !line.among(i - 1, &sets::years::COUNTING)
                && !sets::years::PARTICIPLE_ENDINGS.ends(word)
        }
        _ => false,
    }
}
