//! Makes our own vectors from fixed keys: the same bytes every time, on every machine.
//!
//! A case starts from one sound world (a household that invites, an office, an issuing key, a gate on a Monday
//! morning) and changes one thing in it. What must come out is written down by hand in `cases`; a case whose
//! decision differs is not made.

mod cases;

use super::{Expected, Vector, claims_json, outcome};
use crate::codes::{Code, Verdict};
use crate::context::{
    CharterPart, ClockPart, Context, ContextError, DevicePart, GatePart, GrantPart, Hex, HexBytes,
    IssuingPart, KeysPart, LedgerPart, LimitsPart, ScanPart, Time,
};
use crate::grant::{Claims, Cti, Grant, GrantError, Kind};
use crate::qr::{Medium, QrError, Symbol};
use crate::token::{TYP, to_text, unbase45, unprefix};
use base64::Engine;
use linli_base::cbor::{self, Value};
use linli_base::{CommunityId, PrincipalId, Private, UnixSec, hash};
use linli_charter::cert::{IS_OFFICE, MAY_GRANT};
use linli_charter::{CertError, Certificate, DeviceClaims};
use linli_keys::SigningKey;
use linli_keys::cose::{self, Sign1};

/// Monday 2026-11-23, 07:00 at +08:00.
const MONDAY: u64 = 1_795_388_400;
const HOUR: u64 = 3600;
const DAY: u64 = 86_400;
/// Pixels a module: the smallest that every reader takes.
const PIXELS: u32 = 2;

/// Why a vector could not be made: a mistake in this program.
#[derive(Debug, thiserror::Error)]
pub enum MakeError {
    /// A grant of a case breaks a rule.
    #[error(transparent)]
    Grant(#[from] GrantError),
    /// A certificate of a case is none.
    #[error(transparent)]
    Certificate(#[from] CertError),
    /// A context of a case is not sound.
    #[error(transparent)]
    Context(#[from] ContextError),
    /// A picture could not be drawn.
    #[error(transparent)]
    Picture(#[from] QrError),
    /// A case could not be written.
    #[error(transparent)]
    Json(#[from] serde_json::Error),
    /// Something a case takes apart is not where it should be.
    #[error("{0}")]
    Case(&'static str),
    /// A case comes out otherwise than written down.
    #[error("{name}: expected {expected}, came out {found}")]
    Unexpected {
        /// Of the case.
        name: String,
        /// Written down.
        expected: String,
        /// Came out.
        found: String,
    },
}

/// A vector file.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Made {
    /// Its name, without folder.
    pub name: String,
    /// Its content.
    pub json: String,
}

/// All vectors, in the order of the checks.
///
/// # Errors
/// [`MakeError`] when a case does not come out as written down.
pub fn all() -> Result<Vec<Made>, MakeError> {
    cases::all().map(cases::Case::make).collect()
}

/// The test keys, for foreign makers: seeds, public keys, key ids and the household's certificate. They are
/// published and protect nothing.
///
/// # Errors
/// [`MakeError::Certificate`].
pub fn keys() -> Result<String, MakeError> {
    let world = World::new();
    let one = |seed: u8| {
        let key = key(seed);
        serde_json::json!({
            "SEED": hex::encode([seed; 32]),
            "PUBLIC": hex::encode(key.device().0),
            "KID": hex::encode(cose::kid(&key.public())),
        })
    };
    let mut host = one(HOST);
    host["CERT"] = hex::encode(world.certificate(&world.host)?.bytes()).into();
    host["ISS"] = world.host.principal.issuer_text(false).into();
    let file = serde_json::json!({
        "DESCR": "Published test keys. They protect nothing.",
        "COMMUNITY": hex::encode(world.community.0),
        "AUD": world.community.short(),
        "NOW": MONDAY,
        "ISSUER": one(ISSUER),
        "HOST": host,
        "OFFICE": one(OFFICE),
        "STRANGER": one(STRANGER),
    });
    Ok(serde_json::to_string_pretty(&file)? + "\n")
}

/// Context of a gate that has never heard of the household and knows the issuing key: what a foreign pass with
/// its chain is shown to.
///
/// # Errors
/// [`MakeError`].
pub fn gate_context() -> Result<Context, MakeError> {
    Ok(World::new().context()?)
}

const ISSUER: u8 = 1;
const HOST: u8 = 2;
const OFFICE: u8 = 3;
const STRANGER: u8 = 66;

fn key(seed: u8) -> SigningKey {
    SigningKey::from_seed(&[seed; 32])
}

/// One sound world, in which a case changes one thing.
struct World {
    community: CommunityId,
    host: DeviceClaims,
    office: DeviceClaims,
    claims: Claims,
    /// Seed of the key that signs the pass.
    signer: u8,
    /// Whether the gate knows the household and the office.
    known: bool,
    /// The certificate to send along.
    chain: Option<Certificate>,
    /// The protected header, when it is not ours.
    protected: Option<Value>,
    /// The payload, when it is not the claims in our encoding.
    payload: Option<Vec<u8>>,
    /// Edits of the finished message.
    message: Option<fn(Vec<u8>) -> Vec<u8>>,
    /// The text, when it is no pass at all.
    text: Option<String>,
    /// No pass is shown: the scan is a plate, a short code or a person.
    no_pass: bool,
    /// Edits of the context.
    edits: Vec<fn(&World, &mut Context)>,
}

impl World {
    fn new() -> Self {
        let community = CommunityId(hash::sha256(b"linli test vectors"));
        let device = |seed: u8, roles, unit: Option<&str>, enrol_seq| DeviceClaims {
            community: community.short(),
            exp: UnixSec(MONDAY + 60 * DAY),
            nbf: UnixSec(MONDAY - 30 * DAY),
            iat: UnixSec(MONDAY - 30 * DAY),
            device: key(seed).device(),
            roles,
            principal: PrincipalId::of_first_device(&community, &key(seed).device()),
            unit: unit.map(str::to_owned),
            gate: None,
            enrol_seq,
        };
        let host = device(HOST, MAY_GRANT, Some("3-2-501"), 5);
        let claims = Claims {
            iss: host.principal.issuer_text(false),
            aud: vec![community.short()],
            exp: UnixSec(MONDAY + 5 * HOUR),
            nbf: UnixSec(MONDAY - HOUR),
            iat: UnixSec(MONDAY - HOUR),
            cti: Cti([9; 12]),
            holder: None,
            host_unit: None,
            kind: Kind::Person,
            entries: 1,
            companions: 0,
            plate: None,
            windows: vec![],
            gates: vec![1],
            label: Some(Private::new("王*".into())),
            pin_tag: None,
        };
        Self {
            community,
            host,
            office: device(OFFICE, MAY_GRANT | IS_OFFICE, None, 2),
            claims,
            signer: HOST,
            known: true,
            chain: None,
            protected: None,
            payload: None,
            message: None,
            text: None,
            no_pass: false,
            edits: vec![],
        }
    }

    fn certificate(&self, claims: &DeviceClaims) -> Result<Certificate, CertError> {
        Certificate::sign(claims, &key(ISSUER))
    }

    fn grant(&self) -> Result<Grant, GrantError> {
        Grant::new(self.claims.clone())
    }

    /// The signed message of the pass.
    fn message(&self) -> Result<Vec<u8>, MakeError> {
        let signer = key(self.signer);
        let header = || {
            Value::map(vec![
                (1, Some(Value::int(cose::ALG_EDDSA))),
                (4, Some(Value::bytes(&cose::kid(&signer.public())))),
                (16, Some(Value::text(TYP))),
            ])
        };
        let kcwt = self
            .chain
            .as_ref()
            .and_then(|c| cbor::decode(c.bytes(), 6).ok());
        let payload = match &self.payload {
            Some(payload) => payload.clone(),
            None => self.grant()?.encode(),
        };
        let protected = self.protected.clone().unwrap_or_else(header);
        let message =
            Sign1::sign(&signer, protected, Value::map(vec![(13, kcwt)]), payload).encode();
        Ok(self.message.map_or(message.clone(), |edit| edit(message)))
    }

    fn context(&self) -> Result<Context, CertError> {
        let mut devices = Vec::new();
        if self.known {
            for claims in [&self.host, &self.office] {
                devices.push(DevicePart {
                    cert: HexBytes(self.certificate(claims)?.bytes().to_vec()),
                });
            }
        }
        let issuing = vec![IssuingPart {
            key: Hex(key(ISSUER).device().0),
            buildings: vec![],
            machines: true,
            held_to: 0,
            enrols: Default::default(),
            cut_at: None,
        }];
        let mut context = Context {
            keys: KeysPart { devices, issuing },
            charter: CharterPart {
                community: Hex(self.community.0),
                offset: "+08:00".into(),
                gates: [(1, "东门".to_owned()), (2, "西门".to_owned())].into(),
                limits: LimitsPart::default(),
            },
            clock: ClockPart {
                now: at(0),
                state: "GOOD".into(),
                floor: Some(Time(UnixSec(MONDAY - 30 * DAY))),
                news: Some(at(0)),
            },
            gate: GatePart {
                number: 1,
                device: None,
                took_over: None,
                transfer: None,
                before: vec![],
                scan: ScanPart::default(),
            },
            ledger: LedgerPart::default(),
        };
        self.edits.iter().for_each(|edit| edit(self, &mut context));
        Ok(context)
    }

    /// The grant as the log has it, at place 4 of its author's log.
    fn heard(&self) -> Result<GrantPart, GrantError> {
        Ok(GrantPart {
            claims: HexBytes(self.grant()?.encode()),
            device: Hex(key(self.signer).device().0),
            period: 680,
            seq: 4,
            resident: false,
        })
    }

    fn vector(&self, descr: &str) -> Result<Vector, MakeError> {
        let text = match (&self.text, self.no_pass) {
            (_, true) => None,
            (Some(text), _) => Some(text.clone()),
            (None, _) => Some(to_text(&self.message()?)),
        };
        let rest = text
            .as_deref()
            .and_then(|t| unprefix(t).ok())
            .map(str::to_owned);
        let cose = rest.as_deref().and_then(|r| unbase45(r).ok());
        let payload = cose
            .as_ref()
            .and_then(|c| Sign1::parse(c, 7).ok())
            .map(|m| m.payload);
        let claims = payload.as_ref().and_then(|p| cbor::decode(p, 6).ok());
        let picture = |text: &String| Symbol::of(text, Medium::Screen)?.png(PIXELS);
        let png = text.as_ref().map(picture).transpose()?;
        Ok(Vector {
            descr: descr.to_owned(),
            claims: claims.as_ref().map(claims_json),
            cbor: payload.map(hex::encode),
            cose: cose.map(hex::encode),
            base45: rest,
            prefix: text,
            code_png: png.map(|png| base64::engine::general_purpose::STANDARD.encode(png)),
            testctx: self.context()?,
            expected: Expected::default(),
        })
    }

    fn make(
        &self,
        name: &str,
        descr: &str,
        verdict: Verdict,
        code: Option<Code>,
    ) -> Result<Made, MakeError> {
        let mut vector = self.vector(descr)?;
        let (found, _) = outcome(&vector)?;
        let code = code.map_or("", Code::as_str);
        if (found.decision.as_str(), found.code.as_str()) != (verdict.as_str(), code) {
            return Err(MakeError::Unexpected {
                name: name.to_owned(),
                expected: format!("{verdict} {code}"),
                found: format!("{} {}", found.decision, found.code),
            });
        }
        vector.expected = found;
        Ok(Made {
            name: format!("{name}.json"),
            json: serde_json::to_string_pretty(&vector)? + "\n",
        })
    }
}

/// Seconds after the Monday morning of the vectors.
const fn at(seconds: u64) -> Time {
    Time(UnixSec(MONDAY + seconds))
}
