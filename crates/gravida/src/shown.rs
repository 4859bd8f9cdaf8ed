//! What one reader is shown of a case: everything, or what a partner may see; it decides no level.

use gravida_assessment::{
    Assessment, Forcing, Heard, KeptBack, Next, Sooner, Triage, assess, call_sooner, check_certificate, forcing, partner_view,
};
use gravida_knowledge::{Case, Knowledge, Urgency};

use crate::wire::{CaseFile, Problem};

/// A result with its explanation, as one reader sees it.
pub struct Shown {
    /// The answers that may be shown.
    pub case: Case,
    pub assessment: Assessment,
    /// What decides where to go.
    pub deciding: Triage,
    pub sooner: Vec<Sooner>,
    pub forcing: Forcing,
    pub heard: Vec<Heard>,
    /// Whether the certificate of the end was confirmed; false while there is none.
    pub certified: bool,
    pub to_partner: bool,
    /// What is kept back from this reader.
    pub hidden: Option<KeptBack>,
}

impl Shown {
    /// Everything, for the person herself. Private findings are never on the card, which may lie open.
    pub fn of(knowledge: &Knowledge, case: &Case, assessment: &Assessment) -> Shown {
        let mut sooner = call_sooner(knowledge, case);
        sooner.retain(|one| !knowledge.finding(one.finding).private);
        Shown {
            case: case.clone(),
            assessment: assessment.clone(),
            deciding: assessment.triage.clone(),
            sooner,
            forcing: forcing(knowledge, case, &assessment.triage),
            heard: Vec::new(),
            certified: matches!(&assessment.next, Next::Done(certificate) if check_certificate(knowledge, case, certificate)),
            to_partner: false,
            hidden: None,
        }
    }

    /// The same, with a level that something beside the answers has raised: the reasons stay those of the answers.
    pub fn raised_to(mut self, level: Urgency) -> Shown {
        self.assessment.triage.act_on = self.assessment.triage.act_on.max(level);
        self
    }

    /// A case file with every voice.
    pub fn of_file(knowledge: &Knowledge, file: &CaseFile) -> Shown {
        let case = &file.merged.case;
        Shown { heard: file.merged.heard.clone(), ..Shown::of(knowledge, case, &assess(knowledge, case)) }
    }

    /// What a partner may see of it.
    pub fn to_partner(knowledge: &Knowledge, file: &CaseFile) -> Shown {
        let view = partner_view(knowledge, &file.merged.case, &file.share);
        let mut heard = file.merged.heard.clone();
        heard.retain(|one| !view.hidden.holds(one.finding));
        Shown {
            case: view.case,
            assessment: view.assessment,
            deciding: view.triage,
            sooner: view.sooner,
            forcing: view.forcing,
            heard,
            certified: false,
            to_partner: true,
            hidden: Some(view.hidden),
        }
    }

    /// The problems of a case file that this reader may see.
    pub fn problems(&self, knowledge: &Knowledge, file: &CaseFile) -> Vec<Problem> {
        file.problems.iter().filter(|problem| !self.hides(knowledge, problem)).cloned().collect()
    }

    /// True when a problem names what is kept back: not even that there is one may be seen.
    fn hides(&self, knowledge: &Knowledge, problem: &Problem) -> bool {
        let Some(hidden) = &self.hidden else { return false };
        let mut names = hidden.private.iter().chain(&hidden.hushed).map(|id| knowledge.finding(*id));
        names.any(|finding| [&problem.at, &problem.what].into_iter().any(|text| text.contains(&finding.slug) || text.contains(&finding.name)))
    }
}
