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
    /// For a band: from which share of the causes it starts. For a change: from which share of the start it counts.
    pub from: Option<Share>,
    /// For a clock: the longest time until help, in minutes.
    pub within_minutes: Option<u32>,
    /// For a limit that is counted: points of a scale, or times.
    pub count: Option<u32>,
    /// Where the time, the count or what it says about health comes from.
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
        let mut cites = Vec::new();
        let within_minutes = block.one("within").and_then(|entry| {
            let cited = crate::read::split_cites(entry, true, context);
            cites.extend(cited.cites);
            let value = cited.value;
            let minutes = crate::follow_up::minutes(&value);
            if minutes.is_none() {
                context.error(entry.value_at(), entry.value_length(), format!("`{value}` is not a time"), Some("write `24 hours` or `7 days`".to_owned()));
            }
            minutes
        });
        cites.extend(block.one("source").map(|entry| crate::read::split_cites(entry, true, context).cites).unwrap_or_default());
        let count = block.one("count").and_then(|entry| {
            let cited = crate::read::split_cites(entry, true, context);
            cites.extend(cited.cites);
            let count = cited.value.parse().ok();
            if count.is_none() {
                context.error(entry.value_at(), entry.value_length(), format!("`{}` is not a whole number", cited.value), Some("write `2`".to_owned()));
            }
            count
        });
        Some(Text { slug: block.id.clone(), say: block.value("say")?, from, within_minutes, count, cites, origin: context.origin(block) })
    }
}
