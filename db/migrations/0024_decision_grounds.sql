-- What was found of a person when the office decided: every rule of that day with what it saw, in no language,
-- as JSON. Facts and rules change later, and the decision is still understood. It holds sensitive data, which
-- is masked for readers like everything sensitive. Of what was decided before nobody kept it.
create table nomination_grounds (
    event bigint primary key references nomination_events (id),
    judgement text not null
);
