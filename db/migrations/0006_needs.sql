-- Needs: each autumn units are asked how many people they want to send to which programme.

create table need_campaigns (
    id bigint primary key,
    unit bigint not null references units (id),
    year bigint not null,
    title text not null,
    note text not null,
    recorded_at bigint not null,
    recorded_by bigint not null references accounts (id)
);

-- When answers are taken, first and last day; the latest row holds.
create table need_windows (
    id bigint primary key,
    campaign bigint not null references need_campaigns (id),
    opens_on date not null,
    closes_on date not null,
    reason text not null,
    recorded_at bigint not null,
    recorded_by bigint not null references accounts (id)
);
create index need_windows_by_campaign on need_windows (campaign);

create table need_campaign_units (
    campaign bigint not null references need_campaigns (id),
    unit bigint not null references units (id),
    primary key (campaign, unit)
);
create index need_campaign_units_by_unit on need_campaign_units (unit);

create table need_campaign_programmes (
    campaign bigint not null references need_campaigns (id),
    programme bigint not null references programmes (id),
    position bigint not null,
    primary key (campaign, programme)
);

-- What a unit answered. A later answer takes the place of an earlier one, which stays. Half: of
-- the year, first or second; empty: no wish. Reason: why it was taken outside the window.
create table need_answers (
    id bigint primary key,
    campaign bigint not null references need_campaigns (id),
    unit bigint not null references units (id),
    programme bigint not null references programmes (id),
    learners bigint not null,
    half text not null,
    note text not null,
    reason text not null,
    recorded_at bigint not null,
    recorded_by bigint not null references accounts (id)
);
create index need_answers_by_unit on need_answers (campaign, unit, programme);

-- Which line of which version of a plan was drafted from the answers, and what they said then.
create table need_lines (
    id bigint primary key,
    campaign bigint not null references need_campaigns (id),
    version bigint not null references plan_versions (id),
    line bigint not null references plan_lines (id),
    learners bigint not null,
    units bigint not null,
    recorded_at bigint not null,
    recorded_by bigint not null references accounts (id)
);
create index need_lines_by_line on need_lines (line);
create index need_lines_by_campaign on need_lines (campaign);
