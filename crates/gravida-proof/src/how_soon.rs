//! The theorems about how soon (T1 to T3, T7, T8, T10, T12); it never proves one by itself, `theorem` calls it.

use gravida_assessment::{assess, triage, what_counts};
use gravida_knowledge::{Answer, Answers, Urgency};

use crate::encoding::Mode;
use crate::prover::{Prover, SpeaksOf, page};
use crate::theorem::Counterexample;

impl Prover<'_> {
    pub(crate) fn t1(&mut self) {
        let person = self.encoding.person();
        // A higher level never holds without every lower one, so exactly one level is the level to act on.
        for pair in Urgency::ALL.windows(2) {
            let (lower, higher) = (pair[0], pair[1]);
            let (low, high) = (self.encoding.act_at_least(&person, Mode::Now, lower), self.encoding.act_at_least(&person, Mode::Now, higher));
            self.nobody(&person, &[high, -low], || format!("{higher} without {lower}"), Vec::new(), |_, _| true);
        }
        for id in self.encoding.knowledge.intervention_ids() {
            let (offered, today) = (self.encoding.may_offer(&person, id), self.encoding.act_at_least(&person, Mode::Now, Urgency::Today));
            let one = self.encoding.knowledge.intervention(id);
            let (name, at) = (one.slug.clone(), page(&one.origin));
            self.nobody(&person, &[offered, today], || format!("`{name}` is offered although help comes first"), vec![at], |knowledge, case| {
                let assessment = assess(knowledge, case);
                assessment.triage.act_on >= Urgency::Today && assessment.plan.offers.iter().any(|offer| offer.intervention == id)
            });
        }
    }

    pub(crate) fn t2(&mut self) {
        let person = self.encoding.person();
        for id in self.encoding.knowledge.red_flag_ids() {
            let flag = self.encoding.knowledge.red_flag(id);
            let (level, slug, at) = (flag.urgency, flag.slug.clone(), page(&flag.origin));
            let present = self.encoding.flag(&person, Mode::Now, id).present;
            let act = self.encoding.act_at_least(&person, Mode::Now, level);
            self.nobody(&person, &[present, -act], || format!("`{slug}` is present and the level is below {level}"), vec![at], |knowledge, case| triage(knowledge, case).act_on < level);
        }
    }

    /// For each finding and each two neighbouring answers, nobody is calmer with the worse one.
    pub(crate) fn t3(&mut self) {
        self.speaks_of = SpeaksOf::PairsInOne;
        let person = self.encoding.person();
        for id in self.ordered() {
            let worse = self.encoding.person_like(&person, &[id]);
            let states = self.encoding.space.of_finding(id).to_vec();
            let mut pairs = Vec::new();
            for (i, a) in states.iter().enumerate() {
                for (j, b) in states.iter().enumerate() {
                    if let (Answer::Between(from, to), Answer::Between(other_from, other_to)) = (a.answer, b.answer)
                        && from <= other_from
                        && to <= other_to
                        && a.examined <= b.examined
                        && i != j
                    {
                        pairs.push(self.encoding.all(&[person.state(id, i), worse.state(id, j)]));
                    }
                }
            }
            let any = self.encoding.any(&pairs);
            self.never_calmer(&person, &worse, any, id, "a worse answer to");
        }
    }

    pub(crate) fn t7(&mut self) {
        self.speaks_of = SpeaksOf::PairsInOne;
        let knowledge = self.encoding.knowledge;
        let unknown = self.encoding.person();
        for id in self.ordered() {
            let safest = self.encoding.person_like(&unknown, &[id]);
            // States 0 and 1 are unasked and not sure; state 2 is the safest answer.
            let open = self.encoding.any(&[unknown.state(id, 0), unknown.state(id, 1)]);
            let mut pairs = vec![self.encoding.all(&[open, safest.state(id, 2)])];
            // On examination there is "not sure" too, and the safest answer after it.
            if let Some(at) = self.encoding.space.of_finding(id).iter().position(|state| state.examined) {
                pairs.push(self.encoding.all(&[unknown.state(id, at), safest.state(id, at + 1)]));
            }
            let pair = self.encoding.any(&pairs);
            self.never_calmer(&safest, &unknown, pair, id, "not knowing");
        }
        for id in knowledge.red_flag_ids() {
            let flag = knowledge.red_flag(id);
            let private = flag.when.findings().iter().all(|id| knowledge.finding(*id).private);
            if flag.urgency != Urgency::Emergency || private {
                continue;
            }
            let open = self.encoding.flag(&unknown, Mode::Now, id).open;
            let today = self.encoding.act_at_least(&unknown, Mode::Now, Urgency::Today);
            let (slug, at) = (flag.slug.clone(), page(&flag.origin));
            self.nobody(&unknown, &[open, -today], || format!("the emergency `{slug}` is not excluded and the level is below today"), vec![at], |knowledge, case| {
                triage(knowledge, case).act_on < Urgency::Today
            });
        }
    }

    /// The floor never falls when a finding that was not asked is answered, whatever the answer and whoever gives it;
    /// and where somebody else answers a question that has an order, what counts of both is never calmer than hers.
    /// Where no answer is worse than another, `merge` takes a step only when it raises the level.
    pub(crate) fn t8(&mut self) {
        self.other_voices();
        self.speaks_of = SpeaksOf::PairsInOne;
        let knowledge = self.encoding.knowledge;
        let before = self.encoding.person();
        for id in knowledge.finding_ids() {
            let after = self.encoding.person_like(&before, &[id]);
            let unasked = before.state(id, 0);
            for flag in knowledge.red_flag_ids() {
                let (was, is) = (self.encoding.flag(&before, Mode::Now, flag), self.encoding.flag(&after, Mode::Now, flag));
                let definition = knowledge.red_flag(flag);
                let words = || format!("an answer to `{}` takes away the red flag `{}`", knowledge.finding(id).slug, definition.slug);
                self.no_pair((&before, &after), &[unasked, was.present, -is.present], words, vec![page(&definition.origin)], |knowledge, one, other| {
                    triage(knowledge, one).floor > triage(knowledge, other).floor
                });
            }
        }
    }

    fn other_voices(&mut self) {
        let knowledge = self.encoding.knowledge;
        let own = self.encoding.person();
        for id in self.ordered().into_iter().filter(|id| !knowledge.finding(*id).private) {
            let both = self.encoding.person_like(&own, &[id]);
            let (space, answers) = (self.encoding.space, &knowledge.finding(id).answers);
            let states = space.of_finding(id);
            let (lowest, highest) = answers.ends();
            let mut pairs = Vec::new();
            for (i, a) in states.iter().enumerate() {
                let mut heard: Vec<Answer> = states.iter().filter(|b| b.answer != Answer::Unasked).map(|b| what_counts(knowledge, id, a.answer, b.answer)).collect();
                // Within its first segment, a number that is known from below is a range.
                if matches!(a.answer, Answer::Unasked | Answer::NotSure) && !matches!(answers, Answers::Choices(_)) {
                    heard.push(Answer::Between(lowest, highest));
                }
                for counts in heard {
                    // A clinician's word on an examination marks it, unless it is the only answer.
                    let marks = if a.examined || a.answer == Answer::Unasked { vec![a.examined] } else { vec![false, true] };
                    for mark in marks {
                        let j = space.position(id, counts, mark, answers);
                        if i != j {
                            pairs.push(self.encoding.all(&[own.state(id, i), both.state(id, j)]));
                        }
                    }
                }
            }
            let any = self.encoding.any(&pairs);
            self.never_calmer(&own, &both, any, id, "what somebody else says of");
        }
    }

    /// No follow-up rule of a level waits longer than the level allows.
    pub(crate) fn t10(&mut self) {
        let knowledge = self.encoding.knowledge;
        self.t1();
        for rule in &knowledge.follow_ups {
            for level in &rule.levels {
                let clock = knowledge.clock_minutes(*level);
                if let (Some(clock), Some(wait)) = (clock, rule.wait_minutes)
                    && wait > clock
                {
                    self.found.push(Counterexample {
                        what: format!("`{}` waits {wait} minutes at {level}, whose clock is {clock} minutes", rule.slug),
                        person: None,
                        other: None,
                        pages: vec![page(&rule.origin)],
                    });
                }
            }
        }
    }

    /// Every place names a service for every kind of place, and nothing else: no place can lower a level.
    pub(crate) fn t12(&mut self) {
        let knowledge = self.encoding.knowledge;
        let person = self.encoding.person();
        for id in knowledge.red_flag_ids() {
            let flag = knowledge.red_flag(id);
            let present = self.encoding.flag(&person, Mode::Now, id).present;
            let fits: Vec<_> = flag.places.iter().map(|at| self.encoding.meets(&person, at.limit)).collect();
            let somewhere = self.encoding.any(&fits);
            let words = || format!("`{}` is present and sends nowhere at this time", flag.slug);
            self.nobody(&person, &[present, -somewhere], words, vec![page(&flag.origin)], |knowledge, case| {
                let time = gravida_assessment::Time::of(knowledge, case);
                !flag.places.iter().any(|at| time.meets(at.limit))
            });
        }
        for place in &knowledge.places {
            for flag in &knowledge.red_flags {
                for at in flag.places.iter().filter(|at| place.service(at.role).is_none()) {
                    self.found.push(Counterexample {
                        what: format!("`{}` has no {} for `{}`", place.slug, at.role.word(), flag.slug),
                        person: None,
                        other: None,
                        pages: vec![page(&place.origin)],
                    });
                }
            }
        }
    }
}
