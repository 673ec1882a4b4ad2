//! scripts/libtorch.sh on folders that are whole, damaged, of another version,
//! or something else; nothing is fetched here.

#![allow(clippy::unwrap_used)] // A test fails by panicking.
#![cfg(unix)]

use std::{
    fs,
    path::Path,
    process::{Command, Output},
};

fn script(dir: &Path, args: &[&str]) -> Output {
    Command::new("sh")
        .arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("scripts/libtorch.sh"))
        .arg(dir)
        .args(args)
        .output()
        .unwrap()
}

/// A folder as the script leaves it, with one small library.
fn made(version: &str) -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    fs::create_dir(dir.path().join("lib")).unwrap();
    fs::write(dir.path().join("lib/libc10.so"), "abc").unwrap();
    fs::write(dir.path().join("build-version"), version).unwrap();
    // SHA-256 of "abc", FIPS 180-4.
    let sum = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
    fs::write(
        dir.path().join("SHA256SUMS"),
        format!("{sum}  lib/libc10.so\n"),
    )
    .unwrap();
    dir
}

fn says(output: &Output, code: i32, words: &str) {
    let text = String::from_utf8_lossy(&output.stdout).into_owned()
        + &String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(code), "{text}");
    assert!(text.contains(words), "{text}");
}

#[test]
fn a_whole_folder_is_left_alone() {
    let dir = made("2.4.0+cpu\n");
    says(&script(dir.path(), &["--check"]), 0, "is whole");
    says(&script(dir.path(), &[]), 0, "nothing to do");
    let library = dir.path().join("lib/libc10.so");
    assert_eq!(fs::read_to_string(library).unwrap(), "abc");
}

#[test]
fn another_version_and_damage_are_told() {
    let dir = made("2.1.0");
    says(
        &script(dir.path(), &["--check"]),
        1,
        "holds libtorch 2.1.0, rust-bert needs 2.4.0",
    );
    let dir = made("2.4.0");
    fs::write(dir.path().join("lib/libc10.so"), "abd").unwrap();
    says(&script(dir.path(), &["--check"]), 1, "damaged");
    fs::remove_file(dir.path().join("SHA256SUMS")).unwrap();
    says(
        &script(dir.path(), &["--check"]),
        1,
        "not made by this script",
    );
    says(
        &script(&dir.path().join("none"), &["--check"]),
        1,
        "does not exist",
    );
}

#[test]
fn what_is_something_else_is_never_overwritten() {
    let dir = tempfile::tempdir().unwrap();
    fs::write(dir.path().join("photo.jpg"), "mine").unwrap();
    says(&script(dir.path(), &[]), 1, "name another folder");
    assert_eq!(
        fs::read_to_string(dir.path().join("photo.jpg")).unwrap(),
        "mine"
    );
}

#[test]
fn odd_arguments() {
    says(&script(Path::new("--check"), &[]), 2, "libtorch.sh DIR");
    let dir = tempfile::tempdir().unwrap();
    says(&script(dir.path(), &["--nonsense"]), 2, "libtorch.sh DIR");
}
