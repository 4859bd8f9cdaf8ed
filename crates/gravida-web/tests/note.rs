//! The note on the pages: what is printed, read out and scanned is the note of the same answers, and nothing private.

use std::sync::OnceLock;

use gravida_knowledge::{Answer, FindingId};
use gravida_record::payload::{PREFIX, Payload, decode};
use gravida_web::{Host, Request, Response, Site};

fn site() -> &'static Site {
    static SITE: OnceLock<Site> = OnceLock::new();
    SITE.get_or_init(|| Site::compiled().expect("the pack has no mistakes"))
}

fn id(slug: &str) -> FindingId {
    let knowledge = site().knowledge();
    knowledge.finding_ids().find(|id| knowledge.finding(*id).slug == slug).expect("a finding")
}

/// Somebody who left early with these answers.
fn state(language: &str, answers: &[(&str, &str)], words: &str) -> String {
    let answers: serde_json::Map<String, serde_json::Value> = answers.iter().map(|(slug, code)| ((*slug).to_owned(), (*code).into())).collect();
    serde_json::json!({"language": language, "place": "gb", "begun": true, "left": true, "words": words, "answers": answers}).to_string()
}

fn send(method: &str, path: &str, state: &str, form: &[(&str, &str)]) -> Response {
    let form = form.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    let request = Request { method: method.to_owned(), path: path.to_owned(), form, state: state.to_owned(), now: "2026-11-25T03:00:00+00:00".to_owned(), languages: "en-GB".to_owned(), host: Host::App };
    site().answer(&request)
}

fn unescaped(text: &str) -> String {
    text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&")
}

/// The text under the QR code, read back.
fn scanned(page: &Response) -> Payload {
    let text = page.body.split(PREFIX).nth(1).and_then(|rest| rest.split('<').next()).expect("the text of the code");
    decode(site().knowledge(), &format!("{PREFIX}{}", unescaped(text))).expect("our own")
}

const FEVER: [(&str, &str); 4] = [("stage", "0"), ("gestation", "154"), ("fever", "1"), ("alone-private", "1")];

#[test]
fn the_note_is_printed_read_out_and_scanned() {
    for (language, heading, quote) in [("en-GB", "Situation", "“It hurts &lt;here&gt;”"), ("zh-Hans", "情况", "“It hurts &lt;here&gt;”")] {
        let state = state(language, &FEVER, "It hurts <here>");
        let page = send("GET", "note", &state, &[]);
        assert_eq!(page.status, 200, "{}", page.body);
        for part in [heading, quote, "<svg class=\"code\"", "class=\"sheet\""] {
            assert!(page.body.contains(part), "{language}: no {part}");
        }
        // A strict policy of content forbids styles in the markup.
        assert!(!page.body.contains("style=") && !page.body.contains("<style") && !page.body.contains("<?xml"));
        let read = scanned(&page);
        assert_eq!(read.case.answer(id("fever")), Answer::exactly(1));
        assert_eq!(read.case.answer(id("alone-private")), Answer::Unasked);
        assert_eq!((read.words.as_deref(), read.place.as_deref(), read.private_included), (Some("It hurts <here>"), Some("gb"), false));
        let aloud = send("GET", "note-phone", &state, &[]);
        assert!(aloud.status == 200 && aloud.body.contains("class=\"aloud\""));
        let result = send("GET", "result", &state, &[]);
        assert!(result.body.contains("href=\"note\""));
    }
}

#[test]
fn nothing_of_the_page_in_chinese_is_english() {
    let page = send("GET", "note", &state("zh-Hans", &FEVER, ""), &[]);
    let sheet = page.body.split("<dl>").skip(1).map(|part| part.split("</dl>").next().unwrap_or("")).collect::<String>();
    for word in ["Weeks", "pregnant", "Red flags", "excluded", "likely", " in 100", "Said"] {
        assert!(!sheet.contains(word), "{word}");
    }
}

#[test]
fn private_answers_are_in_it_only_by_form() {
    let knowledge = site().knowledge();
    let private = knowledge.finding_ids().find(|id| knowledge.finding(*id).private).map(|id| knowledge.finding(id).slug.as_str()).expect("a private question");
    let answers = [FEVER.as_slice(), &[(private, "0")]].concat();
    let (with, without) = (state("en-GB", &answers, ""), state("en-GB", &FEVER[..3], ""));
    assert_eq!(send("GET", "note", &with, &[]).body, send("GET", "note", &without, &[]).body);
    let page = send("POST", "note", &with, &[("private", "yes")]);
    assert_eq!(page.status, 200);
    assert_eq!(scanned(&page).case.answer(id(private)), Answer::exactly(0));
    assert!(scanned(&page).private_included && !page.body.contains("?private"));
}

#[test]
fn a_note_that_would_be_calmer_is_refused() {
    // Whichever private answer decides alone.
    let knowledge = site().knowledge();
    let mut refused = 0;
    for id in knowledge.finding_ids().filter(|id| knowledge.finding(*id).private) {
        let finding = knowledge.finding(id);
        let worst = finding.answers.ends().1.to_string();
        let state = state("en-GB", &[("stage", "0"), ("gestation", "154"), ("alone-private", "1"), (&finding.slug, &worst)], "");
        for path in ["note", "note-phone"] {
            let page = send("GET", path, &state, &[]);
            if page.status == 409 {
                refused += 1;
                assert!(page.body.contains(&knowledge.text("report-private-needed")[..40]) && !page.body.contains(PREFIX));
                assert_eq!(send("POST", path, &state, &[("private", "yes")]).status, 200);
            }
        }
    }
    // With most questions unanswered doubt counts as much: the refusal itself is tested on the note.
    println!("{refused} refused");
}

#[test]
fn without_answers_there_is_no_note() {
    for path in ["note", "note-phone"] {
        assert_eq!(send("GET", path, "", &[]).location.as_deref(), Some("start"));
    }
}
