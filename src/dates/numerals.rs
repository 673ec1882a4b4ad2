//! Numerals as time expressions use them: figures, words below a million, fractions
//! and round quantities.
//!
//! Words are put together by the grammar of [`crate::numbers`], from tokens, whose
//! class and number the one look-up of the lexicon has given already. Figures obey
//! other limits than those of an amount of money: « 2024 » is a year, « 1.500 » is none.

use super::{
    lexicon::{UnitNoun, Word},
    line::Line,
    quantity::Quantity,
};
use crate::french::sets::dates::numerals as sets;
use crate::numbers::grammar::{self, Numeral, Rank, Words};

/// A cardinal at token `i`, in figures (below 10 000) or words (below a
/// million), and where it ends. Words may be joined by hyphens or spaces.
pub(super) fn cardinal(line: &Line, i: usize) -> Option<(u64, usize)> {
    figures(line, i).or_else(|| words(line, i))
}

/// At most four figures not part of a decimal, a grouped or a glued number.
pub(super) fn figures(line: &Line, i: usize) -> Option<(u64, usize)> {
    let t = line.at(i);
    if t.word != Word::Figures || t.len > 4 {
        return None;
    }
    let before = line.before(i, 1);
    let glued =
        !t.gap && (before.word == Word::Figures || matches!(before.mark(), Some(',' | '.')));
    let decimal = glued && line.before(i, 2).word == Word::Figures && !line.before(i, 1).gap;
    // « 2 500 » is one number; so is « 1.500 ».
    let grouped_after = line.at(i + 1).gap
        && line.is(i + 1, Word::Figures)
        && line.at(i + 1).len == 3
        && t.len <= 3;
    let grouped_before = t.gap && t.len == 3 && before.word == Word::Figures && before.len <= 3;
    if decimal || grouped_after || grouped_before {
        return None;
    }
    Some((u64::from(t.value()), i + 1))
}

/// A cardinal in words below a million.
pub(super) fn words(line: &Line, i: usize) -> Option<(u64, usize)> {
    // Nearly always there is none.
    if !line.any(i, &[Word::Numeral, Word::Un]) {
        return None;
    }
    let (read, end) = grammar::cardinal(line, i, false)?;
    Some((u64::try_from(read.value()).ok()?, end))
}

impl Words for Line<'_> {
    fn numeral(&self, at: usize) -> Option<(Numeral, usize)> {
        let t = self.at(at);
        let class = matches!(t.word, Word::Numeral | Word::Un);
        class.then_some((Numeral::below_a_million(t.value())?, at + 1))
    }

    fn and(&self, at: usize) -> Option<usize> {
        self.is(at, Word::Et).then_some(at + 1)
    }

    fn rank(&self, at: usize) -> Option<(Rank, usize)> {
        Some((grammar::rank(self.str(at))?, at + 1))
    }

    fn next(&self, end: usize) -> Option<usize> {
        Some(self.skip_hyphen(end))
    }
}

/// A quantity: a cardinal, a decimal, « deux ou trois », « une quinzaine de »,
/// « quelques », « 1/2 »; the end is past a linking « de » or « d' ».
pub(super) fn quantity(line: &Line, i: usize) -> Option<(Quantity, usize)> {
    if let Some(j) = unsaid(line, i) {
        let vague = Quantity {
            vague: true,
            ..Quantity::default()
        };
        return Some((vague, j));
    }
    // « une quinzaine de », « une bonne dizaine de »
    if line.any(i, &[Word::Un, Word::La, Word::Quelques, Word::Quelque])
        || line.any(i, &[Word::Approx])
    {
        let mut j = if line.is(i, Word::Approx) { i } else { i + 1 };
        if line.among(j, &sets::ROUND) {
            j += 1;
        }
        let t = line.at(j);
        let n = match t.word {
            Word::Approx => Some(u64::from(t.value())),
            Word::Unit if t.unit() == Some(UnitNoun::Fortnight) => Some(15),
            _ => None,
        };
        if let Some(n) = n
            && line.any(j + 1, &[Word::De, Word::D])
        {
            return Some((
                Quantity {
                    n,
                    approx: true,
                    ..Quantity::default()
                },
                j + 2,
            ));
        }
    }
    // « 3,5 »: the comma is a decimal mark only between glued figures.
    if line.is(i, Word::Figures)
        && (line.punct(i + 1, ',') || line.punct(i + 1, '.'))
        && !line.at(i + 1).gap
        && line.is(i + 2, Word::Figures)
        && !line.at(i + 2).gap
        && line.at(i + 2).len <= 3
        && line.at(i).len <= 4
    {
        let d = line.at(i + 2);
        // « 1.607 heures » groups thousands, « 8.625 secondes » does not.
        let grouped = line.punct(i + 1, '.') && d.len == 3 && line.at(i).len <= 3;
        let seconds = line.is(i + 3, Word::Unit) && line.at(i + 3).unit() == Some(UnitNoun::Second);
        if grouped && !seconds && line.at(i).value() > 0 {
            return Some((
                Quantity::whole(u64::from(line.at(i).value()) * 1000 + u64::from(d.value())),
                i + 3,
            ));
        }
        let milli = d.value() * 10u32.pow(3 - u32::from(d.len));
        return Some((
            Quantity {
                n: u64::from(line.at(i).value()),
                milli,
                ..Quantity::default()
            },
            i + 3,
        ));
    }
    // « 1 500 ans », « 160 millions d'années »
    if let Some((n, j)) = grouped(line, i) {
        return Some((Quantity::whole(n), j));
    }
    let (n, j) = cardinal(line, i)?;
    if line.is(j, Word::Million) {
        let n = n.checked_mul(u64::from(line.at(j).value()))?;
        let end = if line.any(j + 1, &[Word::De, Word::D]) {
            j + 2
        } else {
            j + 1
        };
        return Some((Quantity::whole(n), end));
    }
    // « deux ou trois », « 3 à 4 », « 2-3 »
    let link =
        line.any(j, &[Word::Ou, Word::A]) || (line.hyphen(j) && line.is(j + 1, Word::Figures));
    if link
        && let Some((m, k)) = cardinal(line, j + 1)
        && m > n
        && line.is(k, Word::Unit)
        && line.str(k).len() > 2
    {
        return Some((
            Quantity {
                n,
                up_to: Some(m),
                ..Quantity::default()
            },
            k,
        ));
    }
    Some((Quantity::whole(n), j))
}

/// Past the words that stand for a number that is not said: « quelques »,
/// « plusieurs longues », « nombreux », « des dizaines de », « une poignée de ».
fn unsaid(line: &Line, i: usize) -> Option<usize> {
    let mut j = match line.word(i) {
        Word::Quelques | Word::Plusieurs => i + 1,
        // « ces longues années », « les nombreux mois » have a length, but « de
        // longues années » gives one.
        Word::Many if line.any_before(i, &[Word::De, Word::D, Word::Depuis, Word::Pendant]) => {
            i + 1
        }
        Word::Many if sets::MANY_OLD.starts(line.str(i)) => i + 1,
        Word::Des if measures(line, i) => i + 1,
        Word::Un if line.among(i + 1, &sets::HANDFULS) && line.any(i + 2, &[Word::De, Word::D]) => {
            i + 3
        }
        _ => return None,
    };
    if line.is(j, Word::Many) && line.any(i, &[Word::Quelques, Word::Plusieurs]) {
        j += 1;
    }
    if line.among(j, &sets::ROUND_PLURALS) && line.any(j + 1, &[Word::De, Word::D]) {
        j += 2;
    }
    let more = line.at(j).unit() == Some(UnitNoun::Hour) && line.among(j + 1, &sets::OVERTIME);
    let counted = line.is(j, Word::Unit) && (more || line.among(j + 1, &sets::NO_LENGTHS));
    (!counted).then_some(j)
}

/// « des » before units says that something lasts: « depuis des mois », « il a
/// fallu des heures », « des années durant ». Elsewhere it is an article as any.
fn measures(line: &Line, i: usize) -> bool {
    let round = line.among(i + 1, &sets::ROUND_PLURALS);
    let unit = if round { i + 3 } else { i + 1 };
    // « des années 80 »
    if !line.is(unit, Word::Unit) || line.any(unit + 1, &[Word::Figures, Word::Numeral]) {
        return false;
    }
    let before = line.before(i, 1);
    match before.word {
        Word::Depuis | Word::Pendant | Word::Durant | Word::Apres | Word::Dans => true,
        // « il y a des mois », but « il y a des jours qui comptent »; thousands of years
        // and centuries are hardly there for anything else.
        Word::A if !before.accent && line.any(i.wrapping_sub(2), &[Word::Y]) => {
            let far = round
                || matches!(
                    line.at(unit).unit(),
                    Some(UnitNoun::Century | UnitNoun::Millennium)
                );
            line.any(unit + 1, &[Word::End, Word::Punct])
                || far && !line.any(unit + 1, &[Word::Other, Word::Qui, Word::Past])
        }
        Word::Other | Word::Past if line.among(i - 1, &sets::LASTING) || line.lasts(i - 1) => true,
        _ => {
            line.is(unit + 1, Word::Durant)
                || line.is(unit + 1, Word::Plus) && line.any(unit + 2, &[Word::Tard, Word::Tot])
        }
    }
}

/// Figures in groups of three.
fn grouped(line: &Line, i: usize) -> Option<(u64, usize)> {
    let t = line.at(i);
    if t.word != Word::Figures
        || t.len > 3
        || line.before(i, 1).word == Word::Figures && t.gap && t.len == 3
    {
        return None;
    }
    let mut n = u64::from(t.value());
    let mut j = i + 1;
    while line.is(j, Word::Figures) && line.at(j).len == 3 && line.at(j).gap && j < i + 4 {
        n = n * 1000 + u64::from(line.at(j).value());
        j += 1;
    }
    (j > i + 1).then_some((n, j))
}

/// An ordinal at `i`: « premier », « 2e », « 3ème », « XIXe » is not one.
pub(super) fn ordinal(line: &Line, i: usize) -> Option<(u32, usize)> {
    let t = line.at(i);
    match t.word {
        Word::Ordinal => Some((t.value(), i + 1)),
        Word::Figures if t.len <= 2 && is_ordinal_suffix(line, i + 1) => Some((t.value(), i + 2)),
        Word::Numeral => {
            let (rank, end) = grammar::ordinal(line, i)?;
            Some((u32::try_from(rank).ok()?, end))
        }
        _ => None,
    }
}

/// « er », « e », « ème », « nd » glued to figures, or set apart (« 1 er juin »).
pub(super) fn is_ordinal_suffix(line: &Line, i: usize) -> bool {
    let suffixes = if line.at(i).gap {
        &sets::SPACED_SUFFIXES
    } else {
        &sets::ORDINAL_SUFFIXES
    };
    suffixes.contains(line.str(i))
}

/// A Roman numeral from 1 to 30.
pub(super) fn roman(word: &str) -> Option<u32> {
    const DIGITS: [(u8, u32); 3] = [(b'X', 10), (b'V', 5), (b'I', 1)];
    let value = |b: u8| {
        DIGITS
            .iter()
            .find(|(d, _)| *d == b.to_ascii_uppercase())
            .map(|(_, v)| *v)
    };
    let bytes = word.as_bytes();
    if bytes.is_empty() || bytes.len() > 6 {
        return None;
    }
    let mut total = 0i32;
    for (i, b) in bytes.iter().enumerate() {
        let v = value(*b)?;
        // A smaller digit before a larger one is taken away (IV, IX).
        let subtracts = bytes
            .get(i + 1)
            .and_then(|b| value(*b))
            .is_some_and(|next| next > v);
        total += if subtracts { -(v as i32) } else { v as i32 };
    }
    let total = u32::try_from(total).ok()?;
    (1..=30).contains(&total).then_some(total)
}

#[cfg(test)]
mod tests {
    use super::{super::token::tokenize, *};

    fn read(text: &str) -> Option<u64> {
        let mut tokens = Vec::new();
        tokenize(text, 0, text.len(), &[], &mut tokens);
        let line = Line {
            text,
            tokens: &tokens,
            inner: |_, _, _| None,
        };
        let (n, end) = cardinal(&line, 0)?;
        (end == tokens.len()).then_some(n)
    }

    #[test]
    fn reads_words_in_the_three_systems() {
        for (text, n) in [
            ("sept", 7),
            ("dix-sept", 17),
            ("vingt et un", 21),
            ("vingt-et-une", 21),
            ("vingt-deux", 22),
            ("soixante-dix", 70),
            ("soixante et onze", 71),
            ("soixante-dix-sept", 77),
            ("septante-cinq", 75),
            ("quatre-vingts", 80),
            ("quatre-vingt-un", 81),
            ("quatre-vingt-dix-neuf", 99),
            ("huitante-deux", 82),
            ("nonante et un", 91),
            ("cent", 100),
            ("cent vingt", 120),
            ("deux cents", 200),
            ("trois cent quarante-cinq", 345),
            ("mille neuf cent quatre-vingt-quatre", 1984),
            ("deux mille vingt-trois", 2023),
            ("mil neuf cent dix-huit", 1918),
            ("cent mille", 100_000),
            ("dix-neuf cent quatorze", 1914),
            ("mille cent", 1100),
            ("octante-six", 86),
            ("1984", 1984),
        ] {
            assert_eq!(read(text), Some(n), "{text}");
        }
    }

    #[test]
    fn refuses_what_is_no_cardinal() {
        for text in ["deux trois", "12 500", "maison", "2,5"] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn reads_roman_numerals() {
        for (text, n) in [
            ("XIX", 19),
            ("IV", 4),
            ("XXI", 21),
            ("xvi", 16),
            ("IX", 9),
            ("XIV", 14),
        ] {
            assert_eq!(roman(text), Some(n), "{text}");
        }
        assert_eq!(roman("CIV"), None);
    }
}
