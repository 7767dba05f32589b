-- The identification procedure: states and moves of the country pack, clocks that pause, evidence, reconsideration.
alter table cases.folder
  drop constraint folder_identification_check,
  add constraint folder_identification_check check (identification in (
    'none', 'pending', 'proposed-negative', 'reasonable-grounds', 'no-reasonable-grounds',
    'reconsidering-reasonable-grounds', 'proposed-reasonable-grounds-again',
    'conclusive-pending', 'proposed-conclusive-negative', 'conclusive-grounds', 'no-conclusive-grounds',
    'reconsidering-conclusive-grounds', 'proposed-conclusive-grounds-again',
    'withdrawn', 'transferred', 'missing', 'deceased')),
  -- where it stood when it was interrupted, so that it can go on from there
  add column identification_before text,
  add constraint folder_interrupted check (
    (identification in ('withdrawn', 'transferred', 'missing', 'deceased')) = (identification_before is not null));

alter table cases.decision
  drop constraint decision_kind_check,
  add constraint decision_kind_check check (kind in ('reasonable-grounds', 'conclusive-grounds', 'reconsideration')),
  -- of which stage it is the decision
  add column stage text not null default 'reasonable-grounds' check (stage in ('reasonable-grounds', 'conclusive-grounds')),
  -- records of this case that were cited; why each matters is in sealed_grounds, with a line on act, means and purpose
  add column evidence uuid[] not null default '{}',
  add column sealed_grounds bytea,
  -- the competent body that the decision maker decided for
  add column organisation_id uuid,
  add constraint decision_stage check (kind in ('reconsideration', stage)),
  add constraint decision_again check (kind <> 'reconsideration' or state <> 'confirmed' or second_by is not null);

-- Nobody reconsiders what they decided or seconded, and nobody seconds the reconsideration of what they decided.
create function cases.require_others() returns trigger
language plpgsql set search_path = pg_catalog as $$
begin
  if new.kind = 'reconsideration' and exists (
    select from cases.decision d
    where d.case_id = new.case_id and d.id <> new.id and d.state = 'confirmed'
      and (new.by_account in (d.by_account, d.second_by) or new.second_by = d.by_account)) then
    raise exception using errcode = '42501', message = 'decided before';
  end if;
  return new;
end $$;
create trigger require_others before insert or update on cases.decision
  for each row execute function cases.require_others();

-- What was done to the procedure beside decisions, with the reasons of whoever did it.
create table cases.step (
  id uuid primary key,
  case_id uuid not null references cases.folder (id),
  move text not null check (move ~ '^[a-z][a-z-]{2,39}$'),
  from_state text not null,
  to_state text not null,
  -- codes only
  about jsonb not null default '{}',
  sealed_reasons bytea not null,
  by_account uuid not null,
  -- when it happened, which may be before it was written down
  happened_at timestamptz not null,
  at timestamptz not null default now()
);
create index step_case on cases.step (case_id, at);

alter table cases.clock
  -- null for clocks from before: then as the country pack says
  add column unit text check (unit in ('hours', 'working-hours', 'working-days', 'calendar-days')),
  add column amount double precision check (amount > 0),
  add column warn_share double precision check (warn_share > 0 and warn_share <= 1),
  add column paused_at timestamptz,
  -- the history says that it ran out, once
  add column overdue_told boolean not null default false;
create index clock_told on cases.clock (due_at) where stopped_at is null and paused_at is null and not overdue_told;

create table cases.clock_pause (
  id uuid primary key,
  clock_id uuid not null references cases.clock (id),
  case_id uuid not null references cases.folder (id),
  from_at timestamptz not null,
  to_at timestamptz,
  -- of the country pack's reasons, or the state that interrupted the case
  reason text not null check (reason ~ '^[a-z0-9]+(-[a-z0-9]+)*$'),
  by_account uuid not null,
  ended_by uuid,
  check (to_at is null or to_at >= from_at),
  check ((to_at is null) = (ended_by is null))
);
create index clock_pause_clock on cases.clock_pause (clock_id, from_at);
create index clock_pause_case on cases.clock_pause (case_id);
create unique index clock_pause_open on cases.clock_pause (clock_id) where to_at is null;

-- As decisions: with the unit that holds the case.
alter table cases.step enable row level security;
alter table cases.step force row level security;
create policy held on cases.step to samaan_app using (
  exists (select 1 from policy.case_access a where a.case_id = step.case_id and a.until > now()
    and a.basis in ('holder', 'assigned')))
  with check (
  by_account = nullif((select current_setting('samaan.user', true)), '')::uuid
  and exists (select 1 from policy.case_access a where a.case_id = step.case_id and a.until > now()
    and a.basis in ('holder', 'assigned')));
alter table cases.clock_pause enable row level security;
alter table cases.clock_pause force row level security;
create policy held on cases.clock_pause to samaan_app using (
  exists (select 1 from policy.case_access a where a.case_id = clock_pause.case_id and a.until > now()
    and a.basis in ('holder', 'assigned')));
grant select, insert on cases.step to samaan_app;
grant select, insert on cases.clock_pause to samaan_app;
grant update (to_at, ended_by) on cases.clock_pause to samaan_app;

-- A clock that ran out is marked, once; nothing else of it is a job's to change.
grant update (overdue_told) on cases.clock to samaan_jobs;
create policy jobs_told on cases.clock for update to samaan_jobs using (true) with check (true);

-- What of a case can be cited: which records there are, when and by whom; never what stands in them. For whoever
-- decides, who may not open all of them.
create function cases.citable(of_case uuid) returns table (kind text, id uuid, at timestamptz, by_account uuid)
language plpgsql stable security definer set search_path = pg_catalog as $$
begin
  if current_setting('samaan.compartments', true)::int & 64 = 0
     or not exists (select 1 from policy.case_access a where a.case_id = of_case and a.until > now()
                    and a.principal = any (current_setting('samaan.principals', true)::uuid[])
                    and a.basis in ('holder', 'assigned')) then
    return;
  end if;
  return query
    select 'screening', s.id, s.said_at, s.by_account from screening.screening s where s.case_id = of_case
    union all
    select 'interview', i.id, i.said_at, i.by_account from screening.interview i where i.case_id = of_case
    union all
    select 'attachment', t.id, t.at, t.by_account from cases.attachment t where t.case_id = of_case and t.state = 'ready'
    union all
    select 'note', n.id, n.at, n.by_account from cases.note n where n.case_id = of_case
    order by 3, 2;
end $$;
revoke all on function cases.citable(uuid) from public;
grant execute on function cases.citable(uuid) to samaan_app;

-- What goes on beside the procedure, each with states of its own. The criminal case is none of them: it lies behind the
-- wall, and nothing here says whether there is one.
create table cases.track (
  case_id uuid not null references cases.folder (id),
  track text not null check (track in ('support', 'immigration', 'compensation', 'return')),
  state text not null check (state ~ '^[a-z][a-z-]{2,39}$'),
  at timestamptz not null,
  by_account uuid not null,
  version int not null default 1,
  primary key (case_id, track)
);
alter table cases.track enable row level security;
alter table cases.track force row level security;
create policy seen on cases.track for select to samaan_app using (
  exists (select 1 from policy.case_access a where a.case_id = track.case_id and a.until > now()
    and a.basis in ('holder', 'assigned')));
-- Only whoever is in charge changes them.
create policy added on cases.track for insert to samaan_app with check (
  by_account = nullif((select current_setting('samaan.user', true)), '')::uuid
  and exists (select 1 from policy.case_access a where a.case_id = track.case_id and a.until > now()
    and a.basis = 'assigned'));
create policy changed on cases.track for update to samaan_app using (
  exists (select 1 from policy.case_access a where a.case_id = track.case_id and a.until > now()
    and a.basis = 'assigned'))
  with check (
  by_account = nullif((select current_setting('samaan.user', true)), '')::uuid);
grant select, insert on cases.track to samaan_app;
grant update (state, at, by_account, version) on cases.track to samaan_app;
