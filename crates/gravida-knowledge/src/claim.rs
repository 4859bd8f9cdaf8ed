//! What an article says, and the verdict on it; it never reaches a plan or a level.

use crate::knowledge::Origin;
use crate::read::{Block, Context, split_cites};
use crate::source::Cite;

/// The verdicts that a claim can have.
pub(crate) const VERDICTS: [&str; 5] = ["supported", "partly", "unsupported", "unsafe", "omission"];

/// A sentence of an article, checked.
#[derive(Debug, Clone)]
pub struct Claim {
    pub slug: String,
    pub section: String,
    pub said: String,
    pub verdict: String,
    pub danger: Option<String>,
    pub instead: String,
    pub why: String,
    pub cites: Vec<Cite>,
    pub origin: Origin,
}

impl Claim {
    pub(crate) fn read(block: &Block, context: &mut Context) -> Option<Claim> {
        let verdict_entry = block.one("verdict")?;
        if !VERDICTS.contains(&verdict_entry.text().as_str()) {
            context.unknown_word(verdict_entry, "verdict", &VERDICTS);
        }
        let cites = split_cites(block.one("source")?, true, context).cites;
        Some(Claim {
            slug: block.id.clone(),
            section: block.value("section")?,
            said: block.value("said")?,
            verdict: verdict_entry.text(),
            danger: block.value("danger"),
            instead: block.value("instead")?,
            why: block.value("why")?,
            cites,
            origin: context.origin(block),
        })
    }
}
