//! A translation holds words alone: what is missing, superfluous, stale or altered is reported with its place.

use expect_test::{Expect, expect};
use gravida_knowledge::{Answer, Knowledge, Page, not_only_words, read, read_language, skeleton, stamp};

const FINDINGS: &str = "# Questions

```screen first
ask       Do you have any of these?
phase     danger
order     1
shows     sore
          much
          weeks
          scale
review-by 2030-01-01
```

```finding sore
name      Sore for 2 days
ask       Has it been sore for 2 days?
hint      Count 1,000 sheep.
answers   no, yes
```

```finding much
name      How much
ask       How much is it?
answers   none, a little, a lot
```

```finding weeks
name      Weeks
ask       How many weeks?
answers   0 to 45 weeks
order     none
```

```finding scale
name      Scale
ask       How bad is it?
answers   0 to 10
```
";

const SOURCE: &str = "# A study

```source study
cite      A study of backs
passage   one  Table one
review-by 2030-01-01
```
";

fn words() -> String {
    let mut text = "# Words\n".to_owned();
    for id in [
        "safety", "level-self-care", "level-routine", "level-this-week", "level-today", "level-emergency", "clock-self-care",
        "clock-routine", "clock-this-week", "clock-today", "clock-emergency", "failure", "ask-first", "together", "unsure-do", "band-likely", "band-possible", "band-less-likely",
    ] {
        let say = if id == "safety" { "Call 555, {weeks} from now." } else { "Words." };
        text.push_str(&format!("\n```text {id}\nsay       {say}\nreview-by 2030-01-01\n```\n"));
    }
    for (place, number) in [("here", "555"), ("there", "777")] {
        text.push_str(&format!("\n```place {place}\nname      Everywhere\n"));
        for role in ["emergency", "maternity", "early-pregnancy", "doctor", "midwife", "physiotherapist", "pharmacist", "safety"] {
            text.push_str(&format!("role      {role} The service number {number}  [assumed] For the test.\n"));
        }
        text.push_str("```\n");
    }
    text
}

fn page(path: &str, text: &str) -> Page {
    Page { path: path.to_owned(), text: text.to_owned() }
}

fn source() -> (Vec<Page>, Knowledge) {
    let pages = vec![page("findings/f.md", FINDINGS), page("evidence/s.md", SOURCE), page("places/w.md", &words())];
    let (knowledge, mistakes) = read(&pages, None);
    (pages, knowledge.unwrap_or_else(|| panic!("{mistakes:?}")))
}

/// A complete language that shouts, and shows the services of the other place.
fn loud() -> (Vec<Page>, Knowledge) {
    let (mut pages, knowledge) = source();
    for mut page in skeleton(&pages.clone(), &knowledge, "x-loud", &|_| true) {
        let lines: Vec<String> = page.text.lines().map(shout).collect();
        page.text = lines.join("\n") + "\n";
        if page.path.ends_with("language.md") {
            page.text = page.text.replace("complete  no", "complete  yes").replace("place     international", "place     there");
            for (from, to) in [("{} weeks {} days", "WEEKS {} DAYS {}"), ("{} weeks", "WEEKS {}"), ("{} to {}", "{} .. {}")] {
                page.text = page.text.replace(from, to);
            }
        }
        pages.push(page);
    }
    (stamped(pages, &knowledge, &[]), knowledge)
}

fn shout(line: &str) -> String {
    let Some((keyword, value)) = line.split_at_checked(10).filter(|(keyword, _)| !keyword.starts_with("```") && !line.starts_with('#')) else { return line.to_owned() };
    if ["complete", "direction", "place", "weeks", "days", "range"].contains(&keyword.trim()) {
        return line.to_owned();
    }
    let (head, text) = if keyword.trim() == "role" { value.split_once(' ').unwrap_or(("", value)) } else { ("", value) };
    let text = text.to_uppercase().replace("{WEEKS}", "{weeks}").replace("555", "777");
    if head.is_empty() { format!("{keyword}{text}") } else { format!("{keyword}{head} {text}") }
}

fn stamped(mut pages: Vec<Page>, source: &Knowledge, named: &[&str]) -> Vec<Page> {
    let done = stamp(&pages, source, "x-loud", &|path| named.contains(&path), false);
    for new in done.pages {
        if let Some(old) = pages.iter_mut().find(|old| old.path == new.path) {
            *old = new;
        }
    }
    pages
}

fn mistakes(pages: &[Page], source: &Knowledge) -> String {
    let (knowledge, mistakes) = read_language(pages, source, "x-loud");
    assert_eq!(knowledge.is_none(), mistakes.iter().any(|one| one.is_error()));
    mistakes.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
}

/// Damages the pages of the language.
fn damaged(from: &str, to: &str, expected: Expect) {
    let (mut pages, source) = loud();
    let at = pages.iter().position(|page| page.path.starts_with("languages/") && page.text.contains(from)).unwrap_or_else(|| panic!("`{from}` stands nowhere"));
    pages[at].text = pages[at].text.replacen(from, to, 1);
    expected.assert_eq(&mistakes(&pages, &source));
}

#[test]
fn the_words_change_and_nothing_else() {
    let (pages, source) = loud();
    assert_eq!(mistakes(&pages, &source), "");
    let loud = read_language(&pages, &source, "x-loud").0.expect("a language");
    assert_eq!(not_only_words(&source, &loud), Vec::<String>::new());
    assert_eq!(loud.text("safety"), "CALL 777, {weeks} FROM NOW.");
    assert_eq!((loud.language.translated, loud.language.blocks), (25, 25));
    assert_eq!((loud.language.tag.as_str(), loud.language.place.as_deref(), loud.language.direction.word()), ("x-loud", Some("there"), "ltr"));
    assert_eq!(loud.places[1].services[0].number.as_deref(), Some("777"));
    // The pack itself does not see its languages.
    assert_eq!(read(&pages, None).0.expect("the pack").hash, source.hash);
}

#[test]
fn answers_are_said_in_the_language_and_written_in_that_of_the_pack() {
    let (pages, source) = loud();
    let loud = read_language(&pages, &source, "x-loud").0.expect("a language");
    let say = |knowledge: &Knowledge, at: usize, answer| {
        let id = knowledge.finding_ids().nth(at).expect("a finding");
        (knowledge.say_answer(id, answer), knowledge.finding(id).answers.show_answer(answer))
    };
    let between = Answer::Between;
    for (at, answer, said, written) in [
        (0, between(1, 1), "YES", "yes"),
        (1, between(2, 2), "A LOT", "a lot"),
        (1, between(1, 2), "A LITTLE .. A LOT", "a little to a lot"),
        (2, between(210, 210), "WEEKS 30", "30 weeks"),
        (2, between(212, 212), "WEEKS 30 DAYS 2", "30 weeks 2 days"),
        (2, between(98, 195), "WEEKS 14 .. WEEKS 27", "14 to 27 weeks"),
        (3, between(7, 7), "7", "7"),
        (3, Answer::NotSure, "NOT SURE", "not sure"),
        (3, Answer::Unasked, "NOT ASKED", "not asked"),
    ] {
        assert_eq!(say(&loud, at, answer), (said.to_owned(), written.to_owned()));
        assert_eq!(say(&source, at, answer), (written.to_owned(), written.to_owned()), "in the language of the pack both are the same");
    }
}

#[test]
fn a_missing_line() {
    damaged("hint      COUNT 1,000 SHEEP.\n", "", expect!["languages/x-loud/findings/f.md:8:12: error: `sore` has 0 times `hint`, the pack 1 times at findings/f.md:14; add `hint`: Count 1,000 sheep."]);
}

#[test]
fn a_missing_block_and_a_missing_page() {
    let (mut pages, source) = loud();
    let at = pages.iter().position(|page| page.path == "languages/x-loud/findings/f.md").expect("the page");
    let text = pages[at].text.clone();
    let (from, to) = (text.find("```finding scale").expect("a block"), text.len());
    pages[at].text.replace_range(from..to, "");
    expect!["languages/x-loud/findings/f.md:1:1: error: the finding `scale` is missing (findings/f.md:34); `gravida language skeleton x-loud findings/f.md` writes what is to be translated"].assert_eq(&mistakes(&pages, &source));
    pages.remove(at);
    expect!["languages/x-loud/findings/f.md:1:1: error: this page is missing; `gravida language skeleton x-loud findings/f.md` writes what is to be translated"].assert_eq(&mistakes(&pages, &source));
}

#[test]
fn superfluous_and_unknown() {
    damaged("```finding much", "```finding mush", expect![[r#"
        languages/x-loud/findings/f.md:1:1: error: the finding `much` is missing (findings/f.md:21); `gravida language skeleton x-loud findings/f.md` writes what is to be translated
        languages/x-loud/findings/f.md:15:12: error: the pack has no finding called `mush`, so this is superfluous; did you mean `much`?"#]]);
    damaged("ask       HOW BAD IS IT?\n", "ask       HOW BAD IS IT?\nhint      MORE\n", expect!["languages/x-loud/findings/f.md:32:1: error: `hint` is superfluous: `scale` has none at findings/f.md:34; take the line out"]);
    damaged("ask       HOW BAD IS IT?\n", "ask       HOW BAD IS IT?\nwhen      sore is yes\n", expect!["languages/x-loud/findings/f.md:32:1: error: `when` of a finding is not translated; a finding has these words: name, ask, hint, answers"]);
    damaged("```finding much", "```case much", expect![[r#"
        languages/x-loud/findings/f.md:1:1: error: the finding `much` is missing (findings/f.md:21); `gravida language skeleton x-loud findings/f.md` writes what is to be translated
        languages/x-loud/findings/f.md:15:4: error: a block `case` is not translated; translated are finding, screen, red-flag, condition, intervention, follow-up, claim, text, nutrient, food, place"#]]);
    damaged("# Questions", "# QUESTIONS\n\nAnd prose.", expect!["languages/x-loud/findings/f.md:3:1: error: a page in a language holds its title and blocks alone; prose is for those who write the pack and is not translated; take it out"]);
}

#[test]
fn a_block_on_another_page_or_twice() {
    let (mut pages, source) = loud();
    pages[0].text.push('\n');
    let block = "\n```finding scale\nname      SCALE\nask       HOW BAD IS IT?\n```\n";
    let words = pages.iter_mut().find(|page| page.path == "languages/x-loud/places/w.md").expect("the page");
    words.text.push_str(block);
    let said = mistakes(&pages, &source);
    assert!(said.contains("there are two finding blocks called `scale`; the first stands at languages/x-loud/findings/f.md:28"), "{said}");
    let findings = pages.iter_mut().find(|page| page.path == "languages/x-loud/findings/f.md").expect("the page");
    let from = findings.text.find("```finding scale").expect("a block");
    findings.text.truncate(from);
    let said = mistakes(&pages, &source);
    assert!(said.contains("`scale` stands on findings/f.md in the pack; move it to languages/x-loud/findings/f.md"), "{said}");
}

#[test]
fn a_stale_text_is_noticed_until_somebody_names_its_page() {
    let (mut pages, _) = loud();
    pages[0].text = FINDINGS.replace("How bad is it?", "How bad is it now?");
    let changed = read(&pages, None).0.expect("the pack");
    let stale = expect!["languages/x-loud/findings/f.md:29:11: error: the words of `scale` have changed since they were translated; compare with findings/f.md:34, then `gravida language stamp x-loud findings/f.md`"];
    stale.assert_eq(&mistakes(&pages, &changed));
    let again = stamped(pages.clone(), &changed, &[]);
    stale.assert_eq(&mistakes(&again, &changed));
    assert_eq!(mistakes(&stamped(pages, &changed, &["findings/f.md"]), &changed), "");
}

#[test]
fn a_change_of_a_rule_is_no_change_of_words() {
    let (mut pages, _) = loud();
    pages[0].text = FINDINGS.replace("order     1", "order     2");
    let changed = read(&pages, None).0.expect("the pack");
    assert_eq!(mistakes(&pages, &changed), "");
}

#[test]
fn numbers_and_gaps_stay() {
    damaged("SORE FOR 2 DAYS\n", "SORE FOR 3 DAYS\n", expect![[r#"
        languages/x-loud/findings/f.md:10:11: error: the pack says 2, this text does not; the words of the pack are: Sore for 2 days
        languages/x-loud/findings/f.md:10:11: error: this text says 3, the pack does not; the words of the pack are: Sore for 2 days"#]]);
    // However a language parts thousands.
    damaged("COUNT 1,000 SHEEP.", "COUNT 1000 SHEEP.", expect![""]);
    damaged("{weeks}", "{WEEKS}", expect!["languages/x-loud/places/w.md:5:11: error: the pack has {weeks} here, this text {WEEKS}; the program puts something there: write it as it is, braces and all"]);
    // Telephone numbers are those of the place that the language shows; others are not let in.
    damaged("CALL 777", "CALL 778", expect!["languages/x-loud/places/w.md:5:11: error: this text says 778, the pack does not; the words of the pack are: Call 555, {weeks} from now."]);
    damaged("CALL 777", "CALL", expect![""]);
}

#[test]
fn answers_are_as_many() {
    damaged("NONE, A LITTLE, A LOT", "NONE, A LOT", expect!["languages/x-loud/findings/f.md:19:11: error: there are 2 answers here and 3 in the pack; write as many, with a comma and a space between: none, a little, a lot"]);
    damaged("NONE, A LITTLE, A LOT", "NONE, A LOT, A LOT", expect!["languages/x-loud/findings/f.md:19:11: error: two answers read alike, or one is empty; give each answer words of its own"]);
}

#[test]
fn heads_marks_and_nothing() {
    damaged("role      doctor", "role      doktor", expect!["languages/x-loud/places/w.md:99:11: error: this `role` does not begin with `doctor` as in the pack; write `role doctor …`"]);
    damaged("HOW BAD IS IT?", "HOW BAD [study one] IS IT?", expect![[r#"
        languages/x-loud/findings/f.md:31:11: error: a translated text holds `[`; marks of sources stand in the pack alone; write the words without them"#]]);
    damaged("role      doctor THE SERVICE", "role      doctor ", expect!["languages/x-loud/places/w.md:99:11: error: this `role` does not begin with `doctor` as in the pack; write `role doctor …`"]);
}

#[test]
fn the_page_about_the_language() {
    damaged("complete  yes", "complete  maybe", expect!["languages/x-loud/language.md:6:11: error: `maybe` is not a known `complete`; write one of yes, no"]);
    damaged("place     there", "place     theer", expect!["languages/x-loud/language.md:8:11: error: `theer` is not a known `place`; did you mean `there`?"]);
    damaged("weeks     WEEKS {}", "weeks     WEEKS", expect!["languages/x-loud/language.md:13:11: error: `weeks` needs 1 times {}; write {} where the number stands"]);
    damaged("```language x-loud", "```language x-load", expect!["languages/x-loud/language.md:3:13: error: this folder is `x-loud`; write ```language x-loud"]);
    damaged("name      X-LOUD\n", "", expect!["languages/x-loud/language.md:3:4: error: the language `x-loud` has no `name`; add a line `name`"]);
}

#[test]
fn there_is_no_such_language() {
    let (pages, source) = loud();
    let (none, said) = read_language(&pages, &source, "x-lout");
    assert!(none.is_none());
    expect!["languages/x-lout/language.md:1:1: error: the pack has no pages in `x-lout`; did you mean `x-loud`?"].assert_eq(&said[0].to_string());
}

#[test]
fn what_is_not_confirmed_is_said_in_the_words_of_the_pack() {
    let (mut pages, source) = loud();
    for page in pages.iter_mut().filter(|page| page.path.starts_with("languages/")) {
        page.text = page.text.replace("complete  yes", "complete  no").replacen("of        ", "of        0", 1);
    }
    let (partly, said) = read_language(&pages, &source, "x-loud");
    let partly = partly.expect("a language that is not complete");
    assert!(said.iter().all(|one| !one.is_error()) && said.len() == 2, "{said:?}");
    assert_eq!((partly.language.translated, partly.language.blocks), (23, 25));
    assert_eq!(partly.screens[0].ask, "Do you have any of these?");
    assert_eq!(not_only_words(&source, &partly), Vec::<String>::new());
}

#[test]
fn english_that_was_left_is_not_confirmed() {
    let (mut pages, source) = source();
    pages.extend(skeleton(&pages.clone(), &source, "x-loud", &|_| true));
    let done = stamp(&pages, &source, "x-loud", &|_| true, false);
    assert_eq!((done.new.len(), done.same.len(), done.pages.len()), (0, 25, 0));
    let done = stamp(&pages, &source, "x-loud", &|_| true, true);
    assert_eq!((done.new.len(), done.same.len(), done.pages.len()), (25, 0, 2));
}

#[test]
fn a_skeleton_adds_what_is_missing_and_keeps_what_is_there() {
    let (mut pages, source) = loud();
    assert_eq!(skeleton(&pages, &source, "x-loud", &|_| true), Vec::new());
    let page = pages.iter_mut().find(|page| page.path == "languages/x-loud/findings/f.md").expect("the page");
    let from = page.text.find("```finding scale").expect("a block");
    let before = page.text[..from].to_owned();
    page.text.truncate(from);
    let written = skeleton(&pages, &source, "x-loud", &|path| path == "findings/f.md");
    assert_eq!(written.len(), 1);
    assert_eq!(written[0].text, format!("{before}```finding scale\nname      Scale\nask       How bad is it?\n```\n"));
}

#[test]
fn a_difference_beside_the_words_is_found_in_any_field() {
    let (_, source) = source();
    let differs = |change: fn(&mut Knowledge)| {
        let mut other = source.clone();
        change(&mut other);
        not_only_words(&source, &other).len()
    };
    assert_eq!(differs(|_| {}), 0);
    assert_eq!(differs(|other| other.findings[1].name.push('!')), 0);
    assert_eq!(differs(|other| other.findings[1].ordered = false), 1);
    assert_eq!(differs(|other| other.findings[1].words.truncate(2)), 1);
    assert_eq!(differs(|other| other.findings[0].hint = None), 1);
    assert_eq!(differs(|other| other.screens[0].order = 9), 1);
    assert_eq!(differs(|other| other.places[0].services[0].number = None), 1);
    assert_eq!(differs(|other| other.texts.truncate(3)), 1);
    assert_eq!(differs(|other| other.hash.clear()), 1);
}
