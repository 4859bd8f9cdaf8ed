//! Breaks the note into lines that fit the paper, all on one page if they can; it never drops a word.
#![allow(clippy::float_arithmetic, reason = "lengths on paper; nothing is decided with them")]

use gravida_record::is_wide;
use gravida_record::sheet::{Row, Sheet};

use crate::face::{Faces, Glyph, REPLACEMENT};

/// What a block is, for the eye and for a screen reader.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Title,
    Level,
    Heading,
    Paragraph,
    Item,
    Foot,
}

/// A paragraph, heading or item, in lines.
pub struct Block {
    pub kind: Kind,
    pub text: String,
    pub lines: Vec<Vec<Glyph>>,
    pub size: f32,
    pub left: f32,
    pub before: f32,
}

impl Block {
    pub fn leading(&self) -> f32 {
        self.size * 1.28
    }

    fn height(&self) -> f32 {
        self.before + self.leading() * self.lines.len() as f32
    }
}

/// Sizes of the text that are tried, in points: the largest that fits on one page is taken.
const SIZES: [f32; 6] = [10.5, 10.0, 9.5, 9.0, 8.5, 8.0];

/// The blocks of each page.
pub fn pages(sheet: &Sheet, faces: &Faces, width: f32, height: f32) -> Vec<Vec<Block>> {
    let mut chosen = Vec::new();
    for size in SIZES {
        chosen = blocks(sheet, faces, width, size);
        if chosen.iter().map(Block::height).sum::<f32>() <= height {
            return vec![chosen];
        }
    }
    // Even small it does not fit: it goes on overleaf rather than lose something.
    let mut pages: Vec<Vec<Block>> = Vec::new();
    let mut left = 0.0;
    for block in chosen {
        let new = pages.is_empty() || block.height() > left;
        if new {
            pages.push(Vec::new());
            left = height;
        }
        left -= block.height();
        if let Some(page) = pages.last_mut() {
            page.push(block);
        }
    }
    pages
}

fn blocks(sheet: &Sheet, faces: &Faces, width: f32, size: f32) -> Vec<Block> {
    let mut maker = Maker { faces, width, out: Vec::new(), replaced: 0 };
    maker.add(Kind::Title, "", &sheet.title, size * 1.1, 0.0, 0.0);
    maker.add(Kind::Level, "", &sheet.level, size * 1.7, 0.0, size * 0.3);
    maker.add(Kind::Paragraph, "", &sheet.clock, size, 0.0, 0.0);
    for section in &sheet.sections {
        maker.add(Kind::Heading, "", &section.heading, size * 1.25, 0.0, size * 0.7);
        for row in &section.rows {
            match row {
                Row::Line(label, text) => maker.add(Kind::Paragraph, &format!("{label}{}", colon(label)), text, size, 0.0, size * 0.15),
                Row::List(label, items) => {
                    if !items.is_empty() {
                        maker.add(Kind::Paragraph, &format!("{label}{}", colon(label).trim_end()), "", size, 0.0, size * 0.15);
                    }
                    for item in items {
                        maker.add(Kind::Item, "", item, size, size * 1.2, 0.0);
                    }
                }
            }
        }
    }
    for (n, text) in sheet.foot.iter().enumerate() {
        maker.add(Kind::Foot, "", text, size * 0.85, 0.0, if n == 0 { size } else { size * 0.15 });
    }
    if maker.replaced > 0 {
        let stated = sheet.not_printed.replace("{sign}", &REPLACEMENT.to_string()).replace("{n}", &maker.replaced.to_string());
        maker.add(Kind::Foot, "", &stated, size * 0.85, 0.0, size * 0.15);
    }
    maker.out
}

/// The mark between a label and what it names, as wide as the characters of the label.
fn colon(label: &str) -> &'static str {
    if label.chars().any(is_wide) { "：" } else { ": " }
}

struct Maker<'a> {
    faces: &'a Faces,
    width: f32,
    out: Vec<Block>,
    replaced: usize,
}

impl Maker<'_> {
    fn add(&mut self, kind: Kind, label: &str, text: &str, size: f32, left: f32, before: f32) {
        let all_bold = matches!(kind, Kind::Title | Kind::Level | Kind::Heading);
        let bold = label.chars().map(|character| self.faces.glyph(character, true));
        let rest = text.chars().map(|character| self.faces.glyph(character, all_bold));
        let glyphs: Vec<Glyph> = bold.chain(rest).collect();
        let text = format!("{label}{text}");
        self.replaced += text.chars().zip(&glyphs).filter(|(asked, got)| *asked != got.character).count();
        let lines = lines(&glyphs, (self.width - left) / size);
        self.out.push(Block { kind, text, lines, size, left, before });
    }
}

/// Lines no wider than `width`, in units of the size of the text. A line keeps the space that it was broken at.
fn lines(glyphs: &[Glyph], width: f32) -> Vec<Vec<Glyph>> {
    let mut lines: Vec<Vec<Glyph>> = Vec::new();
    let mut line: Vec<Glyph> = Vec::new();
    let mut used = 0.0;
    for glyph in glyphs {
        if used + glyph.advance > width && glyph.character != ' ' && !line.is_empty() {
            let pair = |at: usize| Some((line.get(at.checked_sub(1)?)?.character, line.get(at).unwrap_or(glyph).character));
            let last = |fits: fn(char, char) -> bool| (1..=line.len()).rev().find(|at| pair(*at).is_some_and(|(before, after)| fits(before, after)));
            // A word that is wider than the line is broken inside, but not at a mark that belongs to a side.
            let at = last(may_break).or_else(|| last(|before, after| !belongs_before(after) && !belongs_after(before))).unwrap_or(line.len());
            let rest = line.split_off(at);
            lines.push(std::mem::replace(&mut line, rest));
            used = line.iter().map(|one| one.advance).sum();
        }
        used += glyph.advance;
        line.push(*glyph);
    }
    if !line.is_empty() {
        lines.push(line);
    }
    lines
}

/// Marks that belong to what stands before them: no line begins with one. GB/T 15834 names them for Chinese.
fn belongs_before(mark: char) -> bool {
    matches!(mark, '，' | '。' | '、' | '；' | '：' | '？' | '！' | '．' | '）' | '］' | '｝' | '〕' | '】' | '》' | '〉' | '」' | '』' | '”' | '’' | '…' | '—' | '～' | '·' | '・' | '％'
        | '‰' | '℃' | '°' | ',' | '.' | ';' | ':' | '?' | '!' | ')' | ']' | '}' | '%' | '/')
}

/// Marks that belong to what comes after them: no line ends with one.
fn belongs_after(mark: char) -> bool {
    matches!(mark, '（' | '［' | '｛' | '〔' | '【' | '《' | '〈' | '「' | '『' | '“' | '‘' | '￥' | '(' | '[' | '{')
}

/// Whether a line may end between two characters.
fn may_break(before: char, after: char) -> bool {
    if before == ' ' {
        // Between spaced words, wherever they are; but a wide mark never begins a line, nor a unit without its number.
        let stays = matches!(after, ' ' | '”' | '℃' | '‰') || (is_wide(after) && belongs_before(after));
        return !stays;
    }
    if after == ' ' || belongs_before(after) || belongs_after(before) {
        return false;
    }
    // Chinese and Japanese break between any two characters, and beside other letters; a number stays with its unit.
    is_wide(before) || (is_wide(after) && !before.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use super::*;

    fn broken(text: &str, width: f32) -> Vec<String> {
        let faces = Faces::load().expect("the fonts");
        let glyphs: Vec<Glyph> = text.chars().map(|character| faces.glyph(character, false)).collect();
        lines(&glyphs, width).iter().map(|line| line.iter().map(|glyph| glyph.character).collect()).collect()
    }

    /// Every line of every page in Chinese.
    fn chinese() -> Vec<String> {
        let top = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../knowledge/languages/zh-Hans"));
        let (mut folders, mut lines) = (vec![top], Vec::new());
        while let Some(folder) = folders.pop() {
            for path in std::fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path()) {
                if path.is_dir() {
                    folders.push(path);
                } else {
                    lines.extend(std::fs::read_to_string(path).expect("a page").lines().map(str::to_owned));
                }
            }
        }
        assert!(lines.len() > 1000, "{} lines", lines.len());
        lines
    }

    #[test]
    fn no_line_in_chinese_begins_with_a_mark_that_closes_or_ends_with_one_that_opens() {
        const CLOSES: &str = "，。、；：？！）】》」』”’…—％";
        const OPENS: &str = "（【《「『“‘";
        let faces = Faces::load().expect("the fonts");
        let own = "他说：“怎么办？！”我说（很轻地）……“别急”；《手册》第38页——发烧38 ℃，Letter纸。".to_owned();
        let mut broken = 0;
        for text in chinese().into_iter().chain([own]) {
            let glyphs: Vec<Glyph> = text.chars().map(|character| faces.glyph(character, false)).collect();
            for width in [4.0, 7.3, 11.0, 24.6] {
                let lines: Vec<String> = lines(&glyphs, width).iter().map(|line| line.iter().map(|glyph| glyph.character).collect()).collect();
                assert_eq!(lines.concat(), text);
                for pair in lines.windows(2) {
                    broken += 1;
                    assert!(!pair[1].starts_with(|mark| CLOSES.contains(mark)), "{lines:?}");
                    assert!(!pair[0].ends_with(|mark| OPENS.contains(mark)) && !pair[1].starts_with(' '), "{lines:?}");
                }
            }
        }
        assert!(broken > 10_000, "{broken}");
    }

    #[test]
    fn every_character_of_the_pages_in_chinese_can_be_printed_bold_too() {
        let faces = Faces::load().expect("the fonts");
        for character in chinese().iter().flat_map(|line| line.chars()) {
            assert_eq!(faces.glyph(character, true).character, character);
        }
        assert!(faces.glyph('腰', true).outlined && !faces.glyph('腰', false).outlined && !faces.glyph('w', true).outlined);
    }

    #[test]
    fn a_word_stays_whole_beside_chinese_and_a_number_keeps_its_unit() {
        assert_eq!(broken("用Letter纸", 3.2), ["用", "Letter", "纸"]);
        assert_eq!(broken("怀孕22周", 3.5), ["怀孕", "22周"]);
        // Nothing fits: the word is broken, but not before its mark.
        assert_eq!(broken("xxxxxxxx，", 4.3).last().map(String::as_str), Some("x，"));
    }

    #[test]
    fn lines_break_at_spaces_and_between_chinese_characters_and_lose_nothing() {
        for text in ["I feel a cramp every ten minutes, low in my back", "我的腰很痛，一阵一阵的。已经三个小时了", &"x".repeat(90)] {
            let lines = broken(text, 10.0);
            assert!(lines.len() > 1, "{lines:?}");
            assert_eq!(lines.concat(), text);
        }
        assert!(broken("a cramp every ten minutes", 6.0).iter().rev().skip(1).all(|line| line.ends_with(' ')));
    }

    #[test]
    fn what_cannot_be_set_is_replaced() {
        assert_eq!(broken("ظهري", 99.0), ["\u{fffd}".repeat(4)]);
        assert_eq!(broken("腰痛", 99.0), ["腰痛"]);
    }
}
