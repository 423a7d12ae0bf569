//! Files are fetched from their publisher: what changed is published, and a publisher that misbehaves changes nothing.

mod office;

use domain::ReleaseId;
use flate2::Compression;
use flate2::write::GzEncoder;
use journeys::publisher::{Asked, Publisher, head, say, serve};
use office::{Office, last, projects};
use std::fs;
use std::io::Write;
use std::net::TcpStream;
use std::thread;
use std::time::{Duration, Instant};
use store::attempts::Outcome;

const ITEMS: &str = "/collections/pnrr-projects/items?limit=1";

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
    let file = office.file();
    fs::write(&file, "meddled").unwrap();
    office.succeeds("unchanged", "unchanged", 2);
    assert_eq!(fs::read(&file).unwrap(), projects(30, 1));

    // A release that goes too far waits for a person; once withdrawn, it does not come back by itself.
    office.publisher.has("\"4\"", projects(5, 0));
    assert_eq!(office.sync().0, Some(3));
    office.with_store(async |store| store::staging::discard(store, ReleaseId(3)).await.unwrap());
    office.succeeds("unchanged", "unchanged", 3);
    assert_eq!(server.get(ITEMS).json()["numberMatched"], 30);
}

#[test]
fn a_table_that_is_refused_is_refused_again_and_two_programs_do_not_sync_one_source() {
    let office = Office::new();
    let server = office.house.serve(&["--data", &office.data]);
    office.publisher.has("\"1\"", projects(20, 0));
    office.succeeds("published", "fetched", 1);
    office.publisher.has("\"2\"", b"a;b\r\n1;2\r\n".to_vec());
    for of_file in ["fetched", "unchanged"] {
        let (code, report) = office.sync();
        assert_eq!((code, &report["files"][0]["outcome"]), (Some(1), &of_file.into()), "{report:#}");
        assert!(report["error"].as_str().unwrap().contains("has a header that source"), "{report:#}");
    }
    assert_eq!(server.get(ITEMS).json()["numberMatched"], 20);
    office.publisher.has("\"3\"", projects(21, 0));
    let lock = fs::File::open(office.house.var().join("fetch/test-projects.lock")).unwrap();
    lock.lock().unwrap();
    let (code, report) = office.sync();
    assert_eq!(code, Some(1));
    assert_eq!(report["error"], "another program is syncing source test-projects: wait until it is done");
    drop(lock);
    office.succeeds("published", "fetched", 2);
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
    office.configure(&format!("urls = [\"{url}\"]\nmax_megabytes = 4096"));
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
    let file = office.file();
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
