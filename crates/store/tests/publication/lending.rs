//! What is lent while it is read.

use super::{collection, publish, record, store};
use domain::Value;
use store::standing::{At, LentRecord, Reading};

#[tokio::test]
async fn what_is_lent_is_what_stands_at_one_instant() {
    let (_database, store) = store().await;
    let collection = collection();
    publish(&store, "x", 1, &[record("a", 1), record("b", 2)]).await.unwrap();
    let mut reading = Reading::begin(&store, At::Now).await.unwrap();
    reading.releases().await.unwrap();
    publish(&store, "x", 2, &[record("b", 3)]).await.unwrap();
    let mut beside = reading.beside(&store).await.unwrap();
    let (mut keys, mut rows, mut placed) = (Vec::new(), Vec::new(), Vec::new());
    let take = |_, it: LentRecord<'_>| {
        let values: Vec<Value> = it.values.into_iter().map(Value::from).collect();
        keys.push(collection.key_of(&values).unwrap().to_string());
        rows.push(it.row);
    };
    reading.lend_records(&[&collection], take).await.unwrap();
    beside.lend_places(&[&collection], |_, it| placed.push(it.row)).await.unwrap();
    keys.sort();
    rows.sort_unstable();
    placed.sort_unstable();
    assert_eq!((keys, placed), (vec!["a".to_owned(), "b".to_owned()], rows));
}
