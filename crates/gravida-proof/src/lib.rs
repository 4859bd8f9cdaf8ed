//! What the pack promises, for every person who could ever answer; it never decides anything about one person.
//!
//! The encoding is derived from the linked `Knowledge`. "Holds" is believed when two solvers of different families
//! agree and a checker of its own follows the proof; a counterexample is made small and re-checked by the plain evaluator.
#![forbid(unsafe_code)]

mod checker;
mod encoding;
mod how_soon;
mod interview;
mod machine;
mod person;
mod property;
mod prover;
mod reach;
mod solver;
mod space;
mod theorem;

pub use encoding::{Copy, Encoding, Mode};
pub use machine::{T14, t14};
pub use person::Person;
pub use solver::{Model, Twins};
pub use space::{Space, State};
pub use theorem::{Counterexample, Proof, Verdict, answer_space, prove, theorem_ids};
