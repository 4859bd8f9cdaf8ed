//! What the tests of the whole house share: where it stands, and its pack.

use std::path::{Path, PathBuf};

use gravida_knowledge::{Knowledge, read, read_folder};

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
