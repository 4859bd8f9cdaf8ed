//! When to look again after this result; it never lets a wait outlast the clock of the level.

use gravida_knowledge::{Case, FollowUpRule, Knowledge, Urgency, Verdict};

use crate::triage::Triage;

/// The rules for looking again that fit a result.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LookAgain {
    /// Positions in the list of follow-up rules, the shortest wait first.
    pub rules: Vec<usize>,
    /// The shortest wait of them in minutes; `None` when there is nothing to wait for.
    pub wait_minutes: Option<u32>,
}

/// Chooses the follow-up rules whose level fits and whose rule holds.
pub fn look_again(knowledge: &Knowledge, case: &Case, triage: &Triage) -> LookAgain {
    let fits = |rule: &FollowUpRule| {
        rule.levels.contains(&triage.act_on)
            && rule.when.as_ref().is_none_or(|when| when.verdict(knowledge, case) == Verdict::Present)
    };
    let mut rules: Vec<(u32, usize)> = knowledge
        .follow_ups
        .iter()
        .enumerate()
        .filter(|(_, rule)| fits(rule))
        .map(|(position, rule)| (rule.wait_minutes.unwrap_or(0), position))
        .collect();
    rules.sort_unstable();
    let wait_minutes = if triage.act_on >= Urgency::Today { None } else { rules.iter().map(|(wait, _)| *wait).find(|wait| *wait > 0) };
    LookAgain { rules: rules.into_iter().map(|(_, position)| position).collect(), wait_minutes }
}
