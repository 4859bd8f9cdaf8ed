//! The limits of the loop, read from the pack; it never holds a number of its own.

use gravida_knowledge::{Knowledge, Share, Urgency};

/// Every limit that the loop keeps.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rules {
    /// The clock of each level in minutes, calmest first; a level without one borrows that of the next level up.
    longest: [u32; 5],
    /// How long a calm level may last without confirmed improvement, in minutes.
    pub fair_try: u32,
    /// The contact about pain from which a professional should know of it.
    pub contacts: u8,
    /// Points of pain, and of daily things, that are a change.
    pub change_pain: u8,
    pub change_function: u8,
    /// The share of the pain at the start that is a change.
    pub change_share: Share,
}

impl Rules {
    /// Reads the limits. The error names the `text` block that is missing or says no limit.
    pub fn of(knowledge: &Knowledge) -> Result<Rules, &'static str> {
        let count = |slug: &'static str| {
            let count = knowledge.find_text(slug).and_then(|text| text.count).and_then(|count| u8::try_from(count).ok());
            count.filter(|count| *count > 0).ok_or(slug)
        };
        let fair_try = knowledge.find_text("follow-trial").and_then(|text| text.within_minutes).ok_or("follow-trial")?;
        let change_share = knowledge.find_text("follow-change-pain").and_then(|text| text.from).ok_or("follow-change-pain")?;
        // From the top: an emergency waits for nothing, and a calmer level without a clock has the next one's.
        let mut longest = [0; 5];
        let mut above = 0;
        for (slot, level) in longest.iter_mut().zip(Urgency::ALL).rev() {
            above = if level == Urgency::Emergency { 0 } else { knowledge.clock_minutes(level).unwrap_or(above) };
            *slot = above;
        }
        Ok(Rules {
            longest,
            fair_try,
            contacts: count("follow-attention")?,
            change_pain: count("follow-change-pain")?,
            change_function: count("follow-change-function")?,
            change_share,
        })
    }

    /// The longest wait at a level before looking again, in minutes.
    pub fn longest(&self, level: Urgency) -> u32 {
        let clocks = Urgency::ALL.iter().zip(self.longest);
        clocks.into_iter().find(|(one, _)| **one == level).map_or(0, |(_, minutes)| minutes)
    }

    /// How long a level may last before the next step is taken when no professional has looked, in minutes.
    pub fn span(&self, level: Urgency) -> u32 {
        if level <= Urgency::Routine { self.fair_try } else { self.longest(level) }
    }
}

/// The level one step up; an emergency has none above.
pub fn next_up(level: Urgency) -> Urgency {
    Urgency::ALL.into_iter().find(|other| *other > level).unwrap_or(Urgency::Emergency)
}
