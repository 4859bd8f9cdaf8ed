//! The partner's card: one task a day from the plan, the same whatever was answered in private.

use gravida_knowledge::{Advice, Case, FindingId, InterventionId, Knowledge};

use crate::care_plan::CarePlan;
use crate::partner_view::{Seen, seen};
use crate::triage::Triage;

/// What the partner, or someone trusted, may do on one day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PartnerCard {
    /// The answers that may be named to a partner.
    pub case: Case,
    /// Decides level and places, as in the partner's view: it rests on nothing private, and names nothing.
    pub triage: Triage,
    pub plan: CarePlan,
    pub day: u32,
    /// `None` when help comes first, or when the plan has nothing for a partner.
    pub task: Option<InterventionId>,
    /// How many tasks the days go round.
    pub tasks: usize,
}

/// The card for a day, counted from anywhere: tasks follow each other in the order of the plan.
///
/// Level and plan are those of the partner's view, so two people who differ in private answers alone get the same card.
/// A measure whose contraindications read a private answer is never on it.
pub fn partner_card(knowledge: &Knowledge, case: &Case, shared: &[FindingId], day: u32) -> PartnerCard {
    let Seen { hidden, case, triage, plan, .. } = seen(knowledge, case, shared);
    let open = |id: InterventionId| {
        let one = knowledge.intervention(id);
        let reads_private = one.never.iter().any(|(rule, _)| rule.findings().iter().any(|finding| hidden.private.contains(finding)));
        one.advice == Advice::Offer && !reads_private && one.who.iter().any(|who| who == "partner")
    };
    let mut tasks: Vec<InterventionId> = plan.offers.iter().map(|offer| offer.intervention).filter(|id| open(*id)).collect();
    // What is the partner's own comes first; the order of the plan stays otherwise.
    tasks.sort_by_key(|id| knowledge.intervention(*id).who.first().is_none_or(|who| who != "partner"));
    let at = usize::try_from(day).unwrap_or(0).checked_rem(tasks.len()).unwrap_or(0);
    PartnerCard { case, task: tasks.get(at).copied(), tasks: tasks.len(), triage, plan, day }
}
