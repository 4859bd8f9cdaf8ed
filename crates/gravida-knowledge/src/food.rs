//! What foods hold and what a day's intake is compared with, as exact whole numbers; it never says that anybody lacks anything.

use crate::knowledge::{NutrientId, Origin};
use crate::read::{Block, Context, Entry, split_cites};
use crate::source::Cite;

/// A mass in nanograms: every figure of the pages is exact in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Mass(pub u64);

impl Mass {
    /// Whole milligrams, rounded down.
    pub fn milligrams(self) -> u64 {
        self.0 / 1_000_000
    }
}

/// How a nutrient is written. A millilitre of fluid counts as a gram of water.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    Microgram,
    Milligram,
    Gram,
    Millilitre,
}

impl Unit {
    pub const ALL: [Unit; 4] = [Unit::Microgram, Unit::Milligram, Unit::Gram, Unit::Millilitre];

    pub fn word(self) -> &'static str {
        match self {
            Unit::Microgram => "ug",
            Unit::Milligram => "mg",
            Unit::Gram => "g",
            Unit::Millilitre => "ml",
        }
    }

    pub fn nanograms(self) -> u64 {
        match self {
            Unit::Microgram => 1_000,
            Unit::Milligram => 1_000_000,
            Unit::Gram | Unit::Millilitre => 1_000_000_000,
        }
    }

    pub fn parse(word: &str) -> Option<Unit> {
        Unit::ALL.into_iter().find(|unit| unit.word() == word)
    }

    /// An exact decimal in this unit. `None` when it is not a number, too fine or too large.
    ///
    /// ```
    /// use gravida_knowledge::{Mass, Unit};
    /// assert_eq!(Unit::Milligram.mass("0.37"), Some(Mass(370_000)));
    /// assert_eq!(Unit::Microgram.mass("0.0001"), None);
    /// ```
    pub fn mass(self, number: &str) -> Option<Mass> {
        let (whole, parts) = number.split_once('.').unwrap_or((number, ""));
        let digits = |text: &str| text.chars().all(|c| c.is_ascii_digit());
        if whole.is_empty() || whole.len() > 9 || parts.len() > 9 || !digits(whole) || !digits(parts) {
            return None;
        }
        let mut mass = whole.parse::<u64>().ok()?.checked_mul(self.nanograms())?;
        let mut place = self.nanograms();
        for digit in parts.chars().filter_map(|c| c.to_digit(10)) {
            if !place.is_multiple_of(10) && digit != 0 {
                return None;
            }
            place /= 10;
            mass = mass.checked_add(u64::from(digit) * place)?;
        }
        Some(Mass(mass))
    }
}

/// A figure that a day's sum is compared with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reference {
    pub low: Mass,
    /// Equal to `low` unless a range is published.
    pub high: Mass,
    /// Whom it is for, and who says so.
    pub whom: String,
    pub cites: Vec<Cite>,
}

/// Something that foods hold.
#[derive(Debug, Clone)]
pub struct Nutrient {
    pub slug: String,
    pub name: String,
    pub also: Vec<String>,
    pub unit: Unit,
    pub references: Vec<Reference>,
    /// More than this in a day is shown to a midwife.
    pub ceilings: Vec<Reference>,
    pub origin: Origin,
}

/// How much of a nutrient 100 g of a food hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Content {
    pub nutrient: NutrientId,
    pub low: Mass,
    pub high: Mass,
    pub cites: Vec<Cite>,
}

/// A food as a table of foods has it. A nutrient that it does not name is not known, which is never zero.
#[derive(Debug, Clone)]
pub struct Food {
    pub slug: String,
    pub name: String,
    pub also: Vec<String>,
    pub state: Option<String>,
    pub code: Option<String>,
    pub portion: Option<(Mass, Vec<Cite>)>,
    pub holds: Vec<Content>,
    pub notes: Vec<(String, Vec<Cite>)>,
    pub origin: Origin,
}

/// `113 mg rest` or `7.5 to 12.7 mg rest`.
fn range(text: &str) -> Option<(Mass, Mass, &str)> {
    let (first, rest) = text.trim().split_once(' ')?;
    let rest = rest.trim_start();
    let (last, rest) = match rest.strip_prefix("to ") {
        Some(rest) => rest.trim_start().split_once(' ')?,
        None => (first, rest),
    };
    let (word, rest) = rest.trim_start().split_once(' ').unwrap_or((rest.trim(), ""));
    let unit = Unit::parse(word)?;
    let (low, high) = (unit.mass(first)?, unit.mass(last)?);
    (low <= high).then_some((low, high, rest.trim()))
}

fn not_an_amount(entry: &Entry, value: &str, instead: &str, context: &mut Context) {
    context.error(entry.value_at(), entry.value_length(), format!("`{value}` is not an amount"), Some(format!("write `{instead}`")));
}

fn references(block: &Block, keyword: &'static str, context: &mut Context) -> Vec<Reference> {
    let mut found = Vec::new();
    for entry in block.all(keyword) {
        let cited = split_cites(entry, true, context);
        match range(&cited.value) {
            Some((low, high, whom)) if !whom.is_empty() => found.push(Reference { low, high, whom: whom.to_owned(), cites: cited.cites }),
            _ => not_an_amount(entry, &cited.value, "1000 mg  whom it is for, and who says so", context),
        }
    }
    found
}

impl Nutrient {
    pub(crate) fn read(block: &Block, context: &mut Context) -> Option<Nutrient> {
        let entry = block.one("unit")?;
        let unit = Unit::parse(&entry.text());
        if unit.is_none() {
            context.unknown_word(entry, "unit", &Unit::ALL.map(Unit::word));
        }
        Some(Nutrient {
            slug: block.id.clone(),
            name: block.value("name")?,
            also: block.values("also"),
            unit: unit?,
            references: references(block, "reference", context),
            ceilings: references(block, "ceiling", context),
            origin: context.origin(block),
        })
    }
}

impl Food {
    pub(crate) fn read(block: &Block, context: &mut Context) -> Option<Food> {
        let portion = block.one("portion").and_then(|entry| {
            let cited = split_cites(entry, true, context);
            match range(&cited.value) {
                Some((low, high, "")) if low == high && low > Mass(0) => Some((low, cited.cites)),
                _ => {
                    not_an_amount(entry, &cited.value, "250 g", context);
                    None
                }
            }
        });
        let mut holds: Vec<Content> = Vec::new();
        for entry in block.all("holds") {
            let cited = split_cites(entry, true, context);
            let (word, rest) = cited.value.split_once(' ').unwrap_or((cited.value.as_str(), ""));
            let Some(nutrient) = context.nutrient(word, entry.value_at()) else { continue };
            if holds.iter().any(|content| content.nutrient == nutrient) {
                context.error(entry.value_at(), word.chars().count(), format!("`{word}` of `{}` stands twice", block.id), Some("keep one".to_owned()));
                continue;
            }
            match range(rest) {
                // More than all of it cannot be in it.
                Some((low, high, "in 100 g")) if high <= Mass(100_000_000_000) => holds.push(Content { nutrient, low, high, cites: cited.cites }),
                _ => not_an_amount(entry, rest, &format!("{word} 113 mg in 100 g"), context),
            }
        }
        let notes = block.all("note").map(|entry| split_cites(entry, true, context)).map(|cited| (cited.value, cited.cites)).collect();
        Some(Food {
            slug: block.id.clone(),
            name: block.value("name")?,
            also: block.values("also"),
            state: block.value("state"),
            code: block.value("code"),
            portion,
            holds,
            notes,
            origin: context.origin(block),
        })
    }
}
