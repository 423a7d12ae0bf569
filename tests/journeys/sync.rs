//! Files are fetched from their publisher: what changed is published, and a publisher that misbehaves changes nothing.

use domain::SourceId;
use flate2::Compression;
use flate2::write::GzEncoder;
use journeys::program::House;
use journeys::publisher::{Asked, Publisher, head, say, serve};
use serde_json::Value;
use std::fmt::Write as _;
use std::fs;
use std::io::Write as _;
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, Instant};
use store::Store;
use store::attempts::{self, Attempt, Outcome};
use store::cluster;

const SOURCE: &str = "test-projects";
const ITEMS: &str = "/collections/pnrr-projects/items?limit=1";

/// A table of `count` projects; `round` goes into their titles.
fn projects(count: usize, round: usize) -> Vec<u8> {
    let mut table = "CUP;Codice;Submisura;Titolo\r\n".to_owned();
    for number in 0..count {
        write!(table, "A11B{number:011};L{number};M1C1I1.02.00;Titolo {number} {round}\r\n").unwrap();
    }
    table.into_bytes()
}

/// A configuration with a source whose `[fetch]` is this.
fn configuration(house: &House, fetch: &str) -> PathBuf {
    let data = house.path().join("data");
    let built_in = Path::new(env!("CARGO_MANIFEST_DIR")).join("../data");
    for folder in ["collections", "territories"] {
        fs::create_dir_all(data.join(folder)).unwrap();
        for entry in built_in.join(folder).read_dir().unwrap() {
            let path = entry.unwrap().path();
            fs::copy(&path, data.join(folder).join(path.file_name().unwrap())).unwrap();
        }
    }
    let source = format!(
        r#"
        id = "{SOURCE}"
        collection = "pnrr-projects"
        title = {{ it = "Prova", en = "Test" }}
        publisher = "Test"
        licence = "CC0 1.0"
        scope = "territory"

        [fetch]
        {fetch}

        [[tables]]
        id = "projects"
        format = "csv"
        delimiter = ";"

        [tables.columns]
        cup = ["CUP"]
        local_code = ["Codice"]
        submeasure_code = ["Submisura"]
        title = ["Titolo"]
        "#
    );
    fs::create_dir_all(data.join("sources").join(SOURCE)).unwrap();
    fs::write(data.join("sources").join(SOURCE).join("source.toml"), source).unwrap();
    data
}

/// An office that syncs from the publisher of the test.
struct Office {
    house: House,
    publisher: Publisher,
    data: String,
}

impl Office {
    fn new() -> Self {
        let (house, publisher) = (House::new(), Publisher::new());
        let data = house.path().join("data").to_string_lossy().into_owned();
        let office = Self { house, publisher, data };
        office.asks(&office.publisher.url("/projects.csv"), "");
        office
    }

    /// From now on the source is fetched from this address.
    fn asks(&self, url: &str, more: &str) {
        let limits = "max_megabytes = 1\ntimeout_seconds = 2";
        configuration(&self.house, &format!("urls = [\"{url}\"]\n{limits}\n{more}"));
    }

    fn sync_with(&self, arguments: &[&str]) -> (Option<i32>, Value) {
        let arguments = [&["sync", SOURCE, "--format", "json", "--data", &self.data], arguments].concat();
        let output = self.house.run(&arguments);
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(!said.contains("panicked"), "{said}");
        assert!(!output.stdout.is_empty(), "{said}");
        let reports: Value = serde_json::from_slice(&output.stdout).unwrap();
        (output.status.code(), reports[0].clone())
    }

    fn sync(&self) -> (Option<i32>, Value) {
        self.sync_with(&["--allow-private-addresses"])
    }

    fn succeeds(&self, outcome: &str, of_file: &str, release: i64) {
        let (code, report) = self.sync();
        let found = (code, &report["outcome"], &report["files"][0]["outcome"], &report["release"]);
        assert_eq!(found, (Some(0), &outcome.into(), &of_file.into(), &release.into()), "{report:#}");
    }

    /// Syncs, which has to fail with a sentence that contains `expect`, and to leave no half file.
    fn fails(&self, expect: &str) -> Duration {
        let started = Instant::now();
        let (code, report) = self.sync();
        let took = started.elapsed();
        let error = report["files"][0]["error"].as_str().unwrap_or_default();
        assert!(error.contains(expect), "expected “{expect}”: {report:#}");
        assert_eq!((code, &report["outcome"]), (Some(1), &"failed".into()), "{report:#}");
        let last = self.with_store(async |store| last(store).await);
        assert_eq!(last.outcome, Outcome::Failed(error.to_owned()));
        took
    }

    fn partial(&self) -> Option<u64> {
        let partial = self.house.var().join(format!("fetch/{SOURCE}/projects.csv.partial"));
        fs::metadata(partial).ok().map(|file| file.len())
    }

    fn with_store<T>(&self, work: impl AsyncFnOnce(&Store) -> T) -> T {
        tokio::runtime::Runtime::new().unwrap().block_on(async {
            let settings = cluster::Settings { var: self.house.var(), pg_bin: None, durable: true };
            let cluster = cluster::join(&settings).await.unwrap();
            let store = Store::connect(cluster.connect_options()).await.unwrap();
            let done = work(&store).await;
            store.close().await;
            cluster.leave().await.unwrap();
            done
        })
    }
}

async fn last(store: &Store) -> Attempt {
    attempts::list(store, &SourceId::parse(SOURCE).unwrap(), 1).await.unwrap().remove(0)
}

#[test]
fn what_changes_at_the_publisher_is_published_and_what_does_not_is_not() {
    let office = Office::new();
    // So that the private PostGIS stays up in between.
    let server = office.house.serve(&["--data", &office.data]);
    office.publisher.has("\"1\"", projects(20, 0));
    office.succeeds("published", "fetched", 1);
    let asked = office.publisher.heard();
    assert_eq!((asked.len(), asked[0].method.as_str(), asked[0].header("range")), (1, "GET", ""));
    assert!(asked[0].header("user-agent").starts_with("REMIX/"), "{asked:?}");
    server.until(ITEMS, |items| items["numberMatched"] == 20);

    office.succeeds("unchanged", "unchanged", 1);
    assert_eq!(office.publisher.heard()[0].header("if-none-match"), "\"1\"");
    let unchanged = office.with_store(async |store| last(store).await);
    assert_eq!((unchanged.status, unchanged.bytes), (Some(304), 0));

    // Another state by name, the same bytes.
    office.publisher.has("\"2\"", projects(20, 0));
    office.succeeds("unchanged", "unchanged", 1);

    office.publisher.has("\"3\"", projects(30, 1));
    office.succeeds("published", "fetched", 2);
    server.until(ITEMS, |items| items["numberMatched"] == 30);
    let fetched = office.with_store(async |store| last(store).await);
    assert_eq!((fetched.status, fetched.bytes), (Some(200), projects(30, 1).len() as u64));
    assert!(matches!(fetched.outcome, Outcome::Fetched(state) if state.etag.as_deref() == Some("\"3\"")));

    // A file that was meddled with is asked for anew.
    let file = office.house.var().join(format!("fetch/{SOURCE}/projects.csv"));
    fs::write(&file, "meddled").unwrap();
    office.succeeds("unchanged", "unchanged", 2);
    assert_eq!(fs::read(&file).unwrap(), projects(30, 1));

    // A release that goes too far waits for a person; once withdrawn, it does not come back by itself.
    office.publisher.has("\"4\"", projects(5, 0));
    assert_eq!(office.sync().0, Some(3));
    office.with_store(async |store| store::staging::discard(store, domain::ReleaseId(3)).await.unwrap());
    office.succeeds("unchanged", "unchanged", 3);
    assert_eq!(server.get(ITEMS).json()["numberMatched"], 30);
}

#[test]
fn a_publisher_that_misbehaves_changes_nothing_and_is_written_down() {
    let office = Office::new();
    let publisher = &office.publisher;
    let server = office.house.serve(&["--data", &office.data]);
    publisher.has("\"1\"", projects(20, 0));
    office.succeeds("published", "fetched", 1);

    for status in ["404 Not Found", "403 Forbidden", "500 Internal Server Error", "503 Service Unavailable"] {
        publisher.does(move |_, stream| say(stream, status, &[], b"<html>no</html>"));
        office.fails(&format!("the publisher answers {status}"));
        let failed = office.with_store(async |store| last(store).await);
        assert_eq!(failed.status, status[..3].parse().ok());
    }
    let page = b"\r\n<!DOCTYPE html><html><body>Manutenzione</body></html>";
    publisher.does(|_, stream| say(stream, "200 OK", &[("Content-Type", "text/csv")], page));
    office.fails("a web page instead of data");
    publisher.does(|_, stream| say(stream, "200 OK", &[], b""));
    office.fails("an empty file");
    publisher.does(|_, stream| say(stream, "200 OK", &[("Content-Encoding", "br")], b"x"));
    office.fails("packed as br");
    publisher.does(|_, stream| stream.write_all(b"SSH-2.0-OpenSSH_9.2\r\n").unwrap());
    office.fails("");
    publisher.does(|_, _| {});
    office.fails("");
    assert_eq!(office.partial(), None);

    // Too slow to begin, and too slow to end.
    publisher.does(|_, _| thread::sleep(Duration::from_secs(6)));
    assert!(office.fails("not complete after 2 seconds") < Duration::from_secs(5));
    publisher.does(|_, stream| {
        head(stream, "200 OK", &[], Some(1000));
        while stream.write_all(b"a").is_ok() {
            thread::sleep(Duration::from_millis(100));
        }
    });
    assert!(office.fails("not complete after 2 seconds") < Duration::from_secs(5));

    // Too large, whether it says so or not.
    publisher.does(|_, stream| head(stream, "200 OK", &[], Some(2 << 20)));
    office.fails("larger than 1048576 bytes");
    publisher.does(|_, stream| {
        head(stream, "200 OK", &[], None);
        while stream.write_all(&[b'a'; 4096]).is_ok() {}
    });
    office.fails("larger than 1048576 bytes");
    assert_eq!(office.partial(), None);

    let standing = server.get(ITEMS).json();
    assert_eq!(
        (&standing["numberMatched"], &standing["features"][0]["properties"]["release"]),
        (&20.into(), &1.into())
    );
    publisher.has("\"1\"", projects(20, 0));
    office.succeeds("unchanged", "unchanged", 1);
}

#[test]
fn a_gzip_bomb_is_refused_before_it_unpacks_and_gzip_itself_is_not() {
    let office = Office::new();
    let pack = |bytes: &[u8]| {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    };
    let packed = |body: Vec<u8>| {
        move |_: &Asked, stream: &mut TcpStream| say(stream, "200 OK", &[("Content-Encoding", "gzip")], &body)
    };
    office.publisher.does(packed(pack(&projects(20, 0))));
    office.succeeds("published", "fetched", 1);
    assert_eq!(office.publisher.heard()[0].header("accept-encoding"), "identity");
    // A gigabyte of zeros, a megabyte as it is sent: not a limit of size, but of how far anything may unpack.
    office.publisher.does(packed(pack(&vec![0; 64 << 20]).repeat(16)));
    let url = office.publisher.url("/projects.csv");
    configuration(&office.house, &format!("urls = [\"{url}\"]\nmax_megabytes = 4096"));
    office.fails("unpacks to more than 200 times its size");
    let bomb = office.with_store(async |store| last(store).await);
    assert!(bomb.bytes < 16 << 20, "{} bytes were unpacked", bomb.bytes);
    assert_eq!(office.partial(), None);
    // Broken off inside.
    let half = pack(&projects(1000, 0));
    office.publisher.does(packed(half[..half.len() / 2].to_vec()));
    office.fails("breaks off");
    assert_eq!(office.partial(), None, "what is packed cannot be gone on with");
}

#[test]
fn a_file_that_breaks_off_is_gone_on_with_if_it_is_still_the_same() {
    let office = Office::new();
    let publisher = &office.publisher;
    let _server = office.house.serve(&["--data", &office.data]);
    let breaks_off = |etag: &'static str, body: Vec<u8>, until: usize| {
        publisher.does(move |asked, stream| serve(asked, stream, etag, &body, until));
    };
    let first = projects(1000, 0);
    breaks_off("\"1\"", first.clone(), 20_000);
    office.fails(&format!("breaks off after 20000 bytes of {}", first.len()));
    assert_eq!(office.partial(), Some(20_000));
    breaks_off("\"1\"", first.clone(), 30_000);
    office.fails("breaks off after 10000 bytes");
    assert_eq!(office.partial(), Some(30_000));
    publisher.heard();
    publisher.has("\"1\"", first.clone());
    office.succeeds("published", "fetched", 1);
    let asked = publisher.heard();
    assert_eq!((asked[0].header("range"), asked[0].header("if-range")), ("bytes=30000-", "\"1\""));
    let fetched = office.with_store(async |store| last(store).await);
    assert_eq!((fetched.status, fetched.bytes), (Some(206), first.len() as u64 - 30_000));
    let file = office.house.var().join(format!("fetch/{SOURCE}/projects.csv"));
    assert_eq!(fs::read(&file).unwrap(), first);

    // Another file in between.
    breaks_off("\"2\"", projects(1000, 2), 10_000);
    office.fails("breaks off");
    let third = projects(1000, 3);
    publisher.has("\"3\"", third.clone());
    office.succeeds("published", "fetched", 2);
    assert_eq!(fs::read(&file).unwrap(), third);

    // A server that does not know of ranges.
    let fourth = projects(1000, 4);
    breaks_off("\"4\"", fourth.clone(), 10_000);
    office.fails("breaks off");
    let body = fourth.clone();
    publisher.does(move |_, stream| say(stream, "200 OK", &[("ETag", "\"4\"")], &body));
    office.succeeds("published", "fetched", 3);
    assert_eq!(fs::read(&file).unwrap(), fourth);

    // A server that knows of ranges but not of conditions, and sends the rest of another file.
    let sixth = projects(1000, 6);
    breaks_off("\"5\"", projects(1000, 5), 10_000);
    office.fails("breaks off");
    let body = sixth.clone();
    publisher.does(move |asked, stream| {
        let mut asked = asked.clone();
        if !asked.header("range").is_empty() {
            asked.headers.insert("if-range".to_owned(), "\"6\"".to_owned());
        }
        serve(&asked, stream, "\"6\"", &body, body.len());
    });
    office.succeeds("published", "fetched", 4);
    assert_eq!(fs::read(&file).unwrap(), sixth);

    // Of what has no name, nothing can be gone on with.
    let last = projects(1000, 7);
    let body = last.clone();
    publisher.does(move |_, stream| {
        head(stream, "200 OK", &[], Some(body.len()));
        stream.write_all(&body[..10_000]).unwrap();
    });
    office.fails("breaks off");
    publisher.heard();
    publisher.has("\"7\"", last.clone());
    office.succeeds("published", "fetched", 5);
    assert_eq!(publisher.heard()[0].header("range"), "");
    assert_eq!(fs::read(&file).unwrap(), last);
}

#[test]
fn a_publisher_may_send_on_but_not_into_the_house() {
    let office = Office::new();
    let _server = office.house.serve(&["--data", &office.data]);
    let inner = Publisher::new();
    inner.has("\"1\"", projects(20, 0));
    let sends_on = |status: &'static str, to: &str| {
        let to = to.to_owned();
        office.publisher.does(move |asked, stream| match asked.path.as_str() {
            "/there.csv" => serve(asked, stream, "\"1\"", &projects(20, 0), projects(20, 0).len()),
            _ => say(stream, status, &[("Location", &to)], b""),
        });
    };
    for to in [
        inner.url("/x.csv"),
        "http://169.254.169.254/latest/meta-data/".to_owned(),
        "http://[::ffff:127.0.0.1]/".to_owned(),
        "http://0x7f.1/".to_owned(),
        "http://localhost/".to_owned(),
        "//10.0.0.1/x.csv".to_owned(),
    ] {
        sends_on("302 Found", &to);
        office.fails("private address");
    }
    assert!(inner.heard().is_empty(), "what is inside was asked");
    for to in ["file:///etc/passwd", "ftp://example.org/x", ""] {
        sends_on("301 Moved Permanently", to);
        office.fails("which is not followed");
    }
    sends_on("307 Temporary Redirect", "/projects.csv");
    office.publisher.heard();
    office.fails("sends on more than 5 times");
    assert_eq!(office.publisher.heard().len(), 6);
    sends_on("308 Permanent Redirect", "there.csv");
    office.succeeds("published", "fetched", 1);
}

#[test]
fn what_is_private_is_not_asked_unless_that_is_allowed_and_nonsense_is_said_to_be() {
    let office = Office::new();
    let _server = office.house.serve(&["--data", &office.data]);
    office.publisher.has("\"1\"", projects(20, 0));
    let (code, report) = office.sync_with(&[]);
    let error = report["files"][0]["error"].as_str().unwrap();
    assert!(code == Some(1) && error.contains("--allow-private-addresses"), "{report:#}");
    // A name that leads there.
    let named = office.publisher.url("/projects.csv").replace("127.0.0.1", "localhost.");
    office.asks(&named, "");
    let (code, report) = office.sync_with(&[]);
    let error = report["files"][0]["error"].as_str().unwrap();
    assert!(code == Some(1) && error.contains("private address"), "{report:#}");
    assert!(office.publisher.heard().is_empty());

    office.asks("http://nowhere.invalid/projects.csv", "");
    office.fails("nowhere.invalid");
    office.asks("http://user:secret@127.0.0.1/projects.csv", "");
    office.fails("no address that can be asked");
    office.asks("http://:80/", "");
    office.fails("no address that can be asked");
    office.asks(&office.publisher.url("/projects.csv"), "as_browser = true");
    office.succeeds("published", "fetched", 1);
    assert!(office.publisher.heard()[0].header("user-agent").starts_with("Mozilla/5.0 "));

    let data = office.data.as_str();
    office.house.refuses(&["sync", "atlantis", "--data", data], "there is no source atlantis");
    office.house.refuses(
        &["sync", "istat-municipalities"],
        "source istat-municipalities does not say where its files are",
    );
    office.house.refuses(&["sync", "--data", data, "--proxy", "::"], "no address of a proxy");
}

#[test]
fn serving_syncs_what_is_due_and_goes_on_after_failures() {
    let office = Office::new();
    // About a second.
    office.asks(&office.publisher.url("/projects.csv"), "every_hours = 0.0003");
    office.publisher.has("\"1\"", projects(20, 0));
    let server = office.house.serve(&["--data", &office.data, "--sync", "--allow-private-addresses"]);
    server.until(ITEMS, |items| items["numberMatched"] == 20);
    office.publisher.does(|_, stream| say(stream, "500 Internal Server Error", &[], b""));
    office.publisher.heard();
    let started = Instant::now();
    while office.publisher.heard().is_empty() {
        assert!(started.elapsed() < Duration::from_secs(10), "it does not ask again");
        thread::sleep(Duration::from_millis(50));
    }
    office.publisher.has("\"2\"", projects(25, 0));
    server.until(ITEMS, |items| items["numberMatched"] == 25);
    // Even in the middle of a file, the program ends when it is told to.
    office.publisher.does(|_, stream| {
        head(stream, "200 OK", &[], Some(1000));
        thread::sleep(Duration::from_secs(30));
    });
    office.publisher.heard();
    while office.publisher.heard().is_empty() {
        thread::sleep(Duration::from_millis(50));
    }
    let started = Instant::now();
    server.stop();
    assert!(started.elapsed() < Duration::from_secs(8), "it took {:?} to stop", started.elapsed());
}
