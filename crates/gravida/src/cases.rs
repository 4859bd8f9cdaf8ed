//! `gravida test`: runs every case of the pack and says what no case touches; it never changes what a case expects.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use gravida_assessment::{Assessment, assess};
use gravida_knowledge::{Case, Example, Expectation, FindingId, Knowledge, Urgency, Verdict, When};

/// One expectation that did not hold.
pub struct Failure {
    pub place: String,
    pub name: String,
    pub message: String,
    /// The page says itself that it leaves what outsiders expected, and why.
    pub differs: Option<String>,
}

/// What running all cases showed.
pub struct Report {
    pub cases: usize,
    pub failures: Vec<Failure>,
    pub coverage: Coverage,
}

/// What no case touches.
#[derive(Default)]
pub struct Coverage {
    /// Flags that no case makes present.
    pub flags: Vec<String>,
    /// Tests of rules of flags that decide no case: (flag, test).
    pub clauses: Vec<(String, String)>,
    pub all_clauses: usize,
    /// Contraindications that no case hits: (intervention, rule number).
    pub contraindications: Vec<(String, usize)>,
    pub all_contraindications: usize,
}

/// Runs all cases.
pub fn run(knowledge: &Knowledge) -> Report {
    let mut failures = Vec::new();
    let mut cases = Vec::new();
    for example in &knowledge.examples {
        let case = example.case(knowledge);
        let assessment = assess(knowledge, &case);
        for expectation in &example.expect {
            if let Some(message) = fails(knowledge, &assessment, expectation) {
                failures.push(Failure {
                    place: format!("{}:{}", example.origin.file, example.origin.line),
                    name: example.name.clone(),
                    message: format!("{message}{}", why(knowledge, &assessment, example)),
                    differs: example.differs.clone(),
                });
            }
        }
        cases.push(case);
    }
    let coverage = coverage(knowledge, &cases);
    Report { cases: knowledge.examples.len(), failures, coverage }
}

fn why(knowledge: &Knowledge, assessment: &Assessment, _example: &Example) -> String {
    let flags: Vec<&str> = assessment
        .triage
        .flags
        .iter()
        .filter(|state| state.verdict == Verdict::Present)
        .map(|state| knowledge.red_flag(state.flag).slug.as_str())
        .collect();
    if flags.is_empty() { String::new() } else { format!(" (present: {})", flags.join(", ")) }
}

/// Why an expectation does not hold; `None` when it holds.
pub fn fails(knowledge: &Knowledge, assessment: &Assessment, expectation: &Expectation) -> Option<String> {
    let triage = &assessment.triage;
    let flag = |id| triage.state(id).map(|state| state.verdict);
    match expectation {
        Expectation::Level(low, high) => {
            let level = triage.act_on;
            (level < *low || level > *high).then(|| match (low, high) {
                (low, high) if low == high => format!("urgency is {level}, expected {low}"),
                (low, Urgency::Emergency) => format!("urgency is {level}, expected at least {low}"),
                (Urgency::SelfCare, high) => format!("urgency is {level}, expected at most {high}"),
                (low, high) => format!("urgency is {level}, expected from {low} to {high}"),
            })
        }
        Expectation::RangeContains(level) => (*level < triage.floor || *level > triage.ceiling)
            .then(|| format!("the range is {} to {}, expected it to contain {level}", triage.floor, triage.ceiling)),
        Expectation::RedFlag(id) => {
            (flag(*id) != Some(Verdict::Present)).then(|| format!("the red flag `{}` is not present", knowledge.red_flag(*id).slug))
        }
        Expectation::NoRedFlag(id) => {
            (flag(*id) == Some(Verdict::Present)).then(|| format!("the red flag `{}` is present", knowledge.red_flag(*id).slug))
        }
        Expectation::InFirst(id, n) => {
            let order: Vec<_> = assessment.differential.candidates.iter().map(|candidate| candidate.condition).collect();
            let place = order.iter().position(|other| other == id);
            let first: Vec<&str> = order.iter().take(*n).map(|id| knowledge.condition(*id).slug.as_str()).collect();
            (place.is_none_or(|place| place >= *n)).then(|| {
                format!(
                    "`{}` is {} in the list, expected in the first {n}; these are {}",
                    knowledge.condition(*id).slug,
                    place.map_or("not".to_owned(), |place| format!("number {}", place + 1)),
                    first.join(", ")
                )
            })
        }
        Expectation::PlanOffers(id) => (!assessment.plan.offers.iter().any(|offer| offer.intervention == *id)).then(|| {
            let why = assessment.plan.left_out.iter().find(|left| left.intervention == *id).map_or("no cause that it eases is in question".to_owned(), |left| format!("{:?}", left.why));
            format!("the plan does not offer `{}`: {why}", knowledge.intervention(*id).slug)
        }),
        Expectation::LooksAgain(id, most) => {
            let rule = knowledge.follow_ups.get(id.index());
            let fits = assessment.look_again.rules.contains(&id.index());
            let wait = rule.and_then(|rule| rule.wait_minutes);
            let slug = rule.map_or("", |rule| rule.slug.as_str());
            match (fits, wait) {
                (false, _) => Some(format!("the follow-up `{slug}` does not fit at {}", triage.act_on)),
                (true, Some(wait)) if wait > *most => Some(format!("the follow-up `{slug}` waits {wait} minutes, expected at most {most}")),
                (true, _) => None,
            }
        }
        Expectation::PlanLeavesOut(id) => assessment
            .plan
            .offers
            .iter()
            .any(|offer| offer.intervention == *id)
            .then(|| format!("the plan offers `{}`", knowledge.intervention(*id).slug)),
    }
}

/// A clause counts as covered when, in some case, its flag is present and would not be without the clause's finding.
fn coverage(knowledge: &Knowledge, cases: &[Case]) -> Coverage {
    let mut coverage = Coverage::default();
    for id in knowledge.red_flag_ids() {
        let flag = knowledge.red_flag(id);
        let firing: Vec<&Case> = cases.iter().filter(|case| flag.when.verdict(knowledge, case) == Verdict::Present).collect();
        if firing.is_empty() {
            coverage.flags.push(flag.slug.clone());
        }
        let mut tests: Vec<(FindingId, u16, u16)> = Vec::new();
        flag.when.tests(&mut |finding, low, high| tests.push((finding, low, high)));
        for (finding, low, high) in tests {
            coverage.all_clauses += 1;
            let test = When::Test { finding, low, high };
            let decides = firing.iter().any(|case| test.verdict(knowledge, case) == Verdict::Present);
            if !decides {
                coverage.clauses.push((flag.slug.clone(), knowledge.finding(finding).slug.clone()));
            }
        }
    }
    for id in knowledge.intervention_ids() {
        let intervention = knowledge.intervention(id);
        for (n, (rule, _)) in intervention.never.iter().enumerate() {
            coverage.all_contraindications += 1;
            if !cases.iter().any(|case| rule.verdict(knowledge, case) == Verdict::Present) {
                coverage.contraindications.push((intervention.slug.clone(), n + 1));
            }
        }
    }
    coverage
}

/// The report as text.
pub fn show(report: &Report, verbose: bool) -> String {
    let mut out = String::new();
    let (known, failed): (Vec<&Failure>, Vec<&Failure>) = report.failures.iter().partition(|failure| failure.differs.is_some());
    for failure in &failed {
        let _ = writeln!(out, "{}: case `{}`: {}", failure.place, failure.name, failure.message);
    }
    for failure in &known {
        let _ = writeln!(out, "known: {}: case `{}`: {}. {}", failure.place, failure.name, failure.message, failure.differs.as_deref().unwrap_or(""));
    }
    let coverage = &report.coverage;
    let _ = writeln!(
        out,
        "clauses of red flags that no case touches: {} of {}; contraindications: {} of {}; flags that no case fires: {}",
        coverage.clauses.len(),
        coverage.all_clauses,
        coverage.contraindications.len(),
        coverage.all_contraindications,
        coverage.flags.len()
    );
    if verbose {
        for flag in &coverage.flags {
            let _ = writeln!(out, "  no case fires {flag}");
        }
        for (flag, finding) in &coverage.clauses {
            let _ = writeln!(out, "  no case fires {flag} with {finding}");
        }
        for (intervention, n) in &coverage.contraindications {
            let _ = writeln!(out, "  no case hits reason {n} against {intervention}");
        }
    }
    let failing: BTreeSet<&str> = failed.iter().map(|failure| failure.place.as_str()).collect();
    let _ = writeln!(out, "{} passed, {} failed", report.cases - failing.len(), failing.len());
    out
}
