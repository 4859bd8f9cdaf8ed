//! Random people at the pages: no panic, no dead end, and the same result as the assessment of the same answers.
//! `GRAVIDA_SLOW=n` makes n times as many journeys.

use std::sync::OnceLock;

use gravida_assessment::{Assessment, Band, assess};
use gravida_knowledge::{Answer, Case, Verdict};
use gravida_web::{Host, Request, Response, Site};
use proptest::prelude::*;

fn site() -> &'static Site {
    static SITE: OnceLock<Site> = OnceLock::new();
    SITE.get_or_init(|| Site::compiled().expect("the pack has no mistakes"))
}

/// A person with a browser: what the last page gave to keep, and the page.
struct Browser {
    state: String,
    path: String,
    page: Response,
    host: Host,
}

impl Browser {
    fn new(host: Host) -> Browser {
        let page = Response { status: 0, location: None, kind: String::new(), body: String::new(), state: None, file: None, print: None };
        let mut browser = Browser { state: String::new(), path: String::new(), page, host };
        browser.get("start");
        browser
    }

    fn send(&mut self, method: &str, path: &str, form: Vec<(String, String)>) {
        let mut request = Request {
            method: method.to_owned(),
            path: path.to_owned(),
            form,
            state: self.state.clone(),
            now: "2026-11-25T03:00:00+00:00".to_owned(),
            languages: "en-GB".to_owned(),
            host: self.host,
        };
        for _ in 0..5 {
            self.page = site().answer(&request);
            if let Some(state) = &self.page.state {
                self.state = state.clone();
            }
            self.path = request.path.clone();
            let Some(to) = self.page.location.clone() else { return };
            request = Request { method: "GET".to_owned(), path: to, form: Vec::new(), state: self.state.clone(), ..request };
        }
        panic!("{} leads round and round", self.path);
    }

    fn get(&mut self, path: &str) {
        self.send("GET", path, Vec::new());
    }

    fn post(&mut self, path: &str, form: &[(&str, &str)]) {
        self.send("POST", path, form.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect());
    }

    /// The value of an attribute at each tag that holds `mark`, in order.
    fn tags(&self, tag: &str, mark: &str) -> Vec<String> {
        let opens = format!("<{tag} ");
        let parts = self.page.body.split(&opens).skip(1).map(|part| part.split('>').next().unwrap_or(""));
        parts.filter(|part| part.contains(mark)).map(str::to_owned).collect()
    }

    /// The case by what is kept.
    fn case(&self) -> Case {
        let state: serde_json::Value = serde_json::from_str(&self.state).expect("a state is JSON");
        let knowledge = site().knowledge();
        let mut case = Case::new(knowledge);
        for (slug, code) in state["answers"].as_object().expect("answers") {
            let id = knowledge.finding_ids().find(|id| knowledge.finding(*id).slug == *slug).expect("a finding");
            let code = code.as_str().expect("a code");
            case.set(id, code.parse().map_or(Answer::NotSure, Answer::exactly));
        }
        case.with_implied(knowledge)
    }
}

fn attribute(tag: &str, name: &str) -> String {
    tag.split(&format!("{name}=\"")).nth(1).and_then(|rest| rest.split('"').next()).unwrap_or("").to_owned()
}

/// Fills the form of a page by chance: every field gets something that a person could send.
fn fill(browser: &Browser, dice: &mut impl FnMut(usize) -> usize) -> Vec<(String, String)> {
    let page = attribute(&browser.tags("input", "name=\"page\"")[0], "value");
    let mut form = vec![("page".to_owned(), page)];
    if dice(12) == 0 {
        form.push(("skip".to_owned(), "yes".to_owned()));
        return form;
    }
    let boxes = browser.tags("input", "name=\"there\"");
    if !boxes.is_empty() {
        let calm = dice(3) > 0;
        let ticked: Vec<&String> = boxes.iter().filter(|_| !calm && dice(5) == 0).collect();
        form.extend(ticked.iter().map(|tag| ("there".to_owned(), attribute(tag, "value"))));
        if dice(15) == 0 {
            form.push(("rest".to_owned(), "unsure".to_owned()));
        } else if ticked.is_empty() {
            form.push(("rest".to_owned(), "none".to_owned()));
        }
        return form;
    }
    let mut radios: Vec<(String, Vec<String>)> = Vec::new();
    for tag in browser.tags("input", "type=\"radio\"") {
        let (name, value) = (attribute(&tag, "name"), attribute(&tag, "value"));
        match radios.iter_mut().find(|(other, _)| *other == name) {
            Some((_, values)) => values.push(value),
            None => radios.push((name, vec![value])),
        }
    }
    let fields: Vec<String> = browser.tags("input", "type=\"text\"").iter().map(|tag| attribute(tag, "name")).collect();
    for (name, values) in radios {
        let number = name.trim_start_matches("answer-").to_owned();
        if fields.contains(&format!("weeks-{number}")) && dice(6) > 0 {
            form.push((format!("weeks-{number}"), dice(44).to_string()));
            form.push((format!("days-{number}"), dice(7).to_string()));
        } else if fields.contains(&name) && dice(6) > 0 {
            form.push((name, dice(60).to_string()));
        } else {
            form.push((name, values[dice(values.len())].clone()));
        }
    }
    form
}

/// What follows from the answers and must stand on the result of the person: signs with their words, causes, measures.
fn shown_to_the_person(assessment: &Assessment) -> Vec<&'static str> {
    let knowledge = site().knowledge();
    let mut texts: Vec<&str> = Vec::new();
    for state in assessment.triage.flags.iter().filter(|state| state.verdict == Verdict::Present) {
        texts.push(&knowledge.red_flag(state.flag).name);
    }
    texts.extend(assessment.triage.deciding().filter(|state| state.verdict == Verdict::Present).map(|state| knowledge.red_flag(state.flag).say.as_str()));
    let causes = assessment.differential.candidates.iter().filter(|one| one.raised || one.must_exclude || one.band != Band::LessLikely);
    texts.extend(causes.map(|one| knowledge.condition(one.condition).name.as_str()));
    if assessment.plan.self_care {
        texts.extend(assessment.plan.offers.iter().map(|offer| knowledge.intervention(offer.intervention).name.as_str()));
        texts.extend(assessment.plan.not_to_do().map(|id| knowledge.intervention(id).name.as_str()));
    } else {
        texts.push(knowledge.text("no-self-care"));
    }
    texts
}

/// As text stands in a page.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

fn slow() -> u32 {
    std::env::var("GRAVIDA_SLOW").ok().and_then(|n| n.parse().ok()).unwrap_or(1)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60 * slow(), max_shrink_iters: 200, ..ProptestConfig::default() })]

    #[test]
    fn every_journey_ends_at_the_result_of_its_answers(seed in any::<u64>(), app in any::<bool>()) {
        let mut random = seed | 1;
        let mut dice = move |sides: usize| {
            random ^= random << 13;
            random ^= random >> 7;
            random ^= random << 17;
            usize::try_from(random >> 11).unwrap_or(0) % sides.max(1)
        };
        let mut browser = Browser::new(if app { Host::App } else { Host::Server });
        browser.post("begin", &[]);
        for step in 0.. {
            prop_assert!(step < 400, "no end: {}", browser.path);
            prop_assert!(browser.page.status == 200 || browser.page.status == 422, "{} {}", browser.path, browser.page.status);
            prop_assert!(browser.page.body.contains("href=\"tel:999\""), "the way to call stands on every page");
            if browser.path == "result" {
                break;
            }
            match dice(25) {
                0 => browser.post("leave", &[]),
                1 if browser.page.body.contains("href=\"change-") => {
                    let back = browser.page.body.split("href=\"change-").nth(1).and_then(|rest| rest.split('"').next()).unwrap_or("0").to_owned();
                    browser.get(&format!("change-{back}"));
                    let form = fill(&browser, &mut dice);
                    browser.send("POST", &format!("change-{back}"), form);
                }
                2 => browser.get("answers"),
                3 => browser.post("ask", &[("page", "of another page"), ("rest", "none")]),
                _ if browser.path == "answers" => browser.get("ask"),
                _ => {
                    let form = fill(&browser, &mut dice);
                    let path = browser.path.clone();
                    browser.send("POST", &path, form);
                }
            }
        }
        let assessment = assess(site().knowledge(), &browser.case());
        let level = assessment.triage.act_on;
        let card = format!("class=\"care {level}\"");
        prop_assert!(browser.page.body.contains(&card), "the card of {level} is not on the page");
        for text in shown_to_the_person(&assessment) {
            prop_assert!(browser.page.body.contains(&escaped(text)), "the result does not hold: {text}");
        }
        for depth in ["result-clinician", "result-auditor"] {
            browser.get(depth);
            prop_assert!(browser.page.status == 200 && browser.page.body.contains(&card));
            for candidate in &assessment.differential.candidates {
                let condition = site().knowledge().condition(candidate.condition);
                prop_assert!(browser.page.body.contains(&format!("href=\"cause-{}\"", condition.slug)), "{depth} leaves out {}", condition.slug);
            }
        }
        browser.get("answers");
        prop_assert_eq!(browser.page.status, 200);
    }

    /// Whatever is sent, a page comes back, and a state that nobody wrote is never taken for calm.
    #[test]
    fn anything_gets_a_page(method in "GET|POST|PUT", path in "[a-z0-9-]{0,12}", field in "[a-z-]{0,8}", value in ".{0,20}", state in ".{0,40}") {
        let request = Request { method, path, form: vec![(field, value)], state, now: "?".to_owned(), languages: "xx".to_owned(), host: Host::Server };
        let page = site().answer(&request);
        prop_assert!(page.status >= 200 && page.status < 500);
        prop_assert!(page.location.is_some() || !page.body.is_empty());
    }
}
