//! Who works at Fernhill, and where.

use crate::workspace::Role;

/// A department; its number is its place in [`DEPARTMENTS`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Department {
    Product,
    Operations,
    Commercial,
    PeopleAndFinance,
}

/// Name and manager.
pub(crate) const DEPARTMENTS: [(&str, Person); 4] = [
    ("Product", Person::Nessa),
    ("Operations", Person::Bram),
    ("Commercial", Person::Leila),
    ("People & Finance", Person::Tomas),
];

/// A team; its number is its place in [`TEAMS`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Team {
    Frames,
    DriveAndBattery,
    WebShop,
    Assembly,
    SupplyChain,
    Dealers,
    CustomerCare,
}

/// Name, department, manager and members.
pub(crate) const TEAMS: [(&str, Department, Person, &[Person]); 7] = [
    (
        "Frames",
        Department::Product,
        Person::Nessa,
        &[Person::Nessa, Person::Ada, Person::Juno],
    ),
    (
        "Drive & Battery",
        Department::Product,
        Person::Nessa,
        &[Person::Nessa, Person::Kofi, Person::Ravi],
    ),
    (
        "Web Shop",
        Department::Product,
        Person::Nessa,
        &[Person::Sanna, Person::Hugo],
    ),
    (
        "Assembly",
        Department::Operations,
        Person::Bram,
        &[Person::Bram, Person::Otis, Person::Mila],
    ),
    (
        "Supply Chain",
        Department::Operations,
        Person::Bram,
        &[Person::Bram, Person::Greta],
    ),
    (
        "Dealers",
        Department::Commercial,
        Person::Leila,
        &[Person::Leila, Person::Felix],
    ),
    (
        "Customer Care",
        Department::Commercial,
        Person::Leila,
        &[Person::Yara, Person::Wanda],
    ),
];

/// A person; its number is its place in [`PEOPLE`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Person {
    Maren,
    Idris,
    Nessa,
    Bram,
    Leila,
    Tomas,
    Ada,
    Juno,
    Kofi,
    Ravi,
    Sanna,
    Hugo,
    Otis,
    Mila,
    Yara,
    Felix,
    Greta,
    Wanda,
}

/// A row of [`PEOPLE`].
pub(crate) struct PersonRow {
    pub(crate) email: &'static str,
    pub(crate) name: &'static str,
    pub(crate) role: Role,
    pub(crate) department: Option<Department>,
    /// For how many days they have been here.
    pub(crate) joined_days_ago: i64,
    /// Since how many days they can't sign in any more.
    pub(crate) disabled_days_ago: Option<i64>,
    /// Signs in with the password of their role.
    pub(crate) signs_in: bool,
}

const fn person(
    email: &'static str,
    name: &'static str,
    role: Role,
    department: Department,
    joined_days_ago: i64,
) -> PersonRow {
    PersonRow {
        email,
        name,
        role,
        department: Some(department),
        joined_days_ago,
        disabled_days_ago: None,
        signs_in: false,
    }
}

use Department::{Commercial, Operations, PeopleAndFinance, Product};
use Role::{Admin, Manager, Member};

/// Everyone.
pub(crate) const PEOPLE: [PersonRow; 18] = [
    PersonRow {
        department: None,
        signs_in: true,
        ..person("maren@fernhill.example", "Maren Holt", Admin, Product, 820)
    },
    person(
        "idris@fernhill.example",
        "Idris Vale",
        Admin,
        Operations,
        820,
    ),
    PersonRow {
        signs_in: true,
        ..person(
            "nessa@fernhill.example",
            "Nessa Quill",
            Manager,
            Product,
            820,
        )
    },
    person(
        "bram@fernhill.example",
        "Bram Okoro",
        Manager,
        Operations,
        815,
    ),
    person(
        "leila@fernhill.example",
        "Leila Farrow",
        Manager,
        Commercial,
        803,
    ),
    person(
        "tomas@fernhill.example",
        "Tomas Wren",
        Manager,
        PeopleAndFinance,
        780,
    ),
    PersonRow {
        signs_in: true,
        ..person("ada@fernhill.example", "Ada Birch", Member, Product, 801)
    },
    person("juno@fernhill.example", "Juno Marsh", Member, Product, 340),
    person("kofi@fernhill.example", "Kofi Lark", Member, Product, 790),
    person("ravi@fernhill.example", "Ravi Thorne", Member, Product, 512),
    person("sanna@fernhill.example", "Sanna Reed", Member, Product, 655),
    person("hugo@fernhill.example", "Hugo Ash", Member, Product, 286),
    person(
        "otis@fernhill.example",
        "Otis Penn",
        Member,
        Operations,
        802,
    ),
    person(
        "mila@fernhill.example",
        "Mila Frost",
        Member,
        Operations,
        431,
    ),
    person(
        "yara@fernhill.example",
        "Yara Dunn",
        Member,
        Commercial,
        610,
    ),
    person(
        "felix@fernhill.example",
        "Felix Moor",
        Member,
        Commercial,
        468,
    ),
    person(
        "greta@fernhill.example",
        "Greta Voss",
        Member,
        Operations,
        377,
    ),
    PersonRow {
        disabled_days_ago: Some(26),
        ..person(
            "wanda@fernhill.example",
            "Wanda Pike",
            Member,
            Commercial,
            729,
        )
    },
];

/// Who has been invited and has not joined: address, name, and how many days ago.
pub(crate) const INVITED: (&str, &str, i64) = ("signe@fernhill.example", "Signe Brook", 9);
