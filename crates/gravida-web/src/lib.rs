//! The pages: a pure function from a request to a page. It does no input or output and knows no clock.
//!
//! A host (the server on this machine, or the service worker in a browser) keeps one opaque text between two requests,
//! the state; nothing else is remembered. The same request gives the same page everywhere.
#![forbid(unsafe_code)]

mod about;
mod answers;
mod ask;
mod assets;
mod causes;
mod follow;
mod form;
mod frame;
mod leave;
mod note;
mod partner;
mod pictures;
mod plan;
mod request;
mod result;
mod route;
mod session;
mod site;
mod source;
mod start;
mod state;
mod view;
mod why;
mod words;

pub use frame::failure;
pub use gravida_knowledge::Knowledge;
pub use request::{Host, Print, Request, Response};
pub use site::Site;
pub use state::{episode, with_episode};
pub use words::{LANGUAGES, Language, Open, Words};
