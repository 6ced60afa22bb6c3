//! What each operation of the app's own API is called, takes and gives.

mod keys;
mod people;
mod reviews;
mod sign_in;
mod work;

use super::operation::Operation;

/// Every operation of the app's own API.
pub fn operations() -> Vec<Operation> {
    [
        sign_in::operations(),
        work::operations(),
        people::operations(),
        keys::operations(),
        reviews::operations(),
    ]
    .into_iter()
    .flatten()
    .collect()
}
