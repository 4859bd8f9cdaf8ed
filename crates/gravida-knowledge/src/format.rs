//! Lays the blocks of a page out: gutter, indentation, no spaces at line ends; it never changes a word.

use crate::read::GUTTER;

/// The page with its blocks laid out. Formatting twice gives the same text as once.
///
/// ```
/// let page = "# A\n\n```text a\nsay  Hello.  \n```\n";
/// assert_eq!(gravida_knowledge::format_page(page), "# A\n\n```text a\nsay       Hello.\n```\n");
/// ```
pub fn format_page(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut inside = false;
    let mut blank = 0;
    for line in text.lines() {
        let line = line.trim_end();
        if line.starts_with("```") {
            inside = if inside { line.trim_start_matches('`').trim() != "" } else { true };
            push(&mut out, line, &mut blank);
        } else if inside {
            if !line.is_empty() {
                push(&mut out, &block_line(line), &mut blank);
            }
        } else {
            push(&mut out, line, &mut blank);
        }
    }
    while out.ends_with('\n') {
        out.pop();
    }
    out.push('\n');
    out
}

fn push(out: &mut String, line: &str, blank: &mut usize) {
    // One blank line is enough anywhere.
    if line.is_empty() {
        *blank += 1;
        if *blank > 1 || out.is_empty() {
            return;
        }
    } else {
        *blank = 0;
    }
    out.push_str(line);
    out.push('\n');
}

fn block_line(line: &str) -> String {
    if line.starts_with(' ') {
        return line.to_owned();
    }
    let keyword: String = line.chars().take_while(|c| !c.is_whitespace()).collect();
    let value = line[keyword.len()..].trim_start();
    if value.is_empty() { keyword } else { format!("{keyword:<width$} {value}", width = GUTTER - 1) }
}
