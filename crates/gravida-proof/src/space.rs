//! The answers that can matter: each finding's scale cut where some rule of the pack cuts it; it never samples.

use std::collections::BTreeSet;

use gravida_knowledge::{Answer, Answers, FindingId, Knowledge, Limit, When, Who};
use num_bigint::BigUint;

/// A set of answers that no rule of the pack tells apart.
#[derive(Debug, Clone, Copy)]
pub struct State {
    /// One answer of the set.
    pub answer: Answer,
    /// How many answers the set holds.
    pub size: u64,
    /// Found by a clinician who answers beside the person: it counts although she is not asked it.
    pub examined: bool,
}

/// For each finding, the states that it can be in.
#[derive(Debug, Clone)]
pub struct Space {
    pub states: Vec<Vec<State>>,
}

impl Space {
    /// Derived from every rule of the packs: flags, `asked`, `never`, follow-up, properties, and limits in weeks.
    /// `others` are further packs whose findings have the same positions (for a comparison).
    pub fn of(knowledge: &Knowledge, others: &[&Knowledge]) -> Space {
        let mut cuts: Vec<BTreeSet<u16>> = knowledge.findings.iter().map(|_| BTreeSet::new()).collect();
        for pack in std::iter::once(&knowledge).chain(others) {
            each_rule(pack, &mut |rule| {
                rule.tests(&mut |finding, low, high| {
                    if let Some(cuts) = cuts.get_mut(finding.index()) {
                        cuts.insert(low);
                        cuts.insert(high.saturating_add(1));
                    }
                });
            });
            // Plans and kinds of place are limited in weeks: of pregnancy, the first finding in weeks, or after birth.
            let in_weeks = pack.screens.iter().flat_map(|screen| &screen.shows).filter(|id| matches!(pack.finding(**id).answers, Answers::Weeks(..)));
            let weeks: Vec<usize> = in_weeks.map(|id| id.index()).collect();
            let plans = pack.interventions.iter().filter_map(|one| one.weeks);
            for limit in pack.red_flags.iter().flat_map(|flag| &flag.places).map(|at| at.limit).chain(plans) {
                let (place, low, high) = match limit {
                    Limit::Always => continue,
                    Limit::Pregnancy(low, high) => (0, low, high),
                    Limit::AfterBirth(low, high) => (1, low, high),
                };
                if let Some(cuts) = weeks.get(place).and_then(|at| cuts.get_mut(*at)) {
                    cuts.insert(low);
                    cuts.insert(high.saturating_add(1));
                }
            }
        }
        let states = knowledge.findings.iter().zip(&cuts).map(|(finding, cuts)| {
            let mut states = states(&finding.answers, finding.ordered, cuts);
            // The mark changes nothing where everybody is asked, and without an answer there is none.
            if finding.who == Who::Clinician && finding.asked.is_some() {
                let examined: Vec<State> = states.iter().skip(1).map(|state| State { examined: true, ..*state }).collect();
                states.extend(examined);
            }
            states
        }).collect();
        Space { states }
    }

    /// How many different cases there are: every answer, range of a number, "not sure" and unasked, all combined.
    pub fn size(&self) -> BigUint {
        self.states.iter().fold(BigUint::from(1u8), |product, states| product * states.iter().map(|state| state.size).sum::<u64>())
    }

    /// How many pairs of cases that differ in the answer to one finding at most, counted for each finding.
    pub fn pairs_in_one(&self) -> BigUint {
        self.states.iter().map(|states| self.size() * states.iter().map(|state| state.size).sum::<u64>()).sum()
    }

    /// How many pairs of a case and the same case with more answers.
    pub fn pairs_of_more(&self) -> BigUint {
        self.states.iter().fold(BigUint::from(1u8), |product, states| product * (2 * states.iter().map(|state| state.size).sum::<u64>() - 1))
    }

    pub fn of_finding(&self, finding: FindingId) -> &[State] {
        &self.states[finding.index()]
    }

    /// The position of the state that holds an answer, found on examination or not.
    pub fn position(&self, finding: FindingId, answer: Answer, examined: bool, answers: &Answers) -> usize {
        let starts = |value: u16| {
            // Exact states carry the first value of their segment.
            self.of_finding(finding)
                .iter()
                .filter_map(|state| match state.answer {
                    Answer::Between(low, _) if low <= value => Some(low),
                    _ => None,
                })
                .max()
                .unwrap_or(answers.ends().0)
        };
        let wanted = match answer {
            Answer::Between(low, high) => Answer::Between(starts(low), starts(high)),
            other => other,
        };
        let here = |wanted_mark: bool| self.of_finding(finding).iter().position(|state| state.examined == wanted_mark && same(state.answer, wanted, &starts));
        here(examined).or_else(|| here(false)).unwrap_or(0)
    }
}

fn same(state: Answer, wanted: Answer, start: &impl Fn(u16) -> u16) -> bool {
    match (state, wanted) {
        (Answer::Between(a, b), Answer::Between(c, d)) => start(a) == c && start(b) == d,
        (a, b) => a == b,
    }
}

/// Calls `visit` with every rule of a pack that decides anything.
pub(crate) fn each_rule(knowledge: &Knowledge, visit: &mut impl FnMut(&When)) {
    knowledge.red_flags.iter().for_each(|flag| visit(&flag.when));
    knowledge.findings.iter().filter_map(|finding| finding.asked.as_ref()).for_each(&mut *visit);
    knowledge.interventions.iter().flat_map(|one| &one.never).for_each(|(rule, _)| visit(rule));
    knowledge.follow_ups.iter().filter_map(|rule| rule.when.as_ref()).for_each(&mut *visit);
    knowledge.properties.iter().for_each(|property| visit(&property.condition));
}

fn states(answers: &Answers, ordered: bool, cuts: &BTreeSet<u16>) -> Vec<State> {
    let mut states = vec![State { answer: Answer::Unasked, size: 1, examined: false }, State { answer: Answer::NotSure, size: 1, examined: false }];
    let (low, high) = answers.ends();
    if let Answers::Choices(list) = answers {
        states.extend((0..list.len() as u16).map(|value| State { answer: Answer::exactly(value), size: 1, examined: false }));
        // "At least this", as it follows when one voice is not sure and another is.
        let least = (low + 1..high).filter(|_| ordered);
        states.extend(least.map(|value| State { answer: Answer::Between(value, high), size: 1, examined: false }));
        return states;
    }
    let mut starts: Vec<u16> = cuts.iter().copied().filter(|cut| low < *cut && *cut <= high).collect();
    starts.insert(0, low);
    let ends: Vec<u16> = starts.iter().skip(1).map(|next| next - 1).chain(std::iter::once(high)).collect();
    let length = |i: usize| u64::from(ends[i] - starts[i]) + 1;
    for i in 0..starts.len() {
        // Ranges inside one segment, exact values among them.
        states.push(State { answer: Answer::exactly(starts[i]), size: length(i) * (length(i) + 1) / 2, examined: false });
        for j in i + 1..starts.len() {
            states.push(State { answer: Answer::Between(starts[i], starts[j]), size: length(i) * length(j), examined: false });
        }
    }
    states
}
