//! The JSON of a case, version 1: read with every problem reported; what is not understood is "not sure", never "no".

use std::io::Read;

use anyhow::{Context as _, Result, anyhow, bail};
use gravida_knowledge::{Answer, Answers, Case, FindingId, Knowledge, Verdict};
use jiff::civil::Date;
use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::{Map, Value, json};

/// The name and version of the format, in the field `schema`.
pub const CASE_SCHEMA: &str = "gravida-case/1";

/// A case is a few kilobytes; more than this is not a case.
const LARGEST_CASE: u64 = 1 << 20;

/// Own words stand on one page beside everything else.
const MOST_WORDS: usize = 500;

/// Something in a case that was not understood or contradicts itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// Which answer or field.
    pub at: String,
    pub what: String,
    pub instead: String,
}

/// A case as it came in.
pub struct CaseFile {
    pub case: Case,
    pub place: Option<String>,
    pub today: Option<Date>,
    /// The person's own words: shown in quotes, never interpreted.
    pub words: Option<String>,
    pub problems: Vec<Problem>,
    /// The text that was read.
    pub text: String,
}

/// An object whose keys are kept even if they stand twice.
struct Pairs(Vec<(String, Value)>);

impl<'de> Deserialize<'de> for Pairs {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Pairs, D::Error> {
        struct Each;
        impl<'de> Visitor<'de> for Each {
            type Value = Pairs;

            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("an object, as {\"fever\": \"yes\"}")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Pairs, A::Error> {
                let mut pairs = Vec::new();
                while let Some(key) = map.next_key()? {
                    pairs.push((key, map.next_value()?));
                }
                Ok(Pairs(pairs))
            }
        }
        deserializer.deserialize_map(Each)
    }
}

/// The fields of a case before its answers are understood.
struct RawCase {
    fields: Vec<(String, Value)>,
    answers: Vec<(String, Value)>,
}

impl<'de> Deserialize<'de> for RawCase {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<RawCase, D::Error> {
        struct Each;
        impl<'de> Visitor<'de> for Each {
            type Value = RawCase;

            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("a case, as {\"schema\": \"gravida-case/1\", \"answers\": {\"fever\": \"yes\"}}")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<RawCase, A::Error> {
                let mut raw = RawCase { fields: Vec::new(), answers: Vec::new() };
                while let Some(key) = map.next_key::<String>()? {
                    if key == "answers" {
                        raw.answers.extend(map.next_value::<Pairs>()?.0);
                    } else {
                        raw.fields.push((key, map.next_value()?));
                    }
                }
                Ok(raw)
            }
        }
        deserializer.deserialize_map(Each)
    }
}

/// Reads the text of a case from a file, or from standard input for `-`.
pub fn read_text(path: &str) -> Result<String> {
    let mut text = Vec::new();
    if path == "-" {
        std::io::stdin().lock().take(LARGEST_CASE + 1).read_to_end(&mut text).context("standard input cannot be read")?;
    } else {
        let file = std::fs::File::open(path).with_context(|| format!("the case {path} cannot be opened"))?;
        file.take(LARGEST_CASE + 1).read_to_end(&mut text).with_context(|| format!("the case {path} cannot be read"))?;
    }
    if text.len() as u64 > LARGEST_CASE {
        bail!("the case is larger than {LARGEST_CASE} bytes; a case is a few kilobytes of answers");
    }
    String::from_utf8(text).map_err(|_| anyhow!("the case is not UTF-8 text; write JSON as {{\"answers\": {{\"fever\": \"yes\"}}}}"))
}

/// Reads a case. An error means that nothing could be read; problems of single answers are listed.
pub fn read(knowledge: &Knowledge, text: &str, today: Option<Date>) -> Result<CaseFile> {
    let raw: RawCase = serde_json::from_str(text)
        .map_err(|why| anyhow!("this is not the JSON of a case: {why}; write {{\"schema\": \"{CASE_SCHEMA}\", \"answers\": {{\"fever\": \"yes\"}}}}"))?;
    let mut file = CaseFile { case: Case::new(knowledge), place: None, today, words: None, problems: Vec::new(), text: text.to_owned() };
    for (key, value) in &raw.fields {
        match (key.as_str(), value.as_str()) {
            ("schema", Some(CASE_SCHEMA)) => {}
            ("schema", _) => bail!("the schema of this case is {value}, this program reads \"{CASE_SCHEMA}\""),
            ("place", Some(place)) if knowledge.find_place(place).is_some() => file.place = Some(place.to_owned()),
            ("place", _) => {
                let known: Vec<&str> = knowledge.places.iter().map(|place| place.slug.as_str()).collect();
                file.problem(key, format!("{value} is not a place"), format!("write one of {}", known.join(", ")));
            }
            ("today", Some(date)) => match date.parse() {
                Ok(date) => file.today = today.or(Some(date)),
                Err(_) => file.problem(key, format!("{value} is not a date"), "write it as \"2026-11-24\"".to_owned()),
            },
            ("words", Some(words)) => file.own_words(words),
            ("words", None) if value.is_null() => {}
            ("words", None) => file.problem(key, "these are not words, so they are not shown".to_owned(), "write them as a text in quotes".to_owned()),
            _ => file.problem(key, "a case has no such field".to_owned(), "a case has schema, place, today, words and answers".to_owned()),
        }
    }
    let mut given: Vec<FindingId> = Vec::new();
    for (key, value) in &raw.answers {
        answer(knowledge, &mut file, &mut given, key, value);
    }
    contradictions(knowledge, &mut file, &given);
    Ok(file)
}

impl CaseFile {
    fn problem(&mut self, at: &str, what: String, instead: String) {
        self.problems.push(Problem { at: at.to_owned(), what, instead });
    }

    /// Keeps the words as they are, but for their length, line ends and characters that nobody sees.
    fn own_words(&mut self, words: &str) {
        let line = words.split_whitespace().collect::<Vec<_>>().join(" ");
        let mut kept: String = line.chars().filter(|character| !is_unseen(*character)).collect();
        if kept.chars().count() < line.chars().count() {
            self.problem("words", "they hold characters that cannot be seen; those are left out".to_owned(), "write letters, digits and punctuation".to_owned());
        }
        if kept.chars().count() > MOST_WORDS {
            kept = kept.chars().take(MOST_WORDS).chain(" …".chars()).collect();
            self.problem("words", format!("they are longer than {MOST_WORDS} characters, so the end is not shown"), "say the most important things first".to_owned());
        }
        self.words = Some(kept).filter(|kept| !kept.is_empty());
    }

    /// The case as it was understood, ready to be read again.
    pub fn to_json(&self, knowledge: &Knowledge, place: Option<&str>) -> Value {
        let mut out = to_json(knowledge, &self.case, place, self.today);
        if let (Some(object), Some(words)) = (out.as_object_mut(), &self.words) {
            object.insert("words".to_owned(), json!(words));
        }
        out
    }
}

/// Controls, and marks that turn or hide what stands beside them.
fn is_unseen(character: char) -> bool {
    let code = u32::from(character);
    character.is_control() || matches!(code, 0xAD | 0x61C | 0x180E | 0x200B..=0x200F | 0x2028..=0x202E | 0x2060..=0x206F | 0xFEFF | 0xFFF9..=0xFFFB | 0xFFFE..=0xFFFF | 0xE0000..=0xE0FFF)
}

fn answer(knowledge: &Knowledge, file: &mut CaseFile, given: &mut Vec<FindingId>, key: &str, value: &Value) {
    let Some(id) = knowledge.finding_ids().find(|id| knowledge.finding(*id).slug == key) else {
        let near = knowledge.findings.iter().map(|finding| finding.slug.as_str()).filter(|slug| slug.contains(key) || key.contains(slug)).take(3).collect::<Vec<_>>();
        let instead = if near.is_empty() { "`gravida explain findings` lists them".to_owned() } else { format!("did you mean {}?", near.join(" or ")) };
        file.problem(key, "there is no finding with this name, so this answer has no effect".to_owned(), instead);
        return;
    };
    let finding = knowledge.finding(id);
    let understood = match value {
        Value::String(text) => understand(&finding.answers, text, file.today),
        Value::Object(parts) => object(&finding.answers, parts, file.today),
        Value::Null => Ok(Answer::Unasked),
        _ => Err(format!("{}, as a text in quotes", finding.answers.expected())),
    };
    let new = understood.unwrap_or_else(|instead| {
        file.problem(key, format!("{value} is not understood and counts as not sure"), instead);
        Answer::NotSure
    });
    let old = file.case.answer(id);
    if given.contains(&id) && old != new {
        // Nothing tells which of the two is meant: the more dangerous one counts.
        let kept = worse(old, new, finding.ordered);
        file.problem(
            key,
            format!("it is answered twice, {} and {}", finding.answers.show_answer(old), finding.answers.show_answer(new)),
            format!("keep one; until then it counts as {}", finding.answers.show_answer(kept)),
        );
        file.case.set(id, kept);
    } else {
        file.case.set(id, new);
    }
    given.push(id);
}

/// The more dangerous of two answers: unknown is more dangerous than a calm one.
fn worse(a: Answer, b: Answer, ordered: bool) -> Answer {
    match (a, b) {
        (Answer::Between(_, x), Answer::Between(_, y)) if ordered => if x >= y { a } else { b },
        (Answer::Between(low, high), other) | (other, Answer::Between(low, high)) if ordered && low > 0 && other != Answer::Between(low, high) => Answer::Between(low, high),
        _ => Answer::NotSure,
    }
}

/// Answers that cannot both be true.
fn contradictions(knowledge: &Knowledge, file: &mut CaseFile, given: &[FindingId]) {
    for id in given {
        let finding = knowledge.finding(*id);
        let (_, worst) = finding.answers.ends();
        if file.case.answer(*id) == Answer::exactly(worst) {
            for implied in &finding.implies {
                let other = knowledge.finding(*implied);
                if file.case.answer(*implied) == Answer::exactly(0) {
                    file.problem(
                        &finding.slug,
                        format!("\"{}\" contradicts the answer no to `{}`", finding.name, other.slug),
                        "correct one of them; until then both count as yes".to_owned(),
                    );
                    file.case.set(*implied, Answer::exactly(other.answers.ends().1));
                }
            }
        }
        if file.case.answer(*id) != Answer::Unasked && knowledge.shown(*id, &file.case) == Verdict::Excluded {
            let calm = matches!(file.case.answer(*id), Answer::Between(0, 0)) && finding.ordered;
            if !calm {
                file.problem(
                    &finding.slug,
                    "it does not apply to this person by the other answers, so it has no effect".to_owned(),
                    "check the answers that decide whether it is asked (`gravida explain` shows them)".to_owned(),
                );
            }
        }
    }
}

/// Reads an answer in words; weeks may also come as `due 2027-02-01` or `last period 2026-05-01`.
pub fn understand(answers: &Answers, text: &str, today: Option<Date>) -> Result<Answer, String> {
    if let Answers::Weeks(..) = answers {
        let lower = text.trim().to_lowercase();
        for (word, is_due) in [("due ", true), ("last period ", false)] {
            if let Some(date) = lower.strip_prefix(word) {
                return from_date(answers, date, is_due, today);
            }
        }
        return answers.parse(&lower);
    }
    answers.parse(text.trim())
}

fn object(answers: &Answers, parts: &Map<String, Value>, today: Option<Date>) -> Result<Answer, String> {
    let expected = || format!("{}; or {{\"weeks\": 33, \"days\": 2}}, {{\"due-date\": \"2027-02-01\"}}, {{\"last-period\": \"2026-05-01\"}}", answers.expected());
    if !matches!(answers, Answers::Weeks(..)) {
        return Err(answers.expected());
    }
    let text = |key: &str| parts.get(key).and_then(Value::as_str);
    let number = |key: &str| parts.get(key).map(|value| value.as_u64());
    match (number("weeks"), number("days"), text("due-date"), text("last-period"), parts.len()) {
        (Some(Some(weeks)), None, None, None, 1) => answers.parse(&format!("{weeks} weeks")),
        (Some(Some(weeks)), Some(Some(days)), None, None, 2) => answers.parse(&format!("{weeks} weeks {days} days")),
        (None, None, Some(date), None, 1) => from_date(answers, date, true, today),
        (None, None, None, Some(date), 1) => from_date(answers, date, false, today),
        _ => Err(expected()),
    }
}

/// A pregnancy is counted from the last period; the due date is 40 weeks after it.
const DAYS_TO_DUE_DATE: i64 = 280;

fn from_date(answers: &Answers, text: &str, is_due: bool, today: Option<Date>) -> Result<Answer, String> {
    let today = today.ok_or("give the date of today in the field \"today\", or write the weeks")?;
    let date: Date = text.trim().parse().map_err(|_| "write the date as 2027-02-01".to_owned())?;
    let until = i64::from(date.since(today).map_err(|_| "write the date as 2027-02-01".to_owned())?.get_days());
    let days = if is_due { DAYS_TO_DUE_DATE - until } else { -until };
    let (low, high) = answers.ends();
    match u16::try_from(days) {
        Ok(days) if low <= days && days <= high => Ok(Answer::exactly(days)),
        _ => Err(format!("counted from {today} this gives {} weeks, which cannot be; check the date, or write the weeks", days.div_euclid(7))),
    }
}

/// The case as JSON, ready to be read again.
pub fn to_json(knowledge: &Knowledge, case: &Case, place: Option<&str>, today: Option<Date>) -> Value {
    let mut answers = Map::new();
    for id in knowledge.finding_ids() {
        let finding = knowledge.finding(id);
        if case.answer(id) != Answer::Unasked {
            answers.insert(finding.slug.clone(), Value::String(finding.answers.show_answer(case.answer(id))));
        }
    }
    let mut out = json!({"schema": CASE_SCHEMA});
    if let Some(object) = out.as_object_mut() {
        if let Some(place) = place {
            object.insert("place".to_owned(), json!(place));
        }
        if let Some(today) = today {
            object.insert("today".to_owned(), json!(today.to_string()));
        }
        object.insert("answers".to_owned(), Value::Object(answers));
    }
    out
}
