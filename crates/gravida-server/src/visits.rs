//! What is kept for each browser while the server runs: in memory, bounded, and gone when it ends.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// More visits than this at one machine are not people.
const MOST: usize = 200;
/// A visit that nobody comes back to is forgotten.
const LONGEST: Duration = Duration::from_secs(12 * 60 * 60);
const COOKIE: &str = "gravida";

struct Visit {
    state: String,
    seen: Instant,
}

/// All visits by their names.
#[derive(Default)]
pub struct Visits(Mutex<HashMap<String, Visit>>);

impl Visits {
    fn all(&self) -> MutexGuard<'_, HashMap<String, Visit>> {
        // What is kept is a text that is replaced in one piece, so a thread that failed leaves nothing half done.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The visit of this name, or a new one. True when it is new.
    pub fn open(&self, name: Option<String>) -> (String, bool) {
        let now = Instant::now();
        let mut all = self.all();
        all.retain(|_, visit| now.duration_since(visit.seen) < LONGEST);
        match name.filter(|name| all.contains_key(name)) {
            Some(name) => {
                if let Some(visit) = all.get_mut(&name) {
                    visit.seen = now;
                }
                (name, false)
            }
            None => (fresh(), true),
        }
    }

    pub fn state(&self, name: &str) -> String {
        self.all().get(name).map(|visit| visit.state.clone()).unwrap_or_default()
    }

    /// Keeps a state; an empty one ends the visit.
    pub fn keep(&self, name: &str, state: &str) {
        let mut all = self.all();
        if state.is_empty() {
            all.remove(name);
            return;
        }
        if all.len() >= MOST && !all.contains_key(name) {
            let oldest = all.iter().min_by_key(|(_, visit)| visit.seen).map(|(name, _)| name.clone());
            oldest.map(|name| all.remove(&name));
        }
        all.insert(name.to_owned(), Visit { state: state.to_owned(), seen: Instant::now() });
    }
}

/// A name of 128 random bits.
fn fresh() -> String {
    let mut bytes = [0u8; 16];
    // Without random bits there is no name that cannot be guessed; then nothing is kept under it by anybody else either,
    // since the machine itself is broken.
    getrandom::fill(&mut bytes).unwrap_or_else(|why| panic!("the system gives no random bits: {why}"));
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The name in a `Cookie` header.
pub fn named(header: &str) -> Option<String> {
    let mut pairs = header.split(';').filter_map(|pair| pair.trim().split_once('='));
    pairs.find(|(name, _)| *name == COOKIE).map(|(_, value)| value.to_owned())
}

/// Sent back to this machine alone, to no script, and with no request that another site starts.
pub fn cookie(name: &str) -> String {
    format!("{COOKIE}={name}; HttpOnly; SameSite=Strict; Path=/")
}

/// Takes the name out of the browser.
pub fn no_cookie() -> String {
    format!("{COOKIE}=; Max-Age=0; HttpOnly; SameSite=Strict; Path=/")
}
