//! The command as a person or a program uses it: output, errors and exit codes.

mod common;

use std::process::Output;

use common::gravida;

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

fn json(output: &Output) -> serde_json::Value {
    serde_json::from_slice(&output.stdout).unwrap_or_else(|why| panic!("{why}: {}{}", text(&output.stdout), text(&output.stderr)))
}

fn assess(case: &str) -> (serde_json::Value, Option<i32>) {
    let output = gravida(&["assess", "-"], case);
    (json(&output), output.status.code())
}

#[test]
fn the_pack_has_no_mistakes() {
    let output = gravida(&["check", "--plain"], "");
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stdout));
}

#[test]
fn every_case_of_the_pack_holds() {
    let output = gravida(&["test"], "");
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stdout));
}

#[test]
fn the_pages_are_laid_out() {
    let output = gravida(&["fmt", "--check", concat!(env!("CARGO_MANIFEST_DIR"), "/../../knowledge")], "");
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stdout));
}

#[test]
fn the_table_of_the_readme_is_the_one_of_the_pack() {
    let readme = include_str!("../../../knowledge/README.md");
    let table = text(&gravida(&["check", "--counts"], "").stdout);
    assert!(table.contains("red flags"), "there is no table: {table}");
    assert!(readme.contains(table.trim()), "put this between counts:begin and counts:end:\n{table}");
}

#[test]
fn heavy_bleeding_is_an_emergency_within_three_screens() {
    let output = gravida(&["ask", "--place", "gb"], "1\n1\n10 weeks\nn\n1\n");
    let out = text(&output.stdout);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    assert!(out.contains("[emergency]") && out.contains("999"), "{out}");
    assert!(!out.contains("Screen 4"), "{out}");
}

#[test]
fn ordinary_back_pain_ends_calm_within_about_twelve_screens() {
    // Every screen is answered "none of these", but where it hurts and that movement changes it.
    let mut case = serde_json::json!({"schema": "gravida-case/1", "answers": {"answering": "self", "stage": "pregnant", "gestation": "30 weeks", "alone-private": "no"}});
    let yes = ["low-back-pain", "pain-mechanical", "prior-back-pain"];
    let mut screens = 1;
    loop {
        let output = gravida(&["next", "-"], &case.to_string());
        assert_eq!(output.status.code(), Some(0), "{}", text(&output.stdout));
        let next = json(&output);
        if next["next"]["done"] == true {
            let level = next["result"]["urgency"]["level"].as_str().expect("a level");
            assert!(["self-care", "routine"].contains(&level), "{level}");
            assert!(!next["result"]["plan"]["offers"].as_array().expect("offers").is_empty());
            break;
        }
        screens += 1;
        assert!(screens <= 14, "too many screens; the next is {}", next["next"]["screen"]);
        for question in next["next"]["questions"].as_array().expect("questions") {
            let finding = question["finding"].as_str().expect("a finding");
            let answer = if yes.contains(&finding) { "yes" } else { "no" };
            case["answers"][finding] = answer.into();
        }
    }
}

#[test]
fn leaving_at_once_counts_as_not_sure() {
    let out = text(&gravida(&["ask"], "").stdout);
    assert!(out.contains("[emergency]"), "{out}");
}

#[test]
fn what_is_typed_wrongly_is_asked_again() {
    let out = text(&gravida(&["ask"], "perhaps\n1\n1\n99 weeks\n10 weeks\nn\nx 5\n1\n").stdout);
    assert!(out.contains("\"perhaps\" is not understood"), "{out}");
    assert!(out.contains("\"99 weeks\" is not understood"), "{out}");
    assert!(out.contains("\"x\" is not understood"), "{out}");
    assert!(out.contains("[emergency]"), "{out}");
}

#[test]
fn not_json_is_an_error_that_does_not_reassure() {
    let output = gravida(&["assess", "-"], "I feel fine");
    assert_eq!(output.status.code(), Some(1));
    assert!(output.stdout.is_empty());
    let error = text(&output.stderr);
    assert!(error.contains("this is not the JSON of a case") && error.contains("does not mean that you are well"), "{error}");
}

#[test]
fn an_unknown_finding_is_reported() {
    let (result, code) = assess(r#"{"answers": {"fevr": "yes"}}"#);
    assert_eq!(code, Some(1));
    assert!(result["problems"][0]["what"].as_str().expect("a problem").contains("no finding with this name"));
}

#[test]
fn an_answer_that_is_not_understood_is_not_sure() {
    for bad in [r#""perhaps""#, "true", "1", "[]", r#"{"weeks": 3}"#] {
        let (result, code) = assess(&format!(r#"{{"answers": {{"saddle-numbness": {bad}}}}}"#));
        assert_eq!(code, Some(1), "{bad}");
        assert_eq!(result["urgency"]["level"], "emergency", "{bad}");
        assert!(result["problems"][0]["what"].as_str().expect("a problem").contains("counts as not sure"), "{bad}");
    }
}

#[test]
fn an_impossible_week_is_reported() {
    for bad in [r#""60 weeks""#, r#"{"weeks": -3}"#, r#"{"due-date": "2029-01-01"}"#, r#"{"last-period": "2020-01-01"}"#, r#"{"weeks": 20, "days": 9}"#] {
        let (result, code) = assess(&format!(r#"{{"today": "2026-11-24", "answers": {{"stage": "pregnant", "gestation": {bad}}}}}"#));
        assert_eq!(code, Some(1), "{bad}");
        assert_eq!(result["problems"][0]["at"], "gestation", "{bad}: {}", result["problems"]);
    }
}

#[test]
fn weeks_may_come_as_dates() {
    for good in [r#"{"due-date": "2027-03-02"}"#, r#"{"last-period": "2026-05-26"}"#, r#"{"weeks": 26}"#, r#""26 weeks""#, r#""26+0""#] {
        let output = gravida(&["next", "-"], &format!(r#"{{"today": "2026-11-24", "answers": {{"stage": "pregnant", "gestation": {good}}}}}"#));
        assert_eq!(json(&output)["case"]["answers"]["gestation"], "26 weeks", "{good}");
    }
}

#[test]
fn contradictions_are_reported_and_the_more_dangerous_counts() {
    let (result, code) = assess(r#"{"answers": {"bleeding-any": "no", "bleeding-heavy": "yes"}}"#);
    assert_eq!(code, Some(1));
    assert!(result["problems"][0]["what"].as_str().expect("a problem").contains("contradicts"), "{}", result["problems"]);
    assert_eq!(result["urgency"]["floor"], "emergency");
    let (result, code) = assess(r#"{"answers": {"saddle-numbness": "yes", "saddle-numbness": "no"}}"#);
    assert_eq!(code, Some(1));
    assert!(result["problems"][0]["what"].as_str().expect("a problem").contains("answered twice"), "{}", result["problems"]);
    assert_eq!(result["urgency"]["floor"], "emergency");
    let (result, code) = assess(r#"{"answers": {"stage": "after-birth", "gestation": "30 weeks"}}"#);
    assert_eq!(code, Some(1));
    assert!(result["problems"][0]["what"].as_str().expect("a problem").contains("does not apply"), "{}", result["problems"]);
}

#[test]
fn a_hundred_megabytes_are_refused() {
    let output = gravida(&["assess", "-"], &"x".repeat(100 << 20));
    assert_eq!(output.status.code(), Some(1));
    assert!(text(&output.stderr).contains("larger than"), "{}", text(&output.stderr));
}

#[test]
fn deep_json_is_refused() {
    let output = gravida(&["assess", "-"], &"[".repeat(100_000));
    assert_eq!(output.status.code(), Some(1));
}

#[test]
fn wrong_usage_exits_with_two() {
    assert_eq!(gravida(&["asess", "-"], "").status.code(), Some(2));
    assert_eq!(gravida(&["assess"], "").status.code(), Some(2));
}

#[test]
fn an_unknown_place_is_an_error() {
    let output = gravida(&["assess", "-", "--place", "mars"], r#"{"answers": {}}"#);
    assert_eq!(output.status.code(), Some(1));
    assert!(text(&output.stderr).contains("write one of"), "{}", text(&output.stderr));
}

#[test]
fn a_result_is_the_same_twice() {
    let case = r#"{"today": "2026-11-24", "answers": {"stage": "pregnant", "gestation": "31 weeks", "low-back-pain": "yes"}}"#;
    let one = gravida(&["assess", "-"], case).stdout;
    assert_eq!(one, gravida(&["assess", "-"], case).stdout);
}

#[test]
fn whatif_shows_what_moves() {
    let dir = std::env::temp_dir().join(format!("gravida-whatif-{}", std::process::id()));
    std::fs::create_dir_all(&dir).expect("a folder");
    let file = dir.join("case.json");
    std::fs::write(&file, r#"{"answers": {"stage": "pregnant", "gestation": "31 weeks", "saddle-numbness": "no"}}"#).expect("a case");
    let output = gravida(&["whatif", file.to_str().expect("a path"), "saddle-numbness=yes"], "");
    assert!(text(&output.stdout).contains("numbness-between-the-legs"), "{}", text(&output.stdout));
    std::fs::remove_dir_all(&dir).expect("the folder goes");
}

#[test]
fn explain_and_cite_find_what_is_there_and_suggest_what_is_not() {
    for id in ["fainting", "saddle-numbness", "pelvic-girdle-pain", "log-roll", "findings"] {
        assert_eq!(gravida(&["explain", id], "").status.code(), Some(0), "{id}");
    }
    assert_eq!(gravida(&["cite", "salari2023"], "").status.code(), Some(0));
    let output = gravida(&["explain", "girdle"], "");
    assert_eq!(output.status.code(), Some(1));
    assert!(text(&output.stderr).contains("pelvic-girdle-pain"));
}

#[test]
fn the_pack_as_json_has_everything() {
    let pack = json(&gravida(&["pack", "--json"], ""));
    assert_eq!(pack["schema"], "gravida-pack/1");
    assert_eq!(pack["conditions"].as_array().expect("conditions").len(), 54);
    assert_eq!(pack["interventions"].as_array().expect("interventions").len(), 54);
    assert!(pack["red_flags"].as_array().expect("red flags").len() >= 48);
}

const TWO_VOICES: &str = r#"{"answers": {"answering": "self", "stage": "pregnant", "gestation": "30 weeks", "alone-private": "yes",
    "unsafe-at-home": "yes", "bleeding-any": "yes", "low-back-pain": "yes", "fever": "no"},
    "voices": {"partner": {"at": "2026-11-24T21:30", "answers": {"answering": "partner", "fever": "yes", "bleeding-any": "no", "collapse-dizzy": "no"}}}}"#;

#[test]
fn two_voices_are_both_shown_and_the_more_dangerous_counts() {
    let (result, code) = assess(TWO_VOICES);
    assert_eq!(code, Some(0), "{}", result["problems"]);
    let said = |list: &str, finding: &str| {
        let all = result[list].as_array().expect("a list").clone();
        all.into_iter().find(|one| one["finding"] == finding).unwrap_or_else(|| panic!("{list} has no {finding}"))
    };
    assert_eq!(said("disagreements", "fever")["counts"], "yes");
    assert_eq!(said("disagreements", "bleeding-any")["counts"], "yes");
    let noted = said("also_heard", "collapse-dizzy");
    assert!(noted["self"].is_null() && noted["counts"].is_null() && noted["said"] == "no", "{noted}");
    let again = json(&gravida(&["next", "-"], TWO_VOICES))["case"].clone();
    assert_eq!(again["answers"]["fever"], "no");
    assert_eq!(again["voices"]["partner"]["answers"]["fever"], "yes");
    assert_eq!(again["voices"]["partner"]["at"], "2026-11-24T21:30");
    assert_eq!(assess(&again.to_string()).0["disagreements"], result["disagreements"]);
}

#[test]
fn a_partner_answers_no_private_question() {
    for bad in ["{\"unsafe-at-home\": \"no\"}", "{\"feverr\": \"no\"}", "{\"fever\": \"perhaps\"}"] {
        let (result, code) = assess(&format!("{{\"answers\": {{}}, \"voices\": {{\"partner\": {{\"answers\": {bad}}}}}}}"));
        assert_eq!(code, Some(1), "{bad}");
        assert!(result["problems"][0]["at"].as_str().expect("a place").starts_with("voices.partner."), "{}", result["problems"]);
    }
    for bad in [r#"{"answers": {}, "voices": {"neighbour": {"answers": {}}}}"#, r#"{"answers": {}, "voices": {"partner": {"at": "soon"}}}"#, r#"{"answers": {}, "share": ["nothing"]}"#, r#"{"answers": {}, "share": "all"}"#] {
        assert_eq!(assess(bad).1, Some(1), "{bad}");
    }
}

#[test]
fn what_a_partner_sees_holds_nothing_private_and_names_nothing_hushed() {
    let view = |case: &str, form: &str| gravida(&["assess", "-", "--for", "partner", form], case);
    let safe = TWO_VOICES.replace(r#""unsafe-at-home": "yes""#, r#""unsafe-at-home": "no""#);
    for form in ["--json", "--text"] {
        let output = view(TWO_VOICES, form);
        assert_eq!(output.status.code(), Some(0));
        assert_eq!(output.stdout, view(&safe, form).stdout, "an answer given in private can be inferred");
        let out = text(&output.stdout);
        for hidden in ["unsafe-at-home", "bleeding-any", "not-safe-at-home", "hurts or frightens"] {
            assert!(!out.contains(hidden), "{hidden} in {out}");
        }
    }
    let result = json(&view(TWO_VOICES, "--json"));
    assert_eq!(result["urgency"]["level"], "emergency");
    assert_eq!(result["view"], "partner");
    assert!(result["next"].is_null());
    let shared = TWO_VOICES.replace(r#"{"answers""#, r#"{"share": ["bleeding-any"], "answers""#);
    assert!(text(&view(&shared, "--json").stdout).contains("bleeding-any"));
}

#[test]
fn a_result_says_which_answers_force_the_level_and_a_question_why_it_is_asked() {
    let (result, _) = assess(r#"{"answers": {"answering": "self", "stage": "pregnant", "gestation": "22 weeks", "flank-pain": "yes", "fever": "yes"}}"#);
    let set = &result["why"]["sets"][0];
    let names: Vec<&str> = set["answers"].as_array().expect("answers").iter().filter_map(|one| one["finding"].as_str()).collect();
    assert_eq!(names, ["fever", "flank-pain"]);
    assert_eq!(set["flags"][0]["id"], "side-pain-with-fever-or-vomiting");
    assert!(set["flags"][0]["page"].is_string() && set["flags"][0]["cites"][0]["source"].is_string());
    assert_eq!(result["next"]["checked"], true, "{}", result["next"]);
    let next = json(&gravida(&["next", "-"], r#"{"answers": {"answering": "self", "stage": "pregnant", "gestation": "22 weeks", "alone-private": "no"}}"#));
    let why = next["next"]["questions"][0]["why"][0].as_str().expect("a reason");
    assert!(why.contains("[emergency]"), "{why}");
    assert!(result["causes"][0]["weighings"][0]["cites"][0]["mark"].is_string(), "{}", result["causes"][0]);
}
