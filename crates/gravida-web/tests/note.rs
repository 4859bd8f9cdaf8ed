//! The note on the pages: what is printed, read out and scanned is the note of the same answers, and nothing private.

use std::sync::OnceLock;

use gravida_knowledge::{Answer, FindingId};
use gravida_record::Paper;
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
    ask(Host::App, method, path, state, form)
}

fn ask(host: Host, method: &str, path: &str, state: &str, form: &[(&str, &str)]) -> Response {
    let form = form.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    let request = Request { method: method.to_owned(), path: path.to_owned(), form, state: state.to_owned(), now: "2026-11-25T03:00:00+00:00".to_owned(), languages: "en-GB".to_owned(), host };
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
fn what_a_partner_said_is_said_to_be_theirs() {
    for (language, row) in [("en-GB", "bleeding"), ("zh-Hans", "出血")] {
        let mut state: serde_json::Value = serde_json::from_str(&state(language, &FEVER, "")).expect("JSON");
        let alone = send("GET", "note", &state.to_string(), &[]).body;
        state["partner"] = serde_json::json!({"bleeding-heavy": "1"});
        let page = send("GET", "note", &state.to_string(), &[]).body;
        let (heading, who) = if language == "en-GB" { ("<dt>Said by others</dt>", "a partner or someone close") } else { ("<dt>别人的回答</dt>", "伴侣或身边的人") };
        assert!(!alone.contains(heading));
        let said = page.split(heading).nth(1).and_then(|rest| rest.split("</dd>").next()).unwrap_or_else(|| panic!("{language}: {page}"));
        assert!(said.contains(who) && said.to_lowercase().contains(row), "{said}");
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
    let sheet = |state: &str, form: &[(&str, &str)]| ask(Host::Server, "POST", "note.pdf", state, form).print.expect("a sheet").sheet;
    assert_eq!(sheet(&with, &[]), sheet(&without, &[]));
    assert_ne!(sheet(&with, &[("private", "yes")]), sheet(&with, &[]));
    // The button for the PDF carries on what was chosen for the page.
    let hidden = "type=\"hidden\" name=\"private\" value=\"yes\"";
    assert!(ask(Host::Server, "POST", "note", &with, &[("private", "yes")]).body.contains(hidden));
    assert!(!ask(Host::Server, "GET", "note", &with, &[]).body.contains(hidden));
}

#[test]
fn the_host_gets_the_sheet_for_a_pdf_and_the_app_leads_to_the_page() {
    for language in ["en-GB", "zh-Hans"] {
        let state = state(language, &FEVER, "");
        for (method, form, paper) in [("GET", &[][..], Paper::A4), ("POST", &[("paper", "a4")], Paper::A4), ("POST", &[("paper", "letter")], Paper::Letter), ("POST", &[("paper", "?")], Paper::A4)] {
            let response = ask(Host::Server, method, "note.pdf", &state, form);
            assert_eq!((response.status, response.kind.as_str(), response.file.as_deref(), response.body.as_str()), (200, "application/pdf", Some("note.pdf"), ""));
            let print = response.print.expect("a sheet");
            assert_eq!((print.paper, print.sheet.language.as_str()), (paper, language));
            let app = send(method, "note.pdf", &state, form);
            assert_eq!((app.status, app.location.as_deref(), app.print), (303, Some("note"), None));
        }
        let (server, app) = (ask(Host::Server, "GET", "note", &state, &[]).body, send("GET", "note", &state, &[]).body);
        for part in ["action=\"note.pdf\"", "value=\"a4\"", "value=\"letter\""] {
            assert!(server.contains(part) && !app.contains(part), "{part}");
        }
    }
    for host in [Host::Server, Host::App] {
        let go = |path: &str, state: &str| ask(host, "GET", path, state, &[]).location;
        // The app goes by way of the page, which leads to the same places.
        assert_eq!(go(if host == Host::Server { "note.pdf" } else { "note" }, "").as_deref(), Some("start"));
        let open = state("en-GB", &FEVER, "").replace("\"left\":true", "\"left\":false");
        assert_eq!(ask(host, "POST", "note.pdf", &open, &[]).location.as_deref(), Some(if host == Host::Server { "ask" } else { "note" }));
        let handed = state("en-GB", &FEVER, "").replace("\"begun\"", "\"code\":\"1234\",\"begun\"");
        assert_eq!(go("note.pdf", &handed).as_deref(), Some("partner-view"));
    }
}

#[test]
fn a_note_that_would_be_calmer_is_refused() {
    let knowledge = site().knowledge();
    // Everything else is answered with the calmest answer, so that whichever private answer is worst decides alone.
    let calm: Vec<(String, String)> = knowledge.findings.iter().map(|finding| (finding.slug.clone(), finding.answers.ends().0.to_string())).collect();
    let mut refused = 0;
    for finding in knowledge.findings.iter().filter(|finding| finding.private) {
        let worst = finding.answers.ends().1.to_string();
        let mut answers: Vec<(&str, &str)> = calm.iter().map(|(slug, code)| (slug.as_str(), code.as_str())).collect();
        answers.retain(|(slug, _)| ![finding.slug.as_str(), "gestation", "alone-private"].contains(slug));
        answers.extend([(finding.slug.as_str(), worst.as_str()), ("gestation", "154"), ("alone-private", "1")]);
        let state = state("en-GB", &answers, "");
        for path in ["note", "note-phone", "note.pdf"] {
            let page = ask(Host::Server, "GET", path, &state, &[]);
            if page.status == 409 {
                refused += 1;
                assert!(page.body.contains(&knowledge.text("report-private-needed")[..40]) && !page.body.contains(PREFIX));
                assert!(page.print.is_none() && page.file.is_none() && !page.body.contains("action=\"note.pdf\""), "{}", page.body);
                assert_eq!(ask(Host::Server, "POST", path, &state, &[("private", "yes")]).status, 200);
            }
        }
    }
    assert!(refused > 0, "no private answer raises the level alone");
}

/// Another library than the one that made the code reads it, from the drawing alone.
#[test]
fn the_drawing_can_be_scanned() {
    let page = send("GET", "note", &state("zh-Hans", &FEVER, "我很疼，从昨天晚上开始。It hurts."), &[]);
    let drawing = page.body.split("class=\"code\" viewBox=\"0 0 ").nth(1).and_then(|rest| rest.split("</svg>").next()).expect("the drawing");
    let size: usize = drawing.split(' ').next().and_then(|size| size.parse().ok()).expect("its size");
    let mut dark = vec![vec![false; size]; size];
    let path = drawing.split(" d=\"").nth(1).and_then(|rest| rest.split('"').next()).expect("the path");
    for run in path.split('M').skip(1) {
        let (at, length) = run.split_once('h').expect("a run");
        let (x, y) = at.split_once(' ').expect("a place");
        let (x, y): (usize, usize) = (x.parse().expect("x"), y.parse().expect("y"));
        let length: usize = length.split('v').next().and_then(|length| length.parse().ok()).expect("a length");
        dark[y][x..x + length].fill(true);
    }
    let mut image = rqrr::PreparedImage::prepare_from_greyscale(size * 4, size * 4, |x, y| if dark[y / 4][x / 4] { 0 } else { 255 });
    let grids = image.detect_grids();
    let (_, text) = grids.first().expect("a code").decode().expect("it can be read");
    let read = decode(site().knowledge(), &text).expect("our own");
    assert_eq!(read, scanned(&page));
}

#[test]
fn without_answers_there_is_no_note() {
    for path in ["note", "note-phone"] {
        assert_eq!(send("GET", path, "", &[]).location.as_deref(), Some("start"));
    }
}
