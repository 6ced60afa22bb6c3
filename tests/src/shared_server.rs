//! The server of all tests that do not kill it, with its workspaces: seeded once per run.

use std::env;
use std::sync::OnceLock;

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use okrs_demo::load::load;
use okrs_demo::{InitiativeSeed, KpiSeed, OkrSeed, Tz, Workspace};

use crate::client::Api;
use crate::clock;
use crate::figures::{self, Figure};
use crate::proxied::{Proxied, by_tag};
use crate::seed::{self, NO_LIMIT, Seeded};
use crate::server::Server;

/// Enough for every test that claims one, with room for more tests.
const POOL: usize = 340;

/// Set to `upstream`, the tests ask a deployment in front of the hosted service, which is a server
/// with the same workspaces.
const THROUGH: &str = "OKRS_TESTS_THROUGH";

/// The shared server's token for new workspaces.
pub const SETUP_TOKEN: &str = "only-for-tests";

/// The shared server's token for links of admins.
pub const RECOVERY_TOKEN: &str = "only-for-tests-of-recovery";

struct Shared {
    servers: Servers,
    pool: Vec<Seeded>,
    special: Special,
}

enum Servers {
    One(Server),
    /// One that stands in front of the hosted service.
    Proxied(Proxied),
}

impl Servers {
    /// The one that the tests ask.
    fn asked(&self) -> &Server {
        match self {
            Self::One(server) => server,
            Self::Proxied(proxied) => &proxied.deployment,
        }
    }
}

/// Workspaces that differ from those of the pool. Tests only read them, or say what they change.
#[derive(Debug)]
pub struct Special {
    /// 501 OKRs, KPIs, initiatives and review cycles, called `… 1` (the oldest) to `… 501`.
    pub crowded: Api,
    /// Workspaces that differ only in their check-ins per key result.
    pub histories: Vec<(usize, Api)>,
    /// A workspace whose zone is so many hours ahead of UTC, with four cycles of one UTC day each,
    /// from yesterday to the day after tomorrow, called by their date.
    pub zones: Vec<(i64, Api)>,
    /// OKRs and KPIs whose figures are known.
    pub figures: Api,
    /// What the figures of the OKRs are on `seeded_on`.
    pub known_figures: Vec<Figure>,
    /// The UTC day of the seeding.
    pub seeded_on: NaiveDate,
}

/// The shared server. The first call starts it; the tests' end stops it.
pub fn server() -> &'static Server {
    shared().servers.asked()
}

/// Panics if a key of the hosted service, should the server stand in front of it, is where it must not
/// be. The shared server is never dropped: so every test looks when it ends.
#[track_caller]
pub(crate) fn check_secrets() {
    if let Servers::Proxied(proxied) = &shared().servers {
        proxied.check_secrets();
    }
}

/// The workspaces that differ.
pub fn special() -> &'static Special {
    &shared().special
}

/// The `nth` workspace of the pool.
pub(crate) fn of_pool(nth: usize) -> &'static Seeded {
    shared()
        .pool
        .get(nth)
        .expect("the pool has a workspace for every test; raise POOL")
}

fn shared() -> &'static Shared {
    static SHARED: OnceLock<Shared> = OnceLock::new();
    SHARED.get_or_init(start)
}

fn start() -> Shared {
    let now = clock::now();
    let mut sql = String::new();
    let pool: Vec<Seeded> = (0..POOL)
        .map(|nth| {
            let (seeded, text) = seed::seeded(&format!("Pool{nth:04}"), now);
            sql += &text;
            seeded
        })
        .collect();
    let crowded = crowded(&mut sql, now);
    let histories: Vec<(usize, String)> = [10, 100]
        .map(|check_ins| {
            let (text, key) = load(now.date_naive(), 6, 3, check_ins);
            sql += &text;
            (check_ins, key)
        })
        .into();
    let zones: Vec<(i64, String)> = [(14, Tz::Pacific__Kiritimati), (-11, Tz::Pacific__Pago_Pago)]
        .map(|(ahead, zone)| (ahead, zoned(&mut sql, zone, now)))
        .into();
    let (figures, known_figures) = figures::figures(&mut sql, now);

    let sql = in_few_statements(&sql) + &seed::store_alias();
    let of_pool = pool.iter().map(|seeded| &*seeded.keys.bulk);
    let others = [&crowded, &figures].into_iter();
    let others = others.chain(histories.iter().map(|(_, key)| key));
    let others = others.chain(zones.iter().map(|(_, key)| key));
    let keys = of_pool.chain(others.map(String::as_str));
    let servers = serve(&sql, keys);
    let server = servers.asked();
    let special = Special {
        crowded: server.api(&crowded),
        histories: apis(server, histories),
        zones: apis(server, zones),
        figures: server.api(&figures),
        known_figures,
        seeded_on: now.date_naive(),
    };
    Shared {
        servers,
        pool,
        special,
    }
}

fn serve<'a>(sql: &str, keys: impl Iterator<Item = &'a str>) -> Servers {
    match env::var(THROUGH).as_deref() {
        Err(_) => Servers::One(Server::start_with(
            sql,
            &[
                ("SETUP_TOKEN", SETUP_TOKEN),
                ("RECOVERY_TOKEN", RECOVERY_TOKEN),
            ],
        )),
        Ok("upstream") => Servers::Proxied(Proxied::start(sql, sql, &by_tag(keys), NO_LIMIT)),
        Ok(other) => panic!("{THROUGH} is \"upstream\" or not set, not {other:?}"),
    }
}

/// The same rows, with those of all workspaces in common INSERTs: D1 spends more time on a statement
/// than on a row. Workspaces list their tables in the same order, which stays, so no row comes
/// before one that it refers to. What is no INSERT comes last, as in each workspace.
fn in_few_statements(sql: &str) -> String {
    /// D1 refuses statements over 100 KB.
    const MOST_BYTES: usize = 90_000;
    let mut tables: Vec<(&str, Vec<String>)> = Vec::new();
    let mut others: Vec<String> = Vec::new();
    for statement in sql.split_terminator(";\n") {
        let Some((head, rows)) = statement.split_once(" VALUES\n") else {
            others.push(format!("{statement};\n"));
            continue;
        };
        let at = tables.iter().position(|(table, _)| *table == head);
        let at = at.unwrap_or_else(|| {
            tables.push((head, Vec::new()));
            tables.len() - 1
        });
        match tables[at].1.last_mut() {
            Some(last) if last.len() + rows.len() < MOST_BYTES => {
                last.push_str(",\n");
                last.push_str(rows);
            }
            _ => tables[at].1.push(rows.to_owned()),
        }
    }
    let statements = tables.into_iter().flat_map(|(head, inserts)| {
        inserts
            .into_iter()
            .map(move |rows| format!("{head} VALUES\n{rows};\n"))
    });
    statements.chain(others).collect()
}

fn apis<T>(server: &Server, keys: Vec<(T, String)>) -> Vec<(T, Api)> {
    keys.into_iter()
        .map(|(of, key)| (of, server.api(&key)))
        .collect()
}

fn crowded(sql: &mut String, now: DateTime<Utc>) -> String {
    let begin = now - TimeDelta::days(2);
    let mut workspace = Workspace::new("Crowded", "Crowded1", Tz::UTC, begin);
    let key = seed::key(&mut workspace);
    let cycle = workspace.cycle("This week", begin.date_naive(), now.date_naive());
    for nth in 1..=501 {
        let created_at = Some(begin + TimeDelta::minutes(nth));
        workspace.okr(OkrSeed {
            created_at,
            ..OkrSeed::company(&format!("OKR {nth}"), &cycle)
        });
        workspace.kpi(KpiSeed {
            created_at,
            ..KpiSeed::new(&format!("KPI {nth}"))
        });
        workspace.initiative(InitiativeSeed {
            created_at,
            ..InitiativeSeed::new(&format!("Initiative {nth}"))
        });
        workspace.review_cycle(
            &format!("Review cycle {nth}"),
            "closed",
            &[],
            None,
            created_at,
        );
    }
    *sql += &workspace.into_sql();
    key
}

fn zoned(sql: &mut String, zone: Tz, now: DateTime<Utc>) -> String {
    let begin = now - TimeDelta::days(9);
    let tag = format!("Zone{:04}", zone as u16);
    let mut workspace = Workspace::new(zone.name(), &tag, zone, begin);
    let key = seed::key(&mut workspace);
    for offset in -1..=2 {
        let day = (now + TimeDelta::days(offset)).date_naive();
        workspace.cycle(&day.to_string(), day, day);
    }
    *sql += &workspace.into_sql();
    key
}
