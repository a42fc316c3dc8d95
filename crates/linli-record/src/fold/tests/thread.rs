//! Comments, reactions, claims, closings.
