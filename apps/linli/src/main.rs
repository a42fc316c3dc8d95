//! The command line and daemon: office, gate, household, demo.
fn main() {}
