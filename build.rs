//! Build script.

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    libtorch_rpath();
}

/// With the feature `bert`: programs and tests find libtorch where it was
/// when they were linked, without `LD_LIBRARY_PATH`.
fn libtorch_rpath() {
    // Set by the build script of torch-sys (`links = "tch"`).
    if let Ok(lib) = std::env::var("DEP_TCH_LIBTORCH_LIB") {
        println!("cargo::rustc-link-arg=-Wl,-rpath,{lib}");
    }
}
