//! Handing the device to a partner: what a partner is shown and asked, and the way back. While a partner has it, no page
//! with the person's own answers opens, and what is kept back can be neither read nor inferred.

use gravida_assessment::{Heard, PartnerView, partner_card, partner_view};
use gravida_knowledge::{Answer, Case, FindingId, Phase, ScreenId, Verdict, Who};
use maud::{Markup, html};

use crate::form::{self, Form};
use crate::frame;
use crate::pictures::icon;
use crate::request::Response;
use crate::start::service_line;
use crate::state::find;
use crate::view::View;

/// After so many wrong codes nothing but erasing is left.
const MOST_WRONG: u8 = 5;

/// The pages that open while a partner has the device.
pub fn may_open(path: &str) -> bool {
    let plain = ["partner-view", "partner-ask", "partner-back", "call", "about", "sessions", "sources", "exit", "erase", "away", "language", "place"];
    plain.contains(&path) || ["session-", "source-", "cause-"].iter().any(|start| path.starts_with(start))
}

/// What is kept back and was answered with more than "no": the person may share it, line by line.
fn hushed<'a>(view: &'a View<'_>) -> impl Iterator<Item = FindingId> + 'a {
    let knowledge = view.knowledge;
    let said = |id: &FindingId| !matches!(view.case.answer(*id), Answer::Unasked | Answer::Between(0, 0));
    knowledge.finding_ids().filter(|id| knowledge.finding(*id).hushed && !knowledge.finding(*id).private).filter(said)
}

/// Before handing over: what a partner will see, what may be shared, and the code for the way back.
pub fn page(view: &View<'_>, wrong: Option<&str>) -> Response {
    let to_share: Vec<FindingId> = hushed(view).collect();
    let body = html! {
        h1 { (view.t("partner")) }
        p { (view.t("partner-what")) }
        p { (view.say("partner-own-choice")) }
        (frame::problem(view, wrong))
        form method="post" action="partner" {
            @if !to_share.is_empty() {
                fieldset {
                    legend { h2 { (view.t("partner-share")) } }
                    p.hint { (view.t("partner-share-hint")) }
                    @for id in &to_share {
                        @let finding = view.knowledge.finding(*id);
                        div.choice { input type="checkbox" id={ "s" (id.index()) } name="share" value=(finding.slug) checked[view.state.share.contains(&finding.slug)]; label for={ "s" (id.index()) } { (finding.name) } }
                    }
                }
            }
            div.field {
                label for="code" { (view.t("partner-code")) }
                p.hint id="code-hint" { (view.t("partner-code-hint")) }
                input type="text" inputmode="numeric" autocomplete="off" id="code" name="code" size="6" maxlength="4" aria-describedby="code-hint";
            }
            div.actions { button type="submit" { (view.t("partner-hand-over")) } a.second href="ask" { (view.t("not-now")) } }
        }
    };
    frame::page(view, &view.t("partner-short"), body)
}

/// Gives the device over.
pub fn hand_over(view: &View<'_>, form: &Form<'_>) -> Response {
    let code = form.one("code").unwrap_or_default();
    if code.chars().count() != 4 || !code.chars().all(|c| c.is_ascii_digit()) {
        return page(view, Some("error-code")).with_status(422);
    }
    let mut state = view.state.clone();
    state.share = hushed(view).map(|id| view.knowledge.finding(id).slug.clone()).filter(|slug| form.has("share", slug)).collect();
    state.code = Some(code.to_owned());
    state.wrong_codes = 0;
    Response::go("partner-view").keeping(state.write())
}

/// The way back to the person's own pages.
pub fn give_back(view: &View<'_>, form: &Form<'_>) -> Response {
    let mut state = view.state.clone();
    if state.wrong_codes < MOST_WRONG && state.code.as_deref().is_some_and(|code| form.one("code") == Some(code)) {
        state.code = None;
        return Response::go("result").keeping(state.write());
    }
    state.wrong_codes = state.wrong_codes.saturating_add(1);
    let wrong = if state.wrong_codes >= MOST_WRONG { "error-code-locked" } else { "error-code-wrong" };
    self::view(view, Some(wrong)).with_status(422).keeping(state.write())
}

fn seen(view: &View<'_>) -> PartnerView {
    let shared: Vec<FindingId> = view.state.share.iter().filter_map(|slug| find(view.knowledge, slug)).collect();
    partner_view(view.knowledge, &view.case, &shared)
}

/// The result as a partner may see it, with one task for today.
pub fn view(view: &View<'_>, wrong: Option<&str>) -> Response {
    if !view.state.is_handed_over() {
        return Response::go("partner");
    }
    let knowledge = view.knowledge;
    let seen = seen(view);
    let level = seen.triage.act_on;
    let shown: Vec<Heard> = view.heard.iter().copied().filter(|one| !seen.hidden.holds(one.finding)).collect();
    let present: Vec<_> = seen.assessment.triage.flags.iter().filter(|state| state.verdict == Verdict::Present).collect();
    let body = html! {
        section class={ "care " (level) } aria-labelledby="level" {
            h1 id="level" { (icon(&format!("level-{level}"))) (view.level_words(level)) }
            p.clock { (view.say(&format!("clock-{level}"))) }
            @let services = view.services(&seen.triage);
            @if !services.is_empty() { ul.services { @for service in services { li { (service_line(service)) } } } }
            @if level > gravida_knowledge::Urgency::SelfCare && !present.iter().any(|state| state.counts == level) { p { (view.say("partner-view-level")) } }
        }
        p { (view.say("partner-view")) }
        @if !present.is_empty() { ul { @for state in &present { li { (knowledge.red_flag(state.flag).name) } } } }
        (voices(view, &shown))
        div.actions { a.button href="partner-ask" { (view.t("partner-answer")) } }
        (task(view))
        section.stop {
            h2 { (view.say("partner-when-to-call")) }
            p { (view.say("partner-call")) }
        }
        (frame::problem(view, wrong))
        form method="post" action="partner-back" {
            div.field {
                label for="code" { (view.t("partner-code-back")) }
                input type="text" inputmode="numeric" autocomplete="off" id="code" name="code" size="6" maxlength="4";
            }
            div.actions { button.second type="submit" { (view.t("partner-give-back")) } }
        }
        p { (view.say("safety")) }
    };
    frame::page(view, &view.t("partner-short"), body)
}

/// One task a day, the same all day long.
fn task(view: &View<'_>) -> Markup {
    let shared: Vec<FindingId> = view.state.share.iter().filter_map(|slug| find(view.knowledge, slug)).collect();
    // The number of the day in its year, as near as the card needs it: the tasks go round.
    let part = |range: std::ops::Range<usize>| view.now.get(range).and_then(|text| text.parse::<u32>().ok()).unwrap_or(0);
    let card = partner_card(view.knowledge, &view.case, &shared, part(5..7) * 31 + part(8..10));
    html! {
        section {
            h2 { (view.say("partner-today")) }
            @match card.task.map(|id| view.knowledge.intervention(id)) {
                None if !card.plan.self_care => p { (view.say("partner-help-first")) },
                None => p { (view.say("partner-no-task")) },
                Some(one) => {
                    p { strong { (one.name) } }
                    p { (view.say("partner-who-is-you")) }
                    p { (view.say("partner-consent")) }
                    h3 { (view.say("partner-how")) }
                    ul { @for text in &one.how { li { (text) } } }
                    @if !one.steps.is_empty() { p { a.button href={ "session-" (one.slug) } { (view.t("step-by-step")) } } }
                    @if !one.stop.is_empty() { h3 { (view.say("partner-stop")) } ul { @for text in &one.stop { li { (text) } } } }
                }
            }
            p { (view.say("partner-medicine")) }
            h3 { (view.say("partner-you-too")) }
            p { (view.say("partner-wellbeing")) }
        }
    }
}

/// Where the two did not say the same, and what counts.
pub fn voices(view: &View<'_>, heard: &[Heard]) -> Markup {
    html! {
        @if !heard.is_empty() {
            section {
                h2 { (view.t("voices")) }
                p { (view.say("voices")) }
                div.wide tabindex="0" role="region" aria-label=(view.t("voices")) {
                    table {
                        thead { tr { th scope="col" { (view.t("number-what")) } th scope="col" { (view.t("voice-self")) } th scope="col" { (view.t("voice-partner")) } th scope="col" { (view.t("voice-counts")) } } }
                        tbody { @for one in heard {
                            tr {
                                th scope="row" { (view.knowledge.finding(one.finding).name) }
                                td { (view.answer(one.finding, one.own)) }
                                td { (view.answer(one.finding, one.other)) }
                                td { @if one.counts == one.own && !one.is_disagreement() { (view.say("voices-noted")) } @else { (view.answer(one.finding, one.counts)) } }
                            }
                        } }
                    }
                }
            }
        }
    }
}

/// The next list that a partner can answer: danger signs that another can notice, by the time of the pregnancy alone.
fn upcoming(view: &View<'_>) -> Option<(ScreenId, Vec<FindingId>)> {
    let knowledge = view.knowledge;
    let mut time = Case::new(knowledge);
    for screen in knowledge.screens.iter().filter(|screen| screen.phase == Phase::Start) {
        screen.shows.iter().filter(|id| !knowledge.finding(**id).private).for_each(|id| time.set(*id, view.case.answer(*id)));
    }
    let known = |id: &FindingId| view.state.partner_past.iter().flatten().any(|slug| *slug == knowledge.finding(*id).slug);
    let open = |id: &FindingId| {
        let finding = knowledge.finding(*id);
        !finding.private && finding.who != Who::Clinician && finding.answers.is_yes_no() && knowledge.shown(*id, &time) != Verdict::Excluded && !known(id)
    };
    let danger = knowledge.screen_ids().filter(|id| knowledge.screen(*id).phase == Phase::Danger);
    let mut lists = danger.map(|id| (id, knowledge.screen(id).shows.iter().copied().filter(open).collect::<Vec<FindingId>>()));
    lists.find(|(_, findings)| !findings.is_empty())
}

/// The questions for a partner, a list a page; leaving is possible at each.
pub fn ask(view: &View<'_>, wrong: Option<&str>) -> Response {
    if !view.state.is_handed_over() {
        return Response::go("partner");
    }
    let Some((screen, findings)) = upcoming(view) else { return Response::go("partner-view") };
    let knowledge = view.knowledge;
    let body = html! {
        p.progress { (view.t("partner-short")) }
        (frame::problem(view, wrong))
        form method="post" action="partner-ask" {
            input type="hidden" name="page" value=(screen.index());
            fieldset {
                legend { h1 { (view.t("partner-noticed")) } }
                p.hint { (view.t("partner-noticed-hint")) }
                @for id in &findings {
                    @let finding = knowledge.finding(*id);
                    div.choice {
                        input type="checkbox" id={ "f" (id.index()) } name="there" value=(finding.slug) aria-describedby=[finding.hint.as_ref().map(|_| format!("f{}-hint", id.index()))];
                        label for={ "f" (id.index()) } { (finding.name) }
                        @if let Some(hint) = &finding.hint { p.hint id={ "f" (id.index()) "-hint" } { (hint) } }
                    }
                }
                hr;
                div.choice { input type="checkbox" id="none" name="rest" value="none"; label for="none" { (view.say("none-of-these")) } }
                div.choice { input type="checkbox" id="unsure" name="rest" value="unsure"; label for="unsure" { (view.t("unsure-rest")) } }
            }
            div.actions { button type="submit" { (view.t("continue")) } a.second href="partner-view" { (view.t("partner-enough")) } }
        }
    };
    frame::page(view, &view.t("partner-short"), body)
}

/// What a partner ticked.
pub fn answered(view: &View<'_>, sent: &Form<'_>) -> Response {
    if !view.state.is_handed_over() {
        return Response::go("partner");
    }
    let Some((screen, findings)) = upcoming(view) else { return Response::go("partner-view") };
    if sent.one("page") != Some(screen.index().to_string().as_str()) {
        return Response::go("partner-ask");
    }
    let understood = match form::ticks(view.knowledge, &findings, sent) {
        Ok(understood) => understood,
        Err(wrong) => return ask(view, Some(wrong)).with_status(422),
    };
    let mut state = view.state.clone();
    state.partner_past.push(findings.iter().map(|id| view.knowledge.finding(*id).slug.clone()).collect());
    for (id, answer) in understood {
        state.set_partner(view.knowledge, id, answer);
    }
    Response::go("partner-ask").keeping(state.write())
}
