//! From the pages in a language to the same pack in that language, or to every mistake at once; it never changes a rule.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use super::check::{STAMP, State, Telephone, check_block, state};
use super::words::{SourceBlock, WORDS, each_text, source_blocks};
use super::{Direction, FOLDER, Forms, Language, SOURCE_LANGUAGE, languages, split};
use crate::diagnostic::{Diagnostic, Severity, did_you_mean};
use crate::knowledge::Knowledge;
use crate::pack::{Page, hash};
use crate::read::{Block, Context, Entry, Names, RawPage, check_shape, parse};

/// The page that says what a language is.
pub(crate) const LANGUAGE_PAGE: &str = "language.md";

/// The blocks of a language that were understood, and those that were not.
pub(crate) struct Translated {
    pub language: Option<Language>,
    /// The texts of each block, in the order of the pack.
    pub texts: BTreeMap<(&'static str, String), (State, Vec<String>)>,
}

/// Reads the pages in one language. The result is the pack with its words replaced: ids, rules, numbers and the answers
/// that programs write are those of `source`. It is there only when no diagnostic is an error. A text that is missing or
/// stale is an error in a language that is complete; in any other the words of the pack stand for it.
pub fn read_language(pages: &[Page], source: &Knowledge, tag: &str) -> (Option<Knowledge>, Vec<Diagnostic>) {
    let mut out = Vec::new();
    let blocks = source_blocks(source);
    let translated = read_pages(pages, source, &blocks, tag, &mut out);
    out.sort_by(|a, b| (&a.file, a.line, a.column, &a.message).cmp(&(&b.file, b.line, b.column, &b.message)));
    out.dedup();
    let Some(language) = translated.language.filter(|_| !out.iter().any(Diagnostic::is_error)) else { return (None, out) };
    (Some(in_language(source, language, translated.texts)), out)
}

/// Puts the words in place.
fn in_language(source: &Knowledge, mut language: Language, texts: BTreeMap<(&'static str, String), (State, Vec<String>)>) -> Knowledge {
    language.blocks = source_blocks(source).len();
    let mut ready: BTreeMap<(&'static str, String), VecDeque<String>> =
        texts.into_iter().filter(|(_, (state, _))| *state == State::Confirmed).map(|(key, (_, texts))| (key, texts.into())).collect();
    language.translated = ready.len();
    let mut knowledge = source.clone();
    each_text(&mut knowledge, &mut |slot, text| {
        if let Some(word) = ready.get_mut(&(slot.kind, slot.slug.to_owned())).and_then(VecDeque::pop_front) {
            *text = word;
        }
    });
    knowledge.language = language;
    knowledge
}

pub(crate) fn read_pages(pages: &[Page], source: &Knowledge, blocks: &BTreeMap<(&'static str, String), SourceBlock>, tag: &str, out: &mut Vec<Diagnostic>) -> Translated {
    let mut own: Vec<(&str, &Page)> = pages.iter().filter_map(|page| split(&page.path).filter(|(of, _)| *of == tag).map(|(_, rest)| (rest, page))).collect();
    own.sort_by(|a, b| a.1.path.cmp(&b.1.path));
    let names = Names::default();
    let mut texts = BTreeMap::new();
    let at = format!("{FOLDER}{tag}/{LANGUAGE_PAGE}");
    if own.is_empty() {
        let known = languages(pages);
        let hint = did_you_mean(tag, known.iter().map(String::as_str)).or_else(|| (!known.is_empty()).then(|| format!("there are pages in {}", known.join(", "))));
        out.push(whole(&at, format!("the pack has no pages in `{tag}`"), hint));
        return Translated { language: None, texts };
    }
    let raw: Vec<(&str, &str, RawPage)> = own.iter().map(|(rest, page)| (*rest, page.path.as_str(), parse(&page.path, &page.text, out))).collect();
    let mut language = None;
    match raw.iter().find(|(rest, ..)| *rest == LANGUAGE_PAGE) {
        None => out.push(whole(&at, format!("`{tag}` has no page {LANGUAGE_PAGE}, which says what it is"), Some(format!("`gravida language skeleton {tag}` writes one")))),
        Some((_, file, page)) => match page.blocks.iter().find(|block| block.kind == "language") {
            Some(block) => language = read_head(block, source, tag, &mut Context { file, names: &names, out }),
            None => out.push(whole(file, "this page has no block `language`".to_owned(), Some(format!("begin it with ```language {tag}")))),
        },
    }
    let telephone = Telephone::of(source, language.as_ref().and_then(|language| language.place.as_deref()));
    // Without knowing, nothing is forgiven.
    let complete = language.as_ref().is_none_or(|language| language.complete);
    let mut first: BTreeMap<(&'static str, String), String> = BTreeMap::new();
    for (rest, file, page) in &raw {
        let mut context = Context { file, names: &names, out };
        check_page(page, rest, &mut context);
        for block in page.blocks.iter().filter(|block| *rest != LANGUAGE_PAGE || block.kind != "language") {
            let Some(source) = known(block, blocks, &mut context) else { continue };
            let key = (source.kind, source.slug.clone());
            let length = block.id.chars().count();
            if let Some(place) = first.get(&key) {
                context.error(block.id_at, length, format!("there are two {} blocks called `{}`", block.kind, block.id), Some(format!("the first stands at {place}")));
                continue;
            }
            if source.origin.file != *rest {
                let hint = format!("move it to {FOLDER}{tag}/{}", source.origin.file);
                context.error(block.id_at, length, format!("`{}` stands on {} in the pack", block.id, source.origin.file), Some(hint));
            }
            first.insert(key.clone(), format!("{file}:{}", block.at.line));
            let state = state(block, source);
            check_state(block, source, state, complete, tag, &mut context);
            if let Some(words) = check_block(block, source, &telephone, &mut context) {
                texts.insert(key, (state, words));
            }
        }
    }
    missing(blocks, &first, &raw, complete, tag, out);
    if let Some(language) = &mut language {
        language.hash = hash(&own.iter().map(|(_, page)| *page).collect::<Vec<_>>());
    }
    Translated { language, texts }
}

/// A mistake of a page as a whole.
fn whole(file: &str, message: String, hint: Option<String>) -> Diagnostic {
    Diagnostic { severity: Severity::Error, file: file.to_owned(), line: 1, column: 1, length: 1, message, hint }
}

/// A page holds a title and blocks; the page about the language may hold prose.
fn check_page(page: &RawPage, rest: &str, context: &mut Context) {
    if page.title.is_none() {
        context.out.push(whole(context.file, "the page has no title".to_owned(), Some("start it with `# …`".to_owned())));
    }
    let title = page.title.as_deref().unwrap_or("");
    let prose = page.prose.iter().find(|(_, text)| rest != LANGUAGE_PAGE && !title.contains(text.as_str()));
    if let Some((at, text)) = prose {
        let hint = "prose is for those who write the pack and is not translated; take it out".to_owned();
        context.error(*at, text.chars().count(), "a page in a language holds its title and blocks alone".to_owned(), Some(hint));
    }
}

/// The block of the pack with this kind and id.
fn known<'a>(block: &Block, blocks: &'a BTreeMap<(&'static str, String), SourceBlock>, context: &mut Context) -> Option<&'a SourceBlock> {
    let Some((kind, _)) = WORDS.iter().find(|(kind, _)| *kind == block.kind) else {
        let kinds: Vec<&str> = WORDS.iter().map(|(kind, _)| *kind).collect();
        let hint = did_you_mean(&block.kind, kinds.iter().copied()).unwrap_or_else(|| format!("translated are {}", kinds.join(", ")));
        context.error(block.at, block.kind.chars().count(), format!("a block `{}` is not translated", block.kind), Some(hint));
        return None;
    };
    let found = blocks.get(&(*kind, block.id.clone()));
    if found.is_none() {
        let hint = did_you_mean(&block.id, blocks.keys().filter(|(of, _)| of == kind).map(|(_, slug)| slug.as_str()));
        let message = format!("the pack has no {kind} called `{}`, so this is superfluous", block.id);
        context.error(block.id_at, block.id.chars().count(), message, hint.or_else(|| Some("take the block out".to_owned())));
    }
    found
}

fn check_state(block: &Block, source: &SourceBlock, state: State, complete: bool, tag: &str, context: &mut Context) {
    let severity = if complete { Severity::Error } else { Severity::Warning };
    let page = &source.origin.file;
    match state {
        State::Confirmed => {}
        State::New => context.report(severity, block.id_at, block.id.chars().count(), format!("nobody has confirmed the words of `{}` yet", block.id), Some(format!("translate it, then `gravida language stamp {tag} {page}`"))),
        State::Stale => {
            let (at, length) = block.one(STAMP).map_or((block.id_at, 1), |entry| (entry.value_at(), entry.value_length()));
            let message = format!("the words of `{}` have changed since they were translated", block.id);
            context.report(severity, at, length, message, Some(format!("compare with {page}:{}, then `gravida language stamp {tag} {page}`", source.origin.line)));
        }
    }
}

/// Blocks of the pack that the language lacks: a whole page is one mistake.
fn missing(blocks: &BTreeMap<(&'static str, String), SourceBlock>, there: &BTreeMap<(&'static str, String), String>, raw: &[(&str, &str, RawPage)], complete: bool, tag: &str, out: &mut Vec<Diagnostic>) {
    if !complete {
        return;
    }
    let mut pages: BTreeSet<&str> = BTreeSet::new();
    for (key, block) in blocks.iter().filter(|(key, _)| !there.contains_key(*key)) {
        let page = block.origin.file.as_str();
        let hint = Some(format!("`gravida language skeleton {tag} {page}` writes what is to be translated"));
        match raw.iter().find(|(rest, ..)| *rest == page) {
            Some((_, file, _)) => out.push(whole(file, format!("the {} `{}` is missing ({page}:{})", key.0, key.1, block.origin.line), hint)),
            None if pages.insert(page) => out.push(whole(&format!("{FOLDER}{tag}/{page}"), "this page is missing".to_owned(), hint)),
            None => {}
        }
    }
}

/// Reads the block `language`.
fn read_head(block: &Block, source: &Knowledge, tag: &str, context: &mut Context) -> Option<Language> {
    if !check_shape(block, context) {
        return None;
    }
    if tag == SOURCE_LANGUAGE {
        context.error(block.id_at, block.id.chars().count(), format!("`{tag}` is the language of the pack, so it has no translation"), None);
    }
    if block.id != tag {
        context.error(block.id_at, block.id.chars().count(), format!("this folder is `{tag}`"), Some(format!("write ```language {tag}")));
    }
    let word = |keyword: &'static str, known: &[&str], context: &mut Context| -> Option<String> {
        let entry = block.one(keyword)?;
        let found = known.contains(&entry.text().as_str());
        if !found {
            context.unknown_word(entry, keyword, known);
        }
        found.then(|| entry.text())
    };
    let complete = word("complete", &["yes", "no"], context)? == "yes";
    let direction = match word("direction", &["ltr", "rtl"], context)?.as_str() {
        "rtl" => Direction::RightToLeft,
        _ => Direction::LeftToRight,
    };
    let places: Vec<&str> = source.places.iter().map(|place| place.slug.as_str()).collect();
    let place = word("place", &places, context)?;
    let forms = Forms {
        yes: block.value("yes")?,
        no: block.value("no")?,
        not_sure: block.value("not-sure")?,
        not_asked: block.value("not-asked")?,
        weeks: form(block.one("weeks")?, 1, context),
        days: form(block.one("days")?, 2, context),
        range: form(block.one("range")?, 2, context),
    };
    if forms.yes == forms.no {
        context.error(block.id_at, block.id.chars().count(), "yes and no read alike".to_owned(), None);
    }
    let (translated, blocks, hash) = (0, 0, String::new());
    Some(Language { tag: tag.to_owned(), name: block.value("name")?, english: block.value("english")?, complete, direction, place: Some(place), translated, blocks, hash, forms })
}

/// A text with so many places for numbers.
fn form(entry: &Entry, places: usize, context: &mut Context) -> String {
    let text = entry.text();
    if text.matches("{}").count() != places {
        let hint = if places == 1 { "write {} where the number stands" } else { "write {} twice, where the two stand" };
        context.error(entry.value_at(), entry.value_length(), format!("`{}` needs {places} times {{}}", entry.keyword), Some(hint.to_owned()));
    }
    text
}
