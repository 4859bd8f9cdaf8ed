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
    let output = mutate(&["--limit", "16", "--seed", "7", "--json"]);
    let report = json(&output);
    assert_eq!(output.status.code(), Some(0), "{report:#}");
    assert!(report["possible"].as_u64() > Some(3000), "{}", report["possible"]);
    assert_eq!(report["noticed"], report["tried"]);
    // Without the diff, which sees every line that differs.
    assert!(report["noticed_before_the_diff"].as_u64() >= Some(9), "{report:#}");
}

#[test]
fn a_calmer_red_flag_is_noticed_without_the_diff() {
    for operator in ["urgency-down", "clause-dropped", "answer-flipped"] {
        let report = json(&mutate(&["--page", "red-flags/heavy-bleeding.md", "--only", operator, "--json"]));
        assert!(report["tried"].as_u64() > Some(0), "{report:#}");
        assert_eq!(report["noticed_before_the_diff"], report["tried"], "{report:#}");
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
