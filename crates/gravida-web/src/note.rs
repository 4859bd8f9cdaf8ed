//! The note for the unit: a page to print, a PDF that the host makes, words to read out, and a QR code that holds the case
//! itself. It leaves private answers out unless they are asked for, and is refused where that would make it calmer than the
//! result.

use gravida_assessment::Next;
use gravida_record::sheet::{Row, sheet};
use gravida_record::{Note, Paper, payload, phone};
use maud::{Markup, html};
use qrcode::{Color, EcLevel, QrCode};

use crate::form::Form;
use crate::frame;
use crate::request::{Host, Print, Response};
use crate::view::View;

/// The field of the form that asks for private answers; it is never in an address.
const PRIVATE: &str = "private";
/// The field that says which paper; A4 without it.
const PAPER: &str = "paper";
/// The file is named for nobody who looks over a shoulder.
const FILE: &str = "note.pdf";

/// The page to print, and the QR code.
pub fn page(view: &View<'_>, form: &Form<'_>) -> Response {
    let private = form.has(PRIVATE, "yes");
    let title = view.t("note-title");
    with_note(view, private, "note", &title, |note| {
        let sheet = sheet(note);
        let body = html! {
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
            @if view.host == Host::Server { (save(view, private)) } @else { p.no-print { (view.t("note-print")) } }
            section.no-print { (code(view, note)) }
            div.actions { a.second href="note-phone" { (view.t("note-phone")) } }
        };
        framed(view, private, "note", &title, body)
    })
}

/// The page as a PDF for a host that makes one. The app makes none: there the way leads to the page, which says how the
/// browser does it.
pub fn file(view: &View<'_>, form: &Form<'_>) -> Response {
    if view.host == Host::App {
        return Response::go("note");
    }
    let paper = if form.has(PAPER, Paper::Letter.word()) { Paper::Letter } else { Paper::A4 };
    with_note(view, form.has(PRIVATE, "yes"), "note", &view.t("note-title"), |note| {
        let print = Print { sheet: sheet(note), paper };
        Response { kind: "application/pdf".to_owned(), file: Some(FILE.to_owned()), print: Some(print), ..Response::page(String::new()) }
    })
}

/// On paper by the browser, or as a file by the host, which stays on the device: that is said before.
fn save(view: &View<'_>, private: bool) -> Markup {
    html! {
        p.no-print { (view.t("note-paper")) }
        form.no-print method="post" action=(FILE) {
            h2 { (view.t("note-pdf")) }
            p { (view.t("note-pdf-stays")) }
            @if private { input type="hidden" name=(PRIVATE) value="yes"; }
            div.actions {
                button.second type="submit" name=(PAPER) value=(Paper::A4.word()) { (view.t("note-pdf-a4")) }
                button.second type="submit" name=(PAPER) value=(Paper::Letter.word()) { (view.t("note-pdf-letter")) }
            }
        }
    }
}

/// What to read out, in large type.
pub fn aloud(view: &View<'_>, form: &Form<'_>) -> Response {
    let private = form.has(PRIVATE, "yes");
    let title = view.t("note-phone");
    with_note(view, private, "note-phone", &title, |note| {
        let body = html! {
            h1 { (view.t("note-phone")) }
            p { (view.t("note-phone-how")) }
            ul.services { @for service in note.services() { li { (crate::start::service_line(service)) } } }
            div.aloud { @for line in phone::script(note).lines() { p { (line) } } }
            div.actions { a.second href="note" { (view.t("note-title")) } }
        };
        framed(view, private, "note-phone", &title, body)
    })
}

/// What is made of the note, or the page that says why there is none. Before the last question it is there for those who
/// left early alone, as the result is. `path` is the page where private answers can be asked for.
fn with_note(view: &View<'_>, private: bool, path: &str, title: &str, made: impl FnOnce(&Note) -> Response) -> Response {
    if !view.state.begun {
        return Response::go("start");
    }
    if matches!(view.assess().next, Next::Ask { .. }) && !view.state.left {
        return Response::go("ask");
    }
    let words = Some(view.state.words.as_str()).filter(|words| !words.is_empty());
    let today = view.now.get(..10).and_then(|date| date.parse().ok());
    match Note::new(view.knowledge, &view.case, words, today, view.place, private) {
        Ok(note) => made(&note.with_voices(&view.heard)),
        Err(refused) => framed(view, private, path, title, html! { h1 { (title) } div.problem role="alert" { h2 { (view.t("problem")) } p { (refused) } } }).with_status(409),
    }
}

/// A page about the note, with the way to private answers and back.
fn framed(view: &View<'_>, private: bool, path: &str, title: &str, body: Markup) -> Response {
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
    frame::page(view, title, body)
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
