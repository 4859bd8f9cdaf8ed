//! All smallest sets of findings for which something holds; it knows nothing of what that is.

use std::collections::{BTreeSet, VecDeque};

use gravida_knowledge::FindingId;

/// Sets of findings, the smallest first, and whether there are more.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Minimal {
    pub sets: Vec<Vec<FindingId>>,
    /// True when the search stopped before it had seen all of them.
    pub more: bool,
}

/// So many questions are put to `holds` before the search stops: it ends on every pack, in bounded time.
const MOST_QUESTIONS: usize = 4_000;

/// Finds the minimal subsets of `universe` for which `holds` is true, at most `most` of them. `holds` must be true of
/// every set that contains one for which it is true.
///
/// Each set that is found must lose a member in any other that is not found yet: so each member is left out in turn,
/// and the rest is searched again (Reiter's tree of hitting sets). When the search ends by itself, none is missing.
pub(crate) fn minimal_sets(universe: &[FindingId], most: usize, mut holds: impl FnMut(&[FindingId]) -> bool) -> Minimal {
    let mut asked = 0;
    let mut holds = |set: &[FindingId]| {
        asked += 1;
        (holds(set), asked <= MOST_QUESTIONS)
    };
    let mut found = Minimal::default();
    let mut seen = BTreeSet::from([BTreeSet::new()]);
    let mut queue = VecDeque::from([BTreeSet::<FindingId>::new()]);
    while let Some(without) = queue.pop_front() {
        let known = found.sets.iter().find(|set| set.iter().all(|id| !without.contains(id))).cloned();
        let set = match known {
            Some(set) => set,
            None => {
                let rest: Vec<FindingId> = universe.iter().copied().filter(|id| !without.contains(id)).collect();
                let (true_of_rest, in_time) = holds(&rest);
                if !in_time {
                    found.more = true;
                    break;
                }
                if !true_of_rest {
                    continue;
                }
                if found.sets.len() == most {
                    found.more = true;
                    break;
                }
                let set = shrink(rest, &mut |set| holds(set).0);
                found.sets.push(set.clone());
                set
            }
        };
        for id in set {
            let mut less = without.clone();
            less.insert(id);
            if seen.insert(less.clone()) {
                queue.push_back(less);
            }
        }
    }
    for set in &mut found.sets {
        set.sort_unstable();
    }
    found.sets.sort_by(|a, b| a.len().cmp(&b.len()).then(a.cmp(b)));
    found
}

/// One minimal set inside `set`, for which `holds` is true: whatever can go, goes.
fn shrink(mut set: Vec<FindingId>, holds: &mut impl FnMut(&[FindingId]) -> bool) -> Vec<FindingId> {
    for id in set.clone() {
        let less: Vec<FindingId> = set.iter().copied().filter(|one| *one != id).collect();
        if holds(&less) {
            set = less;
        }
    }
    set
}
