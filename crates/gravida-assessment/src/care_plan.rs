//! What can ease it, and what is left out and why; it offers nothing while a contraindication is not excluded.

use gravida_knowledge::{Advice, Case, ConditionId, FindingId, InterventionId, Knowledge, Urgency, Verdict};

use crate::differential::{Band, Differential};
use crate::time::Time;
use crate::triage::{Triage, open_findings, reasons};

/// An intervention that is offered, and for what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offer {
    pub intervention: InterventionId,
    /// The causes that it eases, in the order of the differential. Empty for general measures.
    pub eases: Vec<ConditionId>,
}

/// Why an intervention is not offered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WhyLeftOut {
    /// Help comes first at this level.
    HelpFirst,
    /// The evidence speaks against it, or a professional decides; the page says why.
    Advice(Advice),
    /// Not for this time of pregnancy, or that is not known.
    Time,
    /// One of these answers is a reason against it.
    Contraindicated(Vec<FindingId>),
    /// A reason against it is not excluded: these are not answered with a clear no.
    NotExcluded(Vec<FindingId>),
}

/// An intervention that would ease a cause in question, and why it is not offered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeftOut {
    pub intervention: InterventionId,
    pub why: WhyLeftOut,
}

/// What to do and what not to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CarePlan {
    /// False at today and emergency: getting help comes first.
    pub self_care: bool,
    /// Best evidence and least effort first.
    pub offers: Vec<Offer>,
    pub left_out: Vec<LeftOut>,
}

/// When an offer can be taken up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Group {
    /// Little effort, and nobody else needed than a partner or helper.
    Today,
    ThisWeek,
    /// With a professional, or after asking one.
    Professional,
}

impl Group {
    pub const ALL: [Group; 3] = [Group::Today, Group::ThisWeek, Group::Professional];

    pub fn word(self) -> &'static str {
        match self {
            Group::Today => "today",
            Group::ThisWeek => "this-week",
            Group::Professional => "professional",
        }
    }
}

/// The most effort that still fits into today.
const TODAY: u8 = 2;

impl Offer {
    pub fn group(&self, knowledge: &Knowledge) -> Group {
        let one = knowledge.intervention(self.intervention);
        if one.advice != Advice::Offer || one.who.iter().any(|who| who == "professional") {
            Group::Professional
        } else if one.effort <= TODAY {
            Group::Today
        } else {
            Group::ThisWeek
        }
    }
}

impl CarePlan {
    /// What the evidence speaks against for the causes in question, or for everybody: what not to do.
    pub fn not_to_do(&self) -> impl Iterator<Item = InterventionId> {
        self.left_out.iter().filter(|left| left.why == WhyLeftOut::Advice(Advice::DoNotOffer)).map(|left| left.intervention)
    }
}

/// Why an intervention must not be started now by this case, in the plan or not. `None` when nothing speaks against it.
pub fn why_not_now(knowledge: &Knowledge, case: &Case, triage: &Triage, id: InterventionId) -> Option<WhyLeftOut> {
    why_not(knowledge, case, &Time::of(knowledge, case), triage.act_on <= Urgency::ThisWeek, id)
}

/// The plan for a case. Only causes that are likely or possible are eased.
pub fn care_plan(knowledge: &Knowledge, case: &Case, triage: &Triage, differential: &Differential) -> CarePlan {
    let time = Time::of(knowledge, case);
    let self_care = triage.act_on <= Urgency::ThisWeek;
    let mut plan = CarePlan { self_care, offers: Vec::new(), left_out: Vec::new() };
    for id in knowledge.intervention_ids() {
        let Some(eases) = eased(knowledge, differential, id) else { continue };
        match why_not(knowledge, case, &time, self_care, id) {
            None => plan.offers.push(Offer { intervention: id, eases }),
            Some(why) => plan.left_out.push(LeftOut { intervention: id, why }),
        }
    }
    plan.offers.sort_by_key(|offer| {
        let intervention = knowledge.intervention(offer.intervention);
        let general = offer.eases.is_empty();
        (general, intervention.advice, u8::MAX - intervention.certainty_rank, intervention.effort, offer.intervention)
    });
    plan
}

/// The causes in question that it eases; `None` when it is for others only.
fn eased(knowledge: &Knowledge, differential: &Differential, id: InterventionId) -> Option<Vec<ConditionId>> {
    let intervention = knowledge.intervention(id);
    let eases: Vec<ConditionId> = differential
        .candidates
        .iter()
        .filter(|candidate| candidate.band != Band::LessLikely && intervention.eases.contains(&candidate.condition))
        .map(|candidate| candidate.condition)
        .collect();
    (!eases.is_empty() || intervention.eases.is_empty()).then_some(eases)
}

fn why_not(knowledge: &Knowledge, case: &Case, time: &Time, self_care: bool, id: InterventionId) -> Option<WhyLeftOut> {
    let intervention = knowledge.intervention(id);
    if !self_care {
        return Some(WhyLeftOut::HelpFirst);
    }
    if matches!(intervention.advice, Advice::DoNotOffer | Advice::Refer) {
        return Some(WhyLeftOut::Advice(intervention.advice));
    }
    let phase = (time.pregnant.is_none() || intervention.in_pregnancy) && (time.after_birth.is_none() || intervention.after_birth);
    // Weeks limit pregnancy alone: what is also for after birth has no week there.
    let weeks = match (intervention.weeks, time.pregnant) {
        (Some(limit), Some(_)) => Time { after_birth: None, ..*time }.is_within(limit),
        _ => true,
    };
    if !phase || !weeks {
        return Some(WhyLeftOut::Time);
    }
    let mut open = Vec::new();
    for (rule, _) in &intervention.never {
        match rule.verdict(knowledge, case) {
            Verdict::Present => {
                return Some(WhyLeftOut::Contraindicated(reasons(knowledge, case, rule).into_iter().map(|reason| reason.finding).collect()));
            }
            Verdict::Open => {
                for finding in open_findings(knowledge, case, rule) {
                    if !open.contains(&finding) {
                        open.push(finding);
                    }
                }
            }
            Verdict::Excluded => {}
        }
    }
    (!open.is_empty()).then_some(WhyLeftOut::NotExcluded(open))
}
