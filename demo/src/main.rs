//! Writes the demo workspace of today: `okrs-demo SQL_FILE JSON_FILE URL`. The SQL goes into the local
//! database; the JSON says where the server is and how to get in.
//!
//! Or both sides of it: `okrs-demo hosted DIRECTORY URL` writes `service.sql` with the demo, `deployment.sql` with its people
//! for a deployment in front of it, `keys.env` with what that asks with, and `demo.json`.
//!
//! Or workspaces of a hosted service and of the deployment in front of it: `okrs-demo pairs COUNT
//! REQUESTS_PER_MINUTE DIRECTORY` writes `service.sql`, `deployment.sql` and `pairs.json`.

use std::collections::BTreeMap;
use std::error::Error;
use std::path::Path;
use std::time::SystemTime;
use std::{env, fs};

use chrono::DateTime;
use okrs_demo::{pairs, people_only};
use okrs_shared::api_key;

fn main() -> Result<(), Box<dyn Error>> {
    let since_1970 = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH)?;
    let now =
        DateTime::from_timestamp(since_1970.as_secs().try_into()?, 0).ok_or("the clock is off")?;
    let today = now.date_naive();
    let arguments: Vec<String> = env::args().skip(1).collect();
    match &arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["pairs", count, per_minute, directory] => {
            let pairs = pairs::pairs(count.parse()?, per_minute.parse()?, today);
            let directory = Path::new(directory);
            fs::write(directory.join("service.sql"), pairs.service)?;
            fs::write(directory.join("deployment.sql"), pairs.deployment)?;
            let json = serde_json::to_string_pretty(&pairs.all)? + "\n";
            fs::write(directory.join("pairs.json"), json)?;
        }
        ["hosted", directory, url] => {
            let demo = okrs_demo::demo::demo(today);
            let directory = Path::new(directory);
            fs::write(directory.join("service.sql"), &demo.sql)?;
            fs::write(directory.join("deployment.sql"), people_only(&demo.sql))?;
            let keys = [&demo.keys["all"], &demo.other_workspace.keys["all"]];
            let by_tag: BTreeMap<_, _> = keys.map(|key| (api_key::tag(key), key)).into();
            let keys = serde_json::to_string(&by_tag)?;
            fs::write(
                directory.join("keys.env"),
                format!("UPSTREAM_API_KEY='{keys}'\n"),
            )?;
            let json = serde_json::to_string_pretty(&demo.file(url))? + "\n";
            fs::write(directory.join("demo.json"), json)?;
        }
        [sql_file, json_file, url] => {
            let demo = okrs_demo::demo::demo(today);
            fs::write(sql_file, &demo.sql)?;
            let json = serde_json::to_string_pretty(&demo.file(url))? + "\n";
            fs::write(json_file, json)?;
        }
        _ => return Err("usage: okrs-demo SQL_FILE JSON_FILE URL".into()),
    }
    Ok(())
}
