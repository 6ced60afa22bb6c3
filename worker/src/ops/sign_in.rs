//! Signing in and out: these ops have no caller yet, they make one.

use http::{HeaderMap, HeaderValue};
use okrs_shared::api_key::{self, TAG_CHARS};
use okrs_shared::id::{MemberId, OrganisationId, SessionId};
use okrs_shared::permission::Role;
use okrs_shared::session;
use okrs_shared::sign_in::{
    LinkPurpose, Me, NewPassword, PasswordLink, Passwords, SetUp, ShownLink, SignIn, SignedIn,
    WorkspaceChoice,
};
use okrs_shared::timestamp::Timestamp;
use okrs_shared::validation::Invalid;
use serde_json::json;
use subtle::ConstantTimeEq as _;

use crate::address;
use crate::admit;
use crate::caller::Caller;
use crate::clock;
use crate::cookies;
use crate::devices;
use crate::error::{Error, Result};
use crate::extract::Unparsed;
use crate::ids;
use crate::ops::workspace::require_timezone;
use crate::password;
use crate::platform::Platform;
use crate::store::change::Change;
use crate::store::people::{self, Candidate};
use crate::store::sessions::NewSession;
use crate::store::{self, password_links};
use crate::throttle_do::{self, By, Proved, Try, Trying, Verdict, counted};
use crate::ways_in;
use crate::webcrypto;
use crate::workspace_do;

/// From where and with what somebody signs in.
pub struct Client {
    /// The network address.
    pub address: String,
    /// What the browser calls itself.
    pub user_agent: Option<String>,
    /// The cookie of a device that is known.
    pub device: Option<String>,
    /// The cookie of the session that the browser has so far.
    pub session: Option<String>,
}

impl Client {
    /// Whoever sends these headers.
    pub fn of(headers: &HeaderMap) -> Self {
        let agent = headers.get("user-agent");
        let agent = agent.and_then(|agent| agent.to_str().ok());
        let cookie = |name| cookies::get(headers, name).map(str::to_owned);
        Self {
            address: address::of(headers).to_owned(),
            user_agent: agent.map(|agent| agent.chars().take(300).collect()),
            device: cookie(devices::COOKIE),
            session: cookie(session::COOKIE),
        }
    }
}

/// A session that has begun.
pub struct Begun {
    /// For the browser: that of the session, and that of the device if it was not known.
    pub cookies: Vec<HeaderValue>,
    /// Whose it is.
    pub me: Me,
}

/// Makes a workspace and signs its first admin in, for whoever knows the deployment's token.
pub async fn set_up(platform: &Platform, client: &Client, body: Unparsed<SetUp>) -> Result<Begun> {
    let body = body.parse()?;
    password::common::refuse("password", &body.password)?;
    require_secret(platform, client, "SETUP_TOKEN", &body.token).await?;
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
    let account = throttle_do::account(&body.email);
    let hash = throttle_do::hash(platform, &account, body.password.clone()).await?;
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

/// Refuses whoever does not know the deployment's secret of this name, and counts wrong tries. Where there is none,
/// every try is wrong.
pub async fn require_secret(
    platform: &Platform,
    client: &Client,
    name: &str,
    shown: &str,
) -> Result<()> {
    let secret = platform.secret(name).unwrap_or_default();
    let is_right = !secret.is_empty() && bool::from(secret.as_bytes().ct_eq(shown.as_bytes()));
    let wrong = || Error::Invalid(Invalid::field("token", "is wrong"));
    let answer = async { is_right.then_some(()).ok_or_else(wrong) };
    counted(platform, &client.address, Trying::Secret, answer).await
}

/// Signs in with a password.
pub async fn with_password(
    platform: &Platform,
    client: &Client,
    body: Unparsed<SignIn>,
) -> Result<(SignedIn, Vec<HeaderValue>)> {
    let body = body.parse()?;
    let passwords = ways_in::passwords(platform)?;
    if passwords == Passwords::Off {
        return Err(ways_in::no_password());
    }
    let proved = prove(platform, client, &body);
    let mut found = counted(platform, &client.address, Trying::Secret, proved).await?;
    found.retain(|proved| passwords.are_for(proved.member.role));
    if found.is_empty() {
        return Err(ways_in::no_password());
    }
    let [Proved { member, renewed }] = &found[..] else {
        let choose_from = found.into_iter().map(|proved| WorkspaceChoice {
            id: proved.member.organisation_id,
            name: proved.member.organisation,
        });
        let answer = SignedIn {
            me: None,
            choose_from: choose_from.collect(),
        };
        return Ok((answer, vec![]));
    };
    let begun = begin(
        platform,
        member,
        "password",
        client,
        |change, caller| match renewed {
            Some(renewed) => change.renew_password(caller, &member.member_id, renewed),
            None => change,
        },
    )
    .await?;
    let answer = SignedIn {
        me: Some(begun.me),
        choose_from: vec![],
    };
    Ok((answer, begun.cookies))
}

/// Whom the address and the password are of, at least one.
async fn prove(platform: &Platform, client: &Client, body: &SignIn) -> Result<Vec<Proved>> {
    let account = throttle_do::account(&body.email);
    let by = match devices::known(platform, client.device.as_deref(), &account).await? {
        Some(device) => By::Known(device),
        None => By::address(&client.address),
    };
    let question = Try {
        email: body.email.clone(),
        password: body.password.clone(),
        workspace: body.workspace_id.clone(),
        by,
    };
    match throttle_do::sign_in(platform, &question).await? {
        Verdict::Wait(seconds) => Err(Error::TooManyAttempts(seconds)),
        Verdict::Wrong(tried) => {
            note_failure(platform, client, tried);
            Err(Error::SignInFailed)
        }
        Verdict::Right(found) => Ok(found),
    }
}

/// Leaves it to after the answer, so that the answer takes as long for addresses that are unknown,
/// to tell each account's audit log that a password was wrong.
fn note_failure(platform: &Platform, client: &Client, accounts: Vec<Candidate>) {
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
    password::common::refuse("password", &body.password)?;
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
    let hash = throttle_do::hash(platform, member.member_id.as_str(), body.password).await?;
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
    let row = counted(platform, &client.address, Trying::Secret, async {
        let row = password_links::find(&platform.db()?, tag, &hash).await?;
        row.ok_or(UNKNOWN)
    });
    let row = row.await?;
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
    admit::announce(platform, &member.tag).await?;
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
    end_former(platform, client).await?;
    let me = people::me(&db, &caller, &member.member_id)
        .await?
        .ok_or_else(|| Error::internal("whoever signed in is no member"))?;
    let seconds = u32::try_from(lasts.num_seconds()).unwrap_or(u32::MAX);
    let mut cookies = vec![cookies::set(session::COOKIE, &cookie, seconds)?];
    let account = throttle_do::account(&me.email);
    if devices::known(platform, client.device.as_deref(), &account)
        .await?
        .is_none()
    {
        cookies.push(devices::remember(platform, &account).await?);
    }
    Ok(Begun { cookies, me })
}

/// A browser has one session: the one that it had so far, whosever it was, ends with a new one.
async fn end_former(platform: &Platform, client: &Client) -> Result<()> {
    let former = client.session.as_deref();
    let Some((tag, cookie)) = former.and_then(|cookie| Some((session::tag(cookie)?, cookie)))
    else {
        return Ok(());
    };
    let ended = store::sessions::end_replaced(&platform.db()?, tag, &api_key::hash(cookie)).await?;
    match ended {
        Some(id) => workspace_do::end_session(platform, tag, &id).await,
        None => Ok(()),
    }
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
