//! Rebuilds the binary when a page of the compiled-in pack changes.

fn main() {
    println!("cargo:rerun-if-changed=../../knowledge");
}
