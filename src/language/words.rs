//! Evidence for short texts: small words, endings and letters of French and
//! of the languages it is taken for.

use super::Detected;
use aho_corasick::AhoCorasick;
use std::{collections::HashMap, sync::LazyLock};

/// Languages in the order of the columns below.
const CODES: [&str; 11] = [
    "fra", "eng", "spa", "ita", "por", "cat", "deu", "nld", "ron", "glg", "oci",
];
const FRA: usize = 0;

/// Small words of each language; a word shared by several counts for less.
const WORDS: [&str; 11] = [
    "le la les un une des du de et en à au aux dans par pour sur avec sans sous ce cette ces cet \
     son sa ses leur leurs notre votre nos vos mon ma mes qui que quoi dont où est sont était \
     étaient être a ont avait été il elle ils elles on nous vous je tu ne pas plus mais ou donc \
     car ni si comme tout tous toute toutes très aussi même après avant entre selon contre depuis \
     chez vers fait faire peut doit va lors ainsi alors encore déjà deux trois ans année années \
     millions milliards euros jour jours hier aujourd hui c j qu n s l d m jusqu lorsqu quand \
     premier première nouveau nouvelle pays deux lundi mardi mercredi jeudi vendredi samedi \
     dimanche moins face suite fin mort avoir sera seront serait cela ça leur autre autres \
     plusieurs chaque quelques y se lui eux parmi dès grâce malgré rien jamais beaucoup peu",
    "the of and to in a is that for it was on are as with his they at be this have from or had by \
     but not what all were we when your can said there an which she do how their if will up other \
     about out many then them these so some her would him has more been who than its into no new \
     after over also just my me you he i say says could first people year years t s",
    "el la los las un una de del y en a al por para con sin su sus que se es son era fue ser ha \
     han no más pero como este esta estos estas lo le les o si muy también entre hasta desde \
     cuando donde sobre todo todos años año según contra e nos ya porque sido ante hay dos está \
     tiene día uno otro otra bajo eso ese esa mi",
    "il lo la i gli le un una uno di del della dei delle dello degli e ed in a al alla ai alle da \
     dal dalla dai per con su sul sulla che non è sono era essere ha hanno più ma come questo \
     questa anche nel nella nei nelle si se suo sua loro o tra fra dopo anni ogni stato stata ho \
     cui chi quando due anno l d dell nell all dall sull c dall così già molto tutti tutto dove",
    "o a os as um uma de do da dos das e em no na nos nas por pelo pela para com sem seu sua que \
     se é são foi era ser há não mais mas como este esta isso também até entre quando sobre já ao \
     à às muito anos ano seus suas pelos pelas dois ele ela eles tem foram está disse depois ou \
     você uns umas num numa",
    "el la els les un una de del dels i en a al als per amb sense seu seva que es és són era va \
     ser ha han no més però com aquest aquesta també entre fins des quan on sobre tot anys any \
     segons molt ho hi seus seves aquests dos l d s n pel pels ja està qui o van fer si dels una \
     on hem m he nosaltres estat sigui seva fou dins sota mentre perquè abans després així nou \
     nova dia dies part tres gran ara cada tots totes altres altra algun cap fet poden pot havia \
     aquestes ens us els hi es vaig molts encara quals qual essent sobretot durant ni",
    "der die das und in den von zu mit ist des im für nicht ein eine auf dem sich auch als an es \
     werden aus er hat dass sie nach wird bei einer um am sind noch wie einem über einen so zum \
     war haben nur oder aber vor zur bis mehr durch gegen unter sein seine ihr ihre wurde jahr \
     jahre jahren kann wir ich vom beim gibt",
    "de het een en van in te dat is op voor met zijn niet aan er om ook als maar door worden bij \
     uit naar nog heeft hebben ze hij wordt dan deze over tot meer was zich geen onder werd kan \
     jaar die dit of ik je we hun haar ons tegen na al zou veel waar",
    "și în de la cu pe din că este sunt un o nu mai care a au fost pentru prin se ale al ai lui \
     sau dar ca după între acest această ani să și şi fi lor cel cea cele unui unei nici când \
     către doar dintre fără sa său îi îl am iar va vor",
    "o a os as un unha de do da dos das e en no na nos nas por polo pola para con sen seu súa que \
     se é son foi era ser hai non máis pero como este esta tamén ata entre cando sobre xa ao aos \
     á ás moi anos ano seus súas dous ten está foron onde unhas uns porque cun cunha dun dunha \
     nun nunha",
    "lo la los las un una de del dels e en a al als per amb sens son sa que es èra foguèt pas mai \
     mas coma aqueste aquesta tanben entre dusca quand sus tot ans segon lor qu d l s n pel pels \
     dins aquò es an fa ont mès jos nòstre vòstre",
];

/// Endings of words (of four letters or more) and the languages they speak
/// for.
const ENDINGS: &[(&str, &str)] = &[
    ("ement", "fra"),
    ("eux", "fra"),
    ("aux", "fra"),
    ("eau", "fra"),
    ("eaux", "fra"),
    ("oire", "fra"),
    ("aire", "fra"),
    ("ires", "fra"),
    ("ique", "fra"),
    ("iques", "fra"),
    ("eur", "fra"),
    ("eurs", "fra"),
    ("euse", "fra"),
    ("elle", "fra ita"),
    ("elles", "fra"),
    ("ette", "fra ita"),
    ("ité", "fra"),
    ("ités", "fra"),
    ("ée", "fra"),
    ("ées", "fra"),
    ("és", "fra cat"),
    ("é", "fra"),
    ("ait", "fra"),
    ("aient", "fra"),
    ("ent", "fra eng cat"),
    ("ant", "fra eng cat"),
    ("at", "cat"),
    ("ats", "cat"),
    ("ades", "cat"),
    ("itat", "cat"),
    ("ar", "spa por cat"),
    ("ir", "fra spa por cat"),
    ("ès", "fra cat"),
    ("ns", "fra cat"),
    ("esa", "cat ita"),
    ("ic", "cat"),
    ("or", "spa por cat eng"),
    ("an", "spa cat deu nld"),
    ("ts", "fra cat eng"),
    ("e", "fra ita por eng deu ron spa"),
    ("tion", "fra eng deu"),
    ("tions", "fra eng"),
    ("ssion", "fra eng"),
    ("ssions", "fra eng"),
    ("ance", "fra eng"),
    ("ence", "fra eng"),
    ("ois", "fra"),
    ("aise", "fra"),
    ("ais", "fra por"),
    ("ienne", "fra"),
    ("ien", "fra deu"),
    ("iens", "fra"),
    ("age", "fra eng"),
    ("ages", "fra eng"),
    ("ure", "fra eng ita"),
    ("ures", "fra eng"),
    ("ière", "fra"),
    ("ier", "fra deu"),
    ("iers", "fra"),
    ("oir", "fra"),
    ("ise", "fra eng"),
    ("ble", "fra eng spa"),
    ("gue", "fra eng spa"),
    ("lle", "fra ita deu"),
    ("nne", "fra"),
    ("tte", "fra deu"),
    ("sse", "fra"),
    ("re", "fra ita eng"),
    ("es", "fra spa por cat glg eng"),
    ("ez", "fra"),
    ("ing", "eng"),
    ("ed", "eng"),
    ("ly", "eng"),
    ("th", "eng"),
    ("ght", "eng"),
    ("ck", "eng deu"),
    ("ción", "spa glg"),
    ("ciones", "spa"),
    ("dad", "spa"),
    ("ado", "spa por glg"),
    ("ada", "spa por glg cat"),
    ("ó", "spa cat glg"),
    ("zione", "ita"),
    ("zioni", "ita"),
    ("tà", "ita"),
    ("ato", "ita"),
    ("ata", "ita"),
    ("ati", "ita ron"),
    ("ção", "por"),
    ("ções", "por"),
    ("dade", "por glg"),
    ("ou", "por glg"),
    ("ció", "cat"),
    ("cions", "cat"),
    ("tat", "cat"),
    ("ment", "fra cat"),
    ("ung", "deu"),
    ("en", "deu nld cat spa"),
    ("er", "fra eng deu nld cat"),
    ("lich", "deu"),
    ("heid", "nld"),
    ("lijk", "nld"),
    ("ul", "ron"),
    ("ii", "ron"),
    ("ului", "ron"),
    ("lor", "ron"),
    ("ția", "ron"),
    ("o", "spa ita por glg"),
    ("os", "spa por glg oci"),
    ("as", "spa por glg oci"),
    ("a", "spa ita por cat glg ron oci"),
    ("i", "ita ron"),
];

/// Letters and letter groups and the languages they speak for.
const LETTERS: &[(&str, &str)] = &[
    ("œ", "fra"),
    ("ê", "fra por"),
    ("û", "fra"),
    ("ù", "fra ita"),
    ("ô", "fra por"),
    ("î", "fra ron"),
    ("ë", "fra nld"),
    ("è", "fra ita cat oci"),
    ("é", "fra spa por cat glg"),
    ("ç", "fra por cat"),
    ("ñ", "spa glg"),
    ("í", "spa por cat glg"),
    ("ú", "spa por cat glg"),
    ("á", "spa por glg"),
    ("ó", "spa por cat glg"),
    ("ò", "cat ita oci"),
    ("ã", "por"),
    ("õ", "por"),
    ("ä", "deu"),
    ("ö", "deu"),
    ("ü", "deu"),
    ("ß", "deu"),
    ("ă", "ron"),
    ("ș", "ron"),
    ("ț", "ron"),
    ("ş", "ron"),
    ("ţ", "ron"),
    ("sch", "deu nld"),
    ("ij", "nld"),
    ("aa", "nld"),
    ("oo", "eng nld"),
    ("ee", "eng nld"),
    ("th", "eng"),
    ("sh", "eng"),
    ("wh", "eng"),
    ("w", "eng deu nld"),
    ("k", "eng deu nld"),
    ("gh", "eng ita"),
    ("zz", "ita"),
    ("nh", "por oci"),
    ("lh", "por oci"),
    ("ny", "cat"),
    ("tx", "cat"),
    ("ll", "fra spa ita cat glg eng"),
    ("x", "fra glg eng cat"),
    ("oi", "fra"),
    ("eu", "fra cat por glg"),
    ("ou", "fra eng por glg"),
    ("ai", "fra cat por ita"),
    ("ix", "cat"),
    ("tg", "cat"),
    ("tz", "cat deu"),
    ("ï", "fra cat"),
    ("eau", "fra"),
    ("oû", "fra"),
    ("gn", "fra ita"),
    ("qu", "fra spa por cat"),
];

/// In a French archive a dropped article costs more than a kept one.
const FRENCH_PRIOR: f64 = 1.08;
const WORD_WEIGHT: f64 = 1.0;
const ENDING_WEIGHT: f64 = 0.45;
const LETTER_WEIGHT: f64 = 0.25;
/// Times that one letter group counts: a name repeated is no more evidence.
const MOST_SEEN: u8 = 3;

/// Columns that a list of codes names, as bits.
fn columns(codes: &str) -> u16 {
    codes
        .split(' ')
        .filter_map(|c| CODES.iter().position(|k| *k == c))
        .fold(0, |bits, i| bits | 1 << i)
}

/// The tables above, keyed and with their columns as bits.
struct Tables {
    words: HashMap<&'static str, u16>,
    /// By their last byte, longest first.
    endings: Vec<Vec<(&'static str, u16)>>,
    /// `None` never happens: the table above is fixed and small.
    groups: Option<AhoCorasick>,
    letters: Vec<u16>,
}

static TABLES: LazyLock<Tables> = LazyLock::new(|| {
    let mut words = HashMap::new();
    for (i, list) in WORDS.iter().enumerate() {
        for word in list.split_whitespace() {
            *words.entry(word).or_insert(0) |= 1 << i;
        }
    }
    let mut endings = vec![Vec::new(); 256];
    for (ending, codes) in ENDINGS {
        if let Some(last) = ending.bytes().last() {
            endings[usize::from(last)].push((*ending, columns(codes)));
        }
    }
    for group in &mut endings {
        group.sort_by_key(|(e, _)| std::cmp::Reverse(e.len()));
    }
    Tables {
        words,
        endings,
        groups: AhoCorasick::new(LETTERS.iter().map(|(group, _)| group)).ok(),
        letters: LETTERS.iter().map(|(_, c)| columns(c)).collect(),
    }
});

fn add(scores: &mut [f64; 11], columns: u16, weight: f64) {
    let share = weight / f64::from(columns.count_ones());
    for (i, score) in scores.iter_mut().enumerate() {
        if columns & (1 << i) != 0 {
            *score += share;
        }
    }
}

/// Judges a text by its small words, endings and letters.
pub(super) fn detect(text: &str) -> Detected {
    let mut scores = [0f64; 11];
    let tables = &*TABLES;
    // Names speak the language of their bearer: of words in capitals only the
    // small ones count (« The », « LE »).
    let mut lower = String::with_capacity(text.len());
    for word in text.split(|c: char| !c.is_alphabetic()) {
        let Some(first) = word.chars().next() else {
            continue;
        };
        let from = lower.len();
        lower.extend(word.chars().flat_map(char::to_lowercase));
        if let Some(&columns) = tables.words.get(&lower[from..]) {
            add(&mut scores, columns, WORD_WEIGHT);
        } else if first.is_uppercase() {
            lower.truncate(from);
            continue;
        } else if lower.len() - from >= 4 {
            let word = &lower[from..];
            let longest = word.bytes().last().and_then(|last| {
                let group = &tables.endings[usize::from(last)];
                group.iter().find(|(e, _)| word.ends_with(e))
            });
            if let Some((_, columns)) = longest {
                add(&mut scores, *columns, ENDING_WEIGHT);
            }
        }
        lower.push(' ');
    }
    let mut seen = [0u8; LETTERS.len()];
    for found in tables
        .groups
        .iter()
        .flat_map(|g| g.find_overlapping_iter(&lower))
    {
        let i = found.pattern().as_usize();
        if seen[i] < MOST_SEEN {
            seen[i] += 1;
            add(&mut scores, tables.letters[i], LETTER_WEIGHT);
        }
    }
    scores[FRA] *= FRENCH_PRIOR;
    let mut best = FRA;
    for (i, score) in scores.iter().enumerate() {
        if *score > scores[best] {
            best = i;
        }
    }
    let total: f64 = scores.iter().sum();
    if total == 0.0 {
        return match super::trigrams(text) {
            // Another script speaks for itself.
            found if !text.chars().any(|c| c.is_ascii_alphabetic()) => found,
            _ => Detected::UNKNOWN,
        };
    }
    Detected {
        code: Some(CODES[best]),
        confidence: Some(scores[best] / total),
    }
}
