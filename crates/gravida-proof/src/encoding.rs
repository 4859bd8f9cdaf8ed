//! The rules of a pack as clauses over the states of its findings; it never holds a rule of its own.

use std::collections::BTreeMap;

use gravida_knowledge::{Advice, Answer, Answers, FindingId, InterventionId, Knowledge, Limit, RedFlagId, Urgency, When};

use crate::solver::{Literal, Model, Twins};
use crate::space::{Space, State};

/// How an unasked finding counts in a rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Mode {
    /// As it is: open.
    Now,
    /// As the calmest further answers would make it.
    Calmest,
    /// As the most dangerous further answers would make it.
    Worst,
}

/// One person: a literal for each state of each finding.
#[derive(Debug, Clone)]
pub struct Copy {
    number: usize,
    states: Vec<Vec<Literal>>,
}

impl Copy {
    /// The literal that says that a finding is in a state.
    pub fn state(&self, finding: FindingId, position: usize) -> Literal {
        self.states[finding.index()][position]
    }

    pub fn states(&self, finding: FindingId) -> &[Literal] {
        &self.states[finding.index()]
    }

    /// The state of each finding in a model.
    pub fn answers(&self, space: &Space, model: &Model) -> Vec<State> {
        self.states
            .iter()
            .zip(&space.states)
            .map(|(literals, states)| {
                let at = literals.iter().position(|literal| model.holds(*literal)).unwrap_or(0);
                states[at]
            })
            .collect()
    }
}

/// The literals "present" and "not excluded" of a rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rule {
    pub present: Literal,
    pub open: Literal,
}

/// A pack as clauses, for any number of persons.
pub struct Encoding<'k> {
    pub knowledge: &'k Knowledge,
    pub space: &'k Space,
    pub solver: Twins,
    yes: Literal,
    copies: usize,
    circuits: BTreeMap<Vec<Literal>, Literal>,
    asked: BTreeMap<(usize, Mode, FindingId), Rule>,
    flags: BTreeMap<(usize, Mode, RedFlagId), Rule>,
    levels: BTreeMap<(usize, Mode, Urgency), Literal>,
}

impl<'k> Encoding<'k> {
    pub fn new(knowledge: &'k Knowledge, space: &'k Space) -> Encoding<'k> {
        let mut solver = Twins::new();
        let yes = solver.fresh();
        solver.clause(&[yes]);
        Encoding { knowledge, space, solver, yes, copies: 0, circuits: BTreeMap::new(), asked: BTreeMap::new(), flags: BTreeMap::new(), levels: BTreeMap::new() }
    }

    /// A person who can be in any state.
    pub fn person(&mut self) -> Copy {
        let mut states = Vec::with_capacity(self.space.states.len());
        for of_finding in &self.space.states {
            let literals: Vec<Literal> = of_finding.iter().map(|_| self.solver.fresh()).collect();
            self.exactly_one(&literals);
            states.push(literals);
        }
        self.copies += 1;
        Copy { number: self.copies, states }
    }

    /// A person who shares the states of another, but for some findings.
    pub fn person_like(&mut self, other: &Copy, but: &[FindingId]) -> Copy {
        let mut states = other.states.clone();
        for id in but {
            let literals: Vec<Literal> = self.space.of_finding(*id).iter().map(|_| self.solver.fresh()).collect();
            self.exactly_one(&literals);
            states[id.index()] = literals;
        }
        self.copies += 1;
        Copy { number: self.copies, states }
    }

    fn exactly_one(&mut self, literals: &[Literal]) {
        self.solver.clause(literals);
        if literals.len() <= 6 {
            for (i, a) in literals.iter().enumerate() {
                for b in &literals[i + 1..] {
                    self.solver.clause(&[-a, -b]);
                }
            }
            return;
        }
        // At most one by a ladder: "some earlier one holds".
        let mut before = literals[0];
        for literal in &literals[1..] {
            self.solver.clause(&[-before, -literal]);
            let next = self.solver.fresh();
            self.solver.clause(&[-before, next]);
            self.solver.clause(&[-literal, next]);
            before = next;
        }
    }

    /// A literal that holds exactly when all hold. The same parts give the same literal, so what two persons share
    /// is one circuit and the solvers need not find out that it is the same.
    pub fn all(&mut self, literals: &[Literal]) -> Literal {
        let mut parts: Vec<Literal> = literals.iter().copied().filter(|literal| *literal != self.yes).collect();
        parts.sort_unstable_by_key(|literal| (literal.unsigned_abs(), *literal));
        parts.dedup();
        let contradicts = |pair: &[Literal]| pair[0] == -pair[1];
        if parts.contains(&-self.yes) || parts.windows(2).any(contradicts) {
            return -self.yes;
        }
        match parts.as_slice() {
            [] => self.yes,
            [one] => *one,
            many => {
                if let Some(known) = self.circuits.get(many) {
                    return *known;
                }
                let and = self.solver.fresh();
                let mut long: Vec<Literal> = vec![and];
                for literal in many {
                    self.solver.clause(&[-and, *literal]);
                    long.push(-literal);
                }
                self.solver.clause(&long);
                self.circuits.insert(parts, and);
                and
            }
        }
    }

    /// A literal that holds exactly when any holds.
    pub fn any(&mut self, literals: &[Literal]) -> Literal {
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

    /// A rule for one person.
    pub fn rule(&mut self, copy: &Copy, mode: Mode, rule: &When) -> Rule {
        match rule {
            When::Test { finding, low, high } => {
                let (mut present, mut open) = (Vec::new(), Vec::new());
                for (state, literal) in self.space.of_finding(*finding).iter().zip(copy.states(*finding)) {
                    match (state.answer, mode) {
                        (Answer::Unasked, Mode::Calmest) => {}
                        (Answer::Unasked, Mode::Worst) => {
                            present.push(*literal);
                            open.push(*literal);
                        }
                        (Answer::Unasked | Answer::NotSure, _) => open.push(*literal),
                        (Answer::Between(from, to), _) => {
                            if *low <= from && to <= *high {
                                present.push(*literal);
                            }
                            if from <= *high && *low <= to {
                                open.push(*literal);
                            }
                        }
                    }
                }
                let shown = self.shown(copy, mode, *finding);
                let (present, open) = (self.any(&present), self.any(&open));
                Rule { present: self.all(&[shown.present, present]), open: self.all(&[shown.open, open]) }
            }
            When::All(parts) => {
                let parts: Vec<Rule> = parts.iter().map(|part| self.rule(copy, mode, part)).collect();
                let (present, open): (Vec<Literal>, Vec<Literal>) = parts.iter().map(|part| (part.present, part.open)).unzip();
                Rule { present: self.all(&present), open: self.all(&open) }
            }
            When::Any(parts) => {
                let parts: Vec<Rule> = parts.iter().map(|part| self.rule(copy, mode, part)).collect();
                let (present, open): (Vec<Literal>, Vec<Literal>) = parts.iter().map(|part| (part.present, part.open)).unzip();
                Rule { present: self.any(&present), open: self.any(&open) }
            }
            When::Count(needed, parts) => {
                let parts: Vec<Rule> = parts.iter().map(|part| self.rule(copy, mode, part)).collect();
                let (present, open): (Vec<Literal>, Vec<Literal>) = parts.iter().map(|part| (part.present, part.open)).unzip();
                Rule { present: self.at_least(*needed, &present), open: self.at_least(*needed, &open) }
            }
        }
    }

    /// Whether a finding is asked of a person, or was found on examination.
    pub fn shown(&mut self, copy: &Copy, mode: Mode, finding: FindingId) -> Rule {
        if let Some(rule) = self.asked.get(&(copy.number, mode, finding)) {
            return *rule;
        }
        let rule = match &self.knowledge.finding(finding).asked {
            None => Rule { present: self.yes, open: self.yes },
            Some(asked) => {
                let (asked, examined) = (self.rule(copy, mode, asked), self.examined(copy, finding));
                Rule { present: self.any(&[asked.present, examined]), open: self.any(&[asked.open, examined]) }
            }
        };
        self.asked.insert((copy.number, mode, finding), rule);
        rule
    }

    /// "A clinician who answers beside the person found this."
    pub fn examined(&mut self, copy: &Copy, finding: FindingId) -> Literal {
        let states = self.space.of_finding(finding).iter().zip(copy.states(finding));
        let marked: Vec<Literal> = states.filter(|(state, _)| state.examined).map(|(_, literal)| *literal).collect();
        self.any(&marked)
    }

    /// A person beside whom nobody answers.
    pub fn person_alone(&mut self) -> Copy {
        let person = self.person();
        for id in self.knowledge.finding_ids() {
            let examined = self.examined(&person, id);
            self.solver.clause(&[-examined]);
        }
        person
    }

    pub fn flag(&mut self, copy: &Copy, mode: Mode, flag: RedFlagId) -> Rule {
        if let Some(rule) = self.flags.get(&(copy.number, mode, flag)) {
            return *rule;
        }
        let rule = self.rule(copy, mode, &self.knowledge.red_flag(flag).when);
        self.flags.insert((copy.number, mode, flag), rule);
        rule
    }

    /// "One flag counts for this level or more": present at its urgency, or not excluded at its level when unsure.
    pub fn counts(&mut self, copy: &Copy, mode: Mode, flag: RedFlagId, level: Urgency) -> Literal {
        let definition = self.knowledge.red_flag(flag);
        let rule = self.flag(copy, mode, flag);
        let mut ways = Vec::new();
        if definition.urgency >= level {
            ways.push(rule.present);
        }
        if definition.if_unsure >= level {
            ways.push(rule.open);
        }
        self.any(&ways)
    }

    /// "The level to act on is this or more." In the modes `Calmest` and `Worst` the level that answers could reach.
    pub fn act_at_least(&mut self, copy: &Copy, mode: Mode, level: Urgency) -> Literal {
        if level == Urgency::SelfCare {
            return self.yes;
        }
        if let Some(literal) = self.levels.get(&(copy.number, mode, level)) {
            return *literal;
        }
        let each: Vec<Literal> = self.knowledge.red_flag_ids().map(|flag| self.counts(copy, mode, flag, level)).collect();
        let literal = self.any(&each);
        self.levels.insert((copy.number, mode, level), literal);
        literal
    }

    /// "The plan may offer it, if it eases a cause in question": everything but the differential.
    pub fn may_offer(&mut self, copy: &Copy, id: InterventionId) -> Literal {
        let intervention = self.knowledge.intervention(id);
        if matches!(intervention.advice, Advice::DoNotOffer | Advice::Refer) {
            return -self.yes;
        }
        let mut needs = vec![-self.act_at_least(copy, Mode::Now, Urgency::Today)];
        for (rule, _) in &intervention.never {
            needs.push(-self.rule(copy, Mode::Now, rule).open);
        }
        let weeks = self.in_weeks();
        if let Some(pregnant) = weeks.first() {
            let shown = self.shown(copy, Mode::Now, *pregnant).open;
            if !intervention.in_pregnancy {
                needs.push(-shown);
            }
            if let Some(Limit::Pregnancy(low, high)) = intervention.weeks {
                let (lowest, highest) = self.knowledge.finding(*pregnant).answers.ends();
                let mut within = vec![-shown];
                for (state, literal) in self.space.of_finding(*pregnant).iter().zip(copy.states(*pregnant)) {
                    let fits = match state.answer {
                        Answer::Unasked | Answer::NotSure => low <= lowest && highest <= high,
                        Answer::Between(from, to) => low <= from && to <= high,
                    };
                    if fits {
                        within.push(*literal);
                    }
                }
                needs.push(self.any(&within));
            }
        }
        if let Some(after_birth) = weeks.get(1)
            && !intervention.after_birth
        {
            let shown = self.shown(copy, Mode::Now, *after_birth).open;
            needs.push(-shown);
        }
        self.all(&needs)
    }

    /// "A fact that is limited to some time may apply to this person."
    pub fn meets(&mut self, copy: &Copy, limit: Limit) -> Literal {
        let (place, low, high) = match limit {
            Limit::Always => return self.yes,
            Limit::Pregnancy(low, high) => (0, low, high),
            Limit::AfterBirth(low, high) => (1, low, high),
        };
        let Some(finding) = self.in_weeks().get(place).copied() else { return -self.yes };
        let (lowest, highest) = self.knowledge.finding(finding).answers.ends();
        let mut ways = Vec::new();
        for (state, literal) in self.space.of_finding(finding).iter().zip(copy.states(finding)) {
            let (from, to) = match state.answer {
                Answer::Between(from, to) => (from, to),
                Answer::Unasked | Answer::NotSure => (lowest, highest),
            };
            if from <= high && low <= to {
                ways.push(*literal);
            }
        }
        let (any, shown) = (self.any(&ways), self.shown(copy, Mode::Now, finding));
        self.all(&[any, shown.open])
    }

    /// The findings in weeks, pregnancy first, as the assessment finds them.
    fn in_weeks(&self) -> Vec<FindingId> {
        let shows = self.knowledge.screens.iter().flat_map(|screen| screen.shows.iter().copied());
        shows.filter(|id| matches!(self.knowledge.finding(*id).answers, Answers::Weeks(..))).collect()
    }

    /// A model with as few answers as it can: answered findings are withdrawn one by one while the question holds.
    pub fn smallest(&mut self, copy: &Copy, question: &[Literal]) -> Option<Model> {
        let mut model = self.solver.solve(question)?;
        let mut fixed: Vec<Literal> = question.to_vec();
        for id in self.knowledge.finding_ids() {
            let calm = [copy.state(id, 0), copy.states(id).get(2).copied().unwrap_or(copy.state(id, 0))];
            // First unasked, then the calmest answer; else it stays as it is.
            let mut settled = false;
            for literal in calm {
                fixed.push(literal);
                match self.solver.solve(&fixed) {
                    Some(smaller) => {
                        model = smaller;
                        settled = true;
                        break;
                    }
                    None => {
                        fixed.pop();
                    }
                }
            }
            if !settled {
                let at = copy.states(id).iter().copied().find(|literal| model.holds(*literal));
                fixed.extend(at);
            }
        }
        Some(model)
    }
}
