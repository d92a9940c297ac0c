-- What learners say of their cohort, and what the units that sent them say some months later.

-- What is asked: on a day those hold that have the day among theirs. About the cohort, each lecturer, or
-- one of the aims of training; answered by a rating of 1 to 5 or in words.
create table survey_questions (
    code text primary key,
    audience text not null,
    about text not null,
    aim text references assessment_aims (code),
    kind text not null,
    position bigint not null,
    text_vi text not null,
    text_en text not null,
    valid_from date,
    valid_to date
);
insert into survey_questions (code, audience, about, aim, kind, position, text_vi, text_en) values
    ('content', 'learners', 'cohort', null, 'rating', 10,
     'Nội dung chương trình thiết thực với công việc', 'The content is of use in my work'),
    ('organisation', 'learners', 'cohort', null, 'rating', 20,
     'Tổ chức lớp, lịch học, phục vụ chu đáo', 'The cohort was well organised and looked after'),
    ('facilities', 'learners', 'cohort', null, 'rating', 30,
     'Phòng học, tài liệu, thiết bị đầy đủ', 'Rooms, papers and equipment were as they should be'),
    ('lecturer-knowledge', 'learners', 'lecturer', null, 'rating', 40,
     'Nắm vững nội dung, liên hệ thực tiễn', 'Knows the subject and ties it to practice'),
    ('lecturer-method', 'learners', 'lecturer', null, 'rating', 50,
     'Phương pháp truyền đạt dễ hiểu, gợi mở', 'Teaches clearly and makes one think'),
    ('aim-knowledge', 'learners', 'aim', 'knowledge', 'rating', 60,
     'Kiến thức của tôi được nâng lên', 'I know more than before'),
    ('aim-method', 'learners', 'aim', 'method', 'rating', 70,
     'Phương pháp công tác của tôi được cải thiện', 'My way of working has improved'),
    ('aim-ethics', 'learners', 'aim', 'ethics', 'rating', 80,
     'Tôi ý thức rõ hơn về đạo đức nghề nghiệp', 'I see the ethics of my profession more clearly'),
    ('aim-communication', 'learners', 'aim', 'communication', 'rating', 90,
     'Giao tiếp, ứng xử của tôi tốt hơn', 'I deal with people better'),
    ('good', 'learners', 'cohort', null, 'words', 100, 'Điều bổ ích nhất', 'What was of most use'),
    ('better', 'learners', 'cohort', null, 'words', 110, 'Điều cần làm tốt hơn', 'What should be better'),
    ('unit-aim-knowledge', 'units', 'aim', 'knowledge', 'rating', 10,
     'Người được cử đi học vận dụng kiến thức vào công việc', 'Whom we sent applies what was learned'),
    ('unit-aim-method', 'units', 'aim', 'method', 'rating', 20,
     'Phương pháp công tác tiến bộ', 'Their way of working has improved'),
    ('unit-aim-ethics', 'units', 'aim', 'ethics', 'rating', 30,
     'Ý thức, đạo đức nghề nghiệp được nâng lên', 'Their professional ethics have risen'),
    ('unit-aim-communication', 'units', 'aim', 'communication', 'rating', 40,
     'Giao tiếp, ứng xử tốt hơn', 'They deal with people better'),
    ('unit-wish', 'units', 'cohort', null, 'words', 50,
     'Đề nghị đối với chương trình', 'What the programme should change');

-- How surveys are held, from a day on: results are shown from so many responses on, so that nobody can be
-- told from the others; units are asked so many months after the closing.
create table survey_terms (
    valid_from date primary key,
    fewest_responses bigint not null,
    follow_up_months bigint not null
);
insert into survey_terms (valid_from, fewest_responses, follow_up_months) values ('1900-01-01', 3, 6);

-- One survey of a cohort for each audience; the token is the way to it for learners.
create table surveys (
    id bigint primary key,
    cohort bigint not null references cohorts (id),
    audience text not null,
    token text not null unique,
    opens_on date not null,
    closes_on date not null,
    unique (cohort, audience)
);

-- opened, extended, ended: what was said of the days from then on.
create table survey_events (
    id bigint primary key,
    survey bigint not null references surveys (id),
    kind text not null,
    closes_on date not null,
    recorded_at bigint not null,
    recorded_by bigint not null references accounts (id),
    reason text not null
);
create index survey_events_by_survey on survey_events (survey);

-- Of whom the learners are asked, as the office named them.
create table survey_lecturers (
    survey bigint not null references surveys (id),
    position bigint not null,
    name text not null,
    primary key (survey, position)
);

-- The units that are asked.
create table survey_units (
    survey bigint not null references surveys (id),
    unit bigint not null references units (id),
    primary key (survey, unit)
);
create index survey_units_by_unit on survey_units (unit);

-- A learner's response is nobody's: its id is drawn by lot and tells no time, it has a day and no moment.
-- A unit's names the unit.
create table survey_responses (
    id bigint primary key,
    survey bigint not null references surveys (id),
    answered_on date not null,
    unit bigint references units (id)
);
create index survey_responses_by_survey on survey_responses (survey);

create table survey_answers (
    response bigint not null references survey_responses (id),
    question text not null references survey_questions (code),
    lecturer bigint not null,
    rating bigint,
    said text not null,
    primary key (response, question, lecturer)
);
