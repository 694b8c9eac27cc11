//! The short token in the access cookie: a JWT that names a session. The session's row decides what it is worth.

use chrono::{DateTime, TimeDelta, Utc};
use hmac::{Hmac, KeyInit, Mac};
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation};
use serde::{Deserialize, Serialize};
use sha2::Sha256;

use super::secret;
use crate::id::{SessionId, StaffId};

/// Minutes for which an access token is taken without asking for the refresh token.
pub const ACCESS_MINUTES: i64 = 10;

const KIND: &str = "at+jwt";
const AUDIENCE: &str = "kokoroe";

/// The keys that this installation made for itself at its first start.
#[derive(Clone)]
pub struct Keys {
    encode: EncodingKey,
    decode: DecodingKey,
    refresh: [u8; 32],
    unnamed: [u8; 32],
    issuer: String,
}

impl std::fmt::Debug for Keys {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Keys(…)")
    }
}

#[derive(Serialize, Deserialize)]
struct Claims {
    iss: String,
    aud: String,
    sub: String,
    sid: String,
    iat: i64,
    nbf: i64,
    exp: i64,
    jti: String,
}

impl Keys {
    /// Keys from the 32 random bytes of the data folder. A token of one kind can never serve as another: each purpose has a key
    /// of its own, derived from them.
    #[must_use]
    pub fn new(seed: &[u8; 32], issuer: &str) -> Self {
        let access = derive(seed, b"access token");
        Self {
            encode: EncodingKey::from_secret(&access),
            decode: DecodingKey::from_secret(&access),
            refresh: derive(seed, b"refresh token"),
            unnamed: derive(seed, b"mark without a name"),
            issuer: issuer.to_owned(),
        }
    }

    /// A token for a session, good for [`ACCESS_MINUTES`].
    ///
    /// # Errors
    /// When the library cannot sign.
    pub fn issue(
        &self,
        session: &SessionId,
        staff: &StaffId,
        now: DateTime<Utc>,
    ) -> Result<String, jsonwebtoken::errors::Error> {
        let claims = Claims {
            iss: self.issuer.clone(),
            aud: AUDIENCE.into(),
            sub: staff.to_string(),
            sid: session.to_string(),
            iat: now.timestamp(),
            nbf: now.timestamp(),
            exp: (now + TimeDelta::minutes(ACCESS_MINUTES)).timestamp(),
            jti: hex::encode(secret::random::<16>()),
        };
        let header = Header { typ: Some(KIND.into()), ..Header::new(Algorithm::HS256) };
        jsonwebtoken::encode(&header, &claims, &self.encode)
    }

    /// The session that a token names: `None` unless the signature, the kind, issuer, audience and times are right.
    #[must_use]
    pub fn session(&self, token: &str, now: DateTime<Utc>) -> Option<(SessionId, StaffId)> {
        let mut validation = Validation::new(Algorithm::HS256);
        validation.set_required_spec_claims(&["exp", "nbf", "iss", "aud", "sub"]);
        validation.set_issuer(&[&self.issuer]);
        validation.set_audience(&[AUDIENCE]);
        // The library would ask the machine for the time; ours comes from the clock.
        validation.validate_exp = false;
        validation.validate_nbf = false;
        let token = jsonwebtoken::decode::<Claims>(token, &self.decode, &validation).ok()?;
        let claims = token.claims;
        let leeway = 5;
        let in_time = claims.nbf - leeway <= now.timestamp() && now.timestamp() < claims.exp;
        let kind = token.header.typ.as_deref() == Some(KIND);
        (in_time && kind).then_some(())?;
        Some((SessionId::parse(&claims.sid)?, StaffId::parse(&claims.sub)?))
    }

    /// A mark by which this server knows that the same person did the same thing, and which tells nobody who it was: without the key,
    /// which is not in the database, it cannot be made for a person whom one suspects.
    #[must_use]
    pub fn mark(&self, staff: &StaffId, thing: &str) -> String {
        hex::encode(derive(&self.unnamed, format!("{staff} {thing}").as_bytes()))
    }

    /// The one successor of a refresh token. Two tabs that present the same parent get the same child.
    #[must_use]
    pub fn successor(&self, parent: &str) -> String {
        use base64::Engine as _;
        base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(derive(&self.refresh, parent.as_bytes()))
    }
}

fn derive(key: &[u8; 32], purpose: &[u8]) -> [u8; 32] {
    // HMAC takes a key of any length, so this cannot fail.
    Hmac::<Sha256>::new_from_slice(key).map_or([0; 32], |mut mac| {
        mac.update(purpose);
        mac.finalize().into_bytes().into()
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::Clock;

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().expect("an instant")
    }

    #[test]
    fn a_token_is_good_for_ten_minutes_here_and_nowhere_else() {
        let clock = Clock::standing_at(at("2026-10-01T00:00:00Z"));
        let keys = Keys::new(&[7; 32], "https://a.example");
        let (session, staff) = (SessionId::new(&clock), StaffId::new(&clock));
        let token = keys.issue(&session, &staff, clock.now()).expect("signed");
        assert_eq!(keys.session(&token, clock.now()), Some((session, staff)));
        assert_eq!(keys.session(&token, at("2026-10-01T00:10:00Z")), None, "expired");
        assert_eq!(keys.session(&token, at("2026-09-30T23:59:00Z")), None, "not yet");
        assert_eq!(
            Keys::new(&[7; 32], "https://b.example").session(&token, clock.now()),
            None,
            "another issuer"
        );
        assert_eq!(
            Keys::new(&[8; 32], "https://a.example").session(&token, clock.now()),
            None,
            "another installation"
        );
        assert_eq!(keys.session(&format!("{token}x"), clock.now()), None, "altered");
    }

    #[test]
    fn a_token_of_another_kind_is_refused() {
        let clock = Clock::standing_at(at("2026-10-01T00:00:00Z"));
        let keys = Keys::new(&[7; 32], "https://a.example");
        let claims = serde_json::json!({"iss": "https://a.example", "aud": AUDIENCE, "sub": StaffId::new(&clock), "sid": SessionId::new(&clock),
            "iat": clock.now().timestamp(), "nbf": clock.now().timestamp(), "exp": clock.now().timestamp() + 600, "jti": "x"});
        let token =
            jsonwebtoken::encode(&Header::new(Algorithm::HS256), &claims, &keys.encode).expect("signed");
        assert_eq!(keys.session(&token, clock.now()), None, "typ is JWT, not at+jwt");
    }
}
