//! Whether anybody moves, by two solvers, where a diagram would grow past its bound; it never counts.

use gravida_knowledge::{RedFlagId, Urgency, Verdict, When};

use crate::joint::{Both, Joint, Side};
use crate::meaning::test;
use crate::solver::{Literal, Model, Twins};

/// "Holds" and "is not excluded" of a rule.
#[derive(Clone, Copy)]
struct Says {
    present: Literal,
    open: Literal,
}

struct Search<'j, 'p, 'k> {
    joint: &'j Joint<'p, 'k>,
    solver: Twins,
    yes: Literal,
    states: Vec<Vec<Literal>>,
}

/// A state for each variable of somebody for whom the flag moves so and decides, and the level to act on moves with it.
pub(crate) fn somebody(joint: &Joint, flag: Both<RedFlagId>, (from, to): (Urgency, Urgency)) -> Option<Vec<usize>> {
    let mut solver = Twins::new();
    let yes = solver.fresh();
    solver.clause(&[yes]);
    let mut search = Search { joint, solver, yes, states: Vec::new() };
    for states in &joint.states {
        let literals: Vec<Literal> = states.iter().map(|_| search.solver.fresh()).collect();
        search.exactly_one(&literals);
        search.states.push(literals);
    }
    let mut question = search.exactly(Side::Old, flag.old, from);
    question.extend(search.exactly(Side::New, flag.new, to));
    // Falling: no flag of the new pack asks for the old level, and none of the old one for more. Rising: the reverse.
    let (falls, top) = (to < from, from.max(to));
    let (strict, other) = if falls { (Side::New, Side::Old) } else { (Side::Old, Side::New) };
    let below = search.act_at_least(strict, Some(top));
    let above = search.act_at_least(other, Urgency::ALL.into_iter().find(|level| *level > top));
    question.extend([-below, -above]);
    search.smallest(&question)
}

impl Search<'_, '_, '_> {
    fn exactly_one(&mut self, literals: &[Literal]) {
        self.solver.clause(literals);
        let mut before = -self.yes;
        for literal in literals {
            self.solver.clause(&[-before, -literal]);
            let next = self.solver.fresh();
            self.solver.clause(&[-before, next]);
            self.solver.clause(&[-literal, next]);
            before = next;
        }
    }

    fn all(&mut self, literals: &[Literal]) -> Literal {
        let and = self.solver.fresh();
        let mut long = vec![and];
        for literal in literals {
            self.solver.clause(&[-and, *literal]);
            long.push(-literal);
        }
        self.solver.clause(&long);
        and
    }

    fn any(&mut self, literals: &[Literal]) -> Literal {
        let negated: Vec<Literal> = literals.iter().map(|literal| -literal).collect();
        -self.all(&negated)
    }

    fn at_least(&mut self, needed: usize, literals: &[Literal]) -> Literal {
        if needed == 0 {
            return self.yes;
        }
        let Some((first, rest)) = literals.split_first() else { return -self.yes };
        let with = self.at_least(needed - 1, rest);
        let with = self.all(&[*first, with]);
        let without = self.at_least(needed, rest);
        self.any(&[with, without])
    }

    fn rule(&mut self, side: Side, rule: &When) -> Says {
        let parts = match rule {
            When::Test { finding, low, high } => {
                let variable = self.joint.variable(side, *finding);
                let where_says = |from: Verdict| -> Vec<Literal> {
                    let states = self.joint.states[variable].iter().zip(&self.states[variable]);
                    states.filter(|(state, _)| test(state.on(side), *low, *high) >= from).map(|(_, literal)| *literal).collect()
                };
                let (present, open) = (where_says(Verdict::Present), where_says(Verdict::Open));
                let (present, open) = (self.any(&present), self.any(&open));
                let Some(asked) = &self.joint.packs.pack(side).finding(*finding).asked else { return Says { present, open } };
                let shown = self.rule(side, asked);
                return Says { present: self.all(&[shown.present, present]), open: self.all(&[shown.open, open]) };
            }
            When::All(parts) | When::Any(parts) | When::Count(_, parts) => parts,
        };
        let parts: Vec<Says> = parts.iter().map(|part| self.rule(side, part)).collect();
        let present: Vec<Literal> = parts.iter().map(|part| part.present).collect();
        let open: Vec<Literal> = parts.iter().map(|part| part.open).collect();
        match rule {
            When::Any(_) => Says { present: self.any(&present), open: self.any(&open) },
            When::Count(needed, _) => Says { present: self.at_least(*needed, &present), open: self.at_least(*needed, &open) },
            _ => Says { present: self.all(&present), open: self.all(&open) },
        }
    }

    /// A flag counts for a level or more.
    fn counts(&mut self, side: Side, flag: RedFlagId, level: Urgency) -> Literal {
        let flag = self.joint.packs.pack(side).red_flag(flag);
        let says = self.rule(side, &flag.when);
        let mut ways = Vec::new();
        if flag.urgency >= level {
            ways.push(says.present);
        }
        if flag.if_unsure >= level {
            ways.push(says.open);
        }
        self.any(&ways)
    }

    /// A flag counts for exactly a level; one that is not there counts for the calmest.
    fn exactly(&mut self, side: Side, flag: Option<RedFlagId>, level: Urgency) -> Vec<Literal> {
        let Some(flag) = flag else { return vec![if level == Urgency::SelfCare { self.yes } else { -self.yes }] };
        let mut needs = Vec::new();
        if level > Urgency::SelfCare {
            needs.push(self.counts(side, flag, level));
        }
        if let Some(above) = Urgency::ALL.into_iter().find(|other| *other > level) {
            needs.push(-self.counts(side, flag, above));
        }
        needs
    }

    /// The level to act on is this or more; nobody reaches a level that does not exist.
    fn act_at_least(&mut self, side: Side, level: Option<Urgency>) -> Literal {
        let Some(level) = level else { return -self.yes };
        let each: Vec<Literal> = self.joint.packs.pack(side).red_flag_ids().map(|flag| self.counts(side, flag, level)).collect();
        self.any(&each)
    }

    /// A model in which as much as may be is unasked, else calm.
    fn smallest(&mut self, question: &[Literal]) -> Option<Vec<usize>> {
        let mut model = self.solver.solve(question)?;
        let mut fixed = question.to_vec();
        for states in self.states.clone() {
            let mut settled = false;
            for literal in [states.first(), states.get(2)].into_iter().flatten() {
                fixed.push(*literal);
                if let Some(smaller) = self.solver.solve(&fixed) {
                    (model, settled) = (smaller, true);
                    break;
                }
                fixed.pop();
            }
            if !settled {
                fixed.push(states[chosen(&states, &model)]);
            }
        }
        Some(self.states.iter().map(|states| chosen(states, &model)).collect())
    }
}

fn chosen(states: &[Literal], model: &Model) -> usize {
    states.iter().position(|literal| model.holds(*literal)).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use gravida_assessment::{WhyLeftOut, assess, triage};
    use gravida_knowledge::{Knowledge, Page, read, read_folder};

    use super::*;
    use crate::diff::{Acted, Edition, compare};
    use crate::diagram::{LEVELS, Node};
    use crate::joint::Packs;
    use crate::meaning::{Meaning, weeks};

    fn pack() -> (Vec<Page>, Knowledge) {
        let pages = read_folder(std::path::Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../knowledge"))).expect("pages");
        let knowledge = read(&pages, None).0.expect("a pack");
        (pages, knowledge)
    }

    /// Any becomes all, and each level falls by one.
    fn tightened(rule: &When) -> When {
        match rule {
            When::Any(parts) if parts.len() > 1 => When::Count(2, parts.clone()),
            When::All(parts) => When::All(parts.iter().map(tightened).collect()),
            other => other.clone(),
        }
    }

    fn edited(old: &Knowledge, at: usize) -> Knowledge {
        let mut new = old.clone();
        let flag = &mut new.red_flags[at];
        flag.when = tightened(&flag.when);
        let lower = |level: Urgency| Urgency::ALL[(level as usize).saturating_sub(1).max(1)];
        if at.is_multiple_of(2) {
            (flag.urgency, flag.if_unsure) = (lower(flag.urgency), lower(flag.if_unsure).min(lower(flag.urgency)));
        }
        new
    }

    fn value(meaning: &Meaning, node: Node, person: &[usize]) -> u32 {
        let mut at = node;
        while let Some((variable, children)) = meaning.diagrams.parts(at) {
            at = children[person[variable]];
        }
        at
    }

    /// Persons that follow from a seed; calm answers are common, so that something can move.
    fn persons(joint: &Joint, count: u64, one_in: u64) -> Vec<Vec<usize>> {
        let mut seed = 0x2545_F491_4F6C_DD1D_u64;
        let mut next = move || {
            seed ^= seed << 13;
            seed ^= seed >> 7;
            seed ^= seed << 17;
            seed
        };
        (0..count).map(|_| joint.states.iter().map(|states| if next() % one_in == 0 { next() as usize % states.len() } else { 2.min(states.len() - 1) }).collect()).collect()
    }

    #[test]
    fn two_solvers_and_the_diagrams_say_the_same() {
        let (pages, old) = pack();
        for at in (0..old.red_flags.len()).step_by(9) {
            let new = edited(&old, at);
            let difference = compare(Edition { knowledge: &old, pages: &pages }, Edition { knowledge: &new, pages: &pages });
            let packs = Packs::new(&old, &new);
            let rules: Vec<(Side, &When)> = Side::BOTH.into_iter().flat_map(|side| packs.pack(side).red_flags.iter().map(move |flag| (side, &flag.when))).collect();
            let joint = Joint::of(&packs, &rules, &[]);
            let flag = packs.flags[at];
            for change in &difference.flags {
                for one in &change.moves {
                    let found = somebody(&joint, flag, (one.from, one.to));
                    assert_eq!(found.is_some(), matches!(one.acted, Acted::For(..)), "{}: {} to {}", change.slug, one.from, one.to);
                    if let Some(person) = found {
                        let level = |side: Side| triage(packs.pack(side), &joint.case(side, &person)).act_on;
                        assert_eq!(level(Side::New) < level(Side::Old), one.to < one.from);
                    }
                }
            }
        }
    }

    #[test]
    fn diagrams_mean_what_the_plain_evaluator_says() {
        let (_, old) = pack();
        let mut new = edited(&old, 0);
        for at in 1..old.red_flags.len() {
            new = edited(&new, at);
        }
        let packs = Packs::new(&old, &new);
        let mut rules: Vec<(Side, &When)> = Side::BOTH.into_iter().flat_map(|side| packs.pack(side).red_flags.iter().map(move |flag| (side, &flag.when))).collect();
        let joint = Joint::of(&packs, &rules, &[]);
        let mut meaning = Meaning::new(&joint, 4_000_000);
        let acts = meaning.acts().expect("within the bound");
        for person in persons(&joint, 2_000, 3) {
            let level = |side: Side| triage(packs.pack(side), &joint.case(side, &person)).act_on as u32;
            assert_eq!(value(&meaning, acts, &person), level(Side::Old) * LEVELS + level(Side::New));
        }
        // Plans: what the assessment offers may be offered, and what it leaves out for a reason of its own may not.
        rules.extend(old.interventions.iter().flat_map(|one| one.never.iter().map(|(rule, _)| (Side::Old, rule))));
        let (pregnant, after_birth) = weeks(&old);
        let mut limits: Vec<_> = pregnant.into_iter().chain(after_birth).map(|one| (Side::Old, one, 0, u16::MAX)).collect();
        for one in &old.interventions {
            if let (Some(gravida_knowledge::Limit::Pregnancy(low, high)), Some(finding)) = (one.weeks, pregnant) {
                limits.push((Side::Old, finding, low, high));
            }
        }
        let joint = Joint::of(&packs, &rules, &limits);
        let mut meaning = Meaning::new(&joint, 4_000_000);
        let offered: Vec<Node> = old.intervention_ids().map(|id| meaning.offered(Side::Old, Some(id)).expect("within the bound")).collect();
        let (mut yes, mut no) = (0, 0);
        // Calm enough that there are plans.
        for person in persons(&joint, 2_000, 30) {
            let plan = assess(&old, &joint.case(Side::Old, &person)).plan;
            for offer in &plan.offers {
                yes += 1;
                assert_eq!(value(&meaning, offered[offer.intervention.index()], &person), 1);
            }
            for left in plan.left_out.iter().filter(|left| left.why != WhyLeftOut::HelpFirst) {
                no += 1;
                assert_eq!(value(&meaning, offered[left.intervention.index()], &person), 0);
            }
        }
        assert!(no > 100, "{yes} offers, {no} left out");
    }
}
