//! `gravida session` and `gravida assess --card partner`, as a person or a program uses them.

mod common;

use std::process::Output;

use common::gravida;
use serde_json::{Map, Value, json};

fn text(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).split_whitespace().collect::<Vec<_>>().join(" ")
}

fn pack() -> Value {
    serde_json::from_slice(&gravida(&["pack", "--json"], "").stdout).expect("JSON")
}

/// Low back pain at 30 weeks and no to everything else, with changes.
fn case(changes: &[(&str, &str)]) -> String {
    let mut answers = Map::new();
    for finding in pack()["findings"].as_array().expect("findings") {
        if finding["who"] != "clinician" && finding["answers"]["choices"][0] == "no" {
            answers.insert(finding["id"].as_str().expect("an id").to_owned(), json!("no"));
        }
    }
    let given = [("answering", "self"), ("stage", "pregnant"), ("gestation", "30 weeks"), ("low-back-pain", "yes"), ("pain-mechanical", "yes"), ("prior-back-pain", "yes")];
    for (id, answer) in given.iter().chain(changes) {
        answers.insert((*id).to_owned(), json!(answer));
    }
    json!({"answers": answers}).to_string()
}

/// Everything a pack may say in a session or on a card is there: an empty sentence would be a hole.
#[test]
fn the_pack_has_every_word() {
    let pack = pack();
    let texts: Vec<&str> = pack["texts"].as_array().expect("texts").iter().filter_map(|one| one["id"].as_str()).collect();
    for source in ["session", "card", "food", "plan"] {
        let code = std::fs::read_to_string(format!("{}/src/{source}.rs", env!("CARGO_MANIFEST_DIR"))).expect("the module");
        for slug in code.split("text(\"").skip(1).filter_map(|rest| rest.split('"').next()) {
            assert!(texts.contains(&slug), "{source}.rs says `{slug}`, which no page holds");
        }
    }
    for slug in ["plan-today", "plan-this-week", "plan-professional", "partner-no-task", "partner-help-first", "session-done", "session-stopped"] {
        assert!(texts.contains(&slug), "{slug}");
    }
}

#[test]
fn the_list_names_each_session() {
    let out = text(&gravida(&["session"], ""));
    for name in ["partner-back-massage", "log-roll", "sit-to-stand", "pelvic-tilt-home-set", "gentle-stretch", "cramp-acute-stretch", "cramp-bedtime-stretch"] {
        assert!(out.contains(name), "{name}: {out}");
    }
}

#[test]
fn without_a_case_nothing_was_checked_and_the_questions_come_first() {
    let output = gravida(&["session", "partner-back-massage", "--plain"], "");
    assert_eq!(output.status.code(), Some(0));
    let out = text(&output);
    let place = |words: &str| out.find(words).unwrap_or_else(|| panic!("no \"{words}\" in {out}"));
    let order = [
        place("Who does it: your partner"), place("Ask first."), place("Nobody has checked"), place("Answer these first"),
        place("Is one calf or leg more swollen"), place("Stop at once if"), place("When to call"), place("1. 0:00 to 0:30"), place("10. 12:45 to 13:45"),
    ];
    assert!(order.is_sorted(), "{order:?}: {out}");
}

#[test]
fn with_a_case_that_allows_it_every_step_is_said() {
    let output = gravida(&["session", "partner-back-massage", "-", "--plain"], &case(&[]));
    assert_eq!(output.status.code(), Some(0), "{}", text(&output));
    let out = text(&output);
    assert!(!out.contains("Nobody has checked"), "{out}");
    for step in pack()["interventions"].as_array().expect("list").iter().find(|one| one["id"] == "partner-back-massage").expect("it")["steps"].as_array().expect("steps") {
        assert!(out.contains(step["say"].as_str().expect("words")), "{step}");
    }
}

#[test]
fn what_the_plan_leaves_out_is_refused_with_the_reason() {
    for (change, words) in [
        (("clotting-or-blood-thinners", "yes"), "You said:"),
        (("clotting-or-blood-thinners", "not sure"), "Not answered with a clear no"),
        (("gestation", "8 weeks"), "Not for this time"),
        (("bleeding-any", "yes"), "help comes first"),
    ] {
        let output = gravida(&["session", "partner-back-massage", "-", "--plain"], &case(&[change]));
        assert_eq!(output.status.code(), Some(1), "{change:?}");
        let out = text(&output);
        assert!(out.contains("Do not do this now") && out.contains(words) && out.contains("not a doctor"), "{change:?}: {out}");
        assert!(!out.contains("Warm your hands"), "a step is shown: {out}");
        for word in ["fine", "safe", "no danger", "all is well"] {
            assert!(!out.to_lowercase().contains(word), "{word}: {out}");
        }
    }
}

#[test]
fn an_unreadable_case_is_no_reassurance() {
    let output = gravida(&["session", "log-roll", "-"], "I feel fine");
    assert_eq!(output.status.code(), Some(1));
    assert!(output.stdout.is_empty());
    assert!(String::from_utf8_lossy(&output.stderr).contains("does not mean that you are well"));
    assert_eq!(gravida(&["session", "log-rol"], "").status.code(), Some(1));
    assert_eq!(gravida(&["session", "zinc"], "").status.code(), Some(1));
}

#[test]
fn the_countdown_waits_for_consent_and_can_be_stopped() {
    let no = text(&gravida(&["session", "sit-to-stand", "--fast", "1000"], "n\n"));
    assert!(no.contains("Is the answer a clear yes?") && !no.contains("1 of 7"), "{no}");
    let silence = text(&gravida(&["session", "sit-to-stand", "--fast", "1000"], ""));
    assert!(!silence.contains("1 of 7"), "{silence}");
    let whole = text(&gravida(&["session", "sit-to-stand", "--fast", "10000"], "y\n"));
    for n in 1..=7 {
        assert!(whole.contains(&format!("{n} of 7")), "{n}: {whole}");
    }
    assert!(whole.contains("That was the last step"), "{whole}");
    let stopped = text(&gravida(&["session", "sit-to-stand", "--fast", "1"], "y\nn\nb\nstop\n"));
    assert!(stopped.contains("2 of 7") && stopped.contains("Stopped.") && !stopped.contains("3 of 7"), "{stopped}");
    let left_alone = text(&gravida(&["session", "sit-to-stand", "--fast", "1"], "y\np\n"));
    assert!(left_alone.contains("Stopped."), "{left_alone}");
}

fn card(case: &str, day: &str) -> Value {
    let output = gravida(&["assess", "-", "--card", "partner", "--day", day], case);
    assert_eq!(output.status.code(), Some(0));
    serde_json::from_slice(&output.stdout).expect("JSON")
}

#[test]
fn each_day_has_one_task_and_the_same_day_the_same() {
    let case = case(&[]);
    let first = card(&case, "0");
    assert_eq!(first, card(&case, "0"));
    let task = &first["partner_card"]["task"];
    assert!(task["name"].is_string() && task["how"].as_array().is_some_and(|how| !how.is_empty()), "{first}");
    assert_ne!(card(&case, "1")["partner_card"]["task"]["id"], task["id"]);
    for key in ["consent", "when_to_call", "wellbeing", "medicine", "own_choice", "who_is_you"] {
        assert!(first["partner_card"][key].as_str().is_some_and(|words| words.len() > 20), "{key}");
    }
    let shown = text(&gravida(&["assess", "-", "--card", "partner", "--day", "0", "--text"], &case));
    let order: Vec<usize> = ["Ask first", "Your task for today", "How", "Stop if", "When to call", "And you"].iter().map(|words| shown.find(words).expect("a part")).collect();
    assert!(order.is_sorted(), "{shown}");
}

#[test]
fn private_answers_change_no_byte_of_the_card() {
    let open = case(&[("alone-private", "no")]);
    for private in [&["unsafe-at-home"][..], &["unsafe-at-home", "in-danger-now"], &["low-mood-severe"], &[]] {
        let mut changes = vec![("alone-private", "yes")];
        changes.extend(private.iter().map(|id| (*id, "yes")));
        assert_eq!(card(&case(&changes), "3"), card(&open, "3"), "{private:?}");
    }
}

#[test]
fn when_help_comes_first_there_is_no_task_and_no_answer_is_told() {
    let found = card(&case(&[("bleeding-any", "yes")]), "0");
    let part = &found["partner_card"];
    assert_eq!((part["help_first"].as_bool(), part["task"].is_null()), (Some(true), true), "{found}");
    assert!(part["no_task"].as_str().is_some_and(|words| words.contains("help comes first") || words.contains("getting help comes first")), "{found}");
    let keys: Vec<&String> = found.as_object().expect("an object").keys().collect();
    assert_eq!(keys, ["schema", "pack", "safety", "partner_card"]);
}

#[test]
fn the_plan_says_today_this_week_with_a_professional_and_what_not_to_do() {
    let case = case(&[]);
    let out = text(&gravida(&["assess", "-", "--text"], &case));
    let order: Vec<usize> = ["What you can do today", "What you can do this week", "With a professional", "What not to do", "Left out, and why"].iter().map(|words| out.find(words).unwrap_or_else(|| panic!("{words}: {out}"))).collect();
    assert!(order.is_sorted(), "{out}");
    let result: Value = serde_json::from_slice(&gravida(&["assess", "-"], &case).stdout).expect("JSON");
    let not_to_do = result["plan"]["not_to_do"].as_array().expect("a list");
    assert!(!not_to_do.is_empty() && not_to_do.iter().all(|one| one["because"].as_str().is_some_and(|why| !why.is_empty())), "{not_to_do:?}");
    for offer in result["plan"]["offers"].as_array().expect("offers") {
        let with_professional = offer["who"].as_array().expect("who").iter().any(|who| who == "professional");
        assert_eq!(offer["group"] == "professional", with_professional || offer["advice"] != "offer", "{offer}");
    }
}
