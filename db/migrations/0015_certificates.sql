-- Certificates: their books and blanks, what was printed, and what became of each.

-- Whose rules a series follows, and what stands at the head of its papers.
create table certificate_regimes (
    code text primary key,
    head text not null,
    motto text not null
);
insert into certificate_regimes (code, head, motto) values
    ('party', 'ĐẢNG CỘNG SẢN VIỆT NAM', ''),
    ('state', 'CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM', 'Độc lập - Tự do - Hạnh phúc');

-- A series is one book a year. The regime says whose rules hold (party, state); the kind what the paper is
-- called. The versions of programmes name series by their codes; the mark (ký hiệu) is what is written.
-- {number}, {year} and {mark} stand in the pattern of a register number.
create table certificate_series (
    code text primary key,
    mark text not null,
    name text not null,
    regime text not null references certificate_regimes (code),
    kind text not null,
    number_pattern text not null,
    uses_blanks boolean not null
);
insert into certificate_series (code, mark, name, regime, kind, number_pattern, uses_blanks) values
    ('awareness', 'NTVĐ', 'Bồi dưỡng nhận thức về Đảng', 'party', 'certificate_of_completion',
     '{number}/{year}-{mark}', false),
    ('new-members', 'ĐVM', 'Bồi dưỡng lý luận chính trị cho đảng viên mới', 'party',
     'certificate_of_completion', '{number}/{year}-{mark}', false),
    ('cell-secretaries', 'CTĐ', 'Bồi dưỡng nghiệp vụ công tác đảng', 'party', 'certificate_of_completion',
     '{number}/{year}-{mark}', false),
    ('principal-specialist', 'CVC', 'Bồi dưỡng ngạch chuyên viên chính', 'state', 'certificate',
     '{number}/{year}/{mark}', false),
    ('senior-specialist', 'CVCC', 'Bồi dưỡng ngạch chuyên viên cao cấp', 'state', 'certificate',
     '{number}/{year}/{mark}', false);

-- What stands above the name on the paper.
create table certificate_kinds (
    code text primary key,
    title text not null
);
insert into certificate_kinds (code, title) values
    ('certificate_of_completion', 'GIẤY CHỨNG NHẬN'),
    ('certificate', 'CHỨNG CHỈ'),
    ('course_completion', 'GIẤY CHỨNG NHẬN HOÀN THÀNH KHÓA HỌC');

-- What is given to whoever asks because of this cause, and within how many working days: the paper anew, or
-- one of another kind that has the same value.
create table certificate_remedies (
    regime text not null,
    cause text not null,
    kind text,
    working_days bigint not null,
    valid_from date,
    valid_to date,
    basis text not null
);
insert into certificate_remedies (regime, cause, kind, working_days, valid_from, valid_to, basis) values
    ('party', 'issuer_error', null, 5, null, null, 'Hướng dẫn 154-HD/BTGTW (9/10/2020)'),
    ('party', 'damaged', null, 5, null, null, 'Hướng dẫn 154-HD/BTGTW (9/10/2020)'),
    ('party', 'lost', null, 5, null, '2023-06-14', 'Hướng dẫn 154-HD/BTGTW (9/10/2020)'),
    ('party', 'lost', 'course_completion', 5, '2023-06-15', null,
     'Thông tư 03/2023/TT-BNV, áp dụng tương tự'),
    ('state', 'issuer_error', null, 5, null, null, 'Thông tư 03/2023/TT-BNV'),
    ('state', 'damaged', null, 5, null, '2023-06-14', 'Thông tư 01/2018/TT-BNV'),
    ('state', 'damaged', 'course_completion', 5, '2023-06-15', null, 'Thông tư 03/2023/TT-BNV'),
    ('state', 'lost', null, 5, null, '2023-06-14', 'Thông tư 01/2018/TT-BNV'),
    ('state', 'lost', 'course_completion', 5, '2023-06-15', null, 'Thông tư 03/2023/TT-BNV');

-- Why a certificate is revoked; after some of them the learner may be given one anew.
create table certificate_grounds (
    code text primary key,
    position bigint not null,
    name_vi text not null,
    name_en text not null,
    may_be_issued_again boolean not null,
    valid_from date,
    valid_to date,
    basis text not null
);
insert into certificate_grounds
    (code, position, name_vi, name_en, may_be_issued_again, valid_from, valid_to, basis) values
    ('fraud', 1, 'Gian lận trong tuyển sinh hoặc học tập', 'Fraud in enrolment or study', false, null,
     null, 'Thông tư 03/2023/TT-BNV'),
    ('ineligible', 2, 'Cấp cho người không đủ điều kiện', 'Issued to somebody ineligible', false, null,
     null, 'Thông tư 03/2023/TT-BNV'),
    ('beyond_authority', 3, 'Cấp không đúng thẩm quyền', 'Issued beyond authority', true, null, null,
     'Thông tư 03/2023/TT-BNV'),
    ('altered', 4, 'Tẩy xóa, sửa chữa', 'Altered', false, null, null, 'Thông tư 03/2023/TT-BNV'),
    ('lent', 5, 'Cho người khác sử dụng', 'Lent to others', false, null, null, 'Thông tư 03/2023/TT-BNV'),
    ('issuer_error', 6, 'Sai sót của cơ sở đào tạo', 'Error of the institution', true, null, null,
     'Thông tư 03/2023/TT-BNV'),
    ('other', 7, 'Căn cứ khác, nêu ở lý do', 'Another ground, told in the reason', true, null, null, '');

-- How a signatory who does not sign in his own name says so, by regime.
create table certificate_capacities (
    regime text not null,
    code text not null,
    prefix text not null,
    primary key (regime, code)
);
insert into certificate_capacities (regime, code, prefix) values
    ('party', 'own_name', ''), ('party', 'on_behalf', 'T/M'), ('party', 'in_place', 'K/T'), ('party',
     'by_order', 'T/L'),
    ('state', 'own_name', ''), ('state', 'on_behalf', 'TM.'), ('state', 'in_place', 'KT.'), ('state',
     'by_order', 'TL.');

-- Who issues a series and who signs it, from a day on until the next. The issuer need not be the organiser.
create table certificate_authorities (
    id bigint primary key,
    series text not null references certificate_series (code),
    valid_from date not null,
    issuer_name text not null,
    place text not null,
    capacity text not null,
    principal text not null,
    signatory_title text not null,
    signatory_name text not null,
    basis text not null,
    recorded_at bigint not null,
    recorded_by bigint not null references accounts (id)
);
create index certificate_authorities_by_series on certificate_authorities (series, valid_from);

-- The drawing of a series, from a day on; until the first, the one that comes with the program.
create table certificate_templates (
    id bigint primary key,
    series text not null references certificate_series (code),
    valid_from date not null,
    digest text not null,
    file_name text not null,
    recorded_at bigint not null,
    recorded_by bigint not null references accounts (id)
);
create index certificate_templates_by_series on certificate_templates (series, valid_from);

-- The last register number given; the row is held while numbers are given.
create table certificate_books (
    series text not null references certificate_series (code),
    year bigint not null,
    last_number bigint not null,
    primary key (series, year)
);

-- Blanks (phôi) received, numbered from first to last; next is the first that nobody has used.
create table certificate_blanks (
    id bigint primary key,
    series text not null references certificate_series (code),
    prefix text not null,
    first_number bigint not null,
    last_number bigint not null,
    digits bigint not null,
    next_number bigint not null,
    received_on date not null,
    recorded_at bigint not null,
    recorded_by bigint not null references accounts (id),
    reason text not null
);
create index certificate_blanks_by_series on certificate_blanks (series, id);

create table spoiled_blanks (
    id bigint primary key,
    blanks bigint not null references certificate_blanks (id),
    number bigint not null,
    certificate bigint,
    recorded_at bigint not null,
    recorded_by bigint not null references accounts (id),
    reason text not null,
    unique (blanks, number)
);

-- What was issued in one act: its papers are drawn afterwards, from what was frozen, into one file with a
-- page for each. State: drawing, finished, failed.
create table certificate_issues (
    id bigint primary key,
    cohort bigint not null references cohorts (id),
    issued_on date not null,
    template text not null,
    certificates bigint not null,
    state text not null,
    incident text not null,
    file_digest text not null,
    file_bytes bigint not null,
    recorded_at bigint not null,
    recorded_by bigint not null references accounts (id)
);
create index certificate_issues_by_cohort on certificate_issues (cohort);

-- Everything printed is kept here as it was printed, with the file and the page on which it was. Where events
-- have led to: replaced_on, revoked_on, handed_over_on and what was asked for; each of them is a
-- row of certificate_events.
create table certificates (
    id bigint primary key,
    code text not null unique,
    series text not null references certificate_series (code),
    book_year bigint not null,
    register_number bigint not null,
    register_text text not null,
    participation bigint not null references participations (id),
    cohort bigint not null references cohorts (id),
    issue bigint not null references certificate_issues (id),
    replaces bigint unique references certificates (id),
    blanks bigint references certificate_blanks (id),
    blank_number bigint,
    serial text not null,
    kind text not null references certificate_kinds (code),
    head text not null,
    motto text not null,
    title text not null,
    full_name text not null,
    sort_key bytea not null,
    search text not null,
    birth text not null,
    unit_name text not null,
    programme_name text not null,
    cohort_code text not null,
    periods bigint not null,
    opened_on date not null,
    closed_on date,
    band text not null,
    decision_number text not null,
    decision_on date not null,
    issued_on date not null,
    valid_until date,
    place text not null,
    issuer_name text not null,
    organiser_name text not null,
    signed_for text not null,
    signatory_title text not null,
    signatory_name text not null,
    address text not null,
    replaced_on date,
    revoked_on date,
    revoked_ground text not null,
    handed_over_on date,
    received_by text not null,
    requested_on date,
    request_due_on date,
    page bigint not null,
    file_digest text not null,
    recorded_at bigint not null,
    unique (series, book_year, register_number),
    unique (blanks, blank_number)
);
create index certificates_by_participation on certificates (participation);
create index certificates_by_cohort on certificates (cohort);
create index certificates_by_issue on certificates (issue);
create index certificates_by_search on certificates (search);
create index certificates_by_expiry on certificates (valid_until);
-- Nobody has two that stand.
create unique index certificates_standing on certificates (participation)
    where replaced_on is null and revoked_on is null;

-- issued, replaced, revoked, handed_over, requested, declined, blank_spoiled: what was said is JSON.
create table certificate_events (
    id bigint primary key,
    certificate bigint not null references certificates (id),
    kind text not null,
    effective_on date not null,
    said text not null,
    document bigint references documents (id),
    recorded_at bigint not null,
    recorded_by bigint not null references accounts (id),
    reason text not null
);
create index certificate_events_by_certificate on certificate_events (certificate);
