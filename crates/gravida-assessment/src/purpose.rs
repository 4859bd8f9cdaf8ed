//! Why a question is asked now: what its answer can still change; it never decides what is asked.

use gravida_knowledge::{Case, ConditionId, FindingId, InterventionId, Knowledge, RedFlagId, Urgency, Verdict};

use crate::assess::Assessment;
use crate::care_plan::WhyLeftOut;
use crate::completion::support;
use crate::differential::{Band, Differential};
use crate::evidence::{TIE, piece};
use crate::time::Time;
use crate::triage::open_findings;

/// What the answer to a question can still change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Purpose {
    pub finding: FindingId,
    /// Flags that wait for it and could still raise the level, the most urgent first.
    pub flags: Vec<RedFlagId>,
    /// The most urgent level that they could bring.
    pub could_become: Option<Urgency>,
    /// Causes in question for which a yes speaks more than for others, and those for which it speaks less; in units of
    /// 1/1024 doubling, the furthest apart first.
    pub causes: Vec<(ConditionId, i32)>,
    /// Measures that a calm answer may bring into the plan.
    pub measures: Vec<InterventionId>,
    /// Its answer decides whether others are asked.
    pub decides_others: bool,
}

impl Purpose {
    /// True when no answer to it could change anything that is shown.
    pub fn is_empty(&self) -> bool {
        self.flags.is_empty() && self.causes.is_empty() && self.measures.is_empty() && !self.decides_others
    }
}

/// What the answer to `finding` can still change. Private dangers are named for private questions alone.
pub fn purpose(knowledge: &Knowledge, case: &Case, assessment: &Assessment, finding: FindingId) -> Purpose {
    let (triage, differential, plan) = (&assessment.triage, &assessment.differential, &assessment.plan);
    let private = |id: &FindingId| knowledge.finding(*id).private;
    let may_name = |flag: RedFlagId| {
        let mut reads = Default::default();
        support(knowledge, &knowledge.red_flag(flag).when, &mut reads);
        private(&finding) || !reads.iter().any(private)
    };
    let mut waiting: Vec<(Urgency, RedFlagId)> = triage
        .flags
        .iter()
        .filter(|state| state.verdict == Verdict::Open && state.most > triage.least && may_name(state.flag))
        .filter(|state| open_findings(knowledge, case, &knowledge.red_flag(state.flag).when).contains(&finding))
        .map(|state| (state.most, state.flag))
        .collect();
    waiting.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
    let measures = plan.left_out.iter().filter(|left| matches!(&left.why, WhyLeftOut::NotExcluded(open) if open.contains(&finding)));
    Purpose {
        finding,
        could_become: waiting.first().map(|(level, _)| *level),
        flags: waiting.into_iter().map(|(_, flag)| flag).collect(),
        causes: causes(knowledge, case, differential, finding),
        measures: measures.map(|left| left.intervention).collect(),
        decides_others: knowledge.findings.iter().any(|other| other.asked.as_ref().is_some_and(|rule| rule.findings().contains(&finding))),
    }
}

/// What a yes would add to each cause in question, against the middle of them; only what would tell them apart.
fn causes(knowledge: &Knowledge, case: &Case, differential: &Differential, finding: FindingId) -> Vec<(ConditionId, i32)> {
    let time = Time::of(knowledge, case);
    if !knowledge.finding(finding).answers.is_yes_no() {
        return Vec::new();
    }
    let adds: Vec<(ConditionId, i32)> = differential
        .candidates
        .iter()
        .filter(|candidate| candidate.band != Band::LessLikely)
        .map(|candidate| {
            let piece = piece(knowledge, knowledge.condition(candidate.condition), finding, true, &time);
            (candidate.condition, piece.map_or(0, |piece| piece.own.point - piece.usual.point))
        })
        .collect();
    let (least, most) = (adds.iter().map(|(_, add)| *add).min().unwrap_or(0), adds.iter().map(|(_, add)| *add).max().unwrap_or(0));
    if most - least < TIE {
        return Vec::new();
    }
    let mut apart: Vec<(ConditionId, i32)> = adds.into_iter().filter(|(_, add)| add.abs() >= TIE).collect();
    apart.sort_by(|a, b| b.1.abs().cmp(&a.1.abs()).then(a.0.cmp(&b.0)));
    apart
}
