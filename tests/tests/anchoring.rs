//! A partner who reassures, plays down, is alarmed or contradicts never makes a result calmer (theorem T8 for voices).

use gravida_assessment::{KeptBack, Speaker, merge, partner_card, partner_view, triage};
use gravida_house::{Dice, pack, top, tries};
use gravida_knowledge::{Answer, Case, FindingId, Knowledge, Urgency, Who};

#[derive(Debug, Clone, Copy)]
enum Partner {
    Reassuring,
    Minimising,
    Alarmed,
    Contradicting,
}

const PARTNERS: [Partner; 4] = [Partner::Reassuring, Partner::Minimising, Partner::Alarmed, Partner::Contradicting];

/// What such a partner says about a case.
fn says(knowledge: &Knowledge, case: &Case, partner: Partner) -> Case {
    let mut said = Case::new(knowledge);
    for id in knowledge.finding_ids() {
        let (low, high) = knowledge.finding(id).answers.ends();
        let own = case.answer(id);
        let calm = own == Answer::exactly(low);
        said.set(id, match partner {
            Partner::Reassuring => Answer::exactly(low),
            Partner::Minimising if calm => Answer::Unasked,
            Partner::Minimising => Answer::exactly(low),
            Partner::Alarmed => Answer::exactly(high),
            Partner::Contradicting if calm => Answer::exactly(high),
            Partner::Contradicting => Answer::exactly(low),
        });
    }
    said
}

fn level(knowledge: &Knowledge, case: &Case) -> Urgency {
    triage(knowledge, case).act_on
}

fn with_partner(knowledge: &Knowledge, own: &Case, partner: Case) -> Case {
    merge(knowledge, own, &[(Speaker::Partner, partner)]).case
}

/// Sixty cases, four partners: how often the level moves, and which way. The table stands in `docs/anchoring.md`.
#[test]
fn no_partner_lowers_a_level() {
    let knowledge = pack();
    let (development, pages): (Vec<_>, Vec<_>) = knowledge.examples.iter().partition(|example| example.origin.file.starts_with("cases/"));
    let from_pages = 60 - development.len().min(60);
    let step = (pages.len() / from_pages.max(1)).max(1);
    let examples: Vec<_> = development.into_iter().take(60).chain(pages.into_iter().step_by(step).take(from_pages)).collect();
    assert_eq!(examples.len(), 60);
    let mut table = String::from("| partner | calmer | the same | sooner |\n|---|---|---|---|\n");
    for partner in PARTNERS {
        let (mut down, mut same, mut up) = (0, 0, 0);
        for example in &examples {
            let own = example.case(&knowledge);
            let together = with_partner(&knowledge, &own, says(&knowledge, &own, partner));
            match level(&knowledge, &together).cmp(&level(&knowledge, &own)) {
                std::cmp::Ordering::Less => down += 1,
                std::cmp::Ordering::Equal => same += 1,
                std::cmp::Ordering::Greater => up += 1,
            }
        }
        table.push_str(&format!("| {} | {down} | {same} | {up} |\n", format!("{partner:?}").to_lowercase()));
        assert_eq!(down, 0, "{partner:?}");
        if matches!(partner, Partner::Reassuring | Partner::Minimising) {
            assert!(up <= 12, "calm words about what has an order raise nothing; other weeks may: {up}");
        }
    }
    let page = std::fs::read_to_string(top().join("docs/anchoring.md")).expect("docs/anchoring.md");
    assert!(page.contains(&table), "docs/anchoring.md does not hold this table:\n{table}");
}

/// Whatever any partner says about anybody, the level is never calmer than without it.
#[test]
fn any_partner_can_raise_and_never_lower() {
    let knowledge = pack();
    let mut dice = Dice(8);
    let mut raised = 0;
    for _ in 0..tries(2_000) {
        let (own, partner) = (dice.case(&knowledge), dice.case(&knowledge));
        let merged = merge(&knowledge, &own, &[(Speaker::Partner, partner.clone())]);
        let (before, after) = (level(&knowledge, &own), level(&knowledge, &merged.case));
        assert!(after >= before);
        raised += u64::from(after > before);
        for heard in &merged.heard {
            assert_eq!((heard.own, heard.other), (own.answer(heard.finding), partner.answer(heard.finding)));
            assert_ne!(heard.own, heard.other);
            assert!(!knowledge.finding(heard.finding).private);
        }
        // What differs is shown, or is hers alone, or says who is answering.
        for id in knowledge.finding_ids().filter(|id| merged.case.answer(*id) != own.answer(*id)) {
            assert!(merged.heard.iter().any(|heard| heard.finding == id));
        }
    }
    assert!(raised > 20, "{raised}");
}

/// A partner's no to what she was not asked leaves it unasked, and is shown.
#[test]
fn a_no_from_somebody_else_rules_nothing_out() {
    let knowledge = pack();
    let own = Case::new(&knowledge);
    let mut partner = Case::new(&knowledge);
    let asked: Vec<FindingId> = knowledge.finding_ids().filter(|id| knowledge.finding(*id).ordered && !knowledge.finding(*id).private).collect();
    asked.iter().for_each(|id| partner.set(*id, Answer::exactly(knowledge.finding(*id).answers.ends().0)));
    let merged = merge(&knowledge, &own, &[(Speaker::Partner, partner)]);
    assert_eq!(merged.case, own);
    assert_eq!(merged.heard.len(), asked.len());
    assert!(merged.heard.iter().all(|heard| heard.counts == Answer::Unasked && !heard.is_disagreement()));
}

/// A partner answers nothing private, nor what decides whether it is asked.
#[test]
fn a_partner_answers_nothing_private() {
    let knowledge = pack();
    let private: Vec<FindingId> = knowledge.finding_ids().filter(|id| knowledge.finding(*id).private).collect();
    assert!(private.len() >= 3);
    let mut dice = Dice(9);
    for _ in 0..tries(300) {
        let (own, partner) = (dice.case(&knowledge), dice.case(&knowledge));
        let merged = merge(&knowledge, &own, &[(Speaker::Partner, partner.clone())]);
        for id in &private {
            assert_eq!(merged.case.answer(*id), own.answer(*id));
            assert_eq!(knowledge.shown(*id, &merged.case), knowledge.shown(*id, &own));
            let said = partner.answer(*id) != Answer::Unasked;
            assert_eq!(merged.ignored.contains(&(Speaker::Partner, *id)), said);
        }
    }
}

/// What a clinician finds on examination counts although the person herself is answering; all else counts as a
/// partner's word does.
#[test]
fn an_examination_counts() {
    let knowledge = pack();
    let mut dice = Dice(10);
    let examined: Vec<FindingId> = knowledge.finding_ids().filter(|id| knowledge.finding(*id).who == Who::Clinician).collect();
    let mut raised = 0;
    for _ in 0..tries(300) {
        let own = dice.case(&knowledge);
        let mut clinician = Case::new(&knowledge);
        examined.iter().for_each(|id| clinician.set(*id, Answer::exactly(dice.below(2) as u16)));
        let merged = merge(&knowledge, &own, &[(Speaker::Clinician, clinician.clone())]).case;
        for id in examined.iter().filter(|id| own.answer(**id) == Answer::Unasked) {
            assert!(merged.is_examined(*id) && merged.answer(*id) == clinician.answer(*id));
        }
        raised += u64::from(level(&knowledge, &merged) > level(&knowledge, &own));
    }
    let mut calm = Case::new(&knowledge);
    for id in knowledge.finding_ids().filter(|id| knowledge.finding(*id).ordered) {
        calm.set(id, Answer::exactly(0));
    }
    for id in knowledge.finding_ids().filter(|id| !knowledge.finding(*id).ordered) {
        calm.set(id, Answer::exactly(knowledge.finding(id).answers.ends().0));
    }
    let alarms = examined.iter().filter(|id| {
        let mut clinician = Case::new(&knowledge);
        clinician.set(**id, Answer::exactly(1));
        level(&knowledge, &merge(&knowledge, &calm, &[(Speaker::Clinician, clinician)]).case) > level(&knowledge, &calm)
    });
    assert!(alarms.count() >= 1 && raised > 0);
}

/// Whether a finding decides whether a private one is asked.
fn opens(knowledge: &Knowledge, id: FindingId) -> bool {
    let asked = knowledge.findings.iter().filter(|finding| finding.private).filter_map(|finding| finding.asked.as_ref());
    asked.flat_map(gravida_knowledge::When::findings).any(|gate| gate == id)
}

/// A partner's view says the same whatever she answered in private, and names nothing hushed unless she shares it.
#[test]
fn a_partners_view_gives_nothing_private_away() {
    let knowledge = pack();
    let mut dice = Dice(13);
    let ids = |wanted: fn(&gravida_knowledge::Finding) -> bool| knowledge.finding_ids().filter(|id| wanted(knowledge.finding(*id))).collect::<Vec<_>>();
    let (private, hushed) = (ids(|finding| finding.private), ids(|finding| finding.hushed));
    // Whether she is alone opens private questions and nothing else, so it is kept back with them.
    let private: Vec<FindingId> = KeptBack::of(&knowledge, &[]).private.into_iter().filter(|id| private.contains(id) || opens(&knowledge, *id)).collect();
    assert!(hushed.len() >= 4);
    for _ in 0..tries(200) {
        let case = dice.case(&knowledge);
        let mut other = case.clone();
        private.iter().for_each(|id| other.set(*id, dice.answer(&knowledge, *id)));
        let view = partner_view(&knowledge, &case, &[]);
        assert_eq!(view, partner_view(&knowledge, &other, &[]));
        let mut counted = case.clone();
        private.iter().for_each(|id| counted.set(*id, Answer::Unasked));
        assert_eq!(view.assessment.triage.act_on, level(&knowledge, &counted), "hushed answers count for how soon");
        assert!(view.sooner.iter().all(|one| !view.hidden.holds(one.finding)));
        assert!(view.forcing.sets.iter().flat_map(|set| &set.answers).all(|reason| !view.hidden.holds(reason.finding)));
        for id in private.iter().chain(&hushed) {
            assert!(view.hidden.holds(*id) && view.case.answer(*id) == Answer::Unasked);
        }
        for candidate in &view.assessment.differential.candidates {
            assert!(candidate.weighings.iter().all(|w| !view.hidden.holds(w.finding)));
        }
        // Hushed answers move the level and the plan, and nothing else that is shown.
        let mut bleeds = case.clone();
        hushed.iter().for_each(|id| bleeds.set(*id, dice.answer(&knowledge, *id)));
        let loud = partner_view(&knowledge, &bleeds, &[]);
        assert_eq!(view.assessment.triage.flags, loud.assessment.triage.flags);
        let names = |view: &gravida_assessment::PartnerView| view.assessment.differential.candidates.iter().map(|one| (one.condition, one.share)).collect::<Vec<_>>();
        assert_eq!(view.assessment.differential.candidates.len(), loud.assessment.differential.candidates.len());
        let (mut a, mut b) = (names(&view), names(&loud));
        a.sort_by_key(|one| one.0);
        b.sort_by_key(|one| one.0);
        assert_eq!(a, b);
        assert!(partner_view(&knowledge, &case, &hushed).hidden.hushed.is_empty());
        // The partner's card rests on the same answers as the view.
        let card = partner_card(&knowledge, &case, &[], 0);
        assert_eq!((&card.case, &card.triage, &card.plan), (&view.case, &view.triage, &view.assessment.plan));
    }
}
