//! A set of persons in the fewest plain words: boxes of answers that together are exactly the set; it never rounds.

use gravida_knowledge::{Answer, Answers};
use num_bigint::BigUint;

use crate::diagram::{Diagrams, Join, Node, TooLarge};
use crate::joint::{Joint, JointState, Side};

/// A box: for each variable, which of its states are in.
type Cube = Vec<Vec<bool>>;

/// A part of a region: every person who answers so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Region {
    /// One for each finding that matters, "name: answers".
    pub answers: Vec<String>,
    /// How many sets of answers it holds; two regions may share some.
    pub size: BigUint,
}

/// At most so many boxes are written down.
const MOST: usize = 6;

/// The regions that together are exactly the persons at end value 1, largest first, and how many sets of answers
/// lie in none of them because there were too many regions to write down.
pub(crate) fn regions(joint: &Joint, diagrams: &mut Diagrams, region: Node) -> Result<(Vec<Region>, BigUint), TooLarge> {
    let mut cubes: Vec<(Cube, Node)> = Vec::new();
    let mut rest = region;
    while rest != 0 && cubes.len() < 4 * MOST {
        let Some(seed) = seed(diagrams, rest) else { break };
        let cube = widest(diagrams, region, &seed);
        let node = as_node(diagrams, &cube)?;
        rest = diagrams.join(Join::Without, rest, node)?;
        cubes.push((cube, node));
    }
    // A box that the others hold between them says nothing new.
    let mut at = cubes.len();
    while at > 0 {
        at -= 1;
        let mut others = 0;
        for (_, node) in cubes.iter().enumerate().filter(|(other, _)| *other != at).map(|(_, cube)| cube) {
            others = diagrams.join(Join::Greatest, others, *node)?;
        }
        if diagrams.join(Join::Without, cubes[at].1, others)? == 0 {
            cubes.remove(at);
        }
    }
    cubes.sort_by_key(|(_, node)| std::cmp::Reverse(diagrams.count(*node)));
    cubes.truncate(MOST);
    let mut rest = region;
    let mut found = Vec::new();
    for (cube, node) in &cubes {
        rest = diagrams.join(Join::Without, rest, *node)?;
        found.push(Region { answers: words(joint, cube), size: diagrams.count(*node) });
    }
    Ok((found, diagrams.count(rest)))
}

/// The states of one person of the region, those that matter alone: `None` is any state.
fn seed(diagrams: &Diagrams, node: Node) -> Option<Vec<Option<usize>>> {
    let mut states = vec![None; diagrams.variables()];
    let mut at = node;
    while let Some((variable, children)) = diagrams.parts(at) {
        // The last state that leads there: clear answers come before those that are not known.
        let state = (0..children.len()).rev().find(|state| children[*state] != 0)?;
        states[variable] = Some(state);
        at = children[state];
    }
    (at == 1).then_some(states)
}

/// The box round a person that cannot grow further; of two ways to grow it, the one that holds more.
fn widest(diagrams: &Diagrams, region: Node, seed: &[Option<usize>]) -> Cube {
    let start: Cube = seed.iter().enumerate().map(|(variable, state)| (0..diagrams.states(variable)).map(|other| state.is_none_or(|state| state == other)).collect()).collect();
    let grow = |order: &[usize]| {
        let mut cube = start.clone();
        // Whole findings first, since a finding that does not matter needs no words.
        for variable in order {
            let before = std::mem::replace(&mut cube[*variable], vec![true; diagrams.states(*variable)]);
            if !holds(diagrams, region, &cube) {
                cube[*variable] = before;
            }
        }
        for variable in order {
            for state in 0..diagrams.states(*variable) {
                if !cube[*variable][state] {
                    cube[*variable][state] = true;
                    cube[*variable][state] = holds(diagrams, region, &cube);
                }
            }
        }
        cube
    };
    let forward: Vec<usize> = (0..diagrams.variables()).collect();
    let backward: Vec<usize> = forward.iter().rev().copied().collect();
    let (one, other) = (grow(&forward), grow(&backward));
    let full = |cube: &Cube| (cube.iter().filter(|states| states.iter().all(|state| *state)).count(), cube.iter().flatten().filter(|state| **state).count());
    if full(&one) >= full(&other) { one } else { other }
}

/// Whether the whole box lies in the region.
fn holds(diagrams: &Diagrams, region: Node, cube: &Cube) -> bool {
    let (mut open, mut seen) = (vec![region], std::collections::HashSet::new());
    while let Some(node) = open.pop() {
        if !seen.insert(node) {
            continue;
        }
        match diagrams.parts(node) {
            None if node != 1 => return false,
            None => {}
            Some((variable, children)) => open.extend(children.iter().zip(&cube[variable]).filter(|(_, inside)| **inside).map(|(child, _)| *child)),
        }
    }
    true
}

fn as_node(diagrams: &mut Diagrams, cube: &Cube) -> Result<Node, TooLarge> {
    let mut node = 1;
    for (variable, states) in cube.iter().enumerate().rev() {
        if !states.iter().all(|state| *state) {
            let children = states.iter().map(|inside| if *inside { node } else { 0 }).collect();
            node = diagrams.branch(variable, children)?;
        }
    }
    Ok(node)
}

fn words(joint: &Joint, cube: &Cube) -> Vec<String> {
    let mut found: Vec<(usize, String)> = Vec::new();
    for (variable, inside) in cube.iter().enumerate() {
        if !inside.iter().all(|state| *state) {
            let place = joint.variables[variable];
            let chosen: Vec<&JointState> = joint.states[variable].iter().zip(inside).filter(|(_, inside)| **inside).map(|(state, _)| state).collect();
            let all = joint.states[variable].len();
            found.push((place, format!("{}: {}", joint.packs.finding(place).name, state_words(joint, place, &chosen, all))));
        }
    }
    found.sort();
    found.into_iter().map(|(_, words)| words).collect()
}

fn state_words(joint: &Joint, place: usize, chosen: &[&JointState], all: usize) -> String {
    let known: Vec<&&JointState> = chosen.iter().filter(|state| is_known(state)).collect();
    let unknown = |answer: Answer| chosen.iter().any(|state| state.old == answer && state.new == answer);
    let mut parts = Vec::new();
    // Two states of a finding are unknown: not asked and not sure.
    if known.len() + 2 == all {
        parts.push("known".to_owned());
    } else {
        spans(joint, place, &known, &mut parts);
    }
    match (unknown(Answer::Unasked), unknown(Answer::NotSure)) {
        (true, true) => parts.push("not known".to_owned()),
        (true, false) => parts.push("not asked".to_owned()),
        (false, true) => parts.push("not sure".to_owned()),
        (false, false) => {}
    }
    match parts.split_last() {
        Some((last, [])) => last.clone(),
        Some((last, before)) => format!("{} or {last}", before.join(", ")),
        None => "nobody".to_owned(),
    }
}

fn is_known(state: &JointState) -> bool {
    matches!(state.old, Answer::Between(..)) || matches!(state.new, Answer::Between(..))
}

/// Known answers: neighbours as one span, then answers that are themselves a range.
fn spans(joint: &Joint, place: usize, known: &[&&JointState], parts: &mut Vec<String>) {
    let both = joint.packs.findings[place];
    let scale = |side: Side| -> Option<&Answers> { both.on(side).map(|id| &joint.packs.pack(side).finding(id).answers) };
    let two = both.old.is_some() && both.new.is_some();
    let mut exact: Vec<(Side, u16, u16, &str)> = Vec::new();
    let mut ranges = Vec::new();
    for state in known {
        let side = if matches!(state.new, Answer::Between(..)) { Side::New } else { Side::Old };
        let alone = match (state.old, state.new) {
            (Answer::Between(..), Answer::Between(..)) => "",
            _ if !two => "",
            (Answer::Between(..), _) => " (an answer of the old pack alone)",
            _ => " (an answer of the new pack alone)",
        };
        if !state.whole {
            ranges.push((side, state));
        } else if let Some(last) = exact.last_mut()
            && (last.0, last.3) == (side, alone)
            && last.2.checked_add(1) == Some(state.from)
            && !matches!(scale(side), Some(Answers::Choices(_)))
        {
            last.2 = state.to;
        } else {
            exact.push((side, state.from, state.to, alone));
        }
    }
    let span = |side: Side, from: u16, to: u16| {
        let show = |value: u16| scale(side).map_or(String::new(), |answers| answers.show(value));
        if from == to { show(from) } else { format!("from {} to {}", show(from), show(to)) }
    };
    parts.extend(exact.iter().map(|(side, from, to, alone)| format!("{}{alone}", span(*side, *from, *to))));
    // Ranges that end alike and start side by side are told together, then those that start alike.
    let mut kinds: Vec<(Side, u16, u16, u16, u16)> = ranges.iter().map(|(side, one)| (*side, one.from, one.until, one.since, one.to)).collect();
    kinds.sort_by_key(|(side, from, _, since, _)| (*side, *since, *from));
    let mut told: Vec<(Side, u16, u16, u16, u16)> = Vec::new();
    for kind in kinds {
        match told.last_mut() {
            Some(last) if (last.0, last.3, last.4) == (kind.0, kind.3, kind.4) && last.2.checked_add(1) == Some(kind.1) => last.2 = kind.2,
            _ => told.push(kind),
        }
    }
    told.sort_by_key(|(side, from, until, since, _)| (*side, *from, *until, *since));
    let mut merged: Vec<(Side, u16, u16, u16, u16)> = Vec::new();
    for kind in told {
        match merged.last_mut() {
            Some(last) if (last.0, last.1, last.2) == (kind.0, kind.1, kind.2) && last.4.checked_add(1) == Some(kind.3) => last.4 = kind.4,
            _ => merged.push(kind),
        }
    }
    parts.extend(merged.iter().map(|(side, from, until, since, to)| format!("a range that starts {} and ends {}", at(&span(*side, *from, *until)), at(&span(*side, *since, *to)))));
}

/// "at 36 weeks", "from 36 weeks to 36 weeks 6 days".
fn at(span: &str) -> String {
    if span.starts_with("from ") { span.to_owned() } else { format!("at {span}") }
}
