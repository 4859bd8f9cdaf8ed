//! What a case could still become when some of its answers are anything at all; it never samples.

use std::collections::BTreeSet;

use gravida_knowledge::{Answer, Case, FindingId, Knowledge, RedFlagId, Urgency, Verdict, When};

/// The flags that can bring a level, and every finding that they read.
pub(crate) struct Reach<'k> {
    knowledge: &'k Knowledge,
    level: Urgency,
    flags: Vec<RedFlagId>,
    /// Findings that the flags read, or that decide whether such a finding is asked.
    pub findings: BTreeSet<FindingId>,
    /// Unordered findings of these with the answers that their rules tell apart, single ones before ranges.
    unordered: Vec<(FindingId, Vec<Answer>)>,
}

/// Every finding that a rule reads, those included that decide whether one is asked.
pub(crate) fn support(knowledge: &Knowledge, rule: &When, found: &mut BTreeSet<FindingId>) {
    for id in rule.findings() {
        if found.insert(id)
            && let Some(asked) = &knowledge.finding(id).asked
        {
            support(knowledge, asked, found);
        }
    }
}

/// The scale of a finding cut where a rule of these cuts it: values of one segment give the same verdicts.
pub(crate) fn segments<'r>(knowledge: &Knowledge, rules: impl Iterator<Item = &'r When>, finding: FindingId) -> Vec<(u16, u16)> {
    let (lowest, highest) = knowledge.finding(finding).answers.ends();
    let mut starts = BTreeSet::from([lowest]);
    for rule in rules {
        rule.tests(&mut |id, low, high| {
            if id == finding {
                starts.extend([low, high.saturating_add(1)].into_iter().filter(|cut| lowest < *cut && *cut <= highest));
            }
        });
    }
    let ends = starts.iter().skip(1).map(|next| next.saturating_sub(1)).chain([highest]);
    starts.iter().copied().zip(ends).collect()
}

/// Every rule that decides how soon: those of the flags, and those that decide whether a finding is asked.
pub(crate) fn rules_of_how_soon(knowledge: &Knowledge) -> impl Iterator<Item = &When> {
    knowledge.red_flags.iter().map(|flag| &flag.when).chain(knowledge.findings.iter().filter_map(|finding| finding.asked.as_ref()))
}

impl<'k> Reach<'k> {
    pub fn of(knowledge: &'k Knowledge, level: Urgency) -> Reach<'k> {
        let flags: Vec<RedFlagId> = knowledge.red_flag_ids().filter(|id| knowledge.red_flag(*id).urgency >= level).collect();
        let mut findings = BTreeSet::new();
        for id in &flags {
            support(knowledge, &knowledge.red_flag(*id).when, &mut findings);
        }
        let unordered = findings.iter().filter(|id| !knowledge.finding(**id).ordered).map(|id| (*id, states(knowledge, *id))).collect();
        Reach { knowledge, level, flags, findings, unordered }
    }

    /// Whether the level is reached now, and whether it stays reached whatever is answered to unasked findings.
    fn reached(&self, case: &Case) -> (bool, bool) {
        let (mut now, mut always) = (false, false);
        for id in &self.flags {
            let flag = self.knowledge.red_flag(*id);
            let counts = |verdict: Verdict| match verdict {
                Verdict::Present => true,
                Verdict::Open => flag.if_unsure >= self.level,
                Verdict::Excluded => false,
            };
            now = now || counts(flag.when.verdict(self.knowledge, case));
            always = always || counts(flag.when.verdict_if(self.knowledge, case, Verdict::Excluded));
            if always {
                return (true, true);
            }
        }
        (now, always)
    }

    pub fn is_reached(&self, case: &Case) -> bool {
        self.reached(case).0
    }

    /// The flags that alone keep the level, whatever else is answered.
    pub fn flags_that_force(&self, case: &Case, only: &[FindingId]) -> Vec<RedFlagId> {
        let start = self.calmest(case, only);
        let alone = |id: &RedFlagId| {
            let flag = self.knowledge.red_flag(*id);
            match flag.when.verdict_if(self.knowledge, &start, Verdict::Excluded) {
                Verdict::Present => true,
                Verdict::Open => flag.if_unsure >= self.level,
                Verdict::Excluded => false,
            }
        };
        self.flags.iter().copied().filter(alone).collect()
    }

    /// The answers to `only` as they are, all other ordered findings at their calmest. Rules have no negation, so no
    /// other answer to an ordered finding gives a calmer level.
    fn calmest(&self, case: &Case, only: &[FindingId]) -> Case {
        let mut start = Case::new(self.knowledge);
        for id in &self.findings {
            let finding = self.knowledge.finding(*id);
            if only.contains(id) {
                start.take(case, *id);
            } else if finding.ordered {
                start.set(*id, Answer::exactly(finding.answers.ends().0));
            }
        }
        start
    }

    /// True when the level is reached with the answers to `only`, whatever is answered to everything else.
    pub fn forces(&self, case: &Case, only: &[FindingId]) -> bool {
        let free: Vec<&(FindingId, Vec<Answer>)> = self.unordered.iter().filter(|(id, _)| !only.contains(id)).collect();
        self.always(&self.calmest(case, only), &free)
    }

    /// True when the level is reached for every answer to the free unordered findings.
    fn always(&self, case: &Case, free: &[&(FindingId, Vec<Answer>)]) -> bool {
        let (now, always) = self.reached(case);
        if always || !now {
            return always;
        }
        match free.split_first() {
            None => now,
            Some(((id, states), rest)) => self.always(case, rest) && states.iter().all(|state| self.always(&case.with(*id, *state), rest)),
        }
    }
}

/// Every answer to a finding that the rules of how soon tell apart, single ones first.
pub(crate) fn states(knowledge: &Knowledge, finding: FindingId) -> Vec<Answer> {
    let segments = segments(knowledge, rules_of_how_soon(knowledge), finding);
    let mut states: Vec<Answer> = segments.iter().map(|(low, _)| Answer::exactly(*low)).collect();
    for (at, (low, _)) in segments.iter().enumerate() {
        states.extend(segments.iter().skip(at + 1).map(|(_, high)| Answer::Between(*low, *high)));
    }
    states
}
