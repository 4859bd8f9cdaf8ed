//! What this program is, and the drawing on which a person points to where it hurts.

use gravida_knowledge::{FindingId, Knowledge, ScreenId};
use maud::{Markup, html};

use crate::frame;
use crate::pictures;
use crate::request::Response;
use crate::start;
use crate::view::View;
use crate::words::Open;

pub fn page(view: &View<'_>) -> Response {
    let knowledge = view.knowledge;
    let body = html! {
        h1 { (view.t("about")) }
        p { (view.say("safety")) }
        p { (view.t("about-how")) }
        p { (view.with("about-pack", &[("flags", Open::Number(knowledge.red_flags.len())), ("causes", Open::Number(knowledge.conditions.len())), ("measures", Open::Number(knowledge.interventions.len())), ("sources", Open::Number(knowledge.sources.len()))])) }
        p { (view.t("about-private")) }
        p { (view.t("about-proved")) }
        p { (view.t("about-not-proved")) }
        p.quiet { "Gravida " (env!("CARGO_PKG_VERSION")) " · " code { (knowledge.hash.get(..12).unwrap_or("")) } }
        p { a href="sources" { (view.t("sources")) } }
        (start::way_on(view))
    };
    frame::page(view, &view.t("about"), body)
}

pub fn has_map(knowledge: &Knowledge, screen: ScreenId) -> bool {
    let shows = &knowledge.screen(screen).shows;
    pictures::places().any(|(_, finding)| shows.iter().any(|id| knowledge.finding(*id).slug == finding))
}

/// The drawing with a label for each place: tapping one ticks the line of the list that says the same. It works without
/// a script, and holds nothing that the list does not.
pub fn body_map(view: &View<'_>, findings: &[FindingId]) -> Markup {
    let knowledge = view.knowledge;
    html! {
        div.map aria-hidden="true" {
            (pictures::icon("body-map"))
            @for (class, finding) in pictures::places() {
                @if let Some(id) = findings.iter().find(|id| knowledge.finding(**id).slug == finding) {
                    label class={ "spot " (class) } for={ "f" (id.index()) } title=(knowledge.finding(*id).name) {}
                }
            }
        }
    }
}
