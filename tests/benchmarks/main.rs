//! The speeds that are promised, measured: `bench` for reading, `bench ingest` for imports, `bench tiles` for drawing.
#![expect(clippy::unwrap_used, clippy::print_stdout, reason = "a benchmark may fail, and speaks to a person")]
#![expect(clippy::cast_precision_loss, reason = "counts here are far below 2⁵³")]

mod ingest;
mod lombardy;
mod national;
mod reading;
mod table;
mod tiles;

#[tokio::main]
async fn main() {
    match std::env::args().nth(1).as_deref() {
        None => reading::run().await,
        Some("ingest") => ingest::run().await,
        Some("tiles") => tiles::run(),
        Some(other) => println!("there is no benchmark {other}: say nothing, ingest or tiles"),
    }
}
