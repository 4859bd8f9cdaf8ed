//! `gravida diff`: what moves for a person between two packs, and whether a calmer move is named; it never judges the medicine.

use std::fmt::Write as _;
use std::path::Path;

use anyhow::{Context as _, Result};
use gravida_proof::{Acted, BlockChange, Difference, Edition, Fate, FlagChange, LevelMove, Moved, PlanChange, compare};

use crate::{diff_json, revision};

/// A difference with what the changelog says about it.
pub struct Report {
    pub old: String,
    pub new: String,
    pub old_hash: Option<String>,
    pub new_hash: Option<String>,
    pub difference: Difference,
    /// For each flag of the difference, whether it makes somebody calmer, and if so whether the changelog says so.
    pub named: Vec<Option<bool>>,
    /// Where the changelog stands, if there is one.
    pub changelog: Option<String>,
}

impl Report {
    /// Calmer moves that no entry names.
    pub fn unnamed(&self) -> impl Iterator<Item = &FlagChange> {
        self.difference.flags.iter().zip(&self.named).filter(|(_, named)| **named == Some(false)).map(|(flag, _)| flag)
    }
}

/// Compares and prints; true unless somebody becomes calmer and no entry of the changelog says so.
pub fn run(old: &str, new: &str, changelog: Option<&Path>, json: bool) -> Result<bool> {
    let after = revision::open(new, None)?;
    let before = revision::open(old, Some(&after.pages))?;
    let given = changelog.map(|path| std::fs::read_to_string(path).with_context(|| format!("the changelog {} cannot be read", path.display()))).transpose()?;
    // Entries that stood there before the change say nothing about it.
    let (stood, now, place) = match (given, &before.changelog, &after.changelog) {
        (Some(text), ..) => (String::new(), text, changelog.map(|path| path.display().to_string())),
        (None, Some((there, stood)), Some((here, now))) if there != here => (stood.clone(), now.clone(), Some(here.clone())),
        (None, _, Some((here, now))) => (String::new(), now.clone(), Some(here.clone())),
        (None, _, None) => (String::new(), String::new(), None),
    };
    let stood = entries(&stood);
    let entries: Vec<String> = entries(&now).into_iter().filter(|entry| !stood.contains(entry)).collect();
    let difference = compare(Edition { knowledge: &before.knowledge, pages: &before.pages }, Edition { knowledge: &after.knowledge, pages: &after.pages });
    let named = difference.flags.iter().map(|flag| flag.moves.iter().any(LevelMove::is_calmer).then(|| entries.iter().any(|entry| names(entry, &flag.ids)))).collect();
    let report = Report {
        old: old.to_owned(),
        new: new.to_owned(),
        old_hash: before.hash.clone(),
        new_hash: after.hash.clone(),
        difference,
        named,
        changelog: place,
    };
    if json {
        anstream::println!("{}", serde_json::to_string_pretty(&diff_json::report(&report))?);
    } else {
        anstream::print!("{}", text(&report));
    }
    Ok(report.unnamed().next().is_none())
}

/// The entries of a changelog: each item of a list with the lines that go on under it, each other paragraph, in one line.
fn entries(text: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    let mut open = false;
    for line in text.lines() {
        let words = line.trim();
        let starts = words.starts_with("- ") || words.starts_with("* ") || words.starts_with('#');
        match found.last_mut() {
            Some(last) if open && !starts && !words.is_empty() => {
                last.push(' ');
                last.push_str(words);
            }
            _ if !words.is_empty() => found.push(words.to_owned()),
            _ => {}
        }
        open = !words.is_empty() && !words.starts_with('#');
    }
    found
}

/// An entry names a calmer move when it holds the word `calmer` and one of the ids in backticks.
fn names(entry: &str, ids: &[String]) -> bool {
    let calmer = entry.split(|c: char| !c.is_alphanumeric()).any(|word| word.eq_ignore_ascii_case("calmer"));
    calmer && ids.iter().any(|id| entry.contains(&format!("`{id}`")))
}

/// A count with commas, or its first digits and its length when it is very long.
fn short(count: &impl ToString) -> String {
    let digits = count.to_string();
    if digits.len() > 15 {
        return format!("{}.{} × 10^{}", &digits[..1], &digits[1..4], digits.len() - 1);
    }
    let mut out = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at) % 3 == 0 {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// What happened to a block, for its heading.
pub fn fate(fate: Fate) -> &'static str {
    match fate {
        Fate::Added => "added",
        Fate::Removed => "removed",
        Fate::Changed => "changed",
    }
}

fn heading(slug: &str, was: Option<&str>, happened: Fate, name: &str) -> String {
    let was = was.map(|was| format!(", before `{was}`")).unwrap_or_default();
    let happened = if happened == Fate::Changed { String::new() } else { format!(", {}", fate(happened)) };
    format!("`{slug}`{was}{happened} – {name}")
}

fn text(report: &Report) -> String {
    let difference = &report.difference;
    let pack = |name: &str, hash: &Option<String>| match hash {
        Some(hash) => format!("{name} (pack {})", hash.get(..12).unwrap_or("")),
        None => format!("{name} (with texts of the new pack that this program asks for)"),
    };
    let mut out = format!("From {} to {}\n", pack(&report.old, &report.old_hash), pack(&report.new, &report.new_hash));
    for (flag, named) in difference.flags.iter().zip(&report.named) {
        flag_text(&mut out, difference, flag, *named, report.changelog.as_deref());
    }
    for plan in &difference.plans {
        plan_text(&mut out, plan);
    }
    sideways(&mut out, difference);
    summary(&mut out, report);
    out
}

fn flag_text(out: &mut String, difference: &Difference, flag: &FlagChange, named: Option<bool>, changelog: Option<&str>) {
    let _ = writeln!(out, "\nred flag {}", heading(&flag.slug, flag.was.as_deref(), flag.fate, &flag.name));
    if flag.moves.is_empty() {
        let _ = writeln!(out, "  SAME  for everybody; only its form differs");
    }
    for one in &flag.moves {
        let word = if one.to < one.from { "DOWN" } else { "UP" };
        let _ = writeln!(out, "  {word:<5} what it counts for: {} → {}, {}", one.from, one.to, of(&one.moved, &flag.over, flag.findings.len()));
        region_text(out, &one.moved);
        match &one.acted {
            Acted::Never => {
                let _ = writeln!(out, "        The level to act on never moves with it: other red flags ask for as much.");
            }
            Acted::For(count, example) => {
                let many = count.as_ref().map_or("somebody (too much to count)".to_owned(), |count| format!("{} of {} sets of answers to every question that red flags read", short(count), short(&difference.over)));
                let _ = writeln!(out, "        The level to act on moves with it for {many}.");
                let _ = writeln!(out, "        For example {} → {}: {}", example.from, example.to, example.words);
            }
        }
    }
    by(out, &flag.pages);
    let place = changelog.unwrap_or("the changelog (there is none)");
    match named {
        Some(true) => {
            let _ = writeln!(out, "  {place} names it as calmer.");
        }
        Some(false) => {
            let ids: Vec<String> = flag.ids.iter().map(|id| format!("`{id}`")).collect();
            let _ = writeln!(out, "  NOT NAMED: no new entry of {place} has the word calmer and {}.", ids.join(" or "));
        }
        None => {}
    }
}

fn of(moved: &Moved, over: &impl ToString, findings: usize) -> String {
    match &moved.count {
        Some(count) => format!("{} of {} sets of answers to {}", short(count), short(over), plural(findings, "question")),
        None => "too many sets of answers to count".to_owned(),
    }
}

fn plural(count: usize, word: &str) -> String {
    if count == 1 { format!("{count} {word}") } else { format!("{count} {word}s") }
}

/// Each region on a line; what they all say stands once, above them.
fn region_text(out: &mut String, moved: &Moved) {
    let all = |answers: &String| moved.regions.iter().all(|region| region.answers.contains(answers));
    let common: Vec<String> = match moved.regions.as_slice() {
        [first, _, ..] => first.answers.iter().filter(|answers| all(answers)).cloned().collect(),
        _ => Vec::new(),
    };
    let indent = if common.is_empty() { "" } else { "  " };
    if !common.is_empty() {
        let _ = writeln!(out, "        – {}; and one of", common.join("; "));
    }
    for region in &moved.regions {
        let own: Vec<&str> = region.answers.iter().filter(|answers| !common.contains(answers)).map(String::as_str).collect();
        let words = if own.is_empty() { "everybody".to_owned() } else { own.join("; ") };
        let _ = writeln!(out, "        {indent}– {words}");
    }
    if moved.more != Default::default() {
        let _ = writeln!(out, "        {indent}– and {} sets of answers in smaller groups", short(&moved.more));
    }
}

fn by(out: &mut String, pages: &[String]) {
    if !pages.is_empty() {
        let _ = writeln!(out, "  by {}", pages.join(", "));
    }
}

fn plan_text(out: &mut String, plan: &PlanChange) {
    let _ = writeln!(out, "\nintervention {}", heading(&plan.slug, plan.was.as_deref(), plan.fate, &plan.name));
    for (moved, words) in [(&plan.offered, "may now be offered"), (&plan.left_out, "is no longer offered")] {
        if moved.count == Some(Default::default()) {
            continue;
        }
        let many = moved.count.as_ref().map_or("too many sets of answers to count".to_owned(), |count| format!("{} of {} sets of answers", short(count), short(&plan.over)));
        let _ = writeln!(out, "  SIDEWAYS  {words}, where the level and the causes allow it: {many}");
        region_text(out, moved);
    }
    by(out, &plan.pages);
}

/// Lines that no flag or plan above has told already, by what they touch.
pub fn rest(difference: &Difference) -> Vec<(&'static str, String, String)> {
    let told: Vec<&String> = difference.flags.iter().flat_map(|flag| &flag.pages).chain(difference.plans.iter().flat_map(|plan| &plan.pages)).collect();
    let mut found = Vec::new();
    for block in &difference.blocks {
        let name = block_name(block);
        if block.was.is_some() {
            found.push(("names", block.at.clone(), name.clone()));
        }
        if block.fate != Fate::Changed {
            let shown = told.iter().any(|page| **page == block.at || page.strip_suffix(" (removed)") == Some(&block.at));
            if !shown {
                found.push(("blocks", block.at.clone(), format!("{name} {}", fate(block.fate))));
            }
            continue;
        }
        for line in block.lines.iter().filter(|line| !told.contains(&&line.at)) {
            let touches = if line.touches == "level" { "form" } else { line.touches };
            found.push((touches, line.at.clone(), format!("{name}, `{}`", line.keyword)));
        }
    }
    found.extend(difference.prose.iter().map(|page| ("words", page.clone(), "prose outside the blocks".to_owned())));
    found
}

fn block_name(block: &BlockChange) -> String {
    let was = block.was.as_ref().map(|was| format!(", before `{was}`")).unwrap_or_default();
    format!("{} `{}`{was}", block.kind, block.id)
}

fn sideways(out: &mut String, difference: &Difference) {
    let rest = rest(difference);
    if !rest.is_empty() {
        let _ = writeln!(out, "\nSIDEWAYS  moves no level:");
    }
    for (touches, at, what) in &rest {
        let _ = writeln!(out, "  {touches:<10}{at}  {what}");
    }
}

fn summary(out: &mut String, report: &Report) {
    let difference = &report.difference;
    let _ = writeln!(out);
    if difference.flags.iter().all(|flag| flag.moves.is_empty()) {
        let _ = writeln!(out, "The level to act on moves for nobody.");
    } else {
        let show = |count: &Option<num_bigint::BigUint>| count.as_ref().map_or("an uncounted number".to_owned(), short);
        let _ = writeln!(out, "The level to act on: calmer for {}, sooner for {}, of {} sets of answers.", show(&difference.calmer), show(&difference.sooner), short(&difference.over));
    }
    let unnamed: Vec<String> = report.unnamed().map(|flag| format!("`{}`", flag.slug)).collect();
    if !unnamed.is_empty() {
        let _ = writeln!(out, "Calmer, and not named in the changelog: {}.", unnamed.join(", "));
    }
}
