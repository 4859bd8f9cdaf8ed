//! What to read out on the phone, in thirty seconds; it never goes on longer, and never says less than the level.

use gravida_knowledge::Verdict;

use super::note::Note;
use crate::render::answered;

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
    let flags = flags(note);
    let (frame, all) = if flags.is_empty() { (say("phone-answers"), answers(note)) } else { (say("phone-signs"), flags) };
    room = room.saturating_sub(words(&frame.replace("{signs}", "")));
    let mut shown: Vec<&str> = Vec::new();
    for sign in &all {
        let length = words(sign);
        if length > room {
            break;
        }
        room -= length;
        shown.push(sign);
    }
    let mut lines = vec![first, who];
    if !shown.is_empty() {
        lines.push(frame.replace("{signs}", &shown.join("; ")));
    }
    if shown.len() < all.len() {
        lines.push(more);
    }
    if is_open {
        lines.push(open);
    }
    lines.push(level);
    lines.iter().map(|line| format!("{line}\n")).collect()
}

/// The danger signs that are present and set the level.
fn flags(note: &Note) -> Vec<String> {
    note.present().iter().filter(|state| state.counts == note.level()).map(|state| note.knowledge.red_flag(state.flag).name.clone()).collect()
}

/// What was answered with more than the calmest answer.
fn answers(note: &Note) -> Vec<String> {
    note.positives().iter().flat_map(|said| &said.answers).map(|id| answered(note.knowledge, *id, note.case.answer(*id))).collect()
}

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
