//! In front of the hosted service, where that has the workspace's data: the object that stands before it,
//! with its queue and its copy, and the relay that version 1 goes through. The rest of the Worker asks the
//! object by [`crate::hosted`].

mod copy;
mod items;
mod object;
mod queue;
pub mod relay;
