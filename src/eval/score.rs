//! Precision, recall and F1 from counts.

use std::ops::AddAssign;

/// Counts of one label.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Score {
    /// In gold and found.
    pub hit: usize,
    /// Found but not in gold.
    pub extra: usize,
    /// In gold but not found.
    pub missed: usize,
}

impl Score {
    /// Annotated mentions.
    pub fn gold(&self) -> usize {
        self.hit + self.missed
    }

    /// Share of what was found that is right; 0 when nothing was found.
    pub fn precision(&self) -> f64 {
        ratio(self.hit, self.hit + self.extra)
    }

    /// Share of gold that was found; 0 when gold is empty.
    pub fn recall(&self) -> f64 {
        ratio(self.hit, self.gold())
    }

    /// Harmonic mean of precision and recall.
    pub fn f1(&self) -> f64 {
        ratio(2 * self.hit, 2 * self.hit + self.extra + self.missed)
    }
}

impl AddAssign for Score {
    fn add_assign(&mut self, o: Self) {
        self.hit += o.hit;
        self.extra += o.extra;
        self.missed += o.missed;
    }
}

/// `a` of `b`, 0 to 1; 0 of nothing.
pub(super) fn ratio(a: usize, b: usize) -> f64 {
    if b == 0 { 0.0 } else { a as f64 / b as f64 }
}
