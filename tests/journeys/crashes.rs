//! After kill -9 at any instant of an import, the old release stands or the new one, whole.

use journeys::program::House;
use journeys::synthetic;
use std::process::Stdio;
use std::thread;
use std::time::Duration;

#[test]
fn an_import_that_is_killed_leaves_the_old_release_or_the_new_one() {
    let house = House::new();
    let (old, new) = (synthetic::pnrr(house.path(), 3000, 0), synthetic::pnrr(house.path(), 4000, 1));
    house.import("pnrr-italiadomani", &old);
    let server = house.serve(&[]);
    let (mut kept, mut replaced) = (0, 0);
    for delay_ms in [20, 60, 120, 200, 300, 450, 650, 900] {
        let arguments = ["import", "pnrr-italiadomani", &new.to_string_lossy()];
        let mut command = house.command(&arguments);
        let mut import = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        thread::sleep(Duration::from_millis(delay_ms));
        import.kill().unwrap();
        import.wait().unwrap();
        // Whatever was committed is committed by now; the server hears of it at once.
        thread::sleep(Duration::from_millis(300));
        let count = server.get("/collections/pnrr-projects/items?limit=1").json()["numberMatched"].as_u64();
        let rounds =
            server.get("/collections/pnrr-projects/items?title=Titolo%202999%201").json()["numberMatched"]
                .as_u64();
        match (count, rounds) {
            (Some(3000), Some(0)) => kept += 1,
            (Some(4000), Some(1)) => {
                replaced += 1;
                house.import("pnrr-italiadomani", &old);
            }
            other => panic!("after {delay_ms} ms: {other:?}"),
        }
    }
    eprintln!("killed 8 imports: {kept} had not been published, {replaced} had");
    assert!(kept > 0, "no import was killed in time");
}
