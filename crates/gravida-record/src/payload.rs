//! A case as one short text for a QR code, read without any network: place, date, answers and own words. It never holds
//! more than the note that it is made of, and a text that is not whole is never taken for a case.
//!
//! `GRAVIDA1:` and then Base45 of: version, first six bytes of the pack, what it holds, place, date, answers (each the
//! step from the finding before, and how it was answered), own words, CRC-32. Numbers are in groups of seven bits, the
//! lowest first, as in LEB128.

use std::fmt;

use gravida_knowledge::{Answer, Case, Knowledge};
use jiff::civil::Date;

use crate::base45;
use crate::note::Note;

/// What every payload begins with.
pub const PREFIX: &str = "GRAVIDA1:";

/// The longest text that is read or written: a QR code holds 4296 such letters at most.
pub const LONGEST: usize = 4296;

const VERSION: u8 = 1;
/// How much of the hash names the pack.
const PACK_BYTES: usize = 6;
const HOLDS_PRIVATE: u8 = 1;
const HOLDS_DATE: u8 = 2;
/// How one answer is written, in the lowest bits of its number.
const NOT_SURE: u32 = 0;
const EXACT: u32 = 1;
const RANGE: u32 = 2;
const EXAMINED: u32 = 4;

/// What was read of a payload.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Payload {
    pub case: Case,
    pub place: Option<String>,
    pub today: Option<Date>,
    /// As they were written: shown in quotes, never interpreted.
    pub words: Option<String>,
    /// The person asked that private answers stand in it.
    pub private_included: bool,
}

/// Why there is no payload.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// The text is something else.
    NotOurs,
    /// It is longer than any payload.
    TooLong,
    /// It was cut, or a letter is wrong.
    Damaged,
    /// It was made by a later program.
    OtherVersion(u8),
    /// It was made with another pack, whose answers may mean something else.
    OtherPack { theirs: String, ours: String },
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Fault::NotOurs => write!(f, "this is not the text of such a QR code: it begins with {PREFIX}"),
            Fault::TooLong => write!(f, "the text is too long for a QR code, which holds {LONGEST} letters at most"),
            Fault::Damaged => write!(f, "the text of the QR code is damaged or not whole; scan it again"),
            Fault::OtherVersion(version) => write!(f, "the QR code is of version {version}, this program reads version {VERSION}"),
            Fault::OtherPack { theirs, ours } => {
                write!(f, "the QR code was made with the pack {theirs}…, this is the pack {ours}…; read it with the pack that it was made with")
            }
        }
    }
}

impl std::error::Error for Fault {}

/// The text for a QR code. It holds the answers that the note rests on, so private ones only where the note does.
pub fn encode(note: &Note) -> Result<String, Fault> {
    let knowledge = note.knowledge;
    let mut out = vec![VERSION];
    out.extend(pack(knowledge));
    let date = note.today.and_then(|date| Some((u32::try_from(date.year()).ok()?, u32::try_from(date.month()).ok()?, u32::try_from(date.day()).ok()?)));
    out.push(if note.private_included { HOLDS_PRIVATE } else { 0 } | if date.is_some() { HOLDS_DATE } else { 0 });
    let place = knowledge.places.iter().position(|place| place.slug == note.place.slug).map_or(0, |at| at + 1);
    number(&mut out, u32::try_from(place).map_err(|_| Fault::TooLong)?);
    if let Some((year, month, day)) = date {
        [year, month, day].into_iter().for_each(|part| number(&mut out, part));
    }
    let given: Vec<_> = knowledge.finding_ids().enumerate().filter(|(_, id)| note.case.answer(*id) != Answer::Unasked).collect();
    number(&mut out, u32::try_from(given.len()).map_err(|_| Fault::TooLong)?);
    let mut next = 0;
    for (at, id) in given {
        number(&mut out, u32::try_from(at - next).map_err(|_| Fault::TooLong)?);
        next = at + 1;
        let least = knowledge.finding(id).answers.ends().0;
        let mark = if note.case.is_examined(id) { EXAMINED } else { 0 };
        match note.case.answer(id) {
            Answer::Between(low, high) => {
                let how = if low == high { EXACT } else { RANGE };
                number(&mut out, u32::from(low.saturating_sub(least)) << 3 | mark | how);
                if low != high {
                    number(&mut out, u32::from(high.saturating_sub(low)));
                }
            }
            Answer::NotSure | Answer::Unasked => number(&mut out, mark | NOT_SURE),
        }
    }
    let words = note.words.unwrap_or("");
    number(&mut out, u32::try_from(words.len()).map_err(|_| Fault::TooLong)?);
    out.extend(words.as_bytes());
    out.extend(checksum(&out).to_be_bytes());
    let text = format!("{PREFIX}{}", base45::encode(&out));
    if text.len() > LONGEST { Err(Fault::TooLong) } else { Ok(text) }
}

/// Reads the text of a QR code; white space around it does not count.
pub fn decode(knowledge: &Knowledge, text: &str) -> Result<Payload, Fault> {
    let text = text.trim();
    let letters = text.strip_prefix(PREFIX).ok_or(Fault::NotOurs)?;
    if text.len() > LONGEST {
        return Err(Fault::TooLong);
    }
    let bytes = base45::decode(letters).ok_or(Fault::Damaged)?;
    let (body, sum) = bytes.split_last_chunk::<4>().ok_or(Fault::Damaged)?;
    if checksum(body) != u32::from_be_bytes(*sum) {
        return Err(Fault::Damaged);
    }
    let mut reader = Reader(body);
    let version = reader.byte().ok_or(Fault::Damaged)?;
    if version != VERSION {
        return Err(Fault::OtherVersion(version));
    }
    let theirs = reader.take(PACK_BYTES).ok_or(Fault::Damaged)?;
    let ours = pack(knowledge);
    if theirs != ours {
        return Err(Fault::OtherPack { theirs: hex(theirs), ours: hex(&ours) });
    }
    reader.rest(knowledge).ok_or(Fault::Damaged)
}

/// What is left to read.
struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    fn take(&mut self, length: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.0.split_at_checked(length)?;
        self.0 = rest;
        Some(taken)
    }

    fn byte(&mut self) -> Option<u8> {
        self.take(1)?.first().copied()
    }

    /// `None` also for a number that is larger than any that is written.
    fn number(&mut self) -> Option<u32> {
        let mut value = 0;
        for shift in [0, 7, 14, 21] {
            let byte = self.byte()?;
            value |= u32::from(byte & 0x7F) << shift;
            if byte < 0x80 {
                return Some(value);
            }
        }
        None
    }

    /// Everything after the pack; `None` when any of it cannot be, for then none of it is trusted.
    fn rest(mut self, knowledge: &Knowledge) -> Option<Payload> {
        let holds = self.byte().filter(|holds| *holds & !(HOLDS_PRIVATE | HOLDS_DATE) == 0)?;
        let place = match self.number()?.checked_sub(1) {
            None => None,
            Some(at) => Some(knowledge.places.get(usize::try_from(at).ok()?)?.slug.clone()),
        };
        let today = if holds & HOLDS_DATE == 0 {
            None
        } else {
            let (year, month, day) = (self.number()?, self.number()?, self.number()?);
            Some(Date::new(i16::try_from(year).ok()?, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()?)
        };
        let mut case = Case::new(knowledge);
        let mut ids = knowledge.finding_ids();
        for _ in 0..self.number()? {
            let id = ids.nth(usize::try_from(self.number()?).ok()?)?;
            let (least, most) = knowledge.finding(id).answers.ends();
            let code = self.number()?;
            let low = u32::from(least) + (code >> 3);
            let answer = match code & 3 {
                NOT_SURE if code >> 3 == 0 => Answer::NotSure,
                EXACT => between(low, low, most)?,
                RANGE => between(low, low.checked_add(self.number()?)?, most)?,
                _ => return None,
            };
            if code & EXAMINED == 0 { case.set(id, answer) } else { case.set_examined(id, answer) }
        }
        let length = usize::try_from(self.number()?).ok()?;
        let words = std::str::from_utf8(self.take(length)?).ok()?.to_owned();
        let words = Some(words).filter(|words| !words.is_empty());
        self.0.is_empty().then_some(Payload { case, place, today, words, private_included: holds & HOLDS_PRIVATE != 0 })
    }
}

fn between(low: u32, high: u32, most: u16) -> Option<Answer> {
    let (low, high) = (u16::try_from(low).ok()?, u16::try_from(high).ok()?);
    (high <= most).then_some(Answer::Between(low, high))
}

fn number(out: &mut Vec<u8>, mut value: u32) {
    while value >= 0x80 {
        out.push((value & 0x7F) as u8 | 0x80);
        value >>= 7;
    }
    out.push(value as u8);
}

/// The first bytes of the hash of the pack.
fn pack(knowledge: &Knowledge) -> Vec<u8> {
    (0..PACK_BYTES).map(|at| knowledge.hash.get(2 * at..2 * at + 2).and_then(|pair| u8::from_str_radix(pair, 16).ok()).unwrap_or(0)).collect()
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// CRC-32 as in ISO 3309: it finds every single wrong letter.
fn checksum(bytes: &[u8]) -> u32 {
    let step = |sum: u32, _| if sum & 1 == 1 { sum >> 1 ^ 0xEDB8_8320 } else { sum >> 1 };
    !bytes.iter().fold(u32::MAX, |sum, byte| (0..8).fold(sum ^ u32::from(*byte), step))
}

#[cfg(test)]
mod tests {
    use super::checksum;

    #[test]
    fn the_checksum_is_the_one_that_everybody_has() {
        assert_eq!(checksum(b"123456789"), 0xCBF4_3926);
    }
}
