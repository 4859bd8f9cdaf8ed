//! `gravida diff` on copies of the real pack with one edit by hand: what moves, who moves, and the exit code.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use expect_test::{Expect, expect};

const PACK: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../knowledge");

/// A folder with a copy of the pack in `knowledge/` and no changelog.
fn copy(name: &str) -> PathBuf {
    let top = Path::new(env!("CARGO_TARGET_TMPDIR")).join("diff").join(name);
    let _ = std::fs::remove_dir_all(&top);
    copy_folder(Path::new(PACK), &top.join("knowledge"));
    top
}

fn copy_folder(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).expect("a folder");
    for entry in std::fs::read_dir(from).expect("a folder") {
        let path = entry.expect("an entry").path();
        let target = to.join(path.file_name().expect("a name"));
        if path.is_dir() {
            copy_folder(&path, &target);
        } else {
            std::fs::copy(&path, &target).expect("a copy");
        }
    }
}

/// Replaces a text that must stand exactly once on a page.
fn edit(top: &Path, page: &str, from: &str, to: &str) {
    let path = top.join("knowledge").join(page);
    let text = std::fs::read_to_string(&path).expect("a page");
    assert_eq!(text.matches(from).count(), 1, "{page}: {from}");
    std::fs::write(&path, text.replace(from, to)).expect("a page is written");
}

fn diff(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_gravida")).arg("diff").args(arguments).output().expect("the command runs")
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// What is said of the real pack against the edited one, without the first line, which holds names and fingerprints.
fn check(top: &Path, code: i32, expected: &Expect) {
    let folder = top.join("knowledge");
    let output = diff(&[PACK, &folder.display().to_string()]);
    let out = text(&output.stdout).replace(&top.canonicalize().expect("a folder").display().to_string(), "…");
    expected.assert_eq(out.split_once('\n').map_or("", |(_, rest)| rest));
    assert_eq!(output.status.code(), Some(code), "{}", text(&output.stderr));
}

#[test]
fn the_same_pack_moves_nobody() {
    check(&copy("same"), 0, &expect![[""]]);
}

#[test]
fn a_threshold_names_the_weeks() {
    let top = copy("threshold");
    edit(&top, "red-flags/preterm-tightenings.md", "gestation under 37 weeks", "gestation under 36 weeks");
    check(&top, 1, &expect![[""]]);
}
