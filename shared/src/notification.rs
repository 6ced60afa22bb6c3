//! What a member should hear of.

use serde::{Deserialize, Serialize};

use crate::id::NotificationId;
use crate::timestamp::Timestamp;
use crate::validation::{Body, Invalid};

/// `GET /notifications`
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Notifications {
    /// How many are not read.
    pub unread: u32,
    /// How many of one's key results wait for a check-in today: not stored, but counted when read.
    pub check_ins_due: u32,
    /// The newest 100, read ones too, newest first.
    pub notifications: Vec<Notification>,
}

/// Something that happened and concerns the member.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Notification {
    /// Identifies the notification.
    pub id: NotificationId,
    /// `mention`, `comment`, `review_to_write`, `review_shared`, `handed_over`, `role_kept`, `workspace_recovered`; others may come.
    pub kind: String,
    /// The OKR of a mention or comment, the review, or whatever else it is about.
    pub subject_id: String,
    /// What that is called.
    pub text: String,
    /// Who did it, by name.
    pub by: Option<String>,
    /// When.
    pub created_at: Timestamp,
    /// When it was read.
    pub read_at: Option<Timestamp>,
}

/// The body that marks notifications as read.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ReadNotifications {
    /// Which of one's own, 500 at most; all when left out. Ids of others have no effect.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(max_items = 500))]
    pub ids: Option<Vec<NotificationId>>,
}

impl Body for ReadNotifications {
    fn validate(&self) -> Result<(), Invalid> {
        match &self.ids {
            Some(ids) if ids.len() > 500 => Err(Invalid::field("ids", "must have at most 500")),
            _ => Ok(()),
        }
    }
}
