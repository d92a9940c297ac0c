-- What a cohort is marked on, the marks, and what they came to.

-- The scheme of a cohort: taken from its programme when the assessment is set up, and its own from then
-- on. Marks are hundredths of a point, weights parts of 100.
create table assessment_components (
    id bigint primary key,
    cohort bigint not null references cohorts (id),
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
    unique (cohort, code)
);

create table assessment_bands (
    cohort bigint not null references cohorts (id),
    position bigint not null,
    code text not null,
    name text not null,
    from_mark bigint not null,
    passes boolean not null,
    primary key (cohort, position)
);

-- set_up, changed, locked, unlocked, seated and unseated (of the board): what was said is JSON.
create table assessment_events (
    id bigint primary key,
    cohort bigint not null references cohorts (id),
    kind text not null,
    said text not null,
    effective_on date,
    document bigint references documents (id),
    recorded_at bigint not null,
    recorded_by bigint not null references accounts (id),
    reason text not null
);
create index assessment_events_by_cohort on assessment_events (cohort);

-- Where the marks of one attempt have led to; every one of them is a row of mark_events.
create table marks (
    component bigint not null references assessment_components (id),
    participation bigint not null references participations (id),
    attempt bigint not null,
    first_mark bigint,
    second_mark bigint,
    agreed_mark bigint,
    primary key (component, participation, attempt)
);
create index marks_by_participation on marks (participation);

-- Which of the marks: first, second, agreed. No mark: the one before was taken back.
create table mark_events (
    id bigint primary key,
    component bigint not null references assessment_components (id),
    participation bigint not null references participations (id),
    attempt bigint not null,
    marker text not null,
    mark bigint,
    recorded_at bigint not null,
    recorded_by bigint not null references accounts (id),
    reason text not null
);
create index mark_events_by_participation on mark_events (participation, component);

-- What stands on the paper of somebody whose marker must not know the name.
create table marking_codes (
    component bigint not null references assessment_components (id),
    participation bigint not null references participations (id),
    code bigint not null,
    primary key (component, participation),
    unique (component, code)
);

-- An essay or a test paper as a file.
create table submitted_papers (
    id bigint primary key,
    component bigint not null references assessment_components (id),
    participation bigint not null references participations (id),
    document bigint not null references documents (id),
    recorded_at bigint not null,
    recorded_by bigint not null references accounts (id)
);
create index submitted_papers_by_component on submitted_papers (component, participation);

-- What training is for, each aim judged by itself.
create table assessment_aims (
    code text primary key,
    position bigint not null,
    name_vi text not null,
    name_en text not null,
    valid_from date,
    valid_to date
);
insert into assessment_aims (code, position, name_vi, name_en) values
    ('knowledge', 1, 'Kiến thức', 'Knowledge'),
    ('method', 2, 'Phương pháp công tác', 'Working method'),
    ('ethics', 3, 'Đạo đức nghề nghiệp', 'Professional ethics'),
    ('communication', 4, 'Giao tiếp, ứng xử', 'Communication');

-- The latest row of a participation and an aim holds; a mark of ten points, or none.
create table aim_marks (
    id bigint primary key,
    participation bigint not null references participations (id),
    aim text not null references assessment_aims (code),
    mark bigint,
    recorded_at bigint not null,
    recorded_by bigint not null references accounts (id),
    reason text not null
);
create index aim_marks_by_participation on aim_marks (participation, aim);

-- The board that stands for the results.
create table assessment_board (
    id bigint primary key,
    cohort bigint not null references cohorts (id),
    name text not null,
    duty text not null,
    recorded_at bigint not null
);
create index assessment_board_by_cohort on assessment_board (cohort);

-- What the decision that locked the marks said of each learner, and still says.
create table assessment_results (
    participation bigint primary key references participations (id),
    cohort bigint not null references cohorts (id),
    total bigint not null,
    band_code text not null,
    band_name text not null,
    passed boolean not null,
    event bigint not null references assessment_events (id)
);
create index assessment_results_by_cohort on assessment_results (cohort);
