//! What each operation of the app's own API is called, takes and gives.

mod cycles;
mod keys;
mod okrs;
mod people;
mod reviews;
mod sign_in;
mod upstream;
mod work;

use super::operation::Operation;

/// Every operation of the app's own API.
pub fn operations() -> Vec<Operation> {
    [
        sign_in::operations(),
        work::operations(),
        okrs::operations(),
        people::operations(),
        cycles::operations(),
        keys::operations(),
        reviews::operations(),
        upstream::operations(),
    ]
    .into_iter()
    .flatten()
    .collect()
}
