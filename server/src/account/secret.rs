//! Random values and what is kept of them.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest, Sha256};

/// Random bytes from the operating system.
///
/// Without them no secret can be made, so the process ends rather than go on with a guess.
#[must_use]
pub fn random<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    if let Err(error) = getrandom::fill(&mut bytes) {
        tracing::error!(%error, "the operating system gives no random numbers");
        std::process::abort();
    }
    bytes
}

/// 256 random bits as text for a cookie.
#[must_use]
pub fn token() -> String {
    URL_SAFE_NO_PAD.encode(random::<32>())
}

/// What is stored of a token: whoever reads the database cannot use it.
#[must_use]
pub fn fingerprint(token: &str) -> String {
    hex::encode(Sha256::digest(token.as_bytes()))
}

/// Letters and digits that cannot be mistaken for each other on paper (no 0 O 1 I L).
const LEGIBLE: &[u8; 31] = b"23456789ABCDEFGHJKMNPQRSTUVWXYZ";

/// A random code of `length` legible characters, in groups of four: for one-time codes and for checking certificates.
/// Twelve characters carry 59 bits.
#[must_use]
pub fn legible_code(length: usize) -> String {
    let mut code = String::with_capacity(length + length / 4);
    let mut count = 0;
    while count < length {
        for byte in random::<32>() {
            // 248 = 8 × 31: what lies above would make some letters likelier.
            if byte < 248 && count < length {
                if count > 0 && count % 4 == 0 {
                    code.push('-');
                }
                code.push(LEGIBLE.get(usize::from(byte % 31)).map_or('2', |c| char::from(*c)));
                count += 1;
            }
        }
    }
    code
}

/// A code as somebody typed it: full width, lower case and any dashes are accepted.
#[must_use]
pub fn normal_code(typed: &str) -> String {
    use unicode_normalization::UnicodeNormalization;
    typed.nfkc().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_uppercase()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_reads_the_same_however_it_is_typed() {
        let code = legible_code(12);
        assert_eq!(code.len(), 14, "{code}");
        let typed = code.to_lowercase().replace('-', " ");
        assert_eq!(normal_code(&typed), normal_code(&code));
    }

    #[test]
    fn two_tokens_differ_and_their_fingerprints_do_not_show_them() {
        let (a, b) = (token(), token());
        assert_ne!(a, b);
        assert!(!fingerprint(&a).contains(&a));
    }
}
