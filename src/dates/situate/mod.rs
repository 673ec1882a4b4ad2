//! The second phase: what surrounds a mention, as a plain value that the third
//! is given. It reads the line and the block, never the calendar.

mod ages;
mod stamps;

pub(super) use ages::generic;
pub(super) use stamps::Blocks;

use super::{
    expr::{Cal, Expr},
    hit::Hit,
    lexicon::Word,
    line::Line,
    tense::{self, Evidence, Tense},
};
use crate::{french::sets::dates::situate as sets, kinds::Published};
use std::cell::OnceCell;

/// How many words away a verb is close to a mention.
const NEAR_VERB: usize = 6;

/// What all mentions of a line share.
#[derive(Debug, Clone, Copy)]
pub(super) struct Setting {
    /// The stamp of the block, else the document creation time.
    pub now: Option<Published>,
    /// Lines with mentions so far.
    pub line: usize,
    /// The whole text is one time expression: a form's field, a cell of an
    /// agenda. It announces.
    pub entry: bool,
}

/// How a mention stands in its line.
pub(super) struct Situation<'l> {
    pub setting: Setting,
    /// Sentences of the line before it.
    pub sentence: usize,
    /// It is the clause's own date, not one beside it (see [`beside`]).
    pub main: bool,
    /// It opens its line, as in a chronicle.
    pub heads: bool,
    /// A weekday with its hour right behind it.
    timed: bool,
    line: &'l Line<'l>,
    start: usize,
    end: usize,
    // Read when first asked for: most mentions need no tense, and it costs as
    // much as the rest.
    introduced: OnceCell<Option<Tense>>,
    clause: OnceCell<Evidence>,
}

impl<'l> Situation<'l> {
    /// Of the `n`th of the expressions of a line.
    pub fn of(
        line: &'l Line<'l>,
        hits: &[Hit],
        n: usize,
        sentence: usize,
        setting: Setting,
    ) -> Self {
        let hit = &hits[n];
        // « réunion samedi, 20 h », but « Samedi, à 20 h, on attendait »
        let timed = matches!(hit.expr, Expr::Cal(Cal::Weekday { .. }))
            && hit.start > 0
            && !line.stops(hit.start - 1)
            && hits.get(n + 1).is_some_and(|next| {
                matches!(next.expr, Expr::Clock(_)) && next.start <= hit.end + 2
            });
        Self {
            setting,
            sentence,
            main: !beside(line, hit.start),
            heads: hit.start <= 2,
            timed,
            line,
            start: hit.start,
            end: hit.end,
            introduced: OnceCell::new(),
            clause: OnceCell::new(),
        }
    }

    /// What the word before it settles: « depuis lundi », « prévu vendredi ».
    pub fn introduced(&self) -> Option<Tense> {
        *self
            .introduced
            .get_or_init(|| tense::introduced(self.line, self.start))
    }

    /// « des annonces dès lundi », which may be told or announced.
    pub fn starts_there(&self) -> bool {
        self.line.any_before(self.start, &[Word::Des2]) && !self.line.opens_sentence(self.start - 1)
    }

    /// Of something that is planned, of which it is said how it is: « la visite de
    /// vendredi est gratuite ».
    pub fn planned(&self) -> bool {
        !self.main
            && self.line.any_before(self.start, &[Word::De])
            && tense::planned(self.line, self.start - 1)
            && tense::says_how(self.line, self.end)
    }

    /// The tense is the mention's own: of a participle right before it, or of a
    /// verb close to it whose clause it dates.
    pub fn settled(&self) -> bool {
        if self.setting.entry {
            return true;
        }
        match self.introduced() {
            Some(tense) => tense == Tense::Past || tense::put_off_to(self.line, self.start),
            None => {
                let close = |t: usize| {
                    self.start.saturating_sub(t) <= NEAR_VERB && t <= self.end + NEAR_VERB
                };
                self.main
                    && self
                        .clause_evidence()
                        .token
                        .is_some_and(|t| close(t) && tense::is_finite(self.line, t))
            }
        }
    }

    /// The tense of the nearest verb form.
    pub fn clause(&self) -> Tense {
        self.clause_evidence().tense
    }

    fn clause_evidence(&self) -> Evidence {
        *self
            .clause
            .get_or_init(|| tense::clause(self.line, self.start, self.end))
    }

    /// Without a verb, a noun before it announces (« verdict lundi »), or the
    /// hour behind it.
    pub fn announced(&self) -> bool {
        self.timed || self.starts_there() || tense::announced(self.line, self.start)
    }

    /// Which way the clause looks.
    pub fn tense(&self) -> Tense {
        if self.setting.entry {
            return Tense::Future;
        }
        tense::ranked(self.introduced(), || self.clause(), || self.announced())
    }

    /// The word that showed the tense, where one was asked for.
    pub fn witness(&self) -> Option<&'l str> {
        let before = || self.start.checked_sub(1);
        let token = match (self.introduced.get()?, self.clause.get()) {
            (Some(_), _) => before(),
            (None, None) => None,
            (None, Some(found)) => match found.tense {
                Tense::Unknown if tense::announced(self.line, self.start) => before(),
                _ => found.token,
            },
        };
        token.map(|t| self.line.str(t))
    }
}

/// A date beside the clause: of a noun (« l'accord du 13 mai »), of a participle
/// (« conclu vendredi »), a limit (« depuis lundi »).
fn beside(line: &Line, start: usize) -> bool {
    let mut i = start;
    while i > 0 && line.any_before(i, &[Word::Le, Word::La, Word::L, Word::Les, Word::Ce]) {
        i -= 1;
    }
    let led = [
        Word::De,
        Word::D,
        Word::Du,
        Word::Des,
        Word::Depuis,
        Word::Jusqu,
        Word::Avant,
        Word::Apres,
    ];
    line.any_before(i, &led)
        || line.among(i.wrapping_sub(1), &sets::APART)
        || tense::bare_participle(line, i)
}
