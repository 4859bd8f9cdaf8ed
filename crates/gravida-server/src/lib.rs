//! The pages over HTTP, for the people at this machine and nobody else; it writes down nothing that was answered.
#![forbid(unsafe_code)]

mod guard;
mod store;
mod visits;

use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::{DefaultBodyLimit, State};
use axum::http::{HeaderMap, HeaderValue, Method, Response, StatusCode, Uri, header};
use gravida_paper::{NotOnPaper, pdf};
use gravida_web::{Host, Print, Request, Site};
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::timeout::TimeoutLayer;

use store::Store;
use visits::Visits;

/// A form has some kilobytes at most.
pub const LARGEST_BODY: usize = 256 * 1024;
/// A page takes milliseconds; what takes longer is a client that does not send.
const LONGEST: Duration = Duration::from_secs(10);

/// What every request needs.
pub struct Server {
    site: Site,
    visits: Visits,
    store: Option<Store>,
    /// How a sheet becomes a PDF.
    on_paper: fn(&Print) -> Result<Vec<u8>, NotOnPaper>,
}

impl Server {
    pub fn new(site: Site) -> Server {
        Server { site, visits: Visits::default(), store: None, on_paper: |print| pdf(&print.sheet, print.paper) }
    }

    /// The pack that the pages are made from.
    pub fn knowledge(&self) -> &gravida_web::Knowledge {
        self.site.knowledge()
    }

    /// The same, with the record of looking again in a file of the person's own.
    pub fn with_store(self, path: PathBuf) -> Server {
        Server { store: Some(Store::new(path)), ..self }
    }

    /// The routes with every limit and header.
    pub fn router(self) -> Router {
        let failed = Arc::new(gravida_web::failure(&self.site));
        Router::new()
            .fallback(answer)
            .layer(DefaultBodyLimit::max(LARGEST_BODY))
            .layer(CatchPanicLayer::custom(move |_: Box<dyn std::any::Any + Send>| failure(&failed)))
            .layer(TimeoutLayer::with_status_code(StatusCode::REQUEST_TIMEOUT, LONGEST))
            .layer(axum::middleware::from_fn(guard::guard))
            .with_state(Arc::new(self))
    }
}

/// Serves on this machine until it is interrupted. `ready` is told the address.
///
/// # Errors
/// When the port is taken or may not be used.
pub fn serve(server: Server, port: u16, ready: impl FnOnce(SocketAddr)) -> std::io::Result<()> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(async {
        let listener = tokio::net::TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await?;
        ready(listener.local_addr()?);
        let end = async {
            let _ = tokio::signal::ctrl_c().await;
        };
        axum::serve(listener, server.router()).with_graceful_shutdown(end).await
    })
}

async fn answer(State(server): State<Arc<Server>>, method: Method, uri: Uri, headers: HeaderMap, body: Bytes) -> Response<Body> {
    let visit = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok()).find_map(visits::named);
    let (name, new) = server.visits.open(visit);
    let text = |name: header::HeaderName| headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default().to_owned();
    let mut held = None;
    let mut kept = server.visits.state(&name);
    if let Some(store) = &server.store {
        // The file is the truth: the command may have added to it since the last page.
        match store.hold() {
            Ok(file) => {
                kept = gravida_web::with_episode(&kept, &file.text);
                held = Some(file);
            }
            Err(why) => return unkept(&server, &why),
        }
    }
    let request = Request {
        method: method.as_str().to_owned(),
        path: uri.path().trim_start_matches('/').to_owned(),
        form: form_urlencoded::parse(&body).into_owned().collect(),
        state: kept,
        now: jiff::Timestamp::now().to_zoned_datetime(jiff::tz::TimeZone::system()).strftime("%Y-%m-%dT%H:%M:%S%:z").to_string(),
        languages: text(header::ACCEPT_LANGUAGE),
        host: Host::Server,
    };
    // A page is computed in some milliseconds, in one piece: that is short enough to do here.
    let page = server.site.answer(&request);
    if let Some(state) = &page.state {
        // Leaving in a hurry leaves the file alone: it is the person's own, and erasing it asks first.
        if let Some(file) = held.take().filter(|_| request.path != "exit")
            && let Err(why) = file.write(&gravida_web::episode(state))
        {
            return unkept(&server, &why);
        }
        server.visits.keep(&name, state);
    }
    // A PDF takes a few pages' time, so it is made here too.
    let body = match page.print.as_ref().map(server.on_paper) {
        None => Body::from(page.body),
        Some(Ok(bytes)) => Body::from(bytes),
        Some(Err(_)) => {
            // The reason may quote the note, so it is kept to ourselves.
            eprintln!("gravida: the note could not be put on paper");
            return failure(&gravida_web::failure(&server.site));
        }
    };
    let mut response = Response::new(body);
    *response.status_mut() = StatusCode::from_u16(page.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let mut set = |name: header::HeaderName, value: &str| {
        if let Ok(value) = HeaderValue::from_str(value) {
            response.headers_mut().append(name, value);
        }
    };
    set(header::CONTENT_TYPE, &page.kind);
    if let Some(to) = &page.location {
        set(header::LOCATION, to);
    }
    if let Some(file) = &page.file {
        set(header::CONTENT_DISPOSITION, &format!("attachment; filename=\"{file}\""));
    }
    // A name is given with the first thing that is kept: the stylesheet and the icon, which a browser loads beside a page,
    // would give it another one each, and the last to arrive would win.
    match page.state.as_deref() {
        Some("") => set(header::SET_COOKIE, &visits::no_cookie()),
        Some(_) if new => set(header::SET_COOKIE, &visits::cookie(&name)),
        _ => {}
    }
    response
}

/// What was sent could not be written into the person's file: nothing is said to be kept that is not.
fn unkept(server: &Server, why: &std::io::Error) -> Response<Body> {
    // The reason is about a file, and holds nothing that was answered.
    eprintln!("gravida: the record could not be read or written: {why}");
    failure(&gravida_web::failure(&server.site))
}

/// A page that failed says what to do all the same.
fn failure(page: &str) -> Response<Body> {
    let mut response = Response::new(Body::from(page.to_owned()));
    *response.status_mut() = StatusCode::INTERNAL_SERVER_ERROR;
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"));
    response
}

#[cfg(test)]
mod tests {
    use axum::body::to_bytes;
    use tower::ServiceExt;

    use super::*;

    #[tokio::test]
    async fn a_pdf_that_cannot_be_made_is_the_page_for_failures() {
        let server = Server { on_paper: |_| Err(NotOnPaper::NotAccessible("what was written".to_owned())), ..Server::new(Site::compiled().expect("the pack")) };
        let failed = server.knowledge().text("failure").to_owned();
        let router = server.router();
        let mut cookie = String::new();
        for (method, path, status) in [("POST", "/begin", 303), ("POST", "/leave", 303), ("GET", "/note.pdf", 500), ("GET", "/note", 200)] {
            let request = axum::http::Request::builder().method(method).uri(path).header(header::HOST, "localhost").header(header::COOKIE, &cookie);
            let response = router.clone().oneshot(request.body(Body::empty()).expect("a request")).await.expect("an answer");
            assert_eq!(response.status(), status, "{path}");
            if let Some(set) = response.headers().get(header::SET_COOKIE) {
                cookie = set.to_str().expect("text").to_owned();
            }
            if status == 500 {
                assert_eq!(response.headers()[header::CONTENT_TYPE], "text/html; charset=utf-8");
                assert_eq!(response.headers()[header::CACHE_CONTROL], "no-store");
                assert!(!response.headers().contains_key(header::CONTENT_DISPOSITION));
                let body = String::from_utf8(to_bytes(response.into_body(), 1 << 20).await.expect("a body").to_vec()).expect("text");
                assert!(body.contains(&failed) && !body.contains("what was written"), "{body}");
            }
        }
    }
}
