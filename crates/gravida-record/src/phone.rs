//! What to read out on the phone, in thirty seconds; it never goes on longer, and never says less than the level.

use gravida_knowledge::{Urgency, Verdict};

use crate::note::Note;
use crate::phrase::answered;

/// About thirty seconds of slow reading.
const MOST_WORDS: usize = 75;

/// The script, one sentence a line.
pub fn script(note: &Note) -> String {
    let say = |slug: &str| note.knowledge.text(slug).to_owned();
    let who = match (note.weeks(), note.time.after_birth) {
        (Some(weeks), None) => say("phone-pregnant").replace("{weeks}", &weeks),
        (Some(weeks), Some(_)) => say("phone-after-birth").replace("{weeks}", &weeks),
        (None, _) => say("phone-weeks-open"),
    };
    let first = say("phone-first");
    let level = say(&format!("phone-{}", note.level()));
    let (more, open) = (say("phone-more"), say("phone-open"));
    let is_open = note.speaking().iter().all(|state| state.verdict == Verdict::Open) && !note.open().is_empty();

    let mut room = MOST_WORDS - [&first, &who, &level, &more].iter().map(|text| words(text)).sum::<usize>().min(MOST_WORDS);
    if is_open {
        room = room.saturating_sub(words(&open));
    }
    let calm = Some(say("phone-calm")).filter(|_| is_calm(note));
    room = room.saturating_sub(calm.as_deref().map_or(0, words));
    let mut lines = vec![first, who];
    let mut said_all = true;
    let flags = flags(note);
    let urgent = !flags.is_empty() && note.level() >= Urgency::Today;
    let mut list = |frame: String, between: &str, all: &[String], lines: &mut Vec<String>| {
        room = room.saturating_sub(words(&frame.replace("{signs}", "")));
        let fitting = fitting(all, &mut room);
        said_all &= fitting.len() == all.len();
        if !fitting.is_empty() {
            lines.push(frame.replace("{signs}", &fitting.join(between)));
        }
    };
    if !flags.is_empty() {
        list(say("phone-signs"), "; ", &flags, &mut lines);
    }
    // A sign that sets the level is enough where help is needed today; else the answers say what it is about.
    if !urgent {
        let (sentences, names) = answers(note);
        list("{signs}".to_owned(), between(&sentences), &sentences, &mut lines);
        if flags.is_empty() && !names.is_empty() {
            list(say("phone-answers"), "; ", &names, &mut lines);
        } else {
            said_all &= names.is_empty();
        }
    }
    if !said_all {
        lines.push(more);
    }
    lines.extend(calm);
    if is_open {
        lines.push(open);
    }
    lines.push(level);
    lines.iter().map(|line| format!("{line}\n")).collect()
}

/// What stands between sentences: a space, where the script has spaces.
fn between(sentences: &[String]) -> &'static str {
    if sentences.iter().all(|one| one.is_ascii()) { " " } else { "" }
}

/// The first of a list that there is room for.
fn fitting<'a>(all: &'a [String], room: &mut usize) -> Vec<&'a str> {
    let mut shown = Vec::new();
    for sign in all {
        let length = words(sign);
        if length > *room {
            break;
        }
        *room -= length;
        shown.push(sign.as_str());
    }
    shown
}

/// True when no sign that asks for help today is there, or could be.
fn is_calm(note: &Note) -> bool {
    let dangerous = |counts: Urgency| counts >= Urgency::Today;
    !note.flags().any(|state| state.verdict != Verdict::Excluded && dangerous(note.knowledge.red_flag(state.flag).urgency))
}

/// The danger signs that are present and set the level.
fn flags(note: &Note) -> Vec<String> {
    note.present().iter().filter(|state| state.counts == note.level()).map(|state| note.knowledge.red_flag(state.flag).name.clone()).collect()
}

/// What was answered with more than the calmest answer: sentences in the person's own voice where the pack has them, and
/// the names of the rest.
fn answers(note: &Note) -> (Vec<String>, Vec<String>) {
    let (mut sentences, mut names) = (Vec::new(), Vec::new());
    for id in note.positives().iter().flat_map(|said| &said.answers) {
        let finding = note.knowledge.finding(*id);
        let sentence = note.knowledge.text(&format!("phone-says-{}", finding.slug));
        if sentence.is_empty() || !finding.answers.is_yes_no() {
            names.push(answered(note.knowledge, *id, note.case.answer(*id)));
        } else {
            sentences.push(sentence.to_owned());
        }
    }
    (sentences, names)
}

/// How long it takes to say, in words; in a script without spaces, two letters take about as long as a word.
/// Words between spaces; where a language writes none between them, two for each three letters.
fn words(text: &str) -> usize {
    let wide = |letter: &char| matches!(u32::from(*letter), 0x0E00..=0x0EFF | 0x1000..=0x109F | 0x1780..=0x17FF | 0x3040..=0x30FF | 0x3400..=0x9FFF | 0x20000..);
    text.split_whitespace()
        .map(|word| {
            let letters = word.chars().filter(wide).count();
            (letters * 2).div_ceil(3).max(1)
        })
        .sum()
}
