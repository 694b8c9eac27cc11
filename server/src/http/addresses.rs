//! The addresses of a slice, as a router that can be read: a test says of each of them who may ask for it, and none can be forgotten.

use axum::Router;
use axum::routing::MethodRouter;

use crate::state::Site;

/// Addresses and what answers at each.
#[derive(Debug, Default)]
pub struct Addresses {
    router: Router<Site>,
    paths: Vec<String>,
}

impl Addresses {
    /// None yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// One more address. By which methods it can be asked, the router itself says in its answer to any other (`Allow`).
    #[must_use]
    pub fn route(self, path: &str, methods: MethodRouter<Site>) -> Self {
        let Self { router, mut paths } = self;
        paths.push(path.to_owned());
        Self { router: router.route(path, methods), paths }
    }

    /// Those of another slice too.
    #[must_use]
    pub fn merge(self, other: Self) -> Self {
        let Self { router, mut paths } = self;
        paths.extend(other.paths);
        Self { router: router.merge(other.router), paths }
    }

    /// The same addresses behind layers of their own.
    #[must_use]
    pub fn behind(self, layers: impl FnOnce(Router<Site>) -> Router<Site>) -> Self {
        Self { router: layers(self.router), paths: self.paths }
    }

    /// The paths as they are written in the program.
    #[must_use]
    pub fn paths(&self) -> &[String] {
        &self.paths
    }

    /// What answers.
    pub fn into_router(self) -> Router<Site> {
        self.router
    }
}
