//! From a case to an assessment: how soon, what it may be, what to ask next and what may ease it.
//!
//! Pure and total: no input or output, no clock, no randomness, no floating point, no failure. The same pack and
//! the same case give the same assessment on every machine. Triage never reads the differential.
#![forbid(unsafe_code)]
#![deny(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::float_arithmetic,
    clippy::disallowed_methods,
    clippy::disallowed_types
)]

mod assess;
mod care_plan;
mod certificate;
mod completion;
mod differential;
mod evidence;
pub mod follow_up;
mod food_words;
mod forcing;
mod intake;
mod interview;
mod kept_back;
mod look_again;
mod minimal;
mod partner;
mod partner_view;
mod purpose;
mod safety_net;
mod session;
mod time;
mod triage;
mod voices;

pub use assess::{Assessment, assess};
pub use care_plan::{CarePlan, Group, LeftOut, Offer, WhyLeftOut, care_plan, why_not_now};
pub use certificate::{Certificate, check_certificate};
pub use differential::{Band, Candidate, Differential, Tie, Weighing, differential};
pub use evidence::rows_behind;
pub use forcing::{Forced, Forcing, HeldUp, forces, forcing};
pub use intake::{DaySum, Entry, Intake, WhyNotCounted, intake};
pub use interview::{Next, next_question};
pub use kept_back::KeptBack;
pub use look_again::{LookAgain, look_again};
pub use partner::{PartnerCard, partner_card};
pub use partner_view::{PartnerView, partner_view};
pub use purpose::{Purpose, purpose};
pub use safety_net::{Sooner, call_sooner, sooner_tries};
pub use session::{Phase as SessionPhase, Session, SessionEvent, SessionView, StopReason, Turn};
pub use time::Time;
pub use triage::{FlagState, Reason, Triage, triage};
pub use voices::{Heard, Merged, Speaker, merge, what_counts};
