//! Frames and the sync state machine, sans-I/O.
