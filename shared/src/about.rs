//! What a server says about itself.

use serde::{Deserialize, Serialize};

/// What is running.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct About {
    /// Always `okrs-edge`.
    pub name: String,
    /// Its version.
    pub version: String,
    /// Where the data is: `d1`.
    pub backend: String,
}
