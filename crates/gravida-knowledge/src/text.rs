//! Words that the program shows around the pages: levels, bands, safety sentences; it never holds a rule.

use crate::knowledge::Origin;
use crate::read::{Block, Context};
use crate::share::Share;
use crate::source::Cite;

/// A named piece of wording.
#[derive(Debug, Clone)]
pub struct Text {
    pub slug: String,
    pub say: String,
    /// For a band: from which share of the causes it starts.
    pub from: Option<Share>,
    /// For a clock: the longest time until help, in minutes.
    pub within_minutes: Option<u32>,
    /// Where its sentences come from, when they say something about health.
    pub cites: Vec<Cite>,
    pub origin: Origin,
}

impl Text {
    pub(crate) fn read(block: &Block, context: &mut Context) -> Option<Text> {
        let from = block.one("from").and_then(|entry| {
            let share = crate::read::spread(&entry.text()).and_then(|(spread, _)| spread.point);
            if share.is_none() {
                context.error(entry.value_at(), entry.value_length(), "a band starts at a share".to_owned(), Some("write `20 in 100`".to_owned()));
            }
            share
        });
        let within_minutes = block.one("within").and_then(|entry| {
            let value = crate::read::split_cites(entry, true, context).value;
            let minutes = crate::follow_up::minutes(&value);
            if minutes.is_none() {
                context.error(entry.value_at(), entry.value_length(), format!("`{value}` is not a time"), Some("write `24 hours` or `7 days`".to_owned()));
            }
            minutes
        });
        let cites = block.one("source").map(|entry| crate::read::split_cites(entry, true, context).cites).unwrap_or_default();
        Some(Text { slug: block.id.clone(), say: block.value("say")?, from, within_minutes, cites, origin: context.origin(block) })
    }
}
