//! The single changes that would call for help sooner: complete by construction; it never adds advice of its own.

use std::collections::BTreeSet;

use gravida_knowledge::{Answer, Case, FindingId, Knowledge, Urgency, Verdict};

use crate::completion::{rules_of_how_soon, segments, support};
use crate::triage::triage;

/// Answers to one finding that would raise the level: a worse one, a new sign, another week, or no longer being sure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sooner {
    pub finding: FindingId,
    /// All values from the first to the second raise it to the same level, and neither neighbour does; or "not sure".
    pub answer: Answer,
    /// The level to act on then.
    pub urgency: Urgency,
}

/// What `call_sooner` tries at a level: the findings that some flag above it reads, each with its scale cut where a rule
/// of how soon cuts it; of each segment the first value stands for all. Theorem T15 says that this leaves nothing out.
pub fn sooner_tries(knowledge: &Knowledge, now: Urgency) -> Vec<(FindingId, Vec<(u16, u16)>)> {
    let mut matters = BTreeSet::new();
    for flag in knowledge.red_flags.iter().filter(|flag| flag.urgency > now) {
        support(knowledge, &flag.when, &mut matters);
    }
    matters.into_iter().map(|id| (id, segments(knowledge, rules_of_how_soon(knowledge), id))).collect()
}

/// Every single change of an answer that would raise the level to act on, the most urgent first.
///
/// Each finding that is not hidden from this person is tried with every exact answer and with "not sure".
pub fn call_sooner(knowledge: &Knowledge, case: &Case) -> Vec<Sooner> {
    let now = triage(knowledge, case).act_on;
    let mut found: Vec<Sooner> = Vec::new();
    for (finding, segments) in sooner_tries(knowledge, now) {
        if knowledge.shown(finding, case) == Verdict::Excluded {
            continue;
        }
        let level_with = |answer| triage(knowledge, &case.with(finding, answer)).act_on;
        let mut runs: Vec<Sooner> = Vec::new();
        for (low, high) in segments {
            let urgency = level_with(Answer::exactly(low));
            match runs.last_mut() {
                Some(Sooner { answer: Answer::Between(_, end), urgency: same, .. }) if *same == urgency => *end = high,
                _ => runs.push(Sooner { finding, answer: Answer::Between(low, high), urgency }),
            }
        }
        if case.answer(finding) != Answer::Unasked {
            runs.push(Sooner { finding, answer: Answer::NotSure, urgency: level_with(Answer::NotSure) });
        }
        found.extend(runs.into_iter().filter(|run| run.urgency > now));
    }
    found.sort_by_key(|one| (u8::MAX - one.urgency as u8, one.answer == Answer::NotSure, one.finding));
    found
}
