-- Imports that remember and can be undone.

-- What a person chose for the columns of files with these headings from this unit; asked for again
-- when it sends the same.
create table import_mappings (
    id bigint primary key,
    unit bigint not null references units (id),
    kind text not null,
    -- Folded, in the order of the columns, with "|" between them.
    headings text not null,
    header_row bigint not null,
    -- {"full_name": 2, ...}: the column of each field, -1 for none.
    columns text not null,
    file_name text not null,
    chosen_at bigint not null,
    chosen_by bigint not null references accounts (id),
    unique (unit, kind, headings)
);

-- Participations that an import made and that were undone with it: they no longer stand on a
-- roster, and the postings that named them were reversed. What is left says what they were.
create table undone_participations (
    id bigint primary key,
    cohort bigint not null references cohorts (id),
    person_name text not null,
    unit bigint not null references units (id),
    started_on date,
    withdrawn_on date,
    result text not null,
    recorded_at bigint not null,
    document bigint not null references documents (id),
    source_place text not null,
    undone_at bigint not null,
    undone_by bigint not null references accounts (id),
    reason text not null
);
create index undone_participations_by_document on undone_participations (document);
create index undone_participations_by_cohort on undone_participations (cohort);
create index participations_by_document on participations (document);
create index participation_events_by_document on participation_events (document);
