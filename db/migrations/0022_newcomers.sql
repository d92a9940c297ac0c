-- People whom a unit's list names and nobody has in the register yet, kept with the call until the office
-- says who they are.

-- State and nomination hold where the events have led to; the nomination is the one that came of it.
-- `late`: how it arrived, which stays when the deadline moves.
create table newcomers (
    id bigint primary key,
    call bigint not null references calls (id),
    unit bigint not null references units (id),
    full_name text not null,
    search text not null,
    birth_date date,
    birth_precision text not null,
    sex text not null,
    national_id text,
    position text not null,
    choice bigint not null,
    note text not null,
    late boolean not null,
    state text not null,
    received_at bigint not null,
    document bigint references documents (id),
    nomination bigint references nominations (id)
);
create index newcomers_by_call on newcomers (call, state);
create index newcomers_by_unit on newcomers (unit, call);

-- received, late, registered, recognised, refused, withdrawn; moved, when the cohort merged into another.
create table newcomer_events (
    id bigint primary key,
    newcomer bigint not null references newcomers (id),
    kind text not null,
    recorded_at bigint not null,
    recorded_by bigint not null references accounts (id),
    reason text not null,
    document bigint references documents (id)
);
create index newcomer_events_by_newcomer on newcomer_events (newcomer);
