//! `gravida replay`: a result computed again from what it holds, and compared byte for byte; it never repairs one.

use std::fs::File;
use std::io::Read;

use anyhow::{Context as _, Result, anyhow, bail};
use gravida_assessment::{Assessment, assess};
use gravida_knowledge::Knowledge;
use serde_json::Value;

use crate::result::{RESULT_SCHEMA, of_file};
use crate::shown::Shown;
use crate::wire::{self, CaseFile};

/// A result is some hundred kilobytes; more than this is not a result.
const LARGEST_RESULT: u64 = 16 << 20;

/// How many differences are named; the rest is counted.
const NAMED: usize = 20;

/// A result computed again.
pub struct Again {
    pub file: CaseFile,
    pub assessment: Assessment,
    /// What differs; empty when every byte is the same.
    pub differences: Vec<String>,
}

/// True when the same bytes came out.
pub fn run(knowledge: &Knowledge, path: &str) -> Result<bool> {
    let again = again(knowledge, &read_text(path)?)?;
    if again.differences.is_empty() {
        anstream::println!("the same bytes: program {}, pack {}", env!("CARGO_PKG_VERSION"), knowledge.hash);
        return Ok(true);
    }
    anstream::print!("{}", show(&again.differences));
    Ok(false)
}

/// The differences, one a line.
pub fn show(differences: &[String]) -> String {
    let mut out = "not the same; in the file → computed again:\n".to_owned();
    for difference in differences.iter().take(NAMED) {
        out.push_str(&format!("  {difference}\n"));
    }
    if differences.len() > NAMED {
        out.push_str(&format!("  and {} more\n", differences.len() - NAMED));
    }
    out
}

/// Reads the text of a result from a file, or from standard input for `-`.
pub fn read_text(path: &str) -> Result<String> {
    let mut text = Vec::new();
    if path == "-" {
        std::io::stdin().lock().take(LARGEST_RESULT + 1).read_to_end(&mut text).context("standard input cannot be read")?;
    } else {
        let file = File::open(path).with_context(|| format!("the result {path} cannot be opened"))?;
        file.take(LARGEST_RESULT + 1).read_to_end(&mut text).with_context(|| format!("the result {path} cannot be read"))?;
    }
    if text.len() as u64 > LARGEST_RESULT {
        bail!("the result is larger than {LARGEST_RESULT} bytes; a result is some hundred kilobytes");
    }
    String::from_utf8(text).map_err(|_| anyhow!("the result is not UTF-8 text"))
}

/// Computes a result again. An error means that it cannot be: not a result, another program or pack, no case in it.
pub fn again(knowledge: &Knowledge, text: &str) -> Result<Again> {
    let old: Value = serde_json::from_str(text).map_err(|why| anyhow!("this is not the JSON of a result: {why}; `gravida assess case.json --json` writes one"))?;
    let word = |key: &str| old.get(key).and_then(Value::as_str);
    if word("schema") != Some(RESULT_SCHEMA) {
        bail!("the schema of this result is {}, this program reads \"{RESULT_SCHEMA}\"", old.get("schema").unwrap_or(&Value::Null));
    }
    let (program, pack) = (word("program").unwrap_or("not named"), word("pack").unwrap_or("not named"));
    if program != env!("CARGO_PKG_VERSION") {
        bail!("this result was made by program {program}; this is {}, so it cannot be compared", env!("CARGO_PKG_VERSION"));
    }
    if pack != knowledge.hash {
        bail!("this result was made with pack {pack}; this is {}; give the folder of that pack with --knowledge", knowledge.hash);
    }
    let case = old.get("case").filter(|case| case.is_object()).ok_or_else(|| anyhow!("this result does not hold its case, so it cannot be computed again"))?;
    // Where everything was understood, the case says it all; where not, the text says how it was not.
    let given = match old.get("given") {
        None | Some(Value::Null) => case.to_string(),
        Some(Value::String(text)) => text.clone(),
        Some(_) => bail!("the field given of this result is not a text"),
    };
    let today = match case.get("today") {
        None | Some(Value::Null) => None,
        Some(date) => Some(date.as_str().and_then(|date| date.parse().ok()).ok_or_else(|| anyhow!("the field today of the case is not a date"))?),
    };
    let file = wire::read(knowledge, &given, today)?.with_implied(knowledge);
    let slug = word("place").unwrap_or("not named");
    let place = knowledge.find_place(slug).ok_or_else(|| anyhow!("this pack has no place called `{slug}`"))?;
    let assessment = assess(knowledge, &file.merged.case);
    let new = of_file(knowledge, &file, &Shown::of_file(knowledge, &file), place);
    let mut differences = Vec::new();
    compare("", &old, &new, &mut differences);
    if differences.is_empty() && !is_written_as(&new, text)? {
        differences.push("nothing in the values, but the bytes: it is laid out in another way, or holds a field twice".to_owned());
    }
    Ok(Again { file, assessment, differences })
}

/// True for the two layouts that are written: over many lines, or in one. The line end at the end may be missing.
fn is_written_as(value: &Value, text: &str) -> Result<bool> {
    let text = text.strip_suffix('\n').unwrap_or(text);
    Ok(text == serde_json::to_string_pretty(value)? || text == serde_json::to_string(value)?)
}

fn compare(at: &str, old: &Value, new: &Value, found: &mut Vec<String>) {
    let below = |key: &str| if at.is_empty() { key.to_owned() } else { format!("{at}.{key}") };
    match (old, new) {
        (Value::Object(old), Value::Object(new)) => {
            for (key, value) in old {
                match new.get(key) {
                    Some(other) => compare(&below(key), value, other, found),
                    None => found.push(format!("{}: {} → not there", below(key), short(value))),
                }
            }
            for (key, value) in new.iter().filter(|(key, _)| !old.contains_key(*key)) {
                found.push(format!("{}: not there → {}", below(key), short(value)));
            }
        }
        (Value::Array(old), Value::Array(new)) => {
            for (n, (old, new)) in old.iter().zip(new).enumerate() {
                compare(&format!("{at}[{n}]"), old, new, found);
            }
            for (n, value) in old.iter().enumerate().skip(new.len()) {
                found.push(format!("{at}[{n}]: {} → not there", short(value)));
            }
            for (n, value) in new.iter().enumerate().skip(old.len()) {
                found.push(format!("{at}[{n}]: not there → {}", short(value)));
            }
        }
        _ if old == new => {}
        _ => found.push(format!("{at}: {} → {}", short(old), short(new))),
    }
}

fn short(value: &Value) -> String {
    let text = value.to_string();
    if text.chars().count() > 80 { format!("{} …", text.chars().take(78).collect::<String>()) } else { text }
}
