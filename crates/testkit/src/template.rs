//! The template database: empty, with PostGIS and the migrations; copying it is much quicker than making it.

use std::hash::{DefaultHasher, Hash, Hasher};

use sqlx::migrate::Migrator;
use sqlx::postgres::PgConnectOptions;
use sqlx::{Connection, PgConnection};

use crate::{connect, run};

/// The name of the lock under which one process makes the template and others wait.
const LOCK: i64 = 0x7465_6d70_6c61_7465;

/// Makes the template for these migrations if it is missing; returns its name.
pub async fn ensure(options: &PgConnectOptions, admin: &mut PgConnection, migrator: &Migrator) -> String {
    let name = name(migrator);
    if !exists(admin, &name).await {
        run(admin, format!("select pg_advisory_lock({LOCK})")).await;
        if !exists(admin, &name).await {
            make(options, admin, migrator, &name).await;
        }
        run(admin, format!("select pg_advisory_unlock({LOCK})")).await;
    }
    name
}

/// It gets its name last, so that what has the name is complete.
async fn make(options: &PgConnectOptions, admin: &mut PgConnection, migrator: &Migrator, name: &str) {
    run(admin, "drop database if exists remix_template_new with (force)".to_owned()).await;
    run(admin, "create database remix_template_new".to_owned()).await;
    let mut inside = connect(&options.clone().database("remix_template_new")).await;
    run(&mut inside, "create extension postgis".to_owned()).await;
    migrator.run(&mut inside).await.unwrap_or_else(|error| panic!("the migrations must apply: {error}"));
    inside.close().await.expect("the connection that migrated the template must close");
    run(admin, format!("alter database remix_template_new rename to {name}")).await;
    // A database that somebody is connected to cannot be copied.
    run(admin, format!("alter database {name} allow_connections false")).await;
}

async fn exists(admin: &mut PgConnection, name: &str) -> bool {
    let find = "select exists (select from pg_database where datname = $1 and not datallowconn)";
    sqlx::query_scalar(find).bind(name).fetch_one(admin).await.expect("the catalog must be readable")
}

fn name(migrator: &Migrator) -> String {
    let mut hasher = DefaultHasher::new();
    for migration in migrator.iter() {
        (migration.version, &migration.checksum).hash(&mut hasher);
    }
    format!("remix_template_{:016x}", hasher.finish())
}
