//! What is written down of a case, in the forms that all doors share: the note for the unit, an episode's lines, the calendar.
//!
//! No input or output, no clock, no network: the same pack and the same case give the same bytes, in a terminal and in a
//! browser.
#![forbid(unsafe_code)]

pub mod calendar;
pub mod line;
pub mod note;
pub mod phone;
mod phrase;
mod private;
pub mod sbar;
pub mod sheet;
pub mod where_to;

pub use note::{Note, Refused};
pub use phrase::{answered, in_people, lower_first, sources};
pub use sheet::Sheet;
