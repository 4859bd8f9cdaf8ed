//! A question with finitely many answers that matter; it never holds what a person answered.

use crate::condition::Prior;
use crate::knowledge::{FindingId, Origin};
use crate::read::{Block, Context, Line};
use crate::case::Answer;
use crate::when::When;

/// Who can answer a finding.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Who {
    /// The person, or someone for them.
    Person,
    /// The person, guided through a small test.
    Guided,
    /// A clinician who examined the person.
    Clinician,
}

/// The answers of a finding, on a scale of whole numbers from least to most worrying.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answers {
    /// One of a list; the value is the position in it.
    Choices(Vec<String>),
    /// A whole number, both ends included.
    Numbers(u16, u16),
    /// Weeks and days; the values are days, both ends included.
    Weeks(u16, u16),
}

/// A question, the words it is asked in, and its possible answers.
#[derive(Debug, Clone)]
pub struct Finding {
    pub slug: String,
    pub name: String,
    pub ask: String,
    pub hint: Option<String>,
    pub answers: Answers,
    /// The answers of a list as a person reads them. Empty for yes and no, numbers and weeks: [`Knowledge::say`] knows all.
    ///
    /// [`Knowledge::say`]: crate::Knowledge::say
    pub words: Vec<String>,
    /// False when no answer is worse than another.
    pub ordered: bool,
    pub who: Who,
    pub asked: Option<When>,
    /// Asked only of the person alone, never shown to a partner.
    pub private: bool,
    /// Not named in what a partner is shown, unless the person shares it.
    pub hushed: bool,
    pub group: Option<String>,
    /// "yes" here means "yes" there too; a case that says otherwise contradicts itself.
    pub implies: Vec<FindingId>,
    /// How many pregnant people without the cause in question have it.
    pub usual: Vec<Prior>,
    pub origin: Origin,
}

impl Answers {
    /// Lowest and highest value.
    pub fn ends(&self) -> (u16, u16) {
        match self {
            Answers::Choices(list) => (0, list.len().saturating_sub(1) as u16),
            Answers::Numbers(low, high) | Answers::Weeks(low, high) => (*low, *high),
        }
    }

    /// True for the plain `no, yes`.
    pub fn is_yes_no(&self) -> bool {
        matches!(self, Answers::Choices(list) if list.len() == 2 && list[0] == "no" && list[1] == "yes")
    }

    /// The answers of a list that has more to say than yes or no.
    fn words(&self) -> Vec<String> {
        match self {
            Answers::Choices(list) if !self.is_yes_no() => list.clone(),
            _ => Vec::new(),
        }
    }

    /// The words for a value.
    pub fn show(&self, value: u16) -> String {
        match self {
            Answers::Choices(list) => list.get(usize::from(value)).cloned().unwrap_or_default(),
            Answers::Numbers(..) => value.to_string(),
            Answers::Weeks(..) => show_days(value),
        }
    }

    /// The words for an answer, as [`Answers::parse`] reads them back.
    pub fn show_answer(&self, answer: Answer) -> String {
        match answer {
            Answer::Unasked => "not asked".to_owned(),
            Answer::NotSure => "not sure".to_owned(),
            Answer::Between(low, high) if low == high => self.show(low),
            Answer::Between(low, high) => match self {
                Answers::Weeks(..) if low % 7 == 0 && high % 7 == 6 => {
                    format!("{} to {} weeks", low / 7, high / 7)
                }
                _ => format!("{} to {}", self.show(low), self.show(high)),
            },
        }
    }

    /// Reads an answer. The error says what would have been understood.
    ///
    /// Weeks: `33 weeks`, `33 weeks 2 days`, `33+2`, `14 to 27 weeks`. Numbers: `7`, `3 to 5`. Any: `not sure`.
    pub fn parse(&self, text: &str) -> Result<Answer, String> {
        let text = text.trim();
        if matches!(text, "not sure" | "not-sure" | "don't know" | "unknown") {
            return Ok(Answer::NotSure);
        }
        match self {
            Answers::Choices(list) => {
                match list.iter().position(|choice| choice == text) {
                    Some(position) => Ok(Answer::exactly(position as u16)),
                    None => Err(self.expected()),
                }
            }
            Answers::Numbers(low, high) => {
                let (from, to) = range(text, |part| part.trim().parse::<u16>().ok()).ok_or_else(|| self.expected())?;
                if *low <= from && from <= to && to <= *high { Ok(Answer::Between(from, to)) } else { Err(self.expected()) }
            }
            Answers::Weeks(low, high) => {
                let (from, to) = weeks_range(text).ok_or_else(|| self.expected())?;
                if *low <= from && from <= to && to <= *high { Ok(Answer::Between(from, to)) } else { Err(self.expected()) }
            }
        }
    }

    /// What can be answered, in words for an error message.
    pub fn expected(&self) -> String {
        match self {
            Answers::Choices(list) => {
                let quoted: Vec<String> = list.iter().map(|choice| format!("`{choice}`")).collect();
                format!("write {} or `not sure`", quoted.join(", "))
            }
            Answers::Numbers(low, high) => format!("write a whole number from {low} to {high}, or `not sure`"),
            Answers::Weeks(low, high) => format!(
                "write weeks from {} to {}, as `33 weeks 2 days` or `14 to 27 weeks`, or `not sure`",
                low / 7,
                high / 7
            ),
        }
    }
}

/// Weeks and days in words: "33 weeks 2 days".
pub(crate) fn show_days(days: u16) -> String {
    let (weeks, rest) = (days / 7, days % 7);
    let plural = |n: u16, word: &str| if n == 1 { format!("{n} {word}") } else { format!("{n} {word}s") };
    if rest == 0 { plural(weeks, "week") } else { format!("{} {}", plural(weeks, "week"), plural(rest, "day")) }
}

fn range(text: &str, one: impl Fn(&str) -> Option<u16>) -> Option<(u16, u16)> {
    match text.split_once(" to ") {
        Some((from, to)) => Some((one(from)?, one(to)?)),
        None => one(text).map(|value| (value, value)),
    }
}

/// Days of "33 weeks 2 days", "33 weeks", "33+2" or "5 days".
pub(crate) fn days(text: &str) -> Option<u16> {
    let text = text.trim();
    if let Some((weeks, rest)) = text.split_once('+') {
        let (weeks, rest) = (weeks.trim().parse::<u16>().ok()?, rest.trim().parse::<u16>().ok()?);
        return if rest < 7 { weeks.checked_mul(7)?.checked_add(rest) } else { None };
    }
    let words: Vec<&str> = text.split_whitespace().collect();
    let number = |word: &str| word.parse::<u16>().ok();
    match words.as_slice() {
        [n, "week" | "weeks"] => number(n)?.checked_mul(7),
        [n, "day" | "days"] => number(n),
        [n, "week" | "weeks", d, "day" | "days"] => {
            let rest = number(d)?;
            if rest < 7 { number(n)?.checked_mul(7)?.checked_add(rest) } else { None }
        }
        _ => None,
    }
}

/// First and last day of "14 to 27 weeks" (the last week whole), "33 weeks 2 days" and the like.
pub(crate) fn weeks_range(text: &str) -> Option<(u16, u16)> {
    let text = text.trim();
    if let Some((from, to)) = text.split_once(" to ") {
        if let (Ok(from), Some(to)) = (from.trim().parse::<u16>(), to.trim().strip_suffix("weeks")) {
            let to = to.trim().parse::<u16>().ok()?;
            return Some((from.checked_mul(7)?, to.checked_mul(7)?.checked_add(6)?));
        }
        return Some((days(from)?, days(to)?));
    }
    days(text).map(|value| (value, value))
}

impl Finding {
    /// Reads the answers alone: rules of other blocks need them before the whole finding can be read.
    pub(crate) fn read_answers(block: &Block) -> Option<Answers> {
        let text = block.value("answers")?;
        if let Some(rest) = text.strip_suffix("weeks").or_else(|| text.strip_suffix("week")) {
            let (low, high) = rest.split_once(" to ")?;
            let (low, high): (u16, u16) = (low.trim().parse().ok()?, high.trim().parse().ok()?);
            return (low < high && high < 9_000).then_some(Answers::Weeks(low * 7, high * 7 + 6));
        }
        if let Some((low, high)) = text.split_once(" to ") {
            let (low, high): (u16, u16) = (low.trim().parse().ok()?, high.trim().parse().ok()?);
            return (low < high).then_some(Answers::Numbers(low, high));
        }
        let list: Vec<String> = text.split(',').map(|word| word.trim().to_owned()).collect();
        let distinct = list.iter().enumerate().all(|(i, word)| !word.is_empty() && !list[..i].contains(word));
        (list.len() >= 2 && distinct).then_some(Answers::Choices(list))
    }

    pub(crate) fn read(block: &Block, context: &mut Context) -> Option<Finding> {
        let answers = match Finding::read_answers(block) {
            Some(answers) => answers,
            None => {
                if let Some(entry) = block.one("answers") {
                    context.error(
                        entry.value_at(),
                        entry.value_length(),
                        format!("the answers of `{}` are not understood", block.id),
                        Some("write a list as `no, yes`, or a range as `0 to 10` or `0 to 45 weeks`".to_owned()),
                    );
                }
                return None;
            }
        };
        let ordered = match block.one("order") {
            None => true,
            Some(entry) if entry.text() == "none" => false,
            Some(entry) => {
                context.unknown_word(entry, "order", &["none"]);
                true
            }
        };
        let who = match block.value("who").as_deref() {
            None | Some("self") => Who::Person,
            Some("guided") => Who::Guided,
            Some("clinician") => Who::Clinician,
            Some(_) => {
                if let Some(entry) = block.one("who") {
                    context.unknown_word(entry, "who", &["self", "guided", "clinician"]);
                }
                Who::Person
            }
        };
        let asked = block.one("asked").and_then(|entry| context.rule(entry, true));
        let implies = block.all("implies").filter_map(|entry| context.finding(&entry.text(), entry.value_at())).map(|(id, _, _)| id).collect();
        let usual = block.all("usual").filter_map(|entry| Prior::read(entry, context)).collect();
        Some(Finding {
            slug: block.id.clone(),
            name: block.value("name").unwrap_or_default(),
            ask: block.value("ask").unwrap_or_default(),
            hint: block.value("hint"),
            words: answers.words(),
            answers,
            ordered,
            who,
            asked,
            private: yes(block, "private", context),
            hushed: yes(block, "hushed", context),
            group: block.value("group"),
            implies,
            usual,
            origin: context.origin(block),
        })
    }
}

/// A keyword that is there with `yes` or not at all: a slip of the pen must not open what is private.
fn yes(block: &Block, keyword: &str, context: &mut Context) -> bool {
    let entry = block.one(keyword);
    if let Some(entry) = entry.filter(|entry| entry.text() != "yes") {
        context.unknown_word(entry, keyword, &["yes"]);
    }
    entry.is_some()
}

/// Finding and answer of a line like `fever is yes`, for `given` and for likelihoods.
pub(crate) fn split_is(line: &Line) -> Option<(&str, &str)> {
    line.text.split_once(" is ").map(|(finding, answer)| (finding.trim(), answer.trim()))
}
