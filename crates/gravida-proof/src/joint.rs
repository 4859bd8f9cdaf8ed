//! Two packs side by side: what of one is what of the other, and the states that a person has in both; it never changes a pack.

use std::collections::{BTreeMap, BTreeSet};

use gravida_knowledge::{Answer, Answers, Case, Finding, FindingId, InterventionId, Knowledge, RedFlag, RedFlagId, When};

/// One of the two packs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Side {
    Old,
    New,
}

impl Side {
    pub const BOTH: [Side; 2] = [Side::Old, Side::New];
}

/// What the old and the new pack call the same thing; one is absent when it was added or removed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Both<I> {
    pub old: Option<I>,
    pub new: Option<I>,
}

impl<I: Copy> Both<I> {
    pub fn on(&self, side: Side) -> Option<I> {
        match side {
            Side::Old => self.old,
            Side::New => self.new,
        }
    }
}

/// Two packs, aligned.
pub struct Packs<'k> {
    pub old: &'k Knowledge,
    pub new: &'k Knowledge,
    pub findings: Vec<Both<FindingId>>,
    pub flags: Vec<Both<RedFlagId>>,
    pub interventions: Vec<Both<InterventionId>>,
    places: [BTreeMap<FindingId, usize>; 2],
}

/// Aligns by slug; what is left over on both sides is the same thing under a new name when `same` says so of one pair alone.
fn align<I: Copy + PartialEq>(old: &[(I, &str)], new: &[(I, &str)], same: impl Fn(I, I) -> bool) -> Vec<Both<I>> {
    let mut pairs: Vec<Both<I>> = Vec::new();
    let missing = |list: &[(I, &str)], slug: &str| !list.iter().any(|(_, other)| *other == slug);
    let gone: Vec<I> = old.iter().filter(|(_, slug)| missing(new, slug)).map(|(id, _)| *id).collect();
    let come: Vec<I> = new.iter().filter(|(_, slug)| missing(old, slug)).map(|(id, _)| *id).collect();
    for (id, slug) in new {
        let by_slug = old.iter().find(|(_, other)| other == slug).map(|(id, _)| *id);
        let renamed = || {
            let mut like = gone.iter().filter(|other| same(**other, *id));
            let one = like.next().copied()?;
            let back = come.iter().filter(|other| same(one, **other)).count();
            (like.next().is_none() && back == 1).then_some(one)
        };
        pairs.push(Both { old: by_slug.or_else(renamed), new: Some(*id) });
    }
    for (id, _) in old {
        if !pairs.iter().any(|pair| pair.old == Some(*id)) {
            pairs.push(Both { old: Some(*id), new: None });
        }
    }
    pairs
}

impl<'k> Packs<'k> {
    pub fn new(old: &'k Knowledge, new: &'k Knowledge) -> Packs<'k> {
        let named = |pack: &'k Knowledge| pack.finding_ids().map(|id| (id, pack.finding(id).slug.as_str())).collect::<Vec<_>>();
        let like = |a: &Finding, b: &Finding| a.answers == b.answers && (a.ask == b.ask || a.name == b.name);
        let findings = align(&named(old), &named(new), |a, b| like(old.finding(a), new.finding(b)));
        let place = |side: Side| findings.iter().enumerate().filter_map(|(at, both)| both.on(side).map(|id| (id, at))).collect();
        let places = [place(Side::Old), place(Side::New)];
        let mut packs = Packs { old, new, findings, flags: Vec::new(), interventions: Vec::new(), places };
        let named = |pack: &'k Knowledge| pack.red_flag_ids().map(|id| (id, pack.red_flag(id).slug.as_str())).collect::<Vec<_>>();
        let like = |a: &RedFlag, b: &RedFlag| {
            a.name == b.name || (a.urgency == b.urgency && a.if_unsure == b.if_unsure && packs.form(Side::Old, &a.when) == packs.form(Side::New, &b.when))
        };
        let flags = align(&named(old), &named(new), |a, b| like(old.red_flag(a), new.red_flag(b)));
        packs.flags = flags;
        let named = |pack: &'k Knowledge| pack.intervention_ids().map(|id| (id, pack.intervention(id).slug.as_str())).collect::<Vec<_>>();
        packs.interventions = align(&named(old), &named(new), |a, b| old.intervention(a).name == new.intervention(b).name);
        packs
    }

    pub fn pack(&self, side: Side) -> &'k Knowledge {
        match side {
            Side::Old => self.old,
            Side::New => self.new,
        }
    }

    /// The position in `findings` of a finding of one pack.
    pub fn place(&self, side: Side, finding: FindingId) -> usize {
        self.places[side as usize].get(&finding).copied().unwrap_or(usize::MAX)
    }

    /// The finding as the new pack writes it, else as the old one did.
    pub fn finding(&self, place: usize) -> &'k Finding {
        let both = self.findings[place];
        match (both.new, both.old) {
            (Some(id), _) => self.new.finding(id),
            (None, Some(id)) => self.old.finding(id),
            (None, None) => unreachable!("a pair has a side"),
        }
    }

    /// A rule written so that two rules that ask the same of the same findings are the same text.
    pub fn form(&self, side: Side, rule: &When) -> String {
        let list = |parts: &[When]| parts.iter().map(|part| self.form(side, part)).collect::<Vec<_>>().join(" ");
        match rule {
            When::Test { finding, low, high } => {
                let answers = &self.pack(side).finding(*finding).answers;
                format!("({} {}..{})", self.place(side, *finding), answers.show(*low), answers.show(*high))
            }
            When::All(parts) => format!("(all {})", list(parts)),
            When::Any(parts) => format!("(any {})", list(parts)),
            When::Count(n, parts) => format!("({n} of {})", list(parts)),
        }
    }

    /// Whether a finding, as one that rules read, differs: its answers, or when it is asked.
    pub fn asks_otherwise(&self, place: usize) -> bool {
        let both = self.findings[place];
        let (Some(old), Some(new)) = (both.old, both.new) else { return true };
        let (old, new) = (self.old.finding(old), self.new.finding(new));
        let form = |side, rule: &Option<When>| rule.as_ref().map(|rule| self.form(side, rule));
        old.answers != new.answers || form(Side::Old, &old.asked) != form(Side::New, &new.asked)
    }

    /// Adds every finding that a rule of one pack reads to a list that may hold some of them already.
    pub fn add_cone(&self, side: Side, rule: &When, found: &mut Vec<usize>) {
        let mut cone = Vec::new();
        self.cone(side, rule, &mut cone);
        for place in cone {
            if !found.contains(&place) {
                found.push(place);
            }
        }
    }

    /// Every finding that a rule of one pack reads, with those that decide whether they are asked, these first. What
    /// `found` holds already was added with them.
    pub fn cone(&self, side: Side, rule: &When, found: &mut Vec<usize>) {
        rule.tests(&mut |finding, _, _| {
            let place = self.place(side, finding);
            if !found.contains(&place) {
                if let Some(asked) = &self.pack(side).finding(finding).asked {
                    self.cone(side, asked, found);
                }
                found.push(place);
            }
        });
    }
}

/// An answer as both packs understand it. What a pack does not know is "not sure" there, as it is when a case is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct JointState {
    pub old: Answer,
    pub new: Answer,
    /// How many answers no rule in question tells apart from it.
    pub size: u64,
    /// First value of its first segment and last value of its last one, on the scale of the finding.
    pub from: u16,
    pub to: u16,
    /// For an answer that is a range over several segments: last value of the first, first value of the last.
    pub until: u16,
    pub since: u16,
    /// In one segment: no rule in question cuts it.
    pub whole: bool,
}

impl JointState {
    pub fn on(&self, side: Side) -> Answer {
        match side {
            Side::Old => self.old,
            Side::New => self.new,
        }
    }
}

/// The findings that some rules read, in the order of the variables of a diagram, each with its states.
pub struct Joint<'p, 'k> {
    pub packs: &'p Packs<'k>,
    /// The place of each variable's finding.
    pub variables: Vec<usize>,
    pub states: Vec<Vec<JointState>>,
    at: BTreeMap<usize, usize>,
}

impl<'p, 'k> Joint<'p, 'k> {
    /// The states that the rules (and the limits, from value to value of a finding) tell apart.
    pub fn of(packs: &'p Packs<'k>, rules: &[(Side, &When)], limits: &[(Side, FindingId, u16, u16)]) -> Joint<'p, 'k> {
        let mut cuts: BTreeMap<usize, BTreeSet<u16>> = BTreeMap::new();
        let mut cones: Vec<Vec<usize>> = Vec::new();
        let mut variables: Vec<usize> = Vec::new();
        for (side, finding, low, high) in limits {
            let place = packs.place(*side, *finding);
            cuts.entry(place).or_default().extend([*low, high.saturating_add(1)]);
            if let Some(asked) = &packs.pack(*side).finding(*finding).asked {
                packs.add_cone(*side, asked, &mut variables);
            }
            if !variables.contains(&place) {
                variables.push(place);
            }
        }
        for (side, rule) in rules {
            let mut cone = Vec::new();
            packs.cone(*side, rule, &mut cone);
            for place in &cone {
                if !variables.contains(place) {
                    variables.push(*place);
                }
            }
            cones.push(cone);
            cut(packs, *side, rule, &mut cuts);
        }
        for place in &variables {
            for side in Side::BOTH {
                if let Some(asked) = packs.findings[*place].on(side).and_then(|id| packs.pack(side).finding(id).asked.as_ref()) {
                    cut(packs, side, asked, &mut cuts);
                }
            }
        }
        let variables = near(&cones, variables);
        let none = BTreeSet::new();
        let states = variables.iter().map(|place| states(packs, *place, cuts.get(place).unwrap_or(&none))).collect();
        let at = variables.iter().enumerate().map(|(at, place)| (*place, at)).collect();
        Joint { packs, variables, states, at }
    }

    /// The variable of a finding.
    pub fn variable(&self, side: Side, finding: FindingId) -> usize {
        self.at.get(&self.packs.place(side, finding)).copied().unwrap_or(usize::MAX)
    }

    /// How many answers each state holds.
    pub fn sizes(&self) -> Vec<Vec<u64>> {
        self.states.iter().map(|states| states.iter().map(|state| state.size).collect()).collect()
    }

    /// A person in these states, as one pack reads them.
    pub fn case(&self, side: Side, chosen: &[usize]) -> Case {
        let mut case = Case::new(self.packs.pack(side));
        for (variable, state) in chosen.iter().enumerate() {
            if let Some(id) = self.packs.findings[self.variables[variable]].on(side) {
                case.set(id, self.states[variable][*state].on(side));
            }
        }
        case
    }
}

/// Findings that the same rules read, side by side (Aloul, Markov and Sakallah's FORCE): each moves to the middle of
/// its rules, each rule is in the middle of its findings, until the rules span no less. This keeps diagrams small.
fn near(cones: &[Vec<usize>], variables: Vec<usize>) -> Vec<usize> {
    const FINE: i64 = 1 << 16;
    let mut order = variables;
    let (mut best, mut least) = (order.clone(), i64::MAX);
    for _ in 0..200 {
        let place: BTreeMap<usize, i64> = order.iter().zip(0..).map(|(one, at)| (*one, at)).collect();
        let span: i64 = cones.iter().map(|cone| {
            let at = || cone.iter().map(|one| place[one]);
            at().max().unwrap_or(0) - at().min().unwrap_or(0)
        }).sum();
        if span < least {
            (best, least) = (order.clone(), span);
        }
        let middle = |sum: i64, count: usize| sum / (count.max(1) as i64);
        let centres: Vec<i64> = cones.iter().map(|cone| middle(cone.iter().map(|one| place[one] * FINE).sum(), cone.len())).collect();
        let mut pulls: BTreeMap<usize, (i64, usize)> = BTreeMap::new();
        for (cone, centre) in cones.iter().zip(&centres) {
            for one in cone {
                let pull = pulls.entry(*one).or_default();
                *pull = (pull.0 + centre, pull.1 + 1);
            }
        }
        order.sort_by_key(|one| pulls.get(one).map_or(place[one] * FINE, |(sum, count)| middle(*sum, *count)));
    }
    best
}

fn cut(packs: &Packs, side: Side, rule: &When, cuts: &mut BTreeMap<usize, BTreeSet<u16>>) {
    rule.tests(&mut |finding, low, high| {
        cuts.entry(packs.place(side, finding)).or_default().extend([low, high.saturating_add(1)]);
    });
}

fn states(packs: &Packs, place: usize, cuts: &BTreeSet<u16>) -> Vec<JointState> {
    let both = packs.findings[place];
    let old = both.old.map(|id| &packs.old.finding(id).answers);
    let new = both.new.map(|id| &packs.new.finding(id).answers);
    let plain = |answer| JointState { old: answer, new: answer, size: 1, from: 0, to: 0, until: 0, since: 0, whole: true };
    let mut states = vec![plain(Answer::Unasked), plain(Answer::NotSure)];
    let alike = match (old, new) {
        (Some(old), Some(new)) => std::mem::discriminant(old) == std::mem::discriminant(new),
        _ => false,
    };
    match (old, new) {
        (Some(old), Some(new)) if alike => scale(Some(old), Some(new), cuts, &mut states),
        // Scales of two kinds have no answer in common, and a finding of one pack has no other scale.
        (old, new) => {
            if old.is_some() {
                scale(old, None, cuts, &mut states);
            }
            if new.is_some() {
                scale(None, new, cuts, &mut states);
            }
        }
    }
    states
}

/// Adds the answers of a scale that both packs have, or one of them.
fn scale(old: Option<&Answers>, new: Option<&Answers>, cuts: &BTreeSet<u16>, states: &mut Vec<JointState>) {
    let some: Vec<&Answers> = [new, old].into_iter().flatten().collect();
    if let Answers::Choices(_) = some[0] {
        let list = |answers: Option<&Answers>| match answers {
            Some(Answers::Choices(list)) => list.clone(),
            _ => Vec::new(),
        };
        let (old, new) = (list(old), list(new));
        let view = |list: &[String], word: &str| list.iter().position(|other| other == word).map_or(Answer::NotSure, |at| Answer::exactly(at as u16));
        for word in new.iter().chain(old.iter().filter(|word| !new.contains(word))) {
            // The scale that a state is described on is that of the new pack, else of the old one.
            let at = if new.contains(word) { new.iter().position(|w| w == word) } else { old.iter().position(|w| w == word) }.unwrap_or(0) as u16;
            states.push(JointState { old: view(&old, word), new: view(&new, word), size: 1, from: at, to: at, until: at, since: at, whole: true });
        }
        return;
    }
    let ends: Vec<(u16, u16)> = some.iter().map(|answers| answers.ends()).collect();
    let low = ends.iter().map(|(low, _)| *low).min().unwrap_or(0);
    let high = ends.iter().map(|(_, high)| *high).max().unwrap_or(0);
    let outer = ends.iter().flat_map(|(low, high)| [*low, high.saturating_add(1)]);
    let starts: BTreeSet<u16> = cuts.iter().copied().chain(outer).filter(|cut| low < *cut && *cut <= high).chain([low]).collect();
    let starts: Vec<u16> = starts.into_iter().collect();
    let last: Vec<u16> = starts.iter().skip(1).map(|next| next - 1).chain([high]).collect();
    let length = |i: usize| u64::from(last[i] - starts[i]) + 1;
    let view = |answers: Option<&Answers>, i: usize, j: usize| {
        let (low, high) = answers.map_or((1, 0), Answers::ends);
        if low <= starts[i] && last[j] <= high { Answer::Between(starts[i], starts[j]) } else { Answer::NotSure }
    };
    for i in 0..starts.len() {
        for j in i..starts.len() {
            let (old, new) = (view(old, i, j), view(new, i, j));
            if (old, new) == (Answer::NotSure, Answer::NotSure) {
                continue;
            }
            let size = if i == j { length(i) * (length(i) + 1) / 2 } else { length(i) * length(j) };
            states.push(JointState { old, new, size, from: starts[i], to: last[j], until: last[i], since: starts[j], whole: i == j });
        }
    }
}
