//! How an episode stands, for a person and for a program; every sentence about health comes from the pack.

use anyhow::Result;
use gravida_assessment::follow_up::{Course, Ending, Standing, Trend};
use gravida_assessment::{Assessment, Time, assess};
use gravida_knowledge::{Knowledge, Place, Role, Service, Urgency};
use gravida_record::{EPISODE_SCHEMA, Record, standing_texts};
use gravida_record::line::{moment, shared};
use gravida_record::{level_word, sources};
use gravida_web::Open;
use gravida_record::where_to::services;
use serde_json::{Value, json};

use super::Table;
use crate::interface::{t, with};
use crate::render::{self, Depth, Page};
use crate::result::cites;
use crate::shown::Shown;
use crate::wire::{self, CaseFile};

/// The name and version of the format, in the field `schema`.
pub const FOLLOWED_SCHEMA: &str = "gravida-followed/1";

/// As many contacts as fit on a screen with the rest.
const CHART: usize = 14;

/// An episode at one time, with the answers of a contact that has just been made.
pub struct View<'a> {
    table: &'a Table<'a>,
    pub record: &'a Record,
    standing: Option<Standing>,
    place: &'a Place,
    now: u64,
    /// The answers of now, or of the last contact.
    answers: Option<(CaseFile, Assessment)>,
    fresh: bool,
}

impl<'a> View<'a> {
    pub fn new(table: &'a Table<'a>, record: &'a Record, now: u64, answers: Option<CaseFile>) -> Result<View<'a>> {
        let fresh = answers.is_some();
        let last = || record.last_case().and_then(|case| wire::read(table.knowledge, &case.to_string(), None).ok());
        let answers = answers.or_else(last).map(|file| {
            let assessment = assess(table.knowledge, &file.merged.case);
            (file, assessment)
        });
        // Whom to call does not change because one contact named no place.
        let named = || record.lines.iter().rev().find_map(|line| line.pointer("/case/place").and_then(Value::as_str));
        let place = table.place_of(answers.as_ref().and_then(|(file, _)| file.place.as_deref()).or_else(named))?;
        Ok(View { table, record, standing: record.episode.standing(&table.rules, now), place, now, answers, fresh })
    }

    /// True when everything was read and understood.
    pub fn is_fine(&self) -> bool {
        let understood = !self.fresh || self.answers.as_ref().is_none_or(|(file, _)| file.problems.is_empty());
        self.standing.is_some() && self.record.problems.is_empty() && understood
    }

    /// The sentences of the pack that say where it stands.
    fn say(&self) -> Vec<&'a str> {
        let text = |slug: &str| self.table.knowledge.text(slug);
        let (Some(now), Some(state)) = (&self.standing, &self.record.episode.state) else { return vec![text("failure")] };
        let alone = self.answers.as_ref().map_or(Urgency::SelfCare, |(_, assessment)| assessment.triage.act_on);
        let mut say: Vec<&str> = standing_texts(now, state, alone).into_iter().map(text).collect();
        if state.ended.is_some_and(|ending| ending != Ending::HandedOver) && state.shown() >= Urgency::ThisWeek {
            say.extend([text("follow-still-holds"), self.headline(state.shown()), self.clock(state.shown())]);
        }
        say
    }

    fn headline(&self, level: Urgency) -> &'a str {
        self.table.knowledge.text(&format!("level-{level}"))
    }

    fn clock(&self, level: Urgency) -> &'a str {
        self.table.knowledge.text(&format!("clock-{level}"))
    }

    /// Whom to turn to: those of the signs where they set the level, else the place for the level itself.
    fn whom(&self, level: Urgency) -> Vec<&Service> {
        let of_signs: Vec<&Service> = self
            .answers
            .iter()
            .filter(|(_, assessment)| assessment.triage.act_on == level)
            .flat_map(|(file, assessment)| services(self.table.knowledge, &assessment.triage, &Time::of(self.table.knowledge, &file.merged.case), self.place))
            .collect();
        if !of_signs.is_empty() || level < Urgency::ThisWeek {
            return of_signs;
        }
        let role = if level == Urgency::Emergency { Role::Emergency } else { Role::Maternity };
        self.place.service(role).into_iter().collect()
    }

    /// The result of the answers of now, at the level of the episode. None of it where the episode calls for help and the
    /// answers alone would not: a calm card must not stand beside it.
    fn result(&self) -> Option<(&CaseFile, Shown)> {
        let (file, assessment) = self.answers.as_ref().filter(|_| self.fresh)?;
        let level = self.standing.as_ref()?.state.shown();
        if level > assessment.triage.act_on && level >= Urgency::Today {
            return None;
        }
        Some((file, Shown::of_file(self.table.knowledge, file).raised_to(level)))
    }

    pub fn text(&self) -> String {
        let mut page = Page::new();
        let result = self.result().map(|(file, shown)| {
            render::result(self.table.knowledge, &shown, self.place, &file.problems, Depth::Person)
        });
        page.rule();
        if let Some(now) = self.standing.as_ref().filter(|now| now.state.ended.is_none()) {
            let level = now.state.shown();
            page.heading(&format!("{}   [{}, {}]", self.headline(level), level_word(self.table.knowledge, level), t(self.table.knowledge, &format!("terminal-course-{}", now.course.word()))));
            page.line(self.clock(level));
            for service in self.whom(level) {
                page.line(&format!("☎ {}{}", service.number.as_ref().map_or(String::new(), |number| format!("{number}  ")), service.say));
            }
        }
        for text in self.say() {
            page.point(text);
        }
        let open = self.standing.as_ref().filter(|now| now.state.ended.is_none());
        if let Some(now) = open {
            page.heading(self.table.knowledge.text("follow-title"));
            page.line(&with(self.table.knowledge, "terminal-by", &[("when", Open::Text(&local(now.state.due.look_by))), ("distance", Open::Text(&distance(self.table.knowledge, self.now, now.state.due.look_by)))]));
            // Where not knowing alone has raised the level, answering comes before any later step.
            let slug = if now.state.level >= Urgency::ThisWeek { "follow-seen-by" } else { "follow-next-step" };
            if now.course != Course::Escalated || now.state.level >= Urgency::ThisWeek {
                let by = now.state.due.person_by;
                page.line(&format!("{} {} – {}", self.table.knowledge.text(slug), local(by), distance(self.table.knowledge, self.now, by)));
            }
            self.chart(&mut page);
        }
        page.rule();
        if result.is_none() {
            page.line(self.table.knowledge.text("safety"));
        }
        format!("{}{}", result.unwrap_or_default(), page.finish())
    }

    /// Pain and daily things, contact by contact, and which change matters, with its source.
    fn chart(&self, page: &mut Page) {
        let points = &self.record.episode.points;
        if points.iter().all(|point| point.scales.pain.is_none() && point.scales.function.is_none()) {
            return;
        }
        let knowledge = self.table.knowledge;
        page.heading(&t(knowledge, "follow-course"));
        // Above the columns of the bars; a long word moves the next one on.
        page.line(&format!("{:<24}{:<16}{}", "", t(knowledge, "terminal-pain"), t(knowledge, "terminal-daily")));
        for point in points.iter().skip(points.len().saturating_sub(CHART)) {
            let trend = match point.trend {
                Some(Trend::Better) => t(knowledge, "trend-better"),
                Some(Trend::Same) => t(knowledge, "trend-same"),
                Some(Trend::Worse) => t(knowledge, "trend-worse"),
                None => String::new(),
            };
            page.line(&format!("{:<22}  {}  {}  {trend}", local(point.at), bar(point.scales.pain), bar(point.scales.function)));
        }
        for slug in ["follow-change-pain", "follow-change-function"] {
            if let Some(text) = self.table.knowledge.find_text(slug) {
                page.detail(&format!("{} {}", text.say, sources(self.table.knowledge, &text.cites)));
            }
        }
    }

    pub fn json(&self) -> Value {
        let knowledge = self.table.knowledge;
        let standing = self.standing.as_ref();
        let open = standing.filter(|now| now.state.ended.is_none());
        let change = |slug: &str| knowledge.find_text(slug).map(|text| json!({"points": text.count, "say": text.say, "cites": cites(knowledge, &text.cites)}));
        let problems = self.record.problems.iter().chain(self.answers.iter().filter(|_| self.fresh).flat_map(|(file, _)| &file.problems));
        json!({
            "schema": FOLLOWED_SCHEMA,
            "program": env!("CARGO_PKG_VERSION"),
            "pack": knowledge.hash,
            "safety": knowledge.text("safety"),
            "now": moment(self.now),
            "course": standing.map_or("unknown", |now| now.course.word()),
            "ended": standing.and_then(|now| now.state.ended).map(Ending::word),
            "level": open.map(|now| now.state.shown().word()),
            "headline": open.map(|now| self.headline(now.state.shown())),
            "clock": open.map(|now| self.clock(now.state.shown())),
            "say": self.say(),
            "go_to": open.map(|now| self.whom(now.state.shown())).unwrap_or_default().iter().map(|service| json!({
                "role": service.role.word(), "say": service.say, "number": service.number,
            })).collect::<Vec<_>>(),
            "look_again_by": open.map(|now| moment(now.state.due.look_by)),
            "person_by": open.map(|now| moment(now.state.due.person_by)),
            "missed": standing.is_some_and(|now| now.missed),
            "clock_set_back": standing.is_some_and(|now| now.clock_back),
            "attention": open.is_some_and(|now| now.state.attention),
            "contacts_about_pain": open.map(|now| now.state.contacts),
            "may_close_as_better": standing.is_some_and(|now| now.confirmed),
            "points": self.record.episode.points.iter().map(|point| json!({
                "at": moment(point.at), "pain": point.scales.pain, "function": point.scales.function, "level": point.level.word(),
                "trend": point.trend.map(|trend| match trend { Trend::Better => "better", Trend::Same => "same", Trend::Worse => "worse" }),
            })).collect::<Vec<_>>(),
            "change_that_matters": {"pain": change("follow-change-pain"), "function": change("follow-change-function")},
            "result": self.result().map(|(file, shown)| crate::result::to_json(knowledge, &shown, self.place, &file.problems)),
            "problems": problems.map(|p| json!({"at": p.at, "what": p.what, "instead": p.instead})).collect::<Vec<_>>(),
        })
    }

    /// The whole episode and how it stands.
    pub fn export(&self, private: bool) -> Value {
        let mut value = self.json();
        let lines: Vec<Value> = self.record.lines.iter().map(|line| if private { line.clone() } else { shared(line) }).collect();
        let left_out = if private { None } else { Some(self.table.knowledge.text("follow-private")) };
        if let Some(object) = value.as_object_mut() {
            object.remove("result");
            object.insert("private_answers".to_owned(), json!({"included": private, "say": left_out}));
            object.insert("episode".to_owned(), json!({"schema": EPISODE_SCHEMA, "lines": lines}));
        }
        value
    }
}

/// A value from 0 to 10 as a bar of ten.
fn bar(value: Option<u8>) -> String {
    value.map_or_else(|| format!("{:>2} {:<10}", "–", ""), |value| {
        let full = usize::from(value.min(10));
        format!("{value:>2} {}{}", "█".repeat(full), "·".repeat(10 - full))
    })
}

/// A moment in the time zone of this machine.
fn local(minutes: u64) -> String {
    let time = i64::try_from(minutes).ok().and_then(|minutes| jiff::Timestamp::from_second(minutes.saturating_mul(60)).ok());
    time.map_or_else(|| "–".to_owned(), |time| time.to_zoned_datetime(jiff::tz::TimeZone::system()).strftime("%a %d %b %H:%M %Z").to_string())
}

/// "in 2 h 5 min", "3 days ago".
fn distance(knowledge: &Knowledge, now: u64, then: u64) -> String {
    let minutes = now.abs_diff(then);
    let spell = |id: &str, first: u64, second: u64| with(knowledge, id, &[("first", Open::Text(&first.to_string())), ("second", Open::Text(&second.to_string()))]);
    let long = match (minutes / 1440, minutes % 1440 / 60, minutes % 60) {
        (0, 0, minutes) => spell("terminal-minutes", minutes, 0),
        (0, hours, minutes) => spell("terminal-hours", hours, minutes),
        (days, hours, _) => spell("terminal-days", days, hours),
    };
    match now.cmp(&then) {
        std::cmp::Ordering::Less => with(knowledge, "terminal-in", &[("long", Open::Text(&long))]),
        std::cmp::Ordering::Equal => t(knowledge, "terminal-now"),
        std::cmp::Ordering::Greater => with(knowledge, "terminal-ago", &[("long", Open::Text(&long))]),
    }
}
