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
