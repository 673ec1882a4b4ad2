//! Values of flags that name something declared in the library: which there
//! are, and what each is, comes from the declarations.

use crate::{
    article::{Container, formats},
    entities::{
        bert::Precision,
        engines::{self, Engine},
    },
    output::Layout,
};
use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};

/// Values of `--format`.
pub fn formats() -> impl TypedValueParser<Value = &'static Container> {
    let values = formats::ALL.iter().map(|c| {
        let extensions: Vec<_> = c.extensions.iter().map(|e| format!(".{e}")).collect();
        PossibleValue::new(c.name).aliases(c.aliases).help(format!(
            "{} ({})",
            c.holds,
            extensions.join(", ")
        ))
    });
    PossibleValuesParser::new(values).try_map(|name| name.parse::<&'static Container>())
}

/// Values of `--layout`.
pub fn layouts() -> impl TypedValueParser<Value = &'static Layout> {
    let values = Layout::ALL
        .iter()
        .map(|l| PossibleValue::new(l.name).help(l.holds));
    PossibleValuesParser::new(values).try_map(|name| Layout::named(&name).ok_or("no such layout"))
}

/// Values of `--precision`.
pub fn precisions() -> impl TypedValueParser<Value = Precision> {
    PossibleValuesParser::new(Precision::ALL.map(|(name, _)| name)).try_map(|name| {
        let known = Precision::ALL.iter().find(|(n, _)| *n == name);
        known.map(|(_, p)| *p).ok_or("no such precision")
    })
}

/// Values of `--engine`.
pub fn engines() -> impl TypedValueParser<Value = &'static Engine> {
    let values = engines::ALL
        .iter()
        .map(|e| PossibleValue::new(e.name).help(e.about));
    PossibleValuesParser::new(values).try_map(|name| Engine::named(&name).ok_or("no such engine"))
}

/// A number from 0 to 1.
pub fn score(text: &str) -> Result<f32, String> {
    text.parse()
        .ok()
        .filter(|s| (0.0..=1.0).contains(s))
        .ok_or_else(|| "write a number from 0 to 1".to_owned())
}
