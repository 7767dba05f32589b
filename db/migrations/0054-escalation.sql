-- A clock that ran over is told to the supervisors of the unit that holds the case, and told again after a further time of the country's
-- pack. A row is one telling. It is made and read through the functions below alone, each of which asks again who asks; of the case it
-- holds codes.
alter table cases.clock add column escalates_at timestamptz;
comment on column cases.clock.escalates_at is 'when the supervisors are told next, as long as it is overdue; null: never, or not yet';
create index clock_escalates on cases.clock (escalates_at)
  where stopped_at is null and paused_at is null and escalates_at is not null;
grant update (escalates_at) on cases.clock to samaan_jobs;
-- What had run over before is told once there is somebody to tell.
update cases.clock set escalates_at = now() where overdue_told and stopped_at is null and due_at < now();

create table cases.escalation (
  id uuid primary key,
  case_id uuid not null references cases.folder (id),
  clock_id uuid not null references cases.clock (id),
  -- since when it was overdue: a clock that was given time and runs over again is another overrun
  due_at timestamptz not null,
  at timestamptz not null,
  -- what a supervisor does about it; the first who says so says it for all
  answer text check (answer in ('spoken-with', 'more-people', 'waits-for-others', 'looks-into-it')),
  answered_by uuid references auth.account (id),
  answered_at timestamptz,
  check ((answer is null) = (answered_by is null) and (answer is null) = (answered_at is null))
);
create index escalation_clock on cases.escalation (clock_id, at desc);
create index escalation_case on cases.escalation (case_id);
alter table cases.escalation enable row level security;
alter table cases.escalation force row level security;
-- only the functions below
create policy nobody on cases.escalation to samaan_app using (false);

-- Who supervises a unit and could be told of a case now: confirmed, able to sign in, and not barred from it.
create function cases.supervised(of_case uuid, of_body uuid) returns boolean
language sql stable security definer set search_path = pg_catalog as $$
  select exists (select 1 from auth.assignment s join auth.account p on p.id = s.account_id and p.status = 'active'
    where s.organisation_id = of_body and s.role = 'supervisor' and s.confirmed_at is not null and s.until > now()
      and not policy.is_hidden(of_case, s.account_id))
$$;

-- The clocks of open cases that are overdue and to be told now; for the job that reckons when next.
create function cases.to_escalate(by timestamptz, most int) returns table (clock_id uuid, kind text, country text)
language sql stable security definer set search_path = pg_catalog as $$
  select c.id, c.kind, f.country
  from cases.clock c join cases.folder f on f.id = c.case_id
  where c.escalates_at <= to_escalate.by and c.stopped_at is null and c.paused_at is null and c.due_at < to_escalate.by
    and f.status = 'opened' and f.holder is not null
    and not exists (select 1 from policy.case_merged m where m.case_id = c.case_id)
  order by c.escalates_at limit to_escalate.most
$$;
-- Tells once, and says so in the case's history; also that there was nobody to tell. `next` null: this country tells nobody of such a clock.
create function cases.escalate(of_clock uuid, row_id uuid, of_event uuid, by timestamptz, next timestamptz) returns void
language plpgsql security definer set search_path = pg_catalog as $$
declare
  told cases.clock;
  body uuid;
begin
  update cases.clock c set escalates_at = escalate.next
  where c.id = of_clock and c.stopped_at is null and c.paused_at is null and c.escalates_at <= escalate.by returning c.* into told;
  if told.id is null or escalate.next is null then return; end if;
  select f.holder into body from cases.folder f where f.id = told.case_id;
  insert into cases.timeline (id, case_id, event, organisation_id, about)
  values (of_event, told.case_id, 'case.escalated', body, jsonb_build_object('clock', told.kind,
    'told', case when not cases.supervised(told.case_id, body) then 'nobody'
      when exists (select 1 from cases.escalation e where e.clock_id = told.id and e.due_at = told.due_at) then 'again'
      else 'first' end));
  insert into cases.escalation (id, case_id, clock_id, due_at, at) values (row_id, told.case_id, told.id, told.due_at, escalate.by);
end $$;

-- What is overdue in the cases of a body, for its supervisors: the last telling of each clock, for as long as it is overdue. Of the case
-- its reference, which clock, who is in charge, and who could decide; nothing that is hidden from who asks.
create function cases.escalated(of_body uuid, by timestamptz, most int, of_id uuid) returns table (
  id uuid, case_id uuid, reference text, kind text, due_at timestamptz, told_at timestamptz, coordinator text, deciders text[],
  answer text, answered_name text, answered_at timestamptz)
language plpgsql stable security definer set search_path = pg_catalog as $$
declare
  me uuid := nullif(current_setting('samaan.user', true), '')::uuid;
begin
  if current_setting('samaan.role', true) is distinct from 'supervisor' or not exists (select 1 from auth.assignment s
    where s.account_id = me and s.organisation_id = of_body and s.role = 'supervisor' and s.confirmed_at is not null and s.until > now())
  then
    return;
  end if;
  return query
    select e.id, e.case_id, f.reference, c.kind, c.due_at, e.at, p.name,
      case when c.kind in ('reasonable-grounds', 'conclusive-grounds') then array(
        select d.name from auth.assignment s join auth.account d on d.id = s.account_id and d.status = 'active'
        where s.organisation_id = of_body and s.role = 'decision-maker' and s.confirmed_at is not null and s.until > now()
        order by d.name) else '{}'::text[] end,
      e.answer, a.name, e.answered_at
    from cases.clock c
    join cases.folder f on f.id = c.case_id and f.holder = of_body and f.status = 'opened'
    cross join lateral (select x.* from cases.escalation x where x.clock_id = c.id order by x.at desc, x.id desc limit 1) e
    left join auth.account p on p.id = f.coordinator
    left join auth.account a on a.id = e.answered_by
    where c.stopped_at is null and c.paused_at is null and c.due_at < escalated.by and e.due_at = c.due_at
      and (escalated.of_id is null or e.id = escalated.of_id)
      and not exists (select 1 from policy.case_merged m where m.case_id = c.case_id)
      and not policy.is_hidden(c.case_id, me)
    order by c.due_at, e.id limit escalated.most;
end $$;
-- What a supervisor does about it, into the case's history. Answers 0 where it was said already, or another telling has come since.
create function cases.answer_escalation(of_id uuid, of_body uuid, what text, by timestamptz, of_event uuid) returns int
language plpgsql security definer set search_path = pg_catalog as $$
declare
  me uuid := nullif(current_setting('samaan.user', true), '')::uuid;
  of_case uuid;
  of_kind text;
begin
  select e.case_id, e.kind into of_case, of_kind from cases.escalated(of_body, answer_escalation.by, 1, of_id) e;
  if of_case is null then
    raise exception using errcode = '42501', message = 'not theirs';
  end if;
  update cases.escalation e set answer = what, answered_by = me, answered_at = answer_escalation.by
  where e.id = of_id and e.answer is null;
  if not found then return 0; end if;
  insert into cases.timeline (id, case_id, event, account_id, organisation_id, about)
  values (of_event, of_case, 'case.escalation-answered', me, of_body, jsonb_build_object('clock', of_kind, 'what', what));
  return 1;
end $$;
revoke all on function cases.supervised(uuid, uuid), cases.to_escalate(timestamptz, int),
  cases.escalate(uuid, uuid, uuid, timestamptz, timestamptz), cases.escalated(uuid, timestamptz, int, uuid),
  cases.answer_escalation(uuid, uuid, text, timestamptz, uuid) from public;
grant execute on function cases.to_escalate(timestamptz, int), cases.escalate(uuid, uuid, uuid, timestamptz, timestamptz) to samaan_jobs;
grant execute on function cases.escalated(uuid, timestamptz, int, uuid), cases.answer_escalation(uuid, uuid, text, timestamptz, uuid)
  to samaan_app;
