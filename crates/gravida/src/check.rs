//! `gravida check`: every mistake of a pack in one run, each with its line; it never writes anything but counts.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

use annotate_snippets::{AnnotationKind, Level, Renderer, Snippet};
use anyhow::{Context as _, Result};
use gravida_knowledge::{Diagnostic, Knowledge, Language, Mark, Page, counts, format_page, is_translation, languages, read, read_language};
use jiff::civil::Date;

use crate::pack;

/// Shows all diagnostics; true when the pack has no error.
pub fn run(folder: Option<&Path>, today: Date, json: bool, plain: bool) -> Result<bool> {
    let pages = pack::pages(folder)?;
    let (knowledge, mut diagnostics) = read(&pages, Some(today));
    let mut spoken: Vec<String> = Vec::new();
    for tag in languages(&pages) {
        let Some(source) = &knowledge else { break };
        let (translated, mistakes) = read_language(&pages, source, &tag);
        diagnostics.extend(mistakes);
        spoken.extend(translated.map(|one| summary(&one.language)));
    }
    let sound = !diagnostics.iter().any(Diagnostic::is_error);
    if json {
        let list: Vec<_> = diagnostics
            .iter()
            .map(|d| serde_json::json!({"file": d.file, "line": d.line, "column": d.column, "error": d.is_error(), "message": d.message, "hint": d.hint}))
            .collect();
        anstream::println!("{}", serde_json::to_string_pretty(&list)?);
    } else {
        for diagnostic in &diagnostics {
            anstream::println!("{}", show(diagnostic, &pages, plain));
        }
        let errors = diagnostics.iter().filter(|d| d.is_error()).count();
        let warnings = diagnostics.len() - errors;
        match &knowledge {
            Some(_) if !sound => anstream::println!("{} pages: {errors} mistakes in translations, {warnings} warnings. The pack itself has none.", pages.len()),
            Some(knowledge) => anstream::println!(
                "{} pages, {} findings, {} red flags, {} conditions, {} interventions, {} sources: no mistakes, {warnings} warnings. Pack {}{}",
                pages.iter().filter(|page| !is_translation(&page.path)).count(),
                knowledge.findings.len(),
                knowledge.red_flags.len(),
                knowledge.conditions.len(),
                knowledge.interventions.len(),
                knowledge.sources.len(),
                &knowledge.hash[..12],
                spoken.iter().map(|line| format!("\n{line}")).collect::<String>(),
            ),
            None => anstream::println!("{} pages: {errors} mistakes, {warnings} warnings. Nothing can be assessed with this pack.", pages.len()),
        }
    }
    Ok(knowledge.is_some() && sound)
}

/// How far a language is, on one line.
pub fn summary(language: &Language) -> String {
    let whole = if language.complete { "complete" } else { "not complete" };
    format!("{} ({}, {}): {} of {} texts, {whole}", language.tag, language.name, language.english, language.translated, language.blocks)
}

/// One diagnostic with its line of text, or on one line.
pub fn show(diagnostic: &Diagnostic, pages: &[Page], plain: bool) -> String {
    let Some(page) = pages.iter().find(|page| page.path == diagnostic.file).filter(|_| !plain) else {
        return diagnostic.to_string();
    };
    let mut start = 0;
    for line in page.text.split_inclusive('\n').take(diagnostic.line.saturating_sub(1) as usize) {
        start += line.len();
    }
    let line = page.text[start..].lines().next().unwrap_or("");
    let offset = |n: usize| line.char_indices().nth(n).map_or(line.len(), |(at, _)| at);
    let from = start + offset(diagnostic.column.saturating_sub(1) as usize);
    let to = start + offset((diagnostic.column.saturating_sub(1) + diagnostic.length) as usize);
    let level = if diagnostic.is_error() { Level::ERROR } else { Level::WARNING };
    let snippet = Snippet::source(page.text.as_str()).path(diagnostic.file.as_str()).annotation(AnnotationKind::Primary.span(from..to.max(from)));
    let mut group = level.primary_title(diagnostic.message.as_str()).element(snippet);
    if let Some(hint) = &diagnostic.hint {
        group = group.element(Level::HELP.message(hint.as_str()));
    }
    Renderer::styled().render(&[group])
}

/// Lays out every page of a folder. With `only_check`, writes nothing and tells which pages would change.
pub fn format(folder: &Path, only_check: bool) -> Result<bool> {
    let mut clean = true;
    for page in pack::pages(Some(folder))? {
        let formatted = format_page(&page.text);
        if formatted != page.text {
            clean = false;
            let path = folder.join(&page.path);
            if only_check {
                anstream::println!("{} would change", path.display());
            } else {
                std::fs::write(&path, formatted).with_context(|| format!("{} cannot be written", path.display()))?;
                anstream::println!("{} laid out", path.display());
            }
        }
    }
    Ok(clean || !only_check)
}

/// The table of `knowledge/README.md`: how well the facts of the pack are founded.
pub fn counts_table(knowledge: &Knowledge) -> String {
    let marks = [Mark::Read, Mark::Derived, Mark::FromMemory, Mark::Consensus, Mark::Assumed];
    let mut table = String::from("| facts |");
    for mark in marks {
        let _ = write!(table, " {} |", mark.word());
    }
    table.push_str("\n|---|---:|---:|---:|---:|---:|\n");
    let mut total: BTreeMap<Mark, usize> = BTreeMap::new();
    for (kind, row) in counts(knowledge) {
        let _ = write!(table, "| {kind} |");
        for mark in marks {
            let n = row.get(&mark).copied().unwrap_or(0);
            *total.entry(mark).or_default() += n;
            let _ = write!(table, " {n} |");
        }
        table.push('\n');
    }
    table.push_str("| **all** |");
    for mark in marks {
        let _ = write!(table, " **{}** |", total.get(&mark).copied().unwrap_or(0));
    }
    table.push('\n');
    table
}
