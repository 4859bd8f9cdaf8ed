//! The list of causes, worked out a second time in plain floating point from the published figures: the exact integers
//! must say the same, and no choice of ends of the ranges may leave the bounds.
#![allow(clippy::float_arithmetic, reason = "the twin is in floating point on purpose; the assessment has none")]

use std::collections::BTreeMap;
use std::sync::OnceLock;

use gravida_assessment::{Time, assess};
use gravida_house::pack;
use gravida_knowledge::{Answer, Case, Condition, Evidence, EvidenceKind, FindingId, Knowledge, Limit, Prior, Share, Spread, Verdict};
use proptest::prelude::*;

fn knowledge() -> &'static Knowledge {
    static PACK: OnceLock<Knowledge> = OnceLock::new();
    PACK.get_or_init(pack)
}

/// Logarithms (base 2) of a figure at its low end, point and high end.
type Ends = [f64; 3];

fn log(share: Share, floor: f64) -> f64 {
    (share.num as f64 / share.den as f64).max(floor).log2()
}

fn middle(spread: &Spread) -> f64 {
    match spread.point {
        Some(point) => point.num as f64 / point.den as f64,
        None if spread.low.num == 0 => spread.high.num as f64 / spread.high.den as f64 / 2.0,
        None => (spread.low.num as f64 / spread.low.den as f64 * spread.high.num as f64 / spread.high.den as f64).sqrt(),
    }
}

/// A frequency, kept away from none and from all.
fn frequency(spread: &Spread, yes: bool) -> Ends {
    let inside = |x: f64| x.clamp(1e-4, 1.0 - 1e-4).log2();
    let at = |share: Share| share.num as f64 / share.den as f64;
    if yes {
        [inside(at(spread.low)), inside(middle(spread)), inside(at(spread.high))]
    } else {
        [inside(1.0 - at(spread.high)), inside(1.0 - middle(spread)), inside(1.0 - at(spread.low))]
    }
}

fn ratio(row: &Evidence) -> Ends {
    let (low, high) = (log(row.spread.low, 1e-9), log(row.spread.high, 1e-9));
    [low, row.spread.point.map_or((low + high) / 2.0, |point| log(point, 1e-9)), high]
}

fn blend(all: Vec<Ends>) -> Option<Ends> {
    let n = all.len() as f64;
    let fold = |at: usize, pick: fn(f64, f64) -> f64| all.iter().map(|ends| ends[at]).reduce(pick);
    Some([fold(0, f64::min)?, all.iter().map(|ends| ends[1]).sum::<f64>() / n, fold(2, f64::max)?])
}

fn usual(finding: FindingId, yes: bool, time: &Time) -> Option<Ends> {
    let rows = &knowledge().finding(finding).usual;
    let limited: Vec<&Prior> = rows.iter().filter(|row| row.limit != Limit::Always && time.meets(row.limit)).collect();
    let always: Vec<&Prior> = rows.iter().filter(|row| row.limit == Limit::Always).collect();
    let chosen = if !limited.is_empty() { limited } else if !always.is_empty() { always } else { rows.iter().collect() };
    blend(chosen.into_iter().map(|row| frequency(&row.spread, yes)).collect())
}

struct Part {
    finding: FindingId,
    own: Ends,
    /// How usual it is for everybody; `None` where the figure stands for itself.
    usual: Option<Ends>,
}

fn part(condition: &Condition, finding: FindingId, yes: bool, time: &Time) -> Option<Part> {
    let rows: Vec<&Evidence> = condition.evidence.iter().filter(|row| row.finding == finding && time.meets(row.limit)).collect();
    let of = |kind: EvidenceKind| rows.iter().filter(move |row| row.kind == kind);
    if let Some(own) = blend(of(EvidenceKind::Seen).map(|row| frequency(&row.spread, yes)).collect()) {
        if let Some(usual) = usual(finding, yes, time) {
            return Some(Part { finding, own, usual: Some(usual) });
        }
        let others = blend(of(EvidenceKind::Spared).map(|row| frequency(&row.spread, !yes)).collect())?;
        return Some(Part { finding, own: [own[0] - others[2], own[1] - others[1], own[2] - others[0]], usual: None });
    }
    let answer = u16::from(yes);
    let own = blend(of(EvidenceKind::Ratio).filter(|row| row.low <= answer && answer <= row.high).map(|row| ratio(row)).collect())?;
    Some(Part { finding, own, usual: None })
}

struct Cause {
    slug: String,
    prior: Ends,
    parts: Vec<Part>,
}

/// Every cause of a case, as decisions 0005 and 0006 say.
fn causes(case: &Case) -> Vec<Cause> {
    let knowledge = knowledge();
    let time = Time::of(knowledge, case);
    let mut answers: Vec<(FindingId, bool, f64)> = Vec::new();
    for id in knowledge.finding_ids() {
        let plain = knowledge.finding(id).answers.is_yes_no() && knowledge.shown(id, case) == Verdict::Present;
        if let (true, Answer::Between(a, b)) = (plain, case.answer(id))
            && a == b
        {
            answers.push((id, a == 1, usual(id, true, &time).map_or(0.0, |ends| ends[1])));
        }
    }
    let mut found = Vec::new();
    for condition in &knowledge.conditions {
        let private: Vec<FindingId> = condition.evidence.iter().map(|row| row.finding).filter(|id| knowledge.finding(*id).private).collect();
        if !private.is_empty() && !answers.iter().any(|(id, yes, _)| *yes && private.contains(id)) {
            continue;
        }
        let in_window = condition.windows.iter().any(|window| match *window {
            Limit::Pregnancy(low, high) => time.meets(Limit::Pregnancy(low.saturating_sub(7), high + 7)),
            other => time.meets(other),
        });
        let before = condition.before.iter().filter(|row| time.meets(row.limit));
        let prior = blend(before.map(|row| [log(row.spread.low, 1e-7), middle(&row.spread).max(1e-7).log2(), log(row.spread.high, 1e-7)]).collect());
        let (true, Some(prior)) = (in_window, prior) else { continue };
        let mut parts: Vec<Part> = Vec::new();
        let mut groups: BTreeMap<&str, (usize, (bool, f64))> = BTreeMap::new();
        for (id, yes, rarity) in &answers {
            let Some(new) = part(condition, *id, *yes, &time) else { continue };
            let key = (*yes, if *yes { -rarity } else { *rarity });
            match knowledge.finding(*id).group.as_deref() {
                None => parts.push(new),
                Some(group) => match groups.get(group).copied() {
                    None => {
                        groups.insert(group, (parts.len(), key));
                        parts.push(new);
                    }
                    Some((at, old)) if key > old => {
                        groups.insert(group, (at, key));
                        parts[at] = new;
                    }
                    Some(_) => {}
                },
            }
        }
        found.push(Cause { slug: condition.slug.clone(), prior, parts });
    }
    found
}

/// Shares when every figure stands at the end that `end` chooses: by cause and finding; `None` is the prior.
fn shares(causes: &[Cause], mut end: impl FnMut(Option<&str>, Option<FindingId>) -> usize) -> BTreeMap<String, f64> {
    let mut weights = Vec::new();
    for cause in causes {
        let mut weight = cause.prior[end(Some(&cause.slug), None)];
        for part in &cause.parts {
            weight += part.own[end(Some(&cause.slug), Some(part.finding))];
            if let Some(usual) = part.usual {
                weight -= usual[end(None, Some(part.finding))];
            }
        }
        weights.push(weight.exp2());
    }
    let all: f64 = weights.iter().sum();
    causes.iter().zip(weights).map(|(cause, weight)| (cause.slug.clone(), weight / all)).collect()
}

fn any_case() -> impl Strategy<Value = Case> {
    let ids: Vec<FindingId> = knowledge().finding_ids().collect();
    let n = ids.len();
    (0u16..3, 0u16..300, prop::collection::vec((0..n, 0u16..4), 0..40)).prop_map(move |(stage, days, answers)| {
        let knowledge = knowledge();
        let mut case = Case::new(knowledge);
        for (at, kind) in answers {
            let finding = knowledge.finding(ids[at]);
            if finding.answers.is_yes_no() {
                case.set(ids[at], match kind { 0 => Answer::NotSure, 1 => Answer::exactly(0), _ => Answer::exactly(1) });
            }
        }
        // The first screen says who and when.
        for id in &knowledge.screens[0].shows {
            let (low, high) = knowledge.finding(*id).answers.ends();
            case.set(*id, Answer::exactly((low + if high > 10 { days } else { stage }).min(high)));
        }
        case
    })
}

/// Each logarithm is rounded to 1/1024, four for an answer: thirty answers may add up to a few in a hundred.
fn near(a: f64, b: f64) -> bool {
    (a - b).abs() <= 0.08 * a.max(b) + 1e-6
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn the_exact_integers_say_what_the_figures_say(case in any_case()) {
        let causes = causes(&case);
        let points = shares(&causes, |_, _| 1);
        let list = assess(knowledge(), &case).differential.candidates;
        prop_assert_eq!(list.len(), points.len());
        for one in list {
            let slug = &knowledge().condition(one.condition).slug;
            let point = one.share.point.expect("a point");
            prop_assert!(near(point.num as f64 / point.den as f64, points[slug]), "{}: {} against {}", slug, point, points[slug]);
        }
    }

    #[test]
    fn no_choice_of_ends_leaves_the_bounds(case in any_case(), seed in any::<u64>()) {
        let causes = causes(&case);
        let mut chosen: BTreeMap<(Option<String>, Option<FindingId>), usize> = BTreeMap::new();
        let mut state = seed | 1;
        let at_random = shares(&causes, |cause, finding| {
            // One choice for each figure: a shared one is the same for everybody.
            *chosen.entry((cause.map(str::to_owned), finding)).or_insert_with(|| {
                state ^= state << 13;
                state ^= state >> 7;
                state ^= state << 17;
                (state % 2) as usize * 2
            })
        });
        for one in assess(knowledge(), &case).differential.candidates {
            let slug = &knowledge().condition(one.condition).slug;
            let (low, high) = (one.share.low.num as f64 / one.share.low.den as f64, one.share.high.num as f64 / one.share.high.den as f64);
            let share = at_random[slug];
            prop_assert!(share >= low * 0.92 - 1e-6 && share <= high * 1.08 + 1e-6, "{}: {} is outside {} to {}", slug, share, low, high);
        }
    }

    /// Each bound is reached: this cause at one end, everybody else at the other, and each shared figure where it helps.
    #[test]
    fn each_bound_is_reached(case in any_case()) {
        let causes = causes(&case);
        for one in assess(knowledge(), &case).differential.candidates {
            let slug = knowledge().condition(one.condition).slug.clone();
            let own: Vec<FindingId> = causes.iter().filter(|cause| cause.slug == slug).flat_map(|cause| cause.parts.iter().filter(|part| part.usual.is_some()).map(|part| part.finding)).collect();
            let bound = |mine: usize| shares(&causes, |cause, finding| match cause {
                Some(cause) if cause == slug => mine,
                Some(_) => 2 - mine,
                None if own.contains(&finding.expect("a finding")) => 2 - mine,
                None => mine,
            })[&slug];
            prop_assert!(near(one.share.low.num as f64 / one.share.low.den as f64, bound(0)), "{} low {} against {}", slug, one.share.low, bound(0));
            prop_assert!(near(one.share.high.num as f64 / one.share.high.den as f64, bound(2)), "{} high {} against {}", slug, one.share.high, bound(2));
        }
    }
}
