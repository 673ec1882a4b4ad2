//! Inputs that may stall: standard input and pipes.
//!
//! A read that waits for a pipe cannot be called back, so it waits on a thread
//! of its own, and the run hears Ctrl-C meanwhile.

use std::{
    io::{self, Read},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
        mpsc::{self, Receiver, RecvTimeoutError, SyncSender},
    },
    time::Duration,
};

/// Bytes read at once.
const BLOCK: usize = 1 << 16;
/// Blocks that wait to be used.
const WAITING: usize = 4;
/// How often the flag is looked at while nothing comes.
const PATIENCE: Duration = Duration::from_millis(100);

/// Reads from another thread; fails with [`io::ErrorKind::ConnectionAborted`]
/// when `stop` is raised while nothing comes.
pub(super) struct Pump {
    blocks: Receiver<io::Result<Vec<u8>>>,
    block: Vec<u8>,
    at: usize,
    stop: Arc<AtomicBool>,
}

impl Pump {
    /// Opens a source and reads it, both on a new thread: a named pipe stalls
    /// when it is opened. The thread ends with the source, or with the program.
    pub fn start<R: Read>(
        open: impl FnOnce() -> io::Result<R> + Send + 'static,
        stop: Arc<AtomicBool>,
    ) -> io::Result<Self> {
        let (send, blocks) = mpsc::sync_channel(WAITING);
        std::thread::Builder::new()
            .name("input".to_owned())
            .spawn(move || match open() {
                Ok(source) => pump(source, &send),
                Err(e) => drop(send.send(Err(e))),
            })?;
        Ok(Self {
            blocks,
            block: Vec::new(),
            at: 0,
            stop,
        })
    }
}

fn pump(mut source: impl Read, send: &SyncSender<io::Result<Vec<u8>>>) {
    let mut buffer = vec![0; BLOCK];
    loop {
        let read = match source.read(&mut buffer) {
            Ok(0) => return,
            Ok(n) => Ok(buffer[..n].to_vec()),
            Err(e) if e.kind() == io::ErrorKind::Interrupted => continue,
            Err(e) => Err(e),
        };
        let failed = read.is_err();
        // Nobody listens any more: the run has ended.
        if send.send(read).is_err() || failed {
            return;
        }
    }
}

impl Read for Pump {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        while self.at == self.block.len() {
            match self.blocks.recv_timeout(PATIENCE) {
                Ok(block) => (self.block, self.at) = (block?, 0),
                Err(RecvTimeoutError::Disconnected) => return Ok(0),
                Err(RecvTimeoutError::Timeout) => {
                    if self.stop.load(Ordering::Relaxed) {
                        return Err(io::ErrorKind::ConnectionAborted.into());
                    }
                }
            }
        }
        let n = buf.len().min(self.block.len() - self.at);
        buf[..n].copy_from_slice(&self.block[self.at..self.at + n]);
        self.at += n;
        Ok(n)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_read_is_what_there_is() {
        let bytes: Vec<u8> = (0..300_000u32).map(|i| (i * 7 % 251) as u8).collect();
        let source = io::Cursor::new(bytes.clone());
        let mut pump = Pump::start(|| Ok(source), Arc::default()).unwrap();
        let mut read = Vec::new();
        pump.read_to_end(&mut read).unwrap();
        assert_eq!(read, bytes);
        let refused = || Err::<io::Empty, _>(io::ErrorKind::NotFound.into());
        let mut pump = Pump::start(refused, Arc::default()).unwrap();
        let error = pump.read(&mut [0]).unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::NotFound);
    }

    #[test]
    fn a_source_that_stalls_can_be_left() {
        /// Never gives anything.
        struct Stalls(Receiver<()>);
        impl Read for Stalls {
            fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
                let _ = self.0.recv();
                Ok(0)
            }
        }
        let (_keeps_waiting, gone) = mpsc::channel();
        let stop = Arc::new(AtomicBool::new(true));
        let mut pump = Pump::start(move || Ok(Stalls(gone)), stop).unwrap();
        let error = pump.read(&mut [0]).unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::ConnectionAborted);
    }
}
