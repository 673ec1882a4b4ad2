//! Files that glane does not read, and what to do with them.

use crate::{
    article::{
        formats,
        inputs::{Inputs, Refused},
    },
    cli::summary::count,
};

/// Extensions of files that people have, and what makes articles of them.
const REMEDIES: &[(&[&str], &str)] = &[
    (&["pdf"], "turn it into text first: pdftotext FILE.pdf"),
    (
        &["doc", "docx", "odt", "rtf", "epub", "ppt", "pptx"],
        "turn it into text first: pandoc -t plain, or « save as » text",
    ),
    (&["xls", "xlsx", "ods"], "save the sheet as CSV (UTF-8)"),
    (&["7z", "rar"], "unpack it first, then name the folder"),
    (
        &["bz2", "xz", "lz4", "br"],
        "decompress it first (.gz and .zst are read as they are)",
    ),
    (
        &["feather", "avro", "sqlite", "db"],
        "write its rows as JSON Lines or CSV first",
    ),
    (
        &["jpg", "jpeg", "png", "tif", "tiff"],
        "it is a picture: its text must be recognised first (OCR)",
    ),
];

fn remedy(extension: &str) -> Option<&'static str> {
    let row = REMEDIES
        .iter()
        .find(|(extensions, _)| extensions.contains(&extension));
    row.map(|(_, remedy)| *remedy)
}

/// The files of folders that were left aside, by extension, with what to do
/// about the most frequent; `None` where there are none.
pub fn left_aside(inputs: &Inputs) -> Option<String> {
    if inputs.left_aside == 0 {
        return None;
    }
    let mut kinds: Vec<_> = inputs.extensions.iter().collect();
    kinds.sort_by(|a, b| b.1.cmp(a.1).then(a.0.cmp(b.0)));
    let name = |extension: &str| match extension {
        "" => "without one".to_owned(),
        extension => format!(".{extension}"),
    };
    let shown: Vec<_> = kinds
        .iter()
        .take(4)
        .map(|(extension, n)| format!("{n} {}", name(extension)))
        .collect();
    let what: Vec<_> = kinds
        .iter()
        .filter_map(|(extension, _)| Some(format!("; .{extension}: {}", remedy(extension)?)))
        .take(2)
        .collect();
    Some(format!(
        "left aside: {} with an extension that glane does not read ({}{}){}",
        count(inputs.left_aside as u64, "file"),
        shown.join(", "),
        if kinds.len() > 4 { " …" } else { "" },
        what.concat()
    ))
}

/// Why a file that was named cannot be used, and what to do.
pub fn refused(refused: &Refused) -> String {
    if let Refused::UnknownFormat(path) = refused
        && let Some((_, extension)) = path.rsplit_once('.')
        && let Some(remedy) = remedy(&extension.to_lowercase())
    {
        return format!("{path}: glane does not read .{extension} files: {remedy}");
    }
    if let Refused::Io { path, source } = refused
        && source.kind() == std::io::ErrorKind::NotFound
        && let Some((_, what)) = NOT_A_NAME.iter().find(|(is, _)| is(path))
    {
        return format!("{path}: no such file or folder: {what}");
    }
    refused.to_string()
}

/// Whether what was written is no name of a file, and what it is.
type NotAName = (fn(&str) -> bool, &'static str);

/// What people write where a name belongs.
const NOT_A_NAME: [NotAName; 2] = [
    (
        |path| path.starts_with("http://") || path.starts_with("https://"),
        "glane reads files: fetch the address first, and name what you have saved",
    ),
    (
        |path| path.contains(['*', '?']),
        "a pattern is filled in by the shell, where it fits a file and stands outside quotes; or \
         name the folder",
    ),
];

/// That there is no article to read, and where there would be.
pub fn nothing(inputs: &Inputs) -> String {
    let mut out = "nothing to read".to_owned();
    if inputs.records > 0 && inputs.left_aside == 0 {
        out.push_str(&format!(
            ": {} written by glane, which holds no articles; name those that it was made from",
            count(inputs.records as u64, "file")
        ));
    } else if inputs.refused.is_empty() {
        let extensions: Vec<_> = formats::ALL
            .iter()
            .flat_map(|f| f.extensions)
            .map(|e| format!(".{e}"))
            .collect();
        out.push_str(&format!(
            ": no file that ends in {} (or these with .gz or .zst); --format reads others",
            extensions.join(", ")
        ));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_extension_has_one_remedy_and_is_not_read() {
        let mut seen = Vec::new();
        for (extensions, remedy) in REMEDIES {
            assert!(!remedy.is_empty());
            for extension in *extensions {
                assert!(!seen.contains(extension), "{extension}");
                seen.push(extension);
                let mut read = formats::ALL.iter().flat_map(|f| f.extensions);
                assert!(!read.any(|e| e == extension), "{extension} is read");
            }
        }
    }

    #[test]
    fn what_to_do_is_said() {
        let said = refused(&Refused::UnknownFormat("dossier/Rapport.PDF".into()));
        assert!(said.contains("dossier/Rapport.PDF") && said.contains("pdftotext"));
        let said = refused(&Refused::UnknownFormat("notes.abc".into()));
        assert!(said.contains("--format"));
        let missing = |path: &str| {
            refused(&Refused::Io {
                path: path.to_owned(),
                source: std::io::ErrorKind::NotFound.into(),
            })
        };
        assert!(missing("https://exemple.fr/a").contains("fetch the address first"));
        assert!(missing("dossier/*.txt").contains("filled in by the shell"));
        assert!(!missing("a.txt").contains("shell"));
        let mut inputs = Inputs::default();
        assert_eq!(left_aside(&inputs), None);
        assert!(nothing(&inputs).contains(".jsonl"));
        inputs.records = 2;
        assert!(nothing(&inputs).contains("2 files written by glane"));
        inputs.left_aside = 3;
        inputs.extensions.insert("xyz".into(), 2);
        inputs.extensions.insert("docx".into(), 1);
        let said = left_aside(&inputs).unwrap();
        assert!(said.contains("3 files with an extension"), "{said}");
        assert!(said.contains("(2 .xyz, 1 .docx)") && said.contains("pandoc"));
    }
}
