-- Which member somebody is whom only the hosted service knows: what is theirs there is the member's here.
ALTER TABLE members ADD COLUMN linked_to TEXT REFERENCES members (id);
