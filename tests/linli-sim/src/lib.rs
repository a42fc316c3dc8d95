//! Deterministic simulation of the mesh: library and command.
