//! The reasons on the pages are those of the assessment: why a level, why a question; and a page that failed tells whom to call.

use std::sync::OnceLock;

use gravida_assessment::{assess, forcing, purpose};
use gravida_knowledge::{Answer, Case, FindingId};
use gravida_web::{Host, Request, Site};
use serde_json::json;

fn site() -> &'static Site {
    static SITE: OnceLock<Site> = OnceLock::new();
    SITE.get_or_init(|| Site::compiled().expect("the pack has no mistakes"))
}

fn id(slug: &str) -> FindingId {
    let knowledge = site().knowledge();
    knowledge.finding_ids().find(|id| knowledge.finding(*id).slug == slug).expect("a finding")
}

fn page(path: &str, language: &str, answers: &[(&str, &str)]) -> String {
    let answers: serde_json::Map<String, serde_json::Value> = answers.iter().map(|(slug, code)| ((*slug).to_owned(), json!(code))).collect();
    let past: Vec<Vec<&String>> = vec![answers.keys().collect()];
    let state = json!({"language": language, "place": "gb", "begun": true, "left": path != "ask", "answers": answers, "past": past}).to_string();
    let request = Request { method: "GET".to_owned(), path: path.to_owned(), form: Vec::new(), state, now: "2026-11-25T03:00:00+00:00".to_owned(), languages: "en-GB".to_owned(), host: Host::Server };
    let response = site().answer(&request);
    assert_eq!(response.status, 200, "{path} leads to {:?}", response.location);
    response.body
}

const FEVER: [(&str, &str); 5] = [("stage", "0"), ("gestation", "154"), ("answering", "0"), ("fever", "1"), ("flank-pain", "1")];

fn case(answers: &[(&str, &str)]) -> Case {
    let mut case = Case::new(site().knowledge());
    answers.iter().for_each(|(slug, code)| case.set(id(slug), Answer::exactly(code.parse().expect("a number"))));
    case.with_implied(site().knowledge())
}

/// The parts of a page that stand under a summary with these words.
fn under<'a>(page: &'a str, words: &str) -> Option<&'a str> {
    page.split(&format!("<summary>{words}</summary>")).nth(1)?.split("</details>").next()
}

#[test]
fn the_smallest_sets_stand_on_the_result() {
    let knowledge = site().knowledge();
    // Left at the start: nothing forces the level, what was not asked holds it up.
    let start = &FEVER[..1];
    let left = case(start);
    let open = forcing(knowledge, &left, &assess(knowledge, &left).triage);
    assert!(open.sets.is_empty() && open.held_up.is_some());
    assert!(under(&page("result-auditor", "en-GB", start), knowledge.text("why-forced-one")).is_none());

    // Everything else answered calmly: fever with side pain forces it.
    let calm: Vec<(&str, String)> = knowledge.findings.iter().map(|finding| (finding.slug.as_str(), finding.answers.ends().0.to_string())).collect();
    let calm = calm.iter().map(|(slug, code)| (*slug, code.as_str())).filter(|(slug, _)| FEVER.iter().all(|(other, _)| other != slug));
    let answers: Vec<(&str, &str)> = calm.chain(FEVER).collect();
    let mut whole = Case::new(knowledge);
    answers.iter().for_each(|(slug, code)| whole.set(id(slug), Answer::exactly(code.parse().expect("a number"))));
    let whole = whole.with_implied(knowledge);
    let forced = forcing(knowledge, &whole, &assess(knowledge, &whole).triage);
    assert!(!forced.sets.is_empty());
    for language in ["en-GB", "zh-Hans"] {
        let page = page("result-auditor", language, &answers);
        let list = page.split("class=\"reasons\"").nth(1).and_then(|part| part.split("</details>").next()).expect("the reasons");
        assert_eq!(list.matches("<li>").count(), forced.sets.len(), "{language}");
        for set in &forced.sets {
            assert!(set.flags.iter().all(|flag| list.contains(&knowledge.red_flag(*flag).origin.file)), "{language}");
        }
    }
    let english = page("result", "en-GB", &answers);
    let words = if forced.sets.len() == 1 { "why-forced-one" } else { "why-forced" };
    let list = under(&english, knowledge.text(words)).expect("the reasons");
    let first = &forced.sets[0].answers;
    assert!(first.iter().all(|reason| list.contains(&knowledge.finding(reason.finding).name)), "{list}");
    assert_eq!(list.matches(" + ").count(), forced.sets.iter().take(3).map(|set| set.answers.len() - 1).sum::<usize>());
}

#[test]
fn who_checks_every_line_sees_the_questions_checked() {
    let knowledge = site().knowledge();
    let all: Vec<(&str, String)> = knowledge.findings.iter().map(|finding| (finding.slug.as_str(), finding.answers.ends().0.to_string())).collect();
    let all: Vec<(&str, &str)> = all.iter().map(|(slug, code)| (*slug, code.as_str())).collect();
    assert!(page("result-auditor", "en-GB", &all).contains("Checked again"));
    assert!(!page("result", "en-GB", &all).contains("Checked again"));
}

#[test]
fn a_question_says_what_its_answer_can_change() {
    let knowledge = site().knowledge();
    let start = [("stage", "0"), ("gestation", "210"), ("answering", "0"), ("alone-private", "1")];
    let page = page("ask", "en-GB", &start);
    let reasons = under(&page, "Why this question?").expect("the reasons");
    let case = case(&start);
    let assessment = assess(knowledge, &case);
    let gravida_assessment::Next::Ask { findings, .. } = &assessment.next else { panic!("nothing is asked") };
    let purposes: Vec<_> = findings.iter().map(|id| purpose(knowledge, &case, &assessment, *id)).collect();
    let level = purposes.iter().filter_map(|one| one.could_become).max().expect("a danger screen");
    assert!(reasons.contains(knowledge.text("why-level")) && reasons.contains(knowledge.text(&format!("level-{level}"))), "{reasons}");
    // A sign that stands there is one that waits for these answers.
    let named: Vec<&str> = knowledge.red_flags.iter().filter(|flag| reasons.contains(&format!("<li>{}</li>", flag.name))).map(|flag| flag.slug.as_str()).collect();
    assert!(!named.is_empty());
    for slug in named {
        assert!(purposes.iter().flat_map(|one| &one.flags).any(|id| knowledge.red_flag(*id).slug == slug), "{slug}");
    }
}

#[test]
fn a_page_that_failed_can_be_tapped_to_call() {
    let page = gravida_web::failure(site());
    let numbers: Vec<&str> = site().knowledge().places.iter().filter_map(|place| place.service(gravida_knowledge::Role::Emergency)?.number.as_deref()).collect();
    assert!(numbers.len() >= 3);
    for number in numbers {
        assert!(page.contains(&format!("href=\"tel:{}\"", number.replace(' ', ""))), "{number}");
    }
}
