//! The folder of the app: first page, worker, module and files, each by its fingerprint. The same input gives the same bytes.

use std::fmt::Write as _;
use std::path::Path;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use gravida_web::{Host, LANGUAGES, Request, Site, Words};
use sha2::{Digest, Sha256};

const WORKER: &str = include_str!("../shell/sw.js");

/// What of the shell is copied as it stands: name, media type, text.
const SHELL: [(&str, &str, &str); 3] = [
    ("loader.js", "text/javascript; charset=utf-8", include_str!("../shell/loader.js")),
    ("manifest.webmanifest", "application/manifest+json", include_str!("../shell/manifest.webmanifest")),
    ("icon-maskable.svg", "image/svg+xml", include_str!("../shell/icon-maskable.svg")),
];

/// The icon for iOS, which takes no drawing: `shell/icon-maskable.svg`, rendered 180 pixels wide.
const TOUCH_ICON: (&str, &[u8]) = ("apple-touch-icon.png", include_bytes!("../shell/apple-touch-icon.png"));

/// Where the worker gets what only the build knows; it stands once in `shell/sw.js`.
const OPEN: &str = "const BUILT = null;";

/// A file that the browser keeps.
pub struct Kept {
    pub name: String,
    pub kind: String,
    pub bytes: Vec<u8>,
}

/// All files of the folder, and the version that the worker's cache is named after.
pub struct Folder {
    pub version: String,
    /// Kept by the browser, in the order of the worker's list.
    pub kept: Vec<Kept>,
    /// Only for the way to the app: the first page, the worker, and the page of a host for what it does not have.
    pub way: Vec<(&'static str, String)>,
}

/// Makes the folder around a module.
///
/// # Errors
/// When the pack has mistakes, or a file of the shell does not have the place to be filled in.
pub fn make(module: Vec<u8>) -> Result<Folder, String> {
    if asks_its_host(&module) {
        return Err("the module asks the browser for something, so it would never start: some dependency brought wasm-bindgen in \
            (cargo tree --package gravida-app --target wasm32-unknown-unknown --invert wasm-bindgen)".to_owned());
    }
    let site = Site::compiled()?;
    let start = page(&site, "").body;
    let failure = gravida_web::failure(&site);
    let mut kept: Vec<Kept> = Vec::new();
    for (name, kind, text) in SHELL {
        kept.push(Kept { name: name.to_owned(), kind: kind.to_owned(), bytes: text.as_bytes().to_vec() });
    }
    kept.push(Kept { name: TOUCH_ICON.0.to_owned(), kind: "image/png".to_owned(), bytes: TOUCH_ICON.1.to_vec() });
    // What the first page asks for and is no page: stylesheet, script, icon.
    for name in references(&start) {
        let file = page(&site, name);
        if file.status == 200 && !file.kind.starts_with("text/html") && kept.iter().all(|other| other.name != name) {
            kept.push(Kept { name: name.to_owned(), kind: file.kind, bytes: file.body.into_bytes() });
        }
    }
    let fingerprint = hex(&module);
    kept.push(Kept { name: format!("gravida-{fingerprint}.wasm"), kind: "application/wasm".to_owned(), bytes: module });
    kept.sort_by(|a, b| a.name.cmp(&b.name));

    let version = version(&kept, &failure);
    let built = serde_json::json!({
        "version": version,
        "module": format!("gravida-{fingerprint}.wasm"),
        "files": kept.iter().map(|file| (file.name.clone(), serde_json::json!([file.kind, integrity(&file.bytes)]))).collect::<serde_json::Map<_, _>>(),
        "failure": failure,
    });
    let worker = fill(WORKER, OPEN, &format!("const BUILT = {built};"))?;
    let first = fill(&start, "<main id=\"main\" tabindex=\"-1\">", &format!("<main id=\"main\" tabindex=\"-1\">{}", without_the_app(&failure)?))?;
    Ok(Folder { version, kept, way: vec![("index.html", first), ("404.html", failure), ("sw.js", worker)] })
}

/// Writes the folder around the module of a file, and gives its version.
///
/// # Errors
/// When something cannot be read or written, or the folder already holds other things.
pub fn write(module: &Path, folder: &Path) -> Result<String, String> {
    let told = |path: &Path| { let path = path.display().to_string(); move |why: std::io::Error| format!("{path}: {why}") };
    let made = make(std::fs::read(module).map_err(told(module))?)?;
    std::fs::create_dir_all(folder).map_err(told(folder))?;
    for entry in std::fs::read_dir(folder).map_err(told(folder))? {
        let path = entry.map_err(told(folder))?.path();
        // A module of an earlier build goes; nothing else is touched.
        if path.file_name().and_then(|name| name.to_str()).is_some_and(|name| name.starts_with("gravida-") && name.ends_with(".wasm")) {
            std::fs::remove_file(&path).map_err(told(&path))?;
        }
    }
    let kept = made.kept.iter().map(|file| (file.name.as_str(), file.bytes.as_slice()));
    // The worker last: whoever copies in this order never offers a version whose files are not there yet.
    for (name, bytes) in kept.chain(made.way.iter().map(|(name, text)| (*name, text.as_bytes()))) {
        let path = folder.join(name);
        std::fs::write(&path, bytes).map_err(told(&path))?;
    }
    Ok(made.version)
}

/// Whether a module has imports: section 2, before which only types and names of others may stand. The pages need nothing
/// from outside, not even a clock or chance.
fn asks_its_host(module: &[u8]) -> bool {
    let mut rest = module.get(8..).unwrap_or_default();
    while let [section, after @ ..] = rest {
        let Some(digits) = after.iter().position(|byte| byte & 0x80 == 0).filter(|last| *last < 5) else { return true };
        let length = after.iter().take(digits + 1).rev().fold(0_usize, |sum, byte| (sum << 7) | usize::from(byte & 0x7f));
        match (*section, after.get(digits + 1..)) {
            (2, Some(body)) => return body.first() != Some(&0),
            (_, Some(body)) => rest = body.get(length..).unwrap_or_default(),
            (_, None) => return true,
        }
    }
    false
}

/// A page as somebody gets it who was never here. The moment is fixed: the folder does not depend on the day.
fn page(site: &Site, path: &str) -> gravida_web::Response {
    let (method, now) = ("GET".to_owned(), "2026-01-01T00:00:00+00:00".to_owned());
    site.answer(&Request { method, path: path.to_owned(), form: Vec::new(), state: String::new(), now, languages: String::new(), host: Host::App })
}

/// What a page refers to by `href` and `src`, each once.
fn references(page: &str) -> Vec<&str> {
    let mut found: Vec<&str> = Vec::new();
    for mark in [" href=\"", " src=\""] {
        for name in page.split(mark).skip(1).filter_map(|rest| rest.split('"').next()) {
            if !name.contains(':') && !name.starts_with('#') && !found.contains(&name) {
                found.push(name);
            }
        }
    }
    found
}

/// The words for a browser that cannot hold the app, hidden until the loader finds that out, and for one without scripts.
fn without_the_app(failure: &str) -> Result<String, String> {
    let whom = failure.split("<main>").nth(1).and_then(|rest| rest.split("</main>").next()).ok_or("the page for failures has no <main>")?;
    let why = LANGUAGES.iter().fold(String::new(), |mut text, language| {
        let (words, _) = Words::read(language.tag, language.text);
        let _ = write!(text, "<section lang=\"{}\"><h2>{}</h2><p>{}</p></section>", words.tag, words.t("app-not-here-title"), words.t("app-not-here"));
        text
    });
    // There is no start to go to from here.
    let whom: String = whom.split("<p><a ").map(|part| part.split_once("</a></p>").map_or(part, |(_, rest)| rest)).collect();
    let whom = whom.replace("h1>", "h2>");
    Ok(format!("<noscript><div class=\"problem\">{why}{whom}</div></noscript><div class=\"problem\" id=\"failed\" role=\"alert\" hidden>{why}{whom}</div>"))
}

fn fill(text: &str, open: &str, with: &str) -> Result<String, String> {
    let places = text.matches(open).count();
    if places == 1 { Ok(text.replace(open, with)) } else { Err(format!("`{open}` stands {places} times where it should stand once")) }
}

fn version(kept: &[Kept], failure: &str) -> String {
    let mut all = String::new();
    for file in kept {
        let _ = writeln!(all, "{} {} {}", file.name, file.kind, integrity(&file.bytes));
    }
    format!("{}-{}", env!("CARGO_PKG_VERSION"), hex(format!("{all}{failure}{WORKER}").as_bytes()))
}

fn hex(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().take(6).fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

fn integrity(bytes: &[u8]) -> String {
    format!("sha256-{}", STANDARD.encode(Sha256::digest(bytes)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_folder_is_whole_and_always_the_same() {
        let folder = make(b"\0asm".to_vec()).expect("a folder");
        let again = make(b"\0asm".to_vec()).expect("a folder");
        assert_eq!(folder.version, again.version);
        assert_eq!(folder.way, again.way);
        assert_ne!(folder.version, make(b"\0asm other".to_vec()).expect("a folder").version);
        // Everything that the first page and the manifest refer to is a file here or a page of the site.
        let site = Site::compiled().expect("the pack");
        let (_, first) = &folder.way[0];
        for name in references(first) {
            assert!(folder.kept.iter().any(|file| file.name == name) || page(&site, name).status == 200, "{name}");
        }
        let manifest: serde_json::Value = serde_json::from_str(SHELL[1].2).expect("JSON");
        for icon in manifest["icons"].as_array().expect("icons") {
            assert!(folder.kept.iter().any(|file| icon["src"] == file.name.as_str()), "{icon}");
        }
    }

    #[test]
    fn a_browser_without_the_app_is_told_whom_to_call() {
        let site = Site::compiled().expect("the pack");
        let words = site.knowledge().text("failure");
        let folder = make(b"\0asm".to_vec()).expect("a folder");
        for (name, text) in &folder.way {
            assert!(text.contains(words), "{name}");
        }
        let (_, first) = &folder.way[0];
        assert!(first.contains("<noscript>") && first.contains("id=\"failed\""));
    }

    #[test]
    fn a_module_that_would_not_start_is_refused() {
        let empty = b"\0asm\x01\0\0\0";
        let types = b"\x01\x84\x00\x01\x60\x00\x00";
        // One function, named "f", of the module "m".
        let imports = b"\x02\x07\x01\x01m\x01f\x00\x00";
        assert!(make(empty.to_vec()).is_ok());
        assert!(make([&empty[..], types].concat()).is_ok());
        assert!(make([&empty[..], types, imports].concat()).is_err());
    }

    #[test]
    fn the_scripts_of_the_shell_are_small_and_hold_no_words() {
        let lines: usize = [WORKER, SHELL[0].2].iter().map(|script| script.lines().count()).sum();
        assert!(lines < 200, "{lines} lines");
    }
}
