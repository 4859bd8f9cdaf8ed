//! Looking again: one episode of pain, contact by contact, kept on this device alone. It is the episode file of the
//! command, line by line, so that it can be taken along and brought back.

use gravida_assessment::follow_up::{Ending, Entry, Kind, Look, Note, Point, Rules, Scales, Standing, TOP, Trend, carry_over};
use gravida_assessment::triage;
use gravida_knowledge::{Role, Urgency};
use gravida_record::{Record, calendar, case_answers, case_json, line, standing_texts};
use jiff::Timestamp;
use maud::{Markup, html};

use crate::form::Form;
use crate::frame;
use crate::pictures::icon;
use crate::request::Response;
use crate::source::marks;
use crate::start::service_line;
use crate::state::State;
use crate::view::View;

/// The name under which an episode is saved.
const FILE: &str = "look-again.episode";
/// A professional looks again within three months at the latest.
const MOST_HOURS: u32 = 24 * 90;
/// The longest note.
const LONGEST_NOTE: usize = 500;

/// The time of the request, in whole minutes since 1970.
fn now(view: &View<'_>) -> Option<u64> {
    line::minutes(view.now.parse::<Timestamp>().ok()?)
}

fn record(view: &View<'_>, rules: &Rules) -> Option<Record> {
    (!view.state.episode.is_empty()).then(|| Record::read(view.state.episode.as_bytes(), rules).ok()).flatten()
}

/// The episode as it stands, or the way to begin one.
pub fn page(view: &View<'_>, wrong: Option<&str>) -> Response {
    let Ok(rules) = Rules::of(view.knowledge) else { return crate::start::unknown(view) };
    let record = record(view, &rules);
    let standing = record.as_ref().zip(now(view)).and_then(|(record, now)| record.episode.standing(&rules, now));
    let body = html! {
        (frame::problem(view, wrong))
        @match (&record, &standing) {
            (Some(record), Some(standing)) => (going_on(view, record, standing)),
            _ => { h1 { (view.say("follow-title")) } p { (view.t("follow-what")) } (add_form(view)) }
        }
        (bring_back(view))
        p { (view.say("safety")) }
        (crate::start::way_on(view))
    };
    frame::page(view, view.say("follow-title"), body)
}

/// The two numbers, for the answers that stand now.
fn add_form(view: &View<'_>) -> Markup {
    let calm = triage(view.knowledge, &view.case).act_on < Urgency::Today;
    let scale = |name: &str, ask: &str| html! {
        fieldset.scale {
            legend { (view.say(ask)) }
            @for n in 0..=TOP { div.choice { input type="radio" id={ (name) (n) } name=(name) value=(n); label for={ (name) (n) } { (n) } } }
            div.choice.whole { input type="radio" id={ (name) "x" } name=(name) value=""; label for={ (name) "x" } { (view.say("not-sure")) } }
        }
    };
    html! {
        @if view.state.answers.is_empty() {
            p { (view.t("follow-no-answers")) }
        } @else {
            form method="post" action="follow-add" {
                // Where help comes first, no number is asked.
                @if calm { (scale("pain", "follow-ask-pain")) (scale("function", "follow-ask-function")) }
                div.actions { button type="submit" { (view.t("follow-keep")) } }
            }
        }
    }
}

fn going_on(view: &View<'_>, record: &Record, standing: &Standing) -> Markup {
    let level = standing.state.shown();
    let open = standing.state.ended.is_none();
    let answers = record.last_case().map(|case| case_answers(view.knowledge, case));
    let alone = answers.as_ref().map_or(Urgency::Emergency, |case| triage(view.knowledge, case).act_on);
    let whom = if level == Urgency::Emergency { Role::Emergency } else { Role::Maternity };
    html! {
        h1 { (view.say("follow-title")) }
        @if open {
            section class={ "care " (level) } {
                h2 { (icon(&format!("level-{level}"))) (view.level_words(level)) }
                p.clock { (view.say(&format!("clock-{level}"))) }
                @if level >= Urgency::ThisWeek { @if let Some(service) = view.place.service(whom) { ul.services { li { (service_line(service)) } } } }
            }
        }
        @if let Some(before) = &record.episode.state { ul { @for slug in standing_texts(standing, before, alone) { li { (view.say(slug)) } } } }
        @if standing.state.ended.is_some_and(|ending| ending != Ending::HandedOver) && level >= Urgency::ThisWeek {
            p { (view.say("follow-still-holds")) }
            p { strong { (view.level_words(level)) } " " (view.say(&format!("clock-{level}"))) }
        }
        @if open {
            p { strong { (view.t("follow-by")) } " " (moment(view, standing.state.due.look_by)) }
            p { (view.say(if standing.state.level >= Urgency::ThisWeek { "follow-seen-by" } else { "follow-next-step" })) " " (moment(view, standing.state.due.person_by)) }
            form method="post" action="follow-check" { div.actions { button type="submit" { (view.t("follow-look")) } } }
            @if !view.state.answers.is_empty() && view.state.checking { h2 { (view.t("follow-after-questions")) } (add_form(view)) }
            p { a href="follow.ics" download="look-again.ics" { (view.t("follow-calendar")) } }
            p { button.second type="button" id="notify" hidden data-minutes=(standing.state.due.first()) data-title=(view.say("follow-title")) { (view.t("follow-notify")) } }
        }
        @if !record.problems.is_empty() { section.stop { h2 { (view.t("follow-damaged")) } ul { @for problem in &record.problems { li { (problem.at) ": " (problem.what) "; " (problem.instead) } } } } }
        (chart(view, &record.episode.points))
        @if open { (professional(view)) (close(view, standing)) } @else { (add_form(view)) }
        h2 { (view.t("follow-own")) }
        p { (view.say("follow-private")) }
        p { a href="follow.episode" download=(FILE) { (view.t("follow-export")) } }
        form method="post" action="follow-erase" { div.actions { button.danger type="submit" { (view.t("follow-erase")) } } }
    }
}

/// The local time of a moment, in numbers that every reader knows.
fn moment(view: &View<'_>, minutes: u64) -> String {
    let shown = || -> Option<String> {
        let time = Timestamp::from_second(i64::try_from(minutes).ok()?.checked_mul(60)?).ok()?;
        // The offset of the request: the app may run where no table of time zones is.
        let offset = view.now.get(19..)?.strip_suffix('Z').map_or_else(|| view.now.get(19..), |_| Some("+00:00"))?;
        let (sign, rest) = offset.split_at_checked(1)?;
        let (hours, minutes) = rest.split_once(':')?;
        let seconds = hours.parse::<i32>().ok()?.checked_mul(3600)?.checked_add(minutes.parse::<i32>().ok()?.checked_mul(60)?)?;
        let offset = jiff::tz::Offset::from_seconds(if sign == "-" { -seconds } else { seconds }).ok()?;
        Some(offset.to_datetime(time).strftime("%Y-%m-%d %H:%M").to_string())
    };
    shown().unwrap_or_else(|| line::moment(minutes))
}

/// Pain and daily things as lines, and the same as a table.
fn chart(view: &View<'_>, points: &[Point]) -> Markup {
    const WIDTH: usize = 320;
    const HIGH: usize = 120;
    // Room for the numbers of the scale.
    const LEFT: usize = 24;
    if points.iter().all(|point| point.scales.pain.is_none() && point.scales.function.is_none()) {
        return html! {};
    }
    let last: Vec<&Point> = points.iter().skip(points.len().saturating_sub(14)).collect();
    let x = |at: usize| LEFT + 8 + at * (WIDTH - LEFT - 20) / last.len().saturating_sub(1).max(1);
    let y = |value: u8| 10 + (HIGH - 20) * usize::from(TOP.saturating_sub(value)) / usize::from(TOP);
    let dots = |pick: fn(&Scales) -> Option<u8>| -> Vec<(usize, usize)> { last.iter().enumerate().filter_map(|(at, point)| Some((x(at), y(pick(&point.scales)?)))).collect() };
    let way = |dots: &[(usize, usize)]| dots.iter().map(|(x, y)| format!("{x},{y}")).collect::<Vec<_>>().join(" ");
    let (pain, function) = (dots(|scales| scales.pain), dots(|scales| scales.function));
    let number = |value: Option<u8>| value.map_or_else(|| "–".to_owned(), |value| value.to_string());
    html! {
        section {
            h2 { (view.t("follow-course")) }
            div.drawing role="img" aria-label=(view.t("follow-chart")) {
                svg viewBox={ "0 0 " (WIDTH) " " (HIGH) } xmlns="http://www.w3.org/2000/svg" fill="none" {
                    @for value in [0, TOP / 2, TOP] {
                        path d={ "M" (LEFT) " " (y(value)) "H" (WIDTH - 10) } stroke="var(--line)" {}
                        text x=(LEFT - 5) y=(y(value) + 4) font-size="12" text-anchor="end" fill="currentColor" { (value) }
                    }
                    path d={ "M" (LEFT) " 10V" (HIGH - 10) "H" (WIDTH - 10) } stroke="currentColor" {}
                    polyline points=(way(&pain)) stroke="var(--danger)" stroke-width="3" {}
                    @for (x, y) in &pain { circle cx=(x) cy=(y) r="5" fill="var(--danger)" {} }
                    polyline points=(way(&function)) stroke="var(--strong)" stroke-width="3" stroke-dasharray="6 4" {}
                    @for (x, y) in &function { rect x=(x.saturating_sub(5)) y=(y.saturating_sub(5)) width="10" height="10" fill="var(--strong)" {} }
                }
            }
            p { span.pain aria-hidden="true" { "● " } (view.t("follow-pain")) " · " span.daily aria-hidden="true" { "■ " } (view.t("follow-daily")) }
            div.wide tabindex="0" role="region" aria-label=(view.t("follow-course")) {
                table {
                    thead { tr { th scope="col" { (view.t("follow-when")) } th scope="col" { (view.t("follow-pain")) } th scope="col" { (view.t("follow-daily")) } th scope="col" { (view.t("follow-trend")) } } }
                    tbody { @for point in points { tr {
                        th scope="row" { (moment(view, point.at)) }
                        td { (number(point.scales.pain)) } td { (number(point.scales.function)) }
                        td { @match point.trend { Some(Trend::Better) => (view.t("trend-better")), Some(Trend::Same) => (view.t("trend-same")), Some(Trend::Worse) => (view.t("trend-worse")), None => "" } }
                    } } }
                }
            }
            @for slug in ["follow-change-pain", "follow-change-function"] { @if let Some(text) = view.knowledge.find_text(slug) { p { (text.say) (marks(view, &text.cites)) } } }
        }
    }
}

/// What a professional said: the one thing that takes an escalation back.
fn professional(view: &View<'_>) -> Markup {
    html! {
        details {
            summary { (view.t("follow-note")) }
            form method="post" action="follow-note" {
                div.field { label for="by" { (view.t("follow-note-by")) } select id="by" name="by" { @for role in Role::ALL { @if let Some(service) = view.place.service(role) { option value=(role.word()) { (service.say) } } } } }
                div.field { label for="level" { (view.t("follow-note-level")) } select id="level" name="level" { @for level in Urgency::ALL { option value=(level.word()) { (view.level_words(level)) } } } }
                div.field { label for="hours" { (view.t("follow-note-hours")) } input type="text" inputmode="numeric" autocomplete="off" id="hours" name="hours" size="4"; }
                div.field { label for="says" { (view.t("follow-note-says")) } textarea id="says" name="says" rows="2" maxlength=(LONGEST_NOTE) {} }
                div.actions { button type="submit" { (view.t("keep")) } }
            }
        }
    }
}

fn close(view: &View<'_>, standing: &Standing) -> Markup {
    html! {
        details {
            summary { (view.t("follow-close")) }
            @if !standing.confirmed { p { (view.say("follow-not-confirmed")) } }
            form method="post" action="follow-close" {
                @for ending in Ending::ALL.into_iter().filter(|ending| *ending != Ending::Better || standing.confirmed) {
                    div.choice { input type="radio" id={ "end-" (ending.word()) } name="reason" value=(ending.word()); label for={ "end-" (ending.word()) } { (view.t(&format!("end-{}", ending.word()))) } }
                }
                div.actions { button.second type="submit" { (view.t("follow-close")) } }
            }
        }
    }
}

fn bring_back(view: &View<'_>) -> Markup {
    html! {
        details {
            summary { (view.t("follow-import")) }
            form method="post" action="follow-import" {
                div.field { label for="file" { (view.t("follow-import-file")) } input type="file" id="file" disabled; }
                div.field { label for="episode" { (view.t("follow-import-text")) } textarea id="episode" name="episode" rows="4" {} }
                div.actions { button.second type="submit" { (view.t("follow-import")) } }
            }
        }
    }
}

/// Adds a line to the episode; an error is the id of the words that say why not.
fn add(view: &View<'_>, kind: Kind, make: impl FnOnce(&Record, u64, u64) -> Option<serde_json::Value>) -> Result<State, &'static str> {
    let rules = Rules::of(view.knowledge).map_err(|_| "error-follow")?;
    let at = now(view).ok_or("error-follow")?;
    let text = view.state.episode.as_str();
    let mut record = Record::read(text.as_bytes(), &rules).map_err(|_| "error-follow-read")?;
    let n = record.next;
    if !record.episode.add(&rules, &Entry { at, kind, promised: None }) {
        return Err("error-follow-effect");
    }
    let value = make(&record, n, at).ok_or("error-follow")?;
    let mut state = view.state.clone();
    let whole = if text.is_empty() { gravida_record::first_line() } else { text.get(..record.whole()).unwrap_or_default().to_owned() };
    state.episode = format!("{whole}{value}\n");
    if state.episode.len() > gravida_record::LARGEST_EPISODE {
        return Err("error-follow-large");
    }
    state.checking = false;
    Ok(state)
}

fn done(view: &View<'_>, added: Result<State, &'static str>) -> Response {
    match added {
        Ok(state) => Response::go("follow").keeping(state.write()),
        Err(wrong) => page(view, Some(wrong)).with_status(422),
    }
}

/// A contact with the answers of now.
pub fn contact(view: &View<'_>, form: &Form<'_>) -> Response {
    if view.state.answers.is_empty() {
        return page(view, Some("follow-no-answers")).with_status(422);
    }
    let scale = |name: &str| form.one(name).and_then(|text| text.parse::<u8>().ok()).filter(|value| *value <= TOP);
    let look = Look::at(view.knowledge, &view.case, Scales { pain: scale("pain"), function: scale("function") });
    let case = case_json(view.knowledge, &view.case, &view.place.slug);
    done(view, add(view, Kind::Look(look), |record, n, at| Some(line::contact(view.knowledge, n, at, &look, record.episode.state?.due, &case))))
}

/// The danger questions anew; what speaks of causes and plan may stand.
pub fn check(view: &View<'_>) -> Response {
    let Ok(rules) = Rules::of(view.knowledge) else { return crate::start::unknown(view) };
    let Some(record) = record(view, &rules) else { return Response::go("follow") };
    let mut state = view.state.clone();
    let last = record.last_case().map(|case| case_answers(view.knowledge, case));
    let kept = last.map(|case| carry_over(view.knowledge, &case));
    state.answers.clear();
    state.past.clear();
    state.partner.clear();
    state.partner_past.clear();
    if let Some(kept) = kept {
        for id in view.knowledge.finding_ids() {
            state.set(view.knowledge, id, kept.answer(id));
        }
    }
    state.left = false;
    state.begun = true;
    state.checking = true;
    Response::go("ask").keeping(state.write())
}

pub fn note(view: &View<'_>, form: &Form<'_>) -> Response {
    let (by, level) = (form.one("by").and_then(Role::parse), form.one("level").and_then(Urgency::parse));
    let hours = form.one("hours").filter(|text| !text.is_empty()).map(|text| text.parse::<u32>().ok().filter(|hours| (1..=MOST_HOURS).contains(hours)));
    let (Some(by), Some(level), Some(hours)) = (by, level, hours.map_or(Some(None), |hours| hours.map(Some))) else {
        return page(view, Some("error-follow-note")).with_status(422);
    };
    let note = Note { level, wait: hours.map(|hours| hours * 60) };
    let says: String = form.one("says").unwrap_or_default().chars().filter(|c| !c.is_control()).take(LONGEST_NOTE).collect();
    let says = (!says.is_empty()).then_some(says);
    done(view, add(view, Kind::Note(note), |record, n, at| Some(line::note(n, at, by, &note, record.episode.state?.due, says.as_deref()))))
}

pub fn end(view: &View<'_>, form: &Form<'_>) -> Response {
    let Some(ending) = form.one("reason").and_then(Ending::parse) else { return page(view, Some("error-choose")).with_status(422) };
    done(view, add(view, Kind::Close(ending), |_, n, at| Some(line::close(n, at, ending, None))))
}

/// Brings back an episode that was taken along. What cannot be read changes nothing.
pub fn import(view: &View<'_>, form: &Form<'_>) -> Response {
    let text = form.one("episode").unwrap_or_default().replace("\r\n", "\n");
    let text = if text.is_empty() { text } else { format!("{}\n", text.trim_end_matches('\n')) };
    let Ok(rules) = Rules::of(view.knowledge) else { return crate::start::unknown(view) };
    let fits = !text.is_empty() && text.len() <= gravida_record::LARGEST_EPISODE && Record::read(text.as_bytes(), &rules).is_ok_and(|record| record.episode.state.is_some());
    if !fits {
        return page(view, Some("error-follow-import")).with_status(422);
    }
    let mut state = view.state.clone();
    state.episode = text;
    Response::go("follow").keeping(state.write())
}

pub fn erase(view: &View<'_>) -> Response {
    let mut state = view.state.clone();
    state.episode = String::new();
    state.checking = false;
    Response::go("follow").keeping(state.write())
}

/// The episode as the file that the command reads too.
pub fn export(view: &View<'_>) -> Response {
    Response { kind: "application/jsonl; charset=utf-8".to_owned(), file: Some(FILE.to_owned()), ..Response::page(view.state.episode.clone()) }
}

/// The next deadline for a calendar; its words tell nobody what it is about.
pub fn reminder(view: &View<'_>) -> Response {
    let text = || -> Option<String> {
        let rules = Rules::of(view.knowledge).ok()?;
        let (record, now) = (record(view, &rules)?, now(view)?);
        let standing = record.episode.standing(&rules, now)?;
        calendar::calendar(view.knowledge, &standing, record.episode.points.first().map_or(0, |point| point.at), record.next, now)
    };
    match text() {
        Some(text) => Response { kind: "text/calendar; charset=utf-8".to_owned(), file: Some("look-again.ics".to_owned()), ..Response::page(text) },
        None => Response::go("follow"),
    }
}
