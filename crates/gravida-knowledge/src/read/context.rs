//! What a block needs while it is read: the names of the whole pack, and a place for its mistakes.

use std::collections::{BTreeMap, BTreeSet};

use super::block::{Block, Entry, Place};
use crate::diagnostic::{Diagnostic, Severity, did_you_mean};
use crate::finding::Answers;
use crate::knowledge::{ConditionId, FindingId, FollowUpId, InterventionId, NutrientId, Origin, RedFlagId, SourceId};

/// Everything of a pack that can be referred to.
#[derive(Debug, Default)]
pub(crate) struct Names {
    pub findings: BTreeMap<String, (FindingId, Answers, bool)>,
    pub red_flags: BTreeMap<String, RedFlagId>,
    pub conditions: BTreeMap<String, ConditionId>,
    pub interventions: BTreeMap<String, InterventionId>,
    pub follow_ups: BTreeMap<String, FollowUpId>,
    pub nutrients: BTreeMap<String, NutrientId>,
    pub sources: BTreeMap<String, (SourceId, BTreeSet<String>)>,
}

/// Reads one block of one page.
pub(crate) struct Context<'a> {
    pub file: &'a str,
    pub names: &'a Names,
    pub out: &'a mut Vec<Diagnostic>,
}

impl Context<'_> {
    pub fn error(&mut self, at: Place, length: usize, message: String, hint: Option<String>) {
        self.report(Severity::Error, at, length, message, hint);
    }

    pub fn report(&mut self, severity: Severity, at: Place, length: usize, message: String, hint: Option<String>) {
        self.out.push(Diagnostic {
            severity,
            file: self.file.to_owned(),
            line: at.line,
            column: at.column,
            length: length.max(1) as u32,
            message,
            hint,
        });
    }

    pub fn origin(&self, block: &Block) -> Origin {
        Origin { file: self.file.to_owned(), line: block.at.line }
    }

    /// Reports a value that is not one of a closed list.
    pub fn unknown_word(&mut self, entry: &Entry, keyword: &str, known: &[&str]) {
        let word = entry.text();
        let hint = did_you_mean(&word, known.iter().copied()).unwrap_or_else(|| format!("write one of {}", known.join(", ")));
        self.error(entry.value_at(), entry.value_length(), format!("`{word}` is not a known `{keyword}`"), Some(hint));
    }

    /// The finding that a word names; reports it and the nearest one if there is none.
    pub fn finding(&mut self, word: &str, at: Place) -> Option<(FindingId, Answers, bool)> {
        if let Some((id, answers, ordered)) = self.names.findings.get(word) {
            return Some((*id, answers.clone(), *ordered));
        }
        let hint = did_you_mean(word, self.names.findings.keys().map(String::as_str))
            .unwrap_or_else(|| "findings stand in findings/".to_owned());
        self.error(at, word.chars().count(), format!("there is no finding called `{word}`"), Some(hint));
        None
    }

    pub fn condition(&mut self, word: &str, at: Place) -> Option<ConditionId> {
        let found = self.names.conditions.get(word).copied();
        if found.is_none() {
            let hint = did_you_mean(word, self.names.conditions.keys().map(String::as_str));
            self.error(at, word.chars().count(), format!("there is no condition called `{word}`"), hint);
        }
        found
    }

    pub fn red_flag(&mut self, word: &str, at: Place) -> Option<RedFlagId> {
        let found = self.names.red_flags.get(word).copied();
        if found.is_none() {
            let hint = did_you_mean(word, self.names.red_flags.keys().map(String::as_str));
            self.error(at, word.chars().count(), format!("there is no red flag called `{word}`"), hint);
        }
        found
    }

    pub fn follow_up(&mut self, word: &str, at: Place) -> Option<FollowUpId> {
        let found = self.names.follow_ups.get(word).copied();
        if found.is_none() {
            let hint = did_you_mean(word, self.names.follow_ups.keys().map(String::as_str));
            self.error(at, word.chars().count(), format!("there is no follow-up called `{word}`"), hint);
        }
        found
    }

    pub fn nutrient(&mut self, word: &str, at: Place) -> Option<NutrientId> {
        let found = self.names.nutrients.get(word).copied();
        if found.is_none() {
            let hint = did_you_mean(word, self.names.nutrients.keys().map(String::as_str));
            self.error(at, word.chars().count(), format!("there is no nutrient called `{word}`"), hint);
        }
        found
    }

    pub fn intervention(&mut self, word: &str, at: Place) -> Option<InterventionId> {
        let found = self.names.interventions.get(word).copied();
        if found.is_none() {
            let hint = did_you_mean(word, self.names.interventions.keys().map(String::as_str));
            self.error(at, word.chars().count(), format!("there is no intervention called `{word}`"), hint);
        }
        found
    }
}
