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
    remarks text not null default '',
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

-- What a cohort's own scheme of assessment begins from. Marks are hundredths of a point, weights parts of 100.
create table programme_components (
    version bigint not null references programme_versions (id),
    position bigint not null,
    code text not null,
    name text not null,
    weight bigint not null,
    scale_max bigint not null,
    pass_mark bigint not null,
    resits bigint not null,
    markers bigint not null,
    tolerance bigint not null,
    anonymous boolean not null,
    primary key (version, position),
    unique (version, code)
);

create table programme_bands (
    version bigint not null references programme_versions (id),
    position bigint not null,
    code text not null,
    name text not null,
    from_mark bigint not null,
    passes boolean not null,
    primary key (version, position)
);

-- What a programme was called until that moment; workbooks go on using it.
create table programme_names (
    id bigint primary key,
    programme bigint not null references programmes (id),
    name text not null,
    search text not null,
    reason text not null,
    recorded_at bigint not null,
    recorded_by bigint not null references accounts (id)
);
create index programme_names_by_search on programme_names (search);

-- Which programme a template that the product brings became; each is brought once.
create table programme_templates (
    code text primary key,
    programme bigint not null references programmes (id),
    recorded_at bigint not null
);
