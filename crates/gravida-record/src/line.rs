//! One line of an episode, to and from JSON; what is not understood is never taken for calm.

use gravida_assessment::follow_up::{Deadlines, Ending, Entry, Kind, Look, Note, Scales, TOP};
use gravida_knowledge::{Knowledge, Role, Urgency};
use jiff::Timestamp;
use serde_json::{Map, Value, json};

/// The moment as `2026-11-24T21:30:00Z`.
pub fn moment(minutes: u64) -> String {
    i64::try_from(minutes).ok().and_then(|minutes| Timestamp::from_second(minutes.saturating_mul(60)).ok()).map_or_else(String::new, |time| time.to_string())
}

/// Whole minutes since 1970, rounded down; `None` before 1970.
pub fn minutes(time: Timestamp) -> Option<u64> {
    u64::try_from(time.as_second().div_euclid(60)).ok()
}

/// Whole minutes since 1970, rounded up, so that a deadline is passed as soon as it is.
pub fn minutes_begun(time: Timestamp) -> u64 {
    let exact = time.as_second().rem_euclid(60) == 0 && time.subsec_nanosecond() == 0;
    minutes(time).map_or(0, |whole| whole + u64::from(!exact))
}

/// The number of a line and what it says; `None` when any of it is not understood.
pub fn entry(value: &Value) -> Option<(u64, Entry)> {
    let n = value.get("n")?.as_u64().filter(|n| *n < u64::from(u32::MAX))?;
    let at = time(value.get("at")?)?;
    let kind = match value.get("what")?.as_str()? {
        "contact" => Kind::Look(Look {
            floor: level(value.get("floor")?)?,
            level: level(value.get("level")?)?,
            asked: value.get("asked")?.as_bool()?,
            wait: optional(value, "wait_minutes", |wait| wait.as_u64().and_then(|wait| u32::try_from(wait).ok()))?,
            scales: Scales { pain: optional(value, "pain", scale)?, function: optional(value, "function", scale)? },
        }),
        "note" => {
            Role::parse(value.get("by")?.as_str()?)?;
            Kind::Note(Note {
                level: level(value.get("level")?)?,
                wait: optional(value, "wait_minutes", |wait| wait.as_u64().and_then(|wait| u32::try_from(wait).ok()))?,
            })
        }
        "close" => Kind::Close(Ending::parse(value.get("reason")?.as_str()?)?),
        _ => return None,
    };
    let promised = match (optional(value, "look_again_by", time)?, optional(value, "person_by", time)?) {
        (None, None) => None,
        (look_by, person_by) => Some(Deadlines { look_by: look_by.unwrap_or(u64::MAX), person_by: person_by.unwrap_or(u64::MAX) }),
    };
    Some((n, Entry { at, kind, promised }))
}

/// What stands for a line that cannot be read.
pub fn unreadable(at: u64) -> Entry {
    Entry { at, kind: Kind::Look(Look::unreadable()), promised: None }
}

/// `Some(None)` when the field is not there, `None` when it is not understood.
fn optional<T>(value: &Value, key: &str, read: impl FnOnce(&Value) -> Option<T>) -> Option<Option<T>> {
    match value.get(key) {
        None | Some(Value::Null) => Some(None),
        Some(inner) => read(inner).map(Some),
    }
}

fn time(value: &Value) -> Option<u64> {
    minutes(value.as_str()?.parse().ok()?)
}

fn level(value: &Value) -> Option<Urgency> {
    Urgency::parse(value.as_str()?)
}

fn scale(value: &Value) -> Option<u8> {
    value.as_u64().and_then(|value| u8::try_from(value).ok()).filter(|value| *value <= TOP)
}

/// The fields that every line starts with.
fn begin(n: u64, at: u64, what: &str) -> Map<String, Value> {
    let mut line = Map::new();
    line.insert("n".to_owned(), json!(n));
    line.insert("at".to_owned(), json!(moment(at)));
    line.insert("what".to_owned(), json!(what));
    line
}

fn deadlines(line: &mut Map<String, Value>, due: Deadlines) {
    line.insert("look_again_by".to_owned(), json!(moment(due.look_by)));
    line.insert("person_by".to_owned(), json!(moment(due.person_by)));
}

/// A contact with its answers; those that are private are named.
pub fn contact(knowledge: &Knowledge, n: u64, at: u64, look: &Look, due: Deadlines, case: &Value) -> Value {
    let mut line = begin(n, at, "contact");
    line.insert("level".to_owned(), json!(look.level.word()));
    line.insert("floor".to_owned(), json!(look.floor.word()));
    line.insert("asked".to_owned(), json!(look.asked));
    line.insert("wait_minutes".to_owned(), json!(look.wait));
    line.insert("pain".to_owned(), json!(look.scales.pain));
    line.insert("function".to_owned(), json!(look.scales.function));
    deadlines(&mut line, due);
    line.insert("pack".to_owned(), json!(knowledge.hash));
    let private: Vec<&str> = case
        .get("answers")
        .and_then(Value::as_object)
        .into_iter()
        .flat_map(Map::keys)
        .filter_map(|slug| knowledge.find_finding(slug))
        .filter(|finding| finding.private)
        .map(|finding| finding.slug.as_str())
        .collect();
    line.insert("private".to_owned(), json!(private));
    line.insert("case".to_owned(), case.clone());
    Value::Object(line)
}

/// A professional's note.
pub fn note(n: u64, at: u64, by: Role, note: &Note, due: Deadlines, says: Option<&str>) -> Value {
    let mut line = begin(n, at, "note");
    line.insert("by".to_owned(), json!(by.word()));
    line.insert("level".to_owned(), json!(note.level.word()));
    line.insert("wait_minutes".to_owned(), json!(note.wait));
    deadlines(&mut line, due);
    line.insert("says".to_owned(), json!(says));
    Value::Object(line)
}

/// The end of an episode.
pub fn close(n: u64, at: u64, ending: Ending, by: Option<Role>) -> Value {
    let mut line = begin(n, at, "close");
    line.insert("reason".to_owned(), json!(ending.word()));
    line.insert("by".to_owned(), json!(by.map(Role::word)));
    Value::Object(line)
}

/// A line for somebody else: without private answers.
pub fn shared(line: &Value) -> Value {
    let mut line = line.clone();
    let private: Vec<String> =
        line.get("private").and_then(Value::as_array).into_iter().flatten().filter_map(|slug| slug.as_str().map(str::to_owned)).collect();
    if let Some(answers) = line.pointer_mut("/case/answers").and_then(Value::as_object_mut) {
        answers.retain(|slug, _| !private.contains(slug));
    }
    if let Some(object) = line.as_object_mut() {
        object.insert("private".to_owned(), json!([]));
    }
    line
}
