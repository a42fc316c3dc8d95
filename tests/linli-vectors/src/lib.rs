//! Golden bytes of passes, entries, epochs, with their stories.
