//! Small phrases that every form shares: an answer, a share of people, the source of a fact.

use gravida_knowledge::{Answer, Cite, FindingId, Knowledge, Share};

/// "Fever of 38 °C or more" for a yes, "name: answer" for anything else.
pub fn answered(knowledge: &Knowledge, id: FindingId, answer: Answer) -> String {
    let finding = knowledge.finding(id);
    match answer {
        Answer::Between(1, 1) if finding.answers.is_yes_no() => lower_first(&finding.name),
        other => format!("{}: {}", lower_first(&finding.name), knowledge.say_answer(id, other)),
    }
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
            (Some(id), Some(passage)) => format!("[{} {passage}, {}]", knowledge.source(id).slug, cite.mark.word()),
            _ => format!("[{}{}]", cite.mark.word(), cite.reason.as_ref().map_or(String::new(), |why| format!(": {why}"))),
        })
        .collect();
    each.join(" ")
}

/// "31 in 100", or in a larger number when it is rare.
pub fn in_people(share: Share) -> String {
    in_so_many(share).map_or("fewer than 1 in 100000".to_owned(), |(n, of)| format!("{n} in {of}"))
}

/// How many of how many people; `None` when it is fewer than one in a hundred thousand.
pub fn in_so_many(share: Share) -> Option<(u128, u128)> {
    let of = |den: u128| ((u128::from(share.num) * den + u128::from(share.den) / 2) / u128::from(share.den.max(1)), den);
    [100, 1_000, 10_000, 100_000].map(of).into_iter().find(|(n, _)| *n >= 1)
}
