//! One test for each invariant of ARCHITECTURE.md that is about the house itself.

use std::process::Command;

use gravida_house::{files, pack, top};

/// Source of the machine without its tests: what stands in `crates/*/src`, up to the test module of each file.
fn machine() -> Vec<(String, String)> {
    let mut sources = Vec::new();
    for path in files(&top().join("crates"), &["rs"]) {
        let name = path.display().to_string();
        if !name.contains("/src/") {
            continue;
        }
        let text = std::fs::read_to_string(&path).expect("a source file");
        let text = text.split("#[cfg(test)]").next().unwrap_or("").to_owned();
        sources.push((name, text));
    }
    assert!(sources.len() > 30, "the machine was not found");
    sources
}

#[test]
fn no_medicine_in_the_machine() {
    let knowledge = pack();
    // Ids of one common word (fever, smoking) would also forbid English; two words or more cannot be an accident.
    let ids = knowledge
        .findings
        .iter()
        .map(|one| &one.slug)
        .chain(knowledge.red_flags.iter().map(|one| &one.slug))
        .chain(knowledge.conditions.iter().map(|one| &one.slug))
        .chain(knowledge.interventions.iter().map(|one| &one.slug))
        .filter(|slug| slug.contains('-'));
    let ids: Vec<String> = ids.map(|slug| format!("\"{slug}\"")).collect();
    assert!(ids.len() > 200);
    for (file, text) in machine() {
        // Examples of how to write a case stand in doc comments and help; they are not rules.
        let code: String = text.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n");
        for id in &ids {
            assert!(!code.contains(id.as_str()), "{file} knows {id}: medicine belongs in knowledge/");
        }
    }
}

#[test]
fn no_health_sentence_in_the_machine() {
    // Words that only a sentence to a person about health would hold.
    let words = ["bleeding", "contraction", "midwi", "placenta", "miscarriage", "hospital", "ambulance", "paracetamol", "fetal", "womb"];
    for (file, text) in machine() {
        for (n, line) in text.lines().enumerate() {
            let code = line.split("//").next().unwrap_or("").to_lowercase();
            for word in words {
                let allowed = code.contains("role::") || code.contains("\"midwife\"") || code.contains("midwife,");
                assert!(!code.contains(word) || allowed, "{file}:{}: `{word}` is medicine and belongs in knowledge/", n + 1);
            }
        }
    }
}

#[test]
fn no_program_code_in_the_clinic() {
    let others: Vec<_> = files(&top().join("knowledge"), &["rs", "toml", "py", "js", "sh", "json", "yaml"]);
    assert!(others.is_empty(), "knowledge/ holds pages alone: {others:?}");
}

#[test]
fn arrows_between_the_rooms() {
    let output = Command::new(env!("CARGO")).args(["metadata", "--format-version", "1", "--no-deps", "--offline"]).current_dir(top()).output().expect("cargo metadata");
    let metadata: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let allowed = [
        ("gravida-knowledge", vec![]),
        ("gravida-assessment", vec!["gravida-knowledge"]),
        ("gravida-proof", vec!["gravida-assessment", "gravida-knowledge"]),
        ("gravida-record", vec!["gravida-assessment", "gravida-knowledge"]),
        ("gravida-web", vec!["gravida-assessment", "gravida-knowledge", "gravida-record"]),
        ("gravida-paper", vec!["gravida-record"]),
        ("gravida-server", vec!["gravida-paper", "gravida-web"]),
        ("gravida", vec!["gravida-assessment", "gravida-knowledge", "gravida-paper", "gravida-proof", "gravida-record", "gravida-server", "gravida-web"]),
        ("gravida-app", vec!["gravida-web"]),
        ("gravida-house", vec!["gravida-assessment", "gravida-knowledge"]),
        ("gravida-bench", vec!["gravida-assessment", "gravida-knowledge"]),
    ];
    for package in metadata["packages"].as_array().expect("packages") {
        let name = package["name"].as_str().expect("a name");
        let (_, may) = allowed.iter().find(|(room, _)| *room == name).unwrap_or_else(|| panic!("{name} is not on the map"));
        for dependency in package["dependencies"].as_array().expect("dependencies") {
            let other = dependency["name"].as_str().expect("a name");
            assert!(!other.starts_with("gravida") || may.contains(&other), "{name} may not use {other}");
        }
    }
}

#[test]
fn triage_never_reads_the_differential() {
    for module in ["triage.rs", "time.rs"] {
        let text = std::fs::read_to_string(top().join("crates/gravida-assessment/src").join(module)).expect("the module");
        for other in ["differential", "evidence", "care_plan", "interview"] {
            let uses = text.lines().any(|line| line.trim_start().starts_with("use ") && line.contains(other));
            assert!(!uses && !text.contains(&format!("crate::{other}")), "{module} uses {other}");
        }
    }
}

#[test]
fn the_assessment_is_pure() {
    let banned = ["std::fs", "std::io", "std::env", "std::net", "std::thread", "std::time", "SystemTime", "Instant", "rand::", "HashMap", "HashSet", "f32", "f64", "unsafe", "println!"];
    for (file, text) in machine().into_iter().filter(|(file, _)| file.contains("gravida-assessment")) {
        for (n, line) in text.lines().enumerate() {
            let code = line.split("//").next().unwrap_or("");
            for word in banned {
                assert!(!code.contains(word) || code.contains("forbid(unsafe_code)"), "{file}:{}: {word}", n + 1);
            }
        }
    }
}

#[test]
fn the_map_names_every_room_and_no_other() {
    let map = std::fs::read_to_string(top().join("ARCHITECTURE.md")).expect("ARCHITECTURE.md");
    for entry in std::fs::read_dir(top().join("crates")).expect("crates").flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        assert!(map.contains(&format!("`crates/{name}`")), "ARCHITECTURE.md does not name crates/{name}");
    }
    for word in map.split('`').filter(|word| word.starts_with("crates/") && !word.contains(' ')) {
        assert!(top().join(word).exists(), "ARCHITECTURE.md names {word}, which is not there");
    }
    for word in map.split('`').filter(|word| word.starts_with("tests/") && word.contains("::")) {
        let (file, test) = word.split_once("::").expect("file and test");
        let text = std::fs::read_to_string(top().join(file)).unwrap_or_else(|_| panic!("ARCHITECTURE.md names {file}"));
        assert!(text.contains(&format!("fn {test}(")), "ARCHITECTURE.md names {word}, which is not there");
    }
}

#[test]
fn every_keyword_stands_on_the_page_of_the_grammar() {
    let page = std::fs::read_to_string(top().join("knowledge/README.md")).expect("the grammar");
    for kind in gravida_knowledge::KINDS {
        let row = page.lines().find(|line| line.starts_with(&format!("| `{}` |", kind.word))).unwrap_or_else(|| panic!("no row for {}", kind.word));
        for keyword in kind.keywords.iter().filter(|keyword| keyword.word != "review-by") {
            let written = row.contains(&format!("`{}`", keyword.word));
            assert!(written, "the page of the grammar does not have `{}` of {}", keyword.word, kind.word);
            assert_eq!(row.contains(&format!("`{}`*", keyword.word)), keyword.required, "the star of `{}` of {}", keyword.word, kind.word);
        }
    }
    assert!(page.contains("`review-by`"));
    assert!(page.lines().count() <= 130, "the grammar fits on one page");
}

#[test]
fn modules_stay_small() {
    for (file, text) in machine() {
        assert!(text.lines().count() <= 500, "{file} has more than 500 lines: look for the second noun");
        assert!(text.starts_with("//!"), "{file} does not say what it is for");
    }
}

#[test]
fn every_dependency_says_why_it_is_there() {
    for path in files(&top(), &["toml"]).into_iter().filter(|path| path.ends_with("Cargo.toml")) {
        let text = std::fs::read_to_string(&path).expect("a manifest");
        let mut inside = false;
        let mut last = "";
        for line in text.lines() {
            if line.starts_with('[') {
                inside = line.contains("dependencies]");
            } else if inside && line.contains('=') && !line.starts_with("gravida") {
                assert!(last.starts_with('#') || !last.is_empty(), "{}: `{line}` has no comment", path.display());
                assert!(last.starts_with('#'), "{}: `{line}` has no comment of its own", path.display());
            }
            last = line;
        }
    }
}

#[test]
fn nothing_names_the_machine_it_was_written_on() {
    for path in files(&top(), &["md", "rs", "toml", "yaml"]) {
        let text = std::fs::read_to_string(&path).expect("a text");
        let here = path.ends_with("tidy.rs");
        for word in ["/work/", "/tmp/gen", "farm-"] {
            assert!(here || !text.contains(word), "{} holds {word}", path.display());
        }
    }
}
