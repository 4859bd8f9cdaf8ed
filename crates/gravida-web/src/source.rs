//! The sources of the pack: who says it, and the passages that are relied on.

use gravida_knowledge::{Cite, Mark};
use maud::{Markup, html};

use crate::frame;
use crate::request::Response;
use crate::start;
use crate::view::View;
use crate::words::Open;

/// The marks behind a fact, each one tap from its source.
pub fn marks(view: &View<'_>, cites: &[Cite]) -> Markup {
    let mut seen: Vec<&str> = Vec::new();
    html! {
        span.cites {
            @for cite in cites {
                @match cite.source {
                    Some(id) => {
                        @let slug = view.knowledge.source(id).slug.as_str();
                        @if !seen.contains(&slug) {
                            " " a href={ "source-" (slug) } { "[" (slug) "]" }
                            @if cite.mark != Mark::Read { span.mark { " " (view.t(&format!("mark-{}", cite.mark.word().replace(' ', "-")))) } }
                            ({ seen.push(slug); "" })
                        }
                    }
                    None => span.mark { " " (view.t(&format!("mark-{}", cite.mark.word().replace(' ', "-")))) },
                }
            }
        }
    }
}

pub fn page(view: &View<'_>, slug: &str) -> Response {
    let Some(source) = view.knowledge.sources.iter().find(|source| source.slug == slug) else { return start::unknown(view) };
    let body = html! {
        h1 { (view.t("source")) }
        p lang="en" { (source.cite) }
        @if let Some(year) = &source.year { p { (year) } }
        // The address is to be read or copied: nothing here leads off this machine.
        @if let Some(link) = &source.link { p { (view.t("source-address")) " " code { (link) } } }
        @if let Some(seen) = &source.seen { p lang="en" { (seen) } }
        h2 { (view.t("source-passages")) }
        ul lang="en" { @for passage in &source.passages { li { code { (passage.slug) } " " (passage.text) } } }
        p { a href="sources" { (view.t("sources")) } }
        (start::way_on(view))
    };
    frame::page(view, &view.t("source"), body)
}

pub fn list(view: &View<'_>) -> Response {
    let body = html! {
        h1 { (view.t("sources")) }
        p { (view.with("sources-count", &[("n", Open::Number(view.knowledge.sources.len()))])) }
        ul { @for source in &view.knowledge.sources { li { a href={ "source-" (source.slug) } { (source.slug) } " " span lang="en" { (source.cite) } } } }
        (start::way_on(view))
    };
    frame::page(view, &view.t("sources"), body)
}
