//! The checked, linked pack; a value of this type exists only for a pack without errors.

use crate::claim::Claim;
use crate::condition::Condition;
use crate::example::Example;
use crate::finding::Finding;
use crate::follow_up::FollowUpRule;
use crate::food::{Food, Nutrient};
use crate::intervention::Intervention;
use crate::language::Language;
use crate::place::Place;
use crate::property::Property;
use crate::red_flag::RedFlag;
use crate::screen::Screen;
use crate::source::Source;
use crate::text::Text;

macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub(crate) u16);

        impl $name {
            /// The position in the list of its [`Knowledge`].
            pub fn index(self) -> usize {
                usize::from(self.0)
            }
        }
    };
}

id!(
    /// Names a [`Finding`] of one pack.
    FindingId
);
id!(
    /// Names a [`Screen`] of one pack.
    ScreenId
);
id!(
    /// Names a [`RedFlag`] of one pack.
    RedFlagId
);
id!(
    /// Names a [`Condition`] of one pack.
    ConditionId
);
id!(
    /// Names an [`Intervention`] of one pack.
    InterventionId
);
id!(
    /// Names a [`FollowUpRule`] of one pack.
    FollowUpId
);
id!(
    /// Names a [`Source`] of one pack.
    SourceId
);
id!(
    /// Names a [`Nutrient`] of one pack.
    NutrientId
);
id!(
    /// Names a [`Food`] of one pack.
    FoodId
);

/// Where a block stands: the page and the line of its fence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Origin {
    pub file: String,
    pub line: u32,
}

/// A whole pack, checked and linked. Lists are in the order of their pages' names, screens in the order they are shown.
#[derive(Debug, Clone)]
pub struct Knowledge {
    pub findings: Vec<Finding>,
    pub screens: Vec<Screen>,
    pub red_flags: Vec<RedFlag>,
    pub conditions: Vec<Condition>,
    pub interventions: Vec<Intervention>,
    pub follow_ups: Vec<FollowUpRule>,
    pub claims: Vec<Claim>,
    pub sources: Vec<Source>,
    pub examples: Vec<Example>,
    pub properties: Vec<Property>,
    pub places: Vec<Place>,
    pub texts: Vec<Text>,
    pub nutrients: Vec<Nutrient>,
    pub foods: Vec<Food>,
    /// SHA-256 over all pages, as 64 hexadecimal digits.
    pub hash: String,
    /// The language of the words. Everything else is the same in all.
    pub language: Language,
}

impl Knowledge {
    pub fn finding(&self, id: FindingId) -> &Finding {
        &self.findings[id.index()]
    }

    pub fn red_flag(&self, id: RedFlagId) -> &RedFlag {
        &self.red_flags[id.index()]
    }

    pub fn condition(&self, id: ConditionId) -> &Condition {
        &self.conditions[id.index()]
    }

    pub fn intervention(&self, id: InterventionId) -> &Intervention {
        &self.interventions[id.index()]
    }

    pub fn screen(&self, id: ScreenId) -> &Screen {
        &self.screens[id.index()]
    }

    pub fn source(&self, id: SourceId) -> &Source {
        &self.sources[id.index()]
    }

    pub fn nutrient(&self, id: NutrientId) -> &Nutrient {
        &self.nutrients[id.index()]
    }

    pub fn food(&self, id: FoodId) -> &Food {
        &self.foods[id.index()]
    }

    /// The finding that pages call `slug`.
    pub fn find_finding(&self, slug: &str) -> Option<&Finding> {
        self.findings.iter().find(|finding| finding.slug == slug)
    }

    pub fn find_condition(&self, slug: &str) -> Option<&Condition> {
        self.conditions.iter().find(|condition| condition.slug == slug)
    }

    pub fn find_intervention(&self, slug: &str) -> Option<&Intervention> {
        self.interventions.iter().find(|intervention| intervention.slug == slug)
    }

    pub fn find_place(&self, slug: &str) -> Option<&Place> {
        self.places.iter().find(|place| place.slug == slug)
    }

    pub fn find_text(&self, slug: &str) -> Option<&Text> {
        self.texts.iter().find(|text| text.slug == slug)
    }

    /// The words of a `text` block; a pack that lacks one that the program shows is refused when it is read.
    pub fn text(&self, slug: &str) -> &str {
        self.texts.iter().find(|text| text.slug == slug).map_or("", |text| text.say.as_str())
    }

    /// The longest time until help at a level, in minutes, as the text `clock-…` of the pack says.
    pub fn clock_minutes(&self, level: crate::urgency::Urgency) -> Option<u32> {
        let slug = format!("clock-{level}");
        self.texts.iter().find(|text| text.slug == slug).and_then(|text| text.within_minutes)
    }

    pub fn finding_ids(&self) -> impl Iterator<Item = FindingId> + use<> {
        (0..self.findings.len()).map(|i| FindingId(i as u16))
    }

    pub fn red_flag_ids(&self) -> impl Iterator<Item = RedFlagId> + use<> {
        (0..self.red_flags.len()).map(|i| RedFlagId(i as u16))
    }

    pub fn condition_ids(&self) -> impl Iterator<Item = ConditionId> + use<> {
        (0..self.conditions.len()).map(|i| ConditionId(i as u16))
    }

    pub fn intervention_ids(&self) -> impl Iterator<Item = InterventionId> + use<> {
        (0..self.interventions.len()).map(|i| InterventionId(i as u16))
    }

    pub fn nutrient_ids(&self) -> impl Iterator<Item = NutrientId> + use<> {
        (0..self.nutrients.len()).map(|i| NutrientId(i as u16))
    }

    pub fn food_ids(&self) -> impl Iterator<Item = FoodId> + use<> {
        (0..self.foods.len()).map(|i| FoodId(i as u16))
    }

    pub fn screen_ids(&self) -> impl Iterator<Item = ScreenId> + use<> {
        (0..self.screens.len()).map(|i| ScreenId(i as u16))
    }
}
