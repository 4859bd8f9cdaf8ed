//! The note on paper: a tagged PDF. It lays out what `gravida-record` says, adds no word, and reads no clock or file.
//!
//! The same sheet and paper give the same bytes. What breaks a rule of PDF/UA-1 that krilla checks is refused, not written.
#![forbid(unsafe_code)]

mod face;
mod layout;
mod pdf;

pub use gravida_record::Paper;
pub use pdf::pdf;

/// Why a sheet could not be put on paper. There is no half of a PDF: nothing was written.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum NotOnPaper {
    /// A font that is compiled in could not be read; a released program has none such.
    #[error("a font of this program cannot be read")]
    Font,
    /// The size of the paper is none for a PDF.
    #[error("there is no paper of this size")]
    Size,
    /// The document would break the rules for screen readers. It holds what krilla said, which can quote the note: it is for
    /// the person who makes the note, and for no log.
    #[error("the note cannot be written as an accessible PDF: {0}")]
    NotAccessible(String),
}
