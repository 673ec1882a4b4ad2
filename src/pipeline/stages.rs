//! Where the time goes.

use std::time::{Duration, Instant};

/// Parts of the work on an article.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Stage {
    /// Reading, decompressing, decoding, parsing.
    Read,
    /// Language identification.
    Language,
    /// Tokens and sentences.
    Text,
    /// Named entities.
    Entities,
    /// Amounts and percentages.
    Money,
    /// Time expressions.
    Dates,
    /// Building, serialising and writing records.
    Write,
}

impl Stage {
    /// All stages in the order of the work.
    pub const ALL: [Self; 7] = [
        Self::Read,
        Self::Language,
        Self::Text,
        Self::Entities,
        Self::Money,
        Self::Dates,
        Self::Write,
    ];

    /// Lower-case name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::Language => "language",
            Self::Text => "text",
            Self::Entities => "entities",
            Self::Money => "money",
            Self::Dates => "dates",
            Self::Write => "write",
        }
    }
}

/// Time spent in each stage, summed over threads, and the tokens seen.
#[derive(Debug, Clone, Copy, Default)]
pub struct Times {
    spent: [Duration; 7],
    /// Tokens of the articles that were extracted.
    pub tokens: u64,
}

impl Times {
    /// Adds time to a stage.
    pub fn add(&mut self, stage: Stage, spent: Duration) {
        self.spent[stage as usize] += spent;
    }

    /// Time spent in a stage.
    pub fn of(&self, stage: Stage) -> Duration {
        self.spent[stage as usize]
    }

    /// Time spent in all stages.
    pub fn total(&self) -> Duration {
        self.spent.iter().sum()
    }

    /// Adds what another thread spent.
    pub fn merge(&mut self, other: &Self) {
        for stage in Stage::ALL {
            self.add(stage, other.of(stage));
        }
        self.tokens += other.tokens;
    }
}

/// A running clock that books each lap on a stage.
pub(super) struct Clock<'a> {
    pub times: &'a mut Times,
    last: Instant,
}

impl<'a> Clock<'a> {
    pub fn start(times: &'a mut Times) -> Self {
        Self {
            times,
            last: Instant::now(),
        }
    }

    /// Books the time since the last lap on `stage`.
    pub fn lap(&mut self, stage: Stage) {
        let now = Instant::now();
        self.times.add(stage, now - self.last);
        self.last = now;
    }
}
