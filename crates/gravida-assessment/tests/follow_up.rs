//! The loop that looks again: what each event does, and what no sequence of events can do.

use std::sync::OnceLock;

use gravida_assessment::follow_up::{
    Baseline, Contact, Course, Deadlines, Ending, Event, Note, Rules, Scales, State, TOP, Trend, What, carry_over, danger_asked, escalates_by,
    standing, step, trend,
};
use gravida_assessment::triage;
use gravida_knowledge::{Answer, Case, Knowledge, Urgency, Verdict, read, read_folder};
use proptest::prelude::*;

fn pack() -> &'static Knowledge {
    static PACK: OnceLock<Knowledge> = OnceLock::new();
    PACK.get_or_init(|| {
        let pages = read_folder(std::path::Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../knowledge"))).expect("the pack");
        read(&pages, None).0.expect("a pack without mistakes")
    })
}

fn rules() -> Rules {
    Rules::of(pack()).expect("every limit stands in the pack")
}

const HOUR: u64 = 60;
const DAY: u64 = 24 * HOUR;
const START: u64 = 29_600_000;

fn calm(trend: Option<Trend>) -> Contact {
    Contact { floor: Urgency::SelfCare, level: Urgency::SelfCare, asked: true, wait: Some(60), trend, pain: true }
}

fn contact(at: u64, contact: Contact) -> Event {
    Event { at, what: What::Contact(contact), promised: None }
}

fn run(events: &[Event]) -> State {
    let mut state = None;
    for event in events {
        state = step(&rules(), state.as_ref(), event).or(state);
    }
    state.expect("an episode with a contact")
}

fn course(state: &State, now: u64) -> Course {
    standing(&rules(), state, now).course
}

#[test]
fn a_wait_is_the_shorter_of_rule_and_clock() {
    let state = run(&[contact(START, calm(None))]);
    assert_eq!(state.due.look_by, START + 60);
    assert_eq!(course(&state, START + 60), Course::Observing);
    let long = Contact { wait: Some(100 * 24 * 60), floor: Urgency::ThisWeek, level: Urgency::ThisWeek, ..calm(None) };
    assert_eq!(run(&[contact(START, long)]).due.look_by, START + 7 * DAY);
    let none = Contact { wait: None, ..calm(None) };
    assert_eq!(run(&[contact(START, none)]).due.look_by, START + 7 * DAY, "a level without a clock borrows the next one's");
}

#[test]
fn a_missed_look_escalates_and_never_lapses() {
    let state = run(&[contact(START, calm(None))]);
    for late in [61, DAY, 400 * DAY] {
        let now = standing(&rules(), &state, START + late);
        assert!(now.missed && now.course == Course::Escalated && now.state.shown() == Urgency::Today);
    }
    // A late look that asks the danger questions ends the silence, but somebody should hear of it.
    let late = run(&[contact(START, calm(None)), contact(START + 2 * HOUR, calm(Some(Trend::Same)))]);
    assert_eq!((course(&late, START + 2 * HOUR), late.shown()), (Course::Unchanged, Urgency::Routine));
}

#[test]
fn without_the_danger_questions_there_is_no_round_of_self_care() {
    let unasked = Contact { asked: false, ..calm(Some(Trend::Better)) };
    let state = run(&[contact(START, calm(None)), contact(START + 30, unasked)]);
    assert_eq!(course(&state, START + 30), Course::Escalated);
    // Answering them takes it back, without a mark: not knowing is not a sign, and where help comes first no wait is missed.
    let quiet = |contact: Contact| Contact { pain: false, ..contact };
    let emergency = Contact { level: Urgency::Emergency, ..unasked };
    let soon = run(&[contact(START, quiet(calm(None))), contact(START + 30, quiet(emergency)), contact(START + 40, quiet(calm(Some(Trend::Same))))]);
    assert_eq!((soon.shown(), soon.attention), (Urgency::SelfCare, false));
    let asked = run(&[contact(START, calm(None)), contact(START + 30, unasked), contact(START + 40, calm(Some(Trend::Same)))]);
    assert_eq!(course(&asked, START + 40), Course::Unchanged);
}

#[test]
fn only_a_note_undoes_an_escalation() {
    let sign = Contact { floor: Urgency::Today, level: Urgency::Today, ..calm(Some(Trend::Same)) };
    let state = run(&[contact(START, calm(None)), contact(START + 30, sign), contact(START + 40, calm(Some(Trend::Better)))]);
    assert_eq!(course(&state, START + 41), Course::Escalated);
    assert_eq!(step(&rules(), Some(&state), &Event { at: START + 41, what: What::Close(Ending::Better), promised: None }), None);
    let note = Event { at: START + 50, what: What::Note(Note { level: Urgency::SelfCare, wait: Some(24 * 60) }), promised: None };
    let noted = step(&rules(), Some(&state), &note).expect("a note has an effect");
    assert_eq!((course(&noted, START + 51), noted.due.look_by), (Course::Observing, START + 50 + DAY));
}

#[test]
fn worse_takes_the_next_step_until_a_person_looks() {
    let mut events = vec![contact(START, calm(None))];
    let mut levels = Vec::new();
    for n in 1..=3 {
        events.push(contact(START + n * 10, calm(Some(Trend::Worse))));
        levels.push(run(&events).shown());
    }
    assert_eq!(levels, [Urgency::Routine, Urgency::ThisWeek, Urgency::Today]);
}

#[test]
fn the_third_contact_about_pain_goes_to_a_professional() {
    let mut events = vec![contact(START, calm(None)), contact(START + 10, calm(Some(Trend::Same)))];
    assert_eq!(run(&events).shown(), Urgency::SelfCare);
    events.push(contact(START + 20, calm(Some(Trend::Same))));
    assert_eq!(run(&events).shown(), Urgency::Routine);
    // Closed and started again, it is still the same pregnancy.
    let closed = [
        contact(START, calm(None)),
        contact(START + 10, calm(Some(Trend::Same))),
        contact(START + 20, Contact { pain: false, ..calm(Some(Trend::Better)) }),
        Event { at: START + 21, what: What::Close(Ending::Better), promised: None },
    ];
    assert_eq!(course(&run(&closed), START + 99 * DAY), Course::Closed(Ending::Better));
    let again = run(&[closed.as_slice(), &[contact(START + 9 * DAY, calm(None))]].concat());
    assert_eq!((course(&again, START + 9 * DAY), again.shown()), (Course::Observing, Urgency::Routine));
}

#[test]
fn a_fair_time_without_improvement_takes_the_next_step() {
    let rules = rules();
    let quiet = |trend| Contact { pain: false, ..calm(trend) };
    let mut state = run(&[contact(START, quiet(None))]);
    let by = escalates_by(&rules, &state).expect("open");
    let mut at = START;
    // She looks again every hour, always in time, and nothing changes: at the latest then a person must look.
    while course(&state, at) != Course::Escalated {
        at += 60;
        state = step(&rules, Some(&state), &contact(at, quiet(Some(Trend::Same)))).expect("a contact");
        assert!(at <= by + 60);
    }
    assert!(!standing(&rules, &state, at).missed);
}

#[test]
fn a_clock_set_back_lengthens_nothing() {
    let first = run(&[contact(START, Contact { wait: None, ..calm(None) })]);
    assert_eq!(course(&first, START - 1), Course::Escalated, "nobody knows how long it has been");
    let again = run(&[contact(START, calm(None)), contact(START - 3 * DAY, calm(Some(Trend::Same)))]);
    assert_eq!(again.due.look_by, START - 3 * DAY + 60);
    assert!(again.due.person_by - again.seen <= first.due.person_by - first.seen);
    assert_eq!(course(&again, START - 3 * DAY + 10), Course::Unchanged);
}

#[test]
fn what_was_promised_is_never_put_off() {
    let promised = Some(Deadlines { look_by: START + 5, person_by: START + 6 });
    let state = run(&[Event { at: START, what: What::Contact(calm(None)), promised }]);
    assert_eq!(Some(state.due), promised);
}

#[test]
fn birth_and_loss_end_it_for_good() {
    for ending in [Ending::Birth, Ending::Loss] {
        let sign = Contact { floor: Urgency::Emergency, level: Urgency::Emergency, ..calm(None) };
        let state = run(&[contact(START, sign), Event { at: START + 1, what: What::Close(ending), promised: None }]);
        for late in [0, DAY, 1000 * DAY] {
            assert_eq!(course(&state, START + late), Course::Closed(ending));
        }
        assert_eq!(step(&rules(), Some(&state), &contact(START + DAY, calm(None))), None);
    }
}

#[test]
fn no_danger_answer_is_carried_over() {
    let knowledge = pack();
    let mut full = Case::new(knowledge);
    for id in knowledge.finding_ids() {
        full.set(id, Answer::exactly(knowledge.finding(id).answers.ends().0));
    }
    let carried = carry_over(knowledge, &full);
    for flag in &knowledge.red_flags {
        assert!(flag.when.findings().iter().all(|id| carried.answer(*id) == Answer::Unasked), "{}", flag.slug);
    }
    // It says as little about danger as an empty case, but it spares her some questions.
    assert_eq!(triage(knowledge, &carried), triage(knowledge, &Case::new(knowledge)));
    assert!(knowledge.finding_ids().any(|id| carried.answer(id) != Answer::Unasked));
    assert!(!danger_asked(knowledge, &carried, &triage(knowledge, &carried)));
    assert!(danger_asked(knowledge, &full, &triage(knowledge, &full)));
    // One danger question left out is enough to count as not asked, if it could still change the level.
    let open = knowledge.screens.iter().filter(|screen| screen.phase == gravida_knowledge::Phase::Danger).flat_map(|screen| &screen.shows);
    let mut matters = 0;
    for id in open.filter(|id| !knowledge.finding(**id).private && knowledge.shown(**id, &full) != Verdict::Excluded) {
        let without = full.with(*id, Answer::Unasked);
        let found = triage(knowledge, &without);
        assert_eq!(danger_asked(knowledge, &without, &found), found.is_settled(), "{}", knowledge.finding(*id).slug);
        matters += usize::from(!found.is_settled());
    }
    assert!(matters > 20, "{matters}");
}

fn scales(pain: Option<u8>, function: Option<u8>) -> Scales {
    Scales { pain, function }
}

#[test]
fn better_needs_daily_things() {
    let rules = rules();
    let start = Baseline::default().learn(scales(Some(6), Some(4)));
    let of = |pain, function| trend(&rules, &start, scales(pain, function));
    assert_eq!(of(Some(1), None), Trend::Same, "pain alone");
    assert_eq!(of(Some(1), Some(5)), Trend::Same, "a point is no change");
    assert_eq!(of(None, Some(9)), Trend::Same, "the pain is not known");
    assert_eq!(of(Some(6), Some(6)), Trend::Better);
    assert_eq!(of(Some(8), Some(9)), Trend::Worse, "more pain");
    assert_eq!(of(Some(6), Some(2)), Trend::Worse, "less can be done");
    // Worse is held against the best so far.
    let after = start.learn(scales(Some(2), Some(8)));
    assert_eq!(trend(&rules, &after, scales(Some(4), Some(8))), Trend::Worse);
    // Where daily things had no room to rise, clearly less pain and the top confirm.
    let able = Baseline::default().learn(scales(Some(5), Some(10)));
    assert_eq!(trend(&rules, &able, scales(Some(5), Some(10))), Trend::Same);
    assert_eq!(trend(&rules, &able, scales(Some(3), Some(10))), Trend::Better);
}

fn any_scale() -> impl Strategy<Value = Option<u8>> {
    prop::option::of(0..=TOP)
}

fn any_event() -> impl Strategy<Value = Event> {
    let level = || prop::sample::select(Urgency::ALL.to_vec());
    let trend = prop::option::of(prop::sample::select(vec![Trend::Better, Trend::Same, Trend::Worse]));
    let wait = || prop::option::of(0u32..60 * 24 * 30);
    let what = prop_oneof![
        8 => (level(), level(), any::<bool>(), wait(), trend, any::<bool>()).prop_map(|(a, b, asked, wait, trend, pain)| {
            What::Contact(Contact { floor: a.min(b), level: a.max(b), asked, wait, trend, pain })
        }),
        1 => (level(), wait()).prop_map(|(level, wait)| What::Note(Note { level, wait })),
        1 => prop::sample::select(Ending::ALL.to_vec()).prop_map(What::Close),
    ];
    (prop_oneof![8 => START..START + 30 * DAY, 1 => any::<u64>()], what).prop_map(|(at, what)| Event { at, what, promised: None })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1500))]

    /// Whatever is written down, in whatever order, with whatever clock: open means a deadline, time never calms, and
    /// nothing but a note lowers what a sign has set.
    #[test]
    fn no_sequence_escapes(events in prop::collection::vec(any_event(), 1..24), later in 0u64..60 * DAY) {
        let rules = rules();
        let mut state: Option<State> = None;
        for event in &events {
            let Some(after) = step(&rules, state.as_ref(), event) else { continue };
            if after.ended.is_none() {
                let longest = u64::from(rules.longest(after.shown()));
                prop_assert!(after.due.look_by <= event.at.saturating_add(longest));
                if after.due.look_by < u64::MAX {
                    prop_assert_eq!(course(&after, after.due.look_by + 1), Course::Escalated);
                }
                let (soon, late) = (standing(&rules, &after, event.at), standing(&rules, &after, event.at.saturating_add(later)));
                prop_assert!(soon.state.shown() <= late.state.shown());
            }
            if let (Some(before), What::Contact(contact)) = (&state, &event.what) {
                prop_assert!(before.ended.is_some() || after.level >= before.level);
                prop_assert!(contact.asked || after.shown() >= Urgency::Today);
            }
            state = Some(after);
        }
    }

    #[test]
    fn better_is_never_pain_alone(first in (any_scale(), any_scale()), second in (any_scale(), any_scale()), now in (any_scale(), any_scale())) {
        let base = Baseline::default().learn(scales(first.0, first.1)).learn(scales(second.0, second.1));
        let found = trend(&rules(), &base, scales(now.0, now.1));
        if found == Trend::Better {
            prop_assert!(now.1 > base.first.function || now.1 == Some(TOP));
            prop_assert!(now.0.is_some() && now.0 <= base.first.pain);
        }
        // A worse number never gives a better trend.
        if let (Some(pain), Some(function)) = now {
            let worse = trend(&rules(), &base, scales(Some((pain + 1).min(TOP)), Some(function.saturating_sub(1))));
            prop_assert!(worse >= found);
        }
    }
}
