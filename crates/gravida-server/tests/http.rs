//! The server as a client sees it: limits, headers, who is refused, and that nothing of a visit is told to another.

use axum::body::{Body, to_bytes};
use axum::http::{Request, Response, StatusCode, header};
use gravida_server::{LARGEST_BODY, Server};
use gravida_web::Site;
use tower::ServiceExt;

fn router() -> axum::Router {
    Server::new(Site::compiled().expect("the pack")).router()
}

fn request(method: &str, path: &str) -> axum::http::request::Builder {
    Request::builder().method(method).uri(path).header(header::HOST, "127.0.0.1:7340")
}

async fn text(response: Response<Body>) -> String {
    String::from_utf8(to_bytes(response.into_body(), 1 << 22).await.expect("a body").to_vec()).expect("text")
}

fn cookie(response: &Response<Body>) -> String {
    response.headers()[header::SET_COOKIE].to_str().expect("text").split(';').next().expect("a pair").to_owned()
}

#[tokio::test]
async fn every_answer_has_its_headers() {
    for (method, path) in [("GET", "/start"), ("GET", "/style.css"), ("GET", "/nothing"), ("PUT", "/start"), ("GET", "/")] {
        let response = router().oneshot(request(method, path).body(Body::empty()).expect("a request")).await.expect("an answer");
        let policy = response.headers()[header::CONTENT_SECURITY_POLICY].to_str().expect("text").to_owned();
        assert!(policy.starts_with("default-src 'none';") && policy.contains("connect-src 'self'") && !policy.contains("unsafe"), "{policy}");
        assert_eq!(response.headers()[header::CACHE_CONTROL], "no-store");
        assert_eq!(response.headers()[header::X_FRAME_OPTIONS], "DENY");
        assert_eq!(response.headers()[header::X_CONTENT_TYPE_OPTIONS], "nosniff");
        // Nothing is kept yet, so there is no name; one for each file would take the place of the one for the answers.
        assert!(response.headers().get(header::SET_COOKIE).is_none(), "{path}");
    }
}

#[tokio::test]
async fn other_hosts_and_forms_of_other_sites_are_refused() {
    let get = |host: &str| Request::builder().uri("/start").header(header::HOST, host).body(Body::empty()).expect("a request");
    for (host, status) in [("127.0.0.1:1", StatusCode::OK), ("localhost", StatusCode::OK), ("[::1]:7340", StatusCode::OK), ("evil.example", StatusCode::MISDIRECTED_REQUEST), ("localhost.evil.example:80", StatusCode::MISDIRECTED_REQUEST), ("", StatusCode::MISDIRECTED_REQUEST)] {
        assert_eq!(router().oneshot(get(host)).await.expect("an answer").status(), status, "{host}");
    }
    for (origin, site, status) in [
        (Some("http://127.0.0.1:7340"), Some("same-origin"), StatusCode::SEE_OTHER),
        (None, None, StatusCode::SEE_OTHER),
        (Some("http://127.0.0.1:1"), None, StatusCode::FORBIDDEN),
        (Some("null"), None, StatusCode::FORBIDDEN),
        (Some("https://evil.example"), Some("cross-site"), StatusCode::FORBIDDEN),
        (None, Some("cross-site"), StatusCode::FORBIDDEN),
    ] {
        let mut post = request("POST", "/begin");
        if let Some(origin) = origin {
            post = post.header(header::ORIGIN, origin);
        }
        if let Some(site) = site {
            post = post.header("sec-fetch-site", site);
        }
        let response = router().oneshot(post.body(Body::empty()).expect("a request")).await.expect("an answer");
        assert_eq!(response.status(), status, "{origin:?} {site:?}");
    }
}

#[tokio::test]
async fn a_form_that_is_too_large_is_refused() {
    let form = format!("page=x&there={}", "y".repeat(LARGEST_BODY));
    let response = router().oneshot(request("POST", "/ask").body(Body::from(form)).expect("a request")).await.expect("an answer");
    assert_eq!(response.status(), StatusCode::PAYLOAD_TOO_LARGE);
}

#[tokio::test]
async fn a_visit_is_its_own_and_its_answers_are_in_no_address() {
    let router = router();
    let send = |request: Request<Body>| router.clone().oneshot(request);
    let begun = send(request("POST", "/begin").body(Body::empty()).expect("a request")).await.expect("an answer");
    assert_eq!(begun.headers()[header::LOCATION], "ask");
    let mine = cookie(&begun);
    let set = begun.headers()[header::SET_COOKIE].to_str().expect("text").to_owned();
    assert!(set.contains("HttpOnly") && set.contains("SameSite=Strict"), "{set}");
    let ask = send(request("GET", "/ask").header(header::COOKIE, &mine).body(Body::empty()).expect("a request")).await.expect("an answer");
    assert!(text(ask).await.contains("name=\"page\""));
    // Somebody without the name of this visit, or with another, sees the beginning.
    for other in [None, Some("gravida=00000000000000000000000000000000")] {
        let mut get = request("GET", "/ask");
        if let Some(other) = other {
            get = get.header(header::COOKIE, other);
        }
        let response = send(get.body(Body::empty()).expect("a request")).await.expect("an answer");
        assert_eq!(response.headers()[header::LOCATION], "start");
    }
    // After leaving in a hurry nothing is left of it.
    let left = send(request("POST", "/exit").header(header::COOKIE, &mine).body(Body::empty()).expect("a request")).await.expect("an answer");
    assert_eq!(left.headers()[header::LOCATION], "away");
    assert!(left.headers()[header::SET_COOKIE].to_str().expect("text").starts_with("gravida=; Max-Age=0;"));
    let again = send(request("GET", "/ask").header(header::COOKIE, &mine).body(Body::empty()).expect("a request")).await.expect("an answer");
    assert_eq!(again.headers()[header::LOCATION], "start");
}

#[tokio::test]
async fn a_record_is_in_the_persons_own_file() {
    let folder = std::env::temp_dir().join(format!("gravida-serve-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a folder");
    let path = folder.join("episode");
    let router = Server::new(Site::compiled().expect("the pack")).with_store(path.clone()).router();
    let post = |path: &str, cookie: &str, form: &str| {
        let request = request("POST", path).header(header::COOKIE, cookie).header(header::CONTENT_TYPE, "application/x-www-form-urlencoded").body(Body::from(form.to_owned()));
        router.clone().oneshot(request.expect("a request"))
    };
    // A record that the command wrote is there for every visit, and what a page adds is appended to it.
    let first = "{\"schema\":\"gravida-episode/1\"}\n{\"n\":1,\"at\":\"2026-11-24T08:01:00Z\",\"what\":\"contact\",\"level\":\"self-care\",\"floor\":\"self-care\",\"asked\":true,\"pain\":2}\n";
    std::fs::write(&path, first).expect("a file");
    let begun = post("/begin", "", "").await.expect("an answer");
    let mine = cookie(&begun);
    let noted = post("/follow-note", &mine, "by=midwife&level=routine&hours=&says=").await.expect("an answer");
    assert_eq!(noted.status(), StatusCode::SEE_OTHER);
    let text = std::fs::read_to_string(&path).expect("text");
    assert!(text.starts_with(first) && text.lines().count() == 3, "{text}");
    // Leaving in a hurry leaves it alone; erasing does not.
    post("/exit", &mine, "").await.expect("an answer");
    assert_eq!(std::fs::read_to_string(&path).expect("text"), text);
    post("/erase", "", "").await.expect("an answer");
    assert!(!path.exists());
    std::fs::remove_dir_all(&folder).expect("removed");
}
