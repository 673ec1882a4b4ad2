//! Days, months and years that the text itself names.
//!
//! The words a date is made of are read in [`super::fields`]; the rules put them
//! together, one form of date a module.

mod day_alone;
mod day_month;
mod month;
mod numeric;
mod year;

pub(super) use day_month::day_month;
pub(super) use numeric::numeric;
pub(super) use year::short_year;

use super::hit::Family;

/// The rules of this folder, file by file.
pub(super) static FAMILIES: &[&Family] = &[
    &day_month::FAMILY,
    &numeric::FAMILY,
    &month::FAMILY,
    &year::FAMILY,
    &day_alone::FAMILY,
];

#[cfg(test)]
mod tests {
    use crate::dates::cases::*;

    #[test]
    fn without_a_precise_publication_date_nothing_is_guessed() {
        check_at(
            "2025-01",
            &[
                "Vu [hier|null] à Metz.",
                "Le [12 mars 2020|2020-03-12].",
                "Il est venu [lundi|XXXX-WXX-1].",
            ],
        );
        check_at(
            "2025",
            &[
                "Il est parti le [24 novembre|XXXX-11-24].",
                "Elle viendra en [mars|XXXX-03].",
            ],
        );
        check_at(
            "",
            &[
                "Il est parti le [24 novembre|XXXX-11-24].",
                "Vu [hier|null].",
                "En [2020|2020].",
            ],
        );
    }

    #[test]
    fn no_dates() {
        check(&[
            "La rue du 8-Mai-1945 est fermée.",
            "Il habite place du 4 Septembre.",
            "Le traumatisme du 11-Septembre demeure.",
            "Le professeur Mai enseigne à Lille.",
            "Avril Lavigne chante.",
            "La sonde tourne autour de Mars.",
            "Le groupe Mars vend du chocolat.",
            "Elle a gagné 6-3, 6-4.",
            "Appelez le 01 42 34 56 78.",
            "Appelez le 01.42.34.56.78.",
            "La version 2.0.12 est sortie.",
            "Il conduit une Peugeot 2008.",
            "Près de 2000 personnes ont défilé.",
            "Un chèque de 2000 euros.",
            "L'article 49.3 a servi.",
            "Voir https://exemple.fr/2024/03/12/titre ici.",
            "Suivez @Mai1968 ou #14juillet.",
            "La page 1984 manque.",
            "Le règlement 2016/679 protège.",
            "Une note de 12/20.",
            "L'altitude est de 1 850 mètres.",
        ]);
    }
}
