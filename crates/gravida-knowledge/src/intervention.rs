//! A measure that may relieve pain, and when it is never offered; it never decides who is offered it.

use crate::knowledge::{ConditionId, Origin};
use crate::level::Limit;
use crate::read::{Block, Cited, Context, split_cites};
use crate::source::Cite;
use crate::when::When;

/// What the evidence says about offering a measure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Advice {
    Offer,
    /// Only if agreed with a clinician.
    Consider,
    /// A professional decides.
    Refer,
    DoNotOffer,
}

impl Advice {
    pub const ALL: [Advice; 4] = [Advice::Offer, Advice::Consider, Advice::Refer, Advice::DoNotOffer];

    pub fn word(self) -> &'static str {
        match self {
            Advice::Offer => "offer",
            Advice::Consider => "consider",
            Advice::Refer => "refer",
            Advice::DoNotOffer => "do-not-offer",
        }
    }
}

/// One step of a guided session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    pub seconds: u32,
    pub say: String,
}

/// A measure, its dose, its limits and its evidence.
#[derive(Debug, Clone)]
pub struct Intervention {
    pub slug: String,
    pub name: String,
    pub advice: Advice,
    /// self, partner, professional, employer
    pub who: Vec<String>,
    pub kind: String,
    /// Whether it is for pregnancy, for after birth, or both.
    pub in_pregnancy: bool,
    pub after_birth: bool,
    pub weeks: Option<Limit>,
    pub eases: Vec<ConditionId>,
    pub dose: Vec<(String, Vec<Cite>)>,
    pub how: Vec<String>,
    pub steps: Vec<Step>,
    /// Contraindications: never offered while one holds or is not excluded.
    pub never: Vec<(When, Vec<Cite>)>,
    pub caution: Vec<(String, Vec<Cite>)>,
    pub stop: Vec<String>,
    pub effect: Vec<(String, Vec<Cite>)>,
    pub certainty: String,
    /// 0 to 4: none, very-low, low, moderate, high.
    pub certainty_rank: u8,
    pub review_weeks: Option<u16>,
    pub effort: u8,
    pub because: Option<String>,
    pub cites: Vec<Cite>,
    pub origin: Origin,
}

const CERTAINTY: [&str; 5] = ["none", "very-low", "low", "moderate", "high"];

impl Intervention {
    pub(crate) fn read(block: &Block, context: &mut Context) -> Option<Intervention> {
        let advice_entry = block.one("advice")?;
        let advice = Advice::ALL.into_iter().find(|advice| advice.word() == advice_entry.text());
        if advice.is_none() {
            context.unknown_word(advice_entry, "advice", &Advice::ALL.map(Advice::word));
        }
        let mut who = Vec::new();
        for entry in block.all("who") {
            let word = entry.text();
            if !["self", "partner", "professional", "employer"].contains(&word.as_str()) {
                context.unknown_word(entry, "who", &["self", "partner", "professional", "employer"]);
            }
            who.push(word);
        }
        let phase_entry = block.one("phase")?;
        let (in_pregnancy, after_birth) = match phase_entry.text().as_str() {
            "pregnancy" => (true, false),
            "after-birth" => (false, true),
            "both" => (true, true),
            _ => {
                context.unknown_word(phase_entry, "phase", &["pregnancy", "after-birth", "both"]);
                (true, true)
            }
        };
        let weeks = block.one("weeks").and_then(|entry| {
            let cited = split_cites(entry, true, context);
            let limit = crate::read::limit(&format!("weeks {}", cited.value));
            if limit.is_none() {
                context.error(entry.value_at(), entry.value_length(), format!("`{}` are not weeks", cited.value), Some("write `12 to 40`".to_owned()));
            }
            limit
        });
        let eases = block.all("eases").filter_map(|entry| {
            let cited = split_cites(entry, true, context);
            context.condition(&cited.value, entry.value_at())
        }).collect();
        let texts = |keyword: &'static str, required: bool, context: &mut Context| -> Vec<(String, Vec<Cite>)> {
            block.all(keyword).map(|entry| split_cites(entry, required, context)).map(|Cited { value, cites }| (value, cites)).collect()
        };
        let dose = texts("dose", true, context);
        let caution = texts("caution", false, context);
        let effect = texts("effect", true, context);
        let never = block.all("never").filter_map(|entry| context.cited_rule(entry, true)).map(|(rule, cited)| (rule, cited.cites)).collect();
        let mut steps = Vec::new();
        for entry in block.all("step") {
            let text = entry.text();
            let (number, say) = text.split_once(' ').unwrap_or((text.as_str(), ""));
            match number.parse::<u32>() {
                Ok(seconds) if (1..=3600).contains(&seconds) && !say.trim().is_empty() => {
                    steps.push(Step { seconds, say: say.trim().to_owned() });
                }
                _ => context.error(entry.value_at(), entry.value_length(), "a step is its seconds, then what to do".to_owned(), Some("write `step      30 Breathe out slowly.`".to_owned())),
            }
        }
        let certainty_entry = block.one("certainty")?;
        let certainty = certainty_entry.text();
        let word = certainty.split_whitespace().next().unwrap_or("");
        let rank = CERTAINTY.iter().position(|known| *known == word);
        if rank.is_none() {
            context.unknown_word(certainty_entry, "certainty", &CERTAINTY);
        }
        let review_weeks = block.one("review").and_then(|entry| {
            let weeks = crate::finding::days(&entry.text()).map(|days| days / 7);
            if weeks.is_none() {
                context.error(entry.value_at(), entry.value_length(), "a review is a number of weeks".to_owned(), Some("write `3 weeks`".to_owned()));
            }
            weeks
        });
        let effort_entry = block.one("effort")?;
        let effort = effort_entry.text().split_whitespace().next().and_then(|word| word.parse::<u8>().ok()).filter(|n| (1..=5).contains(n));
        if effort.is_none() {
            context.error(effort_entry.value_at(), effort_entry.value_length(), "the effort is a number from 1 to 5".to_owned(), None);
        }
        let because = block.value("because");
        if advice.is_some_and(|advice| advice != Advice::Offer && advice != Advice::Consider) && because.is_none() {
            context.error(block.at, block.kind.len(), format!("`{}` is not offered, and the page does not say why", block.id), Some("add a line `because`".to_owned()));
        }
        let cites = split_cites(block.one("source")?, true, context).cites;
        Some(Intervention {
            slug: block.id.clone(),
            name: block.value("name")?,
            advice: advice?,
            who,
            kind: block.value("type")?,
            in_pregnancy,
            after_birth,
            weeks,
            eases,
            dose,
            how: block.values("how"),
            steps,
            never,
            caution,
            stop: block.values("stop"),
            effect,
            certainty: certainty.clone(),
            certainty_rank: rank? as u8,
            review_weeks,
            effort: effort?,
            because,
            cites,
            origin: context.origin(block),
        })
    }
}
