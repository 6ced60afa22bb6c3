//! How values are bound. Numbers always bind as REAL; the column's affinity makes integers of them.

use chrono::NaiveDate;
use okrs_shared::id::{
    ApiKeyId, CheckInId, CycleId, DepartmentId, InitiativeId, KeyResultId, KpiId, KpiUpdateId,
    MemberId, OkrId, OrganisationId, TeamId,
};
use okrs_shared::number::Number;
use okrs_shared::timestamp::Timestamp;
use wasm_bindgen::JsValue;

/// Something that can be bound to a `?`.
pub trait Param {
    /// The value as D1 takes it.
    fn param(&self) -> JsValue;
}

/// A list of bound values, in the order of the question marks.
macro_rules! params {
    ($($value:expr),* $(,)?) => { vec![$($crate::store::Param::param(&$value)),*] };
}
pub(crate) use params;

impl Param for JsValue {
    fn param(&self) -> JsValue {
        self.clone()
    }
}

impl Param for str {
    fn param(&self) -> JsValue {
        JsValue::from_str(self)
    }
}

impl Param for String {
    fn param(&self) -> JsValue {
        JsValue::from_str(self)
    }
}

impl Param for Number {
    fn param(&self) -> JsValue {
        JsValue::from_f64(self.get())
    }
}

impl Param for u32 {
    fn param(&self) -> JsValue {
        JsValue::from_f64(f64::from(*self))
    }
}

impl Param for bool {
    fn param(&self) -> JsValue {
        JsValue::from_f64(f64::from(u8::from(*self)))
    }
}

impl<T: Param + ?Sized> Param for &T {
    fn param(&self) -> JsValue {
        (**self).param()
    }
}

impl<T: Param> Param for Option<T> {
    fn param(&self) -> JsValue {
        // Not JsValue::from(None): that is undefined, which D1 refuses.
        self.as_ref().map_or(JsValue::NULL, Param::param)
    }
}

macro_rules! text_params {
    ($($type:ty),+ $(,)?) => {$(
        impl Param for $type {
            fn param(&self) -> JsValue {
                JsValue::from_str(&self.to_string())
            }
        }
    )+};
}
text_params!(
    ApiKeyId,
    CheckInId,
    CycleId,
    DepartmentId,
    InitiativeId,
    KeyResultId,
    KpiId,
    KpiUpdateId,
    MemberId,
    OkrId,
    OrganisationId,
    TeamId,
    Timestamp,
    NaiveDate,
);
