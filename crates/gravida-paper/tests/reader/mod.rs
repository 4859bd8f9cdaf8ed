//! Reads a PDF as another program does. Shared by the tests of every door that makes one.

use std::collections::BTreeMap;

use lopdf::{Document, Object};

pub fn document(bytes: &[u8]) -> Document {
    Document::load_mem(bytes).expect("a PDF")
}

/// The text of all pages in the order in which it is drawn, decoded as a reader does that copies it: through the ToUnicode
/// table of each font. A space stands between two lines.
pub fn copied(bytes: &[u8]) -> String {
    let document = document(bytes);
    let pages = document.get_pages();
    let text: String = pages.values().map(|page| copied_page(&document, *page)).collect();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn copied_page(document: &Document, page: lopdf::ObjectId) -> String {
    let mut tables = BTreeMap::new();
    for (name, font) in document.get_page_fonts(page).expect("fonts") {
        let table = font.get(b"ToUnicode").and_then(Object::as_reference).expect("a font has ToUnicode");
        let table = document.get_object(table).and_then(Object::as_stream).expect("a table");
        let table = if table.is_compressed() { table.decompressed_content().expect("a table") } else { table.content.clone() };
        tables.insert(name, to_unicode(&String::from_utf8_lossy(&table)));
    }
    let content = lopdf::content::Content::decode(&document.get_page_content(page).expect("content")).expect("content");
    let mut out = String::new();
    let mut table = None;
    for operation in content.operations {
        match operation.operator.as_str() {
            "Tf" => table = tables.get(operation.operands[0].as_name().expect("a font")),
            "BDC" => out.push(' '),
            "Tj" | "TJ" => {
                let parts = match &operation.operands[0] {
                    Object::Array(parts) => parts.clone(),
                    one => vec![one.clone()],
                };
                for part in parts.iter().filter_map(|part| part.as_str().ok()) {
                    for code in part.chunks(2) {
                        out.push_str(&table.expect("a font is set")[&u16::from_be_bytes([code[0], code[1]])]);
                    }
                }
            }
            _ => {}
        }
    }
    out
}

/// The lines `<code> <UTF-16>` of a ToUnicode table.
fn to_unicode(table: &str) -> BTreeMap<u16, String> {
    let lines = table.lines().filter_map(|line| line.strip_prefix('<')?.strip_suffix('>')?.split_once("> <"));
    let number = |text: &str| u16::from_str_radix(text, 16).expect("a number");
    lines
        .map(|(code, units)| {
            let units: Vec<u16> = (0..units.len() / 4).map(|n| number(&units[n * 4..n * 4 + 4])).collect();
            (number(code), String::from_utf16(&units).expect("text"))
        })
        .collect()
}
