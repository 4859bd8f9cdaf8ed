//! An episode as the text of its file: JSON lines, read from the first; what cannot be read is never taken for calm.

use gravida_assessment::follow_up::{Course, Ending, Entry, Episode, Rules, Standing, State, Trend};
use gravida_knowledge::Urgency;
use serde_json::{Value, json};

use crate::line;

/// The name and version of the format, in the field `schema` of the first line.
pub const EPISODE_SCHEMA: &str = "gravida-episode/1";

/// Years of daily contacts stay far below.
pub const LARGEST_EPISODE: usize = 4 << 20;
/// One contact with every finding answered is some tens of kilobytes.
pub const LARGEST_LINE: usize = 1 << 20;

/// Something that was not understood or contradicts itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// Which answer, field or line.
    pub at: String,
    pub what: String,
    pub instead: String,
}

/// Why a text is no episode at all; nothing may then be added to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NotAnEpisode {
    /// Its first line is that of something else.
    Other,
    /// Its first line names another version.
    Schema(String),
}

/// An episode as it was read.
pub struct Record {
    pub episode: Episode,
    /// Every line that was understood, in order, without the first.
    pub lines: Vec<Value>,
    pub problems: Vec<Problem>,
    /// The number that the next line gets.
    pub next: u64,
    whole: usize,
    begun: bool,
}

/// The line that a new episode begins with.
pub fn first_line() -> String {
    format!("{}\n", json!({"schema": EPISODE_SCHEMA, "program": env!("CARGO_PKG_VERSION")}))
}

impl Record {
    /// Reads the bytes of an episode. A last line that was cut off is left out and reported.
    ///
    /// # Errors
    /// When this is something else than an episode.
    pub fn read(bytes: &[u8], rules: &Rules) -> Result<Record, NotAnEpisode> {
        let mut record = Record { episode: Episode::default(), lines: Vec::new(), problems: Vec::new(), next: 1, whole: 0, begun: false };
        for (n, chunk) in bytes.split_inclusive(|byte| *byte == b'\n').enumerate() {
            let at = format!("line {}", n + 1);
            let Some(line) = chunk.strip_suffix(b"\n") else {
                // What is cut off in the first line is written anew, so it must be ours and not some other file.
                let start = format!("{{\"schema\":\"{EPISODE_SCHEMA}\",").into_bytes();
                if n == 0 && !start.starts_with(chunk) && !chunk.starts_with(&start) {
                    return Err(NotAnEpisode::Other);
                }
                record.problem(at, "it was cut off while it was written, and is left out", "the lines before it are whole; look again to replace it");
                break;
            };
            record.whole += chunk.len();
            let value = if line.len() > LARGEST_LINE { None } else { serde_json::from_slice::<Value>(line).ok().filter(Value::is_object) };
            if n == 0 {
                match value.as_ref().and_then(|value| value.get("schema")) {
                    Some(schema) if schema == EPISODE_SCHEMA => record.begun = true,
                    Some(schema) => return Err(NotAnEpisode::Schema(schema.to_string())),
                    None => return Err(NotAnEpisode::Other),
                }
            } else {
                record.take_line(rules, at, value);
            }
        }
        Ok(record)
    }

    /// Bytes up to the end of the last whole line: what follows is written from there.
    pub fn whole(&self) -> usize {
        self.whole
    }

    /// Whether the first line is there.
    pub fn has_begun(&self) -> bool {
        self.begun
    }

    fn problem(&mut self, at: String, what: &str, instead: &str) {
        self.problems.push(Problem { at, what: what.to_owned(), instead: instead.to_owned() });
    }

    fn take_line(&mut self, rules: &Rules, at: String, value: Option<Value>) {
        let last = self.episode.state.map_or(0, |state| state.seen);
        let Some((value, n, entry)) = value.and_then(|value| line::entry(&value).map(|(n, entry)| (value, n, entry))) else {
            self.problem(at, "it is not understood, and counts as a danger sign until a professional has looked", "put it back as it was, or ask a professional");
            self.episode.add(rules, &line::unreadable(last));
            self.next += 1;
            return;
        };
        if n > self.next {
            self.problem(at.clone(), "a line before it is missing, which counts as a danger sign until a professional has looked", "put it back, or ask a professional");
            self.episode.add(rules, &line::unreadable(last));
        } else if n < self.next {
            self.problem(at.clone(), "its number stands before already", "number the lines 1, 2, 3");
        }
        self.next = n.max(self.next) + 1;
        if !self.episode.add(rules, &entry) {
            self.problem(at, "it can have no effect where it stands", "nothing needs to be done");
        }
        self.lines.push(value);
    }

    /// Adds an entry to the episode; false when it can have no effect there.
    pub fn add(&mut self, rules: &Rules, entry: &Entry) -> bool {
        self.episode.add(rules, entry)
    }

    /// The answers of the last contact, as JSON.
    pub fn last_case(&self) -> Option<&Value> {
        self.lines.iter().rev().find_map(|line| line.get("case"))
    }
}

/// The texts of the pack that say where an episode stands, in their order. `before` is its state without what time
/// alone has brought, and `alone` the level that the answers of the
/// last contact would have by themselves.
pub fn standing_texts(standing: &Standing, before: &State, alone: Urgency) -> Vec<&'static str> {
    let state = &standing.state;
    if let Some(ending) = state.ended {
        return vec![match ending {
            Ending::Better => "follow-better",
            Ending::Birth => "follow-birth",
            Ending::Loss => "follow-loss",
            Ending::HandedOver => "follow-handed-over",
        }];
    }
    let mut say = vec![match standing.course {
        Course::Observing => "follow-observing",
        Course::Improving => "follow-improving",
        Course::Unchanged => "follow-unchanged",
        Course::Worse => "follow-worse",
        Course::Escalated => "follow-escalated",
        Course::HandedOver | Course::Closed(_) => "follow-closed",
    }];
    let mut also = |holds: bool, slug: &'static str| {
        if holds {
            say.push(slug);
        }
    };
    also(standing.missed && state.shown() < Urgency::Emergency, "follow-missed");
    also(standing.clock_back, "follow-clock");
    also(state.for_now >= Urgency::Today, "follow-unasked");
    also(state.level >= Urgency::Today && alone < state.level, "follow-note-needed");
    also(state.level > before.level, "follow-trial");
    also(state.trend == Some(Trend::Worse) && standing.course == Course::Escalated, "follow-worse");
    also(state.attention, "follow-attention");
    say
}
