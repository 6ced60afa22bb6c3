//! Signing in and out: these ops have no caller yet, they make one.

use http::{HeaderMap, HeaderValue};
use okrs_shared::api_key::{self, TAG_CHARS};
use okrs_shared::id::{MemberId, OrganisationId, SessionId};
use okrs_shared::permission::Role;
use okrs_shared::session;
use okrs_shared::sign_in::{
    LinkPurpose, Me, NewPassword, PasswordLink, Passwords, SetUp, ShownLink, SignIn, SignInOptions,
    SignedIn, WorkspaceChoice,
};
use okrs_shared::timestamp::Timestamp;
use okrs_shared::validation::Invalid;
use serde_json::json;
use subtle::ConstantTimeEq as _;

use crate::address;
use crate::caller::Caller;
use crate::clock;
use crate::cookies;
use crate::error::{Error, Result};
use crate::extract::Unparsed;
use crate::ids;
use crate::ops::sign_in_elsewhere;
use crate::ops::workspace::require_timezone;
use crate::password;
use crate::platform::Platform;
use crate::store::change::Change;
use crate::store::people::{self, Candidate};
use crate::store::sessions::NewSession;
use crate::store::{self, password_links};
use crate::throttle_do;
use crate::ways_in;
use crate::webcrypto;
use crate::workspace_do;

/// From where and with what somebody signs in.
pub struct Client {
    /// The network address.
    pub address: String,
    /// What the browser calls itself.
    pub user_agent: Option<String>,
}

impl Client {
    /// Whoever sends these headers.
    pub fn of(headers: &HeaderMap) -> Self {
        let agent = headers.get("user-agent");
        let agent = agent.and_then(|agent| agent.to_str().ok());
        Self {
            address: address::of(headers).to_owned(),
            user_agent: agent.map(|agent| agent.chars().take(300).collect()),
        }
    }
}

/// A session that has begun.
pub struct Begun {
    /// For the browser.
    pub cookie: HeaderValue,
    /// Whose it is.
    pub me: Me,
}

/// Which ways in there are.
pub async fn options(platform: &Platform) -> Result<SignInOptions> {
    Ok(SignInOptions {
        needs_set_up: people::is_empty(&platform.db()?).await?,
        provider: sign_in_elsewhere::provider_name(platform),
        access: sign_in_elsewhere::has_access(platform),
        passwords: ways_in::shown_passwords(platform),
    })
}

/// Makes a workspace and signs its first admin in, for whoever knows the deployment's token.
pub async fn set_up(platform: &Platform, client: &Client, body: Unparsed<SetUp>) -> Result<Begun> {
    let body = body.parse()?;
    let attempt = throttle_do::attempt(platform, "set-up", &client.address).await?;
    let token = platform.secret("SETUP_TOKEN").unwrap_or_default();
    let is_right = token.as_bytes().ct_eq(body.token.as_bytes());
    if token.is_empty() || !bool::from(is_right) {
        return Err(Error::Invalid(Invalid::field("token", "is wrong")));
    }
    attempt.succeeded(platform).await?;
    let timezone = match body.timezone.trim() {
        "" => "UTC",
        zone => zone,
    };
    require_timezone(timezone)?;
    let admin = Candidate {
        member_id: MemberId(ids::new_id()),
        role: Role::Admin,
        password_hash: None,
        organisation_id: OrganisationId(ids::new_id()),
        organisation: body.workspace.trim().to_owned(),
        tag: new_tag(),
        timezone: timezone.to_owned(),
    };
    let hash = password::hash(&body.password).await?;
    let (caller, _) = becoming(&admin);
    let db = platform.db()?;
    store::set_up::create(
        &db,
        &caller,
        &admin.tag,
        timezone,
        &body,
        &admin.member_id,
        &hash,
    )
    .await?;
    begin(platform, &admin, "set_up", client, |change, _| change).await
}

/// Signs in with a password.
pub async fn with_password(
    platform: &Platform,
    client: &Client,
    body: Unparsed<SignIn>,
) -> Result<(SignedIn, Option<HeaderValue>)> {
    let body = body.parse()?;
    let passwords = ways_in::passwords(platform)?;
    if passwords == Passwords::Off {
        return Err(ways_in::no_password());
    }
    let attempt = throttle_do::attempt(platform, &body.email, &client.address).await?;
    let candidates = people::with_email(&platform.db()?, &body.email).await?;
    let mut found = Vec::new();
    let mut stored: Vec<Option<&str>> = candidates
        .iter()
        .map(|candidate| candidate.password_hash.as_deref())
        .collect();
    // Unknown addresses take as long as known ones.
    if stored.is_empty() {
        stored.push(None);
    }
    for (nth, stored) in stored.into_iter().enumerate() {
        if password::verify(&body.password, stored).await? {
            found.push(candidates[nth].clone());
        }
    }
    if let Some(workspace) = &body.workspace_id {
        found.retain(|candidate| candidate.organisation_id == *workspace);
    }
    let was_right = !found.is_empty();
    found.retain(|candidate| passwords.are_for(candidate.role));
    match &found[..] {
        [] if was_right => {
            attempt.succeeded(platform).await?;
            Err(ways_in::no_password())
        }
        [] => {
            note_failure(platform, client, &body, candidates);
            Err(Error::SignInFailed)
        }
        [member] => {
            attempt.succeeded(platform).await?;
            let begun = begin(platform, member, "password", client, |change, _| change).await?;
            let answer = SignedIn {
                me: Some(begun.me),
                choose_from: vec![],
            };
            Ok((answer, Some(begun.cookie)))
        }
        several => {
            attempt.succeeded(platform).await?;
            let choose_from = several
                .iter()
                .map(|candidate| WorkspaceChoice {
                    id: candidate.organisation_id.clone(),
                    name: candidate.organisation.clone(),
                })
                .collect();
            Ok((
                SignedIn {
                    me: None,
                    choose_from,
                },
                None,
            ))
        }
    }
}

/// Leaves it to after the answer, so that the answer takes as long for addresses that are unknown,
/// to tell each account's audit log that a password was wrong.
fn note_failure(platform: &Platform, client: &Client, body: &SignIn, tried: Vec<Candidate>) {
    let accounts: Vec<Candidate> = tried
        .into_iter()
        .filter(|account| {
            let asked_for = body.workspace_id.as_ref();
            asked_for.is_none_or(|workspace| account.organisation_id == *workspace)
        })
        .collect();
    let (later, address) = (platform.clone(), client.address.clone());
    platform.later(async move {
        let db = later.db()?;
        store::audit_log::sign_in_failed(&db, &accounts, &address).await
    });
}

/// What a link is for, before it is used.
pub async fn link(
    platform: &Platform,
    client: &Client,
    body: Unparsed<ShownLink>,
) -> Result<PasswordLink> {
    let row = open_link(platform, client, &body.parse()?.token).await?;
    Ok(row.into_link(ways_in::passwords(platform)?))
}

/// Uses a link: sets the password, ends all other sessions, and signs in.
pub async fn use_link(
    platform: &Platform,
    client: &Client,
    body: Unparsed<NewPassword>,
) -> Result<Begun> {
    let body = body.parse()?;
    let row = open_link(platform, client, &body.token).await?;
    if !ways_in::passwords(platform)?.links_are_for(row.role) {
        return Err(ways_in::no_password());
    }
    let method = match row.purpose {
        LinkPurpose::Invitation => "invitation",
        LinkPurpose::Reset => "reset",
    };
    let member = Candidate {
        member_id: row.member_id,
        role: row.role,
        password_hash: None,
        organisation_id: row.organisation_id,
        organisation: row.organisation,
        tag: row.tag,
        timezone: row.timezone,
    };
    let hash = password::hash(&body.password).await?;
    let token = api_key::hash(&body.token);
    let id = &member.member_id;
    begin(platform, &member, method, client, |change, caller| {
        change
            .require_open_link(caller, &token)
            .set_password(caller, id, &hash)
            .spend_links(caller, id)
            .join(caller, id, body.name.as_deref())
            .end_sessions(caller, id, None)
    })
    .await
}

async fn open_link(
    platform: &Platform,
    client: &Client,
    token: &str,
) -> Result<password_links::LinkRow> {
    const UNKNOWN: Error = Error::NotFound("This link is not known here");
    let tag = session::tag(token).ok_or(UNKNOWN)?;
    let hash = api_key::hash(token);
    let attempt = throttle_do::attempt(platform, &hash, &client.address).await?;
    let row = password_links::find(&platform.db()?, tag, &hash)
        .await?
        .ok_or(UNKNOWN)?;
    attempt.succeeded(platform).await?;
    if row.is_open(clock::now()) {
        Ok(row)
    } else {
        Err(Error::Gone("This link was used already or has expired"))
    }
}

/// Begins a session of somebody who has proved who they are. `also` adds what belongs to the same
/// write.
pub async fn begin(
    platform: &Platform,
    member: &Candidate,
    method: &'static str,
    client: &Client,
    also: impl for<'a> FnOnce(Change<'a>, &'a Caller) -> Change<'a>,
) -> Result<Begun> {
    let lasts = ways_in::session_lasts(platform, method)?;
    // Like any write, but nobody has been admitted who would have announced it.
    let announcement = workspace_do::announce(platform, &member.tag).await?;
    platform.expects_settlement(&member.tag, announcement);
    let (caller, id) = becoming(member);
    let cookie = session::assemble(&member.tag, &webcrypto::random());
    let session = NewSession {
        id,
        hash: api_key::hash(&cookie),
        method,
        user_agent: client.user_agent.as_deref(),
        expires_at: Timestamp::new(caller.now.get() + lasts),
    };
    let db = platform.db()?;
    let change = Change::by_newcomer(&caller, "session.begin", member.member_id.as_str());
    also(change, &caller)
        .begin_session(&caller, &member.member_id, &session)
        .commit(&db, &json!({ "method": method }), ())
        .await?;
    let seconds = u32::try_from(lasts.num_seconds()).unwrap_or(u32::MAX);
    Ok(Begun {
        cookie: cookies::set(session::COOKIE, &cookie, seconds)?,
        me: people::me(&db, &caller, &member.member_id)
            .await?
            .ok_or_else(|| Error::internal("whoever signed in is no member"))?,
    })
}

/// The member as the caller they are about to be.
fn becoming(member: &Candidate) -> (Caller, SessionId) {
    let id = SessionId(ids::new_id());
    let caller = Caller::becoming(
        member.organisation_id.clone(),
        &member.tag,
        id.clone(),
        member.member_id.clone(),
        member.role,
        &member.timezone,
    );
    (caller, id)
}

/// A tag that no organisation has: 47 bits, and the database would refuse a second.
fn new_tag() -> String {
    const DIGITS: &[u8; 62] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    webcrypto::random::<TAG_CHARS>()
        .iter()
        .map(|byte| char::from(DIGITS[usize::from(*byte) % DIGITS.len()]))
        .collect()
}
