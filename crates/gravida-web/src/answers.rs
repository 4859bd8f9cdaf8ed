//! Everything that was answered, each with the way to change it, and the person's own words.

use gravida_knowledge::{Answer, FindingId};
use maud::html;

use crate::ask::answered_pages;
use crate::form::Form;
use crate::frame;
use crate::request::Response;
use crate::state::MOST_WORDS;
use crate::view::View;
use crate::words::Open;

pub fn page(view: &View<'_>) -> Response {
    let body = html! {
        h1 { (view.t("my-answers")) }
        @for (number, findings) in answered_pages(view).filter(|(_, findings)| !findings.is_empty()) {
            section.answers {
                @if findings.len() > 1 && let Some(heading) = heading(view, &findings) { h2 { (heading) } }
                // A "no" to a list is said once; what is there, or not sure, is named.
                @let named: Vec<_> = findings.iter().filter(|id| findings.len() == 1 || !is_no(view, **id)).collect();
                ul {
                    @for id in &named { li { (named_answer(view, **id)) } }
                    @let rest = if named.is_empty() { "all-no" } else { "others-no" };
                    @if named.len() < findings.len() { li { (view.with(rest, &[("n", Open::Number(findings.len() - named.len()))])) } }
                }
                p { a.alone href={ "change-" (number) } { (view.t("change")) span.hidden { " " (view.with("page-number", &[("n", Open::Number(number + 1))])) } } }
            }
        }
        form method="post" action="words" {
            div.field {
                label for="words" { (view.t("own-words")) }
                p.hint id="words-hint" { (view.t("own-words-hint")) }
                textarea id="words" name="words" rows="4" maxlength=(MOST_WORDS) aria-describedby="words-hint" { (view.state.words) }
            }
            div.actions { button type="submit" { (view.t("keep")) } a.second href="ask" { (view.t("go-on")) } }
        }
    };
    frame::page(view, &view.t("my-answers"), body)
}

fn is_no(view: &View<'_>, id: FindingId) -> bool {
    view.knowledge.finding(id).answers.is_yes_no() && view.case.answer(id) == Answer::exactly(0)
}

fn named_answer(view: &View<'_>, id: FindingId) -> String {
    view.with("name-answer", &[("name", Open::Text(&view.knowledge.finding(id).name)), ("answer", Open::Text(&view.answer(id, view.case.answer(id))))])
}

/// The question that the page asked.
fn heading<'a>(view: &View<'a>, findings: &[FindingId]) -> Option<&'a str> {
    let knowledge = view.knowledge;
    let screen = knowledge.screens.iter().find(|screen| findings.first().is_some_and(|first| screen.shows.contains(first)));
    screen.map(|screen| screen.ask.as_str())
}

/// Keeps the words as they are, but for their length and for what nobody can see.
pub fn words(view: &View<'_>, form: &Form<'_>) -> Response {
    let mut state = view.state.clone();
    let text = form.one("words").unwrap_or_default().split_whitespace().collect::<Vec<_>>().join(" ");
    state.words = text.chars().filter(|c| !c.is_control() && !is_unseen(*c)).take(MOST_WORDS).collect();
    Response::go("answers").keeping(state.write())
}

/// Marks that turn or hide what stands beside them.
fn is_unseen(character: char) -> bool {
    matches!(u32::from(character), 0xAD | 0x61C | 0x180E | 0x200B..=0x200F | 0x2028..=0x202E | 0x2060..=0x206F | 0xFEFF | 0xFFF9..=0xFFFB | 0xE0000..=0xE0FFF)
}
