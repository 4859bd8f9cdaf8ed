//! The closed notation: which kinds of block there are and which keywords each takes. `knowledge/README.md` documents each.

use super::block::Block;
use super::context::Context;
use crate::diagnostic::did_you_mean;

/// A keyword of one kind of block.
#[derive(Debug, Clone, Copy)]
pub struct Keyword {
    pub word: &'static str,
    pub required: bool,
    /// Whether it may stand more than once.
    pub many: bool,
}

/// A kind of block and its keywords in the order in which they are best written.
#[derive(Debug, Clone, Copy)]
pub struct Kind {
    pub word: &'static str,
    pub keywords: &'static [Keyword],
}

const fn must(word: &'static str) -> Keyword {
    Keyword { word, required: true, many: false }
}
const fn musts(word: &'static str) -> Keyword {
    Keyword { word, required: true, many: true }
}
const fn may(word: &'static str) -> Keyword {
    Keyword { word, required: false, many: false }
}
const fn mays(word: &'static str) -> Keyword {
    Keyword { word, required: false, many: true }
}

/// All kinds of block.
pub const KINDS: &[Kind] = &[
    Kind {
        word: "finding",
        keywords: &[
            must("name"), must("ask"), may("hint"), must("answers"), may("order"), may("who"), may("asked"),
            may("private"), may("hushed"), may("group"), mays("implies"), mays("usual"), may("review-by"),
        ],
    },
    Kind {
        word: "screen",
        keywords: &[must("ask"), may("hint"), must("phase"), must("order"), must("shows"), may("review-by")],
    },
    Kind {
        word: "red-flag",
        keywords: &[
            must("name"), must("when"), must("urgency"), may("if-unsure"), must("say"), may("meanwhile"),
            musts("place"), mays("about"), must("source"), may("review-by"),
        ],
    },
    Kind {
        word: "condition",
        keywords: &[
            must("name"), may("clinical"), mays("code"), may("group"), musts("window"), must("urgency"), may("danger"),
            must("why"), mays("like"), mays("unlike"), musts("next"), mays("before"), mays("seen"), mays("spared"),
            mays("ratio"), mays("noted"), may("review-by"),
        ],
    },
    Kind {
        word: "intervention",
        keywords: &[
            must("name"), must("advice"), musts("who"), must("type"), must("phase"), may("weeks"), mays("eases"),
            mays("dose"), mays("how"), mays("step"), mays("never"), mays("caution"), mays("stop"), mays("effect"),
            must("certainty"), may("review"), must("effort"), may("because"), must("source"), may("review-by"),
        ],
    },
    Kind {
        word: "follow-up",
        keywords: &[
            must("name"), may("when"), must("at"), must("wait"), mays("observe"), mays("recheck"), mays("escalate"),
            may("to"), mays("review"), must("source"), may("review-by"),
        ],
    },
    Kind {
        word: "claim",
        keywords: &[
            must("section"), must("said"), must("verdict"), may("danger"), must("instead"), must("why"), must("source"),
            may("review-by"),
        ],
    },
    Kind {
        word: "source",
        keywords: &[must("cite"), may("year"), may("link"), may("type"), may("seen"), mays("passage"), may("review-by")],
    },
    Kind {
        word: "case",
        keywords: &[may("tells"), may("given"), may("others"), must("expect"), may("differs"), may("review-by")],
    },
    Kind { word: "property", keywords: &[must("if"), must("then"), must("source"), may("review-by")] },
    Kind { word: "place", keywords: &[must("name"), musts("role"), may("source"), may("review-by")] },
    Kind { word: "text", keywords: &[must("say"), may("from"), may("within"), may("count"), may("source"), may("review-by")] },
    Kind {
        word: "nutrient",
        keywords: &[must("name"), mays("also"), must("unit"), mays("reference"), mays("ceiling"), may("review-by")],
    },
    Kind {
        word: "food",
        keywords: &[
            must("name"), mays("also"), may("state"), may("code"), may("portion"), musts("holds"), mays("note"), may("review-by"),
        ],
    },
    Kind {
        word: "language",
        keywords: &[
            must("name"), must("english"), must("complete"), must("direction"), must("place"), must("yes"), must("no"), must("not-sure"),
            must("not-asked"), must("weeks"), must("days"), must("range"), may("review-by"),
        ],
    },
];

impl Kind {
    pub(crate) fn find(word: &str) -> Option<&'static Kind> {
        KINDS.iter().find(|kind| kind.word == word)
    }
}

/// Reports unknown, repeated, empty and missing keywords of a block. False when something required is missing.
pub(crate) fn check_shape(block: &Block, context: &mut Context) -> bool {
    let Some(kind) = Kind::find(&block.kind) else { return false };
    let mut whole = true;
    for (position, entry) in block.entries.iter().enumerate() {
        let length = entry.keyword.chars().count();
        let Some(keyword) = kind.keywords.iter().find(|keyword| keyword.word == entry.keyword) else {
            let hint = did_you_mean(&entry.keyword, kind.keywords.iter().map(|keyword| keyword.word)).or_else(|| {
                let all: Vec<&str> = kind.keywords.iter().map(|keyword| keyword.word).collect();
                Some(format!("a {} has {}", kind.word, all.join(", ")))
            });
            context.error(entry.at, length, format!("a {} has no `{}`", kind.word, entry.keyword), hint);
            continue;
        };
        if !keyword.many && block.entries.iter().take(position).any(|earlier| earlier.keyword == entry.keyword) {
            context.error(
                entry.at,
                length,
                format!("`{}` stands twice in `{}`", entry.keyword, block.id),
                Some("keep one".to_owned()),
            );
        }
        if entry.text().is_empty() {
            context.error(entry.at, length, format!("`{}` of `{}` says nothing", entry.keyword, block.id), None);
            whole = false;
        }
    }
    for keyword in kind.keywords.iter().filter(|keyword| keyword.required) {
        if block.one(keyword.word).is_none() {
            whole = false;
            context.error(
                block.at,
                kind.word.len(),
                format!("the {} `{}` has no `{}`", kind.word, block.id, keyword.word),
                Some(format!("add a line `{}`", keyword.word)),
            );
        }
    }
    whole
}
