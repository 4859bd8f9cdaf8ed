//! Asks the solvers whether somebody breaks a promise, and makes who is found small; it never believes them unchecked.

use gravida_knowledge::{Case, FindingId, Knowledge, Origin, Urgency};
use gravida_assessment::triage;
use num_bigint::BigUint;

use crate::encoding::{Copy, Encoding, Mode};
use crate::person::Person;
use crate::solver::Literal;
use crate::space::Space;
use crate::theorem::Counterexample;

pub(crate) struct Prover<'k> {
    pub encoding: Encoding<'k>,
    pub found: Vec<Counterexample>,
    /// Who the theorem speaks of.
    pub speaks_of: SpeaksOf,
}

/// Who a theorem speaks of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum SpeaksOf {
    Everybody,
    /// Two persons who differ in one answer at most.
    PairsInOne,
    /// A person, and the same person with more answers.
    PairsOfMore,
}

impl SpeaksOf {
    pub fn count(self, space: &Space) -> BigUint {
        match self {
            SpeaksOf::Everybody => space.size(),
            SpeaksOf::PairsInOne => space.pairs_in_one(),
            SpeaksOf::PairsOfMore => space.pairs_of_more(),
        }
    }
}

pub(crate) fn page(origin: &Origin) -> String {
    format!("{}:{}", origin.file, origin.line)
}

impl Prover<'_> {
    /// Asks whether somebody exists for whom all literals hold; makes them small, re-checks them and reports them.
    pub(crate) fn nobody(&mut self, copy: &Copy, question: &[Literal], what: impl Fn() -> String, pages: Vec<String>, plain: impl Fn(&Knowledge, &Case) -> bool) {
        if self.encoding.solver.solve(question).is_none() {
            return;
        }
        let Some(model) = self.encoding.smallest(copy, question) else { return };
        let knowledge = self.encoding.knowledge;
        let person = Person::new(knowledge, &copy.answers(self.encoding.space, &model));
        let agrees = plain(knowledge, &person.case);
        let what = if agrees { what() } else { format!("{} (the plain evaluator does not agree: the encoding is wrong)", what()) };
        self.found.push(Counterexample { what, person: Some(person), other: None, pages });
    }

    /// The same for two persons.
    pub(crate) fn no_pair(&mut self, copies: (&Copy, &Copy), question: &[Literal], what: impl Fn() -> String, pages: Vec<String>, plain: impl Fn(&Knowledge, &Case, &Case) -> bool) {
        if self.encoding.solver.solve(question).is_none() {
            return;
        }
        let Some(model) = self.encoding.smallest(copies.0, question) else { return };
        let knowledge = self.encoding.knowledge;
        let one = Person::new(knowledge, &copies.0.answers(self.encoding.space, &model));
        let other = Person::new(knowledge, &copies.1.answers(self.encoding.space, &model));
        let agrees = plain(knowledge, &one.case, &other.case);
        let what = if agrees { what() } else { format!("{} (the plain evaluator does not agree: the encoding is wrong)", what()) };
        self.found.push(Counterexample { what, person: Some(one), other: Some(other), pages });
    }

    /// Nobody for whom `literal` holds acts on a higher level than their twin.
    pub(crate) fn never_calmer(&mut self, person: &Copy, twin: &Copy, literal: Literal, id: FindingId, why: &str) {
        let finding = self.encoding.knowledge.finding(id);
        let (slug, at) = (finding.slug.clone(), page(&finding.origin));
        for level in Urgency::ALL.into_iter().skip(1) {
            let (before, after) = (self.encoding.act_at_least(person, Mode::Now, level), self.encoding.act_at_least(twin, Mode::Now, level));
            self.no_pair((person, twin), &[literal, before, -after], || format!("{why} `{slug}` lowers the urgency from {level}"), vec![at.clone()], |knowledge, one, other| {
                triage(knowledge, one).act_on > triage(knowledge, other).act_on
            });
        }
    }

    pub(crate) fn ordered(&self) -> Vec<FindingId> {
        self.encoding.knowledge.finding_ids().filter(|id| self.encoding.knowledge.finding(*id).ordered).collect()
    }
}
