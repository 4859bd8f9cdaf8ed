//! The theorems T1 to T13 and the properties of the pack, each over every set of answers; it never samples.

use std::time::{Duration, Instant};

use gravida_assessment::{assess, triage};
use gravida_knowledge::{Answer, Case, Expectation, FindingId, Knowledge, Origin, Urgency, Verdict as Says};
use num_bigint::BigUint;

use crate::encoding::{Copy, Encoding, Mode};
use crate::person::Person;
use crate::solver::Literal;
use crate::space::Space;

/// What a proof found.
#[derive(Debug, Clone)]
pub enum Verdict {
    /// For every set of answers.
    Holds,
    /// By the form of the types, with the reason.
    ByForm(&'static str),
    /// Not for this person; the plain evaluator agrees.
    Fails(Vec<Counterexample>),
}

/// A person for whom a theorem fails.
#[derive(Debug, Clone)]
pub struct Counterexample {
    pub what: String,
    pub person: Option<Person>,
    /// The same person with one thing changed, where a theorem compares two.
    pub other: Option<Person>,
    pub pages: Vec<String>,
}

/// One theorem, proved or refuted.
#[derive(Debug, Clone)]
pub struct Proof {
    pub id: String,
    pub words: String,
    pub verdict: Verdict,
    /// How many sets of answers (or pairs of them) it speaks of.
    pub over: BigUint,
    /// How many questions both solvers answered alike.
    pub questions: u64,
    pub time: Duration,
}

impl Proof {
    pub fn holds(&self) -> bool {
        !matches!(self.verdict, Verdict::Fails(_))
    }
}

const THEOREMS: [(&str, &str); 13] = [
    ("T1", "every set of answers gets exactly one urgency, and a plan or an explicit \"no self-care\""),
    ("T2", "a present flag gives at least its level, whatever else is answered"),
    ("T3", "a worse answer never lowers the urgency"),
    ("T4", "no relief is offered while a contraindication holds or is not excluded"),
    ("T5", "no rule, question or text is unreachable or redundant"),
    ("T6", "the order of answering does not change the result"),
    ("T7", "\"not sure\" or skipping never gives less urgency than the safest answer, and an emergency that is not excluded never ends below today"),
    ("T8", "nothing that is added to the answers lowers a level that a sign has set"),
    ("T9", "hidden or withdrawn answers have no effect"),
    ("T10", "no plan is offered and no wait is set that is longer than the clock of the level"),
    ("T11", "language, partner mode and device never change the result"),
    ("T12", "a country or site overlay can only keep or raise urgency"),
    ("T13", "the interview ends, and when it says it may stop, no remaining answer could change the urgency"),
];

/// The names of the theorems.
pub fn theorem_ids() -> impl Iterator<Item = &'static str> {
    THEOREMS.iter().map(|(id, _)| *id)
}

/// Proves the theorems with these names (all when empty), and the properties of the pack (as `P`). Calls `progress`
/// with the name of each before it starts, and after each with the proof.
pub fn prove(knowledge: &Knowledge, only: &[String], progress: &mut impl FnMut(&str, Option<&Proof>)) -> Vec<Proof> {
    let space = Space::of(knowledge, &[]);
    let size = space.size();
    let wanted = |id: &str| only.is_empty() || only.iter().any(|one| one.eq_ignore_ascii_case(id));
    let mut proofs = Vec::new();
    for (id, words) in THEOREMS.iter().filter(|(id, _)| wanted(id)) {
        progress(id, None);
        let start = Instant::now();
        let mut prover = Prover { encoding: Encoding::new(knowledge, &space), found: Vec::new(), pairs: false };
        let form = prover.theorem(id);
        let over = if prover.pairs { &size * &size } else { size.clone() };
        let verdict = match form {
            _ if !prover.found.is_empty() => Verdict::Fails(prover.found),
            Some(reason) => Verdict::ByForm(reason),
            None => Verdict::Holds,
        };
        let proof = Proof { id: (*id).to_owned(), words: (*words).to_owned(), verdict, over, questions: prover.encoding.solver.questions, time: start.elapsed() };
        progress(id, Some(&proof));
        proofs.push(proof);
    }
    if wanted("P") {
        let mut prover = Prover { encoding: Encoding::new(knowledge, &space), found: Vec::new(), pairs: false };
        let person = prover.encoding.person();
        for at in 0..knowledge.properties.len() {
            let slug = &knowledge.properties[at].slug;
            progress(slug, None);
            let (start, before) = (Instant::now(), prover.encoding.solver.questions);
            prover.property(&person, at);
            let found = std::mem::take(&mut prover.found);
            let verdict = if found.is_empty() { Verdict::Holds } else { Verdict::Fails(found) };
            let proof = Proof { id: slug.clone(), words: property_words(knowledge, at), verdict, over: size.clone(), questions: prover.encoding.solver.questions - before, time: start.elapsed() };
            progress(slug, Some(&proof));
            proofs.push(proof);
        }
    }
    proofs
}

fn property_words(knowledge: &Knowledge, at: usize) -> String {
    let property = &knowledge.properties[at];
    property.slug.replace('-', " ")
}

struct Prover<'k> {
    encoding: Encoding<'k>,
    found: Vec<Counterexample>,
    /// The theorem speaks of two sets of answers at once.
    pairs: bool,
}

fn page(origin: &Origin) -> String {
    format!("{}:{}", origin.file, origin.line)
}

impl Prover<'_> {
    /// Proves one theorem; `Some` when it holds by the form of the types.
    fn theorem(&mut self, id: &str) -> Option<&'static str> {
        match id {
            "T1" => self.t1(),
            "T2" => self.t2(),
            "T3" => self.t3(),
            "T4" => self.t4(),
            "T5" => self.t5(),
            "T7" => self.t7(),
            "T8" => self.t8(),
            "T9" => self.t9(),
            "T10" => self.t10(),
            "T12" => self.t12(),
            "T13" => self.t13(),
            "T6" => return Some("a case is one slot for each finding, so it has no order; the interview is computed from the case alone"),
            "T11" => return Some("rules stand in no language, voice or device: texts, places and screens hold none that triage reads"),
            _ => {}
        }
        None
    }

    /// Asks whether somebody exists for whom all literals hold; makes them small, re-checks them and reports them.
    fn nobody(&mut self, copy: &Copy, question: &[Literal], what: impl Fn() -> String, pages: Vec<String>, plain: impl Fn(&Knowledge, &Case) -> bool) {
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
    fn no_pair(&mut self, copies: (&Copy, &Copy), question: &[Literal], what: impl Fn() -> String, pages: Vec<String>, plain: impl Fn(&Knowledge, &Case, &Case) -> bool) {
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

    fn t1(&mut self) {
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

    fn t2(&mut self) {
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
    fn t3(&mut self) {
        self.pairs = true;
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

    /// Nobody for whom `literal` holds acts on a higher level than their twin.
    fn never_calmer(&mut self, person: &Copy, twin: &Copy, literal: Literal, id: FindingId, why: &str) {
        let finding = self.encoding.knowledge.finding(id);
        let (slug, at) = (finding.slug.clone(), page(&finding.origin));
        for level in Urgency::ALL.into_iter().skip(1) {
            let (before, after) = (self.encoding.act_at_least(person, Mode::Now, level), self.encoding.act_at_least(twin, Mode::Now, level));
            self.no_pair((person, twin), &[literal, before, -after], || format!("{why} `{slug}` lowers the urgency from {level}"), vec![at.clone()], |knowledge, one, other| {
                triage(knowledge, one).act_on > triage(knowledge, other).act_on
            });
        }
    }

    fn ordered(&self) -> Vec<FindingId> {
        self.encoding.knowledge.finding_ids().filter(|id| self.encoding.knowledge.finding(*id).ordered).collect()
    }

    fn t4(&mut self) {
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
    fn t5(&mut self) {
        let knowledge = self.encoding.knowledge;
        let person = self.encoding.person();
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

    fn t7(&mut self) {
        self.pairs = true;
        let knowledge = self.encoding.knowledge;
        let unknown = self.encoding.person();
        for id in self.ordered() {
            let safest = self.encoding.person_like(&unknown, &[id]);
            // States 0 and 1 are unasked and not sure; state 2 is the safest answer.
            let open = self.encoding.any(&[unknown.state(id, 0), unknown.state(id, 1)]);
            let pair = self.encoding.all(&[open, safest.state(id, 2)]);
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

    /// The floor never falls when a finding that was not asked is answered, whatever the answer and whoever gives it.
    fn t8(&mut self) {
        self.pairs = true;
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

    fn t9(&mut self) {
        self.pairs = true;
        let knowledge = self.encoding.knowledge;
        let person = self.encoding.person();
        for id in knowledge.finding_ids().filter(|id| knowledge.finding(*id).asked.is_some()) {
            let twin = self.encoding.person_like(&person, &[id]);
            let hidden = -self.encoding.shown(&person, Mode::Now, id).open;
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

    /// No follow-up rule of a level waits longer than the level allows.
    fn t10(&mut self) {
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
    fn t12(&mut self) {
        let knowledge = self.encoding.knowledge;
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

    /// While the level is not settled, something can be asked that a flag still waits for; and once it is settled,
    /// no answers to the rest change it.
    fn t13(&mut self) {
        self.pairs = true;
        let knowledge = self.encoding.knowledge;
        let person = self.encoding.person();
        // Settled: for no level do the calmest and the worst end differ.
        let mut unsettled = Vec::new();
        for level in Urgency::ALL.into_iter().skip(1) {
            let (calm, worst) = (self.encoding.act_at_least(&person, Mode::Calmest, level), self.encoding.act_at_least(&person, Mode::Worst, level));
            unsettled.push(self.encoding.all(&[worst, -calm]));
        }
        let unsettled = self.encoding.any(&unsettled);
        // What can be asked: unasked, shown, or open because of something that is no longer unasked.
        let mut askable = Vec::new();
        for id in knowledge.finding_ids() {
            let shown = self.encoding.shown(&person, Mode::Now, id);
            askable.push(self.encoding.all(&[person.state(id, 0), shown.open]));
        }
        let any = self.encoding.any(&askable);
        self.nobody(&person, &[unsettled, -any], || "the level is not settled and nothing can be asked".to_owned(), Vec::new(), |knowledge, case| {
            !triage(knowledge, case).is_settled()
        });
        // Whoever answers more stays between the two ends.
        let every: Vec<FindingId> = knowledge.finding_ids().collect();
        let later = self.encoding.person_like(&person, &every);
        for id in &every {
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

    fn property(&mut self, person: &Copy, at: usize) {
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
                Expectation::RangeContains(_) | Expectation::InFirst(..) => {
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
        Expectation::RangeContains(_) | Expectation::InFirst(..) => false,
    }
}
