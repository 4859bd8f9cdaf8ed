//! The note as headings, lines and lists in reading order, for text and PDF alike; it never lays anything out.

use gravida_assessment::{Band, Candidate, FlagState};
use gravida_knowledge::{FindingId, Urgency};

use crate::note::Note;
use crate::phrase::{answered, in_people, sources};

/// One page of the note.
pub struct Sheet {
    pub title: String,
    /// The level in large letters, and the clock.
    pub level: String,
    pub clock: String,
    pub sections: Vec<Section>,
    pub foot: Vec<String>,
}

pub struct Section {
    pub heading: &'static str,
    pub rows: Vec<Row>,
}

/// A label with its text, or with a list. An empty list is not shown.
pub enum Row {
    Line(&'static str, String),
    List(&'static str, Vec<String>),
}

/// How many of a long list are named; the rest is counted, and stands in the result.
const NAMED: usize = 6;

/// The four parts of SBAR.
pub fn sheet(note: &Note) -> Sheet {
    let level = note.level();
    Sheet {
        title: note.knowledge.text("report-title").to_owned(),
        level: format!("{} [{level}]", note.knowledge.text(&format!("level-{level}"))),
        clock: note.knowledge.text(&format!("clock-{level}")).to_owned(),
        sections: vec![
            Section { heading: "Situation", rows: situation(note) },
            Section { heading: "Background", rows: background(note) },
            Section { heading: "Assessment", rows: assessment(note) },
            Section { heading: "Recommendation", rows: recommendation(note) },
        ],
        foot: vec![
            note.privacy().to_owned(),
            note.knowledge.text("safety").to_owned(),
            format!(
                "Gravida {}; pack {}; place {}; {}",
                env!("CARGO_PKG_VERSION"),
                note.knowledge.hash,
                note.place.slug,
                note.today.map_or("the case has no date".to_owned(), |date| format!("date of the case {date}"))
            ),
        ],
    }
}

fn situation(note: &Note) -> Vec<Row> {
    let weeks = match (note.weeks(), note.time.pregnant, note.time.after_birth) {
        (Some(weeks), Some(_), None) => format!("{weeks} pregnant"),
        (Some(weeks), None, Some(_)) => format!("{weeks} after the birth"),
        (None, Some(_), None) => "pregnant, weeks not known".to_owned(),
        (None, None, Some(_)) => "after a birth, weeks not known".to_owned(),
        _ => "pregnant or after a birth: not known".to_owned(),
    };
    let mut rows = vec![Row::Line("Weeks", weeks)];
    let present: Vec<String> = note.present().iter().map(|state| note.knowledge.red_flag(state.flag).name.clone()).collect();
    if present.is_empty() {
        rows.push(Row::Line("Red flags", format!("none present; {} not excluded", note.open().len())));
    } else {
        rows.push(Row::Line("Red flags", first_of(&present, NAMED)));
    }
    if let Some(words) = note.words {
        rows.push(Row::Line("Own words", format!("“{words}”")));
    }
    rows
}

fn background(note: &Note) -> Vec<Row> {
    let named = |list: &[FindingId], most: usize| {
        let names: Vec<String> = list.iter().map(|id| note.knowledge.finding(*id).name.clone()).collect();
        first_of(&names, most)
    };
    let said = |list: &[FindingId]| list.iter().map(|id| answered(note.knowledge, *id, note.case.answer(*id))).collect::<Vec<_>>().join("; ");
    let mut rows = Vec::new();
    let about = note.about();
    if !about.is_empty() {
        rows.push(Row::Line("About", said(&about)));
    }
    rows.push(Row::List("Said", note.positives().iter().map(|one| format!("{} {}", one.screen, said(&one.answers))).collect()));
    let unsure = note.unsure();
    if !unsure.is_empty() {
        rows.push(Row::Line("Not sure", named(&unsure, usize::MAX)));
    }
    let (all, open) = (note.flags().count(), note.present().len() + note.open().len());
    rows.push(Row::Line("No", format!("danger signs answered with no: {}; red flags excluded: {} of {all}", note.negatives(), all - open)));
    let not_asked = note.not_asked();
    if !not_asked.is_empty() {
        rows.push(Row::Line("Not asked", named(&not_asked, NAMED)));
    }
    rows
}

fn assessment(note: &Note) -> Vec<Row> {
    let (floor, ceiling) = note.range();
    let mut rows = vec![Row::Line("Range", format!("{floor} (flags present) to {ceiling} (flags not excluded)"))];
    rows.push(Row::List("Present", cut(note.present().iter().map(|state| flag(note, state)).collect(), NAMED + 2)));
    let open: Vec<String> = note.open().iter().map(|state| format!("{} [counts as {}]", note.knowledge.red_flag(state.flag).name, state.counts)).collect();
    if !open.is_empty() {
        rows.push(Row::Line("Not excluded", first_of(&open, NAMED)));
    }
    let causes: Vec<String> = note.causes().iter().map(|one| cause(note, one)).collect();
    rows.push(Row::List("Causes", cut(causes, NAMED + 2)));
    let must: Vec<String> = note.must_exclude().iter().map(|one| name(note, one)).collect();
    if !must.is_empty() {
        rows.push(Row::Line("To rule out", first_of(&must, NAMED + 2)));
    }
    rows.push(Row::Line("Limits", note.knowledge.text("report-limits").to_owned()));
    rows
}

fn flag(note: &Note, state: &FlagState) -> String {
    let flag = note.knowledge.red_flag(state.flag);
    let reasons = note.assessment.reasons(note.knowledge, &note.case, state.flag);
    let because: Vec<String> = reasons.iter().map(|reason| answered(note.knowledge, reason.finding, reason.answer)).collect();
    format!("{} [{}]: {}. {} {}:{}", flag.name, flag.urgency, because.join("; "), sources(note.knowledge, &flag.cites), flag.origin.file, flag.origin.line)
}

fn name(note: &Note, one: &Candidate) -> String {
    let condition = note.knowledge.condition(one.condition);
    condition.clinical.clone().unwrap_or_else(|| condition.name.clone())
}

fn cause(note: &Note, one: &Candidate) -> String {
    let band = match (one.raised, one.band) {
        (true, _) => "to rule out",
        (_, Band::Likely) => "likely",
        (_, Band::Possible) => "possible",
        (_, Band::LessLikely) => "less likely",
    };
    let point = one.share.point.map_or(String::new(), |share| format!("about {}, ", in_people(share)));
    format!("{} – {band}: {point}range {} to {}", name(note, one), in_people(one.share.low), in_people(one.share.high))
}

fn recommendation(note: &Note) -> Vec<Row> {
    let level = note.level();
    let mut rows = vec![Row::Line("How soon", format!("{} [{level}]", note.knowledge.text(&format!("level-{level}"))))];
    let to: Vec<String> = note
        .services()
        .iter()
        .map(|service| match &service.number {
            Some(number) => format!("{} – {number}", service.say),
            None => service.say.clone(),
        })
        .collect();
    rows.push(Row::List("Go to", to));
    let mut told: Vec<String> = Vec::new();
    for state in note.speaking() {
        let say = &note.knowledge.red_flag(state.flag).say;
        if !told.contains(say) {
            told.push(say.clone());
        }
    }
    rows.push(Row::List("Was told", cut(told, NAMED / 2)));
    if level < Urgency::Today {
        let rules = note.assessment.look_again.rules.iter().filter_map(|at| note.knowledge.follow_ups.get(*at));
        rows.push(Row::List("Look again", rules.map(|rule| rule.name.clone()).take(NAMED).collect()));
    }
    rows
}

/// The first names, and how many more there are.
fn first_of(names: &[String], most: usize) -> String {
    let shown = names.iter().take(most).cloned().collect::<Vec<_>>().join("; ");
    if names.len() > most { format!("{shown}; and {} more", names.len() - most) } else { shown }
}

/// The first items, and how many more there are.
fn cut(mut items: Vec<String>, most: usize) -> Vec<String> {
    let more = items.len().saturating_sub(most);
    items.truncate(most);
    items.extend((more > 0).then(|| format!("and {more} more")));
    items
}
