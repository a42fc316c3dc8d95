//! What may be read while two people compare seven pictures: notices in force, and numbers to call.
//!
//! Class 1 is for all to read (trust.md §4), and whoever holds the invitation was given it by somebody who may enrol them. The
//! joiner's screen says that none of it is verified yet: it is what the computer behind the invitation says. Format:
//! docs/formats/invite.md.

use super::notices;
use crate::api::Fault;
use crate::replica::{Now, Replica};
use linli_base::cbor::{self, Value};
use linli_record::RowKind;
use serde_json::json;

/// What the sealed message is, to both sides.
pub(crate) const CONTEXT: &[u8] = b"meanwhile";
/// Notices at most, the newest first.
const NOTICES_MAX: usize = 12;
/// Characters of one text at most; the whole of it comes with the enrolment.
const BODY_MAX: usize = 1_000;
const TITLE_MAX: usize = 120;
/// Numbers at most: many offices have a few each. Characters of each of their texts.
const NUMBERS_MAX: usize = 40;
const NUMBER_TEXT_MAX: usize = 40;

/// A notice as it is shown meanwhile.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Said {
    pub(crate) office: String,
    pub(crate) title: String,
    pub(crate) body: String,
    pub(crate) at_ms: u64,
}

/// What may be read meanwhile.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(crate) struct Meanwhile {
    pub(crate) notices: Vec<Said>,
    /// Office (empty: of the state), name, number.
    pub(crate) numbers: Vec<[String; 3]>,
}

impl Meanwhile {
    /// As this replica has it.
    pub(crate) fn of(replica: &Replica, now: Now) -> Result<Self, Fault> {
        let mut standing = notices::linked(replica)?;
        let over = |at: Option<u64>| at.is_some_and(|at| at <= now.wall.0);
        standing.retain(|n| {
            n.stands()
                && n.retracts.is_none()
                && !over(n.expires_ms)
                && notices::stands_signed(replica, n)
        });
        standing.sort_by_key(|n| (std::cmp::Reverse(n.created_ms), n.id));
        let cut = |text: &str, most: usize| text.chars().take(most).collect::<String>();
        let said = standing.iter().take(NOTICES_MAX).map(|n| Said {
            office: n.author.office_name.clone().unwrap_or_default(),
            title: cut(&n.title, TITLE_MAX),
            body: cut(&n.body, BODY_MAX),
            at_ms: n.created_ms,
        });
        let mut numbers = Vec::new();
        for (_, row) in replica.rows(RowKind::Phones)? {
            let linli_record::Row::Phones(row) = row else {
                continue;
            };
            let office = row.author.office_name.clone().unwrap_or_default();
            let given = row.phones.iter().map(|phone| {
                [office.clone(), phone.label.clone(), phone.number.clone()]
                    .map(|t| cut(&t, NUMBER_TEXT_MAX))
            });
            numbers.extend(given);
        }
        numbers.truncate(NUMBERS_MAX);
        Ok(Self {
            notices: said.collect(),
            numbers,
        })
    }

    /// The bytes, to be sealed.
    pub(crate) fn encode(&self) -> Vec<u8> {
        let notice = |n: &Said| {
            Value::Array(vec![
                Value::text(&n.office),
                Value::text(&n.title),
                Value::text(&n.body),
                Value::Uint(n.at_ms),
            ])
        };
        let number = |n: &[String; 3]| Value::Array(n.iter().map(Value::text).collect());
        Value::map(vec![
            (
                1,
                Some(Value::Array(self.notices.iter().map(notice).collect())),
            ),
            (
                2,
                Some(Value::Array(self.numbers.iter().map(number).collect())),
            ),
        ])
        .encode()
    }

    /// Reads the bytes; `None` for anything else.
    pub(crate) fn decode(bytes: &[u8]) -> Option<Self> {
        let mut f = cbor::Fields::of(cbor::decode(bytes, 4).ok()?).ok()?;
        let (notices, numbers) = (f.list(1).ok()?, f.list(2).ok()?);
        f.finish().ok()?;
        let notice = |value: Value| match <[Value; 4]>::try_from(value.into_list(1).ok()?).ok()? {
            [office, title, body, Value::Uint(at_ms)] => Some(Said {
                office: office.into_text(1).ok()?,
                title: title.into_text(1).ok()?,
                body: body.into_text(1).ok()?,
                at_ms,
            }),
            _ => None,
        };
        let number = |value: Value| {
            let [office, name, number] = <[Value; 3]>::try_from(value.into_list(2).ok()?).ok()?;
            Some([
                office.into_text(2).ok()?,
                name.into_text(2).ok()?,
                number.into_text(2).ok()?,
            ])
        };
        Some(Self {
            notices: notices.into_iter().map(notice).collect::<Option<_>>()?,
            numbers: numbers.into_iter().map(number).collect::<Option<_>>()?,
        })
    }

    /// As programs show it.
    pub(crate) fn json(&self) -> serde_json::Value {
        let notice = |n: &Said| json!({ "office": n.office, "title": n.title, "body": n.body, "at_ms": n.at_ms });
        let number = |[office, name, number]: &[String; 3]| json!({ "office": office, "label": name, "number": number });
        json!({
            "notices": self.notices.iter().map(notice).collect::<Vec<_>>(),
            "numbers": self.numbers.iter().map(number).collect::<Vec<_>>(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_read_meanwhile_is_read_as_written_and_a_cut_one_is_nothing() {
        let said = Meanwhile {
            notices: vec![Said {
                office: "居委会".into(),
                title: "停水".into(),
                body: "周三上午".into(),
                at_ms: 7,
            }],
            numbers: vec![["物业".into(), "值班室".into(), "010-6666 0001".into()]],
        };
        let bytes = said.encode();
        assert_eq!(Meanwhile::decode(&bytes), Some(said.clone()));
        // docs/formats/invite.md, to the byte.
        let mut page = vec![0xa2, 0x01, 0x81, 0x84];
        for (head, text) in [(0x69, "居委会"), (0x66, "停水"), (0x6c, "周三上午")] {
            page.push(head);
            page.extend(text.bytes());
        }
        page.extend([0x07, 0x02, 0x81, 0x83]);
        for (head, text) in [(0x66, "物业"), (0x69, "值班室"), (0x6d, "010-6666 0001")] {
            page.push(head);
            page.extend(text.bytes());
        }
        assert_eq!(bytes, page);
        for cut in 0..bytes.len() {
            assert_eq!(Meanwhile::decode(&bytes[..cut]), None, "{cut}");
        }
        assert_eq!(said.json()["numbers"][0]["number"], "010-6666 0001");
    }

    #[test]
    fn the_longest_there_can_be_fits_into_one_answer() {
        let long = |n: usize| "楼".repeat(n);
        let notice = Said {
            office: long(40),
            title: long(TITLE_MAX),
            body: long(BODY_MAX),
            at_ms: u64::MAX,
        };
        let number = [
            long(NUMBER_TEXT_MAX),
            long(NUMBER_TEXT_MAX),
            long(NUMBER_TEXT_MAX),
        ];
        let most = Meanwhile {
            notices: vec![notice; NOTICES_MAX],
            numbers: vec![number; NUMBERS_MAX],
        };
        let answer = crate::joinproto::JoinSay::Meanwhile(vec![0; most.encode().len() + 40]);
        assert!(
            answer.encode().len() < linli_base::limits::JOIN_BYTES_MAX,
            "{}",
            answer.encode().len()
        );
    }
}
