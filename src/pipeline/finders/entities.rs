//! Named entities, by a tagger.

use super::{Finder, Found, Seen, Written};
use crate::{
    entities::{TagError, key, names},
    pipeline::stages::Stage,
    record,
};

/// The tagger of the run.
pub static ENTITIES: Finder = Finder {
    stage: Stage::Entities,
    find,
    write,
};

fn find(seen: &Seen, found: &mut Found) -> Result<(), TagError> {
    found.entities = seen.tagger.tag(seen.text, seen.analysis)?;
    found
        .entities
        .retain(|e| e.score >= seen.settings.min_score);
    names::resolve(seen.text, &mut found.entities);
    Ok(())
}

fn write(seen: &Seen, found: &mut Found, out: &mut Written) {
    let entities = std::mem::take(&mut found.entities);
    out.record.entities = entities
        .into_iter()
        .filter_map(|e| {
            Some(record::Entity {
                span: seen.span(e.start, e.end)?,
                label: e.label,
                score: record::rounded(f64::from(e.score)),
                key: key::key(&e.name, e.label),
                name: e.name,
            })
        })
        .collect();
}
