//! What the pack promises, for every person who could ever answer; it never decides anything about one person.
//!
//! The encoding is derived from the linked `Knowledge`. "Holds" is believed when two solvers of different families
//! agree; a counterexample is made small and re-checked by the plain evaluator.
#![forbid(unsafe_code)]

mod encoding;
mod machine;
mod person;
mod solver;
mod space;
mod theorem;

pub use encoding::{Copy, Encoding, Mode};
pub use machine::{T14, t14};
pub use person::Person;
pub use solver::{Model, Twins};
pub use space::{Space, State};
pub use theorem::{Counterexample, Proof, Verdict, prove, theorem_ids};
