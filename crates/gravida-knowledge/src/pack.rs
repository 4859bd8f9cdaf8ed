//! From pages to a linked [`Knowledge`] or to every mistake at once; it never reads a clock.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use jiff::civil::Date;
use sha2::{Digest, Sha256};

use crate::claim::Claim;
use crate::condition::Condition;
use crate::diagnostic::{Diagnostic, Severity};
use crate::example::{Example, Expectation};
use crate::finding::Finding;
use crate::follow_up::FollowUpRule;
use crate::food::{Food, Nutrient};
use crate::intervention::Intervention;
use crate::knowledge::{ConditionId, FindingId, FollowUpId, InterventionId, Knowledge, NutrientId, RedFlagId, SourceId};
use crate::language::{Language, is_translation};
use crate::place::Place;
use crate::property::Property;
use crate::read::{Block, Context, Names, RawPage, check_shape, parse};
use crate::red_flag::RedFlag;
use crate::screen::Screen;
use crate::source::Source;
use crate::text::Text;

/// One page: its path below the pack, with `/`, and its text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    pub path: String,
    pub text: String,
}

/// Pages larger than this are refused: a page fits a few screens.
const LARGEST_PAGE: u64 = 1 << 20;

/// Words that the program shows at every result; a pack without one of them is refused.
pub(crate) const REQUIRED_TEXTS: [&str; 18] = [
    "safety",
    "unsure-do",
    "failure",
    "ask-first",
    "together",
    "level-self-care",
    "level-routine",
    "level-this-week",
    "level-today",
    "level-emergency",
    "clock-self-care",
    "clock-routine",
    "clock-this-week",
    "clock-today",
    "clock-emergency",
    "band-likely",
    "band-possible",
    "band-less-likely",
];

/// Reads the pages of a folder. The error says which file could not be read.
pub fn read_folder(folder: &Path) -> Result<Vec<Page>, String> {
    let mut pages = Vec::new();
    let mut folders = vec![folder.to_path_buf()];
    while let Some(next) = folders.pop() {
        let entries = std::fs::read_dir(&next).map_err(|error| format!("{}: {error}", next.display()))?;
        for entry in entries {
            let path = entry.map_err(|error| format!("{}: {error}", next.display()))?.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "md") {
                let size = path.metadata().map_err(|error| format!("{}: {error}", path.display()))?.len();
                if size > LARGEST_PAGE {
                    return Err(format!("{}: a page of {size} bytes; pages hold at most {LARGEST_PAGE}", path.display()));
                }
                let text = std::fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))?;
                let relative = path.strip_prefix(folder).unwrap_or(&path);
                let parts: Vec<String> = relative.components().map(|part| part.as_os_str().to_string_lossy().into_owned()).collect();
                pages.push(Page { path: parts.join("/"), text });
            }
        }
    }
    pages.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(pages)
}

/// Reads a pack. The `Knowledge` is there only when no diagnostic is an error. `today` is for `review-by`.
///
/// README pages of the pack explain it and are not read; pages below `languages/` are read by [`read_language`].
///
/// [`read_language`]: crate::read_language
pub fn read(pages: &[Page], today: Option<Date>) -> (Option<Knowledge>, Vec<Diagnostic>) {
    let mut pages: Vec<&Page> = pages.iter().filter(|page| !page.path.ends_with("README.md") && !is_translation(&page.path)).collect();
    pages.sort_by(|a, b| a.path.cmp(&b.path));
    let mut out = Vec::new();
    let raw: Vec<(&str, RawPage)> = pages.iter().map(|page| (page.path.as_str(), parse(&page.path, &page.text, &mut out))).collect();
    let names = names(&raw, &mut out);
    let mut knowledge = link(&raw, &names, &mut out);
    check_circles(&knowledge, &raw, &names, &mut out);
    check_pages(&raw, &names, &knowledge, today, &mut out);
    check_whole(&knowledge, &raw, &mut out);
    knowledge.hash = hash(&pages);
    out.sort_by(|a, b| (&a.file, a.line, a.column, &a.message).cmp(&(&b.file, b.line, b.column, &b.message)));
    out.dedup();
    let sound = !out.iter().any(Diagnostic::is_error);
    (sound.then_some(knowledge), out)
}

/// SHA-256 over the paths and texts of pages, in hexadecimal digits.
pub(crate) fn hash(pages: &[&Page]) -> String {
    let mut hasher = Sha256::new();
    for page in pages {
        hasher.update((page.path.len() as u64).to_le_bytes());
        hasher.update(page.path.as_bytes());
        hasher.update((page.text.len() as u64).to_le_bytes());
        hasher.update(page.text.as_bytes());
    }
    hasher.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}

/// All blocks of a kind with their page, in reading order.
fn blocks<'a>(raw: &'a [(&'a str, RawPage)], kind: &'a str) -> impl Iterator<Item = (&'a str, &'a Block)> {
    raw.iter().flat_map(move |(file, page)| page.blocks.iter().filter(move |block| block.kind == kind).map(move |block| (*file, block)))
}

/// Collects what can be referred to, and reports what stands twice.
fn names(raw: &[(&str, RawPage)], out: &mut Vec<Diagnostic>) -> Names {
    let mut names = Names::default();
    for kind in ["finding", "screen", "red-flag", "condition", "intervention", "follow-up", "claim", "source", "property", "place", "text", "nutrient", "food"] {
        let mut first: BTreeMap<&str, String> = BTreeMap::new();
        let mut n: u16 = 0;
        for (file, block) in blocks(raw, kind) {
            if let Some(place) = first.get(block.id.as_str()) {
                out.push(Diagnostic {
                    severity: Severity::Error,
                    file: file.to_owned(),
                    line: block.id_at.line,
                    column: block.id_at.column,
                    length: block.id.chars().count().max(1) as u32,
                    message: format!("there are two {kind} blocks called `{}`", block.id),
                    hint: Some(format!("the first stands at {place}")),
                });
                continue;
            }
            first.insert(&block.id, format!("{file}:{}", block.at.line));
            let id = block.id.clone();
            match kind {
                "finding" => {
                    // A finding whose answers are not understood gets a stand-in, so that its users are not reported too.
                    let answers = Finding::read_answers(block).unwrap_or(crate::finding::Answers::Choices(vec!["no".to_owned(), "yes".to_owned()]));
                    let ordered = block.value("order").as_deref() != Some("none");
                    names.findings.insert(id, (FindingId(n), answers, ordered));
                }
                "red-flag" => {
                    names.red_flags.insert(id, RedFlagId(n));
                }
                "condition" => {
                    names.conditions.insert(id, ConditionId(n));
                }
                "intervention" => {
                    names.interventions.insert(id, InterventionId(n));
                }
                "follow-up" => {
                    names.follow_ups.insert(id, FollowUpId(n));
                }
                "nutrient" => {
                    names.nutrients.insert(id, NutrientId(n));
                }
                "source" => {
                    names.sources.insert(id, (SourceId(n), Source::passage_slugs(block).collect::<BTreeSet<_>>()));
                }
                _ => {}
            }
            n = n.saturating_add(1);
        }
    }
    names
}

/// Reads each block of a kind; ids match [`names`] as long as nothing is wrong.
fn read_all<T>(
    raw: &[(&str, RawPage)],
    kind: &'static str,
    names: &Names,
    out: &mut Vec<Diagnostic>,
    one: impl Fn(&Block, &mut Context) -> Option<T>,
) -> Vec<T> {
    let mut seen = BTreeSet::new();
    blocks(raw, kind)
        .filter(|(_, block)| kind == "case" || seen.insert(block.id.clone()))
        .filter_map(|(file, block)| {
            let mut context = Context { file, names, out };
            let whole = check_shape(block, &mut context);
            if whole { one(block, &mut context) } else { None }
        })
        .collect()
}

fn link(raw: &[(&str, RawPage)], names: &Names, out: &mut Vec<Diagnostic>) -> Knowledge {
    let mut screens = read_all(raw, "screen", names, out, Screen::read);
    screens.sort_by(|a, b| (a.phase, a.order, &a.slug).cmp(&(b.phase, b.order, &b.slug)));
    Knowledge {
        findings: read_all(raw, "finding", names, out, Finding::read),
        screens,
        red_flags: read_all(raw, "red-flag", names, out, RedFlag::read),
        conditions: read_all(raw, "condition", names, out, Condition::read),
        interventions: read_all(raw, "intervention", names, out, Intervention::read),
        follow_ups: read_all(raw, "follow-up", names, out, FollowUpRule::read),
        claims: read_all(raw, "claim", names, out, Claim::read),
        sources: read_all(raw, "source", names, out, Source::read),
        examples: read_all(raw, "case", names, out, Example::read),
        properties: read_all(raw, "property", names, out, Property::read),
        places: read_all(raw, "place", names, out, Place::read),
        texts: read_all(raw, "text", names, out, Text::read),
        nutrients: read_all(raw, "nutrient", names, out, Nutrient::read),
        foods: read_all(raw, "food", names, out, Food::read),
        hash: String::new(),
        language: Language::source(),
    }
}

fn at_block(file: &str, block: &Block, message: String, hint: Option<String>) -> Diagnostic {
    Diagnostic {
        severity: Severity::Error,
        file: file.to_owned(),
        line: block.id_at.line,
        column: block.id_at.column,
        length: block.id.chars().count().max(1) as u32,
        message,
        hint,
    }
}

/// A finding may not decide, through others, whether it is asked itself.
fn check_circles(knowledge: &Knowledge, raw: &[(&str, RawPage)], names: &Names, out: &mut Vec<Diagnostic>) {
    let needs = |slug: &str| -> Vec<String> {
        let Some(finding) = knowledge.find_finding(slug) else { return Vec::new() };
        let ids = finding.asked.as_ref().map(|rule| rule.findings()).unwrap_or_default();
        names.findings.iter().filter(|(_, (id, _, _))| ids.contains(id)).map(|(name, _)| name.clone()).collect()
    };
    for (file, block) in blocks(raw, "finding") {
        let mut reached = BTreeSet::new();
        let mut open = needs(&block.id);
        while let Some(next) = open.pop() {
            if next == block.id {
                out.push(at_block(file, block, format!("`{}` is asked only if it has been answered itself", block.id), Some("break the circle of `asked` rules".to_owned())));
                break;
            }
            if reached.insert(next.clone()) {
                open.extend(needs(&next));
            }
        }
    }
}

/// What each page must have: a title, a review date, a case and a near miss, and no number that its blocks lack.
fn check_pages(raw: &[(&str, RawPage)], names: &Names, knowledge: &Knowledge, today: Option<Date>, out: &mut Vec<Diagnostic>) {
    for (file, page) in raw {
        let file = *file;
        if page.blocks.is_empty() {
            continue;
        }
        let first = &page.blocks[0];
        if let Some(block) = page.blocks.iter().find(|block| block.kind == "language") {
            out.push(at_block(file, block, "this block stands on the page of the pack, not of a language".to_owned(), Some(format!("move it to languages/{}/language.md", block.id))));
        }
        if page.title.is_none() {
            out.push(at_block(file, first, "the page has no title".to_owned(), Some("start it with `# …`".to_owned())));
        }
        check_review(file, page, today, out);
        check_numbers(file, page, out);
        let examples: Vec<&Example> = knowledge.examples.iter().filter(|example| example.origin.file == file).collect();
        for block in &page.blocks {
            match block.kind.as_str() {
                "red-flag" => {
                    let Some(id) = names.red_flags.get(&block.id).copied() else { continue };
                    let has = |wanted: Expectation| examples.iter().any(|example| example.expect.contains(&wanted));
                    if !has(Expectation::RedFlag(id)) {
                        out.push(at_block(file, block, format!("no case on this page fires `{}`", block.id), Some(format!("add a case with `expect    red-flag {}`", block.id))));
                    }
                    if !has(Expectation::NoRedFlag(id)) {
                        out.push(at_block(file, block, format!("no near miss on this page for `{}`", block.id), Some(format!("add a case that differs in one answer, with `expect    no red-flag {}`", block.id))));
                    }
                }
                "condition" | "intervention" | "follow-up" if !page.blocks.iter().any(|other| other.kind == "case") => {
                    out.push(at_block(file, block, format!("the page of `{}` has no case", block.id), Some("add a block ```case …".to_owned())));
                }
                _ => {}
            }
        }
    }
}

fn check_review(file: &str, page: &RawPage, today: Option<Date>, out: &mut Vec<Diagnostic>) {
    let mut dated = false;
    for block in &page.blocks {
        let Some(entry) = block.one("review-by") else { continue };
        dated = true;
        match entry.text().parse::<Date>() {
            Err(_) => {
                let mut diagnostic = at_block(file, block, format!("`{}` is not a date", entry.text()), Some("write it as 2027-11-24".to_owned()));
                diagnostic.line = entry.value_at().line;
                diagnostic.column = entry.value_at().column;
                out.push(diagnostic);
            }
            Ok(date) if today.is_some_and(|today| date < today) => {
                let mut diagnostic = at_block(file, block, format!("this page should have been reviewed by {date}"), Some("read it again, then move the date".to_owned()));
                diagnostic.severity = Severity::Warning;
                diagnostic.line = entry.value_at().line;
                diagnostic.column = entry.value_at().column;
                out.push(diagnostic);
            }
            Ok(_) => {}
        }
    }
    if !dated && let Some(block) = page.blocks.first() {
        out.push(at_block(file, block, "no block of this page has a `review-by` date".to_owned(), Some("add a line `review-by 2027-11-24`".to_owned())));
    }
}

/// Numbers of a text: runs of digits, with a decimal point inside.
fn numbers(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !(c.is_ascii_digit() || c == '.')).map(|piece| piece.trim_matches('.')).filter(|piece| !piece.is_empty())
}

fn check_numbers(file: &str, page: &RawPage, out: &mut Vec<Diagnostic>) {
    let mut known = BTreeSet::new();
    for block in &page.blocks {
        known.extend(numbers(&block.id).map(str::to_owned));
        for entry in &block.entries {
            known.extend(numbers(&entry.text()).map(str::to_owned));
        }
    }
    for (at, text) in &page.prose {
        for number in numbers(text) {
            if !known.contains(number) && !page.title.as_deref().is_some_and(|title| title.contains(text.as_str())) {
                let offset = number.as_ptr() as usize - text.as_ptr() as usize;
                out.push(Diagnostic {
                    severity: Severity::Error,
                    file: file.to_owned(),
                    line: at.line,
                    column: at.column + text.get(..offset).map_or(0, |before| before.chars().count()) as u32,
                    length: number.len() as u32,
                    message: format!("the prose says {number}, but no block of this page does"),
                    hint: Some("write it in words, or put the fact with its source into a block".to_owned()),
                });
            }
        }
    }
}

/// What the pack needs as a whole.
fn check_whole(knowledge: &Knowledge, raw: &[(&str, RawPage)], out: &mut Vec<Diagnostic>) {
    let whole = |message: String, hint: &str| Diagnostic {
        severity: Severity::Error,
        file: "(pack)".to_owned(),
        line: 1,
        column: 1,
        length: 1,
        message,
        hint: Some(hint.to_owned()),
    };
    if raw.iter().all(|(_, page)| page.blocks.is_empty()) {
        out.push(whole("there is no page with a block in this folder".to_owned(), "give the folder that holds findings/, red-flags/ and conditions/"));
        return;
    }
    for slug in REQUIRED_TEXTS {
        if !knowledge.texts.iter().any(|text| text.slug == slug) {
            out.push(whole(format!("the pack has no text `{slug}`, which every result shows"), "add a block ```text with this id to places/words.md"));
        }
    }
    if knowledge.places.is_empty() {
        out.push(whole("the pack has no place".to_owned(), "add a block ```place international"));
    }
    // Each finding is asked somewhere, once.
    for (file, block) in blocks(raw, "finding") {
        let Some(id) = knowledge.finding_ids().find(|id| knowledge.finding(*id).slug == block.id) else { continue };
        let n = knowledge.screens.iter().filter(|screen| screen.shows.contains(&id)).count();
        if n != 1 {
            out.push(at_block(file, block, format!("`{}` stands on {n} screens", block.id), Some("show each finding on one screen".to_owned())));
        }
    }
    // An emergency never counts below today when unsure, unless answering it is private.
    for (file, block) in blocks(raw, "red-flag") {
        let Some(flag) = knowledge.red_flags.iter().find(|flag| flag.slug == block.id) else { continue };
        let private = flag.when.findings().iter().all(|id| knowledge.findings.get(id.index()).is_some_and(|finding| finding.private));
        if flag.urgency == crate::urgency::Urgency::Emergency && flag.if_unsure < crate::urgency::Urgency::Today && !private {
            out.push(at_block(file, block, format!("`{}` is an emergency, so it cannot count below today when unsure", block.id), Some("write `if-unsure today` and the reason".to_owned())));
        }
    }
}
