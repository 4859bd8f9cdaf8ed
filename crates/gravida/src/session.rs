//! `gravida session`: a guided session in the terminal; consent first, the signs to stop always in sight.

use std::io::{BufRead, IsTerminal, Write};
use std::sync::mpsc::{Receiver, RecvTimeoutError, TryRecvError, channel};
use std::time::Duration;

use anyhow::{Result, bail};
use gravida_assessment::{Session, SessionEvent, SessionPhase, StopReason, Time, WhyLeftOut, assess, why_not_now};
use gravida_knowledge::{FindingId, Intervention, Knowledge, Place, nearest};
use gravida_record::level_word;
use gravida_record::where_to::{always, line, services};
use gravida_web::Open;

use crate::interface::with;
use crate::plan::{reason, who};
use crate::render::{BOLD, END, Page};
use crate::wire::CaseFile;

/// How time passes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pace {
    /// All steps at once, for reading and printing.
    Plain,
    /// A countdown, so many seconds in one.
    Timed(u32),
}

impl Pace {
    /// A countdown on a terminal, or where one was asked for; else plain.
    pub fn of(plain: bool, fast: Option<u32>) -> Pace {
        match fast {
            Some(n) => Pace::Timed(n.max(1)),
            None if !plain && std::io::stdout().is_terminal() => Pace::Timed(1),
            None => Pace::Plain,
        }
    }
}

/// "2:05"
fn clock(seconds: u64) -> String {
    format!("{}:{:02}", seconds / 60, seconds % 60)
}

fn length(one: &Intervention) -> u64 {
    one.steps.iter().map(|step| u64::from(step.seconds)).sum()
}

/// The interventions that have steps.
pub fn list(knowledge: &Knowledge) -> String {
    let mut page = Page::new();
    page.line(knowledge.text("session-list"));
    for one in knowledge.interventions.iter().filter(|one| !one.steps.is_empty()) {
        page.point(&format!("{BOLD}{}{END}  {} – {} steps, {} – {}", one.slug, one.name, one.steps.len(), clock(length(one)), who(knowledge, one)));
    }
    page.finish()
}

/// Runs a session. False when the case speaks against it: then no step is shown.
pub fn run(knowledge: &Knowledge, name: &str, file: Option<&CaseFile>, place: &Place, pace: Pace) -> Result<bool> {
    let Some(one) = knowledge.find_intervention(name) else {
        let known = knowledge.interventions.iter().filter(|one| !one.steps.is_empty()).map(|one| one.slug.as_str());
        let hint = nearest(name, known).map_or(String::new(), |near| format!("did you mean `{near}`? "));
        bail!("there is no session called `{name}`; {hint}`gravida session` lists them");
    };
    let Some(session) = Session::new(one) else { bail!("`{name}` has no steps; `gravida explain {name}` shows what it is") };
    let mut page = Page::new();
    let mut whole = true;
    if let Some(file) = file {
        for problem in &file.problems {
            whole = false;
            page.line(&format!("! {}: {}; {}.", problem.at, problem.what, problem.instead));
        }
        if refuse(&mut page, knowledge, one, file, place) {
            anstream::print!("{}", page.finish());
            return Ok(false);
        }
    }
    head(&mut page, knowledge, one, place, file.is_some());
    let Pace::Timed(fast) = pace else {
        steps(&mut page, one);
        page.rule();
        page.line(knowledge.text("safety"));
        anstream::print!("{}", page.finish());
        return Ok(whole);
    };
    page.line(&format!("{} [y/n]", knowledge.text("session-ready")));
    anstream::print!("{}", page.finish());
    std::io::stdout().flush()?;
    let mut answer = String::new();
    std::io::stdin().lock().read_line(&mut answer)?;
    if !matches!(answer.trim().to_lowercase().as_str(), "y" | "yes") {
        anstream::println!("{}", knowledge.text("session-stopped"));
        return Ok(whole);
    }
    anstream::println!("{}\n", knowledge.text("session-keys"));
    count_down(knowledge, session, fast)?;
    Ok(whole)
}

/// Says why it must not be started, and what comes first. True when it must not.
fn refuse(page: &mut Page, knowledge: &Knowledge, one: &Intervention, file: &CaseFile, place: &Place) -> bool {
    let assessment = assess(knowledge, &file.merged.case);
    let Some(id) = knowledge.intervention_ids().find(|id| knowledge.intervention(*id).slug == one.slug) else { return true };
    let Some(why) = why_not_now(knowledge, &file.merged.case, &assessment.triage, id) else {
        if !assessment.plan.offers.iter().any(|offer| offer.intervention == id) {
            page.line(knowledge.text("session-not-in-plan"));
        }
        return false;
    };
    page.rule();
    page.line(&format!("{BOLD}{}{END}", one.name));
    page.line(&format!("{BOLD}{}{END}", knowledge.text("session-refused")));
    let private = match &why {
        WhyLeftOut::Contraindicated(findings) | WhyLeftOut::NotExcluded(findings) => findings.iter().any(|id| knowledge.finding(*id).private),
        _ => false,
    };
    if private {
        page.point(knowledge.text("session-refused-private"));
    } else {
        page.point(&reason(knowledge, &file.merged.case, one, &why));
    }
    let level = assessment.triage.act_on;
    page.line(&format!("{BOLD}{}{END}   [{}]", knowledge.text(&format!("level-{level}")), level_word(knowledge, level)));
    page.line(knowledge.text(&format!("clock-{level}")));
    for service in services(knowledge, &assessment.triage, &Time::of(knowledge, &file.merged.case), place) {
        page.line(&line(service));
    }
    page.rule();
    page.line(knowledge.text("safety"));
    true
}

/// Who, consent, when to stop, when to call; and what nobody has checked.
fn head(page: &mut Page, knowledge: &Knowledge, one: &Intervention, place: &Place, checked: bool) {
    page.rule();
    page.line(&format!("{BOLD}{}{END}   {}", one.name, with(knowledge, "terminal-steps", &[("n", Open::Number(one.steps.len())), ("long", Open::Text(&clock(length(one))))])));
    page.line(&format!("{}: {}", knowledge.text("session-who"), who(knowledge, one)));
    page.line(knowledge.text("session-consent"));
    page.rule();
    if !checked {
        page.line(&format!("{BOLD}{}{END}", knowledge.text("session-not-checked")));
        let mut asked: Vec<FindingId> = Vec::new();
        for id in one.never.iter().flat_map(|(rule, _)| rule.findings()) {
            if !asked.contains(&id) {
                asked.push(id);
            }
        }
        let (private, open): (Vec<FindingId>, Vec<FindingId>) = asked.iter().partition(|id| knowledge.finding(**id).private);
        if !asked.is_empty() {
            page.line(knowledge.text("session-questions"));
        }
        for id in open {
            page.point(&knowledge.finding(id).ask);
        }
        if !private.is_empty() {
            page.point(knowledge.text("private-note"));
        }
        page.line(knowledge.text("session-ask-gravida"));
    }
    for (text, _) in &one.caution {
        page.point(text);
    }
    page.heading(knowledge.text("session-stop"));
    one.stop.iter().for_each(|text| page.point(text));
    page.heading(knowledge.text("session-call"));
    page.line(knowledge.text("partner-call"));
    always(place).for_each(|service| page.line(&line(service)));
}

fn steps(page: &mut Page, one: &Intervention) {
    let mut from = 0;
    page.heading(&one.name);
    for (n, step) in one.steps.iter().enumerate() {
        page.line(&format!("{BOLD}{}.{END} {} to {}  {}", n + 1, clock(from), clock(from + u64::from(step.seconds)), step.say));
        from += u64::from(step.seconds);
    }
}

/// What was typed; `None` for a line that means nothing.
fn typed(line: &str) -> Option<SessionEvent> {
    match line.trim().to_lowercase().as_str() {
        "p" | "pause" => Some(SessionEvent::Pause),
        "r" | "resume" => Some(SessionEvent::Resume),
        "n" | "next" => Some(SessionEvent::Next),
        "b" | "back" => Some(SessionEvent::Back),
        "s" | "stop" | "q" | "quit" => Some(SessionEvent::Stop(StopReason::Asked)),
        // "stop 2": the second sign is the reason.
        number => {
            let n = number.strip_prefix("stop ").and_then(|n| n.parse::<usize>().ok());
            n.map(|n| SessionEvent::Stop(n.checked_sub(1).map_or(StopReason::Asked, StopReason::Sign)))
        }
    }
}

/// Lines from standard input, while time passes.
fn keys() -> Receiver<String> {
    let (send, receive) = channel();
    std::thread::spawn(move || {
        for line in std::io::stdin().lock().lines() {
            if line.is_err() || line.is_ok_and(|line| send.send(line).is_err()) {
                break;
            }
        }
    });
    receive
}

fn count_down(knowledge: &Knowledge, session: Session<'_>, fast: u32) -> Result<()> {
    let keys = keys();
    let second = Duration::from_micros(1_000_000 / u64::from(fast));
    let mut session = session.after(SessionEvent::Resume).session;
    say(session, 0..1)?;
    loop {
        let event = match session.phase() {
            SessionPhase::Done | SessionPhase::Stopped(_) => break,
            // Nobody is there to go on: a session that stands still for ever is stopped.
            SessionPhase::Paused => keys.recv().map_or(Some(SessionEvent::Stop(StopReason::Asked)), |line| typed(&line)),
            SessionPhase::Running => match keys.recv_timeout(second) {
                Ok(line) => typed(&line),
                Err(RecvTimeoutError::Timeout) => Some(SessionEvent::Tick(1)),
                Err(RecvTimeoutError::Disconnected) => {
                    if keys.try_recv() == Err(TryRecvError::Disconnected) {
                        std::thread::sleep(second);
                    }
                    Some(SessionEvent::Tick(1))
                }
            },
        };
        let Some(event) = event else {
            anstream::println!("\r{}", knowledge.text("session-keys"));
            continue;
        };
        let turn = session.after(event);
        session = turn.session;
        say(session, turn.entered)?;
    }
    let stop = session.view().stop.join("; ");
    anstream::println!("\n{}: {stop}", knowledge.text("session-stop"));
    let end = if session.phase() == SessionPhase::Done { "session-done" } else { "session-stopped" };
    anstream::println!("{}\n{}", knowledge.text(end), knowledge.text("safety"));
    Ok(())
}

/// Each step that was entered, with the signs to stop; between steps the seconds that are left.
fn say(session: Session<'_>, entered: std::ops::Range<usize>) -> Result<()> {
    let view = session.view();
    let mut out = anstream::stdout();
    for at in entered {
        let Some(step) = session.steps().get(at) else { continue };
        let mut page = Page::new();
        page.line(&format!("{BOLD}{} of {}{END}  ({})  {}", at + 1, view.steps, clock(u64::from(step.seconds)), step.say));
        page.detail(&format!("✋ {}", view.stop.join("; ")));
        write!(out, "\r{}", page.finish())?;
    }
    if std::io::stdout().is_terminal() {
        let mark = if view.phase == SessionPhase::Paused { " ‖" } else { "" };
        write!(out, "\r  {} / {}{mark}   ", clock(u64::from(view.left)), clock(view.left_in_all))?;
    }
    out.flush()?;
    Ok(())
}
