//! Why this level: the smallest sets of answers that force it, and what holds it up that is not known; it never
//! changes the level.

use gravida_knowledge::{Answer, Case, FindingId, Knowledge, RedFlagId, Urgency, Verdict};

use crate::completion::{Reach, support};
use crate::minimal::minimal_sets;
use crate::triage::{Reason, Triage};

/// Answers that force the level to act on: with these alone, it is at least this level whatever else is answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Forced {
    pub answers: Vec<Reason>,
    /// The flags that these answers make count. When only several together force the level (one before some week,
    /// another after it), all of those.
    pub flags: Vec<RedFlagId>,
}

/// What is not known and holds the level up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeldUp {
    /// The findings that are unasked, not sure, or given as a range, and that a deciding flag waits for.
    pub open: Vec<FindingId>,
    /// The smallest sets of findings to which the calmest answers would bring a lower level, the smallest first.
    /// Empty when no calm answers to questions with an order could.
    pub noes: Vec<Vec<FindingId>>,
    pub more: bool,
}

/// Why the level to act on is what it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Forcing {
    pub level: Urgency,
    /// Every minimal set, the smallest first: no part of one forces the level.
    pub sets: Vec<Forced>,
    /// True when there may be more than are listed.
    pub more: bool,
    /// Present when no flag that is present sets the level.
    pub held_up: Option<HeldUp>,
}

/// So many sets are listed at most.
const MOST_FORCED: usize = 16;
const MOST_NOES: usize = 6;

/// Why this level. `triage` is that of the same case.
pub fn forcing(knowledge: &Knowledge, case: &Case, triage: &Triage) -> Forcing {
    let level = triage.act_on;
    let mut result = Forcing { level, sets: Vec::new(), more: false, held_up: None };
    if level == Urgency::SelfCare {
        return result;
    }
    let reach = Reach::of(knowledge, level);
    // What is unasked forces nothing, and a calmest answer is the calmest thing that could be answered anyway.
    let universe: Vec<FindingId> = reach.findings.iter().copied().filter(|id| says_something(knowledge, case, *id)).collect();
    let found = minimal_sets(&universe, MOST_FORCED, |set| reach.forces(case, set));
    result.more = found.more;
    result.sets = found.sets.into_iter().map(|set| forced(knowledge, case, triage, &reach, &set)).collect();
    if !triage.deciding().any(|state| state.verdict == Verdict::Present) {
        result.held_up = Some(held_up(knowledge, case, triage, &reach));
    }
    result
}

/// True when the answers to `only` alone force the level: whatever is answered to all else, it is at least this.
pub fn forces(knowledge: &Knowledge, case: &Case, only: &[FindingId], level: Urgency) -> bool {
    level == Urgency::SelfCare || Reach::of(knowledge, level).forces(case, only)
}

fn says_something(knowledge: &Knowledge, case: &Case, id: FindingId) -> bool {
    let finding = knowledge.finding(id);
    let calmest = finding.ordered && case.answer(id) == Answer::exactly(finding.answers.ends().0);
    case.answer(id) != Answer::Unasked && !calmest
}

fn forced(knowledge: &Knowledge, case: &Case, triage: &Triage, reach: &Reach, set: &[FindingId]) -> Forced {
    let mut flags = reach.flags_that_force(case, set);
    if flags.is_empty() {
        let reads = |id: RedFlagId| {
            let mut found = Default::default();
            support(knowledge, &knowledge.red_flag(id).when, &mut found);
            set.iter().any(|one| found.contains(one))
        };
        flags = triage.deciding().map(|state| state.flag).filter(|id| reads(*id)).collect();
    }
    Forced { answers: set.iter().map(|id| Reason { finding: *id, answer: case.answer(*id) }).collect(), flags }
}

fn held_up(knowledge: &Knowledge, case: &Case, triage: &Triage, reach: &Reach) -> HeldUp {
    let mut open: Vec<FindingId> = Vec::new();
    for state in triage.deciding() {
        for id in crate::triage::open_findings(knowledge, case, &knowledge.red_flag(state.flag).when) {
            if !open.contains(&id) {
                open.push(id);
            }
        }
    }
    let calm: Vec<FindingId> = open.iter().copied().filter(|id| knowledge.finding(*id).ordered).collect();
    let found = minimal_sets(&calm, MOST_NOES, |set| {
        let mut answered = case.clone();
        for id in set {
            answered.set(*id, Answer::exactly(knowledge.finding(*id).answers.ends().0));
        }
        !reach.is_reached(&answered)
    });
    HeldUp { open, noes: found.sets, more: found.more }
}
