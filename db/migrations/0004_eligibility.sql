-- Eligibility: by which rules a person may attend a programme, and who was let off one of them.

-- A rule is changed by another row of its code, never overwritten. On a day that row of a code is
-- in force which has the day among its days and was recorded last.
create table eligibility_rules (
    id bigint primary key,
    programme bigint not null references programmes (id),
    code text not null,
    severity text not null,
    condition text not null,
    message_vi text not null,
    message_en text not null,
    basis text not null,
    valid_from date,
    valid_until date,
    waivable boolean not null,
    repealed boolean not null,
    verified_by text not null,
    recorded_at bigint not null,
    recorded_by bigint not null references accounts (id)
);
create index eligibility_rules_by_programme on eligibility_rules (programme, code);

-- A person is let off one rule, for a programme or for one cohort of it.
create table eligibility_waivers (
    id bigint primary key,
    person bigint not null references people (id),
    programme bigint not null references programmes (id),
    cohort bigint references cohorts (id),
    rule_code text not null,
    reason text not null,
    document bigint references documents (id),
    recorded_at bigint not null,
    recorded_by bigint not null references accounts (id)
);
create index eligibility_waivers_by_person on eligibility_waivers (person, programme);
