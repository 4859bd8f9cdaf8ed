//! A piece of literature, the passages relied on, and the mark that each fact carries; it never weighs evidence.

use crate::knowledge::{Origin, SourceId};
use crate::read::{Block, Context};

/// How well a fact is founded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Mark {
    /// The passage was read.
    Read,
    /// Simple arithmetic from a passage that was read.
    Derived,
    /// Cited from memory; nobody re-read it.
    FromMemory,
    /// Decided by people, with name and date.
    Consensus,
    /// No published figure was found; the reason says why this value.
    Assumed,
}

impl Mark {
    pub fn word(self) -> &'static str {
        match self {
            Mark::Read => "verified",
            Mark::Derived => "derived",
            Mark::FromMemory => "cited from memory",
            Mark::Consensus => "consensus",
            Mark::Assumed => "assumed",
        }
    }
}

/// Where one fact comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cite {
    pub source: Option<SourceId>,
    pub passage: Option<String>,
    pub mark: Mark,
    /// Who agreed and when, for a consensus.
    pub by: Option<String>,
    pub reason: Option<String>,
}

/// The part of a source that is relied on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Passage {
    pub slug: String,
    pub text: String,
}

/// A work of the literature.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    pub slug: String,
    pub cite: String,
    pub year: Option<String>,
    pub link: Option<String>,
    pub kind: Option<String>,
    pub seen: Option<String>,
    pub passages: Vec<Passage>,
    pub origin: Origin,
}

impl Source {
    pub(crate) fn passage_slugs(block: &Block) -> impl Iterator<Item = String> {
        block.all("passage").filter_map(|entry| entry.text().split_whitespace().next().map(str::to_owned))
    }

    pub(crate) fn read(block: &Block, context: &mut Context) -> Option<Source> {
        let mut passages: Vec<Passage> = Vec::new();
        for entry in block.all("passage") {
            let text = entry.text();
            let (slug, rest) = text.split_once(' ').unwrap_or((text.as_str(), ""));
            if rest.trim().is_empty() {
                context.error(entry.value_at(), entry.value_length(), format!("the passage `{slug}` does not say what is relied on"), Some("write it after the name of the passage".to_owned()));
            }
            if passages.iter().any(|passage| passage.slug == slug) {
                context.error(entry.value_at(), slug.chars().count(), format!("the passage `{slug}` stands twice"), None);
            }
            passages.push(Passage { slug: slug.to_owned(), text: rest.trim().to_owned() });
        }
        Some(Source {
            slug: block.id.clone(),
            cite: block.value("cite")?,
            year: block.value("year"),
            link: block.value("link"),
            kind: block.value("type"),
            seen: block.value("seen"),
            passages,
            origin: context.origin(block),
        })
    }
}
