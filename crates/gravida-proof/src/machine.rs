//! Theorem T14, about the loop that looks again: every state that events can lead to, and every event there; it never
//! samples.
//!
//! Time is a number, so its values are gathered: the loop compares a time with two deadlines, and shortens deadlines to
//! the limits of the pack. What is left of a deadline counts as the next of those limits, so that each order of look,
//! person and event occurs; each event is tried before, at and after every deadline, and on a clock set back.

use std::collections::{BTreeSet, HashSet};
use std::time::Instant;

use gravida_assessment::follow_up::{
    Baseline, Contact, Course, Deadlines, Ending, Event, Note, Rules, Scales, State, TOP, Trend, What, escalates_by, standing, step, trend,
};
use gravida_knowledge::{Knowledge, Urgency};
use num_bigint::BigUint;

use crate::theorem::{Counterexample, Proof, Verdict};

/// The theorem in words.
pub const T14: &str = "follow-up: every wait has a deadline, every path reaches a person or a confirmed recovery, and no round of self-care begins without the danger questions";

/// As many counterexamples as a person reads.
const ENOUGH: usize = 5;

/// A time from which everything is counted; far enough from zero that a clock can be set back.
const NOON: u64 = 1 << 40;

/// Explores the loop with the limits and waits of a pack. In the proof, `over` counts states and `questions` counts
/// transitions (and comparisons of the two scales).
pub fn t14(knowledge: &Knowledge) -> Proof {
    let start = Instant::now();
    let mut found = Explorer::default();
    match Rules::of(knowledge) {
        Ok(rules) => {
            found.trends(&rules);
            found.explore(&rules, &waits(knowledge, &rules));
        }
        Err(slug) => found.failures.push(format!("the pack has no text `{slug}` with its limit, so nothing limits a wait")),
    }
    let list: Vec<Counterexample> =
        found.failures.into_iter().map(|what| Counterexample { what, person: None, other: None, pages: Vec::new() }).collect();
    Proof {
        id: "T14".to_owned(),
        words: T14.to_owned(),
        verdict: if list.is_empty() { Verdict::Holds } else { Verdict::Fails(list) },
        over: BigUint::from(found.states.len()),
        questions: found.transitions,
        steps: 0,
        time: start.elapsed(),
    }
}

/// The waits of the pack that differ once the clocks have shortened them, and none.
fn waits(knowledge: &Knowledge, rules: &Rules) -> Vec<Option<u32>> {
    let most = rules.longest(Urgency::SelfCare);
    let each: BTreeSet<u32> = knowledge.follow_ups.iter().filter_map(|rule| rule.wait_minutes).map(|wait| wait.min(most)).collect();
    each.into_iter().map(Some).chain([None]).collect()
}

#[derive(Default)]
struct Explorer {
    states: HashSet<State>,
    open: Vec<State>,
    transitions: u64,
    failures: Vec<String>,
}

impl Explorer {
    fn check(&mut self, holds: bool, what: impl FnOnce() -> String) {
        if !holds && self.failures.len() < ENOUGH {
            self.failures.push(what());
        }
    }

    /// Every combination of first, best and present value of both scales.
    fn trends(&mut self, rules: &Rules) {
        let scale: Vec<Option<u8>> = std::iter::once(None).chain((0..=TOP).map(Some)).collect();
        let triples: Vec<[Option<u8>; 3]> =
            scale.iter().flat_map(|a| scale.iter().flat_map(|b| scale.iter().map(|c| [*a, *b, *c]))).collect();
        for [pain_first, pain_best, pain] in &triples {
            for [first, best, function] in &triples {
                let base = Baseline {
                    first: Scales { pain: *pain_first, function: *first },
                    best: Scales { pain: *pain_best, function: *best },
                };
                self.transitions += 1;
                if trend(rules, &base, Scales { pain: *pain, function: *function }) == Trend::Better {
                    let able = function.is_some() && (function > first || *function == Some(TOP));
                    self.check(able && pain.is_some() && pain <= pain_first, || {
                        format!("better without daily things: pain {pain_first:?} to {pain:?}, daily things {first:?} to {function:?}")
                    });
                }
            }
        }
    }

    fn explore(&mut self, rules: &Rules, waits: &[Option<u32>]) {
        let landmarks = landmarks(rules, waits);
        let firsts = contacts(waits, &[None]);
        let events: Vec<What> = contacts(waits, &[Some(Trend::Better), Some(Trend::Same), Some(Trend::Worse)])
            .into_iter()
            .chain(Urgency::ALL.into_iter().flat_map(|level| waits.iter().map(move |wait| What::Note(Note { level, wait: *wait }))))
            .chain(Ending::ALL.into_iter().map(What::Close))
            .collect();
        for what in &firsts {
            let event = Event { at: NOON, what: *what, promised: None };
            self.transition(rules, None, &event, &landmarks);
        }
        while let Some(state) = self.open.pop() {
            let times = times(rules, &state);
            self.time_alone(rules, &state, &times);
            for at in times {
                for what in &events {
                    // A first contact has nothing to compare with; it opens what was closed.
                    self.transition(rules, Some(&state), &Event { at, what: *what, promised: None }, &landmarks);
                }
            }
            if self.failures.len() >= ENOUGH {
                return;
            }
        }
    }

    /// Time never calms, and a missed look is an escalation.
    fn time_alone(&mut self, rules: &Rules, state: &State, times: &[u64]) {
        let mut last = Urgency::SelfCare;
        for now in times.iter().filter(|now| **now >= state.seen) {
            let standing = standing(rules, state, *now);
            let shown = standing.state.shown();
            self.check(shown >= last, || format!("time calms: {} at {now} minutes after {last} | {}", shown, words(state)));
            last = shown;
            if state.ended.is_none() && *now > state.due.look_by {
                self.check(standing.course == Course::Escalated, || format!("a missed look lapses | {}", words(state)));
            }
        }
    }

    fn transition(&mut self, rules: &Rules, before: Option<&State>, event: &Event, landmarks: &[u64]) {
        self.transitions += 1;
        let Some(after) = step(rules, before, event) else { return };
        if let Some(fault) = fault(rules, before, event, &after) {
            self.check(false, || format!("{fault} | {} | {event:?}", before.map_or_else(|| "before the start".to_owned(), words)));
        }
        let state = gathered(rules, &after, event.at, landmarks);
        if self.states.insert(state) {
            self.open.push(state);
        }
    }
}

/// Every contact: floor, level, asked, wait, trend, pain.
fn contacts(waits: &[Option<u32>], trends: &[Option<Trend>]) -> Vec<What> {
    let mut all = Vec::new();
    for level in Urgency::ALL {
        for floor in Urgency::ALL.into_iter().filter(|floor| *floor <= level) {
            for asked in [false, true] {
                for wait in waits {
                    for trend in trends {
                        for pain in [false, true] {
                            all.push(What::Contact(Contact { floor, level, asked, wait: *wait, trend: *trend, pain }));
                        }
                    }
                }
            }
        }
    }
    all
}

/// The lengths that deadlines are gathered at: every wait and clock of the pack.
fn landmarks(rules: &Rules, waits: &[Option<u32>]) -> Vec<u64> {
    let clocks = Urgency::ALL.into_iter().flat_map(|level| [rules.longest(level), rules.span(level)]);
    let all: BTreeSet<u64> = waits.iter().flatten().copied().chain(clocks).filter(|length| *length > 0).map(u64::from).collect();
    all.into_iter().collect()
}

/// The same state counted from [`NOON`], with what is left of each deadline at the next landmark, and without what can
/// no longer matter: how it went before it was closed, and how often she came once that has its effect.
fn gathered(rules: &Rules, state: &State, at: u64, landmarks: &[u64]) -> State {
    let next = |deadline: u64| match deadline.checked_sub(at) {
        None => NOON - 1,
        Some(left) => NOON + if left == 0 { 0 } else { landmarks.iter().copied().find(|mark| left <= *mark).unwrap_or(left) },
    };
    let contacts = if state.attention { rules.contacts } else { state.contacts };
    let due = Deadlines { look_by: next(state.due.look_by), person_by: next(state.due.person_by) };
    let state = State { seen: NOON, due, contacts, ..*state };
    if state.ended.is_none() {
        return state;
    }
    let due = Deadlines { look_by: NOON, person_by: NOON };
    State { level: Urgency::SelfCare, for_now: Urgency::SelfCare, trend: None, asked: false, due, ..state }
}

/// Before, at and after everything that time alone can bring.
fn times(rules: &Rules, state: &State) -> Vec<u64> {
    let (look, person) = (state.due.look_by, state.due.person_by);
    let far = Urgency::ALL.into_iter().map(|level| u64::from(rules.span(level))).sum::<u64>() + person.max(look);
    let mut all: BTreeSet<u64> = [state.seen - 2, state.seen, look, look + 1, person, person + 1, far + 2].into_iter().collect();
    let mut next = person;
    for level in [Urgency::Routine, Urgency::ThisWeek] {
        next += u64::from(rules.span(level));
        all.insert(next + 1);
    }
    all.into_iter().filter(|time| *time >= state.seen - 2).collect()
}

/// What is wrong with a transition, if anything.
fn fault(rules: &Rules, before: Option<&State>, event: &Event, after: &State) -> Option<&'static str> {
    let now = before.map(|state| standing(rules, state, event.at));
    let open = now.filter(|now| now.state.ended.is_none());
    if before.and_then(|state| state.ended).is_some_and(Ending::is_final) {
        return Some("something opens what birth or loss has ended");
    }
    if after.ended.is_none() {
        let wait = match event.what {
            What::Contact(contact) => contact.wait,
            What::Note(note) => note.wait,
            What::Close(_) => return Some("closing leaves it open"),
        };
        let longest = rules.longest(after.shown()).min(wait.unwrap_or(u32::MAX));
        if after.due.look_by > event.at + u64::from(longest) {
            return Some("a wait is longer than its clock or its rule");
        }
        let by = escalates_by(rules, after)?;
        if standing(rules, after, by).state.level < Urgency::Today {
            return Some("a path without note or recovery never reaches a person");
        }
    }
    match event.what {
        What::Contact(contact) => {
            if after.shown() < Urgency::Today && !contact.asked {
                return Some("a round of self-care begins without the danger questions");
            }
            if after.shown() < contact.floor {
                return Some("a sign that is present counts less than its level");
            }
            let now = open?;
            if after.level < now.state.level {
                return Some("a contact undoes an escalation");
            }
            // What a contact may move is the time left, so that a clock set back is covered too.
            let improved = contact.asked && contact.trend == Some(Trend::Better);
            let left = |state: &State| escalates_by(rules, state).map(|by| by.saturating_sub(event.at.max(state.seen)));
            let before = if event.at < now.state.seen { left(&now.state) } else { escalates_by(rules, &now.state).map(|by| by.saturating_sub(event.at)) };
            (!improved && left(after) > before).then_some("a contact without confirmed improvement puts a person off")
        }
        What::Note(_) => None,
        What::Close(Ending::Better) => {
            let confirmed = now.is_some_and(|now| {
                now.state.asked && now.state.trend == Some(Trend::Better) && now.state.shown() <= Urgency::Routine && !now.missed && !now.clock_back
            });
            (!confirmed).then_some("closed as better without confirmed recovery")
        }
        What::Close(_) => None,
    }
}

fn words(state: &State) -> String {
    let left = |deadline: u64| i128::from(deadline) - i128::from(state.seen);
    format!(
        "{}{}, {:?}, {} contacts, look again in {} min, a person in {} min",
        state.shown(),
        state.ended.map_or(String::new(), |ending| format!(", closed ({})", ending.word())),
        state.trend,
        state.contacts,
        left(state.due.look_by),
        left(state.due.person_by)
    )
}
