//! The theorems about plan, reach, hidden answers and the interview (T4, T5, T9, T13); `theorem` calls them.

use gravida_assessment::{assess, triage};
use gravida_knowledge::{FindingId, Urgency, Verdict as Says};

use crate::encoding::Mode;
use crate::prover::{Prover, SpeaksOf, page};
use crate::theorem::Counterexample;

impl Prover<'_> {
    pub(crate) fn t4(&mut self) {
        let person = self.encoding.person();
        for id in self.encoding.knowledge.intervention_ids() {
            let one = self.encoding.knowledge.intervention(id).clone();
            let offered = self.encoding.may_offer(&person, id);
            for (n, (rule, _)) in one.never.iter().enumerate() {
                let open = self.encoding.rule(&person, Mode::Now, rule).open;
                self.nobody(
                    &person,
                    &[offered, open],
                    || format!("`{}` is offered while reason {} against it is not excluded", one.slug, n + 1),
                    vec![page(&one.origin)],
                    |knowledge, case| rule.verdict(knowledge, case) != Says::Excluded && assess(knowledge, case).plan.offers.iter().any(|offer| offer.intervention == id),
                );
            }
        }
    }

    /// Everything in the pack can matter to somebody.
    pub(crate) fn t5(&mut self) {
        let knowledge = self.encoding.knowledge;
        // Nobody's examination is needed for it.
        let person = self.encoding.person_alone();
        let mut missing: Vec<(String, String)> = Vec::new();
        for id in knowledge.red_flag_ids() {
            let flag = knowledge.red_flag(id);
            let present = self.encoding.flag(&person, Mode::Now, id).present;
            // It can speak: present while nothing asks for more.
            let mut question = vec![present];
            let above = Urgency::ALL.into_iter().find(|level| *level > flag.urgency);
            if let Some(above) = above {
                question.push(-self.encoding.act_at_least(&person, Mode::Now, above));
            }
            if self.encoding.solver.solve(&question).is_none() {
                missing.push((format!("the red flag `{}` never decides", flag.slug), page(&flag.origin)));
            }
            // Each of its tests can decide it: with another answer to that finding it is gone.
            for finding in flag.when.findings() {
                let twin = self.encoding.person_like(&person, &[finding]);
                let there = self.encoding.flag(&twin, Mode::Now, id).open;
                if self.encoding.solver.solve(&[present, -there]).is_none() {
                    missing.push((format!("`{}` never decides the red flag `{}`", knowledge.finding(finding).slug, flag.slug), page(&flag.origin)));
                }
            }
        }
        for id in knowledge.finding_ids() {
            let shown = self.encoding.shown(&person, Mode::Now, id).present;
            if self.encoding.solver.solve(&[shown]).is_none() {
                missing.push((format!("`{}` is asked of nobody", knowledge.finding(id).slug), page(&knowledge.finding(id).origin)));
            }
        }
        for id in knowledge.intervention_ids() {
            let one = knowledge.intervention(id);
            let offered = self.encoding.may_offer(&person, id);
            let can = self.encoding.solver.solve(&[offered]).is_some();
            let should = matches!(one.advice, gravida_knowledge::Advice::Offer | gravida_knowledge::Advice::Consider);
            if can != should {
                missing.push((format!("`{}` is offered to nobody", one.slug), page(&one.origin)));
            }
            // Each reason against it can be the one that counts.
            for (n, (rule, _)) in one.never.iter().enumerate().filter(|_| should) {
                let present = self.encoding.rule(&person, Mode::Now, rule).present;
                let mut question = vec![present];
                for (other, _) in one.never.iter().enumerate().filter(|(m, _)| *m != n).map(|(_, rule)| rule) {
                    question.push(-self.encoding.rule(&person, Mode::Now, other).open);
                }
                if self.encoding.solver.solve(&question).is_none() {
                    missing.push((format!("reason {} against `{}` never counts by itself", n + 1, one.slug), page(&one.origin)));
                }
            }
        }
        for (what, at) in missing {
            self.found.push(Counterexample { what, person: None, other: None, pages: vec![at] });
        }
    }

    pub(crate) fn t9(&mut self) {
        self.speaks_of = SpeaksOf::PairsInOne;
        let knowledge = self.encoding.knowledge;
        let person = self.encoding.person();
        for id in knowledge.finding_ids().filter(|id| knowledge.finding(*id).asked.is_some()) {
            let twin = self.encoding.person_like(&person, &[id]);
            // Hidden, and nobody else found it either.
            let (shown, examined) = (self.encoding.shown(&person, Mode::Now, id).open, self.encoding.examined(&twin, id));
            let hidden = -self.encoding.any(&[shown, examined]);
            let mut differs = Vec::new();
            for flag in knowledge.red_flag_ids() {
                let (one, other) = (self.encoding.flag(&person, Mode::Now, flag), self.encoding.flag(&twin, Mode::Now, flag));
                differs.push(self.encoding.all(&[one.present, -other.present]));
                differs.push(self.encoding.all(&[one.open, -other.open]));
            }
            for intervention in knowledge.intervention_ids() {
                let (one, other) = (self.encoding.may_offer(&person, intervention), self.encoding.may_offer(&twin, intervention));
                differs.push(self.encoding.all(&[one, -other]));
            }
            let any = self.encoding.any(&differs);
            let finding = knowledge.finding(id);
            let (slug, at) = (finding.slug.clone(), page(&finding.origin));
            self.no_pair((&person, &twin), &[hidden, any], || format!("the hidden answer to `{slug}` changes the result"), vec![at], |knowledge, one, other| {
                assess(knowledge, one).triage != assess(knowledge, other).triage || assess(knowledge, one).plan != assess(knowledge, other).plan
            });
        }
    }

    /// While the level is not settled, something can be asked that a flag still waits for; and once it is settled,
    /// no answers to the rest change it.
    pub(crate) fn t13(&mut self) {
        self.never_stuck();
        self.speaks_of = SpeaksOf::PairsOfMore;
        let knowledge = self.encoding.knowledge;
        let person = self.encoding.person();
        // Whoever answers more stays between the two ends.
        let every: Vec<FindingId> = knowledge.finding_ids().collect();
        let later = self.encoding.person_like(&person, &every);
        for id in &every {
            // What somebody else finds on examination is no answer to the interview.
            let (then, before) = (self.encoding.examined(&later, *id), self.encoding.examined(&person, *id));
            self.encoding.solver.clause(&[-then, before]);
            for (n, state) in person.states(*id).to_vec().into_iter().enumerate().skip(1) {
                // What is answered stays as it is.
                let kept = later.state(*id, n);
                self.encoding.solver.clause(&[-state, kept]);
            }
        }
        for level in Urgency::ALL.into_iter().skip(1) {
            let (calm, worst) = (self.encoding.act_at_least(&person, Mode::Calmest, level), self.encoding.act_at_least(&person, Mode::Worst, level));
            let then = self.encoding.act_at_least(&later, Mode::Now, level);
            for question in [[calm, -then], [then, -worst]] {
                self.no_pair((&person, &later), &question, || format!("further answers move the level across {level} although it was settled"), Vec::new(), |knowledge, one, other| {
                    let (one, other) = (triage(knowledge, one), triage(knowledge, other).act_on);
                    other < one.least || other > one.most
                });
            }
        }
    }
}
