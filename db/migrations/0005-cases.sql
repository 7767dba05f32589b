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

-- The competent body takes a case that was shared with it, or that it made: what it was given, plus what only it will
-- write (location, coded data). Anybody else is refused.
create function policy.hold(unit uuid, of_case uuid) returns void
language plpgsql security definer set search_path = pg_catalog as $$
declare
  held int;
begin
  select bit_or(a.compartments) into held from policy.case_access a
  where a.case_id = of_case and a.until > now()
    and a.principal = any (current_setting('samaan.principals', true)::uuid[]);
  if held is null
     or not unit = any (current_setting('samaan.principals', true)::uuid[])
     or not exists (select 1 from directory.organisation o where o.id = unit and o.competent
                    and o.country = current_setting('samaan.country', true)) then
    raise exception using errcode = '42501', message = 'not held';
  end if;
  insert into policy.case_access as a (principal, case_id, compartments, until, basis)
  values (unit, of_case, held | 8 | 64, 'infinity', 'holder')
  on conflict (principal, case_id) do update
    set compartments = a.compartments | excluded.compartments, until = 'infinity', basis = 'holder';
end $$;
revoke all on function policy.hold(uuid, uuid) from public;
grant execute on function policy.hold(uuid, uuid) to samaan_app;

-- Lists: what the unit holds by the row's own column, which a list index leads with; everything else by the projection,
-- gathered once and only if a row is not the unit's own.
alter table cases.folder enable row level security;
alter table cases.folder force row level security;
create policy seen on cases.folder for select to samaan_app using (
  holder = any ((select current_setting('samaan.principals', true))::uuid[])
  or id = any (array(select a.case_id from policy.case_access a
       where a.principal = any ((select current_setting('samaan.principals', true))::uuid[]) and a.until > now())));
create policy made on cases.folder for insert to samaan_app with check (
  made_by = (select current_setting('samaan.user', true))::uuid
  and country = (select current_setting('samaan.country', true)) and holder is null);
create policy changed on cases.folder for update to samaan_app using (
  exists (select 1 from policy.case_access a where a.case_id = id
    and a.principal = any ((select current_setting('samaan.principals', true))::uuid[]) and a.until > now()))
  with check (country = (select current_setting('samaan.country', true)));

-- Details: one row of the projection, with the compartment's bit, both in the projection and in what the decision released.
do $$
declare
  one record;
  base text := 'exists (select 1 from policy.case_access a where a.case_id = %I.case_id and a.principal = any ((select current_setting(''samaan.principals'', true))::uuid[]) and a.until > now()';
begin
  for one in select * from (values
    ('identity', 1), ('location', 8), ('note', 2), ('timeline', 64), ('assignment', 64), ('clock', 64), ('search_term', 1)
  ) as t (name, bit) loop
    execute format('alter table cases.%I enable row level security', one.name);
    execute format('alter table cases.%I force row level security', one.name);
    execute format('create policy compartment on cases.%I to samaan_app using ((select current_setting(''samaan.compartments'', true))::int & %s <> 0 and ' || base || ' and a.compartments & %s <> 0)) with check (' || base || ' and a.compartments & %s <> 0))',
      one.name, one.bit, one.name, one.bit, one.name, one.bit);
  end loop;
  -- Decisions and their reasons stay with the unit that holds the case.
  execute 'alter table cases.decision enable row level security';
  execute 'alter table cases.decision force row level security';
  execute format('create policy held on cases.decision to samaan_app using (' || base || ' and a.basis = ''holder'')) with check (' || base || ' and a.basis = ''holder''))', 'decision', 'decision');
end $$;
create policy jobs on cases.clock for select to samaan_jobs using (true);

grant usage on sequence cases.key_slot to samaan_app;
grant select, insert, update on cases.folder, cases.identity, cases.location, cases.assignment, cases.decision, cases.clock to samaan_app;
grant select, insert on cases.note, cases.timeline to samaan_app;
grant select, insert, delete on cases.search_term to samaan_app;
grant select on cases.clock to samaan_jobs;
