-- The way of a cohort from its opening decision to its filed dossier, and that dossier.

-- Where its events have led to, besides opening, closing and cancelling. A merged cohort is cancelled
-- on the day on which its learners went over.
alter table cohorts add column decided_on date;
alter table cohorts add column postponed_on date;
alter table cohorts add column merged_into bigint references cohorts (id);
alter table cohorts add column filed_on date;

-- With partners: where it is held, who runs it day by day, whose certificate the learners get.
alter table cohorts add column hosted_by text not null default '';
alter table cohorts add column managed_by text not null default '';
alter table cohorts add column certified_by text not null default '';
alter table cohorts add column basis_document bigint references documents (id);

-- Into which cohorts of its programme one may be merged, the latest first.
create index cohorts_not_ended on cohorts (programme, coalesce(opened_on, planned_opens_on, '0001-01-01'), id)
    where closed_on is null and cancelled_on is null;

-- decided: by whose signature; postponed: until when; merged: into which.
alter table cohort_events add column merged_into bigint references cohorts (id);
alter table cohort_events add column planned_opens_on date;
alter table cohort_events add column planned_precision text not null default '';
alter table cohort_events add column signatory text not null default '';
alter table cohort_events add column signatory_title text not null default '';

-- Which opened cohorts have no opening decision is on the first page.
create index cohorts_without_decision on cohorts (organiser_unit, opened_on) where decided_on is null;

-- the dossier of a cohort ----------------------------------------------------------------

-- What belongs into it, and by when: opening, closing, filing. Offices differ, regulations change.
create table dossier_items (
    code text primary key,
    position bigint not null,
    name_vi text not null,
    name_en text not null,
    due text not null,
    valid_from date,
    valid_to date
);
insert into dossier_items (code, position, name_vi, name_en, due) values
    ('opening_decision', 1, 'Quyết định mở lớp', 'Opening decision', 'closing'),
    ('roster', 2, 'Danh sách học viên', 'Roster', 'closing'),
    ('timetable', 3, 'Lịch học', 'Timetable', 'closing'),
    ('attendance', 4, 'Bảng điểm danh', 'Attendance sheets', 'closing'),
    ('results', 5, 'Bảng điểm, quyết định công nhận kết quả', 'Marks and the decision that recognises them', 'closing'),
    ('certificate_register', 6, 'Sổ cấp giấy chứng nhận', 'Certificate register', 'filing'),
    ('survey', 7, 'Phiếu khảo sát', 'Class survey', 'filing'),
    ('report', 8, 'Báo cáo tổng kết lớp', 'Class report', 'filing'),
    ('settlement', 9, 'Chứng từ quyết toán', 'Settlement of costs', 'filing');

-- attached, waived, reopened (what was said of an item is taken back), seated, unseated, grouped, costed,
-- struck: what was said is JSON.
create table dossier_events (
    id bigint primary key,
    cohort bigint not null references cohorts (id),
    kind text not null,
    item text references dossier_items (code),
    said text not null,
    document bigint references documents (id),
    recorded_at bigint not null,
    recorded_by bigint not null references accounts (id),
    reason text not null
);
create index dossier_events_by_cohort on dossier_events (cohort);

-- Who stands for the cohort, as the events have led to. Body: board, class_manager, committee; of the
-- committee they are learners.
create table class_seats (
    id bigint primary key,
    cohort bigint not null references cohorts (id),
    body text not null,
    name text not null,
    duty text not null,
    participation bigint references participations (id)
);
create index class_seats_by_cohort on class_seats (cohort);

-- Which group (tổ) of the cohort a learner is in: tổ 1, tổ 2, …
create table class_group_members (
    participation bigint primary key references participations (id),
    cohort bigint not null references cohorts (id),
    class_group bigint not null
);
create index class_group_members_by_cohort on class_group_members (cohort);

-- Kinds of costs, as the budget names them.
create table cost_kinds (
    code text primary key,
    position bigint not null,
    name_vi text not null,
    name_en text not null,
    valid_from date,
    valid_to date
);
insert into cost_kinds (code, position, name_vi, name_en) values
    ('lecturers', 1, 'Thù lao giảng viên, báo cáo viên', 'Fees of lecturers and speakers'),
    ('travel', 2, 'Đi lại, ăn ở', 'Travel and board'),
    ('materials', 3, 'Tài liệu, văn phòng phẩm', 'Materials and stationery'),
    ('premises', 4, 'Hội trường, thiết bị', 'Premises and equipment'),
    ('field_trip', 5, 'Đi thực tế', 'Field trip'),
    ('certificates', 6, 'Giấy chứng nhận, khen thưởng', 'Certificates and commendation'),
    ('other', 7, 'Chi khác', 'Other');

-- Whole đồng. Stage: planned, spent.
create table cost_lines (
    id bigint primary key,
    cohort bigint not null references cohorts (id),
    stage text not null,
    kind text not null references cost_kinds (code),
    amount_dong bigint not null,
    note text not null,
    document bigint references documents (id),
    recorded_at bigint not null,
    recorded_by bigint not null references accounts (id)
);
create index cost_lines_by_cohort on cost_lines (cohort);
