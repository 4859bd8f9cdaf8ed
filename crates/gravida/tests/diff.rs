//! `gravida diff` on copies of the real pack with one edit by hand: what moves, who moves, and the exit code.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use expect_test::{Expect, expect};

const PACK: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../knowledge");

/// A folder with a copy of the pack in `knowledge/` and no changelog.
fn copy(name: &str) -> PathBuf {
    let top = Path::new(env!("CARGO_TARGET_TMPDIR")).join("diff").join(name);
    let _ = std::fs::remove_dir_all(&top);
    copy_folder(Path::new(PACK), &top.join("knowledge"));
    top
}

fn copy_folder(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).expect("a folder");
    for entry in std::fs::read_dir(from).expect("a folder") {
        let path = entry.expect("an entry").path();
        let target = to.join(path.file_name().expect("a name"));
        if path.is_dir() {
            copy_folder(&path, &target);
        } else {
            std::fs::copy(&path, &target).expect("a copy");
        }
    }
}

/// Replaces a text that must stand exactly once on a page.
fn edit(top: &Path, page: &str, from: &str, to: &str) {
    let path = top.join("knowledge").join(page);
    let text = std::fs::read_to_string(&path).expect("a page");
    assert_eq!(text.matches(from).count(), 1, "{page}: {from}");
    std::fs::write(&path, text.replace(from, to)).expect("a page is written");
}

fn diff(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_gravida")).arg("diff").args(arguments).output().expect("the command runs")
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// What is said of the real pack against the edited one, without the first line, which holds names and fingerprints.
fn check(top: &Path, code: i32, expected: &Expect) {
    let folder = top.join("knowledge");
    let output = diff(&[PACK, &folder.display().to_string()]);
    let out = masked(&text(&output.stdout));
    expected.assert_eq(out.split_once('\n').map_or("", |(_, rest)| rest));
    assert_eq!(output.status.code(), Some(code), "{}", text(&output.stderr));
}

/// What rests on the whole pack is left out, so that another page elsewhere changes no test here: counts over every
/// question, and how many other questions somebody has to answer with no.
fn masked(out: &str) -> String {
    let mut masked = String::new();
    for line in out.lines() {
        let mut words: Vec<String> = line.split(' ').map(str::to_owned).collect();
        for at in 0..words.len() {
            if words[at] == "×" && at > 0 {
                words[at - 1] = "N".to_owned();
                words[at].clear();
                let rest = words[at + 1].trim_start_matches(|c: char| c.is_ascii_digit() || c == '^').to_owned();
                words[at + 1] = rest;
            }
            if words[at] == "to" && at + 2 < words.len() && words[at + 2] == "other" {
                words[at + 1] = "N".to_owned();
            }
        }
        masked.push_str(&words.join(" ").replace("N  ,", "N,").replace("N   ", "N "));
        masked.push('\n');
    }
    masked
}

#[test]
fn the_same_pack_moves_nobody() {
    check(&copy("same"), 0, &expect![[r#"

        The level to act on moves for nobody.
    "#]]);
}

const TIGHTENINGS: &str = "when      all of
            gestation at least 20 weeks
            gestation under 37 weeks
            any of";

#[test]
fn a_threshold_names_exactly_the_weeks() {
    let top = copy("threshold");
    edit(&top, "red-flags/preterm-tightenings.md", TIGHTENINGS, &TIGHTENINGS.replace("37", "36"));
    check(&top, 1, &expect![[r#"

        red flag `preterm-tightenings` – Regular tightenings or pain in waves before term
          DOWN  what it counts for: emergency → self-care, 196 of 3,328,320 sets of answers to 4 questions
                – Pregnant, or after a birth: pregnant; How many weeks pregnant: from 36 weeks to 36 weeks 6 days; and one of
                  – Regular tightenings: about every 10 to 15 minutes, or 4 or more in an hour: yes
                  – Pain that comes and goes in a regular rhythm: yes
                The level to act on moves with it for N of N sets of answers to every question that red flags read.
                For example emergency → today: Pregnant, or after a birth: pregnant; How many weeks pregnant: 36 weeks; Pain that comes and goes in a regular rhythm; no to N other questions
          DOWN  what it counts for: emergency → today, 5,488 of 3,328,320 sets of answers to 4 questions
                – Pregnant, or after a birth: pregnant; How many weeks pregnant: a range that starts from 20 weeks to 35 weeks 6 days and ends from 36 weeks to 36 weeks 6 days; and one of
                  – Regular tightenings: about every 10 to 15 minutes, or 4 or more in an hour: yes
                  – Pain that comes and goes in a regular rhythm: yes
                The level to act on moves with it for N of N sets of answers to every question that red flags read.
                For example emergency → today: Pregnant, or after a birth: pregnant; How many weeks pregnant: 20 weeks to 36 weeks; Pain that comes and goes in a regular rhythm; no to N other questions
          DOWN  what it counts for: today → self-care, 20,909 of 3,328,320 sets of answers to 4 questions
                – Pregnant, or after a birth: pregnant or not known; How many weeks pregnant: a range that starts from 36 weeks to 36 weeks 6 days and ends from 37 weeks to 45 weeks 6 days; Regular tightenings: about every 10 to 15 minutes, or 4 or more in an hour: yes or not known
                – Pregnant, or after a birth: pregnant or not known; How many weeks pregnant: a range that starts from 36 weeks to 36 weeks 6 days and ends from 37 weeks to 45 weeks 6 days; Pain that comes and goes in a regular rhythm: yes or not known
                – Pregnant, or after a birth: not known; How many weeks pregnant: from 36 weeks to 36 weeks 6 days or a range that starts from 36 weeks to 36 weeks 6 days and ends from 37 weeks to 45 weeks 6 days; Regular tightenings: about every 10 to 15 minutes, or 4 or more in an hour: yes or not known
                – Pregnant, or after a birth: not known; How many weeks pregnant: from 36 weeks to 36 weeks 6 days or a range that starts from 36 weeks to 36 weeks 6 days and ends from 37 weeks to 45 weeks 6 days; Pain that comes and goes in a regular rhythm: yes or not known
                – Pregnant, or after a birth: pregnant or not known; How many weeks pregnant: from 36 weeks to 36 weeks 6 days or a range that starts from 36 weeks to 36 weeks 6 days and ends from 37 weeks to 45 weeks 6 days; Regular tightenings: about every 10 to 15 minutes, or 4 or more in an hour: no or not known; Pain that comes and goes in a regular rhythm: not known
                – Pregnant, or after a birth: pregnant or not known; How many weeks pregnant: from 36 weeks to 36 weeks 6 days or a range that starts from 36 weeks to 36 weeks 6 days and ends from 37 weeks to 45 weeks 6 days; Regular tightenings: about every 10 to 15 minutes, or 4 or more in an hour: not known; Pain that comes and goes in a regular rhythm: no or not known
                The level to act on moves with it for N of N sets of answers to every question that red flags read.
                For example today → this-week: How many weeks pregnant: 36 weeks; no to N other questions
          by red-flags/preterm-tightenings.md:11
          NOT NAMED: no new entry of the changelog (there is none) has the word calmer and `preterm-tightenings`.

        The level to act on: calmer for N, sooner for 0, of N sets of answers.
        Calmer, and not named in the changelog: `preterm-tightenings`.
    "#]]);
}

#[test]
fn any_that_becomes_all() {
    let top = copy("any-to-all");
    edit(&top, "red-flags/term-labour-signs.md", "any of\n              regular-contractions is yes\n              rhythmic-pain", "all of\n              regular-contractions is yes\n              rhythmic-pain");
    check(&top, 1, &expect![[r#"

        red flag `term-labour-signs` – Signs that labour is starting
          DOWN  what it counts for: today → self-care, 1,980,180 of 13,313,280 sets of answers to 5 questions
                – Pregnant, or after a birth: pregnant or not known; How many weeks pregnant: from 37 weeks to 45 weeks 6 days, a range that starts from 0 weeks to 36 weeks 6 days and ends from 37 weeks to 45 weeks 6 days or not known; and one of
                  – A gush or steady trickle of fluid from the vagina: no; Pain that comes and goes in a regular rhythm: yes or not known
                  – Regular tightenings: about every 10 to 15 minutes, or 4 or more in an hour: yes or not known; Pain that comes and goes in a regular rhythm: no
                  – A gush or steady trickle of fluid from the vagina: yes or not known; Regular tightenings: about every 10 to 15 minutes, or 4 or more in an hour: no
                The level to act on moves with it for N of N sets of answers to every question that red flags read.
                For example today → this-week: How many weeks pregnant: 37 weeks; no to N other questions
          by red-flags/term-labour-signs.md:11
          NOT NAMED: no new entry of the changelog (there is none) has the word calmer and `term-labour-signs`.

        The level to act on: calmer for N, sooner for 0, of N sets of answers.
        Calmer, and not named in the changelog: `term-labour-signs`.
    "#]]);
}

#[test]
fn a_lower_urgency_needs_an_entry_in_the_changelog() {
    let top = copy("urgency");
    edit(&top, "red-flags/swollen-leg.md", "urgency   today", "urgency   this-week");
    check(&top, 1, &expect![[r#"

        red flag `swollen-leg` – One calf or leg swollen, red, hot or sore
          DOWN  what it counts for: today → this-week, 3 of 4 sets of answers to 1 question
                – One calf or leg more swollen, red, hot or tender than the other: yes or not known
                The level to act on moves with it for N of N sets of answers to every question that red flags read.
                For example today → this-week: no to N other questions
          by red-flags/swollen-leg.md:10
          NOT NAMED: no new entry of the changelog (there is none) has the word calmer and `swollen-leg`.

        The level to act on: calmer for N, sooner for 0, of N sets of answers.
        Calmer, and not named in the changelog: `swollen-leg`.
    "#]]);
    let changelog = top.join("CHANGELOG.md");
    let run = |text: &str| {
        std::fs::write(&changelog, text).expect("a changelog");
        let output = diff(&[PACK, &top.join("knowledge").display().to_string()]);
        output.status.code()
    };
    assert_eq!(run("# Changes\n\n- A swollen leg is looked at this week.\n"), Some(1), "no id and no word");
    assert_eq!(run("# Changes\n\n- `swollen-leg` waits longer.\n- Something else is calmer.\n"), Some(1), "not in one entry");
    assert_eq!(run("# Changes\n\n- A swollen leg (`swollen-leg`) is now looked at\n  this week, which is calmer. Second clinician: …\n"), Some(0));
    // Another file may be named.
    let other = top.join("notes.md");
    std::fs::write(&other, "- nothing\n").expect("a file");
    let output = diff(&[PACK, &top.join("knowledge").display().to_string(), "--changelog", &other.display().to_string()]);
    assert_eq!(output.status.code(), Some(1));
}

#[test]
fn a_level_when_unsure_that_is_added() {
    let top = copy("if-unsure");
    edit(&top, "red-flags/tearing-chest-or-back-pain.md", "urgency   emergency\n", "urgency   emergency\nif-unsure today  It is not certain.\n");
    check(&top, 1, &expect![[r#"

        red flag `tearing-chest-or-back-pain` – Sudden tearing pain in the chest or back
          DOWN  what it counts for: emergency → today, 626 of 1,024 sets of answers to 5 questions
                – Sudden ripping or tearing pain in the chest or between the shoulder blades: not known; So bad now that it is hard to talk, stand or sleep: no or not known
                – Sudden ripping or tearing pain in the chest or between the shoulder blades: not known; Marfan, Ehlers-Danlos, Turner, bicuspid heart valve, or disease of the aorta in the family: no or not known
                – Sudden ripping or tearing pain in the chest or between the shoulder blades: not known; Lower back: between the bottom ribs and the top of the buttocks: no or not known; Middle of the back or a little above the waist, not very low down: no or not known
                – Sudden ripping or tearing pain in the chest or between the shoulder blades: no or not known; Marfan, Ehlers-Danlos, Turner, bicuspid heart valve, or disease of the aorta in the family: yes or not known; So bad now that it is hard to talk, stand or sleep: not known; Middle of the back or a little above the waist, not very low down: yes or not known
                – Sudden ripping or tearing pain in the chest or between the shoulder blades: no or not known; Marfan, Ehlers-Danlos, Turner, bicuspid heart valve, or disease of the aorta in the family: yes or not known; So bad now that it is hard to talk, stand or sleep: not known; Lower back: between the bottom ribs and the top of the buttocks: yes or not known
                – Sudden ripping or tearing pain in the chest or between the shoulder blades: no or not known; Marfan, Ehlers-Danlos, Turner, bicuspid heart valve, or disease of the aorta in the family: not known; So bad now that it is hard to talk, stand or sleep: yes or not known; Middle of the back or a little above the waist, not very low down: yes or not known
                – and 14 sets of answers in smaller groups
                The level to act on moves with it for N of N sets of answers to every question that red flags read.
                For example emergency → today: no to N other questions
          by red-flags/tearing-chest-or-back-pain.md:18
          NOT NAMED: no new entry of the changelog (there is none) has the word calmer and `tearing-chest-or-back-pain`.

        The level to act on: calmer for N, sooner for 0, of N sets of answers.
        Calmer, and not named in the changelog: `tearing-chest-or-back-pain`.
    "#]]);
}

#[test]
fn a_contraindication_that_is_removed_moves_the_plan_alone() {
    let top = copy("never");
    edit(&top, "interventions/cold-pack.md", "never     poor-circulation is yes  [s-french-2006 cold-pack]\n", "");
    check(&top, 0, &expect![[r#"

        intervention `cold-pack` – A cold pack on the sore place
          SIDEWAYS  may now be offered, where the level and the causes allow it: 661,721,109 of 64,609,347,840 sets of answers
                – Pregnant, or after a birth: pregnant; How many weeks pregnant: from 0 weeks to 42 weeks 6 days; A numb or tingling patch in one leg or foot that stays: no; Broken, infected or numb skin where it hurts: no; Poor blood flow: yes or not known
          by interventions/cold-pack.md:24

        The level to act on moves for nobody.
    "#]]);
}

#[test]
fn words_alone() {
    let top = copy("words");
    edit(&top, "red-flags/swollen-leg.md", "Do not rub or massage the leg.", "Do not rub the leg.");
    edit(&top, "red-flags/swollen-leg.md", "# ", "# About: ");
    check(&top, 0, &expect![[r#"

        SIDEWAYS  moves no level:
          words     red-flags/swollen-leg.md:13  red-flag `swollen-leg`, `meanwhile`
          words     red-flags/swollen-leg.md  prose outside the blocks

        The level to act on moves for nobody.
    "#]]);
}

#[test]
fn a_finding_with_another_name_is_the_same_finding() {
    let top = copy("renamed");
    every_page(&top.join("knowledge"), &|text| text.replace("calf-swelling-unilateral", "one-leg-swollen"));
    check(&top, 0, &expect![[r#"

        SIDEWAYS  moves no level:
          names     findings/nerves-bladder-legs.md:77  finding `one-leg-swollen`, before `calf-swelling-unilateral`

        The level to act on moves for nobody.
    "#]]);
}

fn every_page(folder: &Path, change: &dyn Fn(&str) -> String) {
    for entry in std::fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            every_page(&path, change);
        } else if path.extension().is_some_and(|extension| extension == "md") {
            let text = std::fs::read_to_string(&path).expect("a page");
            std::fs::write(&path, change(&text)).expect("a page is written");
        }
    }
}

#[test]
fn a_finding_that_is_asked_of_fewer_moves_the_flags_that_read_it() {
    let top = copy("asked");
    let page = page_of("calf-swelling-unilateral");
    edit(&top, &page.0, &page.1, &format!("{}asked     stage is pregnant\n", page.1));
    check(&top, 1, &expect![[r#"

        red flag `swollen-leg` – One calf or leg swollen, red, hot or sore
          DOWN  what it counts for: today → self-care, 3 of 16 sets of answers to 2 questions
                – Pregnant, or after a birth: after-birth; One calf or leg more swollen, red, hot or tender than the other: yes or not known
                The level to act on moves with it for N of N sets of answers to every question that red flags read.
                For example today → this-week: Pregnant, or after a birth: after-birth; no to N other questions
          by findings/nerves-bladder-legs.md:82
          NOT NAMED: no new entry of the changelog (there is none) has the word calmer and `swollen-leg` or `calf-swelling-unilateral`.

        intervention `postpartum-activity` – Moving again after birth, step by step
          SIDEWAYS  may now be offered, where the level and the causes allow it: 757,140,795 of 1,033,749,565,440 sets of answers
                – Pregnant, or after a birth: after-birth; Chest pain, even if it comes when you breathe in: no; New or sudden shortness of breath: no; A wound from the birth that has not healed: no; Bleeding after the birth that has become heavier: no; One calf or leg more swollen, red, hot or tender than the other: yes or not known
          by findings/nerves-bladder-legs.md:82

        The level to act on: calmer for N, sooner for 0, of N sets of answers.
        Calmer, and not named in the changelog: `swollen-leg`.
    "#]]);
}

#[test]
fn an_answer_that_is_added() {
    let top = copy("answers");
    let page = page_of("tearing-pain");
    edit(&top, &page.0, &page.1, &page.1.replace("no, yes", "no, a little, yes"));
    check(&top, 1, &expect![[r#"

        red flag `tearing-chest-or-back-pain` – Sudden tearing pain in the chest or back
          DOWN  what it counts for: emergency → self-care, 121 of 1,280 sets of answers to 5 questions
                – Sudden ripping or tearing pain in the chest or between the shoulder blades: a little (an answer of the new pack alone); and one of
                  – So bad now that it is hard to talk, stand or sleep: no
                  – Marfan, Ehlers-Danlos, Turner, bicuspid heart valve, or disease of the aorta in the family: no
                  – Lower back: between the bottom ribs and the top of the buttocks: no; Middle of the back or a little above the waist, not very low down: no
                The level to act on moves with it for N of N sets of answers to every question that red flags read.
                For example emergency → today: Sudden ripping or tearing pain in the chest or between the shoulder blades: a little; no to N other questions
          by findings/danger-now.md:78
          NOT NAMED: no new entry of the changelog (there is none) has the word calmer and `tearing-chest-or-back-pain` or `tearing-pain`.

        The level to act on: calmer for N, sooner for 0, of N sets of answers.
        Calmer, and not named in the changelog: `tearing-chest-or-back-pain`.
    "#]]);
}

/// The page of a finding, and its block up to the line of its answers.
fn page_of(id: &str) -> (String, String) {
    let folder = Path::new(PACK).join("findings");
    for entry in std::fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        let text = std::fs::read_to_string(&path).expect("a page");
        if let Some(at) = text.find(&format!("```finding {id}\n")) {
            let rest = &text[at..];
            let answers = rest.find("\nanswers ").expect("answers") + 1;
            let end = answers + rest[answers..].find('\n').expect("a line") + 1;
            return (format!("findings/{}", path.file_name().expect("a name").to_string_lossy()), rest[..end].to_owned());
        }
    }
    panic!("no finding {id}")
}

#[test]
fn a_red_flag_that_is_added_and_one_that_is_removed() {
    let top = copy("added");
    let page = std::fs::read_to_string(Path::new(PACK).join("red-flags/swollen-leg.md")).expect("a page");
    std::fs::remove_file(top.join("knowledge/red-flags/swollen-leg.md")).expect("a page");
    // Another question under another name is another flag.
    let other = page.replace("calf-swelling-unilateral", "haemoptysis").replace("swollen-leg", "leg-page").replace("One calf or leg swollen, red, hot or sore", "Another flag");
    std::fs::write(top.join("knowledge/red-flags/leg-page.md"), other).expect("a page");
    for folder in ["safety", "conditions", "follow-up", "interventions"] {
        every_page(&top.join("knowledge").join(folder), &|text| text.replace("no red-flag swollen-leg", "urgency at least self-care").replace("red-flag swollen-leg", "urgency at least self-care"));
    }
    let output = diff(&[PACK, &top.join("knowledge").display().to_string()]);
    let out = text(&output.stdout);
    assert_eq!(output.status.code(), Some(1), "{out}{}", text(&output.stderr));
    assert!(out.contains("red flag `swollen-leg`, removed") && out.contains("red-flags/swollen-leg.md:7 (removed)"), "{out}");
    assert!(out.contains("red flag `leg-page`, added"), "{out}");
}

#[test]
fn json_holds_every_digit() {
    let top = copy("json");
    edit(&top, "red-flags/swollen-leg.md", "urgency   today", "urgency   emergency");
    let output = diff(&[PACK, &top.join("knowledge").display().to_string(), "--json"]);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    let json: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
    assert_eq!(json["schema"], "gravida-diff/1");
    assert_eq!((&json["fine"], &json["calmer"]), (&true.into(), &"0".into()));
    let flag = &json["red_flags"][0];
    assert_eq!((&flag["id"], &flag["calmer"], &flag["named"]), (&"swollen-leg".into(), &false.into(), &serde_json::Value::Null));
    let one = &flag["moves"][0];
    assert_eq!((&one["from"], &one["to"], &one["direction"]), (&"today".into(), &"emergency".into(), &"up".into()));
    assert_eq!((&one["moved"]["count"], &flag["over"]), (&"3".into(), &"4".into()));
    let digits = one["level_to_act_on"]["count"].as_str().expect("digits");
    assert!(digits.len() > 30 && digits.bytes().all(|byte| byte.is_ascii_digit()), "{digits}");
}

fn git(top: &Path, arguments: &[&str]) {
    let author = ["-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false"];
    let output = Command::new("git").current_dir(top).args(author).args(arguments).output().expect("git runs");
    assert!(output.status.success(), "{}", text(&output.stderr));
}

#[test]
fn revisions_and_the_entries_that_are_new_since() {
    let top = copy("git");
    git(&top, &["init", "--quiet"]);
    let changelog = top.join("CHANGELOG.md");
    let first = "# Changes\n\n- Long ago `swollen-leg` became calmer.\n";
    std::fs::write(&changelog, first).expect("a changelog");
    git(&top, &["add", "."]);
    git(&top, &["commit", "--quiet", "-m", "first"]);
    edit(&top, "red-flags/swollen-leg.md", "urgency   today", "urgency   this-week");
    git(&top, &["commit", "--quiet", "-am", "second"]);
    let here = |arguments: &[&str]| Command::new(env!("CARGO_BIN_EXE_gravida")).current_dir(&top).arg("diff").args(arguments).output().expect("the command runs");
    let output = here(&["HEAD^", "HEAD"]);
    assert_eq!(output.status.code(), Some(1), "an old entry says nothing about a new move: {}", text(&output.stdout));
    assert!(text(&output.stdout).starts_with("From HEAD^ (pack "), "{}", text(&output.stdout));
    std::fs::write(&changelog, format!("{first}- And again: `swollen-leg` is calmer.\n")).expect("a changelog");
    assert_eq!(here(&["HEAD^", "knowledge"]).status.code(), Some(0), "a folder with its changelog beside it");
    assert_eq!(here(&["HEAD", "HEAD^"]).status.code(), Some(0), "back up");
    assert_eq!(here(&["HEAD:knowledge", "knowledge"]).status.code(), Some(0));
    for (name, says) in [
        ("no-such-thing", "`no-such-thing` is neither a folder nor a git revision of this repository"),
        ("HEAD:elsewhere", "the revision HEAD has no pages in `elsewhere`; name another folder as HEAD:FOLDER"),
    ] {
        let output = here(&[name, "knowledge"]);
        assert_eq!(output.status.code(), Some(1));
        assert!(text(&output.stderr).contains(says), "{}", text(&output.stderr));
    }
    let output = Command::new(env!("CARGO_BIN_EXE_gravida")).current_dir(&top).env("PATH", "").args(["diff", "HEAD", "knowledge"]).output().expect("the command runs");
    assert!(text(&output.stderr).contains("git cannot be run"), "{}", text(&output.stderr));
    assert_eq!(Command::new(env!("CARGO_BIN_EXE_gravida")).args(["diff", "HEAD"]).output().expect("runs").status.code(), Some(2));
}

#[test]
fn a_text_that_an_older_pack_could_not_know_is_lent() {
    let top = copy("lent");
    let page = std::fs::read_to_string(top.join("knowledge/places/words-2.md")).expect("a page");
    let from = page.find("```text together").expect("a text that every result shows");
    let to = from + page[from..].find("\n```\n").expect("its end") + 5;
    edit(&top, "places/words-2.md", &page[from..to], "");
    let folder = top.join("knowledge").display().to_string();
    let output = diff(&[&folder, PACK]);
    let out = text(&output.stdout);
    assert_eq!(output.status.code(), Some(0), "{out}{}", text(&output.stderr));
    assert!(out.contains("with texts of the compiled-in pack") && out.contains("text `together` added"), "{out}");
    // Any other mistake is one.
    edit(&top, "red-flags/swollen-leg.md", "urgency   today", "urgency   tomorrow");
    let output = diff(&[&folder, PACK]);
    assert_eq!(output.status.code(), Some(1));
    assert!(text(&output.stderr).contains("there is no level called `tomorrow`"), "{}", text(&output.stderr));
}
