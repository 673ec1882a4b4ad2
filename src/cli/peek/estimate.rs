//! How many articles there are and how long they take, from some of them.

use std::time::Duration;

/// What was counted and measured.
#[derive(Debug, Clone, Copy, Default)]
pub struct Estimate {
    /// Files that are one article each.
    pub whole: u64,
    /// Rows counted in files of many.
    pub rows: u64,
    /// Bytes on disk in which they were counted.
    pub counted: u64,
    /// Bytes on disk of all files of many.
    pub bytes: u64,
    /// Whether every row was counted.
    pub complete: bool,
    /// Time that the extraction of `tried` articles took on one thread.
    pub spent: Duration,
    /// Articles extracted to know the speed.
    pub tried: u64,
}

impl Estimate {
    /// Articles of the run: exact when [`Self::complete`].
    pub fn articles(&self) -> u64 {
        if self.complete || self.counted == 0 {
            return self.whole + self.rows;
        }
        let share = self.bytes as f64 / self.counted as f64;
        self.whole + (self.rows as f64 * share.max(1.0)).round() as u64
    }

    /// Time of the run from `threads`; `None` when nothing was tried.
    pub fn time(&self, threads: usize) -> Option<Duration> {
        (self.tried > 0).then(|| {
            let each = self.spent.as_secs_f64() / self.tried as f64;
            Duration::from_secs_f64(each * self.articles() as f64 / threads.max(1) as f64)
        })
    }
}

/// A time as a person says it.
pub fn in_words(time: Duration) -> String {
    let seconds = time.as_secs_f64();
    match seconds {
        s if s < 1.0 => "less than a second".to_owned(),
        s if s < 90.0 => format!("about {s:.0} s"),
        s if s < 5400.0 => format!("about {:.0} min", s / 60.0),
        s => format!("about {:.1} h", s / 3600.0),
    }
}

/// A number with a comma between thousands.
pub fn thousands(n: u64) -> String {
    let digits = n.to_string();
    let mut out = String::new();
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// A number of two figures and zeros: what is estimated is not exact.
pub fn rounded(n: u64) -> u64 {
    let mut unit = 1;
    while n / unit >= 100 {
        unit *= 10;
    }
    (n + unit / 2) / unit * unit
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tenth_of_the_bytes_holds_a_tenth_of_the_rows() {
        let estimate = Estimate {
            whole: 3,
            rows: 500,
            counted: 1 << 20,
            bytes: 10 << 20,
            complete: false,
            spent: Duration::from_millis(40),
            tried: 20,
        };
        assert_eq!(estimate.articles(), 5003);
        // 2 ms each, from two threads.
        assert_eq!(estimate.time(2), Some(Duration::from_micros(5_003_000)));
        let counted = Estimate {
            complete: true,
            ..estimate
        };
        assert_eq!(counted.articles(), 503);
        assert_eq!(Estimate::default().time(2), None);
    }

    #[test]
    fn numbers_and_times_as_people_say_them() {
        for (n, text, about) in [
            (7, "7", 7),
            (999, "999", 1000),
            (34_228, "34,228", 34_000),
            (1_250_001, "1,250,001", 1_300_000),
        ] {
            assert_eq!((thousands(n).as_str(), rounded(n)), (text, about));
        }
        for (seconds, text) in [
            (0.4, "less than a second"),
            (12.2, "about 12 s"),
            (600.0, "about 10 min"),
            (9000.0, "about 2.5 h"),
        ] {
            assert_eq!(in_words(Duration::from_secs_f64(seconds)), text);
        }
    }
}
