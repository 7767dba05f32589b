-- From whom a case came to who is in charge, and what was gone through before: items and states as codes, written once with the
-- assignment.
alter table cases.assignment add column from_account uuid references auth.account (id);
alter table cases.assignment add column hand_over jsonb check (jsonb_typeof(hand_over) = 'array');
