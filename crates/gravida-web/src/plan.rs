//! What may ease it: by day and by who does it, what not to do, and what was left out with the reason.

use gravida_assessment::{Assessment, Group, LeftOut, Offer, WhyLeftOut};
use gravida_knowledge::{Advice, FindingId, Intervention};
use maud::{Markup, html};

use crate::result::Depth;
use crate::result::list;
use crate::source::marks;
use crate::view::View;
use crate::words::Open;

/// So many measures of a group stand open; the rest is one tap away.
const FEW: usize = 5;

pub fn section(view: &View<'_>, assessment: &Assessment, depth: Depth) -> Markup {
    let knowledge = view.knowledge;
    let plan = &assessment.plan;
    html! {
        section {
            h2 { (view.t("what-helps")) }
            @if !plan.self_care {
                p { (view.say("no-self-care")) }
            } @else {
                @for group in Group::ALL {
                    @let offers: Vec<&Offer> = plan.offers.iter().filter(|offer| offer.group(knowledge) == group).collect();
                    @if !offers.is_empty() {
                        h3 { (view.say(&format!("plan-{}", group.word()))) }
                        @for offer in offers.iter().take(FEW) { (offered(view, offer, depth)) }
                        @if offers.len() > FEW {
                            details { summary { (view.with("and-more", &[("n", Open::Number(offers.len() - FEW))])) } @for offer in offers.iter().skip(FEW) { (offered(view, offer, depth)) } }
                        }
                    }
                }
                (not_to_do(view, assessment))
                (left_out(view, &plan.left_out, depth))
            }
        }
    }
}

/// Who does it, in the words of the pack.
fn who(view: &View<'_>, one: &Intervention) -> String {
    let word = |who: &String| match who.as_str() {
        "self" => view.say("session-you").to_owned(),
        "partner" => view.say("session-helper").to_owned(),
        "professional" => view.say("session-professional").to_owned(),
        other => view.t(&format!("who-{other}")),
    };
    one.who.iter().map(word).collect::<Vec<_>>().join(&view.t("apart"))
}

fn offered(view: &View<'_>, offer: &Offer, depth: Depth) -> Markup {
    let one = view.knowledge.intervention(offer.intervention);
    html! {
        details.measure {
            summary {
                strong { (one.name) }
                @if one.advice == Advice::Consider { " (" (view.say("ask-first")) ")" }
                " " span.tag { (who(view, one)) }
            }
            @if !offer.eases.is_empty() { p { (view.t("eases")) " " (list(view, offer.eases.iter().map(|id| view.knowledge.condition(*id).name.clone()))) } }
            ul { @for text in &one.how { li { (text) } } }
            @if !one.steps.is_empty() { p { a.button href={ "session-" (one.slug) } { (view.t("step-by-step")) span.hidden { " " (one.name) } } } }
            @if !one.stop.is_empty() { p { strong { (view.say("session-stop")) } } ul { @for text in &one.stop { li { (text) } } } }
            @for (text, cites) in &one.caution { p { (text) (marks(view, cites)) } }
            @if let Some(weeks) = one.review_weeks { p { (view.with("review-after", &[("n", Open::Number(weeks.into()))])) } }
            details open[depth != Depth::Person] {
                summary { (view.t("evidence")) " " (view.with("certainty", &[("word", Open::Text(&view.t(&format!("certainty-{}", one.certainty.split_whitespace().next().unwrap_or("none")))))])) }
                @if !one.dose.is_empty() { h4 { (view.t("dose")) } ul { @for (text, cites) in &one.dose { li { (text) (marks(view, cites)) } } } }
                @if !one.effect.is_empty() { h4 { (view.t("effect")) } ul { @for (text, cites) in &one.effect { li { (text) (marks(view, cites)) } } } }
                p { (marks(view, &one.cites)) }
                @if depth == Depth::Auditor { p.quiet { code { (one.origin.file) ":" (one.origin.line) } } }
            }
        }
    }
}

fn not_to_do(view: &View<'_>, assessment: &Assessment) -> Markup {
    let all: Vec<&Intervention> = assessment.plan.not_to_do().map(|id| view.knowledge.intervention(id)).collect();
    html! {
        @if !all.is_empty() {
            h3 { (view.say("plan-not-to-do")) }
            ul { @for one in all { li { strong { (one.name) } ": " (one.because.as_deref().unwrap_or_default()) (marks(view, &one.cites)) } } }
        }
    }
}

/// Why a measure is not offered.
pub fn reason(view: &View<'_>, one: &Intervention, why: &WhyLeftOut) -> String {
    let names = |findings: &[FindingId]| findings.iter().map(|id| view.answered(*id, view.case.answer(*id))).collect::<Vec<_>>().join(&view.t("apart"));
    match why {
        WhyLeftOut::HelpFirst => view.say("no-self-care").to_owned(),
        WhyLeftOut::Advice(_) => one.because.clone().unwrap_or_default(),
        WhyLeftOut::Time => view.t("left-out-time"),
        WhyLeftOut::Contraindicated(findings) => view.with("left-out-said", &[("names", Open::Text(&names(findings)))]),
        WhyLeftOut::NotExcluded(findings) => view.with("left-out-open", &[("names", Open::Text(&names(findings)))]),
    }
}

fn left_out(view: &View<'_>, all: &[LeftOut], depth: Depth) -> Markup {
    let shown: Vec<&LeftOut> = all.iter().filter(|left| left.why != WhyLeftOut::Advice(Advice::DoNotOffer) && (left.why != WhyLeftOut::Time || depth != Depth::Person)).collect();
    html! {
        @if !shown.is_empty() {
            details {
                summary { (view.say("left-out")) " (" (shown.len()) ")" }
                ul { @for left in shown { @let one = view.knowledge.intervention(left.intervention); li { strong { (one.name) } ": " (reason(view, one, &left.why)) } } }
            }
        }
    }
}
