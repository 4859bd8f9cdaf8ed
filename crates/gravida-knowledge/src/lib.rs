//! Reads a folder of clinical pages into a checked, linked [`Knowledge`]; it never decides anything about a person.
//!
//! Reading never fails: [`read`] returns every [`Diagnostic`] of the pack at once, and a [`Knowledge`] exists
//! only for a pack without errors. The grammar stands on one page, `knowledge/README.md`.

mod case;
mod claim;
mod condition;
mod count;
mod diagnostic;
mod example;
mod finding;
mod follow_up;
mod food;
mod format;
mod intervention;
mod json;
mod knowledge;
mod language;
mod level;
mod pack;
mod place;
mod property;
mod read;
mod red_flag;
mod screen;
mod share;
mod source;
mod text;
mod urgency;
mod when;

pub use case::{Answer, Case};
pub use claim::Claim;
pub use condition::{Condition, Evidence, EvidenceKind, Prior};
pub use count::{Counts, counts};
pub use diagnostic::{Diagnostic, Severity, nearest};
pub use example::{Example, Expectation, Others};
pub use finding::{Answers, Finding, Who};
pub use follow_up::FollowUpRule;
pub use food::{Content, Food, Mass, Nutrient, Reference, Unit};
pub use format::format_page;
pub use intervention::{Advice, Intervention, Step};
pub use json::{PACK_SCHEMA, pack_json};
pub use knowledge::{
    ConditionId, FindingId, FollowUpId, FoodId, InterventionId, Knowledge, NutrientId, Origin, RedFlagId, ScreenId, SourceId,
};
pub use language::{Direction, Language, SOURCE_LANGUAGE, Stamped, is_translation, languages, not_only_words, read_language, skeleton, stamp};
pub use level::{Limit, Role, RoleAt};
pub use pack::{Page, read, read_folder};
pub use place::{Place, Service};
pub use property::Property;
pub use read::{KINDS, Keyword, Kind};
pub use red_flag::RedFlag;
pub use screen::{Phase, Screen};
pub use share::{Share, Spread, UNIT, Weight, exp2};
pub use source::{Cite, Mark, Passage, Source};
pub use text::Text;
pub use urgency::Urgency;
pub use when::{Verdict, When};
