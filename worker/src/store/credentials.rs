//! What members hold that works without them, in the database. Today that is API keys.

use okrs_shared::id::MemberId;
use okrs_shared::member::CredentialsFate;
use okrs_shared::permission::Role;
use okrs_shared::validation::Invalid;
use strum::VariantArray as _;

use super::change::Change;
use super::members::list;
use super::{Sql, sql};
use crate::caller::Caller;
use crate::error::Error;
use crate::ids;

/// How many keys that work each member holds: a subquery with the columns `member_id` and `live`.
pub fn live_keys(caller: &Caller) -> Sql {
    sql!(
        caller,
        "(SELECT created_by AS member_id, COUNT(*) AS live FROM api_keys \
          WHERE organisation_id = :organisation AND :is_live GROUP BY created_by)",
        is_live = is_live(caller)
    )
}

/// That a key of `api_keys` still works.
fn is_live(caller: &Caller) -> Sql {
    sql!(
        caller,
        "revoked_at IS NULL AND (expires_at IS NULL OR expires_at > :now)"
    )
}

/// How many keys that work this member holds, as [`okrs_shared::member::Credentials`].
pub fn held(caller: &Caller, id: &MemberId) -> Sql {
    sql!(
        caller,
        "SELECT COUNT(*) AS api_keys FROM api_keys \
         WHERE created_by = :id AND organisation_id = :organisation AND :is_live",
        id,
        is_live = is_live(caller)
    )
}

/// That the member's role is above this one: giving them this one takes rights away.
pub fn is_above(caller: &Caller, id: &MemberId, role: Role) -> Sql {
    let roles = Role::VARIANTS.iter().filter(|other| **other > role);
    let roles: Vec<&str> = roles.map(|role| role.as_str()).collect();
    sql!(
        caller,
        "EXISTS (SELECT 1 FROM members WHERE id = :id AND organisation_id = :organisation \
         AND role IN (SELECT value FROM json_each(:roles)))",
        id,
        roles = list(&roles)
    )
}

impl Change<'_> {
    /// Revokes what the member holds, or makes it the caller's, if `condition` holds. Each credential has an
    /// entry of its own in the audit log. It must come before the effect that makes `condition` untrue.
    pub fn settle_credentials(
        self,
        caller: &Caller,
        id: &MemberId,
        fate: CredentialsFate,
        condition: &Sql,
    ) -> Self {
        let keys = sql!(
            caller,
            "created_by = :id AND organisation_id = :organisation AND :is_live AND :condition",
            id,
            is_live = is_live(caller),
            condition
        );
        match fate {
            CredentialsFate::Revoke => self.log_keys(caller, "api_key.revoke", &keys).effect(sql!(
                caller,
                "UPDATE api_keys SET revoked_at = :now, revoked_by = :me WHERE :keys",
                keys
            )),
            CredentialsFate::HandOver => self
                .require(
                    sql!(caller, ":id IS NOT :me", id),
                    Error::Invalid(Invalid::field(
                        "credentials",
                        "of your own can't be handed over to yourself",
                    )),
                )
                .log_keys(caller, "api_key.hand_over", &keys)
                .effect(sql!(
                    caller,
                    "UPDATE api_keys SET created_by = :me WHERE :keys",
                    keys
                )),
        }
        .changes_access()
    }

    /// An entry of the audit log for each of these keys.
    fn log_keys(self, caller: &Caller, action: &'static str, keys: &Sql) -> Self {
        self.effect(sql!(
            caller,
            // One id of ours for all, whose last digits count them.
            "INSERT INTO audit_log (organisation_id, id, at, member_id, action, subject_id, before) \
             SELECT organisation_id, substr(:new_id, 1, 32) || printf('%04x', row_number() OVER (ORDER BY id)), \
                    :now, :me, :action, id, json_object('name', name, 'created_by', created_by) \
             FROM api_keys WHERE :keys",
            new_id = ids::new_id(),
            action,
            keys
        ))
    }
}
