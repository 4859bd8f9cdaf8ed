//! What is kept for the person alone: which answers a note leaves out; it never looks at what they are.

use gravida_knowledge::{Answer, Case, ConditionId, FindingId, Knowledge, RedFlagId};

/// The findings that no note shows unless the person asks for it: private ones, those asked only after a private
/// answer, and those that do nothing but open a private question.
pub struct Private {
    findings: Vec<FindingId>,
}

impl Private {
    pub fn of(knowledge: &Knowledge) -> Private {
        let mut findings: Vec<FindingId> = knowledge.finding_ids().filter(|id| knowledge.finding(*id).private).collect();
        let gates = |id: FindingId| knowledge.finding(id).asked.as_ref().map_or(Vec::new(), gravida_knowledge::When::findings);
        loop {
            let more: Vec<FindingId> =
                knowledge.finding_ids().filter(|id| !findings.contains(id) && gates(*id).iter().any(|gate| findings.contains(gate))).collect();
            if more.is_empty() {
                break;
            }
            findings.extend(more);
        }
        let used_elsewhere = used_outside(knowledge, &findings);
        let openers: Vec<FindingId> = findings.iter().flat_map(|id| gates(*id)).filter(|gate| !used_elsewhere.contains(gate)).collect();
        for gate in openers {
            if !findings.contains(&gate) {
                findings.push(gate);
            }
        }
        Private { findings }
    }

    pub fn holds(&self, finding: FindingId) -> bool {
        self.findings.contains(&finding)
    }

    /// The case as if no private question had ever been answered: what follows from it can say nothing about them.
    pub fn without(&self, case: &Case) -> Case {
        let mut open = case.clone();
        for id in &self.findings {
            open.set(*id, Answer::Unasked);
        }
        open
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

/// Findings that something other than the gate of a private question reads.
fn used_outside(knowledge: &Knowledge, private: &[FindingId]) -> Vec<FindingId> {
    let mut used: Vec<FindingId> = knowledge.red_flags.iter().flat_map(|flag| flag.when.findings()).collect();
    used.extend(knowledge.conditions.iter().flat_map(|condition| condition.evidence.iter().map(|row| row.finding)));
    used.extend(knowledge.interventions.iter().flat_map(|one| one.never.iter().flat_map(|(rule, _)| rule.findings())));
    used.extend(knowledge.follow_ups.iter().filter_map(|rule| rule.when.as_ref()).flat_map(gravida_knowledge::When::findings));
    let asked = knowledge.finding_ids().filter(|id| !private.contains(id)).filter_map(|id| knowledge.finding(id).asked.as_ref());
    used.extend(asked.flat_map(gravida_knowledge::When::findings));
    used
}
