//! What is told of a record that came, changed, went and came back.

use super::{collection, publish, record, store};
use domain::{FeatureId, ReleaseId};
use store::{versions, withdrawal};

#[tokio::test]
async fn a_record_has_a_history_of_the_times_at_which_it_changed() {
    let (_database, store) = store().await;
    publish(&store, "one", 1, &[record("a", 1), record("b", 2)]).await.unwrap();
    publish(&store, "one", 2, &[record("a", 9)]).await.unwrap();
    publish(&store, "one", 3, &[record("a", 9), record("b", 3)]).await.unwrap();
    withdrawal::withdraw(&store, ReleaseId(3), "wrong file").await.unwrap();
    let check = async |code: &str, expect: &[(i64, bool, &str, usize)]| {
        let id = FeatureId::of(&collection().id, &record(code, 0).key);
        let steps = versions::steps(&store, &collection().id, id).await.unwrap();
        let told = steps
            .iter()
            .map(|step| (step.release.0, step.is_withdrawal, step.change.kind(), step.change.fields().len()));
        assert_eq!(told.collect::<Vec<_>>(), expect, "{code}");
        assert!(steps.iter().all(|step| step.source == "one" && step.change.id == id));
    };
    check("a", &[(1, false, "added", 4), (2, false, "changed", 1)]).await;
    let gone =
        [(1, false, "added", 4), (2, false, "removed", 4), (3, false, "added", 4), (3, true, "removed", 4)];
    check("b", &gone).await;
    check("never", &[]).await;
}

#[tokio::test]
async fn what_is_gone_is_ended_and_kept() {
    let (database, store) = store().await;
    publish(&store, "one", 1, &[record("a", 1), record("b", 2)]).await.unwrap();
    publish(&store, "one", 2, &[record("a", 9)]).await.unwrap();
    let history = sqlx::query_as::<_, (String, i64, Option<i64>)>(
        "select properties::json ->> 'amount_cents', event_from, event_to from record order by event_from, properties::json ->> 'code'",
    );
    let history = history.fetch_all(&database.pool().await).await.unwrap();
    let expect = [("1", 1, Some(2)), ("2", 1, Some(2)), ("9", 2, None)];
    assert_eq!(history, expect.map(|(amount, from, to)| (amount.to_owned(), from, to)));
}
