//! Who notices a damaged page: reader, cases, properties, theorems, and last the clinical diff; it stops at the first.

use std::collections::BTreeSet;

use gravida_assessment::assess;
use gravida_knowledge::{Expectation, FindingId, Knowledge, Page, Property, read};
use gravida_proof::{Edition, compare, prove, prove_properties};

use super::operator::Mutant;
use crate::cases;

/// Who noticed, from the first to be asked to the last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum By {
    Reader,
    Cases,
    Properties,
    Theorems,
    Diff,
    Nobody,
}

impl By {
    pub const ALL: [By; 6] = [By::Reader, By::Cases, By::Properties, By::Theorems, By::Diff, By::Nobody];

    pub fn word(self) -> &'static str {
        match self {
            By::Reader => "reader",
            By::Cases => "cases",
            By::Properties => "properties",
            By::Theorems => "theorems",
            By::Diff => "diff",
            By::Nobody => "nobody",
        }
    }
}

/// The theorems in the order in which they are asked: the quick ones first.
const THEOREMS: [&[&str]; 3] = [&["T1", "T2", "T4", "T7", "T10", "T12"], &["T3", "T8", "T9"], &["T13", "T5"]];

/// Asks everybody about one damage. `pages` is given back as it was. `quick` leaves the theorems out.
pub fn notice(sound: &Knowledge, sound_pages: &[Page], pages: &mut [Page], mutant: &Mutant, quick: bool) -> (By, String) {
    let Some(page) = pages.get_mut(mutant.page) else { return (By::Nobody, String::new()) };
    let damaged = mutant.text(page);
    let text = std::mem::replace(&mut page.text, damaged);
    let path = page.path.clone();
    let found = asked(sound, sound_pages, pages, &path, quick);
    if let Some(page) = pages.get_mut(mutant.page) {
        page.text = text;
    }
    found
}

fn asked(sound: &Knowledge, sound_pages: &[Page], pages: &[Page], path: &str, quick: bool) -> (By, String) {
    let (knowledge, diagnostics) = read(pages, None);
    let Some(knowledge) = knowledge else {
        return (By::Reader, diagnostics.iter().find(|one| one.is_error()).map(ToString::to_string).unwrap_or_default());
    };
    // The cases of the same page first: they are the likeliest to notice.
    let (near, far): (Vec<_>, Vec<_>) = knowledge.examples.iter().partition(|example| example.origin.file == path);
    for example in near.into_iter().chain(far).filter(|example| example.differs.is_none()) {
        let assessment = assess(&knowledge, &example.case(&knowledge));
        if let Some(why) = example.expect.iter().find_map(|expectation| cases::fails(&knowledge, &assessment, expectation)) {
            return (By::Cases, format!("{}:{}: {why}", example.origin.file, example.origin.line));
        }
    }
    let touched = Touched::between(sound, &knowledge);
    if let Some(proof) = prove_properties(&knowledge, &|property| touched.concerns(&knowledge, property)).into_iter().find(|proof| !proof.holds()) {
        return (By::Properties, proof.id);
    }
    for ids in THEOREMS.into_iter().filter(|_| !quick) {
        let ids: Vec<String> = ids.iter().map(|id| (*id).to_owned()).collect();
        if let Some(proof) = prove(&knowledge, &ids, &mut |_, _| {}).into_iter().find(|proof| !proof.holds()) {
            return (By::Theorems, proof.id);
        }
    }
    let difference = compare(Edition { knowledge: sound, pages: sound_pages }, Edition { knowledge: &knowledge, pages });
    let moves = difference.flags.len() + difference.plans.len();
    if moves > 0 || difference.blocks.iter().any(|block| !block.lines.is_empty()) {
        return (By::Diff, format!("{moves} moves"));
    }
    (By::Nobody, String::new())
}

/// What links differently in a damaged pack.
struct Touched {
    flags: BTreeSet<String>,
    interventions: BTreeSet<String>,
    findings: BTreeSet<FindingId>,
    questions: bool,
}

impl Touched {
    fn between(sound: &Knowledge, damaged: &Knowledge) -> Touched {
        let mut touched = Touched { flags: BTreeSet::new(), interventions: BTreeSet::new(), findings: BTreeSet::new(), questions: false };
        for (old, new) in sound.red_flags.iter().zip(&damaged.red_flags) {
            if (&old.when, old.urgency, old.if_unsure) != (&new.when, new.urgency, new.if_unsure) {
                touched.flags.insert(new.slug.clone());
                touched.findings.extend(old.when.findings());
                touched.findings.extend(new.when.findings());
            }
        }
        for (old, new) in sound.interventions.iter().zip(&damaged.interventions) {
            let rules = |one: &gravida_knowledge::Intervention| one.never.iter().map(|(rule, _)| rule.clone()).collect::<Vec<_>>();
            if rules(old) != rules(new) || old.weeks != new.weeks || old.advice != new.advice {
                touched.interventions.insert(new.slug.clone());
            }
        }
        touched.questions = sound.findings.iter().zip(&damaged.findings).any(|(old, new)| old.asked != new.asked || old.answers != new.answers);
        touched
    }

    /// Whether what a property says could have changed.
    fn concerns(&self, knowledge: &Knowledge, property: &Property) -> bool {
        self.questions
            || property.then.iter().any(|expectation| match expectation {
                Expectation::RedFlag(id) | Expectation::NoRedFlag(id) => self.flags.contains(&knowledge.red_flag(*id).slug),
                Expectation::PlanOffers(id) | Expectation::PlanLeavesOut(id) => self.interventions.contains(&knowledge.intervention(*id).slug),
                _ => property.condition.findings().iter().any(|id| self.findings.contains(id)),
            })
    }
}
