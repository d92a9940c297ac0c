-- Units through time: what they were called, where they stood, what became of them. The columns
-- of a unit hold where these rows have led to by now; unit_ancestors follows today's tree, and a
-- unit that became part of another lies, for those who look after that one, beneath it as well.

-- The first day it was, and the first on which it no longer is; null: as long as anybody knows.
alter table units add column begins_on date;
alter table units add column ends_on date;
-- What it became part of when it ended.
alter table units add column successor bigint references units (id);
create index units_by_parent on units (parent);
create index units_by_successor on units (successor);

-- A name holds from its day until the day of the next; of two from one day the later row holds.
-- Without a day: since the beginning. Who recorded it is null when a program named it (init, or
-- the first roster that mentions a unit).
create table unit_names (
    id bigint primary key,
    unit bigint not null references units (id),
    name text not null,
    search text not null,
    valid_from date,
    recorded_at bigint not null,
    recorded_by bigint references accounts (id)
);
create index unit_names_by_unit on unit_names (unit, valid_from);

create table unit_places (
    id bigint primary key,
    unit bigint not null references units (id),
    parent bigint references units (id),
    valid_from date,
    recorded_at bigint not null,
    recorded_by bigint references accounts (id)
);
create index unit_places_by_unit on unit_places (unit, valid_from);
create index unit_places_by_parent on unit_places (parent);

-- What happened. `other` is the other unit of a move, a merger or a split; `before` and `after`
-- what was changed, as text; `basis` the paper as its number is written.
create table unit_events (
    id bigint primary key,
    unit bigint not null references units (id),
    kind text not null,
    effective_on date,
    other bigint references units (id),
    before text not null,
    after text not null,
    recorded_at bigint not null,
    recorded_by bigint references accounts (id),
    reason text not null,
    basis text not null,
    document bigint references documents (id),
    source_place text not null
);
create index unit_events_by_unit on unit_events (unit);
create index unit_events_by_other on unit_events (other);

-- Of the units there are, what is known is what they are called and where they stand.
insert into unit_names (id, unit, name, search, recorded_at)
    select id, id, name, search, recorded_at from units;
insert into unit_places (id, unit, parent, recorded_at)
    select id, id, parent, recorded_at from units;

-- A count by unit reads the postings of the units counted.
create index postings_by_unit on postings (person_unit, measure, effective_on);
