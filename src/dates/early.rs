//! How early or late in its day: « tôt mardi matin », « mardi soir tard », « le
//! matin très tôt », « tard dans la nuit de lundi à mardi ».
//!
//! « tôt » is the start of a part of the day, « tard » its end; without a part
//! they are of the morning and of the evening. Comparatives (« plus tôt mardi »)
//! count from elsewhere and are left alone.

use super::{
    civil::DayPart,
    degree::{alone, degree},
    expr::{Cal, Expr},
    hit::{Hit, rules},
    lexicon::Word,
    line::Line,
    part_names, parts, places,
};
use crate::{french::sets::dates as sets, kinds::Modifier};

rules! {
    PART_EARLY "part_early" reads "« tôt » or « tard » before a day or a part of it"
        at [Tot Tard] by alone(early)
        yes [
            "[Tôt ce matin|2024-03-13TMO|START], la grange a brûlé.",
            "[Tôt mardi matin|2024-03-12TMO|START], la grange a brûlé.",
            "La grange a brûlé [très tôt lundi|2024-03-11TMO|START].",
            "[Tard mardi soir|2024-03-12TEV|END], ils ont signé.",
            "Elle est partie [tôt ce mardi matin|2024-03-12TMO|START].",
            "Elle a signé [très tard ce lundi soir|2024-03-11TEV|END].",
            "Elle a signé [tard ce lundi|2024-03-11TEV|END].",
            "Ils ont signé [tard dans la soirée|2024-03-13TEV|END].",
            "Ils ont signé [tard dans la nuit de lundi à mardi|2024-03-11TNI|END].",
        ]
        no [
            "Plus tôt [mardi|2024-03-12], il avait démissionné.",
            "Plus tard dans la [soirée|2024-03-13TEV], il a démissionné.",
            "Il a agi trop tard [lundi|2024-03-11].",
            "Il le sait tôt ou tard.",
            "Il rentre tard le soir.",
            "Plus tôt [ce lundi matin|2024-03-11TMO], elle avait signé.",
            "Mieux vaut tard que jamais.",
            "À rendre au plus tard [vendredi|2024-03-15].",
        ];
}

/// « tôt le matin », « tard dans la soirée », « tôt ce matin », « très tôt mardi
/// matin », « tard lundi ».
fn early(line: &Line, i: usize) -> Option<Hit> {
    let (modifier, j) = degree(line, i)?;
    let compared = line.any_before(i, &[Word::Plus, Word::Moins])
        || i > 0 && line.among(i - 1, &sets::DEGREES);
    if compared {
        return None;
    }
    let mut hit = match line.word(j) {
        Word::Dans if line.any(j + 1, &[Word::La, Word::L]) => parts::part(line, j + 2)?,
        Word::Ce | Word::Cet | Word::Cette => {
            let this = line.place(j)?;
            // « tôt ce matin », « tôt ce vendredi matin »
            match this.expr {
                part @ Expr::Cal(Cal::Part { .. }) => Hit::new(j, this.end, &PART_EARLY, part)?,
                _ => day(line, j, modifier)?,
            }
        }
        Word::Le if part_names::part_word(line, j + 1).is_some() => {
            let (part, end) = part_names::part_word(line, j + 1)?;
            // « il rentre tard le soir » is a habit.
            if part != DayPart::Morning && !line.alone(i, end) {
                return None;
            }
            Hit::cal(i, end, &PART_EARLY, Cal::Part { day: None, part })?
        }
        _ => day(line, j, modifier)?,
    };
    if !matches!(hit.expr, Expr::Cal(Cal::Part { .. })) {
        return None;
    }
    hit.start = if i > 0 && line.among(i - 1, &sets::VERY) {
        i - 1
    } else {
        i
    };
    hit.rule = &PART_EARLY;
    hit.with(modifier)
}

/// A day, and its part if it is said.
fn day(line: &Line, i: usize, modifier: Modifier) -> Option<Hit> {
    let start = if line.is(i, Word::Le) { i + 1 } else { i };
    let named = line.any(
        start,
        &[
            Word::Weekday,
            Word::Deictic,
            Word::Apres,
            Word::Avant,
            Word::Ce,
        ],
    ) || start > i && line.is(start, Word::Figures);
    let hit = named.then(|| line.place(start))??;
    let Expr::Cal(cal) = hit.expr else {
        return None;
    };
    if !places::is_day(&cal) {
        return None;
    }
    let (part, end) = match parts::after_day(line, hit.end) {
        Some((part, None, end)) => (part, end),
        _ => (alone(modifier), hit.end),
    };
    let day = Some(Box::new(cal));
    Hit::cal(start, end, &PART_EARLY, Cal::Part { day, part })
}
