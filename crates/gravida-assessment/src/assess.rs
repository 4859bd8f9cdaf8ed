//! The one function behind every door: a case in, everything that is concluded from it out.

use gravida_knowledge::{Case, Knowledge, RedFlagId, Verdict};

use crate::care_plan::{CarePlan, care_plan};
use crate::differential::{Differential, differential};
use crate::interview::{Next, next_question};
use crate::look_again::{LookAgain, look_again};
use crate::triage::{Reason, Triage, reasons, triage};

/// Everything that is concluded from one case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Assessment {
    pub triage: Triage,
    pub differential: Differential,
    pub plan: CarePlan,
    pub look_again: LookAgain,
    pub next: Next,
}

/// Assesses a case. It cannot fail: what is missing or odd is a value.
pub fn assess(knowledge: &Knowledge, case: &Case) -> Assessment {
    let triage = triage(knowledge, case);
    let differential = differential(knowledge, case, &triage);
    let plan = care_plan(knowledge, case, &triage, &differential);
    let look_again = look_again(knowledge, case, &triage);
    let next = next_question(knowledge, case, &triage, &differential, &plan);
    Assessment { triage, differential, plan, look_again, next }
}

impl Assessment {
    /// The answers that make a red flag present.
    pub fn reasons(&self, knowledge: &Knowledge, case: &Case, flag: RedFlagId) -> Vec<Reason> {
        match self.triage.state(flag).map(|state| state.verdict) {
            Some(Verdict::Present) => reasons(knowledge, case, &knowledge.red_flag(flag).when),
            _ => Vec::new(),
        }
    }
}
