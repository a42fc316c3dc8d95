"""Writes seal-foreign.json: what pyhpke (another implementation of RFC 9180) seals by docs/formats/seal.md.

Run with PyPI `pyhpke` and `blake3`; the encapsulated keys are random, so each run writes other bytes.
    python seal_foreign.py > seal-foreign.json
"""

import json

import blake3
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from pyhpke import AEADId, CipherSuite, KDFId, KEMId, KEMKey

suite = CipherSuite.new(KEMId.DHKEM_X25519_HKDF_SHA256, KDFId.HKDF_SHA256, AEADId.CHACHA20_POLY1305)
community = bytes(range(32))
secret = bytes(range(100, 132))
scope_secret = bytes(range(50, 82))


def public_of(private):
    return X25519PrivateKey.from_private_bytes(private).public_key().public_bytes_raw()


def key_id(public):
    return blake3.blake3(b"linli/keyid/1\0" + community + public).digest()[:16]


def seal(info, aad, plain):
    to = KEMKey.from_pyca_cryptography_key(X25519PrivateKey.from_private_bytes(secret).public_key())
    enc, context = suite.create_sender_context(to, info=info + b"\0" + community)
    return enc + context.seal(plain, aad=aad)


public, published = public_of(secret), public_of(scope_secret)
bound, body, salt = bytes(i * 7 % 256 for i in range(136)), "三单元门禁已修好".encode(), b"s" * 16
scope, context, letter = b"scope of sixteen", b"erased", b"done"
out = {
    "story": "Sealed by pyhpke as docs/formats/seal.md says; made by seal_foreign.py. Linli must open all three.",
    "community": community,
    "secret": secret,
    "public": public,
    "key_id": key_id(public),
    "payload": {
        "bound": bound,
        "body": body,
        "carried": key_id(public) + seal(b"linli/seal/1", community + bound, salt + body),
    },
    "wrapped": {
        "scope": scope,
        "scope_secret": scope_secret,
        "published": published,
        "bytes": seal(b"linli/wrap/1", community + scope + published, scope_secret),
    },
    "letter": {
        "context": context,
        "plain": letter,
        "bytes": key_id(public) + seal(b"linli/letter/1", community + context, letter),
    },
}
print(json.dumps(out, indent=1, ensure_ascii=False, default=bytes.hex))
