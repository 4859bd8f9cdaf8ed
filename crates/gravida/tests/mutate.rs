//! `gravida mutate`: damage is noticed, survivors are named, and what is not understood is said.

use std::process::{Command, Output};

fn mutate(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_gravida")).arg("mutate").args(arguments).output().expect("the command runs")
}

fn json(output: &Output) -> serde_json::Value {
    serde_json::from_slice(&output.stdout).unwrap_or_else(|why| panic!("{why}: {}", String::from_utf8_lossy(&output.stderr)))
}

#[test]
fn a_sample_of_all_damages_is_noticed() {
    let output = mutate(&["--limit", "24", "--seed", "7", "--json"]);
    let report = json(&output);
    assert_eq!(output.status.code(), Some(0), "{report:#}");
    assert!(report["possible"].as_u64() > Some(3000), "{}", report["possible"]);
    assert_eq!(report["noticed"], report["tried"]);
    // Without the diff, which sees every line that differs.
    assert!(report["noticed_before_the_diff"].as_u64() >= Some(14), "{report:#}");
}

#[test]
fn a_page_about_danger_lets_no_rule_be_damaged_unnoticed() {
    let report = json(&mutate(&["--page", "red-flags/heavy-bleeding.md", "--json"]));
    for one in report["damages"].as_array().expect("damages") {
        let by = one["noticed_by"].as_str().expect("who");
        let rule = ["role-changed", "cite-dropped"].iter().all(|operator| one["operator"] != *operator);
        assert!(!rule || ["reader", "cases", "properties", "theorems"].contains(&by), "{one:#}");
    }
}

#[test]
fn what_is_not_there_is_named() {
    for (arguments, says) in [(["--only", "gremlins"], "there is no operator `gremlins`"), (["--page", "red-flags/nothing.md"], "has nothing to damage")] {
        let output = mutate(&arguments);
        assert_eq!(output.status.code(), Some(1));
        let text = String::from_utf8_lossy(&output.stderr);
        assert!(text.contains(says), "{text}");
    }
}
