-- What a programme asks and offers, version by version; each is in force from its day until the next.

create table programme_versions (
    id bigint primary key,
    programme bigint not null references programmes (id),
    number bigint not null,
    valid_from date,
    basis text not null,
    audience text not null,
    aims text not null,
    minimum_size bigint,
    target_size bigint,
    maximum_size bigint,
    attendance_minimum bigint not null,
    certificate_series text not null,
    certificate_valid_months bigint,
    verified_by text not null,
    recorded_at bigint not null,
    recorded_by bigint not null references accounts (id),
    unique (programme, number)
);

-- Periods of 45 minutes, by what they are spent on.
create table programme_topics (
    id bigint primary key,
    version bigint not null references programme_versions (id),
    position bigint not null,
    title text not null,
    lecture bigint not null,
    discussion bigint not null,
    field_trip bigint not null,
    self_study bigint not null,
    test bigint not null,
    unique (version, position)
);
