//! While a partner has the device: nothing private can be read or inferred, and the own pages stay closed.

use std::sync::OnceLock;

use gravida_web::{Host, Request, Response, Site};
use serde_json::{Value, json};

fn site() -> &'static Site {
    static SITE: OnceLock<Site> = OnceLock::new();
    SITE.get_or_init(|| Site::compiled().expect("the pack has no mistakes"))
}

fn send(method: &str, path: &str, form: &[(&str, &str)], state: &Value) -> Response {
    let form = form.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    let (method, path, state) = (method.to_owned(), path.to_owned(), state.to_string());
    site().answer(&Request { method, path, form, state, now: "2026-11-25T03:00:00+00:00".to_owned(), languages: String::new(), host: Host::Server })
}

fn after(response: &Response) -> Value {
    serde_json::from_str(response.state.as_deref().expect("a state")).expect("JSON")
}

/// Everything answered with the calmest answer, at 30 weeks; then some changed.
fn state(changes: &[(&str, &str)]) -> Value {
    let mut answers = serde_json::Map::new();
    for finding in &site().knowledge().findings {
        answers.insert(finding.slug.clone(), json!(finding.answers.ends().0.to_string()));
    }
    answers.insert("gestation".to_owned(), json!("210"));
    for (slug, code) in changes {
        answers.insert((*slug).to_owned(), json!(code));
    }
    json!({"begun": true, "pack": site().knowledge().hash, "answers": answers, "code": "1234"})
}

#[test]
fn private_answers_change_no_byte() {
    let knowledge = site().knowledge();
    let private: Vec<&str> = knowledge.findings.iter().filter(|finding| finding.private).map(|finding| finding.slug.as_str()).collect();
    assert!(private.len() >= 3);
    let sessions = knowledge.interventions.iter().filter(|one| !one.steps.is_empty()).map(|one| format!("session-{}", one.slug));
    let paths: Vec<String> = ["partner-view", "partner-ask", "call", "sessions", "about", "result", "answers", "ask"].map(str::to_owned).into_iter().chain(sessions).collect();
    for code in ["1", "?"] {
        let all: Vec<(&str, &str)> = private.iter().map(|slug| (*slug, code)).chain([("alone-private", "1")]).collect();
        let (with, without) = (state(&all), state(&[("alone-private", "1")]));
        for path in &paths {
            assert!(send("GET", path, &[], &with) == send("GET", path, &[], &without), "{path}");
        }
    }
}

#[test]
fn what_is_kept_back_is_named_only_when_it_is_shared() {
    let name = &site().knowledge().find_finding("bleeding-heavy").expect("the finding").name;
    let flag = site().knowledge().red_flags.iter().find(|flag| flag.slug == "heavy-bleeding").expect("the flag").name.clone();
    let mut state = state(&[("bleeding-heavy", "1"), ("bleeding-any", "1")]);
    let page = send("GET", "partner-view", &[], &state).body;
    assert!(page.contains("class=\"care emergency\"") && !page.contains(name.as_str()) && !page.contains(&flag), "{page}");
    state["share"] = json!(["bleeding-heavy", "bleeding-any"]);
    let page = send("GET", "partner-view", &[], &state).body;
    assert!(page.contains("class=\"care emergency\"") && page.contains(&flag));
}

#[test]
fn the_own_pages_open_with_the_code_alone() {
    let handed = state(&[]);
    for path in ["result", "result-auditor", "answers", "ask", "change-0", "partner", "start", ""] {
        assert_eq!(send("GET", path, &[], &handed).location.as_deref(), Some("partner-view"), "{path}");
    }
    for path in ["ask", "change-0", "words", "leave", "begin", "partner"] {
        assert_eq!(send("POST", path, &[("code", "9999")], &handed).location.as_deref(), Some("partner-view"), "{path}");
    }
    let right = send("POST", "partner-back", &[("code", "1234")], &handed);
    assert_eq!((right.location.as_deref(), after(&right)["code"].clone()), (Some("result"), Value::Null));
    // Guessing ends after five tries, and then the right code does not help either.
    let mut now = handed;
    for _ in 0..5 {
        let wrong = send("POST", "partner-back", &[("code", "0000")], &now);
        assert_eq!(wrong.status, 422);
        now = after(&wrong);
    }
    assert_eq!(send("POST", "partner-back", &[("code", "1234")], &now).status, 422);
}

#[test]
fn a_partner_raises_and_never_lowers() {
    let level = |state: &Value| {
        let mut own = state.clone();
        own["code"] = Value::Null;
        let page = send("GET", "result", &[], &own).body;
        ["self-care", "routine", "this-week", "today", "emergency"].into_iter().position(|level| page.contains(&format!("class=\"care {level}\""))).expect("a level")
    };
    // No to everything after an emergency: it stays one. Yes after calm: it becomes one, and both are shown.
    let mut emergency = state(&[("fainting-collapse", "1"), ("bleeding-heavy", "1")]);
    let before = level(&emergency);
    assert_eq!(before, 4);
    let mut pages = 0;
    loop {
        let page = send("GET", "partner-ask", &[], &emergency);
        let Some(number) = page.body.split("name=\"page\" value=\"").nth(1).and_then(|rest| rest.split('"').next()) else { break };
        emergency = after(&send("POST", "partner-ask", &[("page", number), ("rest", "none")], &emergency));
        pages += 1;
    }
    assert!(pages >= 5, "{pages} pages");
    assert_eq!(level(&emergency), before);
    let calm = state(&[]);
    assert_eq!(level(&calm), 0);
    let page = send("GET", "partner-ask", &[], &calm).body;
    let number = page.split("name=\"page\" value=\"").nth(1).and_then(|rest| rest.split('"').next()).expect("a page").to_owned();
    let mut raised = after(&send("POST", "partner-ask", &[("page", &number), ("there", "bleeding-heavy")], &calm));
    assert_eq!(level(&raised), 4);
    raised["code"] = Value::Null;
    assert!(send("GET", "result", &[], &raised).body.contains("Who said what"));
}
