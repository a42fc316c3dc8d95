//! The same enrolment as another implementation computed it from the format page alone.

use super::*;
use serde_json::Value;

/// Dice that give prescribed bytes and nothing after.
struct Script(Vec<u8>);

impl Dice for Script {
    fn fill(&mut self, out: &mut [u8]) {
        let rest = self.0.split_off(out.len());
        out.copy_from_slice(&self.0);
        self.0 = rest;
    }
}

fn bytes(v: &Value) -> Vec<u8> {
    hex::decode(v.as_str().unwrap()).unwrap()
}

fn array<const N: usize>(v: &Value) -> [u8; N] {
    bytes(v).try_into().unwrap()
}

fn seven(v: &Value) -> Seven {
    let numbers: Vec<u8> = serde_json::from_value(v.clone()).unwrap();
    Seven::from_numbers(numbers.try_into().unwrap()).unwrap()
}

fn text(v: &Value) -> String {
    v.as_str().unwrap().to_string()
}

#[test]
fn another_implementation_says_the_same_bytes_and_sees_the_same_pictures() {
    let path = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/tests/vectors/sas-foreign.json"
    );
    let v: Value = serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap();
    let seed = |name: &str| [u8::try_from(v["seeds"][name].as_u64().unwrap()).unwrap(); 32];
    let sign = |name: &str| SigningKey::from_seed(&seed(name));
    let community = CommunityId(array(&v["community"]));
    let secret = InviteSecret::from_bytes(&array(&v["secret"]));
    let request = JoinRequest {
        community,
        secret: secret.clone(),
        host_net: Some(sign("host_net").public()),
        keys: JoinKeys {
            sign: sign("joiner_sign").public(),
            net: sign("joiner_net").public(),
            kex: KexSecret::from_bytes(&seed("joiner_kex")).public(),
        },
        name: Private::new(text(&v["name"])),
    };
    let offer = HostOffer {
        community,
        sign: sign("host_sign").public(),
        net: sign("host_net").public(),
        unit: Private::new(text(&v["unit"])),
        role: text(&v["role"]),
        epoch: EpochId(array(&v["epoch"])),
    };
    let mut dice = Script([seed("joiner_eph").to_vec(), bytes(&v["nonce"])].concat());
    let (joiner, commit) = JoinerState::start(request, &mut dice).unwrap();
    assert_eq!(hex::encode(commit.encode()), text(&v["commit"]));
    let mut dice = Script(seed("host_eph").to_vec());
    let (host, keys) = HostState::answer(offer, secret, &commit, &mut dice).unwrap();
    assert_eq!(hex::encode(keys.encode()), text(&v["host"]));
    let (at_joiner, reveal) = joiner.reveal(keys).unwrap();
    assert_eq!(hex::encode(reveal.encode()), text(&v["reveal"]));
    let at_host = host.check(reveal).unwrap();
    assert_eq!(hex::encode(at_host.transcript()), text(&v["transcript"]));
    assert_eq!(at_host.pictures(), seven(&v["pictures"]));
    let confirm = at_joiner.confirm(&sign("joiner_sign"));
    assert_eq!(hex::encode(confirm.encode()), text(&v["confirm"]));
    let sealed = at_host.seal(
        b"enrolled",
        b"certificate",
        &mut Script(bytes(&v["box_nonce"])),
    );
    assert_eq!(hex::encode(sealed), text(&v["box"]));
    assert_eq!(emoji_of(&community), seven(&v["fingerprint"]));
}
