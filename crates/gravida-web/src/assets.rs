//! The stylesheet, the small script and the icon: the same bytes in the server and in the app.

use crate::request::Response;

/// Where the places of the body map lie.
pub const MAP: &str = include_str!("../../../knowledge/pictures/body-map.css");

/// A file of the site; `None` when there is none of this name.
pub fn file(path: &str) -> Option<Response> {
    let (kind, body) = match path {
        "style.css" => ("text/css; charset=utf-8", concat!(include_str!("../assets/style.css"), include_str!("../../../knowledge/pictures/body-map.css"))),
        "app.js" => ("text/javascript; charset=utf-8", include_str!("../assets/app.js")),
        "icon.svg" => ("image/svg+xml", include_str!("../assets/icon.svg")),
        _ => return None,
    };
    Some(Response { kind: kind.to_owned(), ..Response::page(body.to_owned()) })
}
