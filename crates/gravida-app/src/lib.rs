//! The pages inside a browser: [`gravida_web`] behind four functions, and the folder that carries them. It adds no page.
//!
//! `shell/sw.js` hands each request to the module and shows what comes back; `folder` writes the files that a browser
//! needs for that. When the module fails, the browser shows the page that the folder was built with.

mod boundary;
#[cfg(not(target_arch = "wasm32"))]
pub mod folder;

pub use boundary::{LARGEST, answer, gravida_alloc, gravida_answer, gravida_free, gravida_open};
