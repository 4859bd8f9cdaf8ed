//! Slips made by hand in the pages: each must be noticed by the reader, a case, a property or a theorem.

use std::path::{Path, PathBuf};
use std::process::Command;

/// Page, what stands there, what a slip makes of it.
const SLIPS: [(&str, &str, &str); 22] = [
    ("red-flags/baby-moving-less.md", "gestation at least 24 weeks", "gestation at least 25 weeks"),
    ("red-flags/bleeding-with-pain.md", "gestation at least 20 weeks", "gestation at least 21 weeks"),
    ("red-flags/early-one-sided-pain.md", "gestation under 15 weeks", "gestation under 14 weeks"),
    ("red-flags/preterm-pressure.md", "gestation under 37 weeks", "gestation under 36 weeks"),
    ("red-flags/term-labour-signs.md", "gestation at least 37 weeks", "gestation at least 38 weeks"),
    ("red-flags/fever-with-pain.md", "fever is yes", "rigors is yes"),
    ("red-flags/fever-with-pain.md", "            any of", "            all of"),
    ("red-flags/heavy-bleeding.md", "urgency   emergency", "urgency   today"),
    ("red-flags/numbness-between-the-legs.md", "urgency   emergency", "urgency   this-week"),
    ("red-flags/chest-pain-or-breathless.md", "is yes", "is no"),
    ("red-flags/shoulder-tip-pain.md", "shoulder-tip-pain is yes", "sholder-tip-pain is yes"),
    ("red-flags/swollen-leg.md", "```red-flag", "``red-flag"),
    ("red-flags/fainting.md", "source    [", "source    [x"),
    ("red-flags/preterm-waters.md", "about     ", "abuot     "),
    ("interventions/local-heat.md", "never     fever is yes", "caution   never with a fever"),
    ("interventions/paracetamol.md", "never     liver-disease is yes", "caution   liver disease"),
    ("interventions/tens.md", "never     pacemaker is yes", "caution   pacemaker"),
    ("interventions/partner-back-massage.md", "never     clotting-or-blood-thinners is yes", "caution   blood thinners"),
    ("interventions/avoid-oral-nsaid.md", "advice    do-not-offer", "advice    offer"),
    ("follow-up/tightenings-preterm.md", "wait      60 minutes", "wait      60 hours"),
    ("findings/bleeding-waters-baby.md", "answers   no, yes", "answers   yes, no"),
    ("places/gb.md", "role      maternity", "role      maternityy"),
];

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).expect("a folder");
    for entry in std::fs::read_dir(from).expect("the pages").flatten() {
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), target).expect("a page");
        }
    }
}

/// Who notices first, with what they say.
fn noticed(folder: &Path) -> Option<String> {
    for verb in [&["check", "--plain"][..], &["test"], &["prove", "P"], &["prove", "T1", "T2", "T4", "T5", "T7", "T10", "T12"]] {
        let output = Command::new(env!("CARGO_BIN_EXE_gravida")).args(verb).arg("--knowledge").arg(folder).output().expect("the command runs");
        if output.status.code() != Some(0) {
            let text = String::from_utf8_lossy(&output.stdout);
            let line = text.lines().find(|line| !line.starts_with("known:") && !line.contains(" holds ")).unwrap_or("").to_owned();
            return Some(format!("{}: {line}", verb[0]));
        }
    }
    None
}

#[test]
fn every_slip_of_the_pen_is_noticed() {
    let pages = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../knowledge");
    let folder = std::env::temp_dir().join(format!("gravida-faults-{}", std::process::id()));
    copy(&pages, &folder);
    let mut missed = Vec::new();
    for (page, stands, slip) in SLIPS {
        let path = folder.join(page);
        let sound = std::fs::read_to_string(&path).expect("a page");
        assert!(sound.contains(stands), "{page} does not hold `{stands}`");
        std::fs::write(&path, sound.replacen(stands, slip, 1)).expect("the page is written");
        match noticed(&folder) {
            Some(by) => println!("{page}: `{stands}` → `{slip}`: {by}"),
            None => missed.push(format!("{page}: `{stands}` → `{slip}`")),
        }
        std::fs::write(&path, sound).expect("the page is written");
    }
    let clean = noticed(&folder);
    std::fs::remove_dir_all(&folder).expect("the folder is removed");
    assert!(missed.is_empty(), "nobody noticed:\n{}", missed.join("\n"));
    assert_eq!(clean, None, "the pack without slips is clean");
}
