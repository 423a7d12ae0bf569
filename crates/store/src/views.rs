//! The schema `published`: a view for each collection, with a typed column for each field, for analysts who ask in SQL or QGIS.

use crate::{Store, StoreError};
use domain::{Collection, Field, FieldType, GeometryKind};
use sha2::{Digest, Sha256};
use sqlx::AssertSqlSafe;
use std::fmt::Write;
use std::sync::Arc;

/// Brings the views in step with the definitions of the collections: `published."<collection>"` has a row for each standing
/// record, `published."<collection>-places"` one for each of its places.
///
/// Views that others have made of these are not taken away: while there are any, a view whose definition changed stays as it
/// was, and the log says so.
///
/// # Errors
/// [`StoreError`] if the database does not answer, or refuses; then the views are as they were.
pub async fn refresh(store: &Store, collections: &[Arc<Collection>]) -> Result<(), StoreError> {
    let statements = statements(collections);
    let digest = Sha256::digest(&statements);
    let mut mark = "remix ".to_owned();
    for byte in digest.iter().take(8) {
        // Writing to a text cannot fail.
        let _ = write!(mark, "{byte:02x}");
    }
    let mut transaction = store.pool.begin().await?;
    // One program at a time: whoever comes second finds the mark of the first.
    sqlx::query!("select pg_advisory_xact_lock(hashtext('remix views'))").execute(&mut *transaction).await?;
    let current = sqlx::query_scalar!(
        "select obj_description(oid, 'pg_namespace') from pg_namespace where nspname = 'published'"
    );
    if current.fetch_optional(&mut *transaction).await?.flatten().as_ref() == Some(&mark) {
        return Ok(());
    }
    let all = format!("{statements}\ncomment on schema published is {};", literal(&mark));
    match sqlx::raw_sql(AssertSqlSafe(all)).execute(&mut *transaction).await {
        Err(error) if rests_upon(&error) => {
            tracing::warn!(%error, "the views in schema published stay as they were: others rest upon them");
            Ok(())
        }
        Err(error) => Err(error.into()),
        Ok(_) => Ok(transaction.commit().await?),
    }
}

/// Whether a view could not be dropped because something else rests upon it.
fn rests_upon(error: &sqlx::Error) -> bool {
    error.as_database_error().and_then(sqlx::error::DatabaseError::code).as_deref() == Some("2BP01")
}

fn statements(collections: &[Arc<Collection>]) -> String {
    let mut sql = "create schema if not exists published;\n".to_owned();
    for collection in collections.iter().filter(|it| it.dissolved_from.is_none()) {
        sql.push_str(&records(collection));
        if collection.geometry != GeometryKind::None {
            sql.push_str(&places(collection));
        }
    }
    sql
}

/// The view of a collection's standing records.
fn records(collection: &Collection) -> String {
    let view = view_of(collection.id.as_str());
    let columns: Vec<String> =
        collection.fields.iter().map(|it| format!(",\n    field.{}", name(&it.id))).collect();
    let fields: Vec<String> = collection.fields.iter().map(column).collect();
    let geometry = match collection.geometry {
        GeometryKind::None => "",
        // One shape stays as it is; a collection of several is one shape too.
        _ => {
            ",\n    (select case count(*) when 1 then (array_agg(location.geometry))[1] else st_collect(location.geometry) end\n     \
             from location where location.record_id = record.id and location.geometry is not null) as geometry"
        }
    };
    let mut sql = format!(
        "drop view if exists {view};\ncreate view {view} as\nselect\n    record.feature_id as id{},\n    record.source as record_source,\n    \
         record.release_id as record_release{geometry}\nfrom record\ncross join lateral json_to_record(record.properties::json) as field ({})\n\
         where record.collection = {} and record.event_from is not null and record.event_to is null;\n\
         comment on view {view} is {};\n",
        columns.concat(),
        fields.join(", "),
        literal(collection.id.as_str()),
        literal(&collection.description.it)
    );
    for field in &collection.fields {
        // Writing to a text cannot fail.
        let _ =
            writeln!(sql, "comment on column {view}.{} is {};", name(&field.id), literal(&field.label.it));
    }
    sql
}

/// The view of the places of a collection's standing records.
fn places(collection: &Collection) -> String {
    let view = view_of(&format!("{}-places", collection.id));
    format!(
        "drop view if exists {view};\ncreate view {view} as\nselect\n    record.feature_id as id, location.ordinal, location.precision, \
         location.province, location.municipality,\n    location.municipality_name, location.address, location.postal_code, \
         location.share_percent, location.geometry\nfrom location\ninner join record on record.id = location.record_id\n\
         where record.collection = {} and record.event_from is not null and record.event_to is null;\n",
        literal(collection.id.as_str())
    )
}

/// A field as a column of its type.
fn column(field: &Field) -> String {
    let sql_type = match field.field_type {
        FieldType::Text | FieldType::Cup | FieldType::MunicipalityCode => "text",
        FieldType::Integer | FieldType::Cents => "bigint",
        FieldType::Decimal => "double precision",
        FieldType::Date => "date",
        FieldType::Boolean => "boolean",
        FieldType::List => "text[]",
    };
    format!("{} {sql_type}", name(&field.id))
}

fn view_of(collection: &str) -> String {
    format!("published.{}", name(collection))
}

/// A name in SQL, whatever it contains.
fn name(text: &str) -> String {
    format!("\"{}\"", text.replace('"', "\"\""))
}

/// A text in SQL, whatever it contains.
fn literal(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}
