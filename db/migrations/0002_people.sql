-- The register: what is known of a person besides the name, each with the days it holds and the
-- moment it was recorded. A fact is never overwritten: it ends on a day, or is withdrawn as a
-- mistake and stays to be seen.

-- The family name when it is not the first word of the full name; empty: it is.
alter table people add column family_name text not null default '';
alter table people add column party_card text;
-- Another record that this one was found to be the same person as; null: it is the person.
alter table people add column merged_into bigint references people (id);
create index people_by_party_card on people (party_card);
-- The people of a unit in the order of a Vietnamese list.
create index people_by_unit on people (unit, sort_key);

create table person_facts (
    id bigint primary key,
    person bigint not null references people (id),
    kind text not null,
    value text not null,
    level text not null,
    body text not null,
    detail text not null,
    valid_from date,
    valid_until date,
    recorded_at bigint not null,
    recorded_by bigint not null references accounts (id),
    document bigint references documents (id),
    source_place text not null,
    withdrawn_at bigint,
    withdrawn_by bigint references accounts (id),
    withdrawn_reason text
);
create index person_facts_by_person on person_facts (person, kind);

-- Every word of a name, folded, in the order of a Vietnamese list: who is called "duc" is read in
-- order and stops at the page's end.
create table person_words (
    word text not null,
    sort_key bytea not null,
    person bigint not null references people (id),
    primary key (word, sort_key, person)
);
create index person_words_by_person on person_words (person);

-- How many people have the word: a search begins with the rarest.
create table name_words (
    word text primary key,
    people bigint not null
);
