//! The single answers that would call for help sooner: complete by construction; it never adds advice of its own.

use gravida_knowledge::{Answer, Case, FindingId, Knowledge, Urgency, Verdict};

use crate::triage::triage;

/// One answer that would raise the level.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sooner {
    pub finding: FindingId,
    /// The least worrying answer that raises it so far.
    pub answer: u16,
    /// The level to act on then.
    pub urgency: Urgency,
}

/// Every single worse answer that would raise the level to act on, the most urgent first.
///
/// Each finding that is asked of this person is tried with every answer worse than the one given.
pub fn call_sooner(knowledge: &Knowledge, case: &Case) -> Vec<Sooner> {
    let now = triage(knowledge, case).act_on;
    let mut found: Vec<Sooner> = Vec::new();
    if now == Urgency::Emergency {
        return found;
    }
    for finding in knowledge.finding_ids() {
        let definition = knowledge.finding(finding);
        if !definition.ordered || knowledge.shown(finding, case) == Verdict::Excluded {
            continue;
        }
        let (lowest, highest) = definition.answers.ends();
        let from = match case.answer(finding) {
            // Within a range, an exact answer that is worse than its calm end can raise the level too.
            Answer::Between(low, _) => low.saturating_add(1),
            Answer::Unasked | Answer::NotSure => lowest.saturating_add(1),
        };
        let mut level = now;
        for value in from..=highest {
            let urgency = triage(knowledge, &case.with(finding, Answer::exactly(value))).act_on;
            if urgency > level {
                level = urgency;
                found.push(Sooner { finding, answer: value, urgency });
            }
        }
    }
    found.sort_by(|a, b| b.urgency.cmp(&a.urgency).then(a.finding.cmp(&b.finding)));
    found
}
