//! What is written down of a case, in the forms that all doors share: the note for the unit, an episode's lines, the calendar.
//!
//! No input or output, no clock, no network: the same pack and the same case give the same bytes, in a terminal and in a
//! browser.
#![forbid(unsafe_code)]

pub mod base45;
pub mod calendar;
mod case;
pub mod line;
pub mod note;
pub mod payload;
pub mod phone;
mod phrase;
mod private;
mod record;
pub mod sbar;
pub mod sheet;
pub mod where_to;

pub use case::{CASE_SCHEMA, answers_json, case_answers, case_json};
pub use note::{Note, Refused};
pub use phrase::{answered, fill, in_so_many, is_wide, level_word, listed, lower_first, sources};
pub use record::{EPISODE_SCHEMA, LARGEST_EPISODE, LARGEST_LINE, NotAnEpisode, Problem, Record, first_line, standing_texts};
pub use sheet::{Paper, Sheet};
