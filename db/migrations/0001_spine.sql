-- The spine: who, what was promised, what happened, and the ledger.
--
-- One portable dialect: ids are bigint made by the application, moments are bigint
-- milliseconds (UTC), days are ISO dates. What happens to a thing is a row of its
-- *_events table (what, when it took effect, when it was recorded, who, why); the columns
-- of the thing itself hold only where those rows have led to, and tiendo verify recounts them.

-- organisations --------------------------------------------------------------------------

create table units (
    id bigint primary key,
    parent bigint references units (id),
    code text not null unique,
    name text not null,
    search text not null,
    kind text not null,
    recorded_at bigint not null
);
create index units_by_search on units (search);

-- Every unit with itself and all units above it: "within the subtree of" is one lookup.
create table unit_ancestors (
    unit bigint not null references units (id),
    ancestor bigint not null references units (id),
    primary key (ancestor, unit)
);
create index unit_ancestors_by_unit on unit_ancestors (unit);

-- accounts, roles, sessions --------------------------------------------------------------

create table accounts (
    id bigint primary key,
    name text not null unique,
    display_name text not null,
    password_hash text,
    language text not null default 'vi',
    theme text not null default 'auto',
    failed_attempts bigint not null default 0,
    locked_until bigint,
    disabled_at bigint,
    recorded_at bigint not null
);

-- Which permissions a role carries. Data, filled by the features that declare them.
create table role_permissions (
    role text not null,
    permission text not null,
    primary key (role, permission)
);

create table grants (
    id bigint primary key,
    account bigint not null references accounts (id),
    role text not null,
    unit bigint not null references units (id),
    granted_by bigint not null references accounts (id),
    recorded_at bigint not null,
    revoked_at bigint
);
create index grants_by_account on grants (account);

-- Which units an account may use a permission on. Every object is fetched through it.
create view reach as
    select g.account as account, p.permission as permission, a.unit as unit
    from grants g
    join role_permissions p on p.role = g.role
    join unit_ancestors a on a.ancestor = g.unit
    where g.revoked_at is null;

create table sessions (
    token_digest bytea primary key,
    account bigint not null references accounts (id),
    csrf text not null,
    created_at bigint not null,
    seen_at bigint not null,
    expires_at bigint not null
);
create index sessions_by_account on sessions (account);

-- One-time links (the first sign-in, a forgotten password) and personal tokens for scripts.
create table access_tokens (
    id bigint primary key,
    account bigint not null references accounts (id),
    purpose text not null,
    label text not null,
    token_digest bytea not null unique,
    created_at bigint not null,
    expires_at bigint,
    used_at bigint,
    revoked_at bigint
);
create index access_tokens_by_account on access_tokens (account);

-- the audit trail ------------------------------------------------------------------------

-- Each row holds the digest of the one before it: a row removed or altered breaks the chain.
create table audit_trail (
    sequence bigint primary key,
    recorded_at bigint not null,
    actor bigint not null,
    action text not null,
    object_kind text not null,
    object bigint not null,
    detail text not null,
    previous_digest bytea not null,
    digest bytea not null
);
create index audit_trail_by_object on audit_trail (object);

create table audit_head (
    id bigint primary key,
    sequence bigint not null,
    digest bytea not null
);

-- documents and imports ------------------------------------------------------------------

-- A paper or a file that stands behind rows: a decision, a plan, an imported workbook.
create table documents (
    id bigint primary key,
    kind text not null,
    number text,
    dated_on date,
    title text not null,
    file_digest text,
    file_name text,
    file_bytes bigint,
    recorded_at bigint not null,
    recorded_by bigint not null references accounts (id)
);
create index documents_by_digest on documents (file_digest);

-- State: uploaded (its columns wait to be mapped), checking, checked, refused, recording,
-- recorded, failed, discarded.
create table imports (
    id bigint primary key,
    kind text not null,
    unit bigint not null references units (id),
    file_name text not null,
    file_digest text not null,
    file_bytes bigint not null,
    options text not null,
    state text not null,
    rows_read bigint not null default 0,
    report text,
    incident text not null default '',
    document bigint references documents (id),
    uploaded_at bigint not null,
    uploaded_by bigint not null references accounts (id),
    -- Who asked for the check or the recording under way, and in whose name it is done.
    asked_by bigint not null references accounts (id),
    changed_at bigint not null
);
create index imports_by_time on imports (uploaded_at);
create index imports_by_state on imports (state);

-- What the last check of an import found wrong, row by row.
create table import_rejections (
    import bigint not null references imports (id),
    position bigint not null,
    sheet text not null,
    sheet_row bigint not null,
    field text not null,
    found text not null,
    message text not null,
    arguments text not null,
    nearest text not null,
    primary key (import, position)
);

-- work that outlives a request -----------------------------------------------------------

-- What is still to be done; a job that has ended is no row any more. Whoever runs one holds
-- it until lease_until, and renews that while at work.
create table jobs (
    id bigint primary key,
    kind text not null,
    subject bigint not null,
    holder bigint,
    lease_until bigint not null,
    attempts bigint not null,
    progress bigint not null,
    added_at bigint not null
);
create index jobs_by_subject on jobs (subject);

-- programmes -----------------------------------------------------------------------------

create table programmes (
    id bigint primary key,
    code text not null unique,
    name text not null,
    search text not null,
    recorded_at bigint not null
);
create index programmes_by_search on programmes (search);

-- the plan -------------------------------------------------------------------------------

create table plans (
    id bigint primary key,
    unit bigint not null references units (id),
    year bigint not null,
    recorded_at bigint not null,
    unique (unit, year)
);

-- A plan is never overwritten: each approval or amendment is a version, in force from
-- effective_on until the next.
create table plan_versions (
    id bigint primary key,
    plan bigint not null references plans (id),
    number bigint not null,
    effective_on date not null,
    document bigint references documents (id),
    recorded_at bigint not null,
    recorded_by bigint not null references accounts (id),
    note text,
    unique (plan, number)
);

-- The promise that versions speak of: its identity outlives their figures.
create table plan_lines (
    id bigint primary key,
    plan bigint not null references plans (id),
    programme bigint not null references programmes (id),
    audience text not null,
    search text not null,
    unique (plan, programme, search)
);

-- What one version says of one line. No row: the version does not have the line.
create table plan_targets (
    version bigint not null references plan_versions (id),
    line bigint not null references plan_lines (id),
    position bigint not null,
    target_cohorts bigint,
    target_learners bigint,
    duration text not null,
    opens_in text not null,
    place text not null,
    lead text not null,
    partners text not null,
    note text not null,
    source_place text not null,
    primary key (version, line)
);

-- cohorts --------------------------------------------------------------------------------

create table cohorts (
    id bigint primary key,
    code text not null unique,
    search text not null,
    programme bigint not null references programmes (id),
    organiser_unit bigint not null references units (id),
    kind text not null,
    role text not null,
    partner text not null,
    place text not null,
    basis text not null,
    note text not null,
    planned_opens_on date,
    planned_precision text not null,
    planned_closes_on date,
    expected_learners bigint,
    opened_on date,
    closed_on date,
    cancelled_on date,
    plan_line bigint references plan_lines (id),
    recorded_at bigint not null,
    recorded_by bigint not null references accounts (id),
    document bigint references documents (id),
    source_place text not null
);
create index cohorts_by_opening on cohorts (organiser_unit, opened_on);
create index cohorts_by_plan_line on cohorts (plan_line);
-- A statement lists the cohorts that count to no line, and those not yet opened, one by one.
create index cohorts_uncounted on cohorts (organiser_unit, opened_on) where plan_line is null;
create index cohorts_unopened on cohorts (organiser_unit, planned_opens_on) where opened_on is null;

-- What was said of a cohort besides its events, each time anything of it changed, so that a
-- statement as known then lists it as it was described then.
create table cohort_descriptions (
    id bigint primary key,
    cohort bigint not null references cohorts (id),
    kind text not null,
    role text not null,
    partner text not null,
    planned_opens_on date,
    planned_precision text not null,
    expected_learners bigint,
    recorded_at bigint not null,
    recorded_by bigint not null references accounts (id)
);
create index cohort_descriptions_by_cohort on cohort_descriptions (cohort);

create table cohort_events (
    id bigint primary key,
    cohort bigint not null references cohorts (id),
    kind text not null,
    effective_on date,
    plan_line bigint references plan_lines (id),
    recorded_at bigint not null,
    recorded_by bigint not null references accounts (id),
    reason text not null,
    document bigint references documents (id),
    source_place text not null
);
create index cohort_events_by_cohort on cohort_events (cohort);

-- A trip belongs to a cohort and counts nowhere; it is told, never summed with learners.
create table field_trips (
    id bigint primary key,
    cohort bigint not null references cohorts (id),
    place text not null,
    took_place_on date,
    head_count bigint not null,
    note text not null,
    recorded_at bigint not null,
    recorded_by bigint not null references accounts (id)
);
create index field_trips_by_cohort on field_trips (cohort);

-- people and participation ---------------------------------------------------------------

create table people (
    id bigint primary key,
    full_name text not null,
    search text not null,
    sort_key bytea not null,
    birth_date date,
    birth_precision text not null,
    sex text not null,
    national_id text,
    unit bigint not null references units (id),
    position text not null,
    recorded_at bigint not null
);
create unique index people_by_national_id on people (national_id);
create index people_by_search on people (search, birth_date);

-- One person in one cohort. Unit and position are kept as they were when the person came.
create table participations (
    id bigint primary key,
    cohort bigint not null references cohorts (id),
    person bigint not null references people (id),
    unit bigint not null references units (id),
    position text not null,
    note text not null,
    started_on date,
    withdrawn_on date,
    result text,
    recorded_at bigint not null,
    recorded_by bigint not null references accounts (id),
    document bigint references documents (id),
    source_place text not null,
    unique (cohort, person)
);
create index participations_by_person on participations (person);
-- Where the people of a unit are: a unit officer sees those cohorts.
create index participations_by_unit on participations (unit, cohort);
-- The first page asks which closed cohorts have learners without a result.
create index participations_without_result on participations (cohort) where result = '' and withdrawn_on is null;

create table participation_events (
    id bigint primary key,
    participation bigint not null references participations (id),
    cohort bigint not null references cohorts (id),
    kind text not null,
    effective_on date,
    result text,
    recorded_at bigint not null,
    recorded_by bigint not null references accounts (id),
    reason text not null,
    document bigint references documents (id),
    source_place text not null
);
create index participation_events_by_cohort on participation_events (cohort, participation);

-- the ledger -----------------------------------------------------------------------------

-- Append-only. A correction reverses and posts anew.
create table postings (
    id bigint primary key,
    measure text not null,
    quantity bigint not null,
    effective_on date not null,
    recorded_at bigint not null,
    plan_line bigint,
    programme bigint not null,
    cohort bigint not null,
    participation bigint,
    person_unit bigint,
    organiser_unit bigint not null,
    source bigint not null,
    reverses bigint
);
create index postings_by_line on postings (plan_line, measure, effective_on, id);
create index postings_by_cohort on postings (cohort, participation);

-- The sum of the postings of one account, measure and day, and how many they are, kept in the
-- posting's own transaction. The account is the plan line that the cohort counts to, else the
-- cohort.
create table day_totals (
    account bigint not null,
    measure text not null,
    effective_on date not null,
    quantity bigint not null,
    postings bigint not null,
    primary key (account, measure, effective_on)
);
