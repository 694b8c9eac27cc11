//! Passwords: what is accepted, how they are kept, how they are checked.
//!
//! Argon2id with the parameters that OWASP names as its minimum (19 MiB, 2 passes, 1 lane). Length over composition, no forced
//! change (NIST SP 800-63B-4). Checking is slow on purpose and takes memory, so only as many run at once as there are processors.

use std::sync::Arc;

use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use argon2::{Algorithm, Argon2, Params, Version};
use tokio::sync::Semaphore;

use super::weakness::{LONGEST, Weakness, Words, weakness};

/// A password that may be kept.
#[derive(Clone)]
pub struct NewPassword(String);

impl std::fmt::Debug for NewPassword {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("NewPassword(…)")
    }
}

impl NewPassword {
    /// Accepts a password of a person who goes by these words.
    ///
    /// # Errors
    /// The first weakness found.
    pub fn parse(typed: &str, words: &Words) -> Result<Self, Weakness> {
        match weakness(typed, words) {
            Some(weakness) => Err(weakness),
            None => Ok(Self(typed.to_owned())),
        }
    }
}

/// Hashes and checks passwords, a few at a time.
#[derive(Clone, Debug)]
pub struct Passwords {
    permits: Arc<Semaphore>,
    /// A hash of nothing in particular: checking it costs an unknown name as much time as a known one.
    dummy: Arc<str>,
}

/// Hashing failed; the cause is in the log.
#[derive(Debug, thiserror::Error)]
#[error("a password could not be hashed")]
pub struct HashFailed;

impl Passwords {
    /// As many at once as the machine has processors.
    ///
    /// # Errors
    /// When the hashing library refuses its parameters.
    pub fn new() -> Result<Self, HashFailed> {
        let cores = std::thread::available_parallelism().map_or(2, usize::from);
        let dummy = hash_now(&super::secret::token())?;
        Ok(Self { permits: Arc::new(Semaphore::new(cores)), dummy: dummy.into() })
    }

    /// The text to keep (PHC string format).
    ///
    /// # Errors
    /// When hashing fails.
    pub async fn hash(&self, password: NewPassword) -> Result<String, HashFailed> {
        self.run(move || hash_now(&password.0)).await?
    }

    /// Whether this is the password. Without a stored hash the same work is done and the answer is no.
    ///
    /// # Errors
    /// When the work could not be done.
    pub async fn matches(&self, typed: &str, stored: Option<&str>) -> Result<bool, HashFailed> {
        let known = stored.is_some();
        let hash = stored.unwrap_or(&self.dummy).to_owned();
        let typed = typed.to_owned();
        let same = self.run(move || typed.len() <= LONGEST && matches_now(&typed, &hash)).await?;
        Ok(same && known)
    }

    async fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, HashFailed> {
        let permit = Arc::clone(&self.permits).acquire_owned().await.map_err(|_| HashFailed)?;
        tokio::task::spawn_blocking(move || {
            let done = work();
            drop(permit);
            done
        })
        .await
        .map_err(|_| HashFailed)
    }
}

fn argon2() -> Argon2<'static> {
    Argon2::new(Algorithm::Argon2id, Version::V0x13, Params::default())
}

fn hash_now(password: &str) -> Result<String, HashFailed> {
    argon2().hash_password(password.as_bytes()).map(|hash| hash.to_string()).map_err(|error| {
        tracing::error!(%error, "a password could not be hashed");
        HashFailed
    })
}

fn matches_now(typed: &str, hash: &str) -> bool {
    argon2::PasswordHash::new(hash)
        .is_ok_and(|hash| argon2().verify_password(typed.as_bytes(), &hash).is_ok())
}

/// Hashes many equal passwords for the demo hospital at once, where the point is not secrecy.
///
/// # Errors
/// When hashing fails.
pub fn demo_hash(password: &str) -> Result<String, HashFailed> {
    hash_now(password)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_password_matches_itself_and_nobody_without_one_gets_in() {
        let passwords = Passwords::new().expect("argon2");
        let hash = passwords
            .hash(NewPassword::parse("correct horse battery", &Words::default()).expect("good"))
            .await
            .expect("hashed");
        assert!(passwords.matches("correct horse battery", Some(&hash)).await.expect("checked"));
        assert!(!passwords.matches("correct horse batterY", Some(&hash)).await.expect("checked"));
        assert!(!passwords.matches("correct horse battery", None).await.expect("checked"));
    }
}
