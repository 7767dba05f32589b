-- How the environment of victim care stands: assessments of providers and of areas, each made by two people apart, what was
-- found missing and who does something about it. Nothing here is about a person in a case.
create schema situation;
grant usage on schema situation to samaan_app, samaan_jobs;

create table situation.assessment (
  id uuid primary key,
  country text not null check (country ~ '^[A-Z]{3}$'),
  subject text not null check (subject in ('provider', 'area')),
  organisation_id uuid references directory.organisation (id),
  -- a place of the country pack
  area text,
  -- of the questions and their weights
  version_of_form text not null,
  -- open: not both have handed in; comparing: they have; finished: all is settled, nothing changes any more
  state text not null default 'open' check (state in ('open', 'comparing', 'finished')),
  first_by uuid not null references auth.account (id),
  second_by uuid references auth.account (id),
  made_at timestamptz not null default now(),
  -- question → yes, partly, no, na: what both say, or what was settled
  answers jsonb not null default '{}',
  -- their reasons, and how a difference was settled; sealed, since words can name people
  sealed_words bytea,
  finished_at timestamptz,
  finished_by uuid references auth.account (id),
  version int not null default 1,
  check ((organisation_id is not null) = (subject = 'provider')),
  check ((area is not null) = (subject = 'area')),
  check (second_by <> first_by),
  check (state = 'open' or second_by is not null),
  check ((finished_at is not null) = (state = 'finished')),
  check ((finished_by is not null) = (state = 'finished'))
);
create index assessment_list on situation.assessment (country, id desc);
create index assessment_organisation on situation.assessment (organisation_id) where organisation_id is not null;

-- What one assessor handed in. The other sees it once both have.
create table situation.sheet (
  assessment_id uuid not null references situation.assessment (id),
  by_account uuid not null references auth.account (id),
  country text not null,
  at timestamptz not null default now(),
  sealed_answers bytea not null,
  shown boolean not null default false,
  primary key (assessment_id, by_account)
);

create table situation.picture (
  id uuid primary key,
  assessment_id uuid not null references situation.assessment (id),
  country text not null,
  by_account uuid not null references auth.account (id),
  at timestamptz not null default now(),
  question text,
  -- whom the copy is sealed to (age), and the secret half and the small picture under a key outside the database
  recipient text not null check (recipient ~ '^age1[0-9a-z]{58}$'),
  sealed_identity bytea not null,
  sealed_thumbnail bytea not null,
  -- random name of the sealed copy in the data folder, how large it is unsealed, and the hash of its sealed bytes
  file uuid not null,
  size int not null check (size > 0),
  sha256 bytea not null check (length(sha256) = 32),
  shown boolean not null default false
);
create index picture_assessment on situation.picture (assessment_id);

create table situation.action (
  id uuid primary key,
  assessment_id uuid not null references situation.assessment (id),
  country text not null,
  -- whom the assessment is about, where it is about a provider
  organisation_id uuid references directory.organisation (id),
  question text not null,
  owner_organisation uuid not null references directory.organisation (id),
  due_on date not null,
  sealed_what bytea not null,
  state text not null default 'open' check (state in ('open', 'done', 'dropped')),
  made_by uuid not null references auth.account (id),
  made_at timestamptz not null default now(),
  ended_by uuid references auth.account (id),
  ended_at timestamptz,
  sealed_end bytea,
  version int not null default 1,
  check ((ended_at is not null) = (state <> 'open')),
  check ((ended_by is not null) = (state <> 'open'))
);
create index action_list on situation.action (country, state, due_on);
create index action_assessment on situation.action (assessment_id);
create index action_owner on situation.action (owner_organisation);

-- The second sheet lays both open. Who is the second assessor is said by handing in, so that nobody is it without having been there.
create function situation.handed_in() returns trigger
language plpgsql security definer set search_path = pg_catalog as $$
declare
  one situation.assessment;
begin
  select * into one from situation.assessment a where a.id = new.assessment_id for update;
  if one.state is distinct from 'open' or one.country <> new.country
     or new.by_account <> one.first_by and new.by_account <> coalesce(one.second_by, new.by_account) then
    raise exception using errcode = '23514', message = 'not an assessor of an open assessment';
  end if;
  if new.by_account <> one.first_by then
    update situation.assessment set second_by = new.by_account where id = one.id;
  end if;
  if (select count(*) from situation.sheet s where s.assessment_id = one.id) = 2 then
    update situation.sheet set shown = true where assessment_id = one.id;
    update situation.picture set shown = true where assessment_id = one.id;
    update situation.assessment set state = 'comparing', version = version + 1 where id = one.id;
  end if;
  return null;
end $$;
revoke all on function situation.handed_in() from public;
create trigger handed_in after insert on situation.sheet for each row execute function situation.handed_in();

-- A finished assessment never changes, whoever writes.
create function situation.kept() returns trigger language plpgsql set search_path = pg_catalog as $$
begin
  raise exception using errcode = '23514', message = 'a finished assessment never changes';
end $$;
create trigger kept before update or delete on situation.assessment
  for each row when (old.state = 'finished') execute function situation.kept();

do $$
declare
  here text := $q$country = (select current_setting('samaan.country', true))$q$;
  me text := $q$nullif((select current_setting('samaan.user', true)), '')::uuid$q$;
  role text := $q$(select current_setting('samaan.role', true))$q$;
  ours text := $q$any ((select current_setting('samaan.principals', true))::uuid[])$q$;
  -- the office of the task force
  office text := $q$exists (select 1 from auth.working w where w.role = 'secretariat')$q$;
  keeper text := $q$owner_organisation in (select w.organisation_id from auth.working w
    where w.role in ('intake', 'coordinator', 'provider', 'shelter-manager'))$q$;
  one text;
begin
  foreach one in array '{assessment,sheet,picture,action}'::text[] loop
    execute format('alter table situation.%I enable row level security', one);
    execute format('alter table situation.%I force row level security', one);
    execute format('grant select, insert on situation.%I to samaan_app', one);
  end loop;

  execute format($q$create policy seen on situation.assessment for select to samaan_app using (%s and (
    %s = 'secretariat'
    or state = 'finished' and (%2$s in ('intake', 'coordinator')
      or %2$s in ('provider', 'shelter-manager') and organisation_id = %s)))$q$, here, role, ours);
  execute format($q$create policy added on situation.assessment for insert to samaan_app with check (%s
    and first_by = %s and second_by is null and state = 'open' and %s)$q$, here, me, office);
  execute format($q$create policy settled on situation.assessment for update to samaan_app
    using (%s and state = 'comparing' and (first_by = %2$s or second_by = %2$s) and %3$s)
    with check (state = 'comparing' or finished_by = %2$s)$q$, here, me, office);

  execute format($q$create policy seen on situation.sheet for select to samaan_app using (%s
    and %s = 'secretariat' and (shown or by_account = %s))$q$, here, role, me);
  execute format($q$create policy added on situation.sheet for insert to samaan_app with check (%s
    and by_account = %s and not shown and %s)$q$, here, me, office);

  execute format($q$create policy seen on situation.picture for select to samaan_app using (%s
    and %s = 'secretariat' and (shown or by_account = %s))$q$, here, role, me);
  execute format($q$create policy added on situation.picture for insert to samaan_app with check (%s
    and by_account = %s and %s)$q$, here, me, office);

  execute format($q$create policy seen on situation.action for select to samaan_app using (%s and (
    %s in ('secretariat', 'intake', 'coordinator')
    or %2$s in ('provider', 'shelter-manager') and (organisation_id = %3$s or owner_organisation = %3$s)))$q$, here, role, ours);
  execute format($q$create policy added on situation.action for insert to samaan_app with check (%s
    and made_by = %s and state = 'open' and %s)$q$, here, me, office);
  -- Who owns it says that it is done; only the office lets it go.
  execute format($q$create policy ended on situation.action for update to samaan_app
    using (%s and state = 'open' and (%s or %s))
    with check (ended_by = %s and (state = 'done' or %2$s))$q$, here, office, keeper, me);
end $$;
create policy jobs on situation.picture for select to samaan_jobs using (true);
grant select (file) on situation.picture to samaan_jobs;
grant update (answers, sealed_words, state, finished_at, finished_by, version) on situation.assessment to samaan_app;
grant update (state, ended_by, ended_at, sealed_end, version) on situation.action to samaan_app;

-- How many places there are and how many are free, for who plans: by area, and of what shelters people in the whole country
-- only. Which service has them stays with who looks for one (0035).
create function directory.places_by_area()
returns table (area text, sheltered boolean, kind text, total int, free int)
language sql stable security definer set search_path = pg_catalog as $$
  select case when o.kind = 'shelter' or s.kind = 'safe-accommodation' then null else s.area end,
    o.kind = 'shelter' or s.kind = 'safe-accommodation', p.kind, sum(p.total)::int, sum(p.free)::int
  from directory.place p
  join directory.service s on s.id = p.service_id and s.active
  join directory.organisation o on o.id = s.organisation_id and o.active
  where o.country = current_setting('samaan.country', true)
    and exists (select 1 from auth.working w where w.role in ('secretariat', 'intake', 'coordinator'))
  group by 1, 2, 3
$$;
revoke all on function directory.places_by_area() from public;
grant execute on function directory.places_by_area() to samaan_app;
