//! The promises of a day's food, on the real pack: total on any text, and sums that only grow.

use std::sync::OnceLock;

use gravida_assessment::{Entry, intake};
use gravida_house::pack;
use gravida_knowledge::Knowledge;
use proptest::prelude::*;

fn knowledge() -> &'static Knowledge {
    static PACK: OnceLock<Knowledge> = OnceLock::new();
    PACK.get_or_init(pack)
}

fn any_day() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        3 => any::<prop::sample::Index>().prop_map(|at| { let foods = &knowledge().foods; foods[at.index(foods.len())].name.clone() }),
        2 => "[0-9]{1,6}(\\.[0-9]{1,4})?",
        2 => prop::sample::select(vec![" g ", " kg ", " ml ", " to ", "-", " half ", ",", ";", "\n", " calcium ", " mg ", " ", "/"]).prop_map(str::to_owned),
        1 => "\\PC{0,6}",
    ];
    prop::collection::vec(piece, 0..12).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    /// Any text is understood or listed; a range has its ends in order.
    #[test]
    fn any_text_is_kept(day in any_day()) {
        let found = intake(knowledge(), &day);
        let mut rest = day.as_str();
        for entry in &found.entries {
            let (Entry::Food { text, .. } | Entry::Nutrient { text, .. } | Entry::NotCounted { text, .. }) = entry;
            let at = rest.find(text.as_str());
            prop_assert!(at.is_some(), "{text:?} in {day:?}");
            rest = &rest[at.unwrap_or(0) + text.len()..];
        }
        let in_order = |entry: &Entry| match entry {
            Entry::Food { low, high, .. } | Entry::Nutrient { low, high, .. } => low <= high,
            Entry::NotCounted { .. } => true,
        };
        prop_assert!(found.entries.iter().all(in_order));
        prop_assert!(found.sums.iter().all(|sum| sum.low <= sum.high));
    }

    /// One entry more never makes a sum smaller.
    #[test]
    fn more_food_is_never_less(day in any_day(), more in any_day()) {
        let (one, both) = (intake(knowledge(), &day), intake(knowledge(), &format!("{day}\n{more}")));
        for (one, both) in one.sums.iter().zip(&both.sums) {
            prop_assert!(both.low >= one.low && both.high >= one.high);
        }
    }
}
