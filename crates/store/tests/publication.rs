//! Publications on a real PostGIS: what stands after each, and what is kept of what stood before.
#![expect(clippy::unwrap_used, reason = "a test may fail")]

use domain::{
    Bilingual, Cents, Collection, CollectionId, Diff, Field, FieldType, GeometryKind, Issue, IssueKind, Key,
    Location, MunicipalityCode, Record, ReleaseId, Severity, SourceId, Tally, Value,
};
use store::publication::{self, Outcome, Publication};
use store::{Store, StoreError, standing};
use testkit::TestDatabase;
use time::macros::date;

async fn store() -> (TestDatabase, Store) {
    let database = testkit::database().await;
    let store = Store::connect(database.connect_options()).await.unwrap();
    (database, store)
}

fn collection() -> Collection {
    let field = |id: &str, field_type, required| Field {
        id: id.to_owned(),
        field_type,
        role: None,
        required,
        label: Bilingual::default(),
        description: None,
        unit: None,
        codes: Vec::new(),
    };
    Collection {
        id: CollectionId::parse("things").unwrap(),
        family: "areas".to_owned(),
        title: Bilingual::default(),
        description: Bilingual::default(),
        key: vec![0],
        geometry: GeometryKind::Locations,
        fields: vec![
            field("code", FieldType::Text, true),
            field("amount_cents", FieldType::Cents, false),
            field("day", FieldType::Date, false),
        ],
    }
}

fn record(code: &str, cents: i64) -> Record {
    let values =
        vec![Value::Text(code.to_owned()), Value::Cents(Cents(cents)), Value::Date(date!(2023 - 02 - 21))];
    let municipality = MunicipalityCode::parse("015146").unwrap();
    let location = Location {
        province: Some(municipality.province()),
        municipality: Some(municipality),
        municipality_name: Some("MILANO".to_owned()),
        address: None,
        postal_code: None,
        share_percent: Some(50.0),
        geometry: None,
    };
    Record { key: Key::new(vec![code.to_owned()]), values, locations: vec![location] }
}

/// Publishes records as the source `name`; `content` tells the files from any others.
async fn publish(store: &Store, name: &str, content: u8, records: &[Record]) -> Result<Outcome, StoreError> {
    let (source, collection) = (SourceId::parse(name).unwrap(), collection());
    let accepted = records.len() as u64;
    let issue = Issue {
        file: "a.csv".to_owned(),
        line: 3,
        field: "code".to_owned(),
        value: "a\0b".to_owned(),
        kind: IssueKind::UnreadableValue,
        severity: Severity::Warning,
        message: "…".to_owned(),
    };
    let publication = Publication {
        source: &source,
        collection: &collection,
        demo: name.starts_with("demo"),
        content_hash: [content; 32],
        definition_hash: [0; 32],
        generation: None,
        extracted_on: Some(date!(2023 - 02 - 21)),
        tally: Tally { read: accepted, accepted, quarantined: 0, filtered: 7 },
        locations: Tally::default(),
        files: serde_json::json!([]),
        records,
        issues: &[issue],
    };
    publication::publish(store, &publication).await
}

async fn standing_codes(store: &Store) -> Vec<String> {
    let snapshot = standing::snapshot(store, &[&collection()]).await.unwrap();
    let mut codes: Vec<_> = snapshot.records[0].iter().map(|it| it.record.key.to_string()).collect();
    codes.sort();
    codes
}

#[tokio::test]
async fn what_was_published_is_read_back_as_it_was() {
    let (_database, store) = store().await;
    publish(&store, "one", 1, &[record("a", 12_345)]).await.unwrap();
    let snapshot = standing::snapshot(&store, &[&collection()]).await.unwrap();
    assert_eq!(snapshot.records[0][0].record, record("a", 12_345));
    let release = &snapshot.releases[0];
    assert_eq!(
        (release.id, release.extracted_on, release.tally.filtered),
        (ReleaseId(1), Some(date!(2023 - 02 - 21)), 7)
    );
}

#[tokio::test]
async fn a_release_says_exactly_what_it_changed() {
    let (_database, store) = store().await;
    let first = publish(&store, "one", 1, &[record("a", 1), record("b", 2), record("c", 3)]).await.unwrap();
    assert_eq!(first, Outcome::Published(ReleaseId(1), Diff { added: 3, ..Diff::default() }));
    let mut moved = record("b", 2);
    moved.locations[0].share_percent = Some(40.0);
    let second = publish(&store, "one", 2, &[record("a", 1), moved, record("d", 4)]).await.unwrap();
    assert_eq!(
        second,
        Outcome::Published(ReleaseId(2), Diff { added: 1, changed: 1, removed: 1, unchanged: 1 })
    );
    assert_eq!(standing_codes(&store).await, ["a", "b", "d"]);
}

#[tokio::test]
async fn the_same_bytes_are_no_new_release() {
    let (_database, store) = store().await;
    publish(&store, "one", 1, &[record("a", 1)]).await.unwrap();
    assert_eq!(publish(&store, "one", 1, &[record("a", 1)]).await.unwrap(), Outcome::Unchanged(ReleaseId(1)));
    // The bytes of an older release are a new one: they change what stands now.
    publish(&store, "one", 2, &[record("a", 2)]).await.unwrap();
    assert!(matches!(publish(&store, "one", 1, &[record("a", 1)]).await.unwrap(), Outcome::Published(..)));
}

#[tokio::test]
async fn what_is_gone_is_ended_and_kept() {
    let (database, store) = store().await;
    publish(&store, "one", 1, &[record("a", 1), record("b", 2)]).await.unwrap();
    publish(&store, "one", 2, &[record("a", 9)]).await.unwrap();
    let history = sqlx::query_as::<_, (String, i64, Option<i64>)>(
        "select properties ->> 'amount_cents', release_from, release_to from record order by id",
    );
    let history = history.fetch_all(&database.pool().await).await.unwrap();
    let expect = [("1", 1, Some(2)), ("2", 1, Some(2)), ("9", 2, None)];
    assert_eq!(history, expect.map(|(amount, from, to)| (amount.to_owned(), from, to)));
}

#[tokio::test]
async fn official_data_takes_the_place_of_the_demo() {
    let (_database, store) = store().await;
    publish(&store, "demo-things", 1, &[record("invented", 1), record("a", 1)]).await.unwrap();
    assert!(!publication::holds_official(&store).await.unwrap());
    publish(&store, "official", 2, &[record("a", 5)]).await.unwrap();
    assert!(publication::holds_official(&store).await.unwrap());
    assert_eq!(standing_codes(&store).await, ["a"]);
    let releases = standing::releases(&store).await.unwrap();
    assert_eq!(releases.iter().map(|it| it.source.as_str()).collect::<Vec<_>>(), ["official"]);
}

#[tokio::test]
async fn two_sources_do_not_share_a_key() {
    let (_database, store) = store().await;
    publish(&store, "one", 1, &[record("a", 1)]).await.unwrap();
    let refused = publish(&store, "two", 2, &[record("b", 1), record("a", 2)]).await.unwrap_err();
    assert!(refused.to_string().contains("two") && refused.to_string().contains("things"), "{refused}");
    assert_eq!(standing_codes(&store).await, ["a"], "nothing of a refused release is there");
}

#[tokio::test]
async fn publications_at_the_same_time_wait_for_each_other() {
    let (_database, store) = store().await;
    let records: Vec<_> = (0..200).map(|number| record(&number.to_string(), number)).collect();
    let same = (0..4).map(|_| publish(&store, "one", 1, &records));
    let [a, b, c, d] = same.collect::<Vec<_>>().try_into().ok().unwrap();
    let (a, b, c, d) = tokio::join!(a, b, c, d);
    let published = [a, b, c, d].into_iter().filter(|it| matches!(it, Ok(Outcome::Published(..)))).count();
    assert_eq!(published, 1);
}
