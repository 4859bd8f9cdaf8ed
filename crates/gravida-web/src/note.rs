//! The note for the unit: a page to print, words to read out, and a QR code that holds the case itself. It leaves
//! private answers out unless they are asked for, and is refused where that would make it calmer than the result.

use gravida_assessment::Next;
use gravida_record::sheet::{Row, sheet};
use gravida_record::{Note, payload, phone};
use maud::{Markup, html};
use qrcode::{Color, EcLevel, QrCode};

use crate::form::Form;
use crate::frame;
use crate::request::Response;
use crate::view::View;

/// The field of the form that asks for private answers; it is never in an address.
const PRIVATE: &str = "private";

/// The page to print, and the QR code.
pub fn page(view: &View<'_>, form: &Form<'_>) -> Response {
    let private = form.has(PRIVATE, "yes");
    with_note(view, private, "note", &view.t("note-title"), |note| {
        let sheet = sheet(note);
        html! {
            article.sheet {
                h1 { (sheet.title) }
                p.sheet-level { (sheet.level) }
                p { (sheet.clock) }
                @for section in &sheet.sections {
                    section {
                        h2 { (section.heading) }
                        dl { @for row in &section.rows { (row_of(row)) } }
                    }
                }
                div.sheet-foot { @for line in &sheet.foot { p { (line) } } }
            }
            p.no-print { (view.t("note-print")) }
            section.no-print { (code(view, note)) }
            div.actions { a.second href="note-phone" { (view.t("note-phone")) } }
        }
    })
}

/// What to read out, in large type.
pub fn aloud(view: &View<'_>, form: &Form<'_>) -> Response {
    let private = form.has(PRIVATE, "yes");
    with_note(view, private, "note-phone", &view.t("note-phone"), |note| {
        html! {
            h1 { (view.t("note-phone")) }
            p { (view.t("note-phone-how")) }
            ul.services { @for service in note.services() { li { (crate::start::service_line(service)) } } }
            div.aloud { @for line in phone::script(note).lines() { p { (line) } } }
            div.actions { a.second href="note" { (view.t("note-title")) } }
        }
    })
}

/// A page that is made of the note; what is asked for and what is refused is said on it. Before the last question it
/// is there for those who left early alone, as the result is.
fn with_note(view: &View<'_>, private: bool, path: &str, title: &str, body: impl FnOnce(&Note) -> Markup) -> Response {
    if !view.state.begun {
        return Response::go("start");
    }
    if matches!(view.assess().next, Next::Ask { .. }) && !view.state.left {
        return Response::go("ask");
    }
    let words = Some(view.state.words.as_str()).filter(|words| !words.is_empty());
    let today = view.now.get(..10).and_then(|date| date.parse().ok());
    let (status, body) = match Note::new(view.knowledge, &view.case, words, today, view.place, private) {
        Ok(note) => (200, body(&note.with_voices(&view.heard))),
        Err(refused) => (409, html! { h1 { (title) } div.problem role="alert" { h2 { (view.t("problem")) } p { (refused) } } }),
    };
    let body = html! {
        (body)
        form.no-print method="post" action=(path) {
            @if private {
                button.second type="submit" { (view.t("note-without-private")) }
            } @else {
                h2 { (view.t("note-private")) }
                p { (view.say("report-private-offer")) }
                button.second type="submit" name=(PRIVATE) value="yes" { (view.t("note-with-private")) }
            }
        }
        p.no-print { a href="result" { (view.t("to-result")) } }
    };
    frame::page(view, title, body).with_status(status)
}

fn row_of(row: &Row) -> Markup {
    html! {
        @match row {
            Row::Line(label, text) => { div { dt { (label) } dd { (text) } } }
            Row::List(label, items) => { @if !items.is_empty() { div { dt { (label) } dd { ul { @for item in items { li { (item) } } } } } } }
        }
    }
}

/// The case as a picture for another device, and as the same text.
fn code(view: &View<'_>, note: &Note) -> Markup {
    let text = payload::encode(note);
    html! {
        h2 { (view.t("note-code")) }
        p { (view.say("qr-holds")) }
        @if note.private_included { p { (view.say("report-private-included")) } }
        @match &text {
            Ok(text) => {
                @match picture(view, text) { Some(picture) => (picture), None => p { (view.t("note-code-none")) } }
                details {
                    summary { (view.t("note-code-text")) }
                    p { (view.t("note-code-read")) }
                    textarea readonly rows="6" spellcheck="false" aria-label=(view.t("note-code-text")) { (text) }
                }
            }
            Err(_) => p { (view.t("note-code-none")) },
        }
    }
}

/// Four modules around the code, as its standard asks for.
const QUIET: usize = 4;

/// A drawing without any style of its own, so that a strict policy lets it through; always dark on light, for scanners.
fn picture(view: &View<'_>, text: &str) -> Option<Markup> {
    let code = QrCode::with_error_correction_level(text, EcLevel::L).ok()?;
    let width = code.width();
    let mut path = String::new();
    for (y, row) in code.to_colors().chunks(width.max(1)).enumerate() {
        let mut x = 0;
        for run in row.chunk_by(|a, b| a == b) {
            if run.first() == Some(&Color::Dark) {
                path.push_str(&format!("M{} {}h{}v1h-{}z", x + QUIET, y + QUIET, run.len(), run.len()));
            }
            x += run.len();
        }
    }
    let size = width + 2 * QUIET;
    Some(html! {
        svg.code viewBox={ "0 0 " (size) " " (size) } role="img" aria-label=(view.t("note-code")) shape-rendering="crispEdges" {
            rect width=(size) height=(size) fill="#fff" {}
            path d=(path) fill="#000" {}
        }
    })
}
