//! Which parts of a text are not the article: comments of readers, what the page
//! says around it, keywords, bylines, captions.
//!
//! Found by lines, cautiously: a line is one of these only where its first words, or
//! all of it, are what pages say and articles do not. What a container knows for
//! sure ([`Article::zones`]) comes first.

mod boilerplate;
mod bylines;
mod captions;
mod comments;
mod keywords;
mod lines;
mod related;
mod words;

use crate::{
    article::Article,
    kinds::{Zone, ZoneSpan},
};
use lines::{Line, lines};

/// The zones of an article: those that its container knows, and what is found in
/// the text between them. Sorted, none overlapping.
pub fn of(article: &Article) -> Vec<ZoneSpan> {
    let mut known = article.zones.clone();
    let found = find(&article.text);
    let free = |(found, _): &ZoneSpan| {
        let next = article.zones.partition_point(|(b, _)| b.end <= found.start);
        let next = article.zones.get(next);
        next.is_none_or(|(known, _)| found.end <= known.start)
    };
    known.extend(found.into_iter().filter(free));
    known.sort_by_key(|(bytes, _)| bytes.start);
    known
}

/// The zones of a text, as bytes on character borders, without the blanks around
/// them. Sorted, none overlapping.
pub fn find(text: &str) -> Vec<ZoneSpan> {
    let lines = lines(text);
    let zones = line_zones(&lines);
    let mut out: Vec<ZoneSpan> = Vec::new();
    let mut open = None;
    for (line, zone) in lines.iter().zip(zones) {
        match (zone, out.last_mut()) {
            (Some(zone), Some((bytes, last))) if open == Some(zone) && *last == zone => {
                bytes.end = line.end;
            }
            (Some(zone), _) => out.push((line.start..line.end, zone)),
            (None, _) => out.extend(bylines::tail(line).map(|bytes| (bytes, Zone::Byline))),
        }
        open = zone;
    }
    out
}

/// What each line is.
fn line_zones(lines: &[Line]) -> Vec<Option<Zone>> {
    let mut zones = vec![None; lines.len()];
    let mut i = 0;
    while i < lines.len() {
        let line = &lines[i];
        let keywords = keywords::part(line);
        let links = match keywords {
            // « Sur le même sujet : port, pêche, criée »
            Some(keywords::Part::List) => 0,
            _ => related::block(&lines[i..]).max(boilerplate::menu(&lines[i..])),
        };
        let (zone, len) = if links > 0 {
            (Some(Zone::Boilerplate), links)
        } else if keywords.is_some() {
            let next = || lines.get(i + 1).is_some_and(keywords::is_list);
            let label = keywords == Some(keywords::Part::Label);
            match label && !next() {
                true => (None, 1),
                false => (Some(Zone::Keywords), 1 + usize::from(label)),
            }
        } else {
            (line_zone(line), 1)
        };
        zones[i..i + len].fill(zone);
        i += len;
    }
    settle(lines, &mut zones);
    comments::mark(lines, &mut zones);
    zones
}

/// What depends on the lines around.
fn settle(lines: &[Line], zones: &mut [Option<Zone>]) {
    // « Texte : Inès Faure » and below it « Photos : Marc Olivé ».
    for i in 1..lines.len() {
        if zones[i - 1] == Some(Zone::Byline)
            && !lines[i].apart
            && bylines::is_photographer(&lines[i])
        {
            zones[i] = Some(Zone::Byline);
        }
    }
    // « © Agence France-Presse » behind the last paragraph: whose the text is.
    if let ([.., last], [before @ .., zone]) = (lines, zones)
        && last.apart
        && last.text.starts_with('©')
        && *zone == Some(Zone::Caption)
        && before
            .last()
            .is_some_and(|zone| *zone != Some(Zone::Caption))
    {
        *zone = Some(Zone::Boilerplate);
    }
}

/// What a line is, whatever stands around it.
fn line_zone(line: &Line) -> Option<Zone> {
    if boilerplate::is(line) {
        Some(Zone::Boilerplate)
    } else if bylines::is(line) {
        Some(Zone::Byline)
    } else if captions::is(line) {
        Some(Zone::Caption)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_lines_around_tell() {
        let zone = |text: &str, line: &str| {
            let found = find(text);
            let at = text.find(line).unwrap();
            found.iter().find(|(b, _)| b.contains(&at)).map(|(_, z)| *z)
        };
        let text = "Texte : Inès Faure\nPhotos : Marc Olivé\n\nLa halle ferme.";
        assert_eq!(zone(text, "Photos"), Some(Zone::Byline));
        let text = "La halle ferme.\n\nPhotos : Marc Olivé\n\nElle rouvrira.";
        assert_eq!(zone(text, "Photos"), Some(Zone::Caption));
        let text = "La halle ferme.\n\n© Agence France-Presse";
        assert_eq!(zone(text, "©"), Some(Zone::Boilerplate));
        let text = "© Agence France-Presse\n\nLa halle ferme.";
        assert_eq!(zone(text, "©"), Some(Zone::Caption));
    }

    #[test]
    fn what_the_container_knows_comes_first() {
        let text = "La halle ferme.\nTous droits réservés\nTous droits réservés";
        let mut article = Article::from_text("a", text);
        let second = text.rfind("Tous").unwrap();
        article.zones = vec![(second..text.len(), Zone::Caption)];
        let found: Vec<_> = of(&article)
            .into_iter()
            .map(|(bytes, zone)| (&text[bytes], zone))
            .collect();
        // The detector joins lines of one zone: both are known or neither.
        assert_eq!(found, [("Tous droits réservés", Zone::Caption)]);
    }
}
