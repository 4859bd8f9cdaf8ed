//! Where the pack comes from: compiled in, or a folder; it never repairs a pack.

use std::path::{Path, PathBuf};

use anyhow::{Result, anyhow};
use gravida_knowledge::{Diagnostic, Knowledge, Page, read, read_folder};
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
