//! Every reason that a result gives is true, and none is missing: held against trying everything.

use gravida_assessment::{Next, Sooner, assess, call_sooner, check_certificate, forcing, purpose, triage};
use gravida_house::{Dice, files, pack, top, tries};
use gravida_knowledge::{Answer, Case, FindingId, Knowledge, Urgency, Verdict};

fn level(knowledge: &Knowledge, case: &Case) -> Urgency {
    triage(knowledge, case).act_on
}

/// Every case of the pages, then random ones.
fn cases(knowledge: &Knowledge, random: u64, seed: u64) -> impl Iterator<Item = Case> {
    let mut dice = Dice(seed);
    let pages: Vec<Case> = knowledge.examples.iter().map(|example| example.case(knowledge)).collect();
    pages.into_iter().chain((0..tries(random)).map(move |_| dice.case(knowledge)))
}

fn lowest(knowledge: &Knowledge, id: FindingId) -> Answer {
    Answer::exactly(knowledge.finding(id).answers.ends().0)
}

/// The answers to `set` alone.
fn only(knowledge: &Knowledge, case: &Case, set: &[FindingId]) -> Case {
    let mut less = Case::new(knowledge);
    set.iter().for_each(|id| less.set(*id, case.answer(*id)));
    less
}

/// Looks for answers to everything outside `set` with which the level is below `wanted`. It knows nothing of rules:
/// calmest answers to what has an order, and for the rest every day, and ranges and doubt at random.
fn calmer(knowledge: &Knowledge, case: &Case, set: &[FindingId], wanted: Urgency, dice: &mut Dice) -> bool {
    let mut base = only(knowledge, case, set);
    let free = |id: &FindingId| !set.contains(id);
    knowledge.finding_ids().filter(free).filter(|id| knowledge.finding(*id).ordered).for_each(|id| base.set(id, lowest(knowledge, id)));
    let unordered: Vec<FindingId> = knowledge.finding_ids().filter(free).filter(|id| !knowledge.finding(*id).ordered).collect();
    if level(knowledge, &base) < wanted {
        return true;
    }
    for n in 0..6_000 {
        let mut tried = base.clone();
        for id in &unordered {
            let (low, high) = knowledge.finding(*id).answers.ends();
            let value = low + dice.below(u64::from(high - low) + 1) as u16;
            tried.set(*id, if n % 3 == 0 { dice.answer(knowledge, *id) } else { Answer::exactly(value) });
        }
        if level(knowledge, &tried) < wanted {
            return true;
        }
    }
    false
}

/// Each listed set forces the level whatever else is answered; no part of one does; and when a flag that is present
/// sets the level, at least one is listed.
#[test]
fn each_forced_set_forces_and_no_part_of_it_does() {
    let knowledge = pack();
    let mut dice = Dice(11);
    let (mut sets, mut parts, mut together) = (0, 0, 0);
    for case in cases(&knowledge, 300, 1) {
        let triage = triage(&knowledge, &case);
        let why = forcing(&knowledge, &case, &triage);
        assert_eq!(why.level, triage.act_on);
        let present = triage.deciding().any(|state| state.verdict == Verdict::Present);
        assert_eq!(why.held_up.is_none(), present || why.level == Urgency::SelfCare);
        assert!(!present || !why.sets.is_empty());
        assert!(why.sets.windows(2).all(|pair| pair[0].answers.len() <= pair[1].answers.len()));
        for set in &why.sets {
            sets += 1;
            together += usize::from(set.flags.len() > 1);
            assert!(!set.answers.is_empty() && !set.flags.is_empty());
            let ids: Vec<FindingId> = set.answers.iter().map(|reason| reason.finding).collect();
            let alone = only(&knowledge, &case, &ids);
            assert!(level(&knowledge, &alone) >= why.level, "unasked");
            assert!(!calmer_at_random(&knowledge, &alone, &ids, why.level, &mut dice));
            for without in &ids {
                let part: Vec<FindingId> = ids.iter().copied().filter(|id| id != without).collect();
                let names: Vec<&str> = ids.iter().map(|id| knowledge.finding(*id).slug.as_str()).collect();
                assert!(calmer(&knowledge, &case, &part, why.level, &mut dice), "{names:?} without {} forces {}", knowledge.finding(*without).slug, why.level);
                parts += 1;
            }
        }
    }
    println!("{sets} sets, {parts} parts, {together} with more than one flag");
    assert!(sets > 300);
}

/// Random completions of a set, and all-calmest and all-worst ones.
fn calmer_at_random(knowledge: &Knowledge, alone: &Case, ids: &[FindingId], wanted: Urgency, dice: &mut Dice) -> bool {
    (0..12).any(|n| {
        let mut tried = alone.clone();
        for id in knowledge.finding_ids().filter(|id| !ids.contains(id)) {
            let (low, high) = knowledge.finding(id).answers.ends();
            tried.set(id, match (n, knowledge.finding(id).ordered) {
                (0..=4, true) => Answer::exactly(low),
                (5 | 6, true) => Answer::exactly(high),
                (7, _) => Answer::NotSure,
                _ => dice.answer(knowledge, id),
            });
        }
        level(knowledge, &tried) < wanted
    })
}

/// Whatever forces the level holds one of the listed sets, when the list says that it is whole.
#[test]
fn no_forced_set_is_missing() {
    let knowledge = pack();
    let mut dice = Dice(12);
    let mut tried = 0;
    for case in cases(&knowledge, 200, 2) {
        let triage = triage(&knowledge, &case);
        let why = forcing(&knowledge, &case, &triage);
        if why.level == Urgency::SelfCare || why.more {
            continue;
        }
        // Random parts of the answers: either a listed set is inside, or something calmer is possible.
        let given: Vec<FindingId> = knowledge.finding_ids().filter(|id| case.answer(*id) != Answer::Unasked).collect();
        for _ in 0..3 {
            let part: Vec<FindingId> = given.iter().copied().filter(|_| dice.below(4) > 0).collect();
            let inside = why.sets.iter().any(|set| set.answers.iter().all(|reason| part.contains(&reason.finding)));
            assert!(inside || calmer(&knowledge, &case, &part, why.level, &mut dice));
            tried += usize::from(!inside);
        }
    }
    assert!(tried > 50);
}

/// Each listed set of noes brings the level down, and no part of one does.
#[test]
fn each_set_of_noes_brings_it_down() {
    let knowledge = pack();
    let mut seen = 0;
    for case in cases(&knowledge, 300, 3) {
        let triage = triage(&knowledge, &case);
        let why = forcing(&knowledge, &case, &triage);
        let Some(held_up) = &why.held_up else { continue };
        assert!(!held_up.open.is_empty());
        let with_noes = |set: &[FindingId]| {
            let mut answered = case.clone();
            set.iter().for_each(|id| answered.set(*id, lowest(&knowledge, *id)));
            level(&knowledge, &answered)
        };
        for set in &held_up.noes {
            seen += 1;
            assert!(with_noes(set) < why.level);
            for without in set {
                let part: Vec<FindingId> = set.iter().copied().filter(|id| id != without).collect();
                assert_eq!(with_noes(&part), why.level);
            }
        }
        if held_up.noes.is_empty() && !held_up.more {
            let all: Vec<FindingId> = held_up.open.iter().copied().filter(|id| knowledge.finding(*id).ordered).collect();
            assert_eq!(with_noes(&all), why.level);
        }
    }
    assert!(seen > 50);
}

/// "Call sooner if" is every single change of an answer that raises the level: equal to trying every answer to every
/// finding, one at a time.
#[test]
fn call_sooner_is_every_single_change() {
    let knowledge = pack();
    let (mut changes, mut unordered, mut doubts) = (0, 0, 0);
    for case in cases(&knowledge, 150, 4) {
        let now = level(&knowledge, &case);
        let listed = call_sooner(&knowledge, &case);
        assert!(listed.windows(2).all(|pair| pair[0].urgency >= pair[1].urgency));
        for id in knowledge.finding_ids() {
            let hidden = knowledge.shown(id, &case) == Verdict::Excluded;
            let mine: Vec<&Sooner> = listed.iter().filter(|one| one.finding == id).collect();
            let (low, high) = knowledge.finding(id).answers.ends();
            for answer in (low..=high).map(Answer::exactly).chain([Answer::NotSure]) {
                let then = if hidden { now } else { level(&knowledge, &case.with(id, answer)) };
                let covers = |one: &&&Sooner| match (one.answer, answer) {
                    (Answer::Between(from, to), Answer::Between(value, _)) => from <= value && value <= to,
                    (one, other) => one == other,
                };
                let of_it: Vec<Urgency> = mine.iter().filter(covers).map(|one| one.urgency).collect();
                let expected = if then > now { vec![then] } else { vec![] };
                assert_eq!(of_it, expected, "{} {:?}", knowledge.finding(id).slug, answer);
            }
            changes += mine.len();
            unordered += if knowledge.finding(id).ordered { 0 } else { mine.len() };
            doubts += mine.iter().filter(|one| one.answer == Answer::NotSure).count();
        }
    }
    println!("{changes} changes listed, {unordered} of findings without an order, {doubts} by doubt");
    assert!(changes > 1_000 && unordered > 50 && doubts > 50);
}

/// Runs an interview with random answers to its end, and gives every case on the way.
fn interview(knowledge: &Knowledge, dice: &mut Dice, calm: u64) -> Vec<Case> {
    let mut case = Case::new(knowledge);
    let mut path = vec![case.clone()];
    while let Next::Ask { findings, .. } = assess(knowledge, &case).next {
        for id in findings {
            let answer = if dice.below(calm) > 0 { lowest(knowledge, id) } else { dice.answer(knowledge, id) };
            case.set(id, if answer == Answer::Unasked { Answer::NotSure } else { answer });
        }
        path.push(case.clone());
    }
    path
}

/// The certificate of every end is confirmed by trying the answers; a forged one, or one for a case that is not
/// settled, is not.
#[test]
fn certificates_are_confirmed_and_forgeries_are_not() {
    let knowledge = pack();
    let mut dice = Dice(5);
    let (mut ends, mut forged) = (0, 0);
    for n in 0..tries(60) {
        let path = interview(&knowledge, &mut dice, 2 + n % 60);
        for case in &path {
            let assessment = assess(&knowledge, case);
            let Next::Done(certificate) = assessment.next else {
                let last = path.last().expect("an end");
                let Next::Done(mut other) = assess(&knowledge, last).next else { unreachable!() };
                if !assessment.triage.is_settled() {
                    let unasked: Vec<FindingId> = knowledge.finding_ids().filter(|id| case.answer(*id) == Answer::Unasked).collect();
                    other.hidden = unasked.iter().filter(|id| knowledge.shown(**id, case) == Verdict::Excluded).count();
                    other.not_needed = unasked.len();
                    other.asked = knowledge.findings.len() - other.not_needed;
                    (other.least, other.most) = (assessment.triage.act_on, assessment.triage.act_on);
                    assert!(!check_certificate(&knowledge, case, &other), "not settled, and confirmed");
                    forged += 1;
                }
                continue;
            };
            assert!(check_certificate(&knowledge, case, &certificate));
            ends += 1;
            let mut wrong = certificate;
            wrong.asked += 1;
            assert!(!check_certificate(&knowledge, case, &wrong));
            let mut wrong = certificate;
            wrong.not_needed -= 1;
            assert!(!check_certificate(&knowledge, case, &wrong));
            let mut wrong = certificate;
            wrong.most = if wrong.most == Urgency::Emergency { Urgency::Today } else { Urgency::Emergency };
            assert!(!check_certificate(&knowledge, case, &wrong));
        }
    }
    println!("{ends} ends confirmed, {forged} forged certificates refused");
    assert!(forged > 50);
}

/// A screen is asked because something about it matters; a reason for a question that others may see names no private
/// danger; and a named flag could truly still raise the level.
#[test]
fn each_screen_has_a_reason() {
    let knowledge = pack();
    let mut dice = Dice(6);
    for n in 0..tries(40) {
        for case in interview(&knowledge, &mut dice, 2 + n % 40) {
            let assessment = assess(&knowledge, &case);
            let Next::Ask { findings, screen, .. } = &assessment.next else { continue };
            let purposes: Vec<_> = findings.iter().map(|id| purpose(&knowledge, &case, &assessment, *id)).collect();
            assert!(purposes.iter().any(|one| !one.is_empty()), "{}", knowledge.screen(*screen).slug);
            for one in &purposes {
                let private = knowledge.finding(one.finding).private;
                for id in &one.flags {
                    let state = assessment.triage.state(*id).expect("a flag");
                    assert!(state.most > assessment.triage.least && state.verdict == Verdict::Open);
                    assert!(private || !knowledge.red_flag(*id).when.findings().iter().any(|id| knowledge.finding(*id).private));
                }
            }
        }
    }
}

/// What would separate a tie is never something that is answered, hidden, or follows from another answer.
#[test]
fn a_tie_is_never_separated_by_what_is_implied() {
    let knowledge = pack();
    let mut ties = 0;
    for case in cases(&knowledge, 400, 7) {
        for id in assess(&knowledge, &case).differential.ties.iter().filter_map(|tie| tie.separates) {
            ties += 1;
            assert_eq!(case.answer(id), Answer::Unasked);
            assert_ne!(knowledge.shown(id, &case), Verdict::Excluded);
            for other in knowledge.finding_ids() {
                let yes = case.answer(other) == Answer::exactly(knowledge.finding(other).answers.ends().1);
                assert!(!(yes && knowledge.finding(other).implies.contains(&id)));
            }
            assert!(knowledge.finding(id).implies.iter().all(|other| case.answer(*other) != lowest(&knowledge, *other)));
        }
    }
    assert!(ties > 0);
}

/// Each sentence for the telephone belongs to a finding that is asked with yes or no.
#[test]
fn what_is_said_on_the_telephone_belongs_to_a_finding() {
    let knowledge = pack();
    let mut sentences = 0;
    for text in knowledge.texts.iter().filter_map(|text| text.slug.strip_prefix("phone-says-")) {
        let finding = knowledge.findings.iter().find(|finding| finding.slug == text);
        assert!(finding.is_some_and(|finding| finding.answers.is_yes_no() && !finding.private), "{text}");
        sentences += 1;
    }
    assert!(sentences > 40);
}

/// Every piece of wording that the command asks for stands in the pack.
#[test]
fn no_words_are_missing() {
    let knowledge = pack();
    let mut asked = 0;
    for path in files(&top().join("crates/gravida/src"), &["rs"]) {
        let code = std::fs::read_to_string(&path).expect("a source file");
        for rest in code.split(".text(\"").skip(1) {
            let slug = rest.split('"').next().unwrap_or("");
            assert!(!knowledge.text(slug).is_empty(), "{}: the pack has no text `{slug}`", path.display());
            asked += 1;
        }
    }
    assert!(asked > 30);
}
