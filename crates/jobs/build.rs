//! The configuration is compiled in: a file more or less in it is a change of this crate.

fn main() {
    println!("cargo:rerun-if-changed=../../data");
    println!("cargo:rerun-if-changed=../../tiles");
}
