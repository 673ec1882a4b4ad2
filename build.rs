//! Tells the program which commit it was built from, where git knows, and where
//! libtorch is, where the feature `bert` asks for it.

use std::process::Command;

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    commit();
    libtorch_rpath();
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
