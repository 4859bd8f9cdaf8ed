//! What is kept for the person alone: which answers a note leaves out; it never looks at what they are.

use gravida_assessment::KeptBack;
use gravida_knowledge::{Case, ConditionId, FindingId, Knowledge, RedFlagId};

/// The findings that no note shows unless the person asks for it: private ones, those asked only after a private
/// answer, and those that do nothing but open a private question. The note is for a unit, so nothing else is hushed.
pub struct Private {
    kept_back: KeptBack,
}

impl Private {
    pub fn of(knowledge: &Knowledge) -> Private {
        Private { kept_back: KeptBack::of(knowledge, &[]) }
    }

    pub fn holds(&self, finding: FindingId) -> bool {
        self.kept_back.private.contains(&finding)
    }

    /// The case as if no private question had ever been answered: what follows from it can say nothing about them.
    pub fn without(&self, case: &Case) -> Case {
        self.kept_back.without_private(case)
    }

    /// True when a red flag rests on something private.
    pub fn flag(&self, knowledge: &Knowledge, id: RedFlagId) -> bool {
        knowledge.red_flag(id).when.findings().iter().any(|finding| self.holds(*finding))
    }

    /// True when a private answer speaks for or against a cause: its name alone could put a reader on the track.
    pub fn condition(&self, knowledge: &Knowledge, id: ConditionId) -> bool {
        knowledge.condition(id).evidence.iter().any(|row| self.holds(row.finding))
    }
}
