//! The partner's card as text and JSON: one task, and nothing that tells what was answered in private.

use gravida_assessment::{PartnerCard, Time, partner_card};
use gravida_knowledge::{Intervention, Knowledge, Place};
use gravida_record::where_to::{always, line, services};
use jiff::civil::Date;
use serde_json::{Value, json};

use crate::render::{BOLD, END, Page};
use crate::wire::CaseFile;

/// The cards that `assess --card` can show.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Card {
    /// What your partner or someone you trust can do today
    Partner,
}

/// The name and version of the format, in the field `schema`.
pub const CARD_SCHEMA: &str = "gravida-partner-card/1";

/// The number of a day: whole days since a fixed day, so that each day has the next task.
pub fn day_of(date: Date) -> u32 {
    let start = Date::constant(2026, 1, 1);
    u32::try_from(date.since(start).map_or(0, |span| span.get_days())).unwrap_or(0)
}

fn task<'a>(knowledge: &'a Knowledge, card: &PartnerCard) -> Option<&'a Intervention> {
    card.task.map(|id| knowledge.intervention(id))
}

/// What to say when there is no task: help first, or nothing in the plan.
fn no_task<'a>(knowledge: &'a Knowledge, card: &PartnerCard) -> &'a str {
    knowledge.text(if card.plan.self_care { "partner-no-task" } else { "partner-help-first" })
}

/// The card for reading or printing.
pub fn text(knowledge: &Knowledge, file: &CaseFile, place: &Place, day: u32) -> String {
    let card = partner_card(knowledge, &file.merged.case, &file.share, day);
    let mut page = Page::new();
    page.rule();
    page.line(&format!("{BOLD}{}{END}", knowledge.text("partner-card")));
    page.line(knowledge.text("partner-consent"));
    page.rule();
    if !card.plan.self_care {
        let level = card.triage.act_on;
        page.line(&format!("{BOLD}{}{END}", knowledge.text(&format!("level-{level}"))));
        page.line(knowledge.text(&format!("clock-{level}")));
        let time = Time::of(knowledge, &card.case);
        for service in services(knowledge, &card.triage, &time, place) {
            page.line(&line(service));
        }
    }
    page.heading(knowledge.text("partner-today"));
    match task(knowledge, &card) {
        None => page.line(no_task(knowledge, &card)),
        Some(one) => {
            page.line(&format!("{BOLD}{}{END}", one.name));
            page.heading(knowledge.text("partner-how"));
            page.line(knowledge.text("partner-who-is-you"));
            one.how.iter().for_each(|text| page.point(text));
            one.caution.iter().for_each(|(text, _)| page.point(text));
            if !one.steps.is_empty() {
                page.point(&format!("Step by step: gravida session {}", one.slug));
            }
            page.heading(knowledge.text("partner-stop"));
            one.stop.iter().for_each(|text| page.point(text));
            if one.stop.is_empty() {
                page.point(knowledge.text("partner-consent"));
            }
        }
    }
    page.heading(knowledge.text("partner-when-to-call"));
    page.line(knowledge.text("partner-call"));
    always(place).for_each(|service| page.line(&line(service)));
    page.line(knowledge.text("partner-medicine"));
    page.line(knowledge.text("partner-own-choice"));
    page.heading(knowledge.text("partner-you-too"));
    page.line(knowledge.text("partner-wellbeing"));
    page.rule();
    page.line(knowledge.text("safety"));
    page.finish()
}

/// The card for programs. The case and the whole result are not in it.
pub fn to_json(knowledge: &Knowledge, file: &CaseFile, place: &Place, day: u32) -> Value {
    let card = partner_card(knowledge, &file.merged.case, &file.share, day);
    let time = Time::of(knowledge, &card.case);
    let level = card.triage.act_on;
    let help_first = !card.plan.self_care;
    json!({
        "schema": CARD_SCHEMA,
        "pack": knowledge.hash,
        "safety": knowledge.text("safety"),
        "partner_card": {
            "day": day,
            "consent": knowledge.text("partner-consent"),
            "help_first": help_first,
            "level": help_first.then(|| level.word()),
            "clock": help_first.then(|| knowledge.text(&format!("clock-{level}"))),
            "go_to": if help_first { services(knowledge, &card.triage, &time, place) } else { Vec::new() }.iter().map(|service| json!({
                "role": service.role.word(), "say": service.say, "number": service.number,
            })).collect::<Vec<_>>(),
            "task": task(knowledge, &card).map(|one| json!({
                "id": one.slug, "name": one.name, "how": one.how, "stop": one.stop,
                "caution": one.caution.iter().map(|(text, _)| text).collect::<Vec<_>>(),
                "steps": one.steps.iter().map(|step| json!({"seconds": step.seconds, "say": step.say})).collect::<Vec<_>>(),
            })),
            "no_task": card.task.is_none().then(|| no_task(knowledge, &card)),
            "when_to_call": knowledge.text("partner-call"),
            "numbers": always(place).map(|service| json!({"role": service.role.word(), "say": service.say, "number": service.number})).collect::<Vec<_>>(),
            "who_is_you": knowledge.text("partner-who-is-you"),
            "medicine": knowledge.text("partner-medicine"),
            "own_choice": knowledge.text("partner-own-choice"),
            "wellbeing": knowledge.text("partner-wellbeing"),
        },
    })
}
