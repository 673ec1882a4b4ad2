//! Stretches longer than a day: quarters, halves and seasons of a year, decades
//! and centuries, the beginnings, middles and ends of all of them, and what is
//! counted inside them.

mod ages;
mod edges;
pub(super) mod nth;
mod quarters;
mod seasons;

use super::hit::Family;

/// The rules of this folder, file by file.
pub(super) static FAMILIES: &[&Family] = &[
    &quarters::FAMILY,
    &seasons::FAMILY,
    &ages::FAMILY,
    &edges::FAMILY,
    &nth::FAMILY,
];

#[cfg(test)]
mod tests {
    use crate::dates::cases::*;

    #[test]
    fn no_periods() {
        check(&[
            "Elle a été reçue.",
            "Le vote a été annulé.",
            "Un homme d'un certain âge.",
            "Le Printemps de Bourges attire.",
            "Il a fini deuxième.",
            "La fin justifie les moyens.",
            "Louis XIV régnait.",
            "Le tramway T3 roule.",
        ]);
    }
}
