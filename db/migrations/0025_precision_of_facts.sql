-- How much of the first day is known: day, month or year; valid_from is the first day that it can be. "Grade
-- since 2015" is three years on the last day of 2018, and perhaps before.
alter table person_facts add column from_precision text not null default 'day';
