//! The next deadline as a calendar file (RFC 5545); its words tell nobody else what it is about.
//!
//! Written by hand: the crates for it take the time and chance from the machine, which a page in a browser has not. The
//! command's tests read the file with another crate's parser.

use gravida_assessment::follow_up::Standing;
use gravida_knowledge::Knowledge;
use jiff::Timestamp;

/// A line is at most so many bytes long; what is longer goes on in the next one after a space.
const LONGEST: usize = 75;

/// `20261124T213000Z`.
fn utc(minutes: u64) -> Option<String> {
    let time = Timestamp::from_second(i64::try_from(minutes).ok()?.checked_mul(60)?).ok()?;
    Some(time.strftime("%Y%m%dT%H%M%SZ").to_string())
}

/// A text as a value: what has a meaning in the format is written with a backslash.
fn text(value: &str) -> String {
    let mut out = String::new();
    for letter in value.chars() {
        match letter {
            '\\' | ';' | ',' => out.extend(['\\', letter]),
            '\n' => out.push_str("\\n"),
            letter if letter.is_control() => {}
            letter => out.push(letter),
        }
    }
    out
}

/// One line, folded between characters.
fn put(out: &mut String, line: &str) {
    let mut length = 0;
    for letter in line.chars() {
        if length + letter.len_utf8() > LONGEST {
            out.push_str("\r\n ");
            length = 1;
        }
        out.push(letter);
        length += letter.len_utf8();
    }
    out.push_str("\r\n");
}

/// One event at the next deadline; after the end the same event as cancelled, so that it goes away. `began` is the time
/// of the first contact and names the event; `sequence` grows with every line, so that a later file replaces an earlier.
pub fn calendar(knowledge: &Knowledge, standing: &Standing, began: u64, sequence: u64, now: u64) -> Option<String> {
    let title = text(knowledge.text("follow-title"));
    // A deadline that has passed is due now: a reminder in the past would never ring.
    let due = utc(standing.state.due.first().max(now))?;
    let now = utc(now)?;
    let ended = standing.state.ended.is_some();
    // Names from the file alone, nothing by chance: the same episode gives the same bytes. The host is one that no
    // machine has (RFC 2606), and says nothing about the matter.
    let uid = format!("look-again-{began}@reminder.invalid");
    let mut lines = vec![
        "BEGIN:VCALENDAR".to_owned(),
        "VERSION:2.0".to_owned(),
        "PRODID:-//look-again//1//EN".to_owned(),
        "BEGIN:VEVENT".to_owned(),
        format!("UID:{uid}"),
        format!("DTSTAMP:{now}"),
        format!("DTSTART:{due}"),
        "DURATION:PT15M".to_owned(),
        format!("SUMMARY:{title}"),
        format!("SEQUENCE:{sequence}"),
        "CLASS:PRIVATE".to_owned(),
        "TRANSP:TRANSPARENT".to_owned(),
        format!("STATUS:{}", if ended { "CANCELLED" } else { "CONFIRMED" }),
    ];
    if !ended {
        lines.extend([
            "BEGIN:VALARM".to_owned(),
            format!("UID:alarm-{uid}"),
            "ACTION:DISPLAY".to_owned(),
            format!("DESCRIPTION:{title}"),
            "TRIGGER:PT0S".to_owned(),
            "END:VALARM".to_owned(),
        ]);
    }
    lines.extend(["END:VEVENT".to_owned(), "END:VCALENDAR".to_owned()]);
    let mut out = String::new();
    lines.iter().for_each(|line| put(&mut out, line));
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_escaped_and_lines_folded_between_characters() {
        assert_eq!(text("a,b;c\\d\ne\u{7}"), "a\\,b\\;c\\\\d\\ne");
        let mut out = String::new();
        put(&mut out, &format!("SUMMARY:{}", "看".repeat(60)));
        let lines: Vec<&str> = out.split_terminator("\r\n").collect();
        assert!(lines.len() > 2 && lines.iter().all(|line| line.len() <= LONGEST));
        assert!(lines.iter().skip(1).all(|line| line.starts_with(' ')));
        assert_eq!(out.replace("\r\n ", "").trim_end(), format!("SUMMARY:{}", "看".repeat(60)));
    }
}
