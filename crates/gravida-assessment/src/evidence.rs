//! The weights that the answers of a case carry for each condition; it never turns them into a level.

use gravida_knowledge::{
    Answer, Case, Cite, Condition, ConditionId, EvidenceKind, FindingId, Knowledge, Limit, Prior, Share, Spread, UNIT, Verdict, Weight,
};

use crate::time::Time;

/// What one answer says about one condition, against people in general: own weight minus usual weight.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Piece {
    pub finding: FindingId,
    /// Logarithm of how often people with the condition answer so; for a ratio, of the ratio itself.
    pub own: Weight,
    /// Logarithm of how often others answer so; zero for a ratio. Shared by all conditions of the finding unless
    /// the condition has its own figure for those without it.
    pub usual: Weight,
    pub shared: bool,
}

/// A condition that this case may have, with its weights.
#[derive(Debug, Clone)]
pub(crate) struct Weighed {
    pub condition: ConditionId,
    pub prior: Weight,
    pub pieces: Vec<Piece>,
}

/// One value for several rows that may all apply: the widest range, and the middle of their points.
fn blend(weights: impl Iterator<Item = Weight>) -> Option<Weight> {
    let mut n = 0;
    let mut sum = 0;
    let (mut low, mut high) = (i32::MAX, i32::MIN);
    for weight in weights {
        n += 1;
        sum += weight.point;
        low = low.min(weight.low);
        high = high.max(weight.high);
    }
    (n > 0).then(|| Weight { low, point: sum / n, high })
}

/// Limited rows that fit win over rows for any time; where neither fits, the figures of other weeks stand in.
fn fitting<'a, T>(rows: &'a [T], limit: impl Fn(&T) -> Limit, time: &Time) -> Vec<&'a T> {
    let special: Vec<&T> = rows.iter().filter(|row| limit(row) != Limit::Always && time.meets(limit(row))).collect();
    if !special.is_empty() {
        return special;
    }
    let always: Vec<&T> = rows.iter().filter(|row| limit(row) == Limit::Always).collect();
    if always.is_empty() { rows.iter().collect() } else { always }
}

/// Share of this case's people who have the condition before any answer; `None` outside its window.
fn prior(condition: &Condition, time: &Time) -> Option<Weight> {
    if !condition.windows.iter().any(|window| time.meets(widened(*window))) {
        return None;
    }
    blend(condition.before.iter().filter(|row| time.meets(row.limit)).map(|row| row.spread.prior_weight()))
}

/// Weeks are rarely known to the day: a cause is not left out of the list for a week of misdating.
fn widened(window: Limit) -> Limit {
    match window {
        Limit::Pregnancy(low, high) => Limit::Pregnancy(low.saturating_sub(MISDATING), high.saturating_add(MISDATING)),
        other => other,
    }
}

/// Days by which a count of weeks may be off.
const MISDATING: u16 = 7;

/// A cause that private questions speak of is listed only once one of them was answered yes: a list that someone else
/// may read gives nothing away that was not said.
fn is_hushed(knowledge: &Knowledge, condition: &Condition, answers: &[(FindingId, bool, i32)]) -> bool {
    let mut private = condition.evidence.iter().map(|row| row.finding).filter(|id| knowledge.finding(*id).private).peekable();
    private.peek().is_some() && !private.any(|id| answers.iter().any(|(finding, yes, _)| *finding == id && *yes))
}

/// How usual a "yes" (or, without it, a "no") is among people in general.
fn usual(knowledge: &Knowledge, finding: FindingId, yes: bool, time: &Time) -> Option<Weight> {
    let rows = &knowledge.finding(finding).usual;
    blend(fitting(rows, |row: &Prior| row.limit, time).into_iter().map(|row| if yes { row.weight } else { row.rest }))
}

/// What answering `yes` or "no" to a finding says about a condition.
pub(crate) fn piece(knowledge: &Knowledge, condition: &Condition, finding: FindingId, yes: bool, time: &Time) -> Option<Piece> {
    let rows: Vec<_> = condition.evidence.iter().filter(|row| row.finding == finding && time.meets(row.limit)).collect();
    let of = |kind: EvidenceKind| blend(rows.iter().filter(|row| row.kind == kind).map(|row| if yes { row.weight } else { row.rest }));
    if let Some(own) = of(EvidenceKind::Seen) {
        // How usual it is among people in general. A `spared` row speaks of people who were sent for a test of this
        // one cause, so it stands in where the finding has no usual figure.
        if let Some(usual) = usual(knowledge, finding, yes, time) {
            return Some(Piece { finding, own, usual, shared: true });
        }
        let spared = blend(rows.iter().filter(|row| row.kind == EvidenceKind::Spared).map(|row| if yes { row.rest } else { row.weight }));
        return spared.map(|usual| Piece { finding, own, usual, shared: false });
    }
    let answer = u16::from(yes);
    let ratio = blend(rows.iter().filter(|row| row.kind == EvidenceKind::Ratio && row.low <= answer && answer <= row.high).map(|row| row.weight));
    ratio.map(|own| Piece { finding, own, usual: Weight::default(), shared: false })
}

/// What the figures behind one weighing rest on: the rows of the condition that apply, and how usual the finding is.
pub fn rows_behind(knowledge: &Knowledge, case: &Case, condition: ConditionId, finding: FindingId) -> Vec<Cite> {
    let time = Time::of(knowledge, case);
    let rows = knowledge.condition(condition).evidence.iter().filter(|row| row.finding == finding && time.meets(row.limit));
    let mut cites: Vec<Cite> = Vec::new();
    let usual = fitting(&knowledge.finding(finding).usual, |row: &Prior| row.limit, &time);
    for cite in rows.flat_map(|row| &row.cites).chain(usual.into_iter().flat_map(|row| &row.cites)) {
        if !cites.contains(cite) {
            cites.push(cite.clone());
        }
    }
    cites
}

/// The findings that are visible and answered plainly yes or no.
fn plain_answers(knowledge: &Knowledge, case: &Case) -> Vec<(FindingId, bool)> {
    knowledge
        .finding_ids()
        .filter(|id| knowledge.shown(*id, case) == Verdict::Present && knowledge.finding(*id).answers.is_yes_no())
        .filter_map(|id| match case.answer(id) {
            Answer::Between(0, 0) => Some((id, false)),
            Answer::Between(1, 1) => Some((id, true)),
            _ => None,
        })
        .collect()
}

/// What the answers say about one condition. Findings that overlap count once: by the rarest that is there and that
/// the condition has a figure for, else by the commonest that is not there.
fn pieces(knowledge: &Knowledge, condition: &Condition, answers: &[(FindingId, bool, i32)], time: &Time) -> Vec<Piece> {
    let mut pieces: Vec<(Piece, (bool, i32))> = Vec::new();
    // A condition has rows for few findings: these are looked up, in the order of the pack.
    let mut findings: Vec<FindingId> = condition.evidence.iter().map(|row| row.finding).collect();
    findings.sort_unstable();
    findings.dedup();
    let answered = findings.iter().filter_map(|id| answers.binary_search_by_key(id, |(finding, ..)| *finding).ok().and_then(|at| answers.get(at)));
    for (finding, yes, rarity) in answered {
        let Some(new) = piece(knowledge, condition, *finding, *yes, time) else { continue };
        let key = (*yes, if *yes { -rarity } else { *rarity });
        let group = knowledge.finding(*finding).group.as_ref();
        let same = |old: &&mut (Piece, (bool, i32))| group.is_some() && knowledge.finding(old.0.finding).group.as_ref() == group;
        match pieces.iter_mut().find(same) {
            Some(old) if key > old.1 => *old = (new, key),
            Some(_) => {}
            None => pieces.push((new, key)),
        }
    }
    pieces.into_iter().map(|(piece, _)| piece).collect()
}

/// Every condition that this case may have, with what each answer says about it.
pub(crate) fn weigh(knowledge: &Knowledge, case: &Case) -> Vec<Weighed> {
    let time = Time::of(knowledge, case);
    let answers: Vec<(FindingId, bool, i32)> = plain_answers(knowledge, case)
        .into_iter()
        .map(|(id, yes)| (id, yes, usual(knowledge, id, true, &time).map_or(0, |weight| weight.point)))
        .collect();
    knowledge
        .condition_ids()
        .filter_map(|id| {
            let condition = knowledge.condition(id);
            if is_hushed(knowledge, condition, &answers) {
                return None;
            }
            let prior = prior(condition, &time)?;
            Some(Weighed { condition: id, prior, pieces: pieces(knowledge, condition, &answers, &time) })
        })
        .collect()
}

impl Weighed {
    /// Logarithm of the odds against people in general, at the points of all ranges.
    pub fn point(&self) -> i32 {
        self.prior.point + self.pieces.iter().map(|piece| piece.own.point - piece.usual.point).sum::<i32>()
    }

    /// The same at the low end of everything that is this condition's own, with the shared figures at `shared`.
    pub fn low(&self) -> i32 {
        self.prior.low + self.pieces.iter().map(|piece| piece.own.low - piece.usual.high).sum::<i32>()
    }

    pub fn high(&self) -> i32 {
        self.prior.high + self.pieces.iter().map(|piece| piece.own.high - piece.usual.low).sum::<i32>()
    }

    /// How often people with this condition answer yes, as parts of `1 << 20`, and its size among all.
    pub fn yes_share(&self, knowledge: &Knowledge, finding: FindingId, time: &Time) -> Option<u64> {
        let condition = knowledge.condition(self.condition);
        let rows: Vec<_> = condition.evidence.iter().filter(|row| row.finding == finding && row.kind == EvidenceKind::Seen && time.meets(row.limit)).collect();
        let own = blend(rows.iter().map(|row| row.weight)).or_else(|| usual(knowledge, finding, true, time))?;
        Some(gravida_knowledge::exp2(own.point, 1 << 20))
    }
}

/// Middle of a spread in whole units of weight; used where a share is compared with a band.
pub(crate) fn share_of(part: u64, whole: u64) -> Share {
    Share::new(part, whole.max(1))
}

/// A spread as the two ends of a posterior.
pub(crate) fn ends(low: Share, point: Share, high: Share) -> Spread {
    Spread { low, point: Some(point), high, has_range: true }
}

/// A quarter of a doubling: closer than this, two causes are a tie.
pub(crate) const TIE: i32 = UNIT / 4;
