//! The view of the list of OKRs that the address asks for.

use super::list_view::ListView;
use crate::components::ui::address;

/// Of the page of OKRs.
pub type Address = address::Address<ListView>;

/// For the page and all below it.
pub fn provide_address() -> Address {
    address::provide_address()
}
