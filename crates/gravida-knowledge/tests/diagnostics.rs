//! Every slip of a page is reported with its place, what is wrong and the nearest right thing.

use expect_test::{Expect, expect};
use gravida_knowledge::{Page, read};

/// A small sound pack; tests damage one page of it.
const FINDINGS: &str = "# Findings

```screen first
ask       Do you have any of these?
phase     danger
order     1
shows     back-pain
          numbness
          bleeding
          gestation
review-by 2030-01-01
```

```finding back-pain
name      Back pain
ask       Does your back hurt?
answers   no, yes
usual     40 in 100 (33 to 48)  [study one]
```

```finding numbness
name      Numbness between the legs
ask       Are you numb between the legs?
answers   no, yes
```

```finding bleeding
name      Bleeding
ask       How much do you bleed?
answers   none, spotting, heavy
```

```finding gestation
name      Weeks of pregnancy
ask       How many weeks?
answers   0 to 45 weeks
order     none
```
";

const FLAG: &str = "# Numbness

The nerves may be squeezed. Hours matter.

```red-flag squeezed-nerves
name      Squeezed nerves
when      all of
            back-pain is yes
            any of
              numbness is yes
              bleeding at least heavy
urgency   emergency
say       Go now.
place     emergency
source    [study one]
review-by 2030-01-01
```

```case back pain with numbness
given     back-pain is yes
          numbness is yes
others    no
expect    red-flag squeezed-nerves
```

```case near miss: numbness alone
given     numbness is yes
others    no
expect    no red-flag squeezed-nerves
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
        text.push_str(&format!("\n```text {id}\nsay       Words.\nreview-by 2030-01-01\n```\n"));
    }
    text.push_str("\n```place international\nname      Everywhere\n");
    for role in ["emergency", "maternity", "early-pregnancy", "doctor", "midwife", "physiotherapist", "pharmacist", "safety"] {
        text.push_str(&format!("role      {role} The service  [assumed] For the test.\n"));
    }
    text.push_str("```\n");
    text
}

fn pack(findings: &str, flag: &str) -> Vec<Page> {
    let page = |path: &str, text: &str| Page { path: path.to_owned(), text: text.to_owned() };
    vec![page("findings/f.md", findings), page("red-flags/r.md", flag), page("evidence/s.md", SOURCE), page("places/w.md", &words())]
}

fn check(findings: &str, flag: &str, expected: Expect) {
    let today = "2026-11-24".parse().ok();
    let (knowledge, diagnostics) = read(&pack(findings, flag), today);
    let lines: Vec<String> = diagnostics.iter().map(ToString::to_string).collect();
    assert_eq!(knowledge.is_none(), diagnostics.iter().any(|d| d.is_error()));
    expected.assert_eq(&lines.join("\n"));
}

fn flag(from: &str, to: &str, expected: Expect) {
    assert!(FLAG.contains(from), "the test damages nothing");
    check(FINDINGS, &FLAG.replacen(from, to, 1), expected);
}

fn finding(from: &str, to: &str, expected: Expect) {
    assert!(FINDINGS.contains(from), "the test damages nothing");
    check(&FINDINGS.replacen(from, to, 1), FLAG, expected);
}

#[test]
fn a_sound_pack_has_no_diagnostics() {
    check(FINDINGS, FLAG, expect![[r#""#]]);
}

#[test]
fn misspelt_finding() {
    flag("numbness is yes", "numness is yes", expect!["red-flags/r.md:10:15: error: there is no finding called `numness`; did you mean `numbness`?"]);
}

#[test]
fn misspelt_answer() {
    flag("at least heavy", "at least hevy", expect!["red-flags/r.md:11:33: error: `hevy` is not an answer of `bleeding`; did you mean `heavy`?"]);
}

#[test]
fn misspelt_keyword() {
    flag("urgency   ", "urgncy    ", expect![[r#"
        red-flags/r.md:5:4: error: the red-flag `squeezed-nerves` has no `urgency`; add a line `urgency`
        red-flags/r.md:12:1: error: a red-flag has no `urgncy`; did you mean `urgency`?"#]]);
}

#[test]
fn misspelt_kind() {
    flag("```red-flag", "```red-flg", expect![[r#"
        red-flags/r.md:5:4: error: there is no kind of block called `red-flg`; did you mean `red-flag`?
        red-flags/r.md:23:11: error: there is no red flag called `squeezed-nerves`
        red-flags/r.md:29:11: error: there is no red flag called `squeezed-nerves`"#]]);
}

#[test]
fn misspelt_source() {
    flag("[study one]", "[studi one]", expect!["red-flags/r.md:15:11: error: there is no source called `studi`; did you mean `study`?"]);
}

#[test]
fn passage_that_does_not_exist() {
    flag("[study one]", "[study two]", expect!["red-flags/r.md:15:11: error: the source `study` has no passage `two`; its passages stand on evidence/study.md"]);
}

#[test]
fn lost_closing_fence() {
    flag("2030-01-01\n```\n", "2030-01-01\n", expect!["red-flags/r.md:18:1: error: the block `red-flag squeezed-nerves` is not closed before the next block opens here; close it with ``` on a line of its own"]);
}

#[test]
fn lost_opening_fence() {
    flag("```red-flag squeezed-nerves\n", "", expect![[r#"
        red-flags/r.md:5:1: error: this looks like a line of a block (`name`), but no block is open here; open the block above it with ```kind id
        red-flags/r.md:15:11: error: the prose says 2030, but no block of this page does; write it in words, or put the fact with its source into a block
        red-flags/r.md:15:16: error: the prose says 01, but no block of this page does; write it in words, or put the fact with its source into a block
        red-flags/r.md:15:19: error: the prose says 01, but no block of this page does; write it in words, or put the fact with its source into a block
        red-flags/r.md:16:1: error: a fence without a kind opens here and swallows the next block; the opening fence of the block above was lost, or this line is one too many
        red-flags/r.md:18:9: error: no block of this page has a `review-by` date; add a line `review-by 2027-11-24`
        red-flags/r.md:22:11: error: there is no red flag called `squeezed-nerves`
        red-flags/r.md:28:11: error: there is no red flag called `squeezed-nerves`"#]]);
}

#[test]
fn rule_without_when() {
    flag(
        "when      all of\n            back-pain is yes\n            any of\n              numbness is yes\n              bleeding at least heavy\n",
        "",
        expect!["red-flags/r.md:5:4: error: the red-flag `squeezed-nerves` has no `when`; add a line `when`"],
    );
}

#[test]
fn lost_source() {
    flag("source    [study one]\n", "", expect!["red-flags/r.md:5:4: error: the red-flag `squeezed-nerves` has no `source`; add a line `source`"]);
}

#[test]
fn number_without_source() {
    finding("  [study one]", "", expect!["findings/f.md:18:1: error: this `usual` has no source; end it with [source passage], or [assumed] and the reason"]);
}

#[test]
fn number_in_prose() {
    flag("Hours matter", "After 6 hours it is late", expect!["red-flags/r.md:3:35: error: the prose says 6, but no block of this page does; write it in words, or put the fact with its source into a block"]);
}

#[test]
fn negation() {
    flag("numbness is yes", "numbness is not no", expect!["red-flags/r.md:10:27: error: `not no` is not an answer of `numbness`; write `no`, `yes` or `not sure`"]);
}

#[test]
fn asking_for_the_calm_answer() {
    flag("numbness is yes", "numbness is no", expect!["red-flags/r.md:10:15: error: `numbness is no` asks for an answer that is not the worst one, so a worse answer would lower the urgency; write `numbness is yes` or `numbness at least …`"]);
}

#[test]
fn lost_indentation() {
    flag("              numbness is yes", "            numbness is yes", expect![[r#"
        red-flags/r.md:9:13: error: `any of` has nothing under it; indent its lines by two more
        red-flags/r.md:11:15: error: this line is indented by 4, its group needs 2; indent by two for each group"#]]);
}

#[test]
fn no_near_miss() {
    flag("expect    no red-flag squeezed-nerves", "expect    urgency is self-care", expect!["red-flags/r.md:5:13: error: no near miss on this page for `squeezed-nerves`; add a case that differs in one answer, with `expect    no red-flag squeezed-nerves`"]);
}

#[test]
fn past_review_date_is_a_warning() {
    flag("2030-01-01", "2026-01-01", expect!["red-flags/r.md:16:11: warning: this page should have been reviewed by 2026-01-01; read it again, then move the date"]);
}

#[test]
fn emergency_that_counts_for_little_when_unsure() {
    flag("urgency   emergency\n", "urgency   emergency\nif-unsure routine  Because.\n", expect!["red-flags/r.md:5:13: error: `squeezed-nerves` is an emergency, so it cannot count below today when unsure; write `if-unsure today` and the reason"]);
}

#[test]
fn circle_of_asked_rules() {
    finding("answers   none, spotting, heavy\n", "answers   none, spotting, heavy\nasked     bleeding at least heavy\n", expect!["findings/f.md:27:12: error: `bleeding` is asked only if it has been answered itself; break the circle of `asked` rules"]);
}

#[test]
fn finding_on_no_screen() {
    finding("          numbness\n", "", expect!["findings/f.md:20:12: error: `numbness` stands on 0 screens; show each finding on one screen"]);
}

#[test]
fn frequency_that_is_none() {
    finding("40 in 100 (33 to 48)", "48 percent", expect!["findings/f.md:18:11: error: `48 percent` does not start with a frequency; write `40 in 100 (33 to 48)` or `20 to 40 in 100`"]);
}

#[test]
fn several_mistakes_are_reported_in_one_run() {
    let damaged = FLAG.replacen("numbness is yes", "numness is yes", 1).replacen("[study one]", "[studi one]", 1);
    check(&FINDINGS.replacen("answers   no, yes", "answers   no", 1), &damaged, expect![[r#"
        findings/f.md:17:11: error: the answers of `back-pain` are not understood; write a list as `no, yes`, or a range as `0 to 10` or `0 to 45 weeks`
        red-flags/r.md:10:15: error: there is no finding called `numness`; did you mean `numbness`?
        red-flags/r.md:15:11: error: there is no source called `studi`; did you mean `study`?"#]]);
}
