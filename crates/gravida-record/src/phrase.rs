//! Small phrases that every form shares: an answer, a share of people, the source of a fact.

use gravida_knowledge::{Answer, Cite, FindingId, Knowledge, Mark, Share, Urgency};

/// "Fever of 38 °C or more" for a yes, "name: answer" for anything else.
pub fn answered(knowledge: &Knowledge, id: FindingId, answer: Answer) -> String {
    let finding = knowledge.finding(id);
    match answer {
        Answer::Between(1, 1) if finding.answers.is_yes_no() => lower_first(&finding.name),
        other => fill(knowledge, "name-answer", &[("name", &lower_first(&finding.name)), ("answer", &knowledge.say_answer(id, other))]),
    }
}

/// A text of the pack with its open places filled. A pack that lacks the text loses none of what would stand in it.
pub fn fill(knowledge: &Knowledge, slug: &str, open: &[(&str, &str)]) -> String {
    match knowledge.text(slug) {
        "" => open.iter().map(|(_, value)| *value).collect::<Vec<_>>().join(" "),
        text => open.iter().fold(text.to_owned(), |text, (name, value)| text.replace(&format!("{{{name}}}"), value)),
    }
}

/// Phrases one after another, each apart, as the language does it.
pub fn listed(knowledge: &Knowledge, phrases: impl IntoIterator<Item = String>) -> String {
    phrases.into_iter().reduce(|all, next| fill(knowledge, "list", &[("all", &all), ("next", &next)])).unwrap_or_default()
}

/// The level in one word, as staff read it.
pub fn level_word(knowledge: &Knowledge, level: Urgency) -> &str {
    match knowledge.text(&format!("level-word-{level}")) {
        "" => level.word(),
        word => word,
    }
}

/// How well a fact is founded, in words.
fn mark_word(knowledge: &Knowledge, mark: Mark) -> &str {
    let slug = match mark {
        Mark::Read => "mark-verified",
        Mark::Derived => "mark-derived",
        Mark::FromMemory => "mark-from-memory",
        Mark::Consensus => "mark-consensus",
        Mark::Assumed => "mark-assumed",
    };
    match knowledge.text(slug) {
        "" => mark.word(),
        word => word,
    }
}

/// Chinese and Japanese characters with their marks: each as wide as it is high, and written without spaces.
pub fn is_wide(character: char) -> bool {
    matches!(u32::from(character), 0x2E80..=0xA4CF | 0xF900..=0xFAFF | 0xFE30..=0xFE4F | 0xFF01..=0xFF60 | 0xFFE0..=0xFFE6 | 0x20000..=0x3FFFF)
}

/// The first letter small, unless the word is an abbreviation.
pub fn lower_first(text: &str) -> String {
    let mut letters = text.chars();
    match letters.next() {
        Some(first) if !text.chars().nth(1).is_some_and(char::is_uppercase) => first.to_lowercase().chain(letters).collect(),
        _ => text.to_owned(),
    }
}

/// `[source passage]` marks of a fact, with how well it is founded.
pub fn sources(knowledge: &Knowledge, cites: &[Cite]) -> String {
    let each: Vec<String> = cites
        .iter()
        .map(|cite| match (cite.source, &cite.passage) {
            (Some(id), Some(passage)) => format!("[{} {passage}, {}]", knowledge.source(id).slug, mark_word(knowledge, cite.mark)),
            _ => format!("[{}{}]", mark_word(knowledge, cite.mark), cite.reason.as_ref().map_or(String::new(), |why| format!(": {why}"))),
        })
        .collect();
    each.join(" ")
}

/// How many of how many people; `None` when it is fewer than one in a hundred thousand.
pub fn in_so_many(share: Share) -> Option<(u128, u128)> {
    let of = |den: u128| ((u128::from(share.num) * den + u128::from(share.den) / 2) / u128::from(share.den.max(1)), den);
    [100, 1_000, 10_000, 100_000].map(of).into_iter().find(|(n, _)| *n >= 1)
}
