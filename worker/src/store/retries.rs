//! What D1 fails with in passing, and how often it is asked again.

use std::time::Duration;

use worker::Delay;

use super::{Db, Rows, Sql};
use crate::error::{Error, Result};
use crate::log;

/// How often D1 is asked in all.
const MOST_TRIES: u32 = 3;
/// Before it is asked a second time; before the third, twice as long.
const PAUSE: Duration = Duration::from_millis(50);

/// Parts of the messages of which D1's documentation says that the same may go well at once. Whether it took effect
/// none of them says.
const TRANSIENT: [&str; 6] = [
    "Network connection lost",
    "storage caused object to be reset",
    "reset because its code was updated",
    "due to transient issue on remote node",
    "storage operation exceeded timeout which caused object to be reset",
    "D1 DB is overloaded",
];

/// How a batch ended that must take effect once.
pub enum Once {
    /// As usual: these are its rows.
    Answered(Vec<Rows>),
    /// It took effect, but its rows were lost on their way.
    Lost,
}

impl Db {
    /// Runs statements that change nothing, and again where that may help.
    pub(super) async fn read(&self, statements: &[Sql]) -> Result<Vec<Rows>> {
        let mut tries = 1;
        loop {
            match self.run(statements).await {
                Err(error) if tries < MOST_TRIES && is_transient(&error) => pause(tries).await,
                result => return result,
            }
            tries += 1;
        }
    }

    /// Runs a batch that takes effect once: before it is run again, and before it is given up, `trace` is looked for,
    /// a query for the row that it leaves.
    pub(super) async fn run_once(&self, statements: &[Sql], trace: &Sql) -> Result<Once> {
        let mut tries = 1;
        loop {
            let error = match self.run(statements).await {
                Ok(rows) => return Ok(Once::Answered(rows)),
                Err(error) if is_transient(&error) => error,
                Err(error) => return Err(error),
            };
            log::warn("D1 failed", format!("at try {tries}: {error:?}"));
            pause(tries).await;
            if !self.query(trace.clone()).await?.is_empty() {
                return Ok(Once::Lost);
            }
            if tries == MOST_TRIES {
                return Err(error);
            }
            tries += 1;
        }
    }
}

async fn pause(tries: u32) {
    Delay::from(PAUSE * tries).await;
}

fn is_transient(error: &Error) -> bool {
    let Error::Internal(cause) = error else {
        return false;
    };
    TRANSIENT.iter().any(|part| cause.contains(part))
}
