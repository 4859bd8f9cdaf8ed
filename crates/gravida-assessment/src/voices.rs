//! Answers that others give beside the person's own: they can raise and never lower; it never guesses who is right.

use std::collections::BTreeSet;

use gravida_knowledge::{Answer, Case, FindingId, Knowledge, Who};

use crate::completion::support;
use crate::triage::triage;

/// Who answers beside the person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Speaker {
    Partner,
    Clinician,
}

impl Speaker {
    pub const ALL: [Speaker; 2] = [Speaker::Partner, Speaker::Clinician];

    pub fn word(self) -> &'static str {
        match self {
            Speaker::Partner => "partner",
            Speaker::Clinician => "clinician",
        }
    }
}

/// What became of one answer that differs from the person's own, or that she did not give.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Heard {
    pub speaker: Speaker,
    pub finding: FindingId,
    /// Her own answer; `Unasked` when there is none.
    pub own: Answer,
    pub other: Answer,
    /// What counts.
    pub counts: Answer,
}

impl Heard {
    /// True when both gave an answer and they differ.
    pub fn is_disagreement(&self) -> bool {
        self.own != Answer::Unasked
    }
}

/// All voices as one case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Merged {
    pub case: Case,
    pub heard: Vec<Heard>,
    /// Answers of others to what is hers alone: they have no effect.
    pub ignored: Vec<(Speaker, FindingId)>,
}

/// Puts the person's own answers and those of others together.
///
/// The level to act on of the result is never calmer than that of `own` when only a partner is added. A clinician's
/// answer to an examination finding counts as an answer; to anything else it counts as a partner's does.
pub fn merge(knowledge: &Knowledge, own: &Case, voices: &[(Speaker, Case)]) -> Merged {
    let gates = gates(knowledge);
    let mut merged = Merged { case: own.clone(), heard: Vec::new(), ignored: Vec::new() };
    let mut unordered = Vec::new();
    for (speaker, voice) in voices {
        for id in knowledge.finding_ids().filter(|id| voice.answer(*id) != Answer::Unasked) {
            let finding = knowledge.finding(id);
            let other = voice.answer(id);
            let examined = *speaker == Speaker::Clinician && finding.who == Who::Clinician;
            if finding.private && !examined {
                merged.ignored.push((*speaker, id));
                continue;
            }
            if gates.contains(&id) {
                continue;
            }
            let before = merged.case.answer(id);
            if examined {
                let counts = if before == Answer::Unasked { other } else { what_counts(knowledge, id, before, other) };
                merged.case.set_examined(id, counts);
            } else if finding.ordered {
                merged.case.set(id, what_counts(knowledge, id, before, other));
            } else if before != other {
                unordered.push((id, other));
            }
            if own.answer(id) != other {
                merged.heard.push(Heard { speaker: *speaker, finding: id, own: own.answer(id), other, counts: other });
            }
        }
    }
    raise(knowledge, &mut merged.case, &unordered);
    for heard in &mut merged.heard {
        heard.counts = merged.case.answer(heard.finding);
    }
    merged
}

/// Where no answer is worse than another, the person's own counts. Where the other's would call for help sooner, it is
/// not sure; where that would be calmer, or she has not answered, the other's counts. Each step raises the level, and
/// one may make another matter, so they are tried until none does.
fn raise(knowledge: &Knowledge, case: &mut Case, others: &[(FindingId, Answer)]) {
    let mut left: Vec<(FindingId, Answer)> = others.to_vec();
    while !left.is_empty() {
        let now = triage(knowledge, case).act_on;
        let raises = |(id, other): &(FindingId, Answer)| triage(knowledge, &case.with(*id, *other)).act_on > now;
        let Some(at) = left.iter().position(raises) else { return };
        let (id, other) = left.remove(at);
        let unsure = case.with(id, Answer::NotSure);
        let own = !matches!(case.answer(id), Answer::Unasked | Answer::NotSure);
        if own && triage(knowledge, &unsure).act_on >= now {
            *case = unsure;
        } else {
            case.set(id, other);
        }
    }
}

/// What decides whether a private finding is asked: who is answering, and whether she is alone. Each voice says the
/// first of itself, which is no disagreement, and nobody says the second for her.
fn gates(knowledge: &Knowledge) -> BTreeSet<FindingId> {
    let mut found = BTreeSet::new();
    for asked in knowledge.findings.iter().filter(|finding| finding.private).filter_map(|finding| finding.asked.as_ref()) {
        support(knowledge, asked, &mut found);
    }
    found.retain(|id| !knowledge.finding(*id).private);
    found
}

/// What counts of two answers to one finding: on a scale with an order the worse ends of both, never calmer than either.
/// What is not known may be anything.
pub fn what_counts(knowledge: &Knowledge, id: FindingId, a: Answer, b: Answer) -> Answer {
    let ends = knowledge.finding(id).answers.ends();
    if !knowledge.finding(id).ordered {
        return if a == b { a } else { Answer::NotSure };
    }
    let range = |answer| match answer {
        Answer::Between(low, high) => (low, high),
        Answer::NotSure | Answer::Unasked => ends,
    };
    let ((a_low, a_high), (b_low, b_high)) = (range(a), range(b));
    let joined = (a_low.max(b_low), a_high.max(b_high));
    if joined == range(a) {
        return a;
    }
    if joined == range(b) { b } else { Answer::Between(joined.0, joined.1) }
}
