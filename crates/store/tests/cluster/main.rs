//! The private cluster on a real PostgreSQL: shared, left, killed, and found in the state that others left it in.

#![expect(clippy::unwrap_used, reason = "helpers of tests, which fail by panicking")]

mod process;
mod var;

use std::fs;
use std::io::Read;
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::os::unix::net::UnixListener;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::str::FromStr;
use std::time::{Duration, Instant};

use sqlx::postgres::PgConnectOptions;
use sqlx::{ConnectOptions, Connection};
use store::cluster::{ClusterError, Settings, join};
use tokio::task::JoinSet;

use crate::process::{Program, Reaped, kill, lives, process_group, signal};
use crate::var::{Var, ask, query};

// --- joining and leaving ---

#[tokio::test]
async fn the_first_join_creates_a_postgis_that_only_its_owner_can_reach() {
    let var = Var::empty();
    // What an initdb that was killed half-way leaves.
    fs::create_dir_all(var.home().join("data.new.1/base")).unwrap();
    fs::write(var.home().join("data.new.1/PG_VERSION"), "15\n").unwrap();

    let cluster = join(&Settings { durable: true, ..var.settings() }).await.unwrap();

    assert!(ask(&cluster, "select postgis_version()").await.starts_with('3'));
    assert_eq!(ask(&cluster, "select current_setting('listen_addresses')").await, "");
    assert_eq!(ask(&cluster, "select current_setting('fsync')").await, "on");
    assert_eq!(ask(&cluster, "select current_setting('data_checksums')").await, "on");
    assert_eq!(ask(&cluster, "select lower('CITTÀ')").await, "città");
    let by_url = PgConnectOptions::from_str(&cluster.url()).unwrap();
    assert_eq!(query(&by_url, "select current_database() || current_user").await, "remixremix");
    assert_eq!(fs::metadata(var.home()).unwrap().permissions().mode() & 0o777, 0o700);
    assert!(!var.home().join("data.new.1").exists());
    cluster.leave().await.unwrap();
}

#[tokio::test]
async fn programs_share_one_server_and_the_last_one_out_stops_it() {
    let var = Var::made().await;
    let first = var.join().await;
    let pid = var.pid().unwrap();
    let second = var.join().await;
    assert_eq!(var.pid(), Some(pid));
    assert_ne!(process_group(pid), process_group(std::process::id()), "Ctrl-C must not reach the server");

    first.leave().await.unwrap();
    assert!(lives(pid));
    assert_eq!(ask(&second, "select 'still here'").await, "still here");
    assert!(!second.ensure_running().await.unwrap());

    second.leave().await.unwrap();
    assert!(!lives(pid));
    assert_eq!(var.pid(), None);
}

#[tokio::test]
async fn a_cluster_that_is_dropped_is_left() {
    let var = Var::made().await;
    drop(var.join().await);
    assert_eq!(var.pid(), None);
}

#[tokio::test(flavor = "multi_thread")]
async fn joining_all_at_once_creates_and_starts_one_server() {
    let var = Var::empty();
    let mut programs: Vec<Program> = (0..3).map(|_| Program::start(&var)).collect();
    let mut joining = JoinSet::new();
    for _ in 0..5 {
        let settings = var.settings();
        joining.spawn(async move { join(&settings).await.unwrap() });
    }
    let clusters = joining.join_all().await;
    programs.iter_mut().for_each(Program::has_joined);
    assert_eq!(var.log_count("starting PostgreSQL"), 1);

    let mut leaving = JoinSet::new();
    for cluster in clusters {
        leaving.spawn(async move { cluster.leave().await.unwrap() });
    }
    leaving.join_all().await;
    assert!(var.pid().is_some(), "the other programs are still there");
    programs.into_iter().for_each(Program::leave);
    assert_eq!(var.pid(), None);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_start_that_races_with_a_stop_ends_with_a_server_that_answers() {
    let var = Var::made().await;
    let mut racing = JoinSet::new();
    for program in 0..3_u64 {
        let settings = var.settings();
        racing.spawn(async move {
            for round in 0..10_u64 {
                let cluster = join(&settings).await.unwrap();
                assert_eq!(ask(&cluster, "select 'here'").await, "here");
                cluster.leave().await.unwrap();
                tokio::time::sleep(Duration::from_millis((program * 70 + round * 130) % 200)).await;
            }
        });
    }
    racing.join_all().await;
    assert_eq!(var.pid(), None);
    let starts = var.log_count("starting PostgreSQL");
    assert!(starts > 3, "started only {starts} times: there was no race");
    assert_eq!(var.log_count("ready to accept connections"), starts);
    assert_eq!(var.log_count("database system was shut down"), starts, "each found what a whole stop leaves");
}

// --- being killed ---

#[tokio::test]
async fn what_was_committed_survives_a_kill_of_the_server() {
    let var = Var::made().await;
    let cluster = join(&Settings { durable: true, ..var.settings() }).await.unwrap();
    ask(&cluster, "create table kept as select 'kept' as word").await;
    // A backend that computes does not notice that its server is gone, and keeps the next one from starting.
    let busy = cluster.connect_options();
    let counting = tokio::spawn(async move {
        let mut connection = busy.connect().await?;
        sqlx::raw_sql("select count(*) from generate_series(1, 100000000000)").execute(&mut connection).await
    });
    wait_until("the query runs", async || {
        ask(&cluster, "select count(*)::text from pg_stat_activity where query like '%serie%'").await == "2"
    })
    .await;
    let pid = var.pid().unwrap();
    kill(pid);

    assert!(cluster.ensure_running().await.unwrap());
    assert_ne!(var.pid(), Some(pid));
    assert_eq!(ask(&cluster, "select word from kept").await, "kept");
    assert!(counting.await.unwrap().is_err());
    assert!(!cluster.ensure_running().await.unwrap());
    cluster.leave().await.unwrap();
}

#[tokio::test]
async fn a_server_whose_program_was_killed_is_joined_and_stopped_by_the_last_out() {
    let var = Var::made().await;
    let mut program = Program::start(&var);
    program.has_joined();
    let pid = var.pid().unwrap();
    program.kill();
    assert!(lives(pid));

    let cluster = var.join().await;
    assert_eq!(var.pid(), Some(pid));
    cluster.leave().await.unwrap();
    assert!(!lives(pid));
}

#[tokio::test]
async fn a_server_that_is_told_to_stop_by_somebody_else_is_started_again() {
    let var = Var::made().await;
    let cluster = var.join().await;
    let mut waiting = cluster.connect_options().connect().await.unwrap();
    let pid = var.pid().unwrap();
    // The "smart" way: it waits for its clients to go, which they do not.
    signal("TERM", pid);
    wait_until("it stops", async || fs::read_to_string(var.pidfile()).unwrap().contains("stopping")).await;

    assert!(cluster.ensure_running().await.unwrap());
    assert_eq!(ask(&cluster, "select 'here'").await, "here");
    assert!(waiting.ping().await.is_err());
    cluster.leave().await.unwrap();
}

#[tokio::test]
async fn a_pidfile_left_by_a_crash_does_not_block_whomever_it_names() {
    let var = Var::made().await;
    let owner = fs::metadata(var.home()).unwrap();
    let mut sleep = Command::new("sleep");
    sleep.arg("600");
    if owner.uid() != 0 && is_root() {
        sleep.uid(owner.uid());
    }
    let mut stranger = Reaped(sleep.spawn().unwrap());
    let stale = |pid| format!("{pid}\n/data\n1795298356\n5432\n../socket\n\n 10043697 12\nready   \n");
    for left in [stale(stranger.0.id()), stale(4_000_000), String::new()] {
        let cluster = var.join().await;
        kill(var.pid().unwrap());
        drop(cluster);
        fs::write(var.pidfile(), &left).unwrap();
        fs::write(var.home().join("socket/.s.PGSQL.5432.lock"), &left).unwrap();

        let cluster = var.join().await;
        assert_eq!(ask(&cluster, "select 'here'").await, "here", "{left:?}");
        drop(cluster);
    }
    assert!(stranger.0.try_wait().unwrap().is_none(), "the stranger must not be harmed");
}

#[tokio::test]
async fn a_socket_that_opens_and_hangs_up_is_no_server() {
    let var = Var::made().await;
    // As the system does for a server that is being killed, only for longer.
    let socket = UnixListener::bind(var.home().join("socket/.s.PGSQL.5432")).unwrap();
    std::thread::spawn(move || {
        for client in socket.incoming() {
            client.and_then(|mut client| client.read(&mut [0; 8])).ok();
        }
    });
    let cluster = var.join().await;
    assert_eq!(ask(&cluster, "select 'here'").await, "here");
    cluster.leave().await.unwrap();
}

// --- where it cannot run, and where one might think so ---

#[tokio::test]
async fn data_of_another_version_is_refused_untouched() {
    let var = Var::empty();
    fs::create_dir_all(var.data()).unwrap();
    fs::write(var.data().join("PG_VERSION"), "9.6\n").unwrap();
    let error = join(&var.settings()).await.unwrap_err();
    assert!(matches!(error, ClusterError::OtherVersion { wrote: 9, .. }), "{error}");
    let sentence = error.to_string();
    let data = var.data().display().to_string();
    for part in
        [&data, "written by PostgreSQL 9", "installed here is PostgreSQL", "--var", "nothing was touched"]
    {
        assert!(sentence.contains(part), "{part} is missing in: {sentence}");
    }
    let left: Vec<_> = fs::read_dir(var.data()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(left, ["PG_VERSION"]);
}

#[tokio::test]
async fn what_is_not_installed_is_named_with_its_package() {
    let var = Var::empty();
    let bin = var.path().join("bin");
    let settings = Settings { pg_bin: Some(bin.clone()), ..var.settings() };
    let refused = async || join(&settings).await.unwrap_err();

    let error = refused().await;
    assert!(matches!(error, ClusterError::NoPostgres { .. }), "{error}");
    assert!(error.to_string().contains("postgresql-15-postgis-3"), "{error}");

    fs::create_dir(&bin).unwrap();
    script(&bin.join("postgres"), "echo 'postgres (PostgreSQL) 16.4'");
    script(&bin.join("pg_config"), "echo /nowhere");
    let error = refused().await;
    assert!(matches!(error, ClusterError::NoPostgis { major: 16, .. }), "{error}");
    assert!(error.to_string().contains("postgresql-16-postgis-3"), "{error}");
}

#[tokio::test]
async fn what_the_system_refuses_is_said_with_the_path() {
    let var = Var::empty();
    let file = var.path().join("file");
    fs::write(&file, "").unwrap();
    let error = join(&Settings { var: file.join("var"), ..var.settings() }).await.unwrap_err();
    let expected =
        format!("cannot create the folder {}: Not a directory (os error 20)", file.join("var").display());
    assert_eq!(error.to_string(), expected);
}

#[tokio::test]
async fn a_server_that_cannot_start_is_explained_by_its_log() {
    let var = Var::made().await;
    fs::remove_file(var.data().join("global/pg_control")).unwrap();
    let error = join(&var.settings()).await.unwrap_err();
    assert!(matches!(error, ClusterError::Start { .. }), "{error}");
    assert!(error.to_string().contains("could not find the database system"), "{error}");
}

#[tokio::test]
async fn a_start_that_fails_on_what_is_just_passing_is_tried_again() {
    let var = Var::made().await;
    let (control, away) = (var.data().join("global/pg_control"), var.data().join("global/pg_control.away"));
    fs::rename(&control, &away).unwrap();
    let back = std::thread::spawn(move || {
        std::thread::sleep(Duration::from_millis(700));
        fs::rename(away, control).unwrap();
    });
    let cluster = var.join().await;
    assert!(var.log_count("could not find the database system") > 0, "the first start did not fail");
    back.join().unwrap();
    cluster.leave().await.unwrap();
}

#[tokio::test]
async fn a_folder_too_deep_for_a_socket_works() {
    let var = Var::made().await;
    let deep = var.path().join("a".repeat(120));
    fs::create_dir(&deep).unwrap();
    fs::rename(var.home(), deep.join("postgres")).unwrap();
    let settings = Settings { var: deep, ..var.settings() };

    let cluster = join(&settings).await.unwrap();
    let socket = cluster.connect_options().get_socket().unwrap().clone();
    assert!(socket.starts_with("/tmp"), "{}", socket.display());
    assert_eq!(fs::metadata(&socket).unwrap().permissions().mode() & 0o777, 0o700);
    assert_eq!(ask(&cluster, "select 'here'").await, "here");
    cluster.leave().await.unwrap();
    fs::remove_dir(socket).unwrap();
}

// --- the program that the tests start and kill, and what else they need ---

#[tokio::test]
#[ignore = "it is the other program of the tests above"]
async fn program_that_joins_until_its_input_ends() {
    let var = PathBuf::from(std::env::var_os("TEST_VAR").unwrap());
    let cluster = join(&Settings { var, pg_bin: None, durable: false }).await.unwrap();
    println!("joined");
    std::io::stdin().read_line(&mut String::new()).unwrap();
    cluster.leave().await.unwrap();
}

async fn wait_until(what: &str, happened: impl AsyncFn() -> bool) {
    let asked = Instant::now();
    while !happened().await {
        assert!(asked.elapsed() < Duration::from_secs(20), "waited in vain until {what}");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

fn is_root() -> bool {
    fs::metadata("/proc/self").unwrap().uid() == 0
}

fn script(path: &Path, line: &str) {
    fs::write(path, format!("#!/bin/sh\n{line}\n")).unwrap();
    fs::set_permissions(path, fs::Permissions::from_mode(0o755)).unwrap();
}
