//! Makes the tables of French words into Rust, tells the program which commit it
//! was built from, where git knows, and where libtorch is, where the feature
//! `bert` asks for it; says whether the encoder's weights are there.

#[path = "src/fold.rs"]
mod fold;
#[path = "src/french/generate/mod.rs"]
mod generate;

use std::{path::Path, process::Command};

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    french();
    weights();
    commit();
    libtorch_rpath();
}

/// Says whether the encoder's weights are there to become part of the program.
fn weights() {
    const WEIGHTS: &str = "models/encoder-fr/encoder-fr.glane";
    println!("cargo::rustc-check-cfg=cfg(encoder_weights)");
    if std::env::var_os("CARGO_FEATURE_ENCODER").is_some() && Path::new(WEIGHTS).is_file() {
        println!("cargo::rerun-if-changed={WEIGHTS}");
        println!("cargo::rustc-cfg=encoder_weights");
    }
}

/// Writes `french.rs`, which `src/french/mod.rs` includes.
fn french() {
    const TABLES: &str = "src/french/tables";
    for path in [TABLES, "src/french/generate", "src/fold.rs"] {
        println!("cargo::rerun-if-changed={path}");
    }
    let out = std::env::var("OUT_DIR").unwrap_or_default();
    let written = generate::generate(Path::new(TABLES))
        .map_err(|e| e.to_string())
        .and_then(|source| {
            std::fs::write(Path::new(&out).join("french.rs"), source).map_err(|e| e.to_string())
        });
    if let Err(error) = written {
        // One line with file and row, not a panic with its trace.
        println!("cargo::error={error}");
    }
}

fn commit() {
    let git = |args: &[&str]| -> Option<String> {
        let out = Command::new("git").args(args).output().ok()?;
        let text = String::from_utf8(out.stdout).ok()?;
        (out.status.success() && !text.trim().is_empty()).then(|| text.trim().to_owned())
    };
    // A package from a registry lies in no repository of its own: the commit of
    // one that happens to surround it would be wrong.
    if git(&["rev-parse", "--show-prefix"]).is_some_and(|prefix| !prefix.is_empty()) {
        return;
    }
    let Some(commit) = git(&["rev-parse", "--short=12", "HEAD"]) else {
        return;
    };
    println!("cargo::rustc-env=GLANE_COMMIT={commit}");
    if let Some(log) = git(&["rev-parse", "--git-path", "logs/HEAD"]) {
        println!("cargo::rerun-if-changed={log}");
    }
}

/// With the feature `bert`: programs and tests find libtorch where it was
/// when they were linked, without `LD_LIBRARY_PATH`.
fn libtorch_rpath() {
    // Set by the build script of torch-sys (`links = "tch"`).
    if let Ok(lib) = std::env::var("DEP_TCH_LIBTORCH_LIB") {
        println!("cargo::rustc-link-arg=-Wl,-rpath,{lib}");
    }
}
