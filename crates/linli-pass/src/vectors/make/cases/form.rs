//! More cases of steps 1 to 6: what is no pass, not quite one, or nobody's.

use super::*;

/// The order of the group (RFC 8032, section 5.1), little-endian: added to a signature's second half it gives other
/// bytes for the same equation.
const ORDER: [u8; 32] = [
    0xed, 0xd3, 0xf5, 0x5c, 0x1a, 0x63, 0x12, 0x58, 0xd6, 0x9c, 0xf7, 0xa2, 0xde, 0xf9, 0xde, 0x14,
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x10,
];

fn text(w: &mut World, text: impl Into<String>) -> Result<(), MakeError> {
    w.text = Some(text.into());
    Ok(())
}

fn message(w: &mut World, edit: fn(Vec<u8>) -> Vec<u8>) -> Result<(), MakeError> {
    w.message = Some(edit);
    Ok(())
}

/// The claims as the writer has them, edited; signed as they are.
fn payload(w: &mut World, edit: fn(Vec<u8>) -> Vec<u8>) -> Result<(), MakeError> {
    w.payload = Some(edit(w.grant()?.encode()));
    Ok(())
}

/// Replaces one run of bytes by another of the same length.
fn swap(mut bytes: Vec<u8>, from: &[u8], to: &[u8]) -> Vec<u8> {
    if let Some(at) = bytes.windows(from.len()).position(|run| run == from) {
        bytes[at..at + to.len()].copy_from_slice(to);
    }
    bytes
}

/// The second half of the signature, plus the order of the group.
fn add_order(mut message: Vec<u8>) -> Vec<u8> {
    let at = message.len() - 32;
    let mut carry = 0u16;
    for (byte, more) in message[at..].iter_mut().zip(ORDER) {
        carry += u16::from(*byte) + u16::from(more);
        *byte = carry.to_le_bytes()[0];
        carry >>= 8;
    }
    message
}

fn last_bit(mut message: Vec<u8>) -> Vec<u8> {
    if let Some(last) = message.last_mut() {
        *last ^= 1;
    }
    message
}

/// A certificate that the issuing key signed, with its last bit changed.
fn torn_chain(w: &mut World) -> Result<(), MakeError> {
    w.known = false;
    let bytes = last_bit(w.certificate(&w.host)?.bytes().to_vec());
    w.chain = Some(Certificate::parse(&bytes)?);
    Ok(())
}

cases! {
    "e_prefix_web": Deny Prefix, "An address on the web.", |w| text(w, "https://example.org/pay?shop=17&sum=9.90");
    "e_prefix_small": Deny Prefix, "The prefix in small letters.", |w| text(w, "ll1:6BFOXN");
    "e_prefix_long": Deny Prefix, "One character longer than a gate looks at.", |w| {
        text(w, format!("LL1:{}", "0".repeat(crate::token::TEXT_MAX - 3)))
    };
    "e_version_holder": Deny Version, "A pass shown by its holder's own device.", |w| text(w, "LP1:NCFOXN");
    "e_version_schema": Deny Version, "The prefix is ours, the grant inside says schema 2.", |w| {
        payload(w, |p| swap(p, &[0xa5, 0x00, 0x01, 0x01], &[0xa5, 0x00, 0x02, 0x01]))
    };
    "e_version_cnf": Deny Version, "Bound to a key of the holder's, which this gate cannot ask for.", |w| {
        w.claims.holder = Some(key(STRANGER).device().0);
        Ok(())
    };
    "e_b45_small": Deny B45, "Small letters, which base45 has not.", |w| text(w, "LL1:6bfoxn");
    "e_b45_length": Deny B45, "Four characters: no length that base45 has.", |w| text(w, "LL1:6BFO");
    "e_b45_value": Deny B45, "A triple above 65,535.", |w| text(w, "LL1::::");
    "e_cbor_trailing": Deny Cbor, "A byte behind the message.", |w| message(w, |m| [&m[..], &[0]].concat());
    "e_cbor_untagged": Deny Cbor, "Tag 18 is missing.", |w| message(w, |m| m[1..].to_vec());
    "e_cbor_label": Deny Cbor, "A character in the label that turns the direction of writing; the signature is right.", |w| {
        payload(w, |p| swap(p, "王".as_bytes(), "\u{202e}".as_bytes()))
    };
    "e_noncanon_twice": Deny Noncanon, "The claims carry exp twice; the signature is right.", |w| {
        payload(w, |p| [&[p[0] + 1, 4, 0x1a, 0xff, 0xff, 0xff, 0xff], &p[1..]].concat())
    };
    "e_noncanon_open": Deny Noncanon, "The claims are a map of indefinite length; the signature is right.", |w| {
        payload(w, |p| [&[0xbf], &p[1..], &[0xff]].concat())
    };
    "e_hdr_alg": Deny Hdr, "Says that it is signed with ES256.", |w| header(w, vec![(1, Some(Value::int(-7)))]);
    "e_hdr_kid": Deny Hdr, "A key id of seven bytes.", |w| header(w, vec![(4, Some(Value::bytes(&[7; 7])))]);
    "e_hdr_none": Deny Hdr, "No type.", |w| header(w, vec![(16, None)]);
    "e_typ_cwt": Deny Typ, "Typed as any CWT.", |w| header(w, vec![(16, Some(Value::text("application/cwt")))]);
    "e_typ_case": Deny Typ, "The right type in capitals.", |w| {
        header(w, vec![(16, Some(Value::text(TYP.to_uppercase())))])
    };
    "e_key_unknown_stranger": Deny KeyUnknown, "Signed by a key of no household, without a certificate.", |w| {
        w.signer = STRANGER;
        Ok(())
    };
    "e_key_unknown_plate": Deny KeyUnknown, "A plate that was booked by a device the gate no longer knows.", |w| {
        car(w);
        w.known = false;
        heard(w, |_, c| reads(c, "京Q88B26"))
    };
    "e_chain_community": Deny Chain, "The certificate that comes along is of another estate.", |w| {
        chained(w, |w| w.host.community = linli_base::CommunityId([7; 32]).short())
    };
    "e_chain_signature": Deny Chain, "The last bit of the certificate is another.", torn_chain;
    "e_chain_kid": Deny Chain, "A stranger signs and shows a household's certificate.", |w| {
        w.signer = STRANGER;
        chained(w, |_| {})
    };
    "e_chain_scope": Deny Chain, "The issuing key may enrol in building 9, the household is in building 3.", |w| {
        gate(w, |_, c| c.keys.issuing[0].buildings = vec!["9".into()])?;
        chained(w, |_| {})
    };
    "e_chain_not_enrolled": Deny Chain, "The gate holds the issuing key's log beyond the enrolment, and it is not there.", |w| {
        gate(w, |_, c| c.keys.issuing[0].held_to = 9)?;
        chained(w, |_| {})
    };
    "admit_chain_enrolled": Admit, "The gate holds the issuing key's log and finds the enrolment in it.", |w| {
        gate(w, |w, c| {
            c.keys.issuing[0].held_to = 9;
            c.keys.issuing[0].enrols.insert(5, Hex(w.host.device.0));
        })?;
        chained(w, |_| {})
    };
    "e_chain_cut": Deny Chain, "The issuing key was cut off before this enrolment.", |w| {
        gate(w, |_, c| c.keys.issuing[0].cut_at = Some(4))?;
        chained(w, |_| {})
    };
    "e_issuer_unknown_epoch": Deny IssuerUnknown, "The newest epoch lists no issuing key at all.", |w| {
        gate(w, |_, c| c.keys.issuing.clear())?;
        chained(w, |_| {})
    };
    "e_issuer_unknown_office": Deny IssuerUnknown, "An office signed the certificate; it may invite, not enrol.", |w| {
        w.known = false;
        w.chain = Some(Certificate::sign(&w.host, &key(OFFICE))?);
        Ok(())
    };
    "e_weak_key_two": Deny WeakKey, "The certificate is for the point of order two.", |w| weak_key(w, point(0xec, 0xff));
    "e_weak_key_four": Deny WeakKey, "The certificate is for a point of order four: thirty-two zero bytes.", |w| {
        weak_key(w, point(0, 0))
    };
    "e_sig_order": Deny Sig, "The order of the group added to the signature: other bytes for the same equation.", |w| {
        message(w, add_order)
    };
    "e_sig_last": Deny Sig, "The last bit of the signature is another.", |w| message(w, last_bit);
    "e_sig_other_key": Deny Sig, "Signed by a stranger under a household's key id.", |w| {
        header(w, vec![])?;
        w.signer = STRANGER;
        Ok(())
    };
}
