//! The loop that looks again: how an episode of pain goes on from contact to contact; it never asks what time it is.
//!
//! Times are whole minutes since 1970 in UTC and come in with the events. `docs/decisions/0010` says why the rules
//! are as they are; theorem T14 is about this module.

mod course;
mod episode;
mod fresh;
mod machine;
mod rules;

pub use course::{Baseline, Scales, TOP, Trend, trend};
pub use episode::{Entry, Episode, Kind, Look, Point};
pub use fresh::{carry_over, danger_asked};
pub use machine::{Contact, Course, Deadlines, Ending, Event, Note, Standing, State, What, escalates_by, standing, step};
pub use rules::Rules;
