//! How soon help is needed: the range between floor and ceiling; it never reads the differential.

use std::cmp::Reverse;

use gravida_knowledge::{Answer, Case, FindingId, Knowledge, RedFlagId, Urgency, Verdict, When};

/// What one red flag says about a case.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FlagState {
    pub flag: RedFlagId,
    pub verdict: Verdict,
    /// The level that it counts for now: its urgency if present, its `if-unsure` level if not excluded.
    pub counts: Urgency,
    /// The calmest and the most dangerous level that it can still count for when every unasked finding is answered.
    pub least: Urgency,
    pub most: Urgency,
}

/// An answer that a red flag rests on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reason {
    pub finding: FindingId,
    pub answer: Answer,
}

/// How soon, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Triage {
    /// The highest level of the flags present.
    pub floor: Urgency,
    /// The highest level of the flags that are not excluded.
    pub ceiling: Urgency,
    /// The level to act on now: what is not known counts as "not sure".
    pub act_on: Urgency,
    /// The calmest and the most dangerous level to act on that further answers could reach.
    pub least: Urgency,
    pub most: Urgency,
    /// Every flag of the pack, in its order.
    pub flags: Vec<FlagState>,
}

impl Triage {
    /// True when no unasked finding could change the level to act on.
    pub fn is_settled(&self) -> bool {
        self.least == self.most
    }

    /// The flags that set the level to act on, those that are present first.
    pub fn deciding(&self) -> impl Iterator<Item = &FlagState> {
        let decides = |state: &&FlagState| state.counts == self.act_on && state.verdict != Verdict::Excluded && self.act_on > Urgency::SelfCare;
        let present = self.flags.iter().filter(decides).filter(|state| state.verdict == Verdict::Present);
        present.chain(self.flags.iter().filter(decides).filter(|state| state.verdict == Verdict::Open))
    }

    /// The flags that are present, the most urgent first.
    pub fn present(&self) -> Vec<&FlagState> {
        self.urgent_first(|state| state.verdict == Verdict::Present)
    }

    /// The flags that are not excluded and count for something, the most urgent first.
    pub fn open(&self) -> Vec<&FlagState> {
        self.urgent_first(|state| state.verdict == Verdict::Open && state.counts > Urgency::SelfCare)
    }

    fn urgent_first(&self, which: impl Fn(&FlagState) -> bool) -> Vec<&FlagState> {
        let mut flags: Vec<&FlagState> = self.flags.iter().filter(|state| which(state)).collect();
        flags.sort_by_key(|state| Reverse(state.counts));
        flags
    }

    pub fn state(&self, flag: RedFlagId) -> Option<&FlagState> {
        self.flags.get(flag.index())
    }
}

/// Reads every red flag against a case.
pub fn triage(knowledge: &Knowledge, case: &Case) -> Triage {
    let flags: Vec<FlagState> = knowledge.red_flag_ids().map(|id| state(knowledge, case, id)).collect();
    let highest = |level: fn(&FlagState) -> Urgency| flags.iter().map(level).max().unwrap_or(Urgency::SelfCare);
    let level_where = |from: Verdict| {
        flags
            .iter()
            .filter(|state| state.verdict >= from)
            .map(|state| knowledge.red_flag(state.flag).urgency)
            .max()
            .unwrap_or(Urgency::SelfCare)
    };
    Triage {
        floor: level_where(Verdict::Present),
        ceiling: level_where(Verdict::Open),
        act_on: highest(|state| state.counts),
        least: highest(|state| state.least),
        most: highest(|state| state.most),
        flags,
    }
}

fn state(knowledge: &Knowledge, case: &Case, id: RedFlagId) -> FlagState {
    let flag = knowledge.red_flag(id);
    let level = |verdict: Verdict| match verdict {
        Verdict::Present => flag.urgency,
        Verdict::Open => flag.if_unsure,
        Verdict::Excluded => Urgency::SelfCare,
    };
    let verdict = flag.when.verdict(knowledge, case);
    let (least, most) = match verdict {
        Verdict::Open => (
            level(flag.when.verdict_if(knowledge, case, Verdict::Excluded)),
            level(flag.when.verdict_if(knowledge, case, Verdict::Present)),
        ),
        known => (level(known), level(known)),
    };
    FlagState { flag: id, verdict, counts: level(verdict), least, most }
}

/// The answers that make a rule hold, in the order of the rule. Empty when it does not hold.
pub(crate) fn reasons(knowledge: &Knowledge, case: &Case, rule: &When) -> Vec<Reason> {
    let mut found = Vec::new();
    collect(knowledge, case, rule, Verdict::Present, &mut found);
    found
}

/// The tests of a rule that are still open, without those inside parts that no longer matter.
pub(crate) fn open_findings(knowledge: &Knowledge, case: &Case, rule: &When) -> Vec<FindingId> {
    let mut found = Vec::new();
    collect(knowledge, case, rule, Verdict::Open, &mut found);
    found.into_iter().map(|reason| reason.finding).collect()
}

fn collect(knowledge: &Knowledge, case: &Case, rule: &When, wanted: Verdict, found: &mut Vec<Reason>) {
    if rule.verdict(knowledge, case) != wanted {
        return;
    }
    match rule {
        When::Test { finding, .. } => {
            let reason = Reason { finding: *finding, answer: case.answer(*finding) };
            if !found.contains(&reason) {
                found.push(reason);
            }
            if wanted == Verdict::Open
                && let Some(asked) = &knowledge.finding(*finding).asked
            {
                collect(knowledge, case, asked, wanted, found);
            }
        }
        When::All(parts) | When::Any(parts) | When::Count(_, parts) => {
            for part in parts {
                collect(knowledge, case, part, wanted, found);
            }
        }
    }
}
