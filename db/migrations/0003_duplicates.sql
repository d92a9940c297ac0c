-- Records of the register that look like one person, and what was decided of them.

-- Who led to a record leads to the one it is merged into.
create index people_merged on people (merged_into) where merged_into is not null;

-- One run over the whole register. State: running, finished, failed.
create table duplicate_sweeps (
    id bigint primary key,
    state text not null,
    steps bigint not null default 0,
    people bigint not null default 0,
    pairs bigint not null default 0,
    incident text not null default '',
    begun_at bigint not null,
    begun_by bigint not null references accounts (id),
    finished_at bigint
);

-- first < second. State: open, dismissed, merged. `looks` is a number made of all that was
-- compared: a dismissed pair is found again when it changes.
create table duplicate_pairs (
    id bigint primary key,
    first bigint not null references people (id),
    second bigint not null references people (id),
    score bigint not null,
    reasons text not null,
    looks bigint not null,
    state text not null,
    found_at bigint not null,
    -- The sweep (or the import) that found it last: what the newest sweep did not find is gone.
    seen_by bigint not null,
    decided_at bigint,
    decided_by bigint references accounts (id),
    reason text not null default '',
    unique (first, second)
);
create index duplicate_pairs_by_score on duplicate_pairs (state, score, id);
create index duplicate_pairs_by_second on duplicate_pairs (second);

-- One record was found to be the same person as another, and leads to it until that is undone.
create table person_merges (
    id bigint primary key,
    kept bigint not null references people (id),
    gone bigint not null references people (id),
    recorded_at bigint not null,
    recorded_by bigint not null references accounts (id),
    reason text not null,
    undone_at bigint,
    undone_by bigint references accounts (id),
    undone_reason text
);
create index person_merges_by_gone on person_merges (gone);
create index person_merges_by_kept on person_merges (kept);

-- Which rows of whom a merge moved from the one to the other.
create table person_merge_moves (
    merge bigint not null references person_merges (id),
    follower text not null,
    moved bigint not null,
    primary key (merge, follower, moved)
);

-- What a merge wrote into the two records themselves: the field as it was and as it became.
create table person_merge_fields (
    merge bigint not null references person_merges (id),
    person bigint not null references people (id),
    field text not null,
    was text not null,
    became text not null,
    primary key (merge, person, field)
);
