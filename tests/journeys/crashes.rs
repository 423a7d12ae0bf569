//! After kill -9 at any instant of an import, of the program or of its database, the old release stands or the new one, whole.

use jobs::{Configuration, check, edition};
use journeys::program::House;
use journeys::synthetic;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};
use store::Store;
use store::cluster::{self, Cluster};

/// A house with an old release, the files of it and of a new one, and a way to look into its database.
struct Scene {
    house: House,
    configuration: Arc<Configuration>,
    old: PathBuf,
    new: PathBuf,
    /// How long an import takes that nobody kills.
    whole: Duration,
    dice: u64,
}

impl Scene {
    fn new() -> Self {
        let house = House::new();
        let (old, new) = (synthetic::pnrr(house.path(), 1500, 0), synthetic::pnrr(house.path(), 2000, 1));
        house.import("pnrr-italiadomani", &old);
        let started = Instant::now();
        house.import("pnrr-italiadomani", &new);
        let whole = started.elapsed();
        house.import("pnrr-italiadomani", &old);
        let dice = SystemTime::now().duration_since(UNIX_EPOCH).unwrap().subsec_nanos().into();
        eprintln!("instants are drawn from {dice} within {whole:?}");
        let configuration = Arc::new(Configuration::load(None, "milano").unwrap());
        Self { house, configuration, old, new, whole, dice }
    }

    /// A random instant of an import.
    fn instant(&mut self) -> Duration {
        // The multiplier and the increment of Knuth's MMIX.
        self.dice = self.dice.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        self.whole.mul_f64(f64::from((self.dice >> 40) as u32) / f64::from(1 << 24))
    }

    fn start_import(&self, files: &Path) -> Child {
        let arguments = ["import", "pnrr-italiadomani", &files.to_string_lossy()];
        self.house.command(&arguments).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap()
    }

    async fn database(&self) -> (Cluster, Store) {
        let settings = cluster::Settings { var: self.house.var(), pg_bin: None, durable: true };
        let cluster = cluster::join(&settings).await.unwrap();
        let store = Store::connect(cluster.connect_options()).await.unwrap();
        (cluster, store)
    }

    /// Whether the new release stands; neither it nor the old one in part, and nothing is orphaned.
    async fn is_new(&self, store: &Store) -> bool {
        assert_eq!(check::run(store, &self.configuration, &self.house.var()).await.unwrap(), []);
        let edition = edition::build(store, &self.configuration).await.unwrap();
        let layer = edition.layers.iter().find(|it| it.collection.id.as_str() == "pnrr-projects").unwrap();
        let title = layer.collection.position("title").unwrap();
        let titles = (0..layer.len()).map(|at| layer.value(at, title).as_text().unwrap());
        let of_new = titles.filter(|title| title.ends_with(" 1")).count();
        let places = (0..layer.len()).map(|at| layer.locations(at).len()).sum::<usize>();
        let found = (layer.len(), of_new, places);
        let (old, new) = ((1500, 0, 1500), (2000, 2000, 2000));
        assert!(found == old || found == new, "neither the old release nor the new one: {found:?}");
        found == new
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_import_that_is_killed_leaves_the_old_release_or_the_new_one() {
    let mut scene = Scene::new();
    let (cluster, store) = scene.database().await;
    let (mut kept, mut replaced) = (0, 0);
    for _ in 0..50 {
        let instant = scene.instant();
        let mut import = scene.start_import(&scene.new);
        thread::sleep(instant);
        import.kill().unwrap();
        import.wait().unwrap();
        if scene.is_new(&store).await {
            replaced += 1;
            scene.house.import("pnrr-italiadomani", &scene.old);
        } else {
            kept += 1;
        }
    }
    eprintln!("killed 50 imports: {kept} had not been published, {replaced} had");
    assert!(kept > 0, "no import was killed in time");
    assert!(scene.house.import("pnrr-italiadomani", &scene.new)["already_published"] == false);
    assert!(scene.is_new(&store).await, "the import can simply be run again");
    store.close().await;
    cluster.leave().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_database_that_is_killed_leaves_the_old_release_or_the_new_one() {
    let mut scene = Scene::new();
    let (mut kept, mut replaced) = (0, 0);
    for _ in 0..20 {
        let (cluster, store) = scene.database().await;
        let instant = scene.instant();
        let mut import = scene.start_import(&scene.new);
        thread::sleep(instant);
        let pid = fs::read_to_string(scene.house.var().join("postgres/data/postmaster.pid")).unwrap();
        Command::new("kill").args(["-KILL", pid.lines().next().unwrap()]).status().unwrap();
        let code = import.wait().unwrap().code();
        assert!(code.is_some(), "the program itself ends by its own");
        store.close().await;
        cluster.leave().await.unwrap();
        let (cluster, store) = scene.database().await;
        if scene.is_new(&store).await {
            replaced += 1;
            scene.house.import("pnrr-italiadomani", &scene.old);
        } else {
            kept += 1;
            assert_ne!(code, Some(0), "an import that was not published does not say that it was");
        }
        store.close().await;
        cluster.leave().await.unwrap();
    }
    eprintln!("killed 20 databases: {kept} imports had not been published, {replaced} had");
    assert!(kept > 0, "no database was killed in time");
}

#[test]
fn of_two_imports_at_once_one_waits() {
    let house = House::new();
    let (old, new) = (synthetic::pnrr(house.path(), 1500, 0), synthetic::pnrr(house.path(), 2000, 1));
    house.import("pnrr-italiadomani", &synthetic::pnrr(house.path(), 10, 0));
    let import = |files: &Path| {
        let arguments = ["import", "pnrr-italiadomani", &files.to_string_lossy()];
        house.command(&arguments).stdout(Stdio::null()).spawn().unwrap()
    };
    let mut both = [import(&old), import(&new)];
    assert!(both.iter_mut().all(|import| import.wait().unwrap().success()));
    let releases = house.run(&["releases", "list", "pnrr-italiadomani", "--format", "json"]);
    let releases: serde_json::Value = serde_json::from_slice(&releases.stdout).unwrap();
    let states: Vec<_> =
        releases.as_array().unwrap().iter().map(|it| it["state"].as_str().unwrap()).collect();
    assert_eq!(states, ["published"; 3]);
    // The later of the two was compared with the earlier one, not with what stood before both.
    let diff = |place: usize, what: &str| releases[place]["collections"][0]["diff"][what].as_u64().unwrap();
    let before = [1500, 2000]
        .into_iter()
        .find(|it| *it == diff(1, "added") + diff(1, "changed") + diff(1, "unchanged"));
    assert_eq!(before, Some(diff(0, "changed") + diff(0, "removed") + diff(0, "unchanged")));
}
