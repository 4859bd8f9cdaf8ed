//! Why the interview may stop, and how to check it without believing it; it never decides what is asked.

use gravida_knowledge::{Answer, Case, FindingId, Knowledge, Urgency, Verdict};

use crate::completion::states;
use crate::triage::{Triage, triage};

/// Why the interview may stop.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Certificate {
    /// Findings that were answered, "not sure" included.
    pub asked: usize,
    /// Findings that were not asked, because none could have changed how soon.
    pub not_needed: usize,
    /// Those of them that are hidden from this person by the other answers.
    pub hidden: usize,
    /// The calmest and the most dangerous level that any answers to the rest could give: the same.
    pub least: Urgency,
    pub most: Urgency,
}

pub(crate) fn certificate(knowledge: &Knowledge, case: &Case, triage: &Triage) -> Certificate {
    let unasked: Vec<FindingId> = knowledge.finding_ids().filter(|id| case.answer(*id) == Answer::Unasked).collect();
    Certificate {
        asked: knowledge.findings.len() - unasked.len(),
        not_needed: unasked.len(),
        hidden: unasked.iter().filter(|id| knowledge.shown(**id, case) == Verdict::Excluded).count(),
        least: triage.least,
        most: triage.most,
    }
}

/// Checks a certificate by another way than it was made: it answers, and reads the level again.
///
/// The counts are counted again. For each unasked finding its calmest, its worst and (where no answer is worse than
/// another) every answer must leave the level where it is; and so must answering everything at once, calmly and
/// badly, for every combination of the findings in which no answer is worse than another.
pub fn check_certificate(knowledge: &Knowledge, case: &Case, certificate: &Certificate) -> bool {
    let unasked: Vec<FindingId> = knowledge.finding_ids().filter(|id| case.answer(*id) == Answer::Unasked).collect();
    let hidden = unasked.iter().filter(|id| knowledge.shown(**id, case) == Verdict::Excluded).count();
    let level = triage(knowledge, case).act_on;
    let counted = certificate.asked + unasked.len() == knowledge.findings.len()
        && certificate.not_needed == unasked.len()
        && certificate.hidden == hidden
        && certificate.least == level
        && certificate.most == level;
    let stays = |case: &Case| triage(knowledge, case).act_on == level;
    let each = |id: FindingId| {
        let finding = knowledge.finding(id);
        let (calmest, worst) = finding.answers.ends();
        let tried = if finding.ordered { vec![Answer::exactly(calmest), Answer::exactly(worst), Answer::NotSure] } else { states(knowledge, id) };
        tried.into_iter().all(|answer| stays(&case.with(id, answer)))
    };
    let all_at = |end: fn((u16, u16)) -> u16| {
        let mut all = case.clone();
        for id in unasked.iter().filter(|id| knowledge.finding(**id).ordered) {
            all.set(*id, Answer::exactly(end(knowledge.finding(*id).answers.ends())));
        }
        let free: Vec<FindingId> = unasked.iter().copied().filter(|id| !knowledge.finding(*id).ordered).collect();
        every(knowledge, &all, &free, &stays)
    };
    counted && unasked.iter().all(|id| each(*id)) && all_at(|ends| ends.0) && all_at(|ends| ends.1)
}

/// True when it holds for every combination of exact answers to these findings.
fn every(knowledge: &Knowledge, case: &Case, free: &[FindingId], holds: &impl Fn(&Case) -> bool) -> bool {
    match free.split_first() {
        None => holds(case),
        Some((id, rest)) if knowledge.shown(*id, case) == Verdict::Excluded => every(knowledge, case, rest, holds),
        Some((id, rest)) => {
            let exact = states(knowledge, *id).into_iter().filter(|answer| matches!(answer, Answer::Between(low, high) if low == high));
            exact.into_iter().all(|answer| every(knowledge, &case.with(*id, answer), rest, holds))
        }
    }
}
