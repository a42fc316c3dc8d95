//! The fields of a context as they stand in the file: `docs/formats/pass.md` lists them with an example.

use linli_base::UnixSec;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error};
use std::collections::BTreeMap;

/// A byte string of fixed length, as hex.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Hex<const N: usize>(pub [u8; N]);

impl<const N: usize> Serialize for Hex<N> {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.serialize_str(&hex::encode(self.0))
    }
}

impl<'de, const N: usize> Deserialize<'de> for Hex<N> {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        let bytes = HexBytes::deserialize(d)?.0;
        let length = bytes.len();
        let fixed = bytes
            .try_into()
            .map_err(|_| D::Error::custom(format!("{length} bytes instead of {N}")))?;
        Ok(Self(fixed))
    }
}

/// A byte string, as hex.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct HexBytes(pub Vec<u8>);

impl Serialize for HexBytes {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.serialize_str(&hex::encode(&self.0))
    }
}

impl<'de> Deserialize<'de> for HexBytes {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        let text = String::deserialize(d)?;
        hex::decode(&text).map(Self).map_err(D::Error::custom)
    }
}

/// A moment: written as RFC 3339 in UTC, read from RFC 3339 with any offset or from Unix seconds.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Time(pub UnixSec);

impl Serialize for Time {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        let seconds = i64::try_from(self.0.0).ok();
        match seconds.and_then(|n| jiff::Timestamp::from_second(n).ok()) {
            Some(moment) => s.collect_str(&moment),
            None => s.serialize_u64(self.0.0),
        }
    }
}

impl<'de> Deserialize<'de> for Time {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(untagged)]
        enum Written {
            Seconds(u64),
            Text(String),
        }
        match Written::deserialize(d)? {
            Written::Seconds(n) => Ok(Self(UnixSec(n))),
            Written::Text(text) => {
                let moment: jiff::Timestamp = text.parse().map_err(D::Error::custom)?;
                let seconds = u64::try_from(moment.as_second()).map_err(D::Error::custom)?;
                Ok(Self(UnixSec(seconds)))
            }
        }
    }
}

/// Devices and issuing keys.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "SCREAMING_SNAKE_CASE")]
pub struct KeysPart {
    /// Devices the gate has heard of.
    #[serde(default)]
    pub devices: Vec<DevicePart>,
    /// Issuing keys of the newest epoch held.
    #[serde(default)]
    pub issuing: Vec<IssuingPart>,
}

/// A device known by a certificate that counts.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "SCREAMING_SNAKE_CASE")]
pub struct DevicePart {
    /// The certificate's bytes.
    pub cert: HexBytes,
}

/// An issuing key.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "SCREAMING_SNAKE_CASE")]
pub struct IssuingPart {
    /// Public key.
    pub key: Hex<32>,
    /// Buildings it may enrol; empty = all.
    #[serde(default)]
    pub buildings: Vec<String>,
    /// Whether it may enrol offices and gates.
    #[serde(default)]
    pub machines: bool,
    /// How far its authority log is held.
    #[serde(default)]
    pub held_to: u32,
    /// Devices by the sequence number of their enrolment.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub enrols: BTreeMap<u32, Hex<32>>,
    /// Its cut-off.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cut_at: Option<u32>,
}

/// What the charter says.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "SCREAMING_SNAKE_CASE")]
pub struct CharterPart {
    /// The community's id.
    pub community: Hex<32>,
    /// `+08:00`.
    pub offset: String,
    /// Names of gates by number.
    #[serde(default)]
    pub gates: BTreeMap<u8, String>,
    /// Limits that differ from the default.
    #[serde(default)]
    pub limits: LimitsPart,
}

/// Limits of the charter, in seconds; what is left out has its default.
#[derive(Clone, Copy, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "SCREAMING_SNAKE_CASE")]
pub struct LimitsPart {
    /// Longest pass of a person.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub person_pass_s: Option<u64>,
    /// Longest pass of a helper or vehicle.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub standing_pass_s: Option<u64>,
    /// Age of the cancellations allowed for a pass that ends within a day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stale_day_s: Option<u64>,
    /// The same with more than a day left.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stale_week_s: Option<u64>,
    /// The same with more than seven days left.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stale_long_s: Option<u64>,
}

/// The clock.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "SCREAMING_SNAKE_CASE")]
pub struct ClockPart {
    /// What the own clock says.
    pub now: Time,
    /// `GOOD`, `DRIFT`, `BEHIND`, `LOST`.
    pub state: String,
    /// No true time lies below it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub floor: Option<Time>,
    /// Cancellations as of; left out = never heard.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub news: Option<Time>,
}

/// The gate.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "SCREAMING_SNAKE_CASE")]
pub struct GatePart {
    /// Its number.
    pub number: u8,
    /// Its device.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub device: Option<Hex<32>>,
    /// When this device took the number over from another.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub took_over: Option<Time>,
    /// A use handed over by the home gate.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub transfer: Option<TransferPart>,
    /// Scans decided before, in order of time.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub before: Vec<BeforePart>,
    /// The scan.
    #[serde(default)]
    pub scan: ScanPart,
}

/// A use handed over.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "SCREAMING_SNAKE_CASE")]
pub struct TransferPart {
    /// Of this pass.
    pub cti: Hex<12>,
    /// Which entry, from 1.
    pub entry: u32,
}

/// An earlier scan: like the scan itself but for what is said here.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "SCREAMING_SNAKE_CASE")]
pub struct BeforePart {
    /// When.
    pub at: Time,
    /// What was different.
    #[serde(default)]
    pub scan: ScanPart,
}

/// What comes in front of the gate; without TEXT, PLATE, CODE, UNIT and NAME it is the vector's pass.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "SCREAMING_SNAKE_CASE")]
pub struct ScanPart {
    /// Text of a code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// A plate.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub plate: Option<String>,
    /// Whether the plate was read without doubt (default true).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sure: Option<bool>,
    /// A short code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// Where somebody without a pass wants to go.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
    /// What somebody without a pass is called.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// `foot` or `vehicle`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lane: Option<String>,
    /// People besides the holder.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub companions: Option<u8>,
    /// PIN typed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pin: Option<String>,
    /// Plate seen beside the code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub plate_seen: Option<String>,
}

/// What the logs say.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default, rename_all = "SCREAMING_SNAKE_CASE")]
pub struct LedgerPart {
    /// Grants heard.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub grants: Vec<GrantPart>,
    /// Uses.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub uses: Vec<UsePart>,
    /// Spent counts carried into a month.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub carried: Vec<CarriedPart>,
    /// Cars inside, and since when.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub inside: BTreeMap<String, Time>,
    /// Open holds.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub holds: Vec<ActPart>,
    /// Revocations.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub revoked: Vec<ActPart>,
    /// Principals that are gone.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub retired: Vec<Hex<16>>,
    /// Cancels.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub cancels: Vec<CancelPart>,
    /// "Cancel all".
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub cancel_all: Vec<CancelAllPart>,
    /// Refusal lists.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub refusals: Vec<RefusalPart>,
    /// Whether the gate log can be written.
    pub writable: bool,
}

impl Default for LedgerPart {
    fn default() -> Self {
        Self {
            grants: vec![],
            uses: vec![],
            carried: vec![],
            inside: BTreeMap::new(),
            holds: vec![],
            revoked: vec![],
            retired: vec![],
            cancels: vec![],
            cancel_all: vec![],
            refusals: vec![],
            writable: true,
        }
    }
}

/// A grant from the log.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "SCREAMING_SNAKE_CASE")]
pub struct GrantPart {
    /// The claims, as CBOR.
    pub claims: HexBytes,
    /// The device whose log it is in.
    pub device: Hex<32>,
    /// Period of the lane.
    #[serde(default)]
    pub period: u32,
    /// Sequence number.
    pub seq: u32,
    /// A resident's car, from the register.
    #[serde(default)]
    pub resident: bool,
}

/// A use.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "SCREAMING_SNAKE_CASE")]
pub struct UsePart {
    /// Of this pass.
    pub cti: Hex<12>,
    /// When.
    pub at: Time,
    /// Where.
    pub gate: u8,
    /// The gate's device.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub device: Option<Hex<32>>,
    /// Month of the gate log.
    #[serde(default)]
    pub period: u32,
    /// Sequence number there.
    pub seq: u32,
}

/// A spent count carried into a month.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "SCREAMING_SNAKE_CASE")]
pub struct CarriedPart {
    /// Of this pass.
    pub cti: Hex<12>,
    /// The gate's device.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub device: Option<Hex<32>>,
    /// The month that opens with it.
    pub period: u32,
    /// Uses before.
    pub spent: u32,
}

/// A hold or a revocation.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "SCREAMING_SNAKE_CASE")]
pub struct ActPart {
    /// The device it is about, or
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub device: Option<Hex<32>>,
    /// the principal.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub principal: Option<Hex<16>>,
    /// Where the logs of the pass lane end.
    #[serde(default)]
    pub heads: Vec<HeadPart>,
}

/// Where one log ends.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "SCREAMING_SNAKE_CASE")]
pub struct HeadPart {
    /// The device whose log it is.
    pub device: Hex<32>,
    /// Period of the lane.
    #[serde(default)]
    pub period: u32,
    /// Last sequence number.
    pub seq: u32,
}

/// A cancel.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "SCREAMING_SNAKE_CASE")]
pub struct CancelPart {
    /// Of this pass.
    pub cti: Hex<12>,
    /// Whose device cancelled.
    pub by: Hex<16>,
    /// An officer with role `gate`.
    #[serde(default)]
    pub officer: bool,
    /// When.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<Time>,
}

/// "Cancel all".
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "SCREAMING_SNAKE_CASE")]
pub struct CancelAllPart {
    /// Of this principal.
    pub by: Hex<16>,
    /// What was issued before.
    pub before: Time,
}

/// An entry of a refusal list.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "SCREAMING_SNAKE_CASE")]
pub struct RefusalPart {
    /// The unit that refuses; left out = the estate.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
    /// A plate.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub plate: Option<String>,
    /// A name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
}
