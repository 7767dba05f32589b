-- Tasks: what one person asks another to do, about a case or not. What says more than codes is sealed with the case's key for
-- SVC; a task without a case has codes only. A task gives nobody a place in a case: only who has one can be given it, and who
-- loses theirs loses it.
create schema tasks;
grant usage on schema tasks to samaan_app, samaan_jobs;

create table tasks.task (
  id uuid primary key,
  country text not null check (country ~ '^[A-Z]{3}$'),
  case_id uuid references cases.folder (id),
  kind text not null check (kind in ('contact', 'visit', 'accompany', 'appointment', 'document', 'find-out', 'arrange', 'answer', 'look-again', 'other')),
  sealed bytea,
  -- for a role of an organisation, until one of them takes it
  organisation_id uuid not null references directory.organisation (id),
  role text not null,
  account_id uuid references auth.account (id),
  due_on date,
  due_at timestamptz,
  -- what lists are ordered by: a day is due when it ends
  due timestamptz generated always as (coalesce(due_at, (due_on + 1)::timestamp at time zone 'UTC')) stored,
  urgency text not null check (urgency in ('emergency', 'urgent', 'routine')),
  made_by uuid not null references auth.account (id),
  made_at timestamptz not null default now(),
  state text not null default 'open' check (state in ('open', 'taken', 'done', 'not-needed')),
  reason text check (reason in ('done-otherwise', 'person-declined', 'no-longer', 'double', 'nobody-left', 'other')),
  ended_by uuid references auth.account (id),
  ended_at timestamptz,
  -- came back because whoever had it lost their place in the case
  returned boolean not null default false,
  version int not null default 1,
  check ((due_on is null) <> (due_at is null)),
  check (case_id is not null or sealed is null),
  check (state <> 'taken' or account_id is not null),
  check ((state in ('done', 'not-needed')) = (ended_at is not null)),
  check ((state = 'not-needed') = (reason is not null)),
  check (state <> 'done' or ended_by is not null)
);
create index task_case on tasks.task (case_id, id desc) where case_id is not null;
create index task_account on tasks.task (account_id, role, due) where state in ('open', 'taken');
create index task_role on tasks.task (organisation_id, role, due) where account_id is null and state = 'open';
create index task_made on tasks.task (made_by, made_at desc);

create function tasks.me() returns uuid
language sql stable set search_path = pg_catalog as $$
  select nullif(current_setting('samaan.user', true), '')::uuid
$$;
-- Whether somebody in a role of an organisation has a live place in a case. The same as the rules of the slices say it.
create function tasks.has_place(of_case uuid, who uuid, body uuid, as_role text) returns boolean
language sql stable security definer set search_path = pg_catalog as $$
  select not policy.is_hidden(of_case, who) and exists (select 1 from policy.case_access a
    where a.case_id = of_case and a.until > now() and case
      when as_role = 'coordinator' then a.basis = 'assigned' and a.principal = who
      when as_role = 'officer' then a.basis = 'own' and a.principal = who
      when as_role = 'intake' then a.basis = 'holder' and a.principal = body or a.basis = 'own' and a.principal = who
      when as_role = 'decision-maker' then a.basis = 'holder' and a.principal = body
      when as_role in ('provider', 'shelter-manager') then a.basis = 'share' and a.accepted and a.principal = body
      else false end)
$$;
-- Whether a person, or, without one, anybody in a role of an organisation, can be given a task about a case, or about none.
create function tasks.may_hold(of_case uuid, who uuid, body uuid, as_role text) returns boolean
language sql stable security definer set search_path = pg_catalog as $$
  select exists (select 1 from auth.assignment s join auth.account p on p.id = s.account_id and p.status = 'active'
    where s.organisation_id = body and s.role = as_role and (who is null or s.account_id = who)
      and s.confirmed_at is not null and s.until > now()
      and (of_case is null or tasks.has_place(of_case, s.account_id, body, as_role)))
$$;
-- Who can be given a task about a case: everybody who works on it. Names of staff, not of what they do.
create function tasks.people(of_case uuid) returns table (account uuid, name text, role text, organisation uuid, body text)
language sql stable security definer set search_path = pg_catalog as $$
  select distinct p.id, p.name, s.role, o.id, o.name
  from policy.case_access a
  join auth.assignment s on s.account_id = a.principal or s.organisation_id = a.principal
  join auth.account p on p.id = s.account_id and p.status = 'active'
  join directory.organisation o on o.id = s.organisation_id
  where a.case_id = of_case and a.until > now() and s.confirmed_at is not null and s.until > now()
    and tasks.has_place(of_case, s.account_id, s.organisation_id, s.role)
    -- who asks works on it too
    and exists (select 1 from auth.assignment m where m.account_id = tasks.me() and m.role = current_setting('samaan.role', true)
      and m.confirmed_at is not null and m.until > now()
      and tasks.has_place(of_case, tasks.me(), m.organisation_id, m.role))
    -- An organisation that helps learns who is in charge, and its own colleagues; not who else helps.
    and (current_setting('samaan.role', true) in ('intake', 'coordinator', 'decision-maker')
      or s.role = 'coordinator'
      or exists (select 1 from auth.assignment m where m.account_id = tasks.me() and m.organisation_id = s.organisation_id
        and m.role = current_setting('samaan.role', true) and m.until > now()))
$$;

alter table tasks.task enable row level security;
alter table tasks.task force row level security;
-- Whose it is, who asked for it, and of a case whoever answers for it; each only while they have a place in the case.
create policy seen on tasks.task for select to samaan_app using (
  country = (select current_setting('samaan.country', true))
  and (case_id is null or exists (select 1 from policy.case_access a where a.case_id = task.case_id and a.until > now()
        and (a.basis <> 'share' or a.accepted)))
  and (account_id = nullif((select current_setting('samaan.user', true)), '')::uuid
         and role = (select current_setting('samaan.role', true))
    or made_by = nullif((select current_setting('samaan.user', true)), '')::uuid
    or account_id is null and role = (select current_setting('samaan.role', true))
       and organisation_id in (select s.organisation_id from auth.assignment s
         where s.account_id = nullif((select current_setting('samaan.user', true)), '')::uuid
           and s.role = (select current_setting('samaan.role', true)) and s.until > now())
    or (select current_setting('samaan.role', true)) in ('intake', 'coordinator', 'decision-maker')
       and exists (select 1 from policy.case_access a where a.case_id = task.case_id and a.until > now()
         and a.basis in ('holder', 'assigned'))));
call policy.hide('tasks.task', 'case_id');
grant select on tasks.task to samaan_app;

-- Whether a task lies with who asks, in the role they are in: theirs, or still anybody's of their role.
create function tasks.lies_with_me(t tasks.task) returns boolean
language sql stable security definer set search_path = pg_catalog as $$
  select t.role = current_setting('samaan.role', true)
    and (t.account_id = tasks.me()
      or t.account_id is null and tasks.may_hold(t.case_id, tasks.me(), t.organisation_id, t.role))
$$;
-- Whether who asks answers for the case of a task: in charge of it, or of the unit that holds it.
create function tasks.answers_for(of_case uuid) returns boolean
language sql stable security definer set search_path = pg_catalog as $$
  select current_setting('samaan.role', true) in ('intake', 'coordinator', 'decision-maker')
    and not policy.is_hidden(of_case, tasks.me())
    and exists (select 1 from policy.case_access a where a.case_id = of_case and a.until > now()
      and a.basis in ('holder', 'assigned') and a.principal = any (current_setting('samaan.principals', true)::uuid[]))
$$;
-- Asks something of somebody, in the name of who asks: about a case that both have a place in, or about none, within one's own
-- organisation.
create function tasks.make(of_id uuid, of_case uuid, what text, words bytea, to_account uuid, to_body uuid, to_role text,
                           by_day date, by_time timestamptz, how_urgent text) returns void
language plpgsql security definer set search_path = pg_catalog as $$
begin
  if not exists (select 1 from auth.assignment s where s.account_id = tasks.me()
       and s.role = current_setting('samaan.role', true) and s.country = current_setting('samaan.country', true)
       and s.confirmed_at is not null and s.until > now()
       and case when of_case is null then s.organisation_id = to_body
           else tasks.has_place(of_case, tasks.me(), s.organisation_id, s.role) end)
     or not tasks.may_hold(of_case, to_account, to_body, to_role) then
    raise exception using errcode = '42501', message = 'not for them';
  end if;
  insert into tasks.task (id, country, case_id, kind, sealed, organisation_id, role, account_id, due_on, due_at, urgency, made_by)
  values (of_id, current_setting('samaan.country', true), of_case, what, words, to_body, to_role, to_account, by_day, by_time,
    how_urgent, tasks.me());
end $$;
-- Moves a task on the version it was read at; looks again at who asks. Answers how many it changed.
create function tasks.move(of_id uuid, of_version int, verb text, why text, to_account uuid, to_body uuid, to_role text, since timestamptz)
returns int
language plpgsql security definer set search_path = pg_catalog as $$
declare
  one tasks.task;
  mine boolean;
begin
  select * into one from tasks.task t where t.id = of_id and t.country = current_setting('samaan.country', true) for update;
  if one.id is null then return 0; end if;
  if one.version <> of_version then return 0; end if;
  mine := tasks.lies_with_me(one);
  if one.case_id is not null and not exists (select 1 from auth.assignment s where s.account_id = tasks.me()
       and s.role = current_setting('samaan.role', true) and s.confirmed_at is not null and s.until > now()
       and tasks.has_place(one.case_id, tasks.me(), s.organisation_id, s.role)) then
    raise exception using errcode = '42501', message = 'no place in the case';
  end if;
  if not (mine or verb in ('give', 'drop') and (one.made_by = tasks.me() or one.case_id is not null and tasks.answers_for(one.case_id))) then
    raise exception using errcode = '42501', message = 'not theirs';
  end if;
  if verb = 'take' and one.state = 'open' then
    update tasks.task t set state = 'taken', account_id = tasks.me(), version = t.version + 1 where t.id = of_id;
  elsif verb = 'finish' and one.state in ('open', 'taken') then
    update tasks.task t set state = 'done', account_id = tasks.me(), ended_by = tasks.me(), ended_at = now(),
      version = t.version + 1 where t.id = of_id;
  elsif verb = 'drop' and one.state in ('open', 'taken') and why <> 'nobody-left' then
    update tasks.task t set state = 'not-needed', reason = why, ended_by = tasks.me(), ended_at = now(),
      version = t.version + 1 where t.id = of_id;
  elsif verb = 'give' and one.state in ('open', 'taken') then
    if not tasks.may_hold(one.case_id, to_account, to_body, to_role)
       or one.case_id is null and to_body <> one.organisation_id then
      raise exception using errcode = '42501', message = 'not for them';
    end if;
    update tasks.task t set state = 'open', account_id = to_account, organisation_id = to_body, role = to_role,
      returned = false, version = t.version + 1 where t.id = of_id;
  elsif verb = 'undo' and one.state = 'done' and one.ended_by = tasks.me() and one.ended_at >= since then
    update tasks.task t set state = 'taken', ended_by = null, ended_at = null, version = t.version + 1 where t.id = of_id;
  else
    return 0;
  end if;
  return 1;
end $$;

-- Gives back what somebody may no longer have: to who is in charge of the case, else to intake of the unit that holds it, else
-- to who made the case. Of a case, of what one person has, or of all that is open.
create function tasks.settle(of_case uuid, who uuid) returns int
language plpgsql security definer set search_path = pg_catalog as $$
declare
  one tasks.task;
  folder cases.folder;
  own record;
  moved int := 0;
begin
  for one in
    select * from tasks.task t where t.state in ('open', 'taken')
      and (of_case is null or t.case_id = of_case)
      and (who is null or t.account_id = who or t.account_id is null and t.organisation_id in
        (select s.organisation_id from auth.assignment s where s.account_id = who))
    for update
  loop
    continue when tasks.may_hold(one.case_id, one.account_id, one.organisation_id, one.role);
    moved := moved + 1;
    if one.case_id is null then
      if one.account_id is not null and tasks.may_hold(null, null, one.organisation_id, one.role) then
        update tasks.task t set state = 'open', account_id = null, returned = true, version = t.version + 1 where t.id = one.id;
      else
        update tasks.task t set state = 'not-needed', reason = 'nobody-left', ended_at = now(), version = t.version + 1
        where t.id = one.id;
      end if;
      continue;
    end if;
    select * into folder from cases.folder f where f.id = one.case_id;
    if folder.coordinator is not null and tasks.may_hold(one.case_id, folder.coordinator, folder.holder, 'coordinator') then
      update tasks.task t set state = 'open', account_id = folder.coordinator, organisation_id = folder.holder,
        role = 'coordinator', returned = true, version = t.version + 1 where t.id = one.id;
    elsif folder.holder is not null then
      -- Nothing to change where it lies with them already, and only waits for somebody who may see it.
      if one.account_id is not null or one.role <> 'intake' or one.organisation_id <> folder.holder then
        update tasks.task t set state = 'open', account_id = null, organisation_id = folder.holder, role = 'intake',
          returned = true, version = t.version + 1 where t.id = one.id;
      else
        moved := moved - 1;
      end if;
    else
      select s.organisation_id, s.role into own from auth.assignment s where s.account_id = folder.made_by
        and s.role in ('officer', 'intake') and tasks.may_hold(one.case_id, folder.made_by, s.organisation_id, s.role) limit 1;
      if own.role is not null then
        update tasks.task t set state = 'open', account_id = folder.made_by, organisation_id = own.organisation_id,
          role = own.role, returned = true, version = t.version + 1 where t.id = one.id;
      else
        update tasks.task t set state = 'not-needed', reason = 'nobody-left', ended_at = now(), version = t.version + 1
        where t.id = one.id;
      end if;
    end if;
  end loop;
  return moved;
end $$;
create function tasks.settle_case() returns trigger
language plpgsql security definer set search_path = pg_catalog as $$
begin
  perform tasks.settle(coalesce(new.case_id, old.case_id), null);
  return null;
end $$;
create function tasks.settle_person() returns trigger
language plpgsql security definer set search_path = pg_catalog as $$
begin
  -- Which column names the person is said by the trigger: the two tables have none in common.
  perform tasks.settle(null, (to_jsonb(new) ->> tg_argv[0])::uuid);
  return null;
end $$;
-- When the transaction that takes a place away ends, whoever wrote it: by then it is known who has one.
create constraint trigger settle_tasks after delete or update on policy.case_access
  deferrable initially deferred for each row execute function tasks.settle_case();
create constraint trigger settle_tasks after insert or update on policy.case_hidden
  deferrable initially deferred for each row execute function tasks.settle_case();
create constraint trigger settle_tasks after update on auth.account
  deferrable initially deferred for each row when (new.status <> old.status) execute function tasks.settle_person('id');
create constraint trigger settle_tasks after update on auth.assignment
  deferrable initially deferred for each row when (new.until < old.until) execute function tasks.settle_person('account_id');

do $$
declare one text;
begin
  foreach one in array array['me()', 'has_place(uuid, uuid, uuid, text)', 'may_hold(uuid, uuid, uuid, text)', 'people(uuid)',
    'lies_with_me(tasks.task)', 'answers_for(uuid)', 'move(uuid, int, text, text, uuid, uuid, text, timestamptz)',
    'make(uuid, uuid, text, bytea, uuid, uuid, text, date, timestamptz, text)',
    'settle(uuid, uuid)', 'settle_case()', 'settle_person()'] loop
    execute format('revoke all on function tasks.%s from public', one);
  end loop;
end $$;
grant execute on function tasks.may_hold(uuid, uuid, uuid, text), tasks.people(uuid),
  tasks.make(uuid, uuid, text, bytea, uuid, uuid, text, date, timestamptz, text),
  tasks.move(uuid, int, text, text, uuid, uuid, text, timestamptz) to samaan_app;
grant execute on function tasks.settle(uuid, uuid) to samaan_jobs;

-- What is looked up for the day's list.
create index action_asked on care.action (organisation_id, due_on) where state = 'open' and organisation_id is not null;
-- Which clocks of the unit warn or have run out, the first first: ids alone. What stands behind them the fence shows, or not; asked
-- for all at once it would gather every place of the unit to look at two hundred.
create function cases.warned(at timestamptz, until timestamptz, most int) returns setof uuid
language sql stable security definer set search_path = pg_catalog as $$
  select c.id from cases.clock c join cases.folder f on f.id = c.case_id
  where f.holder = nullif(current_setting('samaan.organisation', true), '')::uuid
    and c.stopped_at is null and c.paused_at is null and c.due_at < until and c.warn_at <= at
  order by c.due_at limit most
$$;
create function care.asked(until date, most int) returns setof uuid
language sql stable security definer set search_path = pg_catalog as $$
  select a.id from care.action a
  where a.organisation_id = any (current_setting('samaan.principals', true)::uuid[])
    and a.state = 'open' and a.due_on <= until
  order by a.due_on limit most
$$;
revoke all on function cases.warned(timestamptz, timestamptz, int), care.asked(date, int) from public;
grant execute on function cases.warned(timestamptz, timestamptz, int), care.asked(date, int) to samaan_app;
create index closure_proposed on care.closure (at) where state = 'proposed';
create index order_proposed on justice.court_order (country) where state = 'proposed';
create index interest_open on justice.vital_interest (country, at) where state = 'open';

-- Mail says that something waits, and nothing else. Who wants it says so themselves.
create schema notify;
grant usage on schema notify to samaan_app, samaan_jobs;
create table notify.choice (
  account_id uuid primary key references auth.account (id),
  -- at most one in so many hours
  every_hours int not null check (every_hours in (1, 4, 24)),
  at timestamptz not null default now()
);
-- Ids, times and codes. One waits for a person at a time.
create table notify.outbox (
  id uuid primary key,
  account_id uuid not null references auth.account (id),
  -- also at night
  urgent boolean not null,
  at timestamptz not null,
  state text not null default 'waiting' check (state in ('waiting', 'sent', 'bounced', 'dropped')),
  tries int not null default 0,
  next_at timestamptz not null,
  -- the reply code of the mail server, or what kept it from answering
  code text check (code ~ '^[A-Za-z0-9_-]{1,40}$'),
  ended_at timestamptz,
  check ((state = 'waiting') = (ended_at is null))
);
create unique index outbox_waiting on notify.outbox (account_id) where state = 'waiting';
create index outbox_next on notify.outbox (next_at) where state = 'waiting';
create index outbox_ended on notify.outbox (account_id, ended_at desc) where state <> 'waiting';
-- What somebody was told of: ids of whatever waited.
create table notify.told (
  account_id uuid not null references auth.account (id),
  item uuid not null,
  primary key (account_id, item)
);
do $$
declare one text;
begin
  foreach one in array array['choice', 'outbox', 'told'] loop
    execute format('alter table notify.%I enable row level security', one);
    execute format('alter table notify.%I force row level security', one);
    execute format('create policy jobs on notify.%I to samaan_jobs using (true) with check (true)', one);
  end loop;
end $$;
create policy own on notify.choice to samaan_app
  using (account_id = nullif((select current_setting('samaan.user', true)), '')::uuid)
  with check (account_id = nullif((select current_setting('samaan.user', true)), '')::uuid);
grant select, insert, update, delete on notify.choice to samaan_app;
grant select, delete on notify.choice to samaan_jobs;
grant select, insert, update, delete on notify.outbox to samaan_jobs;
grant select, insert, delete on notify.told to samaan_jobs;

-- Whom mail may go to now, with what they work as: who wants it and can sign in.
create function notify.people() returns table (account uuid, assignment uuid, role text, organisation uuid, country text)
language sql stable security definer set search_path = pg_catalog as $$
  select c.account_id, s.id, s.role, s.organisation_id, s.country
  from notify.choice c join auth.account p on p.id = c.account_id and p.status = 'active'
  join auth.assignment s on s.account_id = p.id and s.confirmed_at is not null and s.until > now()
$$;
-- Where one message goes, in which language, and where the day is counted; none for who no longer wants it or cannot sign in.
create function notify.address(of_account uuid) returns table (email text, language text, every_hours int, country text)
language sql stable security definer set search_path = pg_catalog as $$
  select p.email, p.language, c.every_hours,
    (select s.country from auth.assignment s where s.account_id = p.id and s.confirmed_at is not null and s.until > now()
     order by s.country limit 1)
  from notify.choice c join auth.account p on p.id = c.account_id and p.status = 'active' where c.account_id = of_account
$$;
-- For the administrator: how many wait, and since when nothing leaves any more. Numbers only.
create function notify.standing() returns table (waiting int, failing int, bounced int, sent_at timestamptz)
language sql stable security definer set search_path = pg_catalog as $$
  select count(*) filter (where o.state = 'waiting')::int, count(*) filter (where o.state = 'waiting' and o.tries > 0)::int,
    count(*) filter (where o.state = 'bounced' and o.ended_at > now() - interval '7 days')::int,
    max(o.ended_at) filter (where o.state = 'sent')
  from notify.outbox o where current_setting('samaan.role', true) = 'administrator'
$$;
revoke all on function notify.people(), notify.address(uuid), notify.standing() from public;
grant execute on function notify.people(), notify.address(uuid) to samaan_jobs;
grant execute on function notify.standing() to samaan_app;
