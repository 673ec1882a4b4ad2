//! Words that are a day by themselves: « hier », « aujourd'hui », « demain »
//! count from the publication date, « lendemain » and « veille » from a date of
//! the text or from the one they name (« la veille de Noël »).

use super::shift;
use crate::dates::{
    absolute::weekday_name,
    expr::{Base, Cal, Hit, Unit},
    feasts,
    lexicon::Word,
    line::Line,
};

/// « hier », « demain », « avant-hier », « après-demain », « aujourd'hui ».
pub(in crate::dates) fn day_word(line: &Line, i: usize) -> Option<Hit> {
    let (mut by, mut j) = (0, i);
    if line.any(i, &[Word::Avant, Word::Apres]) {
        j = line.skip_hyphen(i + 1);
        by = if line.is(i, Word::Avant) { -1 } else { 1 };
    }
    let t = line.at(j);
    if t.word != Word::Deictic {
        return None;
    }
    // « ce n'est pas demain la veille »
    if line.is(j + 1, Word::La) && line.is(j + 2, Word::TextDay) {
        return None;
    }
    let n = t.days()?;
    if by != 0 && n != by {
        return None;
    }
    let mut end = j + 1;
    // « demain lundi », « hier mardi »
    if let Some((_, e)) = weekday_name(line, end)
        && line.is(end, Word::Weekday)
        && n != 0
        && !line.is(e, Word::Figures)
    {
        end = e;
    }
    Hit::cal(
        i,
        end,
        if n == 0 { "today" } else { "day_word" },
        shift(Unit::Day, n + by, Base::Published),
    )
}

/// « lendemain », « surlendemain », « veille », « avant-veille », alone or of
/// a date: « la veille de Noël ».
pub(in crate::dates) fn text_day(line: &Line, i: usize) -> Option<Hit> {
    let (mut by, mut j) = (0, i);
    if line.is(i, Word::Avant) {
        j = line.skip_hyphen(i + 1);
        by = -1;
    }
    let t = line.at(j);
    if t.word != Word::TextDay || by < 0 && t.days() != Some(-1) {
        return None;
    }
    if line.is(i.wrapping_sub(1), Word::La) && line.is(i.wrapping_sub(2), Word::Deictic) {
        return None;
    }
    // « une veille technologique », « en veille », « de veille »
    let before = line.before(i, 1);
    let article = matches!(before.word, Word::La | Word::L | Word::End) || t.days() != Some(-1);
    if !article || matches!(before.word, Word::Un | Word::En) {
        return None;
    }
    if line.str(j).ends_with('s') && t.days() == Some(1) {
        return None;
    }
    let days = t.days()? + by;
    let mut k = j + 1;
    if line.any(k, &[Word::De, Word::D, Word::Du, Word::Des]) {
        k += 1;
        if line.any(k, &[Word::La, Word::L, Word::Le]) {
            k += 1;
        }
        let (of, end) = feasts::or_calendar(line, k)?;
        return Hit::cal(
            i,
            end,
            "offset_day",
            Cal::Offset {
                days,
                of: Box::new(of),
            },
        );
    }
    // A « veille » that is a watch: « la veille sanitaire ».
    if t.days() == Some(-1) && line.is(k, Word::Other) && !line.at(k).cap && before.word == Word::La
    {
        let s = line.str(k);
        if ["ique", "aire", "ive", "elle", "ale", "euse"]
            .iter()
            .any(|e| s.ends_with(e))
        {
            return None;
        }
    }
    Hit::cal(i, k, "text_day", shift(Unit::Day, days, Base::Text))
}

#[cfg(test)]
mod tests {
    use crate::dates::cases::*;

    #[test]
    fn day_words() {
        check(&[
            "Il est arrivé [hier|2024-03-12].",
            "Vu [avant-hier|2024-03-11] à Metz.",
            "Elle part [aujourd'hui|2024-03-13] et revient [après-demain|2024-03-15].",
        ]);
    }
}
