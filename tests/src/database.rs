//! The database of a server before its first start.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use rusqlite::Connection;

use crate::wrangler;

/// Where the local D1 keeps its databases, in the directory that a server persists to.
const DATABASES: &str = "v3/d1/miniflare-D1DatabaseObject";

/// A migrated and otherwise empty database: the names of its files and what is in them.
pub struct Migrated(Vec<(PathBuf, Vec<u8>)>);

impl Migrated {
    /// The first call of the process applies the migrations, in the directory `scratch`, which goes:
    /// that takes wrangler seconds, and every server needs it.
    pub fn once(scratch: &Path) -> &'static Self {
        static MIGRATED: OnceLock<Migrated> = OnceLock::new();
        MIGRATED.get_or_init(|| {
            wrangler::d1(scratch, &["migrations", "apply", "DB"]);
            let files = fs::read_dir(scratch.join(DATABASES)).unwrap();
            let files = files.map(|file| {
                let path = file.unwrap().path();
                (path.file_name().unwrap().into(), fs::read(&path).unwrap())
            });
            let migrated = Self(files.collect());
            fs::remove_dir_all(scratch).unwrap();
            migrated
        })
    }

    /// Writes a copy for the server that persists to `dir`, filled with `sql`.
    pub fn copy(&self, dir: &Path, sql: &str) {
        let databases = dir.join(DATABASES);
        fs::create_dir_all(&databases).unwrap();
        for (name, content) in &self.0 {
            fs::write(databases.join(name), content).unwrap();
        }
        let is_ours = |name: &&PathBuf| {
            name.extension()
                .is_some_and(|extension| extension == "sqlite")
                && name.file_stem().is_some_and(|stem| stem != "metadata")
        };
        let names = || self.0.iter().map(|(name, _)| name);
        let name = names().find(is_ours).unwrap();
        let database = Connection::open(databases.join(name)).unwrap();
        // As one transaction: one write to the disk and not one a row.
        database
            .execute_batch(&format!("BEGIN;\n{sql}\nCOMMIT;"))
            .unwrap();
    }
}
