//! The encoding against the plain evaluator: the same person gives the same flags, levels, plan and next question.
//!
//! `GRAVIDA_SLOW=1000000` runs so many random cases; a quick run takes 300.

use std::path::Path;

use gravida_assessment::{Next, assess};
use gravida_knowledge::{Answer, Case, FindingId, Knowledge, Page, Phase, Urgency, Verdict, Who, read, read_folder};
use gravida_proof::{Copy, Encoding, Mode, Space};
use proptest::test_runner::{Config, TestRunner};
use proptest::prelude::*;

fn real_pack() -> Knowledge {
    let pages = read_folder(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../../knowledge")).expect("the pages");
    read(&pages, None).0.expect("a pack without mistakes")
}

/// A pack so small that everybody who could ever answer can be tried.
fn small_pack() -> Knowledge {
    let mut words = String::from("# Words\n");
    for id in [
        "safety", "failure", "ask-first", "together", "unsure-do", "level-self-care", "level-routine", "level-this-week", "level-today", "level-emergency",
        "clock-self-care", "clock-routine", "clock-this-week", "clock-today", "clock-emergency", "band-likely", "band-possible", "band-less-likely",
    ] {
        words.push_str(&format!("\n```text {id}\nsay       Words.\nreview-by 2030-01-01\n```\n"));
    }
    words.push_str("\n```place international\nname      Everywhere\n");
    for role in ["emergency", "maternity", "early-pregnancy", "doctor", "midwife", "physiotherapist", "pharmacist", "safety"] {
        words.push_str(&format!("role      {role} The service  [assumed] For the test.\n"));
    }
    words.push_str("```\n");
    let findings = "# F

```finding stage
name      Stage
ask       Pregnant or after?
answers   pregnant, after
order     none
review-by 2030-01-01
```

```finding weeks
name      Weeks
ask       How many weeks?
answers   0 to 2 weeks
order     none
asked     stage is pregnant
review-by 2030-01-01
```

```finding leak
name      Leak
ask       Is there a leak?
answers   none, drops, much
asked     weeks at least 1 weeks
review-by 2030-01-01
```

```finding ache
name      Ache
ask       Is there an ache?
answers   no, yes
review-by 2030-01-01
```

```finding heat
name      Heat
ask       Is there heat?
answers   no, yes
who       clinician
asked     ache is yes
review-by 2030-01-01
```

```screen all
ask       All
phase     start
order     1
shows     stage
          weeks
          leak
          ache
          heat
review-by 2030-01-01
```
";
    let flags = "# R

```red-flag leaking
name      Leaking
when      leak at least drops
urgency   emergency
if-unsure today  For the test.
say       Go.
place     emergency
source    [study one]
review-by 2030-01-01
```

```red-flag two
name      Two of three
when      2 of
            ache is yes
            heat is yes
            leak is much
urgency   this-week
say       Call.
place     doctor
source    [study one]
review-by 2030-01-01
```

```case leaking
given     stage is pregnant
          weeks is 1 weeks
          leak is much
          ache is yes
          heat is yes
others    no
expect    red-flag leaking
          red-flag two
```

```case near miss: nothing
given     stage is pregnant
          weeks is 1 weeks
others    no
expect    no red-flag leaking
          no red-flag two
```
";
    let source = "# S\n\n```source study\ncite      A study\npassage   one  Table\nreview-by 2030-01-01\n```\n";
    let page = |path: &str, text: &str| Page { path: path.to_owned(), text: text.to_owned() };
    let pages = [page("evidence/s.md", source), page("findings/f.md", findings), page("places/w.md", &words), page("red-flags/r.md", flags)];
    let (knowledge, diagnostics) = read(&pages, None);
    knowledge.unwrap_or_else(|| panic!("{}", diagnostics.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")))
}

struct Twin<'k> {
    encoding: Encoding<'k>,
    person: Copy,
}

impl<'k> Twin<'k> {
    fn new(knowledge: &'k Knowledge, space: &'k Space) -> Twin<'k> {
        let mut encoding = Encoding::new(knowledge, space);
        let person = encoding.person();
        Twin { encoding, person }
    }

    /// Panics when the two disagree about anything.
    fn agree(&mut self, case: &Case) {
        let knowledge = self.encoding.knowledge;
        let space = self.encoding.space;
        let (encoding, person) = (&mut self.encoding, &self.person);
        // Every literal is made before the question, so that the model has all of them.
        let modes = [(Mode::Now, Verdict::Open), (Mode::Calmest, Verdict::Excluded), (Mode::Worst, Verdict::Present)];
        let mut flags = Vec::new();
        for (mode, unasked) in modes {
            for id in knowledge.red_flag_ids() {
                flags.push((id, unasked, encoding.flag(person, mode, id)));
            }
        }
        let mut levels = Vec::new();
        for level in Urgency::ALL {
            levels.push((level, modes.map(|(mode, _)| encoding.act_at_least(person, mode, level))));
        }
        let offers: Vec<_> = knowledge.intervention_ids().map(|id| (id, encoding.may_offer(person, id))).collect();
        let (unsettled, asks) = (encoding.unsettled(person), encoding.asks_about_danger(person));
        let state = |id: FindingId| person.state(id, space.position(id, case.answer(id), case.is_examined(id), &knowledge.finding(id).answers));
        let assumptions: Vec<_> = knowledge.finding_ids().map(state).collect();
        let model = encoding.solver.solve(&assumptions).expect("every person can be");

        let found = assess(knowledge, case);
        for (id, unasked, rule) in flags {
            let plain = knowledge.red_flag(id).when.verdict_if(knowledge, case, unasked);
            let slug = &knowledge.red_flag(id).slug;
            assert_eq!(model.holds(rule.present), plain == Verdict::Present, "{slug} {unasked:?}");
            assert_eq!(model.holds(rule.open), plain != Verdict::Excluded, "{slug} {unasked:?}");
        }
        for (level, [now, calmest, worst]) in levels {
            assert_eq!(model.holds(now), found.triage.act_on >= level, "act on {level}");
            assert_eq!(model.holds(calmest), found.triage.least >= level, "least {level}");
            assert_eq!(model.holds(worst), found.triage.most >= level, "most {level}");
        }
        assert_eq!(model.holds(unsettled), !found.triage.is_settled());
        let start_or_help_first = matches!(found.next, Next::Ask { phase: Phase::Start, .. });
        if model.holds(unsettled) && !start_or_help_first {
            let danger = matches!(found.next, Next::Ask { phase: Phase::Danger, .. });
            assert_eq!(model.holds(asks), danger, "the next question");
        }
        for (id, may) in offers {
            let one = knowledge.intervention(id);
            let in_question = found.differential.candidates.iter().any(|c| c.band != gravida_assessment::Band::LessLikely && one.eases.contains(&c.condition));
            let offered = found.plan.offers.iter().any(|offer| offer.intervention == id);
            assert_eq!(offered, model.holds(may) && (one.eases.is_empty() || in_question), "{}", one.slug);
        }
    }
}

/// Cases that sit on the edges of rules more often than chance would.
fn any_case(knowledge: &Knowledge) -> impl Strategy<Value = Case> + use<> {
    let mut edges: Vec<Vec<u16>> = knowledge
        .findings
        .iter()
        .map(|finding| {
            let (low, high) = finding.answers.ends();
            vec![low, high]
        })
        .collect();
    let asked = knowledge.findings.iter().filter_map(|finding| finding.asked.as_ref());
    let never = knowledge.interventions.iter().flat_map(|one| one.never.iter().map(|(rule, _)| rule));
    for rule in knowledge.red_flags.iter().map(|flag| &flag.when).chain(asked).chain(never) {
        rule.tests(&mut |id, low, high| {
            edges[id.index()].extend([low.saturating_sub(1), low, high, high.saturating_add(1)]);
        });
    }
    // One of a list is chosen, or it is this one at least; only a number can lie between any two.
    let ordered: Vec<bool> = knowledge.findings.iter().map(|finding| finding.ordered).collect();
    let lists: Vec<bool> = knowledge.findings.iter().map(|finding| matches!(finding.answers, gravida_knowledge::Answers::Choices(_))).collect();
    // What a clinician looks for may be found by one beside the person.
    let clinical: Vec<bool> = knowledge.findings.iter().map(|finding| finding.who == Who::Clinician).collect();
    let ends: Vec<(u16, u16)> = knowledge.findings.iter().map(|finding| finding.answers.ends()).collect();
    let (ids, empty): (Vec<FindingId>, Case) = (knowledge.finding_ids().collect(), Case::new(knowledge));
    let n = ids.len();
    (any::<bool>(), prop::collection::vec((0..n, 0u16..8, any::<u16>(), any::<u16>()), 0..60)).prop_map(move |(calm, answers)| {
        let mut case = empty.clone();
        if calm {
            for id in &ids {
                case.set(*id, Answer::exactly(ends[id.index()].0));
            }
        }
        for (at, kind, a, b) in answers {
            let (low, high) = ends[at];
            let edge = |x: u16| edges[at][usize::from(x) % edges[at].len()].clamp(low, high);
            let value = |x: u16| low + x % (high - low + 1);
            let answer = match kind {
                0 => Answer::NotSure,
                1 => Answer::Unasked,
                2 | 3 if lists[at] && value(a) > low && ordered[at] => Answer::Between(value(a), high),
                2 | 3 if lists[at] => Answer::exactly(value(a)),
                2 => Answer::Between(value(a).min(value(b)), value(a).max(value(b))),
                3 => Answer::Between(edge(a).min(edge(b)), edge(a).max(edge(b))),
                4 | 5 => Answer::exactly(edge(a)),
                _ => Answer::exactly(value(a)),
            };
            case.set(ids[at], answer);
            if clinical[at] && b % 2 == 0 {
                case.set_examined(ids[at], answer);
            }
        }
        case
    })
}

#[test]
fn encoding_and_evaluator_agree_on_the_real_pack() {
    let knowledge = real_pack();
    let space = Space::of(&knowledge, &[]);
    let twin = std::cell::RefCell::new(Twin::new(&knowledge, &space));
    let cases = std::env::var("GRAVIDA_SLOW").ok().and_then(|n| n.parse().ok()).unwrap_or(300);
    let mut runner = TestRunner::new(Config { cases, failure_persistence: None, ..Config::default() });
    runner
        .run(&any_case(&knowledge), |case| {
            twin.borrow_mut().agree(&case);
            Ok(())
        })
        .expect("the twins agree");
}

/// Everybody who could ever answer a small pack, both ways.
#[test]
fn every_case_of_a_small_pack_agrees() {
    let knowledge = small_pack();
    let space = Space::of(&knowledge, &[]);
    let mut twin = Twin::new(&knowledge, &space);
    let ids: Vec<FindingId> = knowledge.finding_ids().collect();
    let mut answers: Vec<Vec<(Answer, bool)>> = Vec::new();
    for finding in &knowledge.findings {
        let (low, high) = finding.answers.ends();
        let mut all = vec![Answer::Unasked, Answer::NotSure];
        for from in low..=high {
            let ranges = !matches!(finding.answers, gravida_knowledge::Answers::Choices(_));
            all.extend((from..=high).filter(|to| ranges || *to == from || (finding.ordered && low < from && *to == high)).map(|to| Answer::Between(from, to)));
        }
        let mut all: Vec<(Answer, bool)> = all.into_iter().map(|answer| (answer, false)).collect();
        if finding.who == Who::Clinician {
            all.extend(all.clone().into_iter().skip(1).map(|(answer, _)| (answer, true)));
        }
        answers.push(all);
    }
    let product: usize = answers.iter().map(Vec::len).product();
    assert_eq!(space.size(), product.into(), "the space counts everybody once");
    for n in (0..product).step_by(if cfg!(debug_assertions) { 3 } else { 1 }) {
        let (mut case, mut rest) = (Case::new(&knowledge), n);
        for (id, all) in ids.iter().zip(&answers) {
            match all[rest % all.len()] {
                (answer, true) => case.set_examined(*id, answer),
                (answer, false) => case.set(*id, answer),
            }
            rest /= all.len();
        }
        twin.agree(&case);
    }
}
