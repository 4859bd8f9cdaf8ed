//! Times the assessment over every case of the pack beside a yardstick in the same run; it fails nothing.
//!
//! `cargo run --release -p gravida-bench`. The yardstick is reading one result as JSON. Machines differ and are noisy, so
//! what counts is the ratio.
#![allow(clippy::float_arithmetic)]

use std::hint::black_box;
use std::path::Path;
use std::time::{Duration, Instant};

use gravida_assessment::{assess, call_sooner, triage};
use gravida_knowledge::{Case, pack_json, read, read_folder};

const ROUNDS: usize = 9;

/// The median time of one call over several rounds.
fn median(calls: usize, mut work: impl FnMut()) -> Duration {
    let mut times: Vec<Duration> = (0..ROUNDS)
        .map(|_| {
            let start = Instant::now();
            work();
            start.elapsed() / calls.max(1) as u32
        })
        .collect();
    times.sort_unstable();
    times[ROUNDS / 2]
}

fn main() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../knowledge");
    let pages = read_folder(&folder).unwrap_or_else(|why| panic!("{why}"));
    let knowledge = read(&pages, None).0.expect("a pack without mistakes; `gravida check` lists them");
    let cases: Vec<Case> = knowledge.examples.iter().map(|example| example.case(&knowledge)).collect();
    let text = pack_json(&knowledge)["conditions"].to_string();
    let text = &text[..text.len()];

    let yardstick = median(1, || {
        black_box(serde_json::from_str::<serde_json::Value>(black_box(text)).expect("JSON"));
    });
    let rows = [
        ("JSON of all conditions read (yardstick)", yardstick),
        ("triage, one case", median(cases.len(), || cases.iter().for_each(|case| drop(black_box(triage(&knowledge, case)))))),
        ("assess, one case", median(cases.len(), || cases.iter().for_each(|case| drop(black_box(assess(&knowledge, case)))))),
        ("call sooner if, one case", median(10, || cases.iter().step_by(cases.len() / 10).take(10).for_each(|case| drop(black_box(call_sooner(&knowledge, case)))))),
        ("the whole pack read and linked", median(1, || drop(black_box(read(&pages, None))))),
    ];
    println!("{} cases, medians of {ROUNDS} rounds", cases.len());
    for (what, time) in rows {
        println!("{what:<42} {:>10.1} µs  {:>8.3} × yardstick", time.as_secs_f64() * 1e6, time.as_secs_f64() / yardstick.as_secs_f64());
    }
}
