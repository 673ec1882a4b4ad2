//! Threads that own the network.
//!
//! libtorch's tensors may move between threads but not be used by two at
//! once, so each worker has its own handles to the shared weights and takes
//! batches from one queue. On a CPU every worker computes with one thread of
//! its own: libtorch's inner threads would wait for each other at the end of
//! every product, and the last digits of the scores would depend on their
//! number. Batches are made from one article alone for the same reason.

use super::{error::Error, network::Network, words::Prediction};
use std::{
    sync::{
        Arc, Mutex,
        mpsc::{Receiver, Sender, channel},
    },
    thread,
};

/// One prediction a piece, one list a row.
type Answer = Result<Vec<Vec<Prediction>>, Error>;

struct Job {
    rows: Vec<Vec<i64>>,
    /// Number of the batch in its article.
    number: usize,
    reply: Sender<(usize, Answer)>,
}

/// A queue of batches and the threads behind it; they end when it is dropped.
pub struct Workers {
    queue: Mutex<Sender<Job>>,
}

impl Workers {
    /// Starts `count` workers, at least one, each with `inner` threads of
    /// libtorch.
    pub fn start(network: Network, count: usize, inner: i32) -> Result<Self, Error> {
        let (sender, receiver) = channel();
        let receiver = Arc::new(Mutex::new(receiver));
        let mut networks = Vec::new();
        for _ in 1..count {
            networks.push(network.share()?);
        }
        networks.push(network);
        for network in networks {
            let receiver = Arc::clone(&receiver);
            thread::Builder::new()
                .name("glane-bert".into())
                .spawn(move || work(&network, &receiver, inner))
                .map_err(|e| Error::Stopped(e.to_string()))?;
        }
        Ok(Self {
            queue: Mutex::new(sender),
        })
    }

    /// Runs batches and returns their predictions in the same order.
    pub fn run(&self, batches: Vec<Vec<Vec<i64>>>) -> Result<Vec<Vec<Vec<Prediction>>>, Error> {
        let gone = || Error::Stopped("its threads have ended".into());
        let (reply, answers) = channel();
        let mut done: Vec<Vec<Vec<Prediction>>> = vec![Vec::new(); batches.len()];
        {
            let queue = self.queue.lock().map_err(|_| gone())?;
            for (number, rows) in batches.into_iter().enumerate() {
                let reply = reply.clone();
                queue
                    .send(Job {
                        rows,
                        number,
                        reply,
                    })
                    .map_err(|_| gone())?;
            }
        }
        drop(reply);
        for _ in 0..done.len() {
            let (number, answer) = answers.recv().map_err(|_| gone())?;
            done[number] = answer?;
        }
        Ok(done)
    }
}

fn work(network: &Network, queue: &Mutex<Receiver<Job>>, inner: i32) {
    // OpenMP keeps this number a thread.
    tch::set_num_threads(inner);
    loop {
        let job = match queue.lock() {
            Ok(receiver) => receiver.recv(),
            Err(_) => return,
        };
        let Ok(job) = job else { return };
        // An article that was given up takes no answer; that is no error.
        let _ = job.reply.send((job.number, network.run(&job.rows)));
    }
}
