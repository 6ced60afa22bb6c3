//! A workspace for a test alone.

use std::ops::Deref;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use crate::client::Api;
use crate::seed::Seeded;
use crate::shared_server::{check_secrets, of_pool, server};

/// A workspace of the shared server that no other test touches, so that nobody else's requests
/// count against its keys' budgets.
#[derive(Clone, Debug)]
pub struct Workspace {
    /// Asks with the key that has every scope.
    pub api: Api,
    seeded: &'static Seeded,
}

/// Takes a workspace that nobody has taken yet.
pub fn workspace() -> Workspace {
    static TAKEN: AtomicUsize = AtomicUsize::new(0);
    let seeded = of_pool(TAKEN.fetch_add(1, Ordering::Relaxed));
    Workspace {
        api: server().api(&seeded.keys.all),
        seeded,
    }
}

impl Workspace {
    /// Asks with the key whose budget is never used up.
    pub fn bulk(&self) -> Api {
        self.api.with(&self.keys.bulk)
    }
}

impl Drop for Workspace {
    fn drop(&mut self) {
        if !thread::panicking() {
            check_secrets();
        }
    }
}

impl Deref for Workspace {
    type Target = Seeded;

    fn deref(&self) -> &Seeded {
        self.seeded
    }
}
