//! The pack in every language with the words around it, read once; it never repairs a pack.

use gravida_knowledge::{Diagnostic, Knowledge, Page, languages, read, read_language};
use include_dir::{Dir, include_dir};

use crate::request::{Request, Response};
use crate::words::{LANGUAGES, Words};

static PACK: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/../../knowledge");

/// The pack and the words of one language.
pub struct Tongue {
    pub words: Words,
    pub knowledge: Knowledge,
}

/// Everything that pages are made from.
pub struct Site {
    /// The source language first.
    pub(crate) tongues: Vec<Tongue>,
}

impl Site {
    /// The site with the compiled-in pack.
    ///
    /// # Errors
    /// All mistakes of the pack, one a line; a released program has none (a test holds it).
    pub fn compiled() -> Result<Site, String> {
        let mut pages = Vec::new();
        collect(&PACK, &mut pages);
        Site::of(&pages)
    }

    /// The site with another pack.
    ///
    /// # Errors
    /// All mistakes of the pack, one a line.
    pub fn of(pages: &[Page]) -> Result<Site, String> {
        let errors = |diagnostics: &[Diagnostic]| diagnostics.iter().filter(|one| one.is_error()).map(Diagnostic::to_string).collect::<Vec<_>>().join("\n");
        let (source, diagnostics) = read(pages, None);
        let source = source.ok_or_else(|| errors(&diagnostics))?;
        let spoken = languages(pages);
        let mut tongues = Vec::new();
        for language in LANGUAGES {
            let (words, problems) = Words::read(language.tag, language.text);
            if !problems.is_empty() {
                return Err(problems.join("\n"));
            }
            // A pack without pages in a language stands in its own words between the words of the interface.
            let knowledge = if spoken.iter().any(|tag| tag == language.tag) {
                let (translated, diagnostics) = read_language(pages, &source, language.tag);
                translated.ok_or_else(|| errors(&diagnostics))?
            } else {
                source.clone()
            };
            tongues.push(Tongue { words, knowledge });
        }
        Ok(Site { tongues })
    }

    /// The page for a request. It cannot fail: what cannot be shown says so, with the safety sentence.
    pub fn answer(&self, request: &Request) -> Response {
        crate::route::answer(self, request)
    }

    /// The pack in its source language.
    pub fn knowledge(&self) -> &Knowledge {
        &self.tongues[0].knowledge
    }

    /// The language that fits best: the one chosen, else the first that the browser asks for, else the source.
    pub(crate) fn tongue(&self, chosen: Option<&str>, asked: &str) -> &Tongue {
        let find = |tag: &str| self.tongues.iter().find(|tongue| tongue.words.tag.eq_ignore_ascii_case(tag));
        let near = |tag: &str| {
            let main = tag.split('-').next().unwrap_or(tag);
            self.tongues.iter().find(|tongue| tongue.words.tag.split('-').next().is_some_and(|own| own.eq_ignore_ascii_case(main)))
        };
        let wanted = asked.split(',').map(|part| part.split(';').next().unwrap_or(part).trim());
        let mut wanted = wanted.filter(|tag| !tag.is_empty());
        chosen.and_then(find).or_else(|| wanted.find_map(|tag| find(tag).or_else(|| near(tag)))).unwrap_or(&self.tongues[0])
    }
}

fn collect(dir: &Dir<'_>, pages: &mut Vec<Page>) {
    for file in dir.files().filter(|file| file.path().extension().is_some_and(|extension| extension == "md")) {
        let parts: Vec<String> = file.path().components().map(|part| part.as_os_str().to_string_lossy().into_owned()).collect();
        pages.push(Page { path: parts.join("/"), text: file.contents_utf8().unwrap_or_default().to_owned() });
    }
    for inner in dir.dirs() {
        collect(inner, pages);
    }
}

/// A picture of the pack as it stands in its file; `None` when there is none of this name.
pub fn picture_file(name: &str) -> Option<&'static str> {
    PACK.get_file(format!("pictures/{name}.svg")).and_then(|file| file.contents_utf8())
}

/// The page that says what each picture shows.
pub fn picture_table() -> &'static str {
    PACK.get_file("pictures/README.md").and_then(|file| file.contents_utf8()).unwrap_or_default()
}
