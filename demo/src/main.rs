//! Writes the demo workspace of today: `okrs-demo SQL_FILE JSON_FILE URL`.
//!
//! The SQL goes into the local database; the JSON says where the server is and how to get in.

use std::error::Error;
use std::time::SystemTime;
use std::{env, fs};

use chrono::DateTime;

fn main() -> Result<(), Box<dyn Error>> {
    let [sql_file, json_file, url] = env::args()
        .skip(1)
        .collect::<Vec<_>>()
        .try_into()
        .map_err(|_| "usage: okrs-demo SQL_FILE JSON_FILE URL")?;
    let since_1970 = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH)?;
    let now =
        DateTime::from_timestamp(since_1970.as_secs().try_into()?, 0).ok_or("the clock is off")?;
    let today = now.date_naive();
    let demo = okrs_demo::demo::demo(today);
    fs::write(sql_file, &demo.sql)?;
    fs::write(
        json_file,
        serde_json::to_string_pretty(&demo.file(&url))? + "\n",
    )?;
    Ok(())
}
