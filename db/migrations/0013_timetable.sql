-- When a cohort meets. Minutes are since midnight at the centre.

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
    called_off_at bigint,
    recorded_at bigint not null,
    recorded_by bigint not null references accounts (id)
);
create index timetable_sessions_by_cohort on timetable_sessions (cohort, held_on);
create index timetable_sessions_by_day on timetable_sessions (held_on);
