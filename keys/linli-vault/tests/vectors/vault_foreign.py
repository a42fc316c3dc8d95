"""Writes vault-foreign.json: a home's secrets sealed by docs/formats/vault.md alone, with other libraries.

Run with PyPI `argon2-cffi`, `pycryptodome`, `blake3`:
    python vault_foreign.py > vault-foreign.json
"""

import json
import struct

from argon2.low_level import Type, hash_secret_raw
from blake3 import blake3
from Crypto.Cipher import ChaCha20_Poly1305

passphrase = "三只喜鹊 在屋顶"
home_id, salt, nonce = bytes(range(16)), bytes(range(16, 32)), bytes(range(32, 56))
memory_kib, passes, lanes = 64 * 1024, 3, 4
secrets = b"\x01" + b"".join(bytes([n]) * 32 for n in (1, 2, 3, 4)) + struct.pack(">Q", 258) + b"\x01" + b"\x05" * 32


def summed(content):
    return content + blake3(content).digest()[:16]


head = b"LLV1" + struct.pack(">III", memory_kib, passes, lanes) + home_id + salt + nonce
key = hash_secret_raw(passphrase.encode(), salt, passes, memory_kib, lanes, 32, Type.ID, version=0x13)
cipher = ChaCha20_Poly1305.new(key=key, nonce=nonce)
cipher.update(head)
ciphertext, tag = cipher.encrypt_and_digest(secrets)
out = {
    "story": "Sealed by argon2-cffi and pycryptodome as docs/formats/vault.md says; made by vault_foreign.py.",
    "passphrase": passphrase,
    "home_id": home_id,
    "sealed": summed(head + ciphertext + tag),
    "open": summed(b"LLU1" + home_id + secrets),
}
print(json.dumps(out, indent=1, ensure_ascii=False, default=bytes.hex))
