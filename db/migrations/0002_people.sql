-- The register: what is known of a person besides the name, each with the days it holds and the
-- moment it was recorded. A fact is never overwritten: it ends on a day, or is withdrawn as a
-- mistake and stays to be seen.

-- The family name when it is not the first word of the full name; empty: it is.
alter table people add column family_name text not null default '';
alter table people add column party_card text;
-- Another record that this one was found to be the same person as; null: it is the person.
alter table people add column merged_into bigint references people (id);
-- Without those who have none: SQLite would take a column of nulls for one that tells nobody apart.
create index people_by_party_card on people (party_card) where party_card is not null;
-- The people of a unit, and all people, in the order of a Vietnamese list.
create index people_by_unit on people (unit, sort_key);
create index people_in_order on people (sort_key, id);

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
-- order and stops at the page's end. An index in the shape of a table, so it refers to nobody.
create table person_words (
    word text not null,
    sort_key bytea not null,
    person bigint not null,
    primary key (word, sort_key, person)
);

-- How many people have the word: a search begins with the rarest.
create table name_words (
    word text primary key,
    people bigint not null
);

-- Who was in the register before it had words: the last word of each name, then the last of
-- what stands before it.
insert into person_words (word, sort_key, person)
with recursive cut (person, sort_key, before, word) as (
    select id, sort_key, search, substr(search, 1, 0) from people
    union all
    select person, sort_key, rtrim(rtrim(before, replace(before, ' ', ''))),
           replace(before, rtrim(before, replace(before, ' ', '')), '')
    from cut where before <> ''
)
select distinct word, sort_key, person from cut where word <> '';
insert into name_words (word, people) select word, count(*) from person_words group by word;
