//! What stands in the note for the unit, gathered from a case; it never holds a private answer that was not released.

use std::fmt;

use gravida_assessment::{Assessment, Band, Candidate, FlagState, Heard, Time, assess};
use gravida_knowledge::{Answer, Answers, Case, FindingId, Knowledge, Phase, Place, Service, Urgency, Verdict};
use jiff::civil::Date;

use crate::private::Private;
use crate::where_to::services;

/// A case and what follows from it, ready to be written in any form.
pub struct Note<'a> {
    pub knowledge: &'a Knowledge,
    pub place: &'a Place,
    pub case: Case,
    pub assessment: Assessment,
    pub time: Time,
    pub words: Option<&'a str>,
    pub today: Option<Date>,
    /// Private answers stand in it because the person asked for it.
    pub private_included: bool,
    heard: Vec<Heard>,
    private: Private,
}

/// The answers to one screen.
pub struct Said {
    pub screen: String,
    pub answers: Vec<FindingId>,
}

/// Why no note was made; its text is a sentence of the pack for the person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refused {
    calmer: bool,
    say: String,
}

impl Refused {
    /// Without the private answers the note would be calmer than the result: they have to be included, or told.
    pub fn is_calmer(&self) -> bool {
        self.calmer
    }
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.say)
    }
}

impl std::error::Error for Refused {}

impl<'a> Note<'a> {
    /// Gathers the note. Without private answers it follows from the public ones alone, so nothing in it can tell
    /// whether there are others; it is refused where that would make it calmer than the result.
    pub fn new(knowledge: &'a Knowledge, case: &Case, words: Option<&'a str>, today: Option<Date>, place: &'a Place, include_private: bool) -> Result<Note<'a>, Refused> {
        let private = Private::of(knowledge);
        let whole = case;
        let case = if include_private { whole.clone() } else { private.without(whole) };
        let assessment = assess(knowledge, &case);
        if assessment.triage.act_on < assess(knowledge, whole).triage.act_on {
            return Err(Refused { calmer: true, say: knowledge.text("report-private-needed").to_owned() });
        }
        let time = Time::of(knowledge, &case);
        Ok(Note { knowledge, place, case, assessment, time, words, today, private_included: include_private, heard: Vec::new(), private })
    }

    /// The same, saying which answers came from somebody else; `heard` is what [`gravida_assessment::merge`] says of them.
    pub fn with_voices(self, heard: &[Heard]) -> Note<'a> {
        Note { heard: heard.to_vec(), ..self }
    }

    /// What somebody else said that differs from the person's own answer, or that she did not say.
    pub fn heard(&self) -> Vec<Heard> {
        self.heard.iter().copied().filter(|one| self.visible(one.finding)).collect()
    }

    pub fn level(&self) -> Urgency {
        self.assessment.triage.act_on
    }

    /// The highest level of the flags present, and of those not excluded.
    pub fn range(&self) -> (Urgency, Urgency) {
        let highest = |least: Verdict| {
            let levels = self.flags().filter(|state| state.verdict >= least).map(|state| self.knowledge.red_flag(state.flag).urgency);
            levels.max().unwrap_or(Urgency::SelfCare)
        };
        (highest(Verdict::Present), highest(Verdict::Open))
    }

    /// Whom to call, those of the deciding flags first.
    pub fn services(&self) -> Vec<&'a Service> {
        services(self.knowledge, &self.assessment.triage, &self.time, self.place)
    }

    /// "22 weeks", "14 to 27 weeks"; `None` when it is not known at all.
    pub fn weeks(&self) -> Option<String> {
        let span = match (self.time.pregnant, self.time.after_birth) {
            (Some(span), None) | (None, Some(span)) => span,
            _ => return None,
        };
        let everything = self.knowledge.findings.iter().any(|finding| matches!(finding.answers, Answers::Weeks(low, high) if (low, high) == span));
        (!everything).then(|| self.knowledge.language.say_answer(&Answers::Weeks(span.0, span.1), &[], Answer::Between(span.0, span.1)))
    }

    fn visible(&self, id: FindingId) -> bool {
        (self.private_included || !self.private.holds(id)) && self.knowledge.shown(id, &self.case) != Verdict::Excluded
    }

    /// Answers of the screens in their order, those that fit a wish.
    fn said(&self, phase: impl Fn(Phase) -> bool, wanted: impl Fn(FindingId, Answer) -> bool) -> Vec<Said> {
        let screens = self.knowledge.screens.iter().filter(|screen| phase(screen.phase));
        screens
            .filter_map(|screen| {
                let fits = |id: &FindingId| self.visible(*id) && wanted(*id, self.case.answer(*id));
                let answers: Vec<FindingId> = screen.shows.iter().copied().filter(fits).collect();
                (!answers.is_empty()).then(|| Said { screen: screen.ask.clone(), answers })
            })
            .collect()
    }

    /// Who answers and the like; the weeks stand elsewhere.
    pub fn about(&self) -> Vec<FindingId> {
        let known = |id: FindingId, answer: Answer| matches!(answer, Answer::Between(..)) && !matches!(self.knowledge.finding(id).answers, Answers::Weeks(..));
        self.said(|phase| phase == Phase::Start, known).into_iter().flat_map(|said| said.answers).collect()
    }

    /// Everything answered with more than the calmest answer, danger signs first.
    pub fn positives(&self) -> Vec<Said> {
        let positive = |id: FindingId, answer: Answer| match answer {
            Answer::Between(_, high) => !self.knowledge.finding(id).ordered || high > self.knowledge.finding(id).answers.ends().0,
            Answer::Unasked | Answer::NotSure => false,
        };
        self.said(|phase| phase != Phase::Start, positive)
    }

    /// Asked, and answered "not sure".
    pub fn unsure(&self) -> Vec<FindingId> {
        self.said(|_| true, |_, answer| answer == Answer::NotSure).into_iter().flat_map(|said| said.answers).collect()
    }

    /// How many findings that a red flag reads were answered with the calmest answer.
    pub fn negatives(&self) -> usize {
        let read: Vec<FindingId> = self.flags().flat_map(|state| self.knowledge.red_flag(state.flag).when.findings()).collect();
        let calm = |id: FindingId, answer: Answer| {
            let finding = self.knowledge.finding(id);
            finding.ordered && read.contains(&id) && answer == Answer::exactly(finding.answers.ends().0)
        };
        self.said(|_| true, calm).iter().map(|said| said.answers.len()).sum()
    }

    /// Never asked, though a red flag that is not excluded reads it.
    pub fn not_asked(&self) -> Vec<FindingId> {
        let read: Vec<FindingId> = self.open().iter().flat_map(|state| self.knowledge.red_flag(state.flag).when.findings()).collect();
        self.said(|_| true, |id, answer| answer == Answer::Unasked && read.contains(&id)).into_iter().flat_map(|said| said.answers).collect()
    }

    /// The flags that may stand in the note.
    pub fn flags(&self) -> impl Iterator<Item = &FlagState> {
        self.assessment.triage.flags.iter().filter(|state| self.may_name(state))
    }

    fn may_name(&self, state: &FlagState) -> bool {
        self.private_included || !self.private.flag(self.knowledge, state.flag)
    }

    /// Flags that are present, the most urgent first.
    pub fn present(&self) -> Vec<&FlagState> {
        self.assessment.triage.present().into_iter().filter(|state| self.may_name(state)).collect()
    }

    /// Flags that are not excluded and count for something, the most urgent first.
    pub fn open(&self) -> Vec<&FlagState> {
        self.assessment.triage.open().into_iter().filter(|state| self.may_name(state)).collect()
    }

    /// The flags whose words are said: those present that set the level, else the first that are not excluded.
    pub fn speaking(&self) -> Vec<&FlagState> {
        let level = self.level();
        let mut speaking: Vec<&FlagState> = self.present().into_iter().filter(|state| state.counts == level).collect();
        if speaking.is_empty() {
            speaking = self.open().into_iter().filter(|state| state.counts == level).take(3).collect();
        }
        speaking
    }

    /// Causes for a clinician: raised, likely and possible ones in their order.
    pub fn causes(&self) -> Vec<&Candidate> {
        self.candidates().filter(|one| one.raised || one.band != Band::LessLikely).collect()
    }

    /// Dangers further down the list that the answers have not excluded.
    pub fn must_exclude(&self) -> Vec<&Candidate> {
        self.candidates().filter(|one| one.must_exclude && !one.raised && one.band == Band::LessLikely).collect()
    }

    fn candidates(&self) -> impl Iterator<Item = &Candidate> {
        let list = self.assessment.differential.candidates.iter();
        list.filter(|one| self.private_included || !self.private.condition(self.knowledge, one.condition))
    }

    /// What the note says of private answers: the same sentence in every note that leaves them out.
    pub fn privacy(&self) -> &'a str {
        self.knowledge.text(if self.private_included { "report-private-included" } else { "report-private" })
    }
}
