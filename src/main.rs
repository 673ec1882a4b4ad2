//! Glue: everything happens in the library.

fn main() -> std::process::ExitCode {
    glane::cli::main()
}
