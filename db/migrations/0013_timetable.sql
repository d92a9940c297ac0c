-- Who teaches and where; when a cohort meets; who follows that from outside. Minutes are since midnight
-- at the centre, days that end something are its last.

-- teaching ---------------------------------------------------------------------------------

create table lecturers (
    id bigint primary key,
    unit bigint not null references units (id),
    person bigint references people (id),
    full_name text not null,
    sort_key bytea not null,
    organisation text not null,
    title text not null,
    kind text not null,
    fields text not null,
    email text not null,
    recorded_at bigint not null,
    recorded_by bigint not null references accounts (id)
);
create index lecturers_by_unit on lecturers (unit);
create index lecturers_by_person on lecturers (person);

create table rooms (
    id bigint primary key,
    unit bigint not null references units (id),
    name text not null,
    sort_key bytea not null,
    site text not null,
    capacity bigint,
    equipment text not null,
    recorded_at bigint not null,
    recorded_by bigint not null references accounts (id)
);
create index rooms_by_unit on rooms (unit);

-- When a lecturer, or a room, is not to be had: each of those days between these minutes. Who takes a row
-- back says so in it.
create table unavailabilities (
    id bigint primary key,
    lecturer bigint references lecturers (id),
    room bigint references rooms (id),
    first_on date not null,
    last_on date not null,
    starts_minute bigint not null,
    ends_minute bigint not null,
    reason text not null,
    recorded_at bigint not null,
    recorded_by bigint not null references accounts (id),
    withdrawn_at bigint,
    withdrawn_by bigint references accounts (id)
);
create index unavailabilities_by_lecturer on unavailabilities (lecturer, last_on);
create index unavailabilities_by_room on unavailabilities (room, last_on);

-- Đồng for one period, from a day on until the next row of the same lecturer.
create table lecturer_fees (
    id bigint primary key,
    lecturer bigint not null references lecturers (id),
    valid_from date not null,
    per_period bigint not null,
    basis text not null,
    recorded_at bigint not null,
    recorded_by bigint not null references accounts (id)
);
create index lecturer_fees_by_lecturer on lecturer_fees (lecturer, valid_from);

-- Days on which nothing is taught. `holiday_templates` are offered for a year and nothing more: which days
-- are off, the office decides.
create table holidays (
    id bigint primary key,
    first_on date not null,
    last_on date not null,
    name text not null,
    recorded_at bigint not null,
    recorded_by bigint not null references accounts (id),
    withdrawn_at bigint,
    withdrawn_by bigint references accounts (id)
);
create index holidays_by_day on holidays (last_on);

create table holiday_templates (
    code text primary key,
    first_month bigint not null,
    first_day bigint not null,
    days bigint not null,
    name text not null,
    basis text not null
);
insert into holiday_templates (code, first_month, first_day, days, name, basis) values
    ('new-year', 1, 1, 1, 'Tết Dương lịch', 'Bộ luật Lao động 2019, Điều 112'),
    ('reunification', 4, 30, 1, 'Ngày Giải phóng miền Nam, thống nhất đất nước', 'Bộ luật Lao động 2019, Điều 112'),
    ('labour', 5, 1, 1, 'Ngày Quốc tế Lao động', 'Bộ luật Lao động 2019, Điều 112'),
    ('national-day', 9, 2, 1, 'Quốc khánh', 'Bộ luật Lao động 2019, Điều 112');

-- The half-days of the house and how many periods each has; of one code the latest row in force holds. A
-- row without periods: that half-day is not used from then on.
create table half_days (
    id bigint primary key,
    code text not null,
    valid_from date,
    starts_minute bigint not null,
    ends_minute bigint not null,
    periods bigint not null,
    recorded_at bigint not null,
    recorded_by bigint references accounts (id)
);
insert into half_days (id, code, valid_from, starts_minute, ends_minute, periods, recorded_at, recorded_by) values
    (1, 'morning', null, 450, 690, 5, 0, null),
    (2, 'afternoon', null, 810, 1050, 5, 0, null);

-- the timetable ----------------------------------------------------------------------------

-- Where the events of a session have led to; a session that was called off keeps its row and whatever hangs
-- on it. `sequence` counts its changes.
create table timetable_sessions (
    id bigint primary key,
    cohort bigint not null references cohorts (id),
    held_on date not null,
    starts_minute bigint not null,
    ends_minute bigint not null,
    periods bigint not null,
    activity text not null,
    topic text not null,
    note text not null,
    room bigint references rooms (id),
    sequence bigint not null,
    called_off_at bigint,
    changed_at bigint not null,
    recorded_at bigint not null,
    recorded_by bigint not null references accounts (id)
);
create index timetable_sessions_by_cohort on timetable_sessions (cohort, held_on);
create index timetable_sessions_by_day on timetable_sessions (held_on);
create index timetable_sessions_by_room on timetable_sessions (room, held_on);

-- Who teaches it, and how many of its periods.
create table session_lecturers (
    session bigint not null references timetable_sessions (id),
    lecturer bigint not null references lecturers (id),
    position bigint not null,
    periods bigint not null,
    primary key (session, lecturer)
);
create index session_lecturers_by_lecturer on session_lecturers (lecturer);

-- scheduled, laid_out, changed, moved, called_off: what the session was from then on, and when it had been
-- before. `changed` names what is other than before, words with commas between.
create table timetable_events (
    id bigint primary key,
    session bigint not null references timetable_sessions (id),
    cohort bigint not null references cohorts (id),
    kind text not null,
    changed text not null,
    held_on date not null,
    starts_minute bigint not null,
    ends_minute bigint not null,
    was_on date,
    was_minute bigint,
    periods bigint not null,
    activity text not null,
    topic text not null,
    room bigint references rooms (id),
    was_room bigint references rooms (id),
    lecturers text not null,
    note text not null,
    recorded_at bigint not null,
    recorded_by bigint not null references accounts (id),
    reason text not null
);
create index timetable_events_by_session on timetable_events (session, id);
create index timetable_events_by_cohort on timetable_events (cohort, id);
create index timetable_events_by_time on timetable_events (recorded_at);

-- Whom an event concerns: who teaches from then on, and who did before.
create table timetable_event_lecturers (
    event bigint not null references timetable_events (id),
    lecturer bigint not null references lecturers (id),
    primary key (event, lecturer)
);
create index timetable_event_lecturers_by_lecturer on timetable_event_lecturers (lecturer);

-- A clash that somebody lets stand, as it stood then: when one of the sessions moves, it is another clash.
create table clash_acceptances (
    id bigint primary key,
    kind text not null,
    session bigint not null references timetable_sessions (id),
    other bigint not null,
    subject bigint not null,
    held_on date not null,
    starts_minute bigint not null,
    other_minute bigint not null,
    note text not null,
    recorded_at bigint not null,
    recorded_by bigint not null references accounts (id)
);
create index clash_acceptances_by_session on clash_acceptances (session);

-- calendars --------------------------------------------------------------------------------

-- A secret address at which the timetable of a cohort, a lecturer, a room or a person may be read. Only the
-- digest of its secret is kept.
create table calendar_feeds (
    id bigint primary key,
    kind text not null,
    subject bigint not null,
    label text not null,
    token_digest bytea not null unique,
    made_at bigint not null,
    made_by bigint not null references accounts (id),
    withdrawn_at bigint,
    withdrawn_by bigint references accounts (id)
);
create index calendar_feeds_by_subject on calendar_feeds (kind, subject);

-- Until which moment an account has read the changes that concern it.
create table notice_readings (
    id bigint primary key,
    account bigint not null references accounts (id),
    read_at bigint not null
);
create index notice_readings_by_account on notice_readings (account);

-- Whom a change was told by e-mail, so that nobody is told twice when the work is begun anew.
create table notice_mails (
    event bigint not null references timetable_events (id),
    recipient bigint not null,
    sent_at bigint not null,
    primary key (event, recipient)
);
