//! The result as text for a person to read; every sentence about health comes from the pack.

use std::fmt::Write as _;

use gravida_assessment::{Assessment, Band, Candidate, Next, Time, purpose, rows_behind};
use gravida_knowledge::{Case, Knowledge, Place, Urgency};
use gravida_record::where_to::services;
use gravida_record::{answered, level_word, listed, sources};
use gravida_web::Open;

use crate::explanation;
use crate::interface::{people, t, with};
use crate::plan;
use crate::shown::Shown;
use crate::wire::Problem;

/// How much to show: the person's card, or everything with weights and sources.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Depth {
    Person,
    Full,
}

pub const BOLD: &str = "\u{1b}[1m";
pub const END: &str = "\u{1b}[0m";

/// Lines of text, wrapped to the width of the terminal.
pub struct Page {
    out: String,
    width: usize,
}

impl Page {
    pub fn new() -> Page {
        Page { out: String::new(), width: textwrap::termwidth().clamp(40, 92) }
    }

    pub fn heading(&mut self, text: &str) {
        let _ = write!(self.out, "\n{BOLD}{text}{END}\n");
    }

    pub fn line(&mut self, text: &str) {
        self.indented("", "", text);
    }

    pub fn point(&mut self, text: &str) {
        self.indented("  • ", "    ", text);
    }

    pub fn detail(&mut self, text: &str) {
        self.indented("    ", "    ", text);
    }

    fn indented(&mut self, first: &str, rest: &str, text: &str) {
        let options = textwrap::Options::new(self.width).initial_indent(first).subsequent_indent(rest);
        let _ = writeln!(self.out, "{}", textwrap::fill(text, options));
    }

    pub fn rule(&mut self) {
        let _ = writeln!(self.out, "{}", "─".repeat(self.width));
    }

    pub fn finish(self) -> String {
        self.out
    }
}

/// The whole result.
pub fn result(knowledge: &Knowledge, shown: &Shown, place: &Place, problems: &[Problem], depth: Depth) -> String {
    let mut page = Page::new();
    let time = Time::of(knowledge, &shown.case);
    card(&mut page, knowledge, shown, place, &time);
    for problem in problems {
        page.line(&format!("! {}: {}; {}.", problem.at, problem.what, problem.instead));
    }
    explanation::what_to_do(&mut page, knowledge, shown, depth);
    explanation::why(&mut page, knowledge, shown, depth);
    explanation::voices(&mut page, knowledge, &shown.heard);
    explanation::sooner(&mut page, knowledge, shown, depth);
    causes(&mut page, knowledge, &shown.case, &shown.assessment, depth);
    plan::show(&mut page, knowledge, &shown.case, &shown.assessment, depth);
    look_again(&mut page, knowledge, &shown.assessment, place);
    end(&mut page, knowledge, shown, depth);
    page.finish()
}

/// How soon, the clock, and whom to call.
fn card(page: &mut Page, knowledge: &Knowledge, shown: &Shown, place: &Place, time: &Time) {
    let assessment = &shown.assessment;
    let level = assessment.triage.act_on;
    page.rule();
    page.line(&format!("{BOLD}{}{END}   [{}]", knowledge.text(&format!("level-{level}")), level_word(knowledge, level)));
    page.line(knowledge.text(&format!("clock-{level}")));
    for service in services(knowledge, &shown.deciding, time, place) {
        match &service.number {
            Some(number) => page.line(&format!("{BOLD}☎ {number}{END}  {}", service.say)),
            None => page.line(&format!("☎ {}", service.say)),
        }
    }
    if matches!(assessment.next, Next::Ask { .. }) && !assessment.triage.is_settled() {
        page.line(knowledge.text("leave-early"));
    }
    if shown.to_partner {
        page.line(knowledge.text("partner-view"));
    }
    page.rule();
}

fn causes(page: &mut Page, knowledge: &Knowledge, case: &Case, assessment: &Assessment, depth: Depth) {
    let list = &assessment.differential.candidates;
    if list.is_empty() {
        return;
    }
    page.heading(&t(knowledge, "what-it-may-be"));
    page.line(knowledge.text("not-a-diagnosis"));
    let raised: Vec<&Candidate> = list.iter().filter(|one| one.raised).collect();
    if !raised.is_empty() {
        page.line(&format!("{BOLD}{}{END}", knowledge.text("band-must-exclude")));
        raised.iter().for_each(|one| cause(page, knowledge, case, one, depth));
    }
    for band in [Band::Likely, Band::Possible, Band::LessLikely] {
        let shown: Vec<&Candidate> = list.iter().filter(|one| one.band == band && !one.raised).collect();
        if shown.is_empty() || (band == Band::LessLikely && depth == Depth::Person) {
            continue;
        }
        page.line(&format!("{BOLD}{}{END}", knowledge.text(&format!("band-{}", band.word()))));
        for one in shown {
            cause(page, knowledge, case, one, depth);
        }
    }
    let excluded: Vec<String> = list.iter().filter(|one| one.must_exclude && !one.raised).map(|one| knowledge.condition(one.condition).name.clone()).collect();
    if !excluded.is_empty() {
        if raised.is_empty() {
            page.line(&format!("{BOLD}{}{END}", knowledge.text("band-must-exclude")));
        }
        page.point(&listed(knowledge, excluded));
    }
    for tie in &assessment.differential.ties {
        let pair = format!("{} / {}", knowledge.condition(tie.first).name, knowledge.condition(tie.second).name);
        let apart = tie.separates.map_or(String::new(), |id| format!(" → {}", knowledge.finding(id).ask));
        page.point(&format!("{pair}: {}{apart}", knowledge.text("tie")));
    }
}

fn cause(page: &mut Page, knowledge: &Knowledge, case: &Case, one: &Candidate, depth: Depth) {
    let condition = knowledge.condition(one.condition);
    let about = one.share.point.map_or(String::new(), |point| format!(" – {}", with(knowledge, "about-share", &[("share", Open::Text(&people(knowledge, point)))])));
    let range = with(knowledge, "range", &[("low", Open::Text(&people(knowledge, one.share.low))), ("high", Open::Text(&people(knowledge, one.share.high)))]);
    page.point(&format!("{}{about} {range}", condition.name));
    if one.raised || one.band != Band::LessLikely {
        page.detail(&condition.why);
    }
    let side = |positive: bool| one.weighings.iter().filter(move |w| (w.point > 0) == positive);
    if depth == Depth::Full {
        for (title, positive) in [("for-it", true), ("against-it", false)] {
            if side(positive).next().is_some() {
                page.detail(&t(knowledge, title));
            }
            for w in side(positive) {
                let text = answered(knowledge, w.finding, case.answer(w.finding));
                let rows = rows_behind(knowledge, case, one.condition, w.finding);
                let (low, high, point) = (format!("{:+}", w.low), format!("{:+}", w.high), format!("{:+}", w.point));
                let weight = with(knowledge, "terminal-weight", &[("low", Open::Text(&low)), ("high", Open::Text(&high)), ("point", Open::Text(&point))]);
                page.detail(&format!("– {text} {weight}  {}", sources(knowledge, &rows)));
            }
        }
    } else {
        let strong = side(true).filter(|w| w.point >= gravida_knowledge::UNIT / 4).take(3);
        let texts: Vec<String> = strong.map(|w| answered(knowledge, w.finding, case.answer(w.finding))).collect();
        if !texts.is_empty() {
            page.detail(&format!("{} {}", t(knowledge, "for-it"), listed(knowledge, texts)));
        }
    }
    if depth == Depth::Full {
        for text in &condition.next {
            page.detail(&with(knowledge, "terminal-next", &[("text", Open::Text(text))]));
        }
        page.detail(&format!("{}:{}  {}", condition.origin.file, condition.origin.line, sources(knowledge, &condition.urgency_cites)));
    }
}

fn look_again(page: &mut Page, knowledge: &Knowledge, assessment: &Assessment, place: &Place) {
    let rules: Vec<_> = assessment.look_again.rules.iter().filter_map(|at| knowledge.follow_ups.get(*at)).collect();
    if rules.is_empty() || assessment.triage.act_on >= Urgency::Today {
        return;
    }
    page.heading(knowledge.text("look-again"));
    for rule in rules {
        page.point(&format!("{BOLD}{}{END}", rule.name));
        for (text, _) in rule.observe.iter().chain(&rule.recheck) {
            page.detail(text);
        }
        if !rule.escalate.is_empty() {
            let escalate = plan::without_ends(knowledge, rule.escalate.iter().map(|(text, _)| text.as_str()));
            let to = rule.to.and_then(|at| place.service(at.role)).map_or(String::new(), |service| format!(" → {}", service.say));
            page.detail(&format!("{} {escalate}{to}", t(knowledge, "do-not-wait")));
        }
    }
}

fn end(page: &mut Page, knowledge: &Knowledge, shown: &Shown, depth: Depth) {
    page.rule();
    page.line(knowledge.text("safety"));
    if let (Next::Done(certificate), false) = (&shown.assessment.next, shown.to_partner) {
        explanation::certificate(page, knowledge, certificate, shown.certified, depth);
    }
    page.line(&format!("Gravida {}, pack {}", env!("CARGO_PKG_VERSION"), knowledge.hash.get(..12).unwrap_or("")));
}

/// The next screen, for reading.
pub fn screen(knowledge: &Knowledge, case: &Case, assessment: &Assessment) -> String {
    let next = &assessment.next;
    let mut page = Page::new();
    if let Next::Ask { screen, findings, .. } = next {
        let screen = knowledge.screen(*screen);
        page.heading(&screen.ask);
        if let Some(hint) = &screen.hint {
            page.line(hint);
        }
        for id in findings {
            let finding = knowledge.finding(*id);
            page.point(&format!("{}  ({})", finding.name, finding.slug));
            if !finding.answers.is_yes_no() {
                page.detail(&finding.answers.expected());
            }
            let purpose = purpose(knowledge, case, assessment, *id);
            explanation::in_one_line(knowledge, &purpose).iter().for_each(|line| page.detail(&format!("↳ {line}")));
        }
    }
    page.finish()
}
