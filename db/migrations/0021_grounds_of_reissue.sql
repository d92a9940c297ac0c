-- "Another ground" says nothing of the learner's merit: whoever lost a certificate by it is not given another
-- by the next issue to the whole cohort. Only grounds that lie with the institution let that happen.
update certificate_grounds set may_be_issued_again = false where code = 'other';
