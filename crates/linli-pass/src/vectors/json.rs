//! Claims as JSON, for people: what a vector shows beside the bytes that count.

use linli_base::cbor::Value;

/// A CBOR value as JSON: integer keys as text, byte strings as hex, tags left out.
#[must_use]
pub fn claims_json(value: &Value) -> serde_json::Value {
    match value {
        Value::Uint(n) => (*n).into(),
        Value::Nint(n) => {
            i64::try_from(*n).map_or_else(|_| format!("-1-{n}").into(), |n| (!n).into())
        }
        Value::Bytes(bytes) => hex::encode(bytes).into(),
        Value::Text(text) => text.clone().into(),
        Value::Array(items) => items.iter().map(claims_json).collect(),
        Value::Map(pairs) => {
            let pairs = pairs.iter().map(|(k, v)| (key(k), claims_json(v)));
            serde_json::Value::Object(pairs.collect())
        }
        Value::Tag(_, inner) => claims_json(inner),
        Value::Bool(b) => (*b).into(),
        Value::Null => serde_json::Value::Null,
    }
}

fn key(value: &Value) -> String {
    match claims_json(value) {
        serde_json::Value::String(text) => text,
        other => other.to_string(),
    }
}
