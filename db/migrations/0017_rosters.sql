-- What a workbook brought names it, so that any import can be taken back while nothing depends on
-- it; what was taken back is kept as it was.

-- The workbook that brought the person into the register; null: somebody wrote the person in.
alter table people add column document bigint references documents (id);
create index people_by_document on people (document) where document is not null;
create index person_facts_by_document on person_facts (document) where document is not null;
create index cohorts_by_document on cohorts (document) where document is not null;
create index cohort_events_by_document on cohort_events (document) where document is not null;
create index unit_events_by_document on unit_events (document) where document is not null;
-- The workbook from which a version was read; `document` is the paper that approves it.
alter table plan_versions add column workbook bigint references documents (id);
create index plan_versions_by_workbook on plan_versions (workbook) where workbook is not null;
-- Undone with its import: it holds no longer, and its number is not given again.
alter table plan_versions add column undone_at bigint;
create index plan_targets_by_line on plan_targets (line);
-- A cohort that only an import had made, and that was undone with it: it is cancelled, and its code is free.
alter table cohorts add column undone_at bigint;

-- Answers that came in a workbook: which one, and where in it.
alter table need_answers add column document bigint references documents (id);
alter table need_answers add column source_place text not null default '';
create index need_answers_by_document on need_answers (document) where document is not null;

-- The civil-service grade that the person had on the first day of the cohort, as it was known when the
-- person came: a value of the facts of people, or what was written; empty: not known.
alter table participations add column grade text not null default '';

-- What an import changed of what was there before: what it was, and what it became.
create table import_changes (
    id bigint primary key,
    document bigint not null references documents (id),
    kind text not null,
    object bigint not null,
    was text not null,
    became text not null
);
create index import_changes_by_document on import_changes (document);
create index import_changes_by_object on import_changes (object);

-- Rows that an import had made and that are no more: what they said, as JSON.
create table undone_rows (
    id bigint primary key,
    document bigint not null references documents (id),
    kind text not null,
    object bigint not null,
    said text not null,
    undone_at bigint not null,
    undone_by bigint not null references accounts (id),
    reason text not null
);
create index undone_rows_by_document on undone_rows (document);

-- A waiver no longer holds.
create table eligibility_waiver_withdrawals (
    waiver bigint primary key references eligibility_waivers (id),
    reason text not null,
    recorded_at bigint not null,
    recorded_by bigint not null references accounts (id)
);

-- Thousands may share a name and a birth date: whom a row means is one step in an index all the same.
drop index people_by_search;
create index people_by_search on people (search, birth_date, unit, id);
create index people_without_id on people (search, birth_date, unit) where national_id is null;
