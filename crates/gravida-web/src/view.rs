//! What every page of one request needs: the words, the pack, the answers and what follows from them.

use gravida_assessment::{Assessment, Heard, Speaker, Time, Triage, assess, merge};
use gravida_knowledge::{Answer, Answers, Case, FindingId, Knowledge, Place, Role, Service, Urgency};
use gravida_record::where_to::services;

use crate::request::{Host, Request};
use crate::state::State;
use crate::words::{Open, Words};

/// One request, understood.
pub struct View<'a> {
    pub words: &'a Words,
    pub knowledge: &'a Knowledge,
    /// Tag and own name of every language.
    pub languages: Vec<(&'a str, String)>,
    pub place: &'a Place,
    pub state: State,
    /// All voices as one case.
    pub case: Case,
    /// What a partner said beside the person's own answers.
    pub heard: Vec<Heard>,
    pub host: Host,
    pub now: &'a str,
    /// The path that was asked for, to come back to.
    pub path: &'a str,
}

impl<'a> View<'a> {
    pub fn new(site: &'a crate::Site, request: &'a Request, state: State) -> View<'a> {
        let tongue = site.tongue(state.language.as_deref(), &request.languages);
        let (words, knowledge) = (&tongue.words, &tongue.knowledge);
        let usual = words.t("usual-place");
        let place = state.place.as_deref().and_then(|slug| knowledge.find_place(slug)).or_else(|| knowledge.find_place(&usual));
        let place = place.or_else(|| knowledge.find_place("international")).unwrap_or(&knowledge.places[0]);
        let own = state.case(knowledge).with_implied(knowledge);
        let merged = merge(knowledge, &own, &[(Speaker::Partner, state.partner_case(knowledge))]);
        let case = merged.case.with_implied(knowledge);
        let languages = site.tongues.iter().map(|tongue| (tongue.words.tag.as_str(), tongue.words.t("language-name"))).collect();
        View { words, knowledge, languages, place, state, case, heard: merged.heard, host: request.host, now: &request.now, path: &request.path }
    }

    pub fn t(&self, id: &str) -> String {
        self.words.t(id)
    }

    pub fn with(&self, id: &str, open: &[(&str, Open<'_>)]) -> String {
        self.words.with(id, open)
    }

    /// A sentence of the pack.
    pub fn say(&self, id: &str) -> &'a str {
        self.knowledge.text(id)
    }

    pub fn assess(&self) -> Assessment {
        assess(self.knowledge, &self.case)
    }

    pub fn emergency(&self) -> Option<&'a Service> {
        self.place.service(Role::Emergency)
    }

    /// The word for a value.
    pub fn value(&self, id: FindingId, value: u16) -> String {
        match &self.knowledge.finding(id).answers {
            Answers::Weeks(..) => self.weeks(value),
            _ => self.knowledge.say(id, value),
        }
    }

    fn weeks(&self, days: u16) -> String {
        let (weeks, rest) = (usize::from(days / 7), usize::from(days % 7));
        if rest == 0 { self.with("weeks", &[("n", Open::Number(weeks))]) } else { self.with("weeks-days", &[("n", Open::Number(weeks)), ("days", Open::Number(rest))]) }
    }

    /// The words for an answer.
    pub fn answer(&self, id: FindingId, answer: Answer) -> String {
        match answer {
            Answer::Unasked => self.t("not-asked"),
            Answer::NotSure => self.say("not-sure").to_owned(),
            Answer::Between(low, high) if low == high => self.value(id, low),
            Answer::Between(low, high) => {
                let (low, high) = (self.value(id, low), self.value(id, high));
                self.with("from-to", &[("low", Open::Text(&low)), ("high", Open::Text(&high))])
            }
        }
    }

    /// A finding with its answer as one phrase: its name for a yes, else name and answer.
    pub fn answered(&self, id: FindingId, answer: Answer) -> String {
        let finding = self.knowledge.finding(id);
        match answer {
            Answer::Between(1, 1) if finding.answers.is_yes_no() => finding.name.clone(),
            other => self.with("name-answer", &[("name", Open::Text(&finding.name)), ("answer", Open::Text(&self.answer(id, other)))]),
        }
    }

    pub fn level_words(&self, level: Urgency) -> &'a str {
        self.say(&format!("level-{level}"))
    }

    /// The services to turn to, those of the deciding flags first, each once.
    pub fn services(&self, triage: &Triage) -> Vec<&'a Service> {
        services(self.knowledge, triage, &Time::of(self.knowledge, &self.case), self.place)
    }
}
