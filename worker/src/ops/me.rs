//! What people do about themselves: their name, their password, their sessions.

use http::HeaderValue;
use okrs_shared::id::SessionId;
use okrs_shared::session;
use okrs_shared::sign_in::{Me, MePatch, PasswordChange, Session};
use okrs_shared::validation::Invalid;

use crate::caller::Caller;
use crate::cookies;
use crate::error::{Error, Result};
use crate::extract::Unparsed;
use crate::ops::sign_in::Client;
use crate::password;
use crate::platform::Platform;
use crate::store::change::Change;
use crate::store::{self, Db, people};
use crate::throttle_do::{self, By, Old, Renewal, Renewed, Trying, counted};
use crate::ways_in;
use crate::workspace_do;

/// Who is signed in.
pub async fn get(db: &Db, caller: &Caller) -> Result<Me> {
    let person = caller.person()?;
    people::me(db, caller, &person.member_id)
        .await?
        .ok_or_else(|| Error::internal("whoever is signed in is no member"))
}

/// Changes what one is called.
pub async fn update(db: &Db, caller: &Caller, body: Unparsed<MePatch>) -> Result<Me> {
    let person = caller.person()?;
    let patch = body.parse()?;
    people::rename(db, caller, &person.member_id, &patch.name).await
}

/// Changes one's password, which ends all other sessions and links.
pub async fn change_password(
    platform: &Platform,
    caller: &Caller,
    client: &Client,
    body: Unparsed<PasswordChange>,
) -> Result<()> {
    let db = &platform.db()?;
    if !ways_in::passwords(platform)?.are_for(caller.person()?.role) {
        return Err(ways_in::no_password());
    }
    let (id, session) = (&caller.person()?.member_id, caller.session_id()?);
    let body = body.parse()?;
    password::common::refuse("new_password", &body.new_password)?;
    let hash = counted(platform, &client.address, Trying::Secret, async {
        // Whoever signs in through a provider has none, and sets their first one.
        let stored = people::password_hash(db, caller, id).await?;
        let question = Renewal {
            old: stored.map(|stored| Old {
                stored,
                password: body.current_password,
                by: By::Known(session.as_str().to_owned()),
            }),
            new: body.new_password,
        };
        match throttle_do::renew(platform, id.as_str(), &question).await? {
            Renewed::Hash(hash) => Ok(hash),
            Renewed::Wait(seconds) => Err(Error::TooManyAttempts(seconds)),
            Renewed::Wrong => Err(Error::Invalid(Invalid::field(
                "current_password",
                "is wrong",
            ))),
        }
    });
    let hash = hash.await?;
    Change::new(caller, "member.change_password", id.as_str())
        .require_password_or_recent_session(caller, id, session)
        .set_password(caller, id, &hash)
        .spend_links(caller, id)
        .end_sessions(caller, id, Some(session))
        .commit(db, &(), ())
        .await
}

/// One's sessions that have not ended, the latest first.
pub async fn sessions(db: &Db, caller: &Caller) -> Result<Vec<Session>> {
    let person = caller.person()?;
    store::sessions::list(db, caller, &person.member_id, caller.session_id()?).await
}

/// Ends one of one's sessions.
pub async fn end_session(platform: &Platform, caller: &Caller, id: &SessionId) -> Result<()> {
    let person = caller.person()?;
    store::sessions::end(&platform.db()?, caller, &person.member_id, id).await?;
    workspace_do::end_session(platform, &caller.tag, id).await
}

/// Ends the session that asks, and takes its cookie back.
pub async fn sign_out(platform: &Platform, caller: &Caller) -> Result<HeaderValue> {
    end_session(platform, caller, caller.session_id()?).await?;
    cookies::set(session::COOKIE, "", 0)
}
