//! What can be done here. Where the data is with the hosted service, what that has no way to do is not
//! offered.

use leptos::prelude::*;
use okrs_shared::upstream::{Backend, Capabilities};

use crate::api::{self, Answer};
use crate::fetched::Fetched;

/// Asked for once, beside who is signed in: nothing waits for it.
#[derive(Clone, Copy)]
pub struct Known(Fetched<Answer<Capabilities>>);

impl Known {
    /// Asks.
    pub fn ask() -> Self {
        Self(Fetched::new(api::hosted::capabilities))
    }
}

/// What can be done. Until it is known, nothing is offered that may not be possible.
pub fn capabilities() -> Capabilities {
    const NOTHING: Capabilities = Capabilities {
        backend: Backend::D1,
        ..Capabilities::of(Backend::Upstream)
    };
    let known = use_context::<Known>();
    // Parts that stand by themselves, as in tests, can do everything.
    let Some(Known(known)) = known else {
        return Capabilities::of(Backend::D1);
    };
    match &*known.read() {
        Some(Ok(found)) => *found,
        _ => NOTHING,
    }
}

/// Whether the data is with the hosted service.
pub fn is_hosted() -> bool {
    capabilities().backend == Backend::Upstream
}
