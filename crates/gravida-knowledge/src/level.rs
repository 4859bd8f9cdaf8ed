//! Small words that several kinds of block share: when something applies, and the kinds of place to go to.

/// The kinds of place that a page may send a person to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    Emergency,
    Maternity,
    EarlyPregnancy,
    Doctor,
    Midwife,
    Physiotherapist,
    Pharmacist,
    Safety,
}

impl Role {
    pub const ALL: [Role; 8] = [
        Role::Emergency,
        Role::Maternity,
        Role::EarlyPregnancy,
        Role::Doctor,
        Role::Midwife,
        Role::Physiotherapist,
        Role::Pharmacist,
        Role::Safety,
    ];

    /// The word that pages and JSON use.
    pub fn word(self) -> &'static str {
        match self {
            Role::Emergency => "emergency",
            Role::Maternity => "maternity",
            Role::EarlyPregnancy => "early-pregnancy",
            Role::Doctor => "doctor",
            Role::Midwife => "midwife",
            Role::Physiotherapist => "physiotherapist",
            Role::Pharmacist => "pharmacist",
            Role::Safety => "safety",
        }
    }

    pub fn parse(word: &str) -> Option<Role> {
        Role::ALL.into_iter().find(|role| role.word() == word)
    }
}

/// When a fact applies: always, in some weeks of pregnancy (days, both included), or after birth.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Limit {
    Always,
    /// Days of pregnancy, both included.
    Pregnancy(u16, u16),
    /// Days after birth, both included.
    AfterBirth(u16, u16),
}

/// A kind of place, and when it is the right one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RoleAt {
    pub role: Role,
    pub limit: Limit,
}
