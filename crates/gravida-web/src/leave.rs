//! Leaving: early with a result, in a hurry without a trace, or by erasing everything.

use maud::{DOCTYPE, html};

use crate::frame;
use crate::request::Response;
use crate::view::View;

/// The result with what is open as not sure.
pub fn early(view: &View<'_>) -> Response {
    let mut state = view.state.clone();
    state.left = true;
    Response::go("result").keeping(state.write())
}

/// One tap: the answers are gone, and a page that could be anybody's stands there.
pub fn exit() -> Response {
    Response::go("away").keeping(String::new())
}

/// A list to write on; its words and title speak of nothing.
pub fn away(view: &View<'_>) -> Response {
    let markup = html! {
        (DOCTYPE)
        html lang=(view.words.tag) dir=(view.words.direction()) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                @if view.host == crate::Host::App { meta http-equiv="Content-Security-Policy" content=(frame::APP_POLICY); }
                title { (view.t("away-title")) }
                link rel="stylesheet" href="style.css";
                script src="app.js" defer {}
            }
            body.away {
                main {
                    h1 { (view.t("away-title")) }
                    div.field { label for="list" { (view.t("away-label")) } textarea id="list" rows="12" {} }
                }
            }
        }
    };
    Response::page(markup.into_string())
}

/// Asks before everything goes.
pub fn ask(view: &View<'_>) -> Response {
    let body = html! {
        h1 { (view.t("erase")) }
        p { (view.t("erase-what")) }
        form method="post" action="erase" {
            div.actions { button.danger type="submit" { (view.t("erase-yes")) } a.second href="ask" { (view.t("erase-no")) } }
        }
    };
    frame::page(view, &view.t("erase"), body)
}

pub fn erase(_view: &View<'_>) -> Response {
    Response::go("start").keeping(String::new())
}
