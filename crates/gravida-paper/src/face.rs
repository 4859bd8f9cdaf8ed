//! The fonts of the note, and which glyph stands for a character; it never draws one wrongly, it says that it cannot.
#![allow(clippy::float_arithmetic, reason = "lengths on paper; nothing is decided with them")]

use krilla::text::Font;
use skrifa::instance::{LocationRef, Size};
use skrifa::{FontRef, MetadataProvider};

use crate::NotOnPaper;

static REGULAR: &[u8] = include_bytes!("../fonts/NotoSans-Regular.ttf");
static BOLD: &[u8] = include_bytes!("../fonts/NotoSans-Bold.ttf");
static WIDE: &[u8] = include_bytes!("../fonts/DroidSansFallback.ttf");

/// What stands in place of a character that no font here can show.
pub const REPLACEMENT: char = '\u{fffd}';

/// One character, ready to be drawn.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Glyph {
    pub character: char,
    pub face: usize,
    /// To be made bold by its outline: the wide font has no bold of its own.
    pub outlined: bool,
    pub id: u32,
    /// In units of the size of the text.
    pub advance: f32,
}

struct Face {
    font: Font,
    read: FontRef<'static>,
}

/// Where the font for Chinese, Japanese and Korean stands.
const WIDE_FACE: usize = 2;

/// Regular, bold, and one for Chinese, Japanese and Korean characters.
pub struct Faces(Vec<Face>);

impl Faces {
    pub fn load() -> Result<Faces, NotOnPaper> {
        let each = [REGULAR, BOLD, WIDE].into_iter().map(|bytes| {
            let font = Font::new(krilla::Data::from(std::sync::Arc::new(bytes) as std::sync::Arc<dyn AsRef<[u8]> + Send + Sync>), 0).ok_or(NotOnPaper::Font)?;
            let read = FontRef::new(bytes).map_err(|_| NotOnPaper::Font)?;
            Ok(Face { font, read })
        });
        Ok(Faces(each.collect::<Result<Vec<Face>, NotOnPaper>>()?))
    }

    pub fn font(&self, face: usize) -> Option<Font> {
        self.0.get(face).map(|face| face.font.clone())
    }

    /// The glyph of a character, or of [`REPLACEMENT`]. A control character has none, whatever a font says: no PDF may hold it.
    pub fn glyph(&self, character: char, bold: bool) -> Glyph {
        let character = if character.is_control() || needs_shaping(character) { REPLACEMENT } else { character };
        let found = |character: char| [usize::from(bold), WIDE_FACE].into_iter().find_map(|face| self.of_face(face, character));
        let glyph = found(character).or_else(|| found(REPLACEMENT)).unwrap_or(Glyph { character: '?', face: 0, outlined: false, id: 0, advance: 1.0 });
        Glyph { outlined: bold && glyph.face == WIDE_FACE, ..glyph }
    }

    fn of_face(&self, face: usize, character: char) -> Option<Glyph> {
        let read = &self.0.get(face)?.read;
        let id = read.charmap().map(character).filter(|id| id.to_u32() != 0)?;
        let advance = read.glyph_metrics(Size::new(1.0), LocationRef::default()).advance_width(id)?;
        Some(Glyph { character, face, outlined: false, id: id.to_u32(), advance })
    }
}

/// Scripts whose letters join, reorder or run from right to left. Set letter by letter they would read wrongly, so
/// they are replaced, and the note says so.
fn needs_shaping(character: char) -> bool {
    matches!(u32::from(character), 0x0590..=0x109F | 0x1100..=0x11FF | 0x1780..=0x18AF | 0xA8E0..=0xABFF | 0xE000..=0xF8FF
        | 0xFB1D..=0xFDFF | 0xFE70..=0xFEFF | 0x10800..=0x11FFF | 0xF0000..)
}
