//! What a registry gets: the files of the package, its size, and the oldest
//! toolchain that its dependencies allow.

#![allow(clippy::unwrap_used)] // A test that panics has failed, as it should.

use std::{fs, path::Path, process::Command};

/// What crates.io takes at most, in bytes, compressed.
const MOST: usize = 10 << 20;

fn cargo(args: &[&str]) -> String {
    let out = Command::new(env!("CARGO"))
        .args(args)
        .args(["--offline", "--locked"])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .unwrap();
    assert!(
        out.status.success(),
        "help: cargo {args:?} said\n{}",
        String::from_utf8_lossy(&out.stderr)
    );
    String::from_utf8(out.stdout).unwrap()
}

#[test]
fn the_package_fits_and_holds_what_the_program_is_made_of() {
    let list = cargo(&["package", "--list", "--allow-dirty"]);
    let files: Vec<&str> = list.lines().collect();
    for needed in [
        "build.rs",
        "src/lib.rs",
        "src/french/mod.rs",
        "models/compact-fr/compact-fr.glane",
        "models/compact-fr/README.md",
        "seeds/breves.jsonl",
        "LICENSE-MIT",
        "LICENSE-APACHE",
    ] {
        assert!(files.contains(&needed), "{needed} is not in\n{list}");
    }
    for kept_out in ["tests/", "models/compact-fr/corpus/", "models/reference/"] {
        assert!(
            !files.iter().any(|f| f.starts_with(kept_out)),
            "{kept_out} is in\n{list}"
        );
    }
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    for file in files {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(file);
        // Cargo makes some of its own, such as Cargo.toml.orig.
        if let Ok(bytes) = fs::read(path) {
            std::io::Write::write_all(&mut packed, &bytes).unwrap();
        }
    }
    let size = packed.finish().unwrap().len();
    println!("the package has {:.1} MB compressed", size as f64 / 1e6);
    assert!(size < MOST, "{size} bytes compressed");
}

#[test]
fn no_dependency_needs_a_newer_toolchain() {
    let version = |text: &str| -> Vec<u32> { text.split('.').flat_map(str::parse).collect() };
    let ours = version(env!("CARGO_PKG_RUST_VERSION"));
    assert!(ours.len() >= 2, "{ours:?}");
    let metadata = cargo(&["metadata", "--format-version", "1"]);
    let metadata: serde_json::Value = serde_json::from_str(&metadata).unwrap();
    let packages = metadata["packages"].as_array().unwrap();
    assert!(packages.len() > 50, "{} packages", packages.len());
    for package in packages {
        if let Some(needs) = package["rust_version"].as_str() {
            assert!(
                version(needs) <= ours,
                "{} needs Rust {needs}",
                package["name"]
            );
        }
    }
}
