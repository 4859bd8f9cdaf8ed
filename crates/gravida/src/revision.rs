//! A pack to compare: the pages of a folder or of a git revision, with the changelog beside them; it never changes a repository.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context as _, Result, anyhow, bail};
use gravida_knowledge::{Diagnostic, Knowledge, Page, is_translation, read, read_folder};

use crate::pack;

/// Pages and the pack that they make.
pub struct Revision {
    pub pages: Vec<Page>,
    pub knowledge: Knowledge,
    /// The fingerprint of the pack; `None` when it was read with texts of the pack compiled in.
    pub hash: Option<String>,
    pub changelog: Option<Changelog>,
}

/// What tells a changelog from another, and its text.
pub type Changelog = (String, String);

/// Larger pages are refused in a folder too.
const LARGEST_PAGE: usize = 1 << 20;

/// Mistakes shown of a pack that cannot be compared; `check` lists them all.
const MOST_MISTAKES: usize = 10;

/// Reads a folder, else a revision: `v1`, `HEAD~3`, or `HEAD:folder` when the pack does not stand in `knowledge`.
///
/// The program may ask for a `text` that an older pack could not know. It is then lent from the pack compiled in: no
/// rule reads a text, so no level rests on it.
pub fn open(name: &str) -> Result<Revision> {
    let folder = Path::new(name);
    let (mut pages, changelog) = if folder.is_dir() {
        let pages = read_folder(folder).map_err(|why| anyhow!("the pack cannot be read: {why}"))?;
        (pages, beside(folder))
    } else {
        of_git(name)?
    };
    // What moves is looked for in the pack; its languages hold words alone.
    pages.retain(|page| !is_translation(&page.path));
    if pages.is_empty() {
        bail!("{name} holds no pages, so it is no pack");
    }
    let (knowledge, diagnostics) = read(&pages, None);
    if let Some(knowledge) = knowledge {
        let hash = Some(knowledge.hash.clone());
        return Ok(Revision { pages, knowledge, hash, changelog });
    }
    if let Some(knowledge) = read(&with_texts(&pages, &pack::pages(None)?), None).0 {
        return Ok(Revision { pages, knowledge, hash: None, changelog });
    }
    let errors: Vec<String> = diagnostics.iter().filter(|one| one.is_error()).map(Diagnostic::to_string).collect();
    let more = errors.len().saturating_sub(MOST_MISTAKES);
    let more = if more > 0 { format!("\nand {more} more") } else { String::new() };
    bail!("the pack {name} has {}, so it cannot be compared:\n{}{more}", if errors.len() == 1 { "a mistake".to_owned() } else { format!("{} mistakes", errors.len()) }, errors.iter().take(MOST_MISTAKES).cloned().collect::<Vec<_>>().join("\n"));
}

/// The pages with the `text` blocks of the lender that they lack, below the first page that has such blocks.
fn with_texts(pages: &[Page], lender: &[Page]) -> Vec<Page> {
    let head = |line: &str| line.starts_with("```text ").then(|| line.trim_end().to_owned());
    // A translation of a text is not the text.
    let is_source = |page: &&Page| !is_translation(&page.path);
    let known: Vec<String> = pages.iter().filter(is_source).flat_map(|page| page.text.lines().filter_map(head)).collect();
    let mut lent = String::new();
    let mut inside = false;
    for line in lender.iter().filter(is_source).flat_map(|page| page.text.lines()) {
        inside |= head(line).is_some_and(|head| !known.contains(&head));
        if inside {
            lent.push_str(line);
            lent.push('\n');
            inside = line != "```";
        }
    }
    let mut pages = pages.to_vec();
    if let Some(page) = pages.iter_mut().find(|page| !page.path.starts_with("languages/") && page.text.contains("\n```text ")) {
        page.text.push('\n');
        page.text.push_str(&lent);
    }
    pages
}

fn beside(folder: &Path) -> Option<Changelog> {
    let path: PathBuf = folder.canonicalize().ok()?.parent()?.join("CHANGELOG.md");
    let text = std::fs::read_to_string(&path).ok()?;
    Some((path.display().to_string(), text))
}

fn of_git(name: &str) -> Result<(Vec<Page>, Option<Changelog>)> {
    if name.starts_with('-') {
        bail!("`{name}` is neither a folder nor a git revision");
    }
    let (revision, folder) = name.split_once(':').unwrap_or((name, "knowledge"));
    let folder = folder.trim_matches('/');
    let commit = git(&["rev-parse", "--verify", "--quiet", "--end-of-options", &format!("{revision}^{{commit}}")], "")
        .with_context(|| format!("`{name}` is no folder, so it was looked for in git"))?
        .ok_or_else(|| anyhow!("`{name}` is neither a folder nor a git revision of this repository"))?;
    let commit = String::from_utf8_lossy(&commit).trim().to_owned();
    let listed = git(&["ls-tree", "-r", "-z", "--full-tree", "--name-only", &commit, "--", folder], "")?.unwrap_or_default();
    let listed = String::from_utf8_lossy(&listed).into_owned();
    let files: Vec<&str> = listed.split('\0').filter(|file| file.ends_with(".md") && !file.contains('\n')).collect();
    if files.is_empty() {
        bail!("the revision {revision} has no pages in `{folder}`; name another folder as {revision}:FOLDER");
    }
    let texts = contents(&commit, &files)?;
    let mut pages: Vec<Page> = files
        .iter()
        .zip(texts)
        .filter_map(|(file, text)| Some(Page { path: file.strip_prefix(folder)?.trim_start_matches('/').to_owned(), text: text? }))
        .collect();
    pages.sort_by(|a, b| a.path.cmp(&b.path));
    let beside = match folder.rsplit_once('/') {
        Some((parent, _)) => format!("{parent}/CHANGELOG.md"),
        None => "CHANGELOG.md".to_owned(),
    };
    let changelog = contents(&commit, &[beside.as_str()])?.into_iter().next().flatten();
    Ok((pages, changelog.map(|text| (format!("{revision}:{beside}"), text))))
}

/// The text of each file of a commit; `None` for one that is not there.
fn contents(commit: &str, files: &[&str]) -> Result<Vec<Option<String>>> {
    let asked: String = files.iter().map(|file| format!("{commit}:{file}\n")).collect();
    let out = git(&["cat-file", "--batch"], &asked)?.unwrap_or_default();
    let mut rest = out.as_slice();
    let mut texts = Vec::with_capacity(files.len());
    for file in files {
        let end = rest.iter().position(|byte| *byte == b'\n').ok_or_else(|| anyhow!("git ended before {file}"))?;
        let head = String::from_utf8_lossy(&rest[..end]).into_owned();
        rest = &rest[end + 1..];
        if head.ends_with(" missing") {
            texts.push(None);
            continue;
        }
        let size: usize = head.rsplit(' ').next().and_then(|size| size.parse().ok()).ok_or_else(|| anyhow!("git said `{head}` of {file}"))?;
        if size > LARGEST_PAGE {
            bail!("{file}: a page of {size} bytes; pages hold at most {LARGEST_PAGE}");
        }
        let text = rest.get(..size).ok_or_else(|| anyhow!("git ended inside {file}"))?;
        texts.push(Some(String::from_utf8(text.to_vec()).with_context(|| format!("{file} is not text"))?));
        rest = rest.get(size + 1..).unwrap_or_default();
    }
    Ok(texts)
}

/// What git writes, or `None` when it says no.
fn git(arguments: &[&str], input: &str) -> Result<Option<Vec<u8>>> {
    let mut child = Command::new("git")
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .map_err(|why| anyhow!("git cannot be run ({why}); name two folders instead"))?;
    let (pipe, input) = (child.stdin.take(), input.to_owned());
    // Written from a thread, so that neither side waits for the other with full pipes.
    let writer = std::thread::spawn(move || pipe.map(|mut pipe| pipe.write_all(input.as_bytes())));
    let output = child.wait_with_output().context("git did not end")?;
    let _ = writer.join();
    Ok(output.status.success().then_some(output.stdout))
}
