//! The command in another language: the same results in other words, Chinese as it stands and a made-up language that has
//! nothing of English.

mod common;

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use common::gravida;
use gravida_assessment::assess;
use gravida_knowledge::{Direction, Knowledge, Page, is_translation, languages, not_only_words, read, read_folder, read_language, skeleton, stamp};
use gravida_proof::{Verdict, prove_in};

const PACK: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../knowledge");
const TAG: &str = "qps-plocm";
const CASE: &str = r#"{"schema":"gravida-case/1","answers":{"answering":"self","stage":"pregnant","gestation":"14 to 27 weeks","fever":"yes"}}"#;

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// The pages of this checkout and their pack, read once.
fn pack() -> &'static (Vec<Page>, Knowledge) {
    static PACK_READ: OnceLock<(Vec<Page>, Knowledge)> = OnceLock::new();
    PACK_READ.get_or_init(|| {
        let pages = read_folder(Path::new(PACK)).expect("the pack");
        let (knowledge, mistakes) = read(&pages, None);
        (pages, knowledge.unwrap_or_else(|| panic!("{mistakes:?}")))
    })
}

/// A text with accents, half as long again, and with marks of a language from right to left. Numbers and gaps stay.
fn accented(text: &str) -> String {
    let mut inside = false;
    let letters: String = text
        .chars()
        .map(|letter| {
            inside = (inside || letter == '{') && letter != '}';
            match letter {
                _ if inside => letter,
                'a'..='z' => char::from_u32(0x1D5BA + (u32::from(letter) - u32::from('a'))).unwrap_or(letter),
                'A'..='Z' => char::from_u32(0x1D5A0 + (u32::from(letter) - u32::from('A'))).unwrap_or(letter),
                other => other,
            }
        })
        .collect();
    let longer = "ﻡ".repeat(text.chars().count() / 2 + 1);
    format!("\u{202b}{letters} {longer}\u{202c}")
}

/// The made-up language of a page that is to be translated.
fn pseudo(page: &Page) -> Page {
    let line = |line: &str| -> String {
        let Some((keyword, value)) = line.split_at_checked(10).filter(|_| !line.starts_with("```") && !line.starts_with('#')) else { return line.to_owned() };
        match keyword.trim() {
            "complete" => format!("{keyword}yes"),
            "direction" => format!("{keyword}rtl"),
            "place" => format!("{keyword}gb"),
            "step" | "role" => {
                let (head, text) = value.split_once(' ').unwrap_or((value, ""));
                format!("{keyword}{head} {}", accented(text))
            }
            "answers" => format!("{keyword}{}", value.split(", ").map(accented).collect::<Vec<_>>().join(", ")),
            "weeks" | "days" | "range" => format!("{keyword}{}", value.split("{}").map(|part| if part.trim().is_empty() { part.to_owned() } else { accented(part) }).collect::<Vec<_>>().join("{}")),
            _ => format!("{keyword}{}", accented(value)),
        }
    };
    Page { path: page.path.clone(), text: page.text.lines().map(line).collect::<Vec<_>>().join("\n") + "\n" }
}

/// The pages with the made-up language, confirmed, and the pack in it.
fn made_up() -> &'static (Vec<Page>, Knowledge) {
    static MADE_UP: OnceLock<(Vec<Page>, Knowledge)> = OnceLock::new();
    MADE_UP.get_or_init(|| {
        let (pages, source) = pack();
        let mut pages: Vec<Page> = pages.iter().filter(|page| !is_translation(&page.path)).cloned().collect();
        let own: Vec<Page> = skeleton(&pages, source, TAG, &|_| true).iter().map(pseudo).collect();
        pages.extend(own);
        for new in stamp(&pages, source, TAG, &|_| false, false).pages {
            if let Some(old) = pages.iter_mut().find(|old| old.path == new.path) {
                *old = new;
            }
        }
        let (knowledge, mistakes) = read_language(&pages, source, TAG);
        let shown: Vec<String> = mistakes.iter().take(10).map(ToString::to_string).collect();
        (pages, knowledge.unwrap_or_else(|| panic!("{}", shown.join("\n"))))
    })
}

/// A folder of these pages that no other test uses.
fn folder(name: &str, pages: &[Page]) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = fs::remove_dir_all(&folder);
    for page in pages {
        let path = folder.join(&page.path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder is made");
        fs::write(path, &page.text).expect("a page is written");
    }
    folder
}

/// Every text of the pack in its own words that is long enough to be told from a name.
fn sentences() -> Vec<String> {
    let (pages, source) = pack();
    let bare: Vec<Page> = pages.iter().filter(|page| !is_translation(&page.path)).cloned().collect();
    let lines = skeleton(&bare, source, TAG, &|_| true).into_iter().flat_map(|page| page.text.lines().filter_map(|line| line.get(10..)).map(str::to_owned).collect::<Vec<_>>());
    lines.map(|line| line.split_once(' ').filter(|(head, _)| head.parse::<u32>().is_ok()).map_or(line.clone(), |(_, text)| text.to_owned())).filter(|text| text.len() >= 30).collect()
}

/// Panics when the output holds a sentence in the words of the pack.
fn holds_no_english(output: &str) {
    let one_line = output.split_whitespace().collect::<Vec<_>>().join(" ");
    for sentence in sentences() {
        assert!(!one_line.contains(&sentence), "this was not translated: {sentence}\n{output}");
    }
}

#[test]
fn a_made_up_language_changes_words_alone() {
    let (source, other) = (&pack().1, &made_up().1);
    assert_eq!(not_only_words(source, other), Vec::<String>::new());
    assert_eq!((other.language.direction, other.language.place.as_deref()), (Direction::RightToLeft, Some("gb")));
    assert_eq!(other.language.translated, other.language.blocks);
    assert!(other.language.blocks > 600);
    // Every text is another one: nothing was left as it is.
    for (one, two) in source.findings.iter().zip(&other.findings) {
        assert!(one.name != two.name && one.ask != two.ask && two.ask.chars().count() * 10 >= one.ask.chars().count() * 14, "{}", one.slug);
        assert_eq!((&one.answers, one.words.len()), (&two.answers, two.words.len()));
    }
}

#[test]
fn every_case_of_the_pack_ends_alike() {
    let (source, other) = (&pack().1, &made_up().1);
    for example in &source.examples {
        let (one, two) = (assess(source, &example.case(source)), assess(other, &example.case(other)));
        assert_eq!(format!("{one:?}"), format!("{two:?}"), "{}", example.name);
    }
}

#[test]
fn the_theorems_hold_in_a_made_up_language() {
    let only = ["T1", "T5", "T11", "T12"].map(str::to_owned);
    let proofs = prove_in(&made_up().1, std::slice::from_ref(&pack().1), &only, &mut |_, _| {});
    assert!(proofs.len() == 4 && proofs.iter().all(gravida_proof::Proof::holds), "{proofs:?}");
}

#[test]
fn a_translation_that_changes_more_than_words_breaks_t11() {
    let (_, source) = pack();
    let mut other = source.clone();
    "tlh".clone_into(&mut other.language.tag);
    other.interventions[0].effort += 1;
    let proofs = prove_in(&other, std::slice::from_ref(source), &["T11".to_owned()], &mut |_, _| {});
    let Verdict::Fails(ways) = &proofs[0].verdict else { panic!("{proofs:?}") };
    assert!(ways.len() == 1 && ways[0].what.starts_with("tlh and en-GB: intervention `"), "{ways:?}");
}

#[test]
fn nothing_in_the_words_of_the_pack_reaches_a_person() {
    let folder = folder("made-up", &made_up().0);
    let folder = folder.to_str().expect("a path");
    let run = |arguments: &[&str], input: &str| {
        let all = [arguments, &["--knowledge", folder, "--language", TAG, "--today", "2026-11-24"]].concat();
        let output = gravida(&all, input);
        assert!(!output.stdout.is_empty(), "{arguments:?}: {}", text(&output.stderr));
        text(&output.stdout)
    };
    let ask = run(&["ask"], "1\n1\n30\nn\n?\nn\nn\nn\nn\nc\n\nn\nn\nn\nleave\n");
    let card = run(&["assess", "-", "--card", "partner", "--text"], CASE);
    for out in [
        run(&["assess", "-", "--text"], CASE),
        run(&["report", "-"], CASE),
        run(&["report", "-", "--phone"], CASE),
        run(&["session"], ""),
        run(&["session", "log-roll", "--plain"], ""),
        run(&["explain", "log-roll"], ""),
        run(&["explain", "stage"], ""),
        run(&["explain", "fever-with-pain"], ""),
        run(&["next", "-", "--text"], CASE),
        card,
        ask,
    ] {
        holds_no_english(&out);
        assert!(out.contains('\u{202b}'), "{out}");
    }
}

#[test]
fn programs_get_the_same_bytes_in_every_language() {
    for arguments in [&["assess", "-", "--json", "--place", "gb"][..], &["next", "-", "--json", "--place", "gb"], &["report", "-", "--json", "--place", "gb"]] {
        let (one, two) = (gravida(arguments, CASE), gravida(&[arguments, &["--language", "zh-Hans"]].concat(), CASE));
        assert_eq!(text(&one.stdout), text(&two.stdout));
        assert_eq!(one.status.code(), two.status.code());
    }
}

#[test]
fn chinese_is_complete_and_shows_services_of_china() {
    let (pages, source) = pack();
    assert_eq!(languages(pages).iter().filter(|tag| *tag == "zh-Hans").count(), 1);
    let (chinese, mistakes) = read_language(pages, source, "zh-Hans");
    let chinese = chinese.unwrap_or_else(|| panic!("{}", mistakes.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")));
    assert!(chinese.language.complete && chinese.language.translated == chinese.language.blocks);
    let output = gravida(&["assess", "-", "--text", "--language", "zh"], CASE);
    let out = text(&output.stdout);
    assert!(out.contains(chinese.text("level-emergency")) && out.contains("☎ 120") && !out.contains("999"), "{out}");
    let case_with_place = CASE.replacen('{', r#"{"place":"us","#, 1);
    assert!(text(&gravida(&["assess", "-", "--text", "--language", "zh-Hans"], &case_with_place).stdout).contains("911"), "the place of the case comes first");
}

/// The words of Latin letters in a text, but for names, units and what is typed.
fn latin(text: &str) -> Vec<&str> {
    let names = ["Gravida", "gravida", "session", "pack", "HELLP", "help", "back", "change", "leave", "due", "last", "period", "weeks", "days", "SPD", "TENS", "Braxton", "Hicks", "Pelvic", "Girdle", "Questionnaire", "Roland", "Morris", "Oswestry", "Quebec"];
    let words = text.split(|c: char| !c.is_ascii_alphabetic()).filter(|word| word.len() > 2);
    words.filter(|word| !names.contains(word) && !pack().1.interventions.iter().any(|one| one.slug.split('-').any(|part| part == *word))).collect()
}

#[test]
fn a_result_in_chinese_has_no_english_around_it() {
    let answers = |more: &str| format!(r#"{{"answers":{{"answering":"self","stage":"pregnant","gestation":"30 weeks","low-back-pain":"yes"{more}}}, "voices":{{"partner":{{"answers":{{"fever":"yes"}}}}}}}}"#);
    // Somebody with everything else answered calmly, and somebody who left early with a danger sign.
    let calm: String = pack().1.findings.iter().filter(|finding| !["answering", "stage", "gestation", "since-birth", "low-back-pain"].contains(&finding.slug.as_str())).map(|finding| format!(r#","{}":"{}""#, finding.slug, finding.answers.show(finding.answers.ends().0))).collect();
    for case in [answers(&calm), answers(r#","fever":"yes""#)] {
        for verb in [["assess", "-", "--text"], ["report", "-", "--sbar"], ["report", "-", "--phone"]] {
            let output = gravida(&[&verb[..], &["--language", "zh-Hans", "--place", "cn"]].concat(), &case);
            let out = text(&output.stdout);
            // Marks of sources and places of pages are for those who check; they are the same in every language.
            let read: String = out.split('[').map(|part| part.split_once(']').map_or(part, |(_, rest)| rest)).collect();
            let read: String = read.split_whitespace().filter(|word| word.len() < 64 && !word.contains(".md") && !word.contains("red-") && !word.contains('/')).collect::<Vec<_>>().join(" ");
            assert_eq!(latin(&read), Vec::<&str>::new(), "{verb:?}: {out}");
        }
    }
    let out = text(&gravida(&["ask", "--language", "zh-Hans"], "1\n1\n30\n9 9\nhelp\nchange\n\n").stdout);
    assert_eq!(latin(&out), Vec::<&str>::new(), "{out}");
}

#[test]
fn an_interview_in_chinese_keeps_answers_for_programs() {
    let file = Path::new(env!("CARGO_TARGET_TMPDIR")).join("chinese-case.json");
    let path = file.to_str().expect("a path");
    let output = gravida(&["ask", "--language", "zh-Hans", "--save", path], "1\n怀孕中\n10周\n10\nleave\n");
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    let (pages, source) = pack();
    let chinese = read_language(pages, source, "zh-Hans").0.expect("Chinese");
    let stage = chinese.finding_ids().find(|id| chinese.finding(*id).slug == "stage").expect("the finding");
    for said in chinese.said(stage) {
        assert!(text(&output.stdout).contains(&said), "{}", text(&output.stdout));
    }
    let kept = fs::read_to_string(&file).expect("the case");
    assert!(kept.contains("10 weeks") && kept.contains("\"place\": \"cn\"") && !kept.contains('周'), "{kept}");
}

#[test]
fn the_variable_of_the_environment_names_the_language() {
    let output = std::process::Command::new(env!("CARGO_BIN_EXE_gravida")).args(["explain", "fever-with-pain"]).env("GRAVIDA_LANGUAGE", "zh-Hans").output().expect("the command runs");
    let (_, source) = pack();
    let name = &source.red_flags.iter().find(|flag| flag.slug == "fever-with-pain").expect("the flag").name;
    assert!(!text(&output.stdout).contains(name.as_str()) && text(&output.stdout).chars().any(|letter| ('\u{4e00}'..='\u{9fff}').contains(&letter)));
}

#[test]
fn a_language_that_is_not_there_is_refused_with_the_safety_sentence() {
    let output = gravida(&["assess", "-", "--text", "--language", "zh-Hanz"], CASE);
    let said = text(&output.stderr);
    assert_eq!(output.status.code(), Some(1));
    assert!(said.contains("did you mean `zh-Hans`?") && said.contains(pack().1.text("failure")), "{said}");
}

#[test]
fn a_translator_at_work() {
    let (pages, _) = pack();
    let bare: Vec<Page> = pages.iter().filter(|page| !is_translation(&page.path)).cloned().collect();
    let folder = folder("translator", &bare);
    let at = folder.to_str().expect("a path");
    let run = |arguments: &[&str]| {
        let output = gravida(&[&["language"], arguments, &["--knowledge", at]].concat(), "");
        (output.status.code(), text(&output.stdout) + &text(&output.stderr))
    };
    let (code, said) = run(&["skeleton", "fr", "findings/daily.md"]);
    assert!(code == Some(0) && said.contains("languages/fr/findings/daily.md written") && said.contains("languages/fr/language.md written"), "{said}");
    // English is no translation.
    let (code, said) = run(&["stamp", "fr"]);
    assert!(code == Some(1) && said.contains("still in the words of the pack"), "{said}");
    let page = folder.join("languages/fr/findings/daily.md");
    let french = fs::read_to_string(&page).expect("the page").lines().map(|line| line.split_at_checked(10).filter(|(word, _)| !word.starts_with("```") && !word.starts_with('#')).map_or(line.to_owned(), |(word, rest)| format!("{word}En français : {rest}"))).collect::<Vec<_>>().join("\n");
    fs::write(&page, french + "\n").expect("the page is written");
    let (code, said) = run(&["stamp", "fr"]);
    assert!(code == Some(0) && said.contains(", 0 left"), "{said}");
    let (code, said) = run(&["check", "fr", "--plain"]);
    assert!(code == Some(0) && said.contains("not complete"), "{said}");
    // The words of the pack change: checked, refused without a name, confirmed with one.
    let source = folder.join("findings/daily.md");
    let changed = fs::read_to_string(&source).expect("the page").replacen("\nask       ", "\nask       Now: ", 1);
    fs::write(&source, changed).expect("the page is written");
    let (code, said) = run(&["check", "fr", "--plain"]);
    assert!(code == Some(0) && said.contains("warning: the words of `") && said.contains("have changed since"), "{said}");
    let (code, said) = run(&["stamp", "fr"]);
    assert!(code == Some(1) && said.contains("compare it and name its page"), "{said}");
    let (code, said) = run(&["stamp", "fr", "findings/daily.md"]);
    assert!(code == Some(0) && said.contains("confirmed again"), "{said}");
    // What is not translated is said, and said in the words of the pack.
    let output = gravida(&["explain", "fever-with-pain", "--language", "fr", "--knowledge", at], "");
    assert!(text(&output.stderr).contains("the others are in en-GB") && output.status.code() == Some(0));
    // The pages are laid out as `fmt` lays them out.
    assert_eq!(gravida(&["fmt", "--check", at], "").status.code(), Some(0));
    // A complete language with a missing page is a mistake of the pack.
    let about = folder.join("languages/fr/language.md");
    fs::write(&about, fs::read_to_string(&about).expect("the page").replace("complete  no", "complete  yes")).expect("the page is written");
    let output = gravida(&["check", "--plain", "--knowledge", at], "");
    assert!(output.status.code() == Some(1) && text(&output.stdout).contains("this page is missing"), "{}", text(&output.stdout));
    // The pack itself can still be used.
    assert_eq!(gravida(&["explain", "fever-with-pain", "--knowledge", at], "").status.code(), Some(0));
}

#[test]
fn the_proof_card_names_the_language() {
    let output = gravida(&["prove", "T11", "--language", "zh-Hans", "--html"], "");
    let page = text(&output.stdout);
    assert_eq!(output.status.code(), Some(0), "{page}");
    assert!(page.contains("<code>zh-Hans</code>") && page.contains("compared one by one"), "{page}");
    let json: serde_json::Value = serde_json::from_slice(&gravida(&["prove", "T11", "--language", "zh-Hans", "--json"], "").stdout).expect("JSON");
    assert_eq!(json["language"]["tag"], "zh-Hans");
    assert_eq!(json["language"]["pages"].as_str().map(str::len), Some(64));
}

#[test]
fn a_calendar_and_a_course_in_chinese() {
    let file = Path::new(env!("CARGO_TARGET_TMPDIR")).join("chinese.episode");
    let _ = fs::remove_file(&file);
    let path = file.to_str().expect("a path");
    let (pages, source) = pack();
    let chinese = read_language(pages, source, "zh-Hans").0.expect("Chinese");
    let output = gravida(&["follow", "start", path, "--case", "-", "--now", "2026-11-24T10:00Z", "--text", "--language", "zh-Hans"], CASE);
    assert!(text(&output.stdout).contains(chinese.text("level-emergency")) && text(&output.stdout).contains("120"), "{}", text(&output.stdout));
    assert!(!fs::read_to_string(&file).expect("the episode").contains('周'), "the file is the same in every language");
    let output = gravida(&["follow", "export", path, "--ics", "-", "--now", "2026-11-24T10:00Z", "--language", "zh-Hans"], "");
    assert!(text(&output.stdout).contains(chinese.text("follow-title")), "{}", text(&output.stdout));
}
