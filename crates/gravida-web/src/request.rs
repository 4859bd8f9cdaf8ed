//! What a host asks and what it gets; the same over HTTP and in a service worker.

use gravida_record::{Paper, Sheet};
use serde::{Deserialize, Serialize};

/// Who asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Host {
    /// `gravida serve` on this machine.
    Server,
    /// The service worker of the installed app.
    App,
}

/// One request. Everything that the page depends on is in it.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Request {
    /// `GET` or `POST`.
    pub method: String,
    /// Without a slash: `ask`, `style.css`; empty for the start.
    pub path: String,
    /// The fields of a form, in order; a name may stand more than once.
    #[serde(default)]
    pub form: Vec<(String, String)>,
    /// What the last response gave to keep; empty at first.
    #[serde(default)]
    pub state: String,
    /// The local time as `2026-11-24T21:30:00+00:00`.
    pub now: String,
    /// The languages that the browser asks for, as in `Accept-Language`.
    #[serde(default)]
    pub languages: String,
    pub host: Host,
}

/// What comes back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Response {
    pub status: u16,
    /// Where to go instead, for status 303.
    pub location: Option<String>,
    /// The media type of the body.
    pub kind: String,
    pub body: String,
    /// What to keep from now on; `None` leaves it as it is, an empty text erases it.
    pub state: Option<String>,
    /// The name under which the body is saved as a file.
    pub file: Option<String>,
    /// What a host that can make a PDF sends in place of the body, which is empty then. Never there for [`Host::App`].
    #[serde(skip)]
    pub print: Option<Print>,
}

/// A sheet, and the paper that was asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Print {
    pub sheet: Sheet,
    pub paper: Paper,
}

impl Response {
    pub(crate) fn page(body: String) -> Response {
        Response { status: 200, location: None, kind: "text/html; charset=utf-8".to_owned(), body, state: None, file: None, print: None }
    }

    pub(crate) fn go(to: &str) -> Response {
        Response { status: 303, location: Some(to.to_owned()), kind: "text/plain; charset=utf-8".to_owned(), body: String::new(), state: None, file: None, print: None }
    }

    pub(crate) fn keeping(self, state: String) -> Response {
        Response { state: Some(state), ..self }
    }

    pub(crate) fn with_status(self, status: u16) -> Response {
        Response { status, ..self }
    }
}
