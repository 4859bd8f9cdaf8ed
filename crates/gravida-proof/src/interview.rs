//! What the interview would ask next of any person, as clauses; it never orders screens, which cannot end an interview.

use gravida_knowledge::{FindingId, Knowledge, Urgency, When};

use crate::encoding::{Copy, Encoding, Mode};
use crate::prover::Prover;
use crate::solver::Literal;

impl Encoding<'_> {
    /// The tests of a rule that are open for a person, each with the literal that says so. A part that is decided hides
    /// the tests below it; what decides whether a finding is asked is open with it.
    fn open_tests(&mut self, copy: &Copy, rule: &When, above: Literal, found: &mut Vec<(FindingId, Literal)>) {
        let says = self.rule(copy, Mode::Now, rule);
        let here = self.all(&[above, says.open, -says.present]);
        match rule {
            When::Test { finding, .. } => {
                found.push((*finding, here));
                let knowledge: &Knowledge = self.knowledge;
                if let Some(asked) = &knowledge.finding(*finding).asked {
                    self.open_tests(copy, asked, here, found);
                }
            }
            When::All(parts) | When::Any(parts) | When::Count(_, parts) => {
                for part in parts {
                    self.open_tests(copy, part, here, found);
                }
            }
        }
    }

    /// "This finding can be put to the person now": unanswered, not hidden, and nothing that decides whether it is
    /// asked is itself still to be asked.
    fn askable(&mut self, copy: &Copy, finding: FindingId) -> Literal {
        let unasked = copy.state(finding, 0);
        let knowledge: &Knowledge = self.knowledge;
        let Some(asked) = &knowledge.finding(finding).asked else { return unasked };
        let shown = self.shown(copy, Mode::Now, finding);
        let mut open = Vec::new();
        let yes = self.all(&[]);
        self.open_tests(copy, asked, yes, &mut open);
        let waits: Vec<Literal> = open.into_iter().map(|(id, literal)| self.all(&[literal, copy.state(id, 0)])).collect();
        let waits = self.any(&waits);
        let ready = self.any(&[shown.present, -waits]);
        self.all(&[unasked, shown.open, ready])
    }

    /// "Further answers could move the level."
    pub fn unsettled(&mut self, copy: &Copy) -> Literal {
        let mut ways = Vec::new();
        for level in Urgency::ALL.into_iter().skip(1) {
            let (calm, worst) = (self.act_at_least(copy, Mode::Calmest, level), self.act_at_least(copy, Mode::Worst, level));
            ways.push(self.all(&[worst, -calm]));
        }
        self.any(&ways)
    }

    /// "The interview has a question about danger": one that a flag waits for which could still raise the level.
    pub fn asks_about_danger(&mut self, copy: &Copy) -> Literal {
        let knowledge: &Knowledge = self.knowledge;
        let mut ways = Vec::new();
        for id in knowledge.red_flag_ids() {
            let mut matters = Vec::new();
            for level in Urgency::ALL.into_iter().skip(1) {
                let (worst, calm) = (self.counts(copy, Mode::Worst, id, level), self.act_at_least(copy, Mode::Calmest, level));
                matters.push(self.all(&[worst, -calm]));
            }
            let matters = self.any(&matters);
            let mut open = Vec::new();
            self.open_tests(copy, &knowledge.red_flag(id).when, matters, &mut open);
            for (finding, literal) in open {
                let askable = self.askable(copy, finding);
                ways.push(self.all(&[literal, askable]));
            }
        }
        self.any(&ways)
    }
}

impl Prover<'_> {
    /// Nobody, in any state that an interview could be in, is left without a question while the level is not settled.
    /// Each screen asks what is unanswered and nothing else, so it also ends.
    pub(crate) fn never_stuck(&mut self) {
        let person = self.encoding.person();
        let (unsettled, asks) = (self.encoding.unsettled(&person), self.encoding.asks_about_danger(&person));
        self.nobody(&person, &[unsettled, -asks], || "the level is not settled and nothing more is asked".to_owned(), Vec::new(), |knowledge, case| {
            let now = gravida_assessment::assess(knowledge, case);
            !now.triage.is_settled() && matches!(now.next, gravida_assessment::Next::Done(_))
        });
    }
}
