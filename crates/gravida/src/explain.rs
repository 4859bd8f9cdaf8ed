//! `gravida explain`, `cite` and `claims`: what the pack says about one thing, with its sources; it never adds to it.

use anyhow::{Result, bail};
use gravida_knowledge::{FindingId, Knowledge, When};
use gravida_record::sources;

use crate::render::Page;

/// A rule in plain words, one line for each part.
pub fn rule_words(knowledge: &Knowledge, rule: &When, depth: usize, out: &mut Vec<String>) {
    let indent = "  ".repeat(depth);
    match rule {
        When::Test { finding, low, high } => {
            let id = *finding;
            let finding = knowledge.finding(id);
            let (lowest, highest) = finding.answers.ends();
            let words = if finding.answers.is_yes_no() && low == high {
                if *low == 1 { finding.name.clone() } else { format!("not: {}", finding.name) }
            } else if low == high {
                format!("{}: {}", finding.name, knowledge.say(id, *low))
            } else if *high == highest {
                format!("{}: {} or more", finding.name, knowledge.say(id, *low))
            } else if *low == lowest {
                format!("{}: under {}", finding.name, knowledge.say(id, high + 1))
            } else {
                format!("{}: {} to {}", finding.name, knowledge.say(id, *low), knowledge.say(id, *high))
            };
            out.push(format!("{indent}{words}"));
        }
        When::All(parts) | When::Any(parts) | When::Count(_, parts) => {
            out.push(match rule {
                When::All(_) => format!("{indent}all of these:"),
                When::Count(n, _) => format!("{indent}at least {n} of these:"),
                _ => format!("{indent}at least one of these:"),
            });
            for part in parts {
                rule_words(knowledge, part, depth + 1, out);
            }
        }
    }
}

fn add_rule(page: &mut Page, knowledge: &Knowledge, rule: &When) {
    let mut lines = Vec::new();
    rule_words(knowledge, rule, 0, &mut lines);
    for line in lines {
        page.detail(&line);
    }
}

/// Everything about the block with an id, or a list of ids for a kind in the plural.
pub fn explain(knowledge: &Knowledge, id: &str) -> Result<String> {
    let mut page = Page::new();
    if let Some(list) = list(knowledge, id) {
        for (slug, name) in list {
            page.line(&format!("{slug:<34} {name}"));
        }
        return Ok(page.finish());
    }
    let mut found = false;
    for flag in knowledge.red_flags.iter().filter(|flag| flag.slug == id) {
        found = true;
        page.heading(&format!("{} – red flag, {}", flag.name, flag.urgency));
        page.line("It is present when:");
        add_rule(&mut page, knowledge, &flag.when);
        page.line(&flag.say);
        if let Some(text) = &flag.meanwhile {
            page.line(text);
        }
        if flag.if_unsure != flag.urgency {
            page.line(&format!("When not sure it counts as {}: {}", flag.if_unsure, flag.unsure_reason.as_deref().unwrap_or("")));
        }
        page.line(&format!("{}:{}  {}", flag.origin.file, flag.origin.line, sources(knowledge, &flag.cites)));
    }
    for finding in knowledge.findings.iter().filter(|finding| finding.slug == id) {
        found = true;
        page.heading(&format!("{} – finding", finding.name));
        page.line(&finding.ask);
        if let Some(hint) = &finding.hint {
            page.line(hint);
        }
        page.line(&finding.answers.expected());
        if let Some(asked) = &finding.asked {
            page.line("It is asked only when:");
            add_rule(&mut page, knowledge, asked);
        }
        for row in &finding.usual {
            page.point(&format!("{} people have it anyway  {}", row.spread, sources(knowledge, &row.cites)));
        }
        for flag in knowledge.red_flags.iter().filter(|flag| flag.when.findings().iter().any(|used| knowledge.finding(*used).slug == id)) {
            page.point(&format!("used by the red flag {} [{}]", flag.slug, flag.urgency));
        }
        why_asked(&mut page, knowledge, id);
        page.line(&format!("{}:{}", finding.origin.file, finding.origin.line));
    }
    for condition in knowledge.conditions.iter().filter(|condition| condition.slug == id) {
        found = true;
        page.heading(&format!("{} – condition, usually {}", condition.name, condition.urgency));
        page.line(&condition.why);
        for (title, texts) in [("More like it", &condition.like), ("Less like it", &condition.unlike), ("What happens next", &condition.next)] {
            page.line(title);
            for text in texts {
                page.point(text);
            }
        }
        for row in &condition.before {
            page.point(&format!("{} of those who ask have it  {}", row.spread, sources(knowledge, &row.cites)));
        }
        for row in &condition.evidence {
            let finding = knowledge.finding(row.finding);
            page.point(&format!("{:?}: {} with {}: {}  {}", row.kind, row.spread, finding.slug, knowledge.say(row.finding, row.low), sources(knowledge, &row.cites)));
        }
        page.line(&format!("{}:{}  {}", condition.origin.file, condition.origin.line, sources(knowledge, &condition.urgency_cites)));
    }
    for one in knowledge.interventions.iter().filter(|one| one.slug == id) {
        found = true;
        page.heading(&format!("{} – {}, {}", one.name, one.advice.word(), one.who.join(", ")));
        for text in one.how.iter().chain(&one.because) {
            page.line(text);
        }
        for (text, cites) in one.dose.iter().chain(&one.effect).chain(&one.caution) {
            page.point(&format!("{text}  {}", sources(knowledge, cites)));
        }
        for (n, step) in one.steps.iter().enumerate() {
            page.point(&format!("step {} ({} s): {}", n + 1, step.seconds, step.say));
        }
        for (rule, cites) in &one.never {
            page.line(&format!("Never when:  {}", sources(knowledge, cites)));
            add_rule(&mut page, knowledge, rule);
        }
        page.line(&format!("{}:{}  {}", one.origin.file, one.origin.line, sources(knowledge, &one.cites)));
    }
    for rule in knowledge.follow_ups.iter().filter(|rule| rule.slug == id) {
        found = true;
        page.heading(&format!("{} – follow-up", rule.name));
        for (text, _) in rule.observe.iter().chain(&rule.recheck).chain(&rule.escalate).chain(&rule.review) {
            page.point(text);
        }
        page.line(&format!("{}:{}  {}", rule.origin.file, rule.origin.line, sources(knowledge, &rule.cites)));
    }
    if !found {
        let all = all_ids(knowledge);
        let near: Vec<&str> = all.iter().copied().filter(|slug| slug.contains(id) || id.contains(slug)).take(5).collect();
        bail!(
            "nothing in the pack is called `{id}`; {}",
            if near.is_empty() { "list them with `gravida explain red-flags` (findings, conditions, interventions, follow-ups)".to_owned() } else { format!("did you mean {}?", near.join(", ")) }
        );
    }
    Ok(page.finish())
}

fn list<'a>(knowledge: &'a Knowledge, kind: &str) -> Option<Vec<(&'a str, &'a str)>> {
    Some(match kind {
        "findings" => knowledge.findings.iter().map(|one| (one.slug.as_str(), one.name.as_str())).collect(),
        "red-flags" => knowledge.red_flags.iter().map(|one| (one.slug.as_str(), one.name.as_str())).collect(),
        "conditions" => knowledge.conditions.iter().map(|one| (one.slug.as_str(), one.name.as_str())).collect(),
        "interventions" => knowledge.interventions.iter().map(|one| (one.slug.as_str(), one.name.as_str())).collect(),
        "follow-ups" => knowledge.follow_ups.iter().map(|one| (one.slug.as_str(), one.name.as_str())).collect(),
        _ => return None,
    })
}

fn all_ids(knowledge: &Knowledge) -> Vec<&str> {
    ["findings", "red-flags", "conditions", "interventions", "follow-ups"].iter().filter_map(|kind| list(knowledge, kind)).flatten().map(|(slug, _)| slug).collect()
}

/// A source with its passages and everything that rests on it.
pub fn cite(knowledge: &Knowledge, id: &str) -> Result<String> {
    let Some(source) = knowledge.sources.iter().find(|source| source.slug == id) else {
        let near: Vec<&str> = knowledge.sources.iter().map(|source| source.slug.as_str()).filter(|slug| slug.contains(id)).take(5).collect();
        bail!("no source is called `{id}`{}", if near.is_empty() { String::new() } else { format!("; did you mean {}?", near.join(", ")) });
    };
    let mut page = Page::new();
    page.heading(&source.cite);
    for text in [&source.link, &source.kind, &source.seen].into_iter().flatten() {
        page.line(text);
    }
    for passage in &source.passages {
        page.point(&format!("{}: {}", passage.slug, passage.text));
    }
    let uses = |cites: &[gravida_knowledge::Cite]| cites.iter().any(|cite| cite.source.is_some_and(|id| knowledge.source(id).slug == source.slug));
    let mut used: Vec<&str> = Vec::new();
    used.extend(knowledge.red_flags.iter().filter(|one| uses(&one.cites)).map(|one| one.slug.as_str()));
    used.extend(knowledge.conditions.iter().filter(|one| uses(&one.urgency_cites) || one.evidence.iter().any(|row| uses(&row.cites))).map(|one| one.slug.as_str()));
    used.extend(knowledge.interventions.iter().filter(|one| uses(&one.cites)).map(|one| one.slug.as_str()));
    used.extend(knowledge.follow_ups.iter().filter(|one| uses(&one.cites)).map(|one| one.slug.as_str()));
    used.extend(knowledge.claims.iter().filter(|one| uses(&one.cites)).map(|one| one.slug.as_str()));
    used.extend(knowledge.nutrients.iter().filter(|one| one.references.iter().chain(&one.ceilings).any(|row| uses(&row.cites))).map(|one| one.slug.as_str()));
    used.extend(knowledge.foods.iter().filter(|one| one.holds.iter().any(|row| uses(&row.cites))).map(|one| one.slug.as_str()));
    used.extend(knowledge.texts.iter().filter(|one| uses(&one.cites)).map(|one| one.slug.as_str()));
    page.line(&format!("Used by: {}", if used.is_empty() { "figures kept, not counted".to_owned() } else { used.join(", ") }));
    page.line(&format!("{}:{}", source.origin.file, source.origin.line));
    Ok(page.finish())
}

/// Every claim of the article with its verdict.
pub fn claims(knowledge: &Knowledge, only: Option<&str>) -> String {
    let mut page = Page::new();
    for claim in knowledge.claims.iter().filter(|claim| only.is_none_or(|verdict| claim.verdict == verdict)) {
        page.heading(&format!("{} [{}]", claim.slug, claim.verdict));
        page.line(&format!("The article ({}): {}", claim.section, claim.said));
        page.line(&format!("Say instead: {}", claim.instead));
        page.line(&format!("Why: {}  {}", claim.why, sources(knowledge, &claim.cites)));
    }
    page.finish()
}

/// What else a finding is asked for: causes that it speaks for or against, measures that it may rule out.
fn why_asked(page: &mut Page, knowledge: &Knowledge, id: &str) {
    let here = |used: FindingId| knowledge.finding(used).slug == id;
    let causes = knowledge.conditions.iter().filter(|one| one.evidence.iter().any(|row| here(row.finding))).map(|one| one.slug.as_str());
    let measures = knowledge.interventions.iter().filter(|one| one.never.iter().any(|(rule, _)| rule.findings().into_iter().any(here))).map(|one| one.slug.as_str());
    for (why, list) in [("why-causes", causes.collect::<Vec<_>>()), ("why-plan", measures.collect())] {
        if !list.is_empty() {
            page.point(&format!("{}: {}", knowledge.text(why), list.join(", ")));
        }
    }
}
