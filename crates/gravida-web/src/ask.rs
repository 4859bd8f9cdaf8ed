//! The questions, one thing a page; it decides nothing about their order (the assessment does).

use gravida_assessment::Next;
use gravida_knowledge::{Answer, Answers, Case, FindingId, Knowledge, Phase, ScreenId, Verdict};
use maud::{Markup, html};

use crate::form::{self, Form};
use crate::frame;
use crate::request::Response;
use crate::state::find;
use crate::view::View;

/// One page of questions: a list of ticks, or one question of its own.
struct Page {
    screen: Option<ScreenId>,
    findings: Vec<FindingId>,
    phase: Phase,
}

impl Page {
    fn is_ticks(&self, knowledge: &Knowledge) -> bool {
        self.phase != Phase::Start && self.findings.iter().all(|id| knowledge.finding(*id).answers.is_yes_no())
            && (self.findings.len() > 1)
    }
}

/// The page that comes next by the answers so far; `None` when nothing is left to ask.
fn upcoming(view: &View<'_>) -> Option<Page> {
    let Next::Ask { screen, findings, phase } = view.assess().next else { return None };
    let knowledge = view.knowledge;
    // The few questions about the person stand together; later, what has answers of its own stands alone.
    let alone = |id: &&FindingId| phase != Phase::Start && !knowledge.finding(**id).answers.is_yes_no();
    let findings = findings.iter().find(alone).map_or(findings.clone(), |id| vec![*id]);
    Some(Page { screen: Some(screen), findings, phase })
}

/// The next question, or the result.
pub fn next(view: &View<'_>, wrong: Option<&str>) -> Response {
    if !view.state.begun {
        return Response::go("start");
    }
    match upcoming(view) {
        Some(page) => show(view, &page, "ask", view.state.past.len(), wrong),
        None => Response::go("result"),
    }
}

/// An earlier page, with its answers as they stand.
pub fn change(view: &View<'_>, number: usize, wrong: Option<&str>) -> Response {
    match earlier(view, number) {
        Some(page) => show(view, &page, &format!("change-{number}"), number, wrong),
        None => Response::go("ask"),
    }
}

fn earlier(view: &View<'_>, number: usize) -> Option<Page> {
    let knowledge = view.knowledge;
    let slugs = view.state.past.get(number)?;
    let findings: Vec<FindingId> = slugs.iter().filter_map(|slug| find(knowledge, slug)).collect();
    let first = *findings.first()?;
    let screen = knowledge.screen_ids().find(|id| knowledge.screen(*id).shows.contains(&first));
    let phase = screen.map_or(Phase::Start, |id| knowledge.screen(id).phase);
    Some(Page { screen, findings, phase })
}

/// The answer to the page that the form was made for; a form for another page changes nothing.
pub fn answered(view: &View<'_>, sent: &Form<'_>) -> Response {
    if !view.state.begun {
        return Response::go("start");
    }
    let Some(page) = upcoming(view) else { return Response::go("result") };
    if sent.one("page") != Some(name(view.knowledge, &page).as_str()) {
        return Response::go("ask");
    }
    take(view, &page, sent).map_or_else(|wrong| next(view, Some(wrong)).with_status(422), |state| Response::go("ask").keeping(state))
}

/// The new answer to an earlier page.
pub fn changed(view: &View<'_>, number: usize, sent: &Form<'_>) -> Response {
    let Some(page) = earlier(view, number) else { return Response::go("ask") };
    if sent.one("page") != Some(name(view.knowledge, &page).as_str()) {
        return Response::go(&format!("change-{number}"));
    }
    take(view, &page, sent).map_or_else(|wrong| change(view, number, Some(wrong)).with_status(422), |state| Response::go("ask").keeping(state))
}

fn take(view: &View<'_>, page: &Page, sent: &Form<'_>) -> Result<String, &'static str> {
    let knowledge = view.knowledge;
    let understood = match page.findings.as_slice() {
        _ if sent.has("skip", "yes") => page.findings.iter().map(|id| (*id, Answer::NotSure)).collect(),
        all if page.is_ticks(knowledge) => form::ticks(knowledge, all, sent)?,
        all => all.iter().map(|id| Ok((*id, form::single(view, *id, sent)?))).collect::<form::Understood>()?,
    };
    let mut state = view.state.clone();
    state.left = false;
    state.remember(page.findings.iter().map(|id| knowledge.finding(*id).slug.clone()).collect());
    for (id, answer) in understood {
        state.set(knowledge, id, answer);
    }
    Ok(state.write())
}

/// A name of the page that says nothing about the answers: a form that is sent twice must not answer the next page.
fn name(knowledge: &Knowledge, page: &Page) -> String {
    let numbers: Vec<String> = page.findings.iter().map(|id| id.index().to_string()).collect();
    format!("{}.{}", knowledge.hash.get(..8).unwrap_or(""), numbers.join("."))
}

fn show(view: &View<'_>, page: &Page, action: &str, number: usize, wrong: Option<&str>) -> Response {
    let knowledge = view.knowledge;
    let case = view.state.case(knowledge);
    let ticks = page.is_ticks(knowledge);
    let heading = page.screen.map(|id| &knowledge.screen(id).ask);
    let private = page.findings.iter().any(|id| knowledge.finding(*id).private);
    let lone = page.findings.first().filter(|_| page.findings.len() == 1);
    let title = match (lone, heading) {
        (Some(id), _) => knowledge.finding(*id).ask.clone(),
        (None, heading) => heading.cloned().unwrap_or_default(),
    };
    let body = html! {
        p.progress { (view.t(match page.phase { Phase::Start => "phase-start", Phase::Danger => "phase-danger", Phase::Cause => "phase-cause", Phase::Plan => "phase-plan" })) }
        (frame::problem(view, wrong))
        form method="post" action=(action) aria-describedby=[wrong.map(|_| "problem")] {
            input type="hidden" name="page" value=(name(knowledge, page));
            @if ticks || lone.is_some() {
                fieldset {
                    legend { h1 { (title) } }
                    @if private { p.note { (view.say("private-note")) } }
                    @if ticks {
                        @if let Some(hint) = page.screen.and_then(|id| knowledge.screen(id).hint.as_ref()) { p.hint { (hint) } }
                        (ticked(view, page, &case))
                    } @else if let Some(id) = lone {
                        (question(view, *id, &case))
                    }
                }
            } @else {
                h1 { (title) }
                @for id in &page.findings { fieldset { legend { h2 { (knowledge.finding(*id).ask) } } (question(view, *id, &case)) } }
            }
            div.actions {
                button type="submit" { (view.t("continue")) }
                button.second type="submit" name="skip" value="yes" formnovalidate { (view.t("skip-question")) }
            }
        }
        div.actions {
            @if number > 0 { a.second href={ "change-" (number - 1) } { (view.t("back")) } } @else { a.second href="start" { (view.t("back")) } }
            form method="post" action="leave" { button.second type="submit" { (view.t("leave-now")) } }
        }
    };
    // The title of the window names no sign and no question: it can be read over a shoulder, and stays in the history.
    frame::page(view, &view.t("questions"), body)
}

fn ticked(view: &View<'_>, page: &Page, case: &Case) -> Markup {
    let knowledge = view.knowledge;
    let answers: Vec<Answer> = page.findings.iter().map(|id| case.answer(*id)).collect();
    let known = answers.iter().any(|answer| *answer != Answer::Unasked);
    let none = known && answers.iter().all(|answer| *answer == Answer::exactly(0));
    let unsure = answers.contains(&Answer::NotSure);
    let map = page.screen.is_some_and(|id| crate::about::has_map(knowledge, id));
    html! {
        @if map { (crate::about::body_map(view, &page.findings)) }
        @for id in &page.findings {
            @let finding = knowledge.finding(*id);
            @let key = format!("f{}", id.index());
            div.choice {
                input type="checkbox" id=(key) name="there" value=(finding.slug) checked[case.answer(*id) == Answer::exactly(1)] aria-describedby=[finding.hint.as_ref().map(|_| format!("{key}-hint"))];
                label for=(key) { (finding.name) }
                @if let Some(hint) = &finding.hint { p.hint id={ (key) "-hint" } { (hint) } }
            }
        }
        hr;
        div.choice { input type="checkbox" id="none" name="rest" value="none" checked[none]; label for="none" { (view.say("none-of-these")) } }
        div.choice { input type="checkbox" id="unsure" name="rest" value="unsure" checked[unsure]; label for="unsure" { (view.t("unsure-rest")) } }
    }
}

fn question(view: &View<'_>, id: FindingId, case: &Case) -> Markup {
    let finding = view.knowledge.finding(id);
    let now = case.answer(id);
    let (low, high) = finding.answers.ends();
    let n = id.index();
    let name = format!("answer-{n}");
    html! {
        @if let Some(hint) = &finding.hint { p.hint { (hint) } }
        @match &finding.answers {
            Answers::Weeks(..) => {
                @let exact = match now { Answer::Between(from, to) if from == to => Some(from), _ => None };
                div.row {
                    div.field { label for={ "weeks-" (n) } { (view.t("field-weeks")) } input type="text" inputmode="numeric" autocomplete="off" id={ "weeks-" (n) } name={ "weeks-" (n) } size="3" value=[exact.map(|days| (days / 7).to_string())]; }
                    div.field { label for={ "days-" (n) } { (view.t("field-days")) } input type="text" inputmode="numeric" autocomplete="off" id={ "days-" (n) } name={ "days-" (n) } size="2" value=[exact.map(|days| (days % 7).to_string())]; }
                }
                @if high > 7 * 20 {
                    details {
                        summary { (view.t("or-a-date")) }
                        div.field { label for={ "due-" (n) } { (view.t("field-due")) } input type="date" id={ "due-" (n) } name={ "due-" (n) }; }
                        div.field { label for={ "period-" (n) } { (view.t("field-period")) } input type="date" id={ "period-" (n) } name={ "period-" (n) }; }
                    }
                }
            }
            Answers::Numbers(..) if high - low > 20 => {
                div.field {
                    label for=(name) { (view.with("number-from-to", &[("low", crate::words::Open::Number(low.into())), ("high", crate::words::Open::Number(high.into()))])) }
                    input type="text" inputmode="numeric" autocomplete="off" id=(name) name=(name) size="4";
                }
            }
            _ => {
                @for value in low..=high {
                    @let key = format!("a{n}-{value}");
                    div.choice { input type="radio" id=(key) name=(name) value=(value) checked[now == Answer::exactly(value)]; label for=(key) { (view.value(id, value)) } }
                }
            }
        }
        div.choice { input type="radio" id={ "unsure-" (n) } name=(name) value="unsure" checked[now == Answer::NotSure]; label for={ "unsure-" (n) } { (view.say("not-sure")) } }
    }
}

/// The pages that were answered and still apply, with their numbers.
pub fn answered_pages<'a>(view: &'a View<'_>) -> impl Iterator<Item = (usize, Vec<FindingId>)> + 'a {
    let applies = |id: &FindingId| view.knowledge.shown(*id, &view.case) != Verdict::Excluded;
    view.state.past.iter().enumerate().map(move |(number, slugs)| (number, slugs.iter().filter_map(|slug| find(view.knowledge, slug)).filter(applies).collect()))
}
