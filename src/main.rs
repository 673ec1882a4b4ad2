//! Glue: everything happens in the library.

fn main() -> std::process::ExitCode {
    glane::cli::main()
}

/// What has to be seen before the runtime starts: it opens `/dev/null` in place of a
/// standard stream that is closed, so that `glane extract … -o - >&-` would write
/// nothing and call that success.
#[cfg(target_os = "linux")]
#[allow(unsafe_code)] // No other place is early enough.
mod before {
    use std::{fs, io::ErrorKind};

    // SAFETY: the loader calls the functions of this section, whose entries are
    // pointers to functions of the C convention, once before `main`. This one makes
    // two system calls and stores a flag; it needs nothing of the runtime and cannot
    // unwind.
    #[used]
    #[unsafe(link_section = ".init_array")]
    static LOOK: extern "C" fn() = look;

    extern "C" fn look() {
        // Without /proc nothing is known, and nothing claimed.
        let closed = fs::symlink_metadata("/proc/self/fd").is_ok()
            && fs::symlink_metadata("/proc/self/fd/1")
                .is_err_and(|e| e.kind() == ErrorKind::NotFound);
        if closed {
            glane::cli::stdout_is_closed();
        }
    }
}
