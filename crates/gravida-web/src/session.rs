//! Guided sessions: one step a page, moved by the stepper that the terminal uses too. Consent comes first, and the signs
//! to stop are on every page. The clock is the browser's; without it the person goes on by hand.

use gravida_assessment::{KeptBack, Session, SessionEvent, SessionPhase, StopReason, care_plan, differential, triage, why_not_now};
use gravida_knowledge::{Intervention, InterventionId};
use maud::{Markup, html};

use crate::form::Form;
use crate::frame;
use crate::pictures;
use crate::request::Response;
use crate::start;
use crate::state::Exercise;
use crate::view::View;
use crate::words::Open;

/// All sessions of the pack.
pub fn list(view: &View<'_>) -> Response {
    let with_steps = view.knowledge.interventions.iter().filter(|one| !one.steps.is_empty());
    let body = html! {
        h1 { (view.t("sessions")) }
        p { (view.say("session-list")) }
        ul.big { @for one in with_steps { li { a href={ "session-" (one.slug) } { (one.name) } " – " (time(view, one.steps.iter().map(|step| u64::from(step.seconds)).sum())) } } }
        (start::way_on(view))
    };
    frame::page(view, &view.t("sessions"), body)
}

fn time(view: &View<'_>, seconds: u64) -> String {
    let minutes = usize::try_from(seconds.div_ceil(60)).unwrap_or(usize::MAX);
    view.with("minutes", &[("n", Open::Number(minutes))])
}

fn find<'a>(view: &View<'a>, slug: &str) -> Option<(InterventionId, &'a Intervention)> {
    let id = view.knowledge.intervention_ids().find(|id| view.knowledge.intervention(*id).slug == slug)?;
    let one = view.knowledge.intervention(id);
    (!one.steps.is_empty()).then_some((id, one))
}

/// The session where it stands.
fn session<'a>(one: &'a Intervention, stands: &Exercise) -> Option<Session<'a>> {
    let mut session = Session::new(one)?;
    if !stands.agreed {
        return Some(session);
    }
    session = session.after(SessionEvent::Resume).session;
    for _ in 0..stands.step.min(one.steps.len()) {
        session = session.after(SessionEvent::Next).session;
    }
    if let Some(sign) = stands.stopped {
        session = session.after(SessionEvent::Stop(if sign < one.stop.len() { StopReason::Sign(sign) } else { StopReason::Asked })).session;
    }
    Some(session)
}

pub fn page(view: &View<'_>, slug: &str) -> Response {
    let Some((id, one)) = find(view, slug) else { return start::unknown(view) };
    let stands = view.state.session.clone().filter(|own| own.intervention == slug).unwrap_or_default();
    let Some(session) = session(one, &stands) else { return start::unknown(view) };
    let body = match refused(view, id, one) {
        Some(reason) => html! {
            h1 { (one.name) }
            section.care.today { h2 { (view.say("session-refused")) } p { (reason) } }
            p { (view.say("safety")) }
            (start::way_on(view))
        },
        None if !stands.agreed => consent(view, one),
        None => match session.phase() {
            SessionPhase::Stopped(_) => ended(view, one, "session-stopped"),
            SessionPhase::Done => ended(view, one, "session-done"),
            SessionPhase::Running | SessionPhase::Paused => step(view, one, &session),
        },
    };
    frame::page(view, &view.t("sessions"), body)
}

/// Why this is not for this person now, by what was answered; nothing private is named, since somebody helps.
fn refused(view: &View<'_>, id: InterventionId, one: &Intervention) -> Option<String> {
    let knowledge = view.knowledge;
    if !view.state.begun {
        return None;
    }
    // While a partner holds the device, private answers have no effect here either: a refusal would tell of them.
    let case = if view.state.is_handed_over() { KeptBack::of(knowledge, &[]).without_private(&view.case) } else { view.case.clone() };
    let triage = triage(knowledge, &case);
    let differential = differential(knowledge, &case, &triage);
    let plan = care_plan(knowledge, &case, &triage, &differential);
    if plan.offers.iter().any(|offer| offer.intervention == id) {
        return None;
    }
    let why = why_not_now(knowledge, &case, &triage, id)?;
    let private = one.never.iter().any(|(rule, _)| rule.findings().iter().any(|finding| knowledge.finding(*finding).private));
    // A partner may hold the device: then no reason is named at all.
    Some(if private || view.state.is_handed_over() { view.say("session-refused-private").to_owned() } else { crate::plan::reason(view, one, &why) })
}

/// Who does it, what to check, and the question that comes before everything.
fn consent(view: &View<'_>, one: &Intervention) -> Markup {
    html! {
        h1 { (one.name) }
        p { (view.say("session-consent")) }
        @if !view.state.begun { p.note { (view.say("session-not-checked")) } p { a.button href="start" { (view.t("answer-first")) } } }
        (signs(view, one))
        form method="post" action={ "session-" (one.slug) } {
            p { strong { (view.say("session-ready")) } }
            div.actions {
                button type="submit" name="event" value="agree" { (view.t("session-begin")) }
                a.second href="sessions" { (view.t("not-now")) }
            }
        }
        h2 { (view.t("all-steps")) }
        ol { @for step in &one.steps { li { (step.say) } } }
    }
}

fn signs(view: &View<'_>, one: &Intervention) -> Markup {
    html! { section.stop aria-labelledby="stop" { h2 id="stop" { (view.say("session-stop")) } ul { @for text in &one.stop { li { (text) } } } } }
}

fn step(view: &View<'_>, one: &Intervention, session: &Session<'_>) -> Markup {
    let now = session.view();
    html! {
        p.progress { (view.with("step-of", &[("n", Open::Number(now.number)), ("all", Open::Number(now.steps))])) }
        h1 { (one.name) }
        (pictures::step(&one.slug, now.number, &view.words.tag))
        p.step aria-live="polite" { (now.say) }
        form method="post" action={ "session-" (one.slug) } id="step" data-seconds=(now.seconds) data-pause=(view.t("pause")) data-resume=(view.t("resume")) {
            input type="hidden" name="step" value=(now.number);
            p.timer { span id="left" role="timer" { (view.with("seconds", &[("n", Open::Number(usize::try_from(now.seconds).unwrap_or(0)))])) } progress id="bar" max=(now.seconds) value="0" aria-label=(view.t("time-left")) {} }
            div.actions {
                button type="submit" name="event" value="next" { (view.t("next-step")) }
                @if now.number > 1 { button.second type="submit" name="event" value="back" { (view.t("back")) } }
                button.second type="button" id="pause" hidden { (view.t("pause")) }
                button.danger type="submit" name="event" value="stop" { (view.t("stop")) }
            }
            div.choice { input type="checkbox" id="sound" disabled; label for="sound" { (view.t("cue-sound")) } }
            div.choice { input type="checkbox" id="buzz" disabled; label for="buzz" { (view.t("cue-buzz")) } }
        }
        (signs(view, one))
    }
}

fn ended(view: &View<'_>, one: &Intervention, words: &str) -> Markup {
    html! {
        h1 { (one.name) }
        p role="status" { (view.say(words)) }
        (signs(view, one))
        form method="post" action={ "session-" (one.slug) } { div.actions { button.second type="submit" name="event" value="again" { (view.t("once-more")) } } }
        (start::way_on(view))
    }
}

/// What happened: somebody agreed, went on, back, or stopped.
pub fn event(view: &View<'_>, slug: &str, form: &Form<'_>) -> Response {
    let Some((id, one)) = find(view, slug) else { return start::unknown(view) };
    let here = format!("session-{slug}");
    if refused(view, id, one).is_some() {
        return Response::go(&here);
    }
    let mut state = view.state.clone();
    let mut stands = state.session.take().filter(|own| own.intervention == slug).unwrap_or_default();
    stands.intervention = slug.to_owned();
    // A form that comes twice (a timer and a tap) moves one step, not two.
    let fits = form.one("step").and_then(|number| number.parse::<usize>().ok()) == Some(stands.step + 1);
    match form.one("event") {
        Some("agree") => stands = Exercise { intervention: slug.to_owned(), agreed: true, ..Exercise::default() },
        Some("again") => stands = Exercise { intervention: slug.to_owned(), ..Exercise::default() },
        Some("next") if fits => stands.step += 1,
        Some("back") if fits => stands.step = stands.step.saturating_sub(1),
        Some("stop") => stands.stopped = Some(usize::MAX),
        _ => {}
    }
    stands.done = stands.step >= one.steps.len();
    state.session = Some(stands);
    Response::go(&here).keeping(state.write())
}
