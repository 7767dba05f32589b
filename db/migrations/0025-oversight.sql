-- Who watches who reads: broken glass and its review, people a case is closed to, sealed cases, invented cases that tell
-- when somebody reads them, and what the audit says to a data-protection officer and to the coordinator in charge.

-- What is hidden from somebody whatever else they hold: from one person (a conflict of interest), from everybody but the
-- people named (a sealed case), from all (an erased one). Each request sees the rows that hide something from it, so a
-- restrictive policy is "none of these": looked up row by row for a page, by a hash worked out once for a count.
create table policy.case_hidden (
  case_id uuid not null,
  basis text not null check (basis in ('conflict', 'sealed', 'erased')),
  basis_id uuid not null,
  -- null: from everybody who is not named
  account_id uuid,
  named uuid[] not null default '{}',
  primary key (case_id, basis, basis_id),
  check ((account_id is not null) = (basis = 'conflict'))
);
alter table policy.case_hidden enable row level security;
alter table policy.case_hidden force row level security;
create policy mine on policy.case_hidden for select to samaan_app using (
  account_id = nullif((select current_setting('samaan.user', true)), '')::uuid
  or (account_id is null
      and not coalesce(nullif((select current_setting('samaan.user', true)), '')::uuid = any (named), false)));
grant select on policy.case_hidden to samaan_app;

-- Closes a table of cases to whom they are hidden from. Whatever looks at policy.case_access is closed by that alone.
create procedure policy.hide(of_table regclass, of_column name)
language plpgsql as $$
begin
  execute format('create policy hidden on %s as restrictive for select to samaan_app
    using (not exists (select 1 from policy.case_hidden h where h.case_id = %I.%I))',
    of_table, (parse_ident(of_table::text))[2], of_column);
end $$;
revoke all on procedure policy.hide from public;
do $$
declare one text;
begin
  foreach one in array array['policy.case_access', 'policy.case_glimpse', 'cases.identity', 'cases.location', 'cases.note',
                             'cases.decision', 'cases.search_term', 'cases.attachment', 'cases.identity_conflict',
                             'referrals.referral', 'screening.screening', 'consent.record'] loop
    execute format('call policy.hide(%L, ''case_id'')', one);
  end loop;
end $$;
call policy.hide('cases.folder', 'id');

-- The same for functions that no policy binds.
create function policy.is_hidden(of_case uuid, from_account uuid) returns boolean
language sql stable security definer set search_path = pg_catalog as $$
  select exists (select 1 from policy.case_hidden h where h.case_id = of_case
    and (h.account_id = from_account or h.account_id is null and not from_account = any (h.named)))
$$;
create or replace function policy.held(of_case uuid) returns int
language sql stable security definer set search_path = pg_catalog as $$
  select bit_or(a.compartments | a.shared) from policy.case_access a
  where a.case_id = of_case and a.until > now() and a.basis <> 'share'
    and a.principal = any (current_setting('samaan.principals', true)::uuid[])
    and not policy.is_hidden(of_case, nullif(current_setting('samaan.user', true), '')::uuid)
$$;
-- Nobody is put in charge of what is hidden from them.
create function policy.refuse_hidden() returns trigger
language plpgsql security definer set search_path = pg_catalog as $$
begin
  if policy.is_hidden(new.case_id, new.principal) then
    raise exception using errcode = '42501', message = 'hidden';
  end if;
  return new;
end $$;
create trigger refuse_hidden before insert on policy.case_access
  for each row when (new.basis = 'assigned') execute function policy.refuse_hidden();
revoke all on function policy.is_hidden(uuid, uuid), policy.refuse_hidden() from public;

create schema oversight;
grant usage on schema oversight to samaan_app, samaan_jobs;

-- An id that sorts by time, as clients make them (UUIDv7).
create function oversight.next_id() returns uuid
language sql volatile set search_path = pg_catalog as $$
  select encode(set_bit(set_bit(overlay(uuid_send(gen_random_uuid())
    placing substring(int8send((extract(epoch from clock_timestamp()) * 1000)::bigint) from 3) from 1 for 6), 52, 1), 53, 1), 'hex')::uuid
$$;
create function oversight.me() returns uuid
language sql stable set search_path = pg_catalog as $$
  select nullif(current_setting('samaan.user', true), '')::uuid
$$;
-- Whether who asks really holds one of these roles in the country of the request, now.
create function oversight.works_as(wanted text[]) returns boolean
language sql stable security definer set search_path = pg_catalog as $$
  select current_setting('samaan.role', true) = any (wanted)
    and exists (select 1 from auth.assignment s where s.account_id = oversight.me()
      and s.role = current_setting('samaan.role', true) and s.country = current_setting('samaan.country', true)
      and s.confirmed_at is not null and s.until > now())
$$;

-- Something that somebody has to look at. Says what and about what by ids; nothing of a case.
create table oversight.alert (
  id uuid primary key default oversight.next_id(),
  account_id uuid not null references auth.account (id),
  country text not null check (country ~ '^[A-Z]{3}$'),
  kind text not null check (kind in ('glass-broken', 'glass-reviewed', 'canary-read', 'seal-proposed', 'erasure-proposed', 'retention-due')),
  -- the break-glass, the event of the audit, the proposal
  about uuid not null,
  at timestamptz not null default now(),
  seen_at timestamptz
);
create index alert_account on oversight.alert (account_id, id desc);
create unique index alert_once on oversight.alert (account_id, kind, about);
alter table oversight.alert enable row level security;
alter table oversight.alert force row level security;
create policy own on oversight.alert to samaan_app
  using (account_id = nullif((select current_setting('samaan.user', true)), '')::uuid);
grant select, update (seen_at) on oversight.alert to samaan_app;

-- Everybody who protects data in a country.
create function oversight.officers(of_country text) returns setof uuid
language sql stable security definer set search_path = pg_catalog as $$
  select distinct s.account_id from auth.assignment s join auth.account p on p.id = s.account_id and p.status = 'active'
  where s.role = 'data-protection-officer' and s.country = of_country and s.confirmed_at is not null and s.until > now()
$$;
-- Who is in charge of a case: its coordinator; intake of the unit that holds it; who made it, while nobody does.
create function oversight.answerable(of_case uuid) returns setof uuid
language sql stable security definer set search_path = pg_catalog as $$
  select one from (
    select f.coordinator as one from cases.folder f where f.id = of_case
    union
    select s.account_id from cases.folder f join auth.assignment s on s.organisation_id = f.holder and s.role = 'intake'
      and s.confirmed_at is not null and s.until > now() join auth.account p on p.id = s.account_id and p.status = 'active'
    where f.id = of_case
    union
    select f.made_by from cases.folder f where f.id = of_case and f.holder is null
  ) who where one is not null and not policy.is_hidden(of_case, one)
$$;
create function oversight.tell(to_accounts uuid[], what text, about_id uuid, of_country text) returns void
language sql volatile security definer set search_path = pg_catalog as $$
  insert into oversight.alert (account_id, country, kind, about)
  select distinct one, of_country, what, about_id from unnest(to_accounts) as one where one is not null
  on conflict do nothing
$$;

-- Broken glass: one case, an hour, reading only.
create table oversight.break_glass (
  id uuid primary key,
  country text not null check (country ~ '^[A-Z]{3}$'),
  case_id uuid not null references cases.folder (id),
  account_id uuid not null references auth.account (id),
  organisation_id uuid not null,
  role text not null,
  compartments int not null check (compartments between 1 and 3),
  reason text not null check (reason in ('danger-to-life', 'person-missing', 'child-at-risk', 'nobody-reached', 'other')),
  -- why, in their words; under the case's key for STA, so that it goes with the case
  sealed_text bytea,
  at timestamptz not null default now(),
  until timestamptz not null,
  review text check (review in ('justified', 'not-justified')),
  reviewed_by uuid references auth.account (id),
  reviewed_at timestamptz,
  sealed_review bytea,
  -- the coordinator has told the person
  told_by uuid references auth.account (id),
  told_at timestamptz,
  version int not null default 1,
  check (until <= at + interval '60 minutes'),
  check ((review is null) = (reviewed_by is null) and (review is null) = (reviewed_at is null)),
  check (reviewed_by is distinct from account_id),
  check ((told_by is null) = (told_at is null))
);
create index break_glass_account on oversight.break_glass (account_id, at desc);
create index break_glass_case on oversight.break_glass (case_id, at desc);
create index break_glass_country on oversight.break_glass (country, id desc);
create index break_glass_waiting on oversight.break_glass (country, at) where review is null;
alter table oversight.break_glass enable row level security;
alter table oversight.break_glass force row level security;
create policy own on oversight.break_glass for select to samaan_app
  using (account_id = nullif((select current_setting('samaan.user', true)), '')::uuid);
create policy reviewed on oversight.break_glass for select to samaan_app using (
  (select current_setting('samaan.role', true)) = 'data-protection-officer'
  and country = (select current_setting('samaan.country', true)));
create policy in_charge on oversight.break_glass for select to samaan_app using (
  (select current_setting('samaan.role', true)) in ('coordinator', 'intake')
  and exists (select 1 from policy.case_access a where a.case_id = break_glass.case_id and a.until > now()
    and a.basis in ('assigned', 'holder')));
call policy.hide('oversight.break_glass', 'case_id');
grant select on oversight.break_glass to samaan_app;

-- Whether a case is hidden from who asks. Who protects data still names an erased one: nothing of it is left but codes.
create function oversight.closed_to_me(of_case uuid) returns boolean
language sql stable security definer set search_path = pg_catalog as $$
  select exists (select 1 from policy.case_hidden h where h.case_id = of_case
    and (h.account_id = oversight.me() or h.account_id is null and not oversight.me() = any (h.named))
    and not (h.basis = 'erased' and oversight.works_as('{data-protection-officer}')))
$$;
-- What the data-protection officer may know of a case to name it: its reference, and the slot of its key, by which the
-- reasons given to them open. Also for whoever has the case; hidden from whom it is hidden.
create function oversight.shells(of_cases uuid[]) returns table (case_id uuid, reference text, slot bigint)
language sql stable security definer set search_path = pg_catalog as $$
  select f.id, f.reference, f.key_slot from cases.folder f
  where f.id = any (of_cases) and f.country = current_setting('samaan.country', true)
    and not oversight.closed_to_me(f.id)
    and (oversight.works_as('{data-protection-officer}')
      or f.holder = nullif(current_setting('samaan.organisation', true), '')::uuid
      or exists (select 1 from policy.case_access a where a.case_id = f.id and a.until > now()
        and a.principal = any (current_setting('samaan.principals', true)::uuid[]))
      -- who broke its glass named it themselves
      or exists (select 1 from oversight.break_glass b where b.case_id = f.id and b.account_id = oversight.me()))
$$;
-- The case of a reference, for the same people.
create function oversight.find_case(of_reference text) returns table (case_id uuid, reference text, slot bigint)
language sql stable security definer set search_path = pg_catalog as $$
  select s.* from cases.folder f, oversight.shells(array[f.id]) s
  where f.country = current_setting('samaan.country', true) and f.reference = of_reference
$$;

-- Whether somebody lost the right to break glass: they did, and after three days nobody has looked at it.
create function oversight.suspended(who uuid) returns boolean
language sql stable security definer set search_path = pg_catalog as $$
  select exists (select 1 from oversight.break_glass b
    where b.account_id = who and b.review is null and b.at < now() - interval '72 hours')
$$;
-- The case of a reference, if who asks may break its glass now; what refuses looks like no such case.
create function oversight.breakable(of_reference text) returns table (case_id uuid, slot bigint)
language sql stable security definer set search_path = pg_catalog as $$
  select f.id, f.key_slot from cases.folder f
  where f.country = current_setting('samaan.country', true) and f.reference = of_reference
    and oversight.works_as('{intake,decision-maker,coordinator,provider,shelter-manager,officer}')
    and not policy.is_hidden(f.id, oversight.me())
    and not oversight.suspended(oversight.me())
    and (select count(*) from oversight.break_glass b
         where b.account_id = oversight.me() and b.at > now() - interval '24 hours') < 3
    and not exists (select 1 from oversight.break_glass b
         where b.account_id = oversight.me() and b.case_id = f.id and b.at > now() - interval '24 hours')
$$;
-- Breaks the glass of one case for the request's own user, opens what their role's ceiling leaves of identity and
-- services, and tells who answers for it. The same person's attempts come one after another.
create function oversight.break_glass(of_id uuid, of_reference text, of_reason text, sealed bytea)
returns table (of_case uuid, opens int, ends timestamptz)
language plpgsql security definer set search_path = pg_catalog as $$
declare
  me uuid := oversight.me();
  mine text := current_setting('samaan.role', true);
  found record;
begin
  perform pg_advisory_xact_lock(hashtextextended('oversight.glass ' || me::text, 0));
  select * into found from oversight.breakable(of_reference);
  if found.case_id is null then
    raise exception using errcode = '42501', message = 'not to be broken';
  end if;
  of_case := found.case_id;
  opens := case when mine in ('coordinator', 'provider', 'shelter-manager') then 3 else 1 end;
  ends := now() + interval '60 minutes';
  insert into oversight.break_glass (id, country, case_id, account_id, organisation_id, role, compartments, reason, sealed_text, until)
  select of_id, current_setting('samaan.country', true), of_case, me, s.organisation_id, mine, opens, of_reason, sealed, ends
  from auth.assignment s where s.account_id = me and s.role = mine and s.country = current_setting('samaan.country', true)
    and s.confirmed_at is not null and s.until > now() limit 1;
  insert into policy.case_glimpse (principal, case_id, basis, basis_id, compartments, until)
  values (me, of_case, 'break-glass', of_id, opens, ends);
  perform oversight.tell(
    array(select one from (select oversight.answerable(of_case) as one
      union select oversight.officers(current_setting('samaan.country', true))) told where one <> me),
    'glass-broken', of_id, current_setting('samaan.country', true));
  return next;
end $$;
-- Whether somebody may judge what another did: never themselves, nor whom they let in or gave a role that day.
create function oversight.may_judge(whom uuid, day timestamptz) returns boolean
language sql stable security definer set search_path = pg_catalog as $$
  select whom <> oversight.me()
    and not exists (select 1 from auth.account p where p.id = whom and p.created_by = oversight.me()
      and p.created_at > day - interval '24 hours')
    and not exists (select 1 from auth.assignment s where s.account_id = whom and s.granted_by = oversight.me()
      and s.granted_at > day - interval '24 hours')
$$;
-- The data-protection officer's word on one that waits. Answers how many rows it changed: 0 when it has moved on.
create function oversight.review_glass(of_id uuid, of_version int, outcome text, sealed bytea) returns int
language plpgsql security definer set search_path = pg_catalog as $$
declare
  done oversight.break_glass;
begin
  if not oversight.works_as('{data-protection-officer}') then
    raise exception using errcode = '42501', message = 'not theirs';
  end if;
  update oversight.break_glass b
  set review = outcome, reviewed_by = oversight.me(), reviewed_at = now(), sealed_review = sealed, version = b.version + 1
  where b.id = of_id and b.version = of_version and b.review is null
    and b.country = current_setting('samaan.country', true)
    and oversight.may_judge(b.account_id, b.at) and not policy.is_hidden(b.case_id, oversight.me())
  returning * into done;
  if done.id is null then return 0; end if;
  -- What was not justified ends at once; whoever is in charge is asked to tell the person.
  if outcome = 'not-justified' then
    delete from policy.case_glimpse g where g.basis = 'break-glass' and g.basis_id = of_id;
  end if;
  perform oversight.tell(array(select oversight.answerable(done.case_id)) || done.account_id, 'glass-reviewed', of_id, done.country);
  return 1;
end $$;
-- The coordinator in charge has told the person, face to face.
create function oversight.told(of_id uuid, of_version int) returns int
language plpgsql security definer set search_path = pg_catalog as $$
declare
  touched int;
begin
  update oversight.break_glass b set told_by = oversight.me(), told_at = now(), version = b.version + 1
  where b.id = of_id and b.version = of_version and b.told_at is null
    and not policy.is_hidden(b.case_id, oversight.me())
    and exists (select 1 from policy.case_access a where a.case_id = b.case_id and a.principal = oversight.me()
      and a.basis = 'assigned' and a.until > now());
  get diagnostics touched = row_count;
  return touched;
end $$;

-- People whom a case is closed to, whatever they hold.
create table oversight.bar (
  id uuid primary key,
  country text not null check (country ~ '^[A-Z]{3}$'),
  case_id uuid not null references cases.folder (id),
  account_id uuid not null references auth.account (id),
  reason text not null check (reason in ('family', 'suspect', 'personal', 'earlier-work', 'other')),
  by_account uuid not null references auth.account (id),
  at timestamptz not null default now(),
  ended_at timestamptz,
  ended_by uuid references auth.account (id),
  check ((ended_at is null) = (ended_by is null)),
  check (by_account <> account_id and ended_by is distinct from account_id)
);
create unique index bar_live on oversight.bar (case_id, account_id) where ended_at is null;
create index bar_country on oversight.bar (country, id desc);
alter table oversight.bar enable row level security;
alter table oversight.bar force row level security;
create policy kept on oversight.bar for select to samaan_app using (
  country = (select current_setting('samaan.country', true))
  and ((select current_setting('samaan.role', true)) = 'data-protection-officer'
    or (select current_setting('samaan.role', true)) = 'intake'
       and exists (select 1 from policy.case_access a where a.case_id = bar.case_id and a.basis = 'holder' and a.until > now())));
call policy.hide('oversight.bar', 'case_id');
grant select on oversight.bar to samaan_app;

-- Who keeps the list of a case: a data-protection officer, and intake of the unit that holds it.
create function oversight.keeps_bars(of_case uuid) returns boolean
language sql stable security definer set search_path = pg_catalog as $$
  select not policy.is_hidden(of_case, oversight.me())
    and (oversight.works_as('{data-protection-officer}')
           and exists (select 1 from cases.folder f where f.id = of_case and f.country = current_setting('samaan.country', true))
      or oversight.works_as('{intake}')
           and exists (select 1 from policy.case_access a where a.case_id = of_case and a.basis = 'holder' and a.until > now()
             and a.principal = any (current_setting('samaan.principals', true)::uuid[])))
$$;
create function oversight.bar(of_id uuid, of_case uuid, whom uuid, of_reason text) returns void
language plpgsql security definer set search_path = pg_catalog as $$
begin
  if not oversight.keeps_bars(of_case) or whom = oversight.me() then
    raise exception using errcode = '42501', message = 'not theirs';
  end if;
  insert into oversight.bar (id, country, case_id, account_id, reason, by_account)
  values (of_id, current_setting('samaan.country', true), of_case, whom, of_reason, oversight.me());
  insert into policy.case_hidden (case_id, basis, basis_id, account_id) values (of_case, 'conflict', of_id, whom);
end $$;
create function oversight.end_bar(of_id uuid) returns int
language plpgsql security definer set search_path = pg_catalog as $$
declare
  touched int;
begin
  update oversight.bar b set ended_at = now(), ended_by = oversight.me()
  where b.id = of_id and b.ended_at is null and b.account_id <> oversight.me() and oversight.keeps_bars(b.case_id);
  get diagnostics touched = row_count;
  if touched = 1 then delete from policy.case_hidden h where h.basis = 'conflict' and h.basis_id = of_id; end if;
  return touched;
end $$;

-- Sealed cases: hidden from everybody who is not named. One of the data-protection side proposes and one who answers for the
-- case confirms, or the other way; the same to unseal.
create table oversight.sealing (
  id uuid primary key,
  country text not null check (country ~ '^[A-Z]{3}$'),
  case_id uuid not null references cases.folder (id),
  action text not null check (action in ('seal', 'unseal')),
  named uuid[] not null,
  reason text not null check (reason in ('threat', 'insider', 'public-interest', 'witness', 'over', 'other')),
  sealed_text bytea,
  state text not null default 'proposed' check (state in ('proposed', 'confirmed', 'returned')),
  by_account uuid not null references auth.account (id),
  by_role text not null check (by_role in ('data-protection-officer', 'coordinator', 'decision-maker')),
  at timestamptz not null default now(),
  second_by uuid references auth.account (id),
  second_at timestamptz,
  version int not null default 1,
  check (second_by is distinct from by_account),
  check ((state = 'proposed') = (second_by is null) and (second_by is null) = (second_at is null))
);
create unique index sealing_waiting on oversight.sealing (case_id) where state = 'proposed';
create index sealing_country on oversight.sealing (country, id desc);
alter table oversight.sealing enable row level security;
alter table oversight.sealing force row level security;
create policy seen on oversight.sealing for select to samaan_app using (
  country = (select current_setting('samaan.country', true))
  and ((select current_setting('samaan.role', true)) = 'data-protection-officer'
    or (select current_setting('samaan.role', true)) in ('coordinator', 'decision-maker')
       and exists (select 1 from policy.case_access a where a.case_id = sealing.case_id and a.until > now()
         and (a.basis = 'assigned' and (select current_setting('samaan.role', true)) = 'coordinator'
           or a.basis = 'holder' and (select current_setting('samaan.role', true)) = 'decision-maker'))));
call policy.hide('oversight.sealing', 'case_id');
grant select on oversight.sealing to samaan_app;

-- Whether who asks answers for a case in the role they are in: its coordinator, or a decision-maker of its unit.
create function oversight.answers_for(of_case uuid) returns boolean
language sql stable security definer set search_path = pg_catalog as $$
  select oversight.works_as('{coordinator,decision-maker}') and not policy.is_hidden(of_case, oversight.me())
    and exists (select 1 from policy.case_access a where a.case_id = of_case and a.until > now()
      and (current_setting('samaan.role', true) = 'coordinator' and a.basis = 'assigned' and a.principal = oversight.me()
        or current_setting('samaan.role', true) = 'decision-maker' and a.basis = 'holder'
           and a.principal = any (current_setting('samaan.principals', true)::uuid[])))
$$;
-- Who could be the second person where the first protects data: the coordinator and the unit's decision-makers.
create function oversight.seconds(of_case uuid) returns setof uuid
language sql stable security definer set search_path = pg_catalog as $$
  select f.coordinator from cases.folder f where f.id = of_case and f.coordinator is not null
  union
  select s.account_id from cases.folder f join auth.assignment s on s.organisation_id = f.holder and s.role = 'decision-maker'
    and s.confirmed_at is not null and s.until > now() join auth.account p on p.id = s.account_id and p.status = 'active'
  where f.id = of_case
$$;
create function oversight.propose_sealing(of_id uuid, of_case uuid, what text, who uuid[], of_reason text, sealed bytea) returns void
language plpgsql security definer set search_path = pg_catalog as $$
declare
  mine text := current_setting('samaan.role', true);
  here text := current_setting('samaan.country', true);
begin
  if policy.is_hidden(of_case, oversight.me())
     or not exists (select 1 from cases.folder f where f.id = of_case and f.country = here)
     or not (oversight.works_as('{data-protection-officer}') or oversight.answers_for(of_case)) then
    raise exception using errcode = '42501', message = 'not theirs';
  end if;
  if (what = 'seal') = exists (select 1 from policy.case_hidden h where h.case_id = of_case and h.basis = 'sealed') then
    raise exception using errcode = '23505', message = 'it is so already';
  end if;
  insert into oversight.sealing (id, country, case_id, action, named, reason, sealed_text, by_account, by_role)
  values (of_id, here, of_case, what, who, of_reason, sealed, oversight.me(), mine);
  perform oversight.tell(
    case when mine = 'data-protection-officer' then array(select oversight.seconds(of_case))
         else array(select oversight.officers(here)) end, 'seal-proposed', of_id, here);
end $$;
create function oversight.answer_sealing(of_id uuid, of_version int, answer text) returns int
language plpgsql security definer set search_path = pg_catalog as $$
declare
  done oversight.sealing;
begin
  update oversight.sealing s set state = answer, second_by = oversight.me(), second_at = now(), version = s.version + 1
  where s.id = of_id and s.version = of_version and s.state = 'proposed' and s.by_account <> oversight.me()
    and s.country = current_setting('samaan.country', true) and not policy.is_hidden(s.case_id, oversight.me())
    and (s.by_role = 'data-protection-officer' and oversight.answers_for(s.case_id)
      or s.by_role <> 'data-protection-officer' and oversight.works_as('{data-protection-officer}'))
  returning * into done;
  if done.id is null then return 0; end if;
  if answer = 'confirmed' and done.action = 'seal' then
    insert into policy.case_hidden (case_id, basis, basis_id, named)
    values (done.case_id, 'sealed', done.id, done.named || done.by_account || done.second_by);
  elsif answer = 'confirmed' then
    delete from policy.case_hidden h where h.case_id = done.case_id and h.basis = 'sealed';
  end if;
  return 1;
end $$;

-- Invented cases that nobody has a reason to open. They look like others; which they are is known here alone.
create table oversight.canary (
  case_id uuid primary key references cases.folder (id),
  country text not null check (country ~ '^[A-Z]{3}$'),
  made_by uuid not null references auth.account (id),
  at timestamptz not null default now()
);
create table oversight.canary_read (
  -- the event of the audit
  event_id uuid primary key,
  case_id uuid not null references oversight.canary (case_id),
  country text not null check (country ~ '^[A-Z]{3}$'),
  account_id uuid not null,
  at timestamptz not null
);
create index canary_read_case on oversight.canary_read (case_id, at desc);
do $$
declare one text;
begin
  foreach one in array array['canary', 'canary_read'] loop
    execute format('alter table oversight.%I enable row level security', one);
    execute format('alter table oversight.%I force row level security', one);
    execute format('create policy protects on oversight.%I for select to samaan_app using (
      (select current_setting(''samaan.role'', true)) = ''data-protection-officer''
      and country = (select current_setting(''samaan.country'', true)))', one);
    execute format('grant select on oversight.%I to samaan_app', one);
  end loop;
end $$;
-- Puts an invented case among those of the unit. Nobody is named as its maker in its history, so that nobody is blamed.
create function oversight.plant(of_id uuid, of_reference text, slot bigint, sealed bytea, terms bytea[], warn timestamptz, due timestamptz)
returns void
language plpgsql security definer set search_path = pg_catalog as $$
declare
  here text := current_setting('samaan.country', true);
  unit uuid;
  agency uuid;
begin
  if not oversight.works_as('{data-protection-officer}') then
    raise exception using errcode = '42501', message = 'not theirs';
  end if;
  select o.id into unit from directory.organisation o where o.country = here and o.competent and o.active order by o.id limit 1;
  select s.organisation_id into agency from auth.assignment s where s.role = 'officer' and s.country = here and s.until > now()
    order by random() limit 1;
  if unit is null then
    raise exception using errcode = '42501', message = 'no unit';
  end if;
  insert into cases.folder (id, country, reference, status, identification, urgency, sector, agency, holder, due_at, key_slot, made_by, opened_at)
  values (of_id, here, of_reference, 'opened', 'pending', 'urgent', 'domestic-work', coalesce(agency, unit), unit, due, slot, oversight.me(), now());
  insert into cases.identity (case_id, sealed) values (of_id, sealed);
  insert into cases.search_term (term, case_id) select distinct t, of_id from unnest(terms) as t;
  insert into cases.timeline (id, case_id, event, organisation_id) values
    (oversight.next_id(), of_id, 'screening.recorded', coalesce(agency, unit)), (oversight.next_id(), of_id, 'case.opened', unit);
  if due is not null then
    insert into cases.clock (id, case_id, kind, starts_at, warn_at, due_at)
    values (oversight.next_id(), of_id, 'reasonable-grounds', now(), warn, due);
  end if;
  insert into policy.case_access (principal, case_id, basis, basis_id, compartments, shared)
  values (unit, of_id, 'holder', of_id, 65, 65);
  insert into oversight.canary (case_id, country, made_by) values (of_id, here, oversight.me());
end $$;
-- What the audit's sequencer numbered: whoever read an invented case is told of to those who protect data. Answers how many.
create function oversight.hear(of_events uuid[]) returns int
language plpgsql security definer set search_path = pg_catalog as $$
declare
  one oversight.canary_read;
  heard int := 0;
begin
  for one in
    insert into oversight.canary_read (event_id, case_id, country, account_id, at)
    select e.id, e.case_id, c.country, e.actor_id, e.at from audit.event e join oversight.canary c on c.case_id = e.case_id
    where e.id = any (of_events) and e.actor_id is not null and e.body::jsonb ->> 'role' <> 'data-protection-officer'
    on conflict do nothing returning *
  loop
    perform oversight.tell(array(select oversight.officers(one.country)), 'canary-read', one.event_id, one.country);
    heard := heard + 1;
  end loop;
  return heard;
end $$;
revoke all on function oversight.hear(uuid[]) from public;
grant execute on function oversight.hear(uuid[]) to samaan_jobs;

-- What the law or a court wants kept: nothing of the case is erased while one stands.
create table oversight.hold (
  id uuid primary key,
  country text not null check (country ~ '^[A-Z]{3}$'),
  case_id uuid not null references cases.folder (id),
  reason text not null check (reason in ('court', 'investigation', 'compensation', 'complaint', 'other')),
  -- null: until somebody ends it
  until date,
  by_account uuid not null references auth.account (id),
  at timestamptz not null default now(),
  ended_at timestamptz,
  ended_by uuid references auth.account (id),
  check ((ended_at is null) = (ended_by is null))
);
create index hold_case on oversight.hold (case_id) where ended_at is null;
create index hold_country on oversight.hold (country, id desc);
create table oversight.erasure (
  id uuid primary key,
  country text not null check (country ~ '^[A-Z]{3}$'),
  case_id uuid not null references cases.folder (id),
  ground text not null check (ground in ('person-asked', 'retention-over', 'no-basis', 'unlawful', 'other')),
  sealed_text bytea,
  state text not null default 'proposed' check (state in ('proposed', 'confirmed', 'returned')),
  by_account uuid not null references auth.account (id),
  at timestamptz not null default now(),
  second_by uuid references auth.account (id),
  second_at timestamptz,
  version int not null default 1,
  check (second_by is distinct from by_account),
  check ((state = 'proposed') = (second_by is null) and (second_by is null) = (second_at is null))
);
create unique index erasure_waiting on oversight.erasure (case_id) where state <> 'returned';
create index erasure_country on oversight.erasure (country, id desc);
do $$
declare one text;
begin
  foreach one in array array['hold', 'erasure'] loop
    execute format('alter table oversight.%I enable row level security', one);
    execute format('alter table oversight.%I force row level security', one);
    execute format('create policy seen on oversight.%I for select to samaan_app using (
      country = (select current_setting(''samaan.country'', true))
      and ((select current_setting(''samaan.role'', true)) = ''data-protection-officer''
        or (select current_setting(''samaan.role'', true)) in (''coordinator'', ''decision-maker'')
           and exists (select 1 from policy.case_access a where a.case_id = %I.case_id and a.until > now()
             and a.basis in (''assigned'', ''holder''))))', one, one);
    execute format('grant select on oversight.%I to samaan_app', one);
  end loop;
end $$;

create function oversight.place_hold(of_id uuid, of_case uuid, of_reason text, until_day date) returns void
language plpgsql security definer set search_path = pg_catalog as $$
begin
  if policy.is_hidden(of_case, oversight.me())
     or not exists (select 1 from cases.folder f where f.id = of_case and f.country = current_setting('samaan.country', true))
     or not (oversight.works_as('{data-protection-officer}') or oversight.answers_for(of_case)) then
    raise exception using errcode = '42501', message = 'not theirs';
  end if;
  insert into oversight.hold (id, country, case_id, reason, until, by_account)
  values (of_id, current_setting('samaan.country', true), of_case, of_reason, until_day, oversight.me());
end $$;
-- Ended by who protects data, and never by who placed it: what it keeps back may be erased after it.
create function oversight.end_hold(of_id uuid) returns int
language plpgsql security definer set search_path = pg_catalog as $$
declare
  touched int;
begin
  update oversight.hold h set ended_at = now(), ended_by = oversight.me()
  where h.id = of_id and h.ended_at is null and h.by_account <> oversight.me()
    and h.country = current_setting('samaan.country', true)
    and (oversight.works_as('{data-protection-officer}') or oversight.answers_for(h.case_id));
  get diagnostics touched = row_count;
  return touched;
end $$;
-- Why a case may not be erased now; null when it may. A broken glass that waits is judged first: its reasons go with the case.
create function oversight.kept_by(of_case uuid) returns text
language sql stable security definer set search_path = pg_catalog as $$
  select case
    when exists (select 1 from oversight.hold h where h.case_id = of_case and h.ended_at is null
      and (h.until is null or h.until >= current_date)) then 'hold'
    when exists (select 1 from oversight.break_glass b where b.case_id = of_case and b.review is null) then 'glass'
  end
$$;
create function oversight.propose_erasure(of_id uuid, of_case uuid, of_ground text, sealed bytea) returns void
language plpgsql security definer set search_path = pg_catalog as $$
declare
  here text := current_setting('samaan.country', true);
begin
  if not oversight.works_as('{data-protection-officer}') or policy.is_hidden(of_case, oversight.me())
     or not exists (select 1 from cases.folder f where f.id = of_case and f.country = here) then
    raise exception using errcode = '42501', message = 'not theirs';
  end if;
  insert into oversight.erasure (id, country, case_id, ground, sealed_text, by_account)
  values (of_id, here, of_case, of_ground, sealed, oversight.me());
  perform oversight.tell(array(select oversight.seconds(of_case)), 'erasure-proposed', of_id, here);
end $$;
-- The second person's answer. Confirmed, every row about the case goes but its coded shell, from whatever slice: a table of a
-- case that is not named here as part of the shell is emptied of it. The key is destroyed by whoever called, before the commit.
create function oversight.answer_erasure(of_id uuid, of_version int, answer text)
returns table (touched int, slot bigint, copies uuid[], uploads uuid[])
language plpgsql security definer set search_path = pg_catalog as $$
declare
  done oversight.erasure;
  waiting text[];
  left_over text[];
  one text;
begin
  touched := 0;
  update oversight.erasure e set state = answer, second_by = oversight.me(), second_at = now(), version = e.version + 1
  where e.id = of_id and e.version = of_version and e.state = 'proposed' and e.by_account <> oversight.me()
    and oversight.answers_for(e.case_id) and (answer <> 'confirmed' or oversight.kept_by(e.case_id) is null)
  returning * into done;
  if done.id is null then return next; return; end if;
  touched := 1;
  if answer <> 'confirmed' then return next; return; end if;

  select f.key_slot into slot from cases.folder f where f.id = done.case_id for update;
  select array_agg(c.id) into copies
  from cases.attachment a, unnest(array[a.original_file, a.clean_file]) as c (id) where a.case_id = done.case_id and c.id is not null;
  with gone as (
    delete from files.upload u using cases.attachment a
    where a.case_id = done.case_id and u.account_id = a.by_account and u.sha256 = a.sha256 returning u.id
  ) select array_agg(gone.id) into uploads from gone;

  select array_agg(format('%I.%I', n.nspname, c.relname)) into waiting
  from pg_class c join pg_namespace n on n.oid = c.relnamespace
  join pg_attribute k on k.attrelid = c.oid and k.attname = 'case_id' and not k.attisdropped
  where c.relkind = 'r' and n.nspname not in ('audit', 'platform', 'oversight', 'policy', 'pgboss')
    and format('%I.%I', n.nspname, c.relname) not in
      ('cases.timeline', 'cases.assignment', 'cases.clock', 'cases.clock_pause', 'consent.record', 'referrals.referral');
  -- What refers to something goes before it, in whatever order that is.
  while waiting is not null loop
    left_over := null;
    foreach one in array waiting loop
      begin
        execute format('delete from %s where case_id = $1', one) using done.case_id;
      exception when foreign_key_violation then
        left_over := left_over || one;
      end;
    end loop;
    if left_over = waiting then
      raise exception using errcode = '23503', message = 'something still refers to ' || array_to_string(waiting, ', ');
    end if;
    waiting := left_over;
  end loop;
  update referrals.referral r set sealed_message = null, sealed_answer = null where r.case_id = done.case_id;
  update oversight.break_glass b set sealed_text = null, sealed_review = null where b.case_id = done.case_id;
  update oversight.sealing b set sealed_text = null where b.case_id = done.case_id;
  update oversight.erasure e set sealed_text = null where e.case_id = done.case_id;
  delete from oversight.due d where d.case_id = done.case_id;
  delete from policy.case_access a where a.case_id = done.case_id;
  delete from policy.case_glimpse g where g.case_id = done.case_id;
  insert into policy.case_hidden (case_id, basis, basis_id) values (done.case_id, 'erased', done.id);
  return next;
end $$;

-- Cases whose time to be kept is over, by the country's own rules: found by a job, which never erases and proposes nothing by
-- itself; who protects data looks at each.
create table oversight.due (
  case_id uuid primary key references cases.folder (id),
  country text not null check (country ~ '^[A-Z]{3}$'),
  kind text not null check (kind in ('never-opened', 'not-confirmed', 'closed', 'child')),
  -- from when the time counts
  since timestamptz not null,
  found_at timestamptz not null default now()
);
create index due_country on oversight.due (country, case_id desc);
alter table oversight.due enable row level security;
alter table oversight.due force row level security;
create policy protects on oversight.due for select to samaan_app using (
  (select current_setting('samaan.role', true)) = 'data-protection-officer'
  and country = (select current_setting('samaan.country', true)));
call policy.hide('oversight.due', 'case_id');
grant select on oversight.due to samaan_app;
-- As the jobs' role. `rules`: years by kind; a kind that is not there is never due. Answers how many are new.
create function oversight.note_due(of_country text, rules jsonb, at timestamptz) returns int
language plpgsql security definer set search_path = pg_catalog as $$
declare
  fresh int;
begin
  create temporary table due_now on commit drop as
  select f.id, k.kind, k.since
  from cases.folder f cross join lateral (
    select case when f.status = 'new' then 'never-opened' when f.child then 'child'
                when f.identification like 'no-%' then 'not-confirmed' else 'closed' end as kind,
           case when f.status = 'new' then f.made_at
                else (select max(t.at) from cases.timeline t where t.case_id = f.id and t.event = 'case.closed') end as since
  ) k
  where f.country = of_country and f.status in ('new', 'closed') and rules ->> k.kind is not null
    and k.since + make_interval(years => (rules ->> k.kind)::int) < at
    and oversight.kept_by(f.id) is null
    and not exists (select 1 from oversight.erasure e where e.case_id = f.id and e.state = 'confirmed');
  delete from oversight.due d where d.country = of_country and not exists (select 1 from due_now n where n.id = d.case_id);
  insert into oversight.due (case_id, country, kind, since) select n.id, of_country, n.kind, n.since from due_now n
  on conflict do nothing;
  get diagnostics fresh = row_count;
  drop table due_now;
  if fresh > 0 then
    perform oversight.tell(array(select oversight.officers(of_country)), 'retention-due', oversight.next_id(), of_country);
  end if;
  return fresh;
end $$;
revoke all on function oversight.note_due(text, jsonb, timestamptz) from public;
grant execute on function oversight.note_due(text, jsonb, timestamptz) to samaan_jobs;

-- What the audit says. Not in the order it was numbered, and by a function only: no role of the application reads the table.
create index event_at on audit.event using brin (at);
create index event_export on audit.event (at desc, id) where operation like '%xport%' or operation like '%Csv';
create function oversight.events(of_case uuid, by_account uuid, exports boolean, from_at timestamptz, to_at timestamptz,
                                 before uuid, most int)
returns table (id uuid, at timestamptz, case_id uuid, actor_id uuid, operation text, about jsonb)
language plpgsql stable security definer set search_path = pg_catalog as $$
begin
  if not oversight.works_as('{data-protection-officer}') then
    raise exception using errcode = '42501', message = 'not theirs';
  end if;
  -- Of a case that is hidden from who asks it is not said that there is one.
  return query execute
    'select e.id, e.at, case when oversight.closed_to_me(e.case_id) then null else e.case_id end, e.actor_id, e.operation,
       e.body::jsonb - ''case'' from audit.event e
     where not exists (select 1 from cases.folder f where f.id = e.case_id and f.country <> $6)
       and (e.actor_id is null or exists (select 1 from auth.assignment s where s.account_id = e.actor_id and s.country = $6))'
    || case when of_case is null then '' else ' and e.case_id = $1 and not oversight.closed_to_me($1)' end
    || case when by_account is null then '' else ' and e.actor_id = $2' end
    || case when exports then ' and (e.operation like ''%xport%'' or e.operation like ''%Csv'')' else '' end
    || case when from_at is null then '' else ' and e.at >= $3' end
    || case when to_at is null then '' else ' and e.at < $4' end
    || case when before is null then '' else ' and (e.at, e.id) < (select b.at, b.id from audit.event b where b.id = $5)' end
    || ' order by e.at desc, e.id desc limit $7'
    using of_case, by_account, from_at, to_at, before, current_setting('samaan.country', true), most;
end $$;
-- The same of one case, for the coordinator in charge of it.
create function oversight.case_events(of_case uuid, before uuid, most int)
returns table (id uuid, at timestamptz, actor_id uuid, operation text, about jsonb)
language plpgsql stable security definer set search_path = pg_catalog as $$
begin
  if not oversight.works_as('{coordinator}') or policy.is_hidden(of_case, oversight.me())
     or not exists (select 1 from policy.case_access a where a.case_id = of_case and a.principal = oversight.me()
                    and a.basis = 'assigned' and a.until > now()) then
    raise exception using errcode = '42501', message = 'not theirs';
  end if;
  return query select e.id, e.at, e.actor_id, e.operation, e.body::jsonb from audit.event e
    where e.case_id = of_case
      -- Care never learns what an investigation knows, also not that it knows something.
      and not e.body::jsonb -> 'compartments' ?| array['INV', 'WIT']
      and (before is null or (e.at, e.id) < (select b.at, b.id from audit.event b where b.id = before))
    order by e.at desc, e.id desc limit most;
end $$;
-- Counts of reading by person and hour, from a time on: how many cases, how many of them at night in the country's own
-- time, how many searches. What is unusual about them is said elsewhere.
create function oversight.reading(from_at timestamptz, zone text, night_from int, night_to int)
returns table (actor_id uuid, hour timestamptz, cases int, night int, searches int)
language plpgsql stable security definer set search_path = pg_catalog as $$
begin
  if not oversight.works_as('{data-protection-officer}') then
    raise exception using errcode = '42501', message = 'not theirs';
  end if;
  return query
    select e.actor_id, date_trunc('hour', e.at) as hour, count(distinct e.case_id)::int,
      count(distinct e.case_id) filter (where extract(hour from e.at at time zone zone) >= night_from
                                           or extract(hour from e.at at time zone zone) < night_to)::int,
      count(*) filter (where e.operation = 'cases.search')::int
    from audit.event e
    where e.at >= from_at and e.actor_id is not null and e.operation not like 'oversight.%'
      and (e.case_id is not null or e.operation = 'cases.search')
      and exists (select 1 from auth.assignment s where s.account_id = e.actor_id
        and s.country = current_setting('samaan.country', true))
    group by 1, 2;
end $$;

do $$
declare one text;
begin
  foreach one in array array[
    'me()', 'works_as(text[])', 'next_id()', 'officers(text)', 'answerable(uuid)', 'tell(uuid[], text, uuid, text)',
    'may_judge(uuid, timestamptz)', 'suspended(uuid)', 'keeps_bars(uuid)',
    'shells(uuid[])', 'find_case(text)', 'breakable(text)', 'break_glass(uuid, text, text, bytea)',
    'review_glass(uuid, int, text, bytea)', 'told(uuid, int)', 'bar(uuid, uuid, uuid, text)', 'end_bar(uuid)',
    'events(uuid, uuid, boolean, timestamptz, timestamptz, uuid, int)', 'case_events(uuid, uuid, int)',
    'reading(timestamptz, text, int, int)', 'answers_for(uuid)', 'seconds(uuid)',
    'place_hold(uuid, uuid, text, date)', 'end_hold(uuid)', 'kept_by(uuid)', 'propose_erasure(uuid, uuid, text, bytea)',
    'answer_erasure(uuid, int, text)', 'closed_to_me(uuid)',
    'propose_sealing(uuid, uuid, text, uuid[], text, bytea)', 'answer_sealing(uuid, int, text)',
    'plant(uuid, text, bigint, bytea, bytea[], timestamptz, timestamptz)'] loop
    execute format('revoke all on function oversight.%s from public', one);
    if one !~ '^(works_as|next_id|officers|answerable|tell|seconds)\(' then
      execute format('grant execute on function oversight.%s to samaan_app', one);
    end if;
  end loop;
end $$;
