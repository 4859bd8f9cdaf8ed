//! Looking again in the browser: the same file as the command, a missed time calls for a person, nothing that cannot be
//! read is taken for calm, and the end is the person's own.

use std::sync::OnceLock;

use gravida_assessment::follow_up::Rules;
use gravida_record::Record;
use gravida_web::{Host, Request, Response, Site};
use serde_json::{Value, json};

fn site() -> &'static Site {
    static SITE: OnceLock<Site> = OnceLock::new();
    SITE.get_or_init(|| Site::compiled().expect("the pack has no mistakes"))
}

const DAY_1: &str = "2026-11-25T03:00:00+00:00";

struct Person {
    state: Value,
    now: &'static str,
}

impl Person {
    /// At 30 weeks, everything answered with the calmest answer.
    fn calm() -> Person {
        let mut answers = serde_json::Map::new();
        for finding in &site().knowledge().findings {
            answers.insert(finding.slug.clone(), json!(finding.answers.ends().0.to_string()));
        }
        answers.insert("gestation".to_owned(), json!("210"));
        answers.insert("low-back-pain".to_owned(), json!("1"));
        Person { state: json!({"begun": true, "answers": answers}), now: DAY_1 }
    }

    fn send(&mut self, method: &str, path: &str, form: &[(&str, &str)]) -> Response {
        let form = form.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        let request = Request { method: method.to_owned(), path: path.to_owned(), form, state: self.state.to_string(), now: self.now.to_owned(), languages: String::new(), host: Host::App };
        let response = site().answer(&request);
        if let Some(state) = &response.state {
            self.state = if state.is_empty() { json!({}) } else { serde_json::from_str(state).expect("JSON") };
        }
        response
    }

    fn page(&mut self) -> String {
        self.send("GET", "follow", &[]).body
    }

    fn has(&mut self, text: &str) -> bool {
        let say = site().knowledge().text(text);
        assert!(!say.is_empty(), "{text}");
        self.page().contains(&say.replace('"', "&quot;"))
    }
}

#[test]
fn a_record_is_kept_and_is_the_file_of_the_command() {
    let mut person = Person::calm();
    assert_eq!(person.send("POST", "follow-add", &[("pain", "6"), ("function", "4")]).status, 303);
    let text = person.send("GET", "follow.episode", &[]).body;
    let rules = Rules::of(site().knowledge()).expect("limits");
    let record = Record::read(text.as_bytes(), &rules).unwrap_or_else(|_| panic!("an episode"));
    assert!(record.problems.is_empty() && record.lines.len() == 1 && record.episode.points.len() == 1);
    assert!(person.has("follow-observing"));
    // Two days later: looked at again, with the danger questions anew.
    person.now = "2026-11-25T09:00:00+00:00";
    person.send("POST", "follow-check", &[]);
    assert!(person.state["answers"].get("bleeding-heavy").is_none(), "a danger question stands from the last contact");
    person.state["answers"] = Person::calm().state["answers"].clone();
    assert_eq!(person.send("POST", "follow-add", &[("pain", "2"), ("function", "8")]).status, 303);
    assert!(person.has("follow-improving"));
    assert!(person.page().contains("<polyline"));
    let reminder = person.send("GET", "follow.ics", &[]).body;
    assert!(reminder.starts_with("BEGIN:VCALENDAR") && reminder.contains("VALARM") && !reminder.to_lowercase().contains("pain"));
    assert_eq!(person.send("POST", "follow-close", &[("reason", "better")]).status, 303);
    assert!(person.has("follow-better"));
}

#[test]
fn a_missed_time_calls_for_a_person_and_a_note_takes_it_back() {
    let mut person = Person::calm();
    person.send("POST", "follow-add", &[("pain", "6"), ("function", "4")]);
    person.now = "2026-12-24T03:00:00+00:00";
    assert!(person.has("follow-missed") && person.page().contains("class=\"care today\""));
    assert_eq!(person.send("POST", "follow-close", &[("reason", "better")]).status, 422, "not confirmed");
    assert_eq!(person.send("POST", "follow-note", &[("by", "midwife"), ("level", "calm")]).status, 422);
    assert_eq!(person.send("POST", "follow-note", &[("by", "midwife"), ("level", "routine"), ("hours", "0")]).status, 422);
    assert_eq!(person.send("POST", "follow-note", &[("by", "midwife"), ("level", "routine"), ("hours", "48"), ("says", "“fine”")]).status, 303);
    assert!(person.page().contains("class=\"care routine\""));
    // The clock set back makes nothing longer.
    person.now = "2026-11-01T03:00:00+00:00";
    assert!(person.has("follow-clock") && person.page().contains("class=\"care today\""));
}

#[test]
fn what_cannot_be_read_is_never_calm() {
    let mut person = Person::calm();
    person.send("POST", "follow-add", &[("pain", "3"), ("function", "6")]);
    let whole = person.state["episode"].as_str().expect("text").to_owned();
    // Something else changes nothing.
    for text in ["", "Dear Anna", "{}", "{\"schema\":\"gravida-episode/2\"}"] {
        assert_eq!(person.send("POST", "follow-import", &[("episode", text)]).status, 422, "{text}");
        assert_eq!(person.state["episode"], json!(whole));
    }
    let mut other = Person::calm();
    assert_eq!(other.send("POST", "follow-import", &[("episode", &whole.replace('\n', "\r\n"))]).status, 303);
    assert_eq!(other.state["episode"], json!(whole));
    other.send("POST", "follow-import", &[("episode", &format!("{whole}spoilt"))]);
    assert!(other.page().contains("class=\"care today\""));
    // Another pack of words in the answers of a state: not sure, so the level is not calm.
    let mut state = Person::calm();
    state.state["answers"]["bleeding-heavy"] = json!("what");
    assert!(!state.send("GET", "result", &[]).body.contains("class=\"care self-care\""));
}

#[test]
fn the_end_is_kind_and_everything_can_be_erased() {
    for (reason, text) in [("birth", "follow-birth"), ("loss", "follow-loss"), ("handed-over", "follow-handed-over")] {
        let mut person = Person::calm();
        person.send("POST", "follow-add", &[]);
        person.send("POST", "follow-close", &[("reason", reason)]);
        assert!(person.has(text), "{reason}");
        assert!(person.send("GET", "follow.ics", &[]).body.contains("CANCELLED"));
        person.send("POST", "follow-erase", &[]);
        assert_eq!(person.state["episode"], json!(""));
        person.send("POST", "erase", &[]);
        assert_eq!(person.state, json!({}));
    }
    // Beginning anew keeps the record; leaving quickly does not.
    let mut person = Person::calm();
    person.send("POST", "follow-add", &[]);
    person.send("POST", "begin", &[]);
    assert!(person.state["episode"].as_str().is_some_and(|text| !text.is_empty()));
    person.send("POST", "exit", &[]);
    assert_eq!(person.state, json!({}));
}
