//! The theorems T1 to T13 and T15 and the properties of the pack, each over every set of answers; it never samples.

use std::time::{Duration, Instant};

use gravida_knowledge::{Knowledge, not_only_words};
use num_bigint::BigUint;

use crate::encoding::Encoding;
use crate::person::Person;
use crate::prover::{Prover, SpeaksOf};
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
    /// How many steps of the proof log the checker took.
    pub steps: u64,
    pub time: Duration,
}

impl Proof {
    pub fn holds(&self) -> bool {
        !matches!(self.verdict, Verdict::Fails(_))
    }
}

const THEOREMS: [(&str, &str); 14] = [
    ("T1", "every set of answers gets exactly one urgency, and a plan or an explicit \"no self-care\""),
    ("T2", "a present flag gives at least its level, whatever else is answered"),
    ("T3", "a worse answer never lowers the urgency"),
    ("T4", "no relief is offered while a contraindication holds or is not excluded"),
    ("T5", "no rule, question or text is unreachable or redundant"),
    ("T6", "the order of answering does not change the result"),
    ("T7", "\"not sure\" or skipping never gives less urgency than the safest answer, and an emergency that is not excluded never ends below today"),
    ("T8", "nothing that is added to the answers lowers a level that a sign has set, and nothing that a partner says makes any level calmer"),
    ("T9", "hidden or withdrawn answers have no effect"),
    ("T10", "no plan is offered and no wait is set that is longer than the clock of the level"),
    ("T11", "language, partner mode and device never change the result"),
    ("T12", "a country or site overlay can only keep or raise urgency, and every flag that is present sends somewhere that fits the week"),
    ("T13", "the interview ends, and when it says it may stop, no remaining answer could change the urgency"),
    ("T15", "\"call sooner if\" leaves out no single changed answer that would raise the level"),
];

/// The names of the theorems.
pub fn theorem_ids() -> impl Iterator<Item = &'static str> {
    THEOREMS.iter().map(|(id, _)| *id)
}

/// How many different sets of answers a pack allows.
pub fn answer_space(knowledge: &Knowledge) -> BigUint {
    Space::of(knowledge, &[]).size()
}

/// Proves the theorems with these names (all when empty), and the properties of the pack (as `P`). Calls `progress`
/// with the name of each before it starts, and after each with the proof.
pub fn prove(knowledge: &Knowledge, only: &[String], progress: &mut impl FnMut(&str, Option<&Proof>)) -> Vec<Proof> {
    prove_in(knowledge, &[], only, progress)
}

/// The same, where T11 compares with the same pack in `others`, its other languages.
pub fn prove_in(knowledge: &Knowledge, others: &[Knowledge], only: &[String], progress: &mut impl FnMut(&str, Option<&Proof>)) -> Vec<Proof> {
    let space = Space::of(knowledge, &[]);
    let wanted = |id: &str| only.is_empty() || only.iter().any(|one| one.eq_ignore_ascii_case(id));
    let mut proofs = Vec::new();
    for (id, words) in THEOREMS.iter().filter(|(id, _)| wanted(id)) {
        progress(id, None);
        let start = Instant::now();
        let mut prover = Prover { encoding: Encoding::new(knowledge, &space), found: Vec::new(), speaks_of: SpeaksOf::Everybody };
        let form = prover.theorem(id, others);
        let over = prover.speaks_of.count(&space);
        let verdict = match form {
            _ if !prover.found.is_empty() => Verdict::Fails(prover.found),
            Some(reason) => Verdict::ByForm(reason),
            None => Verdict::Holds,
        };
        let proof = Proof { id: (*id).to_owned(), words: (*words).to_owned(), verdict, over, questions: prover.encoding.solver.questions, steps: prover.encoding.solver.steps(), time: start.elapsed() };
        progress(id, Some(&proof));
        proofs.push(proof);
    }
    if wanted("P") {
        let all: Vec<usize> = (0..knowledge.properties.len()).collect();
        properties(knowledge, &space, &all, progress, &mut proofs);
    }
    proofs
}

/// Proves those properties of the pack that are wanted.
pub fn prove_properties(knowledge: &Knowledge, wanted: &dyn Fn(&gravida_knowledge::Property) -> bool) -> Vec<Proof> {
    let mut proofs = Vec::new();
    let all: Vec<usize> = (0..knowledge.properties.len()).filter(|at| wanted(&knowledge.properties[*at])).collect();
    if !all.is_empty() {
        properties(knowledge, &Space::of(knowledge, &[]), &all, &mut |_, _| {}, &mut proofs);
    }
    proofs
}

fn properties(knowledge: &Knowledge, space: &Space, all: &[usize], progress: &mut impl FnMut(&str, Option<&Proof>), proofs: &mut Vec<Proof>) {
    let mut prover = Prover { encoding: Encoding::new(knowledge, space), found: Vec::new(), speaks_of: SpeaksOf::Everybody };
    let person = prover.encoding.person();
    for at in all.iter().copied() {
        let slug = &knowledge.properties[at].slug;
        progress(slug, None);
        let (start, before, steps) = (Instant::now(), prover.encoding.solver.questions, prover.encoding.solver.steps());
        prover.property(&person, at);
        let found = std::mem::take(&mut prover.found);
        let verdict = if found.is_empty() { Verdict::Holds } else { Verdict::Fails(found) };
        let proof = Proof { id: slug.clone(), words: property_words(knowledge, at), verdict, over: space.size(), questions: prover.encoding.solver.questions - before, steps: prover.encoding.solver.steps() - steps, time: start.elapsed() };
        progress(slug, Some(&proof));
        proofs.push(proof);
    }
}

fn property_words(knowledge: &Knowledge, at: usize) -> String {
    let property = &knowledge.properties[at];
    property.slug.replace('-', " ")
}

impl Prover<'_> {
    /// Proves one theorem; `Some` when it holds by the form of the types.
    fn theorem(&mut self, id: &str, others: &[Knowledge]) -> Option<&'static str> {
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
            "T15" => self.t15(),
            "T6" => return Some("a case is one slot for each finding, so it has no order; the interview is computed from the case alone"),
            "T11" => return self.t11(others),
            _ => {}
        }
        None
    }

    /// Whatever is decided is decided without words: no two languages differ in anything else, in any field of any block.
    fn t11(&mut self, others: &[Knowledge]) -> Option<&'static str> {
        let knowledge = self.encoding.knowledge;
        for other in others {
            let between = format!("{} and {}", knowledge.language.tag, other.language.tag);
            self.found.extend(not_only_words(knowledge, other).into_iter().map(|what| Counterexample { what: format!("{between}: {what}"), person: None, other: None, pages: Vec::new() }));
        }
        Some(if others.is_empty() {
            "rules stand in no language, voice or device: texts, places and screens hold none that triage reads"
        } else {
            "the languages of the pack are equal in every field of every block but the words, compared one by one; rules stand in no voice or device"
        })
    }
}
