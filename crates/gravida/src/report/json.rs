//! The note as JSON, `gravida-report/1`; it never holds more than the page does, but for lists that the page cuts short.

use gravida_assessment::{Candidate, FlagState, Heard};
use gravida_knowledge::FindingId;
use gravida_record::Note;
use serde_json::{Value, json};

use crate::result;

/// The name and version of the format, in the field `schema`.
pub const REPORT_SCHEMA: &str = "gravida-report/1";

pub fn note(note: &Note) -> Value {
    let level = note.level();
    let text = |slug: &str| note.knowledge.text(slug);
    let answers = |list: &[FindingId]| -> Vec<Value> {
        list.iter()
            .map(|id| {
                let finding = note.knowledge.finding(*id);
                json!({"finding": finding.slug, "name": finding.name, "answer": finding.answers.show_answer(note.case.answer(*id))})
            })
            .collect()
    };
    let positives: Vec<FindingId> = note.positives().into_iter().flat_map(|said| said.answers).collect();
    let (floor, ceiling) = note.range();
    json!({
        "schema": REPORT_SCHEMA,
        "program": env!("CARGO_PKG_VERSION"),
        "pack": note.knowledge.hash,
        "place": note.place.slug,
        "today": note.today.map(|date| date.to_string()),
        "private_included": note.private_included,
        "private": note.privacy(),
        "safety": text("safety"),
        "limits": text("report-limits"),
        "situation": {
            "level": level.word(), "headline": text(&format!("level-{level}")), "clock": text(&format!("clock-{level}")),
            "weeks": note.weeks(), "pregnant": note.time.pregnant.is_some(), "after_birth": note.time.after_birth.is_some(),
            "words": note.words,
        },
        "background": {
            "about": answers(&note.about()), "said": answers(&positives), "not_sure": answers(&note.unsure()),
            "danger_signs_answered_no": note.negatives(), "not_asked": answers(&note.not_asked()),
            "voices": note.heard().iter().map(|one| heard(note, one)).collect::<Vec<_>>(),
        },
        "assessment": {
            "floor": floor.word(), "ceiling": ceiling.word(),
            "red_flags": note.flags().count(),
            "present": note.present().iter().map(|state| flag(note, state)).collect::<Vec<_>>(),
            "not_excluded": note.open().iter().map(|state| flag(note, state)).collect::<Vec<_>>(),
            "causes": note.causes().iter().map(|one| cause(note, one)).collect::<Vec<_>>(),
            "must_exclude": note.must_exclude().iter().map(|one| cause(note, one)).collect::<Vec<_>>(),
        },
        "recommendation": {
            "go_to": note.services().iter().map(|service| json!({"role": service.role.word(), "say": service.say, "number": service.number})).collect::<Vec<_>>(),
            "told": note.speaking().iter().map(|state| note.knowledge.red_flag(state.flag).say.as_str()).collect::<Vec<_>>(),
        },
    })
}

fn heard(note: &Note, one: &Heard) -> Value {
    let finding = note.knowledge.finding(one.finding);
    let show = |answer| finding.answers.show_answer(answer);
    json!({"finding": finding.slug, "name": finding.name, "speaker": one.speaker.word(), "answer": show(one.other), "own": show(one.own), "counts": show(one.counts)})
}

fn flag(note: &Note, state: &FlagState) -> Value {
    let flag = note.knowledge.red_flag(state.flag);
    let reasons = note.assessment.reasons(note.knowledge, &note.case, state.flag);
    json!({
        "id": flag.slug, "name": flag.name, "urgency": flag.urgency.word(), "counts_as": state.counts.word(),
        "because": reasons.iter().map(|reason| {
            let finding = note.knowledge.finding(reason.finding);
            json!({"finding": finding.slug, "name": finding.name, "answer": finding.answers.show_answer(reason.answer)})
        }).collect::<Vec<_>>(),
        "page": format!("{}:{}", flag.origin.file, flag.origin.line),
        "cites": result::cites(note.knowledge, &flag.cites),
    })
}

fn cause(note: &Note, one: &Candidate) -> Value {
    let condition = note.knowledge.condition(one.condition);
    let millionths = result::per_million;
    json!({
        "id": condition.slug, "name": condition.name, "clinical": condition.clinical, "band": one.band.word(),
        "must_exclude": one.must_exclude, "raised": one.raised,
        "per_million": {"low": millionths(one.share.low), "point": one.share.point.map(millionths), "high": millionths(one.share.high)},
    })
}
