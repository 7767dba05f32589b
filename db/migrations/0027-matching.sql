-- One person, several cases: who could be the same person, judged by somebody neutral; two cases brought together and taken
-- apart again; cases that belong together. What was recorded of a person stays where it was recorded, always.

-- Blind terms that say only "alike": documents, phones, and names with a possible year of birth. Nobody of the application
-- reads them, whatever they may open: they are written and compared by functions.
create table cases.match_term (
  case_id uuid not null,
  -- d document, p phone, w and v whole name (of somebody whose age nobody knows, of others), f whole name with a year, o and t
  -- two words of a name with a year (of a person with one surname, with more), l and i the same with an initial (as it was
  -- written, as it could be)
  kind "char" not null check (kind in ('d', 'p', 'w', 'v', 'f', 'o', 't', 'l', 'i')),
  term bytea not null,
  primary key (case_id, kind, term)
);
create index match_term_term on cases.match_term (term, kind) include (case_id);
alter table cases.match_term enable row level security;
alter table cases.match_term force row level security;
create policy nobody on cases.match_term for select to samaan_app using (false);

-- Puts the terms of a case in the place of those it had. For whoever may say who the person is.
create function cases.put_match_terms(of_case uuid, kinds text[], terms bytea[]) returns void
language plpgsql security definer set search_path = pg_catalog as $$
begin
  if not exists (select 1 from policy.case_access a where a.case_id = of_case and a.until > now()
                 and a.principal = any (current_setting('samaan.principals', true)::uuid[])
                 and a.compartments & 1 <> 0 and a.basis <> 'share') then
    raise exception using errcode = '42501', message = 'not held';
  end if;
  delete from cases.match_term m where m.case_id = of_case;
  insert into cases.match_term (case_id, kind, term)
  select distinct of_case, k::"char", t from unnest(kinds, terms) as u (k, t);
end $$;
revoke all on function cases.put_match_terms(uuid, text[], bytea[]) from public;
grant execute on function cases.put_match_terms(uuid, text[], bytea[]) to samaan_app;

-- A case that was brought together with another, for as long as it is. A pointer: nothing of either case is changed. It is
-- there for the people of the unit that holds both, unless one of the two is hidden from them; for everybody else the case
-- is what it was.
create table policy.case_merged (
  case_id uuid primary key references cases.folder (id),
  lead_case uuid not null references cases.folder (id),
  lead_reference text not null,
  unit_id uuid not null,
  merge_id uuid not null,
  at timestamptz not null default now(),
  check (case_id <> lead_case)
);
create index case_merged_lead on policy.case_merged (lead_case);
alter table policy.case_merged enable row level security;
alter table policy.case_merged force row level security;
create policy of_the_unit on policy.case_merged for select to samaan_app using (
  unit_id = nullif((select current_setting('samaan.organisation', true)), '')::uuid
  and (select current_setting('samaan.role', true)) in ('intake', 'coordinator', 'decision-maker')
  and not exists (select 1 from policy.case_hidden h where h.case_id = case_merged.case_id)
  and not exists (select 1 from policy.case_hidden h where h.case_id = case_merged.lead_case));
create policy jobs on policy.case_merged for select to samaan_jobs using (true);
grant select on policy.case_merged to samaan_app, samaan_jobs;

create schema matching;
grant usage on schema matching to samaan_app, samaan_jobs;

create function matching.me() returns uuid
language sql stable set search_path = pg_catalog as $$
  select nullif(current_setting('samaan.user', true), '')::uuid
$$;
create function matching.unit() returns uuid
language sql stable set search_path = pg_catalog as $$
  select nullif(current_setting('samaan.organisation', true), '')::uuid
$$;
-- Whether who asks really holds one of these roles in the unit of the request, now.
create function matching.works_as(wanted text[]) returns boolean
language sql stable security definer set search_path = pg_catalog as $$
  select current_setting('samaan.role', true) = any (wanted)
    and exists (select 1 from auth.assignment s where s.account_id = matching.me() and s.organisation_id = matching.unit()
      and s.role = current_setting('samaan.role', true) and s.country = current_setting('samaan.country', true)
      and s.confirmed_at is not null and s.until > now())
$$;
-- Whether who asks has a right to a case that their unit holds: intake and who decides to each, a coordinator to those they
-- are in charge of.
create function matching.holds(of_case uuid) returns boolean
language sql stable security definer set search_path = pg_catalog as $$
  select matching.works_as('{intake,coordinator,decision-maker}') and not policy.is_hidden(of_case, matching.me())
    and exists (select 1 from cases.folder f where f.id = of_case and f.holder = matching.unit())
    and exists (select 1 from policy.case_access a where a.case_id = of_case and a.until > now()
      and (current_setting('samaan.role', true) = 'coordinator' and a.basis = 'assigned' and a.principal = matching.me()
        or current_setting('samaan.role', true) <> 'coordinator' and a.basis = 'holder'
           and a.principal = any (current_setting('samaan.principals', true)::uuid[])))
$$;
-- Whether somebody ever had a part in a case: made it, was in charge of it, did something in it, or works where it was made.
create function matching.has_part(of_case uuid, who uuid, unit uuid) returns boolean
language sql stable security definer set search_path = pg_catalog as $$
  select exists (select 1 from cases.folder f where f.id = of_case
      and (f.made_by = who or f.coordinator = who
        or f.agency <> unit and exists (select 1 from auth.assignment s where s.account_id = who
             and s.organisation_id = f.agency and s.until > now())))
    or exists (select 1 from cases.assignment a where a.case_id = of_case and a.account_id = who)
    or exists (select 1 from cases.timeline t where t.case_id = of_case and t.account_id = who)
$$;

-- Two cases that could be of one person, as blind terms say. No role of the application has a right to it: what is said of
-- it, and to whom, is said by the functions below.
create table matching.match (
  id uuid primary key default gen_random_uuid(),
  country text not null check (country ~ '^[A-Z]{3}$'),
  -- the competent unit whose queue it waits in
  unit_id uuid not null,
  case_a uuid not null references cases.folder (id),
  case_b uuid not null references cases.folder (id),
  why text[] not null check (cardinality(why) > 0),
  strength text not null check (strength in ('strong', 'fair', 'slight')),
  state text not null default 'waiting' check (state in ('waiting', 'same', 'not-same', 'cannot-tell')),
  found_at timestamptz not null default now(),
  version int not null default 1,
  check (case_a < case_b)
);
create unique index match_pair on matching.match (case_a, case_b);
create index match_b on matching.match (case_b);
create index match_queue on matching.match (unit_id, id) where state = 'waiting';
-- What a neutral person said of it, with their reason under the first case's key for coded data. The last one stands.
create table matching.judgement (
  id uuid primary key,
  match_id uuid not null references matching.match (id) on delete cascade,
  outcome text not null check (outcome in ('same', 'not-same', 'cannot-tell')),
  sealed bytea not null,
  by_account uuid not null references auth.account (id),
  at timestamptz not null default now()
);
create index judgement_match on matching.judgement (match_id, at desc);
-- Cases to compare again.
create table matching.changed (
  case_id uuid primary key,
  at timestamptz not null default now()
);
do $$
declare one text;
begin
  foreach one in array array['match', 'judgement', 'changed'] loop
    execute format('alter table matching.%I enable row level security', one);
    execute format('alter table matching.%I force row level security', one);
    execute format('create policy nobody on matching.%I for select to samaan_app using (false)', one);
  end loop;
end $$;

-- Who a person is was written down anew, or the unit took a case: to be compared soon, outside the transaction of whoever did.
create function matching.note_terms() returns trigger
language plpgsql security definer set search_path = pg_catalog as $$
begin
  insert into matching.changed (case_id) select distinct n.case_id from noted n on conflict do nothing;
  return null;
end $$;
create trigger note_terms after insert on cases.match_term referencing new table as noted
  for each statement execute function matching.note_terms();
create trigger note_gone after delete on cases.match_term referencing old table as noted
  for each statement execute function matching.note_terms();
create function matching.note_holder() returns trigger
language plpgsql security definer set search_path = pg_catalog as $$
begin
  insert into matching.changed (case_id) values (new.id) on conflict do nothing;
  return null;
end $$;
create trigger note_holder after update of holder on cases.folder
  for each row when (new.holder is distinct from old.holder) execute function matching.note_holder();

-- Compares cases whose terms changed with all others, at most so many at once; answers how many. As the jobs' role. Invented
-- and erased cases have no terms here, or are passed over; a pair of which the unit holds neither waits for nobody.
create function matching.compare(most int) returns int
language plpgsql security definer set search_path = pg_catalog as $$
declare
  one uuid;
  done int := 0;
begin
  for one in
    delete from matching.changed c where c.case_id in (
      select q.case_id from matching.changed q order by q.at limit most for update skip locked)
    returning c.case_id
  loop
    done := done + 1;
    create temporary table alike_now on commit drop as
    with found as (
      select o.case_id, case m.kind when 'd' then 'document' when 'p' then 'phone' when 'w' then 'name' when 'v' then 'name' else 'name-and-year' end as why
      from cases.match_term m
      join cases.match_term o on o.term = m.term and o.case_id <> m.case_id
      where m.case_id = one
        and (m.kind = o.kind and m.kind in ('d', 'p', 'w', 'f', 'o', 'l')
          or m.kind = 'w' and o.kind = 'v' or m.kind = 'v' and o.kind = 'w'
          or m.kind = 'o' and o.kind = 't' or m.kind = 't' and o.kind = 'o'
          or m.kind = 'l' and o.kind = 'i' or m.kind = 'i' and o.kind = 'l')
    ), pair as (
      select f.case_id, array_agg(distinct f.why order by f.why) as why from found f group by f.case_id
    )
    select least(one, p.case_id) as case_a, greatest(one, p.case_id) as case_b, mine.country,
      coalesce(mine.holder, theirs.holder) as unit_id, p.why,
      case when 'document' = any (p.why) or 'phone' = any (p.why) and p.why && '{name,name-and-year}'::text[] then 'strong'
           when 'phone' = any (p.why) or p.why @> '{name,name-and-year}'::text[] then 'fair'
           else 'slight' end as strength
    from pair p
    join cases.folder mine on mine.id = one
    join cases.folder theirs on theirs.id = p.case_id and theirs.country = mine.country
    where coalesce(mine.holder, theirs.holder) is not null
      and not exists (select 1 from oversight.canary c where c.case_id in (one, p.case_id))
      and not exists (select 1 from policy.case_hidden h where h.basis = 'erased' and h.case_id in (one, p.case_id));
    -- What nobody judged yet and is not so any more.
    delete from matching.match m
    where (m.case_a = one or m.case_b = one) and m.state = 'waiting'
      and not exists (select 1 from alike_now n where n.case_a = m.case_a and n.case_b = m.case_b)
      and not exists (select 1 from matching.judgement j where j.match_id = m.id);
    insert into matching.match as m (country, unit_id, case_a, case_b, why, strength)
    select n.country, n.unit_id, n.case_a, n.case_b, n.why, n.strength from alike_now n
    order by array_position('{strong,fair,slight}'::text[], n.strength) limit 50
    on conflict (case_a, case_b) do update set unit_id = excluded.unit_id, why = excluded.why, strength = excluded.strength,
      -- A new reason asks again what was answered; "the same" stands.
      state = case when m.state <> 'same' and not excluded.why <@ m.why then 'waiting' else m.state end,
      version = m.version + 1
      where (m.why, m.strength, m.unit_id) is distinct from (excluded.why, excluded.strength, excluded.unit_id);
    drop table alike_now;
  end loop;
  return done;
end $$;

-- Who judges: a coordinator of the unit without a part in either case, from whom neither is hidden. Only where the unit has
-- none such, somebody who decides for it, of whom the same is true. Nobody judges for themselves.
create function matching.neutral(a uuid, b uuid, unit uuid, who uuid) returns boolean
language sql stable security definer set search_path = pg_catalog as $$
  select not policy.is_hidden(a, who) and not policy.is_hidden(b, who)
    and not matching.has_part(a, who, unit) and not matching.has_part(b, who, unit)
$$;
create function matching.may_judge(a uuid, b uuid, unit uuid) returns boolean
language sql stable security definer set search_path = pg_catalog as $$
  select unit = matching.unit() and matching.neutral(a, b, unit, matching.me())
    and (matching.works_as('{coordinator}')
      or matching.works_as('{decision-maker}') and not exists (
        select 1 from auth.assignment s join auth.account p on p.id = s.account_id and p.status = 'active'
        where s.organisation_id = unit and s.role = 'coordinator' and s.confirmed_at is not null and s.until > now()
          and matching.neutral(a, b, unit, s.account_id)))
$$;
create function matching.queue(judged boolean, before uuid, most int)
returns table (id uuid, why text[], strength text, state text, found_at timestamptz, judged_at timestamptz, judged_by uuid, version int)
language sql stable security definer set search_path = pg_catalog as $$
  select m.id, m.why, m.strength, m.state, m.found_at, j.at, j.by_account, m.version
  from matching.match m
  left join lateral (select g.at, g.by_account from matching.judgement g where g.match_id = m.id order by g.at desc limit 1) j on true
  where m.unit_id = matching.unit() and m.country = current_setting('samaan.country', true)
    and (m.state <> 'waiting') = judged and matching.may_judge(m.case_a, m.case_b, m.unit_id)
    and (before is null or (array_position('{strong,fair,slight}'::text[], m.strength), m.id)
         > (select array_position('{strong,fair,slight}'::text[], b.strength), b.id from matching.match b where b.id = before))
  order by array_position('{strong,fair,slight}'::text[], m.strength), m.id
  limit most
$$;
-- The two records for whoever judges them: what opens who the person is, and codes; not who made them nor who has them.
create function matching.sides(of_match uuid)
returns table (id uuid, unit_id uuid, why text[], strength text, state text, found_at timestamptz, version int,
               case_id uuid, slot bigint, sealed bytea, held boolean, child boolean, sector text, made_on date)
language sql stable security definer set search_path = pg_catalog as $$
  select m.id, m.unit_id, m.why, m.strength, m.state, m.found_at, m.version,
    f.id, f.key_slot, i.sealed, f.holder is not null, f.child, f.sector, date_trunc('month', f.made_at)::date
  from matching.match m
  join cases.folder f on f.id in (m.case_a, m.case_b)
  left join cases.identity i on i.case_id = f.id
  where m.id = of_match and m.country = current_setting('samaan.country', true)
    and matching.may_judge(m.case_a, m.case_b, m.unit_id)
  order by f.id
$$;
create function matching.judgements(of_match uuid)
returns table (id uuid, outcome text, sealed bytea, by_account uuid, at timestamptz)
language sql stable security definer set search_path = pg_catalog as $$
  select j.id, j.outcome, j.sealed, j.by_account, j.at from matching.judgement j join matching.match m on m.id = j.match_id
  where m.id = of_match and m.country = current_setting('samaan.country', true)
    and matching.may_judge(m.case_a, m.case_b, m.unit_id)
  order by j.at desc
$$;
-- Answers how many rows it changed: 0 when it has moved on. What was answered may be answered anew, by somebody neutral.
create function matching.judge(of_id uuid, of_match uuid, of_version int, said text, sealed bytea) returns int
language plpgsql security definer set search_path = pg_catalog as $$
begin
  update matching.match m set state = said, version = m.version + 1
  where m.id = of_match and m.version = of_version and m.country = current_setting('samaan.country', true)
    and matching.may_judge(m.case_a, m.case_b, m.unit_id);
  if not found then return 0; end if;
  insert into matching.judgement (id, match_id, outcome, sealed, by_account)
  values (of_id, of_match, said, judge.sealed, matching.me());
  return 1;
end $$;
-- What the people of the unit are told of a case they have a right to: that there is another record of the person; which it
-- is only where they have a right to that one too. Nothing where the other is hidden from them.
create function matching.told_of(of_case uuid)
returns table (match_id uuid, other uuid, reference text)
language sql stable security definer set search_path = pg_catalog as $$
  select m.id, case when matching.holds(o.id) then o.id end, case when matching.holds(o.id) then o.reference end
  from matching.match m
  join cases.folder o on o.id = case when m.case_a = of_case then m.case_b else m.case_a end
  where of_case in (m.case_a, m.case_b) and m.state = 'same' and matching.holds(of_case)
    and not policy.is_hidden(o.id, matching.me())
  order by m.id
$$;

-- Two cases of one person brought together, by two people who have a right to both. Which it leads to, who said so, how it
-- ended; what each case holds stays in it.
create table matching.merge (
  id uuid primary key,
  country text not null check (country ~ '^[A-Z]{3}$'),
  unit_id uuid not null,
  lead_case uuid not null references cases.folder (id),
  away_case uuid not null references cases.folder (id),
  -- why, under the leading case's key for coded data; null once one of the two was erased
  sealed bytea,
  state text not null default 'proposed' check (state in ('proposed', 'returned', 'standing', 'undone', 'ended')),
  by_account uuid not null references auth.account (id),
  at timestamptz not null default now(),
  second_by uuid references auth.account (id),
  second_at timestamptz,
  undone_by uuid references auth.account (id),
  undone_at timestamptz,
  sealed_undo bytea,
  version int not null default 1,
  check (lead_case <> away_case),
  check (second_by is distinct from by_account),
  check ((second_by is null) = (second_at is null) and (undone_by is null) = (undone_at is null)),
  check (state not in ('standing', 'undone') or second_by is not null)
);
-- One proposal for a case at a time, and a case is in one merge alone or leads several.
create unique index merge_waiting on matching.merge (away_case) where state in ('proposed', 'standing');
create index merge_lead on matching.merge (lead_case);
-- Cases that belong together though they are of different people.
create table matching.link (
  id uuid primary key,
  country text not null check (country ~ '^[A-Z]{3}$'),
  case_a uuid not null references cases.folder (id),
  case_b uuid not null references cases.folder (id),
  kind text not null check (kind in ('family', 'same-event', 'same-household', 'same-work', 'same-place', 'travelled-together', 'other')),
  -- a note, under the first case's key for coded data
  sealed bytea,
  by_account uuid not null references auth.account (id),
  at timestamptz not null default now(),
  ended_by uuid references auth.account (id),
  ended_at timestamptz,
  sealed_end bytea,
  version int not null default 1,
  check (case_a < case_b),
  check ((ended_by is null) = (ended_at is null))
);
create unique index link_live on matching.link (case_a, case_b, kind) where ended_at is null;
create index link_b on matching.link (case_b);

-- Both are there for whoever has a right to both cases, and for nobody else.
do $$
declare
  right_to text := '(select current_setting(''samaan.role'', true)) in (''intake'', ''coordinator'', ''decision-maker'')
    and exists (select 1 from policy.case_access a where a.case_id = %s and a.until > now()
      and a.basis = case (select current_setting(''samaan.role'', true)) when ''coordinator'' then ''assigned'' else ''holder'' end)';
  both_merged text := format(right_to, 'merge.lead_case') || ' and ' || format(right_to, 'merge.away_case');
  both_linked text := 'country = (select current_setting(''samaan.country'', true)) and ' || format(right_to, 'link.case_a')
    || ' and ' || format(right_to, 'link.case_b');
  mine text := ' = nullif((select current_setting(''samaan.user'', true)), '''')::uuid';
begin
  execute 'alter table matching.merge enable row level security; alter table matching.merge force row level security';
  execute 'alter table matching.link enable row level security; alter table matching.link force row level security';
  execute 'create policy sees_both on matching.merge for select to samaan_app using (
    unit_id = nullif((select current_setting(''samaan.organisation'', true)), '''')::uuid and ' || both_merged || ')';
  execute 'create policy sees_both on matching.link for select to samaan_app using (' || both_linked || ')';
  execute 'create policy made on matching.link for insert to samaan_app with check (by_account' || mine || ' and ended_at is null and '
    || both_linked || ')';
  execute 'create policy ended on matching.link for update to samaan_app using (ended_at is null and ' || both_linked
    || ') with check (ended_by' || mine || ')';
end $$;
grant select on matching.merge to samaan_app;
grant select, insert on matching.link to samaan_app;
grant update (ended_by, ended_at, sealed_end, version) on matching.link to samaan_app;

-- The same two cases are not held against each other twice: whoever comes second waits, and sees what the first did.
create function matching.lock_pair(a uuid, b uuid) returns void
language sql volatile set search_path = pg_catalog as $$
  select pg_advisory_xact_lock(hashtextextended('matching ' || least(a, b)::text, 0)),
         pg_advisory_xact_lock(hashtextextended('matching ' || greatest(a, b)::text, 0))
$$;
-- Why two cases cannot be brought together now; null when they can.
create function matching.unfit(lead uuid, away uuid) returns text
language sql stable security definer set search_path = pg_catalog as $$
  select case
    when exists (select 1 from policy.case_merged m where m.case_id in (lead, away) or m.lead_case = away) then 'merged'
    when exists (select 1 from oversight.canary c where c.case_id in (lead, away)) then 'merged'
    -- What waits for a second person is answered first, where it was asked.
    when exists (select 1 from cases.decision d where d.case_id = away and d.state = 'proposed')
      or exists (select 1 from care.closure c where c.case_id = away and c.state = 'proposed') then 'waits'
  end
$$;
create function matching.propose(of_id uuid, lead uuid, away uuid, sealed bytea) returns void
language plpgsql security definer set search_path = pg_catalog as $$
begin
  if lead = away or not matching.holds(lead) or not matching.holds(away) then
    raise exception using errcode = '42501', message = 'not theirs';
  end if;
  perform matching.lock_pair(lead, away);
  if matching.unfit(lead, away) is not null then
    raise exception using errcode = '23505', message = 'not now';
  end if;
  insert into matching.merge (id, country, unit_id, lead_case, away_case, sealed, by_account)
  values (of_id, current_setting('samaan.country', true), matching.unit(), lead, away, propose.sealed, matching.me());
end $$;
create function matching.answer(of_id uuid, of_version int, said text) returns int
language plpgsql security definer set search_path = pg_catalog as $$
declare
  done matching.merge;
begin
  select * into done from matching.merge m where m.id = of_id;
  if done.id is null or not matching.holds(done.lead_case) or not matching.holds(done.away_case)
     or done.by_account = matching.me() then
    raise exception using errcode = '42501', message = 'not theirs';
  end if;
  perform matching.lock_pair(done.lead_case, done.away_case);
  if said = 'confirmed' and matching.unfit(done.lead_case, done.away_case) is not null then
    raise exception using errcode = '23505', message = 'not now';
  end if;
  update matching.merge m
  set state = case said when 'confirmed' then 'standing' else 'returned' end, second_by = matching.me(), second_at = now(),
      version = m.version + 1
  where m.id = of_id and m.version = of_version and m.state = 'proposed';
  if not found then return 0; end if;
  if said = 'confirmed' then
    insert into policy.case_merged (case_id, lead_case, lead_reference, unit_id, merge_id)
    select done.away_case, f.id, f.reference, done.unit_id, done.id from cases.folder f where f.id = done.lead_case;
  end if;
  return 1;
end $$;
-- One person with a right to both is enough: it gives back what was, and shows nobody more.
create function matching.undo(of_id uuid, of_version int, sealed bytea) returns int
language plpgsql security definer set search_path = pg_catalog as $$
declare
  done matching.merge;
begin
  update matching.merge m set state = 'undone', undone_by = matching.me(), undone_at = now(), sealed_undo = undo.sealed,
    version = m.version + 1
  where m.id = of_id and m.version = of_version and m.state = 'standing'
    and matching.holds(m.lead_case) and matching.holds(m.away_case)
  returning * into done;
  if done.id is null then return 0; end if;
  delete from policy.case_merged c where c.merge_id = done.id;
  return 1;
end $$;

-- While a case leads to another its time limits stand still there: nobody who knows of it could act on them. They go on as they
-- were when the two are taken apart.
create policy apart on cases.clock as restrictive for select to samaan_app, samaan_jobs
  using (not exists (select 1 from policy.case_merged m where m.case_id = clock.case_id));
create function matching.still_clocks(of_case uuid) returns table (id uuid, kind text, due_at timestamptz)
language sql stable security definer set search_path = pg_catalog as $$
  select c.id, c.kind, c.due_at from cases.clock c
  where c.case_id = of_case and c.stopped_at is null and matching.holds(of_case) order by c.due_at
$$;

-- Of two that were brought together one was erased: the other stands alone again, and nothing says what it was with.
create function matching.forget() returns trigger
language plpgsql security definer set search_path = pg_catalog as $$
begin
  delete from policy.case_merged m where new.case_id in (m.case_id, m.lead_case);
  update matching.merge m set state = case when m.state in ('proposed', 'standing') then 'ended' else m.state end,
    sealed = null, sealed_undo = null, version = m.version + 1
  where new.case_id in (m.lead_case, m.away_case);
  delete from matching.link l where new.case_id in (l.case_a, l.case_b);
  delete from matching.match m where new.case_id in (m.case_a, m.case_b);
  return null;
end $$;
create trigger forget after insert on policy.case_hidden
  for each row when (new.basis = 'erased') execute function matching.forget();

-- What has to be kept of one is kept of both for as long as they are of one person.
create or replace function oversight.kept_by(of_case uuid) returns text
language sql stable security definer set search_path = pg_catalog as $$
  select case
    when exists (select 1 from oversight.hold h
      where (h.case_id = of_case or h.case_id in (
          select case when m.case_id = of_case then m.lead_case else m.case_id end
          from policy.case_merged m where of_case in (m.case_id, m.lead_case)))
        and h.ended_at is null and (h.until is null or h.until >= current_date)) then 'hold'
    when exists (select 1 from oversight.break_glass b where b.case_id = of_case and b.review is null) then 'glass'
  end
$$;

do $$
declare one text;
begin
  foreach one in array array[
    'me()', 'unit()', 'works_as(text[])', 'holds(uuid)', 'has_part(uuid, uuid, uuid)', 'note_terms()', 'note_holder()',
    'compare(int)', 'neutral(uuid, uuid, uuid, uuid)', 'may_judge(uuid, uuid, uuid)', 'queue(boolean, uuid, int)',
    'sides(uuid)', 'judgements(uuid)', 'judge(uuid, uuid, int, text, bytea)', 'told_of(uuid)', 'lock_pair(uuid, uuid)',
    'unfit(uuid, uuid)', 'propose(uuid, uuid, uuid, bytea)', 'answer(uuid, int, text)', 'undo(uuid, int, bytea)',
    'still_clocks(uuid)', 'forget()'] loop
    execute format('revoke all on function matching.%s from public', one);
    if one ~ '^(me|unit|holds|queue|sides|judgements|judge|told_of|propose|answer|undo|still_clocks)\(' then
      execute format('grant execute on function matching.%s to samaan_app', one);
    end if;
  end loop;
end $$;
grant execute on function matching.compare(int) to samaan_jobs;
