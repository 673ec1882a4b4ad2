//! The way to each tool and back.

use super::*;
use crate::eval::gold::{Doc, GoldSpan};
use proptest::prelude::*;
use std::fs;

/// Writes what a tool gets, and reads it as what the tool gives.
fn back(tool: &Tool, tasks: &[Task]) -> Result<Vec<Task>, ExchangeError> {
    let dir = tempfile::tempdir().unwrap();
    let place = dir.path().join("export");
    let files = (tool.write)(tasks);
    if tool.extension.is_none() {
        fs::create_dir(&place).unwrap();
    }
    for (name, bytes) in files {
        let path = if name.is_empty() {
            place.clone()
        } else {
            place.join(name)
        };
        fs::write(path, bytes).unwrap();
    }
    (tool.read)(&place)
}

fn task(id: &str, text: &str, marks: &[(&str, &str, &str)]) -> Task {
    let spans = marks.iter().map(|(part, tag, attrs)| {
        let start = text.find(part).unwrap();
        GoldSpan {
            start,
            end: start + part.len(),
            tag: (*tag).to_owned(),
            attrs: crate::eval::markup::read_attributes(attrs).unwrap(),
        }
    });
    let doc = Doc {
        id: id.to_owned(),
        index: 0,
        published: "2024-05-04".parse().ok(),
        text: text.to_owned(),
        spans: spans.collect(),
    };
    let scores = doc.spans.iter().map(|s| s.attrs.is_empty().then_some(0.75));
    Task {
        scores: scores.collect(),
        doc,
        checked: false,
    }
}

fn sample() -> Task {
    task(
        "dossier/essai 1",
        "Le 😀 de Jean\nMorvan\nIl a payé 3 euros hier.",
        &[
            ("Jean\nMorvan", "PER", ""),
            ("3 euros", "MONEY", "a=\"3\" c=\"EUR\""),
            ("hier", "DATE", "v=\"2024-05-03\""),
        ],
    )
}

#[test]
fn each_tool_has_its_own_name_and_is_found_by_it() {
    for tool in ALL {
        assert!(std::ptr::eq(Tool::named(tool.name).unwrap(), *tool));
    }
    assert!(Tool::named("excel").is_none());
}

#[test]
fn offsets_are_in_the_unit_of_the_tool() {
    // « Le 😀 de » has 8 characters with the space behind it, 9 for a browser.
    for (tool, unit, start) in [
        ("label-studio", Unit::CodePoints, "\"start\": 8"),
        ("prodigy", Unit::CodePoints, "\"start\":8"),
        ("doccano", Unit::Utf16, "[9,20,\"PER\"]"),
        (
            "brat",
            Unit::CodePoints,
            "T1\tPER 8 12;13 19\tJean Morvan\n",
        ),
    ] {
        let tool = Tool::named(tool).unwrap();
        assert_eq!(tool.unit, unit);
        let files = (tool.write)(&[sample()]);
        let all: String = files
            .iter()
            .map(|(_, bytes)| String::from_utf8_lossy(bytes))
            .collect();
        assert!(all.contains(start), "{}: {all}", tool.name);
    }
}

#[test]
fn tokens_of_prodigy_cover_the_text_and_agree_with_the_spans() {
    let files = (prodigy::PRODIGY.write)(&[sample()]);
    let object: serde_json::Value = serde_json::from_slice(&files[0].1).unwrap();
    let tokens = object["tokens"].as_array().unwrap();
    let text: String = tokens
        .iter()
        .map(|t| {
            let space = if t["ws"].as_bool().unwrap() { " " } else { "" };
            format!("{}{space}", t["text"].as_str().unwrap())
        })
        .collect();
    assert_eq!(text, sample().doc.text);
    for span in object["spans"].as_array().unwrap() {
        let of = |key: &str| &tokens[usize::try_from(span[key].as_u64().unwrap()).unwrap()];
        assert_eq!(of("token_start")["start"], span["start"]);
        assert_eq!(of("token_end")["end"], span["end"]);
    }
}

#[test]
fn what_a_person_did_is_taken() {
    let dir = tempfile::tempdir().unwrap();
    let read = |tool: &str, text: &str| {
        let path = dir.path().join(tool);
        fs::write(&path, text).unwrap();
        let read = (Tool::named(tool).unwrap().read)(&path);
        read.map_err(|e| e.to_string())
    };
    // Cancelled annotations do not count; the last of the others does.
    let label = |start, end, label: &str, text: &str| {
        serde_json::json!({"id": "x", "type": "labels", "from_name": "label", "to_name": "text",
            "value": {"start": start, "end": end, "text": text, "labels": [label]}})
    };
    let tasks = serde_json::json!([
        {"id": 7, "data": {"text": "😀 Anne à Metz", "id": "a"},
         "annotations": [
            {"result": [label(2, 6, "LOC", "Anne")]},
            {"result": [label(3, 7, "PER", "Anne")]},
            {"was_cancelled": true, "result": []}],
         "predictions": [{"result": []}]},
        {"id": 8, "data": {"text": "Rien", "id": "b"}, "annotations": []}
    ]);
    let tasks = read("label-studio", &tasks.to_string()).unwrap();
    let span = &tasks[0].doc.spans[0];
    // By its text the region counts UTF-16 code units.
    assert_eq!(&tasks[0].doc.text[span.start..span.end], "Anne");
    assert_eq!(span.tag, "PER");
    assert_eq!((tasks[0].checked, tasks[1].checked), (true, false));

    let lines = "{\"text\":\"Anne\",\"spans\":[{\"start\":0,\"end\":4,\"label\":\"PER\"}],\"answer\":\"accept\"}\n\
                 {\"text\":\"Metz\",\"spans\":[],\"answer\":\"reject\"}\n";
    let tasks = read("prodigy", lines).unwrap();
    assert_eq!((tasks[0].checked, tasks[1].checked), (true, false));
    assert_eq!(tasks[0].doc.spans[0].end, 4);

    let lines = "{\"id\":3,\"text\":\"Anne\",\"entities\":[{\"id\":1,\"label\":\"PER\",\"start_offset\":0,\"end_offset\":4}],\"relations\":[]}\n";
    let tasks = read("doccano", lines).unwrap();
    assert_eq!(
        (tasks[0].doc.id.as_str(), tasks[0].doc.spans[0].end),
        ("3", 4)
    );

    for (tool, text, said) in [
        ("label-studio", "{}", "export as JSON"),
        ("label-studio", "[{\"text\": \"a\"}]", "JSON-MIN"),
        (
            "doccano",
            "{\"text\":\"Anne\",\"label\":[[0,9,\"PER\"]]}",
            "doccano:1: PER from 0 to 9 is not in the text",
        ),
        ("doccano", "{\"text\":\"Anne\"}", "sequence labelling"),
        ("prodigy", "[]", "no JSON object"),
        (
            "prodigy",
            "{\"text\":\"A\",\"spans\":[{\"start\":0}]}",
            "needs start, end and label",
        ),
        ("brat", "", "brat"),
    ] {
        let e = read(tool, text).unwrap_err();
        assert!(e.contains(said), "{tool}: {e}");
    }
}

#[test]
fn notes_of_brat_are_values_and_fragments_apart_are_refused() {
    let dir = tempfile::tempdir().unwrap();
    fs::write(dir.path().join("a.txt"), "Jean, dit Morvan, a 3 euros").unwrap();
    let read = |ann: &str| {
        fs::write(dir.path().join("a.ann"), ann).unwrap();
        (brat::BRAT.read)(dir.path()).map_err(|e| e.to_string())
    };
    let tasks =
        read("T3\tMONEY 20 27\t3 euros\n#1\tAnnotatorNotes T3\ta=\"3\" c=\"EUR\"\n").unwrap();
    assert_eq!(tasks[0].doc.id, "a");
    assert_eq!(tasks[0].doc.spans[0].attr("c"), Some("EUR"));
    for (ann, said) in [
        ("T1\tPER 0 4;10 16\tJean Morvan\n", "lie apart"),
        ("T1\tPER 0 99\tJean\n", "not in the text"),
        (
            "T1\tPER 0 4\tJean\n#1\tAnnotatorNotes T1\ttrois euros\n",
            "no attributes",
        ),
    ] {
        let e = read(ann).unwrap_err();
        assert!(e.contains("a.ann:") && e.contains(said), "{e}");
    }
}

#[test]
fn what_is_settled_and_what_is_said() {
    let mut checked = sample();
    checked.checked = true;
    checked.doc.spans[1].end += 1; // « 3 euros  »
    checked.doc.spans[2].attrs.clear();
    checked.doc.spans.reverse();
    let mut strange = task("b", "Anne", &[("Anne", "WHO", "")]);
    strange.checked = true;
    let settled = settle(vec![sample(), checked, strange], false);
    let mut expected = sample().doc;
    expected.spans[2].attrs.clear();
    assert_eq!(settled.docs[0], expected);
    assert_eq!(
        (settled.unchecked, settled.padded, settled.without_value),
        (1, 1, 1)
    );
    assert_eq!(settled.unknown["WHO"], 1);
    assert_eq!(settle(vec![sample()], true).docs.len(), 1);
}

fn tags() -> impl Strategy<Value = &'static str> {
    let all: Vec<_> = crate::eval::markup::TAGS.concat();
    proptest::sample::select(all)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    /// Ids, dates, texts of any characters and annotations come back from each tool,
    /// and from the mark-up, exactly; annotations do not begin or end with white space.
    #[test]
    fn round_trip(
        id in "(?s).{0,12}",
        dated in any::<bool>(),
        parts in proptest::collection::vec(
            ("[ \\n\\r\\t<>#\\\\|«»\u{2028}\u{85}]{0,3}|(?s).{0,8}|[a-zé😀]{1,6}", tags(), "(?s).{0,5}", any::<bool>()),
            0..10,
        ),
    ) {
        let (mut text, mut spans, mut scores) = (String::new(), Vec::new(), Vec::new());
        for (part, tag, value, marked) in &parts {
            let start = text.len();
            text.push_str(part);
            if *marked && !part.is_empty() && part.trim() == part {
                let attrs = match *tag {
                    "PER" | "LOC" | "ORG" | "MISC" => Vec::new(),
                    _ => vec![("v".to_owned(), value.clone())],
                };
                scores.push(attrs.is_empty().then_some(0.5));
                spans.push(GoldSpan { start, end: text.len(), tag: (*tag).to_owned(), attrs });
            }
        }
        let published = if dated { "2024-05".parse().ok() } else { None };
        let doc = Doc { id, index: 0, published, text, spans };
        let task = Task { doc: doc.clone(), scores, checked: false };
        for tool in ALL {
            let read = back(tool, std::slice::from_ref(&task)).unwrap();
            prop_assert_eq!(read.len(), 1);
            prop_assert_eq!(&read[0].doc, &doc, "{}", tool.name);
            let settled = settle(read, true);
            prop_assert_eq!(settled.padded, 0);
            let markup = crate::eval::markup::write(&settled.docs).unwrap();
            prop_assert_eq!(crate::eval::gold::parse(&markup).unwrap(), vec![doc.clone()]);
        }
    }
}
