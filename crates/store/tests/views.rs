//! The views that analysts ask, on a real PostGIS.
#![expect(clippy::unwrap_used, reason = "a test may fail")]

use domain::{Bilingual, Collection, CollectionId, Field, FieldType, GeometryKind, Value};
use sqlx::PgPool;
use std::sync::Arc;
use store::{Store, standing, views};

/// The migration after which records are text.
const RECORDS_TEXT: &str = include_str!("../../../migrations/0007_records_text.sql");

fn collection(fields: &[(&str, FieldType)]) -> Arc<Collection> {
    let field = |(id, field_type): &(&str, FieldType)| Field {
        required: true,
        label: Bilingual { it: "L'etichetta".to_owned(), en: String::new() },
        ..Field::new(id, *field_type)
    };
    Arc::new(Collection {
        id: CollectionId::parse("odd-things").unwrap(),
        family: "areas".to_owned(),
        title: Bilingual::default(),
        description: Bilingual { it: "Quel ch'è dispari".to_owned(), en: String::new() },
        key: vec![0],
        geometry: GeometryKind::Any,
        parent: None,
        dissolved_from: None,
        fields: fields.iter().map(field).collect(),
    })
}

#[tokio::test]
async fn each_collection_has_a_typed_view_that_follows_its_definition() {
    let database = testkit::database().await;
    let store = Store::connect(database.connect_options()).await.unwrap();
    let pool = database.pool().await;
    let run = async |sql: &'static str| sqlx::raw_sql(sql).execute(&pool).await.unwrap();
    let before = [("code", FieldType::Text), ("amount_cents", FieldType::Cents), ("day", FieldType::Date)];
    views::refresh(&store, &[collection(&before)]).await.unwrap();
    run(
        "insert into release (id, source, demo, content_hash, definition_hash, files) overriding system value
         values (1, 'one', false, sha256('a'), sha256('b'), '[]')",
    )
    .await;
    run("insert into event (kind, release_id) values ('published', 1)").await;
    run(r#"insert into record (collection, source, release_id, event_from, feature_id, properties, hash)
         values ('odd-things', 'one', 1, 1, 7,
             '{"code": "a", "amount_cents": 12345, "day": "2023-02-21", "tags": ["x", "y"]}', sha256('c'))"#)
    .await;
    run("insert into location (record_id, ordinal, precision, geometry)
         values (1, 0, 'geometry', st_setsrid(st_makepoint(9, 45), 4326))")
    .await;
    let row: (i64, i64, bool, String) = sqlx::query_as(
        r#"select id, amount_cents / 5, day > '2023-01-01', st_astext(geometry) from published."odd-things""#,
    )
    .fetch_one(&pool)
    .await
    .unwrap();
    assert_eq!(row, (7, 2469, true, "POINT(9 45)".to_owned()));

    // A definition that changes takes its view along; one that does not leaves it alone.
    let after = [("code", FieldType::Text), ("tags", FieldType::List), ("odd \"name\"", FieldType::Boolean)];
    views::refresh(&store, &[collection(&after)]).await.unwrap();
    views::refresh(&store, &[collection(&after)]).await.unwrap();
    let tags: Vec<String> =
        sqlx::query_scalar(r#"select tags from published."odd-things""#).fetch_one(&pool).await.unwrap();
    assert_eq!(tags, ["x", "y"]);
    // What an analyst has made of it is not taken away.
    run(r#"create view mine as select code from published."odd-things""#).await;
    views::refresh(&store, &[collection(&before)]).await.unwrap();
    run("select code from mine").await;
    let places: i64 = sqlx::query_scalar(r#"select count(*) from published."odd-things-places""#)
        .fetch_one(&pool)
        .await
        .unwrap();
    assert_eq!(places, 1);
}

/// A database as it was before records were text, with a record and the program's views.
async fn before_records_were_text() -> (testkit::TestDatabase, Store, PgPool) {
    let database = testkit::database().await;
    let store = Store::connect(database.connect_options()).await.unwrap();
    let pool = database.pool().await;
    let json = "alter table record alter column properties type json using properties::json;
                insert into record (collection, source, release_id, event_from, feature_id, properties, hash)
                values ('odd-things', 'one', 1, 1, 7, '{\"code\":\"a\"}', sha256('c'))";
    sqlx::raw_sql(json).execute(&pool).await.unwrap();
    views::refresh(&store, &[collection(&[("code", FieldType::Text)])]).await.unwrap();
    (database, store, pool)
}

/// The type of the records' column after the migration; by it and by the views, they are read as before.
async fn type_after_migration(store: &Store, pool: &PgPool) -> String {
    sqlx::raw_sql(RECORDS_TEXT).execute(pool).await.unwrap();
    let collection = collection(&[("code", FieldType::Text)]);
    let values = standing::values(store, &collection).await.unwrap();
    assert_eq!(values, [[Value::Text("a".to_owned())]]);
    views::refresh(store, &[collection]).await.unwrap();
    let code: Option<String> =
        sqlx::query_scalar(r#"select code from published."odd-things""#).fetch_one(pool).await.unwrap();
    assert_eq!(code.as_deref(), Some("a"));
    let found = sqlx::query_scalar("select pg_typeof(properties)::text from record").fetch_one(pool);
    found.await.unwrap()
}

#[tokio::test]
async fn records_become_text_and_the_views_of_them_are_made_anew() {
    let (_database, store, pool) = before_records_were_text().await;
    assert_eq!(type_after_migration(&store, &pool).await, "text");
}

#[tokio::test]
async fn records_stay_json_where_the_view_of_an_analyst_rests_upon_them() {
    let (_database, store, pool) = before_records_were_text().await;
    let mine = r#"create view mine as select code from published."odd-things""#;
    sqlx::raw_sql(mine).execute(&pool).await.unwrap();
    assert_eq!(type_after_migration(&store, &pool).await, "json");
    sqlx::raw_sql("select code from mine").execute(&pool).await.unwrap();
}
