//! The pictures of the pack: which one belongs to a step or a place of the body, and what it shows in words. The table
//! stands beside them (`knowledge/pictures/README.md`).

use maud::{Markup, PreEscaped, html};

use crate::site::{picture_file, picture_table};

/// A row of a table of the page, its cells without the bars.
fn rows() -> impl Iterator<Item = Vec<&'static str>> {
    let lines = picture_table().lines().filter(|line| line.starts_with("| "));
    lines.map(|line| line.trim_matches('|').split('|').map(str::trim).collect())
}

/// The column of the alternative texts in this language; the source language when there is none.
fn column(tag: &str, first: &str) -> usize {
    let heads = rows().find(|cells| cells.first() == Some(&first)).unwrap_or_default();
    let find = |tag: &str| heads.iter().position(|head| head.strip_prefix("alt ") == Some(tag));
    find(tag).or_else(|| find("en-GB")).unwrap_or(usize::MAX)
}

/// The drawing of a step with what it shows; nothing when there is none.
pub fn step(intervention: &str, number: usize, tag: &str) -> Markup {
    let number = number.to_string();
    let row = rows().find(|cells| cells.first() == Some(&intervention) && cells.get(1) == Some(&number.as_str()));
    let Some(row) = row else { return html! {} };
    let svg = row.get(2).and_then(|file| picture_file(file.trim_end_matches(".svg")));
    let alt = row.get(column(tag, "intervention")).copied().unwrap_or_default();
    html! { @if let Some(svg) = svg { div.drawing role="img" aria-label=(alt) { (PreEscaped(svg)) } } }
}

/// The places of the body map: the class that lays out each, and the finding that it stands for.
pub fn places() -> impl Iterator<Item = (&'static str, &'static str)> {
    let styled = |class: &str| crate::assets::MAP.contains(&format!(".{class} "));
    let cells = rows().filter_map(|cells| Some((*cells.first()?, *cells.get(1)?)));
    cells.filter(move |(class, _)| class.starts_with("region-") && styled(class))
}

/// A small picture that says nothing beyond the words beside it, drawn in the page so that it takes its colours from
/// the stylesheet; nothing when there is none.
pub fn icon(name: &str) -> Markup {
    html! { @if let Some(svg) = picture_file(name) { span.picture aria-hidden="true" { (PreEscaped(svg)) } } }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_step_has_its_picture_in_words_of_each_language() {
        let site = crate::Site::compiled().unwrap_or_else(|why| panic!("{why}"));
        for one in site.knowledge().interventions.iter().filter(|one| !one.steps.is_empty()) {
            for number in 1..=one.steps.len() {
                let shown: Vec<String> = ["en-GB", "zh-Hans"].map(|tag| step(&one.slug, number, tag).into_string()).into();
                assert!(shown.iter().all(|markup| markup.contains("<svg") && !markup.contains("aria-label=\"\"")), "{} {number}", one.slug);
                assert_ne!(shown[0], shown[1], "{} {number}", one.slug);
            }
        }
    }

    #[test]
    fn every_place_of_the_body_map_is_a_line_of_the_list() {
        let site = crate::Site::compiled().unwrap_or_else(|why| panic!("{why}"));
        let drawing = picture_file("body-map").unwrap_or_default();
        assert!(places().count() > 10);
        for (class, finding) in places() {
            assert!(site.knowledge().find_finding(finding).is_some(), "{finding}");
            assert!(drawing.contains(&format!("id=\"{class}\"")), "{class}");
        }
    }
}
