//! Expressions that lean on the publication date or on an earlier date.
//!
//! A word that is itself a day (« hier », « le lendemain »: `day_words`), a unit
//! with a direction (« la semaine dernière »: `units`), a demonstrative (« cette
//! année »: `this`), units counted up to the present (« les trois derniers
//! mois »: `recent`), a length from a date (« il y a trois ans », « deux jours
//! plus tard »: `offsets`), a weekday (`weekdays`).

mod day_words;
mod offsets;
mod recent;
mod this;
mod units;
mod vague;
mod weekdays;

use super::hit::Family;

/// The rules of this folder, file by file.
pub(super) static FAMILIES: &[&Family] = &[
    &day_words::FAMILY,
    &units::FAMILY,
    &this::FAMILY,
    &recent::FAMILY,
    &offsets::FAMILY,
    &weekdays::FAMILY,
    &vague::FAMILY,
];

#[cfg(test)]
mod tests {
    use crate::dates::cases::*;

    #[test]
    fn from_the_text() {
        check(&[
            "Arrivé le [3 juin 1944|1944-06-03], il repart le [lendemain|1944-06-04].",
            "Le [12 mai 2010|2010-05-12], il vote ; la [veille|2010-05-11], il dormait.",
            "Né en [1950|1950], il part [vingt ans plus tard|1970].",
            "Élu en [mai 2012|2012-05], il démissionne la [même année|2012].",
            "Le [2 mai 2020|2020-05-02], on rouvre. [Trois jours plus tard|2020-05-05], on referme.",
            "Le [9 avril 2001|2001-04-09] fut long. [Ce jour-là|2001-04-09], il neigeait.",
            "Parti en [2003|2003], il revient l'[année suivante|2004].",
        ]);
    }

    #[test]
    fn no_relative_dates() {
        check(&[
            "Il y a du monde.",
            "Il y a trois personnes.",
            "La veille sanitaire continue.",
            "Il va de l'avant.",
            "Plus tard, on verra.",
            "Il est dans la salle.",
            "La dernière minute compte.",
        ]);
    }
}
