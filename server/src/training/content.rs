//! The content of this release, and every content that was ever shown.

use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};

use kokoroe_courses::{Catalogue, Content as ModuleContent, Module, Policy, Sources, Test};
use serde_json::json;

use super::policy::Pinned;
use super::store;
use crate::audit::{Entry, Kind, Ledger, append, hold};
use crate::clock::Clock;
use crate::db::{Conn, DbError, Tx};

/// The catalogue of this release, the hashes of its parts, and older parts as they are asked for.
#[derive(Debug)]
pub struct Content {
    /// What is taught now.
    pub catalogue: Catalogue,
    modules: HashMap<String, (String, Arc<Module>)>,
    policy: (String, Arc<Policy>),
    /// The policy in force when it was last asked for.
    present: RwLock<Pinned>,
    older: RwLock<HashMap<String, Arc<Module>>>,
    older_policies: RwLock<HashMap<String, Arc<Policy>>>,
}

/// The catalogue inside the program, read once for the tests of a process.
#[cfg(test)]
pub(crate) static EMBEDDED: std::sync::LazyLock<Catalogue> =
    std::sync::LazyLock::new(|| Catalogue::embedded().expect("a catalogue"));

impl Content {
    /// Reads the embedded catalogue.
    ///
    /// # Errors
    /// With every fault of the catalogue, one a line.
    pub fn embedded() -> Result<Self, String> {
        Self::read(&Sources::embedded())
    }

    /// Reads a catalogue.
    ///
    /// # Errors
    /// With every fault of the catalogue, one a line.
    pub fn read(sources: &Sources) -> Result<Self, String> {
        let catalogue = Catalogue::read(sources)
            .map_err(|faults| faults.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))?;
        Ok(Self::of(catalogue))
    }

    /// A catalogue that was read.
    #[must_use]
    pub fn of(catalogue: Catalogue) -> Self {
        let modules = catalogue
            .modules
            .iter()
            .map(|module| (module.id.clone(), (module.revision(), Arc::new(module.clone()))))
            .collect();
        let policy = (catalogue.policy.revision(), Arc::new(catalogue.policy.clone()));
        let present = RwLock::new(Pinned { hash: policy.0.clone(), policy: Arc::clone(&policy.1) });
        let (older, older_policies) = (RwLock::default(), RwLock::default());
        Self { catalogue, modules, policy, present, older, older_policies }
    }

    /// The present revision of a module.
    #[must_use]
    pub fn module(&self, id: &str) -> Option<(&str, &Arc<Module>)> {
        self.modules.get(id).map(|(hash, module)| (hash.as_str(), module))
    }

    /// The final test of the present course, with the hash of its text.
    #[must_use]
    pub fn final_test(&self) -> Option<(&str, &Module, &Test)> {
        self.catalogue.course.modules.iter().find_map(|id| {
            let (hash, module) = self.module(id)?;
            match &module.content {
                ModuleContent::Test(test) => Some((hash, module.as_ref(), test)),
                ModuleContent::Lesson(_) => None,
            }
        })
    }

    /// The policy in force when it was last asked for by [`crate::policies::in_force`]: for the names of clauses, which stand on many pages.
    /// Until then the one of this release.
    #[must_use]
    pub fn present(&self) -> Pinned {
        self.present.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Remembers which policy is in force.
    pub(crate) fn remember(&self, policy: &Pinned) {
        let known = self.present.read().unwrap_or_else(PoisonError::into_inner).hash == policy.hash;
        if !known {
            *self.present.write().unwrap_or_else(PoisonError::into_inner) = policy.clone();
        }
    }

    /// The policy that this release brings, and its hash. It need not be the one in force.
    #[must_use]
    pub fn policy(&self) -> (&str, &Arc<Policy>) {
        (&self.policy.0, &self.policy.1)
    }

    /// A module as it was when its text had this hash.
    ///
    /// # Errors
    /// When the database fails or the stored text is not a module.
    pub async fn pinned(&self, conn: &mut Conn, hash: &str) -> Result<Option<Arc<Module>>, DbError> {
        if let Some((_, module)) = self.modules.values().find(|(present, _)| present == hash) {
            return Ok(Some(Arc::clone(module)));
        }
        if let Some(module) = self.older.read().unwrap_or_else(PoisonError::into_inner).get(hash) {
            return Ok(Some(Arc::clone(module)));
        }
        let Some(body) = store::revision_body(conn, hash).await? else { return Ok(None) };
        let module =
            Module::from_canonical(&body).map_err(|error| DbError::Inconsistent(error.to_string()))?;
        let module = Arc::new(module);
        self.older
            .write()
            .unwrap_or_else(PoisonError::into_inner)
            .insert(hash.to_owned(), Arc::clone(&module));
        Ok(Some(module))
    }

    /// A policy as it was when its text had this hash.
    ///
    /// # Errors
    /// When the database fails or the stored text is not a policy.
    pub async fn pinned_policy(&self, conn: &mut Conn, hash: &str) -> Result<Option<Arc<Policy>>, DbError> {
        if self.policy.0 == hash {
            return Ok(Some(Arc::clone(&self.policy.1)));
        }
        if let Some(policy) = self.older_policies.read().unwrap_or_else(PoisonError::into_inner).get(hash) {
            return Ok(Some(Arc::clone(policy)));
        }
        let Some(body) = store::revision_body(conn, hash).await? else { return Ok(None) };
        let policy =
            Policy::from_canonical(&body).map_err(|error| DbError::Inconsistent(error.to_string()))?;
        let policy = Arc::new(policy);
        self.older_policies
            .write()
            .unwrap_or_else(PoisonError::into_inner)
            .insert(hash.to_owned(), Arc::clone(&policy));
        Ok(Some(policy))
    }

    /// Keeps every part of this release that the records have not seen yet, so that an attempt can name it for ever.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn publish(&self, tx: &mut Tx, ledger: &Ledger, clock: &Clock) -> Result<(), DbError> {
        for module in &self.catalogue.modules {
            if let Some((hash, _)) = self.module(&module.id) {
                publish_one(tx, ledger, clock, "module", &module.id, hash, || module.canonical()).await?;
            }
        }
        let (hash, policy) = self.policy();
        // Where the hospital has published a version of its own, a text of a newer release comes into force only if somebody there makes
        // it theirs.
        if store::versions(tx, &policy.id).await?.iter().any(|version| version.effective_at.is_some()) {
            return Ok(());
        }
        publish_one(tx, ledger, clock, "policy", &policy.id, hash, || policy.canonical()).await
    }
}

pub(crate) async fn publish_one(
    tx: &mut Tx,
    ledger: &Ledger,
    clock: &Clock,
    kind: &'static str,
    id: &str,
    hash: &str,
    body: impl FnOnce() -> String + Send,
) -> Result<(), DbError> {
    if store::revision_body(tx, hash).await?.is_some() {
        return Ok(());
    }
    let now = hold(tx, ledger, clock).await?;
    let leaf_kind = if kind == "policy" { Kind::POLICY_PUBLISH } else { Kind::COURSE_PUBLISH };
    let entry = Entry {
        kind: leaf_kind,
        at: now,
        actor: "system",
        obj: hash,
        req: None,
        d: json!({ "id": id, "rev": hash }),
    };
    let leaf = append(tx, ledger, entry).await?;
    store::add_revision(
        tx,
        &store::Revision { hash, kind, content_id: id, body: &body(), published_at: now, leaf, own: None },
    )
    .await
}
