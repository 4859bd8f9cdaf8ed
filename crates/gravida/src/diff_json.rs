//! The difference of two packs as JSON, schema `gravida-diff/1`; it never rounds a count.

use gravida_proof::{Acted, Moved};
use num_bigint::BigUint;
use serde_json::{Value, json};

use crate::diff::{Report, fate, rest};

/// Everything of a report; `docs/book/diff.md` says what each field is.
pub fn report(report: &Report) -> Value {
    let difference = &report.difference;
    json!({
        "schema": "gravida-diff/1",
        "old": {"name": report.old, "pack": report.old_hash},
        "new": {"name": report.new, "pack": report.new_hash},
        "over": difference.over.to_string(),
        "calmer": digits(&difference.calmer),
        "sooner": digits(&difference.sooner),
        "changelog": report.changelog,
        "fine": report.unnamed().next().is_none(),
        "red_flags": difference.flags.iter().zip(&report.named).map(|(flag, named)| json!({
            "id": flag.slug, "was": flag.was, "name": flag.name, "fate": fate(flag.fate),
            "findings": flag.findings, "over": flag.over.to_string(), "pages": flag.pages,
            "ids": flag.ids, "calmer": named.is_some(), "named": named,
            "moves": flag.moves.iter().map(|one| json!({
                "from": one.from.word(), "to": one.to.word(),
                "direction": if one.to < one.from { "down" } else { "up" },
                "moved": moved(&one.moved),
                "level_to_act_on": match &one.acted {
                    Acted::Never => Value::Null,
                    Acted::For(count, example) => json!({
                        "count": digits(count),
                        "example": {"from": example.from.word(), "to": example.to.word(), "words": example.words},
                    }),
                },
            })).collect::<Vec<_>>(),
        })).collect::<Vec<_>>(),
        "interventions": difference.plans.iter().map(|plan| json!({
            "id": plan.slug, "was": plan.was, "name": plan.name, "fate": fate(plan.fate), "over": plan.over.to_string(),
            "may_be_offered": moved(&plan.offered), "no_longer_offered": moved(&plan.left_out), "pages": plan.pages,
        })).collect::<Vec<_>>(),
        "sideways": rest(difference).into_iter().map(|(touches, at, what)| json!({"touches": touches, "at": at, "what": what})).collect::<Vec<_>>(),
    })
}

fn digits(count: &Option<BigUint>) -> Option<String> {
    count.as_ref().map(BigUint::to_string)
}

fn moved(moved: &Moved) -> Value {
    json!({
        "count": digits(&moved.count),
        "regions": moved.regions.iter().map(|region| json!({"answers": region.answers, "count": region.size.to_string()})).collect::<Vec<_>>(),
        "in_no_region": moved.more.to_string(),
    })
}
