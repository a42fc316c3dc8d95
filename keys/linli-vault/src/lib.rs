//! Secrets at rest: a keyring, a passphrase, or a file outside the home.
