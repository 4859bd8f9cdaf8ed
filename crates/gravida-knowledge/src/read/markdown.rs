//! From the text of a page to its prose and blocks; it recovers at the next block after a lost fence.

use pulldown_cmark::{CodeBlockKind, Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use super::block::{Block, Entry, Line, Place};
use super::schema::KINDS;
use crate::diagnostic::{Diagnostic, Severity, did_you_mean};

/// The column, from 0, at which values start.
pub(crate) const GUTTER: usize = 10;

/// The parts of a page, before they are understood.
#[derive(Debug, Default)]
pub(crate) struct RawPage {
    pub title: Option<String>,
    /// Text outside blocks, with the place of its first character.
    pub prose: Vec<(Place, String)>,
    pub blocks: Vec<Block>,
}

struct Lines<'a> {
    text: &'a str,
    starts: Vec<usize>,
}

impl<'a> Lines<'a> {
    fn new(text: &'a str) -> Lines<'a> {
        let starts = std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
        Lines { text, starts }
    }

    fn place(&self, offset: usize) -> Place {
        let line = self.starts.partition_point(|start| *start <= offset).max(1) - 1;
        let start = self.starts[line];
        let column = self.text.get(start..offset).map_or(0, |before| before.chars().count());
        Place { line: line as u32 + 1, column: column as u32 + 1 }
    }
}

fn report(out: &mut Vec<Diagnostic>, file: &str, at: Place, length: usize, message: String, hint: Option<String>) {
    out.push(Diagnostic {
        severity: Severity::Error,
        file: file.to_owned(),
        line: at.line,
        column: at.column,
        length: length.max(1) as u32,
        message,
        hint,
    });
}

/// Splits a page. Mistakes of fences and gutter go to `out`.
pub(crate) fn parse(file: &str, text: &str, out: &mut Vec<Diagnostic>) -> RawPage {
    let lines = Lines::new(text);
    let mut page = RawPage::default();
    let mut in_title = false;
    let mut fence: Option<(usize, String)> = None;
    for (event, range) in Parser::new_ext(text, Options::empty()).into_offset_iter() {
        match event {
            Event::Start(Tag::Heading { level: HeadingLevel::H1, .. }) => in_title = true,
            Event::End(TagEnd::Heading(HeadingLevel::H1)) => in_title = false,
            Event::Start(Tag::CodeBlock(kind)) => {
                let word = match kind {
                    CodeBlockKind::Fenced(word) => word.to_string(),
                    CodeBlockKind::Indented => String::new(),
                };
                fence = Some((range.start, word));
                let source = text.get(range.clone()).unwrap_or("");
                let first = lines.place(range.start);
                if source.starts_with("```") {
                    read_fence(file, source, first, &mut page, out);
                } else {
                    report(
                        out,
                        file,
                        first,
                        1,
                        "an indented passage outside a block".to_owned(),
                        Some("prose starts at the left edge; facts stand between ```kind id and ```".to_owned()),
                    );
                }
            }
            Event::End(TagEnd::CodeBlock) => fence = None,
            Event::Text(piece) | Event::Code(piece) => {
                if fence.is_some() {
                    continue;
                }
                if in_title {
                    page.title.get_or_insert_default().push_str(&piece);
                }
                let at = lines.place(range.start);
                stray_fact(file, &piece, at, out);
                page.prose.push((at, piece.to_string()));
            }
            _ => {}
        }
    }
    page
}

/// A line of prose that looks like a line of a block: someone lost the fence above it.
fn stray_fact(file: &str, piece: &str, at: Place, out: &mut Vec<Diagnostic>) {
    if at.column != 1 {
        return;
    }
    let word = piece.split_whitespace().next().unwrap_or("");
    let known = KINDS.iter().any(|kind| kind.keywords.iter().any(|keyword| keyword.word == word));
    let gutter = piece.strip_prefix(word).is_some_and(|rest| rest.starts_with("  "));
    if known && gutter && !out.iter().any(|d| d.file == file && d.message.starts_with("this looks like a line of a block")) {
        report(
            out,
            file,
            at,
            word.len(),
            format!("this looks like a line of a block (`{word}`), but no block is open here"),
            Some("open the block above it with ```kind id".to_owned()),
        );
    }
}

/// Reads one fenced block, and what hides in it when its closing fence was lost.
fn read_fence(file: &str, source: &str, first: Place, page: &mut RawPage, out: &mut Vec<Diagnostic>) {
    let mut block: Option<Block> = None;
    let mut closed = false;
    for (number, line) in source.lines().enumerate() {
        let at = Place { line: first.line + number as u32, column: 1 };
        if let Some(word) = line.strip_prefix("```") {
            if number > 0 && word.trim().is_empty() {
                closed = true;
                break;
            }
            if let Some(open) = block.take() {
                let message = format!("the block `{} {}` is not closed before the next block opens here", open.kind, open.id);
                report(out, file, at, line.chars().count(), message, Some("close it with ``` on a line of its own".to_owned()));
                page.blocks.push(open);
            } else if number > 0 {
                report(
                    out,
                    file,
                    first,
                    3,
                    "a fence without a kind opens here and swallows the next block".to_owned(),
                    Some("the opening fence of the block above was lost, or this line is one too many".to_owned()),
                );
            }
            if !word.trim().is_empty() {
                block = Some(open_block(file, word, at, out));
            }
            continue;
        }
        match &mut block {
            Some(block) => read_line(file, line, at, block, out),
            None if number > 0 => {}
            None => {}
        }
    }
    match block {
        Some(open) => {
            if !closed {
                let message = format!("the block `{} {}` is never closed", open.kind, open.id);
                report(out, file, first, 3, message, Some("close it with ``` on a line of its own".to_owned()));
            }
            page.blocks.push(open);
        }
        None => {
            if closed && !out.iter().any(|d| d.file == file && d.line == first.line) {
                report(
                    out,
                    file,
                    first,
                    3,
                    "a block without a kind".to_owned(),
                    Some("write the kind and the id after the fence, as ```red-flag some-name".to_owned()),
                );
            }
        }
    }
}

fn open_block(file: &str, word: &str, at: Place, out: &mut Vec<Diagnostic>) -> Block {
    let trimmed = word.trim_start();
    let kind = trimmed.split_whitespace().next().unwrap_or("").to_owned();
    let id = trimmed.get(kind.len()..).unwrap_or("").trim().to_owned();
    let kind_at = Place { line: at.line, column: 4 + (word.len() - trimmed.len()) as u32 };
    let id_at = Place { line: at.line, column: kind_at.column + kind.chars().count() as u32 + 1 };
    if !KINDS.iter().any(|known| known.word == kind) {
        let hint = did_you_mean(&kind, KINDS.iter().map(|known| known.word)).or_else(|| {
            let all: Vec<&str> = KINDS.iter().map(|known| known.word).collect();
            Some(format!("the kinds are {}", all.join(", ")))
        });
        report(out, file, kind_at, kind.chars().count(), format!("there is no kind of block called `{kind}`"), hint);
    }
    if id.is_empty() {
        report(out, file, kind_at, kind.chars().count(), format!("this `{kind}` block has no id"), Some(format!("write ```{kind} some-name")));
    } else if kind != "case" && kind != "language" && !id.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-') {
        let fixed: String = id.to_lowercase().chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).collect();
        report(out, file, id_at, id.chars().count(), format!("`{id}` is not an id: ids are small letters, digits and hyphens"), Some(format!("write `{fixed}`")));
    }
    Block { kind, id, at: kind_at, id_at, entries: Vec::new() }
}

fn read_line(file: &str, line: &str, at: Place, block: &mut Block, out: &mut Vec<Diagnostic>) {
    if line.trim().is_empty() {
        return;
    }
    if line.contains('\t') {
        report(out, file, at, 1, "a tab inside a block".to_owned(), Some("use spaces: values start at column 11".to_owned()));
        return;
    }
    let spaces = line.len() - line.trim_start_matches(' ').len();
    let text = line.trim().to_owned();
    if spaces == 0 {
        let keyword: String = line.chars().take_while(|c| !c.is_whitespace()).collect();
        let rest = &line[keyword.len()..];
        let gap = rest.len() - rest.trim_start().len();
        let value_at = Place { line: at.line, column: (keyword.chars().count() + gap) as u32 + 1 };
        block.entries.push(Entry { keyword, at, lines: vec![Line { text: rest.trim().to_owned(), indent: 0, at: value_at }] });
        return;
    }
    let place = Place { line: at.line, column: spaces as u32 + 1 };
    if spaces < GUTTER {
        report(
            out,
            file,
            place,
            text.chars().count(),
            "this line is neither a keyword at the left edge nor a value in column 11".to_owned(),
            Some("indent it by ten spaces to continue the line above".to_owned()),
        );
        return;
    }
    match block.entries.last_mut() {
        Some(entry) => entry.lines.push(Line { text, indent: spaces - GUTTER, at: place }),
        None => report(out, file, place, text.chars().count(), "a value without a keyword".to_owned(), Some("start the block with a keyword".to_owned())),
    }
}
