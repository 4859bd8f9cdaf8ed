//! What is kept back from a reader: which findings are hers alone, and which are not named; it never looks at answers.

use std::collections::BTreeSet;

use gravida_knowledge::{Case, FindingId, Knowledge, When};

use crate::completion::support;

/// Findings that a reader is not shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptBack {
    /// Hers alone: they count for nothing that the reader is shown.
    pub private: BTreeSet<FindingId>,
    /// They count for how soon, and are not named.
    pub hushed: BTreeSet<FindingId>,
}

impl KeptBack {
    /// What is kept back of a pack. What she shares is not, nor what decides whether that is asked.
    pub fn of(knowledge: &Knowledge, shared: &[FindingId]) -> KeptBack {
        let mut open: BTreeSet<FindingId> = shared.iter().copied().collect();
        for asked in shared.iter().filter_map(|id| knowledge.finding(*id).asked.as_ref()) {
            support(knowledge, asked, &mut open);
        }
        let mut private = hers_alone(knowledge);
        private.retain(|id| !open.contains(id));
        let hushed = knowledge.finding_ids().filter(|id| knowledge.finding(*id).hushed && !open.contains(id) && !private.contains(id)).collect();
        KeptBack { private, hushed }
    }

    pub fn holds(&self, finding: FindingId) -> bool {
        self.private.contains(&finding) || self.hushed.contains(&finding)
    }

    /// True when a rule rests on something that is kept back.
    pub fn touches(&self, knowledge: &Knowledge, rule: &When) -> bool {
        let mut reads = BTreeSet::new();
        support(knowledge, rule, &mut reads);
        reads.iter().any(|id| self.holds(*id))
    }

    /// The case as if nothing private had been answered: what follows from it can say nothing about that.
    pub fn without_private(&self, case: &Case) -> Case {
        without(case, &self.private)
    }

    /// The answers that may be named.
    pub fn without_any(&self, case: &Case) -> Case {
        without(&without(case, &self.private), &self.hushed)
    }
}

fn without(case: &Case, findings: &BTreeSet<FindingId>) -> Case {
    let mut less = case.clone();
    findings.iter().for_each(|id| less.set(*id, gravida_knowledge::Answer::Unasked));
    less
}

/// Private findings, those asked only after a private answer, and those that do nothing but open a private question.
fn hers_alone(knowledge: &Knowledge) -> BTreeSet<FindingId> {
    let mut found: BTreeSet<FindingId> = knowledge.finding_ids().filter(|id| knowledge.finding(*id).private).collect();
    let gates = |id: FindingId| knowledge.finding(id).asked.as_ref().map_or(Vec::new(), When::findings);
    loop {
        let more: Vec<FindingId> = knowledge.finding_ids().filter(|id| !found.contains(id) && gates(*id).iter().any(|gate| found.contains(gate))).collect();
        if more.is_empty() {
            break;
        }
        found.extend(more);
    }
    let used_elsewhere = used_outside(knowledge, &found);
    let openers: Vec<FindingId> = found.iter().flat_map(|id| gates(*id)).filter(|gate| !used_elsewhere.contains(gate)).collect();
    found.extend(openers);
    found
}

/// Findings that something other than the gate of a private question reads.
fn used_outside(knowledge: &Knowledge, private: &BTreeSet<FindingId>) -> BTreeSet<FindingId> {
    let mut used: BTreeSet<FindingId> = knowledge.red_flags.iter().flat_map(|flag| flag.when.findings()).collect();
    used.extend(knowledge.conditions.iter().flat_map(|condition| condition.evidence.iter().map(|row| row.finding)));
    used.extend(knowledge.interventions.iter().flat_map(|one| one.never.iter().flat_map(|(rule, _)| rule.findings())));
    used.extend(knowledge.follow_ups.iter().filter_map(|rule| rule.when.as_ref()).flat_map(When::findings));
    let asked = knowledge.finding_ids().filter(|id| !private.contains(id)).filter_map(|id| knowledge.finding(id).asked.as_ref());
    used.extend(asked.flat_map(When::findings));
    used
}
