//! A person's answers as JSON, in words that are the same in every language; what is not understood is "not sure".

use gravida_knowledge::{Answer, Case, Knowledge};
use serde_json::{Map, Value, json};

/// The name and version of the format, in the field `schema`.
pub const CASE_SCHEMA: &str = "gravida-case/1";

/// Every answer that was given, by the name of its finding.
pub fn answers_json(knowledge: &Knowledge, case: &Case) -> Value {
    let given = knowledge.finding_ids().filter(|id| case.answer(*id) != Answer::Unasked);
    Value::Object(given.map(|id| (knowledge.finding(id).slug.clone(), knowledge.finding(id).answers.show_answer(case.answer(id)).into())).collect())
}

/// The case as JSON, ready to be read again.
pub fn case_json(knowledge: &Knowledge, case: &Case, place: &str) -> Value {
    json!({"schema": CASE_SCHEMA, "place": place, "answers": answers_json(knowledge, case)})
}

/// The answers of a case that this program wrote. A finding that this pack does not have has no effect.
pub fn case_answers(knowledge: &Knowledge, value: &Value) -> Case {
    let mut case = Case::new(knowledge);
    for (slug, text) in value.get("answers").and_then(Value::as_object).unwrap_or(&Map::new()) {
        if let Some(id) = knowledge.finding_ids().find(|id| knowledge.finding(*id).slug == *slug) {
            let answer = text.as_str().and_then(|text| knowledge.finding(id).answers.parse(text).ok());
            case.set(id, answer.unwrap_or(Answer::NotSure));
        }
    }
    case
}
