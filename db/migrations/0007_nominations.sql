-- Calls for nominations, who is nominated, and what became of it.

-- One call for each cohort: how many places, until when, and what the letter says.
create table calls (
    id bigint primary key,
    cohort bigint not null unique references cohorts (id),
    places bigint not null,
    deadline bigint not null,
    notice_days bigint not null,
    letter_number text not null,
    letter_text text not null,
    locked_at bigint,
    recorded_at bigint not null,
    recorded_by bigint not null references accounts (id)
);

-- How many people a unit, with all beneath it, is asked for.
create table call_quotas (
    call bigint not null references calls (id),
    unit bigint not null references units (id),
    quota bigint not null,
    primary key (call, unit)
);
create index call_quotas_by_unit on call_quotas (unit, call);

-- issued, changed, locked, unlocked; `said` is what the call said from then on, as JSON.
create table call_events (
    id bigint primary key,
    call bigint not null references calls (id),
    kind text not null,
    said text not null,
    recorded_at bigint not null,
    recorded_by bigint not null references accounts (id),
    reason text not null
);
create index call_events_by_call on call_events (call);

-- One person in one call. The unit is the one the person was of when nominated; asked_unit is
-- the unit of the call whose quota it counts to, null when none asked for it. State, finding,
-- participation and substituted_by hold where the events have led to.
create table nominations (
    id bigint primary key,
    call bigint not null references calls (id),
    person bigint not null references people (id),
    unit bigint not null references units (id),
    asked_unit bigint references units (id),
    position text not null,
    choice bigint not null,
    state text not null,
    finding text not null,
    note text not null,
    received_at bigint not null,
    participation bigint references participations (id),
    substituted_by bigint references nominations (id),
    unique (call, person)
);
create index nominations_by_person on nominations (person);
create index nominations_by_unit on nominations (unit, call);
create index nominations_by_participation on nominations (participation);

create table nomination_events (
    id bigint primary key,
    nomination bigint not null references nominations (id),
    kind text not null,
    finding text not null,
    recorded_at bigint not null,
    recorded_by bigint not null references accounts (id),
    reason text not null,
    document bigint references documents (id)
);
create index nomination_events_by_nomination on nomination_events (nomination);

-- The row of another feature that put the person on the roster; null: a workbook did.
alter table participations add column enrolled_by bigint;
