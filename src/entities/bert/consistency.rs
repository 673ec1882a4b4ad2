//! One name, one label, where the network is of two minds.
//!
//! A checkpoint reads window by window and never the article: a name that it
//! calls a place with certainty in one sentence it may half-heartedly call a
//! person in the next. An unsure mention takes the label that the sure
//! mentions of the same name in the article agree on; the last words of a
//! surely named person count as that person. Sure mentions keep theirs: « la
//! France » and « France » the team may both be right. Nothing is added or
//! taken away. (The embedded engine learns this in its second pass.)

use crate::{entities::Mention, fold::fold, kinds::Label};
use std::collections::HashMap;

/// A mention with at least this score is sure.
const SURE: f32 = 0.9;
/// A mention with less than this score is unsure.
const UNSURE: f32 = 0.7;

/// Makes the labels of unsure mentions agree with the sure ones of the same
/// name; a score stays what the network gave.
pub fn settle(text: &str, mentions: &mut [Mention]) {
    // `None` where sure mentions differ.
    let mut sure: HashMap<String, Option<Label>> = HashMap::new();
    for m in mentions.iter().filter(|m| m.score >= SURE) {
        let name = fold(&text[m.start..m.end]);
        let mut note = |name: &str| {
            sure.entry(name.to_owned())
                .and_modify(|l| *l = l.filter(|l| *l == m.label))
                .or_insert(Some(m.label));
        };
        note(&name);
        if m.label == Label::Per {
            name.match_indices(' ')
                .for_each(|(i, _)| note(&name[i + 1..]));
        }
    }
    for m in mentions.iter_mut().filter(|m| m.score < UNSURE) {
        if let Some(Some(label)) = sure.get(&fold(&text[m.start..m.end])) {
            m.label = *label;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "Odile Le Goff, NANTES, Le Goff, Goff, Nantes, Nantes";

    /// Mentions of `TEXT` in its order, with a label and a score each.
    fn labels(given: [(Label, f32); 6]) -> Vec<Label> {
        let mut from = 0;
        let mut mentions: Vec<Mention> = TEXT
            .split(", ")
            .zip(given)
            .map(|(name, (label, score))| {
                let start = from + TEXT[from..].find(name).unwrap();
                from = start + name.len();
                Mention {
                    start,
                    end: from,
                    label,
                    score,
                    name: name.to_owned(),
                }
            })
            .collect();
        settle(TEXT, &mut mentions);
        mentions.into_iter().map(|m| m.label).collect()
    }

    #[test]
    fn the_unsure_follow_the_sure() {
        use Label::*;
        let found = labels([
            (Per, 0.95),
            (Loc, 0.99),
            (Org, 0.5),
            (Loc, 0.4),
            (Org, 0.6),
            (Per, 0.3),
        ]);
        assert_eq!(found, [Per, Loc, Per, Per, Loc, Loc]);
    }

    #[test]
    fn the_sure_and_the_fairly_sure_stay() {
        use Label::*;
        let given = [
            (Per, 0.95),
            (Loc, 0.99),
            (Org, 0.92),
            (Loc, 0.8),
            (Org, 0.93),
            // « Nantes » is surely a place and surely a club.
            (Per, 0.3),
        ];
        assert_eq!(labels(given), given.map(|g| g.0));
        // Nobody is sure.
        let given = [
            (Per, 0.5),
            (Loc, 0.89),
            (Org, 0.5),
            (Loc, 0.5),
            (Org, 0.5),
            (Misc, 0.5),
        ];
        assert_eq!(labels(given), given.map(|g| g.0));
    }
}
