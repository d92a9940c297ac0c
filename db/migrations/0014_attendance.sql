-- Who was there. What was said of a learner in a session is a row of attendance_events, never changed;
-- `attendance` is where those have led to.

create table attendance_events (
    id bigint primary key,
    act bigint not null,          -- what was recorded together has one
    cohort bigint not null references cohorts (id),
    session bigint not null references timetable_sessions (id),
    participation bigint not null references participations (id),
    held_on date not null,        -- the day it counts on: the session's
    state text not null,          -- present, late, excused, unexcused; empty: said no more
    periods bigint not null,      -- attended
    excuse bigint references documents (id),
    way text not null,            -- page, check_in, offline, workbook, timetable
    client_id text unique,        -- given by the phone that was offline, so that nothing doubles
    marked_at bigint not null,    -- when it was said; offline that is earlier than when it was recorded
    recorded_at bigint not null,
    recorded_by bigint not null references accounts (id),
    reason text not null,
    document bigint references documents (id),
    source_place text not null
);
create index attendance_events_by_session on attendance_events (session, participation);
create index attendance_events_by_cohort on attendance_events (cohort);
create index attendance_events_by_document on attendance_events (document);

create table attendance (
    session bigint not null references timetable_sessions (id),
    participation bigint not null references participations (id),
    cohort bigint not null references cohorts (id),
    held_on date not null,
    state text not null,
    periods bigint not null,
    excuse bigint references documents (id),
    event bigint not null references attendance_events (id),
    primary key (session, participation)
);
create index attendance_by_cohort on attendance (cohort, held_on);
create index attendance_by_participation on attendance (participation);

-- What came in and disagrees with what stood by then: it waits for somebody's decision.
create table attendance_contradictions (
    id bigint primary key,
    cohort bigint not null references cohorts (id),
    session bigint not null references timetable_sessions (id),
    participation bigint not null references participations (id),
    state text not null,
    periods bigint not null,
    way text not null,
    client_id text unique,
    marked_at bigint not null,
    stood bigint,                 -- the event that stood; none: nothing did, but a reason is needed
    recorded_at bigint not null,
    recorded_by bigint not null references accounts (id)
);
create index attendance_contradictions_by_cohort on attendance_contradictions (cohort);

create table attendance_decisions (
    contradiction bigint primary key references attendance_contradictions (id),
    kept text not null,           -- said: what came in; stood: what was there
    reason text not null,
    recorded_at bigint not null,
    recorded_by bigint not null references accounts (id)
);

-- Who may complete with less than the minimum, and why; the latest row of a learner holds.
create table attendance_waivers (
    id bigint primary key,
    cohort bigint not null references cohorts (id),
    participation bigint not null references participations (id),
    granted boolean not null,
    reason text not null,
    recorded_at bigint not null,
    recorded_by bigint not null references accounts (id)
);
create index attendance_waivers_by_cohort on attendance_waivers (cohort);

-- How attendance is counted, from a day on. Leave: missed (its periods lack like any others), attended
-- (they count as attended), left_out (as if they had not been held).
create table attendance_rules (
    id bigint primary key,
    valid_from date unique,
    late_after_minutes bigint not null,
    leave text not null,
    basis text not null,
    verified_by text not null
);
insert into attendance_rules (id, valid_from, late_after_minutes, leave, basis, verified_by)
values (1, null, 15, 'missed', '', '');

-- Learners check themselves in while a window is open, by a code made of its secret and the clock.
create table attendance_windows (
    id bigint primary key,
    session bigint not null references timetable_sessions (id),
    secret bytea not null,
    opened_at bigint not null,
    opened_by bigint not null references accounts (id),
    closed_at bigint
);
create index attendance_windows_by_session on attendance_windows (session);

-- One phone checks one person in, and nobody twice. Of the phone only a digest is kept.
create table attendance_devices (
    session bigint not null references timetable_sessions (id),
    device bytea not null,
    participation bigint not null references participations (id),
    recorded_at bigint not null,
    primary key (session, device),
    unique (session, participation)
);
