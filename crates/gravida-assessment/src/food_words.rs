//! Amounts and names of foods as people write them, made exact; it never guesses an amount that was not written.

use gravida_knowledge::{FoodId, Knowledge, Mass, NutrientId, Unit, nearest};

/// How much was written, from a lower to an upper end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Amount {
    /// Nothing: one usual portion.
    Portion,
    /// Portions, in thousandths.
    Portions(u64, u64),
    Weight(Mass, Mass),
}

/// An entry in its parts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Written {
    pub amount: Amount,
    /// The amount is a volume.
    pub volume: bool,
    /// What is left when the amount is taken away, in small letters.
    pub name: String,
}

/// Words for one usual portion, and words that carry no meaning beside an amount.
const PORTION: [&str; 24] = [
    "a", "an",
    "x", "portion", "portions", "serving", "servings", "of", "piece", "pieces", "slice", "slices", "glass", "glasses", "cup", "cups",
    "bowl", "bowls", "handful", "handfuls", "plate", "plates", "some", "the",
];

const NUMBERS: [(&str, &str); 14] = [
    ("half", "0.5"), ("½", "0.5"), ("1/2", "0.5"), ("a", "1"), ("an", "1"), ("one", "1"), ("two", "2"), ("three", "3"), ("four", "4"),
    ("five", "5"), ("six", "6"), ("eight", "8"), ("ten", "10"), ("twice", "2"),
];

/// Splits `2 eggs`, `milk 250 g`, `150 to 200g spinach` into an amount and a name.
pub(crate) fn written(text: &str) -> Written {
    let words = words(text);
    let mut amount = Amount::Portion;
    let mut volume = false;
    let mut name: Vec<&str> = Vec::new();
    let mut rest = words.as_slice();
    while let [word, after @ ..] = rest {
        rest = after;
        let found = if amount == Amount::Portion { number(word).map(|low| range(low, after)) } else { None };
        match found {
            Some((low, high, after)) => {
                let (unit, after) = unit(after);
                let measured = match unit {
                    Some((unit, scale)) => scaled(unit, low, scale).zip(scaled(unit, high, scale)).map(|(low, high)| Amount::Weight(low, high)),
                    None => thousandths(low).zip(thousandths(high)).map(|(low, high)| Amount::Portions(low, high)),
                };
                match measured {
                    Some(measured) => {
                        amount = measured;
                        volume = unit.is_some_and(|(unit, _)| unit == Unit::Millilitre);
                        rest = after;
                    }
                    None => name.push(word),
                }
            }
            None => name.push(word),
        }
    }
    let all: Vec<&str> = name.iter().copied().filter(|word| !PORTION.contains(word)).collect();
    Written { amount, volume, name: all.join(" ") }
}

/// Small letters, without punctuation; digits stand apart from letters.
fn words(text: &str) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    for piece in text.to_lowercase().split(|c: char| c.is_whitespace() || matches!(c, '(' | ')' | '"' | ':' | '（' | '）')) {
        let mut word = String::new();
        let mut was_digit = None;
        for c in piece.chars() {
            let c = if c == ',' { '.' } else { c };
            if c == '-' && was_digit != Some(true) {
                // "hard-boiled" is two words; "150-200" is a range.
                out.push(core::mem::take(&mut word));
                was_digit = None;
                continue;
            }
            let digit = c.is_ascii_digit() || matches!(c, '.' | '/');
            if was_digit.is_some_and(|was| was != digit) && !word.is_empty() {
                out.push(core::mem::take(&mut word));
            }
            was_digit = Some(digit);
            word.push(c);
        }
        if !word.is_empty() {
            out.push(word);
        }
    }
    out.into_iter().map(|word| word.trim_matches(['.', '!', '?']).to_owned()).filter(|word| !word.is_empty()).collect()
}

fn number(word: &str) -> Option<&str> {
    if let Some((_, digits)) = NUMBERS.iter().find(|(name, _)| *name == word) {
        return Some(digits);
    }
    Unit::Gram.mass(word).map(|_| word)
}

/// `200` after `150 to`; else the same number twice.
fn range<'a>(low: &'a str, after: &'a [String]) -> (&'a str, &'a str, &'a [String]) {
    if let [to, high, rest @ ..] = after
        && matches!(to.as_str(), "to" | "-" | "–" | "or")
        && let Some(high) = number(high)
        && Unit::Gram.mass(low) <= Unit::Gram.mass(high)
    {
        return (low, high, rest);
    }
    (low, low, after)
}

fn unit(after: &[String]) -> (Option<(Unit, u64)>, &[String]) {
    let Some((word, rest)) = after.split_first() else { return (None, after) };
    let found = match word.as_str() {
        "g" | "gram" | "grams" | "gramme" | "grammes" => Some((Unit::Gram, 1)),
        "kg" => Some((Unit::Gram, 1000)),
        "ml" | "millilitre" | "millilitres" => Some((Unit::Millilitre, 1)),
        "l" | "litre" | "litres" | "liter" | "liters" => Some((Unit::Millilitre, 1000)),
        "mg" => Some((Unit::Milligram, 1)),
        "ug" | "µg" | "μg" | "mcg" | "microgram" | "micrograms" => Some((Unit::Microgram, 1)),
        _ => None,
    };
    (found, if found.is_some() { rest } else { after })
}

/// The most that one entry may hold: 100 kg is a slip of the pen.
const MOST: Mass = Mass(100_000_000_000_000);

fn scaled(unit: Unit, number: &str, scale: u64) -> Option<Mass> {
    let Mass(mass) = unit.mass(number)?;
    mass.checked_mul(scale).map(Mass).filter(|mass| *mass <= MOST)
}

/// A number in thousandths, by way of milligrams in a gram.
fn thousandths(number: &str) -> Option<u64> {
    let Mass(mass) = Unit::Gram.mass(number)?;
    (mass.checked_rem(1_000_000) == Some(0)).then_some(mass / 1_000_000).filter(|n| *n <= 100_000)
}

/// One spelling for one word, so that "eggs" is "egg".
fn stem(word: &str) -> &str {
    if word.chars().count() > 3 { word.strip_suffix('s').unwrap_or(word) } else { word }
}

fn plain(text: &str) -> String {
    words(text).iter().filter(|word| !PORTION.contains(&word.as_str())).map(|word| stem(word)).collect::<Vec<_>>().join(" ")
}

fn names(knowledge: &Knowledge, id: FoodId) -> impl Iterator<Item = &str> {
    let food = knowledge.food(id);
    core::iter::once(food.name.as_str()).chain(food.also.iter().map(String::as_str))
}

/// The nutrient that is meant, so that the figure of a label can be counted.
pub(crate) fn nutrient(knowledge: &Knowledge, name: &str) -> Option<NutrientId> {
    let wanted = plain(name);
    knowledge.nutrient_ids().find(|id| {
        let one = knowledge.nutrient(*id);
        core::iter::once(&one.slug).chain([&one.name]).chain(&one.also).any(|name| plain(name) == wanted)
    })
}

/// More foods than this under one word is no answer.
const MOST_FOODS: usize = 6;

/// The foods that a name may mean: the one of that name, else all that hold each of its words.
pub(crate) fn foods(knowledge: &Knowledge, name: &str) -> Vec<FoodId> {
    let wanted = plain(name);
    if wanted.is_empty() {
        return Vec::new();
    }
    let exact: Vec<FoodId> = knowledge
        .food_ids()
        .filter(|id| plain(&knowledge.food(*id).slug) == wanted || names(knowledge, *id).any(|name| plain(name) == wanted))
        .collect();
    if !exact.is_empty() {
        return exact;
    }
    let found: Vec<FoodId> = knowledge
        .food_ids()
        .filter(|id| names(knowledge, *id).any(|name| {
            let held = plain(name);
            wanted.split(' ').all(|word| held.split(' ').any(|other| other == word))
        }))
        .collect();
    if found.len() > MOST_FOODS { Vec::new() } else { found }
}

/// Names of foods that look or sound like this one, at most three.
pub(crate) fn near(knowledge: &Knowledge, name: &str) -> Vec<FoodId> {
    let wanted = plain(name);
    let mut found: Vec<FoodId> = Vec::new();
    let all: Vec<(FoodId, String)> = knowledge.food_ids().flat_map(|id| names(knowledge, id).map(move |name| (id, plain(name))).collect::<Vec<_>>()).collect();
    if let Some(close) = nearest(&wanted, all.iter().map(|(_, name)| name.as_str())) {
        found.extend(all.iter().filter(|(_, name)| name == close).map(|(id, _)| *id));
    }
    for word in wanted.split(' ').filter(|word| word.chars().count() > 2) {
        for (id, name) in &all {
            if nearest(word, name.split(' ').filter(|other| other.chars().count() > 2)).is_some() {
                found.push(*id);
            }
        }
    }
    let mut once: Vec<FoodId> = Vec::new();
    for id in found {
        if !once.contains(&id) && once.len() < 3 {
            once.push(id);
        }
    }
    once
}
