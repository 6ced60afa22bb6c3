-- Who somebody is at a provider, found from the member: their own profile and the list of members show it.
CREATE INDEX identities_of_member ON identities (member_id);
