//! Databases that crashed test runs left behind, and templates that nobody has migrations for any more.

use std::path::Path;

use sqlx::{AssertSqlSafe, PgConnection};
use tokio::sync::OnceCell;

static DROPPED: OnceCell<()> = OnceCell::const_new();

const TESTS: &str = r"select datname from pg_database where datname like 'test\_%'";
/// Templates made more than a day ago: by then whoever tries other migrations has others again.
const OLD_TEMPLATES: &str = r"
    select datname
    from pg_database
    where datname like 'remix\_template\_%'
        and (pg_stat_file('base/' || oid || '/PG_VERSION')).modification < now() - interval '1 day'";

/// Drops them, once per process, except the template in use.
pub async fn drop_once(admin: &mut PgConnection, template: &str) {
    DROPPED.get_or_init(|| drop_all(admin, template)).await;
}

async fn drop_all(admin: &mut PgConnection, template: &str) {
    let tests = names(admin, TESTS).await.into_iter().filter(|name| is_orphan(name));
    let templates = names(admin, OLD_TEMPLATES).await.into_iter().filter(|name| name != template);
    for name in tests.chain(templates) {
        let sql = format!("drop database if exists {name} with (force)");
        // Another process may be dropping the same one at this moment.
        drop(sqlx::raw_sql(AssertSqlSafe(sql)).execute(&mut *admin).await);
    }
}

async fn names(admin: &mut PgConnection, find: &'static str) -> Vec<String> {
    sqlx::query_scalar(find).fetch_all(admin).await.expect("the catalog must be readable")
}

/// Whether the maker of `test_<pid>_<number>` is gone.
fn is_orphan(name: &str) -> bool {
    let maker = name.strip_prefix("test_").and_then(|rest| rest.split('_').next());
    maker.is_some_and(|pid| !Path::new("/proc").join(pid).exists())
}
