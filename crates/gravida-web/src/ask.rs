//! The questions, one thing a page; it decides nothing about their order (the assessment does).

use gravida_assessment::{Assessment, Next, assess};
use gravida_knowledge::{Answer, Answers, Case, FindingId, Knowledge, Phase, ScreenId, Verdict};
use maud::{Markup, html};

use crate::form::{self, Form};
use crate::frame;
use crate::request::Response;
use crate::state::find;
use crate::view::View;
use crate::why;

/// One page of questions: a list of ticks, or one question of its own.
struct Page {
    screen: Option<ScreenId>,
    findings: Vec<FindingId>,
    phase: Phase,
    /// What follows from the answers before this page; made when an earlier page is shown again.
    before: Option<Assessment>,
}

impl Page {
    fn is_ticks(&self, knowledge: &Knowledge) -> bool {
        self.phase != Phase::Start && self.findings.iter().all(|id| knowledge.finding(*id).answers.is_yes_no())
            && (self.findings.len() > 1)
    }
}

/// The page that comes next by the answers so far; `None` when nothing is left to ask.
fn upcoming(view: &View<'_>) -> Option<Page> {
    let assessment = view.assess();
    let Next::Ask { screen, ref findings, phase } = assessment.next else { return None };
    let knowledge = view.knowledge;
    // The few questions about the person stand together; later, what has answers of its own stands alone.
    let alone = |id: &&FindingId| phase != Phase::Start && !knowledge.finding(**id).answers.is_yes_no();
    let findings = findings.iter().find(alone).map_or(findings.clone(), |id| vec![*id]);
    Some(Page { screen: Some(screen), findings, phase, before: Some(assessment) })
}

/// The next question, or the result.
pub fn next(view: &View<'_>) -> Response {
    if !view.state.begun {
        return Response::go("start");
    }
    match upcoming(view) {
        Some(page) => show(view, &page, "ask", view.state.past.len(), &view.state.draft, None),
        None => Response::go("result"),
    }
}

/// An earlier page, with its answers as they stand.
pub fn change(view: &View<'_>, number: usize) -> Response {
    match earlier(view, number) {
        Some(page) => show(view, &page, &format!("change-{number}"), number, &view.state.draft, None),
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
    Some(Page { screen, findings, phase, before: None })
}

/// Why the page is asked. Of a page that is shown again, what its answers could change if they were not given yet.
fn reasons(view: &View<'_>, page: &Page) -> Markup {
    if let Some(before) = &page.before {
        return why::question(view, &view.case, before, &page.findings);
    }
    let mut case = view.case.clone();
    page.findings.iter().for_each(|id| case.set(*id, Answer::Unasked));
    why::question(view, &case, &assess(view.knowledge, &case), &page.findings)
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
    match take(view, &page, sent) {
        Ok(state) => Response::go("ask").keeping(state),
        Err(wrong) => show(view, &page, "ask", view.state.past.len(), sent.0, Some(wrong)).with_status(422),
    }
}

/// The new answer to an earlier page.
pub fn changed(view: &View<'_>, number: usize, sent: &Form<'_>) -> Response {
    let Some(page) = earlier(view, number) else { return Response::go("ask") };
    if sent.one("page") != Some(name(view.knowledge, &page).as_str()) {
        return Response::go(&format!("change-{number}"));
    }
    match take(view, &page, sent) {
        Ok(state) => Response::go("ask").keeping(state),
        Err(wrong) => show(view, &page, &format!("change-{number}"), number, sent.0, Some(wrong)).with_status(422),
    }
}

/// What is filled in and not sent yet, kept while the language or the country is changed.
pub fn draft(form: &Form<'_>) -> Vec<(String, String)> {
    // A page has some dozens of short fields; whatever else is sent is not of a page.
    let short = |(name, value): &&(String, String)| name.len() <= LONGEST_FIELD && value.len() <= LONGEST_FIELD;
    let fields = form.0.iter().filter(short).filter(|(name, _)| !["back", "language", "place"].contains(&name.as_str()));
    if form.one("page").is_some() { fields.take(MOST_FIELDS).cloned().collect() } else { Vec::new() }
}

const LONGEST_FIELD: usize = 100;
const MOST_FIELDS: usize = 100;

fn take(view: &View<'_>, page: &Page, sent: &Form<'_>) -> Result<String, &'static str> {
    let knowledge = view.knowledge;
    let understood = match page.findings.as_slice() {
        _ if sent.has("skip", "yes") => page.findings.iter().map(|id| (*id, Answer::NotSure)).collect(),
        all if page.is_ticks(knowledge) => form::ticks(knowledge, all, sent)?,
        all => all.iter().map(|id| Ok((*id, form::single(view, *id, sent)?))).collect::<form::Understood>()?,
    };
    let mut state = view.state.clone();
    state.left = false;
    state.draft.clear();
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

/// What the fields of a page hold: what was filled in before, if it was for this page, else the answers so far.
struct Filled<'a> {
    case: Case,
    sent: Option<Form<'a>>,
}

impl Filled<'_> {
    fn is(&self, name: &str, value: &str, answer: bool) -> bool {
        self.sent.as_ref().map_or(answer, |sent| sent.has(name, value))
    }

    fn text(&self, name: &str, answer: Option<u16>) -> Option<String> {
        self.sent.as_ref().map_or(answer.map(|value| value.to_string()), |sent| sent.one(name).map(str::to_owned))
    }
}

fn show(view: &View<'_>, page: &Page, action: &str, number: usize, sent: &[(String, String)], wrong: Option<&str>) -> Response {
    let knowledge = view.knowledge;
    let sent = Some(Form(sent)).filter(|sent| sent.one("page") == Some(name(knowledge, page).as_str()));
    let filled = Filled { case: view.state.case(knowledge), sent };
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
        form method="post" action=(action) id=(frame::QUESTIONS) aria-describedby=[wrong.map(|_| "problem")] {
            input type="hidden" name="back" value=(action);
            input type="hidden" name="page" value=(name(knowledge, page));
            @if ticks || lone.is_some() {
                fieldset {
                    legend { h1 { (title) } }
                    @if private { p.note { (view.say("private-note")) } }
                    @if ticks {
                        @if let Some(hint) = page.screen.and_then(|id| knowledge.screen(id).hint.as_ref()) { p.hint { (hint) } }
                        (ticked(view, page, &filled))
                    } @else if let Some(id) = lone {
                        (question(view, *id, &filled))
                    }
                }
            } @else {
                h1 { (title) }
                @for id in &page.findings { fieldset { legend { h2 { (knowledge.finding(*id).ask) } } (question(view, *id, &filled)) } }
            }
            div.actions {
                button type="submit" { (view.t("continue")) }
                button.second type="submit" name="skip" value="yes" formnovalidate { (view.t("skip-question")) }
            }
        }
        (reasons(view, page))
        div.actions {
            @if number > 0 { a.second href={ "change-" (number - 1) } { (view.t("back")) } } @else { a.second href="start" { (view.t("back")) } }
            form method="post" action="leave" { button.second type="submit" { (view.t("leave-now")) } }
        }
    };
    // The title of the window names no sign and no question: it can be read over a shoulder, and stays in the history.
    let title = view.t("questions");
    let title = if wrong.is_some() { format!("{}: {title}", view.t("problem")) } else { title };
    frame::asking(view, &title, body)
}

fn ticked(view: &View<'_>, page: &Page, filled: &Filled<'_>) -> Markup {
    let knowledge = view.knowledge;
    let answers: Vec<Answer> = page.findings.iter().map(|id| filled.case.answer(*id)).collect();
    let known = answers.iter().any(|answer| *answer != Answer::Unasked);
    let none = known && answers.iter().all(|answer| *answer == Answer::exactly(0));
    let unsure = answers.contains(&Answer::NotSure);
    let map = page.screen.is_some_and(|id| crate::about::has_map(knowledge, id));
    html! {
        // The list stands first for whoever hears the page; the drawing stands above it for whoever sees it.
        div class=[map.then_some("pointed")] {
            div { @for id in &page.findings { (tick(view, *id, filled)) } }
            @if map { (crate::about::body_map(view, &page.findings)) }
        }
        hr;
        div.choice { input type="checkbox" id="none" name="rest" value="none" checked[filled.is("rest", "none", none)]; label for="none" { (view.say("none-of-these")) } }
        div.choice { input type="checkbox" id="unsure" name="rest" value="unsure" checked[filled.is("rest", "unsure", unsure)]; label for="unsure" { (view.t("unsure-rest")) } }
    }
}

fn tick(view: &View<'_>, id: FindingId, filled: &Filled<'_>) -> Markup {
    let finding = view.knowledge.finding(id);
    let key = format!("f{}", id.index());
    html! {
        div.choice {
            input type="checkbox" id=(key) name="there" value=(finding.slug) checked[filled.is("there", &finding.slug, filled.case.answer(id) == Answer::exactly(1))] aria-describedby=[finding.hint.as_ref().map(|_| format!("{key}-hint"))];
            label for=(key) { (finding.name) }
            @if let Some(hint) = &finding.hint { p.hint id={ (key) "-hint" } { (hint) } }
        }
    }
}

fn question(view: &View<'_>, id: FindingId, filled: &Filled<'_>) -> Markup {
    let finding = view.knowledge.finding(id);
    let now = filled.case.answer(id);
    let exact = match now { Answer::Between(from, to) if from == to => Some(from), _ => None };
    let (low, high) = finding.answers.ends();
    let n = id.index();
    let name = format!("answer-{n}");
    html! {
        @if let Some(hint) = &finding.hint { p.hint { (hint) } }
        @match &finding.answers {
            Answers::Weeks(..) => {
                div.row {
                    div.field { label for={ "weeks-" (n) } { (view.t("field-weeks")) } input type="text" inputmode="numeric" autocomplete="off" id={ "weeks-" (n) } name={ "weeks-" (n) } size="3" value=[filled.text(&format!("weeks-{n}"), exact.map(|days| days / 7))]; }
                    div.field { label for={ "days-" (n) } { (view.t("field-days")) } input type="text" inputmode="numeric" autocomplete="off" id={ "days-" (n) } name={ "days-" (n) } size="2" value=[filled.text(&format!("days-{n}"), exact.map(|days| days % 7))]; }
                }
                @if high > 7 * 20 {
                    details {
                        summary { (view.t("or-a-date")) }
                        div.field { label for={ "due-" (n) } { (view.t("field-due")) } input type="date" id={ "due-" (n) } name={ "due-" (n) } value=[filled.text(&format!("due-{n}"), None)]; }
                        div.field { label for={ "period-" (n) } { (view.t("field-period")) } input type="date" id={ "period-" (n) } name={ "period-" (n) } value=[filled.text(&format!("period-{n}"), None)]; }
                    }
                }
            }
            Answers::Numbers(..) if high - low > 20 => {
                div.field {
                    label for=(name) { (view.with("number-from-to", &[("low", crate::words::Open::Number(low.into())), ("high", crate::words::Open::Number(high.into()))])) }
                    input type="text" inputmode="numeric" autocomplete="off" id=(name) name=(name) size="4" value=[filled.text(&name, exact).filter(|text| text != "unsure")];
                }
            }
            _ => {
                @for value in low..=high {
                    @let key = format!("a{n}-{value}");
                    div.choice { input type="radio" id=(key) name=(name) value=(value) checked[filled.is(&name, &value.to_string(), now == Answer::exactly(value))]; label for=(key) { (view.value(id, value)) } }
                }
            }
        }
        div.choice { input type="radio" id={ "unsure-" (n) } name=(name) value="unsure" checked[filled.is(&name, "unsure", now == Answer::NotSure)]; label for={ "unsure-" (n) } { (view.say("not-sure")) } }
    }
}

/// The pages that were answered and still apply, with their numbers.
pub fn answered_pages<'a>(view: &'a View<'_>) -> impl Iterator<Item = (usize, Vec<FindingId>)> + 'a {
    let applies = |id: &FindingId| view.knowledge.shown(*id, &view.case) != Verdict::Excluded;
    view.state.past.iter().enumerate().map(move |(number, slugs)| (number, slugs.iter().filter_map(|slug| find(view.knowledge, slug)).filter(applies).collect()))
}
