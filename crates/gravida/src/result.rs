//! The JSON of a result, version 1; `docs/book/result.md` documents each field.

use gravida_assessment::{Assessment, Candidate, Forcing, Heard, Next, Sooner, Time, WhyLeftOut, purpose, rows_behind};
use gravida_knowledge::{Answer, Case, Cite, FindingId, Knowledge, Place, RedFlagId, Share, Urgency, Verdict};
use gravida_record::where_to::{fitting, services};
use serde_json::{Value, json};

use crate::explanation::{certificate_says, change, question};
use crate::shown::Shown;
use crate::wire::{CaseFile, Problem};

/// The name and version of the format, in the field `schema`.
pub const RESULT_SCHEMA: &str = "gravida-result/1";

/// Citations as `source passage` with their mark.
pub fn cites(knowledge: &Knowledge, cites: &[Cite]) -> Value {
    cites
        .iter()
        .map(|cite| {
            json!({
                "source": cite.source.map(|id| knowledge.source(id).slug.as_str()),
                "passage": cite.passage,
                "mark": cite.mark.word(),
                "by": cite.by,
                "reason": cite.reason,
            })
        })
        .collect()
}

/// A result with everything that is needed to compute it again: the case as it was understood, and the text of the
/// case when some of it was not. A partner is given neither.
pub fn of_file(knowledge: &Knowledge, file: &CaseFile, shown: &Shown, place: &Place) -> Value {
    let mut out = to_json(knowledge, shown, place, &shown.problems(knowledge, file));
    if let (Some(object), false) = (out.as_object_mut(), shown.to_partner) {
        object.insert("case".to_owned(), file.to_json(knowledge, Some(&place.slug)));
        object.insert("given".to_owned(), json!((!file.problems.is_empty()).then_some(file.text.as_str())));
    }
    out
}

/// Everything that was concluded, for programs.
pub fn to_json(knowledge: &Knowledge, shown: &Shown, place: &Place, problems: &[Problem]) -> Value {
    let (case, assessment) = (&shown.case, &shown.assessment);
    let time = Time::of(knowledge, case);
    let triage = &assessment.triage;
    let level = triage.act_on;
    let flags = |verdict: Verdict| -> Vec<Value> {
        triage
            .flags
            .iter()
            .filter(|state| state.verdict == verdict)
            .map(|state| flag(knowledge, case, assessment, &time, place, state.flag))
            .collect()
    };
    json!({
        "schema": RESULT_SCHEMA,
        "program": env!("CARGO_PKG_VERSION"),
        "pack": knowledge.hash,
        "safety": knowledge.text("safety"),
        "urgency": {
            "level": level.word(),
            "headline": knowledge.text(&format!("level-{level}")),
            "clock": knowledge.text(&format!("clock-{level}")),
            "floor": triage.floor.word(),
            "ceiling": triage.ceiling.word(),
            "settled": triage.is_settled(),
            "could_become": {"least": triage.least.word(), "most": triage.most.word()},
        },
        "go_to": services(knowledge, &shown.deciding, &time, place).iter().map(|service| json!({
            "role": service.role.word(), "say": service.say, "number": service.number,
        })).collect::<Vec<_>>(),
        "place": place.slug,
        "red_flags": {"present": flags(Verdict::Present), "not_excluded": flags(Verdict::Open)},
        "causes": assessment.differential.candidates.iter().map(|one| candidate(knowledge, case, one)).collect::<Vec<_>>(),
        "ties": assessment.differential.ties.iter().map(|tie| json!({
            "first": knowledge.condition(tie.first).slug, "second": knowledge.condition(tie.second).slug,
            "would_separate": tie.separates.map(|id| knowledge.finding(id).slug.as_str()),
        })).collect::<Vec<_>>(),
        "plan": plan(knowledge, assessment),
        "look_again": {
            "wait_minutes": assessment.look_again.wait_minutes,
            "rules": assessment.look_again.rules.iter().filter_map(|at| knowledge.follow_ups.get(*at)).map(|rule| json!({
                "id": rule.slug, "name": rule.name, "wait_minutes": rule.wait_minutes,
                "observe": words(&rule.observe), "recheck": words(&rule.recheck), "escalate": words(&rule.escalate),
                "to": rule.to.and_then(|at| place.service(at.role)).map(|service| service.say.as_str()),
                "review": words(&rule.review), "cites": cites(knowledge, &rule.cites),
            })).collect::<Vec<_>>(),
        },
        "why": why(knowledge, &shown.forcing),
        "call_sooner_if": shown.sooner.iter().map(|one| sooner(knowledge, one)).collect::<Vec<_>>(),
        "disagreements": heard(knowledge, &shown.heard, true),
        "also_heard": heard(knowledge, &shown.heard, false),
        "view": if shown.to_partner { "partner" } else { "all" },
        "view_note": shown.to_partner.then(|| knowledge.text("partner-view")),
        "next": (!shown.to_partner).then(|| next(knowledge, case, assessment, shown.certified)),
        "problems": problems.iter().map(|p| json!({"at": p.at, "what": p.what, "instead": p.instead})).collect::<Vec<_>>(),
    })
}

fn words(texts: &[(String, Vec<Cite>)]) -> Vec<&str> {
    texts.iter().map(|(text, _)| text.as_str()).collect()
}

fn answers(knowledge: &Knowledge, case: &Case, findings: impl Iterator<Item = FindingId>) -> Vec<Value> {
    findings
        .map(|id| {
            let finding = knowledge.finding(id);
            json!({"finding": finding.slug, "name": finding.name, "answer": finding.answers.show_answer(case.answer(id))})
        })
        .collect()
}

fn flag(knowledge: &Knowledge, case: &Case, assessment: &Assessment, time: &Time, place: &Place, id: RedFlagId) -> Value {
    let flag = knowledge.red_flag(id);
    let service = fitting(&flag.places, time).and_then(|at| place.service(at.role));
    json!({
        "id": flag.slug, "name": flag.name, "urgency": flag.urgency.word(),
        "counts_as": assessment.triage.state(id).map_or(Urgency::Emergency, |state| state.counts).word(),
        "say": flag.say, "meanwhile": flag.meanwhile,
        "go_to": service.map(|service| json!({"role": service.role.word(), "say": service.say, "number": service.number})),
        "because": answers(knowledge, case, assessment.reasons(knowledge, case, id).into_iter().map(|reason| reason.finding)),
        "about": flag.about.iter().map(|id| knowledge.condition(*id).slug.as_str()).collect::<Vec<_>>(),
        "page": format!("{}:{}", flag.origin.file, flag.origin.line),
        "cites": cites(knowledge, &flag.cites),
    })
}

/// A share in a million, rounded down.
pub fn per_million(share: Share) -> u64 {
    (u128::from(share.num) * 1_000_000 / u128::from(share.den.max(1))) as u64
}

fn candidate(knowledge: &Knowledge, case: &Case, one: &Candidate) -> Value {
    let condition = knowledge.condition(one.condition);
    json!({
        "id": condition.slug, "name": condition.name, "band": one.band.word(), "must_exclude": one.must_exclude,
        "raised": one.raised,
        "per_million": {"low": per_million(one.share.low), "point": one.share.point.map(per_million), "high": per_million(one.share.high)},
        "weight": one.weight,
        "weighings": one.weighings.iter().map(|w| json!({
            "finding": knowledge.finding(w.finding).slug, "name": knowledge.finding(w.finding).name,
            "answer": knowledge.finding(w.finding).answers.show_answer(case.answer(w.finding)),
            "low": w.low, "point": w.point, "high": w.high,
            "cites": cites(knowledge, &rows_behind(knowledge, case, one.condition, w.finding)),
        })).collect::<Vec<_>>(),
        "why": condition.why, "next": condition.next, "page": format!("{}:{}", condition.origin.file, condition.origin.line),
    })
}

fn plan(knowledge: &Knowledge, assessment: &Assessment) -> Value {
    let names = |findings: &[FindingId]| findings.iter().map(|id| knowledge.finding(*id).slug.clone()).collect::<Vec<_>>();
    json!({
        "self_care": assessment.plan.self_care,
        "offers": assessment.plan.offers.iter().map(|offer| {
            let one = knowledge.intervention(offer.intervention);
            json!({
                "id": one.slug, "name": one.name, "advice": one.advice.word(), "who": one.who, "group": offer.group(knowledge).word(),
                "eases": offer.eases.iter().map(|id| knowledge.condition(*id).slug.as_str()).collect::<Vec<_>>(),
                "dose": words(&one.dose), "how": one.how,
                "steps": one.steps.iter().map(|step| json!({"seconds": step.seconds, "say": step.say})).collect::<Vec<_>>(),
                "caution": words(&one.caution), "stop": one.stop, "effect": words(&one.effect), "certainty": one.certainty,
                "review_weeks": one.review_weeks, "page": format!("{}:{}", one.origin.file, one.origin.line), "cites": cites(knowledge, &one.cites),
            })
        }).collect::<Vec<_>>(),
        "not_to_do": assessment.plan.not_to_do().map(|id| {
            let one = knowledge.intervention(id);
            json!({"id": one.slug, "name": one.name, "because": one.because})
        }).collect::<Vec<_>>(),
        "left_out": assessment.plan.left_out.iter().map(|left| {
            let one = knowledge.intervention(left.intervention);
            let (why, findings) = match &left.why {
                WhyLeftOut::HelpFirst => ("help-first", Vec::new()),
                WhyLeftOut::Advice(advice) => (advice.word(), Vec::new()),
                WhyLeftOut::Time => ("not-at-this-time", Vec::new()),
                WhyLeftOut::Contraindicated(findings) => ("contraindicated", names(findings)),
                WhyLeftOut::NotExcluded(findings) => ("not-excluded", names(findings)),
            };
            json!({"id": one.slug, "name": one.name, "why": why, "findings": findings, "because": one.because})
        }).collect::<Vec<_>>(),
    })
}

/// The next screen, or the certificate of the end.
pub fn next(knowledge: &Knowledge, case: &Case, assessment: &Assessment, certified: bool) -> Value {
    match &assessment.next {
        Next::Ask { screen, findings, phase } => {
            let screen = knowledge.screen(*screen);
            json!({
                "done": false, "screen": screen.slug, "phase": phase.word(), "ask": screen.ask, "hint": screen.hint,
                "none_of_these": knowledge.text("none-of-these"), "not_sure": knowledge.text("not-sure"),
                "questions": findings.iter().map(|id| {
                    let finding = knowledge.finding(*id);
                    json!({
                        "finding": finding.slug, "name": finding.name, "ask": finding.ask, "hint": finding.hint, "private": finding.private,
                        "answers": finding.answers.expected(), "tick": finding.answers.is_yes_no(),
                        "why": question(knowledge, &purpose(knowledge, case, assessment, *id)),
                    })
                }).collect::<Vec<_>>(),
            })
        }
        Next::Done(certificate) => json!({
            "done": true, "asked": certificate.asked, "not_needed": certificate.not_needed, "hidden": certificate.hidden,
            "theorem": "T13", "checked": certified, "say": certificate_says(knowledge, certificate),
            "least": certificate.least.word(), "most": certificate.most.word(),
        }),
    }
}

/// The smallest sets of answers that force the level, and what is not known that holds it up.
fn why(knowledge: &Knowledge, forcing: &Forcing) -> Value {
    let names = |ids: &[FindingId]| ids.iter().map(|id| knowledge.finding(*id).slug.clone()).collect::<Vec<_>>();
    json!({
        "level": forcing.level.word(),
        "sets": forcing.sets.iter().map(|set| json!({
            "answers": set.answers.iter().map(|reason| {
                let finding = knowledge.finding(reason.finding);
                json!({"finding": finding.slug, "name": finding.name, "answer": finding.answers.show_answer(reason.answer)})
            }).collect::<Vec<_>>(),
            "flags": set.flags.iter().map(|id| {
                let flag = knowledge.red_flag(*id);
                json!({"id": flag.slug, "name": flag.name, "page": format!("{}:{}", flag.origin.file, flag.origin.line), "cites": cites(knowledge, &flag.cites)})
            }).collect::<Vec<_>>(),
        })).collect::<Vec<_>>(),
        "more": forcing.more,
        "held_up": forcing.held_up.as_ref().map(|held_up| json!({
            "open": names(&held_up.open), "noes": held_up.noes.iter().map(|set| names(set)).collect::<Vec<_>>(), "more": held_up.more,
        })),
    })
}

fn sooner(knowledge: &Knowledge, one: &Sooner) -> Value {
    let finding = knowledge.finding(one.finding);
    let (answer, through) = match one.answer {
        Answer::Between(low, high) => (finding.answers.show(low), Some(finding.answers.show(high))),
        other => (finding.answers.show_answer(other), None),
    };
    json!({"finding": finding.slug, "name": finding.name, "answer": answer, "through": through, "urgency": one.urgency.word(), "say": change(knowledge, one)})
}

fn heard(knowledge: &Knowledge, heard: &[Heard], disagreements: bool) -> Vec<Value> {
    let wanted = heard.iter().filter(|one| one.is_disagreement() == disagreements);
    wanted
        .map(|one| {
            let finding = knowledge.finding(one.finding);
            let show = |answer| (answer != Answer::Unasked).then(|| finding.answers.show_answer(answer));
            json!({"finding": finding.slug, "name": finding.name, "self": show(one.own), "by": one.speaker.word(), "said": show(one.other), "counts": show(one.counts)})
        })
        .collect()
}
