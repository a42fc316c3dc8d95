//! Device logs, hold-back, forks, heads.
