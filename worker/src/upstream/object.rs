//! One Durable Object per workspace that stays on the hosted service: it stands before the service.
//!
//! It protects the service's budget, which all share who come through here, and knows the key, which
//! it never hands out. It is an object, because only one place can count exactly, join requests for
//! the same thing, and keep writes in order.
//!
//! - **Reads** are answered from the last good answer, which is renewed when it is older than 15
//!   seconds and somebody looks. An answer that is no list of things with ids is no good answer.
//! - **Writes** are on disk before they are sent. If the answer is lost, the list is read before
//!   anything is sent again ([`super::queue::doubt`]).
//! - **The copy** in the database follows: lists as they are read, writes as they are accepted.
//! - **Comparisons** of both are made as lists are read, and kept ([`super::copy::comparing`]).
//!
//! Calls are `POST /{tag}/{name}` with JSON; [`crate::hosted`] has their types.

mod asking;
mod breaker;
mod budget;
mod reading;
mod sending;
mod service;
mod snapshots;
pub mod state;
mod waking;
mod writing;

use std::rc::Rc;

use okrs_shared::id::PendingWriteId;
use okrs_shared::upstream::{Decision, PendingWrite};
use worker::{DurableObject, Env, Request, Response, State, durable_object};

use crate::error::Error;
use crate::hosted::{Outgoing, Question};
use crate::log;
use crate::messages;
use state::Object;

/// The object.
#[durable_object]
pub struct Upstream {
    object: Rc<Object>,
}

impl DurableObject for Upstream {
    fn new(state: State, env: Env) -> Self {
        let object = Object::wake(state, env);
        Self {
            object: Rc::new(object.expect("the object's own tables can be made and read")),
        }
    }

    async fn fetch(&self, request: Request) -> worker::Result<Response> {
        let name = log::name_of_call(request.headers());
        log::within(name, self.answer(request)).await
    }

    async fn alarm(&self) -> worker::Result<Response> {
        log::within(log::new_name(), self.object.wake_up()).await?;
        Response::empty()
    }
}

impl Upstream {
    async fn answer(&self, mut request: Request) -> worker::Result<Response> {
        let url = request.inner().url();
        if let Some(refusal) = messages::refusal(&url) {
            return refusal;
        }
        let parts: Vec<&str> = url.split('/').skip(3).collect();
        let [tag, what] = parts[..] else {
            return Response::error("no such call", 404);
        };
        let object = &self.object;
        object.serves(tag)?;
        match what {
            "read" => {
                let question: Question = request.json().await?;
                object.read(&question).await
            }
            "write" => {
                let write: Outgoing = request.json().await?;
                Response::from_json(&object.write(&write).await.map_err(failed)?)
            }
            "look" => {
                object.look().await?;
                Response::empty()
            }
            "budget" => Response::from_json(&object.standing()?),
            "comparisons" => Response::from_json(&object.compared().await.map_err(failed)?),
            "copy-anew" => {
                object.copy_anew().await.map_err(failed)?;
                Response::empty()
            }
            "compare-anew" => Response::from_json(&object.compare_anew().await?),
            "pending" => {
                let sender: Option<String> = request.json().await?;
                Response::from_json(&object.queue.pending(sender.as_deref())?)
            }
            "pending-write" => {
                let (sender, id): (Option<String>, PendingWriteId) = request.json().await?;
                let found = object.queue.find(&id)?;
                let found = found.filter(|write| sender.is_none_or(|own| own == write.sender));
                Response::from_json(&found.map(PendingWrite::from))
            }
            "decide" => {
                let (id, decision): (PendingWriteId, Decision) = request.json().await?;
                Response::from_json(&object.decide(&id, decision).await.map_err(failed)?)
            }
            _ => Response::error("no such call", 404),
        }
    }
}

fn failed(error: Error) -> worker::Error {
    worker::Error::RustError(format!("{error:?}"))
}
