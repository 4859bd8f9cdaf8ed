//! What a host keeps for one person between two requests; it never leaves the machine.

use std::collections::BTreeMap;

use gravida_knowledge::{Answer, Case, FindingId, Knowledge};
use serde::{Deserialize, Serialize};

/// Everything about the visit so far. Answers are kept as numbers of the pack, so that a change of language changes none.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct State {
    pub language: Option<String>,
    pub place: Option<String>,
    /// The hash of the pack that the answers are for.
    pub pack: String,
    pub answers: BTreeMap<String, String>,
    /// The answered pages in order, each with the findings that it asked.
    pub past: Vec<Vec<String>>,
    /// The fields of the page that was filled in when the language was changed.
    pub draft: Vec<(String, String)>,
    pub begun: bool,
    /// The person left before the last question.
    pub left: bool,
    /// Own words: shown in quotes, never interpreted.
    pub words: String,
    pub session: Option<Exercise>,
    /// What a partner said; the pages that a partner was shown, in order.
    pub partner: BTreeMap<String, String>,
    pub partner_past: Vec<Vec<String>>,
    /// What is kept back from a partner and may be shown all the same, because the person said so.
    pub share: Vec<String>,
    /// The episode, as the lines of its file; empty when there is none.
    pub episode: String,
    /// The questions are being asked again for the episode.
    pub checking: bool,
    /// The code that brings the person's own pages back; there while a partner has the device.
    pub code: Option<String>,
    pub wrong_codes: u8,
}

/// Where a guided session stands.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Exercise {
    pub intervention: String,
    pub step: usize,
    pub spent: u64,
    /// Somebody has agreed to it.
    pub agreed: bool,
    /// The stop sign that ended it, or that somebody asked.
    pub stopped: Option<usize>,
    pub done: bool,
}

/// The longest that own words may be.
pub const MOST_WORDS: usize = 500;

/// A state is some kilobytes, with a long episode some more; a larger one was not written by us.
pub const LARGEST: usize = 6 << 20;

impl State {
    /// Reads what a host kept. `None` when it cannot be read: the person then begins anew, and is told so.
    pub fn read(text: &str) -> Option<State> {
        if text.is_empty() {
            return Some(State::default());
        }
        (text.len() <= LARGEST).then(|| serde_json::from_str(text).ok()).flatten()
    }

    pub fn write(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }

    /// The person's own answers as a case.
    pub fn case(&self, knowledge: &Knowledge) -> Case {
        as_case(knowledge, &self.answers)
    }

    /// What the partner said, as a case.
    pub fn partner_case(&self, knowledge: &Knowledge) -> Case {
        as_case(knowledge, &self.partner)
    }

    /// True while a partner has the device.
    pub fn is_handed_over(&self) -> bool {
        self.code.is_some()
    }

    /// Keeps what a partner said.
    pub fn set_partner(&mut self, knowledge: &Knowledge, id: FindingId, answer: Answer) {
        if let Some(text) = encode(answer) {
            self.partner.insert(knowledge.finding(id).slug.clone(), text);
        }
    }

    pub fn set(&mut self, knowledge: &Knowledge, id: FindingId, answer: Answer) {
        let slug = knowledge.finding(id).slug.clone();
        match encode(answer) {
            Some(text) => self.answers.insert(slug, text),
            None => self.answers.remove(&slug),
        };
    }

    /// Notes that a page was answered; one that was answered before keeps its place.
    pub fn remember(&mut self, slugs: Vec<String>) {
        let known = |slug: &String| self.past.iter().flatten().any(|other| other == slug);
        let new: Vec<String> = slugs.into_iter().filter(|slug| !known(slug)).collect();
        if !new.is_empty() {
            self.past.push(new);
        }
    }
}

/// The episode in a state that a host keeps; empty when there is none.
pub fn episode(state: &str) -> String {
    State::read(state).map(|state| state.episode).unwrap_or_default()
}

/// A state with another episode in it. One that cannot be read stays as it is, so that the person is told.
pub fn with_episode(state: &str, episode: &str) -> String {
    match State::read(state) {
        Some(read) if read.episode != episode => State { episode: episode.to_owned(), ..read }.write(),
        _ => state.to_owned(),
    }
}

/// Kept answers as a case. An answer that this pack cannot have counts as not sure, never as no.
fn as_case(knowledge: &Knowledge, answers: &BTreeMap<String, String>) -> Case {
    let mut case = Case::new(knowledge);
    for (slug, text) in answers {
        if let Some(id) = find(knowledge, slug) {
            case.set(id, decode(text, knowledge.finding(id).answers.ends()));
        }
    }
    case
}

pub fn find(knowledge: &Knowledge, slug: &str) -> Option<FindingId> {
    knowledge.finding_ids().find(|id| knowledge.finding(*id).slug == slug)
}

fn encode(answer: Answer) -> Option<String> {
    match answer {
        Answer::Unasked => None,
        Answer::NotSure => Some("?".to_owned()),
        Answer::Between(low, high) if low == high => Some(low.to_string()),
        Answer::Between(low, high) => Some(format!("{low}-{high}")),
    }
}

fn decode(text: &str, (least, most): (u16, u16)) -> Answer {
    let (low, high) = text.split_once('-').unwrap_or((text, text));
    match (low.parse::<u16>(), high.parse::<u16>()) {
        (Ok(low), Ok(high)) if least <= low && low <= high && high <= most => Answer::Between(low, high),
        _ => Answer::NotSure,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_understood_is_not_sure() {
        for text in ["", "?", "no", "-", "5", "3-2", "0-9", "-1", "99999999"] {
            assert_eq!(decode(text, (0, 4)), Answer::NotSure, "{text}");
        }
        for answer in [Answer::NotSure, Answer::exactly(2), Answer::Between(1, 3)] {
            assert_eq!(decode(&encode(answer).unwrap_or_default(), (0, 4)), answer);
        }
        assert_eq!(encode(Answer::Unasked), None);
    }
}
