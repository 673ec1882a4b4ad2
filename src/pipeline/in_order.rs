//! Work for all cores whose results come in the order in which it was given, for callers
//! that have articles one after another rather than in files.

use super::ordered::Reorder;
use std::{
    io,
    sync::{Mutex, PoisonError, mpsc},
    time::Duration,
};

/// Threads that work ahead of the caller, but not far: so that memory stays flat over any
/// number of rows.
///
/// ```
/// use glane::pipeline::InOrder;
/// use std::time::Duration;
///
/// let mut squares = InOrder::new(2)?;
/// let (mut next, mut all) = (1..=5_u64, Vec::new());
/// loop {
///     while !squares.is_full() {
///         let Some(n) = next.next() else { break };
///         squares.give(move || n * n);
///     }
///     if squares.is_empty() {
///         break;
///     }
///     all.extend(squares.take(Duration::from_secs(1)));
/// }
/// assert_eq!(all, [1, 4, 9, 16, 25]);
/// # Ok::<(), std::io::Error>(())
/// ```
pub struct InOrder<T> {
    pool: rayon::ThreadPool,
    send: mpsc::Sender<(u64, T)>,
    // Locked by nobody: a receiver alone could not be shared between threads.
    receive: Mutex<mpsc::Receiver<(u64, T)>>,
    done: Reorder<T>,
    given: u64,
    taken: u64,
    most: u64,
}

impl<T: Send + 'static> InOrder<T> {
    /// `threads` of them, at least 1.
    ///
    /// # Errors
    /// When the system has no threads left.
    pub fn new(threads: usize) -> io::Result<Self> {
        let threads = threads.max(1);
        let pool = rayon::ThreadPoolBuilder::new()
            .num_threads(threads)
            .thread_name(|i| format!("extract-{i}"))
            .build()
            .map_err(io::Error::other)?;
        let (send, receive) = mpsc::channel();
        Ok(Self {
            pool,
            send,
            receive: Mutex::new(receive),
            done: Reorder::default(),
            given: 0,
            taken: 0,
            // As a run over files: while each thread works, one piece waits for it and one
            // that is done waits for its turn.
            most: 3 * threads as u64 + 2,
        })
    }

    /// Whether as much is on its way as may be: take something first.
    pub fn is_full(&self) -> bool {
        self.given - self.taken >= self.most
    }

    /// Whether all that was given was taken.
    pub fn is_empty(&self) -> bool {
        self.given == self.taken
    }

    /// Gives work, which must not panic: its result would never come.
    pub fn give(&mut self, work: impl FnOnce() -> T + Send + 'static) {
        let (number, send) = (self.given, self.send.clone());
        self.given += 1;
        self.pool.spawn(move || {
            // Nobody waits any more when the caller is gone.
            let _ = send.send((number, work()));
        });
    }

    /// The result that is next in order; `None` when there is none within `wait`.
    pub fn take(&mut self, wait: Duration) -> Option<T> {
        let receive = self.receive.get_mut();
        let receive = receive.unwrap_or_else(PoisonError::into_inner);
        loop {
            if let Some(next) = self.done.pop() {
                self.taken += 1;
                return Some(next);
            }
            let (number, result) = receive.recv_timeout(wait).ok()?;
            self.done.push(number, result);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    };

    #[test]
    fn in_order_and_not_far_ahead() {
        let begun = Arc::new(AtomicU64::new(0));
        let mut work = InOrder::new(3).unwrap();
        for n in 0..100_u64 {
            if work.is_full() {
                // 3 threads: 11 pieces of work at most.
                assert!(begun.load(Ordering::Relaxed) <= n);
                assert_eq!(work.take(Duration::from_secs(60)), Some(n - 11));
            }
            let begun = Arc::clone(&begun);
            work.give(move || {
                begun.fetch_add(1, Ordering::Relaxed);
                // The later, the sooner: they overtake one another.
                std::thread::sleep(Duration::from_micros(300 * (7 - n % 7)));
                n
            });
        }
        let mut rest = Vec::new();
        while !work.is_empty() {
            rest.extend(work.take(Duration::from_secs(60)));
        }
        assert_eq!(rest, (89..100).collect::<Vec<_>>());
        assert_eq!(work.take(Duration::from_millis(1)), None);
    }
}
