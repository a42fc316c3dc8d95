//! The visitor pass and the gate's decision, pure.
