//! Real processes, real sockets, through the public command line.
