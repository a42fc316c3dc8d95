//! Small makers for tests of this crate.

use crate::replica::{Now, Replica};
use linli_base::{Private, UnixSec};
use linli_pass::{Claims, Cti, Grant, Kind};

/// Claims of a pass for one visitor, from now for two hours, at gate 1.
pub(crate) fn claims(r: &Replica, now: Now) -> Vec<u8> {
    let at = now.wall.seconds().0;
    let grant = Grant::new(Claims {
        iss: r.me().principal.issuer_text(false),
        aud: vec![r.community().short()],
        exp: UnixSec(at + 7200),
        nbf: UnixSec(at),
        iat: UnixSec(at),
        cti: Cti([7; 12]),
        holder: None,
        host_unit: None,
        kind: Kind::Person,
        entries: 1,
        companions: 0,
        plate: None,
        windows: vec![],
        gates: vec![1],
        label: Some(Private::new("李*".into())),
        pin_tag: None,
    })
    .unwrap();
    grant.encode()
}
