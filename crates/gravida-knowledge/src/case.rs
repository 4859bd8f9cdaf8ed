//! What one person answered at one time; it never knows what the answers mean.

use crate::knowledge::{FindingId, Knowledge};

/// The answer to one finding. Unknown is a value of its own: it is never "no".
///
/// Values are ordinals on the scale of the finding: the index of the answer, a number, or days for weeks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Answer {
    /// Not asked yet, or skipped.
    #[default]
    Unasked,
    /// Asked, and not known.
    NotSure,
    /// Somewhere from the first to the second value, both included; equal for an exact answer.
    Between(u16, u16),
}

impl Answer {
    /// An exact value.
    pub fn exactly(value: u16) -> Answer {
        Answer::Between(value, value)
    }
}

/// One person's answers, one slot for each finding of the pack it was made for.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Case {
    answers: Vec<Answer>,
    /// Findings that a clinician answered beside the person: they are shown whoever else is answering.
    examined: Vec<FindingId>,
}

impl Case {
    /// A case in which nothing has been asked yet.
    pub fn new(knowledge: &Knowledge) -> Case {
        Case { answers: vec![Answer::Unasked; knowledge.findings.len()], examined: Vec::new() }
    }

    /// The answer as it was given, hidden or not.
    pub fn answer(&self, finding: FindingId) -> Answer {
        self.answers.get(finding.index()).copied().unwrap_or_default()
    }

    /// Sets one answer. A finding of another pack has no effect.
    pub fn set(&mut self, finding: FindingId, answer: Answer) {
        if let Some(slot) = self.answers.get_mut(finding.index()) {
            *slot = answer;
        }
        if answer == Answer::Unasked {
            self.examined.retain(|one| *one != finding);
        }
    }

    /// The same case with what the worst answers imply: a finding that was not asked and must be there too counts as
    /// its worst answer. What was answered stays as it is.
    pub fn with_implied(&self, knowledge: &Knowledge) -> Case {
        let mut case = self.clone();
        let mut open: Vec<FindingId> = knowledge.finding_ids().collect();
        while let Some(id) = open.pop() {
            let finding = knowledge.finding(id);
            if case.answer(id) != Answer::exactly(finding.answers.ends().1) {
                continue;
            }
            for implied in &finding.implies {
                if case.answer(*implied) == Answer::Unasked {
                    case.set(*implied, Answer::exactly(knowledge.finding(*implied).answers.ends().1));
                    open.push(*implied);
                }
            }
        }
        case
    }

    /// Sets what a clinician found on examination. It counts although the person herself is not asked it. Nothing is
    /// examined that has no answer: taking the answer back takes the mark with it.
    pub fn set_examined(&mut self, finding: FindingId, answer: Answer) {
        self.set(finding, answer);
        if answer != Answer::Unasked
            && let Err(at) = self.examined.binary_search(&finding)
        {
            self.examined.insert(at, finding);
        }
    }

    /// Whether a clinician answered this beside the person.
    pub fn is_examined(&self, finding: FindingId) -> bool {
        self.examined.binary_search(&finding).is_ok()
    }

    /// Takes over one answer of another case, and who gave it.
    pub fn take(&mut self, other: &Case, finding: FindingId) {
        if other.is_examined(finding) {
            self.set_examined(finding, other.answer(finding));
        } else {
            self.set(finding, other.answer(finding));
        }
    }

    /// The same case with one answer changed.
    pub fn with(&self, finding: FindingId, answer: Answer) -> Case {
        let mut case = self.clone();
        case.set(finding, answer);
        case
    }
}
