//! The database of a server that does not run: before its first start, or to be put back later.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process;
use std::sync::OnceLock;

use rusqlite::Connection;

use crate::server::repository;
use crate::wrangler;

/// Where the local D1 keeps its databases, in the directory that a server persists to.
const DATABASES: &str = "v3/d1/miniflare-D1DatabaseObject";

/// As wrangler makes it.
const TABLE_OF_MIGRATIONS: &str = "CREATE TABLE d1_migrations(
    id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT UNIQUE, applied_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP NOT NULL);";

/// The migrations, in their order.
pub fn migrations() -> Vec<PathBuf> {
    let files = fs::read_dir(repository().join("worker/migrations")).unwrap();
    let mut files: Vec<PathBuf> = files.map(|file| file.unwrap().path()).collect();
    files.sort();
    files
}

/// A database: the names of its files and what is in them.
pub struct Files(Vec<(PathBuf, Vec<u8>)>);

impl Files {
    /// Of the server that persists to `dir`.
    pub fn read(dir: &Path) -> Self {
        let files = fs::read_dir(dir.join(DATABASES)).unwrap();
        let files = files.map(|file| {
            let path = file.unwrap().path();
            (path.file_name().unwrap().into(), fs::read(&path).unwrap())
        });
        Self(files.collect())
    }

    /// Puts them in the place of those of the server that persists to `dir`.
    pub fn put_back(&self, dir: &Path) {
        let databases = dir.join(DATABASES);
        let _ = fs::remove_dir_all(&databases);
        fs::create_dir_all(&databases).unwrap();
        for (name, content) in &self.0 {
            fs::write(databases.join(name), content).unwrap();
        }
    }

    /// The number that a query gives of it; `scratch` is a directory, which goes.
    pub fn number(&self, query: &str, scratch: &Path) -> u64 {
        self.put_back(scratch);
        let database = Connection::open(scratch.join(DATABASES).join(self.ours())).unwrap();
        let number: i64 = database.query_row(query, [], |row| row.get(0)).unwrap();
        drop(database);
        fs::remove_dir_all(scratch).unwrap();
        number.cast_unsigned()
    }

    /// The name of the one that has our tables.
    fn ours(&self) -> &Path {
        let is_ours = |name: &&Path| {
            name.extension()
                .is_some_and(|extension| extension == "sqlite")
                && name.file_stem().is_some_and(|stem| stem != "metadata")
        };
        let mut names = self.0.iter().map(|(name, _)| name.as_path());
        names.find(is_ours).unwrap()
    }
}

/// A table of the migrated database.
pub struct Table {
    /// What it is called.
    pub name: String,
    /// Whether a column refers to a member.
    pub names_people: bool,
}

/// All tables of ours.
pub fn tables() -> Vec<Table> {
    let dir = env::temp_dir().join(format!("okrs-tables-{}", process::id()));
    let migrated = Migrated::once(&dir);
    migrated.copy(&dir, "");
    let file = dir.join(DATABASES).join(migrated.0.ours());
    let database = Connection::open(file).unwrap();
    let query = "SELECT m.name, EXISTS (SELECT 1 FROM pragma_foreign_key_list(m.name) f WHERE f.\"table\" = 'members') \
                 FROM sqlite_master m WHERE m.type = 'table' AND m.name NOT GLOB 'sqlite_*' \
                   AND m.name NOT GLOB '_cf_*' AND m.name <> 'd1_migrations' ORDER BY m.name";
    let mut query = database.prepare(query).unwrap();
    let tables = query.query_map([], |row| {
        Ok(Table {
            name: row.get(0)?,
            names_people: row.get(1)?,
        })
    });
    let tables = tables.unwrap().map(Result::unwrap).collect();
    fs::remove_dir_all(dir).unwrap();
    tables
}

/// A migrated and otherwise empty database.
pub struct Migrated(Files);

impl Migrated {
    /// The first call of the process applies the migrations, in the directory `scratch`, which goes:
    /// that takes wrangler seconds, and every server needs it.
    pub fn once(scratch: &Path) -> &'static Self {
        static MIGRATED: OnceLock<Migrated> = OnceLock::new();
        MIGRATED.get_or_init(|| {
            wrangler::d1(scratch, &["migrations", "apply", "DB"]);
            let migrated = Self(Files::read(scratch));
            fs::remove_dir_all(scratch).unwrap();
            migrated
        })
    }

    /// Writes a database for the server that persists to `dir` to which only the first `count` migrations have been
    /// applied, filled with `sql`.
    pub fn of_earlier(&self, dir: &Path, count: usize, sql: &str) {
        let path = dir.join(DATABASES).join(self.0.ours());
        let _ = fs::remove_dir_all(path.parent().unwrap());
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        let database = Connection::open(path).unwrap();
        database.execute_batch(TABLE_OF_MIGRATIONS).unwrap();
        for migration in &migrations()[..count] {
            let name = migration.file_name().unwrap().to_str().unwrap();
            let text = fs::read_to_string(migration).unwrap();
            database.execute_batch(&text).unwrap();
            let applied = "INSERT INTO d1_migrations (name) VALUES (?1)";
            database.execute(applied, [name]).unwrap();
        }
        database.execute_batch(sql).unwrap();
    }

    /// Writes a copy for the server that persists to `dir`, filled with `sql`.
    pub fn copy(&self, dir: &Path, sql: &str) {
        self.0.put_back(dir);
        let database = Connection::open(dir.join(DATABASES).join(self.0.ours())).unwrap();
        // As one transaction: one write to the disk and not one a row.
        database
            .execute_batch(&format!("BEGIN;\n{sql}\nCOMMIT;"))
            .unwrap();
    }
}
