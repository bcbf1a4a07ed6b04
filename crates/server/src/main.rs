//! The `qadam` binary.

fn main() {}
