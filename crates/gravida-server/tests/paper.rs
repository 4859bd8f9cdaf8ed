//! The note as a PDF from the server: what stands in it, who gets it, and that a refusal is a page and no file.

#[path = "../../gravida-paper/tests/reader/mod.rs"]
mod reader;

use axum::Router;
use axum::body::{Body, Bytes, to_bytes};
use axum::http::{HeaderMap, Request, StatusCode, header};
use gravida_server::Server;
use gravida_web::Site;
use tower::ServiceExt;

/// One browser with its cookie.
struct Browser {
    router: Router,
    cookie: String,
}

struct Page {
    status: StatusCode,
    headers: HeaderMap,
    body: Bytes,
}

impl Page {
    fn location(&self) -> &str {
        self.headers.get(header::LOCATION).and_then(|to| to.to_str().ok()).unwrap_or_default()
    }

    fn html(&self) -> &str {
        std::str::from_utf8(&self.body).expect("text")
    }

    /// The text of the PDF as another library reads it, without spaces: they are not drawn where a line ends.
    fn printed(&self) -> String {
        assert_eq!(self.status, StatusCode::OK);
        assert_eq!(self.headers[header::CONTENT_TYPE], "application/pdf");
        assert_eq!(self.headers[header::CONTENT_DISPOSITION], "attachment; filename=\"note.pdf\"");
        assert_eq!(self.headers[header::CACHE_CONTROL], "no-store");
        assert!(self.headers.contains_key(header::CONTENT_SECURITY_POLICY) && self.body.starts_with(b"%PDF"));
        close(&reader::copied(&self.body))
    }

    /// The width of its paper, in points.
    fn width(&self) -> i64 {
        let document = reader::document(&self.body);
        let page = document.get_dictionary(document.get_pages()[&1]).expect("a page");
        page.get(b"MediaBox").and_then(lopdf::Object::as_array).expect("a size")[2].as_float().expect("a width") as i64
    }

    fn is_no_pdf(&self) -> bool {
        !self.body.starts_with(b"%PDF") && !self.headers.contains_key(header::CONTENT_DISPOSITION)
    }
}

fn close(text: &str) -> String {
    text.split_whitespace().collect()
}

impl Browser {
    fn new() -> Browser {
        Browser { router: Server::new(Site::compiled().expect("the pack")).router(), cookie: String::new() }
    }

    async fn send(&mut self, method: &str, path: &str, form: &str) -> Page {
        let request = Request::builder().method(method).uri(format!("/{path}")).header(header::HOST, "127.0.0.1:7340").header(header::COOKIE, &self.cookie);
        let response = self.router.clone().oneshot(request.body(Body::from(form.to_owned())).expect("a request")).await.expect("an answer");
        if let Some(set) = response.headers().get(header::SET_COOKIE) {
            self.cookie = set.to_str().expect("text").split(';').next().expect("a pair").to_owned();
        }
        let (parts, body) = response.into_parts();
        Page { status: parts.status, headers: parts.headers, body: to_bytes(body, 1 << 22).await.expect("a body") }
    }

    async fn get(&mut self, path: &str) -> Page {
        self.send("GET", path, "").await
    }

    async fn post(&mut self, path: &str, form: &str) -> Page {
        self.send("POST", path, form).await
    }

    /// Goes through the questions at 22 weeks, alone, with the calmest answers but one.
    async fn answer_with(&mut self, worst: &str) {
        let site = Site::compiled().expect("the pack");
        let knowledge = site.knowledge();
        self.post("begin", "").await;
        for _ in 0..80 {
            let page = self.get("ask").await;
            if page.location() == "result" {
                return;
            }
            let name = page.html().split("name=\"page\" value=\"").nth(1).and_then(|rest| rest.split('"').next()).expect("a page").to_owned();
            let mut form = format!("page={name}");
            let mut none = "&rest=none";
            // The name of a page holds the numbers of its questions.
            for id in name.split('.').skip(1).map(|n| knowledge.finding_ids().nth(n.parse().expect("a number")).expect("a question")) {
                let (slug, n) = (&knowledge.finding(id).slug, id.index());
                if slug == worst {
                    form.push_str(&format!("&there={slug}"));
                    none = "";
                }
                let answer = u16::from(slug == worst || slug == "alone-private");
                form.push_str(&format!("&answer-{n}={answer}&weeks-{n}=22"));
            }
            let next = self.post("ask", &format!("{form}{none}")).await;
            assert_eq!(next.location(), "ask", "{form}");
        }
        panic!("the interview does not end");
    }
}

#[tokio::test]
async fn the_note_is_a_pdf_in_both_languages() {
    let site = Site::compiled().expect("the pack");
    let mut browser = Browser::new();
    browser.post("begin", "").await;
    browser.post("place", "place=gb&back=start").await;
    browser.post("leave", "").await;
    let page = browser.get("note").await;
    assert!(page.html().contains("action=\"note.pdf\""));
    let english = browser.get("note.pdf").await.printed();
    let say = |slug: &str| close(site.knowledge().text(slug));
    for part in [say("level-emergency"), say("report-title"), say("report-private"), "999".to_owned()] {
        assert!(english.contains(&part), "{part}: {english}");
    }
    assert!(!english.contains(&say("report-private-included")));
    let asked = browser.post("note.pdf", "private=yes&paper=letter").await;
    assert!(asked.printed().contains(&say("report-private-included")));
    assert_eq!((asked.width(), browser.post("note.pdf", "paper=a4").await.width()), (612, 595));
    browser.post("language", "language=zh-Hans&back=note").await;
    let chinese = browser.get("note.pdf").await.printed();
    for part in ["现在就求助（急救）", "给产科的便条：答了什么，要多快求助", "私密问题和对它们的回答", "不能排除："] {
        assert!(chinese.contains(part), "{part}: {chinese}");
    }
    assert!(!chinese.contains('\u{fffd}'), "{chinese}");
}

#[tokio::test]
async fn a_note_that_would_be_calmer_is_a_page_and_no_file() {
    let site = Site::compiled().expect("the pack");
    let mut refused = 0;
    for private in site.knowledge().findings.iter().filter(|finding| finding.private) {
        let name = close(&private.name).to_lowercase();
        let mut browser = Browser::new();
        browser.answer_with(&private.slug).await;
        let page = browser.get("note.pdf").await;
        if page.status == StatusCode::CONFLICT {
            refused += 1;
            assert!(page.is_no_pdf() && page.html().contains("role=\"alert\""), "{}", page.html());
            assert!(browser.post("note.pdf", "private=yes").await.printed().to_lowercase().contains(&name));
        } else {
            assert!(!page.printed().to_lowercase().contains(&name));
        }
    }
    assert!(refused > 0, "no private answer raises the level alone");
}

#[tokio::test]
async fn before_the_questions_and_for_a_partner_there_is_none() {
    let mut browser = Browser::new();
    for method in ["GET", "POST"] {
        let page = browser.send(method, "note.pdf", "").await;
        assert!(page.location() == "start" && page.is_no_pdf());
    }
    browser.post("begin", "").await;
    let page = browser.get("note.pdf").await;
    assert!(page.location() == "ask" && page.is_no_pdf());
    browser.post("leave", "").await;
    assert!(browser.get("note.pdf").await.body.starts_with(b"%PDF"));
    browser.post("partner", "code=1234").await;
    for (method, form) in [("GET", ""), ("POST", "private=yes"), ("POST", "code=1234")] {
        let page = browser.send(method, "note.pdf", form).await;
        assert!(page.location() == "partner-view" && page.is_no_pdf());
    }
    // Another browser has no part in this visit.
    let mut other = Browser { router: browser.router.clone(), cookie: String::new() };
    assert_eq!(other.get("note.pdf").await.location(), "start");
}
