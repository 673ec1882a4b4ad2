//! What is no date though it looks like one: names, papers, products, scores,
//! numbers. Beside the negative cases of each family.

use super::cases::check;

#[test]
fn names_of_people_and_places() {
    check(&[
        "Le sénateur Jean Mai a voté.",
        "Claire Avril chantera ce titre.",
        "La sonde est arrivée sur Mars.",
        "Le groupe Mars vend des barres chocolatées.",
        "Mme Février a refusé.",
        "La rue du 8-Mai-1945 est fermée.",
        "Rendez-vous place du 11-Novembre.",
        "L'avenue du 4-Septembre rouvre.",
    ]);
}

#[test]
fn papers_and_works() {
    check(&[
        "Selon Le Journal du Dimanche, le maire hésite.",
        "Le magazine L'Été déçoit.",
        "La Tribune Dimanche publie ses courriels.",
    ]);
}

#[test]
fn participles_and_other_words() {
    check(&[
        "Il a été battu.",
        "Elle avait été prévenue.",
        "La seconde équipe a perdu.",
        "En second lieu, rien.",
        "Ce n'est pas demain la veille.",
        "Il est en veille.",
    ]);
}

#[test]
fn products_and_numbers() {
    check(&[
        "Le Boeing 737 et la Peugeot 2008 se vendent bien.",
        "La version 2.10.24 du logiciel corrige une faille.",
        "Python 3.12 est sorti.",
        "Le score est de 3-2, 21-19, 15-13.",
        "Appelez le 01 42 12 20 24.",
        "Appelez le 06.12.05.20.19.",
        "Il a payé 2 024 euros.",
        "Voir https://exemple.fr/2024/05/12/article.html.",
        "Voir page 12, ligne 3.",
        "La norme ISO 8601 fait foi.",
        "Le code postal 75012 a changé.",
        "Le dossier n° 2019-145 est clos.",
        "La pièce mesure 12 x 24.",
    ]);
}

#[test]
fn next_to_them_what_is_a_date() {
    check(&[
        "La semaine compte [1.607 heures|PT1607H] chômées.",
        "Il a tourné en [8.625 secondes|PT8.625S].",
        "Le bulletin de [19 h|2024-03-12T19:00] a menti [mardi|2024-03-12].",
        "Il enchaîne des gardes de [35 heures|PT35H].",
        "En [mai|2024-05], Mme Mai partira.",
        "Le [8 mai 1945|1945-05-08], la guerre prend fin.",
        "Il part [dimanche|2024-03-17], écrit le Journal du Dimanche.",
    ]);
}
