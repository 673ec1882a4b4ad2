//! The accurate engine: any Hugging Face token-classification checkpoint.
//!
//! ```text
//! text ─► pieces with offsets ─► windows ─► batches ─► network ─► labels of
//! pieces ─► labels of words (our tokens) ─► mentions
//! ```
//!
//! Reading and checking a folder needs no libtorch and is always compiled, so
//! that any build of glane can say what is wrong with a checkpoint; running it
//! needs the Cargo feature `bert`.

pub mod batches;
pub mod checkpoint;
pub mod config;
pub mod consistency;
pub mod decode;
pub mod error;
pub mod labels;
pub mod sentencepiece;
pub mod weights;
pub mod windows;
pub mod words;

#[cfg(feature = "bert")]
mod engine;
#[cfg(feature = "bert")]
mod network;
#[cfg(feature = "bert")]
mod precision;
#[cfg(feature = "bert")]
mod rust_bert_network;
#[cfg(feature = "bert")]
pub mod tokenizer;
#[cfg(feature = "bert")]
mod workers;

#[cfg(feature = "bert")]
pub use engine::{Engine, load};
pub use error::Error;
pub use labels::LabelMap;

use std::num::NonZeroUsize;

/// How a checkpoint is run.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// What labels mean, before the defaults.
    pub label_map: LabelMap,
    /// Precision of the network.
    pub precision: Precision,
    /// Where it runs.
    pub device: Device,
    /// Threads that run the network on a CPU; `None` for one a core. On CUDA
    /// there is always one.
    pub threads: Option<NonZeroUsize>,
    /// Pieces a window, special ones included; `None`, or more than the
    /// network can take, for the most it can take.
    pub window: Option<NonZeroUsize>,
    /// Pieces a batch, padding included; `None` for what was fastest where it
    /// was measured (docs/BERT.md).
    pub batch: Option<NonZeroUsize>,
    /// libtorch's own threads inside each of `threads`, on a CPU; `None` for
    /// one, which is fastest.
    pub inner_threads: Option<NonZeroUsize>,
}

/// Precision of the network's numbers.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Precision {
    /// bf16 where the processor computes in it and the labels of some probe
    /// sentences stay the same, else f32.
    #[default]
    Auto,
    /// 32 bits.
    F32,
    /// 16 bits with the exponents of 32: faster on processors that have it
    /// (AVX-512 BF16, AMX, Arm BF16, CUDA), far slower on others.
    Bf16,
}

impl Precision {
    /// All of them, with the name that a user gives.
    pub const ALL: [(&'static str, Self); 3] = [
        ("auto", Self::Auto),
        ("f32", Self::F32),
        ("bf16", Self::Bf16),
    ];
}

/// Where the network runs.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Device {
    /// The first CUDA device if libtorch sees one, else the CPU.
    #[default]
    Auto,
    /// The CPU.
    Cpu,
    /// A CUDA device by number.
    Cuda(usize),
}

/// A text that names no device.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not auto, cpu, cuda or cuda:N")]
pub struct ParseDeviceError(String);

impl std::str::FromStr for Device {
    type Err = ParseDeviceError;

    fn from_str(text: &str) -> Result<Self, ParseDeviceError> {
        match text {
            "auto" => Ok(Self::Auto),
            "cpu" => Ok(Self::Cpu),
            "cuda" => Ok(Self::Cuda(0)),
            _ => text
                .strip_prefix("cuda:")
                .and_then(|n| n.parse().ok())
                .map(Self::Cuda)
                .ok_or_else(|| ParseDeviceError(text.to_owned())),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn devices_by_name() {
        assert_eq!("cuda:1".parse(), Ok(Device::Cuda(1)));
        assert_eq!("cuda".parse(), Ok(Device::Cuda(0)));
        assert_eq!("auto".parse(), Ok(Device::Auto));
        assert!("gpu".parse::<Device>().is_err());
        assert!("cuda:x".parse::<Device>().is_err());
    }
}
