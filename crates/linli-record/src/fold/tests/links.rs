//! Corrections and retractions among notices.
