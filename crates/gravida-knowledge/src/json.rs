//! The checked pack as JSON, so that nothing is locked in; `docs/book/pack.md` documents each field.

use serde_json::{Value, json};

use crate::condition::{EvidenceKind, Prior};
use crate::finding::{Answers, Who, show_days};
use crate::food::Reference;
use crate::knowledge::{ConditionId, Knowledge, Origin};
use crate::level::{Limit, RoleAt};
use crate::share::Spread;
use crate::source::Cite;
use crate::when::When;

/// The name and version of the format, in the field `schema`.
pub const PACK_SCHEMA: &str = "gravida-pack/1";

/// The whole pack as JSON.
pub fn pack_json(knowledge: &Knowledge) -> Value {
    json!({
        "schema": PACK_SCHEMA,
        "hash": knowledge.hash,
        "findings": knowledge.findings.iter().map(|f| json!({
            "id": f.slug, "name": f.name, "ask": f.ask, "hint": f.hint, "answers": answers(&f.answers), "ordered": f.ordered,
            "who": match f.who { Who::Person => "self", Who::Guided => "guided", Who::Clinician => "clinician" },
            "asked": f.asked.as_ref().map(|rule| when(knowledge, rule)), "private": f.private, "hushed": f.hushed, "group": f.group,
            "implies": f.implies.iter().map(|id| knowledge.finding(*id).slug.clone()).collect::<Vec<_>>(),
            "usual": f.usual.iter().map(|row| prior(knowledge, row)).collect::<Vec<_>>(), "origin": origin(&f.origin),
        })).collect::<Vec<_>>(),
        "screens": knowledge.screens.iter().map(|s| json!({
            "id": s.slug, "ask": s.ask, "hint": s.hint, "phase": s.phase.word(), "order": s.order,
            "shows": s.shows.iter().map(|id| knowledge.finding(*id).slug.clone()).collect::<Vec<_>>(), "origin": origin(&s.origin),
        })).collect::<Vec<_>>(),
        "red_flags": knowledge.red_flags.iter().map(|f| json!({
            "id": f.slug, "name": f.name, "when": when(knowledge, &f.when), "urgency": f.urgency.word(), "if_unsure": f.if_unsure.word(),
            "unsure_reason": f.unsure_reason, "say": f.say, "meanwhile": f.meanwhile, "places": f.places.iter().map(role_at).collect::<Vec<_>>(),
            "about": slugs(knowledge, &f.about), "cites": cites(knowledge, &f.cites), "origin": origin(&f.origin),
        })).collect::<Vec<_>>(),
        "conditions": knowledge.conditions.iter().map(|c| json!({
            "id": c.slug, "name": c.name, "clinical": c.clinical, "codes": c.codes, "group": c.group,
            "windows": c.windows.iter().map(limit).collect::<Vec<_>>(), "urgency": c.urgency.word(),
            "urgency_cites": cites(knowledge, &c.urgency_cites), "must_exclude": c.must_exclude, "why": c.why, "like": c.like,
            "unlike": c.unlike, "next": c.next, "before": c.before.iter().map(|row| prior(knowledge, row)).collect::<Vec<_>>(),
            "evidence": c.evidence.iter().map(|row| {
                let finding = knowledge.finding(row.finding);
                json!({
                    "kind": match row.kind { EvidenceKind::Seen => "seen", EvidenceKind::Spared => "spared", EvidenceKind::Ratio => "ratio" },
                    "finding": finding.slug, "from": finding.answers.show(row.low), "to": finding.answers.show(row.high),
                    "number": spread(&row.spread), "limit": limit(&row.limit), "cites": cites(knowledge, &row.cites),
                })
            }).collect::<Vec<_>>(),
            "noted": texts(knowledge, &c.noted), "origin": origin(&c.origin),
        })).collect::<Vec<_>>(),
        "interventions": knowledge.interventions.iter().map(|i| json!({
            "id": i.slug, "name": i.name, "advice": i.advice.word(), "who": i.who, "type": i.kind, "in_pregnancy": i.in_pregnancy,
            "after_birth": i.after_birth, "weeks": i.weeks.as_ref().map(limit), "eases": slugs(knowledge, &i.eases),
            "dose": texts(knowledge, &i.dose), "how": i.how,
            "steps": i.steps.iter().map(|step| json!({"seconds": step.seconds, "say": step.say})).collect::<Vec<_>>(),
            "never": i.never.iter().map(|(rule, c)| json!({"when": when(knowledge, rule), "cites": cites(knowledge, c)})).collect::<Vec<_>>(),
            "caution": texts(knowledge, &i.caution), "stop": i.stop, "effect": texts(knowledge, &i.effect), "certainty": i.certainty,
            "review_weeks": i.review_weeks, "effort": i.effort, "because": i.because, "cites": cites(knowledge, &i.cites), "origin": origin(&i.origin),
        })).collect::<Vec<_>>(),
        "follow_ups": knowledge.follow_ups.iter().map(|f| json!({
            "id": f.slug, "name": f.name, "when": f.when.as_ref().map(|rule| when(knowledge, rule)),
            "levels": f.levels.iter().map(|level| level.word()).collect::<Vec<_>>(), "wait_minutes": f.wait_minutes,
            "observe": texts(knowledge, &f.observe), "recheck": texts(knowledge, &f.recheck), "escalate": texts(knowledge, &f.escalate),
            "to": f.to.as_ref().map(role_at), "review": texts(knowledge, &f.review), "cites": cites(knowledge, &f.cites), "origin": origin(&f.origin),
        })).collect::<Vec<_>>(),
        "claims": knowledge.claims.iter().map(|c| json!({
            "id": c.slug, "section": c.section, "said": c.said, "verdict": c.verdict, "danger": c.danger, "instead": c.instead,
            "why": c.why, "cites": cites(knowledge, &c.cites), "origin": origin(&c.origin),
        })).collect::<Vec<_>>(),
        "sources": knowledge.sources.iter().map(|s| json!({
            "id": s.slug, "cite": s.cite, "year": s.year, "link": s.link, "type": s.kind, "seen": s.seen,
            "passages": s.passages.iter().map(|p| json!({"id": p.slug, "text": p.text})).collect::<Vec<_>>(), "origin": origin(&s.origin),
        })).collect::<Vec<_>>(),
        "properties": knowledge.properties.iter().map(|p| json!({
            "id": p.slug, "if": when(knowledge, &p.condition), "cites": cites(knowledge, &p.cites), "origin": origin(&p.origin),
        })).collect::<Vec<_>>(),
        "places": knowledge.places.iter().map(|p| json!({
            "id": p.slug, "name": p.name, "services": p.services.iter().map(|s| json!({
                "role": s.role.word(), "say": s.say, "number": s.number, "cites": cites(knowledge, &s.cites),
            })).collect::<Vec<_>>(), "origin": origin(&p.origin),
        })).collect::<Vec<_>>(),
        "texts": knowledge.texts.iter().map(|t| json!({"id": t.slug, "say": t.say, "from": t.from.map(|share| share.to_string()), "within_minutes": t.within_minutes, "count": t.count, "cites": cites(knowledge, &t.cites)})).collect::<Vec<_>>(),
        "nutrients": knowledge.nutrients.iter().map(|n| json!({
            "id": n.slug, "name": n.name, "also": n.also, "unit": n.unit.word(), "origin": origin(&n.origin),
            "references": n.references.iter().map(|r| reference(knowledge, r)).collect::<Vec<_>>(),
            "ceilings": n.ceilings.iter().map(|r| reference(knowledge, r)).collect::<Vec<_>>(),
        })).collect::<Vec<_>>(),
        "foods": knowledge.foods.iter().map(|f| json!({
            "id": f.slug, "name": f.name, "also": f.also, "state": f.state, "code": f.code, "origin": origin(&f.origin),
            "portion_mg": f.portion.as_ref().map(|(mass, _)| mass.milligrams()),
            "in_100_g": f.holds.iter().map(|h| json!({
                "nutrient": knowledge.nutrient(h.nutrient).slug, "low_ng": h.low.0, "high_ng": h.high.0, "cites": cites(knowledge, &h.cites),
            })).collect::<Vec<_>>(),
            "notes": texts(knowledge, &f.notes),
        })).collect::<Vec<_>>(),
    })
}

fn reference(knowledge: &Knowledge, reference: &Reference) -> Value {
    json!({"low_ng": reference.low.0, "high_ng": reference.high.0, "for": reference.whom, "cites": cites(knowledge, &reference.cites)})
}

fn answers(answers: &Answers) -> Value {
    match answers {
        Answers::Choices(list) => json!({"choices": list}),
        Answers::Numbers(low, high) => json!({"from": low, "to": high}),
        Answers::Weeks(low, high) => json!({"from": show_days(*low), "to": show_days(*high)}),
    }
}

fn when(knowledge: &Knowledge, rule: &When) -> Value {
    match rule {
        When::Test { finding, low, high } => {
            let finding = knowledge.finding(*finding);
            json!({"finding": finding.slug, "from": finding.answers.show(*low), "to": finding.answers.show(*high)})
        }
        When::All(parts) => json!({"all": parts.iter().map(|part| when(knowledge, part)).collect::<Vec<_>>()}),
        When::Any(parts) => json!({"any": parts.iter().map(|part| when(knowledge, part)).collect::<Vec<_>>()}),
        When::Count(n, parts) => json!({"count": n, "of": parts.iter().map(|part| when(knowledge, part)).collect::<Vec<_>>()}),
    }
}

fn prior(knowledge: &Knowledge, row: &Prior) -> Value {
    json!({"number": spread(&row.spread), "limit": limit(&row.limit), "cites": cites(knowledge, &row.cites)})
}

fn spread(spread: &Spread) -> Value {
    json!({
        "low": [spread.low.num, spread.low.den],
        "point": spread.point.map(|point| [point.num, point.den]),
        "high": [spread.high.num, spread.high.den],
    })
}

fn limit(limit: &Limit) -> Value {
    match limit {
        Limit::Always => Value::Null,
        Limit::Pregnancy(low, high) => json!({"pregnant_from": show_days(*low), "to": show_days(*high)}),
        Limit::AfterBirth(_, u16::MAX) => json!({"after_birth": true}),
        Limit::AfterBirth(low, high) => json!({"after_birth_from": show_days(*low), "to": show_days(*high)}),
    }
}

fn role_at(at: &RoleAt) -> Value {
    json!({"role": at.role.word(), "limit": limit(&at.limit)})
}

fn cites(knowledge: &Knowledge, cites: &[Cite]) -> Value {
    cites
        .iter()
        .map(|cite| {
            json!({
                "source": cite.source.map(|id| knowledge.source(id).slug.clone()), "passage": cite.passage,
                "mark": cite.mark.word(), "by": cite.by, "reason": cite.reason,
            })
        })
        .collect()
}

fn texts(knowledge: &Knowledge, texts: &[(String, Vec<Cite>)]) -> Value {
    texts.iter().map(|(text, c)| json!({"text": text, "cites": cites(knowledge, c)})).collect()
}

fn slugs(knowledge: &Knowledge, ids: &[ConditionId]) -> Vec<String> {
    ids.iter().map(|id| knowledge.condition(*id).slug.clone()).collect()
}

fn origin(origin: &Origin) -> Value {
    json!(format!("{}:{}", origin.file, origin.line))
}
