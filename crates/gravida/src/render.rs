//! The result as text for a person to read; every sentence about health comes from the pack.

use std::fmt::Write as _;

use gravida_assessment::{Assessment, Band, Candidate, Next, Sooner, Time, call_sooner};
use gravida_knowledge::{Answer, Case, Cite, FindingId, Knowledge, Place, Urgency, Verdict};

use crate::plan;
use crate::where_to::services;
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
pub fn result(knowledge: &Knowledge, case: &Case, assessment: &Assessment, place: &Place, problems: &[Problem], depth: Depth) -> String {
    let mut page = Page::new();
    let time = Time::of(knowledge, case);
    card(&mut page, knowledge, assessment, place, &time);
    for problem in problems {
        page.line(&format!("! {}: {}; {}.", problem.at, problem.what, problem.instead));
    }
    what_to_do(&mut page, knowledge, case, assessment, depth);
    if assessment.triage.act_on < Urgency::Emergency {
        sooner(&mut page, knowledge, &call_sooner(knowledge, case), depth);
    }
    causes(&mut page, knowledge, case, assessment, depth);
    plan::show(&mut page, knowledge, case, assessment, depth);
    look_again(&mut page, knowledge, assessment, place);
    end(&mut page, knowledge, assessment);
    page.finish()
}

/// How soon, the clock, and whom to call.
fn card(page: &mut Page, knowledge: &Knowledge, assessment: &Assessment, place: &Place, time: &Time) {
    let level = assessment.triage.act_on;
    page.rule();
    page.line(&format!("{BOLD}{}{END}   [{level}]", knowledge.text(&format!("level-{level}"))));
    page.line(knowledge.text(&format!("clock-{level}")));
    for service in services(knowledge, assessment, time, place) {
        match &service.number {
            Some(number) => page.line(&format!("{BOLD}☎ {number}{END}  {}", service.say)),
            None => page.line(&format!("☎ {}", service.say)),
        }
    }
    if matches!(assessment.next, Next::Ask { .. }) && !assessment.triage.is_settled() {
        page.line(knowledge.text("leave-early"));
    }
    page.rule();
}

fn what_to_do(page: &mut Page, knowledge: &Knowledge, case: &Case, assessment: &Assessment, depth: Depth) {
    let level = assessment.triage.act_on;
    let mut said: Vec<&str> = Vec::new();
    let mut meanwhile: Vec<&str> = Vec::new();
    let deciding: Vec<_> = assessment.triage.deciding().collect();
    let present: Vec<_> = deciding.iter().filter(|state| state.verdict == Verdict::Present).collect();
    // What is present speaks; what could not be ruled out speaks only when nothing present sets the level.
    let speaking: Vec<_> = if present.is_empty() { deciding.iter().take(3).collect() } else { present };
    for state in &speaking {
        let flag = knowledge.red_flag(state.flag);
        // What a flag says is for those who have the sign; who could not rule it out says that.
        let say = if state.verdict == Verdict::Present { flag.say.as_str() } else { knowledge.text("unsure-do") };
        if !said.contains(&say) {
            said.push(say);
        }
        if let Some(text) = &flag.meanwhile
            && !meanwhile.contains(&text.as_str())
            && (state.verdict == Verdict::Present || meanwhile.is_empty())
        {
            meanwhile.push(text);
        }
    }
    if !said.is_empty() {
        page.heading("What to do");
        for text in &said {
            page.point(text);
        }
    }
    if !meanwhile.is_empty() {
        page.heading(if level >= Urgency::Today { "While you wait" } else { "Until then" });
        for text in &meanwhile {
            page.point(text);
        }
    }
    page.heading("Why");
    if deciding.is_empty() {
        page.point("Every danger sign of this pack was answered with no, or cannot apply to you.");
    }
    for state in assessment.triage.flags.iter().filter(|state| state.verdict == Verdict::Present) {
        let flag = knowledge.red_flag(state.flag);
        page.point(&format!("{} [{}]", flag.name, flag.urgency));
        let answers: Vec<String> = assessment.reasons(knowledge, case, state.flag).iter().map(|reason| answered(knowledge, reason.finding, reason.answer)).collect();
        page.detail(&format!("You said: {}", answers.join("; ")));
        if depth == Depth::Full {
            page.detail(&format!("{}:{}  {}", flag.origin.file, flag.origin.line, sources(knowledge, &flag.cites)));
        }
    }
    let open: Vec<_> = assessment.triage.flags.iter().filter(|state| state.verdict == Verdict::Open && state.counts > Urgency::SelfCare).collect();
    if !open.is_empty() && (depth == Depth::Full || speaking.iter().any(|state| state.verdict == Verdict::Open)) {
        page.point(knowledge.text("unsure"));
        let mut open = open;
        open.sort_by(|a, b| b.counts.cmp(&a.counts));
        let shown = if depth == Depth::Full { open.len() } else { 6 };
        for state in open.iter().take(shown) {
            page.detail(&format!("– {} [counts as {}]", knowledge.red_flag(state.flag).name, state.counts));
        }
        if open.len() > shown {
            page.detail(&format!("– and {} more", open.len() - shown));
        }
    }
}

/// "Fever of 38 °C or more" for a yes, "name: answer" for anything else.
pub fn answered(knowledge: &Knowledge, id: FindingId, answer: Answer) -> String {
    let finding = knowledge.finding(id);
    match answer {
        Answer::Between(1, 1) if finding.answers.is_yes_no() => lower_first(&finding.name),
        other => format!("{}: {}", lower_first(&finding.name), knowledge.say_answer(id, other)),
    }
}

fn lower_first(text: &str) -> String {
    let mut letters = text.chars();
    match letters.next() {
        Some(first) if !text.chars().nth(1).is_some_and(char::is_uppercase) => first.to_lowercase().chain(letters).collect(),
        _ => text.to_owned(),
    }
}

/// `[source passage]` marks of a fact, with how well it is founded.
pub fn sources(knowledge: &Knowledge, cites: &[Cite]) -> String {
    let each: Vec<String> = cites
        .iter()
        .map(|cite| match (cite.source, &cite.passage) {
            (Some(id), Some(passage)) => format!("[{} {passage}, {}]", knowledge.source(id).slug, cite.mark.word()),
            _ => format!("[{}{}]", cite.mark.word(), cite.reason.as_ref().map_or(String::new(), |why| format!(": {why}"))),
        })
        .collect();
    each.join(" ")
}

fn sooner(page: &mut Page, knowledge: &Knowledge, list: &[Sooner], depth: Depth) {
    let list: Vec<&Sooner> = list.iter().filter(|sooner| !knowledge.finding(sooner.finding).private).collect();
    if list.is_empty() {
        return;
    }
    page.heading(knowledge.text("call-sooner"));
    for level in [Urgency::Emergency, Urgency::Today, Urgency::ThisWeek, Urgency::Routine] {
        let names: Vec<String> = list
            .iter()
            .filter(|sooner| sooner.urgency == level)
            .map(|sooner| {
                let finding = knowledge.finding(sooner.finding);
                if finding.answers.is_yes_no() { lower_first(&finding.name) } else { format!("{}: {}", lower_first(&finding.name), knowledge.say(sooner.finding, sooner.answer)) }
            })
            .collect();
        if names.is_empty() || (depth == Depth::Person && level < Urgency::Today) {
            continue;
        }
        page.line(&format!("{BOLD}{}{END}", knowledge.text(&format!("level-{level}"))));
        for name in names {
            page.point(&name);
        }
    }
}

/// "31 in 100", or in a larger number when it is rare.
pub fn in_people(share: gravida_knowledge::Share) -> String {
    for den in [100u128, 1_000, 10_000, 100_000] {
        let n = (u128::from(share.num) * den + u128::from(share.den) / 2) / u128::from(share.den.max(1));
        if n >= 1 {
            return format!("{n} in {den}");
        }
    }
    "fewer than 1 in 100000".to_owned()
}

fn causes(page: &mut Page, knowledge: &Knowledge, case: &Case, assessment: &Assessment, depth: Depth) {
    let list = &assessment.differential.candidates;
    if list.is_empty() {
        return;
    }
    page.heading("What it may be");
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
    let excluded: Vec<&str> = list.iter().filter(|one| one.must_exclude && !one.raised).map(|one| knowledge.condition(one.condition).name.as_str()).collect();
    if !excluded.is_empty() {
        if raised.is_empty() {
            page.line(&format!("{BOLD}{}{END}", knowledge.text("band-must-exclude")));
        }
        page.point(&excluded.join("; "));
    }
    for tie in &assessment.differential.ties {
        let pair = format!("{} / {}", knowledge.condition(tie.first).name, knowledge.condition(tie.second).name);
        let apart = tie.separates.map_or(String::new(), |id| format!(" → {}", knowledge.finding(id).ask));
        page.point(&format!("{pair}: {}{apart}", knowledge.text("tie")));
    }
}

fn cause(page: &mut Page, knowledge: &Knowledge, case: &Case, one: &Candidate, depth: Depth) {
    let condition = knowledge.condition(one.condition);
    let point = one.share.point.map_or(String::new(), in_people);
    page.point(&format!("{} – about {point} (range {} to {})", condition.name, in_people(one.share.low), in_people(one.share.high)));
    if one.raised || one.band != Band::LessLikely {
        page.detail(&condition.why);
    }
    let side = |positive: bool| -> Vec<String> {
        one.weighings
            .iter()
            .filter(|w| (w.point > 0) == positive && w.point.abs() >= gravida_knowledge::UNIT / 4)
            .take(if depth == Depth::Full { usize::MAX } else { 3 })
            .map(|w| {
                let text = answered(knowledge, w.finding, case.answer(w.finding));
                if depth == Depth::Full { format!("{text} ({:+} to {:+}, {:+} of 1024 to a doubling)", w.low, w.high, w.point) } else { text }
            })
            .collect()
    };
    let (speaks_for, against) = (side(true), side(false));
    if !speaks_for.is_empty() {
        page.detail(&format!("For it: {}", speaks_for.join("; ")));
    }
    if !against.is_empty() && depth == Depth::Full {
        page.detail(&format!("Against it: {}", against.join("; ")));
    }
    if depth == Depth::Full {
        for text in &condition.next {
            page.detail(&format!("Next: {text}"));
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
        let escalate: Vec<&str> = rule.escalate.iter().map(|(text, _)| text.trim_end_matches('.')).collect();
        if !escalate.is_empty() {
            let to = rule.to.and_then(|at| place.service(at.role)).map_or(String::new(), |service| format!(" → {}", service.say));
            page.detail(&format!("Do not wait if: {}{to}", escalate.join("; ")));
        }
    }
}

fn end(page: &mut Page, knowledge: &Knowledge, assessment: &Assessment) {
    page.rule();
    page.line(knowledge.text("safety"));
    if let Next::Done(certificate) = &assessment.next {
        page.line(&format!(
            "{} questions answered; none of the other {} could have changed how soon.",
            certificate.asked, certificate.not_needed
        ));
    }
    page.line(&format!("Gravida {}, pack {}", env!("CARGO_PKG_VERSION"), knowledge.hash.get(..12).unwrap_or("")));
}

/// The next screen, for reading.
pub fn screen(knowledge: &Knowledge, next: &Next) -> String {
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
        }
    }
    page.finish()
}
