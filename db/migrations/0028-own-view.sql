-- The person's own view of their case: a one-time code made in person, a short visit that it opens, what they asked there and
-- whether they are safe. And who received what on a consent, for the person to know.
create schema visits;
grant usage on schema visits to samaan_app;

-- Who is in charge of the person: the coordinator; before there is one, who made the case, or intake of the unit that holds it.
create function policy.leads(of_case uuid) returns boolean
language sql stable security definer set search_path = pg_catalog as $$
  select not policy.is_hidden(of_case, me.id) and exists (
    select 1 from cases.folder f
    join policy.case_access a on a.case_id = f.id and a.until > now()
      and a.principal = any (current_setting('samaan.principals', true)::uuid[])
    where f.id = of_case
      and (me.role = 'coordinator' and a.basis = 'assigned' and f.coordinator = me.id
        or f.coordinator is null
           and (me.role in ('officer', 'intake') and a.basis = 'own' and f.made_by = me.id
             or me.role = 'intake' and a.basis = 'holder')))
  from (select nullif(current_setting('samaan.user', true), '')::uuid as id, current_setting('samaan.role', true) as role) me
$$;

-- One live code a case. Only a keyed hash of its digits is kept, under a key that is not in the database.
create table visits.code (
  id uuid primary key,
  case_id uuid not null references cases.folder (id),
  lookup bytea not null check (length(lookup) = 32),
  -- what was answered when it was asked whether somebody looks at the phone
  watched text not null check (watched in ('no', 'unsure', 'yes')),
  lasts text not null check (lasts in ('half-hour', 'half-day', 'week')),
  made_by uuid not null references auth.account (id),
  made_at timestamptz not null default now(),
  until timestamptz not null,
  used_at timestamptz,
  ended_at timestamptz,
  ended_by uuid references auth.account (id),
  check ((ended_at is null) = (ended_by is null)),
  check (until > made_at and until <= made_at + interval '7 days'),
  -- what lies in a pocket for days is only for whom nobody watches
  check (watched = 'no' or lasts <> 'week')
);
create unique index code_lookup on visits.code (lookup);
create index code_case on visits.code (case_id, made_at desc);
create unique index code_live on visits.code (case_id) where used_at is null and ended_at is null;

-- What a code opened. Its token is known to the page alone; each step of it is taken once.
create table visits.visit (
  id uuid primary key,
  case_id uuid not null references cases.folder (id),
  code_id uuid not null references visits.code (id),
  token_hash bytea not null check (length(token_hash) = 32),
  step int not null default 1,
  stepped_at timestamptz not null default now(),
  opened_at timestamptz not null default now(),
  until timestamptz not null,
  ended_at timestamptz
);
create unique index visit_token on visits.visit (token_hash);
create index visit_case on visits.visit (case_id);

create table visits.question (
  id uuid primary key,
  case_id uuid not null references cases.folder (id),
  sealed bytea not null,
  asked_at timestamptz not null default now(),
  sealed_answer bytea,
  answered_by uuid references auth.account (id),
  answered_at timestamptz,
  -- when the person was shown the answer
  read_at timestamptz,
  version int not null default 1,
  check ((sealed_answer is null) = (answered_at is null) and (answered_by is null) = (answered_at is null))
);
create index question_case on visits.question (case_id, asked_at);
create table visits.safety_check (
  id uuid primary key,
  case_id uuid not null references cases.folder (id),
  safe text check (safe in ('yes', 'unsure', 'no')),
  -- whether the coordinator is to be in touch, in the way that was agreed
  contact boolean not null,
  at timestamptz not null default now(),
  seen_by uuid references auth.account (id),
  seen_at timestamptz,
  check ((seen_by is null) = (seen_at is null))
);
create index safety_check_case on visits.safety_check (case_id, at);

-- Numbers that opened nothing, counted for all and by keyed hashes of a day and a neighbourhood of addresses.
create table visits.failure (
  bucket bytea primary key check (length(bucket) = 32),
  failures int not null,
  at timestamptz not null
);

-- The case that a visit is of, for policies to look at: each request sees the row of the token that it brings, as long as
-- the visit stands. Nobody who works here brings one.
create table policy.visit (
  visit_id uuid primary key references visits.visit (id) on delete cascade,
  token_hash bytea not null,
  case_id uuid not null,
  -- who explained face to face how it is used: who made the code
  explained_by uuid not null,
  until timestamptz not null
);
create unique index visit_token on policy.visit (token_hash);
alter table policy.visit enable row level security;
alter table policy.visit force row level security;
create policy own on policy.visit for select to samaan_app using (
  token_hash = decode(nullif((select current_setting('samaan.visit', true)), ''), 'hex') and until > now());
call policy.hide('policy.visit', 'case_id');
grant select on policy.visit to samaan_app;

-- Codes and safety checks: whoever is in charge of the person, as policy.leads says for the functions below.
do $$
declare
  one text;
  leads text := 'exists (select 1 from policy.case_access a join cases.folder f on f.id = a.case_id
    where a.case_id = %I.case_id and a.until > now()
      and ((select current_setting(''samaan.role'', true)) = ''coordinator'' and a.basis = ''assigned''
             and f.coordinator = nullif((select current_setting(''samaan.user'', true)), '''')::uuid
        or f.coordinator is null
           and ((select current_setting(''samaan.role'', true)) in (''officer'', ''intake'') and a.basis = ''own''
                  and f.made_by = nullif((select current_setting(''samaan.user'', true)), '''')::uuid
             or (select current_setting(''samaan.role'', true)) = ''intake'' and a.basis = ''holder'')))';
begin
  foreach one in array array['code', 'visit', 'question', 'safety_check', 'failure'] loop
    execute format('alter table visits.%I enable row level security', one);
    execute format('alter table visits.%I force row level security', one);
  end loop;
  foreach one in array array['visit', 'failure'] loop
    -- only the functions below
    execute format('create policy nobody on visits.%I to samaan_app using (false)', one);
  end loop;
  foreach one in array array['code', 'safety_check'] loop
    execute format('create policy seen on visits.%I for select to samaan_app using (' || leads || ')', one, one);
  end loop;
  execute format('create policy noted on visits.safety_check for update to samaan_app using (' || leads || ') with check (
    seen_by = nullif((select current_setting(''samaan.user'', true)), '''')::uuid)', 'safety_check');
end $$;

-- The case of the visit whose token the transaction brings; null for everybody who works here.
create function policy.visited() returns uuid
language sql stable security definer set search_path = pg_catalog as $$
  select v.case_id from policy.visit v
  where v.token_hash = decode(nullif(current_setting('samaan.visit', true), ''), 'hex') and v.until > now()
    and not policy.is_hidden(v.case_id, '00000000-0000-0000-0000-000000000000')
$$;
-- What the page of a visit is made of.
create function visits.standing()
returns table (case_id uuid, country text, status text, identification text, slot bigint, coordinated boolean, explained_by uuid)
language sql stable security definer set search_path = pg_catalog as $$
  select f.id, f.country, f.status, f.identification, f.key_slot, f.coordinator is not null, c.made_by
  from policy.visit v join visits.visit o on o.id = v.visit_id join visits.code c on c.id = o.code_id
  join cases.folder f on f.id = v.case_id
  where v.case_id = policy.visited() and v.token_hash = decode(current_setting('samaan.visit', true), 'hex')
$$;
-- Who may know something by a consent of the case, as kinds of place: no name leaves.
create function visits.kinds_of_recipients() returns table (organisation_id uuid, kind text)
language sql stable security definer set search_path = pg_catalog as $$
  select distinct o.id, o.kind from consent.record r join directory.organisation o on o.id = any (r.recipients)
  where r.case_id = policy.visited() and r.kind = 'given'
$$;

-- The person reads their own consents and takes them back; nothing else of the ledger is theirs to write.
create policy own on consent.record for select to samaan_app using (
  exists (select 1 from policy.visit v where v.case_id = record.case_id));
create policy taken_back on consent.record for insert to samaan_app with check (
  kind = 'withdrawn' and given_by = 'person'
  and exists (select 1 from policy.visit v where v.case_id = record.case_id and v.explained_by = record.explained_by));
-- Whoever writes it: a withdrawal ends a consent of its own case.
create function consent.same_case() returns trigger
language plpgsql security definer set search_path = pg_catalog as $$
begin
  if not exists (select 1 from consent.record g where g.id = new.withdraws and g.case_id = new.case_id and g.kind = 'given') then
    raise exception using errcode = '42501', message = 'not of this case';
  end if;
  return new;
end $$;
create trigger same_case before insert on consent.record
  for each row when (new.kind = 'withdrawn') execute function consent.same_case();

-- Questions: the person's, and the coordinator's who is in charge.
do $$
declare
  charge text := '(select current_setting(''samaan.role'', true)) = ''coordinator''
    and (select current_setting(''samaan.compartments'', true))::int & 2 <> 0
    and exists (select 1 from policy.case_access a where a.case_id = question.case_id and a.until > now()
      and a.basis = ''assigned'' and a.compartments & 2 <> 0)';
begin
  execute 'create policy own on visits.question for select to samaan_app using (
    exists (select 1 from policy.visit v where v.case_id = question.case_id))';
  execute 'create policy asked on visits.question for insert to samaan_app with check (
    exists (select 1 from policy.visit v where v.case_id = question.case_id) and sealed_answer is null and read_at is null)';
  execute 'create policy charge on visits.question for select to samaan_app using (' || charge || ')';
  execute 'create policy answered on visits.question for update to samaan_app using (' || charge || ') with check ('
    || charge || ' and answered_by = nullif((select current_setting(''samaan.user'', true)), '''')::uuid)';
end $$;
create policy own on visits.safety_check for insert to samaan_app with check (
  exists (select 1 from policy.visit v where v.case_id = safety_check.case_id) and seen_at is null);
call policy.hide('visits.question', 'case_id');
call policy.hide('visits.safety_check', 'case_id');
call policy.hide('visits.code', 'case_id');
grant select (id, case_id, watched, lasts, made_by, made_at, until, used_at, ended_at, ended_by) on visits.code to samaan_app;
grant select, insert, update (sealed_answer, answered_by, answered_at, version) on visits.question to samaan_app;
grant select, insert, update (seen_by, seen_at) on visits.safety_check to samaan_app;

-- Makes the one live code of a case: what was before it ends, and with it a visit that is open.
create function visits.make_code(of_id uuid, of_case uuid, of_lookup bytea, of_watched text, of_lasts text, of_until timestamptz)
returns void language plpgsql security definer set search_path = pg_catalog as $$
declare
  me uuid := nullif(current_setting('samaan.user', true), '')::uuid;
begin
  if not policy.leads(of_case)
     or exists (select 1 from cases.folder f where f.id = of_case and f.identification = 'deceased') then
    raise exception using errcode = '42501', message = 'not theirs';
  end if;
  perform 1 from cases.folder f where f.id = of_case for update;
  update visits.code c set ended_at = now(), ended_by = me
  where c.case_id = of_case and c.used_at is null and c.ended_at is null;
  update visits.visit v set ended_at = now() where v.case_id = of_case and v.ended_at is null;
  delete from policy.visit v where v.case_id = of_case;
  insert into visits.code (id, case_id, lookup, watched, lasts, made_by, until)
  values (of_id, of_case, of_lookup, of_watched, of_lasts, me, of_until);
end $$;
-- Ends a code, used or not, and the visit that it opened; answers 0 when it was over already.
create function visits.revoke_code(of_id uuid) returns int
language plpgsql security definer set search_path = pg_catalog as $$
declare
  touched int;
begin
  update visits.code c set ended_at = now(), ended_by = nullif(current_setting('samaan.user', true), '')::uuid
  where c.id = of_id and c.ended_at is null and policy.leads(c.case_id)
    and (c.used_at is null and c.until > now()
      or exists (select 1 from visits.visit v where v.code_id = c.id and v.ended_at is null and v.until > now()));
  get diagnostics touched = row_count;
  update visits.visit v set ended_at = now() where touched = 1 and v.code_id = of_id and v.ended_at is null;
  delete from policy.visit p using visits.visit v where touched = 1 and v.id = p.visit_id and v.code_id = of_id;
  return touched;
end $$;

-- Opens a visit by a code, once: of two at the same moment one finds it used. Answers nothing for whatever does not open.
create function visits.open(of_lookup bytea, of_id uuid, of_token bytea) returns setof uuid
language plpgsql security definer set search_path = pg_catalog as $$
declare
  found visits.code;
begin
  update visits.code c set used_at = now()
  where c.lookup = of_lookup and c.used_at is null and c.ended_at is null and c.until > now()
    and not policy.is_hidden(c.case_id, '00000000-0000-0000-0000-000000000000')
    and exists (select 1 from cases.folder f where f.id = c.case_id and f.identification <> 'deceased')
  returning * into found;
  if found.id is null then return; end if;
  insert into visits.visit (id, case_id, code_id, token_hash, until)
  values (of_id, found.case_id, found.id, of_token, now() + interval '15 minutes');
  insert into policy.visit (visit_id, token_hash, case_id, explained_by, until)
  values (of_id, of_token, found.case_id, found.made_by, now() + interval '15 minutes');
  return next found.case_id;
end $$;
-- Takes one step of a visit and answers the next. A step is taken once, but for the second of two quick taps; one that comes
-- again later was called back by somebody, and ends the visit.
create function visits.take_step(of_token bytea, at_step int) returns setof int
language plpgsql security definer set search_path = pg_catalog as $$
declare
  found visits.visit;
begin
  select * into found from visits.visit v where v.token_hash = of_token for update;
  if found.id is null or found.ended_at is not null or found.until <= now() then return; end if;
  if found.step = at_step then
    update visits.visit v set step = v.step + 1, stepped_at = now(),
      until = least(now() + interval '15 minutes', v.opened_at + interval '60 minutes')
    where v.id = found.id;
    update policy.visit p set until = v.until from visits.visit v where v.id = found.id and p.visit_id = v.id;
    return next at_step + 1;
  elsif found.step = at_step + 1 and found.stepped_at > now() - interval '3 seconds' then
    return next found.step;
  else
    update visits.visit v set ended_at = now() where v.id = found.id;
    delete from policy.visit p where p.visit_id = found.id;
  end if;
end $$;
create function visits.end_visit() returns void
language sql volatile security definer set search_path = pg_catalog as $$
  update visits.visit v set ended_at = now()
  where v.token_hash = decode(current_setting('samaan.visit', true), 'hex') and v.ended_at is null;
  delete from policy.visit p where p.token_hash = decode(current_setting('samaan.visit', true), 'hex')
$$;
-- The person was shown their answers.
create function visits.mark_read() returns void
language sql volatile security definer set search_path = pg_catalog as $$
  update visits.question q set read_at = now()
  where q.case_id = policy.visited() and q.answered_at is not null and q.read_at is null
$$;
create function visits.count_failure(of_buckets bytea[]) returns void
language sql volatile security definer set search_path = pg_catalog as $$
  delete from visits.failure f where f.at < now() - interval '1 day';
  insert into visits.failure as f (bucket, failures, at) select b, 1, now() from unnest(of_buckets) as b order by b
  on conflict (bucket) do update
    set failures = case when f.at < now() - interval '1 hour' then 1 else f.failures + 1 end, at = now();
$$;
create function visits.failures(of_buckets bytea[]) returns setof int
language sql stable security definer set search_path = pg_catalog as $$
  select coalesce((select f.failures from visits.failure f where f.bucket = b and f.at > now() - interval '1 hour'), 0)
  from unnest(of_buckets) with ordinality as t (b, at) order by t.at
$$;

-- Which organisation received what of a case on which consent, and when its people read of it: for who is in charge of the
-- person, to tell them.
create function referrals.received(of_case uuid)
returns table (id uuid, organisation text, kind text, service text, status text, shared int, sent_at timestamptz,
               first_read timestamptz, last_read timestamptz, reads int, consent_id uuid, ended_at timestamptz, stands boolean, keeps boolean)
language plpgsql stable security definer set search_path = pg_catalog as $$
begin
  if not policy.leads(of_case) then
    raise exception using errcode = '42501', message = 'not theirs';
  end if;
  return query
    select r.id, o.name, r.kind, r.service, r.status, r.shared, r.sent_at, e.first, e.last, coalesce(e.times, 0)::int,
      r.consent_id, w.recorded_at,
      exists (select 1 from policy.case_access a where a.case_id = of_case and a.basis = 'share' and a.basis_id = r.id
              and a.until > now()),
      exists (select 1 from policy.case_access a where a.case_id = of_case and a.basis = 'holder' and a.principal = r.to_organisation
              and a.until > now())
    from referrals.referral r
    join directory.organisation o on o.id = r.to_organisation
    left join consent.record w on w.withdraws = r.consent_id
    left join lateral (
      select min(v.at) as first, max(v.at) as last, count(*) as times from audit.event v
      where v.case_id = of_case and v.at >= r.sent_at and v.operation in ('referrals.read', 'referrals.accept', 'referrals.acknowledge')
        and v.body::jsonb ->> 'organisation' = r.to_organisation::text and v.body::jsonb ->> 'outcome' = 'done'
        -- after it, who does not have the case opens a referral in codes
        and (w.recorded_at is null or v.at <= w.recorded_at
          or exists (select 1 from policy.case_access a where a.case_id = of_case and a.basis = 'holder' and a.principal = r.to_organisation))
    ) e on true
    where r.case_id = of_case
    order by r.sent_at, r.id;
end $$;

revoke all on function consent.same_case(), policy.leads(uuid), policy.visited(), visits.standing(), visits.kinds_of_recipients(),
  visits.make_code(uuid, uuid, bytea, text, text, timestamptz), visits.revoke_code(uuid),
  visits.open(bytea, uuid, bytea), visits.take_step(bytea, int), visits.end_visit(), visits.mark_read(),
  visits.count_failure(bytea[]), visits.failures(bytea[]), referrals.received(uuid) from public;
grant execute on function policy.leads(uuid), policy.visited(), visits.standing(), visits.kinds_of_recipients(),
  visits.make_code(uuid, uuid, bytea, text, text, timestamptz), visits.revoke_code(uuid),
  visits.open(bytea, uuid, bytea), visits.take_step(bytea, int), visits.end_visit(), visits.mark_read(),
  visits.count_failure(bytea[]), visits.failures(bytea[]), referrals.received(uuid) to samaan_app;
