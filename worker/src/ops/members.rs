//! What admins do with the people of their workspace.

use chrono::TimeDelta;
use okrs_shared::api_key;
use okrs_shared::id::MemberId;
use okrs_shared::member::{
    Directory, Disabling, HandOver, HandedOver, Invited, Link, Member, MemberPatch, NewMember,
};
use okrs_shared::session;
use okrs_shared::sign_in::LinkPurpose;
use okrs_shared::timestamp::Timestamp;

use crate::caller::Caller;
use crate::error::{Error, Result};
use crate::extract::{Origin, Unparsed};
use crate::ids;
use crate::store::members::NewLink;
use crate::store::{self, Db};
use crate::webcrypto;

/// How long an invitation can be used.
const INVITATION_LASTS: TimeDelta = TimeDelta::days(7);
/// How long a reset link can be used.
const RESET_LASTS: TimeDelta = TimeDelta::hours(24);

/// Everybody, and how the workspace is organised.
pub async fn directory(db: &Db, caller: &Caller) -> Result<Directory> {
    store::directory::read(db, caller).await
}

/// Invites somebody: they are a member from now on, and come in by the link.
pub async fn invite(
    db: &Db,
    caller: &Caller,
    origin: &Origin,
    body: Unparsed<NewMember>,
) -> Result<Invited> {
    let new = body.parse()?;
    let id = MemberId(ids::new_id());
    let (stored, link) = new_link(caller, origin, LinkPurpose::Invitation);
    let member = store::members::invite(db, caller, &id, &new, &stored).await?;
    Ok(Invited { member, link })
}

/// Makes a new invitation link for a member, in place of the links that they had.
pub async fn renew_invitation(
    db: &Db,
    caller: &Caller,
    origin: &Origin,
    id: &MemberId,
) -> Result<Link> {
    renew_link(db, caller, origin, id, LinkPurpose::Invitation).await
}

/// Makes a link for a member to set a new password with, in place of the links that they had.
pub async fn make_reset_link(
    db: &Db,
    caller: &Caller,
    origin: &Origin,
    id: &MemberId,
) -> Result<Link> {
    renew_link(db, caller, origin, id, LinkPurpose::Reset).await
}

async fn renew_link(
    db: &Db,
    caller: &Caller,
    origin: &Origin,
    id: &MemberId,
    purpose: LinkPurpose,
) -> Result<Link> {
    let (stored, link) = new_link(caller, origin, purpose);
    store::members::renew_link(db, caller, id, &stored).await?;
    Ok(link)
}

/// Changes what a member is called, their address, their role and where they belong.
pub async fn update(
    db: &Db,
    caller: &Caller,
    id: &MemberId,
    body: Unparsed<MemberPatch>,
) -> Result<Member> {
    store::members::update(db, caller, id, &body.parse()?).await
}

/// Keeps a member out from this moment on.
pub async fn disable(
    db: &Db,
    caller: &Caller,
    id: &MemberId,
    body: Unparsed<Disabling>,
) -> Result<Member> {
    store::members::disable(db, caller, id, &body.parse()?).await
}

/// Lets a disabled member in again.
pub async fn enable(db: &Db, caller: &Caller, id: &MemberId) -> Result<Member> {
    store::members::enable(db, caller, id).await
}

/// Forgets whom a member is at providers: they are found there by their address again.
pub async fn unlink(db: &Db, caller: &Caller, id: &MemberId) -> Result<()> {
    store::external_members::unlink(db, caller, id).await
}

/// Makes another member the owner of all that somebody owns.
pub async fn hand_over(
    db: &Db,
    caller: &Caller,
    id: &MemberId,
    body: Unparsed<HandOver>,
) -> Result<HandedOver> {
    let body = body.parse()?;
    let name = store::directory::name(db, caller, id)
        .await?
        .ok_or(Error::NotFound("Member not found"))?;
    store::hand_over::all(db, caller, id, &name, &body).await
}

/// A link as it is stored, and as it is shown this once. Its token is in no request for the page, so no log has it.
pub fn new_link(caller: &Caller, origin: &Origin, purpose: LinkPurpose) -> (NewLink, Link) {
    let (page, lasts) = match purpose {
        LinkPurpose::Invitation => ("invitation", INVITATION_LASTS),
        LinkPurpose::Reset => ("reset", RESET_LASTS),
    };
    let token = session::assemble(&caller.tag, &webcrypto::random());
    let expires_at = Timestamp::new(caller.now.get() + lasts);
    let stored = NewLink {
        purpose,
        hash: api_key::hash(&token),
        expires_at,
    };
    let link = Link {
        url: format!("{}/{page}#{token}", origin.0),
        expires_at,
    };
    (stored, link)
}
