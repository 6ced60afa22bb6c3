//! Bodies that change something, and how optional fields of a body tell "absent", "null" and "a value"
//! apart.

use serde::{Deserialize, Deserializer};

use crate::validation::Invalid;

/// A body that changes what it names; [`patch!`] makes them.
pub trait Patch: Default + PartialEq {
    /// What it may name, as JSON spells it.
    const FIELDS: &'static [&'static str];

    /// Refuses a body that names nothing.
    fn require_change(&self) -> Result<(), Invalid> {
        if *self != Self::default() {
            return Ok(());
        }
        let (last, others) = Self::FIELDS.split_last().unwrap_or((&"none", &[]));
        Err(Invalid::body(format_args!(
            "has no updatable field; allowed are {} and {last}",
            others.join(", ")
        )))
    }
}

/// A struct whose fields may all be left out, which leaves what they are about as it is. A field says
/// what may be there when it is there: null only if that is an `Option`, and then it clears.
///
/// ```ignore
/// patch! {
///     /// The body that updates an OKR.
///     pub struct OkrPatch {
///         /// The objective.
///         title: Title,
///         /// A member; null clears it.
///         owner_id: Option<MemberId>,
///         /// Whose objective it is.
///         okr_type as "type": OkrType,
///     }
/// }
/// ```
///
/// becomes
///
/// ```ignore
/// /// The body that updates an OKR.
/// #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
/// #[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
/// pub struct OkrPatch {
///     /// The objective.
///     #[serde(default, deserialize_with = "given", skip_serializing_if = "Option::is_none")]
///     #[cfg_attr(feature = "openapi", schema(value_type = Title, required = false))]
///     pub title: Option<Title>,
///     /// A member; null clears it.
///     #[serde(default, deserialize_with = "given", skip_serializing_if = "Option::is_none")]
///     #[cfg_attr(feature = "openapi", schema(value_type = Option<MemberId>, required = false))]
///     pub owner_id: Option<Option<MemberId>>,
///     /// Whose objective it is.
///     #[serde(rename = "type", default, deserialize_with = "given", skip_serializing_if = "Option::is_none")]
///     #[cfg_attr(feature = "openapi", schema(value_type = OkrType, required = false))]
///     pub okr_type: Option<OkrType>,
/// }
///
/// impl Patch for OkrPatch {
///     const FIELDS: &'static [&'static str] = &["title", "owner_id", "type"];
/// }
/// ```
///
/// With `pub struct OkrPatch of NewOkr` a form finds the patch by comparing, because this is added:
///
/// ```ignore
/// impl OkrPatch {
///     /// What a [`NewOkr`] says differently than the one before it.
///     pub fn between(old: &NewOkr, new: &NewOkr) -> Self {
///         Self {
///             title: (old.title != new.title)
///                 .then(|| -> Option<Title> { new.title.clone().into() })
///                 .flatten(),
///             // and so on
///         }
///     }
/// }
/// ```
///
/// What stands before a field comes before the macro's own attributes, so a `value_type` there wins.
macro_rules! patch {
    (
        $(#[$about:meta])*
        pub struct $name:ident of $whole:ident { $($fields:tt)+ }
    ) => {
        $crate::patch::patch! { $(#[$about])* pub struct $name { $($fields)+ } }
        $crate::patch::patch! { @between $name $whole { $($fields)+ } }
    };
    (
        @between $name:ident $whole:ident {
            $($(#[$about_field:meta])* $field:ident $(as $json:tt)?: $type:ty,)+
        }
    ) => {
        impl $name {
            #[doc = concat!("What a [`", stringify!($whole), "`] says differently than the one before it.")]
            pub fn between(old: &$whole, new: &$whole) -> Self {
                Self {$(
                    $field: (old.$field != new.$field)
                        .then(|| -> Option<$type> { new.$field.clone().into() })
                        .flatten(),
                )+}
            }
        }
    };
    (
        $(#[$about:meta])*
        pub struct $name:ident {
            $($(#[$about_field:meta])* $field:ident $(as $json:tt)?: $type:ty,)+
        }
    ) => {
        $(#[$about])*
        #[derive(Clone, Debug, Default, PartialEq, serde::Serialize, serde::Deserialize)]
        #[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
        pub struct $name {$(
            $(#[$about_field])*
            #[serde(
                $(rename = $json,)?
                default,
                deserialize_with = "crate::patch::given",
                skip_serializing_if = "Option::is_none"
            )]
            #[cfg_attr(feature = "openapi", schema(value_type = $type, required = false))]
            pub $field: Option<$type>,
        )+}

        impl $crate::patch::Patch for $name {
            const FIELDS: &'static [&'static str] =
                &[$($crate::patch::patch!(@json $field $($json)?)),+];
        }
    };
    (@json $field:ident) => { stringify!($field) };
    (@json $field:ident $json:tt) => { $json };
}
pub(crate) use patch;

/// For `Option<T>` in a patch: absent leaves the field alone, anything else must be a `T`. Where that is
/// itself an `Option`, null clears the field.
pub fn given<'de, D, T>(deserializer: D) -> Result<Option<T>, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de>,
{
    T::deserialize(deserializer).map(Some)
}

/// For a field with a default: null means the default, like an absent field.
pub fn null_is_default<'de, D, T>(deserializer: D) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de> + Default,
{
    Ok(Option::deserialize(deserializer)?.unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::key_result::KeyResultPatch;
    use crate::okr::{NewOkr, OkrPatch, OkrType};

    #[test]
    fn a_patch_between_two_bodies_names_what_differs_and_clears_what_is_gone() {
        let body = |json: &str| serde_json::from_str::<NewOkr>(json).unwrap();
        let old = body(
            r#"{"title": "Grow", "type": "team", "cycle_id": "1", "team_id": "2", "owner_id": "3"}"#,
        );
        let new =
            body(r#"{"title": "Grow well", "type": "team", "cycle_id": "1", "team_id": "4"}"#);
        assert_eq!(OkrPatch::between(&old, &old), OkrPatch::default());
        let patch = serde_json::to_value(OkrPatch::between(&old, &new)).unwrap();
        assert_eq!(
            patch,
            serde_json::json!({"title": "Grow well", "owner_id": null, "team_id": "4"})
        );
    }

    fn read(json: &str) -> Result<OkrPatch, String> {
        serde_json::from_str(json).map_err(|error| error.to_string())
    }

    #[test]
    fn what_is_left_out_stays_and_null_clears_only_what_may_be_empty() {
        let patch = read(r#"{"description": null, "type": "team"}"#).unwrap();
        let expected = OkrPatch {
            description: Some(None),
            okr_type: Some(OkrType::Team),
            ..OkrPatch::default()
        };
        assert_eq!(patch, expected);
        let written = serde_json::to_string(&patch).unwrap();
        assert_eq!(written, r#"{"description":null,"type":"team"}"#);
        assert!(read(r#"{"title": null}"#).unwrap_err().contains("null"));
    }

    #[test]
    fn a_body_that_changes_nothing_is_told_what_it_could_change() {
        assert_eq!(read(r#"{"title": "T"}"#).unwrap().require_change(), Ok(()));
        let refusal = KeyResultPatch::default().require_change().unwrap_err();
        assert_eq!(
            refusal.message,
            "body has no updatable field; allowed are title, metric_type, start_value, target_value, \
             current_value, owner_id and unit"
        );
    }
}
