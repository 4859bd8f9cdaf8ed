//! Interface words in every language: buttons, headings, errors. It never holds a rule; sentences about health are
//! pages of the pack, but for those of the interface itself, which stand beside them in `knowledge/languages`.

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use unic_langid::LanguageIdentifier;

/// A language of the interface, and its words.
#[derive(Debug, Clone, Copy)]
pub struct Language {
    pub tag: &'static str,
    pub text: &'static str,
}

/// All languages, the source first.
pub const LANGUAGES: &[Language] = &[
    Language { tag: "en-GB", text: include_str!("../../../knowledge/languages/en-GB/interface.ftl") },
    Language { tag: "zh-Hans", text: include_str!("../../../knowledge/languages/zh-Hans/interface.ftl") },
];

/// The words of one language.
pub struct Words {
    pub tag: String,
    bundle: FluentBundle<FluentResource>,
}

/// A word that a message leaves open.
pub enum Open<'a> {
    Text(&'a str),
    Number(usize),
}

impl Words {
    /// Reads the words of a language. What cannot be read of them is left out, and said in the second part.
    pub fn read(tag: &str, text: &str) -> (Words, Vec<String>) {
        let mut problems = Vec::new();
        let language: LanguageIdentifier = tag.parse().unwrap_or_default();
        let mut bundle = FluentBundle::new_concurrent(vec![language]);
        // The marks that keep directions apart are set by the pages (`dir`, `bdi`), not inside each text.
        bundle.set_use_isolating(false);
        let resource = FluentResource::try_new(text.to_owned()).unwrap_or_else(|(resource, errors)| {
            problems.extend(errors.iter().map(ToString::to_string));
            resource
        });
        if let Err(errors) = bundle.add_resource(resource) {
            problems.extend(errors.iter().map(ToString::to_string));
        }
        (Words { tag: tag.to_owned(), bundle }, problems)
    }

    /// The word, or its name when the language does not have it (a test holds that every language has every word).
    pub fn t(&self, id: &str) -> String {
        self.with(id, &[])
    }

    /// The word with what it leaves open.
    pub fn with(&self, id: &str, open: &[(&str, Open<'_>)]) -> String {
        let mut args = FluentArgs::new();
        for (name, value) in open {
            match value {
                Open::Text(text) => args.set(*name, FluentValue::from((*text).to_owned())),
                Open::Number(number) => args.set(*name, FluentValue::from(*number)),
            }
        }
        let Some(pattern) = self.bundle.get_message(id).and_then(|message| message.value()) else { return id.to_owned() };
        let mut errors = Vec::new();
        self.bundle.format_pattern(pattern, Some(&args), &mut errors).into_owned()
    }

    pub fn has(&self, id: &str) -> bool {
        self.bundle.has_message(id)
    }

    /// The direction in which the language is written.
    pub fn direction(&self) -> &'static str {
        let tag: Option<LanguageIdentifier> = self.tag.parse().ok();
        match tag.map(|tag| tag.character_direction()) {
            Some(unic_langid::CharacterDirection::RTL) => "rtl",
            _ => "ltr",
        }
    }
}
