//! A screen of the interview: findings that are asked together; it never decides when it is shown.

use crate::knowledge::{FindingId, Origin};
use crate::read::{Block, Context};

/// What a screen is for. The order is the order of the interview.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Phase {
    Start,
    Danger,
    Cause,
    Plan,
}

impl Phase {
    pub const ALL: [Phase; 4] = [Phase::Start, Phase::Danger, Phase::Cause, Phase::Plan];

    pub fn word(self) -> &'static str {
        match self {
            Phase::Start => "start",
            Phase::Danger => "danger",
            Phase::Cause => "cause",
            Phase::Plan => "plan",
        }
    }
}

/// Findings that are asked together, with "None of these" and "Not sure".
#[derive(Debug, Clone)]
pub struct Screen {
    pub slug: String,
    pub ask: String,
    pub hint: Option<String>,
    pub phase: Phase,
    pub order: u32,
    pub shows: Vec<FindingId>,
    pub origin: Origin,
}

impl Screen {
    pub(crate) fn read(block: &Block, context: &mut Context) -> Option<Screen> {
        let phase_entry = block.one("phase")?;
        let phase = Phase::ALL.into_iter().find(|phase| phase.word() == phase_entry.text());
        if phase.is_none() {
            context.unknown_word(phase_entry, "phase", &Phase::ALL.map(Phase::word));
        }
        let order_entry = block.one("order")?;
        let order = order_entry.text().parse().ok();
        if order.is_none() {
            context.error(order_entry.value_at(), order_entry.value_length(), "the order of a screen is a whole number".to_owned(), None);
        }
        let mut shows = Vec::new();
        for line in &block.one("shows")?.lines {
            if let Some((finding, _, _)) = context.finding(&line.text, line.at) {
                if shows.contains(&finding) {
                    context.error(line.at, line.text.chars().count(), format!("`{}` stands twice on this screen", line.text), None);
                }
                shows.push(finding);
            }
        }
        Some(Screen {
            slug: block.id.clone(),
            ask: block.value("ask")?,
            hint: block.value("hint"),
            phase: phase?,
            order: order?,
            shows,
            origin: context.origin(block),
        })
    }
}
