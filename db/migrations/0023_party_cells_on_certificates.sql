-- The Party cell and committee of the learner on the day of issue, for drawings that print them. Of what was
-- issued before nobody kept them.
alter table certificates add column party_cell text not null default '';
alter table certificates add column party_committee text not null default '';
