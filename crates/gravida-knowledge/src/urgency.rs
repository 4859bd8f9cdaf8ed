//! The five levels of urgency, from calm to emergency; it never says what a level means to a person (the pack does).

use std::fmt;

/// How soon help is needed. The order is the order of danger.
///
/// ```
/// use gravida_knowledge::Urgency;
/// assert!(Urgency::Today < Urgency::Emergency);
/// assert_eq!(Urgency::parse("this-week"), Some(Urgency::ThisWeek));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Urgency {
    SelfCare,
    Routine,
    ThisWeek,
    Today,
    Emergency,
}

impl Urgency {
    /// All levels, calmest first.
    pub const ALL: [Urgency; 5] =
        [Urgency::SelfCare, Urgency::Routine, Urgency::ThisWeek, Urgency::Today, Urgency::Emergency];

    /// The word that pages and JSON use.
    pub fn word(self) -> &'static str {
        match self {
            Urgency::SelfCare => "self-care",
            Urgency::Routine => "routine",
            Urgency::ThisWeek => "this-week",
            Urgency::Today => "today",
            Urgency::Emergency => "emergency",
        }
    }

    /// The level that a word names.
    pub fn parse(word: &str) -> Option<Urgency> {
        Urgency::ALL.into_iter().find(|level| level.word() == word)
    }
}

impl fmt::Display for Urgency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}
