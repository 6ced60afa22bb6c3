//! Requests and what can go wrong with them.

use std::pin::Pin;

use gloo_net::http::{Method, Request, RequestBuilder};
use okrs_json as json;
use okrs_shared::error::{ErrorBody, ErrorCode};
use okrs_shared::upstream::WriteState;
use okrs_shared::validation::Invalid;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::Answer;

/// Why there is no answer, or not the one that was hoped for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Problem {
    /// The network or the server does not answer; nothing is known about what was sent.
    Offline,
    /// The session has ended.
    SignedOut,
    /// The hosted service's answer was lost: whether the write took effect shows in what waits.
    InDoubt,
    /// The server says no.
    Refused {
        /// The HTTP status.
        status: u16,
        /// In words for people; it begins with the field at fault, if there is one.
        message: String,
        /// Seconds until it is worth trying again, if that is the reason.
        retry_after: Option<u32>,
    },
    /// The server answered with something that this version of the app does not understand.
    Unexpected,
    /// Something between here and the server answered in its place, with a page of its own.
    NotTheServer,
}

impl Problem {
    /// Whether the server is at fault for this field.
    pub fn is_about(&self, field: &str) -> bool {
        self.about().is_some_and(|(found, _)| found == field)
    }

    /// What is wrong with this field, without its name.
    pub fn of_field(&self, field: &str) -> Option<String> {
        self.about()
            .filter(|(found, _)| *found == field)
            .map(|(_, what)| what.to_owned())
    }

    /// The field at fault and what is wrong with it: messages begin with the field's name.
    fn about(&self) -> Option<(&str, &str)> {
        let Self::Refused {
            status: 400 | 409,
            message,
            ..
        } = self
        else {
            return None;
        };
        let (field, what) = message.split_once(' ')?;
        let field = field.trim_end_matches(':');
        let is_name = field
            .bytes()
            .all(|byte| byte.is_ascii_lowercase() || byte == b'_');
        is_name.then_some((field, what))
    }

    /// In how many seconds the server takes more, if that is all that is wrong.
    pub fn retry_after(&self) -> Option<u32> {
        match self {
            Self::Refused { retry_after, .. } => *retry_after,
            _ => None,
        }
    }

    /// Whether the thing does not exist, or not for this person.
    pub fn is_not_found(&self) -> bool {
        matches!(self, Self::Refused { status: 404, .. })
    }
}

impl From<Invalid> for Problem {
    /// The form knows what the server would say.
    fn from(invalid: Invalid) -> Self {
        Self::Refused {
            status: 400,
            message: invalid.message,
            retry_after: None,
        }
    }
}

/// How a write to what may be the hosted service's ended so far.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Sent<T> {
    /// It is done.
    Done(T),
    /// The server keeps it and sends it by itself, or finds out what became of it. It must not be sent
    /// again.
    Waits(WriteState),
}

impl<T> Sent<T> {
    /// With something made of the answer.
    pub fn map<U>(self, make: impl FnOnce(T) -> U) -> Sent<U> {
        match self {
            Self::Done(answer) => Sent::Done(make(answer)),
            Self::Waits(state) => Sent::Waits(state),
        }
    }
}

/// The status of an answer and its text. It is boxed so that there is one program for all requests,
/// and for each type only its reader.
type Exchange = Pin<Box<dyn Future<Output = Answer<(u16, String)>>>>;

/// Reads something.
pub async fn get<T: DeserializeOwned>(path: &str) -> Answer<T> {
    read(accepted(Request::get(path).build()).await?)
}

/// Sends a body and reads the answer.
pub async fn send<T: DeserializeOwned>(
    method: Method,
    path: &str,
    body: &impl Serialize,
) -> Answer<T> {
    let request = RequestBuilder::new(path).method(method);
    read(accepted(with(body, request)).await?)
}

/// Sends a body under an idempotency key: however often, it is done once.
pub async fn send_once<T: DeserializeOwned>(
    method: Method,
    path: &str,
    body: &impl Serialize,
    idempotency_key: &str,
) -> Answer<T> {
    let request = RequestBuilder::new(path)
        .method(method)
        .header("idempotency-key", idempotency_key);
    read(accepted(with(body, request)).await?)
}

/// Sends a write of the public API, and takes an answer later for one. With a key it is done once,
/// however often it is sent.
pub async fn pass_on(
    method: Method,
    path: &str,
    body: Option<&impl Serialize>,
    idempotency_key: Option<&str>,
) -> Answer<Sent<String>> {
    pass_text_on(method, path, body.map(text_of), idempotency_key).await
}

/// The same with a body that is JSON already.
pub async fn pass_text_on(
    method: Method,
    path: &str,
    body: Option<String>,
    idempotency_key: Option<&str>,
) -> Answer<Sent<String>> {
    #[derive(Deserialize)]
    struct Kept {
        state: WriteState,
    }
    let mut request = RequestBuilder::new(path)
        .method(method)
        .header("prefer", "respond-async");
    if let Some(key) = idempotency_key {
        request = request.header("idempotency-key", key);
    }
    let request = match body {
        Some(text) => with_text(text, request),
        None => request.build(),
    };
    match accepted(request).await {
        Ok((202, text)) => Ok(Sent::Waits(parsed::<Kept>(text)?.state)),
        Ok((_, text)) => Ok(Sent::Done(text)),
        Err(Problem::InDoubt) => Ok(Sent::Waits(WriteState::InDoubt)),
        Err(problem) => Err(problem),
    }
}

/// The answer to a write that is done.
pub fn read_sent<T: DeserializeOwned>(sent: Sent<String>) -> Answer<Sent<T>> {
    Ok(match sent {
        Sent::Done(text) => Sent::Done(parsed(text)?),
        Sent::Waits(state) => Sent::Waits(state),
    })
}

/// Shows who one is, to get in. A 401 then says that what was sent does not do, not that a session
/// has ended.
pub async fn get_in<T: DeserializeOwned>(path: &str, body: &impl Serialize) -> Answer<T> {
    read(answered(with(body, Request::post(path))).await?)
}

/// Sends a body where the answer has none.
pub async fn tell(method: Method, path: &str, body: &impl Serialize) -> Answer<()> {
    let request = RequestBuilder::new(path).method(method);
    accepted(with(body, request)).await.map(drop)
}

/// Deletes something.
pub async fn delete(path: &str) -> Answer<()> {
    accepted(Request::delete(path).build()).await.map(drop)
}

/// A body is of the app's own types, which JSON has a place for.
pub fn text_of(body: &impl Serialize) -> String {
    json::write(body).unwrap_or_default()
}

fn with(body: &impl Serialize, request: RequestBuilder) -> Result<Request, gloo_net::Error> {
    with_text(text_of(body), request)
}

fn with_text(text: String, request: RequestBuilder) -> Result<Request, gloo_net::Error> {
    request
        .header("content-type", "application/json")
        .body(text)
}

fn read<T: DeserializeOwned>((_, text): (u16, String)) -> Answer<T> {
    parsed(text)
}

fn parsed<T: DeserializeOwned>(text: String) -> Answer<T> {
    json::read(&text).map_err(|_| Problem::Unexpected)
}

fn accepted(request: Result<Request, gloo_net::Error>) -> Exchange {
    Box::pin(async {
        answered(request).await.map_err(|problem| match problem {
            // Whoever was signed in is no longer: the shell shows the way back in.
            Problem::Refused { status: 401, .. } => Problem::SignedOut,
            problem => problem,
        })
    })
}

fn answered(request: Result<Request, gloo_net::Error>) -> Exchange {
    Box::pin(async {
        let request = request.map_err(|_| Problem::Unexpected)?;
        let response = request.send().await.map_err(|_| Problem::Offline)?;
        let text = response.text().await.map_err(|_| Problem::Offline)?;
        if response.ok() {
            return match text.trim_start().starts_with('<') {
                true => Err(Problem::NotTheServer),
                false => Ok((response.status(), text)),
            };
        }
        let body: ErrorBody = parsed(text).map_err(|_| Problem::NotTheServer)?;
        if body.error == ErrorCode::InDoubt {
            return Err(Problem::InDoubt);
        }
        Err(Problem::Refused {
            status: response.status(),
            message: body.message.unwrap_or_default(),
            retry_after: body.retry_after_seconds,
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(message: &str) -> Problem {
        Problem::Refused {
            status: 400,
            message: message.to_owned(),
            retry_after: None,
        }
    }

    #[test]
    fn a_refusal_belongs_to_the_field_that_its_message_begins_with() {
        let problem = refused("title must not be blank");
        assert_eq!(
            problem.of_field("title").as_deref(),
            Some("must not be blank")
        );
        assert_eq!(problem.of_field("name"), None);
        let problem = refused("cycle_id: missing field");
        assert!(problem.is_about("cycle_id"));
        assert!(!refused("The request is malformed").is_about("The"));
        assert!(!Problem::Offline.is_about("title"));
    }
}
