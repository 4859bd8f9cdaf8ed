//! Where in pregnancy, or after birth, a case may be; it never guesses a week.

use gravida_knowledge::{Answer, Answers, Case, Knowledge, Limit, Verdict};

/// The days of pregnancy and the days after birth that the answers leave open, both ends included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Time {
    pub pregnant: Option<(u16, u16)>,
    pub after_birth: Option<(u16, u16)>,
}

/// The longest time that either scale can hold, in days.
const LONGEST: u16 = 400;

impl Time {
    /// Reads the two findings in weeks of the pack: the one that limits pregnancy and the one after birth. Which is
    /// which follows from their place: pregnancy is asked first.
    pub fn of(knowledge: &Knowledge, case: &Case) -> Time {
        let mut spans = knowledge.screens.iter().flat_map(|screen| screen.shows.iter()).filter_map(|id| {
            let finding = knowledge.finding(*id);
            let Answers::Weeks(low, high) = finding.answers else { return None };
            if knowledge.shown(*id, case) == Verdict::Excluded {
                return Some(None);
            }
            Some(Some(match case.answer(*id) {
                Answer::Between(from, to) => (from, to),
                Answer::Unasked | Answer::NotSure => (low, high),
            }))
        });
        let pregnant = spans.next().unwrap_or(Some((0, LONGEST)));
        let after_birth = spans.next().unwrap_or(None);
        Time { pregnant, after_birth }
    }

    /// True when the fact may apply to this case.
    pub fn meets(&self, limit: Limit) -> bool {
        let meets = |span: Option<(u16, u16)>, low: u16, high: u16| span.is_some_and(|(from, to)| from <= high && low <= to);
        match limit {
            Limit::Always => true,
            Limit::Pregnancy(low, high) => meets(self.pregnant, low, high),
            Limit::AfterBirth(low, high) => meets(self.after_birth, low, high),
        }
    }

    /// True when the fact applies to this case whatever is still open.
    pub fn is_within(&self, limit: Limit) -> bool {
        let within = |span: Option<(u16, u16)>, other: Option<(u16, u16)>, low: u16, high: u16| {
            other.is_none() && span.is_some_and(|(from, to)| low <= from && to <= high)
        };
        match limit {
            Limit::Always => true,
            Limit::Pregnancy(low, high) => within(self.pregnant, self.after_birth, low, high),
            Limit::AfterBirth(low, high) => within(self.after_birth, self.pregnant, low, high),
        }
    }
}
