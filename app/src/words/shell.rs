//! The frame around the screens.

/// Sentences and labels.
pub struct Shell {
    pub skip: &'static str,
    pub navigation: &'static str,
    pub home: &'static str,
    pub okrs: &'static str,
    pub kpis: &'static str,
    pub settings: &'static str,
    pub sign_out: &'static str,
    /// After the name on its button.
    pub my_menu: &'static str,
    pub theme: &'static str,
    pub theme_system: &'static str,
    pub theme_light: &'static str,
    pub theme_dark: &'static str,
    pub offline_banner: &'static str,
    pub cycle: &'static str,
    /// Whichever runs today.
    pub cycle_current: &'static str,
    pub cycles_upcoming: &'static str,
    pub cycles_active: &'static str,
    pub cycles_ended: &'static str,

    pub search: &'static str,
    pub search_more: &'static str,
    pub search_found: &'static str,
    pub searching: &'static str,
    pub nothing_found: fn(&str) -> String,
    pub found: fn(usize) -> String,
    pub key_results: &'static str,
    pub initiatives: &'static str,
    pub people: &'static str,

    pub notifications: &'static str,
    /// How many are not read.
    pub notifications_new: fn(u32) -> String,
    pub notifications_none: &'static str,
    pub mark_read: &'static str,
    pub unread: &'static str,
    pub somebody: &'static str,
    /// Who, on what.
    pub mentioned: fn(&str, &str) -> String,
    /// Who, on what.
    pub commented: fn(&str, &str) -> String,
    /// In which round.
    pub review_to_write: fn(&str) -> String,
    /// Who, of which round.
    pub review_shared: fn(&str, &str) -> String,
    /// Who did it, and whose work it was.
    pub handed_over: fn(&str, &str) -> String,

    pub shortcuts: &'static str,
    pub shortcuts_hint: &'static str,
    pub key_narrow: &'static str,
    pub key_new: &'static str,
    pub key_edit: &'static str,
    pub key_record: &'static str,
    pub key_leave: &'static str,
    pub key_help: &'static str,

    pub role_admin: &'static str,
    pub role_manager: &'static str,
    pub role_member: &'static str,
}

pub(super) static EN: Shell = Shell {
    skip: "Skip to content",
    navigation: "Main",
    home: "Home",
    okrs: "OKRs",
    kpis: "KPIs",
    settings: "Settings",
    sign_out: "Sign out",
    my_menu: "my menu",
    theme: "Appearance",
    theme_system: "As the system",
    theme_light: "Light",
    theme_dark: "Dark",
    offline_banner: "You are offline. Check-ins are kept and sent when you are back.",
    cycle: "Cycle",
    cycle_current: "Current cycle",
    cycles_upcoming: "Upcoming",
    cycles_active: "Running",
    cycles_ended: "Ended",

    search: "Search everything",
    search_more: "OKRs, key results, KPIs, initiatives and people, by any part of their words.",
    search_found: "Found",
    searching: "Searching…",
    nothing_found: |text| format!("Nothing that you see has “{text}” in it."),
    found: |count| match count {
        1 => "1 found".to_owned(),
        50.. => "The newest 50. Another word narrows them down.".to_owned(),
        count => format!("{count} found"),
    },
    key_results: "Key results",
    initiatives: "Initiatives",
    people: "People",

    notifications: "Notifications",
    notifications_new: |count| match count {
        0 => "Notifications".to_owned(),
        count => format!("Notifications, {count} new"),
    },
    notifications_none: "Nothing yet. When somebody mentions you, comments on your OKRs or asks for a review, you hear of it here.",
    mark_read: "Mark all as read",
    unread: "New: ",
    somebody: "Somebody",
    mentioned: |by, text| format!("{by} mentioned you on “{text}”"),
    commented: |by, text| format!("{by} commented on “{text}”"),
    review_to_write: |cycle| format!("A review of “{cycle}” is yours to write"),
    review_shared: |by, cycle| format!("{by} shared your review of “{cycle}” with you"),
    handed_over: |by, whose| format!("{by} handed over to you what {whose} answered for"),

    shortcuts: "Keyboard shortcuts",
    shortcuts_hint: "Each works where the page has it, and not while you type; Ctrl or ⌘ with K searches even then.",
    key_narrow: "Narrow down the list",
    key_new: "New",
    key_edit: "Edit",
    key_record: "Record a value of the KPI",
    key_leave: "Leave the field one types in",
    key_help: "This list",

    role_admin: "Admin",
    role_manager: "Manager",
    role_member: "Member",
};
