-- Work that cannot be done now is put off and tried again; whom mail has not reached is known.

-- How often a job was put off because what it needs was not to be had. Until lease_until nobody begins a job
-- that has no holder.
alter table jobs add column times_put_off bigint not null default 0;

-- Whom the mail server will never take a change for; nobody tries again.
create table notice_refusals (
    event bigint not null references timetable_events (id),
    recipient bigint not null,
    refused_at bigint not null,
    primary key (event, recipient)
);
create index notice_refusals_by_time on notice_refusals (refused_at);

-- Changes that were tried for a day and are mailed no more, and how many people were not reached.
create table notice_mails_given_up (
    event bigint primary key references timetable_events (id),
    unreached bigint not null,
    incident text not null,
    given_up_at bigint not null
);
create index notice_mails_given_up_by_time on notice_mails_given_up (given_up_at);
