//! The person's own file of an episode, shared with the command: what a page adds is appended, and nothing else is touched.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{self, Read as _, Seek as _, SeekFrom, Write as _};
use std::path::PathBuf;
use std::time::Duration;

/// Another program writes one line; that takes no longer than this.
const TRIES: u32 = 40;
const PAUSE: Duration = Duration::from_millis(50);
/// Years of daily contacts stay far below.
const LARGEST: u64 = 4 << 20;

/// A file that holds an episode, or will.
#[derive(Debug)]
pub struct Store {
    path: PathBuf,
}

/// The file while nobody else can write to it.
pub struct Held {
    file: File,
    path: PathBuf,
    pub text: String,
}

impl Store {
    pub fn new(path: PathBuf) -> Store {
        Store { path }
    }

    /// Opens the file, making it if it is not there, and reads it while nobody else can write.
    ///
    /// # Errors
    /// When it cannot be opened, is held by another program, or is no text of the size of an episode.
    pub fn hold(&self) -> io::Result<Held> {
        let mut options = OpenOptions::new();
        options.read(true).write(true).create(true).truncate(false);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let mut file = options.open(&self.path)?;
        let mut tries = 0;
        loop {
            match file.try_lock() {
                Ok(()) => break,
                Err(TryLockError::WouldBlock) if tries < TRIES => {
                    tries += 1;
                    std::thread::sleep(PAUSE);
                }
                Err(TryLockError::WouldBlock) => return Err(io::Error::new(io::ErrorKind::WouldBlock, "another program holds the record")),
                Err(TryLockError::Error(why)) => return Err(why),
            }
        }
        let mut text = String::new();
        (&mut file).take(LARGEST + 1).read_to_string(&mut text)?;
        if text.len() as u64 > LARGEST {
            return Err(io::Error::new(io::ErrorKind::FileTooLarge, "that is larger than a record"));
        }
        Ok(Held { file, path: self.path.clone(), text })
    }
}

impl Held {
    /// Writes what a page made of the episode. Lines that stand there already stay as they are; a whole other episode takes the
    /// place of this one in one step. An empty one removes the file.
    ///
    /// # Errors
    /// When it cannot be written; then the file is as it was, or ends in a torn line that the next reading leaves out.
    pub fn write(mut self, text: &str) -> io::Result<()> {
        if text == self.text {
            return Ok(());
        }
        if text.is_empty() {
            return std::fs::remove_file(&self.path);
        }
        // Whole lines that both have stay where they are; what is left of a torn one is written over.
        let whole = self.text.rfind('\n').map_or(0, |at| at + 1);
        if let Some(new) = self.text.get(..whole).and_then(|old| text.strip_prefix(old)) {
            self.file.set_len(whole as u64)?;
            self.file.seek(SeekFrom::Start(whole as u64))?;
            self.file.write_all(new.as_bytes())?;
            return self.file.sync_data();
        }
        let beside = self.path.with_extension("new");
        std::fs::write(&beside, text)?;
        std::fs::rename(&beside, &self.path)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_added_and_a_torn_one_is_written_over() {
        let folder = std::env::temp_dir().join(format!("gravida-store-{}", std::process::id()));
        std::fs::create_dir_all(&folder).expect("a folder");
        let path = folder.join("episode");
        let store = Store::new(path.clone());
        let write = |text: &str| store.hold().expect("held").write(text).expect("written");
        write("one\n");
        write("one\ntwo\n");
        std::fs::write(&path, "one\ntwo\nthr").expect("torn");
        assert_eq!(store.hold().expect("held").text, "one\ntwo\nthr");
        write("one\ntwo\nthree\n");
        assert_eq!(std::fs::read_to_string(&path).expect("text"), "one\ntwo\nthree\n");
        write("other\n");
        assert_eq!(std::fs::read_to_string(&path).expect("text"), "other\n");
        write("");
        assert!(!path.exists());
        std::fs::remove_dir_all(&folder).expect("removed");
    }

    #[test]
    fn nobody_else_can_write_while_it_is_held() {
        let folder = std::env::temp_dir().join(format!("gravida-held-{}", std::process::id()));
        std::fs::create_dir_all(&folder).expect("a folder");
        let store = Store::new(folder.join("episode"));
        let held = store.hold().expect("held");
        assert_eq!(store.hold().err().map(|why| why.kind()), Some(io::ErrorKind::WouldBlock));
        drop(held);
        assert!(store.hold().is_ok());
        std::fs::remove_dir_all(&folder).expect("removed");
    }
}
