-- The report of a member who is home again, as its file came.
alter table delegation_members add column report_document bigint references documents (id);
