//! What moves for a person between two packs, exactly and for everybody; it never decides whether a move is right.
//!
//! What a flag counts for, and the level to act on, are built as decision diagrams for both packs over the same
//! states, so the persons that move are counted and not searched. Examples are re-checked by the plain evaluator.
//! Where a diagram would grow past its bound, two solvers say whether anybody moves, and nothing is counted.

use gravida_assessment::triage;
use gravida_knowledge::{Answer, Case, FindingId, InterventionId, Knowledge, Limit, Page, RedFlagId, Urgency, When};
use num_bigint::BigUint;

use crate::changes::{BlockChange, Fate, changes};
use crate::diagram::{Diagrams, LEVELS, Node, TooLarge};
use crate::joint::{Both, Joint, Packs, Side};
use crate::meaning::{Meaning, weeks};
use crate::region::{Region, regions};
use crate::search::somebody;

/// At most so many nodes for one pair of packs: some hundred megabytes.
pub const MOST_NODES: usize = 2_000_000;

/// A pack with the pages that it was read from.
#[derive(Clone, Copy)]
pub struct Edition<'k> {
    pub knowledge: &'k Knowledge,
    pub pages: &'k [Page],
}

/// Sets of answers that move alike.
#[derive(Debug, Clone)]
pub struct Moved {
    /// How many, over the findings that the rule can read; `None` when that was too much to count.
    pub count: Option<BigUint>,
    pub regions: Vec<Region>,
    /// How many of them stand in no region, because there were too many regions to write down.
    pub more: BigUint,
}

/// Somebody whose level to act on moves; the plain evaluator says so too.
#[derive(Debug, Clone)]
pub struct Example {
    pub old: Case,
    pub new: Case,
    pub words: String,
    pub from: Urgency,
    pub to: Urgency,
}

/// Whether the level to act on moves with a flag.
#[derive(Debug, Clone)]
pub enum Acted {
    /// Never: whoever is meant has another flag that asks for as much.
    Never,
    /// For so many sets of answers, over all findings that flags read; `None` when that was too much to count.
    For(Option<BigUint>, Example),
}

/// Sets of answers for which a flag counts otherwise.
#[derive(Debug, Clone)]
pub struct LevelMove {
    pub from: Urgency,
    pub to: Urgency,
    pub moved: Moved,
    pub acted: Acted,
}

impl LevelMove {
    /// True when somebody is told to get help less soon.
    pub fn is_calmer(&self) -> bool {
        self.to < self.from && matches!(self.acted, Acted::For(..))
    }
}

/// A red flag whose rule or level was changed, itself or through the findings that it reads.
#[derive(Debug, Clone)]
pub struct FlagChange {
    /// In the new pack, else in the old one.
    pub slug: String,
    pub was: Option<String>,
    pub name: String,
    pub fate: Fate,
    /// The findings that its rule can read in either pack.
    pub findings: Vec<String>,
    /// How many sets of answers these findings have.
    pub over: BigUint,
    /// Empty when it was only written otherwise.
    pub moves: Vec<LevelMove>,
    /// The lines that did it.
    pub pages: Vec<String>,
    /// Ids that stand for this change: the flag's, and those of the changed findings that it reads.
    pub ids: Vec<String>,
}

/// An intervention that may be offered to others than before, whatever the level and the causes in question.
#[derive(Debug, Clone)]
pub struct PlanChange {
    pub slug: String,
    pub was: Option<String>,
    pub name: String,
    pub fate: Fate,
    pub over: BigUint,
    pub offered: Moved,
    pub left_out: Moved,
    pub pages: Vec<String>,
}

/// Everything that differs between two packs.
#[derive(Debug, Clone)]
pub struct Difference {
    pub flags: Vec<FlagChange>,
    pub plans: Vec<PlanChange>,
    pub blocks: Vec<BlockChange>,
    /// Pages whose prose outside the blocks differs.
    pub prose: Vec<String>,
    /// Sets of answers over all findings that flags read, and how many become calmer and more urgent.
    pub over: BigUint,
    pub calmer: Option<BigUint>,
    pub sooner: Option<BigUint>,
}

/// Compares two packs.
pub fn compare(old: Edition, new: Edition) -> Difference {
    let packs = Packs::new(old.knowledge, new.knowledge);
    let (blocks, prose) = changes(&packs, old.pages, new.pages);
    let every: Vec<(Side, &When)> = Side::BOTH.into_iter().flat_map(|side| packs.pack(side).red_flags.iter().map(move |flag| (side, &flag.when))).collect();
    let joint = Joint::of(&packs, &every, &[]);
    let mut whole = Meaning::new(&joint, MOST_NODES);
    let touched: Vec<Both<RedFlagId>> = packs.flags.iter().copied().filter(|flag| is_touched(&packs, *flag)).collect();
    let acts = if touched.is_empty() { Ok(0) } else { whole.acts() };
    let count = |whole: &mut Meaning, fits: &dyn Fn(u32, u32) -> bool| -> Option<BigUint> {
        let node = whole.where_levels(acts.ok()?, &fits).ok()?;
        Some(whole.diagrams.count(node))
    };
    let calmer = count(&mut whole, &|old, new| new < old);
    let sooner = count(&mut whole, &|old, new| new > old);
    let mut flags: Vec<FlagChange> = touched.iter().map(|flag| flag_change(&packs, &blocks, &mut whole, acts, *flag)).collect();
    // What moves a person down stands first.
    flags.sort_by_key(|flag| !flag.moves.iter().any(LevelMove::is_calmer));
    let plans = packs.interventions.iter().filter_map(|one| plan_change(&packs, &blocks, *one)).collect();
    Difference { flags, plans, blocks, prose, over: whole.diagrams.size(), calmer, sooner }
}

fn is_touched(packs: &Packs, flag: Both<RedFlagId>) -> bool {
    let (Some(old), Some(new)) = (flag.old, flag.new) else { return true };
    let (old, new) = (packs.old.red_flag(old), packs.new.red_flag(new));
    let rules = [(Side::Old, &old.when), (Side::New, &new.when)];
    (old.urgency, old.if_unsure) != (new.urgency, new.if_unsure) || rules_differ(packs, &rules)
}

/// Whether two rules differ, themselves or in what they read.
fn rules_differ(packs: &Packs, rules: &[(Side, &When)]) -> bool {
    let forms = |wanted: Side| rules.iter().filter(|(side, _)| *side == wanted).map(|(side, rule)| packs.form(*side, rule)).collect::<Vec<_>>();
    forms(Side::Old) != forms(Side::New) || cone(packs, rules).iter().any(|place| packs.asks_otherwise(*place))
}

fn cone(packs: &Packs, rules: &[(Side, &When)]) -> Vec<usize> {
    let mut found = Vec::new();
    for (side, rule) in rules {
        packs.add_cone(*side, rule, &mut found);
    }
    found
}

fn level(value: u32) -> Urgency {
    Urgency::ALL[value as usize % Urgency::ALL.len()]
}

/// Slug, old slug if it has another now, name, and what happened.
fn named(old: Option<(&str, &str)>, new: Option<(&str, &str)>) -> (String, Option<String>, String, Fate) {
    let fate = match (old, new) {
        (None, _) => Fate::Added,
        (_, None) => Fate::Removed,
        _ => Fate::Changed,
    };
    let (slug, name) = new.or(old).unwrap_or_default();
    let was = old.map(|(slug, _)| slug).filter(|was| *was != slug);
    (slug.to_owned(), was.map(str::to_owned), name.to_owned(), fate)
}

fn flag_change(packs: &Packs, blocks: &[BlockChange], whole: &mut Meaning, acts: Result<Node, TooLarge>, flag: Both<RedFlagId>) -> FlagChange {
    let rules: Vec<(Side, &When)> = Side::BOTH.into_iter().filter_map(|side| flag.on(side).map(|id| (side, &packs.pack(side).red_flag(id).when))).collect();
    let read = cone(packs, &rules);
    let joint = Joint::of(packs, &rules, &[]);
    let mut own = Meaning::new(&joint, MOST_NODES);
    let levels = own.levels(flag);
    let pairs: Vec<(u32, u32)> = match levels {
        Ok(levels) => own.diagrams.values(levels).into_iter().map(|value| (value / LEVELS, value % LEVELS)).filter(|(old, new)| old != new).collect(),
        // Uncounted: every move that the levels of the flag allow.
        Err(TooLarge) => (0..LEVELS).flat_map(|old| (0..LEVELS).map(move |new| (old, new))).filter(|(old, new)| old != new).collect(),
    };
    let mut moves = Vec::new();
    for (from, to) in pairs {
        let moved = levels.and_then(|levels| {
            let region = own.where_levels(levels, &|old, new| (old, new) == (from, to))?;
            counted(&joint, &mut own.diagrams, region)
        });
        let moved = moved.unwrap_or(Moved { count: None, regions: Vec::new(), more: BigUint::default() });
        let acted = acted(whole, acts, flag, from, to);
        if moved.count.is_some() || matches!(acted, Acted::For(..)) {
            moves.push(LevelMove { from: level(from), to: level(to), moved, acted });
        }
    }
    moves.sort_by_key(|one| (one.to > one.from, std::cmp::Reverse(one.from), one.to));
    let words = |side: Side| flag.on(side).map(|id| packs.pack(side).red_flag(id)).map(|flag| (flag.slug.as_str(), flag.name.as_str()));
    let (slug, was, name, fate) = named(words(Side::Old), words(Side::New));
    let mut ids = vec![slug.clone()];
    ids.extend(was.clone());
    ids.extend(read.iter().filter(|place| packs.asks_otherwise(**place)).map(|place| packs.finding(*place).slug.clone()));
    let pages = pages(packs, blocks, "red-flag", &slug, &["when", "urgency", "if-unsure"], &read);
    FlagChange { slug, was, name, fate, findings: read.iter().map(|place| packs.finding(*place).slug.clone()).collect(), over: own.diagrams.size(), moves, pages, ids }
}

fn counted(joint: &Joint, diagrams: &mut Diagrams, region: Node) -> Result<Moved, TooLarge> {
    let (regions, more) = regions(joint, diagrams, region)?;
    Ok(Moved { count: Some(diagrams.count(region)), regions, more })
}

/// Whether the level to act on moves where a flag moves and is the one that decides: the flag that set the old level
/// when it falls, the one that sets the new level when it rises.
fn acted(whole: &mut Meaning, acts: Result<Node, TooLarge>, flag: Both<RedFlagId>, from: u32, to: u32) -> Acted {
    let joint = whole.joint;
    let fits = |old: u32, new: u32| if to < from { old == from && new < old } else { new == to && new > old };
    let by_diagram = |whole: &mut Meaning| -> Result<Option<(Option<BigUint>, Vec<usize>)>, TooLarge> {
        let levels = whole.levels(flag)?;
        let region = whole.where_levels(levels, &|old, new| (old, new) == (from, to))?;
        let moved = whole.where_levels(acts?, &fits)?;
        let both = whole.diagrams.join(crate::diagram::Join::Least, region, moved)?;
        let person = whole.diagrams.cheapest(both, &|variable, state| cost(joint, variable, state));
        Ok(person.map(|person| (Some(whole.diagrams.count(both)), person)))
    };
    let found = match by_diagram(whole) {
        Ok(found) => found,
        Err(TooLarge) => somebody(joint, flag, (level(from), level(to))).map(|person| (None, person)),
    };
    match found {
        None => Acted::Never,
        Some((count, person)) => Acted::For(count, example(joint, &person, &fits)),
    }
}

/// Few answers, and of these few that are not plainly calm.
fn cost(joint: &Joint, variable: usize, state: usize) -> u64 {
    let chosen = &joint.states[variable][state];
    match (chosen.old, chosen.new) {
        (Answer::Unasked, Answer::Unasked) => 0,
        (Answer::NotSure, Answer::NotSure) => 1_002,
        _ if !chosen.whole => 1_003,
        (Answer::Between(0, 0), _) | (_, Answer::Between(0, 0)) if joint.packs.finding(joint.variables[variable]).answers.is_yes_no() => 1,
        _ => 1_000,
    }
}

/// # Panics
/// When the plain evaluator does not see the move: then nothing may be believed.
fn example(joint: &Joint, person: &[usize], fits: &impl Fn(u32, u32) -> bool) -> Example {
    let (old, new) = (joint.case(Side::Old, person), joint.case(Side::New, person));
    let (from, to) = (triage(joint.packs.old, &old).act_on, triage(joint.packs.new, &new).act_on);
    assert!(fits(from as u32, to as u32), "the plain evaluator does not see the move from {from} to {to}, so nothing here may be believed");
    let mut words: Vec<(usize, String)> = Vec::new();
    let mut calm = 0;
    for (variable, state) in person.iter().enumerate() {
        let (place, state) = (joint.variables[variable], joint.states[variable][*state]);
        let finding = joint.packs.finding(place);
        let answer = if matches!(state.new, Answer::Between(..)) { state.new } else { state.old };
        match answer {
            Answer::Unasked => {}
            Answer::Between(0, 0) if finding.answers.is_yes_no() => calm += 1,
            Answer::Between(1, 1) if finding.answers.is_yes_no() => words.push((place, finding.name.clone())),
            other => words.push((place, format!("{}: {}", finding.name, finding.answers.show_answer(other)))),
        }
    }
    words.sort();
    let mut words: Vec<String> = words.into_iter().map(|(_, words)| words).collect();
    if calm > 0 {
        words.push(format!("no to {calm} other questions"));
    }
    if words.is_empty() {
        words.push("nothing answered".to_owned());
    }
    Example { old, new, words: words.join("; "), from, to }
}

/// The lines that changed: of the block itself, and of the findings that it reads.
fn pages(packs: &Packs, blocks: &[BlockChange], kind: &str, slug: &str, keywords: &[&str], read: &[usize]) -> Vec<String> {
    let mut found = Vec::new();
    let mut add = |kind: &str, slug: &str, keywords: &[&str]| {
        for block in blocks.iter().filter(|block| block.kind == kind && block.id == slug) {
            match block.fate {
                Fate::Added => found.push(block.at.clone()),
                Fate::Removed => found.push(format!("{} (removed)", block.at)),
                Fate::Changed => found.extend(block.lines.iter().filter(|line| keywords.contains(&line.keyword.as_str())).map(|line| line.at.clone())),
            }
        }
    };
    add(kind, slug, keywords);
    for place in read.iter().filter(|place| packs.asks_otherwise(**place)) {
        add("finding", &packs.finding(*place).slug, &["asked", "answers"]);
    }
    found.dedup();
    found
}

fn plan_change(packs: &Packs, blocks: &[BlockChange], both: Both<InterventionId>) -> Option<PlanChange> {
    let sides: Vec<(Side, InterventionId)> = Side::BOTH.into_iter().filter_map(|side| both.on(side).map(|id| (side, id))).collect();
    let rules: Vec<(Side, &When)> = sides.iter().flat_map(|(side, id)| packs.pack(*side).intervention(*id).never.iter().map(|(rule, _)| (*side, rule))).collect();
    let limits = |side: Side, id: InterventionId| -> Vec<(Side, FindingId, u16, u16)> {
        let (pregnant, after_birth) = weeks(packs.pack(side));
        let (low, high) = match packs.pack(side).intervention(id).weeks {
            Some(Limit::Pregnancy(low, high)) => (low, high),
            _ => (0, u16::MAX),
        };
        pregnant.map(|one| (side, one, low, high)).into_iter().chain(after_birth.map(|one| (side, one, 0, u16::MAX))).collect()
    };
    let limits: Vec<(Side, FindingId, u16, u16)> = sides.iter().flat_map(|(side, id)| limits(*side, *id)).collect();
    if let (Some(old), Some(new)) = (both.old, both.new) {
        let (old, new) = (packs.old.intervention(old), packs.new.intervention(new));
        let same = (old.advice, old.in_pregnancy, old.after_birth, old.weeks) == (new.advice, new.in_pregnancy, new.after_birth, new.weeks);
        let weeks_differ = limits.iter().any(|(side, finding, ..)| packs.asks_otherwise(packs.place(*side, *finding)));
        if same && !weeks_differ && !rules_differ(packs, &rules) {
            return None;
        }
    }
    let joint = Joint::of(packs, &rules, &limits);
    let mut meaning = Meaning::new(&joint, MOST_NODES);
    let side = |meaning: &mut Meaning, wanted: (u32, u32)| -> Result<Moved, TooLarge> {
        let (old, new) = (meaning.offered(Side::Old, both.old)?, meaning.offered(Side::New, both.new)?);
        let pair = meaning.diagrams.join(crate::diagram::Join::Pair, old, new)?;
        let region = meaning.where_levels(pair, &|old, new| (old, new) == wanted)?;
        counted(&joint, &mut meaning.diagrams, region)
    };
    let uncounted = || Moved { count: None, regions: Vec::new(), more: BigUint::default() };
    let offered = side(&mut meaning, (0, 1)).unwrap_or_else(|_| uncounted());
    let left_out = side(&mut meaning, (1, 0)).unwrap_or_else(|_| uncounted());
    let words = |side: Side| both.on(side).map(|id| packs.pack(side).intervention(id)).map(|one| (one.slug.as_str(), one.name.as_str()));
    let (slug, was, name, fate) = named(words(Side::Old), words(Side::New));
    let nobody = |moved: &Moved| moved.count == Some(BigUint::default());
    if fate == Fate::Changed && nobody(&offered) && nobody(&left_out) {
        return None;
    }
    let pages = pages(packs, blocks, "intervention", &slug, &["never", "weeks", "phase", "advice"], &cone(packs, &rules));
    Some(PlanChange { slug, was, name, fate, over: meaning.diagrams.size(), offered, left_out, pages })
}
