//! The note, the script for the phone, the PDF, replay and audit, as a person or a program uses them.

mod common;
#[path = "../../gravida-paper/tests/reader/mod.rs"]
mod reader;

use std::path::PathBuf;

use common::gravida;
use reader::{copied, document};
use expect_test::{Expect, expect};
use serde_json::{Value, json};

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

fn fine(arguments: &[&str], input: &str) -> String {
    let output = gravida(arguments, input);
    assert_eq!(output.status.code(), Some(0), "{arguments:?}: {}{}", text(&output.stdout), text(&output.stderr));
    text(&output.stdout)
}

fn heavy_bleeding() -> Value {
    json!({"schema": "gravida-case/1", "place": "gb", "today": "2026-11-24", "words": "It started an hour ago. The pad is soaked through.", "answers": {
        "answering": "self", "stage": "pregnant", "gestation": "10 weeks", "alone-private": "no", "bleeding-heavy": "yes"}})
}

fn fever_and_side_pain() -> Value {
    json!({"schema": "gravida-case/1", "place": "gb", "today": "2026-11-24", "answers": {
        "answering": "self", "stage": "pregnant", "gestation": {"due-date": "2027-03-30"}, "alone-private": "no",
        "flank-pain": "yes", "fever": "yes", "bleeding-any": "no", "dysuria": "not sure"}})
}

/// A whole interview: everything is answered with no, but where it hurts and that movement changes it.
fn ordinary_back_pain(alone: &str) -> Value {
    let mut case = json!({"schema": "gravida-case/1", "place": "gb", "answers": {"answering": "self", "stage": "pregnant", "gestation": "30 weeks", "alone-private": alone}});
    let yes = ["low-back-pain", "pain-mechanical", "prior-back-pain"];
    for _ in 0..20 {
        let next: Value = serde_json::from_str(&fine(&["next", "-"], &case.to_string())).expect("JSON");
        if next["next"]["done"] == true {
            return case;
        }
        for question in next["next"]["questions"].as_array().expect("questions") {
            let finding = question["finding"].as_str().expect("a finding");
            if question["private"] == true {
                case["answers"][finding] = "no".into();
                continue;
            }
            case["answers"][finding] = if yes.contains(&finding) { "yes".into() } else { "no".into() };
        }
    }
    panic!("the interview does not end");
}

/// The note, without what every change of a page moves.
fn check(case: &Value, expected: &Expect) {
    let note = fine(&["report", "-"], &case.to_string());
    let hash = fine(&["pack"], "");
    let without: String = note.replace(hash.trim(), "…").split_inclusive('\n').map(without_line_numbers).collect();
    expected.assert_eq(&without);
}

/// `page.md:7` as `page.md`.
fn without_line_numbers(line: &str) -> String {
    let mut parts = line.split(".md:");
    let first = parts.next().unwrap_or("").to_owned();
    parts.fold(first, |before, after| format!("{before}.md{}", after.trim_start_matches(|c: char| c.is_ascii_digit())))
}

#[test]
fn heavy_bleeding_at_10_weeks() {
    check(&heavy_bleeding(), &expect![[r#"
        Note for the unit: what was answered, and how soon

        GET HELP NOW [EMERGENCY]
        Now means this moment: call or go at once, by day or by night, and do not wait
        to see whether it gets better.

        SITUATION
        Weeks         10 weeks pregnant
        Red flags     Heavy bleeding, or clots or tissue; Bleeding before 13 weeks
        Own words     “It started an hour ago. The pad is soaked through.”

        BACKGROUND
        About         who is filling this in: self; pregnant, or after a birth: pregnant
        Said          - Do you have any of these right now? heavy bleeding: soaking a
                        pad in an hour, or clots
                      - Have you noticed any of these? any bleeding or spotting from
                        the vagina
        No            danger signs answered with no: 0; red flags excluded: 24 of 84
        Not asked     Fainted, nearly fainted, or gone cold and clammy; Chest pain,
                      even if it comes when you breathe in; New or sudden shortness
                      of breath; Coughing up blood; Sudden ripping or tearing pain in
                      the chest or between the shoulder blades; Pain at the tip of the
                      shoulder; and 68 more

        ASSESSMENT
        Range         emergency (flags present) to emergency (flags not excluded)
        Present       - Heavy bleeding, or clots or tissue [emergency]: heavy bleeding:
                        soaking a pad in an hour, or clots. [uhb-call rf01, verified]
                        [stw-bleed rf01, verified] [rcog-earlyleaflet rf01, verified]
                        [rcog-gtg63 rf01, verified] red-flags/heavy-bleeding.md
                      - Bleeding before 13 weeks [today]: how many weeks pregnant: 10
                        weeks; any bleeding or spotting from the vagina. [gpn-epref
                        rf04, verified] [nice-ng126 rf04, verified] red-flags/early-
                        bleeding.md
        Not excluded  Trouble with your bladder or bowel [counts as emergency]; Chest
                      pain, sudden breathlessness or coughing up blood [counts as
                      emergency]; Fainting, or cold and clammy [counts as emergency];
                      Numbness between the legs [counts as emergency]; Sudden tearing
                      pain in the chest or back [counts as emergency]; Bleeding with
                      pain before 20 weeks [counts as today]; and 52 more
        Causes        - Ectopic pregnancy – to rule out: about 1 in 100, range 1 in 1000
                        to 13 in 100
                      - Inevitable / incomplete miscarriage – likely: about 56 in 100,
                        range 12 in 100 to 91 in 100
                      - Threatened miscarriage – possible: about 18 in 100, range 2 in
                        100 to 70 in 100
                      - Pregnancy-related lumbar pain – possible: about 11 in 100, range
                        3 in 100 to 36 in 100
                      - Constipation / gaseous distension – possible: about 3 in 100,
                        range 1 in 100 to 15 in 100
                      - Pregnancy-related pelvic girdle pain – possible: about 3 in 100,
                        range 1 in 100 to 15 in 100
        To rule out   Acute painful crisis in sickle cell disease; Acute appendicitis;
                      Ovarian torsion; Maternal sepsis; Pulmonary embolism; Acute
                      pancreatitis; Cauda equina syndrome; Vertebral osteomyelitis /
                      discitis / epidural abscess
        Limits        Worked out by a program from answers alone. Nobody has examined
                      this person, and the order of the causes had no part in how soon.

        RECOMMENDATION
        How soon      Get help now [emergency]
        Go to         - Ambulance, or the emergency department (A&E) – 999
        Was told      - Go to the emergency department now; call the emergency number if
                        you feel faint, have very bad pain or cannot get there at once.
                        Tell them how many pads you have soaked, whether you passed
                        clots or tissue, and how many weeks pregnant you are or when you
                        gave birth.

        Private questions and their answers never stand in this note, whatever they
        were. Please ask this person alone about safety at home and about mood.
        Gravida is not a doctor and cannot see or examine you. If you are worried, or
        get worse, or something is not asked here, call your maternity unit, midwife or
        doctor, or the emergency number if it cannot wait.
        Gravida 0.1.0; pack
        …; place gb; date
        of the case 2026-11-24
    "#]]);
}

#[test]
fn ordinary_back_pain_at_30_weeks() {
    check(&ordinary_back_pain("no"), &expect![[r#"
        Note for the unit: what was answered, and how soon

        YOU CAN LOOK AFTER THIS AT HOME FOR NOW [SELF-CARE]
        Your answers set no time for a visit, for now; call, by day or by night, if it
        gets worse, if something new comes, or if you are worried.

        SITUATION
        Weeks         30 weeks pregnant
        Red flags     none present; 0 not excluded

        BACKGROUND
        About         who is filling this in: self; pregnant, or after a birth: pregnant
        Said          - Where does it hurt? lower back: between the bottom ribs and the
                        top of the buttocks
                      - Does any of this fit? changes with how you sit, stand or move,
                        and eases with rest or a new position
                      - Is any of this true for you? back or pelvic pain before, or in
                        an earlier pregnancy
        No            danger signs answered with no: 79; red flags excluded: 84 of 84

        ASSESSMENT
        Range         self-care (flags present) to self-care (flags not excluded)
        Causes        - Pregnancy-related lumbar pain – likely: about 86 in 100, range
                        13 in 100 to 100 in 100
                      - Lumbar muscle fatigue / strain / spasm – possible: about 6 in
                        100, range 2 in 1000 to 58 in 100
                      - Braxton Hicks contractions (false labour) – possible: about 5 in
                        100, range 2 in 1000 to 68 in 100
        Limits        Worked out by a program from answers alone. Nobody has examined
                      this person, and the order of the causes had no part in how soon.

        RECOMMENDATION
        How soon      You can look after this at home for now [self-care]
        Look again    - A new exercise, belt, tape, TENS, mattress or massage
                      - If you take paracetamol for back pain
                      - A short record of your pain and what you can do
                      - New back pain or spasm linked to movement, with no danger sign
                      - How to tell better, the same or worse

        Private questions and their answers never stand in this note, whatever they
        were. Please ask this person alone about safety at home and about mood.
        Gravida is not a doctor and cannot see or examine you. If you are worried, or
        get worse, or something is not asked here, call your maternity unit, midwife or
        doctor, or the emergency number if it cannot wait.
        Gravida 0.1.0; pack
        …; place gb; the
        case has no date
    "#]]);
}

#[test]
fn fever_and_side_pain_at_22_weeks() {
    check(&fever_and_side_pain(), &expect![[r#"
        Note for the unit: what was answered, and how soon

        GET HELP NOW [EMERGENCY]
        Now means this moment: call or go at once, by day or by night, and do not wait
        to see whether it gets better.

        SITUATION
        Weeks         22 weeks pregnant
        Red flags     Side pain with fever or vomiting; Fever with pain in your back,
                      side or tummy; Pain in the side, under the ribs at the back

        BACKGROUND
        About         who is filling this in: self; pregnant, or after a birth: pregnant
        Said          - Where does it hurt? in the side, under the ribs at the back
                      - Do you feel any of these? fever of 38 C or more, or feeling
                        feverish
        Not sure      Burning or pain when passing urine
        No            danger signs answered with no: 1; red flags excluded: 17 of 84
        Not asked     Heavy bleeding: soaking a pad in an hour, or clots; Passed tissue
                      or large clots; Fainted, nearly fainted, or gone cold and clammy;
                      Chest pain, even if it comes when you breathe in; New or sudden
                      shortness of breath; Coughing up blood; and 77 more

        ASSESSMENT
        Range         emergency (flags present) to emergency (flags not excluded)
        Present       - Side pain with fever or vomiting [emergency]: in the side,
                        under the ribs at the back; fever of 38 C or more, or feeling
                        feverish. [nhs-back rf30, verified] red-flags/side-pain.md
                      - Fever with pain in your back, side or tummy [today]: fever of 38
                        C or more, or feeling feverish; in the side, under the ribs at
                        the back. [nhs-back rf27, verified] [cdc-hearher rf27, verified]
                        [acog614 rf27, verified] [rcog-gtg64 rf27, verified] red-flags/
                        fever-with-pain.md
                      - Pain in the side, under the ribs at the back [today]: in the
                        side, under the ribs at the back. [nhs-back rf30, verified] red-
                        flags/side-pain.md
        Not excluded  Trouble with your bladder or bowel [counts as emergency]; Chest
                      pain, sudden breathlessness or coughing up blood [counts as
                      emergency]; Fainting, or cold and clammy [counts as emergency];
                      Heavy bleeding, or clots or tissue [counts as emergency]; Numbness
                      between the legs [counts as emergency]; Sudden tearing pain in the
                      chest or back [counts as emergency]; and 58 more
        Causes        - Acute pyelonephritis in pregnancy – likely: about 86 in 100,
                        range 28 in 100 to 99 in 100
                      - Lower urinary tract infection (cystitis) in pregnancy –
                        possible: about 6 in 100, range 1 in 100 to 38 in 100
        To rule out   Acute appendicitis; Threatened / established preterm labour;
                      Acute painful crisis in sickle cell disease; Maternal sepsis;
                      Chorioamnionitis / intra-amniotic infection; Acute pancreatitis;
                      Vertebral osteomyelitis / discitis / epidural abscess; Pre-
                      eclampsia / HELLP syndrome; and 8 more
        Limits        Worked out by a program from answers alone. Nobody has examined
                      this person, and the order of the causes had no part in how soon.

        RECOMMENDATION
        How soon      Get help now [emergency]
        Go to         - Ambulance, or the emergency department (A&E) – 999
        Was told      - Go to the emergency department now, and call the emergency
                        number if you are confused, breathless or faint. Tell them
                        about the side pain, the fever or vomiting, and how many weeks
                        pregnant you are or when you gave birth.

        Private questions and their answers never stand in this note, whatever they
        were. Please ask this person alone about safety at home and about mood.
        Gravida is not a doctor and cannot see or examine you. If you are worried, or
        get worse, or something is not asked here, call your maternity unit, midwife or
        doctor, or the emergency number if it cannot wait.
        Gravida 0.1.0; pack
        …; place gb; date
        of the case 2026-11-24
    "#]]);
}

#[test]
fn the_phone_script_is_short_enough_to_read_out_in_pain() {
    let nothing = json!({"answers": {}});
    let mut everything = ordinary_back_pain("no");
    for (_, answer) in everything["answers"].as_object_mut().expect("answers").iter_mut().filter(|(_, answer)| *answer == "no") {
        *answer = "yes".into();
    }
    for case in [heavy_bleeding(), fever_and_side_pain(), ordinary_back_pain("no"), nothing] {
        let script = fine(&["report", "-", "--phone"], &case.to_string());
        assert!((15..=75).contains(&script.split_whitespace().count()), "{script}");
        assert!(!script.contains('{'), "{script}");
    }
    let script = text(&gravida(&["report", "-", "--phone"], &everything.to_string()).stdout);
    assert!(script.split_whitespace().count() <= 75 && script.contains("There is more"), "{script}");
    expect![[r#"
        Hello, my name is … and I am at … .
        I am 10 weeks pregnant.
        My care card says: Heavy bleeding, or clots or tissue.
        I was told to get help now. What shall I do?
    "#]].assert_eq(&fine(&["report", "-", "--phone"], &heavy_bleeding().to_string()));
    expect![[r#"
        Hello, my name is … and I am at … .
        I am 22 weeks pregnant.
        My care card says: Side pain with fever or vomiting.
        I was told to get help now. What shall I do?
    "#]].assert_eq(&fine(&["report", "-", "--phone"], &fever_and_side_pain().to_string()));
    expect![[r#"
        Hello, my name is … and I am at … .
        I am 30 weeks pregnant.
        My lower back hurts. It changes with how I move, and eases with rest or a new position.
        There is more. Please ask me.
        I was asked about signs of danger. None of them is there now.
        I was told that I can look after this at home for now. When should I call again?
    "#]].assert_eq(&fine(&["report", "-", "--phone"], &ordinary_back_pain("no").to_string()));
}

/// A file of this test run.
fn file(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name)
}

fn pdf(name: &str, case: &Value, paper: &str) -> Vec<u8> {
    let path = file(name);
    fine(&["report", "-", "--paper", paper, "--pdf", path.to_str().expect("a path")], &case.to_string());
    std::fs::read(&path).expect("the PDF")
}

#[test]
fn the_pdf_is_tagged_has_language_and_title_and_text_in_reading_order() {
    for (paper, width) in [("a4", 595), ("letter", 612)] {
        let bytes = pdf(&format!("tagged-{paper}.pdf"), &heavy_bleeding(), paper);
        let document = document(&bytes);
        let root = document.catalog().expect("a catalogue");
        for key in ["StructTreeRoot", "Outlines", "Metadata"] {
            assert!(root.get(key.as_bytes()).is_ok(), "no {key}");
        }
        assert_eq!(root.get(b"Lang").and_then(lopdf::Object::as_str).expect("a language"), b"en-GB");
        let marked = document.dereference(root.get(b"MarkInfo").expect("MarkInfo")).expect("MarkInfo").1.as_dict().expect("MarkInfo").get(b"Marked").cloned();
        assert_eq!(marked.and_then(|marked| marked.as_bool()).ok(), Some(true));
        let pages = document.get_pages();
        assert_eq!(pages.len(), 1, "one page");
        let page = document.get_dictionary(pages[&1]).expect("the page");
        let size = page.get(b"MediaBox").and_then(lopdf::Object::as_array).expect("a size");
        assert_eq!(size[2].as_float().expect("a width") as i64, width);
        let words = copied(&bytes);
        let mut from = 0;
        for part in ["Note for the unit", "Get help now [emergency]", "Situation", "10 weeks pregnant", "The pad is soaked through", "Background", "Assessment", "Recommendation", "999", "Gravida is not a doctor"] {
            from += words[from..].find(part).unwrap_or_else(|| panic!("{part} is not there, or not in order: {words}"));
        }
    }
}

#[test]
fn the_same_case_gives_the_same_pdf() {
    assert_eq!(pdf("one.pdf", &fever_and_side_pain(), "a4"), pdf("two.pdf", &fever_and_side_pain(), "a4"));
}

#[test]
fn own_words_in_any_script_do_not_stop_the_note() {
    let mut case = heavy_bleeding();
    case["words"] = "我的肚子很痛，一阵一阵的。 ظهري يؤلمني पीठ दर्द 😖".into();
    let bytes = pdf("scripts.pdf", &case, "a4");
    let words = copied(&bytes);
    assert!(words.contains("我的肚子很痛，一阵一阵的。"), "{words}");
    assert!(words.contains("characters cannot be printed"), "{words}");
    assert!(fine(&["report", "-"], &case.to_string()).contains("ظهري"));
}

#[test]
fn own_words_are_kept_short_and_whole() {
    let mut case = heavy_bleeding();
    case["words"] = "pain\u{202e}\u{7}\n".repeat(200).into();
    let output = gravida(&["report", "-", "--json"], &case.to_string());
    assert_eq!(output.status.code(), Some(1));
    let note: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let words = note["situation"]["words"].as_str().expect("words");
    assert!(words.chars().count() <= 502 && words.starts_with("pain pain") && words.ends_with('…'), "{words}");
    assert!(text(&output.stderr).contains("cannot be seen") && text(&output.stderr).contains("longer than"), "{}", text(&output.stderr));
    // They are never interpreted: nothing that is concluded moves.
    let plain: Value = serde_json::from_str(&fine(&["report", "-", "--json"], &heavy_bleeding().to_string())).expect("JSON");
    for part in ["background", "assessment", "recommendation"] {
        assert_eq!(note[part], plain[part]);
    }
}

#[test]
fn however_much_was_said_nothing_is_lost() {
    let mut case = ordinary_back_pain("no");
    for (_, answer) in case["answers"].as_object_mut().expect("answers").iter_mut().filter(|(_, answer)| *answer == "no") {
        *answer = "yes".into();
    }
    case["words"] = "word ".repeat(100).into();
    let path = file("long.pdf");
    let output = gravida(&["report", "-", "--pdf", path.to_str().expect("a path"), "--include-private"], &case.to_string());
    let bytes = std::fs::read(&path).unwrap_or_else(|why| panic!("{why}: {}", text(&output.stderr)));
    let pages = lopdf::Document::load_mem(&bytes).expect("a PDF").get_pages().len();
    assert!((2..=6).contains(&pages), "{pages} pages");
}

/// Every form of the note, byte for byte.
fn every_form(case: &Value, more: &[&str]) -> Vec<Vec<u8>> {
    let mut forms = Vec::new();
    for form in ["--sbar", "--phone", "--json"] {
        let arguments: Vec<&str> = ["report", "-", form].iter().chain(more).copied().collect();
        forms.push(fine(&arguments, &case.to_string()).into_bytes());
    }
    forms
}

#[test]
fn nothing_private_can_be_inferred_from_a_note() {
    let public = heavy_bleeding();
    let without = every_form(&public, &[]);
    let page = pdf("public.pdf", &public, "a4");
    for answers in [
        json!({"alone-private": "yes"}),
        json!({"alone-private": "yes", "unsafe-at-home": "yes", "in-danger-now": "yes"}),
        json!({"alone-private": "yes", "unsafe-at-home": "no", "low-mood-severe": "yes"}),
        json!({"alone-private": "not sure", "unsafe-at-home": "not sure"}),
    ] {
        let mut case = public.clone();
        for (finding, answer) in answers.as_object().expect("answers") {
            case["answers"][finding] = answer.clone();
        }
        // An answer that does not apply is a problem for the one who makes the note, and nothing for its reader.
        for (form, expected) in ["--sbar", "--phone", "--json"].iter().zip(&without) {
            assert_eq!(&gravida(&["report", "-", form], &case.to_string()).stdout, expected, "{answers} {form}");
        }
        let path = file("private.pdf");
        gravida(&["report", "-", "--pdf", path.to_str().expect("a path")], &case.to_string());
        assert_eq!(std::fs::read(&path).expect("the PDF"), page, "{answers}");
    }
    // Nothing about violence or mood but the one sentence that every note has.
    let note = text(&without[0]).to_lowercase();
    for word in ["hurts or frightens", "violence", "in danger", "not wanting to live"] {
        assert!(!note.contains(word), "{word}");
    }
}

#[test]
fn no_private_answer_changes_a_public_one() {
    let pack: Value = serde_json::from_str(&fine(&["pack", "--json"], "")).expect("JSON");
    let findings = pack["findings"].as_array().expect("findings");
    let private: Vec<&Value> = findings.iter().filter(|finding| finding["private"] == true).collect();
    assert!(!private.is_empty());
    for finding in &private {
        for implied in finding["implies"].as_array().expect("a list") {
            assert!(private.iter().any(|other| &other["id"] == implied), "{} implies {implied}, so a note could tell", finding["id"]);
        }
    }
}

#[test]
fn a_note_that_would_be_calmer_than_the_result_is_refused() {
    let mut case = ordinary_back_pain("yes");
    let calm = every_form(&case, &[]);
    case["answers"]["unsafe-at-home"] = "yes".into();
    case["answers"]["in-danger-now"] = "no".into();
    for form in ["--sbar", "--phone", "--json"] {
        let output = gravida(&["report", "-", form], &case.to_string());
        assert_eq!(output.status.code(), Some(1));
        assert!(output.stdout.is_empty());
        assert!(text(&output.stderr).contains("--include-private"), "{}", text(&output.stderr));
    }
    let shown = every_form(&case, &["--include-private"]);
    assert_ne!(shown, calm);
    assert!(text(&shown[0]).contains("Someone hurts or frightens you") && text(&shown[0]).contains("may hold private answers"), "{}", text(&shown[0]));
}

#[test]
fn a_result_is_computed_again_to_the_same_bytes() {
    let in_answers = |answers: &str| format!("{{\"today\": \"2026-11-24\", \"place\": \"us\", \"answers\": {answers}}}");
    for case in [
        heavy_bleeding().to_string(),
        fever_and_side_pain().to_string(),
        ordinary_back_pain("yes").to_string(),
        in_answers("{}"),
        in_answers(r#"{"stage": "pregnant", "gestation": "14 to 27 weeks", "pain-now": "3 to 5"}"#),
        in_answers(r#"{"gestation": "last period 2026-06-23", "fever": "perhaps", "fever": "yes", "nothing-like-it": 3}"#),
        "{\"place\": \"atlantis\", \"words\": \"ow\\u0007\", \"answers\": {\"fever\": true}}".to_owned(),
    ] {
        let output = gravida(&["assess", "-", "--json"], &case);
        let result = text(&output.stdout);
        let again = fine(&["replay", "-"], &result);
        assert!(again.starts_with("the same bytes"), "{again}");
        // In one line, as a database keeps it.
        fine(&["replay", "-"], &serde_json::from_str::<Value>(&result).expect("JSON").to_string());
    }
    // The date of the command line is kept too.
    let dated = gravida(&["--today", "2026-11-24", "--place", "cn", "assess", "-"], r#"{"answers": {"gestation": {"due-date": "2027-03-30"}}}"#);
    assert_eq!(dated.status.code(), Some(0));
    fine(&["replay", "-"], &text(&dated.stdout));
}

#[test]
fn what_was_changed_in_a_result_is_named() {
    let result: Value = serde_json::from_str(&fine(&["assess", "-"], &heavy_bleeding().to_string())).expect("JSON");
    let refused = |changed: &Value, part: &str| {
        for verb in ["replay", "audit"] {
            let output = gravida(&[verb, "-"], &format!("{changed:#}\n"));
            assert_eq!(output.status.code(), Some(1), "{verb}");
            let said = text(&output.stdout) + &text(&output.stderr);
            assert!(said.contains(part), "{verb}: {said}");
        }
    };
    let with = |path: &str, value: Value| {
        let mut changed = result.clone();
        *changed.pointer_mut(path).expect("the place") = value;
        changed
    };
    refused(&with("/urgency/level", "self-care".into()), "urgency.level: \"self-care\" → \"emergency\"");
    refused(&with("/case/answers/bleeding-heavy", "no".into()), "urgency.");
    refused(&with("/case/words", "all is well\u{7}".into()), "case.words");
    refused(&with("/red_flags/present", json!([])), "red_flags.present[0]: not there →");
    refused(&with("/go_to/0/number", "998".into()), "go_to[0].number: \"998\" → \"999\"");
    refused(&with("/pack", "0".repeat(64).into()), "made with pack 000");
    refused(&with("/program", "9.9.9".into()), "made by program 9.9.9");
    refused(&with("/case", Value::Null), "does not hold its case");
    // The second of two fields is the one that a reader of JSON keeps; the bytes still differ.
    let twice = fine(&["assess", "-"], &heavy_bleeding().to_string()).replacen("{\n", "{\n  \"safety\": \"All is well.\",\n", 1);
    let output = gravida(&["replay", "-"], &twice);
    assert_eq!(output.status.code(), Some(1), "{}", text(&output.stdout));
}

#[test]
fn the_audit_shows_the_way_from_answer_to_level_and_plan() {
    let result = fine(&["assess", "-"], &ordinary_back_pain("no").to_string());
    let trace = fine(&["audit", "-"], &result);
    let mut from = 0;
    for part in ["1. Answers", "low-back-pain = yes  findings/", "2. Red flags", "is excluded  red-flags/", "3. Level", "floor ", "ceiling ", "act on ", "4. Offered", "interventions/", "never when ", "5. Left out"] {
        from += trace[from..].find(part).unwrap_or_else(|| panic!("{part} is not there, or not in order: {trace}"));
    }
    let pack: Value = serde_json::from_str(&fine(&["pack", "--json"], "")).expect("JSON");
    for flag in pack["red_flags"].as_array().expect("red flags") {
        let id = flag["id"].as_str().expect("an id");
        assert!(trace.contains(&format!("\n{id} [")), "{id} is not in the trace");
    }
}

#[test]
fn bad_input_has_its_exit_code_and_never_reassures() {
    for arguments in [&["report", "-"][..], &["report", "-", "--phone"], &["report", "no-such-file.json"], &["report", "-", "--pdf", "/no/such/folder/note.pdf"]] {
        let input = if arguments.contains(&"--pdf") { heavy_bleeding().to_string() } else { "I feel fine".to_owned() };
        let output = gravida(arguments, &input);
        assert_eq!(output.status.code(), Some(1), "{arguments:?}");
        assert!(output.stdout.is_empty() && text(&output.stderr).contains("does not mean that you are well"), "{arguments:?}");
    }
    for input in ["not JSON", "{}", "[]", "{\"schema\": \"gravida-result/2\"}", "\u{0}"] {
        for verb in ["replay", "audit"] {
            let output = gravida(&[verb, "-"], input);
            assert_eq!(output.status.code(), Some(1), "{verb} {input}");
            assert!(output.stdout.is_empty() && !output.stderr.is_empty());
        }
    }
    for arguments in [&["report"][..], &["report", "-", "--sbar", "--phone"], &["report", "-", "--pdf", "x.pdf", "--paper", "a3"], &["report", "-", "--paper", "letter"], &["replay"], &["audit"]] {
        assert_eq!(gravida(arguments, "{}").status.code(), Some(2), "{arguments:?}");
    }
    let problem = gravida(&["report", "-"], r#"{"answers": {"fever": "perhaps"}}"#);
    assert_eq!(problem.status.code(), Some(1));
    assert!(text(&problem.stdout).contains("Not sure      Fever"), "{}", text(&problem.stdout));
}
