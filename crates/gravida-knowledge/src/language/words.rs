//! Which fields of a pack are words that are translated: one list, which a new field cannot slip past; it never reads a page.

use std::collections::BTreeMap;

use sha2::{Digest, Sha256};

use crate::claim::Claim;
use crate::condition::Condition;
use crate::finding::Finding;
use crate::follow_up::FollowUpRule;
use crate::food::{Food, Nutrient};
use crate::intervention::{Intervention, Step};
use crate::knowledge::{Knowledge, Origin};
use crate::place::{Place, Service};
use crate::red_flag::RedFlag;
use crate::screen::Screen;
use crate::text::Text;

/// The block that a text stands in, and its keyword.
pub(crate) struct Slot<'a> {
    pub kind: &'static str,
    pub slug: &'a str,
    pub origin: &'a Origin,
    pub keyword: &'static str,
    /// What a line repeats before its text: the seconds of a step, the kind of place of a role.
    pub head: String,
}

/// The kinds that have words, with the keywords of those words.
pub(crate) const WORDS: [(&str, &[&str]); 11] = [
    ("finding", &["name", "ask", "hint", "answers"]),
    ("screen", &["ask", "hint"]),
    ("red-flag", &["name", "say", "meanwhile"]),
    ("condition", &["name", "clinical", "why", "like", "unlike", "next"]),
    ("intervention", &["name", "dose", "how", "step", "caution", "stop", "effect", "because"]),
    ("follow-up", &["name", "observe", "recheck", "escalate", "review"]),
    ("claim", &["said", "instead", "why"]),
    ("text", &["say"]),
    ("nutrient", &["name"]),
    ("food", &["name", "state", "note"]),
    ("place", &["name", "role"]),
];

type Each<'e> = &'e mut dyn FnMut(Slot, &mut String);

/// Calls `each` with every text of a pack that is translated, keyword by keyword, in the order of the pack.
///
/// Every struct is taken apart field by field, so that a new field does not compile until somebody says here whether it
/// holds words.
pub(crate) fn each_text(knowledge: &mut Knowledge, each: Each) {
    let Knowledge {
        findings, screens, red_flags, conditions, interventions, follow_ups, claims, places, texts, nutrients, foods,
        sources: _, examples: _, properties: _, hash: _, language: _,
    } = knowledge;
    findings.iter_mut().for_each(|one| finding(one, each));
    screens.iter_mut().for_each(|one| screen(one, each));
    red_flags.iter_mut().for_each(|one| red_flag(one, each));
    conditions.iter_mut().for_each(|one| condition(one, each));
    interventions.iter_mut().for_each(|one| intervention(one, each));
    follow_ups.iter_mut().for_each(|one| follow_up(one, each));
    claims.iter_mut().for_each(|one| claim(one, each));
    texts.iter_mut().for_each(|one| text(one, each));
    nutrients.iter_mut().for_each(|one| nutrient(one, each));
    foods.iter_mut().for_each(|one| food(one, each));
    places.iter_mut().for_each(|one| place(one, each));
}

/// Gives the texts of one block to `each`.
struct Words<'a, 'e> {
    kind: &'static str,
    slug: &'a str,
    origin: &'a Origin,
    each: Each<'e>,
}

impl Words<'_, '_> {
    fn one(&mut self, keyword: &'static str, text: &mut String) {
        self.headed(keyword, String::new(), text);
    }

    fn headed(&mut self, keyword: &'static str, head: String, text: &mut String) {
        (self.each)(Slot { kind: self.kind, slug: self.slug, origin: self.origin, keyword, head }, text);
    }

    fn all<'t>(&mut self, keyword: &'static str, texts: impl IntoIterator<Item = &'t mut String>) {
        texts.into_iter().for_each(|text| self.one(keyword, text));
    }
}

/// The texts of facts, without their sources.
fn said<T>(facts: &mut [(String, T)]) -> impl Iterator<Item = &mut String> {
    facts.iter_mut().map(|(text, _)| text)
}

fn finding(one: &mut Finding, each: Each) {
    let Finding { slug, name, ask, hint, words, origin, answers: _, ordered: _, who: _, asked: _, private: _, hushed: _, group: _, implies: _, usual: _ } = one;
    let mut out = Words { kind: "finding", slug, origin, each };
    out.one("name", name);
    out.one("ask", ask);
    out.all("hint", hint);
    if !words.is_empty() {
        let mut list = words.join(", ");
        out.one("answers", &mut list);
        *words = list.split(", ").map(str::to_owned).collect();
    }
}

fn screen(one: &mut Screen, each: Each) {
    let Screen { slug, ask, hint, origin, phase: _, order: _, shows: _ } = one;
    let mut out = Words { kind: "screen", slug, origin, each };
    out.one("ask", ask);
    out.all("hint", hint);
}

fn red_flag(one: &mut RedFlag, each: Each) {
    let RedFlag { slug, name, say, meanwhile, origin, when: _, urgency: _, if_unsure: _, unsure_reason: _, places: _, about: _, cites: _ } = one;
    let mut out = Words { kind: "red-flag", slug, origin, each };
    out.one("name", name);
    out.one("say", say);
    out.all("meanwhile", meanwhile);
}

fn condition(one: &mut Condition, each: Each) {
    let Condition {
        slug, name, clinical, why, like, unlike, next, origin,
        codes: _, group: _, windows: _, urgency: _, urgency_cites: _, must_exclude: _, before: _, evidence: _, noted: _,
    } = one;
    let mut out = Words { kind: "condition", slug, origin, each };
    out.one("name", name);
    out.all("clinical", clinical);
    out.one("why", why);
    out.all("like", like);
    out.all("unlike", unlike);
    out.all("next", next);
}

fn intervention(one: &mut Intervention, each: Each) {
    let Intervention {
        slug, name, dose, how, steps, caution, stop, effect, because, origin,
        advice: _, who: _, kind: _, in_pregnancy: _, after_birth: _, weeks: _, eases: _, never: _, certainty: _, certainty_rank: _,
        review_weeks: _, effort: _, cites: _,
    } = one;
    let mut out = Words { kind: "intervention", slug, origin, each };
    out.one("name", name);
    out.all("dose", said(dose));
    out.all("how", how);
    for Step { seconds, say } in steps {
        out.headed("step", seconds.to_string(), say);
    }
    out.all("caution", said(caution));
    out.all("stop", stop);
    out.all("effect", said(effect));
    out.all("because", because);
}

fn follow_up(one: &mut FollowUpRule, each: Each) {
    let FollowUpRule { slug, name, observe, recheck, escalate, review, origin, when: _, levels: _, wait_minutes: _, to: _, cites: _ } = one;
    let mut out = Words { kind: "follow-up", slug, origin, each };
    out.one("name", name);
    out.all("observe", said(observe));
    out.all("recheck", said(recheck));
    out.all("escalate", said(escalate));
    out.all("review", said(review));
}

fn claim(one: &mut Claim, each: Each) {
    let Claim { slug, said, instead, why, origin, section: _, verdict: _, danger: _, cites: _ } = one;
    let mut out = Words { kind: "claim", slug, origin, each };
    out.one("said", said);
    out.one("instead", instead);
    out.one("why", why);
}

fn text(one: &mut Text, each: Each) {
    let Text { slug, say, origin, from: _, within_minutes: _, count: _, cites: _ } = one;
    Words { kind: "text", slug, origin, each }.one("say", say);
}

fn nutrient(one: &mut Nutrient, each: Each) {
    let Nutrient { slug, name, origin, also: _, unit: _, references: _, ceilings: _ } = one;
    Words { kind: "nutrient", slug, origin, each }.one("name", name);
}

fn food(one: &mut Food, each: Each) {
    let Food { slug, name, state, notes, origin, also: _, code: _, portion: _, holds: _ } = one;
    let mut out = Words { kind: "food", slug, origin, each };
    out.one("name", name);
    out.all("state", state);
    out.all("note", said(notes));
}

fn place(one: &mut Place, each: Each) {
    let Place { slug, name, services, origin } = one;
    let mut out = Words { kind: "place", slug, origin, each };
    out.one("name", name);
    for Service { role, say, number: _, cites: _ } in services {
        out.headed("role", role.word().to_owned(), say);
    }
}

/// A block of the pack that has words.
#[derive(Debug)]
pub(crate) struct SourceBlock {
    pub kind: &'static str,
    pub slug: String,
    pub origin: Origin,
    pub lines: Vec<SourceLine>,
}

/// A line with words.
#[derive(Debug)]
pub(crate) struct SourceLine {
    pub keyword: &'static str,
    pub head: String,
    pub text: String,
}

impl SourceLine {
    /// The value as it stands on a page.
    pub fn value(&self) -> String {
        if self.head.is_empty() { self.text.clone() } else { format!("{} {}", self.head, self.text) }
    }
}

impl SourceBlock {
    pub fn all<'a>(&'a self, keyword: &'a str) -> impl Iterator<Item = &'a SourceLine> {
        self.lines.iter().filter(move |line| line.keyword == keyword)
    }

    /// Changes when a word of the block does.
    pub fn stamp(&self) -> String {
        let mut hasher = Sha256::new();
        for line in &self.lines {
            for part in [line.keyword, &line.head, &line.text] {
                hasher.update((part.len() as u64).to_le_bytes());
                hasher.update(part.as_bytes());
            }
        }
        hasher.finalize().iter().take(4).map(|byte| format!("{byte:02x}")).collect()
    }
}

/// Every block of a pack that has words, by kind and id.
pub(crate) fn source_blocks(source: &Knowledge) -> BTreeMap<(&'static str, String), SourceBlock> {
    let mut blocks: BTreeMap<(&'static str, String), SourceBlock> = BTreeMap::new();
    each_text(&mut source.clone(), &mut |slot, text| {
        let block = blocks.entry((slot.kind, slot.slug.to_owned())).or_insert_with(|| SourceBlock {
            kind: slot.kind,
            slug: slot.slug.to_owned(),
            origin: slot.origin.clone(),
            lines: Vec::new(),
        });
        block.lines.push(SourceLine { keyword: slot.keyword, head: slot.head, text: text.clone() });
    });
    blocks
}

/// The pack without its words: what is left decides everything.
fn without_words(knowledge: &Knowledge) -> Knowledge {
    let mut bare = knowledge.clone();
    each_text(&mut bare, &mut |slot, text| {
        // How many answers there are is no matter of words.
        *text = if slot.keyword == "answers" { text.split(", ").map(|_| "").collect::<Vec<_>>().join(", ") } else { String::new() };
    });
    bare
}

/// What differs between two packs beside words: nothing for a pack and the same pack in another language. Every field of
/// every block is compared, and so are order and number.
pub fn not_only_words(one: &Knowledge, other: &Knowledge) -> Vec<String> {
    let (one, other) = (without_words(one), without_words(other));
    let mut differ = Vec::new();
    macro_rules! compare {
        ($($list:ident $name:ident),* $(,)?) => {{
            // Taken apart, so that a new field of a pack is compared or is said here not to matter.
            let Knowledge { $($list: _,)* hash: _, language: _ } = &one;
            $(
                if one.$list.len() != other.$list.len() {
                    differ.push(format!("{} {} in one, {} in the other", one.$list.len(), stringify!($list).replace('_', " "), other.$list.len()));
                }
                for (a, b) in one.$list.iter().zip(&other.$list) {
                    // The derived form shows every field, words aside, which are gone.
                    if format!("{a:?}") != format!("{b:?}") {
                        differ.push(format!("{} `{}` ({}:{}) differs in more than its words", stringify!($list).replace('_', " ").trim_end_matches('s'), a.$name, a.origin.file, a.origin.line));
                    }
                }
            )*
        }};
    }
    compare!(
        findings slug, screens slug, red_flags slug, conditions slug, interventions slug, follow_ups slug, claims slug, sources slug,
        examples name, properties slug, places slug, texts slug, nutrients slug, foods slug,
    );
    if one.hash != other.hash {
        differ.push("they are not the same pack".to_owned());
    }
    differ
}
