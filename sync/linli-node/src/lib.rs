//! The runtime: clock, dice, store, links, one home, one loop.
