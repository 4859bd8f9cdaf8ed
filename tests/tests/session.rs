//! The promises of a guided session and of the partner's card, on the real pack.

use std::sync::OnceLock;

use gravida_assessment::{Session, SessionEvent, SessionPhase, StopReason, partner_card};
use gravida_house::pack;
use gravida_knowledge::{Answer, Case, FindingId, Intervention, Knowledge};
use proptest::prelude::*;

fn knowledge() -> &'static Knowledge {
    static PACK: OnceLock<Knowledge> = OnceLock::new();
    PACK.get_or_init(pack)
}

fn with_steps() -> Vec<&'static Intervention> {
    knowledge().interventions.iter().filter(|one| !one.steps.is_empty()).collect()
}

fn any_event() -> impl Strategy<Value = SessionEvent> {
    prop_oneof![
        8 => (0u32..200).prop_map(SessionEvent::Tick),
        1 => any::<u32>().prop_map(SessionEvent::Tick),
        3 => Just(SessionEvent::Next),
        2 => Just(SessionEvent::Back),
        2 => Just(SessionEvent::Pause),
        6 => Just(SessionEvent::Resume),
        1 => any::<usize>().prop_map(|n| SessionEvent::Stop(StopReason::Sign(n))),
    ]
}

#[test]
fn seven_interventions_have_steps_and_every_session_can_be_stopped_by_a_sign() {
    assert_eq!(with_steps().len(), 7);
    for one in with_steps() {
        assert!(!one.stop.is_empty(), "{} says nowhere when to stop", one.slug);
        let first = &one.steps[0].say;
        let asks = first.contains("ask first") || first.contains("stop at any time") || one.who.first().is_some_and(|who| who == "self");
        assert!(asks, "{} does not start with consent: {first}", one.slug);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(600))]

    /// Whatever happens in whatever order: time adds up, no step is passed in silence, stopping always works.
    #[test]
    fn any_order_of_events(which in any::<prop::sample::Index>(), events in prop::collection::vec(any_event(), 0..60)) {
        let all = with_steps();
        let one = all[which.index(all.len())];
        let mut session = Session::new(one).expect("it has steps");
        prop_assert_eq!(session.phase(), SessionPhase::Paused, "consent comes first");
        let mut said = vec![false; one.steps.len()];
        said[0] = true;
        let mut reached = 0;
        for event in events {
            let before = session.view();
            let turn = session.after(event);
            let after = turn.session.view();
            for at in turn.entered.clone() {
                prop_assert!(at == 0 || said[at - 1], "step {} without the one before", at);
                said[at] = true;
            }
            reached = reached.max(after.number);
            prop_assert!(said.iter().take(reached).all(|said| *said), "a step was passed in silence: {:?}", event);
            if after.number != before.number {
                prop_assert_eq!(turn.entered.end, after.number, "the step that is shown was entered");
            }
            // The signs to stop are always in sight, and stopping always works.
            prop_assert_eq!(after.stop, one.stop.as_slice());
            let stopped = turn.session.after(SessionEvent::Stop(StopReason::Asked)).session;
            prop_assert!(matches!(stopped.phase(), SessionPhase::Stopped(_)));
            prop_assert_eq!(stopped.view().left_in_all, 0);
            // Time adds up.
            let spent = after.spent - before.spent;
            match event {
                SessionEvent::Tick(seconds) if before.phase == SessionPhase::Running => {
                    prop_assert_eq!(spent, u64::from(seconds).min(before.left_in_all));
                    prop_assert_eq!(after.left_in_all, before.left_in_all - spent);
                }
                _ => prop_assert_eq!(spent, 0),
            }
            prop_assert!(after.elapsed <= after.seconds);
            // What is stopped stays stopped.
            if matches!(before.phase, SessionPhase::Stopped(_)) {
                prop_assert_eq!(after, before);
                prop_assert!(turn.entered.is_empty());
            }
            session = turn.session;
        }
    }

    /// Ticks in any portions lead to the same place as one tick.
    #[test]
    fn ticks_add_up(which in any::<prop::sample::Index>(), ticks in prop::collection::vec(0u32..100, 0..40)) {
        let all = with_steps();
        let start = Session::new(all[which.index(all.len())]).expect("steps").after(SessionEvent::Resume).session;
        let mut small = start;
        for tick in &ticks {
            small = small.after(SessionEvent::Tick(*tick)).session;
        }
        let large = start.after(SessionEvent::Tick(ticks.iter().sum())).session;
        prop_assert_eq!(small.view(), large.view());
    }
}

/// A case that is answered through: random answers, mostly the calmest.
fn any_case() -> impl Strategy<Value = Case> {
    let n = knowledge().findings.len();
    (prop::collection::vec((0..n, any::<u16>()), 0..6), 20u16..40).prop_map(|(worse, weeks)| {
        let knowledge = knowledge();
        let ids: Vec<FindingId> = knowledge.finding_ids().collect();
        let mut case = Case::new(knowledge);
        for id in &ids {
            let (low, _) = knowledge.finding(*id).answers.ends();
            case.set(*id, Answer::exactly(low));
        }
        let weeks_of = ids.iter().find(|id| matches!(knowledge.finding(**id).answers, gravida_knowledge::Answers::Weeks(..)));
        case.set(*weeks_of.expect("weeks"), Answer::exactly(weeks * 7));
        for (at, value) in worse {
            let (low, high) = knowledge.finding(ids[at]).answers.ends();
            case.set(ids[at], Answer::exactly(low + value % (high - low + 1)));
        }
        case
    })
}

/// Whether a question does nothing but open private ones, as the pack stands.
fn gate(knowledge: &Knowledge, id: FindingId) -> bool {
    let mut readers = knowledge.findings.iter().filter(|f| f.asked.as_ref().is_some_and(|rule| rule.findings().contains(&id))).peekable();
    readers.peek().is_some() && readers.all(|f| f.private)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(150))]

    /// Two people who differ in private answers, and in whether they were alone for them, get the same card.
    #[test]
    fn the_partner_card_tells_nothing_private(case in any_case(), day in any::<u32>(), values in prop::collection::vec(0u8..4, 12)) {
        let knowledge = knowledge();
        let private: Vec<FindingId> = knowledge.finding_ids().filter(|id| knowledge.finding(*id).private || gate(knowledge, *id)).collect();
        prop_assert!(private.len() >= 6);
        let mut other = case.clone();
        for (id, value) in private.iter().zip(values.iter().cycle()) {
            let (_, high) = knowledge.finding(*id).answers.ends();
            other.set(*id, match value {
                0 => Answer::Unasked,
                1 => Answer::NotSure,
                2 => Answer::exactly(0),
                _ => Answer::exactly(high),
            });
        }
        prop_assert_eq!(partner_card(knowledge, &case, &[], day), partner_card(knowledge, &other, &[], day));
    }

    /// A task stands in the plan as it is without anything private, and the days go round all tasks.
    #[test]
    fn the_task_is_in_the_plan(case in any_case(), day in any::<u32>()) {
        let knowledge = knowledge();
        let card = partner_card(knowledge, &case, &[], day);
        if let Some(task) = card.task {
            prop_assert!(card.plan.self_care);
            prop_assert!(card.plan.offers.iter().any(|offer| offer.intervention == task));
            prop_assert!(knowledge.intervention(task).who.iter().any(|who| who == "partner"));
            let tasks = u32::try_from(card.tasks).expect("few");
            prop_assert_eq!(partner_card(knowledge, &case, &[], day % tasks).task, Some(task));
        }
    }
}
