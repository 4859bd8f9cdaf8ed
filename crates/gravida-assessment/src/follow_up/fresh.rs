//! What a contact must ask anew: everything that a danger sign rests on; it never carries a danger answer over.

use gravida_knowledge::{Answer, Case, FindingId, Knowledge, Phase, Verdict, When};

use crate::triage::Triage;

/// The answers of the last contact that may stand at the next: those of causes and plan, and of them none that a red
/// flag rests on, nor one that decides whether such a finding is asked. Everything else is unasked again.
pub fn carry_over(knowledge: &Knowledge, last: &Case) -> Case {
    let mut asked_anew: Vec<FindingId> = Vec::new();
    let mut open: Vec<&When> = knowledge.red_flags.iter().map(|flag| &flag.when).collect();
    while let Some(rule) = open.pop() {
        for id in rule.findings() {
            if !asked_anew.contains(&id) {
                asked_anew.push(id);
                open.extend(knowledge.finding(id).asked.as_ref());
            }
        }
    }
    let mut case = Case::new(knowledge);
    for screen in knowledge.screens.iter().filter(|screen| matches!(screen.phase, Phase::Cause | Phase::Plan)) {
        for id in screen.shows.iter().filter(|id| !asked_anew.contains(id)) {
            case.set(*id, last.answer(*id));
        }
    }
    case
}

/// True when the danger screens were answered: no unasked finding could change the level, or every question of theirs
/// that applies has an answer ("not sure" is one). A private question may stay open.
pub fn danger_asked(knowledge: &Knowledge, case: &Case, triage: &Triage) -> bool {
    let answered = |id: &FindingId| {
        knowledge.finding(*id).private || case.answer(*id) != Answer::Unasked || knowledge.shown(*id, case) == Verdict::Excluded
    };
    triage.is_settled()
        || knowledge.screens.iter().filter(|screen| screen.phase == Phase::Danger).flat_map(|screen| &screen.shows).all(answered)
}
