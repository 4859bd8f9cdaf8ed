//! The note as headings, lines and lists in reading order, for text and PDF alike; it never lays anything out.

use gravida_assessment::{Band, Candidate, FlagState, Heard, Speaker};
use gravida_knowledge::{FindingId, Share, Urgency};

use crate::note::Note;
use crate::phrase::{answered, fill, in_so_many, is_wide, level_word, listed, sources};

/// One page of the note.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sheet {
    pub title: String,
    /// The language of its sentences; own words keep whatever language they are in.
    pub language: String,
    /// The level in large letters, and the clock.
    pub level: String,
    pub clock: String,
    pub sections: Vec<Section>,
    pub foot: Vec<String>,
    /// What to say of characters that no font has; `{sign}` stands in their place, and they are `{n}`.
    pub not_printed: String,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    pub heading: String,
    pub rows: Vec<Row>,
}

/// A label with its text, or with a list. An empty list is not shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Row {
    Line(String, String),
    List(String, Vec<String>),
}

/// The sizes of paper that a ward has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Paper {
    #[default]
    A4,
    Letter,
}

impl Paper {
    pub const ALL: [Paper; 2] = [Paper::A4, Paper::Letter];

    /// As it is written on the command line and in a form.
    pub fn word(self) -> &'static str {
        match self {
            Paper::A4 => "a4",
            Paper::Letter => "letter",
        }
    }

    /// The paper that a word names.
    pub fn parse(word: &str) -> Option<Paper> {
        Paper::ALL.into_iter().find(|paper| paper.word() == word)
    }
}

/// How many of a long list are named; the rest is counted, and stands in the result.
const NAMED: usize = 6;

/// The four parts of SBAR.
pub fn sheet(note: &Note) -> Sheet {
    let level = note.level();
    let date = note.today.map_or_else(|| say(note, "sheet-no-date", &[]), |date| say(note, "sheet-date", &[("date", &date.to_string())]));
    Sheet {
        title: note.knowledge.text("report-title").to_owned(),
        language: note.knowledge.language.tag.clone(),
        level: level_in_words(note),
        clock: note.knowledge.text(&format!("clock-{level}")).to_owned(),
        sections: vec![
            Section { heading: say(note, "sheet-situation", &[]), rows: situation(note) },
            Section { heading: say(note, "sheet-background", &[]), rows: background(note) },
            Section { heading: say(note, "sheet-assessment", &[]), rows: assessment(note) },
            Section { heading: say(note, "sheet-recommendation", &[]), rows: recommendation(note) },
        ],
        foot: vec![
            note.privacy().to_owned(),
            note.knowledge.text("safety").to_owned(),
            say(note, "sheet-foot", &[("program", env!("CARGO_PKG_VERSION")), ("pack", &note.knowledge.hash), ("place", &note.place.slug), ("date", &date)]),
        ],
        not_printed: say(note, "sheet-not-printed", &[]),
    }
}

fn level_in_words(note: &Note) -> String {
    let level = note.level();
    say(note, "sheet-level", &[("words", note.knowledge.text(&format!("level-{level}"))), ("level", level_word(note.knowledge, level))])
}

fn situation(note: &Note) -> Vec<Row> {
    let weeks = match (note.weeks(), note.time.pregnant, note.time.after_birth) {
        (Some(weeks), Some(_), None) => say(note, "sheet-pregnant", &[("weeks", &weeks)]),
        (Some(weeks), None, Some(_)) => say(note, "sheet-after-birth", &[("weeks", &weeks)]),
        (None, Some(_), None) => say(note, "sheet-pregnant-open", &[]),
        (None, None, Some(_)) => say(note, "sheet-after-birth-open", &[]),
        _ => say(note, "sheet-time-open", &[]),
    };
    let mut rows = vec![Row::Line(say(note, "sheet-weeks", &[]), weeks)];
    let present: Vec<String> = note.present().iter().map(|state| note.knowledge.red_flag(state.flag).name.clone()).collect();
    if present.is_empty() {
        rows.push(Row::Line(say(note, "sheet-flags", &[]), say(note, "sheet-none-present", &[("n", &note.open().len().to_string())])));
    } else {
        rows.push(Row::Line(say(note, "sheet-flags", &[]), first_of(note, &present, NAMED)));
    }
    if let Some(words) = note.words {
        rows.push(Row::Line(say(note, "sheet-words", &[]), format!("“{words}”")));
    }
    rows
}

fn background(note: &Note) -> Vec<Row> {
    let named = |list: &[FindingId], most: usize| {
        let names: Vec<String> = list.iter().map(|id| note.knowledge.finding(*id).name.clone()).collect();
        first_of(note, &names, most)
    };
    let said = |list: &[FindingId]| listed(note.knowledge, list.iter().map(|id| answered(note.knowledge, *id, note.case.answer(*id))));
    let mut rows = Vec::new();
    let about = note.about();
    if !about.is_empty() {
        rows.push(Row::Line(say(note, "sheet-about", &[]), said(&about)));
    }
    rows.push(Row::List(say(note, "sheet-said", &[]), note.positives().iter().map(|one| asked(&one.screen, &said(&one.answers))).collect()));
    rows.push(Row::List(say(note, "sheet-voices", &[]), cut(note, note.heard().iter().map(|one| voice(note, one)).collect(), NAMED)));
    let unsure = note.unsure();
    if !unsure.is_empty() {
        rows.push(Row::Line(say(note, "sheet-not-sure", &[]), named(&unsure, usize::MAX)));
    }
    let (all, open) = (note.flags().count(), note.present().len() + note.open().len());
    rows.push(Row::Line(say(note, "sheet-no", &[]), say(note, "sheet-negatives", &[("n", &note.negatives().to_string()), ("excluded", &(all - open).to_string()), ("all", &all.to_string())])));
    let not_asked = note.not_asked();
    if !not_asked.is_empty() {
        rows.push(Row::Line(say(note, "sheet-not-asked", &[]), named(&not_asked, NAMED)));
    }
    rows
}

/// Who said it, what the person's own answer is, and which of them counts.
fn voice(note: &Note, one: &Heard) -> String {
    let show = |answer| note.knowledge.say_answer(one.finding, answer);
    let who = say(note, match one.speaker { Speaker::Partner => "voices-partner", Speaker::Clinician => "voices-clinician" }, &[]);
    let name = &note.knowledge.finding(one.finding).name;
    say(note, "sheet-voice", &[("name", name), ("who", &who), ("other", &show(one.other)), ("own", &show(one.own)), ("counts", &show(one.counts))])
}

fn assessment(note: &Note) -> Vec<Row> {
    let (floor, ceiling) = note.range();
    let mut rows = vec![Row::Line(say(note, "sheet-range", &[]), say(note, "sheet-from-to", &[("floor", level_word(note.knowledge, floor)), ("ceiling", level_word(note.knowledge, ceiling))]))];
    rows.push(Row::List(say(note, "sheet-present", &[]), cut(note, note.present().iter().map(|state| flag(note, state)).collect(), NAMED + 2)));
    let open: Vec<String> = note.open().iter().map(|state| say(note, "sheet-open-flag", &[("name", &note.knowledge.red_flag(state.flag).name), ("level", level_word(note.knowledge, state.counts))])).collect();
    if !open.is_empty() {
        rows.push(Row::Line(say(note, "sheet-open", &[]), first_of(note, &open, NAMED)));
    }
    let causes: Vec<String> = note.causes().iter().map(|one| cause(note, one)).collect();
    rows.push(Row::List(say(note, "sheet-causes", &[]), cut(note, causes, NAMED + 2)));
    let must: Vec<String> = note.must_exclude().iter().map(|one| name(note, one)).collect();
    if !must.is_empty() {
        rows.push(Row::Line(say(note, "sheet-rule-out", &[]), first_of(note, &must, NAMED + 2)));
    }
    rows.push(Row::Line(say(note, "sheet-limits", &[]), note.knowledge.text("report-limits").to_owned()));
    rows
}

fn flag(note: &Note, state: &FlagState) -> String {
    let flag = note.knowledge.red_flag(state.flag);
    let reasons = note.assessment.reasons(note.knowledge, &note.case, state.flag);
    let because = listed(note.knowledge, reasons.iter().map(|reason| answered(note.knowledge, reason.finding, reason.answer)));
    let page = format!("{}:{}", flag.origin.file, flag.origin.line);
    let open = [("name", flag.name.as_str()), ("level", level_word(note.knowledge, flag.urgency)), ("because", &because), ("sources", &sources(note.knowledge, &flag.cites)), ("page", &page)];
    say(note, "sheet-flag", &open)
}

/// A question and what was said to it; a question mark that is wide needs no space.
fn asked(question: &str, answers: &str) -> String {
    let space = if question.ends_with(is_wide) { "" } else { " " };
    format!("{question}{space}{answers}")
}

fn name(note: &Note, one: &Candidate) -> String {
    let condition = note.knowledge.condition(one.condition);
    condition.clinical.clone().unwrap_or_else(|| condition.name.clone())
}

fn cause(note: &Note, one: &Candidate) -> String {
    let band = match (one.raised, one.band) {
        (true, _) => "sheet-band-rule-out",
        (_, Band::Likely) => "sheet-band-likely",
        (_, Band::Possible) => "sheet-band-possible",
        (_, Band::LessLikely) => "sheet-band-less-likely",
    };
    let (name, band, low, high) = (name(note, one), say(note, band, &[]), people(note, one.share.low), people(note, one.share.high));
    let open = [("name", name.as_str()), ("band", &band), ("low", &low), ("high", &high)];
    match one.share.point {
        Some(point) => say(note, "sheet-cause-point", &open).replace("{point}", &people(note, point)),
        None => say(note, "sheet-cause", &open),
    }
}

fn people(note: &Note, share: Share) -> String {
    match in_so_many(share) {
        Some((n, of)) => say(note, "sheet-people", &[("n", &n.to_string()), ("of", &of.to_string())]),
        None => say(note, "sheet-few", &[]),
    }
}

/// A text of the pack with its open places filled.
fn say(note: &Note, slug: &str, open: &[(&str, &str)]) -> String {
    fill(note.knowledge, slug, open)
}

fn recommendation(note: &Note) -> Vec<Row> {
    let level = note.level();
    let mut rows = vec![Row::Line(say(note, "sheet-how-soon", &[]), level_in_words(note))];
    let to: Vec<String> = note
        .services()
        .iter()
        .map(|service| match &service.number {
            Some(number) => format!("{} – {number}", service.say),
            None => service.say.clone(),
        })
        .collect();
    rows.push(Row::List(say(note, "sheet-go-to", &[]), to));
    let mut told: Vec<String> = Vec::new();
    for state in note.speaking() {
        let say = &note.knowledge.red_flag(state.flag).say;
        if !told.contains(say) {
            told.push(say.clone());
        }
    }
    rows.push(Row::List(say(note, "sheet-told", &[]), cut(note, told, NAMED / 2)));
    if level < Urgency::Today {
        let rules = note.assessment.look_again.rules.iter().filter_map(|at| note.knowledge.follow_ups.get(*at));
        rows.push(Row::List(say(note, "sheet-look-again", &[]), rules.map(|rule| rule.name.clone()).take(NAMED).collect()));
    }
    rows
}

/// The first names, and how many more there are.
fn first_of(note: &Note, names: &[String], most: usize) -> String {
    let more = (names.len() > most).then(|| say(note, "sheet-more", &[("n", &(names.len() - most).to_string())]));
    listed(note.knowledge, names.iter().take(most).cloned().chain(more))
}

/// The first items, and how many more there are.
fn cut(note: &Note, mut items: Vec<String>, most: usize) -> Vec<String> {
    let more = items.len().saturating_sub(most);
    items.truncate(most);
    items.extend((more > 0).then(|| say(note, "sheet-more", &[("n", &more.to_string())])));
    items
}
