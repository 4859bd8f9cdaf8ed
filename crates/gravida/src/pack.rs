//! Where the pack comes from: compiled in, or a folder; it never repairs a pack.

use std::path::{Path, PathBuf};

use anyhow::{Result, anyhow, bail};
use gravida_knowledge::{Diagnostic, Knowledge, Page, Place, SOURCE_LANGUAGE, languages, read, read_folder, read_language};
use include_dir::{Dir, include_dir};
use jiff::civil::Date;

static BUILT_IN: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/../../knowledge");

/// The pages of the compiled-in pack, or of a folder.
pub fn pages(folder: Option<&Path>) -> Result<Vec<Page>> {
    match folder {
        Some(folder) => read_folder(folder).map_err(|why| anyhow!("the pack cannot be read: {why}")),
        None => {
            let mut pages = Vec::new();
            collect(&BUILT_IN, &mut pages);
            Ok(pages)
        }
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

/// A pack that may be assessed with; a pack with mistakes is refused, with all of them.
pub fn load(folder: Option<&PathBuf>, today: Option<Date>) -> Result<Knowledge> {
    let (knowledge, diagnostics) = read(&pages(folder.map(PathBuf::as_path))?, today);
    knowledge.ok_or_else(|| {
        let errors: Vec<String> = diagnostics.iter().filter(|d| d.is_error()).map(Diagnostic::to_string).collect();
        anyhow!("the pack has {} mistakes, so nothing can be assessed with it:\n{}", errors.len(), errors.join("\n"))
    })
}

/// A pack as its pages have it, and in the language of a person.
pub struct Pack {
    pub source: Knowledge,
    translated: Option<Knowledge>,
}

impl Pack {
    /// In the words that a person reads.
    pub fn shown(&self) -> &Knowledge {
        self.translated.as_ref().unwrap_or(&self.source)
    }

    /// Programs get the words of the pack, whatever a person reads: the same case gives the same bytes.
    pub fn of(&self, json: bool) -> &Knowledge {
        if json { &self.source } else { self.shown() }
    }
}

/// A pack in a language, or as its pages have it. What an incomplete language lacks is said on standard error.
pub fn load_in(folder: Option<&PathBuf>, language: Option<&str>) -> Result<Pack> {
    let mut source = load(folder, None)?;
    let Some(asked) = language.filter(|tag| !tag.eq_ignore_ascii_case(SOURCE_LANGUAGE) && !tag.eq_ignore_ascii_case("en")) else {
        return Ok(Pack { source, translated: None });
    };
    let pages = pages(folder.map(PathBuf::as_path))?;
    let translated = in_language(&pages, &source, asked)?;
    let language = &translated.language;
    if language.translated < language.blocks {
        anstream::eprintln!("gravida: {} of {} texts are in {}; the others are in {SOURCE_LANGUAGE}", language.translated, language.blocks, language.tag);
    }
    // Whom to call does not depend on whether a person or a program reads it.
    source.language.place = language.place.clone();
    Ok(Pack { source, translated: Some(translated) })
}

/// The pack in one language; `zh` is enough where one language begins so.
pub fn in_language(pages: &[Page], source: &Knowledge, asked: &str) -> Result<Knowledge> {
    let tags = languages(pages);
    let same = |tag: &&String| tag.eq_ignore_ascii_case(asked);
    let begins = |tag: &&String| tag.split('-').next().is_some_and(|first| first.eq_ignore_ascii_case(asked));
    let tag = tags.iter().find(same).or_else(|| tags.iter().find(begins)).map_or(asked, String::as_str);
    let (knowledge, diagnostics) = read_language(pages, source, tag);
    knowledge.ok_or_else(|| {
        let errors: Vec<String> = diagnostics.iter().filter(|d| d.is_error()).map(Diagnostic::to_string).collect();
        match errors.as_slice() {
            [one] => anyhow!("{one}"),
            many => anyhow!("the pages in `{tag}` have {} mistakes, so nothing is shown in it:\n{}", many.len(), many.iter().take(10).cloned().collect::<Vec<_>>().join("\n")),
        }
    })
}

/// [`load_in`] for a verb that answers a person: a pack that is refused leaves the safety sentence of the one compiled in.
pub fn load_for_person(folder: Option<&PathBuf>, language: Option<&str>) -> Result<Pack> {
    load_in(folder, language).inspect_err(|_| {
        if let Ok(built_in) = load(None, None) {
            anstream::eprintln!("{}", built_in.text("failure"));
        }
    })
}

/// The place asked for, else the one of the case, else that of the language, else international.
pub fn place<'a>(knowledge: &'a Knowledge, asked: Option<&str>, of_case: Option<&str>) -> Result<&'a Place> {
    let slug = asked.or(of_case).or(knowledge.language.place.as_deref()).unwrap_or("international");
    let Some(place) = knowledge.find_place(slug) else {
        let known: Vec<&str> = knowledge.places.iter().map(|place| place.slug.as_str()).collect();
        bail!("there is no place called `{slug}`; write one of {}", known.join(", "));
    };
    Ok(place)
}
