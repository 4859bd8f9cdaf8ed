//! A rule from findings to an urgency; it never reads a probability.

use crate::knowledge::{ConditionId, Origin};
use crate::level::{Role, RoleAt};
use crate::read::{Block, Context, Entry, split_cites};
use crate::source::Cite;
use crate::urgency::Urgency;
use crate::when::When;

/// What must not be missed, and what to do about it.
#[derive(Debug, Clone)]
pub struct RedFlag {
    pub slug: String,
    pub name: String,
    pub when: When,
    pub urgency: Urgency,
    /// The level that counts while the rule is not excluded; an emergency never counts below today here,
    /// unless no one may be pressed to answer (private findings).
    pub if_unsure: Urgency,
    pub unsure_reason: Option<String>,
    pub say: String,
    pub meanwhile: Option<String>,
    pub places: Vec<RoleAt>,
    pub about: Vec<ConditionId>,
    pub cites: Vec<Cite>,
    pub origin: Origin,
}

/// Reads a level; reports an unknown one.
pub(crate) fn level(entry: &Entry, word: &str, context: &mut Context) -> Option<Urgency> {
    let level = Urgency::parse(word);
    if level.is_none() {
        let known = Urgency::ALL.map(Urgency::word);
        let hint = crate::diagnostic::did_you_mean(word, known).unwrap_or_else(|| format!("the levels are {}", known.join(", ")));
        context.error(entry.value_at(), word.chars().count(), format!("there is no level called `{word}`"), Some(hint));
    }
    level
}

/// Reads a kind of place with its limit.
pub(crate) fn role_at(entry: &Entry, context: &mut Context) -> Option<RoleAt> {
    let text = entry.text();
    let (word, rest) = text.split_once(' ').unwrap_or((text.as_str(), ""));
    let Some(role) = Role::parse(word) else {
        let known = Role::ALL.map(Role::word);
        let hint = crate::diagnostic::did_you_mean(word, known).unwrap_or_else(|| format!("the kinds of place are {}", known.join(", ")));
        context.error(entry.value_at(), word.chars().count(), format!("there is no kind of place called `{word}`"), Some(hint));
        return None;
    };
    let Some(limit) = crate::read::limit(rest) else {
        context.error(entry.value_at(), text.chars().count(), format!("`{}` does not limit a place", rest.trim()), Some("write `weeks 0 to 19` or `after birth`, or nothing".to_owned()));
        return None;
    };
    Some(RoleAt { role, limit })
}

impl RedFlag {
    pub(crate) fn read(block: &Block, context: &mut Context) -> Option<RedFlag> {
        let when = context.rule(block.one("when")?, true);
        let urgency_entry = block.one("urgency")?;
        let urgency = level(urgency_entry, &urgency_entry.text(), context);
        if urgency == Some(Urgency::SelfCare) {
            context.error(urgency_entry.value_at(), 9, "a red flag raises the level, so `self-care` is none".to_owned(), Some("write routine, this-week, today or emergency".to_owned()));
        }
        let places = block.all("place").filter_map(|entry| role_at(entry, context)).collect();
        let about = block.all("about").filter_map(|entry| context.condition(&entry.text(), entry.value_at())).collect();
        let cites = split_cites(block.one("source")?, true, context).cites;
        let (mut if_unsure, mut unsure_reason) = (urgency, None);
        if let Some(entry) = block.one("if-unsure") {
            let text = entry.text();
            let (word, reason) = text.split_once(' ').unwrap_or((text.as_str(), ""));
            let lower = level(entry, word, context);
            if reason.trim().is_empty() {
                context.error(entry.value_at(), entry.value_length(), "a lower level when unsure needs its reason".to_owned(), Some("write the reason after the level".to_owned()));
            }
            if lower > urgency {
                context.error(entry.value_at(), word.len(), format!("`{word}` is above the level of this red flag"), None);
            }
            unsure_reason = Some(reason.trim().to_owned());
            if_unsure = lower;
        }
        Some(RedFlag {
            slug: block.id.clone(),
            name: block.value("name")?,
            when: when?,
            urgency: urgency?,
            if_unsure: if_unsure?,
            unsure_reason,
            say: block.value("say")?,
            meanwhile: block.value("meanwhile"),
            places,
            about,
            cites,
            origin: context.origin(block),
        })
    }
}
