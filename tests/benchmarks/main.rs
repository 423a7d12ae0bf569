//! The speeds that are promised, measured: `bench` for reading, `bench ingest` for imports, `bench tiles` for drawing,
//! `bench edition` for an edition of all Italy, `bench serve` for serving beside other servers, `bench overlay` for what layers share,
//! `bench fuzz` for what hostile shapes break.
#![expect(clippy::unwrap_used, clippy::print_stdout, reason = "a benchmark may fail, and speaks to a person")]
#![expect(clippy::cast_precision_loss, reason = "counts here are far below 2⁵³")]

mod anew;
mod edition;
mod fuzz;
mod ingest;
mod lombardy;
mod national;
mod overlay;
mod reading;
mod serve;
mod table;
mod tiles;

/// That of the program: loading asks for much memory.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

#[tokio::main]
async fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        [] => reading::run().await,
        ["ingest"] => ingest::run().await,
        ["tiles"] => tiles::run(),
        // Its last line.
        ["tiles", "country"] => print!("{}", tiles::country()),
        ["edition"] => edition::run(1).await,
        // A country so many times smaller, to try the benchmark itself.
        ["edition", divisor] => edition::run(divisor.parse().unwrap()).await,
        ["overlay"] => overlay::run().await,
        // Those of its lines that take a minute.
        ["overlay", "strategies"] => overlay::strategies().await,
        ["fuzz"] => fuzz::run(10),
        ["fuzz", minutes] => fuzz::run(minutes.parse().unwrap()),
        ["serve"] => serve::run().await,
        // The process beside which `serve` measures.
        ["limit", port] => serve::limit::serve(port.parse().unwrap()).await,
        ["overlay-of", var] => overlay::cold::of(var).await,
        ["edition-of", var, collection] => edition::of(var, collection).await,
        _ => println!(
            "there is no such benchmark: say nothing, ingest, tiles, edition, overlay, fuzz or serve"
        ),
    }
}
