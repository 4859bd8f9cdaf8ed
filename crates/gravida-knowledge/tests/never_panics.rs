//! No text makes the reader panic, hang or grow without bound.

use gravida_knowledge::{Knowledge, Page, format_page, read, read_folder, read_language, skeleton, stamp};
use proptest::prelude::*;

const SEED: &str = include_str!("../../../knowledge/red-flags/fever-with-pain.md");
const TRANSLATED: &str = include_str!("../../../knowledge/languages/zh-Hans/red-flags/fever-with-pain.md");

fn read_one(text: &str) {
    let pages = vec![Page { path: "a/b.md".to_owned(), text: text.to_owned() }];
    let (_, diagnostics) = read(&pages, None);
    // One page gives a bounded number of mistakes: no line is reported for ever.
    assert!(diagnostics.len() <= 40 * (text.lines().count() + 20));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn any_text(text in "\\PC{0,400}") {
        read_one(&text);
    }

    #[test]
    fn lines_of_the_notation(lines in prop::collection::vec(
        prop::sample::select(vec![
            "```", "```red-flag a", "```finding b", "```case", "# T", "when      all of", "            any of", "              b is yes",
            "answers   no, yes", "answers   0 to 45 weeks", "usual     5 in 0", "usual     9 in 3 [x y]", "seen      1 to 2 in 3  b is yes  [assumed] a",
            "source    [", "source    [a b", "window    9 to 3 weeks", "role      emergency x number 999", "step      0 x", "wait      99999999999 days",
            "from      1 in 18446744073709551615", "ratio     0 times b is yes [assumed] x", "	tab", "  two spaces", "given     b is 99999 weeks 9 days", "2 of", "when      3 of",
        ]), 0..40)) {
        read_one(&lines.join("\n"));
    }

    #[test]
    fn a_damaged_page(at in 0usize..4000, length in 0usize..40, with in "[ -~\\n]{0,12}") {
        let mut text = SEED.to_owned();
        let mut from = at.min(text.len());
        while !text.is_char_boundary(from) { from -= 1; }
        let mut to = (from + length).min(text.len());
        while !text.is_char_boundary(to) { to -= 1; }
        text.replace_range(from..to.max(from), &with);
        read_one(&text);
    }

    #[test]
    fn formatting_twice_is_formatting_once(text in "(\\PC|\\n|```|  ){0,60}") {
        let once = format_page(&text);
        prop_assert_eq!(format_page(&once), once);
    }
}

#[test]
fn deep_nesting_ends() {
    let mut text = "# T\n\n```red-flag a\nwhen      any of\n".to_owned();
    for depth in 0..2000 {
        text.push_str(&" ".repeat(12 + 2 * depth));
        text.push_str("any of\n");
    }
    text.push_str("```\n");
    read_one(&text);
}

fn read_in_language(text: &str) {
    let source = vec![
        Page { path: "findings/a.md".to_owned(), text: SEED.to_owned() },
        Page { path: "languages/xx/language.md".to_owned(), text: text.to_owned() },
        Page { path: "languages/xx/red-flags/fever-with-pain.md".to_owned(), text: text.to_owned() },
    ];
    let knowledge = sound();
    let (_, diagnostics) = read_language(&source, knowledge, "xx");
    assert!(diagnostics.len() <= 2000 + 80 * (text.lines().count() + 20));
    let done = stamp(&source, knowledge, "xx", &|_| true, true);
    // What a stamp writes can be read and stamped again without a change.
    assert!(stamp(&done.pages, knowledge, "xx", &|_| true, true).pages.is_empty());
    let _ = skeleton(&source, knowledge, "xx", &|_| true);
}

/// The pack of this checkout, read once.
fn sound() -> &'static Knowledge {
    static PACK: std::sync::OnceLock<Knowledge> = std::sync::OnceLock::new();
    PACK.get_or_init(|| {
        let pages = read_folder(std::path::Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../knowledge"))).expect("the pack");
        read(&pages, None).0.expect("a sound pack")
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn any_page_in_a_language(lines in prop::collection::vec(
        prop::sample::select(vec![
            "```", "```language xx", "```red-flag fever-with-pain", "```red-flag b", "```case", "# T", "prose", "name      发烧并且疼", "say       38 ℃", "of        0", "of",
            "complete  yes", "complete  no", "direction rtl", "place     cn", "weeks     {}", "days      {}{}", "range     {} {} {}", "yes       是", "no        否",
            "step      30", "role      doctor", "answers   a, , b", "	tab", "          more", "  two spaces", "say       { {x} }{", "say       1,2,3,4 1,000.5,",
        ]), 0..40)) {
        read_in_language(&lines.join("\n"));
    }

    #[test]
    fn a_damaged_page_in_a_language(at in 0usize..3000, length in 0usize..40, with in "[ -~\\n]{0,12}") {
        let mut text = TRANSLATED.to_owned();
        let mut from = at.min(text.len());
        while !text.is_char_boundary(from) { from -= 1; }
        let mut to = (from + length).min(text.len());
        while !text.is_char_boundary(to) { to -= 1; }
        text.replace_range(from..to.max(from), &with);
        read_in_language(&text);
    }
}
