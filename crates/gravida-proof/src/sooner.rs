//! The theorem about "call sooner if" (T15): what is not tried can raise nothing; it never tries anything itself.

use gravida_assessment::{sooner_tries, triage};
use gravida_knowledge::{Answer, FindingId, Urgency};

use crate::encoding::{Copy, Mode};
use crate::prover::{Prover, SpeaksOf, page};

impl Prover<'_> {
    /// "Call sooner if" tries some answers to some findings, one at a time. Nobody's level is raised by an answer to
    /// another finding; nobody gets two levels from two answers of which one stands for the other; and "not sure" is no
    /// change for what was not asked. What is hidden is not tried because of T9.
    pub(crate) fn t15(&mut self) {
        self.speaks_of = SpeaksOf::PairsInOne;
        let knowledge = self.encoding.knowledge;
        let person = self.encoding.person();
        for id in knowledge.finding_ids() {
            let twin = self.encoding.person_like(&person, &[id]);
            // What somebody else finds on examination is no change of an answer of hers.
            let (then, before) = (self.encoding.examined(&twin, id), self.encoding.examined(&person, id));
            self.encoding.solver.clause(&[-then, before]);
            for levels in Urgency::ALL.windows(2) {
                let (now, above) = (levels[0], levels[1]);
                if !sooner_tries(knowledge, now).iter().any(|(tried, _)| *tried == id) {
                    self.raises(&person, &twin, id, now, above);
                }
            }
            self.stands_for(&person, &twin, id);
        }
    }

    /// Nobody at this level or below gets above it by another answer.
    fn raises(&mut self, person: &Copy, twin: &Copy, id: FindingId, now: Urgency, above: Urgency) {
        let finding = self.encoding.knowledge.finding(id);
        let (slug, at) = (finding.slug.clone(), page(&finding.origin));
        let (was, is) = (self.encoding.act_at_least(person, Mode::Now, above), self.encoding.act_at_least(twin, Mode::Now, above));
        self.no_pair((person, twin), &[-was, is], || format!("another answer to `{slug}` raises {now} and is not listed"), vec![at], |knowledge, one, other| {
            triage(knowledge, other).act_on > triage(knowledge, one).act_on
        });
    }

    /// Answers that one tried answer stands for give the same level as it does.
    fn stands_for(&mut self, person: &Copy, twin: &Copy, id: FindingId) {
        let knowledge = self.encoding.knowledge;
        let tried = sooner_tries(knowledge, Urgency::SelfCare).into_iter().find(|(tried, _)| *tried == id);
        let states = self.encoding.space.of_finding(id).to_vec();
        let mut pairs = vec![(0, 1)];
        for (low, high) in tried.into_iter().flat_map(|(_, segments)| segments) {
            for (i, a) in states.iter().enumerate() {
                for (j, b) in states.iter().enumerate().skip(i + 1) {
                    let within = |answer| matches!(answer, Answer::Between(from, to) if from == to && low <= from && to <= high);
                    if a.examined == b.examined && within(a.answer) && within(b.answer) {
                        pairs.push((i, j));
                    }
                }
            }
        }
        let pairs: Vec<_> = pairs.into_iter().map(|(i, j)| self.encoding.all(&[person.state(id, i), twin.state(id, j)])).collect();
        let any = self.encoding.any(&pairs);
        let (slug, at) = (knowledge.finding(id).slug.clone(), page(&knowledge.finding(id).origin));
        for level in Urgency::ALL.into_iter().skip(1) {
            let (one, other) = (self.encoding.act_at_least(person, Mode::Now, level), self.encoding.act_at_least(twin, Mode::Now, level));
            for question in [[any, one, -other], [any, other, -one]] {
                let words = || format!("two answers to `{slug}` give two levels, and one is taken for the other");
                self.no_pair((person, twin), &question, words, vec![at.clone()], |knowledge, one, other| triage(knowledge, one).act_on != triage(knowledge, other).act_on);
            }
        }
    }
}
