//! How long to observe, what to watch and when to look again; it never lengthens the clock of a level.

use crate::knowledge::Origin;
use crate::level::RoleAt;
use crate::read::{Block, Context, split_cites};
use crate::source::Cite;
use crate::urgency::Urgency;
use crate::when::When;

/// A rule for looking again.
#[derive(Debug, Clone)]
pub struct FollowUpRule {
    pub slug: String,
    pub name: String,
    /// Whom it is for; everybody when `None`.
    pub when: Option<When>,
    pub levels: Vec<Urgency>,
    /// The longest wait in minutes; `None` is no wait at all.
    pub wait_minutes: Option<u32>,
    pub observe: Vec<(String, Vec<Cite>)>,
    pub recheck: Vec<(String, Vec<Cite>)>,
    pub escalate: Vec<(String, Vec<Cite>)>,
    pub to: Option<RoleAt>,
    pub review: Vec<(String, Vec<Cite>)>,
    pub cites: Vec<Cite>,
    pub origin: Origin,
}

/// Minutes of `60 minutes`, `24 hours`, `7 days` or `2 weeks`.
pub(crate) fn minutes(text: &str) -> Option<u32> {
    let (number, unit) = text.trim().split_once(' ')?;
    let number: u32 = number.parse().ok()?;
    let factor = match unit.trim() {
        "minute" | "minutes" => 1,
        "hour" | "hours" => 60,
        "day" | "days" => 24 * 60,
        "week" | "weeks" => 7 * 24 * 60,
        _ => return None,
    };
    number.checked_mul(factor)
}

impl FollowUpRule {
    pub(crate) fn read(block: &Block, context: &mut Context) -> Option<FollowUpRule> {
        let when = block.one("when").and_then(|entry| context.rule(entry, false));
        let at_entry = block.one("at")?;
        let mut levels = Vec::new();
        for word in at_entry.text().split(',') {
            levels.extend(crate::red_flag::level(at_entry, word.trim(), context));
        }
        let wait_entry = block.one("wait")?;
        let wait = split_cites(wait_entry, false, context).value;
        let wait_minutes = if wait == "none" { None } else { minutes(&wait) };
        if wait != "none" && wait_minutes.is_none() {
            context.error(wait_entry.value_at(), wait_entry.value_length(), format!("`{wait}` is not a wait"), Some("write `60 minutes`, `24 hours`, `7 days` or `none`".to_owned()));
        }
        let texts = |keyword: &'static str, context: &mut Context| -> Vec<(String, Vec<Cite>)> {
            block.all(keyword).map(|entry| split_cites(entry, false, context)).map(|cited| (cited.value, cited.cites)).collect()
        };
        let observe = texts("observe", context);
        let recheck = texts("recheck", context);
        let escalate = texts("escalate", context);
        let review = texts("review", context);
        let to = block.one("to").and_then(|entry| crate::red_flag::role_at(entry, context));
        let cites = split_cites(block.one("source")?, true, context).cites;
        Some(FollowUpRule {
            slug: block.id.clone(),
            name: block.value("name")?,
            when,
            levels,
            wait_minutes,
            observe,
            recheck,
            escalate,
            to,
            review,
            cites,
            origin: context.origin(block),
        })
    }
}
