//! Fields that only stories have.

use std::collections::BTreeMap;

use toml::de::DeValue;

use super::Fields;
use crate::scenario::When;

impl Fields<'_, '_> {
    /// Conditions: one as a text, or several as a list.
    pub(crate) fn when(&mut self, name: &'static str) -> Option<When> {
        let words = match self.value(name)? {
            DeValue::String(one) => vec![one.to_string()],
            DeValue::Array(_) => self.list(name),
            _ => return self.wrong(name, "a condition in quotation marks, or a list of conditions"),
        };
        let mut conditions = Vec::new();
        for word in words {
            match word.parse() {
                Ok(condition) => conditions.push(condition),
                Err(fault) => self.broken(self.line_of(name), format!("`{name}` says `{word}`: {fault}")),
            }
        }
        (!conditions.is_empty()).then_some(When(conditions))
    }

    /// Small whole numbers, also below 0, by key: `{ trust = -1 }`.
    pub(crate) fn moves(&mut self, name: &'static str) -> BTreeMap<String, i16> {
        let Some(value) = self.value(name) else { return BTreeMap::new() };
        let Some(table) = value.as_table() else {
            return self.wrong(name, "a table: { trust = -1 }").unwrap_or_default();
        };
        let mut moves = BTreeMap::new();
        for (meter, by) in table {
            let number = by.get_ref().as_integer().and_then(|number| number.as_str().parse::<i16>().ok());
            match number.filter(|number| (-9..=9).contains(number)) {
                Some(number) => drop(moves.insert(meter.get_ref().to_string(), number)),
                None => drop(self.wrong::<u8>(name, "whole numbers from -9 to 9: { trust = -1 }")),
            }
        }
        moves
    }
}
