//! What the tests of the whole house share: where it stands, and its pack.

use std::path::{Path, PathBuf};

use gravida_knowledge::{Answer, Case, FindingId, Knowledge, read, read_folder};

/// The top of the checkout.
pub fn top() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// The pack of this checkout.
///
/// # Panics
/// When it has mistakes: then every test of the house must fail.
pub fn pack() -> Knowledge {
    let pages = read_folder(&top().join("knowledge")).unwrap_or_else(|why| panic!("{why}"));
    let (knowledge, diagnostics) = read(&pages, None);
    knowledge.unwrap_or_else(|| panic!("{}", diagnostics.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")))
}

/// Every file below a folder with one of these endings.
pub fn files(folder: &Path, endings: &[&str]) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut open = vec![folder.to_path_buf()];
    while let Some(next) = open.pop() {
        let Ok(entries) = std::fs::read_dir(&next) else { continue };
        for path in entries.flatten().map(|entry| entry.path()) {
            if path.is_dir() {
                if path.file_name().is_none_or(|name| name != "target" && name != ".git" && name != "node_modules") {
                    open.push(path);
                }
            } else if path.extension().is_some_and(|ending| endings.iter().any(|wanted| ending == *wanted)) {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

/// How many random cases a property is tried on: `usually`, or as many as `GRAVIDA_SLOW` says (a hundred thousand when
/// it says no number).
pub fn tries(usually: u64) -> u64 {
    std::env::var("GRAVIDA_SLOW").map_or(usually, |many| many.parse().unwrap_or(100_000))
}

/// Numbers that look random and are the same on every run.
pub struct Dice(pub u64);

impl Dice {
    /// The next number below `n`.
    pub fn below(&mut self, n: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut x = self.0;
        x = (x ^ (x >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        x = (x ^ (x >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        (x ^ (x >> 31)) % n.max(1)
    }

    /// Any answer to a finding: exact, a range, not sure or none.
    pub fn answer(&mut self, knowledge: &Knowledge, id: FindingId) -> Answer {
        let (low, high) = knowledge.finding(id).answers.ends();
        let span = u64::from(high - low) + 1;
        let (a, b) = (low + self.below(span) as u16, low + self.below(span) as u16);
        match self.below(8) {
            0 => Answer::Unasked,
            1 => Answer::NotSure,
            2 => Answer::Between(a.min(b), a.max(b)),
            3..=5 => Answer::exactly(low),
            _ => Answer::exactly(a),
        }
    }

    /// Any case: most findings calm, not sure or unanswered, as in a real interview; now and then everything.
    pub fn case(&mut self, knowledge: &Knowledge) -> Case {
        let (kind, signs) = (self.below(4), self.below(12));
        let mut case = Case::new(knowledge);
        for id in knowledge.finding_ids() {
            let calm = Answer::exactly(knowledge.finding(id).answers.ends().0);
            match kind {
                0 => {}
                1 if self.below(20) == 0 => case.set(id, Answer::NotSure),
                3 if self.below(3) == 0 => case.set(id, self.answer(knowledge, id)),
                _ if knowledge.finding(id).ordered => case.set(id, calm),
                _ => case.set(id, self.answer(knowledge, id)),
            }
        }
        let ids: Vec<FindingId> = knowledge.finding_ids().collect();
        for _ in 0..signs {
            let id = ids[self.below(ids.len() as u64) as usize];
            let worst = knowledge.finding(id).answers.ends().1;
            let answer = if knowledge.finding(id).ordered { Answer::exactly(worst) } else { self.answer(knowledge, id) };
            case.set(id, answer);
        }
        case
    }
}
