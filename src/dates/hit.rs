//! What a rule is to the dates, and what it finds.

use super::{
    expr::{Cal, Expr},
    lexicon::Word,
    line::{Line, Scope},
};
use crate::kinds::Modifier;

/// Reads the expression that begins at a token of a line.
pub(super) type Read = fn(&Line, usize) -> Option<Hit>;

/// A rule of this room; it begins at words of a class.
pub(super) type Rule = crate::rule::Rule<Word, Reader>;

/// The rules of one file.
pub(super) struct Family {
    /// The file, as the compiler names it.
    // For the table of rules in the documents.
    #[cfg_attr(not(test), expect(dead_code))]
    pub file: &'static str,
    pub rules: &'static [&'static Rule],
}

/// Ranks decide between two matches that end at the same token.
pub(super) mod rank {
    /// A bare year, month, day, weekday, part of a day or length: what is left
    /// when the words around say nothing else.
    pub const BARE: u8 = 0;
    /// All other rules: they explain more of the words.
    pub const FULL: u8 = 1;
}

/// How a rule is read.
#[derive(Debug)]
pub(super) struct Reader {
    pub source: Source,
    pub scope: Scope,
    /// Letters with which a word outside the lexicon may begin.
    pub initials: &'static str,
    /// It names a stretch against which « aujourd'hui » of the same sentence is
    /// an age and no day: « né en 1950, il vit aujourd'hui à Pau ».
    pub past: bool,
    /// Of a unit at hand it names a part that may lie in the turn before or
    /// after: « en début de semaine ».
    pub turns: bool,
}

/// Who reads a rule.
#[derive(Debug)]
pub(super) enum Source {
    /// Its own function.
    Own(Read),
    /// The function of another rule, whose words it shares up to a point.
    // For the tests of ranks.
    #[cfg_attr(not(test), expect(dead_code))]
    Of(&'static Rule),
}

impl Reader {
    const fn new(source: Source, scope: Scope) -> Self {
        Self {
            source,
            scope,
            initials: "",
            past: false,
            turns: false,
        }
    }

    pub const fn alone(read: Read) -> Self {
        Self::new(Source::Own(read), Scope::Alone)
    }

    pub const fn range(read: Read) -> Self {
        Self::new(Source::Own(read), Scope::Range)
    }

    pub const fn place(read: Read) -> Self {
        Self::new(Source::Own(read), Scope::Place)
    }

    pub const fn of(rule: &'static Rule) -> Self {
        Self::new(Source::Of(rule), Scope::Alone)
    }

    pub const fn initials(mut self, letters: &'static str) -> Self {
        self.initials = letters;
        self
    }

    pub const fn past(mut self) -> Self {
        self.past = true;
        self
    }

    pub const fn turns(mut self) -> Self {
        self.turns = true;
        self
    }
}

/// Declares the rules of a file: the name of the static, the rule's name, what
/// it reads, the classes of words at which it begins, its reader, its examples.
/// A rule without `at` begins where the rule does `of` which it is.
macro_rules! rules {
    ($($id:ident $name:literal reads $reads:literal
        $(at [$($word:ident)*])?
        by $source:ident($of:expr) $(.$property:ident($($value:literal)?))*
        $(rank $rank:ident)?
        yes [$($yes:literal),* $(,)?]
        no [$($no:literal),* $(,)?];)*) => {
        $(
            pub(in crate::dates) static $id: $crate::dates::hit::Rule = $crate::rule::Rule {
                name: $name,
                rank: {
                    #[allow(unused_variables)]
                    let rank = $crate::dates::hit::rank::FULL;
                    $(let rank = $crate::dates::hit::rank::$rank;)?
                    rank
                },
                reads: $reads,
                at: &[$($($crate::dates::lexicon::Word::$word),*)?],
                read: $crate::dates::hit::Reader::$source($of)$(.$property($($value)?))*,
                yes: &[$($yes),*],
                no: &[$($no),*],
            };
        )*
        /// The rules of this file.
        pub(in crate::dates) static FAMILY: $crate::dates::hit::Family =
            $crate::dates::hit::Family {
                file: file!(),
                rules: &[$(&$id),*],
            };
    };
}
pub(super) use rules;

/// A match of a rule: tokens `start..end` of a line.
#[derive(Debug, Clone)]
pub(super) struct Hit {
    pub start: usize,
    pub end: usize,
    pub expr: Expr,
    pub modifier: Option<Modifier>,
    pub rule: &'static Rule,
}

impl Hit {
    pub fn new(start: usize, end: usize, rule: &'static Rule, expr: Expr) -> Option<Self> {
        Some(Self {
            start,
            end,
            expr,
            modifier: None,
            rule,
        })
    }

    pub fn cal(start: usize, end: usize, rule: &'static Rule, cal: Cal) -> Option<Self> {
        Self::new(start, end, rule, Expr::Cal(cal))
    }

    pub fn with(mut self, modifier: Modifier) -> Option<Self> {
        self.modifier = Some(modifier);
        Some(self)
    }
}
