//! Headings and short phrases of the terminal, the same words as those of the pages in the browser, in the language of the pack.

use std::sync::LazyLock;

use gravida_knowledge::{Answers, FindingId, Intervention, Knowledge, Share};
use gravida_web::{LANGUAGES, Open, Words};

static ALL: LazyLock<Vec<Words>> = LazyLock::new(|| LANGUAGES.iter().map(|language| Words::read(language.tag, language.text).0).collect());

/// A word without anything open.
pub fn t(knowledge: &Knowledge, id: &str) -> String {
    with(knowledge, id, &[])
}

/// A word with what it leaves open.
pub fn with(knowledge: &Knowledge, id: &str, open: &[(&str, Open<'_>)]) -> String {
    let own = ALL.iter().find(|words| words.tag == knowledge.language.tag);
    own.or_else(|| ALL.first()).map_or_else(|| id.to_owned(), |words| words.with(id, open))
}

/// "31 in 100", or of a larger number when it is rare.
pub fn people(knowledge: &Knowledge, share: Share) -> String {
    match gravida_record::in_so_many(share) {
        Some((n, all)) => with(knowledge, "n-in", &[("n", Open::Text(&n.to_string())), ("all", Open::Text(&all.to_string()))]),
        None => with(knowledge, "fewer-than", &[("all", Open::Text("100000"))]),
    }
}

/// How certain the effect of a measure is.
pub fn certainty(knowledge: &Knowledge, one: &Intervention) -> String {
    let word = t(knowledge, &format!("certainty-{}", one.certainty.split_whitespace().next().unwrap_or("none")));
    with(knowledge, "certainty", &[("word", Open::Text(&word))])
}

/// How a number is typed; weeks and lists have ways of their own.
pub fn number(knowledge: &Knowledge, id: FindingId) -> String {
    match &knowledge.finding(id).answers {
        Answers::Numbers(low, high) => with(knowledge, "number-from-to", &[("low", Open::Number((*low).into())), ("high", Open::Number((*high).into()))]),
        other => other.expected(),
    }
}
