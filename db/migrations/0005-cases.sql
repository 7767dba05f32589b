-- Case folders in compartments. A folder exists from the first screening on; "opened" is only a status of it.
-- Columns in the clear are coded (compartment STA); everything that could name, place or shame a person is sealed.
create schema cases;
grant usage on schema cases to samaan_app, samaan_jobs;

-- Each case's slot in the key store, which is a file outside the database so that no database backup opens an erased case.
create sequence cases.key_slot as bigint minvalue 0 start 0;

create table cases.folder (
  id uuid primary key,
  country text not null check (country ~ '^[A-Z]{3}$'),
  reference text not null,
  status text not null check (status in ('new', 'opened', 'closed')),
  -- where the identification decision stands; never decided by a clock
  identification text not null default 'none'
    check (identification in ('none', 'pending', 'proposed-negative', 'reasonable-grounds', 'no-reasonable-grounds')),
  urgency text not null default 'routine' check (urgency in ('emergency', 'urgent', 'routine')),
  child boolean not null default false,
  sector text,
  -- the organisation that made the folder, and the unit that holds it since it opened the case
  agency uuid not null,
  holder uuid,
  coordinator uuid,
  due_at timestamptz,
  key_slot bigint not null,
  made_by uuid not null,
  made_at timestamptz not null default now(),
  opened_at timestamptz,
  version int not null default 1
);
create unique index folder_reference on cases.folder (country, reference);
create index folder_holder on cases.folder (holder, status, identification, id desc);
create index folder_holder_urgency on cases.folder (holder, status, urgency, id desc);
create index folder_holder_all on cases.folder (holder, id desc);
create index folder_coordinator on cases.folder (coordinator, id desc);

create table cases.identity (
  case_id uuid primary key references cases.folder (id),
  sealed bytea not null,
  version int not null default 1
);
create table cases.location (
  case_id uuid primary key references cases.folder (id),
  sealed bytea not null,
  version int not null default 1
);
create table cases.note (
  id uuid primary key,
  case_id uuid not null references cases.folder (id),
  compartment text not null check (compartment in ('SVC')),
  sealed bytea not null,
  by_account uuid not null,
  at timestamptz not null default now()
);
create index note_case on cases.note (case_id, at);

-- Blind terms: keyed hashes of parts of names, phones and documents. Searched by equality, which is leakproof.
-- Some thirty a case, so nothing is kept for them but what the search needs: no foreign key (a check for each term
-- costs more than the term) and no index by case (whoever replaces a case's terms knows what they were).
create table cases.search_term (
  term bytea not null,
  case_id uuid not null,
  primary key (term, case_id)
);

create table cases.timeline (
  id uuid primary key,
  case_id uuid not null references cases.folder (id),
  at timestamptz not null default now(),
  event text not null,
  account_id uuid,
  organisation_id uuid,
  -- codes only: what was chosen, never what was said
  about jsonb not null default '{}'
);
create index timeline_case on cases.timeline (case_id, at);

create table cases.assignment (
  id uuid primary key,
  case_id uuid not null references cases.folder (id),
  account_id uuid not null,
  duty text not null check (duty in ('coordinator')),
  from_at timestamptz not null default now(),
  until_at timestamptz,
  by_account uuid not null
);
create unique index assignment_live on cases.assignment (case_id, duty) where until_at is null;
create index assignment_account on cases.assignment (account_id) where until_at is null;

create table cases.decision (
  id uuid primary key,
  case_id uuid not null references cases.folder (id),
  kind text not null check (kind in ('reasonable-grounds')),
  outcome text not null check (outcome in ('positive', 'negative')),
  -- the elements alleged: codes of act, means and purpose
  elements text[] not null,
  sealed_reasons bytea not null,
  state text not null check (state in ('proposed', 'confirmed', 'returned')),
  by_account uuid not null,
  at timestamptz not null default now(),
  second_by uuid,
  second_at timestamptz,
  version int not null default 1,
  check (second_by is distinct from by_account),
  check (outcome = 'positive' or state <> 'confirmed' or second_by is not null)
);
create unique index decision_waiting on cases.decision (case_id) where state = 'proposed';
create index decision_case on cases.decision (case_id, at);

create table cases.clock (
  id uuid primary key,
  case_id uuid not null references cases.folder (id),
  kind text not null,
  starts_at timestamptz not null,
  warn_at timestamptz not null,
  due_at timestamptz not null,
  stopped_at timestamptz
);
create index clock_case on cases.clock (case_id);
create index clock_due on cases.clock (due_at) where stopped_at is null;

-- Lists: what the unit holds by the row's own column, which a list index leads with; everything else by the projection,
-- looked up row by row. (Gathering all of it first, as an array, took 26 ms for one row at 100,000 holdings; this 0.03 ms.)
alter table cases.folder enable row level security;
alter table cases.folder force row level security;
create policy seen on cases.folder for select to samaan_app using (
  holder = nullif((select current_setting('samaan.organisation', true)), '')::uuid
  or exists (select 1 from policy.case_access a where a.case_id = folder.id and a.until > now()));
create policy made on cases.folder for insert to samaan_app with check (
  made_by = (select current_setting('samaan.user', true))::uuid
  and country = (select current_setting('samaan.country', true)) and holder is null);
create policy changed on cases.folder for update to samaan_app using (
  exists (select 1 from policy.case_access a where a.case_id = id and a.basis <> 'share' and a.until > now()))
  with check (
  country = (select current_setting('samaan.country', true))
  and (holder is null or holder = nullif((select current_setting('samaan.organisation', true)), '')::uuid));

-- Details: a row of the projection with the compartment's bit, within the most that the role may see. Who was shared
-- with sees who the person is, if that was shared; not who else helps, nor what happened.
do $$
declare
  one record;
  base text := 'exists (select 1 from policy.case_access a where a.case_id = %I.case_id and a.until > now() and a.compartments & %s <> 0';
begin
  for one in select * from (values
    ('identity', 1, ''), ('location', 8, ''), ('note', 2, ''), ('timeline', 64, 'not shared'),
    ('assignment', 64, 'not shared'), ('clock', 64, 'not shared'), ('search_term', 1, 'not shared')
  ) as t (name, bit, but) loop
    execute format('alter table cases.%I enable row level security', one.name);
    execute format('alter table cases.%I force row level security', one.name);
    execute format('create policy seen on cases.%I for select to samaan_app using ((select current_setting(''samaan.compartments'', true))::int & %s <> 0 and ' || base || '%s))',
      one.name, one.bit, one.name, one.bit, case when one.but <> '' then ' and a.basis <> ''share''' else '' end);
    -- Nobody writes into what was only shared with them.
    execute format('create policy added on cases.%I for insert to samaan_app with check (' || base || ' and a.basis <> ''share''))',
      one.name, one.name, one.bit);
    execute format('create policy changed on cases.%I for update to samaan_app using ((select current_setting(''samaan.compartments'', true))::int & %s <> 0 and ' || base || ' and a.basis <> ''share'')) with check (' || base || ' and a.basis <> ''share''))',
      one.name, one.bit, one.name, one.bit, one.name, one.bit);
    execute format('create policy removed on cases.%I for delete to samaan_app using ((select current_setting(''samaan.compartments'', true))::int & %s <> 0 and ' || base || ' and a.basis <> ''share''))',
      one.name, one.bit, one.name, one.bit);
  end loop;
end $$;
-- Who answers a referral adds that to the history, and nothing else.
create policy answered on cases.timeline for insert to samaan_app with check (
  event in ('referral.acknowledged', 'referral.accepted', 'referral.declined')
  and account_id = nullif((select current_setting('samaan.user', true)), '')::uuid
  and exists (select 1 from policy.case_access a where a.case_id = timeline.case_id and a.until > now()
    and a.basis = 'share'));
-- Decisions and their reasons stay with the unit that holds the case.
alter table cases.decision enable row level security;
alter table cases.decision force row level security;
create policy held on cases.decision to samaan_app using (
  exists (select 1 from policy.case_access a where a.case_id = decision.case_id and a.until > now()
    and a.basis in ('holder', 'assigned')));
create policy jobs on cases.clock for select to samaan_jobs using (true);

grant usage on sequence cases.key_slot to samaan_app;
grant select, insert, update on cases.folder, cases.identity, cases.location, cases.assignment, cases.decision, cases.clock to samaan_app;
grant select, insert on cases.note, cases.timeline to samaan_app;
grant select, insert, delete on cases.search_term to samaan_app;
grant select on cases.clock to samaan_jobs;
