//! What is said of a database that cannot be used.

use sqlx::AssertSqlSafe;
use store::{Store, StoreError};

#[tokio::test]
async fn an_account_that_may_not_add_postgis_is_told_who_may() {
    let database = testkit::database().await;
    let pool = database.pool().await;
    let run = async |sql: String| sqlx::raw_sql(AssertSqlSafe(sql)).execute(&pool).await.unwrap();
    let name = format!("test_weak_{}", std::process::id());
    run(format!("create role {name} login")).await;
    run(format!("create database {name} owner {name} template template0")).await;
    let refused = Store::connect(database.connect_options().username(&name).database(&name)).await;
    run(format!("drop database {name} with (force)")).await;
    run(format!("drop role {name}")).await;
    let refused = refused.unwrap_err();
    assert!(matches!(refused, StoreError::NoPostgis), "{refused}");
    assert!(refused.to_string().contains("create extension postgis"));
}

#[tokio::test]
async fn a_server_that_is_not_there_is_unreachable() {
    let nowhere = store::ConnectOptions::new_without_pgpass().socket("/nowhere").database("x");
    assert!(matches!(Store::connect(nowhere).await, Err(StoreError::Unreachable(_))));
}
