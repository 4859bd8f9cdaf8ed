//! The promises of the assessment, on the real pack and random cases.

use std::sync::OnceLock;

use gravida_assessment::{Next, assess, call_sooner, triage};
use gravida_house::pack;
use gravida_knowledge::{Answer, Case, FindingId, Knowledge, Urgency, Verdict};
use proptest::prelude::*;

fn knowledge() -> &'static Knowledge {
    static PACK: OnceLock<Knowledge> = OnceLock::new();
    PACK.get_or_init(pack)
}

/// Any case: most findings unanswered, or most answered with the calmest answer and few others, so that every level
/// comes up; the rest anything that can be answered.
fn any_case() -> impl Strategy<Value = Case> {
    let n = knowledge().findings.len();
    let some = |most: usize| prop::collection::vec((0..n, 0u16..4, any::<u16>(), any::<u16>()), 0..most);
    let answers = prop_oneof![some(60).prop_map(|answers| (false, answers)), some(6).prop_map(|answers| (true, answers))];
    answers.prop_map(|(calm, answers)| {
        let knowledge = knowledge();
        let ids: Vec<FindingId> = knowledge.finding_ids().collect();
        let mut case = Case::new(knowledge);
        for id in ids.iter().filter(|_| calm) {
            case.set(*id, Answer::exactly(knowledge.finding(*id).answers.ends().0));
        }
        for (at, kind, a, b) in answers {
            let (low, high) = knowledge.finding(ids[at]).answers.ends();
            let value = |x: u16| low + x % (high - low + 1);
            let answer = match kind {
                0 => Answer::NotSure,
                1 => Answer::Between(value(a).min(value(b)), value(a).max(value(b))),
                2 => Answer::exactly(low),
                _ => Answer::exactly(value(a)),
            };
            case.set(ids[at], answer);
        }
        case
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    /// A worse answer never lowers the urgency.
    #[test]
    fn worse_is_never_calmer(case in any_case(), at in any::<prop::sample::Index>()) {
        let knowledge = knowledge();
        let ids: Vec<FindingId> = knowledge.finding_ids().filter(|id| knowledge.finding(*id).ordered).collect();
        let id = ids[at.index(ids.len())];
        let (low, high) = knowledge.finding(id).answers.ends();
        let mut last = Urgency::SelfCare;
        for value in low..=high {
            let now = triage(knowledge, &case.with(id, Answer::exactly(value))).act_on;
            prop_assert!(now >= last, "{}", knowledge.finding(id).slug);
            last = now;
        }
    }

    /// An answer narrows the range and never moves it back.
    #[test]
    fn learning_narrows(case in any_case(), at in any::<prop::sample::Index>(), value in any::<u16>()) {
        let knowledge = knowledge();
        let open: Vec<FindingId> = knowledge.finding_ids().filter(|id| case.answer(*id) == Answer::Unasked).collect();
        prop_assume!(!open.is_empty());
        let id = open[at.index(open.len())];
        let (low, high) = knowledge.finding(id).answers.ends();
        let before = triage(knowledge, &case);
        let after = triage(knowledge, &case.with(id, Answer::exactly(low + value % (high - low + 1))));
        prop_assert!(before.floor <= after.floor && after.ceiling <= before.ceiling);
        prop_assert!(before.least <= after.act_on && after.act_on <= before.most);
    }

    /// "Not sure" never gives less than the safest answer, and an emergency not excluded never ends below today.
    #[test]
    fn not_sure_is_never_calmer_than_no(case in any_case(), at in any::<prop::sample::Index>()) {
        let knowledge = knowledge();
        let ids: Vec<FindingId> = knowledge.finding_ids().filter(|id| knowledge.finding(*id).ordered).collect();
        let id = ids[at.index(ids.len())];
        let safest = triage(knowledge, &case.with(id, Answer::exactly(knowledge.finding(id).answers.ends().0)));
        let unsure = triage(knowledge, &case.with(id, Answer::NotSure));
        prop_assert!(unsure.act_on >= safest.act_on);
        for state in &unsure.flags {
            let flag = knowledge.red_flag(state.flag);
            let private = flag.when.findings().iter().all(|id| knowledge.finding(*id).private);
            if flag.urgency == Urgency::Emergency && state.verdict != Verdict::Excluded && !private {
                prop_assert!(unsure.act_on >= Urgency::Today, "{}", flag.slug);
            }
        }
    }

    /// Hidden answers have no effect on anything that is concluded.
    #[test]
    fn hidden_answers_have_no_effect(case in any_case()) {
        let knowledge = knowledge();
        let mut shown = case.clone();
        for id in knowledge.finding_ids().filter(|id| knowledge.shown(*id, &case) == Verdict::Excluded) {
            shown.set(id, Answer::Unasked);
        }
        let (a, b) = (assess(knowledge, &case), assess(knowledge, &shown));
        prop_assert_eq!(a.triage, b.triage);
        prop_assert_eq!(a.differential, b.differential);
        prop_assert_eq!(a.plan, b.plan);
    }

    /// Nothing is offered at today or emergency, or while a contraindication holds or is not excluded.
    #[test]
    fn the_plan_is_safe(case in any_case()) {
        let knowledge = knowledge();
        let assessment = assess(knowledge, &case);
        for offer in &assessment.plan.offers {
            prop_assert!(assessment.triage.act_on <= Urgency::ThisWeek);
            for (rule, _) in &knowledge.intervention(offer.intervention).never {
                prop_assert_eq!(rule.verdict(knowledge, &case), Verdict::Excluded);
            }
        }
    }

    /// The bounds of a share hold its point, and the shares are of one whole.
    #[test]
    fn shares_lie_in_their_ranges(case in any_case()) {
        let assessment = assess(knowledge(), &case);
        let mut sum = 0u128;
        for one in &assessment.differential.candidates {
            let million = |share: gravida_knowledge::Share| u128::from(share.num) * 1_000_000 / u128::from(share.den);
            let point = million(one.share.point.expect("a point"));
            prop_assert!(million(one.share.low) <= point && point <= million(one.share.high));
            sum += point;
        }
        prop_assert!(sum <= 1_000_000);
    }

    /// "Call sooner if" is every single worse answer that raises the level: equal to trying them all.
    #[test]
    fn call_sooner_is_complete(case in any_case()) {
        let knowledge = knowledge();
        let now = triage(knowledge, &case).act_on;
        let listed = call_sooner(knowledge, &case);
        for id in knowledge.finding_ids().filter(|id| knowledge.finding(*id).ordered) {
            let (_, high) = knowledge.finding(id).answers.ends();
            let worst = triage(knowledge, &case.with(id, Answer::exactly(high))).act_on;
            let hidden = knowledge.shown(id, &case) == Verdict::Excluded;
            prop_assert_eq!(worst > now && !hidden, listed.iter().any(|sooner| sooner.finding == id));
        }
    }

    /// However the questions are answered, the interview ends, never asks twice, and stops only when it may.
    #[test]
    fn every_interview_ends(choices in prop::collection::vec((any::<u16>(), 0u8..6), 400)) {
        let knowledge = knowledge();
        let mut case = Case::new(knowledge);
        let mut choices = choices.into_iter().cycle();
        let mut screens = 0;
        let mut assessment = assess(knowledge, &case);
        while let Next::Ask { findings, .. } = assessment.next.clone() {
            prop_assert!(!findings.is_empty());
            screens += 1;
            prop_assert!(screens <= knowledge.findings.len());
            for id in findings {
                prop_assert_eq!(case.answer(id), Answer::Unasked);
                let (value, kind) = choices.next().unwrap_or((0, 0));
                let (low, high) = knowledge.finding(id).answers.ends();
                case.set(id, match kind {
                    0 => Answer::NotSure,
                    1 => Answer::exactly(low + value % (high - low + 1)),
                    _ => Answer::exactly(low),
                });
            }
            let before = assessment.triage.clone();
            assessment = assess(knowledge, &case);
            prop_assert!(before.least <= assessment.triage.least && assessment.triage.most <= before.most);
        }
        prop_assert!(assessment.triage.is_settled());
    }
}

/// Random cases reach calm and danger: otherwise the tests above would speak of emergencies alone. The draw is always
/// the same, so that this says something of the generator and never of luck.
#[test]
fn random_cases_reach_calm_and_danger() {
    use prop::strategy::{Strategy, ValueTree};
    let mut runner = prop::test_runner::TestRunner::deterministic();
    let mut level = || {
        let case = any_case().new_tree(&mut runner).expect("a case can be drawn").current();
        triage(knowledge(), &case).act_on
    };
    let levels: std::collections::BTreeSet<Urgency> = (0..2_000).map(|_| level()).collect();
    for level in [Urgency::SelfCare, Urgency::Today, Urgency::Emergency] {
        assert!(levels.contains(&level), "{levels:?}");
    }
}

/// The order of answering does not change the result: a case is a set of answers, and asking is decided by it alone.
#[test]
fn order_does_not_matter() {
    let knowledge = knowledge();
    for example in &knowledge.examples {
        let forwards = example.case(knowledge);
        let mut backwards = Case::new(knowledge);
        for id in knowledge.finding_ids().collect::<Vec<_>>().into_iter().rev() {
            backwards.set(id, forwards.answer(id));
        }
        assert_eq!(assess(knowledge, &forwards), assess(knowledge, &backwards));
    }
}
