//! From text to blocks to meaning, keeping every place; it never drops a line that it does not understand.

mod block;
mod context;
mod fact;
mod markdown;
mod rule;
mod schema;


pub(crate) use block::{Block, Entry, Line};
pub(crate) use context::{Context, Names};
pub(crate) use fact::{Cited, limit, ratio, split_cites, spread};
pub(crate) use markdown::{GUTTER, RawPage, parse};
pub(crate) use schema::check_shape;
pub use schema::{KINDS, Kind, Keyword};
