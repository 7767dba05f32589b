-- The care of one person: what was assessed, how they stay safe, what was planned with them and given to them, who follows up,
-- how it ends; for a child the steps in their best interest and who is their guardian. What names, places or shames is sealed
-- with the case's key for SVC; codes, days and money are in the clear, so that lists are an index's work.
create schema care;
grant usage on schema care to samaan_app;

-- Never changed: who assesses again adds another, and both stay readable.
create table care.assessment (
  id uuid primary key,
  case_id uuid not null references cases.folder (id),
  sealed bytea not null,
  by_account uuid not null,
  at timestamptz not null default now()
);
create index assessment_case on care.assessment (case_id, at desc);

create table care.safety_plan (
  case_id uuid primary key references cases.folder (id),
  -- of its worst threat; null where none is known
  level text check (level in ('low', 'medium', 'high', 'extreme')),
  review_on date not null,
  sealed bytea not null,
  by_account uuid not null,
  at timestamptz not null default now(),
  version int not null default 1
);
create index safety_plan_review on care.safety_plan (case_id, review_on);
-- By itself, so that nobody opens it who only reads the plan.
create table care.code_word (
  case_id uuid primary key references cases.folder (id),
  sealed bytea not null,
  by_account uuid not null,
  at timestamptz not null default now()
);

-- A plan is written whole. Agreed to, it stays as it was; what is written after it is the next one, and a draft until then.
create table care.plan (
  id uuid primary key,
  case_id uuid not null references cases.folder (id),
  number int not null check (number > 0),
  state text not null default 'draft' check (state in ('draft', 'agreed', 'replaced')),
  sealed bytea not null,
  by_account uuid not null,
  at timestamptz not null default now(),
  given_by text check (given_by in ('person', 'guardian-and-child')),
  agreed_how text check (agreed_how in ('spoken', 'written', 'signed', 'through-interpreter')),
  agreed_at timestamptz,
  agreed_by uuid,
  version int not null default 1,
  check ((state = 'draft') = (agreed_at is null)),
  check ((agreed_at is null) = (agreed_how is null) and (agreed_at is null) = (given_by is null) and (agreed_at is null) = (agreed_by is null))
);
create unique index plan_number on care.plan (case_id, number);
create unique index plan_draft on care.plan (case_id) where state = 'draft';
create unique index plan_agreed on care.plan (case_id) where state = 'agreed';

-- What was agreed to be done. An action keeps its id from one version of the plan to the next.
create table care.action (
  id uuid primary key,
  case_id uuid not null references cases.folder (id),
  plan_id uuid not null references care.plan (id),
  service text not null,
  owner text not null check (owner in ('person', 'coordinator', 'provider', 'other')),
  organisation_id uuid references directory.organisation (id),
  due_on date,
  state text not null default 'open' check (state in ('open', 'done', 'dropped')),
  sealed bytea not null,
  by_account uuid not null,
  at timestamptz not null default now(),
  version int not null default 1,
  check ((owner = 'provider') = (organisation_id is not null))
);
create index action_case on care.action (case_id, at);
create index action_due on care.action (case_id, due_on) where state = 'open';
create index action_organisation on care.action (organisation_id, case_id) where organisation_id is not null;

-- What was given, or would have been. That somebody did not want it is an answer, not a failure.
create table care.delivery (
  id uuid primary key,
  case_id uuid not null references cases.folder (id),
  action_id uuid references care.action (id),
  service text not null,
  outcome text not null check (outcome in ('delivered', 'declined-by-person', 'unavailable')),
  given_on date not null,
  organisation_id uuid not null references directory.organisation (id),
  quantity int check (quantity between 1 and 100000),
  unit text check (unit in ('session', 'night', 'day', 'hour', 'item', 'trip', 'payment')),
  -- in the smallest unit of the country's currency
  cost bigint check (cost between 0 and 2000000000),
  currency text check (currency ~ '^[A-Z]{3}$'),
  sealed_note bytea,
  by_account uuid not null,
  at timestamptz not null default now(),
  check ((cost is null) = (currency is null)),
  check ((quantity is null) = (unit is null)),
  check (outcome = 'delivered' or (quantity is null and cost is null))
);
create index delivery_case on care.delivery (case_id, given_on desc);

create table care.follow_up (
  id uuid primary key,
  case_id uuid not null references cases.folder (id),
  -- a last contact comes after the case is closed
  kind text not null check (kind in ('contact', 'plan-review', 'last-contact')),
  due_on date not null,
  state text not null default 'planned' check (state in ('planned', 'done', 'missed', 'moved', 'dropped')),
  sealed_note bytea,
  by_account uuid not null,
  marked_by uuid,
  marked_at timestamptz,
  version int not null default 1,
  check ((state in ('planned')) = (marked_at is null))
);
create index follow_up_case on care.follow_up (case_id, due_on);
create index follow_up_due on care.follow_up (case_id, due_on) where state = 'planned';

-- Proposed by who is in charge, approved by somebody else of the unit, who reads the reasons but nothing of the care.
create table care.closure (
  id uuid primary key,
  case_id uuid not null references cases.folder (id),
  reason text not null check (reason in ('plan-completed', 'time-ended', 'no-longer-eligible', 'person-stops', 'moved-away',
    'died', 'sudden-exit', 'funding', 'security', 'handed-to-another-service')),
  planned boolean not null,
  last_contact_on date,
  state text not null default 'proposed' check (state in ('proposed', 'approved', 'returned', 'reopened')),
  -- codes and counts of what was open when it was proposed
  left_open jsonb not null default '[]',
  sealed_reasons bytea not null,
  by_account uuid not null,
  at timestamptz not null default now(),
  second_by uuid,
  second_at timestamptz,
  reopened_by uuid,
  reopened_at timestamptz,
  sealed_reopening bytea,
  version int not null default 1,
  check (second_by is distinct from by_account),
  check ((state = 'proposed') = (second_at is null) and (second_at is null) = (second_by is null)),
  check ((state = 'reopened') = (reopened_at is not null) and (reopened_at is null) = (sealed_reopening is null))
);
create index closure_case on care.closure (case_id, at);
create unique index closure_waiting on care.closure (case_id) where state = 'proposed';
create unique index closure_standing on care.closure (case_id) where state = 'approved';

-- Never changed either.
create table care.best_interest (
  id uuid primary key,
  case_id uuid not null references cases.folder (id),
  kind text not null check (kind in ('assessment', 'determination')),
  step text not null check (step in ('placement', 'interview', 'medical', 'school', 'family-contact', 'separation', 'return',
    'durable-solution', 'other')),
  outcome text not null check (outcome in ('in-interest', 'not-in-interest', 'more-needed')),
  sealed bytea not null,
  by_account uuid not null,
  at timestamptz not null default now()
);
create index best_interest_case on care.best_interest (case_id, at desc);

create table care.guardian (
  id uuid primary key,
  case_id uuid not null references cases.folder (id),
  relation text not null check (relation in ('parent', 'relative', 'appointed', 'state-body', 'other')),
  verified text not null check (verified in ('court-order', 'official-record', 'child-authority', 'documents-seen')),
  sealed bytea not null,
  by_account uuid not null,
  at timestamptz not null default now(),
  ended_at timestamptz,
  ended_by uuid,
  ended_why text check (ended_why in ('suspected', 'replaced', 'of-age', 'gave-up', 'died')),
  version int not null default 1,
  check ((ended_at is null) = (ended_why is null) and (ended_at is null) = (ended_by is null))
);
create index guardian_case on care.guardian (case_id, at);
create unique index guardian_live on care.guardian (case_id) where ended_at is null;

-- Whoever is in charge, by name, and nobody else: a row of the projection of theirs, within the most that the role may see.
do $$
declare
  one text;
  own text := 'by_account = nullif((select current_setting(''samaan.user'', true)), '''')::uuid and ';
  charge text := '(select current_setting(''samaan.compartments'', true))::int & 2 <> 0 and exists (select 1 from policy.case_access a where a.case_id = %I.case_id and a.until > now() and a.basis = ''assigned'' and a.compartments & 2 <> 0)';
begin
  foreach one in array array['assessment', 'safety_plan', 'code_word', 'plan', 'action', 'delivery', 'follow_up', 'best_interest', 'guardian'] loop
    execute format('alter table care.%I enable row level security', one);
    execute format('alter table care.%I force row level security', one);
    execute format('create policy seen on care.%I for select to samaan_app using (' || charge || ')', one, one);
    execute format('create policy added on care.%I for insert to samaan_app with check (' || own || charge || ')', one, one);
  end loop;
  foreach one in array array['safety_plan', 'code_word', 'plan', 'action', 'follow_up', 'guardian'] loop
    execute format('create policy changed on care.%I for update to samaan_app using (' || charge || ') with check (' || charge || ')', one, one, one);
  end loop;
end $$;

-- An organisation that took on a referral which still stands sees what was planned with it and writes down what it gave.
create policy asked on care.action for select to samaan_app using (
  organisation_id = any ((select current_setting('samaan.principals', true))::uuid[])
  and (select current_setting('samaan.role', true)) in ('provider', 'shelter-manager')
  and exists (select 1 from policy.case_access a where a.case_id = action.case_id and a.until > now()
    and a.basis = 'share' and a.accepted));
create policy given on care.delivery for select to samaan_app using (
  organisation_id = any ((select current_setting('samaan.principals', true))::uuid[])
  and (select current_setting('samaan.role', true)) in ('provider', 'shelter-manager')
  and exists (select 1 from policy.case_access a where a.case_id = delivery.case_id and a.until > now()
    and a.basis = 'share' and a.accepted));
create policy giving on care.delivery for insert to samaan_app with check (
  organisation_id = any ((select current_setting('samaan.principals', true))::uuid[])
  and by_account = nullif((select current_setting('samaan.user', true)), '')::uuid
  and (select current_setting('samaan.role', true)) in ('provider', 'shelter-manager')
  and sealed_note is null
  and exists (select 1 from policy.case_access a where a.case_id = delivery.case_id and a.until > now()
    and a.basis = 'share' and a.accepted));
create policy helped on cases.timeline for insert to samaan_app with check (
  event = 'care.service-recorded'
  and account_id = nullif((select current_setting('samaan.user', true)), '')::uuid
  and (select current_setting('samaan.role', true)) in ('provider', 'shelter-manager')
  and exists (select 1 from policy.case_access a where a.case_id = timeline.case_id and a.until > now()
    and a.basis = 'share' and a.accepted));

-- How a case ends is the unit's: its reasons name nobody's care.
alter table care.closure enable row level security;
alter table care.closure force row level security;
create policy held on care.closure to samaan_app using (
  exists (select 1 from policy.case_access a where a.case_id = closure.case_id and a.until > now()
    and a.basis in ('holder', 'assigned')));

-- Broken glass opens the services and the safety plan (never the code word).
call policy.show_glimpses('care.assessment', 2);
call policy.show_glimpses('care.safety_plan', 2);
call policy.show_glimpses('care.plan', 2);
call policy.show_glimpses('care.action', 2);
call policy.show_glimpses('care.delivery', 2);

grant select, insert on care.assessment, care.best_interest, care.delivery to samaan_app;
grant select, insert on care.safety_plan, care.code_word, care.plan, care.action, care.follow_up, care.closure, care.guardian to samaan_app;
grant update on care.safety_plan, care.code_word to samaan_app;
grant update (state, sealed, by_account, at, given_by, agreed_how, agreed_at, agreed_by, version) on care.plan to samaan_app;
grant update (plan_id, service, owner, organisation_id, due_on, state, sealed, version) on care.action to samaan_app;
grant update (state, sealed_note, marked_by, marked_at, version) on care.follow_up to samaan_app;
grant update (state, second_by, second_at, reopened_by, reopened_at, sealed_reopening, version) on care.closure to samaan_app;
grant update (ended_at, ended_by, ended_why, version) on care.guardian to samaan_app;
