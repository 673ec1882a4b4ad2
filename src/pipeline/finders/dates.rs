//! Time expressions, by rules.

use super::{Finder, Found, Seen, Written};
use crate::{
    dates,
    entities::TagError,
    pipeline::stages::Stage,
    record::{self, Kind},
};

/// The rules of dates.
pub static DATES: Finder = Finder {
    stage: Stage::Dates,
    find,
    write,
};

fn find(seen: &Seen, found: &mut Found) -> Result<(), TagError> {
    let amounts = &found.money.money;
    let blocked: Vec<_> = amounts.iter().map(|m| (m.start, m.end)).collect();
    let context = dates::Context {
        published: seen.published,
        blocked: &blocked,
        timezone: seen.settings.timezone.as_ref(),
    };
    found.dates = match seen.explain {
        true => dates::explain(seen.text, &context),
        false => dates::find(seen.text, &context),
    };
    Ok(())
}

fn write(seen: &Seen, found: &mut Found, out: &mut Written) {
    let dates = std::mem::take(&mut found.dates);
    for d in dates.dates {
        let at = (d.start, d.end);
        let Some(span) = out.place(seen, Kind::Date, at, d.rule, || d.steps) else {
            continue;
        };
        out.record.dates.push(record::Date {
            span,
            kind: d.kind,
            value: d.value.map(|v| v.to_string()),
            modifier: d.modifier,
            grain: d.grain,
            from: d.bounds.map(|b| b.from().to_string()),
            to: d.bounds.map(|b| b.to().to_string()),
            anchor: d.anchor,
        });
    }
    out.record.warnings.extend(dates.warnings);
}
