//! Blocks with a date of their own: messages, comments, mails, letters, live
//! reports. The publication date is Wednesday 2024-03-13, 10:00.

use crate::dates::cases::check;

#[test]
fn messages_with_a_foot() {
    check(&[
        "Le maire a réagi [mardi|2024-03-12] sur son compte.\nCamille R. @camille_r\nLe pont est fermé depuis [ce matin|2023-11-06TMO].\nIl rouvrira [demain|2023-11-07].\n[16:52|2023-11-06T16:52] · [6 nov. 2023|2023-11-06]\nLe préfet a démenti [hier|2024-03-12].",
        "La gare rouvrira [demain|2023-11-07].\n[9:05 UTC|2023-11-06T09:05] · [6 nov. 2023|2023-11-06] · Dole",
        "« Nous rouvrirons [demain|2024-03-06]. »\n— Ville de Dole (@ville_dole) [5 mars 2024|2024-03-05]\nLa gare est rouverte depuis [lundi|2024-03-11].",
        "Un usager, @lulu_dole, proteste.\nIl a écrit [hier|2024-03-12] au maire.",
        "La piscine était vide [hier|2024-03-09].\n[il y a 3 jours|2024-03-10]\nRépondre\n\nLe maire a répondu [hier|2024-03-12].",
        "Il n'y avait personne [hier|2024-02-27].\n[il y a 2 semaines|2024-02-28] · Répondre",
    ]);
}

#[test]
fn comments_and_mails_with_a_head() {
    check(&[
        "Marie L. a écrit le [10 mars 2024|2024-03-10] à [14:03|2024-03-10T14:03]\nJ'y étais [hier|2024-03-09].\n\nPaul D. a écrit le [11 mars 2024|2024-03-11] à [9 h 12|2024-03-11T09:12]\nMoi j'y serai [demain|2024-03-12].\n\nLe maire viendra [demain|2024-03-14].",
        "Paul, [10 mars 2024|2024-03-10] à [14:03|2024-03-10T14:03] :\nLa place était vide [ce matin|2024-03-10TMO].",
        "Paul · [il y a 2 jours|2024-03-11]\nJ'irai [demain|2024-03-12].",
        "Kader_07 a écrit : [10 mars|2024-03-10] [10:02|2024-03-10T10:02]\nJ'ai taillé le rosier [hier|2024-03-09].",
        "Ysé C. @yse · [20 déc.|2023-12-20]\nOn se retrouve [demain|2023-12-21].",
        "Envoyé : [mardi 5 mars 2024|2024-03-05] [09:15|2024-03-05T09:15]\nLa réunion de [demain|2024-03-06] est annulée.",
        "Le [5 mars 2024|2024-03-05] à [09:15|2024-03-05T09:15], Jean Dupont a écrit :\nJe passe [ce soir|2024-03-05TEV].",
        "Publié le [10 mars 2024|2024-03-10] à [9 h 00|2024-03-10T09:00]\nLe col a fermé [hier|2024-03-09].",
    ]);
}

#[test]
fn letters() {
    check(&[
        "Verdun, le [12 mars 1916|1916-03-12]\nMa chère Louise,\nNous sommes arrivés [hier|1916-03-11] ; on attend [demain|1916-03-13] la relève.\nTon Marcel\nLe musée expose la lettre depuis [hier|2024-03-12].",
        // No letters.
        "Elle est née à Dole, le [12 mars 1990|1990-03-12].\nElle a voté [hier|2024-03-12].",
        "Le feu a pris à Dole, le [10 mars 2024|2024-03-10]\nLes pompiers sont repartis [hier|2024-03-12].",
    ]);
}

#[test]
fn live_reports() {
    check(&[
        "[14h32|2024-03-13T14:32] — Le ministre arrive.\n[14h10|2024-03-13T14:10] — Les manifestants ont été dispersés [il y a une heure|2024-03-13T13:10].",
        "[Mardi 12 mars|2024-03-12], [18 h 05|2024-03-12T18:05]. – Le train parti [hier|2024-03-11] est arrivé [il y a dix minutes|2024-03-12T17:55].",
        "[MERCREDI 6 MARS|2024-03-06]\n[22 h 17|2024-03-06T22:17]. Le juge entre.\n[0 h 40|2024-03-07T00:40]. Le verdict tombe.\n[JEUDI 7 MARS|2024-03-07]\n[9 h|2024-03-07T09:00]. L'avocat parle.",
        "[11 mars 2011|2011-03-11], [14 h 46|2011-03-11T14:46]. La terre tremble.\n[15 h 30|2011-03-11T15:30]. La vague arrive.",
        "[16:40|2024-03-13T16:40] : le CAC perd 1 %.\n[17:35|2024-03-13T17:35] : la séance est close.",
        "L'alerte est donnée dans la [nuit de dimanche à lundi|2024-03-10TNI].\nLes secours sont arrivés à [2 h 10|2024-03-11T02:10].",
    ]);
}

#[test]
fn hours_and_their_days() {
    check(&[
        // The day that an hour touches, before or after it.
        "La loi passa à [3 h 40|1974-11-29T03:40], le [29 novembre 1974|1974-11-29].",
        "Elle recevra le [mardi 19 mars|2024-03-19] de [9 h|2024-03-19T09:00] à [12 h|2024-03-19T12:00] et le [jeudi 21 mars|2024-03-21] de [14 h|2024-03-21T14:00] à [17 h|2024-03-21T17:00].",
        "[Samedi|2024-03-09], l'accord conclu [jeudi|2024-03-07] a été relu. À [8 heures|2024-03-09T08:00], il a été signé.",
        // Told in another paragraph.
        "Le feu a pris [lundi|2024-03-11] à Dole.\nLes pompiers sont intervenus vers [9 h 15|2024-03-11T09:15|APPROX].",
        // Habits and opening hours.
        "Le car part à [7 h 05|T07:05].",
        "Les obsèques auront lieu [jeudi|2024-03-14] à [10 h|2024-03-14T10:00]. Visites de [14 h|T14:00] à [18 h|T18:00].",
        "Vends vélo, 80 euros. Téléphoner après [19 h|T19:00].",
        "Gym douce : [mardi|2024-03-19], [18 h|2024-03-19T18:00].",
        // Midnight is the next day's first moment, but the end of a limit.
        "Il est mort [mardi|2024-03-12] à [minuit|2024-03-13T00:00].",
        "L'offre court jusqu'au [18 mars|2024-03-18], [minuit|2024-03-18T24:00].",
        "L'euro valait 1,09 dollar à [9 heures|2024-03-13T09:00].",
    ]);
}
