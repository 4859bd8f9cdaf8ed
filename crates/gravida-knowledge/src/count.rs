//! Counts how well the facts of a pack are founded; it never weighs them.

use std::collections::BTreeMap;

use crate::knowledge::Knowledge;
use crate::source::{Cite, Mark};

/// How many facts carry each mark, by kind of fact.
pub type Counts = BTreeMap<&'static str, BTreeMap<Mark, usize>>;

/// Counts each fact once, by its best-founded citation.
pub fn counts(knowledge: &Knowledge) -> Counts {
    let mut counts = Counts::new();
    let mut add = |kind: &'static str, cites: &[Cite]| {
        if let Some(best) = cites.iter().map(|cite| cite.mark).min() {
            *counts.entry(kind).or_default().entry(best).or_default() += 1;
        }
    };
    for finding in &knowledge.findings {
        for row in &finding.usual {
            add("how usual a finding is", &row.cites);
        }
    }
    for flag in &knowledge.red_flags {
        add("red flags", &flag.cites);
    }
    for condition in &knowledge.conditions {
        add("levels of conditions", &condition.urgency_cites);
        for row in &condition.before {
            add("how many have a condition", &row.cites);
        }
        for row in &condition.evidence {
            add("findings of conditions", &row.cites);
        }
        for (_, cites) in &condition.noted {
            add("figures kept, not counted", cites);
        }
    }
    for intervention in &knowledge.interventions {
        for (_, cites) in &intervention.dose {
            add("doses", cites);
        }
        for (_, cites) in &intervention.never {
            add("contraindications", cites);
        }
        for (_, cites) in &intervention.effect {
            add("effects", cites);
        }
    }
    for rule in &knowledge.follow_ups {
        add("follow-up rules", &rule.cites);
    }
    for nutrient in &knowledge.nutrients {
        for reference in nutrient.references.iter().chain(&nutrient.ceilings) {
            add("reference intakes", &reference.cites);
        }
    }
    for food in &knowledge.foods {
        for content in &food.holds {
            add("contents of foods", &content.cites);
        }
        if let Some((_, cites)) = &food.portion {
            add("portions of foods", cites);
        }
    }
    for claim in &knowledge.claims {
        add("claims of the article", &claim.cites);
    }
    counts
}
