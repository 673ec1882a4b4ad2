//! Weekdays in the sentences of the news: which side of the publication day a
//! clause puts them on. The publication date is Wednesday 2024-03-13.

use super::super::cases::check;

#[test]
fn what_was_said_or_quoted_does_not_hide_the_verb() {
    check(&[
        "La maire va faire « de grandes annonces » [mardi|2024-03-19].",
        "La maire fera \"de grandes annonces\" [lundi|2024-03-18].",
        "Le bac va rouvrir « [lundi|2024-03-18] », dit-il.",
        "L'outil pourra être essayé dans les écoles du canton et des bourgs voisins dès [ce week-end|2024-03-16/2024-03-17], a indiqué le préfet.",
        "La réunion, initialement prévue [samedi|2024-03-16], a été reportée.",
        "L'arrêt sera-t-il rendu [lundi|2024-03-18] ?",
        "La cour a mis son arrêt en délibéré à [lundi|2024-03-18].",
        "Des annonces dès [lundi|2024-03-18] ?",
    ]);
}

#[test]
fn told() {
    check(&[
        "Le chanteur est décédé [samedi|2024-03-09] à Nice.",
        "Il y était [lundi|2024-03-11], a indiqué le maire.",
        "Le chiffre, qui date de [vendredi|2024-03-08], sera revu.",
        "La date du [15 mars|2024-03-15] a été évoquée.",
        "Ce vol qui remonte à [jeudi|2024-03-07] inquiète.",
        "Le préfet avait annoncé [mardi|2024-03-12] la fermeture du pont.",
        "Le conseil municipal a voté [lundi|2024-03-11] la vente du terrain.",
        "Une réunion s'est tenue [vendredi soir|2024-03-08TEV] à Lens.",
        "Deux randonneurs ont été secourus [dimanche|2024-03-10] dans le Vercors.",
        "La gare fut fermée [jeudi|2024-03-07] pendant [une heure|PT1H].",
        "Il pleuvait [dimanche|2024-03-10] sur toute la Bretagne.",
        "Ils étaient deux cents [samedi|2024-03-09] devant la mairie.",
        "Nous étions trente [samedi|2024-03-09] à la répétition.",
        "J'avais prévenu le syndic [vendredi|2024-03-08].",
        "[Jeudi|2024-03-07], les pompiers sont intervenus à trois reprises.",
        "Un homme interpellé [lundi|2024-03-11] après une course-poursuite.",
        "Le rapport publié [jeudi|2024-03-07] accable la mairie.",
        "Le boulanger, tué [samedi|2024-03-09] par un chauffard, sera inhumé à Dole.",
        "La loi votée [mardi|2024-03-12] entrera en vigueur en [juin|2024-06].",
        "Depuis [vendredi|2024-03-08], les bus ne circulent plus.",
        "La société, qui avait alerté ses clients [jeudi|2024-03-07], attendra un audit.",
        "Le maire a hésité lors de l'annonce [lundi|2024-03-11] du projet.",
        "La visite [mardi|2024-03-12] du ministre a duré [une heure|PT1H].",
        "Selon l'enquête diffusée [dimanche|2024-03-10], la moitié des élus partiraient.",
        "La ministre déclara [vendredi|2024-03-08] que rien ne presse.",
        "Il aurait quitté le pays [samedi|2024-03-09], selon son avocat.",
        "La fuite viendrait du bureau perquisitionné [jeudi|2024-03-07].",
        "Les élèves n'ont été prévenus que [lundi|2024-03-11].",
        "« Je n'ai rien vu [samedi|2024-03-09] », jure le gardien.",
        "Aucun train n'est parti avant [samedi|2024-03-09].",
        "Le tribunal vient d'ordonner [mardi|2024-03-12] la saisie du navire.",
        "Incendie [mardi|2024-03-12] dans un entrepôt de Brive : deux pompiers blessés.",
        "Le bilan de la tempête de [vendredi|2024-03-08] s'alourdit.",
        "A-t-il menti [lundi|2024-03-11] devant la commission ?",
        "La navette aurait dû partir [samedi|2024-03-09].",
        "L'usine a redémarré [mardi matin|2024-03-12TMO].",
        "Le repas des aînés [samedi|2024-03-09] a réuni cent convives.",
        "L'équipe s'était imposée [dimanche|2024-03-10] à Brest.",
        "Le suspect s'est rendu [mardi soir|2024-03-12TEV] au commissariat.",
    ]);
}

#[test]
fn announced() {
    check(&[
        "Le comité se réunira [jeudi|2024-03-14] à Tours.",
        "La ministre doit s'exprimer [lundi|2024-03-18] devant les élus.",
        "La décision est attendue [vendredi|2024-03-15].",
        "Attendue [samedi|2024-03-16] à Brest, la navigatrice a renoncé.",
        "[Ce vendredi|2024-03-15], la gare rouvrira ses guichets.",
        "Le sommet se tiendrait [jeudi|2024-03-14], selon l'entourage du ministre.",
        "Les électeurs votent [dimanche|2024-03-17] dans onze pays.",
        "Le procès s'ouvre [vendredi|2024-03-15] à Douai.",
        "Les députés vont examiner [lundi|2024-03-18] le texte.",
        "Le film sortira [mercredi prochain|2024-03-20].",
        "D'ici [lundi|2024-03-18], la route restera fermée.",
        "La collecte reprendra à partir de [mardi|2024-03-19].",
        "Le marché sera ouvert jusqu'à [samedi|2024-03-16].",
        "Grève à la SNCF : un train sur deux [jeudi|2024-03-14].",
        "Rendez-vous [mardi|2024-03-19] à la salle des fêtes.",
        "Réunion [lundi|2024-03-18] à [20 h|2024-03-18T20:00] au foyer rural.",
        "Second tour [dimanche|2024-03-17] dans quatre communes.",
        "Verdict [lundi|2024-03-18] à Douai.",
        "La séance a été repoussée à [mardi|2024-03-19].",
        "Des visites ont dû être repoussées [vendredi|2024-03-08].",
        "Des visites ont pu être repoussées [lundi|2024-03-11].",
        "Des visites doivent être repoussées [vendredi|2024-03-15].",
        "Des visites ont dû être repoussées à [vendredi|2024-03-15].",
        "Le tribunal a renvoyé l'audience à [lundi|2024-03-18].",
        "Le syndicat appelle à manifester [mardi|2024-03-19].",
        "Le club a promis de répondre [lundi|2024-03-18].",
        "Nous serons [lundi|2024-03-18] à Toulouse.",
        "Je serai [mardi|2024-03-19] à Lyon.",
        "Les cars remplaceront les trains [samedi matin|2024-03-16TMO].",
        "Les élections auraient lieu [dimanche|2024-03-17].",
        "Le jury rendra son avis aux députés [mardi|2024-03-19].",
        "Ils seront entendus par les députés [mardi|2024-03-19].",
        "Les associations prévoient de défiler [samedi|2024-03-16].",
        "Le pont devrait rouvrir [lundi|2024-03-18].",
        "Le maire compte recevoir [mardi|2024-03-19] les commerçants.",
        "On en saura plus [vendredi|2024-03-15].",
        "Que ferez-vous [dimanche|2024-03-17] ?",
        "Les températures devraient rester très élevées [samedi|2024-03-16].",
        "La navette décollera [mardi|2024-03-19], si le vent tombe.",
        "Le ministre est attendu [jeudi matin|2024-03-14TMO] à Calais.",
    ]);
}

#[test]
fn both_in_one_sentence() {
    check(&[
        "Le maire a déclaré [lundi|2024-03-11] que le juge viendrait [jeudi|2024-03-14].",
        "Élu [dimanche|2024-03-10], il prendra ses fonctions [vendredi|2024-03-15].",
        "Les obsèques de l'acteur, mort [samedi|2024-03-09], auront lieu [vendredi|2024-03-15].",
        "La grève, lancée [lundi|2024-03-11], doit s'achever [samedi|2024-03-16].",
        "Le match, interrompu [dimanche|2024-03-10], sera rejoué [mardi|2024-03-19].",
        "La Bourse, qui a perdu 2 % [mardi|2024-03-12], rouvrira [jeudi|2024-03-14].",
        "Interrogé [mardi|2024-03-12], il a promis une réponse pour [vendredi|2024-03-15].",
        "Après une première audience [lundi|2024-03-11], le juge entendra [jeudi|2024-03-14] les témoins.",
        "[Lundi|2024-03-11], elle disait non ; [jeudi|2024-03-14], elle dira oui.",
        "Le texte adopté [mardi|2024-03-12] en commission arrivera [lundi|2024-03-18] dans l'hémicycle.",
    ]);
}

#[test]
fn participles_that_are_over() {
    check(&[
        "Sur l'exercice clos le [30 juin|2023-06-30], le chiffre d'affaires recule.",
        "Son recueil paru en [juin|2023-06] se vend bien.",
        "Le poète, mort le [7 mai|2023-05-07], repose à Sète.",
        "Le salon, ouvert en [juin|2024-06], sera gratuit.",
        // Each gender and number of an irregular participle, « d'abord » between
        // auxiliary and participle, participles with a noun's letters.
        "Un suspect pris [samedi|2024-03-09] à Lens sera jugé.",
        "Une aide promise [samedi|2024-03-09] sera versée.",
        "[Samedi|2024-03-09], le maire a d'abord lu le texte.",
        "Le ministre, arrivé à Nice [samedi|2024-03-09], sera reçu.",
        "Remise des prix [samedi|2024-03-16] à la mairie.",
        // « qu' » ends as a participle does and is none.
        "L'idée est qu'il parte [samedi|2024-03-16].",
    ]);
}

#[test]
fn brackets_and_levels_hide_no_tense() {
    check(&[
        "Un voilier s'est échoué à Audierne (Finistère) [dimanche|2024-03-10].",
        "La mairie (PS) rouvrira [lundi|2024-03-18].",
        "[Dimanche|2024-03-10] (jour de marché), la grue est tombée.",
        "L'homme ([trente ans|P30Y], sans emploi) a été jugé [vendredi|2024-03-08].",
        // What stands in the bracket is of the bracket.
        "Le maire a parlé (réunion [vendredi|2024-03-15]).",
        "La journée est classée orange [vendredi|2024-03-15] et rouge [samedi|2024-03-16].",
        "Le Var est placé en vigilance jaune [jeudi|2024-03-14].",
        "Le Var a été placé en vigilance jaune [jeudi|2024-03-07].",
        "La route est classée noire [dimanche|2024-03-17].",
        "Le quai est fermé [vendredi|2024-03-08].",
        "Il dit avoir reçu [jeudi|2024-03-07] un appel du juge.",
        "Les travaux ont repris comme prévu [jeudi|2024-03-07].",
    ]);
}

#[test]
fn a_weekday_said_twice_does_not_jump() {
    check(&[
        "Le conseil votera [lundi|2024-03-18]. La séance de [lundi|2024-03-18] est publique.",
        "Le conseil a voté [vendredi|2024-03-08]. [Vendredi|2024-03-08], la salle est comble.",
        "Un bébé est mort [vendredi|2024-03-08]. [Vendredi soir|2024-03-08TEV], la nourrice donne l'alerte.",
        "Les plages ouvriront [vendredi|2024-03-15]. Le maire a annoncé un arrêté dès [vendredi|2024-03-15].",
        "Le chiffre a monté depuis [jeudi|2024-03-07]. Il est stable par rapport à [jeudi|2024-03-07].",
        // Both tenses are sure.
        "Le club a joué [samedi|2024-03-09] ; il rejouera [samedi|2024-03-16].",
        "Le juge viendra [lundi|2024-03-18]. Le greffe a écrit [lundi|2024-03-11].",
    ]);
}
