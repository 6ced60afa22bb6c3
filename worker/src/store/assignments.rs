//! The SET clause of an update that changes only what a patch names.

use wasm_bindgen::JsValue;

use super::Param;

/// `column = ?` for each field that is present, with the values in the same order.
#[derive(Default)]
pub struct Assignments {
    columns: Vec<&'static str>,
    values: Vec<JsValue>,
}

impl Assignments {
    /// Sets `column` if the patch names it.
    pub fn set<T: Param>(mut self, column: &'static str, value: Option<T>) -> Self {
        if let Some(value) = value {
            self.columns.push(column);
            self.values.push(value.param());
        }
        self
    }

    /// The statement `UPDATE {table} SET … {condition}` and its values, of which `rest` belong to
    /// the condition.
    pub fn update(
        mut self,
        table: &str,
        condition: &str,
        rest: Vec<JsValue>,
    ) -> (String, Vec<JsValue>) {
        let list: Vec<String> = self
            .columns
            .iter()
            .map(|column| format!("{column} = ?"))
            .collect();
        self.values.extend(rest);
        (
            format!("UPDATE {table} SET {} {condition}", list.join(", ")),
            self.values,
        )
    }
}
