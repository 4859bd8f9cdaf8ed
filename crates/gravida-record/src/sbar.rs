//! The note as plain text, to be pasted into a record; it never depends on the width of a terminal.

use crate::sheet::{Row, Sheet};

const WIDTH: usize = 80;
const GUTTER: &str = "              ";

/// The whole note, in lines of eighty characters.
pub fn text(sheet: &Sheet) -> String {
    let mut out = String::new();
    let mut line = |first: &str, rest: &str, text: &str| {
        let options = textwrap::Options::new(WIDTH).initial_indent(first).subsequent_indent(rest);
        out.push_str(&textwrap::fill(text, options));
        out.push('\n');
    };
    line("", "", &sheet.title);
    line("", "", "");
    line("", "", &sheet.level.to_uppercase());
    line("", "", &sheet.clock);
    for section in &sheet.sections {
        line("", "", "");
        line("", "", &section.heading.to_uppercase());
        for row in &section.rows {
            match row {
                Row::Line(label, text) => line(&labelled(label), GUTTER, text),
                Row::List(label, items) => {
                    for (n, item) in items.iter().enumerate() {
                        let label = if n == 0 { labelled(label) } else { GUTTER.to_owned() };
                        line(&format!("{label}- "), &format!("{GUTTER}  "), item);
                    }
                }
            }
        }
    }
    line("", "", "");
    for text in &sheet.foot {
        line("", "", text);
    }
    out
}

fn labelled(label: &str) -> String {
    format!("{label:<width$}", width = GUTTER.len())
}
