//! A possible cause of pain, and how often its findings are seen; it never touches urgency.

use crate::finding::split_is;
use crate::knowledge::{FindingId, Origin};
use crate::level::Limit;
use crate::read::{Block, Context, Entry, Line, split_cites};
use crate::source::Cite;
use crate::share::{Spread, Weight};
use crate::urgency::Urgency;

/// How many people, and when: `before` of a condition and `usual` of a finding.
#[derive(Debug, Clone)]
pub struct Prior {
    pub spread: Spread,
    pub limit: Limit,
    /// Of the frequency, and of its complement.
    pub weight: Weight,
    pub rest: Weight,
    pub cites: Vec<Cite>,
}

/// What a row of a condition states.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EvidenceKind {
    /// So many people with the condition give this answer.
    Seen,
    /// So many people without it do not give this answer.
    Spared,
    /// This answer multiplies the odds of the condition.
    Ratio,
}

/// One row that links a condition with an answer.
#[derive(Debug, Clone)]
pub struct Evidence {
    pub kind: EvidenceKind,
    pub finding: FindingId,
    /// The answers that the row speaks of, both ends included.
    pub low: u16,
    pub high: u16,
    pub spread: Spread,
    pub weight: Weight,
    pub rest: Weight,
    pub limit: Limit,
    pub cites: Vec<Cite>,
}

/// A possible cause.
#[derive(Debug, Clone)]
pub struct Condition {
    pub slug: String,
    pub name: String,
    pub clinical: Option<String>,
    pub codes: Vec<String>,
    pub group: Option<String>,
    pub windows: Vec<Limit>,
    pub urgency: Urgency,
    pub urgency_cites: Vec<Cite>,
    /// Stays listed until its red flags are excluded.
    pub must_exclude: bool,
    pub why: String,
    pub like: Vec<String>,
    pub unlike: Vec<String>,
    pub next: Vec<String>,
    pub before: Vec<Prior>,
    pub evidence: Vec<Evidence>,
    pub noted: Vec<(String, Vec<Cite>)>,
    pub origin: Origin,
}

impl Prior {
    /// Reads `40 in 100 (33 to 48)  weeks 0 to 13  [source passage]`.
    pub(crate) fn read(entry: &Entry, context: &mut Context) -> Option<Prior> {
        let cited = split_cites(entry, true, context);
        let Some((spread, rest)) = crate::read::spread(&cited.value) else {
            frequency_error(entry, &cited.value, context);
            return None;
        };
        let Some(limit) = crate::read::limit(rest) else {
            limit_error(entry, rest, context);
            return None;
        };
        Some(Prior { spread, limit, weight: spread.weight(), rest: spread.weight_of_rest(), cites: cited.cites })
    }
}

fn frequency_error(entry: &Entry, value: &str, context: &mut Context) {
    context.error(
        entry.value_at(),
        value.chars().count(),
        format!("`{value}` does not start with a frequency"),
        Some("write `40 in 100 (33 to 48)` or `20 to 40 in 100`".to_owned()),
    );
}

fn limit_error(entry: &Entry, rest: &str, context: &mut Context) {
    context.error(
        entry.value_at(),
        entry.value_length(),
        format!("`{}` is not understood here", rest.trim()),
        Some("write `weeks 0 to 13`, `after birth` or nothing".to_owned()),
    );
}

impl Evidence {
    fn read(kind: EvidenceKind, entry: &Entry, context: &mut Context) -> Option<Evidence> {
        let cited = split_cites(entry, true, context);
        let number = match kind {
            EvidenceKind::Ratio => crate::read::ratio(&cited.value),
            _ => crate::read::spread(&cited.value),
        };
        let Some((spread, rest)) = number else {
            if kind == EvidenceKind::Ratio {
                context.error(entry.value_at(), entry.value_length(), "a ratio starts with `4.5 times` or `2 to 3 times`".to_owned(), None);
            } else {
                frequency_error(entry, &cited.value, context);
            }
            return None;
        };
        let offset = cited.value.len() - rest.len();
        let at = entry.place_of(offset);
        let line = Line { text: rest.to_owned(), indent: 0, at };
        let Some((name, tail)) = split_is(&line) else {
            context.error(at, rest.chars().count(), format!("`{rest}` does not name a finding and its answer"), Some("write `finding is answer` after the number".to_owned()));
            return None;
        };
        let (finding, answers, _) = context.finding(name, at)?;
        let (word, limit_text) = tail.split_once(' ').unwrap_or((tail, ""));
        let answer = match answers.parse(word) {
            Ok(crate::case::Answer::Between(low, high)) => (low, high),
            _ => {
                context.error(at, rest.chars().count(), format!("`{word}` is not an answer of `{name}`"), Some(answers.expected()));
                return None;
            }
        };
        let Some(limit) = crate::read::limit(limit_text) else {
            limit_error(entry, limit_text, context);
            return None;
        };
        let (weight, rest) = if kind == EvidenceKind::Ratio {
            let weight = Weight { low: spread.low.log2(), point: spread.point.map_or((spread.low.log2() + spread.high.log2()) / 2, crate::share::Share::log2), high: spread.high.log2() };
            (weight, Weight::default())
        } else {
            (spread.weight(), spread.weight_of_rest())
        };
        Some(Evidence { kind, finding, low: answer.0, high: answer.1, spread, weight, rest, limit, cites: cited.cites })
    }
}

impl Condition {
    pub(crate) fn read(block: &Block, context: &mut Context) -> Option<Condition> {
        let urgency_entry = block.one("urgency")?;
        let cited = split_cites(urgency_entry, true, context);
        let urgency = crate::red_flag::level(urgency_entry, &cited.value, context);
        let windows = block.all("window").filter_map(|entry| window(entry, context)).collect();
        let before = block.all("before").filter_map(|entry| Prior::read(entry, context)).collect();
        let mut evidence: Vec<Evidence> = Vec::new();
        for entry in &block.entries {
            let kind = match entry.keyword.as_str() {
                "seen" => EvidenceKind::Seen,
                "spared" => EvidenceKind::Spared,
                "ratio" => EvidenceKind::Ratio,
                _ => continue,
            };
            if let Some(row) = Evidence::read(kind, entry, context) {
                let twice = evidence.iter().any(|other| {
                    (other.kind, other.finding, other.low, other.limit) == (row.kind, row.finding, row.low, row.limit)
                });
                if twice {
                    context.error(entry.at, entry.keyword.len(), "the same fact stands twice".to_owned(), Some("keep the better founded one and write the other as `noted`".to_owned()));
                }
                evidence.push(row);
            }
        }
        let noted = block.all("noted").map(|entry| split_cites(entry, true, context)).map(|cited| (cited.value, cited.cites)).collect();
        let must_exclude = match block.one("danger") {
            None => false,
            Some(entry) if entry.text() == "must-exclude" => true,
            Some(entry) => {
                context.unknown_word(entry, "danger", &["must-exclude"]);
                false
            }
        };
        Some(Condition {
            slug: block.id.clone(),
            name: block.value("name")?,
            clinical: block.value("clinical"),
            codes: block.values("code"),
            group: block.value("group"),
            windows,
            urgency: urgency?,
            urgency_cites: cited.cites,
            must_exclude,
            why: block.value("why")?,
            like: block.values("like"),
            unlike: block.values("unlike"),
            next: block.values("next"),
            before,
            evidence,
            noted,
            origin: context.origin(block),
        })
    }
}

/// Reads `8 to 42 weeks` or `0 to 12 weeks after birth`.
fn window(entry: &Entry, context: &mut Context) -> Option<Limit> {
    let text = entry.text();
    let (weeks, after) = match text.strip_suffix("after birth") {
        Some(weeks) => (weeks.trim(), true),
        None => (text.as_str(), false),
    };
    match crate::finding::weeks_range(weeks) {
        Some((low, high)) if after => Some(Limit::AfterBirth(low, high)),
        Some((low, high)) => Some(Limit::Pregnancy(low, high)),
        None => {
            context.error(entry.value_at(), entry.value_length(), format!("`{text}` is not a window"), Some("write `8 to 42 weeks` or `0 to 12 weeks after birth`".to_owned()));
            None
        }
    }
}
