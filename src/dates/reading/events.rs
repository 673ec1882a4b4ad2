//! The day of an event that is named again. « Mardi, au lendemain du vote » is
//! that Tuesday; « Le scrutin a eu lieu le 5 octobre. Au lendemain du vote… »
//! counts from the day beside which the same noun, one of its kind or one of its
//! stem stood.

use super::Reader;
use crate::{
    dates::{
        civil::{Stretch, plus_days},
        hit::Hit,
        lexicon::Word,
        line::Line,
        situate::Situation,
        tense::Tense,
        value::Value,
    },
    fold::fold,
    french::lexicon::events::nouns,
};
use jiff::civil::Date;

/// Letters that two words of one stem share: « explosé », « explosion ».
const STEM: usize = 6;

/// How many words may stand between « lendemain de » and the noun of the event:
/// « de la même élection ».
const NOUN_REACH: usize = 4;

/// How many words may stand between a day and « au lendemain de … » that means
/// it, without a comma before it and with one.
const BESIDE: usize = 10;
const SET_OFF: usize = 25;

/// How far from its day an event is named, in bytes.
const SENTENCE: usize = 300;

impl Reader<'_> {
    /// The day that `hit` names by an event behind it, `days` away from the event.
    pub(super) fn beside_event(
        &self,
        line: &Line,
        hit: &Hit,
        days: i64,
        here: &Situation,
    ) -> Option<Date> {
        if let Some(day) = self.apposed(line, hit, here) {
            return Some(day);
        }
        let day = plus_days(self.day_of_event(line, hit)?, days)?;
        // What is told does not pass the publication date.
        let now = here.setting.now.and_then(|p| p.civil_day());
        let ahead = now.is_some_and(|now| day > now);
        (!ahead || here.tense() == Tense::Future).then_some(day)
    }

    /// « Mardi, au lendemain du vote, il a parlé »: the day that the sentence has
    /// named is the one that the event is counted to.
    fn apposed(&self, line: &Line, hit: &Hit, here: &Situation) -> Option<Date> {
        let led = [
            Word::A,
            Word::Au,
            Word::La,
            Word::Le,
            Word::Des2,
            Word::Jusqu,
        ];
        let mut start = hit.start;
        while start > 0 && line.any_before(start, &led) {
            if line.any_before(start, &[Word::Jusqu]) {
                return None;
            }
            start -= 1;
        }
        // « et, dès le lendemain du vote, »
        let comma = usize::from(line.punct(start.wrapping_sub(1), ','));
        if line.any_before(start - comma, &[Word::Et, Word::Ou]) {
            return None;
        }
        let reach = if comma > 0 || line.dash(start.wrapping_sub(1)) {
            SET_OFF
        } else {
            BESIDE
        };
        let marks = self.marks.iter().rev();
        marks
            .take_while(|m| m.sentence == here.sentence && m.gap(hit) <= reach)
            .find_map(|m| m.day)
    }

    /// The last day before `hit` beside which the event behind it is named.
    fn day_of_event(&self, line: &Line, hit: &Hit) -> Option<Date> {
        let noun = (hit.end + 1..hit.end + 1 + NOUN_REACH)
            .take_while(|k| !line.any(*k, &[Word::Punct, Word::End]))
            .map(|k| fold(line.bare(k)))
            .find(|w| nouns::find(w).is_some())?;
        let limit = line.at(hit.start).start as usize;
        self.found.dates.iter().rev().find_map(|t| {
            let day = match t.value {
                Some(Value::Stretch(Stretch::Day(d) | Stretch::Part(d, _))) => d,
                _ => return None,
            };
            let names = |part: &str| {
                part.split(|c: char| !c.is_alphabetic())
                    .any(|word| same_event(&fold(word), &noun))
            };
            let sentence_start = self.text[..t.start].rfind(ENDS).map_or(0, |at| at + 1);
            let after = self.text.get(t.end..limit)?;
            let after = after.split(ENDS).next().unwrap_or("");
            let near = |part: &&str| part.len() <= SENTENCE;
            let parts = [&self.text[sentence_start..t.start], after].into_iter();
            parts.filter(near).any(names).then_some(day)
        })
    }
}

/// What a sentence ends with.
const ENDS: [char; 5] = ['.', '!', '?', '…', '\n'];

/// Two folded words that may name one event.
fn same_event(word: &str, noun: &str) -> bool {
    let kind = |w: &str| nouns::find(w).map(|r| r.event);
    let stem = word.len() >= STEM && word.get(..STEM) == noun.get(..STEM);
    word == noun || stem || kind(noun).is_some() && kind(word) == kind(noun)
}
