//! A `case` block: answers that someone could give and what must follow; it never changes what follows.

use crate::case::{Answer, Case};
use crate::finding::split_is;
use crate::knowledge::{ConditionId, FindingId, FollowUpId, InterventionId, Knowledge, Origin, RedFlagId};
use crate::read::{Block, Context, Entry, Line};
use crate::urgency::Urgency;

/// What a case or a property expects.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Expectation {
    /// The level that she would be told, both ends included.
    Level(Urgency, Urgency),
    /// The level lies from floor to ceiling.
    RangeContains(Urgency),
    RedFlag(RedFlagId),
    NoRedFlag(RedFlagId),
    /// The cause is among the first so many.
    InFirst(ConditionId, usize),
    PlanOffers(InterventionId),
    PlanLeavesOut(InterventionId),
    /// This rule for looking again fits, and waits no longer than so many minutes.
    LooksAgain(FollowUpId, u32),
}

/// What everything that is not given counts as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Others {
    /// Answered with the least worrying answer; numbers are not sure.
    No,
    Unasked,
}

/// A case of a page.
#[derive(Debug, Clone)]
pub struct Example {
    pub name: String,
    pub tells: Option<String>,
    pub given: Vec<(FindingId, Answer)>,
    pub others: Others,
    pub expect: Vec<Expectation>,
    /// Why it leaves what outsiders expected, if it does.
    pub differs: Option<String>,
    pub origin: Origin,
}

impl Example {
    /// The answers as a case.
    pub fn case(&self, knowledge: &Knowledge) -> Case {
        let mut case = Case::new(knowledge);
        if self.others == Others::No {
            for id in knowledge.finding_ids() {
                case.set(id, least(knowledge, id));
            }
        }
        for (finding, answer) in &self.given {
            case.set(*finding, *answer);
        }
        case
    }

    pub(crate) fn read(block: &Block, context: &mut Context) -> Option<Example> {
        let mut given: Vec<(FindingId, Answer)> = Vec::new();
        for line in block.one("given").map(|entry| entry.lines.clone()).unwrap_or_default() {
            if line.text.is_empty() {
                continue;
            }
            let Some((name, value)) = split_is(&line) else {
                context.error(line.at, line.text.chars().count(), format!("`{}` is not an answer", line.text), Some("write `finding is answer`".to_owned()));
                continue;
            };
            let Some((finding, answers, _)) = context.finding(name, line.at) else { continue };
            match answers.parse(value) {
                Ok(answer) => {
                    if given.iter().any(|(other, _)| *other == finding) {
                        context.error(line.at, line.text.chars().count(), format!("`{name}` is answered twice"), Some("keep one answer".to_owned()));
                    }
                    given.push((finding, answer));
                }
                Err(expected) => context.error(line.at, line.text.chars().count(), format!("`{value}` is not an answer of `{name}`"), Some(expected)),
            }
        }
        let others = match block.one("others") {
            None => Others::Unasked,
            Some(entry) => match entry.text().as_str() {
                "no" => Others::No,
                "unasked" => Others::Unasked,
                _ => {
                    context.unknown_word(entry, "others", &["no", "unasked"]);
                    Others::Unasked
                }
            },
        };
        Some(Example {
            name: block.id.clone(),
            tells: block.value("tells"),
            given,
            others,
            expect: expectations(block.one("expect")?, context),
            differs: block.value("differs"),
            origin: context.origin(block),
        })
    }
}

/// The least worrying answer of a finding, as `others no` counts it.
fn least(knowledge: &Knowledge, id: FindingId) -> Answer {
    match &knowledge.finding(id).answers {
        crate::finding::Answers::Choices(_) => Answer::exactly(0),
        _ => Answer::NotSure,
    }
}

/// Reads the lines of `expect` or `then`.
pub(crate) fn expectations(entry: &Entry, context: &mut Context) -> Vec<Expectation> {
    let lines: Vec<Line> = entry.lines.clone();
    lines.iter().filter(|line| !line.text.is_empty()).filter_map(|line| expectation(line, entry, context)).collect()
}

fn expectation(line: &Line, entry: &Entry, context: &mut Context) -> Option<Expectation> {
    let words: Vec<&str> = line.text.split_whitespace().collect();
    let level = |word: &str, context: &mut Context| {
        let level = Urgency::parse(word);
        if level.is_none() {
            let known = Urgency::ALL.map(Urgency::word);
            let hint = crate::diagnostic::did_you_mean(word, known).unwrap_or_else(|| format!("the levels are {}", known.join(", ")));
            context.error(line.at, line.text.chars().count(), format!("there is no level called `{word}`"), Some(hint));
        }
        level
    };
    match words.as_slice() {
        ["urgency", "is", word] => level(word, context).map(|level| Expectation::Level(level, level)),
        ["urgency", "at", "least", word] => level(word, context).map(|level| Expectation::Level(level, Urgency::Emergency)),
        ["urgency", "at", "most", word] => level(word, context).map(|level| Expectation::Level(Urgency::SelfCare, level)),
        ["urgency", "from", low, "to", high] => Some(Expectation::Level(level(low, context)?, level(high, context)?)),
        ["range", "contains", word] => level(word, context).map(Expectation::RangeContains),
        ["red-flag", id] => context.red_flag(id, line.at).map(Expectation::RedFlag),
        ["no", "red-flag", id] => context.red_flag(id, line.at).map(Expectation::NoRedFlag),
        ["first", id] => context.condition(id, line.at).map(|id| Expectation::InFirst(id, 1)),
        [id, "in", "first", n] => {
            let id = context.condition(id, line.at)?;
            match n.parse::<usize>() {
                Ok(n) if n > 0 => Some(Expectation::InFirst(id, n)),
                _ => {
                    context.error(line.at, line.text.chars().count(), format!("`{n}` is not a place in a list"), Some("write a number, as `in first 3`".to_owned()));
                    None
                }
            }
        }
        ["follow-up", id, "within", number, unit] => {
            let id = context.follow_up(id, line.at)?;
            let minutes = crate::follow_up::minutes(&format!("{number} {unit}"));
            if minutes.is_none() {
                context.error(line.at, line.text.chars().count(), format!("`{number} {unit}` is not a wait"), Some("write `60 minutes`, `24 hours` or `7 days`".to_owned()));
            }
            Some(Expectation::LooksAgain(id, minutes?))
        }
        ["plan", "offers", id] => context.intervention(id, line.at).map(Expectation::PlanOffers),
        ["plan", "leaves", "out", id] => context.intervention(id, line.at).map(Expectation::PlanLeavesOut),
        _ => {
            context.error(
                line.at,
                line.text.chars().count(),
                format!("`{}` is not something that `{}` can say", line.text, entry.keyword),
                Some("write `urgency is …`, `red-flag …`, `… in first 3`, `plan offers …` (all forms stand in knowledge/README.md)".to_owned()),
            );
            None
        }
    }
}
