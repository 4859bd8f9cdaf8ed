//! The first page, whom to call, and the pages for what cannot be shown.

use maud::{Markup, html};

use crate::ask;
use crate::form::Form;
use crate::frame::{self, digits};
use crate::request::Response;
use crate::view::View;

/// What this is, and the way in. The emergency comes before everything else.
pub fn page(view: &View<'_>) -> Response {
    let body = html! {
        h1 { (view.t("start-title")) }
        p.lead { (view.t("start-what")) }
        (danger_first(view))
        form method="post" action="begin" {
            @if view.state.begun {
                p { (view.t("start-going-on")) }
                p { a.button href="ask" { (view.t("go-on")) } }
                button.second type="submit" { (view.t("begin-anew")) }
            } @else {
                button type="submit" { (view.t("begin")) }
            }
        }
        p { (view.say("safety")) }
        p { (view.t("start-private")) }
    };
    // The title of the window stays in the history of the browser, so it says nothing.
    frame::page(view, &view.t("begin"), body)
}

fn danger_first(view: &View<'_>) -> Markup {
    html! {
        section.care.emergency {
            h2 { (view.t("start-now-title")) }
            p { (view.t("start-now")) }
            (services(view, &[gravida_knowledge::Role::Emergency, gravida_knowledge::Role::Maternity]))
        }
    }
}

fn services(view: &View<'_>, roles: &[gravida_knowledge::Role]) -> Markup {
    html! {
        ul.services {
            @for service in roles.iter().filter_map(|role| view.place.service(*role)) { li { (service_line(service)) } }
        }
    }
}

/// A service, its number as a link that dials.
pub fn service_line(service: &gravida_knowledge::Service) -> Markup {
    html! {
        @if let Some(number) = &service.number { a.number href={ "tel:" (digits(number)) } { (number) } " " }
        (service.say)
    }
}

/// Every service of the chosen place.
pub fn call(view: &View<'_>) -> Response {
    let body = html! {
        h1 { (view.t("who-to-call")) }
        p { (view.place.name) }
        (services(view, &gravida_knowledge::Role::ALL))
        p { (view.say("safety")) }
        (way_on(view))
    };
    frame::page(view, &view.t("who-to-call"), body)
}

/// Back to where the person was.
pub fn way_on(view: &View<'_>) -> Markup {
    html! {
        p { @if view.state.is_handed_over() { a.button href="partner-view" { (view.t("go-on")) } } @else if view.state.begun { a.button href="ask" { (view.t("go-on")) } } @else { a.button href="start" { (view.t("to-start")) } } }
    }
}

/// Begins anew: language, place and the episode stay, answers go.
pub fn begin(view: &View<'_>) -> Response {
    let state = crate::state::State {
        language: view.state.language.clone(),
        place: view.state.place.clone(),
        pack: view.knowledge.hash.clone(),
        begun: true,
        episode: view.state.episode.clone(),
        ..Default::default()
    };
    Response::go("ask").keeping(state.write())
}

pub fn language(view: &View<'_>, form: &Form<'_>) -> Response {
    let tag = form.one("language").filter(|tag| view.languages.iter().any(|(known, _)| known == tag));
    let mut state = view.state.clone();
    state.draft = ask::draft(form);
    state.language = tag.map(str::to_owned).or(state.language);
    Response::go(&crate::route::back(form)).keeping(state.write())
}

pub fn place(view: &View<'_>, form: &Form<'_>) -> Response {
    let slug = form.one("place").filter(|slug| view.knowledge.find_place(slug).is_some());
    let mut state = view.state.clone();
    state.draft = ask::draft(form);
    state.place = slug.map(str::to_owned).or(state.place);
    Response::go(&crate::route::back(form)).keeping(state.write())
}

/// There is no such page.
pub fn unknown(view: &View<'_>) -> Response {
    let body = html! {
        h1 { (view.t("unknown-title")) }
        p { (view.t("unknown")) }
        p { (view.say("failure")) }
        (way_on(view))
    };
    frame::page(view, &view.t("unknown-title"), body).with_status(404)
}

/// The answers so far could not be read.
pub fn lost(view: &View<'_>) -> Response {
    let body = html! {
        h1 { (view.t("lost-title")) }
        p { (view.t("lost")) }
        p { (view.say("failure")) }
        (way_on(view))
    };
    frame::page(view, &view.t("lost-title"), body).with_status(409)
}
