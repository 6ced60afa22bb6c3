//! Outages with readers, writers and kills.

use std::sync::atomic::{AtomicBool, AtomicI64, AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use okrs_tests::{Api, Fault, LISTS};
use serde_json::{Value, json};

use crate::report::Reads;
use crate::stage::{self, Stage};

const READERS: usize = 20;
/// Each reports values of a key result of its own: 1, 2, 3, and so on.
const WRITERS: usize = 6;
const READ_EVERY: Duration = Duration::from_secs(5);
/// So that what waits after a kind of outage is sent within a few minutes.
const WRITE_EVERY: Duration = Duration::from_secs(20);
/// How long the queue may take to drain in the end.
const DRAINED_WITHIN: Duration = Duration::from_secs(40 * 60);

const KINDS: [Fault; 9] = [
    Fault::Cut,
    Fault::Slow(Duration::from_secs(8)),
    Fault::LostAnswer,
    Fault::Truncated,
    Fault::Status(500),
    Fault::Status(503),
    Fault::TooMany(30),
    Fault::OtherShape,
    Fault::Page,
];

/// What readers and writers share with what goes on around them.
struct Scene {
    is_over: AtomicBool,
    /// Which of the kinds it is now.
    kind: AtomicUsize,
    /// What readers were answered during each kind.
    reads: Vec<Reads>,
    /// The last value of each writer that the deployment has accepted.
    accepted: Vec<AtomicI64>,
}

/// So long of each kind, with so many kills over all of it.
pub fn run(each: Duration, kills: u32) {
    let mut stage = stage::set(READERS);
    for path in LISTS {
        stage.writer.get(path).expect(200);
    }
    let scene = Scene {
        is_over: AtomicBool::new(false),
        kind: AtomicUsize::new(0),
        reads: KINDS.iter().map(|_| Reads::default()).collect(),
        accepted: (0..WRITERS).map(|_| AtomicI64::new(0)).collect(),
    };
    let (readers, writer) = (stage.readers.clone(), stage.writer.clone());
    let key_results = stage.key_results.clone();
    thread::scope(|scope| {
        for (nth, api) in readers.iter().enumerate() {
            let scene = &scene;
            scope.spawn(move || read_on(api, nth, scene));
        }
        for (accepted, (_, key_result)) in scene.accepted.iter().zip(&key_results) {
            let (writer, is_over) = (&writer, &scene.is_over);
            scope.spawn(move || write_on(writer, key_result, accepted, is_over));
        }
        pass_through(&mut stage, &scene, each, kills);
        scene.is_over.store(true, Ordering::Relaxed);
    });
    stage.line.set(Fault::None);
    drain(&stage);
    stage.line.print();
    compare(&stage, &scene.accepted);
}

/// One kind after the other, and kills in the middle of equal parts of all of it.
fn pass_through(stage: &mut Stage, scene: &Scene, each: Duration, kills: u32) {
    let began = Instant::now();
    let mut done_kills = 0;
    for (nth, kind) in (0_u32..).zip(KINDS) {
        scene.kind.store(nth as usize, Ordering::Relaxed);
        stage.line.set(kind);
        while began.elapsed() < each * (nth + 1) {
            let part = each * u32::try_from(KINDS.len()).unwrap() / kills.max(1);
            if done_kills < kills && began.elapsed() >= part * done_kills + part / 2 {
                stage.servers.deployment.restart();
                done_kills += 1;
            }
            thread::sleep(Duration::from_millis(200));
        }
        println!(
            "{kind:?} for {} s; kills so far: {done_kills}",
            each.as_secs()
        );
        scene.reads[nth as usize].print();
    }
}

fn read_on(api: &Api, nth: usize, scene: &Scene) {
    for path in LISTS.iter().cycle().skip(nth) {
        if scene.is_over.load(Ordering::Relaxed) {
            return;
        }
        scene.reads[scene.kind.load(Ordering::Relaxed)].read(api, path);
        thread::sleep(READ_EVERY);
    }
}

fn write_on(api: &Api, key_result: &str, accepted: &AtomicI64, is_over: &AtomicBool) {
    while !is_over.load(Ordering::Relaxed) {
        let next = accepted.load(Ordering::Relaxed) + 1;
        if is_accepted(api, key_result, next) {
            accepted.store(next, Ordering::Relaxed);
            thread::sleep(WRITE_EVERY);
        }
        // What was not accepted is repeated, but not in a rush.
        thread::sleep(Duration::from_millis(500));
    }
}

/// Waits until nothing is on its way any more.
fn drain(stage: &Stage) {
    let began = Instant::now();
    loop {
        let budget = stage.admin.read("/api/app/budget");
        if budget["waiting_writes"] == 0 {
            println!("drained after {} s: {budget}", began.elapsed().as_secs());
            return;
        }
        assert!(began.elapsed() < DRAINED_WITHIN, "not drained: {budget}");
        thread::sleep(Duration::from_secs(1));
    }
}

/// Reports a value under an idempotency key made of it, without waiting for it.
fn is_accepted(api: &Api, key_result: &str, value: i64) -> bool {
    let request = api
        .request("POST", &format!("/key-results/{key_result}/checkins"))
        .header("prefer", "respond-async")
        .header("idempotency-key", &format!("{key_result}-{value}"));
    let answer = request.json(&json!({ "value": value })).try_send();
    answer.is_ok_and(|answer| matches!(answer.status, 201 | 202))
}

/// Compares what was accepted with what the hosted service has.
fn compare(stage: &Stage, accepted: &[AtomicI64]) {
    let (mut lost, mut doubled, mut out_of_order, mut all, mut promised) = (0, 0, 0, 0, 0);
    for ((okr, key_result), last) in stage.key_results.iter().zip(accepted) {
        let last = last.load(Ordering::Relaxed);
        let detail = stage.admin_of_service.read(&format!("/api/app/okrs/{okr}"));
        let values: Vec<i64> = detail["check_ins"]
            .as_array()
            .into_iter()
            .flatten()
            .filter(|check_in| check_in["key_result_id"] == **key_result)
            .filter_map(|check_in| check_in["value"].as_i64())
            .rev()
            .collect();
        let times = |value: i64| values.iter().filter(|other| **other == value).count();
        // One more may be there: accepted, but the answer was lost in a kill.
        lost += (1..=last).filter(|value| times(*value) == 0).count();
        doubled += (1..=last + 1).filter(|value| times(*value) > 1).count();
        out_of_order += values.windows(2).filter(|pair| pair[0] > pair[1]).count();
        all += values.len();
        promised += last;
    }
    let undecided = stage.admin.read("/api/app/pending-writes");
    let undecided = undecided.as_array().into_iter().flatten();
    let undecided = undecided.filter(|write: &&Value| write["state"] == "undecided");
    println!(
        "writes: {promised} accepted, {all} at the hosted service; lost {lost}, doubled {doubled}, out of order {out_of_order}, undecided {}",
        undecided.count()
    );
}
