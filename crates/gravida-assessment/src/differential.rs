//! What it may be: the main cause that best explains the answers, with exact bounds; it never touches urgency.

use gravida_knowledge::{Answer, Case, ConditionId, FindingId, Knowledge, Spread, Urgency, Verdict, exp2};

use crate::evidence::{TIE, Weighed, ends, piece, share_of, weigh};
use crate::interview::is_askable;
use crate::time::Time;
use crate::triage::Triage;

/// How a cause is spoken of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Band {
    Likely,
    Possible,
    LessLikely,
}

impl Band {
    pub fn word(self) -> &'static str {
        match self {
            Band::Likely => "likely",
            Band::Possible => "possible",
            Band::LessLikely => "less-likely",
        }
    }
}

/// What one answer adds to one cause, in units of 1/1024 doubling, at both ends of its range and at the point.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Weighing {
    pub finding: FindingId,
    pub low: i32,
    pub point: i32,
    pub high: i32,
}

/// A cause with its share among all causes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    pub condition: ConditionId,
    pub band: Band,
    /// A danger that stays listed until its red flags are excluded.
    pub must_exclude: bool,
    /// One of the dangers that a red flag which is present speaks of: it stands first, whatever its share.
    pub raised: bool,
    /// Share among all causes: lower bound, point, upper bound. Each bound is reached at ends of the ranges.
    pub share: Spread,
    /// Logarithm of the odds, for exact comparison.
    pub weight: i32,
    /// Answers that speak for it and against it, the strongest first.
    pub weighings: Vec<Weighing>,
}

/// Two neighbours in the list that the answers do not separate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tie {
    pub first: ConditionId,
    pub second: ConditionId,
    /// The unasked finding that would separate them best, if there is one.
    pub separates: Option<FindingId>,
}

/// The causes in order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Differential {
    pub candidates: Vec<Candidate>,
    pub ties: Vec<Tie>,
}

impl Differential {
    pub fn candidate(&self, condition: ConditionId) -> Option<&Candidate> {
        self.candidates.iter().find(|candidate| candidate.condition == condition)
    }
}

/// So many dangers stand first: what must be ruled out is seen at once, and the most likely causes are still in sight.
const MOST_RAISED: usize = 1;

/// Sums of shares are exact in this many parts.
const SCALE: u64 = 1 << 40;

/// Ranks the causes. `triage` says which dangers are not excluded; nothing flows back to it.
pub fn differential(knowledge: &Knowledge, case: &Case, triage: &Triage) -> Differential {
    let time = Time::of(knowledge, case);
    let weighed = weigh(knowledge, case);
    let top = weighed.iter().map(Weighed::point).max().unwrap_or(0);
    let total: u64 = weighed.iter().map(|one| exp2(one.point() - top, SCALE)).sum();
    let highs: Vec<i32> = weighed.iter().map(|one| high_at(one, false)).collect();
    let lows: Vec<i32> = weighed.iter().map(|one| low_at(one, true)).collect();
    let mut candidates: Vec<Candidate> = weighed
        .iter()
        .map(|one| {
            let point = share_of(exp2(one.point() - top, SCALE), total);
            let low = bound(one, &weighed, &highs, true);
            let high = bound(one, &weighed, &lows, false);
            let share = ends(low.min_by(point), point, high.max_by(point));
            Candidate {
                condition: one.condition,
                band: band(knowledge, &share),
                must_exclude: open_danger(knowledge, triage, one.condition),
                raised: false,
                share,
                weight: one.point(),
                weighings: weighings(one),
            }
        })
        .collect();
    candidates.sort_by(|a, b| b.weight.cmp(&a.weight).then(a.condition.cmp(&b.condition)));
    let raised = |one: &&mut Candidate| one.must_exclude && is_raised(knowledge, triage, one.condition);
    candidates.iter_mut().filter(raised).take(MOST_RAISED).for_each(|one| one.raised = true);
    candidates.sort_by_key(|one| !one.raised);
    let ties = ties(knowledge, case, &time, &candidates);
    Differential { candidates, ties }
}

/// A danger whose red flags are not all excluded.
fn open_danger(knowledge: &Knowledge, triage: &Triage, id: ConditionId) -> bool {
    knowledge.condition(id).must_exclude
        && triage.flags.iter().any(|state| state.verdict != Verdict::Excluded && knowledge.red_flag(state.flag).about.contains(&id))
}

/// A danger that a flag speaks of which is present and decides, at a level where help comes first.
fn is_raised(knowledge: &Knowledge, triage: &Triage, id: ConditionId) -> bool {
    triage.floor >= Urgency::Today
        && triage.flags.iter().any(|state| {
            let flag = knowledge.red_flag(state.flag);
            state.verdict == Verdict::Present && flag.urgency == triage.floor && flag.about.contains(&id)
        })
}

fn band(knowledge: &Knowledge, share: &Spread) -> Band {
    let reaches = |slug: &str| {
        let from = knowledge.texts.iter().find(|text| text.slug == slug).and_then(|text| text.from);
        match (from, share.point) {
            (Some(from), Some(point)) => u128::from(point.num) * u128::from(from.den) >= u128::from(from.num) * u128::from(point.den),
            _ => false,
        }
    };
    if reaches("band-likely") {
        Band::Likely
    } else if reaches("band-possible") {
        Band::Possible
    } else {
        Band::LessLikely
    }
}

/// The weight of an *other* cause at its high end, the shared figure at its low end (or its high end).
fn high_at(one: &Weighed, shared_high: bool) -> i32 {
    one.prior.high
        + one.pieces.iter().map(|p| p.own.high - if p.shared && shared_high { p.usual.high } else { p.usual.low }).sum::<i32>()
}

/// The weight of an *other* cause at its low end, the shared figure at its high end (or its low end).
fn low_at(one: &Weighed, shared_high: bool) -> i32 {
    one.prior.low
        + one.pieces.iter().map(|p| p.own.low - if p.shared && !shared_high { p.usual.low } else { p.usual.high }).sum::<i32>()
}

/// One exact bound of the share of `one`: its own figures at one end, those of all others at the other end.
///
/// A shared figure (how usual a finding is) can stand at one end only, for everybody. Where this cause has a row of
/// its own for the finding, its share falls as the figure rises; where it has none, its share rises with it. So
/// `others` hold the end for findings without a row, and findings with a row are moved to the other end.
fn bound(one: &Weighed, all: &[Weighed], others: &[i32], lowest: bool) -> Bound {
    let own = if lowest { one.low() } else { one.high() };
    // By position: this is looked at for each piece of each other cause.
    let shared = || one.pieces.iter().filter(|piece| piece.shared).map(|piece| piece.finding.index());
    let mut mine = vec![false; shared().max().map_or(0, |most| most + 1)];
    shared().for_each(|at| mine.get_mut(at).into_iter().for_each(|slot| *slot = true));
    let mut weights = vec![own];
    for (other, base) in all.iter().zip(others) {
        if other.condition == one.condition {
            continue;
        }
        let moved: i32 = other
            .pieces
            .iter()
            .filter(|piece| piece.shared && mine.get(piece.finding.index()).copied().unwrap_or(false))
            .map(|piece| piece.usual.low - piece.usual.high)
            .sum();
        weights.push(if lowest { base + moved } else { base - moved });
    }
    let top = weights.iter().copied().max().unwrap_or(0);
    let total: u64 = weights.iter().map(|weight| exp2(weight - top, SCALE)).sum();
    Bound(share_of(exp2(own - top, SCALE), total))
}

struct Bound(gravida_knowledge::Share);

impl Bound {
    /// Rounding of logarithms may cross the point by a hair; the point stays inside its range.
    fn min_by(self, point: gravida_knowledge::Share) -> gravida_knowledge::Share {
        if above(self.0, point) { point } else { self.0 }
    }

    fn max_by(self, point: gravida_knowledge::Share) -> gravida_knowledge::Share {
        if above(point, self.0) { point } else { self.0 }
    }
}

fn above(a: gravida_knowledge::Share, b: gravida_knowledge::Share) -> bool {
    u128::from(a.num) * u128::from(b.den) > u128::from(b.num) * u128::from(a.den)
}

fn weighings(one: &Weighed) -> Vec<Weighing> {
    let mut weighings: Vec<Weighing> = one
        .pieces
        .iter()
        .map(|piece| Weighing {
            finding: piece.finding,
            low: piece.own.low - piece.usual.high,
            point: piece.own.point - piece.usual.point,
            high: piece.own.high - piece.usual.low,
        })
        .collect();
    weighings.sort_by(|a, b| b.point.abs().cmp(&a.point.abs()).then(a.finding.cmp(&b.finding)));
    weighings
}

fn ties(knowledge: &Knowledge, case: &Case, time: &Time, candidates: &[Candidate]) -> Vec<Tie> {
    let pairs = candidates.iter().zip(candidates.iter().skip(1));
    pairs
        .filter(|(first, second)| (first.weight - second.weight).abs() < TIE && first.band != Band::LessLikely)
        .map(|(first, second)| {
            let (a, b) = (knowledge.condition(first.condition), knowledge.condition(second.condition));
            let gap = |finding: FindingId| {
                let side = |condition| piece(knowledge, condition, finding, true, time).map_or(0, |p| p.own.point - p.usual.point);
                (side(a) - side(b)).abs()
            };
            let separates = knowledge
                .finding_ids()
                .filter(|id| is_askable(knowledge, case, *id) && !is_implied(knowledge, case, *id))
                .map(|id| (gap(id), id))
                .filter(|(gap, _)| *gap > TIE)
                .max_by(|x, y| x.0.cmp(&y.0).then(y.1.cmp(&x.1)))
                .map(|(_, id)| id);
            Tie { first: first.condition, second: second.condition, separates }
        })
        .collect()
}

/// True when the answer to a finding follows from another: a yes to what implies it, or a no to what it implies.
fn is_implied(knowledge: &Knowledge, case: &Case, id: FindingId) -> bool {
    let is_yes = |other: FindingId| case.answer(other) == Answer::exactly(knowledge.finding(other).answers.ends().1);
    let is_no = |other: FindingId| case.answer(other) == Answer::exactly(knowledge.finding(other).answers.ends().0);
    knowledge.finding_ids().any(|other| knowledge.finding(other).implies.contains(&id) && is_yes(other))
        || knowledge.finding(id).implies.iter().any(|other| is_no(*other))
}
