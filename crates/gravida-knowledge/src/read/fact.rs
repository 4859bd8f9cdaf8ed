//! The ends of a fact: its value, its citations and the reason after them; it never judges a source.

use super::block::Entry;
use super::context::Context;
use crate::diagnostic::did_you_mean;
use crate::finding::weeks_range;
use crate::level::Limit;
use crate::share::{Share, Spread};
use crate::source::{Cite, Mark};

/// A value with where it comes from.
#[derive(Debug)]
pub(crate) struct Cited {
    pub value: String,
    pub cites: Vec<Cite>,
}

/// Splits `value  [source passage] [assumed] reason`. Reports what does not exist; `required` reports a missing source.
pub(crate) fn split_cites(entry: &Entry, required: bool, context: &mut Context) -> Cited {
    let text = entry.text();
    let start = cite_start(&text).unwrap_or(text.len());
    let value = text.get(..start).unwrap_or("").trim().to_owned();
    let mut cites = Vec::new();
    let mut at = start;
    while let Some(open) = text.get(at..).and_then(|rest| rest.find('[')).map(|found| found + at) {
        // Only a bracket that follows directly, or opens the next citation, counts; the reason may hold others.
        if !text.get(at..open).unwrap_or("").trim().is_empty() {
            break;
        }
        let Some(close) = text.get(open..).and_then(|rest| rest.find(']')).map(|found| found + open) else {
            context.error(entry.place_of(open), 1, "a citation is opened but not closed".to_owned(), Some("close it with ]".to_owned()));
            at = text.len();
            break;
        };
        let inside = text.get(open + 1..close).unwrap_or("").trim().to_owned();
        if let Some(cite) = read_cite(&inside, entry, open, close - open + 1, context) {
            cites.push(cite);
        }
        at = close + 1;
    }
    let reason = text.get(at..).unwrap_or("").trim();
    if let Some(last) = cites.last_mut() {
        last.reason = (!reason.is_empty()).then(|| reason.to_owned());
        if matches!(last.mark, Mark::Assumed | Mark::Consensus) && reason.is_empty() {
            context.error(
                entry.place_of(start),
                text.len() - start,
                "what is assumed or agreed needs its reason".to_owned(),
                Some("write the reason after the bracket".to_owned()),
            );
        }
    } else if required && start == text.len() {
        context.error(
            entry.at,
            entry.keyword.chars().count(),
            format!("this `{}` has no source", entry.keyword),
            Some("end it with [source passage], or [assumed] and the reason".to_owned()),
        );
    }
    Cited { value, cites }
}

/// Where the first citation starts: a bracket at the start of a word.
fn cite_start(text: &str) -> Option<usize> {
    text.char_indices()
        .filter(|(_, c)| *c == '[')
        .map(|(at, _)| at)
        .find(|at| *at == 0 || text.get(..*at).is_some_and(|before| before.ends_with(' ')))
}

fn read_cite(inside: &str, entry: &Entry, open: usize, length: usize, context: &mut Context) -> Option<Cite> {
    let words: Vec<&str> = inside.split_whitespace().collect();
    let at = entry.place_of(open);
    match words.as_slice() {
        ["assumed"] => Some(Cite { source: None, passage: None, mark: Mark::Assumed, by: None, reason: None }),
        ["consensus", rest @ ..] if rest.len() >= 2 => {
            Some(Cite { source: None, passage: None, mark: Mark::Consensus, by: Some(rest.join(" ")), reason: None })
        }
        [source, passage, rest @ ..] if rest.len() <= 1 => {
            let mark = match rest {
                [] => Mark::Read,
                ["derived"] => Mark::Derived,
                ["from-memory"] => Mark::FromMemory,
                other => {
                    let word = other.join(" ");
                    let hint = did_you_mean(&word, ["derived", "from-memory"]).unwrap_or_else(|| "write derived or from-memory, or nothing".to_owned());
                    context.error(at, length, format!("`{word}` is not a mark of a citation"), Some(hint));
                    return None;
                }
            };
            let Some((id, passages)) = context.names.sources.get(*source) else {
                let hint = did_you_mean(source, context.names.sources.keys().map(String::as_str));
                context.error(at, length, format!("there is no source called `{source}`"), hint);
                return None;
            };
            if !passages.contains(*passage) {
                let hint = did_you_mean(passage, passages.iter().map(String::as_str))
                    .or_else(|| Some(format!("its passages stand on evidence/{source}.md")));
                let message = format!("the source `{source}` has no passage `{passage}`");
                context.error(at, length, message, hint);
                return None;
            }
            Some(Cite { source: Some(*id), passage: Some((*passage).to_owned()), mark, by: None, reason: None })
        }
        _ => {
            context.error(
                at,
                length,
                format!("`[{inside}]` is not a citation"),
                Some("write [source passage], [consensus who date] or [assumed]".to_owned()),
            );
            None
        }
    }
}

fn whole(word: &str) -> Option<u64> {
    word.replace(',', "").parse().ok()
}

/// Reads `40 in 100 (33 to 48) rest` or `20 to 40 in 100 rest`; returns what follows.
pub(crate) fn spread(text: &str) -> Option<(Spread, &str)> {
    let mut words = text.split_whitespace();
    let first = whole(words.next()?)?;
    match words.next()? {
        "in" => {
            let den = whole(words.next()?)?;
            let rest = after_words(text, 3);
            let point = checked(first, den)?;
            if let Some(inner) = rest.strip_prefix('(') {
                let (range, rest) = inner.split_once(')')?;
                let (low, high) = range.split_once(" to ")?;
                let (low, high) = (whole(low.trim())?, whole(high.trim())?);
                (low <= first && first <= high).then_some(())?;
                let spread = Spread { low: checked(low, den)?, point: Some(point), high: checked(high, den)?, has_range: true };
                return Some((spread, rest.trim_start()));
            }
            Some((Spread::exactly(point), rest))
        }
        "to" => {
            let high = whole(words.next()?)?;
            (words.next()? == "in").then_some(())?;
            let den = whole(words.next()?)?;
            (first <= high).then_some(())?;
            let spread = Spread { low: checked(first, den)?, point: None, high: checked(high, den)?, has_range: true };
            Some((spread, after_words(text, 5)))
        }
        _ => None,
    }
}

fn checked(num: u64, den: u64) -> Option<Share> {
    (den > 0 && num <= den && den <= 1_000_000_000).then_some(Share { num, den })
}

fn after_words(text: &str, n: usize) -> &str {
    let mut rest = text.trim_start();
    for _ in 0..n {
        rest = rest.find(char::is_whitespace).map_or("", |at| rest[at..].trim_start());
    }
    rest
}

/// Reads `4.5 times (2 to 7) rest` or `7.3 to 8.5 times rest`.
pub(crate) fn ratio(text: &str) -> Option<(Spread, &str)> {
    let mut words = text.split_whitespace();
    let first = decimal(words.next()?)?;
    match words.next()? {
        "times" => {
            let rest = after_words(text, 2);
            if let Some(inner) = rest.strip_prefix('(') {
                let (range, rest) = inner.split_once(')')?;
                let (low, high) = range.split_once(" to ")?;
                let spread = Spread { low: decimal(low.trim())?, point: Some(first), high: decimal(high.trim())?, has_range: true };
                return Some((spread, rest.trim_start()));
            }
            Some((Spread::exactly(first), rest))
        }
        "to" => {
            let high = decimal(words.next()?)?;
            (words.next()? == "times").then_some(())?;
            Some((Spread { low: first, point: None, high, has_range: true }, after_words(text, 4)))
        }
        _ => None,
    }
}

/// An exact decimal: "4.5" is 45 in 10.
fn decimal(word: &str) -> Option<Share> {
    let (whole_part, parts) = word.split_once('.').unwrap_or((word, ""));
    if parts.len() > 6 || !parts.chars().all(|c| c.is_ascii_digit()) {
        return None;
    }
    let den = 10u64.pow(parts.len() as u32);
    let num = format!("{whole_part}{parts}").parse().ok()?;
    (num > 0 && num < 1_000_000_000).then_some(Share { num, den })
}

/// Reads `weeks 0 to 13`, `after birth` or nothing.
pub(crate) fn limit(text: &str) -> Option<Limit> {
    match text.trim() {
        "" => Some(Limit::Always),
        "after birth" => Some(Limit::AfterBirth(0, u16::MAX)),
        other => {
            let (low, high) = weeks_range(&format!("{} weeks", other.strip_prefix("weeks ")?))?;
            Some(Limit::Pregnancy(low, high))
        }
    }
}
