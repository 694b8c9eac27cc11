//! The check of a certificate's proof, for a browser: the same code as on the server, with nothing but texts going in and out.

use kokoroe_evidence::KeyBook;
use kokoroe_evidence::certificate::check;
use serde_json::json;
use wasm_bindgen::prelude::wasm_bindgen;

/// Checks a proof against a verifier key, or the book of the keys that a hospital has had. JSON: what is proven (`number`, `name`, `at`, `log`, `leaf`, `size`), or in `fault` why nothing is
/// (`form`, `key`, `place`, `name`).
#[wasm_bindgen]
#[must_use]
pub fn check_proof(text: &str, keys: &str) -> String {
    let Ok(keys) = KeyBook::parse(keys) else { return json!({ "fault": "key" }).to_string() };
    match check(text, &keys) {
        Ok(proven) => json!({
            "number": proven.number, "name": proven.name, "at": proven.at, "log": proven.signed.origin,
            "leaf": proven.leaf, "size": proven.signed.size,
        }),
        Err(error) => json!({ "fault": error.code() }),
    }
    .to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_proof_is_told_in_a_word() {
        let key = kokoroe_evidence::SigningKey::from_seed("kokoroe-1a2b", &[1; 32]).expect("a key");
        let vkey = key.verifying_key().to_string();
        assert_eq!(check_proof("a letter", &vkey), r#"{"fault":"form"}"#);
        assert_eq!(check_proof("a letter", "no key"), r#"{"fault":"key"}"#);
    }
}
