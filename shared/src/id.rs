//! Identifiers. The contract calls them UUIDs but prints other shapes in its examples, so clients
//! must treat them as opaque text; the Worker makes version 7 UUIDs.

macro_rules! ids {
    // `$dollar` is a dollar sign for the macro that is made here.
    ($dollar:tt $($(#[$doc:meta])* $name:ident),+ $(,)?) => {
        $(
            $(#[$doc])*
            #[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
            #[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
            #[serde(transparent)]
            pub struct $name(pub String);

            impl $name {
                /// The id as it stands in the database and in JSON.
                pub fn as_str(&self) -> &str {
                    &self.0
                }
            }

            impl std::fmt::Display for $name {
                fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                    f.write_str(&self.0)
                }
            }

            impl From<&str> for $name {
                fn from(id: &str) -> Self {
                    Self(id.to_owned())
                }
            }
        )+

        /// Hands the types of all ids to another macro: `for_every_id!(literals)` becomes
        /// `literals!(okrs_shared::id::OrganisationId, okrs_shared::id::MemberId, …)`.
        #[macro_export]
        macro_rules! for_every_id {
            ($dollar other:ident) => { $dollar other!($($crate::id::$name),+); };
        }
    };
}

ids! { $
    /// An organisation, called workspace in the interface.
    OrganisationId,
    /// A person of an organisation.
    MemberId,
    /// A department of an organisation.
    DepartmentId,
    /// A team of an organisation.
    TeamId,
    /// A period that OKRs belong to.
    CycleId,
    /// An objective with its key results.
    OkrId,
    /// A measurable result of an OKR.
    KeyResultId,
    /// One reported value of a key result.
    CheckInId,
    /// A key performance indicator.
    KpiId,
    /// One measured value of a KPI.
    KpiUpdateId,
    /// A piece of work linked to a key result or an OKR.
    InitiativeId,
    /// A round of reviews.
    ReviewCycleId,
    /// One person's review in a review cycle.
    ReviewId,
    /// An API key (its row, never its secret).
    ApiKeyId,
    /// A session of somebody signed in (its row, never its cookie).
    SessionId,
    /// A comment on an OKR.
    CommentId,
    /// The questions of a kind of review.
    ReviewTemplateId,
    /// Something that a member should hear of.
    NotificationId,
    /// A write that waits to be sent to the hosted service.
    PendingWriteId,
}
