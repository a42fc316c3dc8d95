// Auth0's COSE library for JavaScript judges our passes, and makes passes and certificates for our gate to judge.
//
//     node pass_foreign.mjs MODULES verify KEYS.json VECTOR.json...
//     node pass_foreign.mjs MODULES make KEYS.json GATE.json FOLDER
//
// Needs Node 20 or later. MODULES is a folder into which `npm ci` has put what node/package-lock.json names.
// `verify` prints a line a judgement and ends with status 1 when one failed. `make` writes vector files whose passes
// were encoded (by cbor-x) and signed by that library alone; `linli pass vectors` decides them.

import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, join, resolve } from "node:path";

const [modules, command, ...rest] = process.argv.slice(2);
if (!["verify", "make"].includes(command) || rest.length < 2) {
  console.error("usage: pass_foreign.mjs MODULES verify KEYS VECTOR... | make KEYS GATE FOLDER");
  process.exit(2);
}
const need = createRequire(join(resolve(modules), "package.json"));
const { COSEKey, Sign1 } = need("@auth0/cose");
const { Encoder } = need("cbor-x");
const cbor = new Encoder({ tagUint8Array: false, useRecords: false, mapsAsObjects: false, useTag259ForMaps: false });

const ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";
const TYP = "linli-grant+cwt";
const CERT_TYP = "linli-device+cwt";
const GRANT = -65537;
const DEVICE = -65538;
const DAY = 86400;

const json = (path) => JSON.parse(readFileSync(path, "utf8"));
const bytes = (hex) => new Uint8Array(Buffer.from(hex, "hex"));
const hex = (data) => Buffer.from(data).toString("hex");
const equal = (a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)) === 0;
const url = (data) => Buffer.from(data).toString("base64url");

/** RFC 9285, written from the document. */
function base45(data) {
  let out = "";
  for (let at = 0; at + 1 < data.length; at += 2) {
    const n = data[at] * 256 + data[at + 1];
    out += ALPHABET[n % 45] + ALPHABET[Math.floor(n / 45) % 45] + ALPHABET[Math.floor(n / 2025)];
  }
  const last = data[data.length - 1];
  return data.length % 2 ? out + ALPHABET[last % 45] + ALPHABET[Math.floor(last / 45)] : out;
}

const okp = (x) => new Map([[1, 1], [-1, 6], [-2, x]]);
/** First 8 bytes of the COSE key thumbprint (RFC 9679). */
const kidOf = (x) => new Uint8Array(createHash("sha256").update(cbor.encode(okp(x))).digest().subarray(0, 8));

/** The library's own key, from its JWK reader. */
function keyOf(entry, secret) {
  const jwk = { kty: "OKP", crv: "Ed25519", alg: "EdDSA", x: url(bytes(entry.PUBLIC)) };
  return COSEKey.fromJWK(secret ? { ...jwk, d: url(bytes(entry.SEED)) } : jwk).toKeyLike();
}

/** The form in which a vector shows claims. */
function asJson(value) {
  if (value instanceof Uint8Array) return hex(value);
  if (Array.isArray(value)) return value.map(asJson);
  if (value instanceof Map) return Object.fromEntries([...value].map(([k, v]) => [String(k), asJson(v)]));
  return value;
}

const sorted = (value) =>
  value && typeof value === "object" && !Array.isArray(value)
    ? Object.fromEntries(Object.keys(value).sort().map((k) => [k, sorted(value[k])]))
    : Array.isArray(value) ? value.map(sorted) : value;
const same = (a, b) => JSON.stringify(sorted(a)) === JSON.stringify(sorted(b));

// --- verify: its reading of our passes ---

let passed = 0;
let failed = 0;

function judge(what, right, why = "") {
  if (right) passed += 1;
  else failed += 1;
  console.log(right ? `ok    ${what}` : `FAIL  ${what}: ${why}`);
}

/** The payload, or an error from the library. */
async function verified(message, entry) {
  const decoded = Sign1.decode(message);
  await decoded.verify(await keyOf(entry, false));
  return decoded;
}

async function judgeChain(name, certificate, keys) {
  const data = cbor.encode(certificate);
  try {
    const decoded = await verified(data, keys.ISSUER);
    const claims = cbor.decode(decoded.payload);
    const x = claims.get(8).get(1).get(-2);
    const known = [keys.HOST, keys.OFFICE, keys.STRANGER].some((k) => equal(x, bytes(k.PUBLIC)));
    judge(`${name}: certificate by @auth0/cose`, claims.get(1) === keys.AUD && known, JSON.stringify(asJson(claims)));
    const header = decoded.protectedHeaders;
    const right = header.get(1) === -8 && header.get(16) === CERT_TYP && equal(header.get(4), bytes(keys.ISSUER.KID));
    judge(`${name}: certificate type and key id`, right, JSON.stringify(asJson(header.esMap ?? header)));
  } catch (error) {
    judge(`${name}: certificate by @auth0/cose`, false, error);
  }
}

async function judgeVector(path, keys) {
  const vector = json(path);
  const [name, wanted] = [basename(path), vector.EXPECTED.VERIFY];
  if (wanted === undefined) return;
  const message = bytes(vector.COSE);
  judge(`${name}: base45`, base45(message) === vector.BASE45, "encodes otherwise");
  // Tag 61 belongs to the layer above the library.
  const bare = message[0] === 0xd8 && message[1] === 0x3d ? message.subarray(2) : message;
  const decoded = Sign1.decode(bare);
  const kid = hex(decoded.protectedHeaders.get(4));
  const entry = [keys.HOST, keys.OFFICE, keys.STRANGER].find((k) => k.KID === kid);
  judge(`${name}: key id is the thumbprint`, entry && kid === hex(kidOf(bytes(entry.PUBLIC))), kid);
  judge(`${name}: type`, decoded.protectedHeaders.get(16) === TYP, decoded.protectedHeaders.get(16));
  // The library does not know the newer name of the algorithm: it must say so, not accept anything.
  const holds = wanted && decoded.protectedHeaders.get(1) === -8;
  let why = "";
  let found = false;
  try {
    found = equal((await verified(bare, entry)).payload, bytes(vector.CBOR));
    why = "another payload, or accepted";
  } catch (error) {
    why = String(error);
  }
  judge(`${name}: signature by @auth0/cose ${holds ? "holds" : "is refused"}`, found === holds, why);
  if (wanted) {
    const claims = cbor.decode(decoded.payload);
    judge(`${name}: claims`, same(asJson(claims), vector.CLAIMS), JSON.stringify(asJson(claims)));
    judge(`${name}: encoded again`, equal(cbor.encode(claims), decoded.payload), "encodes otherwise");
  }
  const certificate = decoded.unprotectedHeaders.get(13);
  if (certificate) await judgeChain(name, certificate, keys);
}

async function verify(keys, files) {
  for (const file of files) await judgeVector(file, keys);
  console.log(`${passed} passed, ${failed} failed`);
  return failed || !passed ? 1 : 0;
}

// --- make: our reading of its passes ---

function claimsOf(keys, number, grant = [], outer = []) {
  const now = keys.NOW;
  const inner = new Map([[0, 1], [1, 0], [2, 1], [6, [1]], [7, "外*"]]);
  for (const [k, v] of grant) inner.set(k, v);
  const cti = new Uint8Array(12);
  cti.set([0xf1, number]);
  const claims = new Map([[1, keys.HOST.ISS], [3, keys.AUD], [4, now + 4 * 3600], [5, now - 600], [6, now - 600], [7, cti]]);
  for (const [k, v] of outer) claims.set(k, v);
  claims.set(GRANT, new Map([...inner].sort(([a], [b]) => a - b)));
  return claims;
}

/** A certificate of the household's device, made by the library: signed by `by`, with some claims replaced. */
async function certificate(keys, by, outer = []) {
  const now = keys.NOW;
  const ours = cbor.decode(Sign1.decode(bytes(keys.HOST.CERT)).payload);
  for (const [k, v] of [[4, now + 50 * DAY], [5, now - 40 * DAY], [6, now - 40 * DAY], ...outer]) ours.set(k, v);
  if (!ours.has(DEVICE)) throw new Error("no device in the certificate");
  const header = [[1, -8], [4, bytes(by.KID)], [16, CERT_TYP]];
  return Sign1.sign(header, undefined, cbor.encode(ours), await keyOf(by, true));
}

/** Name, claims, protected, unprotected, edit of the message, known to the gate, decision, code. */
async function* cases(keys) {
  const header = [[1, -8], [4, bytes(keys.HOST.KID)], [16, TYP]];
  const keep = (m) => m;
  const ours = [[13, Sign1.decode(bytes(keys.HOST.CERT))]];
  const now = keys.NOW;
  const flip = (m) => {
    const at = Buffer.from(m).indexOf("外*");
    const out = new Uint8Array(m);
    out.set(Buffer.from("内*"), at);
    return out;
  };
  yield ["known", claimsOf(keys, 1), header, [], keep, true, "ADMIT", ""];
  yield ["chain", claimsOf(keys, 2), header, ours, keep, false, "ADMIT", ""];
  yield ["unknown", claimsOf(keys, 3), header, [], keep, false, "DENY", "E_KEY_UNKNOWN"];
  yield ["altered", claimsOf(keys, 4), header, ours, flip, false, "DENY", "E_SIG"];
  yield ["tag61", claimsOf(keys, 5), header, [], (m) => new Uint8Array([0xd8, 0x3d, ...m]), true, "ADMIT", ""];
  yield ["untagged", claimsOf(keys, 6), header, [], (m) => m.subarray(1), true, "DENY", "E_CBOR"];
  yield ["trailing", claimsOf(keys, 7), header, [], (m) => new Uint8Array([...m, 0]), true, "DENY", "E_CBOR"];
  const past = [[4, now - 300], [5, now - 7200], [6, now - 7200]];
  yield ["expired", claimsOf(keys, 8, [], past), header, [], keep, true, "DENY", "E_EXPIRED"];
  yield ["kid_outside", claimsOf(keys, 9), [header[0], header[2]], [header[1]], keep, true, "DENY", "E_HDR"];
  yield ["typ", claimsOf(keys, 10), [header[0], header[1], [16, CERT_TYP]], [], keep, true, "DENY", "E_TYP"];
  yield ["unsorted", new Map([...claimsOf(keys, 11)].reverse()), header, [], keep, true, "DENY", "E_NONCANON"];
  yield ["float", claimsOf(keys, 12, [], [[4, now + 3600.5]]), header, [], keep, true, "DENY", "E_NONCANON"];
  const full = [[1, 3], [2, 0], [3, 2], [4, "京AD90317"], [5, [[31, 420, 1080], [96, 0, 1440]]], [6, [1, 2]]];
  yield ["full", claimsOf(keys, 13, full), header, ours, keep, false, "ADMIT", ""];
  const two = [[3, [`${keys.AUD}/g1`, `${keys.AUD}/g2`]]];
  yield ["two_gates", claimsOf(keys, 14, [], two), header, [], keep, true, "ADMIT", ""];
  yield ["gate_2", claimsOf(keys, 15, [[6, [2]]]), header, [], keep, true, "DENY", "E_GATE"];
  const theirs = async (...how) => [[13, await certificate(keys, ...how)]];
  yield ["own_chain", claimsOf(keys, 16), header, await theirs(keys.ISSUER), keep, false, "ADMIT", ""];
  yield ["stranger_chain", claimsOf(keys, 17), header, await theirs(keys.STRANGER), keep, false, "DENY", "E_ISSUER_UNKNOWN"];
  const over = await theirs(keys.ISSUER, [[4, now - DAY]]);
  yield ["old_chain", claimsOf(keys, 18), header, over, keep, false, "DENY", "E_CHAIN"];
}

async function make(keys, gate, folder) {
  mkdirSync(folder, { recursive: true });
  let written = 0;
  for await (const [name, claims, header, unprotected, edit, known, decision, code] of cases(keys)) {
    const payload = cbor.encode(claims);
    const signed = await Sign1.sign(header, unprotected, payload, await keyOf(keys.HOST, true));
    const message = edit(new Uint8Array(signed.encode()));
    const context = structuredClone(gate);
    if (!known) context.KEYS.DEVICES = [];
    const text = base45(message);
    const vector = {
      DESCR: `Made by @auth0/cose: ${name}.`,
      COSE: hex(message),
      BASE45: text,
      PREFIX: `LL1:${text}`,
      TESTCTX: context,
      EXPECTED: { UNPREFIX: true, B45: true, DECISION: decision, CODE: code },
    };
    if (decision === "ADMIT") {
      Object.assign(vector, { CLAIMS: asJson(claims), CBOR: hex(payload) });
      Object.assign(vector.EXPECTED, { CBOR: true, CHAIN: true, VERIFY: true });
    }
    writeFileSync(join(folder, `auth0_${name}.json`), `${JSON.stringify(vector, null, 2)}\n`);
    written += 1;
  }
  console.log(`${written} files written to ${folder}`);
  return 0;
}

const [keysFile, ...files] = rest;
process.exitCode =
  command === "verify" ? await verify(json(keysFile), files) : await make(json(keysFile), json(files[0]), files[1]);
