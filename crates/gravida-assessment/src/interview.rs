//! What to ask next: danger first, then what separates the causes, then what changes the plan; it never stops while
//! an unasked finding could change the level.

use gravida_knowledge::{Answer, Case, FindingId, Knowledge, Phase, ScreenId, Urgency, Verdict, When};

use crate::care_plan::{CarePlan, WhyLeftOut};
use crate::certificate::{Certificate, certificate};
use crate::differential::Differential;
use crate::evidence::weigh;
use crate::time::Time;
use crate::triage::{Triage, open_findings};

/// The next screen, or the end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Next {
    Ask {
        screen: ScreenId,
        findings: Vec<FindingId>,
        phase: Phase,
    },
    Done(Certificate),
}

/// A screen of causes is worth asking from this share of people whose list it would change (in 1 << 20).
const WORTH_ASKING: u64 = (1 << 20) / 25;

/// What to ask next. Everything is decided by the case; nothing is remembered.
pub fn next_question(knowledge: &Knowledge, case: &Case, triage: &Triage, differential: &Differential, plan: &CarePlan) -> Next {
    let help_first = triage.is_settled() && triage.act_on >= Urgency::Today;
    let asked = (!help_first)
        .then(|| {
            start(knowledge, case)
                .or_else(|| danger(knowledge, case, triage))
                .or_else(|| cause(knowledge, case, differential))
                .or_else(|| plan_question(knowledge, case, plan))
        })
        .flatten();
    match asked {
        Some((screen, phase)) => Next::Ask { screen, findings: askable(knowledge, case, screen), phase },
        None => Next::Done(certificate(knowledge, case, triage)),
    }
}

/// Whether a finding can be put to the person now: not answered, not hidden, and nothing that decides whether it is
/// asked is itself still to be asked.
pub(crate) fn is_askable(knowledge: &Knowledge, case: &Case, id: FindingId) -> bool {
    if case.answer(id) != Answer::Unasked {
        return false;
    }
    match (knowledge.shown(id, case), &knowledge.finding(id).asked) {
        (Verdict::Present, _) | (_, None) => true,
        (Verdict::Excluded, _) => false,
        (Verdict::Open, Some(rule)) => !waits(knowledge, case, rule),
    }
}

/// True when an open rule rests on a finding that can still be asked.
fn waits(knowledge: &Knowledge, case: &Case, rule: &When) -> bool {
    open_findings(knowledge, case, rule).into_iter().any(|id| case.answer(id) == Answer::Unasked)
}

/// The findings of a screen that can be put to the person now.
fn askable(knowledge: &Knowledge, case: &Case, screen: ScreenId) -> Vec<FindingId> {
    knowledge.screen(screen).shows.iter().copied().filter(|id| is_askable(knowledge, case, *id)).collect()
}

/// The first screen, in the order of the pack, that shows one of these findings.
fn first_screen(knowledge: &Knowledge, case: &Case, wanted: &[FindingId]) -> Option<ScreenId> {
    knowledge.screen_ids().find(|screen| {
        knowledge.screen(*screen).shows.iter().any(|id| wanted.contains(id) && is_askable(knowledge, case, *id))
    })
}

/// Who is asked, and when in pregnancy.
fn start(knowledge: &Knowledge, case: &Case) -> Option<(ScreenId, Phase)> {
    let screen = knowledge
        .screen_ids()
        .find(|screen| knowledge.screen(*screen).phase == Phase::Start && !askable(knowledge, case, *screen).is_empty())?;
    Some((screen, Phase::Start))
}

/// A finding that can still change the level.
fn danger(knowledge: &Knowledge, case: &Case, triage: &Triage) -> Option<(ScreenId, Phase)> {
    if triage.is_settled() {
        return None;
    }
    let mut wanted = Vec::new();
    for state in triage.flags.iter().filter(|state| state.verdict == Verdict::Open && state.most > triage.least) {
        wanted.extend(open_findings(knowledge, case, &knowledge.red_flag(state.flag).when));
    }
    first_screen(knowledge, case, &wanted).map(|screen| (screen, Phase::Danger))
}

/// The screen that tells the causes apart best, if any is worth asking.
fn cause(knowledge: &Knowledge, case: &Case, differential: &Differential) -> Option<(ScreenId, Phase)> {
    let time = Time::of(knowledge, case);
    let weighed = weigh(knowledge, case);
    let share = |id| differential.candidate(id).and_then(|candidate| candidate.share.point).map_or(0, |point| {
        (u128::from(point.num) * (1 << 20) / u128::from(point.den.max(1))) as u64
    });
    // Expected change of the list: sum over causes of share × |how often it says yes − how often all do|.
    let gain = |finding: FindingId| -> u64 {
        let rows: Vec<(u64, u64)> = weighed
            .iter()
            .filter_map(|one| Some((share(one.condition), one.yes_share(knowledge, finding, &time)?)))
            .collect();
        let all: u64 = rows.iter().map(|(part, yes)| (part * yes) >> 20).sum();
        rows.iter().map(|(part, yes)| (part * yes.abs_diff(all)) >> 20).sum()
    };
    let mut best: Option<(u64, ScreenId)> = None;
    for screen in knowledge.screen_ids().filter(|screen| knowledge.screen(*screen).phase != Phase::Plan) {
        let worth = askable(knowledge, case, screen).into_iter().map(gain).max().unwrap_or(0);
        if worth >= WORTH_ASKING && best.is_none_or(|(most, _)| worth > most) {
            best = Some((worth, screen));
        }
    }
    best.map(|(_, screen)| (screen, Phase::Cause))
}

/// A screen that could bring an intervention into the plan.
fn plan_question(knowledge: &Knowledge, case: &Case, plan: &CarePlan) -> Option<(ScreenId, Phase)> {
    let mut wanted = Vec::new();
    for left_out in &plan.left_out {
        if let WhyLeftOut::NotExcluded(findings) = &left_out.why {
            wanted.extend(findings.iter().copied());
        }
    }
    first_screen(knowledge, case, &wanted).map(|screen| (screen, Phase::Plan))
}
