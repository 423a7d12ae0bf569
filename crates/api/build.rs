//! The built pages are compiled in: a file more or less among them is a change of this crate.

fn main() {
    println!("cargo:rerun-if-changed=../../web/dist");
}
