-- Field trips and delegations abroad: what was planned, what was said of them, what is due.

-- What was said of a trip, whole, each time anything was: planned, took_place or withdrawn. The last row
-- holds; a statement as known at a moment reads the last row recorded by then. Money is in đồng.
create table field_trip_events (
    id bigint primary key,
    trip bigint not null references field_trips (id),
    cohort bigint not null references cohorts (id),
    state text not null,
    place text not null,
    starts_on date,
    ends_on date,
    head_count bigint not null,
    note text not null,
    document bigint references documents (id),
    cost_planned bigint,
    cost_spent bigint,
    recorded_at bigint not null,
    recorded_by bigint not null references accounts (id),
    reason text not null
);
create index field_trip_events_by_trip on field_trip_events (trip);
create index field_trip_events_by_cohort on field_trip_events (cohort);
create index field_trip_events_by_day on field_trip_events (starts_on);
insert into field_trip_events (id, trip, cohort, state, place, starts_on, ends_on, head_count, note, document,
                               cost_planned, cost_spent, recorded_at, recorded_by, reason)
select id, id, cohort, 'took_place', place, took_place_on, took_place_on, head_count, note, null, null, null,
       recorded_at, recorded_by, ''
from field_trips;
alter table field_trips drop column place;
alter table field_trips drop column took_place_on;
alter table field_trips drop column head_count;
alter table field_trips drop column note;

-- What a cohort that is a delegation has besides: the last word on each is here, every word is a row of
-- delegation_events.
create table delegations (
    cohort bigint primary key references cohorts (id),
    sponsor text not null,
    sending_bodies text not null,
    countries text not null,
    departs_on date,
    returns_on date,
    leader bigint references participations (id),
    briefed_on date,
    briefing_place text not null
);

create table delegation_legs (
    id bigint primary key,
    cohort bigint not null references cohorts (id),
    from_day date not null,
    to_day date not null,
    country text not null,
    place text not null,
    host text not null,
    purpose text not null
);
create index delegation_legs_by_cohort on delegation_legs (cohort, from_day);

-- How many days or months what is asked for takes. A code is changed by another row of it, valid from a
-- day on; no amount: from that day on it is no longer asked for. Of kind report: days after the return;
-- passport: months beyond the return; paperwork: days before the departure.
create table delegation_rules (
    id bigint primary key,
    kind text not null,
    code text not null,
    position bigint not null,
    name_vi text not null,
    name_en text not null,
    amount bigint,
    valid_from date,
    basis text not null,
    verified_by text not null,
    recorded_at bigint not null,
    recorded_by bigint references accounts (id)
);
insert into delegation_rules (id, kind, code, position, name_vi, name_en, amount, basis, verified_by, recorded_at)
values
    (1, 'report', 'report', 1, 'Báo cáo kết quả học tập', 'Report on the studies', 15,
        'Quy định quản lý người học theo Đề án 165', '', 0),
    (2, 'report', 'report_last', 2, 'Thời hạn cuối của báo cáo', 'Last deadline of the report', 30,
        'Quy định quản lý người học theo Đề án 165', '', 0),
    (3, 'passport', 'passport', 3, 'Hộ chiếu còn hạn sau ngày về', 'Passport valid beyond the return', 6,
        'Thông lệ của cơ quan cấp thị thực', '', 0),
    (4, 'paperwork', 'programme', 4, 'Chương trình học tập, thư mời', 'Study programme, invitation', 60,
        'Mặc định của phần mềm', '', 0),
    (5, 'paperwork', 'budget', 5, 'Dự toán kinh phí', 'Budget', 45,
        'Mặc định của phần mềm', '', 0),
    (6, 'paperwork', 'decision', 6, 'Quyết định cử đoàn', 'Decision that sends the delegation', 30,
        'Mặc định của phần mềm', '', 0),
    (7, 'paperwork', 'passports', 7, 'Hộ chiếu của cả đoàn', 'Passports of all members', 30,
        'Mặc định của phần mềm', '', 0),
    (8, 'paperwork', 'visas', 8, 'Thị thực của cả đoàn', 'Visas of all members', 14,
        'Mặc định của phần mềm', '', 0),
    (9, 'paperwork', 'tickets', 9, 'Vé máy bay, bảo hiểm', 'Tickets and insurance', 10,
        'Mặc định của phần mềm', '', 0),
    (10, 'paperwork', 'briefing', 10, 'Phổ biến trước khi đi', 'Briefing before departure', 3,
        'Mặc định của phần mềm', '', 0);

-- Who sees to one thing of the checklist of one delegation, and when it was done.
create table delegation_paperwork (
    cohort bigint not null references cohorts (id),
    item text not null,
    responsible text not null,
    done_on date,
    document bigint references documents (id),
    note text not null,
    primary key (cohort, item)
);

-- The number of a passport is shown masked; no event and no trail repeats it.
create table delegation_members (
    participation bigint primary key references participations (id),
    cohort bigint not null references cohorts (id),
    passport_number text not null,
    passport_expires_on date,
    briefed boolean not null,
    report_received_on date,
    report_number text not null
);
create index delegation_members_by_cohort on delegation_members (cohort);

-- not_needed, applied, granted or refused
create table delegation_visas (
    participation bigint not null references participations (id),
    country text not null,
    cohort bigint not null references cohorts (id),
    state text not null,
    applied_on date,
    granted_on date,
    valid_until date,
    primary key (participation, country)
);
create index delegation_visas_by_cohort on delegation_visas (cohort);

-- Đồng, as planned and as spent.
create table delegation_costs (
    cohort bigint not null references cohorts (id),
    name text not null,
    planned bigint,
    spent bigint,
    primary key (cohort, name)
);

-- described, leg_added, leg_removed, paperwork, passports, visas, briefed, reports, cost: what was said is JSON.
create table delegation_events (
    id bigint primary key,
    cohort bigint not null references cohorts (id),
    kind text not null,
    said text not null,
    recorded_at bigint not null,
    recorded_by bigint not null references accounts (id),
    reason text not null
);
create index delegation_events_by_cohort on delegation_events (cohort);
