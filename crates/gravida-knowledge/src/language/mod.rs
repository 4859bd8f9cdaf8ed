//! The languages of a pack: the pages in a language hold words alone, so no rule, number or order can depend on one.

mod check;
mod read;
mod words;
mod write;

use crate::case::Answer;
use crate::finding::Answers;
use crate::knowledge::{FindingId, Knowledge};
use crate::pack::Page;

pub use read::read_language;
pub use words::not_only_words;
pub use write::{Stamped, skeleton, stamp};

/// The language that the pages of a pack are written in.
pub const SOURCE_LANGUAGE: &str = "en-GB";

/// The folder below the pack that holds one folder for each language.
pub(crate) const FOLDER: &str = "languages/";

/// Where a line begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    LeftToRight,
    RightToLeft,
}

impl Direction {
    /// The word that pages, and `dir` of HTML, use.
    pub fn word(self) -> &'static str {
        match self {
            Direction::LeftToRight => "ltr",
            Direction::RightToLeft => "rtl",
        }
    }
}

/// The language of a [`Knowledge`], and how it writes answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Language {
    /// Its tag (BCP 47), as `zh-Hans`.
    pub tag: String,
    /// Its own name for itself.
    pub name: String,
    pub english: String,
    /// Whether each text is there and confirmed. What is not is shown in the language of the pack.
    pub complete: bool,
    pub direction: Direction,
    /// The services to show when nobody says which.
    pub place: Option<String>,
    /// Blocks with words in this language, and all that have words.
    pub translated: usize,
    pub blocks: usize,
    /// SHA-256 over the pages of the language; empty for the language of the pack, whose `hash` says it.
    pub hash: String,
    pub(crate) forms: Forms,
}

/// How answers are written where no page of the pack has words for them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Forms {
    pub yes: String,
    pub no: String,
    pub not_sure: String,
    pub not_asked: String,
    /// With one `{}`; empty for the language of the pack, which has an own way.
    pub weeks: String,
    /// With two `{}`: weeks, then days.
    pub days: String,
    /// With two `{}`: from, then to.
    pub range: String,
}

impl Language {
    /// The language of the pack.
    pub(crate) fn source() -> Language {
        let forms = ["yes", "no", "not sure", "not asked", "", "", "{} to {}"].map(str::to_owned);
        let [yes, no, not_sure, not_asked, weeks, days, range] = forms;
        Language {
            tag: SOURCE_LANGUAGE.to_owned(),
            name: "English".to_owned(),
            english: "English (United Kingdom)".to_owned(),
            complete: true,
            direction: Direction::LeftToRight,
            place: None,
            translated: 0,
            blocks: 0,
            hash: String::new(),
            forms: Forms { yes, no, not_sure, not_asked, weeks, days, range },
        }
    }

    /// True for the language that the pages of the pack are written in.
    pub fn is_source(&self) -> bool {
        self.tag == SOURCE_LANGUAGE
    }

    /// A value of a scale, as a person reads it. Lists other than yes and no have their words in [`Finding::words`].
    ///
    /// [`Finding::words`]: crate::Finding::words
    pub fn say(&self, answers: &Answers, words: &[String], value: u16) -> String {
        match answers {
            _ if answers.is_yes_no() => if value == 0 { self.forms.no.clone() } else { self.forms.yes.clone() },
            Answers::Choices(_) => words.get(usize::from(value)).cloned().unwrap_or_else(|| answers.show(value)),
            Answers::Weeks(..) if !self.forms.weeks.is_empty() => match (value / 7, value % 7) {
                (weeks, 0) => fill(&self.forms.weeks, &[&weeks.to_string()]),
                (weeks, days) => fill(&self.forms.days, &[&weeks.to_string(), &days.to_string()]),
            },
            _ => answers.show(value),
        }
    }

    /// An answer on a scale, as a person reads it. [`Answers::show_answer`] gives what [`Answers::parse`] reads back.
    pub fn say_answer(&self, answers: &Answers, words: &[String], answer: Answer) -> String {
        match answer {
            Answer::Unasked => self.forms.not_asked.clone(),
            Answer::NotSure => self.forms.not_sure.clone(),
            Answer::Between(low, high) if low == high => self.say(answers, words, low),
            Answer::Between(..) if self.is_source() && !matches!(answers, Answers::Choices(_)) => answers.show_answer(answer),
            Answer::Between(low, high) => {
                // "14 to 27 weeks" ends with the last day of week 27.
                let last = if matches!(answers, Answers::Weeks(..)) && low % 7 == 0 && high % 7 == 6 { high - 6 } else { high };
                fill(&self.forms.range, &[&self.say(answers, words, low), &self.say(answers, words, last)])
            }
        }
    }
}

/// Puts each part in place of the next `{}`.
fn fill(form: &str, parts: &[&str]) -> String {
    let mut pieces = form.split("{}");
    let mut out = pieces.next().unwrap_or("").to_owned();
    for (n, piece) in pieces.enumerate() {
        out.push_str(parts.get(n).copied().unwrap_or(""));
        out.push_str(piece);
    }
    out
}

impl Knowledge {
    /// An answer as a person reads it, in the language of this pack. Programs use [`Answers::show_answer`], which is
    /// the same in every language.
    pub fn say_answer(&self, id: FindingId, answer: Answer) -> String {
        let finding = self.finding(id);
        self.language.say_answer(&finding.answers, &finding.words, answer)
    }

    /// The answers of a list, yes and no included, as a person reads them; nothing for numbers and weeks.
    pub fn said(&self, id: FindingId) -> impl Iterator<Item = String> {
        let list = match &self.finding(id).answers {
            Answers::Choices(list) => list.len(),
            _ => 0,
        };
        (0..list).map(move |value| self.say(id, value as u16))
    }

    /// One value of a finding as a person reads it, in the language of this pack.
    pub fn say(&self, id: FindingId, value: u16) -> String {
        self.say_answer(id, Answer::exactly(value))
    }
}

/// The languages, beside that of the pack, that the pages hold, in the order of their tags.
pub fn languages(pages: &[Page]) -> Vec<String> {
    let mut tags: Vec<String> = pages.iter().filter_map(|page| split(&page.path)).map(|(tag, _)| tag.to_owned()).collect();
    tags.sort();
    tags.dedup();
    tags
}

/// The tag and the rest of the path of a page in a language: `languages/zh-Hans/findings/daily.md`.
pub(crate) fn split(path: &str) -> Option<(&str, &str)> {
    let (tag, rest) = path.strip_prefix(FOLDER)?.split_once('/')?;
    (!rest.ends_with("README.md")).then_some((tag, rest))
}

/// True for what stands below `languages/`: such pages are no part of the pack itself.
pub fn is_translation(path: &str) -> bool {
    path.starts_with(FOLDER)
}
