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
    pub role_admin: &'static str,
    pub role_manager: &'static str,
    pub role_member: &'static str,
}

pub(super) const EN: Shell = Shell {
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
    role_admin: "Admin",
    role_manager: "Manager",
    role_member: "Member",
};
