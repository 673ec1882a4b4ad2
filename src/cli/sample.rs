//! A sample of what comes one by one.

/// What was drawn: each with the same chance (Vitter's algorithm R, 1985).
pub struct Drawn<T> {
    most: usize,
    seen: u64,
    state: u64,
    held: Vec<(u64, T)>,
}

impl<T> Drawn<T> {
    /// At most `most` (0 for all); another seed draws others, the same one the same.
    pub fn new(most: usize, seed: u64) -> Self {
        Self {
            most,
            seen: 0,
            state: seed,
            held: Vec::new(),
        }
    }

    /// How many have come.
    pub fn seen(&self) -> u64 {
        self.seen
    }

    /// Those that were drawn, in the order in which they came.
    pub fn taken(mut self) -> Vec<T> {
        self.held.sort_by_key(|(at, _)| *at);
        self.held.into_iter().map(|(_, held)| held).collect()
    }

    /// Another one.
    pub fn add(&mut self, held: T) {
        let at = self.seen;
        self.seen += 1;
        if self.most == 0 || self.held.len() < self.most {
            self.held.push((at, held));
            return;
        }
        let place = self.random() % self.seen;
        if let Some(slot) = self.held.get_mut(place as usize) {
            *slot = (at, held);
        }
    }

    /// SplitMix64 (Steele, Lea and Flood 2014).
    fn random(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.state;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_one_has_its_chance() {
        let mut times = [0u32; 20];
        for seed in 0..2000 {
            let mut drawn = Drawn::new(5, seed);
            (0..20usize).for_each(|n| drawn.add(n));
            assert_eq!(drawn.seen(), 20);
            let taken = drawn.taken();
            assert_eq!(taken.len(), 5);
            assert!(taken.is_sorted());
            taken.into_iter().for_each(|n| times[n] += 1);
        }
        // 500 expected of each; the deviation of a binomial is 19.
        assert!(times.iter().all(|n| (400..600).contains(n)), "{times:?}");
    }
}
