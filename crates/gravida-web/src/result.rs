//! The result: how soon and from whom first, then why, what would change it, what it may be, what may ease it, and when
//! to look again; in three depths. It decides nothing.

use gravida_assessment::{Assessment, FlagState, Next, call_sooner, check_certificate};
use gravida_knowledge::{Answer, Answers, Knowledge, Phase, Urgency, Verdict};
use maud::{Markup, html};

use crate::frame;
use crate::pictures::icon;
use crate::request::Response;
use crate::source::marks;
use crate::start::service_line;
use crate::view::View;
use crate::words::Open;
use crate::{causes, plan, why};

/// For whom: the person, a clinician, or somebody who checks every line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Depth {
    Person,
    Clinician,
    Auditor,
}

impl Depth {
    const ALL: [Depth; 3] = [Depth::Person, Depth::Clinician, Depth::Auditor];

    fn path(self) -> &'static str {
        match self {
            Depth::Person => "result",
            Depth::Clinician => "result-clinician",
            Depth::Auditor => "result-auditor",
        }
    }
}

/// The result of the answers so far. Before the last question it is shown to those who left early alone; the others
/// are led back to the questions.
pub fn page(view: &View<'_>, depth: Depth) -> Response {
    if !view.state.begun {
        return Response::go("start");
    }
    let assessment = view.assess();
    if matches!(assessment.next, Next::Ask { .. }) && !view.state.left {
        return Response::go("ask");
    }
    let level = assessment.triage.act_on;
    let body = html! {
        (care_card(view, &assessment))
        (while_you_wait(view, &assessment))
        (why::section(view, &assessment, depth))
        (crate::partner::voices(view, &view.heard))
        @if level < Urgency::Emergency { (sooner(view)) }
        (causes::section(view, &assessment, depth))
        (plan::section(view, &assessment, depth))
        (look_again(view, &assessment, depth))
        (end(view, &assessment, depth))
    };
    frame::page(view, &view.t("what-to-do"), body)
}

/// The level in words, with its own shape and hidden text: never by colour alone.
pub fn care_card(view: &View<'_>, assessment: &Assessment) -> Markup {
    let level = assessment.triage.act_on;
    let open = !assessment.triage.is_settled();
    let place = Urgency::ALL.iter().position(|other| *other == level).map_or(0, |at| at + 1);
    html! {
        section class={ "care " (level) } aria-labelledby="level" {
            h1 id="level" {
                (icon(&format!("level-{level}")))
                span.hidden { (view.with("level-of", &[("n", Open::Number(place)), ("all", Open::Number(Urgency::ALL.len()))])) " " }
                (view.level_words(level))
            }
            p.clock { (view.say(&format!("clock-{level}"))) }
            @let services = view.services(&assessment.triage);
            @if !services.is_empty() { ul.services { @for service in services { li { (service_line(service)) } } } }
            @for text in said(view, assessment) { p { (text) } }
            @if open { p { (view.say("leave-early")) } }
        }
    }
}

/// The flags that speak: those present that decide, else the first that could not be ruled out.
fn speaking(assessment: &Assessment) -> Vec<&FlagState> {
    let deciding: Vec<&FlagState> = assessment.triage.deciding().collect();
    let present: Vec<&FlagState> = deciding.iter().copied().filter(|state| state.verdict == Verdict::Present).collect();
    if present.is_empty() { deciding.into_iter().take(3).collect() } else { present }
}

fn said<'a>(view: &View<'a>, assessment: &Assessment) -> Vec<&'a str> {
    let mut texts: Vec<&str> = Vec::new();
    for state in speaking(assessment) {
        // What a flag says is for those who have the sign; who could not rule it out says that.
        let text = if state.verdict == Verdict::Present { view.knowledge.red_flag(state.flag).say.as_str() } else { view.say("unsure-do") };
        if !texts.contains(&text) {
            texts.push(text);
        }
    }
    texts
}

fn while_you_wait(view: &View<'_>, assessment: &Assessment) -> Markup {
    let mut texts: Vec<&str> = Vec::new();
    for state in speaking(assessment) {
        if let Some(text) = view.knowledge.red_flag(state.flag).meanwhile.as_deref()
            && !texts.contains(&text)
            && (state.verdict == Verdict::Present || texts.is_empty())
        {
            texts.push(text);
        }
    }
    html! {
        @if !texts.is_empty() {
            section {
                h2 { (view.t(if assessment.triage.act_on >= Urgency::Today { "while-you-wait" } else { "until-then" })) }
                ul { @for text in texts { li { (text) } } }
            }
        }
    }
}

/// Phrases one after another, each apart.
pub fn list(view: &View<'_>, phrases: impl Iterator<Item = String>) -> Markup {
    let apart = view.t("apart");
    html! { (phrases.collect::<Vec<_>>().join(&apart)) }
}

/// Every single change that would raise the level; what is private is never on this card, which may lie open.
fn sooner(view: &View<'_>) -> Markup {
    let knowledge = view.knowledge;
    let changes: Vec<_> = call_sooner(knowledge, &view.case).into_iter().filter(|one| !knowledge.finding(one.finding).private && is_sign(view, one)).collect();
    html! {
        @if !changes.is_empty() {
            section.sooner {
                h2 { (view.say("call-sooner")) }
                @for level in Urgency::ALL.into_iter().rev() {
                    @let here: Vec<_> = changes.iter().filter(|one| one.urgency == level).collect();
                    @if !here.is_empty() {
                        details open[level == Urgency::Emergency] {
                            summary { (view.level_words(level)) " (" (here.len()) ")" }
                            ul { @for one in here { li { (change(view, one)) } } }
                        }
                    }
                }
                p { (view.say("sooner-unsure")) }
            }
        }
    }
}

/// Something that can be noticed: a sign, or weeks still to come; not who is answering. Doubt has its own sentence.
fn is_sign(view: &View<'_>, one: &gravida_assessment::Sooner) -> bool {
    let knowledge = view.knowledge;
    let answers = &knowledge.finding(one.finding).answers;
    if let (Answers::Weeks(..), Answer::Between(_, now), Answer::Between(from, _)) = (answers, view.case.answer(one.finding), one.answer)
        && from <= now
    {
        return false;
    }
    let start = knowledge.screens.iter().any(|screen| screen.phase == Phase::Start && screen.shows.contains(&one.finding));
    one.answer != Answer::NotSure && !(start && matches!(answers, Answers::Choices(_)))
}

fn change(view: &View<'_>, one: &gravida_assessment::Sooner) -> String {
    match one.answer {
        // On an ordered scale everything from here on is worse.
        Answer::Between(low, _) if view.knowledge.finding(one.finding).ordered => view.answered(one.finding, Answer::exactly(low)),
        other => view.answered(one.finding, other),
    }
}

fn look_again(view: &View<'_>, assessment: &Assessment, depth: Depth) -> Markup {
    let rules: Vec<_> = assessment.look_again.rules.iter().filter_map(|at| view.knowledge.follow_ups.get(*at)).collect();
    html! {
        @if !rules.is_empty() && assessment.triage.act_on < Urgency::Today {
            section {
                h2 { (view.say("look-again")) }
                @for rule in rules {
                    h3 { (rule.name) }
                    ul { @for (text, _) in rule.observe.iter().chain(&rule.recheck) { li { (text) } } }
                    @if !rule.escalate.is_empty() {
                        p { strong { (view.t("do-not-wait")) } @if let Some(service) = rule.to.and_then(|at| view.place.service(at.role)) { " " (service_line(service)) } }
                        ul { @for (text, _) in &rule.escalate { li { (text) } } }
                    }
                    p { (marks(view, &rule.cites)) }
                    @if depth == Depth::Auditor { p.quiet { code { (rule.origin.file) ":" (rule.origin.line) } } }
                }
            }
        }
    }
}

fn end(view: &View<'_>, assessment: &Assessment, depth: Depth) -> Markup {
    html! {
        section {
            p { (view.say("safety")) }
            @if let Next::Done(certificate) = &assessment.next {
                p { (view.with("certificate", &[("asked", Open::Number(certificate.asked)), ("rest", Open::Number(certificate.not_needed))])) }
                // Whoever checks every line has it checked: every answer that was not needed is given, and the level read again.
                @if depth == Depth::Auditor { p { (view.t(if check_certificate(view.knowledge, &view.case, certificate) { "certificate-holds" } else { "certificate-broken" })) } }
            }
            div.actions {
                a.second href="note" { (view.t("note-title")) }
                a.second href="answers" { (view.t("change-answers")) }
                a.second href="follow" { (view.t(if view.state.checking { "follow-after-questions" } else { "follow" })) }
                a.second href="partner" { (view.t("partner")) }
                @if matches!(assessment.next, Next::Ask { .. }) { a.second href="ask" { (view.t("go-on-asking")) } }
            }
            nav aria-label=(view.t("depth")) {
                ul.links { @for other in Depth::ALL { li { a href=(other.path()) aria-current=[(other == depth).then_some("page")] { (view.t(&format!("depth-{}", other.path()))) } } } }
            }
            @if depth == Depth::Auditor { (audit(view, assessment)) }
        }
    }
}

/// Every flag with its verdict, and what the result rests on.
fn audit(view: &View<'_>, assessment: &Assessment) -> Markup {
    let knowledge: &Knowledge = view.knowledge;
    let triage = &assessment.triage;
    html! {
        h2 { (view.t("audit")) }
        p { code { "floor " (triage.floor) ", ceiling " (triage.ceiling) ", act on " (triage.act_on) ", least " (triage.least) ", most " (triage.most) } }
        p { code { "Gravida " (env!("CARGO_PKG_VERSION")) ", pack " (knowledge.hash) } }
        div.wide tabindex="0" role="region" aria-label=(view.t("audit")) {
            table {
                thead { tr { th scope="col" { (view.t("audit-flag")) } th scope="col" { (view.t("audit-verdict")) } th scope="col" { (view.t("audit-counts")) } th scope="col" { (view.t("audit-page")) } } }
                tbody { @for state in &triage.flags {
                    @let flag = knowledge.red_flag(state.flag);
                    tr { th scope="row" { (flag.name) } td { (view.t(match state.verdict { Verdict::Present => "verdict-present", Verdict::Open => "verdict-open", Verdict::Excluded => "verdict-excluded" })) } td { (view.level_words(state.counts)) } td { code { (flag.origin.file) ":" (flag.origin.line) } } }
                } }
            }
        }
    }
}
