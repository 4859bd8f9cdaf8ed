//! What is to be translated, as pages; and the stamps that say which words were; it never writes a translation or a file.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use super::check::{STAMP, State, Telephone, check_block, state};
use super::read::{LANGUAGE_PAGE, read_pages};
use super::words::{SourceBlock, source_blocks};
use super::{FOLDER, split};
use crate::knowledge::Knowledge;
use crate::pack::Page;
use crate::read::{Context, GUTTER, Names, parse};

fn line(keyword: &str, value: &str) -> String {
    format!("{keyword:<width$}{value}\n", width = GUTTER)
}

/// The pages in a language that lack something, with what they lack at their end, in the words of the pack. `wanted`
/// chooses pages of the pack by their paths.
pub fn skeleton(pages: &[Page], source: &Knowledge, tag: &str, wanted: &dyn Fn(&str) -> bool) -> Vec<Page> {
    let blocks = source_blocks(source);
    let own: BTreeMap<&str, &Page> = pages.iter().filter_map(|page| split(&page.path).filter(|(of, _)| *of == tag).map(|(_, rest)| (rest, page))).collect();
    let mut there: BTreeSet<(String, String)> = BTreeSet::new();
    for page in own.values() {
        there.extend(parse(&page.path, &page.text, &mut Vec::new()).blocks.into_iter().map(|block| (block.kind, block.id)));
    }
    let mut written = Vec::new();
    if !own.contains_key(LANGUAGE_PAGE) {
        written.push(Page { path: format!("{FOLDER}{tag}/{LANGUAGE_PAGE}"), text: head(tag) });
    }
    let mut by_page: BTreeMap<&str, Vec<&SourceBlock>> = BTreeMap::new();
    for block in blocks.values().filter(|block| !there.contains(&(block.kind.to_owned(), block.slug.clone()))) {
        by_page.entry(&block.origin.file).or_default().push(block);
    }
    for (path, mut lacking) in by_page.into_iter().filter(|(path, _)| wanted(path)) {
        lacking.sort_by_key(|block| block.origin.line);
        let title = pages.iter().find(|page| page.path == path).and_then(|page| page.text.lines().find(|line| line.starts_with("# "))).unwrap_or("# …");
        let mut text = own.get(path).map_or_else(|| format!("{title}\n"), |page| format!("{}\n", page.text.trim_end()));
        for block in lacking {
            let _ = write!(text, "\n```{} {}\n", block.kind, block.slug);
            block.lines.iter().for_each(|one| text.push_str(&line(one.keyword, &one.value())));
            text.push_str("```\n");
        }
        written.push(Page { path: format!("{FOLDER}{tag}/{path}"), text });
    }
    written
}

/// The page about a language, to be filled in.
fn head(tag: &str) -> String {
    let mut text = format!("# {tag}\n\n```language {tag}\n");
    for (keyword, value) in [
        ("name", tag), ("english", tag), ("complete", "no"), ("direction", "ltr"), ("place", "international"), ("yes", "yes"), ("no", "no"),
        ("not-sure", "not sure"), ("not-asked", "not asked"), ("weeks", "{} weeks"), ("days", "{} weeks {} days"), ("range", "{} to {}"),
    ] {
        text.push_str(&line(keyword, value));
    }
    text + "```\n"
}

/// What [`stamp`] did and did not do; blocks as `languages/zh-Hans/findings/daily.md:12 lifting`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Stamped {
    /// The pages that change, whole.
    pub pages: Vec<Page>,
    pub new: Vec<String>,
    /// Translated before, and confirmed for the words as they are now.
    pub again: Vec<String>,
    /// The words of the pack have changed, and the page was not named.
    pub stale: Vec<String>,
    /// Still in the words of the pack.
    pub same: Vec<String>,
    /// With mistakes, which must go first.
    pub wrong: Vec<String>,
}

/// Writes into each block which words of the pack it translates. A block whose words were changed in the pack is confirmed
/// only on a page that `named` chooses: somebody looked at it. A block that still holds the words of the pack is left out
/// unless `same` allows it.
pub fn stamp(pages: &[Page], source: &Knowledge, tag: &str, named: &dyn Fn(&str) -> bool, same: bool) -> Stamped {
    let blocks = source_blocks(source);
    let place = read_pages(pages, source, &blocks, tag, &mut Vec::new()).language.and_then(|language| language.place);
    let telephone = Telephone::of(source, place.as_deref());
    let mut done = Stamped::default();
    for (rest, page) in pages.iter().filter_map(|page| split(&page.path).filter(|(of, _)| *of == tag).map(|(_, rest)| (rest, page))) {
        let mut lines: Vec<String> = page.text.lines().map(str::to_owned).collect();
        let raw = parse(&page.path, &page.text, &mut Vec::new());
        // From the end, so that the lines above keep their numbers.
        for block in raw.blocks.iter().rev() {
            let Some(source) = blocks.values().find(|source| source.kind == block.kind && source.slug == block.id && source.origin.file == rest) else { continue };
            let name = format!("{}:{} {}", page.path, block.at.line, block.id);
            let state = state(block, source);
            if state == State::Confirmed {
                continue;
            }
            let mut mistakes = Vec::new();
            let texts = check_block(block, source, &telephone, &mut Context { file: &page.path, names: &Names::default(), out: &mut mistakes });
            match (texts, state) {
                (None, _) => done.wrong.push(name),
                (_, State::Stale) if !named(rest) => done.stale.push(name),
                (Some(texts), _) if !same && texts.iter().zip(&source.lines).all(|(text, line)| *text == line.text) => done.same.push(name),
                (_, state) => {
                    let stamp = line(STAMP, &source.stamp()).trim_end().to_owned();
                    match block.one(STAMP) {
                        Some(entry) => {
                            if let Some(old) = lines.get_mut(entry.at.line as usize - 1) {
                                *old = stamp;
                            }
                        }
                        None => lines.insert((block.at.line as usize).min(lines.len()), stamp),
                    }
                    if state == State::New { done.new.push(name) } else { done.again.push(name) }
                }
            }
        }
        let text = lines.join("\n") + "\n";
        if text.trim_end() != page.text.trim_end() {
            done.pages.push(Page { path: page.path.clone(), text });
        }
    }
    for list in [&mut done.new, &mut done.again, &mut done.stale, &mut done.same, &mut done.wrong] {
        list.sort();
    }
    done
}
