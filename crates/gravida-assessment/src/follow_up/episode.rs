//! One episode as it was written down, read from its start; it never forgets a contact.

use gravida_knowledge::{Case, Knowledge, Urgency};

use super::course::{Baseline, Scales, Trend, trend};
use super::fresh::danger_asked;
use super::machine::{Contact, Deadlines, Ending, Event, Note, Standing, State, What, standing, step};
use super::rules::Rules;
use crate::look_again::look_again;
use crate::triage::triage;

/// What one contact found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Look {
    pub floor: Urgency,
    pub level: Urgency,
    /// Whether the danger questions were answered.
    pub asked: bool,
    /// Minutes that the follow-up rules allow.
    pub wait: Option<u32>,
    pub scales: Scales,
}

impl Look {
    /// Assesses the answers of a contact.
    pub fn at(knowledge: &Knowledge, case: &Case, scales: Scales) -> Look {
        let triage = triage(knowledge, case);
        let wait = look_again(knowledge, case, &triage).wait_minutes;
        Look { floor: triage.floor, level: triage.act_on, asked: danger_asked(knowledge, case, &triage), wait, scales }
    }

    /// An entry that cannot be read: it may have held a danger sign, so it counts as one.
    pub fn unreadable() -> Look {
        Look { floor: Urgency::Today, level: Urgency::Today, asked: false, wait: None, scales: Scales::default() }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Look(Look),
    Note(Note),
    Close(Ending),
}

/// One line of an episode.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Entry {
    /// Minutes since 1970 (UTC).
    pub at: u64,
    pub kind: Kind,
    pub promised: Option<Deadlines>,
}

/// A contact on the chart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Point {
    pub at: u64,
    pub scales: Scales,
    pub trend: Option<Trend>,
    /// The level to act on after this contact.
    pub level: Urgency,
}

/// An episode up to its last entry.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Episode {
    /// `None` before the first contact.
    pub state: Option<State>,
    pub baseline: Baseline,
    pub points: Vec<Point>,
}

impl Episode {
    /// Adds an entry. False when it can have no effect where the episode stands; then nothing changes.
    pub fn add(&mut self, rules: &Rules, entry: &Entry) -> bool {
        let open = self.state.is_some_and(|state| state.ended.is_none());
        let what = match entry.kind {
            Kind::Note(note) => What::Note(note),
            Kind::Close(ending) => What::Close(ending),
            Kind::Look(look) => What::Contact(Contact {
                floor: look.floor,
                level: look.level,
                asked: look.asked,
                wait: look.wait,
                trend: open.then(|| trend(rules, &self.baseline, look.scales)),
                pain: look.scales.pain != Some(0),
            }),
        };
        let Some(after) = step(rules, self.state.as_ref(), &Event { at: entry.at, what, promised: entry.promised }) else { return false };
        self.state = Some(after);
        if let Kind::Look(look) = entry.kind {
            let baseline = if open { self.baseline } else { Baseline::default() };
            self.baseline = baseline.learn(look.scales);
            self.points.push(Point { at: entry.at, scales: look.scales, trend: after.trend, level: after.shown() });
        }
        true
    }

    pub fn standing(&self, rules: &Rules, now: u64) -> Option<Standing> {
        self.state.as_ref().map(|state| standing(rules, state, now))
    }
}
