//! The states of an episode and what moves them; it never lets a wait go without a deadline.

use gravida_knowledge::Urgency;

use super::course::Trend;
use super::rules::{Rules, next_up};

/// How an episode ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Ending {
    /// Confirmed by daily things.
    Better,
    Birth,
    Loss,
    /// A professional has taken over.
    HandedOver,
}

impl Ending {
    pub const ALL: [Ending; 4] = [Ending::Better, Ending::Birth, Ending::Loss, Ending::HandedOver];

    /// The word that files and commands use.
    pub fn word(self) -> &'static str {
        match self {
            Ending::Better => "better",
            Ending::Birth => "birth",
            Ending::Loss => "loss",
            Ending::HandedOver => "handed-over",
        }
    }

    pub fn parse(word: &str) -> Option<Ending> {
        Ending::ALL.into_iter().find(|ending| ending.word() == word)
    }

    /// Birth and loss end an episode for good: nothing opens it again.
    pub fn is_final(self) -> bool {
        matches!(self, Ending::Birth | Ending::Loss)
    }
}

/// Where an episode stands, in one word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Course {
    Observing,
    Improving,
    Unchanged,
    Worse,
    /// A person must look at it.
    Escalated,
    HandedOver,
    Closed(Ending),
}

impl Course {
    pub fn word(self) -> &'static str {
        match self {
            Course::Observing => "observing",
            Course::Improving => "improving",
            Course::Unchanged => "unchanged",
            Course::Worse => "worse",
            Course::Escalated => "escalated",
            Course::HandedOver => "handed-over",
            Course::Closed(_) => "closed",
        }
    }
}

/// The person looked again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Contact {
    /// The highest level of the danger signs that are present.
    pub floor: Urgency,
    /// The level to act on, "not sure" counted.
    pub level: Urgency,
    /// Whether the danger questions were answered at this contact.
    pub asked: bool,
    /// The shortest wait of the follow-up rules that fit, in minutes.
    pub wait: Option<u32>,
    /// Against earlier contacts; `None` when there is nothing to compare with.
    pub trend: Option<Trend>,
    /// False only when the pain is known to be none.
    pub pain: bool,
}

/// A professional has looked and says how to go on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Note {
    pub level: Urgency,
    pub wait: Option<u32>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum What {
    Contact(Contact),
    Note(Note),
    Close(Ending),
}

/// The two times by which something must happen, in minutes since 1970 (UTC).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Deadlines {
    /// Look again by then.
    pub look_by: u64,
    /// Without a professional's note or confirmed improvement, the level goes one step up then.
    pub person_by: u64,
}

impl Deadlines {
    /// The one that comes first.
    pub fn first(self) -> u64 {
        self.look_by.min(self.person_by)
    }

    fn at_most(self, other: Deadlines) -> Deadlines {
        Deadlines { look_by: self.look_by.min(other.look_by), person_by: self.person_by.min(other.person_by) }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Event {
    /// Minutes since 1970 (UTC).
    pub at: u64,
    pub what: What,
    /// Deadlines that the person was told when the event was written down: they are never put off, even if the
    /// limits of the pack have become longer since.
    pub promised: Option<Deadlines>,
}

/// Everything that the past of an episode decides about its future.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct State {
    pub ended: Option<Ending>,
    /// The level that a sign, a worse course or time has set. Only a note lowers it.
    pub level: Urgency,
    /// A level that not knowing has set; the next contact that asks the danger questions takes it back.
    pub for_now: Urgency,
    pub trend: Option<Trend>,
    pub asked: bool,
    /// Contacts about pain since the start or the last note, counted up to the limit of the pack.
    pub contacts: u8,
    pub attention: bool,
    /// The time of the last event.
    pub seen: u64,
    pub due: Deadlines,
}

impl State {
    /// The level to act on.
    pub fn shown(&self) -> Urgency {
        self.level.max(self.for_now)
    }
}

/// How an episode stands at a given time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Standing {
    /// The state with everything counted that time alone has brought.
    pub state: State,
    pub course: Course,
    /// The time to look again has passed without a contact.
    pub missed: bool,
    /// The time is before the last event: the clock was set back.
    pub clock_back: bool,
    /// Whether it may be closed as better now.
    pub confirmed: bool,
}

/// Where an episode stands at `now`. Time only ever raises the level.
pub fn standing(rules: &Rules, state: &State, now: u64) -> Standing {
    let mut state = *state;
    let open = state.ended.is_none();
    let clock_back = open && now < state.seen;
    let missed = open && now > state.due.look_by;
    let was = state.shown();
    if open {
        while state.level < Urgency::Today && now > state.due.person_by {
            state.level = next_up(state.level);
            state.due.person_by = state.due.person_by.saturating_add(u64::from(rules.span(state.level)));
        }
        if missed || clock_back {
            state.for_now = state.for_now.max(Urgency::Today);
        }
        // Where help came first there was no wait to miss.
        state.attention |= missed && was < Urgency::Today;
    }
    let course = match (state.ended, state.trend) {
        (Some(Ending::HandedOver), _) => Course::HandedOver,
        (Some(ending), _) => Course::Closed(ending),
        (None, _) if state.shown() >= Urgency::Today => Course::Escalated,
        (None, None) => Course::Observing,
        (None, Some(Trend::Better)) => Course::Improving,
        (None, Some(Trend::Same)) => Course::Unchanged,
        (None, Some(Trend::Worse)) => Course::Worse,
    };
    let confirmed = course == Course::Improving && state.asked && state.shown() <= Urgency::Routine;
    Standing { state, course, missed, clock_back, confirmed }
}

/// The state after an event; `None` when it can have no effect there (a note before the first contact, closing as better
/// what is not confirmed, anything after birth or loss): the state then stays as it is.
pub fn step(rules: &Rules, before: Option<&State>, event: &Event) -> Option<State> {
    let now = before.map(|state| standing(rules, state, event.at));
    let ended = before.and_then(|state| state.ended);
    if ended.is_some_and(Ending::is_final) {
        return None;
    }
    let mut after = match (&event.what, &now) {
        (What::Contact(contact), _) => contact_at(rules, now.as_ref().map(|standing| &standing.state), event.at, contact),
        (What::Note(note), Some(_)) => note_at(rules, event.at, note),
        (What::Close(ending), Some(standing)) => {
            if *ending == Ending::Better && !standing.confirmed {
                return None;
            }
            State { ended: Some(*ending), seen: event.at, ..standing.state }
        }
        (What::Note(_) | What::Close(_), None) => return None,
    };
    if let Some(promised) = event.promised {
        after.due = after.due.at_most(promised);
    }
    Some(after)
}

fn contact_at(rules: &Rules, before: Option<&State>, at: u64, contact: &Contact) -> State {
    // What was closed or handed over starts anew, but it is the same pregnancy: contacts go on counting.
    let open = before.filter(|state| state.ended.is_none());
    let was = open.map_or(Urgency::SelfCare, |state| state.level);
    let mut level = was.max(contact.floor);
    if contact.asked {
        level = level.max(contact.level);
    }
    if open.is_some() && contact.trend == Some(Trend::Worse) {
        level = level.max(next_up(was).min(Urgency::Today));
    }
    let contacts = before.map_or(0, |state| state.contacts).saturating_add(u8::from(contact.pain)).min(rules.contacts);
    let attention = before.is_some_and(|state| state.attention) || contacts >= rules.contacts;
    if attention {
        level = level.max(Urgency::Routine);
    }
    let for_now = if contact.asked { Urgency::SelfCare } else { contact.level.max(Urgency::Today) };
    let after = |minutes: u32| at.saturating_add(u64::from(minutes));
    let better = contact.asked && contact.trend == Some(Trend::Better) && level <= Urgency::Routine;
    let full = after(rules.span(level));
    let person_by = match open {
        Some(_) if better => full,
        // A clock that was set back takes the deadline back with it: what was left stays, and no more.
        Some(state) if at < state.seen => full.min(at.saturating_add(state.due.person_by.saturating_sub(state.seen))),
        Some(state) => full.min(state.due.person_by),
        None => full,
    };
    let wait = rules.longest(level.max(for_now)).min(contact.wait.unwrap_or(u32::MAX));
    State {
        ended: None,
        level,
        for_now,
        trend: open.and(contact.trend),
        asked: contact.asked,
        contacts,
        attention,
        seen: at,
        due: Deadlines { look_by: after(wait), person_by },
    }
}

fn note_at(rules: &Rules, at: u64, note: &Note) -> State {
    let after = |minutes: u32| at.saturating_add(u64::from(minutes));
    let wait = rules.longest(note.level).min(note.wait.unwrap_or(u32::MAX));
    State {
        ended: None,
        level: note.level,
        for_now: Urgency::SelfCare,
        trend: None,
        asked: false,
        contacts: 0,
        attention: false,
        seen: at,
        due: Deadlines { look_by: after(wait), person_by: after(rules.span(note.level)) },
    }
}

/// The latest time at which an open episode stands at today or above, if from now on there is no note, no ending and
/// no confirmed improvement, however often the person looks again. `None` when it has ended.
pub fn escalates_by(rules: &Rules, state: &State) -> Option<u64> {
    if state.ended.is_some() {
        return None;
    }
    if state.level >= Urgency::Today {
        return Some(state.seen);
    }
    let mut by = state.due.person_by;
    let mut level = next_up(state.level);
    while level < Urgency::Today {
        by = by.saturating_add(u64::from(rules.span(level)));
        level = next_up(level);
    }
    // Time counts a deadline as passed from the minute after it.
    Some(by.saturating_add(1))
}
