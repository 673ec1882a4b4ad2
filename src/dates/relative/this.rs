//! Demonstratives: « cette année », « ce mois-ci », « ce jour-là », « ce
//! week-end », « cet été », « ce matin », « ces jours-ci ».
//!
//! Alone or with « -ci » they point at the publication date, with « -là » at a
//! date of the text.

use super::{counted_unit, recent_units, shift, weekend};
use crate::dates::{
    absolute,
    civil::DayPart,
    expr::{Base, Cal, Dir, Expr, Hit, PeriodKind, Unit},
    lexicon::{Season, UnitNoun, Word},
    line::Line,
    parts, periods,
};

/// « cette année », « ce mois-ci », « ce jour-là », « ces jours-ci », « ce
/// week-end », « cet été », « ce lundi ».
pub(in crate::dates) fn demonstrative(line: &Line, i: usize) -> Option<Hit> {
    if !line.any(i, &[Word::Ce, Word::Cet, Word::Cette, Word::Ces]) {
        return None;
    }
    let suffix = |j: usize| {
        if !line.hyphen(j) {
            return (false, j);
        }
        if line.is(j + 1, Word::La) {
            return (true, j + 2);
        }
        if line.folded(j + 1, "ci") {
            (false, j + 2)
        } else {
            (false, j)
        }
    };
    let j = i + 1;
    let t = line.at(j);
    if line.is(i, Word::Ces) {
        let recent = (t.word == Word::Unit && t.unit() == Some(UnitNoun::Day)
            || line.folded(j, "temps"))
            && line.hyphen(j + 1)
            && line.folded(j + 2, "ci");
        if recent {
            return Hit::new(i, j + 3, "these_days", Expr::Ref(1));
        }
        if t.word == Word::Last && line.folded(j + 1, "temps") {
            return Hit::new(i, j + 2, "these_days", Expr::Ref(0));
        }
        return recent_units(line, i);
    }
    if let Some(end) = weekend(line, j) {
        let (there, end) = suffix(end);
        let dir = if there { Dir::Same } else { Dir::This };
        return Hit::cal(i, end, "this_weekend", Cal::Weekend { dir });
    }
    // « ce matin », « cette nuit-là »
    if let Some((part, end)) = parts::part_word(line, j)
        && part != DayPart::Daytime
    {
        let (there, end) = suffix(end);
        let base = if there { Base::Text } else { Base::Published };
        let day = shift(Unit::Day, 0, base);
        return Hit::cal(
            i,
            end,
            "this_part",
            Cal::Part {
                day: Some(Box::new(day)),
                part,
            },
        );
    }
    if t.word == Word::Season
        && (t.season() != Some(Season::Summer) || t.accent || !line.is(i, Word::Ce))
    {
        let cal = Cal::Period {
            kind: PeriodKind::Season,
            n: t.season()? as u8,
            year: None,
            dir: Dir::This,
        };
        let (there, end) = suffix(j + 1);
        return (!there).then(|| Hit::cal(i, end, "this_season", cal))?;
    }
    if let Some(hit) = absolute::month(line, j)
        && t.word == Word::Unit
        && let Expr::Cal(Cal::Month { month, year, .. }) = hit.expr
    {
        return Hit::cal(
            i,
            hit.end,
            "this_month",
            Cal::Month {
                month,
                year,
                dir: Dir::This,
            },
        );
    }
    let prior = t.word == Word::Same;
    let k = if prior { j + 1 } else { j };
    if let Some(u) = counted_unit(line, k) {
        let (there, end) = suffix(k + 1);
        let journee = u == Unit::Day && line.str(k).len() > 4;
        // « ce jour » alone means today only where nothing else follows.
        if u < Unit::Day || journee && !there {
            return None;
        }
        let base = if there || prior {
            Base::Text
        } else {
            Base::Published
        };
        return Hit::cal(i, end, "this_unit", shift(u, 0, base));
    }
    if t.word == Word::Weekday {
        return Hit::cal(
            i,
            suffix(j + 1).1,
            "this_weekday",
            Cal::Weekday {
                weekday: t.weekday()?.number(),
                dir: Dir::This,
            },
        );
    }
    // « cette fin d'année », « ce début de semaine »
    if matches!(t.word, Word::Fin | Word::Debut | Word::Milieu) {
        let mut hit = periods::edge(line, j)?;
        hit.start = i;
        return Some(hit);
    }
    None
}

#[cfg(test)]
mod tests {
    use crate::dates::cases::*;

    #[test]
    fn demonstratives() {
        check(&[
            "[Cette année|2024] est bissextile.",
            "Il pleut [ces jours-ci|PRESENT_REF].",
            "Il a plu [ce week-end|2024-03-09/2024-03-10].",
        ]);
    }
}
