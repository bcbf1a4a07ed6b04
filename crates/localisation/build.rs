//! Builds the crate anew when a file of texts is added or removed: the macro that embeds them sees changes only
//! in files it knows.

fn main() {
    println!("cargo::rerun-if-changed=../../locales");
}
