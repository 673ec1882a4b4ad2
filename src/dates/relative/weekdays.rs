//! A weekday and what may follow it: « lundi », « lundi dernier », « lundi de la
//! semaine prochaine », « lundi en huit ».

use super::{demonstrative, unit_phrase};
use crate::dates::{
    absolute::{direction, weekday_name},
    expr::{Cal, Dir, Expr, Hit, Unit},
    lexicon::Word,
    token::Line,
};

/// A weekday and what may follow it: « lundi », « lundi dernier », « lundi de
/// la semaine prochaine », « lundi en huit ».
pub(in crate::dates) fn weekday(line: &Line, i: usize) -> Option<Hit> {
    let (weekday, end) = weekday_name(line, i)?;
    // « jeu. » ends many sentences: an abbreviation stands alone on its line.
    if line.is(i, Word::WeekdayAbbr) && (end == i + 1 || !line.is(end, Word::End) || i > 0) {
        return None;
    }
    // « le Journal du Dimanche » is a paper.
    if line.at(i).cap
        && line.is(i.wrapping_sub(1), Word::Du)
        && line.folded(i.wrapping_sub(2), "journal")
    {
        return None;
    }
    let plain = |dir| Cal::Weekday { weekday, dir };
    if line.is(end, Word::En)
        && (line.at(end + 1).n == 8 || line.at(end + 1).n == 15)
        && line.is(end + 1, Word::Numeral)
    {
        let days = if line.at(end + 1).n == 8 { 7 } else { 14 };
        return Hit::cal(
            i,
            end + 2,
            "weekday_in_a_week",
            Cal::Offset {
                days,
                of: Box::new(plain(Dir::Next)),
            },
        );
    }
    if let Some((dir, e)) = direction(line, end) {
        return Hit::cal(i, e, "weekday_direction", plain(dir));
    }
    // « lundi de la semaine prochaine », « mardi cette semaine »
    let mut j = end;
    if line.is(j, Word::De) {
        j += 1;
    }
    if line.is(j, Word::La) {
        j += 1;
    }
    if let Some(hit) = unit_phrase(line, j).or_else(|| demonstrative(line, j))
        && let Expr::Cal(
            cal @ Cal::Shift {
                unit: Unit::Week, ..
            },
        ) = hit.expr
    {
        return Hit::cal(i, hit.end, "weekday_of_week", plain(Dir::Open).within(cal));
    }
    Hit::cal(i, end, "weekday", plain(Dir::Open))
}

#[cfg(test)]
mod tests {
    use crate::dates::cases::*;

    #[test]
    fn weekdays() {
        check(&[
            "Il a parlé [lundi|2024-03-11].",
            "Le comité se réunira [jeudi|2024-03-14].",
            "Le comité se réunira [lundi prochain|2024-03-18].",
            "Il a parlé [lundi dernier|2024-03-11].",
            "Attendu [vendredi|2024-03-15], le rapport inquiète.",
            "Ils doivent voter [mardi|2024-03-19].",
            "La grève dure depuis [jeudi|2024-03-07].",
            "Il est venu le [lundi 20 novembre dernier|2023-11-20].",
        ]);
    }
}
