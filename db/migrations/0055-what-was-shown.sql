-- What an event of the audit concerns beside the case that it stands under: cases that a search found, two that were compared, a
-- history read as one with another's. The event's body holds the hash of its rows (`concerns`), so each row is bound to the
-- tree as the event is; events from before have neither.
create table audit.concern (
  event_id uuid not null,
  case_id uuid not null,
  -- found, waiting, history: told in the log of the case too. compared, joined, joint-history: of a pair, which the log of one
  -- would give away. tried: somebody named it and was refused.
  how text not null check (how in ('found', 'waiting', 'history', 'compared', 'joined', 'joint-history', 'tried')),
  primary key (event_id, case_id)
);
create index concern_case on audit.concern (case_id, event_id);
alter table audit.concern enable row level security;
alter table audit.concern force row level security;
-- What was refused is written by a function alone: whether there is such a case is nothing for who asks.
create policy write on audit.concern for insert to samaan_app with check (
  how <> 'tried' and nullif((select current_setting('samaan.user', true)), '') is not null);
create policy check_rows on audit.concern for select to samaan_jobs using (true);
grant insert (event_id, case_id, how) on audit.concern to samaan_app;
grant select on audit.concern to samaan_jobs, samaan_dump;

-- One event may show several invented cases, and each is told of.
alter table oversight.canary_read drop constraint canary_read_pkey, add primary key (event_id, case_id);
create or replace function oversight.hear(of_events uuid[]) returns int
language plpgsql security definer set search_path = pg_catalog as $$
declare
  one oversight.canary_read;
  heard int := 0;
begin
  for one in
    insert into oversight.canary_read (event_id, case_id, country, account_id, at)
    select e.id, c.case_id, c.country, e.actor_id, e.at
    from (select v.id, v.case_id from audit.event v where v.id = any (of_events) and v.case_id is not null
          union
          select n.event_id, n.case_id from audit.concern n where n.event_id = any (of_events) and n.how <> 'tried') as about
    join oversight.canary c on c.case_id = about.case_id
    join audit.event e on e.id = about.id
    where e.actor_id is not null and e.body::jsonb ->> 'role' <> 'data-protection-officer'
    on conflict do nothing returning *
  loop
    perform oversight.tell(array(select oversight.officers(one.country)), 'canary-read', one.event_id, one.country);
    heard := heard + 1;
  end loop;
  return heard;
end $$;

-- What the audit says to who protects data: of a case, of a person, of operations, of refusals alone. Events of a case with those that concern it, each with the cases it concerns.
drop function oversight.events(uuid, uuid, boolean, timestamptz, timestamptz, uuid, int);
create function oversight.events(of_case uuid, by_account uuid, operations text[], tries boolean, from_at timestamptz,
  to_at timestamptz, before uuid, most int)
returns table (id uuid, at timestamptz, case_id uuid, actor_id uuid, operation text, about jsonb, also uuid[])
language plpgsql stable security definer set search_path = pg_catalog as $$
begin
  if not oversight.works_as('{data-protection-officer}') then
    raise exception using errcode = '42501', message = 'not theirs';
  end if;
  -- Of a case that is hidden from who asks it is not said that there is one.
  return query execute
    'select e.id, e.at, case when oversight.closed_to_me(e.case_id) then null else e.case_id end, e.actor_id, e.operation,
       e.body::jsonb - ''case'',
       array(select n.case_id from audit.concern n where n.event_id = e.id and not oversight.closed_to_me(n.case_id) order by 1)
     from audit.event e
     where not exists (select 1 from cases.folder f where f.id = e.case_id and f.country <> $6)
       and (e.actor_id is null or e.actor_id in (select a.id from auth.account a where oversight.is_ours(a.id)))'
    || case when of_case is null then '' else
       ' and (e.case_id = $1 or e.id = any (array(select n.event_id from audit.concern n where n.case_id = $1)))
         and not oversight.closed_to_me($1)' end
    || case when by_account is null then '' else ' and e.actor_id = $2' end
    || case when operations is null then '' else ' and e.operation = any ($8)' end
    || case when tries then ' and e.body like ''%"outcome":"refused"%''' else '' end
    || case when from_at is null then '' else ' and e.at >= $3' end
    || case when to_at is null then '' else ' and e.at < $4' end
    || case when before is null then '' else ' and (e.at, e.id) < (select b.at, b.id from audit.event b where b.id = $5)' end
    || ' order by e.at desc, e.id desc limit $7'
    using of_case, by_account, from_at, to_at, before, current_setting('samaan.country', true), most, operations;
end $$;
revoke all on function oversight.events(uuid, uuid, text[], boolean, timestamptz, timestamptz, uuid, int) from public;
grant execute on function oversight.events(uuid, uuid, text[], boolean, timestamptz, timestamptz, uuid, int) to samaan_app;

-- The log of one case, for the coordinator in charge of it. What concerns it among others is told as what was shown of this one:
-- not what else was found, nor how many.
create or replace function oversight.case_events(of_case uuid, before uuid, most int)
returns table (id uuid, at timestamptz, actor_id uuid, operation text, about jsonb)
language plpgsql stable security definer set search_path = pg_catalog as $$
begin
  if not oversight.works_as('{coordinator}') or policy.is_hidden(of_case, oversight.me())
     or not exists (select 1 from policy.case_access a where a.case_id = of_case and a.principal = oversight.me()
                    and a.basis = 'assigned' and a.until > now()) then
    raise exception using errcode = '42501', message = 'not theirs';
  end if;
  return query
    select e.id, e.at, e.actor_id, e.operation,
      case when n.how is null then e.body::jsonb
           else e.body::jsonb - '{count,ids,concerns,reason}'::text[]
             || jsonb_build_object('event', 'case.shown-' || n.how, 'basis', null) end
    from audit.event e
    left join audit.concern n on n.event_id = e.id and n.case_id = of_case and e.case_id is distinct from of_case
    where (e.case_id = of_case or e.id = any (array(
        select c.event_id from audit.concern c where c.case_id = of_case and c.how in ('found', 'waiting', 'history'))))
      -- Care never learns what an investigation knows, also not that it knows something.
      and not e.body::jsonb -> 'compartments' ?| array['INV', 'WIT']
      and (before is null or (e.at, e.id) < (select b.at, b.id from audit.event b where b.id = before))
    order by e.at desc, e.id desc limit most;
end $$;

-- An invented case is brought together with another as any is: a refusal would say which are invented. Who protects data hears of
-- it at once, and it is taken apart as any.
create or replace function matching.unfit(lead uuid, away uuid) returns text
language sql stable security definer set search_path = pg_catalog as $$
  select case
    when exists (select 1 from policy.case_merged m where m.case_id in (lead, away) or m.lead_case = away) then 'merged'
    -- What waits for a second person is answered first, where it was asked.
    when exists (select 1 from cases.decision d where d.case_id = away and d.state = 'proposed')
      or exists (select 1 from care.closure c where c.case_id = away and c.state = 'proposed') then 'waits'
  end
$$;

-- Puts an invented case among those of the unit: of somebody who withdrew before anybody was in charge, so that it waits for
-- nobody and stands in no list of what there is to do. Urgency, sector and agency are each those of some case of the unit.
-- Nobody is named in its history, so that nobody is blamed.
drop function oversight.plant(uuid, text, bigint, bytea, bytea[], timestamptz, timestamptz);
create function oversight.plant(of_id uuid, of_reference text, slot bigint, sealed bytea, terms bytea[],
  made timestamptz, opened timestamptz, withdrew timestamptz, clock jsonb) returns void
language plpgsql security definer set search_path = pg_catalog as $$
declare
  here text := current_setting('samaan.country', true);
  unit uuid;
  of_agency uuid;
  of_urgency text;
  of_sector text;
  of_clock uuid := oversight.next_id();
begin
  if not oversight.works_as('{data-protection-officer}') then
    raise exception using errcode = '42501', message = 'not theirs';
  end if;
  select o.id into unit from directory.organisation o where o.country = here and o.competent and o.active order by o.id limit 1;
  if unit is null then
    raise exception using errcode = '42501', message = 'no unit';
  end if;
  select f.agency into of_agency from cases.folder f where f.holder = unit order by random() limit 1;
  select f.urgency into of_urgency from cases.folder f where f.holder = unit order by random() limit 1;
  select f.sector into of_sector from cases.folder f where f.holder = unit order by random() limit 1;
  of_agency := coalesce(of_agency, (select s.organisation_id from auth.assignment s
    where s.role = 'officer' and s.country = here and s.until > now() order by random() limit 1), unit);
  -- The fourth version, as of a case that was recorded, referred, opened and left.
  insert into cases.folder (id, country, reference, status, identification, identification_before, urgency, sector, agency, holder,
    key_slot, made_by, made_at, opened_at, version)
  values (of_id, here, of_reference, 'opened', 'withdrawn', 'pending', coalesce(of_urgency, 'routine'), of_sector, of_agency, unit,
    slot, oversight.me(), made, opened, 4);
  insert into cases.identity (case_id, sealed) values (of_id, sealed);
  insert into cases.search_term (term, case_id) select distinct t, of_id from unnest(terms) as t;
  insert into cases.timeline (id, case_id, event, organisation_id, at, about) values
    (oversight.next_id(), of_id, 'screening.recorded', of_agency, made, '{}'),
    (oversight.next_id(), of_id, 'case.opened', unit, opened, '{}'),
    (oversight.next_id(), of_id, 'case.person-withdrew', unit, withdrew, '{"to": "withdrawn"}');
  if clock is not null then
    insert into cases.clock (id, case_id, kind, starts_at, warn_at, due_at, unit, amount, warn_share, paused_at)
    select of_clock, of_id, c.kind, c.starts_at, c.warn_at, c.due_at, c.unit, c.amount, c.warn_share, withdrew
    from jsonb_to_record(clock) as c (kind text, starts_at timestamptz, warn_at timestamptz, due_at timestamptz, unit text,
      amount float8, warn_share float8);
    insert into cases.clock_pause (id, clock_id, case_id, from_at, reason, by_account)
    values (oversight.next_id(), of_clock, of_id, withdrew, 'withdrawn', oversight.me());
  end if;
  insert into policy.case_access (principal, case_id, basis, basis_id, compartments, shared)
  values (unit, of_id, 'holder', of_id, 65, 65);
  insert into oversight.canary (case_id, country, made_by) values (of_id, here, oversight.me());
end $$;
revoke all on function oversight.plant(uuid, text, bigint, bytea, bytea[], timestamptz, timestamptz, timestamptz, jsonb) from public;
grant execute on function oversight.plant(uuid, text, bigint, bytea, bytea[], timestamptz, timestamptz, timestamptz, jsonb) to samaan_app;

-- A refusal, with the case that it was aimed at where there is one: by its id, or by its reference in the country of the request. Who
-- asks is answered nothing, so that no role learns by it which cases there are. `if_any` is the event as it is written then, but
-- for the hash of the row, for which 64 zeros stand.
create function audit.write_try(of_id uuid, of_at timestamptz, of_operation text, if_none text, if_any text, aimed uuid, named text)
returns void
language plpgsql security definer set search_path = pg_catalog as $$
declare
  me uuid := nullif(current_setting('samaan.user', true), '')::uuid;
  found uuid;
begin
  if me is null or if_none::jsonb ->> 'actor' is distinct from me::text or if_none::jsonb ->> 'outcome' is distinct from 'refused'
     or if_none::jsonb ->> 'case' is not null then
    raise exception using errcode = '42501', message = 'not theirs';
  end if;
  select f.id into found from cases.folder f
  where f.country = current_setting('samaan.country', true) and (f.id = aimed or f.reference = named) limit 1;
  insert into audit.event (id, at, case_id, actor_id, operation, body)
  values (of_id, of_at, null, me, of_operation, case when found is null then if_none else
    replace(if_any, repeat('0', 64), encode(sha256(convert_to(found || ' tried' || chr(10), 'UTF8')), 'hex')) end);
  if found is not null then
    insert into audit.concern (event_id, case_id, how) values (of_id, found, 'tried');
  end if;
end $$;
revoke all on function audit.write_try(uuid, timestamptz, text, text, text, uuid, text) from public;
grant execute on function audit.write_try(uuid, timestamptz, text, text, text, uuid, text) to samaan_app;

create index event_refused on audit.event (at desc, id desc) where body like '%"outcome":"refused"%';
-- Which operations take something out of the house is said where they are declared.
drop index audit.event_export;
create index event_operation on audit.event (operation, at desc);

-- Counts of reading by person and hour, as before, and of refusals: also of references that there are not, and of the glass.
drop function oversight.reading(timestamptz, text, int, int);
create function oversight.reading(from_at timestamptz, zone text, night_from int, night_to int)
returns table (actor_id uuid, hour timestamptz, cases int, night int, searches int, refused int)
language plpgsql stable security definer set search_path = pg_catalog as $$
begin
  if not oversight.works_as('{data-protection-officer}') then
    raise exception using errcode = '42501', message = 'not theirs';
  end if;
  return query
    select e.actor_id, date_trunc('hour', e.at) as hour, count(distinct e.case_id)::int,
      count(distinct e.case_id) filter (where extract(hour from e.at at time zone zone) >= night_from
                                           or extract(hour from e.at at time zone zone) < night_to)::int,
      count(*) filter (where e.operation = 'cases.search')::int,
      count(*) filter (where e.body like '%"outcome":"refused"%')::int
    from audit.event e
    where e.at >= from_at and e.actor_id is not null
      and (e.operation not like 'oversight.%' and (e.case_id is not null or e.operation = 'cases.search')
        or e.body like '%"outcome":"refused"%')
      and e.actor_id in (select a.id from auth.account a where oversight.is_ours(a.id))
    group by 1, 2;
end $$;
revoke all on function oversight.reading(timestamptz, text, int, int) from public;
grant execute on function oversight.reading(timestamptz, text, int, int) to samaan_app;
