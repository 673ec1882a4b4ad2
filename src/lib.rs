//! glane turns French articles into structured data.

pub mod article;
pub mod calendar;
pub mod cli;
pub mod dates;
pub mod entities;
pub mod eval;
pub mod language;
pub mod money;
pub mod numbers;
pub mod output;
pub mod pipeline;
pub mod record;
pub mod text;
pub mod train;
