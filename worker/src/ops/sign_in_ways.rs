//! Which ways in there are, for people who are not in yet.

use std::cell::Cell;

use okrs_shared::sign_in::SignInOptions;

use crate::clock;
use crate::error::Result;
use crate::ops::sign_in_elsewhere;
use crate::platform::Platform;
use crate::store::people;

/// While there is no workspace, the database is asked again after this, in milliseconds.
const LOOKS_AGAIN_AFTER_MS: u64 = 2_000;

/// What this isolate knows of workspaces.
#[derive(Clone, Copy)]
enum Seen {
    /// There is one. No workspace is ever deleted, so that stays true.
    Some,
    /// There was none at this time, in milliseconds since 1970.
    NoneAt(u64),
}

thread_local! {
    static SEEN: Cell<Seen> = const { Cell::new(Seen::NoneAt(0)) };
}

/// Which ways in there are. Whoever asks is a stranger, so it is answered from memory.
pub async fn options(platform: &Platform) -> Result<SignInOptions> {
    Ok(SignInOptions {
        needs_set_up: needs_set_up(platform).await?,
        provider: sign_in_elsewhere::provider_name(platform),
        access: sign_in_elsewhere::has_access(platform),
        passwords: crate::ways_in::shown_passwords(platform),
    })
}

async fn needs_set_up(platform: &Platform) -> Result<bool> {
    let now = clock::now_ms();
    match SEEN.get() {
        Seen::Some => return Ok(false),
        Seen::NoneAt(at) if now < at + LOOKS_AGAIN_AFTER_MS => return Ok(true),
        Seen::NoneAt(_) => {}
    }
    let is_empty = people::is_empty(&platform.db()?).await?;
    SEEN.set(if is_empty {
        Seen::NoneAt(now)
    } else {
        Seen::Some
    });
    Ok(is_empty)
}
