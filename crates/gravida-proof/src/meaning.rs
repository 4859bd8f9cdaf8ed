//! What rules, red flags and plans of two packs mean, as diagrams over their joint states; it never holds a rule of its own.

use std::collections::HashMap;

use gravida_knowledge::{Advice, Answer, Answers, FindingId, InterventionId, Limit, RedFlagId, Verdict, When};

use crate::diagram::{Diagrams, Join, LEVELS, Node, TooLarge};
use crate::joint::{Both, Joint, Side};

const EXCLUDED: u32 = Verdict::Excluded as u32;
const OPEN: u32 = Verdict::Open as u32;
const PRESENT: u32 = Verdict::Present as u32;

/// What an answer says about a test, for a finding that is shown.
pub(crate) fn test(answer: Answer, low: u16, high: u16) -> Verdict {
    match answer {
        Answer::Unasked | Answer::NotSure => Verdict::Open,
        Answer::Between(from, to) if low <= from && to <= high => Verdict::Present,
        Answer::Between(from, to) if to < low || high < from => Verdict::Excluded,
        Answer::Between(..) => Verdict::Open,
    }
}

/// Diagrams of two packs over the same states.
pub struct Meaning<'j, 'p, 'k> {
    pub joint: &'j Joint<'p, 'k>,
    pub diagrams: Diagrams,
    shown: HashMap<(Side, FindingId), Node>,
}

impl<'j, 'p, 'k> Meaning<'j, 'p, 'k> {
    pub fn new(joint: &'j Joint<'p, 'k>, bound: usize) -> Meaning<'j, 'p, 'k> {
        Meaning { joint, diagrams: Diagrams::new(joint.sizes(), bound), shown: HashMap::new() }
    }

    /// One finding alone: a value for each of its states.
    fn by_state(&mut self, side: Side, finding: FindingId, value: impl Fn(Answer) -> u32) -> Result<Node, TooLarge> {
        let variable = self.joint.variable(side, finding);
        let children = self.joint.states[variable].iter().map(|state| value(state.on(side))).collect();
        self.diagrams.branch(variable, children)
    }

    /// Whether a finding is asked, in three values.
    fn shown(&mut self, side: Side, finding: FindingId) -> Result<Node, TooLarge> {
        if let Some(node) = self.shown.get(&(side, finding)) {
            return Ok(*node);
        }
        let node = match &self.joint.packs.pack(side).finding(finding).asked {
            None => PRESENT,
            Some(rule) => self.rule(side, rule)?,
        };
        self.shown.insert((side, finding), node);
        Ok(node)
    }

    /// A rule in three values.
    pub fn rule(&mut self, side: Side, rule: &When) -> Result<Node, TooLarge> {
        match rule {
            When::Test { finding, low, high } => {
                let shown = self.shown(side, *finding)?;
                let answer = self.by_state(side, *finding, |answer| test(answer, *low, *high) as u32)?;
                self.diagrams.join(Join::Least, shown, answer)
            }
            When::All(parts) => self.fold(side, Join::Least, PRESENT, parts),
            When::Any(parts) => self.fold(side, Join::Greatest, EXCLUDED, parts),
            When::Count(needed, parts) => {
                // More than 200 parts cannot be told from "never" by a tally, and no page has so many.
                let most = (*needed).min(200) as u16;
                let width = u32::from(most) + 1;
                let mut tally = 0;
                for part in parts {
                    let part = self.rule(side, part)?;
                    let one = self.diagrams.map(part, &|verdict| match verdict {
                        PRESENT => width + 1,
                        OPEN => 1,
                        _ => 0,
                    })?;
                    tally = self.diagrams.join(Join::Tally(most), tally, one)?;
                }
                self.diagrams.map(tally, &|value| match (value / width, value % width) {
                    (sure, _) if sure >= u32::from(most) => PRESENT,
                    (_, less) if less >= u32::from(most) => OPEN,
                    _ => EXCLUDED,
                })
            }
        }
    }

    fn fold(&mut self, side: Side, how: Join, start: u32, parts: &[When]) -> Result<Node, TooLarge> {
        let mut all = start;
        for part in parts {
            let part = self.rule(side, part)?;
            all = self.diagrams.join(how, all, part)?;
        }
        Ok(all)
    }

    /// The level that a flag counts for.
    pub fn level(&mut self, side: Side, flag: Option<RedFlagId>) -> Result<Node, TooLarge> {
        let Some(flag) = flag else { return Ok(0) };
        let flag = self.joint.packs.pack(side).red_flag(flag);
        let rule = self.rule(side, &flag.when)?;
        let (urgency, unsure) = (flag.urgency as u32, flag.if_unsure as u32);
        self.diagrams.map(rule, &|verdict| match verdict {
            PRESENT => urgency,
            OPEN => unsure,
            _ => 0,
        })
    }

    /// The level of a flag in the old pack and in the new one, as one value.
    pub fn levels(&mut self, flag: Both<RedFlagId>) -> Result<Node, TooLarge> {
        let old = self.level(Side::Old, flag.old)?;
        let new = self.level(Side::New, flag.new)?;
        self.diagrams.join(Join::Pair, old, new)
    }

    /// The level to act on in the old pack and in the new one, as one value.
    pub fn acts(&mut self) -> Result<Node, TooLarge> {
        let mut acts = [0, 0];
        for side in Side::BOTH {
            for flag in self.joint.packs.pack(side).red_flag_ids() {
                let level = self.level(side, Some(flag))?;
                acts[side as usize] = self.diagrams.join(Join::Greatest, acts[side as usize], level)?;
            }
        }
        self.diagrams.join(Join::Pair, acts[0], acts[1])
    }

    /// 1 where a plan may offer it: everything but the level to act on and the causes in question.
    pub fn offered(&mut self, side: Side, id: Option<InterventionId>) -> Result<Node, TooLarge> {
        let Some(id) = id else { return Ok(0) };
        let pack = self.joint.packs.pack(side);
        let intervention = pack.intervention(id);
        if matches!(intervention.advice, Advice::DoNotOffer | Advice::Refer) {
            return Ok(0);
        }
        let mut offered = 1;
        for (rule, _) in &intervention.never {
            let rule = self.rule(side, rule)?;
            let excluded = self.diagrams.map(rule, &|verdict| u32::from(verdict == EXCLUDED))?;
            offered = self.diagrams.join(Join::Least, offered, excluded)?;
        }
        let (pregnant, after_birth) = weeks(self.joint.packs.pack(side));
        for (finding, may) in [(pregnant, intervention.in_pregnancy), (after_birth, intervention.after_birth)] {
            if let (Some(finding), false) = (finding, may) {
                let hidden = self.hidden(side, finding)?;
                offered = self.diagrams.join(Join::Least, offered, hidden)?;
            }
        }
        if let (Some(limit), Some(finding)) = (intervention.weeks, pregnant)
            && limit != Limit::Always
        {
            let hidden = self.hidden(side, finding)?;
            let ends = pack.finding(finding).answers.ends();
            let within = self.by_state(side, finding, |answer| {
                let (from, to) = match answer {
                    Answer::Between(from, to) => (from, to),
                    _ => ends,
                };
                u32::from(matches!(limit, Limit::Pregnancy(low, high) if low <= from && to <= high))
            })?;
            let fits = self.diagrams.join(Join::Greatest, hidden, within)?;
            offered = self.diagrams.join(Join::Least, offered, fits)?;
        }
        Ok(offered)
    }

    fn hidden(&mut self, side: Side, finding: FindingId) -> Result<Node, TooLarge> {
        let shown = self.shown(side, finding)?;
        self.diagrams.map(shown, &|verdict| u32::from(verdict == EXCLUDED))
    }

    /// 1 where the pair of levels fits.
    pub fn where_levels(&mut self, pair: Node, fits: &impl Fn(u32, u32) -> bool) -> Result<Node, TooLarge> {
        self.diagrams.map(pair, &|value| u32::from(value < LEVELS * LEVELS && fits(value / LEVELS, value % LEVELS)))
    }
}

/// The findings in weeks that plans are limited by: of pregnancy, and after birth; the first asked is of pregnancy.
pub(crate) fn weeks(pack: &gravida_knowledge::Knowledge) -> (Option<FindingId>, Option<FindingId>) {
    let mut found = pack.screens.iter().flat_map(|screen| &screen.shows).copied().filter(|id| matches!(pack.finding(*id).answers, Answers::Weeks(..)));
    (found.next(), found.next())
}
