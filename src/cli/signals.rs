//! Ctrl-C and SIGTERM end a run, but not in the middle of an article.

use signal_hook::{
    consts::{SIGINT, SIGTERM},
    flag,
};
use std::sync::{
    Arc,
    atomic::{AtomicBool, AtomicUsize, Ordering},
};

/// The signals that end a run.
#[cfg(unix)]
const ENDING: &[i32] = &[SIGINT, SIGTERM, signal_hook::consts::SIGHUP];
/// The signals that end a run.
#[cfg(not(unix))]
const ENDING: &[i32] = &[SIGINT, SIGTERM];

/// What was heard.
pub struct Signals {
    stop: Arc<AtomicBool>,
    which: Arc<AtomicUsize>,
}

impl Signals {
    /// From now on the first signal raises a flag, and the second one ends the
    /// program at once.
    pub fn heard() -> Self {
        let heard = Self {
            stop: Arc::default(),
            which: Arc::default(),
        };
        for signal in ENDING {
            // Without a handler a signal merely ends the program, so failing is no
            // matter. The order counts: the flag is down when the first comes.
            let _ = flag::register_conditional_shutdown(
                *signal,
                128 + *signal,
                Arc::clone(&heard.stop),
            );
            let number = usize::try_from(*signal).unwrap_or_default();
            let _ = flag::register_usize(*signal, Arc::clone(&heard.which), number);
            let _ = flag::register(*signal, Arc::clone(&heard.stop));
        }
        heard
    }

    /// Raised by the first signal.
    pub fn stop(&self) -> &Arc<AtomicBool> {
        &self.stop
    }

    /// The exit code that shells give to a program which the signal ended: 128 and
    /// its number, 130 for Ctrl-C, 143 for SIGTERM.
    pub fn code(&self) -> u8 {
        let which = match self.which.load(Ordering::Relaxed) {
            0 => SIGINT as usize,
            which => which,
        };
        u8::try_from(128 + which).unwrap_or(u8::MAX)
    }
}
