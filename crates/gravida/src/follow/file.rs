//! The episode file: JSON lines that are only ever added to; it never drops a whole line, and says what it could not read.

use std::fs::{File, OpenOptions};
use std::io::{Read as _, Seek as _, SeekFrom, Write as _};
use std::path::Path;
use std::time::Duration;

use anyhow::{Context as _, Result, bail};
use gravida_assessment::follow_up::{Entry, Episode, Rules};
use gravida_record::line;
use serde_json::{Value, json};

use crate::wire::Problem;

/// The name and version of the format, in the field `schema` of the first line.
pub const EPISODE_SCHEMA: &str = "gravida-episode/1";

/// Years of daily contacts stay far below; more is not an episode.
const LARGEST_FILE: u64 = 32 << 20;
/// One contact with every finding answered is some tens of kilobytes.
const LARGEST_LINE: usize = 1 << 20;

/// An episode as it was read.
pub struct Record {
    pub episode: Episode,
    /// Every line that was understood, in order, without the first.
    pub lines: Vec<Value>,
    pub problems: Vec<Problem>,
    /// The number that the next line gets.
    pub next: u64,
    /// Bytes up to the end of the last whole line.
    whole: u64,
    /// Whether the first line is there.
    begun: bool,
}

/// Reads an episode while nobody writes to it.
pub fn read(path: &Path, rules: &Rules) -> Result<Record> {
    let mut file = File::open(path).with_context(|| format!("the episode {} cannot be opened", path.display()))?;
    lock(path, || file.try_lock_shared())?;
    take_in(&mut file, path, rules)
}

/// Adds one line. It is made while nobody else can write, from what the file holds then; `make` may refuse with an error.
/// Returns the record with the line in it.
pub fn append(path: &Path, rules: &Rules, create: bool, make: impl FnOnce(&mut Record) -> Result<Value>) -> Result<Record> {
    let mut options = OpenOptions::new();
    options.read(true).write(true).create(create);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(path).with_context(|| format!("the episode {} cannot be opened for writing", path.display()))?;
    lock(path, || file.try_lock())?;
    let mut record = take_in(&mut file, path, rules)?;
    let value = make(&mut record)?;
    let mut text = String::new();
    if !record.begun {
        text = format!("{}\n", json!({"schema": EPISODE_SCHEMA, "program": env!("CARGO_PKG_VERSION")}));
    }
    text.push_str(&value.to_string());
    text.push('\n');
    if text.len() > LARGEST_LINE || record.whole + text.len() as u64 > LARGEST_FILE {
        bail!("the episode {} would become larger than an episode can be; start a new one", path.display());
    }
    write_whole(&mut file, record.whole, &text).with_context(|| format!("nothing could be added to the episode {}", path.display()))?;
    record.lines.push(value);
    record.next += 1;
    Ok(record)
}

/// Writes after the last whole line, over what is left of a torn one; if that fails, the file is as long as before.
fn write_whole(file: &mut File, at: u64, text: &str) -> std::io::Result<()> {
    file.set_len(at)?;
    file.seek(SeekFrom::Start(at))?;
    let written = file.write_all(text.as_bytes()).and_then(|()| file.sync_data());
    if written.is_err() {
        // Best effort: a torn line would be recovered at the next reading as well.
        let _ = file.set_len(at);
    }
    written
}

/// Waits a short time for a lock; the lock is given back when the file is closed.
fn lock(path: &Path, mut attempt: impl FnMut() -> std::result::Result<(), std::fs::TryLockError>) -> Result<()> {
    const TRIES: u32 = 200;
    for _ in 0..TRIES {
        match attempt() {
            Ok(()) => return Ok(()),
            Err(std::fs::TryLockError::WouldBlock) => std::thread::sleep(Duration::from_millis(50)),
            Err(std::fs::TryLockError::Error(why)) => return Err(why).with_context(|| format!("the episode {} cannot be locked", path.display())),
        }
    }
    bail!("another program has kept the episode {} locked for ten seconds; try again", path.display())
}

fn take_in(file: &mut File, path: &Path, rules: &Rules) -> Result<Record> {
    let mut bytes = Vec::new();
    file.take(LARGEST_FILE + 1).read_to_end(&mut bytes).with_context(|| format!("the episode {} cannot be read", path.display()))?;
    if bytes.len() as u64 > LARGEST_FILE {
        bail!("{} is larger than {LARGEST_FILE} bytes; that is not an episode", path.display());
    }
    let mut record = Record { episode: Episode::default(), lines: Vec::new(), problems: Vec::new(), next: 1, whole: 0, begun: false };
    for (n, chunk) in bytes.split_inclusive(|byte| *byte == b'\n').enumerate() {
        let at = format!("line {}", n + 1);
        let Some(line) = chunk.strip_suffix(b"\n") else {
            // What is cut off in the first line is written anew, so it must be ours and not some other file.
            let start = format!("{{\"schema\":\"{EPISODE_SCHEMA}\",").into_bytes();
            if n == 0 && !start.starts_with(chunk) && !chunk.starts_with(&start) {
                bail!("{} is not an episode: its first line is not {{\"schema\": \"{EPISODE_SCHEMA}\"}}", path.display());
            }
            record.problem(at, "it was cut off while it was written, and is left out", "the lines before it are whole; look again to replace it");
            break;
        };
        record.whole += chunk.len() as u64;
        let value = if line.len() > LARGEST_LINE { None } else { serde_json::from_slice::<Value>(line).ok().filter(Value::is_object) };
        if n == 0 {
            match value.as_ref().and_then(|value| value.get("schema")) {
                Some(schema) if schema == EPISODE_SCHEMA => record.begun = true,
                Some(schema) => bail!("the schema of {} is {schema}, this program reads \"{EPISODE_SCHEMA}\"", path.display()),
                None => bail!("{} is not an episode: its first line is not {{\"schema\": \"{EPISODE_SCHEMA}\"}}", path.display()),
            }
        } else {
            record.take_line(rules, at, value);
        }
    }
    Ok(record)
}

impl Record {
    fn problem(&mut self, at: String, what: &str, instead: &str) {
        self.problems.push(Problem { at, what: what.to_owned(), instead: instead.to_owned() });
    }

    fn take_line(&mut self, rules: &Rules, at: String, value: Option<Value>) {
        let last = self.episode.state.map_or(0, |state| state.seen);
        let Some((value, n, entry)) = value.and_then(|value| line::entry(&value).map(|(n, entry)| (value, n, entry))) else {
            self.problem(at, "it is not understood, and counts as a danger sign until a professional has looked", "put it back as it was, or ask a professional");
            self.episode.add(rules, &line::unreadable(last));
            self.next += 1;
            return;
        };
        if n > self.next {
            self.problem(at.clone(), "a line before it is missing, which counts as a danger sign until a professional has looked", "put it back, or ask a professional");
            self.episode.add(rules, &line::unreadable(last));
        } else if n < self.next {
            self.problem(at.clone(), "its number stands before already", "number the lines 1, 2, 3");
        }
        self.next = n.max(self.next) + 1;
        if !self.add(rules, &entry) {
            self.problem(at, "it can have no effect where it stands", "nothing needs to be done");
        }
        self.lines.push(value);
    }

    /// Adds an entry to the episode; false when it can have no effect there.
    pub fn add(&mut self, rules: &Rules, entry: &Entry) -> bool {
        self.episode.add(rules, entry)
    }

    /// The answers of the last contact, as JSON.
    pub fn last_case(&self) -> Option<&Value> {
        self.lines.iter().rev().find_map(|line| line.get("case"))
    }
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use gravida_assessment::follow_up::{Kind, Look, Note, Scales};
    use gravida_knowledge::{Case, Knowledge, Urgency};

    use super::*;
    use crate::wire;

    struct Folder(PathBuf);

    impl Folder {
        fn new(name: &str) -> Folder {
            let path = std::env::temp_dir().join(format!("gravida-{name}-{}", std::process::id()));
            std::fs::create_dir_all(&path).expect("a folder");
            Folder(path)
        }
    }

    impl Drop for Folder {
        fn drop(&mut self) {
            let _ = std::fs::remove_dir_all(&self.0);
        }
    }

    fn contact(knowledge: &Knowledge, rules: &Rules, path: &Path, at: u64) -> Record {
        let case = Case::new(knowledge);
        let look = Look::at(knowledge, &case, Scales { pain: Some(6), function: Some(4) });
        append(path, rules, true, |record| {
            let n = record.next;
            assert!(record.add(rules, &Entry { at, kind: Kind::Look(look), promised: None }));
            let due = record.episode.state.expect("a state").due;
            Ok(line::contact(knowledge, n, at, &look, due, &wire::to_json(knowledge, &case, Some("gb"), None)))
        })
        .expect("a contact is added")
    }

    fn note(rules: &Rules, path: &Path, at: u64) -> Record {
        append(path, rules, false, |record| {
            let n = record.next;
            let note = Note { level: Urgency::Routine, wait: Some(600) };
            assert!(record.add(rules, &Entry { at, kind: Kind::Note(note), promised: None }));
            let due = record.episode.state.expect("a state").due;
            Ok(line::note(n, at, gravida_knowledge::Role::Doctor, &note, due, Some("“Ça va” – 看医生")))
        })
        .expect("a note is added")
    }

    #[test]
    fn a_file_cut_at_any_byte_loses_at_most_its_last_line() {
        let knowledge = crate::pack::load(None, None).expect("the pack");
        let rules = Rules::of(&knowledge).expect("limits");
        let folder = Folder::new("torn");
        let path = folder.0.join("episode");
        let whole_at = |n: usize, bytes: &[u8]| bytes.iter().enumerate().filter(|(_, byte)| **byte == b'\n').nth(n).map(|(at, _)| at + 1).expect("lines");
        contact(&knowledge, &rules, &path, 29_600_000);
        note(&rules, &path, 29_600_010);
        contact(&knowledge, &rules, &path, 29_600_020);
        let full = read(&path, &rules).expect("whole");
        assert!(full.problems.is_empty() && full.lines.len() == 3 && full.next == 4);
        let bytes = std::fs::read(&path).expect("bytes");
        let cut = folder.0.join("cut");
        for end in 0..bytes.len() {
            std::fs::write(&cut, &bytes[..end]).expect("a cut file");
            let record = read(&cut, &rules).unwrap_or_else(|why| panic!("cut at {end}: {why}"));
            let lines = (0..4).filter(|n| whole_at(*n, &bytes) <= end).count();
            assert_eq!(record.lines.len(), lines.saturating_sub(1), "cut at {end}");
            assert_eq!(record.problems.is_empty(), end == 0 || bytes[end - 1] == b'\n', "cut at {end}");
            // What follows is added as if the torn line had never been.
            if end % 37 == 0 || end + 3 > bytes.len() {
                let again = contact(&knowledge, &rules, &cut, 29_600_030);
                assert_eq!(again.lines.len(), lines.saturating_sub(1) + 1);
                let read = read(&cut, &rules).expect("whole again");
                assert!(read.problems.is_empty() && read.episode == again.episode, "cut at {end}");
            }
        }
    }

    #[test]
    fn what_is_read_back_is_what_was_written() {
        let knowledge = crate::pack::load(None, None).expect("the pack");
        let rules = Rules::of(&knowledge).expect("limits");
        let folder = Folder::new("back");
        let path = folder.0.join("episode");
        contact(&knowledge, &rules, &path, 29_600_000);
        let written = note(&rules, &path, 29_600_005);
        let read = read(&path, &rules).expect("an episode");
        assert!(read.episode == written.episode && read.lines == written.lines && read.next == written.next);
    }

    #[test]
    fn a_spoilt_or_missing_line_counts_as_danger() {
        let knowledge = crate::pack::load(None, None).expect("the pack");
        let rules = Rules::of(&knowledge).expect("limits");
        let folder = Folder::new("spoilt");
        let path = folder.0.join("episode");
        let (head, calm) = (
            format!("{{\"schema\":\"{EPISODE_SCHEMA}\"}}\n"),
            |n: u64| format!("{{\"n\":{n},\"at\":\"2026-11-24T08:0{n}:00Z\",\"what\":\"contact\",\"level\":\"self-care\",\"floor\":\"self-care\",\"asked\":true,\"pain\":2}}\n"),
        );
        let level = |text: String| {
            std::fs::write(&path, text).expect("a file");
            let record = read(&path, &rules).expect("an episode");
            (record.episode.state.expect("a state").level, record.problems.len())
        };
        assert_eq!(level(format!("{head}{}{}", calm(1), calm(2))), (Urgency::SelfCare, 0));
        assert_eq!(level(format!("{head}{}{}", calm(1), calm(3))), (Urgency::Today, 1), "a line is missing");
        assert_eq!(level(format!("{head}{}what?\n{}", calm(1), calm(3))), (Urgency::Today, 1), "no JSON");
        for (from, to) in [("\"pain\":2", "\"pain\":11"), ("\"asked\":true", "\"asked\":\"no\""), ("self-care", "calm"), ("contact", "visit"), ("08:02", "98:02")] {
            assert_eq!(level(format!("{head}{}{}{}", calm(1), calm(2).replace(from, to), calm(3))), (Urgency::Today, 1), "{to}");
        }
    }

    #[test]
    fn another_file_is_left_alone() {
        let knowledge = crate::pack::load(None, None).expect("the pack");
        let rules = Rules::of(&knowledge).expect("limits");
        let folder = Folder::new("other");
        let path = folder.0.join("letter");
        for text in ["Dear Anna", "Dear Anna\n", "{}\n", "{\"schema\":\"gravida-episode/2\"}\n", "\n"] {
            std::fs::write(&path, text).expect("a file");
            assert!(append(&path, &rules, true, |_| Ok(json!({}))).is_err(), "{text:?}");
            assert_eq!(std::fs::read_to_string(&path).expect("text"), text);
        }
    }
}
