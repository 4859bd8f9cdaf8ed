//! `gravida audit`: how a result came about, from answers through rules to level and plan; it never trusts the file,
//! it computes the result again first.

use std::fmt::Write as _;

use anyhow::Result;
use gravida_assessment::{FlagState, WhyLeftOut};
use gravida_knowledge::{Answer, FindingId, InterventionId, Knowledge, Origin, Urgency, Verdict, When};
use gravida_record::sources;

use crate::explain::rule_words;
use crate::replay::{self, Again};
use crate::whatif::word;

/// True when the result is what is computed from its case.
pub fn run(knowledge: &Knowledge, path: &str) -> Result<bool> {
    let again = replay::again(knowledge, &replay::read_text(path)?)?;
    if !again.differences.is_empty() {
        anstream::print!("{}", replay::show(&again.differences));
        return Ok(false);
    }
    anstream::print!("{}", trace(knowledge, &again));
    Ok(true)
}

fn trace(knowledge: &Knowledge, again: &Again) -> String {
    let mut out = String::new();
    let _ = writeln!(out, "program {}, pack {}: computed again, the same bytes", env!("CARGO_PKG_VERSION"), knowledge.hash);
    for problem in &again.file.problems {
        let _ = writeln!(out, "! {}: {}; {}", problem.at, problem.what, problem.instead);
    }
    answers(&mut out, knowledge, again);
    flags(&mut out, knowledge, again);
    level(&mut out, knowledge, again);
    plan(&mut out, knowledge, again);
    out
}

fn at(origin: &Origin) -> String {
    format!("{}:{}", origin.file, origin.line)
}

/// Each finding answered, and each test of a red flag that it touched.
fn answers(out: &mut String, knowledge: &Knowledge, again: &Again) {
    let _ = writeln!(out, "\n1. Answers, and the tests that each touched");
    let case = &again.file.merged.case;
    for id in knowledge.finding_ids().filter(|id| case.answer(*id) != Answer::Unasked) {
        let finding = knowledge.finding(id);
        let hidden = if knowledge.shown(id, case) == Verdict::Excluded { "; hidden by other answers, so it has no effect" } else { "" };
        let _ = writeln!(out, "{} = {}{hidden}  {}", finding.slug, finding.answers.show_answer(case.answer(id)), at(&finding.origin));
        for flag in &knowledge.red_flags {
            flag.when.tests(&mut |tested, low, high| {
                if tested == id {
                    let test = When::Test { finding: id, low, high };
                    let _ = writeln!(out, "  {}: {} is {}", flag.slug, words(knowledge, &test), word(test.verdict(knowledge, case)));
                }
            });
        }
    }
}

/// Each red flag with its verdict, those present first.
fn flags(out: &mut String, knowledge: &Knowledge, again: &Again) {
    let _ = writeln!(out, "\n2. Red flags");
    for verdict in [Verdict::Present, Verdict::Open, Verdict::Excluded] {
        for state in again.assessment.triage.flags.iter().filter(|state| state.verdict == verdict) {
            flag(out, knowledge, again, state);
        }
    }
}

fn flag(out: &mut String, knowledge: &Knowledge, again: &Again, state: &FlagState) {
    let flag = knowledge.red_flag(state.flag);
    let counts = match state.verdict {
        Verdict::Excluded => String::new(),
        Verdict::Open | Verdict::Present => format!(", counts as {}", state.counts),
    };
    let _ = writeln!(out, "{} [{}] is {}{counts}  {}  {}", flag.slug, flag.urgency, word(state.verdict), at(&flag.origin), sources(knowledge, &flag.cites));
    let because: Vec<String> = again
        .assessment
        .reasons(knowledge, &again.file.merged.case, state.flag)
        .iter()
        .map(|reason| format!("{} = {}", knowledge.finding(reason.finding).slug, knowledge.finding(reason.finding).answers.show_answer(reason.answer)))
        .collect();
    if !because.is_empty() {
        let _ = writeln!(out, "  because {}", because.join("; "));
    }
    if state.verdict == Verdict::Open
        && state.counts != flag.urgency
        && let Some(reason) = &flag.unsure_reason
    {
        let _ = writeln!(out, "  lower while not excluded: {reason}");
    }
}

fn level(out: &mut String, knowledge: &Knowledge, again: &Again) {
    let triage = &again.assessment.triage;
    let setting = |level: Urgency, least: Verdict| {
        let set = triage.flags.iter().filter(|state| state.verdict >= least && knowledge.red_flag(state.flag).urgency == level && level > Urgency::SelfCare);
        slugs(set.map(|state| knowledge.red_flag(state.flag).slug.as_str()))
    };
    let deciding = slugs(triage.deciding().map(|state| knowledge.red_flag(state.flag).slug.as_str()));
    let _ = writeln!(out, "\n3. Level");
    let _ = writeln!(out, "floor {}: the highest of the flags present{}", triage.floor, setting(triage.floor, Verdict::Present));
    let _ = writeln!(out, "ceiling {}: the highest of the flags not excluded{}", triage.ceiling, setting(triage.ceiling, Verdict::Open));
    let _ = writeln!(out, "act on {}: the highest that any flag counts as{deciding}", triage.act_on);
    let _ = writeln!(out, "could become {} to {} with answers that are still missing", triage.least, triage.most);
}

fn slugs<'a>(list: impl Iterator<Item = &'a str>) -> String {
    let list: Vec<&str> = list.collect();
    if list.is_empty() { String::new() } else { format!(" ({})", list.join(", ")) }
}

fn plan(out: &mut String, knowledge: &Knowledge, again: &Again) {
    let plan = &again.assessment.plan;
    let _ = writeln!(out, "\n4. Offered");
    if !plan.self_care {
        let _ = writeln!(out, "nothing: at {} help comes first", again.assessment.triage.act_on);
    }
    for offer in &plan.offers {
        let one = knowledge.intervention(offer.intervention);
        let eases = slugs(offer.eases.iter().map(|id| knowledge.condition(*id).slug.as_str()));
        let _ = writeln!(out, "{} [{}]: eases{}  {}  {}", one.slug, one.advice.word(), if eases.is_empty() { " everybody" } else { &eases }, at(&one.origin), sources(knowledge, &one.cites));
        never(out, knowledge, again, offer.intervention);
    }
    let _ = writeln!(out, "\n5. Left out");
    for left in &plan.left_out {
        let one = knowledge.intervention(left.intervention);
        let why = match &left.why {
            WhyLeftOut::HelpFirst => "help comes first at this level".to_owned(),
            WhyLeftOut::Advice(advice) => format!("{}: {}", advice.word(), one.because.as_deref().unwrap_or("")),
            WhyLeftOut::Time => "not at this time, or the weeks are not known".to_owned(),
            WhyLeftOut::Contraindicated(findings) => format!("contraindicated{}", names(knowledge, findings)),
            WhyLeftOut::NotExcluded(findings) => format!("a reason against it is not excluded{}", names(knowledge, findings)),
        };
        let _ = writeln!(out, "{}: {why}  {}  {}", one.slug, at(&one.origin), sources(knowledge, &one.cites));
        if matches!(left.why, WhyLeftOut::Contraindicated(_) | WhyLeftOut::NotExcluded(_)) {
            never(out, knowledge, again, left.intervention);
        }
    }
}

fn names(knowledge: &Knowledge, findings: &[FindingId]) -> String {
    slugs(findings.iter().map(|id| knowledge.finding(*id).slug.as_str()))
}

/// Every rule that speaks against an intervention, with its verdict.
fn never(out: &mut String, knowledge: &Knowledge, again: &Again, id: InterventionId) {
    for (rule, cites) in &knowledge.intervention(id).never {
        let verdict = word(rule.verdict(knowledge, &again.file.merged.case));
        let _ = writeln!(out, "  never when {} is {verdict}  {}", words(knowledge, rule), sources(knowledge, cites));
    }
}

/// A rule in one line.
fn words(knowledge: &Knowledge, rule: &When) -> String {
    let mut lines = Vec::new();
    rule_words(knowledge, rule, 0, &mut lines);
    let lines: Vec<&str> = lines.iter().map(|line| line.trim()).collect();
    format!("({})", lines.join(" | "))
}
