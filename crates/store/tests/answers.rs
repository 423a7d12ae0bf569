//! Answers on a real PostGIS: which are present, and what is kept of those before.
#![expect(clippy::unwrap_used, reason = "a test may fail")]

use domain::{Cents, FeatureId, QuestionId, ReleaseId, StrategyId};
use sqlx::PgPool;
use store::Store;
use store::answers::{self, NewAnswer, NewFound, NewGroup, NewPair, NewSum};

fn answer(question: &str, tag: &str, pairs: u64) -> NewAnswer {
    let id = |number| FeatureId::from_number(number).unwrap();
    let pair = |number| NewPair {
        subject: id(100 + number),
        object: id(7),
        relation: "inside",
        area_m2: Some(12.5),
        share_of_subject: Some(1.0),
        share_of_object: None,
        length_m: None,
        distance_m: None,
    };
    let sum = NewSum { count: pairs, funding: Some(Cents(33)), ..NewSum::default() };
    NewAnswer {
        strategy: StrategyId::parse("one").unwrap(),
        question: QuestionId::parse(question).unwrap(),
        tag: tag.to_owned(),
        measure: "overlap_area",
        subject_collection: "projects".to_owned(),
        object_collection: "areas".to_owned(),
        releases: vec![ReleaseId(3), ReleaseId(5)],
        absent: vec!["areas.kind=park".to_owned()],
        sliver: (100.0, 0.001),
        found: Some(NewFound {
            standing: [pairs, 0, 1, 0, 4],
            slivers: 2,
            total: sum,
            subjects: (0..pairs).map(|number| (id(100 + number), "inside")).collect(),
            pairs: (0..pairs).map(pair).collect(),
            groups: vec![
                NewGroup {
                    kind: "group",
                    key: Some("7".to_owned()),
                    label: Some(("Parco".to_owned(), "Park".to_owned())),
                    subjects: None,
                    sum,
                },
                NewGroup { kind: "several", key: None, label: None, subjects: None, sum: NewSum::default() },
            ],
        }),
    }
}

async fn count(pool: &PgPool, sql: &'static str) -> i64 {
    sqlx::query_scalar(sql).fetch_one(pool).await.unwrap()
}

#[tokio::test]
async fn the_present_answers_are_those_written_last_and_the_same_ones_are_not_written_again() {
    let database = testkit::database().await;
    let store = Store::connect(database.connect_options()).await.unwrap();
    let pool = PgPool::connect_with(database.connect_options()).await.unwrap();
    let unanswered = NewAnswer { found: None, ..answer("b", "b1", 0) };
    let first = [answer("a", "a1", 3), unanswered.clone()];
    assert_eq!(answers::write(&store, &first).await.unwrap(), 2);
    assert_eq!(answers::write(&store, &first).await.unwrap(), 0);
    let shown =
        "select count(*) from published.answer_pairs where area_m2 = 12.5 and object_collection = 'areas'";
    assert_eq!(count(&pool, shown).await, 3);
    assert_eq!(count(&pool, "select count(*) from published.answers where state = 'not_loaded'").await, 1);
    assert_eq!(count(&pool, "select count(*) from published.answer_groups where kind = 'several'").await, 1);
    assert_eq!(answers::write(&store, &[answer("a", "a2", 5), unanswered]).await.unwrap(), 1);
    assert_eq!(count(&pool, shown).await, 5);
    assert_eq!(count(&pool, "select count(*) from answer_pair").await, 8, "the one before is kept");
    // A question that is no longer asked is no longer shown.
    assert_eq!(answers::write(&store, &[answer("a", "a2", 5)]).await.unwrap(), 0);
    assert_eq!(count(&pool, "select count(*) from published.answers").await, 1);
}

#[tokio::test]
async fn old_answers_are_forgotten_and_one_that_cannot_be_written_leaves_all_as_it_was() {
    let database = testkit::database().await;
    let store = Store::connect(database.connect_options()).await.unwrap();
    let pool = PgPool::connect_with(database.connect_options()).await.unwrap();
    for number in 0..12 {
        answers::write(&store, &[answer("a", &format!("a{number}"), 1)]).await.unwrap();
    }
    assert_eq!(count(&pool, "select count(*) from answer").await, 8);
    assert_eq!(count(&pool, "select count(*) from answer_pair").await, 8);
    let mut wrong = answer("b", "b1", 1);
    if let Some(found) = &mut wrong.found {
        found.pairs[0].share_of_subject = Some(1.5);
    }
    assert!(answers::write(&store, &[answer("a", "a99", 2), wrong]).await.is_err());
    let tag: String =
        sqlx::query_scalar("select tag from answer where is_current").fetch_one(&pool).await.unwrap();
    assert_eq!(tag, "a11");
}
