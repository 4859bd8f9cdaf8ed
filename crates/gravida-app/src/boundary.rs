//! Bytes in, bytes out: the four functions that a service worker calls. Nothing is kept here between two requests.
//!
//! A request that is not understood gets no answer at all, and a panic stops the module: in both cases the worker shows
//! the page for failures, which says whom to call. It never shows a page that this module did not finish.

use std::sync::OnceLock;

use gravida_web::{Host, Request, Site};

/// The largest request, in bytes: a form, and what was kept of the visit.
pub const LARGEST: usize = 4 << 20;

static SITE: OnceLock<Option<Site>> = OnceLock::new();

fn site() -> Option<&'static Site> {
    SITE.get_or_init(|| Site::compiled().ok()).as_ref()
}

/// The response to a request, both as JSON; `None` when the request is not one.
pub fn answer(request: &[u8]) -> Option<Vec<u8>> {
    if request.len() > LARGEST {
        return None;
    }
    let request: Request = serde_json::from_slice(request).ok()?;
    // Whatever the worker says: this module is the app, and its pages forbid every connection.
    let request = Request { host: Host::App, ..request };
    serde_json::to_vec(&site()?.answer(&request)).ok()
}

/// Reads the pack, once. 1 when it can be answered from, 0 when it cannot.
#[unsafe(no_mangle)]
pub extern "C" fn gravida_open() -> u32 {
    u32::from(site().is_some())
}

/// Room for `length` bytes, to write a request to. [`gravida_answer`] takes it back.
#[unsafe(no_mangle)]
pub extern "C" fn gravida_alloc(length: usize) -> *mut u8 {
    Box::into_raw(vec![0_u8; length].into_boxed_slice()).cast()
}

/// Answers the request of `length` bytes at `start`, and frees it. What comes back is four bytes of length (the lowest
/// first), then the response; null when there is none.
///
/// # Safety
/// `start` comes from [`gravida_alloc`] with the same `length`, and is not used again.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn gravida_answer(start: *mut u8, length: usize) -> *mut u8 {
    // SAFETY: the caller hands over what `gravida_alloc` gave.
    let request = unsafe { Box::from_raw(std::ptr::slice_from_raw_parts_mut(start, length)) };
    let Some(response) = answer(&request) else { return std::ptr::null_mut() };
    let Ok(size) = u32::try_from(response.len()) else { return std::ptr::null_mut() };
    let mut whole = Vec::with_capacity(response.len() + 4);
    whole.extend_from_slice(&size.to_le_bytes());
    whole.extend_from_slice(&response);
    Box::into_raw(whole.into_boxed_slice()).cast()
}

/// Frees `length` bytes at `start`.
///
/// # Safety
/// `start` comes from [`gravida_answer`], `length` is what its first four bytes say plus four, and it is not used again.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn gravida_free(start: *mut u8, length: usize) {
    // SAFETY: the caller hands over what `gravida_answer` gave.
    drop(unsafe { Box::from_raw(std::ptr::slice_from_raw_parts_mut(start, length)) });
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A call as the worker makes it, pointers and all.
    fn call(request: &[u8]) -> Option<serde_json::Value> {
        let start = gravida_alloc(request.len());
        // SAFETY: the pointers go where they came from, with their lengths.
        unsafe {
            std::slice::from_raw_parts_mut(start, request.len()).copy_from_slice(request);
            let back = gravida_answer(start, request.len());
            if back.is_null() {
                return None;
            }
            let mut size = [0; 4];
            size.copy_from_slice(std::slice::from_raw_parts(back, 4));
            let size = u32::from_le_bytes(size) as usize;
            let response = serde_json::from_slice(std::slice::from_raw_parts(back.add(4), size)).ok();
            gravida_free(back, size + 4);
            response
        }
    }

    fn request(path: &str, host: &str) -> Vec<u8> {
        let now = "2026-11-24T21:30:00+00:00";
        serde_json::json!({"method": "GET", "path": path, "form": [], "state": "", "now": now, "languages": "en", "host": host}).to_string().into_bytes()
    }

    #[test]
    fn a_page_crosses_the_boundary_and_is_always_the_page_of_the_app() {
        assert_eq!(gravida_open(), 1);
        for host in ["app", "server"] {
            let response = call(&request("", host)).expect("a response");
            assert_eq!(response["status"], 200);
            assert!(response["body"].as_str().is_some_and(|body| body.contains("connect-src 'none'")));
        }
        assert_eq!(call(&request("no-such-page", "app")).expect("a response")["status"], 404);
    }

    #[test]
    fn what_is_not_a_request_gets_no_answer() {
        for wrong in [&b""[..], b"{}", b"[1]", b"\xff\xfe", br#"{"method": 3}"#] {
            assert_eq!(call(wrong), None);
        }
        let mut large = request("", "app");
        large.resize(LARGEST + 1, b' ');
        assert_eq!(call(&large), None);
    }
}
