//! The title of a page's article, without the name of the site.

use super::{head::Head, json_ld::Stated};

/// Signs between a title and the name of the site.
const BETWEEN: [&str; 6] = [" | ", " - ", " – ", " — ", " : ", " • "];

/// What the head calls the article, the most telling first.
pub(super) fn told<'h>(head: &'h Head, stated: &'h Stated, site: Option<&str>) -> Vec<&'h str> {
    let bare = |title: &'h str| without_site(title, site);
    let all = [
        stated.headline.as_deref(),
        head.first(&["og:title"]).map(bare),
        head.first(&["twitter:title", "dc.title"]).map(bare),
        head.title.as_deref().map(bare),
    ];
    let all = all.into_iter().flatten();
    all.filter(|title| !title.trim().is_empty()).collect()
}

/// The heading that says what the head says, else what the head says first, else the
/// first heading.
pub(super) fn choose(told: &[&str], headings: &[String]) -> Option<String> {
    let mut seen = headings.iter().map(String::as_str);
    let agreed = seen.find(|h| told.iter().any(|t| alike(h, t)));
    let first = headings.first().map(String::as_str);
    let title = agreed.or(told.first().copied()).or(first)?;
    Some(title.trim().to_owned())
}

/// « Titre - Le Journal », « Titre | Le Journal ».
fn without_site<'t>(title: &'t str, site: Option<&str>) -> &'t str {
    let Some(site) = site else { return title };
    let cut = BETWEEN.iter().find_map(|mark| {
        let (before, last) = title.rsplit_once(mark)?;
        alike(last, site).then_some(before.trim_end())
    });
    cut.unwrap_or(title)
}

/// Bytes of letters that tell a title that was cut short from the name of a site.
const LEAST_CUT: usize = 20;

/// Whether two titles are one, marks and case aside, or one begins with the other, as
/// where a title is cut short for other programs.
pub(super) fn alike(x: &str, y: &str) -> bool {
    let letters = |s| letters_of(s).map(char::len_utf8).sum::<usize>();
    let (mut a, mut b) = (letters_of(x), letters_of(y));
    let mut common = 0;
    loop {
        match (a.next(), b.next()) {
            (None, None) if common > 0 => return true,
            (None, _) | (_, None) if common >= LEAST_CUT => return true,
            (Some(a), Some(b)) if a == b => common += a.len_utf8(),
            _ => break,
        }
    }
    let site_behind = |title: &str, whole: &str| {
        let rest = whole.trim().strip_prefix(title.trim());
        // Behind a colon the title goes on.
        let mut between = BETWEEN.iter().filter(|mark| **mark != " : ");
        rest.is_some_and(|rest| between.any(|mark| rest.starts_with(mark)))
    };
    common > 0
        && match letters(x) < letters(y) {
            true => site_behind(x, y),
            false => site_behind(y, x),
        }
}

fn letters_of(title: &str) -> impl Iterator<Item = char> {
    let letters = title.chars().filter(|c| c.is_alphanumeric());
    letters.flat_map(char::to_lowercase)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_heading_where_the_head_says_the_same() {
        let choose = |told: &[&str], headings: &[&str]| {
            let headings: Vec<_> = headings.iter().map(|h| (*h).to_owned()).collect();
            choose(told, &headings)
        };
        for (told, headings, title) in [
            // A title cut short for other programs.
            (
                &["La halle de Nîmes rouvre…"][..],
                &["La halle de Nîmes rouvre samedi"][..],
                Some("La halle de Nîmes rouvre samedi"),
            ),
            // The name of the site as a heading.
            (
                &["La halle rouvre", "Halle"],
                &["Le Courrier", "La halle rouvre"],
                Some("La halle rouvre"),
            ),
            (
                &["La halle rouvre"],
                &["Le Courrier"],
                Some("La halle rouvre"),
            ),
            (&[], &["La halle rouvre"], Some("La halle rouvre")),
            (&[], &[], None),
        ] {
            assert_eq!(choose(told, headings).as_deref(), title);
        }
    }

    #[test]
    fn the_name_of_the_site_is_no_title() {
        let site = Some("Le Courrier du Val");
        for (given, bare) in [
            ("La halle rouvre - Le Courrier du Val", "La halle rouvre"),
            ("La halle rouvre | LE COURRIER DU VAL", "La halle rouvre"),
            ("Foot : la halle rouvre", "Foot : la halle rouvre"),
            ("Lens - Brest", "Lens - Brest"),
        ] {
            assert_eq!(without_site(given, site), bare);
            assert_eq!(without_site(given, None), given);
        }
    }
}
