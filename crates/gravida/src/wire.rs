//! The JSON of a case, version 1: read with every problem reported; what is not understood is "not sure", never "no".

use std::io::Read;

use anyhow::{Context as _, Result, anyhow, bail};
use gravida_assessment::{Merged, Speaker, merge};
use gravida_knowledge::{Case, FindingId, Knowledge};
use gravida_record::answers_json;
pub use gravida_record::{CASE_SCHEMA, Problem};
use jiff::civil::Date;
use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::{Map, Value, json};

use crate::reading::Reading;


/// A case is a few kilobytes; more than this is not a case.
const LARGEST_CASE: u64 = 1 << 20;

/// A person's own words in a case: a few sentences, in characters.
const MOST_WORDS: usize = 500;

/// What somebody else answered, and when they say they did.
#[derive(Clone)]
pub struct VoiceFile {
    pub speaker: Speaker,
    pub answers: Case,
    pub at: Option<String>,
}

/// A case as it came in.
#[derive(Clone)]
pub struct CaseFile {
    /// The person's own answers.
    pub own: Case,
    pub voices: Vec<VoiceFile>,
    /// The findings that a partner may be shown although they are private or hushed.
    pub share: Vec<FindingId>,
    /// All voices together: what is assessed is `merged.case`.
    pub merged: Merged,
    pub place: Option<String>,
    pub today: Option<Date>,
    /// The person's own words: shown in quotes, never interpreted.
    pub words: Option<String>,
    /// She asked that private answers stand in what is written of it.
    pub private_released: bool,
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
    voices: Vec<(String, RawCase)>,
}

/// Who else answered, as an object of cases.
struct RawVoices(Vec<(String, RawCase)>);

impl<'de> Deserialize<'de> for RawVoices {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<RawVoices, D::Error> {
        struct Each;
        impl<'de> Visitor<'de> for Each {
            type Value = RawVoices;

            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("an object, as {\"partner\": {\"answers\": {\"fever\": \"yes\"}}}")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<RawVoices, A::Error> {
                let mut voices = Vec::new();
                while let Some(key) = map.next_key()? {
                    voices.push((key, map.next_value()?));
                }
                Ok(RawVoices(voices))
            }
        }
        deserializer.deserialize_map(Each)
    }
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
                let mut raw = RawCase { fields: Vec::new(), answers: Vec::new(), voices: Vec::new() };
                while let Some(key) = map.next_key::<String>()? {
                    if key == "answers" {
                        raw.answers.extend(map.next_value::<Pairs>()?.0);
                    } else if key == "voices" {
                        raw.voices.extend(map.next_value::<RawVoices>()?.0);
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
    let mut file = CaseFile { today, text: text.to_owned(), ..CaseFile::of(knowledge, Case::new(knowledge)) };
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
            ("share", _) => file.share(knowledge, value),
            _ => file.problem(key, "a case has no such field".to_owned(), "a case has schema, place, today, words, answers, voices and share".to_owned()),
        }
    }
    let mut reading = Reading::new(knowledge, file.today, "");
    reading.answers(&raw.answers);
    file.own = reading.case;
    file.problems.append(&mut reading.problems);
    for (name, voice) in once(raw.voices) {
        file.voice(knowledge, &name, &voice);
    }
    file.merge(knowledge);
    for (speaker, id) in file.merged.ignored.clone() {
        let slug = &knowledge.finding(id).slug;
        file.problem(
            &format!("voices.{}.{slug}", speaker.word()),
            "only the person herself answers this, so this answer has no effect".to_owned(),
            "leave it out; she can be asked when she is alone".to_owned(),
        );
    }
    Ok(file)
}

/// Voices that stand twice, put together: an answer given twice is then seen.
fn once(voices: Vec<(String, RawCase)>) -> Vec<(String, RawCase)> {
    let mut found: Vec<(String, RawCase)> = Vec::new();
    for (name, voice) in voices {
        match found.iter_mut().find(|(other, _)| *other == name) {
            Some((_, first)) => {
                first.fields.extend(voice.fields);
                first.answers.extend(voice.answers);
                first.voices.extend(voice.voices);
            }
            None => found.push((name, voice)),
        }
    }
    found
}

impl CaseFile {
    /// A file that holds her own answers and nothing else.
    pub fn of(knowledge: &Knowledge, own: Case) -> CaseFile {
        let merged = merge(knowledge, &own, &[]);
        CaseFile { own, voices: Vec::new(), share: Vec::new(), merged, place: None, today: None, words: None, private_released: false, problems: Vec::new(), text: String::new() }
    }

    fn merge(&mut self, knowledge: &Knowledge) {
        let voices: Vec<(Speaker, Case)> = self.voices.iter().map(|voice| (voice.speaker, voice.answers.clone())).collect();
        self.merged = merge(knowledge, &self.own, &voices);
    }

    /// The same file with what the worst answers imply: hers, and those of all voices together.
    pub fn with_implied(mut self, knowledge: &Knowledge) -> CaseFile {
        self.own = self.own.with_implied(knowledge);
        self.merge(knowledge);
        self.merged.case = self.merged.case.with_implied(knowledge);
        self
    }

    fn problem(&mut self, at: &str, what: String, instead: String) {
        self.problems.push(Problem { at: at.to_owned(), what, instead });
    }

    /// Keeps the words as they are, but for their length, line ends and characters that nobody sees.
    pub fn own_words(&mut self, words: &str) {
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

    fn share(&mut self, knowledge: &Knowledge, value: &Value) {
        let Some(list) = value.as_array() else {
            self.problem("share", format!("{value} is not a list of findings"), "write [\"finding\"]; until then nothing more is shown".to_owned());
            return;
        };
        for one in list {
            match knowledge.finding_ids().find(|id| one.as_str() == Some(knowledge.finding(*id).slug.as_str())) {
                Some(id) => self.share.push(id),
                None => self.problem("share", format!("{one} is not a finding"), "`gravida explain findings` lists them".to_owned()),
            }
        }
    }

    fn voice(&mut self, knowledge: &Knowledge, name: &str, raw: &RawCase) {
        let path = format!("voices.{name}");
        let Some(speaker) = Speaker::ALL.into_iter().find(|speaker| speaker.word() == name) else {
            self.problem(&path, "nobody else answers under this name, so these answers have no effect".to_owned(), "write partner or clinician".to_owned());
            return;
        };
        let mut reading = Reading::new(knowledge, self.today, &format!("{path}."));
        reading.each(&raw.answers);
        self.problems.append(&mut reading.problems);
        let mut voice = VoiceFile { speaker, answers: reading.case, at: None };
        for (key, value) in &raw.fields {
            match (key.as_str(), value.as_str()) {
                ("at", Some(text)) if text.parse::<jiff::Timestamp>().is_ok() || text.parse::<jiff::civil::DateTime>().is_ok() || text.parse::<Date>().is_ok() => {
                    voice.at = Some(text.to_owned());
                }
                ("at", _) => self.problem(&format!("{path}.at"), format!("{value} is not a time"), "write it as \"2026-11-24\" or \"2026-11-24T21:30\"".to_owned()),
                _ => self.problem(&format!("{path}.{key}"), "a voice has no such field".to_owned(), "a voice has answers and at".to_owned()),
            }
        }
        if !raw.voices.is_empty() {
            self.problem(&path, "a voice has no voices of its own".to_owned(), "a voice has answers and at".to_owned());
        }
        self.voices.push(voice);
    }
}

/// Controls, and marks that turn or hide what stands beside them.
fn is_unseen(character: char) -> bool {
    let code = u32::from(character);
    character.is_control() || matches!(code, 0xAD | 0x61C | 0x180E | 0x200B..=0x200F | 0x2028..=0x202E | 0x2060..=0x206F | 0xFEFF | 0xFFF9..=0xFFFB | 0xFFFE..=0xFFFF | 0xE0000..=0xE0FFF)
}

/// The case as JSON, ready to be read again: each voice by itself.
pub fn to_json(knowledge: &Knowledge, own: &Case, place: Option<&str>, today: Option<Date>) -> Value {
    let mut out = Map::new();
    out.insert("schema".to_owned(), json!(CASE_SCHEMA));
    if let Some(place) = place {
        out.insert("place".to_owned(), json!(place));
    }
    if let Some(today) = today {
        out.insert("today".to_owned(), json!(today.to_string()));
    }
    out.insert("answers".to_owned(), answers_json(knowledge, own));
    Value::Object(out)
}

impl CaseFile {
    /// The whole file again: dates have become weeks, and what was not understood "not sure".
    pub fn to_json(&self, knowledge: &Knowledge, place: Option<&str>) -> Value {
        let mut out = to_json(knowledge, &self.own, place, self.today);
        if let Some(object) = out.as_object_mut() {
            if let Some(words) = &self.words {
                object.insert("words".to_owned(), json!(words));
            }
            if !self.voices.is_empty() {
                let mut voices = Map::new();
                for voice in &self.voices {
                    voices.insert(voice.speaker.word().to_owned(), json!({"answers": answers_json(knowledge, &voice.answers), "at": voice.at}));
                }
                object.insert("voices".to_owned(), Value::Object(voices));
            }
            if !self.share.is_empty() {
                object.insert("share".to_owned(), self.share.iter().map(|id| knowledge.finding(*id).slug.as_str()).collect());
            }
        }
        out
    }
}
