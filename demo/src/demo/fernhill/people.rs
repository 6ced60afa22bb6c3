//! Departments, teams and people.

use super::Fernhill;
use crate::content::people::{DEPARTMENTS, Department, INVITED, PEOPLE, TEAMS};
use crate::demo::PasswordHashes;
use crate::workspace::{MemberSeed, Role};

impl Fernhill {
    pub(super) fn add_people(&mut self, hashes: &PasswordHashes) {
        for (name, _) in DEPARTMENTS {
            let id = self.workspace.department(name);
            self.departments.push(id);
        }
        for (name, department, ..) in TEAMS {
            let department = self.department(department).clone();
            let id = self.workspace.team(name, Some(&department));
            self.teams.push(id);
        }
        for person in &PEOPLE {
            let joined = self.moment(self.days_ago(person.joined_days_ago), person.email);
            let left = person
                .disabled_days_ago
                .map(|days| self.moment(self.days_ago(days), person.name));
            let department = person
                .department
                .map(|department| self.department(department).clone());
            let id = self.workspace.member(MemberSeed {
                department: department.as_ref(),
                password_hash: person.signs_in.then(|| hashes.of(person.role)),
                disabled_at: left,
                // Whoever was here first was here when the workspace was made.
                created_at: Some(joined.max(self.workspace.created_at())),
                ..MemberSeed::new(person.email, person.name, person.role)
            });
            self.people.push(id);
        }
        let (email, name, days) = INVITED;
        let department = self.department(Department::Product).clone();
        let invited_at = self.moment(self.days_ago(days), email);
        self.workspace.invited_member(MemberSeed {
            department: Some(&department),
            created_at: Some(invited_at),
            ..MemberSeed::new(email, name, Role::Member)
        });
        for ((_, manager), department) in DEPARTMENTS.iter().zip(&self.departments) {
            let manager = &self.people[*manager as usize];
            self.workspace.department_manager(department, manager);
        }
        for ((_, _, manager, members), team) in TEAMS.iter().zip(&self.teams) {
            let manager = &self.people[*manager as usize];
            self.workspace.team_manager(team, manager);
            for member in *members {
                self.workspace
                    .team_member(team, &self.people[*member as usize]);
            }
        }
    }
}
