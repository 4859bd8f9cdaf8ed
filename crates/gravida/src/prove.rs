//! `gravida prove`: the theorems over every set of answers, and the proof card; it never hides what is not proved.

use std::fmt::Write as _;
use std::io::{IsTerminal, Write as _};
use std::path::PathBuf;

use anyhow::{Result, bail};
use gravida_knowledge::{Knowledge, SOURCE_LANGUAGE, languages, read_language};
use gravida_proof::{Counterexample, Proof, Verdict, answer_space, prove_in, t14, theorem_ids};
use serde_json::{Value, json};

use crate::pack;

/// What no theorem says.
const NOT_PROVED: [&str; 5] = [
    "that the list of red flags is complete",
    "that a source is right, or read rightly",
    "that a person understands a question and answers it truly",
    "anything about the order of causes: triage does not read it",
    "that whoever writes a professional's note into an episode is one",
];

/// Why a "holds" may be believed.
const CERTIFICATE: &str = "Two solvers of different families (BatSat, CaDiCaL) answered every question alike, and a small checker that shares no code with them followed every step of BatSat's proof by unit propagation. A counterexample is made small and checked again by the plain evaluator.";

/// What to prove and how to show it.
pub struct Wish {
    pub theorems: Vec<String>,
    /// One place alone; all when missing.
    pub place: Option<String>,
    /// So many persons are shown for each theorem that fails.
    pub limit: usize,
    pub html: bool,
    pub json: bool,
}

/// Proves and prints, for the pack in one language; true when everything holds. T11 compares it with the others: with
/// the pack itself, or for the pack itself with every language whose pages have no mistake.
pub fn run(folder: Option<&PathBuf>, language: Option<&str>, wish: &Wish) -> Result<bool> {
    let Wish { theorems: only, html, json, limit, .. } = wish;
    let pages = pack::pages(folder.map(PathBuf::as_path))?;
    let source = pack::load(folder, None)?;
    let mut packs = match language.filter(|tag| *tag != SOURCE_LANGUAGE) {
        Some(tag) => vec![pack::in_language(&pages, &source, tag)?, source],
        None => {
            let others: Vec<Knowledge> = languages(&pages).iter().filter_map(|tag| read_language(&pages, &source, tag).0).collect();
            std::iter::once(source).chain(others).collect()
        }
    };
    if let Some(place) = &wish.place {
        crate::place(&packs[0], Some(place), None)?;
        packs.iter_mut().for_each(|pack| pack.places.retain(|one| one.slug == *place));
    }
    let Some((knowledge, others)) = packs.split_first() else { bail!("there is no pack") };
    for name in only {
        if !name.eq_ignore_ascii_case("P") && !ids().any(|id| id.eq_ignore_ascii_case(name)) {
            let all: Vec<&str> = ids().collect();
            bail!("there is no theorem `{name}`; write some of {}, or P for the properties of the pack", all.join(", "));
        }
    }
    let quiet = *html || *json;
    let live = std::io::stderr().is_terminal();
    let mut progress = |name: &str, proof: Option<&Proof>| {
        match proof {
            None if live => {
                let _ = write!(std::io::stderr(), "\r\u{1b}[K{name} …");
            }
            Some(proof) if !quiet => {
                if live {
                    let _ = write!(std::io::stderr(), "\r\u{1b}[K");
                }
                anstream::println!("{}", line(proof, *limit));
            }
            _ => {}
        }
    };
    let mut proofs = prove_in(knowledge, others, only, &mut progress);
    if only.is_empty() || only.iter().any(|id| id.eq_ignore_ascii_case("T14")) {
        progress("T14", None);
        let proof = t14(knowledge);
        progress("T14", Some(&proof));
        proofs.push(proof);
    }
    if *html {
        anstream::print!("{}", card(knowledge, &proofs));
    } else if *json {
        anstream::println!("{}", serde_json::to_string_pretty(&as_json(knowledge, &proofs))?);
    } else {
        anstream::println!("\nThere are {} different sets of answers.\n{CERTIFICATE}\nNot proved: {}.", answer_space(knowledge), NOT_PROVED.join("; "));
        let failed = proofs.iter().filter(|proof| !proof.holds()).count();
        anstream::println!("pack {} in {}: {} hold, {failed} fail", knowledge.hash.get(..12).unwrap_or(""), knowledge.language.tag, proofs.len() - failed);
    }
    Ok(proofs.iter().all(Proof::holds))
}

/// The theorems over sets of answers, and the one over the loop that looks again.
fn ids() -> impl Iterator<Item = &'static str> {
    theorem_ids().chain(["T14"])
}

/// Over how much a proof speaks, in words.
fn extent(proof: &Proof) -> String {
    if proof.id == "T14" {
        return format!("{} states of the loop ({} transitions followed)", proof.over, proof.questions);
    }
    format!("{} cases ({} questions, {} proof steps checked)", short(&proof.over.to_string()), proof.questions, proof.steps)
}

fn line(proof: &Proof, limit: usize) -> String {
    let mut out = String::new();
    let seconds = proof.time.as_millis();
    match &proof.verdict {
        Verdict::Holds => {
            let _ = write!(out, "{:<4} holds over {} in {seconds} ms: {}", proof.id, extent(proof), proof.words);
        }
        Verdict::ByForm(why) => {
            let _ = write!(out, "{:<4} holds by form ({why}): {}", proof.id, proof.words);
        }
        Verdict::Fails(list) => {
            let _ = write!(out, "{:<4} FAILS, {} ways, {seconds} ms: {}", proof.id, list.len(), proof.words);
            for one in list.iter().take(limit) {
                let _ = write!(out, "\n     {}", counterexample(one));
            }
            if list.len() > limit {
                let _ = write!(out, "\n     and {} more; --limit shows them", list.len() - limit);
            }
        }
    }
    out
}

/// "12,345,678" digits, or how many digits for very long ones with the first of them.
fn short(digits: &str) -> String {
    if digits.len() <= 24 { digits.to_owned() } else { format!("{}.{} × 10^{}", &digits[..1], &digits[1..4], digits.len() - 1) }
}

fn counterexample(one: &Counterexample) -> String {
    let mut out = one.what.clone();
    if let Some(person) = &one.person {
        let _ = write!(out, ". For example: {}", person.words);
    }
    if let Some(other) = &one.other {
        let _ = write!(out, " | against: {}", other.words);
    }
    if !one.pages.is_empty() {
        let _ = write!(out, " ({})", one.pages.join(", "));
    }
    out
}

fn as_json(knowledge: &Knowledge, proofs: &[Proof]) -> Value {
    json!({
        "schema": "gravida-proof/1",
        "program": env!("CARGO_PKG_VERSION"),
        "pack": knowledge.hash,
        "language": {"tag": knowledge.language.tag, "pages": Some(&knowledge.language.hash).filter(|hash| !hash.is_empty())},
        "solvers": ["batsat", "cadical"],
        "certificate": CERTIFICATE,
        "answer_space": answer_space(knowledge).to_string(),
        "not_proved": NOT_PROVED,
        "theorems": proofs.iter().map(|proof| json!({
            "id": proof.id, "words": proof.words, "holds": proof.holds(),
            "by_form": match &proof.verdict { Verdict::ByForm(why) => Some(*why), _ => None },
            "over": proof.over.to_string(), "questions": proof.questions, "proof_steps": proof.steps,
            "counterexamples": match &proof.verdict {
                Verdict::Fails(list) => list.iter().map(counterexample).collect::<Vec<_>>(),
                _ => Vec::new(),
            },
        })).collect::<Vec<_>>(),
    })
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// The language of the pack, with the fingerprint of its pages.
fn spoken(knowledge: &Knowledge) -> String {
    let language = &knowledge.language;
    let pages = if language.hash.is_empty() { String::new() } else { format!(", pages <code>{}</code>", language.hash) };
    format!("{} (<code>{}</code>{pages})", escape(&language.english), escape(&language.tag))
}

/// The proof card: no times, so that the same pack gives the same bytes.
fn card(knowledge: &Knowledge, proofs: &[Proof]) -> String {
    let mut out = String::new();
    let _ = write!(
        out,
        "<!doctype html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width\">\n<title>Gravida: proof card</title>\n<style>body{{font:1rem/1.5 system-ui,sans-serif;max-width:50rem;margin:2rem auto;padding:0 1rem}}th,td{{text-align:left;vertical-align:top;padding:.3rem .6rem;border-bottom:1px solid #999}}code{{overflow-wrap:anywhere}}</style>\n<h1>Proof card</h1>\n<p>Gravida {}, pack <code>{}</code>, in {}. There are <code>{}</code> different sets of answers: every answer to every question, every range of weeks, “not sure” and unasked, all combined. Each line was proved over all of them (or all pairs that it speaks of), or refuted by a person. {CERTIFICATE}</p>\n<table>\n<tr><th>id</th><th>in words</th><th>result</th></tr>\n",
        env!("CARGO_PKG_VERSION"),
        knowledge.hash,
        spoken(knowledge),
        answer_space(knowledge)
    );
    for proof in proofs {
        let result = match &proof.verdict {
            Verdict::Holds if proof.id == "T14" => format!("holds over {}", extent(proof)),
            Verdict::Holds => format!("holds over <code>{}</code> cases ({} questions, {} proof steps checked)", proof.over, proof.questions, proof.steps),
            Verdict::ByForm(why) => format!("holds by form: {}", escape(why)),
            Verdict::Fails(list) => format!("<strong>fails</strong>: {}", list.iter().map(|one| escape(&counterexample(one))).collect::<Vec<_>>().join("<br>")),
        };
        let _ = writeln!(out, "<tr><td>{}</td><td>{}</td><td>{result}</td></tr>", escape(&proof.id), escape(&proof.words));
    }
    let _ = write!(out, "</table>\n<h2>What is not proved</h2>\n<ul>\n");
    for text in NOT_PROVED {
        let _ = writeln!(out, "<li>{}</li>", escape(text));
    }
    out.push_str("</ul>\n</html>\n");
    out
}
