//! The text of a QR code: it holds what the note rests on, is read back whole or not at all, and no text is a danger.

use std::path::Path;
use std::sync::OnceLock;

use gravida_knowledge::{Answer, Case, Knowledge, read, read_folder};
use gravida_record::payload::{Fault, LONGEST, PREFIX, decode, encode};
use gravida_record::{Note, base45};
use proptest::prelude::*;

fn pack() -> &'static Knowledge {
    static PACK: OnceLock<Knowledge> = OnceLock::new();
    PACK.get_or_init(|| {
        let pages = read_folder(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../../knowledge")).expect("the pages");
        read(&pages, None).0.expect("a pack without mistakes")
    })
}

/// Up to as many answers as a person gives, each of any kind.
fn case(dice: &[(u16, u16, u16, bool)]) -> Case {
    let knowledge = pack();
    let ids: Vec<_> = knowledge.finding_ids().collect();
    let mut case = Case::new(knowledge);
    for (which, low, high, examined) in dice {
        let id = ids[usize::from(*which) % ids.len()];
        let (least, most) = knowledge.finding(id).answers.ends();
        let within = |value: u16| least + value % (most - least + 1);
        let (low, high) = (within(*low), within(*high));
        let answer = if which % 7 == 0 { Answer::NotSure } else { Answer::Between(low.min(high), low.max(high)) };
        if *examined { case.set_examined(id, answer) } else { case.set(id, answer) }
    }
    case
}

fn note<'a>(case: &Case, words: Option<&'a str>, private: bool) -> Option<Note<'a>> {
    let place = pack().find_place("gb").expect("a place");
    Note::new(pack(), case, words, "2026-11-24".parse().ok(), place, private).ok()
}

fn dice() -> impl Strategy<Value = Vec<(u16, u16, u16, bool)>> {
    prop::collection::vec((any::<u16>(), any::<u16>(), any::<u16>(), any::<bool>()), 0..120)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_was_written_is_read(dice in dice(), words in "\\PC{0,300}") {
        let case = case(&dice);
        let note = note(&case, Some(words.as_str()), true).expect("with everything nothing is calmer");
        let text = encode(&note).expect("it fits");
        let read = decode(pack(), &format!(" {text}\n")).expect("our own");
        prop_assert_eq!(read.case, case);
        prop_assert_eq!(read.words.as_deref().unwrap_or_default(), words.as_str());
        prop_assert_eq!(read.place.as_deref(), Some("gb"));
        prop_assert_eq!(read.today, note.today);
        prop_assert!(read.private_included && text.len() <= LONGEST);
    }

    #[test]
    fn without_private_answers_it_is_the_same_whatever_they_are(dice in dice()) {
        let case = case(&dice);
        let mut other = case.clone();
        pack().finding_ids().filter(|id| pack().finding(*id).private).for_each(|id| other.set(id, Answer::Unasked));
        if let (Some(note), Some(less)) = (note(&case, None, false), note(&other, None, false)) {
            let text = encode(&note).expect("it fits");
            prop_assert_eq!(&text, &encode(&less).expect("it fits"));
            let read = decode(pack(), &text).expect("our own");
            prop_assert!(!read.private_included);
            prop_assert!(pack().finding_ids().all(|id| !pack().finding(id).private || read.case.answer(id) == Answer::Unasked));
        }
    }

    #[test]
    fn one_wrong_letter_is_noticed(dice in dice(), at in any::<prop::sample::Index>(), letter in "[0-9A-Z $%*+./:-]") {
        let case = case(&dice);
        let text = encode(&note(&case, None, true).expect("a note")).expect("it fits");
        let at = PREFIX.len() + at.index(text.len() - PREFIX.len());
        let wrong = format!("{}{letter}{}", &text[..at], &text[at + 1..]);
        prop_assert!(wrong == text || decode(pack(), &wrong).is_err());
        prop_assert!(decode(pack(), &text[..at]).is_err());
    }

    #[test]
    fn any_text_is_read_or_refused(text in "\\PC*", letters in "[0-9A-Z $%*+./:-]{0,200}") {
        prop_assert!(decode(pack(), &text).is_err());
        for behind in [text, letters] {
            let text = format!("{PREFIX}{behind}");
            prop_assert!(decode(pack(), &text).is_err());
        }
    }

    /// Whoever can write a checksum can write anything behind it.
    #[test]
    fn any_bytes_with_a_right_checksum_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let good = encode(&note(&case(&[]), None, true).expect("a note")).expect("it fits");
        let head = base45::decode(&good[PREFIX.len()..]).expect("Base45")[..7].to_vec();
        let mut all = [head, bytes].concat();
        let sum = !all.iter().fold(u32::MAX, |sum, byte| (0..8).fold(sum ^ u32::from(*byte), |sum, _| if sum & 1 == 1 { sum >> 1 ^ 0xEDB8_8320 } else { sum >> 1 }));
        all.extend(sum.to_be_bytes());
        let _ = decode(pack(), &format!("{PREFIX}{}", base45::encode(&all)));
    }
}

#[test]
fn each_fault_says_what_it_is() {
    let case = case(&[]);
    let text = encode(&note(&case, None, false).expect("a note")).expect("it fits");
    assert_eq!(decode(pack(), "{\"answers\": {}}"), Err(Fault::NotOurs));
    assert_eq!(decode(pack(), &format!("{PREFIX}{}", "0".repeat(LONGEST))), Err(Fault::TooLong));
    let other = Knowledge { hash: "0123456789ab".to_owned(), ..pack().clone() };
    let fault = decode(&other, &text).expect_err("another pack").to_string();
    assert!(fault.contains("0123456789ab") && fault.contains(&pack().hash[..12]), "{fault}");
    let long = "长".repeat(LONGEST);
    assert_eq!(encode(&note(&case, Some(&long), false).expect("a note")), Err(Fault::TooLong));
}
