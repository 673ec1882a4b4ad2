//! What the tests of several layers read.

use crate::Extractor;

/// Three amounts that people annotated, one with another value and one that is none, and
/// one that they left out.
pub const AMOUNTS: &str = "### id: x-1 | date: 2024-03-14 | genre: essai\nTitre\n\
     Prix : <MONEY a=\"3\" c=\"EUR\">3 €</MONEY>, puis <MONEY a=\"5\" c=\"EUR\">4 €</MONEY> ; \
     <PCT v=\"2\">2 %</PCT> de <MONEY a=\"9\" c=\"EUR\">rien</MONEY> pour 7 €.\n";

/// Reads texts that are too short to show their language.
pub fn extractor() -> Extractor {
    let builder = Extractor::builder().assume_language("fra").unwrap();
    builder.build().unwrap()
}
