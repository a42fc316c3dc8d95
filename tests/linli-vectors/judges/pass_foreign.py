"""Other people's COSE libraries judge our passes, and make passes for our gate to judge.

    pass_foreign.py verify KEYS.json VECTOR.json...
    pass_foreign.py make KEYS.json GATE.json FOLDER
    pass_foreign.py draw FOLDER

Needs Python 3.9 or later with the packages `cwt` 3.3 and `pycose` 1.1 (and their `cbor2`, `cryptography`). With
`zxing-cpp` and `pillow` the pictures are judged too, with `pycddl` the CDDL of docs/formats/pass.md; without them a
line says that they were not.
`verify` prints a line a judgement and ends with status 1 when one failed. `make` writes vector files whose
passes and certificates were encoded and signed by those libraries alone; `linli pass vectors` decides them. `draw`
adds to every vector file in FOLDER a picture of its code by zxing-cpp, PNG or JPEG, straight or a little turned: our
reader must find the text that the gate then decides.
"""

import base64
import hashlib
import io
import json
import pathlib
import re
import sys

import cbor2
from cwt import COSE, COSEKey
from pycose.headers import KID, Algorithm
from pycose.keys import OKPKey
from pycose.messages import CoseMessage, Sign1Message

try:
    import zxingcpp
    from PIL import Image
except ImportError:
    zxingcpp = None

try:
    import pycddl
except ImportError:
    pycddl = None

FORMAT = pathlib.Path(__file__).resolve().parents[3] / "docs" / "formats" / "pass.md"
ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"
DAY = 86400
DEVICE = -65538
TYP = "linli-grant+cwt"
CERT_TYP = "linli-device+cwt"
GRANT = -65537


def base45_encode(data):
    """RFC 9285, written from the document, so that two programs agree on it."""
    out = []
    for at in range(0, len(data) - 1, 2):
        n = data[at] * 256 + data[at + 1]
        out += [ALPHABET[n % 45], ALPHABET[n // 45 % 45], ALPHABET[n // 2025]]
    if len(data) % 2:
        out += [ALPHABET[data[-1] % 45], ALPHABET[data[-1] // 45]]
    return "".join(out)


def okp(x):
    return {1: 1, -1: 6, -2: x}


def kid_of(x):
    """First 8 bytes of the COSE key thumbprint (RFC 9679)."""
    return hashlib.sha256(cbor2.dumps(okp(x))).digest()[:8]


def as_json(value):
    """The form in which a vector shows claims."""
    if isinstance(value, bytes):
        return value.hex()
    if isinstance(value, list):
        return [as_json(v) for v in value]
    if isinstance(value, dict):
        return {str(k): as_json(v) for k, v in value.items()}
    return value


# --- the two libraries behind one face: (message bytes, public key) -> payload, or an exception ---


def cwt_verify(message, x):
    key = COSEKey.new({**okp(x), 2: kid_of(x), 3: -8, 4: [2]})
    return COSE.new().decode(message, key)


def pycose_verify(message, x):
    decoded = CoseMessage.decode(message)
    decoded.key = OKPKey(crv="ED25519", x=x, optional_params={"ALG": "EDDSA"})
    if not decoded.verify_signature():
        raise ValueError("the signature is not right")
    return decoded.payload


LIBRARIES = {"cwt": cwt_verify, "pycose": pycose_verify}


class Tally:
    def __init__(self):
        self.passed = self.failed = 0

    def judge(self, what, right, why=""):
        self.passed += bool(right)
        self.failed += not right
        print(("ok    " if right else "FAIL  ") + what + ("" if right else f": {why}"))


# --- verify: their reading of our passes ---


def parts(message):
    """Tag 18 and its four parts, by cbor2; an optional tag 61 is taken off."""
    value = cbor2.loads(message)
    if value.tag == 61:
        value = value.value
    assert value.tag == 18
    return value.value


def public_keys(keys):
    named = [keys[name] for name in ("HOST", "OFFICE", "STRANGER")]
    return {bytes.fromhex(k["KID"]): bytes.fromhex(k["PUBLIC"]) for k in named}


def judge_chain(tally, name, kcwt, keys):
    """The certificate in header 13, by both libraries, under the issuing key."""
    issuer = bytes.fromhex(keys["ISSUER"]["PUBLIC"])
    message = cbor2.dumps(kcwt)
    for library, verify in LIBRARIES.items():
        try:
            claims = cbor2.loads(verify(message, issuer))
            right = claims[1] == keys["AUD"] and claims[8][1][-2] in public_keys(keys).values()
            tally.judge(f"{name}: certificate by {library}", right, f"claims {claims}")
        except Exception as error:  # a library may fail with anything
            tally.judge(f"{name}: certificate by {library}", False, repr(error))
    protected = cbor2.loads(kcwt.value[0])
    tally.judge(f"{name}: certificate type and key id", protected == {1: -8, 4: kid_of(issuer), 16: CERT_TYP}, protected)


def schemas():
    """The document's CDDL, by rule. pycddl's engine takes no `.cbor` inside an array, so the layers that are byte
    strings are judged one by one."""
    if pycddl is None:
        return {}
    cddl = re.search(r"```cddl\n(.*?)```", FORMAT.read_text(encoding="utf-8"), re.DOTALL)[1]
    cddl = cddl[re.search(r"^pass-protected", cddl, re.MULTILINE).start() :]
    cddl = re.sub(r"bstr \.cbor [a-z-]+", "bstr", cddl)
    rules = ("pass-protected", "pass-unprotected", "grant-claims", "device-protected", "device-claims")
    return {rule: pycddl.Schema(f"root = {rule}\n{cddl}") for rule in rules}


def judge_cddl(tally, name, layers, rules):
    for rule, data in layers.items():
        if rule in rules:
            try:
                rules[rule].validate_cbor(data)
                tally.judge(f"{name}: CDDL {rule}", True)
            except Exception as error:
                tally.judge(f"{name}: CDDL {rule}", False, error)


def judge_picture(tally, name, vector):
    """The QR code, by zxing-cpp: its text and its level."""
    if zxingcpp is None or "2DCODE" not in vector:
        return
    image = Image.open(io.BytesIO(base64.b64decode(vector["2DCODE"]))).convert("L")
    found = zxingcpp.read_barcodes(image, formats=zxingcpp.BarcodeFormat.QRCode)
    texts = [code.text for code in found]
    tally.judge(f"{name}: picture", texts == [vector["PREFIX"]], texts)
    tally.judge(f"{name}: level M", [code.ec_level for code in found] == ["M"], found)


def judge_vector(tally, path, keys, rules):
    vector = json.loads(path.read_text(encoding="utf-8"))
    name, expected = path.name, vector["EXPECTED"]
    judge_picture(tally, name, vector)
    if "VERIFY" not in expected:
        return
    message = bytes.fromhex(vector["COSE"])
    protected_bytes, unprotected, payload, _ = parts(message)
    protected = cbor2.loads(protected_bytes)
    x = public_keys(keys)[protected[4]]
    tally.judge(f"{name}: key id is the thumbprint", kid_of(x) == protected[4], protected[4].hex())
    tally.judge(f"{name}: base45", base45_encode(message) == vector["BASE45"], "encodes otherwise")
    tally.judge(f"{name}: type", protected[16] == TYP, protected)
    for library, verify in LIBRARIES.items():
        # pycose does not know the newer name of the algorithm: it must say so, not accept anything.
        wanted = expected["VERIFY"] and not (library == "pycose" and protected[1] == -19)
        # Both want tag 18 outermost; tag 61 belongs to the layer above them.
        bare = message[2:] if message[:2] == b"\xd8\x3d" else message
        try:
            found, why = verify(bare, x) == payload, "another payload"
        except Exception as error:  # a library may fail with anything
            found, why = False, repr(error)
        tally.judge(f"{name}: signature by {library} {'holds' if wanted else 'is refused'}", found == wanted, why)
    if expected["VERIFY"]:
        claims = cbor2.loads(payload)
        tally.judge(f"{name}: claims", as_json(claims) == vector["CLAIMS"], claims)
        tally.judge(f"{name}: deterministic", cbor2.dumps(claims, canonical=True) == payload, "encodes otherwise")
    layers = {"pass-protected": protected_bytes, "pass-unprotected": cbor2.dumps(unprotected), "grant-claims": payload}
    if 13 in unprotected:
        judge_chain(tally, name, unprotected[13], keys)
        layers["device-protected"], _, layers["device-claims"], _ = unprotected[13].value
    judge_cddl(tally, name, layers, rules)


def verify(keys, files):
    tally = Tally()
    if zxingcpp is None:
        print("note  zxing-cpp or pillow is not installed: pictures are not judged")
    if pycddl is None:
        print("note  pycddl is not installed: the CDDL is not judged")
    rules = schemas()
    for path in files:
        judge_vector(tally, path, keys, rules)
    print(f"{tally.passed} passed, {tally.failed} failed")
    return 1 if tally.failed or not tally.passed else 0


# --- make: our reading of their passes ---


def claims_of(keys, number, **grant):
    now = keys["NOW"]
    inner = {0: 1, 1: 0, 2: 1, 6: [1], 7: "外*"}
    inner.update(grant.pop("grant", {}))
    claims = {
        1: keys["HOST"]["ISS"],
        3: keys["AUD"],
        4: now + 4 * 3600,
        5: now - 600,
        6: now - 600,
        7: bytes([0xF0, number]) + bytes(10),
        GRANT: {k: inner[k] for k in sorted(inner) if inner[k] is not None},
    }
    claims.update(grant)
    return claims


def by_cwt(signer, payload, protected, unprotected):
    x, seed = bytes.fromhex(signer["PUBLIC"]), bytes.fromhex(signer["SEED"])
    key = COSEKey.new({**okp(x), -4: seed, 2: kid_of(x), 3: -8, 4: [1, 2]})
    return COSE.new().encode_and_sign(payload, key, protected, unprotected)


def by_pycose(signer, payload, protected, unprotected):
    key = OKPKey(
        crv="ED25519",
        x=bytes.fromhex(signer["PUBLIC"]),
        d=bytes.fromhex(signer["SEED"]),
        optional_params={"ALG": "EDDSA"},
    )
    names = {1: Algorithm, 4: KID}
    header = {names.get(k, k): v for k, v in protected.items()}
    message = Sign1Message(phdr=header, uhdr=dict(unprotected), payload=payload, key=key)
    return message.encode()


MAKERS = {"cwt": by_cwt, "pycose": by_pycose}


def header_of(keys):
    return {1: -8, 4: bytes.fromhex(keys["HOST"]["KID"]), 16: TYP}


def chain_of(keys):
    """As a value, so that the library encodes it again: the bytes must come out the same."""
    return {13: cbor2.loads(bytes.fromhex(keys["HOST"]["CERT"]))}


def certificate(keys, maker, by, **claims):
    """The household's certificate made anew by a library, signed by `by`, with some claims replaced."""
    ours = cbor2.loads(cbor2.loads(bytes.fromhex(keys["HOST"]["CERT"])).value[2])
    assert DEVICE in ours
    now = keys["NOW"]
    ours.update({4: now + 50 * DAY, 5: now - 40 * DAY, 6: now - 40 * DAY})
    ours.update({int(k[1:]): v for k, v in claims.items()})
    header = {1: -8, 4: bytes.fromhex(by["KID"]), 16: CERT_TYP}
    return {13: cbor2.loads(maker(by, cbor2.dumps(ours), header, {}))}


def cases(keys, maker):
    """name, claims, protected, unprotected, edit of the message, known to the gate, decision, code"""
    header, chain = header_of(keys), chain_of(keys)
    now = keys["NOW"]

    def keep(message):
        return message

    def flip(message):
        at = message.index("外*".encode())
        return message[:at] + "内*".encode() + message[at + 4 :]

    yield "known", claims_of(keys, 1), header, {}, keep, True, "ADMIT", ""
    yield "chain", claims_of(keys, 2), header, chain, keep, False, "ADMIT", ""
    yield "unknown", claims_of(keys, 3), header, {}, keep, False, "DENY", "E_KEY_UNKNOWN"
    yield "altered", claims_of(keys, 4), header, chain, flip, False, "DENY", "E_SIG"
    yield "tag61", claims_of(keys, 5), header, {}, lambda m: b"\xd8\x3d" + m, True, "ADMIT", ""
    yield "untagged", claims_of(keys, 6), header, {}, lambda m: m[1:], True, "DENY", "E_CBOR"
    yield "trailing", claims_of(keys, 7), header, {}, lambda m: m + b"\x00", True, "DENY", "E_CBOR"
    expired = {4: now - 300, 5: now - 7200, 6: now - 7200}
    yield "expired", {**claims_of(keys, 8), **expired}, header, {}, keep, True, "DENY", "E_EXPIRED"
    yield "kid_outside", claims_of(keys, 9), {1: -8, 16: TYP}, {4: header[4]}, keep, True, "DENY", "E_HDR"
    yield "typ", claims_of(keys, 10), {**header, 16: CERT_TYP}, {}, keep, True, "DENY", "E_TYP"
    backwards = dict(reversed(claims_of(keys, 11).items()))
    yield "unsorted", backwards, header, {}, keep, True, "DENY", "E_NONCANON"
    yield "float", {**claims_of(keys, 12), 4: float(now + 3600)}, header, {}, keep, True, "DENY", "E_NONCANON"
    full = {1: 3, 2: 0, 3: 2, 4: "京AD90317", 5: [[31, 420, 1080], [96, 0, 1440]], 6: [1, 2]}
    yield "full", claims_of(keys, 13, grant=full), header, chain, keep, False, "ADMIT", ""
    two = [keys["AUD"] + "/g1", keys["AUD"] + "/g2"]
    yield "two_gates", {**claims_of(keys, 14), 3: two}, header, {}, keep, True, "ADMIT", ""
    holder = {8: {1: okp(bytes.fromhex(keys["STRANGER"]["PUBLIC"]))}}
    bound = dict(sorted({**claims_of(keys, 15), **holder}.items(), key=lambda kv: cbor2.dumps(kv[0])))
    yield "holder_bound", bound, header, {}, keep, True, "DENY", "E_VERSION"
    theirs = certificate(keys, maker, keys["ISSUER"])
    yield "own_chain", claims_of(keys, 16), header, theirs, keep, False, "ADMIT", ""
    theirs = certificate(keys, maker, keys["STRANGER"])
    yield "stranger_chain", claims_of(keys, 17), header, theirs, keep, False, "DENY", "E_ISSUER_UNKNOWN"
    theirs = certificate(keys, maker, keys["ISSUER"], _4=now - DAY)
    yield "old_chain", claims_of(keys, 18), header, theirs, keep, False, "DENY", "E_CHAIN"
    other = {**claims_of(keys, 19), 1: "h:00000000"}
    yield "other_household", other, header, {}, keep, True, "DENY", "E_ISS"


def make(keys, gate, folder):
    folder.mkdir(parents=True, exist_ok=True)
    written = 0
    for library, maker in MAKERS.items():
        for name, claims, protected, unprotected, edit, known, decision, code in cases(keys, maker):
            payload = cbor2.dumps(claims)
            message = edit(maker(keys["HOST"], payload, protected, unprotected))
            context = json.loads(json.dumps(gate))
            if not known:
                context["KEYS"]["DEVICES"] = []
            text = base45_encode(message)
            vector = {
                "DESCR": f"Made by {library}: {name}.",
                "COSE": message.hex(),
                "BASE45": text,
                "PREFIX": "LL1:" + text,
                "TESTCTX": context,
                "EXPECTED": {"UNPREFIX": True, "B45": True, "DECISION": decision, "CODE": code},
            }
            if decision == "ADMIT":
                vector["CLAIMS"], vector["CBOR"] = as_json(claims), payload.hex()
                vector["EXPECTED"].update({"CBOR": True, "CHAIN": True, "VERIFY": True})
            path = folder / f"{library}_{name}.json"
            path.write_text(json.dumps(vector, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
            written += 1
    print(f"{written} files written to {folder}")
    return 0


# --- draw: our reading of their pictures ---


def picture(text, number):
    """One of four: a plain PNG, a plain JPEG, a PNG turned by five degrees, a grey JPEG turned the other way."""
    code = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode, ec_level="M")
    image = Image.fromarray(zxingcpp.write_barcode_to_image(code, scale=4, add_quiet_zones=True)).convert("L")
    if number % 4 >= 2:
        image = image.rotate(5 if number % 4 == 2 else -8, Image.Resampling.BILINEAR, expand=True, fillcolor=255)
    if number % 4 == 3:
        image = image.point(lambda v: 60 + v * 150 // 255)
    out = io.BytesIO()
    if number % 2:
        image.save(out, "JPEG", quality=60)
    else:
        image.save(out, "PNG")
    return out.getvalue()


def draw(folder):
    files = sorted(folder.glob("*.json"))
    for number, path in enumerate(files):
        vector = json.loads(path.read_text(encoding="utf-8"))
        vector["2DCODE"] = base64.b64encode(picture(vector["PREFIX"], number)).decode()
        path.write_text(json.dumps(vector, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    print(f"{len(files)} pictures drawn")
    return 0 if files else 1


def main(args):
    if len(args) >= 3 and args[0] == "verify":
        keys = json.loads(pathlib.Path(args[1]).read_text(encoding="utf-8"))
        return verify(keys, [pathlib.Path(a) for a in args[2:]])
    if len(args) == 4 and args[0] == "make":
        keys, gate = (json.loads(pathlib.Path(a).read_text(encoding="utf-8")) for a in args[1:3])
        return make(keys, gate, pathlib.Path(args[3]))
    if len(args) == 2 and args[0] == "draw":
        if zxingcpp is None:
            print("note  zxing-cpp or pillow is not installed: no pictures are drawn")
            return 0
        return draw(pathlib.Path(args[1]))
    print(__doc__, file=sys.stderr)
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
