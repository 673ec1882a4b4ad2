//! Errors of the system, with what can be done about them.

use std::io::{self, ErrorKind};

/// What an error says, and a remedy where there is one.
pub(super) fn told(error: &io::Error) -> String {
    let remedy = match error.kind() {
        ErrorKind::NotFound => "check the name, or where a link leads",
        ErrorKind::PermissionDenied => "let this user read it",
        ErrorKind::IsADirectory => "name the folder itself",
        // Of our own making, with its remedy; or one that needs none.
        _ => return error.to_string(),
    };
    format!("{error}; {remedy}")
}

/// The same, as an error.
pub(super) fn explained(error: io::Error) -> io::Error {
    let kind = error.kind();
    io::Error::new(kind, told(&error))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_can_be_done_is_said() {
        for (kind, remedy) in [
            (ErrorKind::NotFound, "check the name"),
            (ErrorKind::PermissionDenied, "let this user read it"),
        ] {
            let said = told(&kind.into());
            assert!(said.contains(remedy), "{said}");
        }
        let own = io::Error::other("copy it again");
        assert_eq!(told(&own), "copy it again");
        let once = explained(ErrorKind::NotFound.into());
        assert_eq!(once.kind(), ErrorKind::NotFound);
    }
}
