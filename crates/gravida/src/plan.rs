//! The plan as text: what to do today, this week and with a professional, what not to do, and what was left out.

use gravida_assessment::{Assessment, Group, LeftOut, Offer, WhyLeftOut};
use gravida_knowledge::{Advice, Case, FindingId, Intervention, Knowledge};
use gravida_record::{answered, fill, listed, sources};
use gravida_web::Open;

use crate::interface::{certainty, t, with};
use crate::render::{BOLD, Depth, END, Page};

/// The whole plan.
pub fn show(page: &mut Page, knowledge: &Knowledge, case: &Case, assessment: &Assessment, depth: Depth) {
    if !assessment.plan.self_care {
        page.heading(&t(knowledge, "what-helps"));
        page.line(knowledge.text("no-self-care"));
        return;
    }
    for group in Group::ALL {
        let offers: Vec<&Offer> = assessment.plan.offers.iter().filter(|offer| offer.group(knowledge) == group).collect();
        if offers.is_empty() {
            continue;
        }
        page.heading(knowledge.text(&format!("plan-{}", group.word())));
        let most = if depth == Depth::Full { usize::MAX } else { 5 };
        for offer in offers.iter().take(most) {
            offered(page, knowledge, offer, depth);
        }
        if offers.len() > most {
            let rest = listed(knowledge, offers.iter().skip(most).map(|offer| knowledge.intervention(offer.intervention).name.clone()));
            page.point(&with(knowledge, "terminal-also", &[("names", Open::Text(&rest))]));
        }
    }
    for (heading, first) in [("partner-card", true), ("together", false)] {
        let names: Vec<String> = assessment
            .plan
            .offers
            .iter()
            .map(|offer| knowledge.intervention(offer.intervention))
            .filter(|one| one.who.iter().any(|who| who == "partner") && one.who.first().is_some_and(|who| who == "partner") == first)
            .map(|one| one.name.clone())
            .collect();
        if !names.is_empty() {
            page.heading(knowledge.text(heading));
            page.point(&listed(knowledge, names));
        }
    }
    let not_to_do: Vec<&Intervention> = assessment.plan.not_to_do().map(|id| knowledge.intervention(id)).collect();
    if !not_to_do.is_empty() {
        page.heading(knowledge.text("plan-not-to-do"));
        let pair = |name: &str, why: &str| fill(knowledge, "name-answer", &[("name", name), ("answer", why)]);
        for one in not_to_do {
            page.point(&pair(&format!("{BOLD}{}{END}", one.name), one.because.as_deref().unwrap_or_default()));
            if depth == Depth::Full {
                page.detail(&sources(knowledge, &one.cites));
            }
        }
    }
    left_out(page, knowledge, case, &assessment.plan.left_out, depth);
}

/// Who does it, in the words of the pack.
pub fn who(knowledge: &Knowledge, one: &Intervention) -> String {
    let word = |who: &String| match who.as_str() {
        "self" => knowledge.text("session-you").to_owned(),
        "partner" => knowledge.text("session-helper").to_owned(),
        "professional" => knowledge.text("session-professional").to_owned(),
        other => t(knowledge, &format!("who-{other}")),
    };
    listed(knowledge, one.who.iter().map(word))
}

fn offered(page: &mut Page, knowledge: &Knowledge, offer: &Offer, depth: Depth) {
    let one = knowledge.intervention(offer.intervention);
    let ask_first = if one.advice == Advice::Consider { format!(" ({})", knowledge.text("ask-first")) } else { String::new() };
    page.point(&format!("{BOLD}{}{END}{ask_first} – {} – {}", one.name, who(knowledge, one), certainty(knowledge, one)));
    for text in one.how.iter().take(if depth == Depth::Full { usize::MAX } else { 2 }) {
        page.detail(text);
    }
    if !one.stop.is_empty() {
        page.detail(&format!("{} {}", knowledge.text("session-stop"), without_ends(knowledge, one.stop.iter().map(String::as_str))));
    }
    if !one.steps.is_empty() {
        page.detail(&format!("{} → gravida session {}", t(knowledge, "step-by-step"), one.slug));
    }
    if depth == Depth::Full {
        for (text, cites) in one.dose.iter().chain(&one.effect).chain(&one.caution) {
            page.detail(&format!("{text}  {}", sources(knowledge, cites)));
        }
        for (n, step) in one.steps.iter().enumerate() {
            page.detail(&format!("{}. ({} s) {}", n + 1, step.seconds, step.say));
        }
    }
    if let Some(weeks) = one.review_weeks {
        page.detail(&with(knowledge, "review-after", &[("n", Open::Number(weeks.into()))]));
    }
}

/// Sentences as one list, each without its own full stop.
pub fn without_ends<'a>(knowledge: &Knowledge, texts: impl Iterator<Item = &'a str>) -> String {
    listed(knowledge, texts.map(|text| text.trim_end_matches(['.', '。']).to_owned()))
}

/// Why a measure is not offered.
pub fn reason(knowledge: &Knowledge, case: &Case, one: &Intervention, why: &WhyLeftOut) -> String {
    let names = |findings: &[FindingId]| listed(knowledge, findings.iter().map(|id| answered(knowledge, *id, case.answer(*id))));
    match why {
        WhyLeftOut::HelpFirst => knowledge.text("no-self-care").to_owned(),
        WhyLeftOut::Advice(_) => one.because.clone().unwrap_or_default(),
        WhyLeftOut::Time => t(knowledge, "left-out-time"),
        WhyLeftOut::Contraindicated(findings) => with(knowledge, "left-out-said", &[("names", Open::Text(&names(findings)))]),
        WhyLeftOut::NotExcluded(findings) => with(knowledge, "left-out-open", &[("names", Open::Text(&names(findings)))]),
    }
}

fn left_out(page: &mut Page, knowledge: &Knowledge, case: &Case, list: &[LeftOut], depth: Depth) {
    let shown: Vec<&LeftOut> = list
        .iter()
        .filter(|left| left.why != WhyLeftOut::Advice(Advice::DoNotOffer) && (left.why != WhyLeftOut::Time || depth == Depth::Full))
        .collect();
    if shown.is_empty() {
        return;
    }
    page.heading(knowledge.text("left-out"));
    for left in shown {
        let one = knowledge.intervention(left.intervention);
        page.point(&fill(knowledge, "name-answer", &[("name", &one.name), ("answer", &reason(knowledge, case, one, &left.why))]));
    }
}
