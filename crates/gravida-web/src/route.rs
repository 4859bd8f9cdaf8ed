//! From a path to a page; an unknown path is a page too, and a state that cannot be read is never taken for calm.

use crate::request::{Request, Response};
use crate::state::State;
use crate::view::View;
use crate::{about, answers, ask, assets, follow, form::Form, leave, note, partner, result, session, source, start};
use crate::site::Site;

/// The page for a request.
pub fn answer(site: &Site, request: &Request) -> Response {
    if let Some(file) = assets::file(&request.path) {
        return file;
    }
    let read = State::read(&request.state);
    let lost = read.is_none();
    let view = View::new(site, request, read.unwrap_or_default());
    if lost {
        return start::lost(&view).keeping(String::new());
    }
    let form = Form(&request.form);
    let path = request.path.as_str();
    if view.state.is_handed_over() && !partner::may_open(path) {
        return Response::go("partner-view");
    }
    match (request.method.as_str(), path) {
        ("GET" | "HEAD", _) => get(&view, path),
        ("POST", _) => post(&view, path, &form),
        _ => start::unknown(&view).with_status(405),
    }
}

fn get(view: &View<'_>, path: &str) -> Response {
    match path {
        "" | "start" | "index.html" => start::page(view),
        "ask" => ask::next(view),
        "answers" => answers::page(view),
        "result" => result::page(view, result::Depth::Person),
        "result-clinician" => result::page(view, result::Depth::Clinician),
        "result-auditor" => result::page(view, result::Depth::Auditor),
        "note" => note::page(view, &Form(&[])),
        "note.pdf" => note::file(view, &Form(&[])),
        "note-phone" => note::aloud(view, &Form(&[])),
        "call" => start::call(view),
        "follow" => follow::page(view, None),
        "follow.episode" => follow::export(view),
        "follow.ics" => follow::reminder(view),
        "partner" => partner::page(view, None),
        "partner-view" => partner::view(view, None),
        "partner-ask" => partner::ask(view, None),
        "about" => about::page(view),
        "sessions" => session::list(view),
        "sources" => source::list(view),
        "erase" => leave::ask(view),
        "away" => leave::away(view),
        _ => {
            let part = |prefix: &str| path.strip_prefix(prefix);
            if let Some(number) = part("change-").and_then(|number| number.parse().ok()) {
                ask::change(view, number)
            } else if let Some(slug) = part("session-") {
                session::page(view, slug)
            } else if let Some(slug) = part("source-") {
                source::page(view, slug)
            } else if let Some(slug) = part("cause-") {
                crate::causes::page(view, slug)
            } else {
                start::unknown(view)
            }
        }
    }
}

fn post(view: &View<'_>, path: &str, form: &Form<'_>) -> Response {
    match path {
        "begin" => start::begin(view),
        "language" => start::language(view, form),
        "place" => start::place(view, form),
        "ask" => ask::answered(view, form),
        "follow-add" => follow::contact(view, form),
        "follow-check" => follow::check(view),
        "follow-note" => follow::note(view, form),
        "follow-close" => follow::end(view, form),
        "follow-import" => follow::import(view, form),
        "follow-erase" => follow::erase(view),
        "partner" => partner::hand_over(view, form),
        "partner-ask" => partner::answered(view, form),
        "partner-back" => partner::give_back(view, form),
        "leave" => leave::early(view),
        "words" => answers::words(view, form),
        "note" => note::page(view, form),
        "note.pdf" => note::file(view, form),
        "note-phone" => note::aloud(view, form),
        "erase" => leave::erase(view),
        "exit" => leave::exit(),
        _ => {
            if let Some(number) = path.strip_prefix("change-").and_then(|number| number.parse().ok()) {
                ask::changed(view, number, form)
            } else if let Some(slug) = path.strip_prefix("session-") {
                session::event(view, slug, form)
            } else {
                start::unknown(view)
            }
        }
    }
}

/// Where to come back to after a change of language or place: a page of this site, and no other.
pub fn back(form: &Form<'_>) -> String {
    let path = form.one("back").unwrap_or("");
    let plain = path.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '.');
    if plain && !path.is_empty() { path.to_owned() } else { "start".to_owned() }
}
