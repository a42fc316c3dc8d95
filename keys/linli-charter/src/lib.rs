//! Epochs, certificates, roles, cut-offs: who may say what.
