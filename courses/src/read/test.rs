//! Reading the test pool.

use super::fields::Fields;
use super::item::{choices, limit};
use super::notes::Voice;
use crate::test::{Family, Variant};

/// Reads one `pool-*.toml`.
pub(crate) fn families(mut fields: Fields<'_, '_>) -> Vec<Family> {
    let families = fields
        .tables("family")
        .into_iter()
        .map(|mut table| {
            let family = Family {
                id: table.string("id"),
                clause: table.string("clause"),
                must: table.flag("must"),
                draws_on: table.list("draws_on"),
                variants: table.tables("variant").into_iter().map(variant).collect(),
            };
            table.finish();
            family
        })
        .collect();
    fields.finish();
    families
}

fn variant(mut table: Fields<'_, '_>) -> Variant {
    let variant = Variant {
        id: table.string("id"),
        scene: table.maybe_text("scene", limit::SCENE, Voice::Course),
        ask: table.text("ask", limit::ASK),
        choices: choices(&mut table),
    };
    table.finish();
    variant
}
