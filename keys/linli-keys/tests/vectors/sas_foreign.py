"""Writes sas-foreign.json: one enrolment computed by docs/formats/sas.md alone, with other libraries.

Run with PyPI `cryptography`, `blake3`, `cbor2`, `pycryptodome`:
    python sas_foreign.py > sas-foreign.json
Everything is fixed, so a run gives the same bytes each time.
"""

import json

import cbor2
from blake3 import blake3
from Crypto.Cipher import ChaCha20_Poly1305
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF


def seed(n):
    return bytes([n]) * 32


def ed(n):
    return Ed25519PrivateKey.from_private_bytes(seed(n))


def x(n):
    return X25519PrivateKey.from_private_bytes(seed(n))


def pub(key):
    return key.public_key().public_bytes_raw()


community, epoch, secret = bytes(range(32)), bytes(range(32, 64)), bytes(range(64, 96))
joiner_eph, host_eph, nonce, box_nonce = x(1), x(2), b"n" * 16, b"b" * 24
joiner_sign, joiner_net, joiner_kex, host_sign, host_net = ed(3), ed(4), x(5), ed(6), ed(7)


def said(domain, *parts):
    return domain.encode() + b"\0" + community + b"".join(parts)


def hashed(domain, *parts):
    return blake3(said(domain, *parts)).digest()


def keyed(key, domain, *parts):
    return blake3(said(domain, *parts), key=key).digest()


def frame(kind, *fields):
    return cbor2.dumps({0: kind, **{i + 1: f for i, f in enumerate(fields)}}, canonical=True)


reveal = frame(3, pub(joiner_eph), pub(joiner_sign), pub(joiner_net), pub(joiner_kex), "客厅电脑", nonce)
commitment = hashed("linli/sas-commit/1", reveal)
invite = hashed("linli/invite/1", secret)[:16]
commit = frame(1, invite, commitment, keyed(secret, "linli/sas-joiner/1", commitment))
claims = (pub(host_eph), pub(host_sign), pub(host_net), community, "3-2-502", "household", epoch)
host = frame(2, *claims, keyed(secret, "linli/sas-host/1", commitment, frame(2, *claims)))

transcript = hashed("linli/sas-transcript/1", cbor2.dumps([commitment, host, reveal], canonical=True))
shared = joiner_eph.exchange(X25519PublicKey.from_public_bytes(pub(host_eph)))


def derive(info, length):
    return HKDF(SHA256(), length, salt=secret, info=info.encode() + b"\0" + transcript).derive(shared)


bits = int.from_bytes(derive("linli/sas/1", 6), "big")
pictures = [bits >> (42 - 6 * i) & 63 for i in range(7)]
key = derive("linli/sas-session/1", 32)
signature = joiner_sign.sign(said("linli/sas-confirm/1", transcript))
confirm = frame(4, signature, keyed(key, "linli/sas-mac/1", b"\x01", signature))
cipher = ChaCha20_Poly1305.new(key=keyed(key, "linli/sas-box/1", b"\x02"), nonce=box_nonce)
cipher.update(b"enrolled")
box, tag = cipher.encrypt_and_digest(b"certificate")
fingerprint = int.from_bytes(hashed("linli/fingerprint/1")[:6], "big")
print(
    json.dumps(
        {
            "story": "One enrolment, computed by sas_foreign.py from docs/formats/sas.md. Keys are seeds of one repeated "
            "byte, given here; the same dice must make Linli say the same bytes.",
            "seeds": {"joiner_eph": 1, "host_eph": 2, "joiner_sign": 3, "joiner_net": 4, "joiner_kex": 5,
                      "host_sign": 6, "host_net": 7},
            "community": community, "epoch": epoch, "secret": secret, "nonce": nonce, "box_nonce": box_nonce,
            "name": "客厅电脑", "unit": "3-2-502", "role": "household",
            "commit": commit, "host": host, "reveal": reveal, "confirm": confirm,
            "transcript": transcript, "pictures": pictures, "box": box_nonce + box + tag,
            "fingerprint": [fingerprint >> (42 - 6 * i) & 63 for i in range(7)],
        },
        indent=1, ensure_ascii=False, default=bytes.hex,
    )
)
