//! What the log says: one JSON object a line, which Cloudflare takes apart into fields to search by.
//!
//! A line has its `level`, a fixed `message`, what is particular as `detail`, and the name of the `request` that it is
//! about, which every answer has in a header. Lines have ids of people and things, and neither their names nor their
//! secrets.
//!
//! Many requests take turns in one isolate, so the name is set each time that a request's future goes on. Nothing has to
//! be handed down for it.

use std::cell::RefCell;
use std::fmt::Display;
use std::future::poll_fn;
use std::pin::pin;
use std::rc::Rc;

use serde::Serialize;
use worker::Headers;

use crate::ids;

/// The header with which each answer, and each call of an object, says what the log calls its request.
pub const REQUEST: &str = "x-request-id";

/// What Cloudflare calls a request, in a header that it sets itself.
const RAY: &str = "cf-ray";
const LONGEST: usize = 64;

thread_local! {
    static CURRENT: RefCell<Rc<str>> = RefCell::new(Rc::default());
}

#[derive(Serialize)]
struct Line<'a> {
    level: &'a str,
    message: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    detail: &'a str,
    request: &'a str,
}

/// What a request from outside is called: as Cloudflare calls it, or else by a new name.
pub fn name(ray: Option<&str>) -> Rc<str> {
    ray.filter(|ray| is_name(ray))
        .map_or_else(new_name, Rc::from)
}

/// A name for what nobody asked for.
pub fn new_name() -> Rc<str> {
    ids::new_id().into()
}

/// What a request from outside is called, by its headers.
pub fn name_in(headers: &http::HeaderMap) -> Rc<str> {
    name(headers.get(RAY).and_then(|ray| ray.to_str().ok()))
}

/// What the request is called on whose behalf an object is called.
pub fn name_of_call(headers: &Headers) -> Rc<str> {
    name(headers.get(REQUEST).ok().flatten().as_deref())
}

/// The headers of a call of an object: they say on whose behalf.
pub fn headers_of_call() -> worker::Result<Headers> {
    let headers = Headers::new();
    headers.set(REQUEST, &current())?;
    Ok(headers)
}

/// Does work of which the lines have this name.
pub async fn within<T>(name: Rc<str>, work: impl Future<Output = T>) -> T {
    let mut work = pin!(work);
    poll_fn(|context| {
        let before = CURRENT.replace(Rc::clone(&name));
        let polled = work.as_mut().poll(context);
        CURRENT.set(before);
        polled
    })
    .await
}

/// What the request is called that is at work.
pub fn current() -> Rc<str> {
    CURRENT.with_borrow(Rc::clone)
}

/// Something that was to happen.
pub fn info(message: &str, detail: impl Display) {
    worker::console_log!("{}", line("info", message, detail));
}

/// Something that may pass by itself.
pub fn warn(message: &str, detail: impl Display) {
    worker::console_warn!("{}", line("warn", message, detail));
}

/// Something that somebody should look at.
pub fn error(message: &str, detail: impl Display) {
    worker::console_error!("{}", line("error", message, detail));
}

fn line(level: &str, message: &str, detail: impl Display) -> String {
    let detail = detail.to_string();
    let line = Line {
        level,
        message,
        detail: &detail,
        request: &current(),
    };
    serde_json::to_string(&line).unwrap_or_default()
}

/// Others can set the header where Cloudflare does not: nothing but a name gets into the log.
fn is_name(text: &str) -> bool {
    let is_part = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-';
    (1..=LONGEST).contains(&text.len()) && text.bytes().all(is_part)
}

#[cfg(test)]
mod tests {
    use std::task::{Context, Poll, Waker};

    use super::*;

    #[test]
    fn a_name_is_taken_over_only_if_it_is_one() {
        assert!(is_name("8f2a1b3c4d5e6f70-FRA"));
        assert!(!is_name(""));
        assert!(!is_name("a\nb"));
        assert!(!is_name(&"a".repeat(LONGEST + 1)));
    }

    #[test]
    fn each_of_two_that_take_turns_has_its_own_name() {
        let work = |name: &str| {
            Box::pin(within(name.into(), async {
                let before = current();
                let mut is_first = true;
                poll_fn(|_| match std::mem::take(&mut is_first) {
                    true => Poll::Pending,
                    false => Poll::Ready(()),
                })
                .await;
                (before, line("info", "swept", "\"7\" rows"))
            }))
        };
        let (mut one, mut two) = (work("one"), work("two"));
        let mut context = Context::from_waker(Waker::noop());
        assert!(one.as_mut().poll(&mut context).is_pending());
        assert!(two.as_mut().poll(&mut context).is_pending());
        let Poll::Ready((before, after)) = one.as_mut().poll(&mut context) else {
            panic!("it goes on");
        };
        assert_eq!(&*before, "one");
        assert_eq!(
            after,
            r#"{"level":"info","message":"swept","detail":"\"7\" rows","request":"one"}"#
        );
        assert_eq!(&*current(), "");
    }
}
