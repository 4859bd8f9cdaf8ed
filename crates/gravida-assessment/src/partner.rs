//! The partner's card: one task a day from the plan, the same whatever was answered in private.

use gravida_knowledge::{Advice, Answer, Case, FindingId, InterventionId, Knowledge};

use crate::assess::{Assessment, assess};

/// What the partner, or someone trusted, may do on one day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PartnerCard {
    /// The case without anything private; level and places on the card come from it alone.
    pub shared: Case,
    pub assessment: Assessment,
    pub day: u32,
    /// `None` when help comes first, or when the plan has nothing for a partner.
    pub task: Option<InterventionId>,
    /// How many tasks the days go round.
    pub tasks: usize,
}

/// The card for a day, counted from anywhere: tasks follow each other in the order of the plan.
///
/// It is computed from a case in which every private answer is "no" and every question that only opens private ones
/// is unasked, so two people who differ in private answers alone get the same card. A measure whose
/// contraindications read a private answer is never on it.
pub fn partner_card(knowledge: &Knowledge, case: &Case, day: u32) -> PartnerCard {
    let shared = shared(knowledge, case);
    let assessment = assess(knowledge, &shared);
    let mut tasks: Vec<InterventionId> = assessment
        .plan
        .offers
        .iter()
        .map(|offer| offer.intervention)
        .filter(|id| {
            let one = knowledge.intervention(*id);
            let open = one.never.iter().all(|(rule, _)| !rule.findings().iter().any(|finding| knowledge.finding(*finding).private));
            one.advice == Advice::Offer && open && one.who.iter().any(|who| who == "partner")
        })
        .collect();
    // What is the partner's own comes first; the order of the plan stays otherwise.
    tasks.sort_by_key(|id| knowledge.intervention(*id).who.first().is_none_or(|who| who != "partner"));
    let at = usize::try_from(day).unwrap_or(0).checked_rem(tasks.len()).unwrap_or(0);
    PartnerCard { shared, task: tasks.get(at).copied(), tasks: tasks.len(), assessment, day }
}

/// The case as anybody may see it.
fn shared(knowledge: &Knowledge, case: &Case) -> Case {
    let mut shared = case.clone();
    for id in knowledge.finding_ids() {
        if knowledge.finding(id).private {
            let (calmest, _) = knowledge.finding(id).answers.ends();
            shared.set(id, Answer::exactly(calmest));
        } else if only_opens_private(knowledge, id) {
            shared.set(id, Answer::Unasked);
        }
    }
    shared
}

/// Whether a finding decides about nothing but whether private questions are asked.
fn only_opens_private(knowledge: &Knowledge, id: FindingId) -> bool {
    let mut opens = false;
    for finding in &knowledge.findings {
        if finding.asked.as_ref().is_some_and(|rule| rule.findings().contains(&id)) {
            if !finding.private {
                return false;
            }
            opens = true;
        }
    }
    let rules = knowledge.red_flags.iter().map(|flag| &flag.when);
    let mut rules = rules.chain(knowledge.interventions.iter().flat_map(|one| one.never.iter().map(|(rule, _)| rule)));
    opens
        && !rules.any(|rule| rule.findings().contains(&id))
        && !knowledge.conditions.iter().any(|condition| condition.evidence.iter().any(|row| row.finding == id))
}
