//! What a day's foods hold, added up exactly beside reference intakes; it never says that anybody lacks anything.

use gravida_knowledge::{FoodId, Knowledge, Mass, NutrientId};

use crate::food_words::{Amount, foods, near, nutrient, written};

/// Why an entry adds nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WhyNotCounted {
    /// No food of the pack is called this. The foods with near names follow.
    NotKnown(Vec<FoodId>),
    /// The food has no usual portion, and no amount was written.
    NoAmount(FoodId),
    /// A nutrient counts only with its amount, as from a label or a measuring cup.
    NutrientWithoutAmount(NutrientId),
    /// An amount of nothing.
    NoFood,
}

/// One line of the day, as it was written and as it was understood. No line is ever dropped.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Entry {
    Food {
        text: String,
        /// More than one when the name fits several: then the sums span all of them.
        foods: Vec<FoodId>,
        low: Mass,
        high: Mass,
        /// The amount is the usual portion of the pack, or a multiple of it.
        portions: bool,
        /// A volume was written; it counts as grams.
        volume: bool,
    },
    /// So much of a nutrient itself, as from a label or a glass.
    Nutrient { text: String, nutrient: NutrientId, low: Mass, high: Mass },
    NotCounted { text: String, why: WhyNotCounted },
}

/// What the counted entries hold of one nutrient.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DaySum {
    pub nutrient: NutrientId,
    /// Rounded down to a nanogram.
    pub low: Mass,
    /// Rounded up to a nanogram.
    pub high: Mass,
    /// Foods whose content is not known: the true sum may be higher.
    pub not_known: Vec<FoodId>,
    /// The upper end is above a ceiling of the pack.
    pub above_ceiling: bool,
}

/// A day's intake.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Intake {
    pub entries: Vec<Entry>,
    pub sums: Vec<DaySum>,
}

impl Intake {
    /// Whether every entry was counted.
    pub fn is_whole(&self) -> bool {
        !self.entries.iter().any(|entry| matches!(entry, Entry::NotCounted { .. }))
    }
}

/// Adds up a day. Entries stand one to a line, or apart by commas and semicolons.
pub fn intake(knowledge: &Knowledge, text: &str) -> Intake {
    let entries: Vec<Entry> = entries(text).into_iter().map(|text| understand(knowledge, text)).collect();
    let sums = knowledge.nutrient_ids().map(|id| sum(knowledge, &entries, id)).collect();
    Intake { entries, sums }
}

/// Splits a day into entries; a comma between digits is a decimal comma.
fn entries(text: &str) -> Vec<String> {
    let mut out = vec![String::new()];
    let mut last = ' ';
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        let decimal = c == ',' && last.is_ascii_digit() && rest.peek().is_some_and(char::is_ascii_digit);
        if matches!(c, '\n' | '\r' | ';' | ',' | '，' | '、') && !decimal {
            out.push(String::new());
        } else if let Some(entry) = out.last_mut() {
            entry.push(c);
        }
        last = c;
    }
    out.into_iter().map(|entry| entry.trim().to_owned()).filter(|entry| !entry.is_empty()).collect()
}

fn understand(knowledge: &Knowledge, text: String) -> Entry {
    let written = written(&text);
    if let Some(nutrient) = nutrient(knowledge, &written.name) {
        return match written.amount {
            Amount::Weight(low, high) => Entry::Nutrient { text, nutrient, low, high },
            Amount::Portion | Amount::Portions(..) => Entry::NotCounted { text, why: WhyNotCounted::NutrientWithoutAmount(nutrient) },
        };
    }
    if written.name.is_empty() {
        return Entry::NotCounted { text, why: WhyNotCounted::NoFood };
    }
    let found = foods(knowledge, &written.name);
    if found.is_empty() {
        return Entry::NotCounted { why: WhyNotCounted::NotKnown(near(knowledge, &written.name)), text };
    }
    let (low, high) = match written.amount {
        Amount::Weight(low, high) => (low, high),
        Amount::Portion | Amount::Portions(..) => {
            let (fewest, most) = if let Amount::Portions(low, high) = written.amount { (low, high) } else { (1_000, 1_000) };
            let mut portions: Vec<Mass> = Vec::new();
            for id in &found {
                match &knowledge.food(*id).portion {
                    Some((portion, _)) => portions.push(*portion),
                    None => return Entry::NotCounted { text, why: WhyNotCounted::NoAmount(*id) },
                }
            }
            let times = |mass: Option<&Mass>, n: u64| Mass(mass.map_or(0, |mass| (mass.0 / 1_000).saturating_mul(n)));
            (times(portions.iter().min(), fewest), times(portions.iter().max(), most))
        }
    };
    Entry::Food { text, foods: found, low, high, portions: !matches!(written.amount, Amount::Weight(..)), volume: written.volume }
}

/// 100 g in nanograms: what the contents of the pages are written for.
const PER: u128 = 100_000_000_000;

fn sum(knowledge: &Knowledge, entries: &[Entry], nutrient: NutrientId) -> DaySum {
    // Content times mass, exact: divided by `PER` once, at the end.
    let (mut low, mut high) = (0u128, 0u128);
    let mut not_known: Vec<FoodId> = Vec::new();
    for entry in entries {
        match entry {
            Entry::Food { foods, low: least, high: most, .. } => {
                let mut ends: Option<(u64, u64)> = None;
                for id in foods {
                    match knowledge.food(*id).holds.iter().find(|content| content.nutrient == nutrient) {
                        Some(content) => {
                            let (a, b) = ends.unwrap_or((content.low.0, content.high.0));
                            ends = Some((a.min(content.low.0), b.max(content.high.0)));
                        }
                        None if !not_known.contains(id) => not_known.push(*id),
                        None => {}
                    }
                }
                // If one of several foods is not known, none of it is certain.
                let known = foods.iter().all(|id| !not_known.contains(id));
                let (a, b) = ends.unwrap_or((0, 0));
                low = low.saturating_add(u128::from(if known { a } else { 0 }).saturating_mul(u128::from(least.0)));
                high = high.saturating_add(u128::from(b).saturating_mul(u128::from(most.0)));
            }
            Entry::Nutrient { nutrient: other, low: least, high: most, .. } if *other == nutrient => {
                low = low.saturating_add(u128::from(least.0).saturating_mul(PER));
                high = high.saturating_add(u128::from(most.0).saturating_mul(PER));
            }
            Entry::Nutrient { .. } | Entry::NotCounted { .. } => {}
        }
    }
    let mass = |value: u128| Mass(u64::try_from(value).unwrap_or(u64::MAX));
    let high = mass(high.div_ceil(PER));
    let above_ceiling = knowledge.nutrient(nutrient).ceilings.iter().any(|ceiling| high > ceiling.high);
    DaySum { nutrient, low: mass(low / PER), high, not_known, above_ceiling }
}
