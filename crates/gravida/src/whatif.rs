//! `gravida whatif`: the same case with answers changed, side by side; it never changes the case file.

use std::fmt::Write as _;

use anyhow::{Result, anyhow};
use gravida_assessment::{Assessment, assess};
use gravida_knowledge::{Case, Knowledge, Verdict};
use jiff::civil::Date;

use crate::reading;

/// Reads `finding=answer` and changes the case.
pub fn change(knowledge: &Knowledge, case: &Case, change: &str, today: Date) -> Result<Case> {
    let (name, value) = change.split_once('=').ok_or_else(|| anyhow!("`{change}` is not a change; write finding=answer, as fever=yes"))?;
    let id = knowledge
        .finding_ids()
        .find(|id| knowledge.finding(*id).slug == name.trim())
        .ok_or_else(|| anyhow!("there is no finding called `{}`; `gravida explain findings` lists them", name.trim()))?;
    let answers = &knowledge.finding(id).answers;
    let answer = reading::understand(answers, value, Some(today)).map_err(|expected| anyhow!("`{value}` is not an answer of `{name}`; {expected}"))?;
    Ok(case.with(id, answer))
}

/// What moves between two cases.
pub fn compare(knowledge: &Knowledge, before: &Case, after: &Case) -> String {
    let (old, new) = (assess(knowledge, before), assess(knowledge, &after.with_implied(knowledge)));
    let mut out = String::new();
    let arrow = match new.triage.act_on.cmp(&old.triage.act_on) {
        std::cmp::Ordering::Less => "down",
        std::cmp::Ordering::Equal => "the same",
        std::cmp::Ordering::Greater => "up",
    };
    let _ = writeln!(out, "urgency   {} → {} ({arrow}); range {} to {} → {} to {}", old.triage.act_on, new.triage.act_on, old.triage.floor, old.triage.ceiling, new.triage.floor, new.triage.ceiling);
    for (was, is) in old.triage.flags.iter().zip(&new.triage.flags).filter(|(was, is)| was.verdict != is.verdict) {
        let flag = knowledge.red_flag(is.flag);
        let _ = writeln!(out, "red flag  {} [{}]: {} → {}", flag.slug, flag.urgency, word(was.verdict), word(is.verdict));
    }
    let _ = writeln!(out, "causes    {} → {}", first(knowledge, &old), first(knowledge, &new));
    let offers = |one: &Assessment| one.plan.offers.iter().map(|offer| offer.intervention).collect::<Vec<_>>();
    let (had, has) = (offers(&old), offers(&new));
    for id in has.iter().filter(|id| !had.contains(id)) {
        let _ = writeln!(out, "plan      + {}", knowledge.intervention(*id).slug);
    }
    for id in had.iter().filter(|id| !has.contains(id)) {
        let _ = writeln!(out, "plan      - {}", knowledge.intervention(*id).slug);
    }
    out
}

/// A verdict in the words of the pages.
pub fn word(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Excluded => "excluded",
        Verdict::Open => "not excluded",
        Verdict::Present => "present",
    }
}

fn first(knowledge: &Knowledge, one: &Assessment) -> String {
    let names: Vec<&str> = one.differential.candidates.iter().take(3).map(|candidate| knowledge.condition(candidate.condition).slug.as_str()).collect();
    names.join(", ")
}
