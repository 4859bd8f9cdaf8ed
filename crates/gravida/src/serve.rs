//! `gravida serve`: the pages in a browser of this machine; nobody else can open them.

use std::path::Path;

use anyhow::{Result, anyhow};
use gravida_web::Site;

/// Serves until it is interrupted.
pub fn run(folder: Option<&Path>, port: u16) -> Result<()> {
    let site = Site::of(&crate::pack::pages(folder)?).map_err(|why| anyhow!("the pack has mistakes, so nothing can be shown with it:\n{why}"))?;
    let ready = |address: std::net::SocketAddr| {
        anstream::eprintln!("Open http://{address} in a browser of this machine. Only this machine can; Ctrl+C ends it, and nothing is kept.");
    };
    gravida_server::serve(site, port, ready).map_err(|why| anyhow!("port {port} cannot be used: {why}; give another with --port, or 0 for any that is free"))
}
