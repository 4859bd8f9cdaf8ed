//! `gravida language`: what is to be translated, what somebody confirmed, every mistake; it never translates.

use std::path::Path;

use anyhow::{Context as _, Result, bail};
use clap::Subcommand;
use gravida_knowledge::{Diagnostic, Knowledge, Page, SOURCE_LANGUAGE, languages, nearest, read, read_language, skeleton, stamp};

use crate::{check, pack};

pub const EXAMPLES: &str = "Examples:
  gravida language list
  gravida language skeleton zh-Hans --knowledge knowledge                     all that is missing, to translate
  gravida language skeleton zh-Hans findings/daily.md                         one page, on standard output
  gravida language stamp zh-Hans --knowledge knowledge                        confirm what is new
  gravida language stamp zh-Hans findings/daily.md --knowledge knowledge      and what was compared again
  gravida language check zh-Hans --knowledge knowledge

A translation is a page of the same path below languages/TAG/, with the same blocks and the words alone. Each block
begins with `of` and a stamp of the words that it translates, so that a later change of them is noticed.";

#[derive(Subcommand)]
pub enum Step {
    /// The languages of the pack, and how far each is
    List,
    /// Write what is missing, with the words of the pack to translate (to standard output without --knowledge)
    Skeleton {
        /// The language, as zh-Hans
        tag: String,
        /// Pages of the pack, as findings/daily.md (all if none is named)
        pages: Vec<String>,
    },
    /// Confirm translations: write into each block which words it translates
    ///
    /// Without pages, new blocks alone. Where the words of the pack have changed since, a block is confirmed only on a page
    /// that is named: so that somebody has compared it. Exit code 1 when something is left to confirm.
    Stamp {
        tag: String,
        /// Pages of the pack that were compared again, as findings/daily.md
        pages: Vec<String>,
        /// Confirm blocks that read as in the pack, too
        #[arg(long)]
        same: bool,
    },
    /// Every mistake of one language
    Check {
        tag: String,
        /// One line for each mistake
        #[arg(long)]
        plain: bool,
    },
}

/// True when everything was fine.
pub fn run(folder: Option<&Path>, step: &Step) -> Result<bool> {
    let pages = pack::pages(folder)?;
    let (Some(source), _) = read(&pages, None) else { bail!("the pack has mistakes already; `gravida check` lists them") };
    match step {
        Step::List => {
            anstream::println!("{SOURCE_LANGUAGE} ({}): the language of the pack", source.language.english);
            let mut sound = true;
            for tag in languages(&pages) {
                let (knowledge, mistakes) = read_language(&pages, &source, &tag);
                sound &= knowledge.is_some();
                match knowledge {
                    Some(knowledge) => anstream::println!("{}", check::summary(&knowledge.language)),
                    None => anstream::println!("{tag}: {} mistakes; `gravida language check {tag}` lists them", mistakes.iter().filter(|one| one.is_error()).count()),
                }
            }
            Ok(sound)
        }
        Step::Skeleton { tag, pages: wanted } => write_skeleton(folder, &pages, &source, tag, wanted),
        Step::Stamp { tag, pages: named, same } => write_stamps(folder, &pages, &source, tag, named, *same),
        Step::Check { tag, plain } => {
            let (knowledge, mistakes) = read_language(&pages, &source, tag);
            for mistake in &mistakes {
                anstream::println!("{}", check::show(mistake, &pages, *plain));
            }
            match &knowledge {
                Some(knowledge) => anstream::println!("{}", check::summary(&knowledge.language)),
                None => anstream::println!("{tag}: {} mistakes", mistakes.iter().filter(|one| Diagnostic::is_error(one)).count()),
            }
            Ok(knowledge.is_some())
        }
    }
}

/// The pages of the pack with these paths; a path that no page has is a mistake of whoever typed it.
fn exist(pages: &[Page], wanted: &[String]) -> Result<()> {
    for path in wanted {
        if !pages.iter().any(|page| page.path == *path) {
            let hint = nearest(path, pages.iter().map(|page| page.path.as_str())).map_or("write its path below the pack, as findings/daily.md".to_owned(), |near| format!("did you mean `{near}`?"));
            bail!("there is no page `{path}`; {hint}");
        }
    }
    Ok(())
}

fn is_tag(tag: &str) -> Result<()> {
    let sound = tag.split('-').all(|part| (1..=8).contains(&part.len()) && part.chars().all(|letter| letter.is_ascii_alphanumeric()));
    if !sound || tag == SOURCE_LANGUAGE {
        bail!("`{tag}` cannot be the language of a translation; write a tag as zh-Hans, fr or pt-BR");
    }
    Ok(())
}

fn save(folder: &Path, page: &Page) -> Result<()> {
    let path = folder.join(&page.path);
    if let Some(parent) = path.parent() {
        std::fs::create_dir_all(parent).with_context(|| format!("{} cannot be made", parent.display()))?;
    }
    std::fs::write(&path, &page.text).with_context(|| format!("{} cannot be written", path.display()))
}

fn write_skeleton(folder: Option<&Path>, pages: &[Page], source: &Knowledge, tag: &str, wanted: &[String]) -> Result<bool> {
    is_tag(tag)?;
    exist(pages, wanted)?;
    let written = skeleton(pages, source, tag, &|path| wanted.is_empty() || wanted.iter().any(|one| one == path));
    for page in &written {
        match folder {
            Some(folder) => {
                save(folder, page)?;
                anstream::println!("{} written", folder.join(&page.path).display());
            }
            None => anstream::print!("<!-- {} -->\n{}\n", page.path, page.text),
        }
    }
    if written.is_empty() {
        anstream::println!("nothing is missing in {tag}");
    }
    Ok(true)
}

fn write_stamps(folder: Option<&Path>, pages: &[Page], source: &Knowledge, tag: &str, named: &[String], same: bool) -> Result<bool> {
    is_tag(tag)?;
    exist(pages, named)?;
    let Some(folder) = folder else { bail!("pages are compiled in and cannot be written; give their folder with --knowledge") };
    if !languages(pages).iter().any(|one| one == tag) {
        bail!("the pack has no pages in `{tag}`; `gravida language skeleton {tag}` writes them");
    }
    let done = stamp(pages, source, tag, &|path| named.iter().any(|one| one == path), same);
    for page in &done.pages {
        save(folder, page)?;
    }
    let list = |what: &str, blocks: &[String]| blocks.iter().for_each(|block| anstream::println!("{what}: {block}"));
    list("confirmed again", &done.again);
    list("changed in the pack, so compare it and name its page", &done.stale);
    list("still in the words of the pack (--same if it must read so)", &done.same);
    list("with mistakes, which must go first", &done.wrong);
    anstream::println!("{} blocks confirmed, {} left", done.new.len() + done.again.len(), done.stale.len() + done.same.len() + done.wrong.len());
    Ok(done.stale.is_empty() && done.same.is_empty() && done.wrong.is_empty())
}
