//! `gravida prove` as a safety officer uses it.

use std::process::{Command, Output};

fn prove(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_gravida")).arg("prove").args(arguments).env_remove("GRAVIDA_LANGUAGE").output().expect("the command runs")
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

#[test]
fn everything_holds_for_everybody() {
    let output = prove(&["--json"]);
    let card: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap_or_else(|why| panic!("{why}: {}", text(&output.stderr)));
    assert_eq!(output.status.code(), Some(0), "{card:#}");
    let theorems = card["theorems"].as_array().expect("theorems");
    let ids: Vec<&str> = theorems.iter().filter_map(|one| one["id"].as_str()).collect();
    for n in 1..=14 {
        assert!(ids.contains(&format!("T{n}").as_str()), "T{n} was not proved");
    }
    assert!(theorems.len() >= 14 + 40, "properties of the pack");
    // Far more than 2^60.
    assert!(card["answer_space"].as_str().expect("a count").len() > 100);
    assert!(theorems.iter().filter_map(|one| one["proof_steps"].as_u64()).sum::<u64>() > 1_000, "the checker took the proofs");
}

#[test]
fn the_card_is_the_same_to_the_byte() {
    let (one, two) = (prove(&["T2", "T13", "--html"]), prove(&["T2", "T13", "--html"]));
    assert_eq!(one.stdout, two.stdout);
    let page = text(&one.stdout);
    assert!(page.contains("What is not proved") && page.contains("lang=\"en\""), "{page}");
}

#[test]
fn every_place_holds_by_itself() {
    for place in ["gb", "us", "cn", "international"] {
        let output = prove(&["T11", "T12", "--place", place]);
        assert_eq!(output.status.code(), Some(0), "{place}: {}", text(&output.stdout));
    }
}

#[test]
fn what_is_not_there_is_named() {
    for (arguments, says) in [
        (&["T99"][..], "there is no theorem `T99`"),
        (&["--place", "mars"], "there is no place called `mars`"),
        (&["--language", "tlh"], "the pack has no pages in `tlh`"),
    ] {
        let output = prove(arguments);
        assert_eq!(output.status.code(), Some(1));
        assert!(text(&output.stderr).contains(says), "{}", text(&output.stderr));
    }
}
