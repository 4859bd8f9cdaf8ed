//! Better, the same or worse, from two numbers; it never calls pain alone better.

use super::rules::Rules;

/// The highest value of both scales.
pub const TOP: u8 = 10;

/// What was said at one contact, each from 0 to [`TOP`]; larger values count as [`TOP`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Scales {
    /// Higher is worse.
    pub pain: Option<u8>,
    /// How well daily things can be done; higher is better.
    pub function: Option<u8>,
}

/// What later contacts are held against: the first value of each scale, and the best so far.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Baseline {
    pub first: Scales,
    pub best: Scales,
}

/// How a contact compares with those before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Trend {
    Better,
    /// No clear change, or not enough is known.
    Same,
    Worse,
}

impl Baseline {
    /// The baseline for the contact after this one.
    pub fn learn(self, now: Scales) -> Baseline {
        let least = |a: Option<u8>, b: Option<u8>| a.into_iter().chain(b).min();
        let most = |a: Option<u8>, b: Option<u8>| a.into_iter().chain(b).max();
        Baseline {
            first: Scales { pain: self.first.pain.or(now.pain), function: self.first.function.or(now.function) },
            best: Scales { pain: least(self.best.pain, now.pain), function: most(self.best.function, now.function) },
        }
    }
}

/// Compares. Worse is held against the best so far, so that it shows early; better against the start, and only with
/// daily things: they must be clearly up, or, where they had no room to rise, be at the top with clearly less pain.
pub fn trend(rules: &Rules, baseline: &Baseline, now: Scales) -> Trend {
    let (first, best) = (&baseline.first, &baseline.best);
    let share = |change: u8, of: u8| of > 0 && change > 0 && u64::from(change) * rules.change_share.den >= rules.change_share.num * u64::from(of);
    let pain_worse = match (first.pain, best.pain, now.pain) {
        (Some(first), Some(best), Some(now)) => {
            now >= best.saturating_add(rules.change_pain) || share(now.saturating_sub(first), first)
        }
        _ => false,
    };
    let function_worse = matches!((best.function, now.function), (Some(best), Some(now)) if now.saturating_add(rules.change_function) <= best);
    if pain_worse || function_worse {
        return Trend::Worse;
    }
    let (Some(pain_first), Some(function_first), Some(pain), Some(function)) = (first.pain, first.function, now.pain, now.function) else {
        return Trend::Same;
    };
    let wanted = function_first.saturating_add(rules.change_function);
    let fallen = pain_first.saturating_sub(pain);
    let confirmed = if wanted <= TOP {
        function >= wanted
    } else {
        function >= TOP && (fallen >= rules.change_pain || share(fallen, pain_first) || pain == 0)
    };
    if confirmed && pain <= pain_first { Trend::Better } else { Trend::Same }
}
