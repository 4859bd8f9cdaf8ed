//! One block in a language beside the block of the pack: the same lines, the same numbers, the same stamp; it never judges wording.

use std::collections::BTreeSet;

use super::words::{SourceBlock, SourceLine, WORDS};
use crate::diagnostic::did_you_mean;
use crate::knowledge::Knowledge;
use crate::read::{Block, Context, Entry};

/// The keyword of the line that says which words of the pack were translated.
pub(crate) const STAMP: &str = "of";

/// What became of a translated block.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum State {
    /// Somebody confirmed these words for the words of the pack as they are.
    Confirmed,
    /// Nobody has confirmed them yet.
    New,
    /// The words of the pack have changed since.
    Stale,
}

/// Telephone numbers that a translation may leave out or bring in: services are those of another country.
#[derive(Debug, Default)]
pub(crate) struct Telephone {
    leave_out: BTreeSet<String>,
    bring_in: BTreeSet<String>,
}

impl Telephone {
    /// Numbers of the place that the language shows may be brought in; those of all other places may be left out. While
    /// the place is not known, so may all.
    pub fn of(knowledge: &Knowledge, place: Option<&str>) -> Telephone {
        let mut telephone = Telephone::default();
        if place.is_none() {
            let services = knowledge.places.iter().flat_map(|place| &place.services);
            telephone.bring_in = services.filter_map(|service| service.number.as_deref()).flat_map(numbers).collect();
            telephone.leave_out = telephone.bring_in.clone();
            return telephone;
        }
        for one in &knowledge.places {
            let numbers = one.services.iter().filter_map(|service| service.number.as_deref()).flat_map(numbers);
            if Some(one.slug.as_str()) == place { telephone.bring_in.extend(numbers) } else { telephone.leave_out.extend(numbers) }
        }
        telephone.leave_out.retain(|number| !telephone.bring_in.contains(number));
        telephone
    }
}

/// Numbers of a text: "1,000" is 1000, "4,5" and "4.5" are one number.
pub(crate) fn numbers(text: &str) -> Vec<String> {
    let letters: Vec<char> = text.chars().collect();
    let digit = |at: usize| letters.get(at).is_some_and(char::is_ascii_digit);
    let mut found: Vec<String> = Vec::new();
    let mut number = String::new();
    for (at, letter) in letters.iter().enumerate() {
        let inside = at > 0 && digit(at - 1) && digit(at + 1);
        match letter {
            letter if letter.is_ascii_digit() => number.push(*letter),
            ',' if inside && digit(at + 2) && digit(at + 3) && !digit(at + 4) => {}
            '.' | ',' if inside => number.push('.'),
            _ => found.extend((!number.is_empty()).then(|| std::mem::take(&mut number))),
        }
    }
    found.extend((!number.is_empty()).then_some(number));
    found
}

/// The places of a text that the program fills in: `{weeks}`.
fn gaps(text: &str) -> BTreeSet<&str> {
    text.split('{').skip(1).filter_map(|rest| rest.split_once('}')).map(|(name, _)| name).collect()
}

fn shown(gaps: &BTreeSet<&str>) -> String {
    if gaps.is_empty() { "no gaps".to_owned() } else { gaps.iter().map(|name| format!("{{{name}}}")).collect::<Vec<_>>().join(", ") }
}

/// What stands more often in `one` than in `other`.
fn more(one: &[String], other: &[String]) -> Vec<String> {
    let mut rest = other.to_vec();
    let mut over = Vec::new();
    for number in one {
        match rest.iter().position(|candidate| candidate == number) {
            Some(at) => drop(rest.swap_remove(at)),
            None => over.push(number.clone()),
        }
    }
    over
}

/// The texts of a translated block in the order of the block of the pack, when nothing of it is wrong.
pub(crate) fn check_block(block: &Block, source: &SourceBlock, telephone: &Telephone, context: &mut Context) -> Option<Vec<String>> {
    let before = context.out.len();
    let words = WORDS.iter().find(|(kind, _)| *kind == source.kind).map_or(&[][..], |(_, words)| *words);
    let stands = format!("{}:{}", source.origin.file, source.origin.line);
    for entry in block.entries.iter().filter(|entry| entry.keyword != STAMP) {
        let length = entry.keyword.chars().count();
        if !words.contains(&entry.keyword.as_str()) {
            let hint = did_you_mean(&entry.keyword, words.iter().copied()).unwrap_or_else(|| format!("a {} has these words: {}", source.kind, words.join(", ")));
            context.error(entry.at, length, format!("`{}` of a {} is not translated", entry.keyword, source.kind), Some(hint));
        } else if source.all(&entry.keyword).next().is_none() {
            let message = format!("`{}` is superfluous: `{}` has none at {stands}", entry.keyword, block.id);
            context.error(entry.at, length, message, Some("take the line out".to_owned()));
        }
    }
    let mut texts = Vec::new();
    for keyword in words {
        let (lines, entries): (Vec<&SourceLine>, Vec<&Entry>) = (source.all(keyword).collect(), block.all(keyword).collect());
        if lines.len() != entries.len() && !lines.is_empty() {
            let at = entries.get(lines.len()).or(entries.last()).map_or(block.id_at, |entry| entry.at);
            let length = if entries.is_empty() { block.id.chars().count() } else { keyword.len() };
            let hint = lines.get(entries.len()).map_or("take the last ones out".to_owned(), |line| format!("add `{}`: {}", keyword, line.value()));
            context.error(at, length, format!("`{}` has {} times `{keyword}`, the pack {} times at {stands}", block.id, entries.len(), lines.len()), Some(hint));
            continue;
        }
        texts.extend(lines.iter().zip(entries).map(|(line, entry)| check_line(entry, line, telephone, context)));
    }
    (context.out.len() == before).then_some(texts)
}

/// The text of a line, without what stands before it.
fn check_line(entry: &Entry, line: &SourceLine, telephone: &Telephone, context: &mut Context) -> String {
    let whole = entry.text();
    let text = if line.head.is_empty() { Some(whole.as_str()) } else { whole.strip_prefix(&line.head).and_then(|rest| rest.strip_prefix(' ')) };
    let Some(text) = text.map(str::trim) else {
        let hint = format!("write `{} {} …`", line.keyword, line.head);
        context.error(entry.value_at(), entry.value_length(), format!("this `{}` does not begin with `{}` as in the pack", line.keyword, line.head), Some(hint));
        return whole;
    };
    let mut error = |message: String, hint: &str| context.error(entry.value_at(), entry.value_length(), message, Some(hint.to_owned()));
    if text.is_empty() {
        error(format!("`{}` says nothing", line.keyword), &format!("translate: {}", line.text));
    }
    if let Some(mark) = text.chars().find(|letter| (matches!(letter, '[' | ']' | '`') && !line.text.contains(*letter)) || letter.is_control()) {
        error(format!("a translated text holds `{}`", mark.escape_default()), "marks of sources stand in the pack alone; write the words without them");
    }
    if line.keyword == "answers" {
        check_answers(text, line, &mut error);
    }
    let (gaps, kept) = (gaps(&line.text), gaps(text));
    if gaps != kept {
        error(format!("the pack has {} here, this text {}", shown(&gaps), shown(&kept)), "the program puts something there: write it as it is, braces and all");
    }
    let (source, own) = (numbers(&line.text), numbers(text));
    let lost: Vec<String> = more(&source, &own).into_iter().filter(|number| !telephone.leave_out.contains(number)).collect();
    let new: Vec<String> = more(&own, &source).into_iter().filter(|number| !telephone.bring_in.contains(number)).collect();
    if !lost.is_empty() {
        error(format!("the pack says {}, this text does not", lost.join(", ")), &format!("the words of the pack are: {}", line.text));
    }
    if !new.is_empty() {
        error(format!("this text says {}, the pack does not", new.join(", ")), &format!("the words of the pack are: {}", line.text));
    }
    text.to_owned()
}

fn check_answers(text: &str, line: &SourceLine, error: &mut impl FnMut(String, &str)) {
    let (list, wanted): (Vec<&str>, usize) = (text.split(", ").map(str::trim).collect(), line.text.split(", ").count());
    if list.len() != wanted {
        error(format!("there are {} answers here and {wanted} in the pack", list.len()), &format!("write as many, with a comma and a space between: {}", line.text));
    } else if list.iter().enumerate().any(|(n, word)| word.is_empty() || list.iter().take(n).any(|other| other == word)) {
        error("two answers read alike, or one is empty".to_owned(), "give each answer words of its own");
    }
}

/// Whether somebody confirmed the words of a block for the words of the pack.
pub(crate) fn state(block: &Block, source: &SourceBlock) -> State {
    match block.value(STAMP) {
        None => State::New,
        Some(stamp) if stamp == source.stamp() => State::Confirmed,
        Some(_) => State::Stale,
    }
}
