//! The interface words: every language has the same, every word that the pages use is there, and plural rules work.

use std::collections::BTreeSet;

use gravida_web::{LANGUAGES, Words};

fn names(text: &str) -> BTreeSet<String> {
    let starts = |line: &&str| line.starts_with(|c: char| c.is_ascii_lowercase());
    text.lines().filter(starts).filter_map(|line| line.split_once(" =")).map(|(name, _)| name.to_owned()).collect()
}

#[test]
fn every_language_has_the_same_words_and_can_be_read() {
    let source = names(LANGUAGES[0].text);
    for language in LANGUAGES {
        let (words, problems) = Words::read(language.tag, language.text);
        assert_eq!(problems, Vec::<String>::new(), "{}", language.tag);
        assert_eq!(names(language.text), source, "{}", language.tag);
        assert!(source.iter().all(|name| words.has(name)), "{}", language.tag);
        assert_eq!(words.direction(), "ltr");
    }
}

/// The words that the pages name, and no word that none of them names.
#[test]
fn the_pages_use_what_there_is() {
    let there = names(LANGUAGES[0].text);
    let mut code = String::new();
    // The app builds its folder with words of its own, and the command shows the same words in a terminal.
    for folder in ["/src", "/../gravida-app/src", "/../gravida/src", "/../gravida/src/follow"] {
        for file in std::fs::read_dir(format!("{}{folder}", env!("CARGO_MANIFEST_DIR"))).expect("the sources") {
            let path = file.expect("a file").path();
            if path.is_file() {
                code.push_str(&std::fs::read_to_string(path).expect("text"));
            }
        }
    }
    for call in [".t(\"", "t(knowledge, \"", "with(knowledge, \"", "(self.knowledge, \"", "view.with(\"", "self.with(\"", "words.with(\""] {
        for name in code.split(call).skip(1).filter_map(|rest| rest.split('"').next()) {
            assert!(there.contains(name) || name.ends_with('-'), "the pages use `{name}`, which no language has");
        }
    }
    // Names that are put together stand in the code with their beginning.
    let composed = ["terminal-course-", "mark-", "certainty-", "depth-", "who-", "error-", "phase-", "verdict-", "end-"];
    for name in &there {
        let whole = code.contains(&format!("\"{name}\""));
        assert!(whole || composed.iter().any(|start| name.starts_with(start)), "no page uses `{name}`");
    }
}

#[test]
fn plurals_follow_the_language() {
    use gravida_web::Open;
    let read = |at: usize| Words::read(LANGUAGES[at].tag, LANGUAGES[at].text).0;
    let weeks = |words: &Words, n: usize| words.with("weeks", &[("n", Open::Number(n))]);
    assert_eq!((weeks(&read(0), 1), weeks(&read(0), 2)), ("1 week".to_owned(), "2 weeks".to_owned()));
    assert_eq!(weeks(&read(1), 2), "2周");
    // A made-up text in Arabic letters' direction and with six plural forms: nothing is held to English.
    let (arabic, problems) = Words::read("ar", "weeks = { $n ->\n    [zero] z{ $n }\n    [one] o{ $n }\n    [two] t{ $n }\n    [few] f{ $n }\n    [many] m{ $n }\n   *[other] x{ $n }\n}\n");
    assert_eq!(problems, Vec::<String>::new());
    assert_eq!(arabic.direction(), "rtl");
    let forms: Vec<String> = [0, 1, 2, 3, 11, 100].iter().map(|n| weeks(&arabic, *n)).collect();
    assert_eq!(forms, ["z0", "o1", "t2", "f3", "m11", "x100"]);
}
