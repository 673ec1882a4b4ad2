//! Which flags of a command line decide what is written.

use clap::{ArgMatches, CommandFactory};
use std::collections::BTreeMap;

/// Flags of `extract` that leave the records as they are: where they go, what
/// becomes of an earlier run, how fast and how loud it is. All others have to be
/// the same when a run is resumed, those of tomorrow too.
const WITHOUT_EFFECT: &[&str] = &[
    "out",
    "force",
    "resume",
    "max_errors",
    "threads",
    "quiet",
    "progress",
    // What it holds is among the flags.
    "config",
    // In the plan by what it amounts to.
    "shard_bytes",
];

/// The other flags with their values, defaults included.
pub fn options(matches: &ArgMatches) -> BTreeMap<String, Vec<String>> {
    let command = super::Cli::command();
    let extract = command.find_subcommand("extract");
    let mut out = BTreeMap::new();
    for id in matches.ids() {
        if WITHOUT_EFFECT.contains(&id.as_str()) {
            continue;
        }
        // Groups have no values of their own.
        let Ok(Some(values)) = matches.try_get_raw(id.as_str()) else {
            continue;
        };
        let argument = extract.and_then(|c| c.get_arguments().find(|a| a.get_id() == id));
        let name = match argument.and_then(|a| a.get_long()) {
            Some(long) => format!("--{long}"),
            None => "INPUT".to_owned(),
        };
        let values = values.map(|v| v.to_string_lossy().into_owned()).collect();
        out.insert(name, values);
    }
    out
}
