//! `gravida intake`: a day's food beside reference intakes, as text and JSON; it never judges what somebody eats.

use std::io::{BufRead, IsTerminal, Read};
use std::path::Path;

use anyhow::{Result, bail};
use gravida_assessment::{DaySum, Entry, Intake, WhyNotCounted};
use gravida_knowledge::{Cite, FoodId, Knowledge, Mark, Mass, NutrientId, Reference, Unit};
use gravida_record::sources;
use serde_json::{Value, json};

use crate::render::{BOLD, END, Page};
use crate::result::cites;
use crate::wire;

/// The name and version of the format, in the field `schema`.
pub const INTAKE_SCHEMA: &str = "gravida-intake/1";

/// A day is a page of text at most.
const LARGEST_DAY: u64 = 1 << 16;

/// The day as it was given: words of the command, a file, standard input, or line by line.
pub fn read(knowledge: &Knowledge, foods: &[String]) -> Result<String> {
    match foods {
        [] => lines(knowledge),
        [one] if one == "-" || Path::new(one).is_file() => {
            let text = wire::read_text(one)?;
            if text.len() as u64 > LARGEST_DAY {
                bail!("a list of {} bytes; a day has at most {LARGEST_DAY}", text.len());
            }
            Ok(text)
        }
        many => Ok(many.join("\n")),
    }
}

/// Line by line until an empty one.
fn lines(knowledge: &Knowledge) -> Result<String> {
    if std::io::stdin().is_terminal() {
        anstream::println!("{}", knowledge.text("intake-prompt"));
    }
    let mut text = String::new();
    for line in std::io::stdin().lock().take(LARGEST_DAY).lines() {
        let line = line?;
        if line.trim().is_empty() {
            break;
        }
        text.push_str(&line);
        text.push('\n');
    }
    Ok(text)
}

/// A mass in a unit with at most two places, trailing zeros left away; rounded to the nearest.
fn amount(mass: Mass, unit: Unit) -> String {
    let per = unit.nanograms();
    let places: u64 = if mass.0 >= per.saturating_mul(100) { 1 } else if mass.0 >= per.saturating_mul(10) { 10 } else { 100 };
    let parts = (u128::from(mass.0) * u128::from(places) + u128::from(per) / 2) / u128::from(per);
    let (whole, rest) = (parts / u128::from(places), parts % u128::from(places));
    if rest == 0 {
        return whole.to_string();
    }
    let width = if places == 100 { 2 } else { 1 };
    format!("{whole}.{rest:0width$}").trim_end_matches('0').to_owned()
}

fn span(low: Mass, high: Mass, unit: Unit) -> String {
    let (low, high, unit_word) = (amount(low, unit), amount(high, unit), unit.word().replace('u', "µ"));
    if low == high { format!("{low} {unit_word}") } else { format!("{low} to {high} {unit_word}") }
}

fn food_names(knowledge: &Knowledge, ids: &[FoodId]) -> String {
    let names: Vec<&str> = ids.iter().map(|id| knowledge.food(*id).name.as_str()).collect();
    names.join("; ")
}

/// All foods that are known, with their usual portion.
pub fn list(knowledge: &Knowledge) -> String {
    let mut page = Page::new();
    for food in &knowledge.foods {
        let portion = food.portion.as_ref().map_or(String::new(), |(mass, _)| format!(" – {}: {}", knowledge.text("intake-portion"), span(*mass, *mass, Unit::Gram)));
        let state = food.state.as_ref().map_or(String::new(), |state| format!(" ({state})"));
        page.point(&format!("{BOLD}{}{END}{state}{portion}", food.name));
        page.detail(&food.also.join("; "));
    }
    page.finish()
}

fn why(knowledge: &Knowledge, why: &WhyNotCounted) -> String {
    match why {
        WhyNotCounted::NotKnown(near) if near.is_empty() => "no food of the list has this name; `gravida intake --list` shows all".to_owned(),
        WhyNotCounted::NotKnown(near) => format!("no food of the list has this name; near it: {}", food_names(knowledge, near)),
        WhyNotCounted::NoAmount(id) => format!("{} has no usual portion; write how many grams", knowledge.food(*id).name),
        WhyNotCounted::NutrientWithoutAmount(id) => {
            let nutrient = knowledge.nutrient(*id);
            format!("{} counts with its amount, as 500 {}", nutrient.name, nutrient.unit.word())
        }
        WhyNotCounted::NoFood => "this names no food".to_owned(),
    }
}

/// How far a sum goes towards a reference, in hundredths, rounded down; the widest range when both are ranges.
fn hundredths(sum: &DaySum, reference: &Reference) -> (u128, u128) {
    let part = |a: Mass, b: Mass| u128::from(a.0) * 100 / u128::from(b.0.max(1));
    (part(sum.low, reference.high), part(sum.high, reference.low))
}

fn verified(cites: &[Cite]) -> bool {
    cites.iter().any(|cite| matches!(cite.mark, Mark::Read | Mark::Derived))
}

/// The day for reading.
pub fn text(knowledge: &Knowledge, day: &Intake, full: bool) -> String {
    let mut page = Page::new();
    page.rule();
    page.line(knowledge.text("intake-intro"));
    page.line(knowledge.text("intake-cramps"));
    page.rule();
    written(&mut page, knowledge, day);
    page.heading(knowledge.text("intake-sums"));
    for sum in &day.sums {
        summed(&mut page, knowledge, sum, full);
    }
    page.rule();
    page.line(knowledge.text("safety"));
    page.finish()
}

fn written(page: &mut Page, knowledge: &Knowledge, day: &Intake) {
    page.heading(knowledge.text("intake-day"));
    let mut notes: Vec<&str> = Vec::new();
    let mut by_volume = false;
    for entry in &day.entries {
        match entry {
            Entry::Food { text, foods, low, high, portions, volume } => {
                let portion = if *portions { format!(" ({})", knowledge.text("intake-portion")) } else { String::new() };
                let mass = span(*low, *high, Unit::Gram);
                match foods.as_slice() {
                    [id] => page.point(&format!("\"{text}\": {}, {mass}{portion}", knowledge.food(*id).name)),
                    several => {
                        page.point(&format!("\"{text}\": {mass}{portion}"));
                        page.detail(&format!("{}: {}", knowledge.text("intake-any-of"), food_names(knowledge, several)));
                    }
                }
                by_volume |= *volume;
                for (note, _) in foods.iter().flat_map(|id| &knowledge.food(*id).notes) {
                    if !notes.contains(&note.as_str()) {
                        notes.push(note);
                    }
                }
            }
            Entry::Nutrient { text, nutrient, low, high } => {
                let one = knowledge.nutrient(*nutrient);
                page.point(&format!("\"{text}\": {}, {}", one.name, span(*low, *high, one.unit)));
            }
            Entry::NotCounted { .. } => {}
        }
    }
    for note in notes {
        page.detail(&format!("– {note}"));
    }
    if by_volume {
        page.detail(&format!("– {}", knowledge.text("intake-millilitres")));
    }
    if !day.is_whole() {
        page.heading(knowledge.text("intake-lost"));
        for entry in &day.entries {
            if let Entry::NotCounted { text, why: reason } = entry {
                page.point(&format!("\"{text}\": {}", why(knowledge, reason)));
            }
        }
    }
}

fn summed(page: &mut Page, knowledge: &Knowledge, sum: &DaySum, full: bool) {
    let one = knowledge.nutrient(sum.nutrient);
    page.point(&format!("{BOLD}{}: {}{END}", one.name, span(sum.low, sum.high, one.unit)));
    for reference in one.references.iter().filter(|reference| full || verified(&reference.cites)) {
        let (low, high) = hundredths(sum, reference);
        let part = if low == high { low.to_string() } else { format!("{low} to {high}") };
        let from = if full { format!("  {}", sources(knowledge, &reference.cites)) } else { String::new() };
        page.detail(&format!("{}: {} – {part} in 100 of it{from}", span(reference.low, reference.high, one.unit), reference.whom));
    }
    if !sum.not_known.is_empty() {
        page.detail(&format!("{}: {}", knowledge.text("intake-not-known"), food_names(knowledge, &sum.not_known)));
    }
    if sum.above_ceiling {
        for ceiling in &one.ceilings {
            page.detail(&format!("{} ({}: {})", knowledge.text("intake-above"), span(ceiling.low, ceiling.high, one.unit), ceiling.whom));
        }
    }
}

/// The day for programs: masses are whole nanograms.
pub fn to_json(knowledge: &Knowledge, day: &Intake) -> Value {
    let slugs = |ids: &[FoodId]| ids.iter().map(|id| knowledge.food(*id).slug.as_str()).collect::<Vec<_>>();
    let nutrient = |id: NutrientId| knowledge.nutrient(id).slug.as_str();
    let reference = |one: &Reference| json!({"low_ng": one.low.0, "high_ng": one.high.0, "for": one.whom, "cites": cites(knowledge, &one.cites)});
    json!({
        "schema": INTAKE_SCHEMA,
        "pack": knowledge.hash,
        "intro": knowledge.text("intake-intro"),
        "cramps": knowledge.text("intake-cramps"),
        "safety": knowledge.text("safety"),
        "entries": day.entries.iter().map(|entry| match entry {
            Entry::Food { text, foods, low, high, portions, volume } => json!({
                "text": text, "counted": true, "foods": slugs(foods), "low_mg": low.milligrams(), "high_mg": high.milligrams(), "usual_portion": portions, "by_volume": volume,
                "notes": foods.iter().flat_map(|id| &knowledge.food(*id).notes).map(|(note, _)| note).collect::<Vec<_>>(),
            }),
            Entry::Nutrient { text, nutrient: id, low, high } => json!({"text": text, "counted": true, "nutrient": nutrient(*id), "low_ng": low.0, "high_ng": high.0}),
            Entry::NotCounted { text, why: reason } => json!({
                "text": text, "counted": false, "why": why(knowledge, reason),
                "near": if let WhyNotCounted::NotKnown(near) = reason { slugs(near) } else { Vec::new() },
            }),
        }).collect::<Vec<_>>(),
        "sums": day.sums.iter().map(|sum| {
            let one = knowledge.nutrient(sum.nutrient);
            json!({
                "nutrient": one.slug, "name": one.name, "unit": one.unit.word(), "low_ng": sum.low.0, "high_ng": sum.high.0,
                "not_known_in": slugs(&sum.not_known), "above_ceiling": sum.above_ceiling,
                "references": one.references.iter().map(reference).collect::<Vec<_>>(),
                "ceilings": one.ceilings.iter().map(reference).collect::<Vec<_>>(),
            })
        }).collect::<Vec<_>>(),
    })
}
