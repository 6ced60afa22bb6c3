//! A chart's values as words and as a table, for whoever does not read lines.

use leptos::prelude::*;

use crate::words;

/// A check-in as it is read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reading {
    /// The day, as it is written.
    pub day: String,
    /// The value with its unit.
    pub value: String,
    /// What was said about it.
    pub said: Option<&'static str>,
    /// Who said it.
    pub author: Option<String>,
    /// In their words.
    pub comment: Option<String>,
}

impl Reading {
    /// Day, value and what was said in one line.
    pub fn sentence(&self) -> String {
        let mut parts = vec![format!("{}: {}", self.day, self.value)];
        parts.extend(self.said.map(str::to_owned));
        parts.extend(self.author.clone());
        parts.extend(self.comment.clone());
        parts.join(" · ")
    }
}

/// Behind a toggle, newest first.
#[component]
pub fn ReadingTable(readings: Vec<Reading>) -> impl IntoView {
    let words = words::okr();
    (!readings.is_empty()).then(|| {
        let has_said = readings.iter().any(|reading| reading.said.is_some());
        let has_comment = readings.iter().any(|reading| reading.comment.is_some());
        let rows = readings.into_iter().rev().map(|reading| {
            view! {
                <tr>
                    <th scope="row">{reading.day}</th>
                    <td class="number">{reading.value}</td>
                    {has_said.then(|| view! { <td>{reading.said}</td> })}
                    <td>{reading.author}</td>
                    {has_comment.then(|| view! { <td>{reading.comment}</td> })}
                </tr>
            }
        });
        view! {
            <details class="chart-table">
                <summary>{words.chart_as_table}</summary>
                <table>
                    <thead>
                        <tr>
                            <th scope="col">{words.column_day}</th>
                            <th scope="col" class="number">{words.column_value}</th>
                            {has_said.then(|| view! { <th scope="col">{words.column_said}</th> })}
                            <th scope="col">{words.column_author}</th>
                            {has_comment.then(|| view! { <th scope="col">{words.column_comment}</th> })}
                        </tr>
                    </thead>
                    <tbody>{rows.collect_view()}</tbody>
                </table>
            </details>
        }
    })
}
