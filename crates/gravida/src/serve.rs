//! `gravida serve`: the pages in a browser of this machine; nobody else can open them.

use std::path::{Path, PathBuf};

use anyhow::{Result, anyhow};
use gravida_server::Server;
use gravida_web::Site;

/// Serves until it is interrupted.
pub fn run(folder: Option<&Path>, port: u16, store: Option<PathBuf>) -> Result<()> {
    let site = Site::of(&crate::pack::pages(folder)?).map_err(|why| anyhow!("the pack has mistakes, so nothing can be shown with it:\n{why}"))?;
    let mut server = Server::new(site);
    if let Some(path) = store {
        // Some other file must never be written to.
        if std::fs::metadata(&path).is_ok_and(|file| file.len() > 0) {
            crate::follow::check_is_episode(server.knowledge(), &path)?;
        }
        server = server.with_store(path);
    }
    let ready = |address: std::net::SocketAddr| {
        anstream::eprintln!("Open http://{address} in a browser of this machine. Only this machine can; Ctrl+C ends it. Nothing is kept but a record given with --store.");
    };
    gravida_server::serve(server, port, ready).map_err(|why| anyhow!("port {port} cannot be used: {why}; give another with --port, or 0 for any that is free"))
}
