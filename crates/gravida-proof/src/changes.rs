//! What was written differently on the pages of two packs, by block and keyword, with its line; it never says what that means for a person.

use std::collections::BTreeMap;

use gravida_knowledge::{KINDS, Page, is_translation};

use crate::joint::{Both, Packs, Side};

/// What happened to a block.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    Added,
    Removed,
    Changed,
}

/// One keyword of a block whose lines differ.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    pub keyword: String,
    /// Page and line of the first difference, in the new pack (in the old one for what was removed).
    pub at: String,
    pub touches: &'static str,
}

/// One block that differs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BlockChange {
    pub kind: &'static str,
    /// The id in the new pack, else in the old one.
    pub id: String,
    /// The old id, when the block has another now.
    pub was: Option<String>,
    pub fate: Fate,
    /// Page and line of the fence.
    pub at: String,
    pub lines: Vec<Line>,
}

struct Block<'t> {
    kind: &'static str,
    id: &'t str,
    file: &'t str,
    line: usize,
    /// Cases may share their words: the how many-th of its kind and id on its page.
    nth: usize,
    /// Keyword, number and text of each line.
    lines: Vec<(&'t str, usize, &'t str)>,
}

/// The blocks of all pages, and the prose of each page.
fn blocks(pages: &[Page]) -> (Vec<Block<'_>>, BTreeMap<&str, Vec<&str>>) {
    let (mut blocks, mut prose): (Vec<Block>, BTreeMap<&str, Vec<&str>>) = (Vec::new(), BTreeMap::new());
    for page in pages.iter().filter(|page| !page.path.ends_with("README.md") && !is_translation(&page.path)) {
        let mut open: Option<Block> = None;
        let outside: &mut Vec<&str> = prose.entry(page.path.as_str()).or_default();
        for (n, text) in page.text.lines().enumerate() {
            let fence = text.strip_prefix("```");
            match (&mut open, fence) {
                (Some(_), Some(_)) => blocks.extend(open.take()),
                (Some(block), None) => {
                    let word = text.split(' ').next().unwrap_or("");
                    let keyword = if word.is_empty() { block.lines.last().map_or("", |(keyword, _, _)| *keyword) } else { word };
                    block.lines.push((keyword, n + 1, text));
                }
                (None, Some(head)) => {
                    let (kind, id) = head.split_once(' ').unwrap_or((head, ""));
                    let id = id.trim();
                    let nth = blocks.iter().filter(|other| (other.kind, other.id, other.file) == (kind, id, page.path.as_str())).count();
                    open = KINDS.iter().find(|known| known.word == kind).map(|known| Block { kind: known.word, id, file: &page.path, line: n + 1, nth, lines: Vec::new() });
                }
                (None, None) if !text.trim().is_empty() => outside.push(text),
                (None, None) => {}
            }
        }
    }
    (blocks, prose)
}

/// Every block that differs, in the order of the new pages, then what was removed; and the pages whose prose differs.
pub(crate) fn changes(packs: &Packs, old: &[Page], new: &[Page]) -> (Vec<BlockChange>, Vec<String>) {
    let ((old_blocks, old_prose), (new_blocks, new_prose)) = (blocks(old), blocks(new));
    let mut found = Vec::new();
    for block in &new_blocks {
        let was = renamed(packs, block.kind, block.id, Side::New).unwrap_or_else(|| block.id.to_owned());
        let Some(before) = old_blocks.iter().find(|other| same(other, block, &was)) else {
            found.push(whole(block, Fate::Added));
            continue;
        };
        let lines = lines(packs, before, block);
        let other_name = (was != block.id).then_some(was);
        if !lines.is_empty() || other_name.is_some() {
            found.push(BlockChange { kind: block.kind, id: block.id.to_owned(), was: other_name, fate: Fate::Changed, at: format!("{}:{}", block.file, block.line), lines });
        }
    }
    for block in &old_blocks {
        let now = renamed(packs, block.kind, block.id, Side::Old).unwrap_or_else(|| block.id.to_owned());
        if !new_blocks.iter().any(|other| same(other, block, &now)) {
            found.push(whole(block, Fate::Removed));
        }
    }
    let none = Vec::new();
    let differs = |page: &&str| old_prose.get(*page).unwrap_or(&none) != new_prose.get(*page).unwrap_or(&none);
    let mut prose: Vec<String> = old_prose.keys().chain(new_prose.keys()).copied().filter(|page| differs(page)).map(str::to_owned).collect();
    prose.sort();
    prose.dedup();
    (found, prose)
}

/// Whether a block of one pack is that of the other, under the id that it has there. Cases may share their words, so
/// they are told apart by page and order too.
fn same(one: &Block, other: &Block, id: &str) -> bool {
    let place = one.kind != "case" || (one.file, one.nth) == (other.file, other.nth);
    (one.kind, one.id) == (other.kind, id) && place
}

fn whole(block: &Block, fate: Fate) -> BlockChange {
    BlockChange { kind: block.kind, id: block.id.to_owned(), was: None, fate, at: format!("{}:{}", block.file, block.line), lines: Vec::new() }
}

/// The id on the other side, for kinds that may be given another name.
fn renamed(packs: &Packs, kind: &str, id: &str, side: Side) -> Option<String> {
    fn other<I: Copy>(pairs: &[Both<I>], side: Side, slug: impl Fn(Side, I) -> String, id: &str) -> Option<String> {
        let across = if side == Side::Old { Side::New } else { Side::Old };
        let pair = pairs.iter().find(|pair| pair.on(side).is_some_and(|one| slug(side, one) == id))?;
        pair.on(across).map(|one| slug(across, one))
    }
    match kind {
        "finding" => other(&packs.findings, side, |side, id| packs.pack(side).finding(id).slug.clone(), id),
        "red-flag" => other(&packs.flags, side, |side, id| packs.pack(side).red_flag(id).slug.clone(), id),
        "intervention" => other(&packs.interventions, side, |side, id| packs.pack(side).intervention(id).slug.clone(), id),
        _ => None,
    }
}

/// Old and new id of everything that was given another name and that pages refer to.
fn new_names<'k>(packs: &Packs<'k>) -> Vec<(&'k str, &'k str)> {
    let (old, new) = (packs.old, packs.new);
    let findings = packs.findings.iter().filter_map(|both| Some((old.finding(both.old?).slug.as_str(), new.finding(both.new?).slug.as_str())));
    let flags = packs.flags.iter().filter_map(|both| Some((old.red_flag(both.old?).slug.as_str(), new.red_flag(both.new?).slug.as_str())));
    let plans = packs.interventions.iter().filter_map(|both| Some((old.intervention(both.old?).slug.as_str(), new.intervention(both.new?).slug.as_str())));
    findings.chain(flags).chain(plans).filter(|(old, new)| old != new).collect()
}

fn with_new_names(names: &[(&str, &str)], text: &str) -> String {
    let word = |word: &str| names.iter().find(|(old, _)| *old == word).map_or(word.to_owned(), |(_, new)| (*new).to_owned());
    text.split(' ').map(word).collect::<Vec<_>>().join(" ")
}

/// The keywords whose lines differ, in the order of the new block, then those that are gone.
fn lines(packs: &Packs, old: &Block, new: &Block) -> Vec<Line> {
    let names = new_names(packs);
    let of = |block: &Block, keyword: &str| -> Vec<(usize, String)> {
        block.lines.iter().filter(|(word, _, _)| *word == keyword).map(|(_, n, text)| (*n, text.trim_end().to_owned())).collect()
    };
    // Line breaks inside a text mean nothing; in a rule they do, and no rule is laid out in two ways.
    let joined = |lines: &[(usize, String)]| lines.iter().map(|(_, text)| text.trim()).collect::<Vec<_>>().join(" ").split_whitespace().collect::<Vec<_>>().join(" ");
    let mut words: Vec<&str> = Vec::new();
    for (word, _, _) in new.lines.iter().chain(&old.lines) {
        if !words.contains(word) {
            words.push(word);
        }
    }
    let mut found = Vec::new();
    for word in words {
        let (mut before, after) = (of(old, word), of(new, word));
        // A name that a page only follows is no change of that page.
        before.iter_mut().for_each(|(_, text)| *text = with_new_names(&names, text));
        let rule = matches!(word, "when" | "asked" | "never" | "if");
        let text = |lines: &[(usize, String)]| lines.iter().map(|(_, text)| text.clone()).collect::<Vec<_>>();
        let same = if rule { text(&before) == text(&after) } else { joined(&before) == joined(&after) };
        if same {
            continue;
        }
        let first = after.iter().zip(before.iter().map(|(_, text)| Some(text)).chain(std::iter::repeat(None))).find(|((_, now), then)| Some(now) != *then);
        let line = first.map(|((n, _), _)| *n).or(after.last().map(|(n, _)| *n)).unwrap_or(new.line);
        found.push(Line { keyword: word.to_owned(), at: format!("{}:{line}", new.file), touches: touches(new.kind, word) });
    }
    found
}

/// What a keyword can touch, in one word.
pub(crate) fn touches(kind: &str, keyword: &str) -> &'static str {
    match (kind, keyword) {
        ("red-flag", "when" | "urgency" | "if-unsure") | ("finding", "asked" | "answers") => "level",
        ("intervention", "advice" | "weeks" | "phase" | "never" | "eases" | "effort" | "certainty") => "plan",
        ("condition", "window" | "before" | "seen" | "spared" | "ratio" | "danger" | "group") | ("finding", "usual" | "group" | "implies") => "causes",
        ("text", "from") => "causes",
        ("follow-up", "when" | "at" | "wait" | "to" | "recheck") | ("text", "within") | ("intervention", "review") => "follow-up",
        ("screen", "phase" | "order" | "shows") | ("finding", "who" | "private") => "interview",
        ("place", "role") | ("red-flag", "place") => "services",
        ("property" | "case", _) | ("finding", "order") => "checks",
        ("source" | "claim", _) | (_, "source" | "review-by") => "sources",
        _ => "words",
    }
}
