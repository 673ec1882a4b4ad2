use super::*;
use std::{collections::BTreeMap, fs, path::Path};

fn code(text: &str) -> Option<&'static str> {
    detect(text).code
}

#[test]
fn short_lines() {
    for (text, expected) in [
        ("Le conseil municipal vote son budget", "fra"),
        ("Grève des éboueurs : la mairie cède", "fra"),
        ("Un mort dans un accident de la route", "fra"),
        ("Séisme au Japon", "fra"),
        ("City council votes on its budget", "eng"),
        ("The mayor said he would not resign", "eng"),
        ("El ayuntamiento aprueba el presupuesto", "spa"),
        ("Il consiglio comunale approva il bilancio", "ita"),
        ("A câmara municipal aprovou o orçamento", "por"),
        (
            "El consell municipal aprova el pressupost amb més vots",
            "cat",
        ),
        ("Der Stadtrat verabschiedet den Haushalt", "deu"),
    ] {
        assert_eq!(code(text), Some(expected), "{text}");
    }
}

#[test]
fn nothing_to_go_by() {
    for text in ["", "   ", "2024", "12 345 — 67 %"] {
        assert_eq!(detect(text), Detected::UNKNOWN, "{text:?}");
    }
}

#[test]
fn a_few_words_prove_no_other_language() {
    for text in [
        "ASSE-OL : 0-2",
        "PS, PCF, EELV : non",
        "Lens : Haise out",
        "bravo",
        "Budget : no comment",
        "Nice : un an",
    ] {
        let found = code(text);
        assert!(matches!(found, None | Some("fra")), "{text}: {found:?}");
    }
    // Two small words, or a whole line, do.
    assert_eq!(code("this is the end"), Some("eng"));
    assert_eq!(code("The mayor will not resign"), Some("eng"));
    assert_eq!(code("de la mano con el"), Some("spa"));
}

#[test]
fn another_script() {
    assert_eq!(code("Совет города принял бюджет"), Some("rus"));
    assert_eq!(code(&"Совет города принял бюджет. ".repeat(9)), Some("rus"));
}

#[test]
fn a_french_article_may_quote_english_at_length() {
    let french = "La directrice de l'usine a répondu aux élus, qui demandaient des comptes sur les \
                  licenciements annoncés au printemps par la maison mère. ";
    let english = "\"We have listened to the concerns of the community and we believe that the \
                   plan is the right one for the company and for the people who work there.\" ";
    let text = format!("{french}{english}{english}{french}{english}");
    assert_eq!(code(&text), Some("fra"));
    assert_eq!(code(&english.repeat(8)), Some("eng"));
}

#[test]
fn excerpts_lie_on_character_borders() {
    for n in [0, 1, 23, 24, 25, 99, 400, 9000] {
        let text = "é€".repeat(n);
        for (count, len) in [(1, 70), FEW, MANY] {
            let cut = excerpts(&text, count, len);
            assert_eq!(cut.len(), count);
            assert!(cut.iter().all(|e| e.len() <= len + 3));
            assert!(text.ends_with(cut[count - 1]) || count == 1);
        }
    }
}

#[test]
fn occitan_lines_are_not_french() {
    let lines = [
        "Lo conselh municipal a votat lo budgèt de la comuna dimècres passat.",
        "La dròlla es tornada a l'ostal amb sa maire e son fraire.",
        "Los vinhairons an vendemiat mai d'ora aqueste an que l'an passat.",
        "Qualques estudiants parlan encara la lenga dels grands dins los vilatges.",
        "La fèsta se debanarà sus la plaça, davant la glèisa, a partir de sèt oras.",
        "Cal que los joves de la val posquen trobar de trabalh sens partir.",
    ];
    let french = lines.iter().filter(|l| code(l) == Some("fra")).count();
    assert!(
        french <= 1,
        "help: {french} of {} taken for French",
        lines.len()
    );
}

/// Prints the tables of `docs/LANGUAGE.md`; see there for the command.
#[test]
#[ignore = "prints a table from ../shared/data/lid"]
fn measure() {
    let dir = Path::new("../shared/data/lid");
    let Ok(listing) = fs::read_dir(dir) else {
        println!("no ../shared/data/lid: nothing measured");
        return;
    };
    let mut files: Vec<_> = listing.flatten().map(|e| e.path()).collect();
    files.sort();
    let lines: BTreeMap<String, Vec<String>> = files
        .iter()
        .map(|p| {
            let name = p.file_stem().unwrap().to_string_lossy().into_owned();
            let text = fs::read_to_string(p).unwrap();
            (name, text.lines().map(str::to_owned).collect())
        })
        .collect();
    // Slices begin at a word, at 20, 40, 60 characters and so on.
    let slice = |line: &str, n: usize| -> Option<String> {
        let words: Vec<&str> = line.split(' ').collect();
        let mut out = String::new();
        for w in words {
            if !out.is_empty() {
                out.push(' ');
            }
            out.push_str(w);
            if out.chars().count() >= n {
                return Some(out);
            }
        }
        None
    };
    type Judge = fn(&str) -> Option<&'static str>;
    let judges: [(&str, Judge); 3] = [
        ("whatlang", |t| whatlang::detect(t).map(|i| i.lang().code())),
        ("whatlang, 9 languages", |t| trigrams(t).code),
        ("glane", |t| detect(t).code),
    ];
    println!(
        "| judge | taken for French | {} |",
        lines.keys().cloned().collect::<Vec<_>>().join(" | ")
    );
    for (name, judge) in judges {
        for n in [20, 30, 40, 60, 100, 0, 1000] {
            let mut row = Vec::new();
            for texts in lines.values() {
                let cut: Vec<String> = match n {
                    0 => texts.clone(),
                    1000 => texts.chunks(8).map(|c| c.join("\n")).collect(),
                    _ => texts.iter().filter_map(|l| slice(l, n)).collect(),
                };
                let french = cut.iter().filter(|t| judge(t) == Some("fra")).count();
                row.push(format!("{:.1} %", 100.0 * french as f64 / cut.len() as f64));
            }
            let what = match n {
                0 => "whole lines".to_owned(),
                1000 => "eight lines".to_owned(),
                _ => format!("{n} characters"),
            };
            println!("| {name} | {what} | {} |", row.join(" | "));
        }
    }
    // French articles that quote: of eight lines, some are in English.
    let (fra, eng) = (&lines["fra"], &lines["eng-GB"]);
    for english in [2, 4, 5, 6, 7] {
        let texts: Vec<String> = (0..fra.len() / 8)
            .map(|i| {
                let at = |j: usize| i * 8 + j;
                (0..8)
                    // Spread over the article: 3 is prime to 8.
                    .map(|j| {
                        if j * 3 % 8 < english {
                            &eng[at(j)]
                        } else {
                            &fra[at(j)]
                        }
                    })
                    .cloned()
                    .collect::<Vec<_>>()
                    .join("\n")
            })
            .collect();
        for (name, judge) in judges {
            let french = texts.iter().filter(|t| judge(t) == Some("fra")).count();
            let share = 100.0 * french as f64 / texts.len() as f64;
            println!("| {name} | {english} of 8 lines English | {share:.1} % French |");
        }
    }
    // Speed: the same French text as articles of different lengths.
    let all = lines["fra"].join("\n");
    for (name, judge) in judges {
        for kb in [1, 4, 16] {
            let texts = excerpts(&all, 200, kb * 1024);
            let _ = judge(texts[0]); // Builds what is built once.
            let start = std::time::Instant::now();
            let hits = texts.iter().filter(|t| judge(t) == Some("fra")).count();
            let each = start.elapsed().as_secs_f64() / texts.len() as f64;
            println!(
                "{name}: {kb} KB articles: {:.0} µs each, {:.0} MB/s ({hits} of {} French)",
                each * 1e6,
                kb as f64 * 1024.0 / each / 1e6,
                texts.len()
            );
        }
    }
}

#[test]
fn accents_apart_are_accents() {
    let text = "L’été dernier, le préfet a été reçu à l’hôtel de ville.";
    let mut apart = String::new();
    for c in text.chars() {
        match c {
            'é' => apart.push_str("e\u{301}"),
            'ç' => apart.push_str("c\u{327}"),
            'ô' => apart.push_str("o\u{302}"),
            'à' => apart.push_str("a\u{300}"),
            c => apart.push(c),
        }
    }
    assert_eq!(super::detect(&apart), super::detect(text));
}
