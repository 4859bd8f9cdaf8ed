//! The episode file: JSON lines that are only ever added to; it never drops a whole line, and says what it could not read.

use std::fs::{File, OpenOptions};
use std::io::{Read as _, Seek as _, SeekFrom, Write as _};
use std::path::Path;
use std::time::Duration;

use anyhow::{Context as _, Result, anyhow, bail};
use gravida_assessment::follow_up::Rules;
use gravida_record::{EPISODE_SCHEMA, LARGEST_LINE, NotAnEpisode, Record, first_line};
use serde_json::Value;

/// Years of daily contacts stay far below; more is not an episode.
const LARGEST_FILE: u64 = 32 << 20;

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
    if !record.has_begun() {
        text = first_line();
    }
    text.push_str(&value.to_string());
    text.push('\n');
    if text.len() > LARGEST_LINE || record.whole() as u64 + text.len() as u64 > LARGEST_FILE {
        bail!("the episode {} would become larger than an episode can be; start a new one", path.display());
    }
    write_whole(&mut file, record.whole() as u64, &text).with_context(|| format!("nothing could be added to the episode {}", path.display()))?;
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
    Record::read(&bytes, rules).map_err(|why| match why {
        NotAnEpisode::Schema(schema) => anyhow!("the schema of {} is {schema}, this program reads \"{EPISODE_SCHEMA}\"", path.display()),
        NotAnEpisode::Other => anyhow!("{} is not an episode: its first line is not {{\"schema\": \"{EPISODE_SCHEMA}\"}}", path.display()),
    })
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use gravida_assessment::follow_up::{Entry, Kind, Look, Note, Scales};
    use gravida_knowledge::{Case, Knowledge, Urgency};
    use gravida_record::line;
    use serde_json::json;

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
