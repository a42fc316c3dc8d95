//! Sealing: that it opens for its reader in its place, and for nobody and nowhere else.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "tests"
)]

use super::*;
use proptest::prelude::*;
use std::collections::BTreeMap;

const COMMUNITY: CommunityId = CommunityId([0xC0; 32]);

/// Dice that count, so that every draw is different and every run the same.
struct Counting(u64);

impl Dice for Counting {
    fn fill(&mut self, out: &mut [u8]) {
        for byte in out {
            self.0 = self
                .0
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1);
            *byte = (self.0 >> 56) as u8;
        }
    }
}

/// Dice that give a prescribed draw.
struct Fixed(Vec<u8>);

impl Dice for Fixed {
    fn fill(&mut self, out: &mut [u8]) {
        out.copy_from_slice(&self.0);
    }
}

struct Ring(BTreeMap<KeyId, KexSecret>);

impl Ring {
    fn of(secrets: &[&KexSecret]) -> Self {
        let pairs = secrets
            .iter()
            .map(|&s| (s.public().id(&COMMUNITY), s.clone()));
        Self(pairs.collect())
    }

    fn find<'k>(&'k self) -> impl Fn(&KeyId) -> Option<&'k KexSecret> {
        |id| self.0.get(id)
    }
}

fn secret(seed: u64) -> KexSecret {
    KexSecret::generate(&mut Counting(seed))
}

fn vectors(name: &str) -> serde_json::Value {
    let path = format!("{}/tests/vectors/{name}", env!("CARGO_MANIFEST_DIR"));
    serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap()
}

fn unhex(value: &serde_json::Value) -> Vec<u8> {
    hex::decode(value.as_str().unwrap()).unwrap()
}

fn unhex_n<const N: usize>(value: &serde_json::Value) -> [u8; N] {
    unhex(value).try_into().unwrap()
}

#[test]
fn a_payload_opens_for_the_holder_of_the_key_and_has_the_promised_length() {
    let scope = secret(1);
    let body = "陈师傅修好了三单元的门禁".as_bytes();
    let sealed = seal_payload(
        &scope.public(),
        &COMMUNITY,
        &[7; 136],
        [9; 16],
        body,
        &mut Counting(2),
    );
    assert_eq!(sealed.len(), body.len() + SEAL_OVERHEAD);
    assert_eq!(sealed_to(&sealed), Some(scope.public().id(&COMMUNITY)));
    let ring = Ring::of(&[&secret(5), &scope]);
    assert_eq!(
        open_payload(ring.find(), &COMMUNITY, &[7; 136], &sealed).unwrap(),
        body
    );
}

#[test]
fn an_empty_body_is_sealed_too() {
    let scope = secret(1);
    let sealed = seal_payload(
        &scope.public(),
        &COMMUNITY,
        &[],
        [0; 16],
        &[],
        &mut Counting(2),
    );
    assert_eq!(sealed.len(), SEAL_OVERHEAD);
    let ring = Ring::of(&[&scope]);
    assert_eq!(
        open_payload(ring.find(), &COMMUNITY, &[], &sealed),
        Ok(vec![])
    );
}

#[test]
fn a_payload_moved_to_another_entry_community_or_key_stays_closed() {
    let (scope, other) = (secret(1), secret(2));
    let sealed = seal_payload(
        &scope.public(),
        &COMMUNITY,
        &[7; 136],
        [9; 16],
        b"x",
        &mut Counting(3),
    );
    let ring = Ring::of(&[&scope, &other]);
    let open = |community: &CommunityId, bound: &[u8], carried: &[u8]| {
        open_payload(ring.find(), community, bound, carried)
    };
    assert_eq!(open(&COMMUNITY, &[8; 136], &sealed), Err(OpenError::Broken));
    assert_eq!(
        open(&CommunityId([1; 32]), &[7; 136], &sealed),
        Err(OpenError::Broken)
    );
    let mut to_other = sealed.clone();
    to_other[..16].copy_from_slice(&other.public().id(&COMMUNITY).0);
    assert_eq!(
        open(&COMMUNITY, &[7; 136], &to_other),
        Err(OpenError::Broken)
    );
    let nobody = Ring::of(&[&other]);
    assert_eq!(
        open_payload(nobody.find(), &COMMUNITY, &[7; 136], &sealed),
        Err(OpenError::NoKey(scope.public().id(&COMMUNITY)))
    );
}

#[test]
fn every_changed_bit_and_every_cut_is_noticed() {
    let scope = secret(1);
    let ring = Ring::of(&[&scope]);
    let sealed = seal_payload(
        &scope.public(),
        &COMMUNITY,
        &[7; 136],
        [9; 16],
        b"body",
        &mut Counting(3),
    );
    for at in 0..sealed.len() * 8 {
        let mut bad = sealed.clone();
        bad[at / 8] ^= 1 << (at % 8);
        match open_payload(ring.find(), &COMMUNITY, &[7; 136], &bad) {
            Err(OpenError::NoKey(_)) if at / 8 < 16 => {}
            // RFC 7748 has X25519 ignore the top bit; HPKE hashes the bytes as sent, so it is noticed.
            Err(OpenError::Broken) if at / 8 >= 16 => {}
            other => panic!("bit {at}: {other:?}"),
        }
    }
    for len in 0..sealed.len() {
        let got = open_payload(ring.find(), &COMMUNITY, &[7; 136], &sealed[..len]);
        let want = if len < SEAL_OVERHEAD {
            OpenError::Short
        } else {
            OpenError::Broken
        };
        assert_eq!(got, Err(want), "length {len}");
    }
}

#[test]
fn keys_of_small_order_and_second_spellings_are_refused() {
    let mut one = [0; 32];
    one[0] = 1;
    let order_eight: [u8; 32] =
        unhex_n(&"e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800".into());
    let order_eight_too: [u8; 32] =
        unhex_n(&"5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157".into());
    let mut prime = [0xff; 32];
    (prime[0], prime[31]) = (0xed, 0x7f);
    let mut below = prime;
    below[0] = 0xec;
    for key in [[0; 32], one, order_eight, order_eight_too, below] {
        assert_eq!(
            KexPublic::from_bytes(key),
            Err(WeakKey::SmallOrder),
            "{}",
            hex::encode(key)
        );
    }
    let mut above = prime;
    above[0] = 0xee;
    let mut high_bit = secret(1).public().to_bytes();
    high_bit[31] |= 0x80;
    for key in [prime, above, [0xff; 32], high_bit] {
        assert_eq!(
            KexPublic::from_bytes(key),
            Err(WeakKey::NotCanonical),
            "{}",
            hex::encode(key)
        );
    }
    let good = secret(1).public();
    assert_eq!(KexPublic::from_bytes(good.to_bytes()), Ok(good));
}

#[test]
fn an_encapsulated_key_of_small_order_is_a_broken_seal() {
    let scope = secret(1);
    let mut sealed = seal_payload(
        &scope.public(),
        &COMMUNITY,
        &[],
        [0; 16],
        b"x",
        &mut Counting(2),
    );
    sealed[16..48].fill(0);
    let ring = Ring::of(&[&scope]);
    assert_eq!(
        open_payload(ring.find(), &COMMUNITY, &[], &sealed),
        Err(OpenError::Broken)
    );
}

#[test]
fn a_scope_key_unwraps_for_its_reader_and_its_scope_alone() {
    let (device, scope_key, other) = (secret(1), secret(2), secret(3));
    let scope = ScopeId([4; 16]);
    let wrapped = wrap_key(
        &device.public(),
        &COMMUNITY,
        &scope,
        &scope_key,
        &mut Counting(9),
    );
    assert_eq!(wrapped.len(), WRAPPED_LEN);
    let public = scope_key.public();
    let unwrap = |who: &KexSecret, scope: &ScopeId, public: &KexPublic, bytes: &[u8]| {
        unwrap_key(who, &COMMUNITY, scope, public, bytes)
    };
    assert_eq!(unwrap(&device, &scope, &public, &wrapped), Ok(scope_key));
    assert_eq!(
        unwrap(&other, &scope, &public, &wrapped),
        Err(OpenError::Broken)
    );
    assert_eq!(
        unwrap(&device, &ScopeId([5; 16]), &public, &wrapped),
        Err(OpenError::Broken)
    );
    assert_eq!(
        unwrap(&device, &scope, &other.public(), &wrapped),
        Err(OpenError::Broken)
    );
    assert_eq!(
        unwrap(&device, &scope, &public, &wrapped[1..]),
        Err(OpenError::Short)
    );
}

#[test]
fn a_keyset_that_wraps_another_secret_than_it_publishes_is_refused() {
    // An honest `wrap_key` cannot make this: the wrapping is bound to one public half, the content is another's.
    let (device, published, inside) = (secret(1), secret(2), secret(3));
    let scope = ScopeId([4; 16]);
    let mut wrapped = Vec::new();
    base::seal_into(
        &mut wrapped,
        &device.public(),
        &info(INFO_WRAP, &COMMUNITY),
        &aad(&COMMUNITY, &[&scope.0, published.public().as_bytes()]),
        &[inside.to_bytes().as_slice()],
        &mut Counting(1),
    );
    assert_eq!(
        unwrap_key(&device, &COMMUNITY, &scope, &published.public(), &wrapped),
        Err(OpenError::Broken)
    );
}

#[test]
fn a_letter_opens_in_its_context_and_never_as_a_payload() {
    let office = secret(1);
    let ring = Ring::of(&[&office]);
    let letter = seal_to(
        &office.public(),
        &COMMUNITY,
        b"erased",
        b"done",
        &mut Counting(2),
    );
    assert_eq!(letter.len(), 4 + LETTER_OVERHEAD);
    assert_eq!(
        open(ring.find(), &COMMUNITY, b"erased", &letter)
            .unwrap()
            .as_slice(),
        b"done"
    );
    assert_eq!(
        open(ring.find(), &COMMUNITY, b"receipt", &letter),
        Err(OpenError::Broken)
    );
    assert_eq!(
        open(ring.find(), &COMMUNITY, b"erased", &letter[..63]),
        Err(OpenError::Short)
    );
    let long = seal_to(
        &office.public(),
        &COMMUNITY,
        b"h",
        &[1; 64],
        &mut Counting(2),
    );
    assert_eq!(
        open_payload(ring.find(), &COMMUNITY, b"h", &long),
        Err(OpenError::Broken)
    );
}

#[test]
fn secrets_print_as_dots() {
    let secret = secret(1);
    let shown = format!("{secret:?}");
    assert!(shown.starts_with("KexSecret(••• of x:"), "{shown}");
    assert!(!shown.contains(&hex::encode(secret.to_bytes().as_slice())[..8]));
}

#[test]
fn a_plain_payload_is_salt_and_body() {
    assert_eq!(plain_payload([1; 16], b"ab").len(), 18);
    assert_eq!(
        plain_body(&plain_payload([1; 16], b"ab")),
        Some(b"ab".as_slice())
    );
    assert_eq!(plain_body(&[0; 15]), None);
}

#[test]
fn the_vector_of_rfc_9180_appendix_a_2_1_comes_out() {
    let v = &vectors("rfc9180-a2.json")["base"];
    let to = KexPublic::from_bytes(unhex_n(&v["pkRm"])).unwrap();
    let (info, aad, pt) = (unhex(&v["info"]), unhex(&v["aad"]), unhex(&v["pt"]));
    let mut sealed = Vec::new();
    base::seal_into(
        &mut sealed,
        &to,
        &info,
        &aad,
        &[&pt],
        &mut Fixed(unhex(&v["ikmE"])),
    );
    let want = [unhex(&v["enc"]), unhex(&v["ct"])].concat();
    assert_eq!(hex::encode(&sealed), hex::encode(&want));
    let mine = KexSecret::from_bytes(&unhex_n(&v["skRm"]));
    assert_eq!(mine.public(), to);
    assert_eq!(
        base::open(&mine, &info, &aad, &sealed).unwrap().as_slice(),
        pt
    );
}

#[test]
fn what_another_implementation_sealed_by_the_format_page_opens_here() {
    let v = vectors("seal-foreign.json");
    let community = CommunityId(unhex_n(&v["community"]));
    let mine = KexSecret::from_bytes(&unhex_n(&v["secret"]));
    let find = |id: &KeyId| (*id == mine.public().id(&community)).then_some(&mine);
    assert_eq!(mine.public().to_bytes().as_slice(), unhex(&v["public"]));
    assert_eq!(
        mine.public().id(&community).0.as_slice(),
        unhex(&v["key_id"])
    );

    let p = &v["payload"];
    let body = open_payload(find, &community, &unhex(&p["bound"]), &unhex(&p["carried"]));
    assert_eq!(body.unwrap(), unhex(&p["body"]));

    let w = &v["wrapped"];
    let public = KexPublic::from_bytes(unhex_n(&w["published"])).unwrap();
    let scope = ScopeId(unhex_n(&w["scope"]));
    let unwrapped = unwrap_key(&mine, &community, &scope, &public, &unhex(&w["bytes"])).unwrap();
    assert_eq!(unwrapped.to_bytes().as_slice(), unhex(&w["scope_secret"]));

    let l = &v["letter"];
    let plain = open(find, &community, &unhex(&l["context"]), &unhex(&l["bytes"])).unwrap();
    assert_eq!(plain.as_slice(), unhex(&l["plain"]));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn any_body_comes_back(seed: u64, body in proptest::collection::vec(any::<u8>(), 0..600), bound: [u8; 17]) {
        let scope = secret(seed);
        let sealed =
            seal_payload(&scope.public(), &COMMUNITY, &bound, [3; 16], &body, &mut Counting(seed ^ 1));
        let ring = Ring::of(&[&scope]);
        prop_assert_eq!(open_payload(ring.find(), &COMMUNITY, &bound, &sealed).unwrap(), body);
    }

    #[test]
    fn any_bytes_are_refused_without_panic(carried in proptest::collection::vec(any::<u8>(), 0..300)) {
        let scope = secret(1);
        let anyone = |_: &KeyId| Some(&scope);
        prop_assert!(open_payload(anyone, &COMMUNITY, &[], &carried).is_err());
        prop_assert!(open(anyone, &COMMUNITY, &[], &carried).is_err());
        prop_assert!(unwrap_key(&scope, &COMMUNITY, &ScopeId::ZERO, &scope.public(), &carried).is_err());
    }
}
