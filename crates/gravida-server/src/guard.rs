//! Who may ask, and what a browser may do with the answer: only pages of this machine, and nothing from elsewhere.

use axum::body::Body;
use axum::extract::Request;
use axum::http::{HeaderName, HeaderValue, Method, Response, StatusCode, header};
use axum::middleware::Next;

/// Headers of every answer.
const HEADERS: [(HeaderName, &str); 8] = [
    (
        header::CONTENT_SECURITY_POLICY,
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; manifest-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    ),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::X_FRAME_OPTIONS, "DENY"),
    // The address of a page is told to this site alone; with no-referrer, browsers would not say where a form comes from.
    (header::REFERRER_POLICY, "same-origin"),
    // No answer stays in a cache, and no page comes back after an exit.
    (header::CACHE_CONTROL, "no-store"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    (HeaderName::from_static("permissions-policy"), "camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
];

/// Refuses other hosts (a name that was pointed to this machine) and forms of other sites; adds the headers.
pub async fn guard(request: Request, next: Next) -> Response<Body> {
    let headers = request.headers();
    let text = |name: HeaderName| headers.get(name).and_then(|value| value.to_str().ok());
    let host = text(header::HOST).unwrap_or_default().to_owned();
    let refused = if !is_this_machine(&host) {
        Some((StatusCode::MISDIRECTED_REQUEST, "This server answers to localhost alone. Open it under the address that it printed.\n"))
    } else if ![Method::GET, Method::HEAD, Method::POST].contains(request.method()) {
        Some((StatusCode::METHOD_NOT_ALLOWED, "Pages are read with GET and answered with POST.\n"))
    } else if request.method() == Method::POST && !is_own_form(&host, text(header::ORIGIN), text(HeaderName::from_static("sec-fetch-site"))) {
        Some((StatusCode::FORBIDDEN, "This form does not come from a page of this server, so it was not taken. Open the page anew.\n"))
    } else {
        None
    };
    let mut response = match refused {
        Some((status, why)) => {
            let mut response = Response::new(Body::from(why));
            *response.status_mut() = status;
            response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("text/plain; charset=utf-8"));
            response
        }
        None => next.run(request).await,
    };
    for (name, value) in HEADERS {
        response.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    response
}

fn is_this_machine(host: &str) -> bool {
    let name = match host.rsplit_once(':') {
        Some((name, port)) if port.chars().all(|c| c.is_ascii_digit()) => name,
        _ => host,
    };
    matches!(name, "localhost" | "127.0.0.1" | "[::1]")
}

/// A browser says where a form comes from; a tool that says nothing has no cookie of somebody else to misuse.
fn is_own_form(host: &str, origin: Option<&str>, site: Option<&str>) -> bool {
    let own = origin.is_none_or(|origin| origin == format!("http://{host}"));
    own && site.is_none_or(|site| matches!(site, "same-origin" | "none"))
}
