//! Publications on a real PostGIS: what stands after each, and what is kept of what stood before.
#![expect(clippy::unwrap_used, reason = "a test may fail")]

mod history_of_record;
mod lending;

use domain::{
    Bilingual, Cents, Collection, CollectionId, Diff, Field, FieldType, GeometryKind, Issue, IssueKind, Key,
    Location, MunicipalityCode, Record, ReleaseId, Severity, SourceId, Tally, Value,
};
use std::collections::BTreeMap;
use std::sync::Arc;
use store::publication::{self, Begun, Head, Outcome, Part, Publication, Purpose, Reason, Tail};
use store::standing::{At, Reading, StandingRecord};
use store::{Store, StoreError, check, history, staging, standing, withdrawal};
use testkit::TestDatabase;
use time::macros::date;

async fn store() -> (TestDatabase, Store) {
    let database = testkit::database().await;
    let store = Store::connect(database.connect_options()).await.unwrap();
    (database, store)
}

fn collection() -> Collection {
    let field = |id: &str, field_type, required| Field { required, ..Field::new(id, field_type) };
    Collection {
        id: CollectionId::parse("things").unwrap(),
        family: "areas".to_owned(),
        title: Bilingual::default(),
        description: Bilingual::default(),
        key: vec![0],
        geometry: GeometryKind::Locations,
        parent: None,
        dissolved_from: None,
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

/// What a source is published with.
struct Given<'a> {
    columns: &'a [&'a str],
    purpose: Purpose,
}

const FREE: Given<'_> = Given { columns: &["code"], purpose: Purpose::Publish { max_removed_share: 1.0 } };

/// What it came to.
#[derive(Debug, PartialEq)]
enum Came {
    ToNothing,
    Unchanged(ReleaseId),
    Published(ReleaseId, Vec<Diff>),
    Staged(ReleaseId, Vec<Diff>, Vec<Reason>),
}

/// Publishes records as the source `name`; `content` tells the files from any others.
async fn publish(store: &Store, name: &str, content: u8, records: &[Record]) -> Result<Came, StoreError> {
    publish_given(store, name, content, records, &FREE).await
}

async fn publish_given(
    store: &Store,
    name: &str,
    content: u8,
    records: &[Record],
    given: &Given<'_>,
) -> Result<Came, StoreError> {
    let issue = Issue {
        file: "a.csv".to_owned(),
        line: 3,
        entry: 2,
        record: "a".to_owned(),
        field: "code".to_owned(),
        value: "a\0b".to_owned(),
        kind: IssueKind::UnreadableValue,
        severity: Severity::Warning,
        message: "…".to_owned(),
    };
    let columns: Vec<String> = given.columns.iter().map(ToString::to_string).collect();
    let columns = BTreeMap::from([("things".to_owned(), columns)]);
    let (collection, head) = (Arc::new(collection()), head(name, content, columns));
    let outcome = write(store, &collection, head, given.purpose.clone(), records, &[issue]).await?;
    match (outcome, &given.purpose) {
        // A release that goes too far comes again, to be staged.
        (Came::ToNothing, Purpose::Publish { max_removed_share }) => {
            let purpose = Purpose::Stage { max_removed_share: *max_removed_share };
            Box::pin(publish_given(store, name, content, records, &Given { purpose, ..*given })).await
        }
        (outcome, _) => Ok(outcome),
    }
}

fn head(name: &str, content: u8, columns: BTreeMap<String, Vec<String>>) -> Head {
    Head {
        source: SourceId::parse(name).unwrap(),
        demo: name.starts_with("demo"),
        content_hash: [content; 32],
        definition_hash: [0; 32],
        generation: None,
        files: serde_json::json!([]),
        columns,
        today: date!(2026 - 11 - 22),
    }
}

/// Writes a release whose records come one by one.
async fn write(
    store: &Store,
    collection: &Arc<Collection>,
    head: Head,
    purpose: Purpose,
    records: &[Record],
    issues: &[Issue],
) -> Result<Came, StoreError> {
    let mut publication = match Publication::begin(store, head, purpose).await? {
        Begun::Already(release) => return Ok(Came::Unchanged(release)),
        Begun::Open(publication) => publication,
    };
    for record in records {
        publication.take(collection, std::slice::from_ref(record)).await?;
    }
    let accepted = records.len() as u64;
    let tally = Tally { read: accepted, accepted, quarantined: 0, filtered: 7 };
    let parts = vec![Part { collection, tally, locations: Tally::default() }];
    Ok(match publication.end(&Tail { extracted_on: Some(date!(2023 - 02 - 21)), parts, issues }).await? {
        Outcome::Published(release, diffs) => Came::Published(release, diffs),
        Outcome::Staged(release, diffs, reasons) => Came::Staged(release, diffs, reasons),
        Outcome::Previewed(..) | Outcome::TooFar => Came::ToNothing,
    })
}

async fn standing_of(store: &Store, collection: &Collection, at: At) -> Vec<StandingRecord> {
    let mut records = Vec::new();
    let mut reading = Reading::begin(store, at).await.unwrap();
    reading.records(collection, |it| records.push(it)).await.unwrap();
    records.sort_by_key(|it| it.id);
    records
}

/// All that is served of what stands, as text: records with their sources, and the releases that state them.
async fn served(store: &Store, at: At) -> String {
    let releases = Reading::begin(store, at).await.unwrap().releases().await.unwrap();
    format!("{releases:?}\n{:?}", standing_of(store, &collection(), at).await)
}

async fn standing_codes(store: &Store) -> Vec<String> {
    let mut codes: Vec<_> =
        standing_of(store, &collection(), At::Now).await.iter().map(|it| it.record.key.to_string()).collect();
    codes.sort();
    codes
}

const fn diff(added: u64, changed: u64, removed: u64, unchanged: u64) -> Diff {
    Diff { added, changed, removed, unchanged }
}

#[tokio::test]
async fn what_was_published_is_read_back_as_it_was() {
    let (_database, store) = store().await;
    // More than is written at once.
    let given: Vec<_> = (0..9).map(|it| record(&format!("{it} {}", "x".repeat(1 << 20)), it)).collect();
    publish(&store, "one", 1, &given).await.unwrap();
    let standing = standing_of(&store, &collection(), At::Now).await;
    assert!(standing.len() == 9 && given.iter().all(|it| standing.iter().any(|found| found.record == *it)));
    let release = &standing::releases(&store).await.unwrap()[0];
    let said = (release.id, release.extracted_on, release.tally.filtered);
    assert_eq!(said, (ReleaseId(1), Some(date!(2023 - 02 - 21)), 7));
}

#[tokio::test]
async fn a_release_says_exactly_what_it_changed() {
    let (_database, store) = store().await;
    let first = publish(&store, "one", 1, &[record("a", 1), record("b", 2), record("c", 3)]).await.unwrap();
    assert_eq!(first, Came::Published(ReleaseId(1), vec![diff(3, 0, 0, 0)]));
    let mut moved = record("b", 2);
    moved.locations[0].share_percent = Some(40.0);
    let second = publish(&store, "one", 2, &[record("a", 1), moved, record("d", 4)]).await.unwrap();
    assert_eq!(second, Came::Published(ReleaseId(2), vec![diff(1, 1, 1, 1)]));
    assert_eq!(standing_codes(&store).await, ["a", "b", "d"]);
}

#[tokio::test]
async fn the_same_bytes_are_no_new_release() {
    let (_database, store) = store().await;
    publish(&store, "one", 1, &[record("a", 1)]).await.unwrap();
    assert_eq!(publish(&store, "one", 1, &[record("a", 1)]).await.unwrap(), Came::Unchanged(ReleaseId(1)));
    // The bytes of an older release are a new one: they change what stands now.
    publish(&store, "one", 2, &[record("a", 2)]).await.unwrap();
    assert!(matches!(publish(&store, "one", 1, &[record("a", 1)]).await.unwrap(), Came::Published(..)));
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
    let published = [a, b, c, d].into_iter().filter(|it| matches!(it, Ok(Came::Published(..)))).count();
    assert_eq!(published, 1);
}

#[tokio::test]
async fn a_release_that_would_end_too_much_waits_for_a_person() {
    let (_database, store) = store().await;
    publish(&store, "one", 1, &[record("a", 1), record("b", 2), record("c", 3)]).await.unwrap();
    let half = Given { purpose: Purpose::Publish { max_removed_share: 0.5 }, ..FREE };
    let staged = publish_given(&store, "one", 2, &[record("a", 7)], &half).await.unwrap();
    let reason = Reason::Removes { collection: "things".to_owned(), removed: 2, stood: 3 };
    assert_eq!(staged, Came::Staged(ReleaseId(2), vec![diff(0, 1, 2, 0)], vec![reason]));
    assert_eq!(standing_codes(&store).await, ["a", "b", "c"]);
    let again = publish_given(&store, "one", 2, &[record("a", 7)], &half).await.unwrap();
    assert_eq!(again, Came::Unchanged(ReleaseId(2)), "it waits already");
    let changes = history::changes(&store, ReleaseId(2)).await.unwrap();
    assert_eq!(changes.len(), 3);

    // Something lands in between: what is published is compared with what stands then.
    publish(&store, "one", 3, &[record("a", 1), record("d", 4)]).await.unwrap();
    let collections = [Arc::new(collection())];
    let today = date!(2026 - 11 - 22);
    let diffs = staging::publish(&store, &collections, ReleaseId(2), today, "checked by telephone").await;
    assert_eq!(diffs.unwrap(), [diff(0, 1, 1, 0)]);
    assert_eq!(standing_codes(&store).await, ["a"]);
    let release = history::release(&store, ReleaseId(2)).await.unwrap();
    assert_eq!((release.state.as_str(), release.reason.as_str()), ("published", "checked by telephone"));
    assert_eq!(release.parts[0].diff, diff(0, 1, 1, 0));
    let refused = staging::discard(&store, ReleaseId(2)).await.unwrap_err().to_string();
    assert!(refused.contains("release 2 is published"), "{refused}");
    assert_eq!(check::run(&store, &[Arc::new(collection())]).await.unwrap(), []);
}

#[tokio::test]
async fn a_release_with_other_columns_waits_and_can_be_discarded() {
    let (_database, store) = store().await;
    publish(&store, "one", 1, &[record("a", 1)]).await.unwrap();
    let other = Given { columns: &["codice"], ..FREE };
    let Came::Staged(release, _, reasons) =
        publish_given(&store, "one", 2, &[record("a", 2)], &other).await.unwrap()
    else {
        panic!("it was published")
    };
    assert_eq!(reasons[0].to_string(), "the columns of table things have changed; gone: code; new: codice");
    staging::discard(&store, release).await.unwrap();
    assert_eq!(history::release(&store, release).await.unwrap().state, "discarded");
    let agreed = Given { purpose: Purpose::PublishBecause("the publisher announced it".to_owned()), ..other };
    let published = publish_given(&store, "one", 2, &[record("a", 2)], &agreed).await.unwrap();
    assert_eq!(published, Came::Published(ReleaseId(3), vec![diff(0, 1, 0, 0)]));
    assert_eq!(check::run(&store, &[Arc::new(collection())]).await.unwrap(), []);
}

#[tokio::test]
async fn a_withdrawn_release_leaves_exactly_what_was_there_before() {
    let (_database, store) = store().await;
    publish(&store, "one", 1, &[record("a", 1), record("b", 2)]).await.unwrap();
    publish(&store, "two", 1, &[record("x", 1)]).await.unwrap();
    let before = served(&store, At::Now).await;
    publish(&store, "one", 2, &[record("a", 9), record("c", 3)]).await.unwrap();
    let during = served(&store, At::Now).await;
    publish(&store, "one", 3, &[record("a", 10)]).await.unwrap();
    let refused = withdrawal::withdraw(&store, ReleaseId(3), "").await.unwrap_err().to_string();
    assert!(refused.contains("release 4 of the same source came after release 3"), "{refused}");
    for release in [4, 3] {
        withdrawal::withdraw(&store, ReleaseId(release), "wrong file").await.unwrap();
    }
    assert_eq!(served(&store, At::Now).await, before);
    // What stood meanwhile can still be asked for.
    assert_eq!(served(&store, history::at_release(&store, ReleaseId(3)).await.unwrap()).await, during);
    // The same files can be published anew.
    assert!(matches!(publish(&store, "one", 2, &[record("a", 9)]).await.unwrap(), Came::Published(..)));
    assert_eq!(check::run(&store, &[Arc::new(collection())]).await.unwrap(), []);
}

#[tokio::test]
async fn the_demo_returns_when_the_last_official_release_is_withdrawn() {
    let (_database, store) = store().await;
    publish(&store, "demo-things", 1, &[record("invented", 1)]).await.unwrap();
    let before = served(&store, At::Now).await;
    publish(&store, "one", 2, &[record("a", 1)]).await.unwrap();
    publish(&store, "two", 3, &[record("b", 1)]).await.unwrap();
    withdrawal::withdraw(&store, ReleaseId(2), "").await.unwrap();
    assert_eq!(standing_codes(&store).await, ["b"], "official data stands still");
    withdrawal::withdraw(&store, ReleaseId(3), "").await.unwrap();
    assert_eq!(served(&store, At::Now).await, before);
}

#[tokio::test]
async fn what_stood_on_a_day_can_be_asked_for() {
    let (_database, store) = store().await;
    let start = time::OffsetDateTime::now_utc();
    publish(&store, "one", 1, &[record("a", 1)]).await.unwrap();
    let between = time::OffsetDateTime::now_utc();
    publish(&store, "one", 2, &[record("a", 2)]).await.unwrap();
    let at = |instant| history::at_instant(&store, instant);
    assert_eq!(standing_of(&store, &collection(), at(start).await.unwrap()).await.len(), 0);
    let then = standing_of(&store, &collection(), at(between).await.unwrap()).await;
    assert_eq!(then[0].record, record("a", 1));
    let changes = history::between(&store, "one", ReleaseId(1), ReleaseId(2)).await.unwrap();
    let amount = |json: &Option<serde_json::Value>| json.as_ref().unwrap()["amount_cents"].clone();
    assert_eq!((amount(&changes[0].before), amount(&changes[0].after)), (1.into(), 2.into()));
}

#[tokio::test]
async fn a_register_keeps_what_is_named_no_more_and_closes_it() {
    let (_database, store) = store().await;
    let mut register = collection();
    register.fields[2].role = Some(domain::Role::ValidTo);
    let open = |code: &str| {
        let mut record = record(code, 1);
        record.values[2] = Value::Missing;
        record.locations.clear();
        record
    };
    let register = Arc::new(register);
    let publish = async |content: u8, records: &[Record]| {
        let head = head("one", content, BTreeMap::new());
        write(&store, &register, head, FREE.purpose, records, &[]).await.unwrap()
    };
    let published = |number, diff| Came::Published(ReleaseId(number), vec![diff]);
    publish(1, &[open("a"), open("b")]).await;
    assert_eq!(publish(2, &[open("b")]).await, published(2, diff(0, 0, 1, 1)));
    let closed = standing_of(&store, &register, At::Now).await;
    let closed = closed.iter().find(|it| it.record.key.to_string() == "a").unwrap();
    assert_eq!(closed.record.values[2], Value::Date(date!(2023 - 02 - 21)));
    // Once closed, it stays as it is; named again, it is open again.
    assert_eq!(publish(3, &[open("b"), open("c")]).await, published(3, diff(1, 0, 0, 2)));
    assert_eq!(publish(4, &[open("a"), open("b"), open("c")]).await, published(4, diff(0, 1, 0, 2)));
}

#[tokio::test]
async fn issues_are_kept_with_the_release() {
    let (_database, store) = store().await;
    publish(&store, "one", 1, &[record("a", 1)]).await.unwrap();
    let issues = history::issues(&store, ReleaseId(1)).await.unwrap();
    let issue = &issues[0];
    assert_eq!((issue.line, issue.entry, issue.record.as_str()), (3, 2, "a"));
    assert_eq!((issue.value.as_str(), issue.kind), ("a␀b", IssueKind::UnreadableValue));
    assert_eq!(history::releases(&store, Some("one"), 10).await.unwrap()[0].issues, 1);
}
