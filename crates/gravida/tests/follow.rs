//! Whole episodes through the command: what a person sees, what the file keeps, and what nobody can undo.

use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::OnceLock;

use serde_json::{Value, json};

fn gravida(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_gravida")).args(arguments).stdin(Stdio::null()).env("TZ", "UTC").env_remove("GRAVIDA_LANGUAGE").output().expect("the command runs")
}

fn words(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// Every yes-or-no answered with no, but for a new back pain that moves with the body.
fn calm() -> &'static Value {
    static CASE: OnceLock<Value> = OnceLock::new();
    CASE.get_or_init(|| {
        let pack: Value = serde_json::from_slice(&gravida(&["pack", "--json"]).stdout).expect("the pack as JSON");
        let mut answers = serde_json::Map::new();
        for finding in pack["findings"].as_array().expect("findings") {
            let first = &finding["answers"]["choices"][0];
            if first == "no" || first == "none" {
                answers.insert(finding["id"].as_str().expect("an id").to_owned(), first.clone());
            }
        }
        for (finding, answer) in
            [("answering", "self"), ("stage", "pregnant"), ("gestation", "24 weeks"), ("alone-private", "yes"), ("low-back-pain", "yes"), ("pain-mechanical", "yes")]
        {
            answers.insert(finding.to_owned(), json!(answer));
        }
        json!({"schema": "gravida-case/1", "place": "gb", "answers": answers})
    })
}

/// A folder for one test with the cases that it needs.
struct Room(PathBuf);

impl Room {
    fn new(name: &str) -> Room {
        let path = std::env::temp_dir().join(format!("gravida-follow-{name}-{}", std::process::id()));
        let _ = std::fs::remove_dir_all(&path);
        std::fs::create_dir_all(&path).expect("a folder");
        let mut sign = calm().clone();
        sign["answers"]["fever"] = json!("yes");
        let mut unasked = calm().clone();
        unasked["answers"] = json!({"stage": "pregnant", "gestation": "24 weeks"});
        for (file, case) in [("calm.json", calm()), ("sign.json", &sign), ("unasked.json", &unasked)] {
            std::fs::write(path.join(file), case.to_string()).expect("a case");
        }
        Room(path)
    }

    fn at(&self, file: &str) -> String {
        self.0.join(file).display().to_string()
    }

    /// One step at a time of 24 and 25 November 2026: `follow STEP EPISODE …`.
    fn run(&self, now: &str, step: &str, more: &[&str]) -> Output {
        let now = if now.contains('T') { now.to_owned() } else { format!("2026-11-24T{now}Z") };
        let episode = self.at("episode");
        let more: Vec<String> = more.iter().map(|word| if word.ends_with(".json") || word.ends_with(".ics") { self.at(word) } else { (*word).to_owned() }).collect();
        let mut all = vec!["follow", "--now", &now, step, &episode];
        all.extend(more.iter().map(String::as_str));
        gravida(&all)
    }

    /// The JSON of a step that must go well.
    fn ok(&self, now: &str, step: &str, more: &[&str]) -> Value {
        let output = self.run(now, step, more);
        assert_eq!(output.status.code(), Some(0), "{step} {more:?}: {}", words(&output.stderr));
        serde_json::from_slice(&output.stdout).unwrap_or_else(|why| panic!("{why}: {}", words(&output.stdout)))
    }

    /// A step that must be refused: exit code 1 and the safety sentence of the pack.
    fn refused(&self, now: &str, step: &str, more: &[&str]) -> String {
        let output = self.run(now, step, more);
        let said = words(&output.stderr);
        assert_eq!(output.status.code(), Some(1), "{step} {more:?}");
        assert!(said.contains("This does not mean that you are well"), "{said}");
        said
    }

    fn start(&self) -> Value {
        self.ok("08:00", "start", &["--case", "calm.json", "--pain", "6", "--function", "4"])
    }
}

impl Drop for Room {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

fn is(value: &Value, course: &str, level: &str) {
    assert_eq!((value["course"].as_str(), value["level"].as_str()), (Some(course), Some(level)), "{value:#}");
}

#[test]
fn better_is_confirmed_and_closed() {
    let room = Room::new("better");
    let first = room.start();
    is(&first, "observing", "self-care");
    assert_eq!(first["look_again_by"], "2026-11-25T08:00:00Z");
    assert!(first["result"]["plan"]["self_care"].as_bool().expect("a plan"));
    // Less pain alone is not better.
    let pain_alone = room.ok("12:00", "check", &["calm.json", "--pain", "2"]);
    is(&pain_alone, "unchanged", "self-care");
    room.refused("12:01", "close", &["--reason", "better"]);
    let better = room.ok("20:00", "check", &["calm.json", "--pain", "2", "--function", "8"]);
    assert_eq!((better["course"].as_str(), &better["may_close_as_better"]), (Some("improving"), &json!(true)));
    let closed = room.ok("20:05", "close", &["--reason", "better"]);
    assert_eq!((&closed["course"], &closed["ended"], &closed["look_again_by"]), (&json!("closed"), &json!("better"), &Value::Null));
    // It comes back: the same file, the same pregnancy, and now a professional should know.
    let again = room.ok("2026-12-01T08:00Z", "start", &["--case", "calm.json", "--pain", "4", "--function", "6"]);
    is(&again, "observing", "routine");
    assert!(again["attention"].as_bool().expect("a truth value"));
}

#[test]
fn a_missed_check_in_escalates() {
    let room = Room::new("missed");
    room.start();
    is(&room.ok("2026-11-25T08:00:00Z", "status", &[]), "observing", "self-care");
    let late = room.ok("2026-11-25T08:00:01Z", "status", &[]);
    is(&late, "escalated", "today");
    assert!(late["missed"].as_bool().expect("a truth value"));
    // Whom to call is known from the place of the case.
    let say = late["go_to"][0]["say"].as_str().expect("a service");
    assert!(say.starts_with("Your maternity unit, by day or by night"), "{say}");
    is(&room.ok("2027-11-25T08:00Z", "status", &[]), "escalated", "today");
    // The text says so too, and nothing in it is calm.
    let text = words(&room.run("2026-11-26T08:00Z", "status", &["--text"]).stdout);
    assert!(text.contains("nothing is known about how you are") && !text.contains("look after this at home"), "{text}");
}

#[test]
fn the_danger_questions_are_asked_at_every_contact() {
    let room = Room::new("asked");
    room.start();
    for (now, case) in [("09:00", vec!["unasked.json"]), ("09:10", vec![])] {
        let value = room.ok(now, "check", &[case.as_slice(), &["--pain", "5", "--function", "5"]].concat());
        assert_eq!(value["course"], "escalated", "{value:#}");
        room.refused(now, "close", &["--reason", "better"]);
    }
    is(&room.ok("09:20", "check", &["calm.json", "--pain", "5", "--function", "5"]), "unchanged", "routine");
}

#[test]
fn only_a_professional_undoes_an_escalation() {
    let room = Room::new("note");
    room.start();
    is(&room.ok("09:00", "check", &["sign.json", "--pain", "6", "--function", "4"]), "escalated", "today");
    let calm_again = room.ok("10:00", "check", &["calm.json", "--pain", "0", "--function", "10"]);
    is(&calm_again, "escalated", "today");
    assert_eq!(calm_again["result"], Value::Null, "no calm card stands beside a call for help");
    room.refused("10:01", "close", &["--reason", "better"]);
    let noted = room.ok("11:00", "note", &["--by", "doctor", "--level", "self-care", "--hours", "12", "--says", "Examined. Go on."]);
    is(&noted, "observing", "self-care");
    assert_eq!(noted["look_again_by"], "2026-11-24T23:00:00Z");
}

#[test]
fn worse_takes_the_next_step() {
    let room = Room::new("worse");
    room.start();
    is(&room.ok("09:00", "check", &["calm.json", "--pain", "8", "--function", "4"]), "worse", "routine");
    is(&room.ok("10:00", "check", &["calm.json", "--pain", "9", "--function", "3"]), "worse", "this-week");
    is(&room.ok("11:00", "check", &["calm.json", "--pain", "10", "--function", "2"]), "escalated", "today");
    let handed = room.ok("12:00", "close", &["--reason", "handed-over", "--by", "midwife"]);
    assert_eq!((&handed["course"], &handed["look_again_by"]), (&json!("handed-over"), &Value::Null));
}

#[test]
fn birth_and_loss_end_it_kindly() {
    for (reason, words_of_it) in [("birth", "Your baby is here"), ("loss", "We are so sorry")] {
        let room = Room::new(reason);
        room.start();
        let closed = room.ok("09:00", "close", &["--reason", reason]);
        assert!(closed["say"][0].as_str().expect("words").starts_with(words_of_it));
        for now in ["09:01", "2027-12-01T08:00Z"] {
            let value = room.ok(now, "status", &[]);
            assert_eq!((&value["course"], &value["look_again_by"], &value["missed"]), (&json!("closed"), &Value::Null, &json!(false)));
        }
        let ics = words(&room.run("09:02", "export", &["--ics", "-"]).stdout);
        assert!(ics.contains("STATUS:CANCELLED") && !ics.contains("VALARM"), "{ics}");
        // Who asks is answered, but the record stays closed.
        let before = std::fs::read(room.at("episode")).expect("the file");
        let output = room.run("10:00", "check", &["sign.json"]);
        assert_eq!(output.status.code(), Some(1));
        let result: Value = serde_json::from_slice(&output.stdout).expect("the result of the answers");
        assert_eq!(result["urgency"]["level"], "today");
        assert_eq!(std::fs::read(room.at("episode")).expect("the file"), before);
    }
}

#[test]
fn a_birth_after_a_call_for_help_leaves_the_call() {
    let room = Room::new("holds");
    room.ok("08:00", "start", &["--case", "sign.json", "--pain", "6"]);
    let closed = room.ok("09:00", "close", &["--reason", "birth"]);
    assert!(closed["say"].as_array().expect("words").iter().any(|say| say == "Call now and be seen today"), "{closed:#}");
}

#[test]
fn a_clock_set_back_or_another_zone_lengthens_nothing() {
    let room = Room::new("clock");
    room.start();
    // The same moment in another zone.
    is(&room.ok("2026-11-25T03:00-05:00", "status", &[]), "observing", "self-care");
    is(&room.ok("2026-11-25T03:01-05:00", "status", &[]), "escalated", "today");
    let back = room.ok("2026-11-23T08:00Z", "status", &[]);
    is(&back, "escalated", "today");
    assert!(back["clock_set_back"].as_bool().expect("a truth value"));
    let again = room.ok("2026-11-23T08:00Z", "check", &["calm.json", "--pain", "6", "--function", "4"]);
    is(&again, "unchanged", "self-care");
    assert_eq!(again["look_again_by"], "2026-11-24T08:00:00Z");
}

#[test]
fn a_torn_line_is_said_and_nothing_else_is_lost() {
    let room = Room::new("torn");
    room.start();
    room.ok("09:00", "check", &["calm.json", "--pain", "5", "--function", "5"]);
    let bytes = std::fs::read(room.at("episode")).expect("the file");
    std::fs::write(room.at("episode"), &bytes[..bytes.len() - 100]).expect("a torn file");
    let output = room.run("09:10", "status", &[]);
    assert_eq!(output.status.code(), Some(1));
    assert!(words(&output.stderr).contains("it was cut off while it was written"));
    let value: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    is(&value, "observing", "self-care");
    assert_eq!(value["points"].as_array().map(Vec::len), Some(1));
    // The next contact writes over what was left of it, and says so.
    let output = room.run("09:20", "check", &["calm.json", "--pain", "5", "--function", "5"]);
    assert_eq!(output.status.code(), Some(1));
    let value: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    assert_eq!(value["points"].as_array().map(Vec::len), Some(2));
    assert_eq!(room.ok("09:21", "status", &[])["problems"], json!([]));
    // With its first contact torn, nothing is known, and that does not read as calm.
    let head = bytes.iter().position(|byte| *byte == b'\n').expect("a line") + 1;
    std::fs::write(room.at("episode"), &bytes[..head + 50]).expect("a torn file");
    let output = room.run("09:30", "status", &["--text"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(words(&output.stdout).contains("This does not mean that you are well"));
}

#[test]
fn two_programs_do_not_spoil_it() {
    let room = Room::new("two");
    room.start();
    let (calm, episode) = (room.at("calm.json"), room.at("episode"));
    let children: Vec<_> = (0..12)
        .map(|n| {
            let now = format!("2026-11-24T08:{:02}Z", n + 1);
            Command::new(env!("CARGO_BIN_EXE_gravida"))
                .args(["follow", "--now", &now, "check", &episode, &calm, "--pain", "6", "--function", "4"])
                .stdout(Stdio::null())
                .spawn()
                .expect("a program")
        })
        .collect();
    for mut child in children {
        assert!(child.wait().expect("an end").success());
    }
    let text = std::fs::read_to_string(&episode).expect("the file");
    let numbers: Vec<u64> = text.lines().skip(1).map(|line| serde_json::from_str::<Value>(line).expect("a whole line")["n"].as_u64().expect("a number")).collect();
    assert_eq!(numbers, (1..=13).collect::<Vec<u64>>());
    assert_eq!(room.ok("2026-11-24T08:13Z", "status", &[])["problems"], json!([]));
}

#[test]
fn the_calendar_is_read_by_others_and_tells_nothing() {
    use icalendar::{Calendar, CalendarComponent, Component};
    let room = Room::new("ics");
    room.start();
    let output = room.run("08:10", "export", &["--ics", "next.ics"]);
    assert_eq!(output.status.code(), Some(0), "{}", words(&output.stderr));
    let text = std::fs::read_to_string(room.at("next.ics")).expect("a calendar");
    assert!(text.lines().all(|line| line.len() <= 75) && text.ends_with("END:VCALENDAR\r\n"));
    for word in ["pain", "pregnan", "gravida", "doctor", "midwi"] {
        assert!(!text.to_lowercase().contains(word), "{word}: {text}");
    }
    let calendar: Calendar = text.parse().expect("RFC 5545");
    let [CalendarComponent::Event(event)] = calendar.components.as_slice() else { panic!("one event: {text}") };
    assert_eq!((event.get_summary(), event.property_value("DTSTART")), (Some("Look again"), Some("20261125T080000Z")));
    assert!(text.contains("BEGIN:VALARM"));
    // The same again, byte for byte; and after a further contact the same event, later in its sequence.
    room.run("08:10", "export", &["--ics", "again.ics"]);
    assert_eq!(std::fs::read_to_string(room.at("again.ics")).expect("a calendar"), text);
    room.ok("12:00", "check", &["calm.json", "--pain", "6", "--function", "4"]);
    let later = words(&room.run("12:01", "export", &["--ics", "-"]).stdout);
    let uid = |text: &str| text.lines().find(|line| line.starts_with("UID:look-again")).map(str::to_owned);
    assert!(uid(&text).is_some() && uid(&text) == uid(&later) && later.contains("DTSTART:20261125T120000Z"));
}

#[test]
fn private_answers_are_marked_and_left_out_of_what_is_shared() {
    let room = Room::new("private");
    room.start();
    let all = room.ok("08:10", "export", &["--json", "--private"]);
    let private: Vec<&str> = all["episode"]["lines"][0]["private"].as_array().expect("a list").iter().filter_map(Value::as_str).collect();
    assert!(!private.is_empty());
    let answers = |value: &Value| value["episode"]["lines"][0]["case"]["answers"].as_object().expect("answers").clone();
    let shared = room.ok("08:10", "export", &["--json"]);
    assert!(private.iter().all(|id| answers(&all).contains_key(*id) && !answers(&shared).contains_key(*id)));
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = std::fs::metadata(room.at("episode")).expect("the file").permissions().mode();
        assert_eq!(mode & 0o077, 0, "nobody else may read it");
    }
}

#[test]
fn what_is_not_an_episode_is_refused_and_left_alone() {
    let room = Room::new("other");
    room.refused("08:00", "status", &[]);
    room.refused("08:00", "check", &["calm.json"]);
    assert!(!Path::new(&room.at("episode")).exists(), "looking again begins nothing");
    std::fs::write(room.at("episode"), "Dear Anna").expect("a letter");
    room.refused("08:00", "start", &["--case", "calm.json"]);
    assert_eq!(std::fs::read_to_string(room.at("episode")).expect("the letter"), "Dear Anna");
    std::fs::remove_file(room.at("episode")).expect("gone");
    room.start();
    let said = room.refused("08:10", "start", &["--case", "calm.json"]);
    assert!(said.contains("follow check"), "{said}");
}

#[test]
fn usage_errors_have_code_2() {
    let room = Room::new("usage");
    for (step, more) in [
        ("check", vec!["--pain", "11"]),
        ("check", vec!["--function", "-1"]),
        ("close", vec!["--reason", "bored"]),
        ("close", vec!["--reason", "handed-over"]),
        ("export", vec![]),
        ("note", vec!["--by", "neighbour", "--level", "routine"]),
    ] {
        assert_eq!(room.run("08:00", step, &more).status.code(), Some(2), "{step} {more:?}");
    }
}
