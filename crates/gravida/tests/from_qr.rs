//! The text of the QR code on the page of the note, read by `gravida report --from-qr`, gives the same note in every form.

mod common;

use std::path::{Path, PathBuf};

use common::gravida;
use gravida_knowledge::{Answer, Answers, Case, Knowledge, read, read_folder};
use gravida_record::{Note, payload};

const WORDS: &str = "It began “an hour” ago. 我很疼";

fn pack() -> Knowledge {
    let pages = read_folder(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../../knowledge")).expect("the pages");
    read(&pages, None).0.expect("a pack without mistakes")
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

fn file(name: &str) -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join(name)
}

/// The same case as JSON, and as the text of a QR code.
fn both(private: bool) -> (String, String) {
    let knowledge = pack();
    let mut case = Case::new(&knowledge);
    let mut json = serde_json::Map::new();
    for (slug, answer) in [("stage", "pregnant"), ("gestation", "10 weeks"), ("fever", "yes"), ("dysuria", "not sure"), ("alone-private", "yes"), ("bleeding-any", "no")] {
        let id = knowledge.finding_ids().find(|id| knowledge.finding(*id).slug == slug).expect("a finding");
        let answers = &knowledge.finding(id).answers;
        case.set(id, if answer == "not sure" { Answer::NotSure } else { answers.parse(answer).expect("an answer") });
        json.insert(slug.to_owned(), answer.into());
        assert!(!matches!(answers, Answers::Numbers(..)));
    }
    let case = case.with_implied(&knowledge);
    let note = Note::new(&knowledge, &case, Some(WORDS), "2026-11-24".parse().ok(), knowledge.find_place("us").expect("a place"), private).expect("a note");
    let json = serde_json::json!({"schema": "gravida-case/1", "place": "us", "today": "2026-11-24", "words": WORDS, "answers": json});
    (json.to_string(), payload::encode(&note).expect("it fits"))
}

#[test]
fn the_note_is_the_same_as_that_of_the_case() {
    for private in [false, true] {
        let (json, qr) = both(private);
        let path = file(&format!("scanned-{private}.txt"));
        std::fs::write(&path, format!("{qr}\n")).expect("a file");
        for form in ["--sbar", "--phone", "--json"] {
            let mut asked = vec!["report", "-", form];
            asked.extend(private.then_some("--include-private"));
            let expected = gravida(&asked, &json);
            assert_eq!(expected.status.code(), Some(0), "{}", text(&expected.stderr));
            for (from, input) in [(qr.as_str(), ""), ("-", qr.as_str()), (path.to_str().expect("a path"), "")] {
                let output = gravida(&["report", form, "--from-qr", from], input);
                assert_eq!(text(&output.stdout), text(&expected.stdout), "{form} {from}: {}", text(&output.stderr));
                assert_eq!(output.status.code(), Some(0));
            }
        }
        let (here, there) = (file(&format!("case-{private}.pdf")), file(&format!("qr-{private}.pdf")));
        let mut asked = vec!["report", "-", "--pdf", here.to_str().expect("a path")];
        asked.extend(private.then_some("--include-private"));
        assert!(gravida(&asked, &json).status.success());
        assert!(gravida(&["report", "--from-qr", &qr, "--pdf", there.to_str().expect("a path")], "").status.success());
        assert!(std::fs::read(here).expect("a PDF") == std::fs::read(there).expect("a PDF"), "not the same PDF");
    }
}

#[test]
fn what_is_not_whole_gives_no_note() {
    let (json, qr) = both(false);
    for (from, input, says) in [("-", json.as_str(), "this is not the text"), (&qr[..qr.len() - 4], "", "damaged"), ("-", "", "this is not the text")] {
        let output = gravida(&["report", "--from-qr", from], input);
        assert_eq!(output.status.code(), Some(1));
        assert!(output.stdout.is_empty() && text(&output.stderr).contains(says), "{}", text(&output.stderr));
    }
    assert_eq!(gravida(&["report", "-", "--from-qr", &qr], &json).status.code(), Some(2));
    assert_eq!(gravida(&["report"], "").status.code(), Some(2));
}
