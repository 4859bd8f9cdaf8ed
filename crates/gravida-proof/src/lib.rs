//! What the pack promises, for every person who could ever answer; it never decides anything about one person.
//!
//! The encoding is derived from the linked `Knowledge`. "Holds" is believed when two solvers of different families
//! agree and a checker of its own follows the proof; a counterexample is made small and re-checked by the plain evaluator.
#![forbid(unsafe_code)]

mod changes;
mod checker;
mod diagram;
mod diff;
mod encoding;
mod how_soon;
mod interview;
mod joint;
mod meaning;
mod machine;
mod person;
mod property;
mod prover;
mod reach;
mod region;
mod search;
mod solver;
mod sooner;
mod space;
mod theorem;

pub use changes::{BlockChange, Fate, Line};
pub use diff::{Acted, Difference, Edition, Example, FlagChange, LevelMove, MOST_NODES, Moved, PlanChange, compare};
pub use encoding::{Copy, Encoding, Mode};
pub use machine::{T14, t14};
pub use person::Person;
pub use region::Region;
pub use solver::{Model, Twins};
pub use space::{Space, State};
pub use theorem::{Counterexample, Proof, Verdict, answer_space, prove, prove_in, prove_properties, theorem_ids};
