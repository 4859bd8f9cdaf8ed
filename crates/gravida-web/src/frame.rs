//! The frame of every page: title, the call button in its one place, the way out, language and help. No health words.

use gravida_knowledge::{Knowledge, Role};
use maud::{DOCTYPE, Markup, html};

use crate::pictures::icon;
use crate::request::{Host, Response};
use crate::view::View;
use crate::words::Open;

/// What a page in the app may load: its own files, and nothing from anywhere else. A server says the same in a header.
pub const APP_POLICY: &str = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; manifest-src 'self'; worker-src 'self'; connect-src 'none'; form-action 'self'; base-uri 'none'";

/// The form of the questions.
pub const QUESTIONS: &str = "questions";

/// A page under its title.
pub fn page(view: &View<'_>, title: &str, body: Markup) -> Response {
    framed(view, title, body, None)
}

/// A page of questions: what is filled in goes along when the language or the country is changed.
pub fn asking(view: &View<'_>, title: &str, body: Markup) -> Response {
    framed(view, title, body, Some(QUESTIONS))
}

fn framed(view: &View<'_>, title: &str, body: Markup, form: Option<&str>) -> Response {
    let t = |id: &str| view.t(id);
    let markup = html! {
        (DOCTYPE)
        html lang=(view.words.tag) dir=(view.words.direction()) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="referrer" content="same-origin";
                meta name="robots" content="noindex";
                @if view.host == Host::App {
                    meta http-equiv="Content-Security-Policy" content=(APP_POLICY);
                }
                meta name="color-scheme" content="light dark";
                title { (title) " – " (t("app-name")) }
                link rel="icon" href="icon.svg" type="image/svg+xml";
                link rel="stylesheet" href="style.css";
                @if view.host == Host::App {
                    link rel="manifest" href="manifest.webmanifest";
                    link rel="apple-touch-icon" href="apple-touch-icon.png";
                    script src="loader.js" defer {}
                }
                script src="app.js" defer {}
            }
            body {
                a.skip href="#main" { (t("skip")) }
                header {
                    (call_button(view))
                    form.exit method="post" action="exit" id="exit" {
                        button.exit type="submit" { (icon("quick-exit")) (t("exit")) span.key { " (Esc)" } }
                    }
                }
                main id="main" tabindex="-1" { (body) }
                footer { (foot(view, form)) }
            }
        }
    };
    Response::page(markup.into_string())
}

/// The emergency number of the chosen place, on every page in the same place.
fn call_button(view: &View<'_>) -> Markup {
    html! {
        @match view.emergency().and_then(|service| service.number.as_deref()) {
            Some(number) => a.call href={ "tel:" (digits(number)) } { (icon("call")) (view.with("call-number", &[("number", Open::Text(number))])) },
            None => a.call href="call" { (icon("call")) (view.t("call")) },
        }
    }
}

/// A number as it is dialled.
pub fn digits(number: &str) -> String {
    number.chars().filter(|c| c.is_ascii_digit() || *c == '+').collect()
}

fn foot(view: &View<'_>, form: Option<&str>) -> Markup {
    let to = |path: &'static str| form.map(|_| path);
    let back = view.path;
    html! {
        nav aria-label=(view.t("more")) {
            ul.links {
                li { a href="call" { (view.t("who-to-call")) } }
                @if view.state.is_handed_over() { li { a href="partner-view" { (view.t("partner-short")) } } }
                @if !view.state.answers.is_empty() && !view.state.is_handed_over() { li { a href="answers" { (view.t("my-answers")) } } }
                @if !view.state.episode.is_empty() && !view.state.is_handed_over() { li { a href="follow" { (view.say("follow-title")) } } }
                li { a href="sessions" { (view.t("sessions")) } }
                li { a href="about" { (view.t("about")) } }
                li { a href="erase" { (view.t("erase")) } }
            }
        }
        form.inline method="post" action="language" {
            input type="hidden" name="back" value=(back);
            @for (tag, name) in &view.languages {
                button type="submit" form=[form] formaction=[to("language")] name="language" value=(tag) lang=(tag) aria-pressed=(if *tag == view.words.tag { "true" } else { "false" }) { (name) }
            }
        }
        form.inline method="post" action="place" {
            input type="hidden" name="back" value=(back);
            label for="place" { (view.t("place")) }
            select id="place" form=[form] name="place" {
                @for place in &view.knowledge.places {
                    option value=(place.slug) selected[place.slug == view.place.slug] { (place.name) }
                }
            }
            button type="submit" form=[form] formaction=[to("place")] { (view.t("change")) }
        }
        p.quiet { (view.t("private-by-design")) }
    }
}

/// A box that says what is wrong and what to do instead.
pub fn problem(view: &View<'_>, id: Option<&str>) -> Markup {
    html! {
        @if let Some(id) = id {
            div.problem role="alert" id="problem" tabindex="-1" autofocus { h2 { (view.t("problem")) } p { (view.t(id)) } }
        }
    }
}

/// The emergency number of every place that has one: a page that failed does not know which was chosen.
fn emergencies(knowledge: &Knowledge) -> impl Iterator<Item = (&str, &str)> {
    knowledge.places.iter().filter_map(|place| Some((place.name.as_str(), place.service(Role::Emergency)?.number.as_deref()?)))
}

/// The page for a request whose page could not be made, in every language, without anything that could fail again.
pub fn failure(site: &crate::Site) -> String {
    let markup = html! {
        (DOCTYPE)
        html lang="en" {
            head { meta charset="utf-8"; meta name="viewport" content="width=device-width, initial-scale=1"; title { "Gravida" } link rel="stylesheet" href="style.css"; }
            body { main { @for tongue in &site.tongues {
                section lang=(tongue.words.tag) {
                    h1 { (tongue.words.t("failed-title")) }
                    p { (tongue.knowledge.text("failure")) }
                    ul.services { @for (place, number) in emergencies(&tongue.knowledge) { li { a.number href={ "tel:" (digits(number)) } { (number) } (place) } } }
                    p { a href="start" { (tongue.words.t("to-start")) } }
                }
            } } }
        }
    };
    markup.into_string()
}
