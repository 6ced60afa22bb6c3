//! What the columns of a list of people are called, and what roles are, where people say it in another way.

use crate::permission::Role;
use crate::table;

/// What a column says of somebody.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Column {
    /// The whole name; beside a first or a last name alone, the other part of it.
    Name,
    FirstName,
    LastName,
    Email,
    Role,
    Department,
    Team,
}

/// What each is called: ours first, then what spreadsheets, directories and other languages say.
const TITLES: [(Column, &[&str]); 7] = [
    (
        Column::Name,
        &[
            "name",
            "full name",
            "display name",
            "person",
            "Anzeigename",
            "nom",
            "nom complet",
            "nombre",
            "nombre completo",
            "nome",
            "nome completo",
            "naam",
            "namn",
            "navn",
            "nimi",
            "imię i nazwisko",
        ],
    ),
    (
        Column::FirstName,
        &[
            "first name",
            "given name",
            "forename",
            "Vorname",
            "prénom",
            "voornaam",
            "förnamn",
            "fornavn",
            "etunimi",
            "imię",
        ],
    ),
    (
        Column::LastName,
        &[
            "last name",
            "surname",
            "family name",
            "Nachname",
            "Familienname",
            "nom de famille",
            "apellido",
            "cognome",
            "sobrenome",
            "apelido",
            "achternaam",
            "efternamn",
            "etternavn",
            "efternavn",
            "sukunimi",
            "nazwisko",
        ],
    ),
    (
        Column::Email,
        &[
            "email",
            "mail",
            "email address",
            "mail address",
            "work email",
            "E-Mail-Adresse",
            "Mailadresse",
            "adresse e-mail",
            "adresse mail",
            "courriel",
            "correo",
            "correo electrónico",
            "posta elettronica",
            "indirizzo email",
            "endereço de email",
            "e-mailadres",
            "e-post",
            "e-postadress",
            "e-postadresse",
            "sähköposti",
            "adres e-mail",
        ],
    ),
    (
        Column::Role,
        &[
            "role", "Rolle", "rôle", "rol", "ruolo", "papel", "roll", "rooli", "rola",
        ],
    ),
    (
        Column::Department,
        &[
            "department",
            "dept",
            "Abteilung",
            "département",
            "departamento",
            "dipartimento",
            "afdeling",
            "avdelning",
            "avdeling",
            "osasto",
            "dział",
        ],
    ),
    (
        Column::Team,
        &[
            "team", "squad", "équipe", "equipo", "equipe", "squadra", "tiimi", "zespół",
        ],
    ),
];

const ROLES: [(Role, &[&str]); 3] = [
    (
        Role::Admin,
        &[
            "admin",
            "administrator",
            "Administratorin",
            "administrateur",
            "administrador",
            "amministratore",
        ],
    ),
    (
        Role::Manager,
        &["manager", "Managerin", "Führungskraft", "responsable"],
    ),
    (
        Role::Member,
        &[
            "member", "user", "Mitglied", "membre", "miembro", "membro", "lid", "medlem", "jäsen",
            "członek",
        ],
    ),
];

impl Column {
    /// What a column with this title says, if that is known.
    pub fn of(title: &str) -> Option<Self> {
        find(&TITLES, title)
    }

    /// As messages name it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::FirstName => "first name",
            Self::LastName => "last name",
            Self::Email => "email",
            Self::Role => "role",
            Self::Department => "department",
            Self::Team => "team",
        }
    }
}

/// The role that a cell names, if it names one.
pub fn role(cell: &str) -> Option<Role> {
    find(&ROLES, cell)
}

fn find<T: Copy>(known: &[(T, &[&str])], said: &str) -> Option<T> {
    let said = table::folded(said);
    let mut known = known.iter();
    let found = known.find(|(_, words)| words.iter().any(|word| table::folded(word) == said));
    found.map(|(meant, _)| *meant)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn usual_words_are_known_in_any_spelling() {
        for (title, column) in [
            ("E-Mail", Column::Email),
            ("Mail", Column::Email),
            ("Email Address [Required]", Column::Email),
            ("Correo electrónico", Column::Email),
            ("FIRST_NAME", Column::FirstName),
            ("Nachname", Column::LastName),
            ("Apellidos", Column::LastName),
            ("Rolle", Column::Role),
            ("Departments", Column::Department),
            ("Équipe", Column::Team),
        ] {
            assert_eq!(Column::of(title), Some(column), "{title}");
        }
        for unknown in ["Phone", "", "Job title", "Ola Berg"] {
            assert_eq!(Column::of(unknown), None, "{unknown}");
        }
        assert_eq!(role("Führungskraft"), Some(Role::Manager));
        assert_eq!(role("owner"), None);
    }

    #[test]
    fn no_title_means_two_things() {
        for (column, titles) in TITLES {
            for title in titles {
                assert_eq!(Column::of(title), Some(column), "{title}");
            }
        }
    }
}
