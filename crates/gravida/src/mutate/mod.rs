//! `gravida mutate`: damages the pack in every way of a named list and reports who notices; it never writes to a page.

mod notice;
mod operator;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::{IsTerminal, Write as _};
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::Mutex;

use anyhow::{Result, bail};
use gravida_knowledge::{Knowledge, Page, is_translation, read};
use serde_json::{Value, json};

use self::notice::{By, notice};
use self::operator::{Mutant, OPERATORS, mutants};
use crate::pack;

/// Survivors that somebody looked at, each with the reason.
const EXPLAINED: &str = include_str!("../../../../docs/mutation-survivors.md");

/// What to damage and how to show it.
pub struct Wish {
    /// At most so many, chosen evenly; all when missing.
    pub limit: Option<usize>,
    /// Where the even choice begins.
    pub seed: usize,
    pub only: Option<String>,
    pub page: Option<String>,
    pub json: bool,
    /// Leave the theorems out: they take most of the time.
    pub quick: bool,
    /// Name what only the clinical diff noticed, too.
    pub verbose: bool,
}

struct Outcome {
    mutant: Mutant,
    by: By,
    says: String,
    explained: bool,
}

/// Damages and reports; true when nothing survives without a written reason.
pub fn run(folder: Option<&Path>, wish: &Wish) -> Result<bool> {
    if let Some(only) = wish.only.as_ref().filter(|only| !OPERATORS.iter().any(|(id, _)| id == only)) {
        let all: Vec<&str> = OPERATORS.iter().map(|(id, _)| *id).collect();
        bail!("there is no operator `{only}`; write one of {}", all.join(", "));
    }
    let mut pages = pack::pages(folder)?;
    pages.retain(|page| !is_translation(&page.path));
    pages.sort_by(|a, b| a.path.cmp(&b.path));
    let (Some(sound), _) = read(&pages, None) else { bail!("the pack has mistakes already; `gravida check` lists them") };
    let wanted = |mutant: &Mutant| wish.only.as_ref().is_none_or(|only| only == mutant.operator);
    let chosen = |page: &Page| wish.page.as_ref().is_none_or(|path| page.path == *path);
    let mut all: Vec<Mutant> = pages.iter().enumerate().filter(|(_, page)| chosen(page)).flat_map(|(n, page)| mutants(n, page)).filter(wanted).collect();
    let made = all.len();
    if let (Some(page), 0) = (&wish.page, made) {
        bail!("the page `{page}` has nothing to damage; write its path below the folder, as red-flags/fainting.md");
    }
    if let Some(limit) = wish.limit.filter(|limit| *limit < made) {
        all = (0..limit).map(|n| all[(n * made / limit.max(1) + wish.seed) % made].clone()).collect();
    }
    let results = everybody(&sound, &pages, all, wish.quick);
    if wish.json {
        anstream::println!("{}", serde_json::to_string_pretty(&as_json(&sound, &pages, made, &results))?);
    } else {
        anstream::print!("{}", text(&pages, made, &results, wish.verbose));
    }
    Ok(results.iter().all(|one| one.by != By::Nobody || one.explained))
}

/// Asks about every damage, on all cores; the order of the results is that of the damages.
fn everybody(sound: &Knowledge, pages: &[Page], all: Vec<Mutant>, quick: bool) -> Vec<Outcome> {
    let next = AtomicUsize::new(0);
    let results: Mutex<BTreeMap<usize, Outcome>> = Mutex::new(BTreeMap::new());
    let live = std::io::stderr().is_terminal();
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    std::thread::scope(|scope| {
        for _ in 0..cores {
            scope.spawn(|| {
                let mut mine = pages.to_vec();
                loop {
                    let n = next.fetch_add(1, Ordering::Relaxed);
                    let Some(mutant) = all.get(n) else { break };
                    let (by, says) = notice(sound, pages, &mut mine, mutant, quick);
                    let path = &pages[mutant.page].path;
                    let explained = by >= By::Diff && is_explained(mutant, path);
                    if live {
                        let _ = write!(std::io::stderr(), "\r\u{1b}[K{} of {}  {path}", n + 1, all.len());
                    }
                    if let Ok(mut results) = results.lock() {
                        results.insert(n, Outcome { mutant: mutant.clone(), by, says, explained });
                    }
                }
            });
        }
    });
    if live {
        let _ = write!(std::io::stderr(), "\r\u{1b}[K");
    }
    results.into_inner().map(|results| results.into_values().collect()).unwrap_or_default()
}

/// A line of the list of survivors holds the operator, the page and the damaged line, each in backticks.
fn is_explained(mutant: &Mutant, path: &str) -> bool {
    let has = |line: &str, word: &str| line.contains(&format!("`{word}`"));
    EXPLAINED.lines().any(|line| has(line, mutant.operator) && has(line, path) && has(line, &mutant.before))
}

/// How many of each operator were noticed by whom.
fn table(results: &[Outcome]) -> Vec<(&'static str, [usize; 6])> {
    OPERATORS
        .iter()
        .map(|(operator, _)| {
            let count = |by: By| results.iter().filter(|one| one.mutant.operator == *operator && one.by == by).count();
            (*operator, By::ALL.map(count))
        })
        .filter(|(_, counts)| counts.iter().sum::<usize>() > 0)
        .collect()
}

/// "987 of 1000 (98.7 %)".
fn rate(part: usize, all: usize) -> String {
    let tenths = part * 1000 / all.max(1);
    format!("{part} of {all} ({}.{} %)", tenths / 10, tenths % 10)
}

fn noticed(results: &[Outcome], until: By) -> usize {
    results.iter().filter(|one| one.by <= until).count()
}

fn text(pages: &[Page], made: usize, results: &[Outcome], verbose: bool) -> String {
    let mut out = String::new();
    let _ = writeln!(out, "{:<24} {:>6} {:>7} {:>6} {:>10} {:>8} {:>6} {:>7}", "damage", "made", "reader", "cases", "properties", "theorems", "diff", "nobody");
    for (operator, counts) in table(results) {
        let all: usize = counts.iter().sum();
        let _ = writeln!(out, "{operator:<24} {all:>6} {:>7} {:>6} {:>10} {:>8} {:>6} {:>7}", counts[0], counts[1], counts[2], counts[3], counts[4], counts[5]);
    }
    let quiet: Vec<&Outcome> = results.iter().filter(|one| one.by == By::Nobody || (verbose && one.by == By::Diff)).collect();
    for one in &quiet {
        let reason = if one.explained { "explained" } else { "SURVIVED" };
        let who = if one.by == By::Diff { "diff alone" } else { reason };
        let _ = writeln!(out, "{who}: {} {}:{}: {} → {}", one.mutant.operator, pages[one.mutant.page].path, one.mutant.line, one.mutant.before, one.mutant.after);
    }
    let _ = writeln!(out, "noticed before the diff: {}; with the diff: {}", rate(noticed(results, By::Theorems), results.len()), rate(noticed(results, By::Diff), results.len()));
    if results.len() < made {
        let _ = writeln!(out, "a sample of {made} damages; without --limit all are tried");
    }
    out
}

fn as_json(sound: &Knowledge, pages: &[Page], made: usize, results: &[Outcome]) -> Value {
    json!({
        "schema": "gravida-mutate/1",
        "program": env!("CARGO_PKG_VERSION"),
        "pack": sound.hash,
        "possible": made,
        "tried": results.len(),
        "noticed_before_the_diff": noticed(results, By::Theorems),
        "noticed": noticed(results, By::Diff),
        "operators": table(results).iter().map(|(operator, counts)| {
            let mut row = serde_json::Map::new();
            row.insert("operator".to_owned(), json!(operator));
            for (by, count) in By::ALL.iter().zip(counts) {
                row.insert(by.word().to_owned(), json!(count));
            }
            Value::Object(row)
        }).collect::<Vec<_>>(),
        "damages": results.iter().map(|one| json!({
            "operator": one.mutant.operator, "page": pages[one.mutant.page].path, "line": one.mutant.line,
            "before": one.mutant.before, "after": one.mutant.after,
            "noticed_by": one.by.word(), "says": one.says, "explained": one.explained,
        })).collect::<Vec<_>>(),
    })
}

/// The list of operators for `--help`.
pub fn operators() -> String {
    let mut out = String::from("Damages:\n");
    for (id, words) in OPERATORS {
        let _ = writeln!(out, "  {id:<24} {words}");
    }
    out
}
