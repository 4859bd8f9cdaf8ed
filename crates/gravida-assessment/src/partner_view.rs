//! What a result shows to a partner: nothing private can be read or inferred from it, and nothing hushed is named.
//!
//! Everything is computed from the case without her private answers, so those have no effect at all. What is hushed
//! (and not shared) counts for how soon, and is otherwise left out. See `docs/decisions/0011`.

use gravida_knowledge::{Case, FindingId, Knowledge, RedFlagId, Urgency, Verdict};

use crate::assess::Assessment;
use crate::care_plan::{CarePlan, WhyLeftOut, care_plan};
use crate::differential::{Differential, differential};
use crate::forcing::{Forcing, forcing};
use crate::interview::Next;
use crate::kept_back::KeptBack;
use crate::look_again::look_again;
use crate::safety_net::{Sooner, call_sooner};
use crate::triage::{Triage, open_findings, triage};

/// A result as a partner may see it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PartnerView {
    /// The case without anything private or hushed: the answers that may be shown.
    pub case: Case,
    pub assessment: Assessment,
    /// Decides where to go: it may rest on hushed answers, which are not named.
    pub triage: Triage,
    pub sooner: Vec<Sooner>,
    pub forcing: Forcing,
    /// What is not shown: the same for every case of a pack and the same list of shared findings.
    pub hidden: KeptBack,
}

/// The part of a view that the partner's card rests on too.
pub(crate) struct Seen {
    pub hidden: KeptBack,
    /// The answers that count, and those that may be named.
    pub counted: Case,
    pub case: Case,
    /// Of the answers that count, and of it what may be shown.
    pub triage: Triage,
    pub visible: Triage,
    pub differential: Differential,
    pub plan: CarePlan,
}

pub(crate) fn seen(knowledge: &Knowledge, case: &Case, shared: &[FindingId]) -> Seen {
    let hidden = KeptBack::of(knowledge, shared);
    let (counted, case) = (hidden.without_private(case), hidden.without_any(case));
    let whole = triage(knowledge, &counted);
    let mut visible = whole.clone();
    visible.flags = triage(knowledge, &case).flags;
    for state in &mut visible.flags {
        let rule = &knowledge.red_flag(state.flag).when;
        if state.verdict == Verdict::Open && open_findings(knowledge, &case, rule).iter().any(|id| hidden.holds(*id)) {
            state.verdict = Verdict::Excluded;
        }
        // Of a danger that is left out not even the level is kept.
        if state.verdict == Verdict::Excluded {
            state.counts = Urgency::SelfCare;
            (state.least, state.most) = (state.counts, state.counts);
        }
    }
    let differential = differential(knowledge, &case, &visible);
    let mut plan = care_plan(knowledge, &counted, &whole, &differential);
    plan.left_out.retain(|left| match &left.why {
        WhyLeftOut::Contraindicated(findings) | WhyLeftOut::NotExcluded(findings) => !findings.iter().any(|id| hidden.holds(*id)),
        _ => true,
    });
    Seen { hidden, counted, case, triage: whole, visible, differential, plan }
}

/// The view of a case for a partner. `shared` are the findings that she wants to be seen.
pub fn partner_view(knowledge: &Knowledge, case: &Case, shared: &[FindingId]) -> PartnerView {
    let Seen { hidden, counted, case, triage, visible, differential, plan } = seen(knowledge, case, shared);
    let mut look_again = look_again(knowledge, &counted, &triage);
    look_again.rules.retain(|at| knowledge.follow_ups.get(*at).is_some_and(|rule| !rule.when.as_ref().is_some_and(|when| hidden.touches(knowledge, when))));
    let mut sooner = call_sooner(knowledge, &counted);
    sooner.retain(|one| !hidden.holds(one.finding));
    let mut forcing = forcing(knowledge, &counted, &triage);
    let flag_shown = |id: &RedFlagId| visible.state(*id).is_some_and(|state| state.verdict != Verdict::Excluded);
    forcing.sets.retain(|set| !set.answers.iter().any(|reason| hidden.holds(reason.finding)) && set.flags.iter().all(flag_shown));
    forcing.held_up = None;
    let next = Next::Done(crate::certificate::certificate(knowledge, &case, &triage));
    let assessment = Assessment { triage: visible, differential, plan, look_again, next };
    PartnerView { case, assessment, triage, sooner, forcing, hidden }
}
