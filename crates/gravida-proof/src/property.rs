//! The properties that clinicians write, each over every set of answers; it never reads one as more than it says.

use gravida_assessment::{assess, triage};
use gravida_knowledge::{Case, Expectation, Knowledge, Urgency, Verdict as Says};

use crate::encoding::{Copy, Mode};
use crate::prover::{Prover, page};
use crate::solver::Literal;
use crate::theorem::Counterexample;

impl Prover<'_> {
    pub(crate) fn property(&mut self, person: &Copy, at: usize) {
        let knowledge = self.encoding.knowledge;
        let property = &knowledge.properties[at];
        let premise = self.encoding.rule(person, Mode::Now, &property.condition).present;
        let pages = vec![page(&property.origin)];
        if self.encoding.solver.solve(&[premise]).is_none() {
            self.found.push(Counterexample { what: "nobody can be meant by this property".to_owned(), person: None, other: None, pages: pages.clone() });
        }
        for expectation in &property.then {
            let premise_holds = |knowledge: &Knowledge, case: &Case| property.condition.verdict(knowledge, case) == Says::Present;
            let questions: Vec<Literal> = match expectation {
                Expectation::Level(low, high) => {
                    let mut questions = vec![-self.encoding.act_at_least(person, Mode::Now, *low)];
                    if let Some(above) = Urgency::ALL.into_iter().find(|level| level > high) {
                        questions.push(self.encoding.act_at_least(person, Mode::Now, above));
                    }
                    questions
                }
                Expectation::RedFlag(id) => vec![-self.encoding.flag(person, Mode::Now, *id).present],
                Expectation::NoRedFlag(id) => vec![self.encoding.flag(person, Mode::Now, *id).present],
                Expectation::PlanLeavesOut(id) => vec![self.encoding.may_offer(person, *id)],
                Expectation::PlanOffers(id) => vec![-self.encoding.may_offer(person, *id)],
                Expectation::RangeContains(_) | Expectation::InFirst(..) | Expectation::LooksAgain(..) => {
                    self.found.push(Counterexample { what: "a property speaks of the level, red flags and the plan alone".to_owned(), person: None, other: None, pages: pages.clone() });
                    Vec::new()
                }
            };
            for question in questions {
                self.nobody(person, &[premise, question], || format!("would have been told otherwise: {}", property.slug), pages.clone(), |knowledge, case| {
                    premise_holds(knowledge, case) && broken(knowledge, case, expectation)
                });
            }
        }
    }
}

/// Whether the plain evaluator breaks an expectation. What a plan may offer depends on causes too, which properties
/// leave open, so there the plain reason is that no contraindication keeps it out.
fn broken(knowledge: &Knowledge, case: &Case, expectation: &Expectation) -> bool {
    let found = triage(knowledge, case);
    let flag = |id: gravida_knowledge::RedFlagId| found.state(id).map(|state| state.verdict);
    match expectation {
        Expectation::Level(low, high) => found.act_on < *low || found.act_on > *high,
        Expectation::RedFlag(id) => flag(*id) != Some(Says::Present),
        Expectation::NoRedFlag(id) => flag(*id) == Some(Says::Present),
        Expectation::PlanLeavesOut(id) => {
            found.act_on <= Urgency::ThisWeek && knowledge.intervention(*id).never.iter().all(|(rule, _)| rule.verdict(knowledge, case) == Says::Excluded)
        }
        Expectation::PlanOffers(id) => {
            found.act_on > Urgency::ThisWeek || knowledge.intervention(*id).never.iter().any(|(rule, _)| rule.verdict(knowledge, case) != Says::Excluded) || !assess(knowledge, case).plan.offers.iter().any(|offer| offer.intervention == *id)
        }
        Expectation::RangeContains(_) | Expectation::InFirst(..) | Expectation::LooksAgain(..) => false,
    }
}
