//! What a result shows to a partner: nothing private can be read or inferred from it, and nothing hushed is named.
//!
//! Everything is computed from the case without her private answers, so those have no effect at all. What is hushed
//! (and not shared) counts for how soon, and is otherwise left out. See `docs/decisions/0010`.

use std::collections::BTreeSet;

use gravida_knowledge::{Case, Finding, FindingId, Knowledge, RedFlagId, Urgency, Verdict, When};

use crate::assess::Assessment;
use crate::care_plan::{WhyLeftOut, care_plan};
use crate::completion::support;
use crate::differential::differential;
use crate::forcing::{Forcing, forcing};
use crate::interview::Next;
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
    pub hidden: BTreeSet<FindingId>,
}

/// The view of a case for a partner. `shared` are the findings that she wants to be seen.
pub fn partner_view(knowledge: &Knowledge, case: &Case, shared: &[FindingId]) -> PartnerView {
    let without = |case: &Case, which: fn(&Finding) -> bool| {
        let mut less = case.clone();
        let kept_back = knowledge.finding_ids().filter(|id| which(knowledge.finding(*id)) && !shared.contains(id));
        kept_back.for_each(|id| less.withdraw(id));
        less
    };
    let counted = without(case, |finding| finding.private);
    let shown = without(&counted, |finding| finding.hushed);
    let hidden: BTreeSet<FindingId> = knowledge
        .finding_ids()
        .filter(|id| (knowledge.finding(*id).private || knowledge.finding(*id).hushed) && !shared.contains(id))
        .collect();
    let touches = |rule: &When| {
        let mut reads = BTreeSet::new();
        support(knowledge, rule, &mut reads);
        reads.iter().any(|id| hidden.contains(id))
    };
    let whole = triage(knowledge, &counted);
    let seen = triage(knowledge, &shown);
    let mut visible = whole.clone();
    visible.flags = seen.flags.clone();
    for state in &mut visible.flags {
        let rule = &knowledge.red_flag(state.flag).when;
        if state.verdict == Verdict::Open && open_findings(knowledge, &shown, rule).iter().any(|id| hidden.contains(id)) {
            state.verdict = Verdict::Excluded;
        }
        // Of a danger that is left out not even the level is kept.
        if state.verdict == Verdict::Excluded {
            state.counts = Urgency::SelfCare;
            (state.least, state.most) = (state.counts, state.counts);
        }
    }
    let differential = differential(knowledge, &shown, &visible);
    let mut plan = care_plan(knowledge, &counted, &whole, &differential);
    plan.left_out.retain(|left| match &left.why {
        WhyLeftOut::Contraindicated(findings) | WhyLeftOut::NotExcluded(findings) => !findings.iter().any(|id| hidden.contains(id)),
        _ => true,
    });
    let mut look_again = look_again(knowledge, &counted, &whole);
    look_again.rules.retain(|at| knowledge.follow_ups.get(*at).is_some_and(|rule| !rule.when.as_ref().is_some_and(touches)));
    let mut sooner = call_sooner(knowledge, &counted);
    sooner.retain(|one| !hidden.contains(&one.finding));
    let mut forcing = forcing(knowledge, &counted, &whole);
    let flag_shown = |id: &RedFlagId| visible.state(*id).is_some_and(|state| state.verdict != Verdict::Excluded);
    forcing.sets.retain(|set| !set.answers.iter().any(|reason| hidden.contains(&reason.finding)) && set.flags.iter().all(flag_shown));
    forcing.held_up = None;
    let next = Next::Done(crate::certificate::certificate(knowledge, &shown, &whole));
    let assessment = Assessment { triage: visible, differential, plan, look_again, next };
    PartnerView { case: shown, assessment, triage: whole, sooner, forcing, hidden }
}
