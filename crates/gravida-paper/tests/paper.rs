//! The PDF itself: whatever a person wrote, there is one; it is the same twice, and goes on overleaf rather than lose a word.

mod reader;

use gravida_paper::{Paper, pdf};
use gravida_record::Sheet;
use gravida_record::sheet::{Row, Section};

fn sheet(words: &str) -> Sheet {
    Sheet {
        title: "给产科的便条".to_owned(),
        language: "zh-Hans".to_owned(),
        level: "现在就求助 [emergency]".to_owned(),
        clock: "马上打电话。".to_owned(),
        sections: vec![Section { heading: "情况".to_owned(), rows: vec![Row::Line("本人的话".to_owned(), words.to_owned()), Row::List("有".to_owned(), vec!["一".to_owned(), "二".to_owned()])] }],
        foot: vec!["Gravida".to_owned()],
        not_printed: "{sign}：{n}".to_owned(),
    }
}

/// Without spaces: a line that ends between two characters has none.
fn text(bytes: &[u8]) -> String {
    reader::copied(bytes).split(' ').collect()
}

#[test]
fn what_is_written_is_read_back() {
    for paper in [Paper::A4, Paper::Letter] {
        let bytes = pdf(&sheet("我的腰很痛（右边更重）：“一阵一阵的”。38 °C"), paper).expect("a PDF");
        let text = text(&bytes);
        assert!(text.contains("现在就求助[emergency]马上打电话。情况本人的话：我的腰很痛（右边更重）：“一阵一阵的”。38°C有："), "{text}");
        assert_eq!(bytes, pdf(&sheet("我的腰很痛（右边更重）：“一阵一阵的”。38 °C"), paper).expect("a PDF"));
    }
}

#[test]
fn no_character_stops_the_note() {
    let all: Vec<char> = ('\0'..='\u{2ffff}').collect();
    for some in all.chunks(16_384) {
        let words: String = some.iter().collect();
        let bytes = pdf(&sheet(&words), Paper::A4).unwrap_or_else(|why| panic!("U+{:04X} and on: {why}", u32::from(some[0])));
        assert!(bytes.starts_with(b"%PDF"));
    }
}

#[test]
fn a_long_note_goes_on_overleaf() {
    let words: String = (0..3000).map(|n| format!("{n}。")).collect();
    let bytes = pdf(&sheet(&words), Paper::Letter).expect("a PDF");
    assert!(reader::document(&bytes).get_pages().len() > 1);
    let text = text(&bytes);
    assert!((0..3000).all(|n| text.contains(&format!("{n}。"))));
}
