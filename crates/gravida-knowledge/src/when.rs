//! The rule tree, and what it means for a case in three values; it has no negation, so danger can only add.

use crate::case::{Answer, Case};
use crate::knowledge::{FindingId, Knowledge};

/// What a rule says about a case. The order is from safe to dangerous.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Verdict {
    /// No further answer can make the rule hold.
    Excluded,
    /// Not excluded: an answer is missing or not sure.
    Open,
    /// The rule holds.
    Present,
}

/// A rule over findings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum When {
    /// The answer lies from `low` to `high`, both included, on the scale of the finding.
    Test { finding: FindingId, low: u16, high: u16 },
    All(Vec<When>),
    Any(Vec<When>),
    /// At least so many of the parts hold.
    Count(usize, Vec<When>),
}

impl When {
    /// What the rule says about a case, hidden findings counting as absent.
    pub fn verdict(&self, knowledge: &Knowledge, case: &Case) -> Verdict {
        self.verdict_if(knowledge, case, Verdict::Open)
    }

    /// The same, with every test on an unasked finding taken as `unasked`: `Excluded` gives the calmest end that
    /// further answers could reach, `Present` the most dangerous one. "Not sure" stays open.
    pub fn verdict_if(&self, knowledge: &Knowledge, case: &Case, unasked: Verdict) -> Verdict {
        match self {
            When::Test { finding, low, high } => {
                let shown = knowledge.shown_if(*finding, case, unasked);
                let answer = match case.answer(*finding) {
                    Answer::Unasked => unasked,
                    Answer::NotSure => Verdict::Open,
                    Answer::Between(from, to) if *low <= from && to <= *high => Verdict::Present,
                    Answer::Between(from, to) if to < *low || *high < from => Verdict::Excluded,
                    Answer::Between(..) => Verdict::Open,
                };
                shown.min(answer)
            }
            When::All(parts) => {
                parts.iter().map(|part| part.verdict_if(knowledge, case, unasked)).min().unwrap_or(Verdict::Present)
            }
            When::Any(parts) => {
                parts.iter().map(|part| part.verdict_if(knowledge, case, unasked)).max().unwrap_or(Verdict::Excluded)
            }
            When::Count(needed, parts) => {
                let mut verdicts: Vec<Verdict> =
                    parts.iter().map(|part| part.verdict_if(knowledge, case, unasked)).collect();
                verdicts.sort_unstable_by(|a, b| b.cmp(a));
                match needed.checked_sub(1) {
                    None => Verdict::Present,
                    Some(last) => verdicts.get(last).copied().unwrap_or(Verdict::Excluded),
                }
            }
        }
    }

    /// Calls `visit` with each test of the rule, in reading order.
    pub fn tests(&self, visit: &mut impl FnMut(FindingId, u16, u16)) {
        match self {
            When::Test { finding, low, high } => visit(*finding, *low, *high),
            When::All(parts) | When::Any(parts) | When::Count(_, parts) => {
                for part in parts {
                    part.tests(visit);
                }
            }
        }
    }

    /// The findings that the rule reads itself, without those that only decide whether one is asked.
    pub fn findings(&self) -> Vec<FindingId> {
        let mut found = Vec::new();
        self.tests(&mut |finding, _, _| {
            if !found.contains(&finding) {
                found.push(finding);
            }
        });
        found
    }
}

impl Knowledge {
    /// Whether a finding is asked of this person: `Excluded` means hidden, and a hidden answer has no effect.
    pub fn shown(&self, finding: FindingId, case: &Case) -> Verdict {
        self.shown_if(finding, case, Verdict::Open)
    }

    fn shown_if(&self, finding: FindingId, case: &Case, unasked: Verdict) -> Verdict {
        match &self.finding(finding).asked {
            _ if case.is_examined(finding) => Verdict::Present,
            None => Verdict::Present,
            Some(rule) => rule.verdict_if(self, case, unasked),
        }
    }
}
