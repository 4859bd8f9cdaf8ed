//! Why, as text: what sets the level, what forces it, what would raise it, why a question is asked, who said what.

use gravida_assessment::{Certificate, Heard, Purpose, Sooner};
use gravida_knowledge::{Answer, Answers, Case, FindingId, Knowledge, Phase, ScreenId, Urgency, Verdict};
use gravida_record::{answered, fill, level_word, listed, lower_first, sources};
use gravida_web::Open;

use crate::interface::{t, with};
use crate::render::{BOLD, Depth, END, Page};
use crate::shown::Shown;

/// What the flags say that set the level, and which they are.
pub fn what_to_do(page: &mut Page, knowledge: &Knowledge, shown: &Shown, depth: Depth) {
    let (case, assessment) = (&shown.case, &shown.assessment);
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
        page.heading(&t(knowledge, "what-to-do"));
        for text in &said {
            page.point(text);
        }
    }
    if !meanwhile.is_empty() {
        page.heading(&t(knowledge, if level >= Urgency::Today { "while-you-wait" } else { "until-then" }));
        for text in &meanwhile {
            page.point(text);
        }
    }
    page.heading(&t(knowledge, "why"));
    if deciding.is_empty() && level > Urgency::SelfCare {
        page.point(knowledge.text("partner-view-level"));
    } else if deciding.is_empty() {
        page.point(&t(knowledge, "why-none"));
    }
    for state in assessment.triage.flags.iter().filter(|state| state.verdict == Verdict::Present) {
        let flag = knowledge.red_flag(state.flag);
        page.point(&format!("{} [{}]", flag.name, level_word(knowledge, flag.urgency)));
        let answers = assessment.reasons(knowledge, case, state.flag).into_iter().map(|reason| answered(knowledge, reason.finding, reason.answer));
        page.detail(&format!("{} {}", knowledge.text("why-said"), listed(knowledge, answers)));
        if depth == Depth::Full {
            page.detail(&format!("{}:{}  {}", flag.origin.file, flag.origin.line, sources(knowledge, &flag.cites)));
        }
    }
    let open = assessment.triage.open();
    if !open.is_empty() && (depth == Depth::Full || speaking.iter().any(|state| state.verdict == Verdict::Open)) {
        page.point(knowledge.text("unsure"));
        let shown = if depth == Depth::Full { open.len() } else { 6 };
        for state in open.iter().take(shown) {
            page.detail(&format!("– {}", fill(knowledge, "sheet-open-flag", &[("name", &knowledge.red_flag(state.flag).name), ("level", level_word(knowledge, state.counts))])));
        }
        if open.len() > shown {
            page.detail(&format!("– {}", with(knowledge, "and-more", &[("n", Open::Number(open.len() - shown))])));
        }
    }
}

/// The smallest sets of answers that force the level; and what would bring it down when nothing present sets it.
pub fn why(page: &mut Page, knowledge: &Knowledge, shown: &Shown, depth: Depth) {
    let forcing = &shown.forcing;
    if forcing.level < shown.assessment.triage.act_on {
        return;
    }
    let most = if depth == Depth::Full { usize::MAX } else { 3 };
    if !forcing.sets.is_empty() {
        page.line(knowledge.text(if forcing.sets.len() == 1 { "why-forced-one" } else { "why-forced" }));
        for set in forcing.sets.iter().take(most) {
            let answers: Vec<String> = set.answers.iter().map(|reason| answered(knowledge, reason.finding, reason.answer)).collect();
            page.point(&answers.join(" + "));
            if depth == Depth::Full {
                for id in &set.flags {
                    let flag = knowledge.red_flag(*id);
                    page.detail(&format!("{}  {}:{}  {}", flag.name, flag.origin.file, flag.origin.line, sources(knowledge, &flag.cites)));
                }
            }
        }
        if forcing.more || forcing.sets.len() > most {
            page.detail(knowledge.text("why-more"));
        }
    }
    let Some(held_up) = &forcing.held_up else { return };
    // A long list of noes helps nobody who is in pain; it stands in the full text.
    let noes: Vec<_> = held_up.noes.iter().filter(|set| depth == Depth::Full || set.len() <= 3).take(most).collect();
    if !noes.is_empty() {
        page.line(knowledge.text("why-noes"));
        for set in noes {
            page.point(&set.iter().map(|id| lower_first(&knowledge.finding(*id).name)).collect::<Vec<_>>().join(" + "));
        }
        if held_up.more && depth == Depth::Full {
            page.detail(knowledge.text("why-more"));
        }
    } else if held_up.noes.is_empty() && !held_up.more && depth == Depth::Full {
        page.line(knowledge.text("why-no-noes"));
    }
}

/// The screen that a finding stands on.
fn screen_of(knowledge: &Knowledge, id: FindingId) -> Option<ScreenId> {
    knowledge.screen_ids().find(|screen| knowledge.screen(*screen).shows.contains(&id))
}

/// "Call sooner if": by level, then by screen, each in the order of the pack.
pub fn sooner(page: &mut Page, knowledge: &Knowledge, shown: &Shown, depth: Depth) {
    let list = &shown.sooner;
    let signs: Vec<&Sooner> = list.iter().filter(|one| depth == Depth::Full || is_sign(knowledge, &shown.case, one)).collect();
    if signs.is_empty() {
        return;
    }
    page.heading(knowledge.text("call-sooner"));
    for level in [Urgency::Emergency, Urgency::Today, Urgency::ThisWeek, Urgency::Routine] {
        let here: Vec<&&Sooner> = signs.iter().filter(|one| one.urgency == level).collect();
        if here.is_empty() || (depth == Depth::Person && level < Urgency::Today) {
            continue;
        }
        page.line(&format!("{BOLD}{}{END}", knowledge.text(&format!("level-{level}"))));
        let mut screens: Vec<ScreenId> = here.iter().filter_map(|one| screen_of(knowledge, one.finding)).collect();
        screens.sort_by_key(|id| (knowledge.screen(*id).order, *id));
        screens.dedup();
        for screen in screens {
            page.line(&format!("  {}", knowledge.screen(screen).ask));
            for one in here.iter().filter(|one| screen_of(knowledge, one.finding) == Some(screen)) {
                page.point(&change(knowledge, one));
            }
        }
    }
    if list.iter().any(|one| one.answer == Answer::NotSure) && depth == Depth::Person {
        page.line(knowledge.text("sooner-unsure"));
    }
}

/// Something that she can notice: a sign, or weeks still to come; not who is answering, and not doubt.
fn is_sign(knowledge: &Knowledge, case: &Case, one: &Sooner) -> bool {
    if let (Answers::Weeks(..), Answer::Between(_, now), Answer::Between(from, _)) = (&knowledge.finding(one.finding).answers, case.answer(one.finding), one.answer)
        && from <= now
    {
        return false;
    }
    let start = screen_of(knowledge, one.finding).is_some_and(|screen| knowledge.screen(screen).phase == Phase::Start);
    let choice = matches!(knowledge.finding(one.finding).answers, Answers::Choices(_));
    one.answer != Answer::NotSure && !(start && choice)
}

/// One change in words.
pub fn change(knowledge: &Knowledge, one: &Sooner) -> String {
    let finding = knowledge.finding(one.finding);
    let name = lower_first(&finding.name);
    match one.answer {
        Answer::NotSure => name_answer(knowledge, &name, knowledge.text("sooner-not-sure")),
        Answer::Between(1, 1) if finding.answers.is_yes_no() => name,
        Answer::Between(low, _) if finding.ordered => name_answer(knowledge, &name, &knowledge.say(one.finding, low)),
        other => name_answer(knowledge, &name, &knowledge.say_answer(one.finding, other)),
    }
}

fn name_answer(knowledge: &Knowledge, name: &str, answer: &str) -> String {
    fill(knowledge, "name-answer", &[("name", name), ("answer", answer)])
}

/// Why a question is asked, in one line: the weightiest reason and its first example.
pub fn in_one_line(knowledge: &Knowledge, purpose: &Purpose) -> Option<String> {
    reasons(knowledge, purpose, 1).into_iter().next()
}

/// Why a question is asked, a line for each kind of reason.
pub fn question(knowledge: &Knowledge, purpose: &Purpose) -> Vec<String> {
    reasons(knowledge, purpose, 3)
}

fn reasons(knowledge: &Knowledge, purpose: &Purpose, most: usize) -> Vec<String> {
    let list = |names: Vec<&str>| {
        let more = if names.len() > most { " …" } else { "" };
        format!("{}{more}", listed(knowledge, names.into_iter().take(most).map(str::to_owned)))
    };
    let mut lines = Vec::new();
    if let Some(level) = purpose.could_become {
        let flags = purpose.flags.iter().map(|id| knowledge.red_flag(*id).name.as_str()).collect();
        lines.push(name_answer(knowledge, &format!("{} [{}]", knowledge.text("why-level"), level_word(knowledge, level)), &list(flags)));
    }
    if !purpose.causes.is_empty() {
        let causes = purpose.causes.iter().map(|(id, _)| knowledge.condition(*id).name.as_str()).collect();
        lines.push(name_answer(knowledge, knowledge.text("why-causes"), &list(causes)));
    }
    if !purpose.measures.is_empty() {
        let measures = purpose.measures.iter().map(|id| knowledge.intervention(*id).name.as_str()).collect();
        lines.push(name_answer(knowledge, knowledge.text("why-plan"), &list(measures)));
    }
    if purpose.decides_others && lines.is_empty() {
        lines.push(knowledge.text("why-others").to_owned());
    }
    lines
}

/// Where somebody else said something else, or what she did not say.
pub fn voices(page: &mut Page, knowledge: &Knowledge, heard: &[Heard]) {
    if heard.is_empty() {
        return;
    }
    page.heading(knowledge.text("voices"));
    for one in heard {
        let finding = knowledge.finding(one.finding);
        let show = |answer| knowledge.say_answer(one.finding, answer);
        let pair = |name: &str, answer: &str| name_answer(knowledge, name, answer);
        let counts = if one.counts == one.own && !one.is_disagreement() { knowledge.text("voices-noted").to_owned() } else { pair(knowledge.text("voices-counts"), &show(one.counts)) };
        let said = [pair(knowledge.text("voices-self"), &show(one.own)), pair(knowledge.text(&format!("voices-{}", one.speaker.word())), &show(one.other))];
        page.point(&format!("{} – {} → {counts}", finding.name, listed(knowledge, said)));
    }
}

/// Why the questions may stop, and that it was checked again.
pub fn certificate(page: &mut Page, knowledge: &Knowledge, certificate: &Certificate, checked: bool, depth: Depth) {
    page.line(&certificate_says(knowledge, certificate));
    if checked && depth == Depth::Person {
        return;
    }
    let outcome = t(knowledge, if checked { "terminal-certificate-holds" } else { "terminal-certificate-broken" });
    let number = |n: usize| Open::Number(n);
    let open = [("asked", number(certificate.asked)), ("rest", number(certificate.not_needed)), ("hidden", number(certificate.hidden)), ("level", Open::Text(level_word(knowledge, certificate.most))), ("outcome", Open::Text(&outcome))];
    page.line(&with(knowledge, "terminal-certificate", &open));
}

/// The certificate in one sentence.
pub fn certificate_says(knowledge: &Knowledge, certificate: &Certificate) -> String {
    let (asked, others) = (certificate.asked.to_string(), certificate.not_needed.to_string());
    knowledge.text("certificate").replace("{asked}", &asked).replace("{others}", &others)
}
