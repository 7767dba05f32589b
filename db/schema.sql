-- The schema after all migrations. Generated; do not edit.

create schema audit;
grant usage on schema audit to samaan_app;
grant usage on schema audit to samaan_dump;
grant usage on schema audit to samaan_jobs;

create schema auth;
grant usage on schema auth to samaan_app;
grant usage on schema auth to samaan_jobs;

create schema care;
grant usage on schema care to samaan_app;

create schema cases;
grant usage on schema cases to samaan_app;
grant usage on schema cases to samaan_jobs;

create schema consent;
grant usage on schema consent to samaan_app;

create schema directory;
grant usage on schema directory to samaan_app;
grant usage on schema directory to samaan_jobs;

create schema files;
grant usage on schema files to samaan_app;
grant usage on schema files to samaan_jobs;

create schema health;
grant usage on schema health to samaan_app;
grant usage on schema health to samaan_jobs;

create schema justice;
grant usage on schema justice to samaan_app;
grant usage on schema justice to samaan_jobs;

create schema matching;
grant usage on schema matching to samaan_app;
grant usage on schema matching to samaan_jobs;

create schema notify;
grant usage on schema notify to samaan_app;
grant usage on schema notify to samaan_jobs;

create schema oversight;
grant usage on schema oversight to samaan_app;
grant usage on schema oversight to samaan_jobs;

create schema platform;
grant usage on schema platform to samaan_app;
grant usage on schema platform to samaan_jobs;

create schema policy;
grant usage on schema policy to samaan_app;
grant usage on schema policy to samaan_jobs;

create schema public;

create schema referrals;
grant usage on schema referrals to samaan_app;
grant usage on schema referrals to samaan_jobs;

create schema screening;
grant usage on schema screening to samaan_app;

create schema situation;
grant usage on schema situation to samaan_app;
grant usage on schema situation to samaan_jobs;

create schema sync;
grant usage on schema sync to samaan_app;

create schema tasks;
grant usage on schema tasks to samaan_app;
grant usage on schema tasks to samaan_jobs;

create schema visits;
grant usage on schema visits to samaan_app;

create sequence cases.key_slot as bigint increment 1 minvalue 0 maxvalue 9223372036854775807 start 0 cache 1;
grant usage on sequence cases.key_slot to samaan_app;

CREATE OR REPLACE FUNCTION audit.write_try(of_id uuid, of_at timestamp with time zone, of_operation text, if_none text, if_any text, aimed uuid, named text)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
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
end $function$;
grant execute on function audit.write_try(uuid,timestamp with time zone,text,text,text,uuid,text) to samaan_app;

CREATE OR REPLACE FUNCTION auth.actor(hash bytea, idle_minutes integer)
 RETURNS TABLE(session uuid, account uuid, assignment uuid, role text, organisation uuid, country text, purpose text, strength integer, proven_at timestamp with time zone, seen_at timestamp with time zone, demonstration boolean)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
  select s.id, s.account_id, a.id, a.role, a.organisation_id, a.country, s.purpose, s.strength, s.proven_at, s.seen_at,
         s.demonstration
  from auth.session s
  join auth.account p on p.id = s.account_id and p.status = 'active'
  left join auth.assignment a on a.id = s.assignment_id and a.account_id = s.account_id and a.until > now()
    and a.confirmed_at is not null
    and exists (select 1 from directory.organisation o where o.id = a.organisation_id and o.active)
  where s.token_hash = hash and s.ended_at is null and s.ends_at > now()
    and s.seen_at > now() - make_interval(mins => idle_minutes)
$function$;
grant execute on function auth.actor(bytea,integer) to samaan_app;

CREATE OR REPLACE FUNCTION auth.answer(of_assignment uuid, refusal text)
 RETURNS boolean
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
declare
  me uuid := nullif(current_setting('samaan.user', true), '')::uuid;
begin
  update auth.assignment a
  set confirmed_at = case when refusal is null then now() end,
      confirmed_by = case when refusal is null then me end,
      until = case when refusal is null then a.until else now() end,
      ended_by = case when refusal is null then a.ended_by else me end,
      refused = refusal
  where a.id = of_assignment and a.confirmed_at is null and a.until > now()
    and a.country = current_setting('samaan.country', true)
    and a.account_id <> me and a.granted_by <> me
    and exists (select 1 from auth.assignment s where s.account_id = me and s.country = a.country
                and s.role = current_setting('samaan.role', true) and s.confirmed_at is not null and s.until > now()
                and (s.role = 'administrator' or s.role = 'supervisor' and s.organisation_id = a.organisation_id))
    and (refusal is not null or exists (select 1 from auth.account p where p.id = a.account_id and p.status = 'active'));
  return found;
end $function$;
grant execute on function auth.answer(uuid,text) to samaan_app;

CREATE OR REPLACE FUNCTION auth.keep_house()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
begin
  if new.account_id is distinct from nullif(current_setting('samaan.user', true), '')::uuid
     and exists (select 1 from auth.assignment a where a.account_id = new.account_id and a.until > now()
       and a.country is distinct from current_setting('samaan.country', true)) then
    raise exception using errcode = '42501', message = 'works elsewhere too';
  end if;
  return new;
end $function$;

CREATE OR REPLACE FUNCTION auth.let_in(by_whom uuid, whom uuid, day timestamp with time zone)
 RETURNS boolean
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
  select exists (select 1 from auth.account p where p.id = whom and p.created_by = by_whom
      and p.created_at > day - interval '24 hours')
    or exists (select 1 from auth.assignment s where s.account_id = whom and by_whom in (s.granted_by, s.confirmed_by)
      and s.granted_at > day - interval '24 hours')
$function$;

CREATE OR REPLACE FUNCTION auth.require_apart()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
begin
  if new.confirmed_by is not null and old.confirmed_by is null and exists (
    select 1 from auth.account p where p.id = new.account_id and p.created_by = new.confirmed_by
      and p.created_at > now() - interval '24 hours') then
    raise exception using errcode = 'SM001', message = 'let in';
  end if;
  return new;
end $function$;

CREATE OR REPLACE FUNCTION auth.seen(session_id uuid)
 RETURNS void
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
  update auth.session set seen_at = now() where id = session_id and ended_at is null
$function$;
grant execute on function auth.seen(uuid) to samaan_app;

CREATE OR REPLACE FUNCTION care.asked(until date, most integer)
 RETURNS SETOF uuid
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
  select due.id
  from (select distinct p from unnest(current_setting('samaan.principals', true)::uuid[]) p) who
  cross join lateral (
    select a.id, a.due_on from care.action a
    where a.organisation_id = who.p and a.state = 'open' and a.due_on <= until
    order by a.due_on limit most
  ) due
  order by due.due_on limit most
$function$;
grant execute on function care.asked(date,integer) to samaan_app;

CREATE OR REPLACE FUNCTION cases.answer_escalation(of_id uuid, of_body uuid, what text, by timestamp with time zone, of_event uuid)
 RETURNS integer
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
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
end $function$;
grant execute on function cases.answer_escalation(uuid,uuid,text,timestamp with time zone,uuid) to samaan_app;

CREATE OR REPLACE FUNCTION cases.citable(of_case uuid)
 RETURNS TABLE(kind text, id uuid, at timestamp with time zone, by_account uuid)
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
declare
  open int;
begin
  select bit_or(a.compartments) into open from policy.case_access a where a.case_id = of_case and a.until > now()
    and a.principal = any (current_setting('samaan.principals', true)::uuid[])
    and a.basis in ('holder', 'assigned');
  if current_setting('samaan.compartments', true)::int & 64 = 0 or open is null then
    return;
  end if;
  return query
    select 'screening', s.id, s.said_at, s.by_account from screening.screening s where s.case_id = of_case
    union all
    select 'interview', i.id, i.said_at, i.by_account from screening.interview i where i.case_id = of_case
    union all
    select 'attachment', t.id, t.at, t.by_account from cases.attachment t
    where t.case_id = of_case and t.state = 'ready' and (t.compartment = 'SVC' or open & 1 <> 0)
    union all
    select 'note', n.id, n.at, n.by_account from cases.note n where n.case_id = of_case
    order by 3, 2;
end $function$;
grant execute on function cases.citable(uuid) to samaan_app;

CREATE OR REPLACE FUNCTION cases.escalate(of_clock uuid, row_id uuid, of_event uuid, by timestamp with time zone, next timestamp with time zone)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
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
end $function$;
grant execute on function cases.escalate(uuid,uuid,uuid,timestamp with time zone,timestamp with time zone) to samaan_jobs;

CREATE OR REPLACE FUNCTION cases.escalated(of_body uuid, by timestamp with time zone, most integer, of_id uuid)
 RETURNS TABLE(id uuid, case_id uuid, reference text, kind text, due_at timestamp with time zone, told_at timestamp with time zone, coordinator text, deciders text[], answer text, answered_name text, answered_at timestamp with time zone)
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
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
end $function$;
grant execute on function cases.escalated(uuid,timestamp with time zone,integer,uuid) to samaan_app;

CREATE OR REPLACE FUNCTION cases.find_child(of_case uuid)
 RETURNS boolean
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
begin
  if current_setting('samaan.compartments', true)::int & 1 = 0
     or not exists (select 1 from policy.case_access a where a.case_id = of_case and a.until > now()
                    and a.principal = any (current_setting('samaan.principals', true)::uuid[])
                    and a.compartments & 1 <> 0 and a.basis <> 'share') then
    raise exception using errcode = '42501', message = 'not held';
  end if;
  update cases.folder f set child = true, version = f.version + 1 where f.id = of_case and not f.child;
  return found;
end $function$;
grant execute on function cases.find_child(uuid) to samaan_app;

CREATE OR REPLACE FUNCTION cases.keep_folder()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
declare
  mine text := coalesce(current_setting('samaan.role', true), '');
  unit uuid := nullif(current_setting('samaan.organisation', true), '')::uuid;
  opens boolean := old.holder is null and new.holder is not null;
begin
  -- The unit takes it into its hands, by policy.hold, which asked for the referral or for who made it.
  if new.holder is distinct from old.holder
     and (opens and mine = 'intake' and new.holder = unit and new.status = 'opened'
          and exists (select 1 from policy.case_access a
            where a.case_id = new.id and a.basis = 'holder' and a.principal = new.holder and a.until > now())) is not true then
    raise exception using errcode = '42501', message = 'not theirs to hold';
  end if;
  if new.opened_at is distinct from old.opened_at and not opens
     or new.urgency <> old.urgency and old.holder is not null then
    raise exception using errcode = '42501', message = 'not now';
  end if;
  if new.coordinator is distinct from old.coordinator
     and (new.coordinator is null or new.holder is null or mine not in ('intake', 'coordinator')
          or not exists (select 1 from auth.assignment s join auth.account p on p.id = s.account_id and p.status = 'active'
               where s.account_id = new.coordinator and s.organisation_id = new.holder and s.role = 'coordinator'
                 and s.confirmed_at is not null and s.until > now())) then
    raise exception using errcode = '42501', message = 'not to be put in charge';
  end if;
  if new.status <> old.status and not opens
     and (new.holder is not null and mine <> 'officer' and new.status in ('opened', 'closed') and old.status <> 'new') is not true then
    raise exception using errcode = '42501', message = 'not theirs to open or close';
  end if;
  -- Before a unit holds it, it only waits for one. What a decision says is for who decides; a case that went on where it had
  -- stood says it again.
  if new.identification <> old.identification
     and (new.holder is null and old.identification = 'none' and new.identification = 'pending'
       or opens and new.identification = 'pending'
       or not opens and new.holder is not null and mine <> 'officer'
          and (new.identification not in ('reasonable-grounds', 'no-reasonable-grounds', 'conclusive-grounds', 'no-conclusive-grounds')
               or mine = 'decision-maker' or new.identification = old.identification_before)) is not true then
    raise exception using errcode = '42501', message = 'not theirs to decide';
  end if;
  return new;
end $function$;

CREATE OR REPLACE FUNCTION cases.put_match_terms(of_case uuid, kinds text[], terms bytea[])
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
begin
  if not exists (select 1 from policy.case_access a where a.case_id = of_case and a.until > now()
                 and a.principal = any (current_setting('samaan.principals', true)::uuid[])
                 and a.compartments & 1 <> 0 and a.basis <> 'share') then
    raise exception using errcode = '42501', message = 'not held';
  end if;
  delete from cases.match_term m where m.case_id = of_case;
  insert into cases.match_term (case_id, kind, term)
  select distinct of_case, k::"char", t from unnest(kinds, terms) as u (k, t);
end $function$;
grant execute on function cases.put_match_terms(uuid,text[],bytea[]) to samaan_app;

CREATE OR REPLACE FUNCTION cases.require_others()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog'
AS $function$
begin
  if new.kind = 'reconsideration' and exists (
    select from cases.decision d
    where d.case_id = new.case_id and d.id <> new.id and d.state = 'confirmed'
      and (new.by_account in (d.by_account, d.second_by) or new.second_by = d.by_account)) then
    raise exception using errcode = '42501', message = 'decided before';
  end if;
  return new;
end $function$;
grant execute on function cases.require_others() to public;

CREATE OR REPLACE FUNCTION cases.supervised(of_case uuid, of_body uuid)
 RETURNS boolean
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
  select exists (select 1 from auth.assignment s join auth.account p on p.id = s.account_id and p.status = 'active'
    where s.organisation_id = of_body and s.role = 'supervisor' and s.confirmed_at is not null and s.until > now()
      and not policy.is_hidden(of_case, s.account_id))
$function$;

CREATE OR REPLACE FUNCTION cases.to_escalate(by timestamp with time zone, most integer)
 RETURNS TABLE(clock_id uuid, kind text, country text)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
  select c.id, c.kind, f.country
  from cases.clock c join cases.folder f on f.id = c.case_id
  where c.escalates_at <= to_escalate.by and c.stopped_at is null and c.paused_at is null and c.due_at < to_escalate.by
    and f.status = 'opened' and f.holder is not null
    and not exists (select 1 from policy.case_merged m where m.case_id = c.case_id)
  order by c.escalates_at limit to_escalate.most
$function$;
grant execute on function cases.to_escalate(timestamp with time zone,integer) to samaan_jobs;

CREATE OR REPLACE FUNCTION cases.warned(at timestamp with time zone, until timestamp with time zone, most integer)
 RETURNS SETOF uuid
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog'
 SET enable_sort TO 'off'
AS $function$
declare
  mine uuid := nullif(current_setting('samaan.organisation', true), '')::uuid;
begin
  if (select count(*) from (select from cases.folder f where f.holder = mine limit 7001) its) <= 7000 then
    return query
      select c.id from (select f.id from cases.folder f where f.holder = mine offset 0) f
      cross join lateral (select k.id, k.due_at from cases.clock k where k.case_id = f.id and k.stopped_at is null
        and k.paused_at is null and k.due_at < warned.until and k.warn_at <= warned.at offset 0) c
      order by c.due_at limit warned.most;
  else
    return query
      select c.id from cases.clock c join cases.folder f on f.id = c.case_id
      where f.holder = mine
        and c.stopped_at is null and c.paused_at is null and c.due_at < warned.until and c.warn_at <= warned.at
      order by c.due_at limit warned.most;
  end if;
end $function$;
grant execute on function cases.warned(timestamp with time zone,timestamp with time zone,integer) to samaan_app;

CREATE OR REPLACE FUNCTION consent.convert(of_case uuid)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
begin
  perform pg_advisory_xact_lock(hashtextextended('notification ' || of_case::text, 0));
  if not exists (select 1 from consent.record r where r.case_id = of_case and r.kind = 'given' and r.recorded_at = now()
                 and r.explained_by = current_setting('samaan.user', true)::uuid) then
    raise exception using errcode = '42501', message = 'not given';
  end if;
  update consent.notification n set converted_month = to_char(now() at time zone 'UTC', 'YYYY-MM')
  from consent.notified l
  where l.case_id = of_case and n.id = l.notification and n.converted_month is null;
end $function$;
grant execute on function consent.convert(uuid) to samaan_app;

CREATE OR REPLACE FUNCTION consent.notify(of_case uuid, refusal uuid, exploitation text, asked text[])
 RETURNS text
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
declare
  folder cases.folder;
  refused consent.record;
  made uuid := gen_random_uuid();
begin
  if current_setting('samaan.role', true) not in ('officer', 'intake')
     or not exists (select 1 from policy.case_access a where a.case_id = of_case and a.basis = 'own' and a.until > now()
                    and a.principal = current_setting('samaan.user', true)::uuid) then
    raise exception using errcode = '42501', message = 'not theirs';
  end if;
  perform pg_advisory_xact_lock(hashtextextended('notification ' || of_case::text, 0));
  select * into folder from cases.folder f
  where f.id = of_case and not f.child and f.country = current_setting('samaan.country', true);
  if folder.id is null then
    raise exception using errcode = '42501', message = 'no adult';
  end if;
  select * into refused from consent.record r
  where r.id = notify.refusal and r.case_id = of_case and r.kind = 'refused';
  if refused.id is null then
    return 'no-refusal';
  end if;
  if folder.holder is not null or exists (
    select 1 from consent.record r
    where r.case_id = of_case and r.kind = 'given' and (r.expires_at is null or r.expires_at > now())
      and not exists (select 1 from consent.record w where w.withdraws = r.id)
  ) then
    return 'agreed';
  end if;
  if exists (select 1 from consent.notified n where n.case_id = of_case) then
    return 'already';
  end if;
  insert into consent.notification (id, country, month, sector, exploitation, urgency)
  values (made, folder.country, to_char(refused.said_at at time zone 'UTC', 'YYYY-MM'),
          case when 'sector' = any (asked) then folder.sector end,
          case when 'exploitation' = any (asked) then notify.exploitation end,
          case when 'urgency' = any (asked) then folder.urgency end);
  insert into consent.notified (case_id, notification) values (of_case, made);
  return 'done';
end $function$;
grant execute on function consent.notify(uuid,uuid,text,text[]) to samaan_app;

CREATE OR REPLACE FUNCTION consent.same_case()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
begin
  if not exists (select 1 from consent.record g where g.id = new.withdraws and g.case_id = new.case_id and g.kind = 'given') then
    raise exception using errcode = '42501', message = 'not of this case';
  end if;
  return new;
end $function$;

CREATE OR REPLACE FUNCTION directory.alike(of_kind text, of_place text, of_apart uuid[])
 RETURNS TABLE(alike bigint, hidden boolean, free boolean, apart uuid, count integer, one uuid)
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
#variable_conflict use_column
begin
  if not exists (select 1 from auth.working w where w.role in ('officer', 'intake', 'coordinator')) then
    raise exception using errcode = '42501', message = 'refers nobody';
  end if;
  return query
    select s.alike, o.kind = 'shelter' or s.kind = 'safe-accommodation', p.free, case when o.id = any (of_apart) then o.id end,
      count(*)::int, (array_agg(s.id))[1]
    from directory.service s
    join directory.organisation o on o.id = s.organisation_id
    left join (
      select p.service_id, coalesce(bool_or(p.free > 0) filter (where p.kind in (of_place, 'anybody')), false) as free
      from directory.place p where p.total > 0 and of_place is not null group by p.service_id) p on p.service_id = s.id
    where s.kind = of_kind and s.active and o.active and o.country = current_setting('samaan.country', true)
    group by 1, 2, 3, 4;
end $function$;
grant execute on function directory.alike(text,text,uuid[]) to samaan_app;

CREATE OR REPLACE FUNCTION directory.behind(of_kind text, of_place text, of_apart uuid[], of_groups jsonb, most integer)
 RETURNS TABLE(id uuid, alike bigint, hidden boolean, free boolean, apart uuid)
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
#variable_conflict use_column
begin
  if not exists (select 1 from auth.working w where w.role in ('officer', 'intake', 'coordinator')) then
    raise exception using errcode = '42501', message = 'refers nobody';
  end if;
  return query
    select f.id, f.alike, f.hidden, f.free, f.apart from (
      select s.id, s.alike, w.hidden, w.free, w.apart,
        row_number() over (partition by s.alike, w.hidden, w.free, w.apart order by o.name, s.id) as place
      from jsonb_to_recordset(of_groups) w (alike bigint, hidden boolean, free boolean, apart uuid)
      join directory.service s on s.kind = of_kind and s.alike = w.alike and s.active
      join directory.organisation o on o.id = s.organisation_id and o.active and o.country = current_setting('samaan.country', true)
      cross join lateral (
        select case when count(*) > 0 then coalesce(bool_or(p.free > 0) filter (where p.kind in (of_place, 'anybody')), false) end as free
        from directory.place p where p.service_id = s.id and p.total > 0 and of_place is not null) p
      where w.hidden = (o.kind = 'shelter' or s.kind = 'safe-accommodation') and w.free is not distinct from p.free
        and w.apart is not distinct from case when o.id = any (of_apart) then o.id end) f
    where f.place <= most;
end $function$;
grant execute on function directory.behind(text,text,uuid[],jsonb,integer) to samaan_app;

CREATE OR REPLACE FUNCTION directory.note_alike()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog'
AS $function$
begin
  new.alike := hash_record_extended((new.area, new.languages, new.sexes, new.min_age, new.max_age, new.nationalities, new.hours,
    new.open_on_holidays), 0);
  return new;
end $function$;

CREATE OR REPLACE FUNCTION directory.of_organisation()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
begin
  if new.kind = 'shelter' then
    new.hsds := null;
  elsif new.hsds ? 'locations' and exists (select 1 from directory.service s
      where s.organisation_id = new.id and s.kind = 'safe-accommodation') then
    new.hsds := new.hsds - 'locations';
  end if;
  new.listed := new.active and new.kind <> 'shelter' and exists (select 1 from directory.service s
    where s.organisation_id = new.id and s.public and s.active);
  return new;
end $function$;

CREATE OR REPLACE FUNCTION directory.of_service()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
begin
  perform 1 from directory.organisation o where o.id = new.organisation_id for no key update;
  update directory.organisation o set listed = o.listed
  where o.id = new.organisation_id and (o.hsds ? 'locations' or o.listed is distinct from
    (o.active and o.kind <> 'shelter' and exists (select 1 from directory.service s
      where s.organisation_id = o.id and s.public and s.active)));
  return null;
end $function$;

CREATE OR REPLACE FUNCTION directory.places_by_area()
 RETURNS TABLE(area text, sheltered boolean, kind text, total integer, free integer)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
  select case when o.kind = 'shelter' or s.kind = 'safe-accommodation' then null else s.area end,
    o.kind = 'shelter' or s.kind = 'safe-accommodation', p.kind, sum(p.total)::int, sum(p.free)::int
  from directory.place p
  join directory.service s on s.id = p.service_id and s.active
  join directory.organisation o on o.id = s.organisation_id and o.active
  where o.country = current_setting('samaan.country', true)
    and exists (select 1 from auth.working w where w.role in ('secretariat', 'intake', 'coordinator'))
  group by 1, 2, 3
$function$;
grant execute on function directory.places_by_area() to samaan_app;

CREATE OR REPLACE FUNCTION directory.without_address()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
begin
  if exists (select 1 from directory.organisation o where o.id = new.organisation_id and o.kind = 'shelter') then
    new.area := null;
    new.public := false;
    new.hsds := null;
  elsif new.kind = 'safe-accommodation' then
    new.area := null;
    new.public := false;
    new.hsds := new.hsds - '{service_at_locations,service_areas}'::text[];
  end if;
  return new;
end $function$;

CREATE OR REPLACE FUNCTION directory.without_addresses()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
begin
  update directory.service s set area = null, public = false, hsds = null
  where s.organisation_id = new.id and (s.area is not null or s.public or s.hsds is not null);
  return null;
end $function$;

CREATE OR REPLACE FUNCTION files.answer_held(of_upload uuid, what text, why text)
 RETURNS TABLE(account uuid, sha256 bytea)
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
begin
  return query
    update files.held h set answer = what, reason = why, answered_by = oversight.me(), answered_at = now()
    from files.upload u
    where h.upload_id = of_upload and u.id = h.upload_id and u.state = 'held' and h.ended is null
      and (h.answer is null or h.answer = 'scan')
      and h.by_account <> oversight.me() and h.country = current_setting('samaan.country', true)
      and oversight.works_as('{data-protection-officer}')
      and (h.case_id is null or not policy.is_hidden(h.case_id, oversight.me()))
      and (h.lead_id is null or not justice.is_closed(h.lead_id, oversight.me()))
    returning u.account_id, u.sha256;
end $function$;
grant execute on function files.answer_held(uuid,text,text) to samaan_app;

CREATE OR REPLACE FUNCTION files.end_hold(of_upload uuid, outcome text, decided text)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
declare
  done files.held;
begin
  if current_setting('samaan.role', true) <> 'filing' then
    raise exception using errcode = '42501', message = 'not theirs';
  end if;
  update files.held h set ended = outcome where h.upload_id = of_upload
    and h.by_account = nullif(current_setting('samaan.user', true), '')::uuid and h.answer is not distinct from decided
  returning * into done;
  if done.upload_id is null and exists (select 1 from files.held h where h.upload_id = of_upload) then
    raise exception using errcode = '40001', message = 'decided meanwhile';
  end if;
  if done.answer is not null and done.case_id is not null then
    perform oversight.tell(array[done.by_account], case outcome when 'ready' then 'file-released' else 'file-refused' end,
      of_upload, done.country);
  end if;
end $function$;
grant execute on function files.end_hold(uuid,text,text) to samaan_app;

CREATE OR REPLACE FUNCTION files.hold(of_upload uuid, of_case uuid, of_lead uuid, why text, named text, of_kind text, of_size integer, decided text)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
declare
  here text;
  sender uuid;
begin
  select u.account_id into sender from files.upload u where u.id = of_upload
    and current_setting('samaan.role', true) = 'filing'
    and u.account_id = nullif(current_setting('samaan.user', true), '')::uuid;
  select f.country into here from cases.folder f where f.id = of_case;
  if of_lead is not null then select l.country into here from justice.lead l where l.id = of_lead; end if;
  if sender is null or here is null then
    raise exception using errcode = '42501', message = 'not theirs';
  end if;
  insert into files.held (upload_id, country, by_account, case_id, lead_id, code, found, kind, size)
  values (of_upload, here, sender, of_case, of_lead, why, named, of_kind, of_size)
  on conflict (upload_id) do update set code = why, found = named, at = now(), answer = null, reason = null,
    answered_by = null, answered_at = null where held.answer is not distinct from decided;
  if not found then
    raise exception using errcode = '40001', message = 'decided meanwhile';
  end if;
  if why = 'infected' then
    perform oversight.tell(array(select o from oversight.officers(here) o where o <> sender), 'file-held', of_upload, here);
  end if;
end $function$;
grant execute on function files.hold(uuid,uuid,uuid,text,text,text,integer,text) to samaan_app;

CREATE OR REPLACE FUNCTION justice.answer_order(of_id uuid, of_version integer, answer text)
 RETURNS integer
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
declare
  done justice.court_order;
begin
  update justice.court_order o set state = answer, second_by = justice.me(), second_at = now(), version = o.version + 1
  where o.id = of_id and o.version = of_version and o.state = 'proposed' and o.by_account <> justice.me()
    and answer in ('confirmed', 'returned')
    and justice.has_place(o.case_id, '{intake,coordinator,decision-maker}')
    and (answer = 'returned' or o.from_at <= now() and o.until_at > now() and justice.may_name(o.organisation_id, o.named)
         and not exists (select 1 from unnest(o.named) as one where justice.let_in(o.by_account, one)))
  returning * into done;
  if done.id is null then return 0; end if;
  if answer = 'confirmed' then
    insert into policy.case_glimpse (principal, case_id, basis, basis_id, compartments, until)
    select distinct one, done.case_id, 'order', done.id, done.compartments, done.until_at from unnest(done.named) as one;
  end if;
  return 1;
end $function$;
grant execute on function justice.answer_order(uuid,integer,text) to samaan_app;

CREATE OR REPLACE FUNCTION justice.bar_from_lead(of_id uuid, of_lead uuid, whom uuid, of_reason text)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
declare
  body uuid;
begin
  select l.organisation_id into body from justice.lead l where l.id = of_lead for update;
  if not justice.works_on(of_lead) or whom = justice.me() or not justice.could_meet(whom, body) then
    raise exception using errcode = '42501', message = 'not theirs';
  end if;
  insert into justice.lead_bar (id, lead_id, organisation_id, account_id, reason, by_account)
  values (of_id, of_lead, body, whom, of_reason, justice.me());
  insert into justice.lead_closed (lead_id, account_id) values (of_lead, whom);
  update justice.lead l set investigator = null, version = l.version + 1,
    status = case when l.status = 'in-work' then 'open' else l.status end
  where l.id = of_lead and l.investigator = whom;
  update justice.lead_share h set ended_at = now(), ended_by = justice.me()
  where h.lead_id = of_lead and h.account_id = whom and h.ended_at is null;
end $function$;
grant execute on function justice.bar_from_lead(uuid,uuid,uuid,text) to samaan_app;

CREATE OR REPLACE FUNCTION justice.could_meet(whom uuid, body uuid)
 RETURNS boolean
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
  select justice.works_in(whom, body, '{investigator,supervisor}')
    or exists (select 1 from auth.assignment s where s.account_id = whom and justice.works_in(whom, s.organisation_id, '{prosecutor}'))
$function$;

CREATE OR REPLACE FUNCTION justice.end_lead_bar(of_id uuid, of_lead uuid)
 RETURNS integer
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
declare
  done justice.lead_bar;
begin
  update justice.lead_bar b set ended_at = now(), ended_by = justice.me()
  where b.id = of_id and b.lead_id = of_lead and b.ended_at is null
    and not justice.is_closed(of_lead, justice.me())
    and (b.by_account = justice.me() and justice.works_on(of_lead)
      or justice.works_as('{supervisor}') and justice.works_in(justice.me(), b.organisation_id, '{supervisor}'))
  returning * into done;
  if done.id is null then return 0; end if;
  delete from justice.lead_closed c where c.lead_id = of_lead and c.account_id = done.account_id;
  return 1;
end $function$;
grant execute on function justice.end_lead_bar(uuid,uuid) to samaan_app;

CREATE OR REPLACE FUNCTION justice.end_lead_share(of_id uuid, of_lead uuid)
 RETURNS integer
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
declare
  touched int;
begin
  update justice.lead_share h set ended_at = now(), ended_by = justice.me()
  where h.id = of_id and h.lead_id = of_lead and h.ended_at is null and justice.works_on(of_lead);
  get diagnostics touched = row_count;
  return touched;
end $function$;
grant execute on function justice.end_lead_share(uuid,uuid) to samaan_app;

CREATE OR REPLACE FUNCTION justice.has_place(of_case uuid, wanted text[])
 RETURNS boolean
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
  select justice.works_as(wanted) and not policy.is_hidden(of_case, justice.me())
    and exists (select 1 from policy.case_access a where a.case_id = of_case and a.until > now()
      and (a.basis = 'holder' and current_setting('samaan.role', true) in ('intake', 'decision-maker')
             and a.principal = any (current_setting('samaan.principals', true)::uuid[])
        or a.basis = 'assigned' and current_setting('samaan.role', true) = 'coordinator' and a.principal = justice.me()))
$function$;

CREATE OR REPLACE FUNCTION justice.is_closed(of_lead uuid, to_account uuid)
 RETURNS boolean
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
  select exists (select 1 from justice.lead_closed c where c.lead_id = of_lead and c.account_id = to_account)
$function$;

CREATE OR REPLACE FUNCTION justice.let_in(by_whom uuid, whom uuid)
 RETURNS boolean
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
  select auth.let_in(by_whom, whom, now())
$function$;

CREATE OR REPLACE FUNCTION justice.may_name(body uuid, who uuid[])
 RETURNS boolean
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
  select cardinality(who) between 1 and 10 and not exists (
    select 1 from unnest(who) as one
    where one is null or one = justice.me() or justice.let_in(justice.me(), one)
      or not justice.works_in(one, body, '{investigator,prosecutor}'))
$function$;
grant execute on function justice.may_name(uuid,uuid[]) to samaan_app;

CREATE OR REPLACE FUNCTION justice.me()
 RETURNS uuid
 LANGUAGE sql
 STABLE
 SET search_path TO 'pg_catalog'
AS $function$
  select nullif(current_setting('samaan.user', true), '')::uuid
$function$;

CREATE OR REPLACE FUNCTION justice.open_by_consent(of_consent uuid)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
declare
  agreed consent.record;
begin
  select * into agreed from consent.record r
  where r.id = of_consent and r.to_police and r.kind = 'given' and r.explained_by = justice.me() and r.expires_at > now()
    and not exists (select 1 from consent.record w where w.withdraws = r.id);
  if agreed.id is null or not justice.has_place(agreed.case_id, '{coordinator}')
     or not justice.may_name(agreed.recipients[1], agreed.named) then
    raise exception using errcode = '42501', message = 'not theirs';
  end if;
  insert into policy.case_glimpse (principal, case_id, basis, basis_id, compartments, until)
  select distinct one, agreed.case_id, 'consent', agreed.id, agreed.compartments, agreed.expires_at
  from unnest(agreed.named) as one;
end $function$;
grant execute on function justice.open_by_consent(uuid) to samaan_app;

CREATE OR REPLACE FUNCTION justice.record_interest(of_id uuid, of_case uuid, of_reason text, sealed bytea, opens integer, body uuid, whom uuid, ends timestamp with time zone)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
begin
  -- One after another, so that two at once are not each the first.
  perform pg_advisory_xact_lock(hashtextextended('justice.interest ' || of_case::text, 0));
  if not justice.has_place(of_case, '{intake,coordinator}') or not justice.may_name(body, array[whom])
     or exists (select 1 from justice.vital_interest v where v.case_id = of_case and v.account_id = whom
                and v.by_account = justice.me() and v.state <> 'upheld') then
    raise exception using errcode = '42501', message = 'not theirs';
  end if;
  insert into justice.vital_interest (id, country, case_id, key_slot, reason, sealed, compartments, organisation_id,
    account_id, until_at, by_account)
  select of_id, f.country, f.id, f.key_slot, of_reason, record_interest.sealed, opens, body, whom, ends, justice.me()
  from cases.folder f where f.id = of_case;
  -- A day, unless a second person upholds it.
  insert into policy.case_glimpse (principal, case_id, basis, basis_id, compartments, until)
  values (whom, of_case, 'vital-interest', of_id, opens, least(ends, now() + interval '24 hours'));
end $function$;
grant execute on function justice.record_interest(uuid,uuid,text,bytea,integer,uuid,uuid,timestamp with time zone) to samaan_app;

CREATE OR REPLACE FUNCTION justice.record_order(of_id uuid, of_case uuid, sealed bytea, on_day date, opens integer, why text[], body uuid, who uuid[], starts timestamp with time zone, ends timestamp with time zone, scan uuid)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
begin
  if not justice.has_place(of_case, '{intake,coordinator}') or not justice.may_name(body, who)
     or scan is not null and not exists (select 1 from cases.attachment a where a.id = scan and a.case_id = of_case) then
    raise exception using errcode = '42501', message = 'not theirs';
  end if;
  insert into justice.court_order (id, country, case_id, key_slot, sealed, made_on, compartments, purposes, organisation_id,
    named, from_at, until_at, attachment_id, by_account)
  select of_id, f.country, f.id, f.key_slot, record_order.sealed, on_day, opens, why, body, who, starts, ends, scan, justice.me()
  from cases.folder f where f.id = of_case;
end $function$;
grant execute on function justice.record_order(uuid,uuid,bytea,date,integer,text[],uuid,uuid[],timestamp with time zone,timestamp with time zone,uuid) to samaan_app;

CREATE OR REPLACE FUNCTION justice.require_colleague()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
begin
  if not justice.works_in(new.investigator, new.organisation_id, '{investigator}') or justice.is_closed(new.id, new.investigator) then
    raise exception using errcode = '42501', message = 'no colleague';
  end if;
  return new;
end $function$;

CREATE OR REPLACE FUNCTION justice.require_same_body()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
begin
  if not exists (select 1 from justice.lead l where l.id = new.lead_id and l.organisation_id = new.organisation_id) then
    raise exception using errcode = '42501', message = 'another body';
  end if;
  return new;
end $function$;

CREATE OR REPLACE FUNCTION justice.review_interest(of_id uuid, of_version integer, outcome text)
 RETURNS integer
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
declare
  done justice.vital_interest;
begin
  update justice.vital_interest v set state = outcome, second_by = justice.me(), second_at = now(), version = v.version + 1
  where v.id = of_id and v.version = of_version and v.state = 'open' and v.by_account <> justice.me()
    and v.account_id <> justice.me() and outcome in ('upheld', 'not-upheld')
    and justice.has_place(v.case_id, '{intake,coordinator,decision-maker}')
    and not (outcome = 'upheld' and justice.let_in(justice.me(), v.account_id))
  returning * into done;
  if done.id is null then return 0; end if;
  if outcome = 'upheld' then
    update policy.case_glimpse g set until = done.until_at
    where g.basis = 'vital-interest' and g.basis_id = of_id and g.until > now();
  else
    delete from policy.case_glimpse g where g.basis = 'vital-interest' and g.basis_id = of_id;
  end if;
  return 1;
end $function$;
grant execute on function justice.review_interest(uuid,integer,text) to samaan_app;

CREATE OR REPLACE FUNCTION justice.revoke_order(of_id uuid, of_version integer)
 RETURNS integer
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
declare
  touched int;
begin
  update justice.court_order o set state = 'revoked', revoked_by = justice.me(), revoked_at = now(), version = o.version + 1
  where o.id = of_id and o.version = of_version and o.state in ('proposed', 'confirmed')
    and justice.has_place(o.case_id, '{intake,coordinator,decision-maker}');
  get diagnostics touched = row_count;
  if touched = 1 then delete from policy.case_glimpse g where g.basis = 'order' and g.basis_id = of_id; end if;
  return touched;
end $function$;
grant execute on function justice.revoke_order(uuid,integer) to samaan_app;

CREATE OR REPLACE FUNCTION justice.share_lead(of_id uuid, of_lead uuid, whom uuid, with_source boolean)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
begin
  if not justice.works_on(of_lead) or whom = justice.me() or justice.is_closed(of_lead, whom)
     or not exists (select 1 from justice.lead l where l.id = of_lead and l.handling = 'prosecution')
     or not exists (select 1 from auth.assignment s where s.account_id = whom
                    and justice.works_in(whom, s.organisation_id, '{prosecutor}')) then
    raise exception using errcode = '42501', message = 'not to be shared';
  end if;
  insert into justice.lead_share (id, lead_id, organisation_id, account_id, source, by_account)
  select of_id, of_lead, l.organisation_id, whom, with_source, justice.me() from justice.lead l where l.id = of_lead;
end $function$;
grant execute on function justice.share_lead(uuid,uuid,uuid,boolean) to samaan_app;

CREATE OR REPLACE FUNCTION justice.works_as(wanted text[])
 RETURNS boolean
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
  select exists (select 1 from auth.working w where w.role = any (wanted))
$function$;

CREATE OR REPLACE FUNCTION justice.works_in(who uuid, body uuid, wanted text[])
 RETURNS boolean
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
  select exists (select 1 from auth.assignment s join auth.account p on p.id = s.account_id and p.status = 'active'
    where s.account_id = who and s.organisation_id = body and s.role = any (wanted)
      and s.country = current_setting('samaan.country', true) and s.confirmed_at is not null and s.until > now())
$function$;

CREATE OR REPLACE FUNCTION justice.works_on(of_lead uuid)
 RETURNS boolean
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
  select justice.works_as('{investigator}') and not justice.is_closed(of_lead, justice.me())
    and exists (select 1 from justice.lead l
      where l.id = of_lead and justice.works_in(justice.me(), l.organisation_id, '{investigator}'))
$function$;

CREATE OR REPLACE FUNCTION matching.answer(of_id uuid, of_version integer, said text)
 RETURNS integer
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
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
end $function$;
grant execute on function matching.answer(uuid,integer,text) to samaan_app;

CREATE OR REPLACE FUNCTION matching.compare(most integer)
 RETURNS integer
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
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
end $function$;
grant execute on function matching.compare(integer) to samaan_jobs;

CREATE OR REPLACE FUNCTION matching.forget()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
begin
  delete from policy.case_merged m where new.case_id in (m.case_id, m.lead_case);
  update matching.merge m set state = case when m.state in ('proposed', 'standing') then 'ended' else m.state end,
    sealed = null, sealed_undo = null, version = m.version + 1
  where new.case_id in (m.lead_case, m.away_case);
  delete from matching.link l where new.case_id in (l.case_a, l.case_b);
  delete from matching.match m where new.case_id in (m.case_a, m.case_b);
  return null;
end $function$;

CREATE OR REPLACE FUNCTION matching.has_part(of_case uuid, who uuid, unit uuid)
 RETURNS boolean
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
  select exists (select 1 from cases.folder f where f.id = of_case
      and (f.made_by = who or f.coordinator = who
        or f.agency <> unit and exists (select 1 from auth.assignment s where s.account_id = who
             and s.organisation_id = f.agency and s.confirmed_at is not null and s.until > now())))
    or exists (select 1 from cases.assignment a where a.case_id = of_case and a.account_id = who)
    or exists (select 1 from cases.timeline t where t.case_id = of_case and t.account_id = who)
$function$;

CREATE OR REPLACE FUNCTION matching.holds(of_case uuid)
 RETURNS boolean
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
  select matching.works_as('{intake,coordinator,decision-maker}') and not policy.is_hidden(of_case, matching.me())
    and exists (select 1 from cases.folder f where f.id = of_case and f.holder = matching.unit())
    and exists (select 1 from policy.case_access a where a.case_id = of_case and a.until > now()
      and (current_setting('samaan.role', true) = 'coordinator' and a.basis = 'assigned' and a.principal = matching.me()
        or current_setting('samaan.role', true) <> 'coordinator' and a.basis = 'holder'
           and a.principal = any (current_setting('samaan.principals', true)::uuid[])))
$function$;
grant execute on function matching.holds(uuid) to samaan_app;

CREATE OR REPLACE FUNCTION matching.judge(of_id uuid, of_match uuid, of_version integer, said text, sealed bytea)
 RETURNS integer
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
begin
  update matching.match m set state = said, version = m.version + 1
  where m.id = of_match and m.version = of_version and m.country = current_setting('samaan.country', true)
    and matching.may_judge(m.case_a, m.case_b, m.unit_id);
  if not found then return 0; end if;
  insert into matching.judgement (id, match_id, outcome, sealed, by_account)
  values (of_id, of_match, said, judge.sealed, matching.me());
  return 1;
end $function$;
grant execute on function matching.judge(uuid,uuid,integer,text,bytea) to samaan_app;

CREATE OR REPLACE FUNCTION matching.judgements(of_match uuid)
 RETURNS TABLE(id uuid, outcome text, sealed bytea, by_account uuid, at timestamp with time zone)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
  select j.id, j.outcome, j.sealed, j.by_account, j.at from matching.judgement j join matching.match m on m.id = j.match_id
  where m.id = of_match and m.country = current_setting('samaan.country', true)
    and matching.may_judge(m.case_a, m.case_b, m.unit_id)
  order by j.at desc
$function$;
grant execute on function matching.judgements(uuid) to samaan_app;

CREATE OR REPLACE FUNCTION matching.lock_pair(a uuid, b uuid)
 RETURNS void
 LANGUAGE sql
 SET search_path TO 'pg_catalog'
AS $function$
  select pg_advisory_xact_lock(hashtextextended('matching ' || least(a, b)::text, 0)),
         pg_advisory_xact_lock(hashtextextended('matching ' || greatest(a, b)::text, 0))
$function$;

CREATE OR REPLACE FUNCTION matching.may_judge(a uuid, b uuid, unit uuid)
 RETURNS boolean
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
  select unit = matching.unit() and matching.neutral(a, b, unit, matching.me())
    and (matching.works_as('{coordinator}')
      or matching.works_as('{decision-maker}') and not exists (
        select 1 from auth.assignment s join auth.account p on p.id = s.account_id and p.status = 'active'
        where s.organisation_id = unit and s.role = 'coordinator' and s.confirmed_at is not null and s.until > now()
          and matching.neutral(a, b, unit, s.account_id)))
$function$;

CREATE OR REPLACE FUNCTION matching.me()
 RETURNS uuid
 LANGUAGE sql
 STABLE
 SET search_path TO 'pg_catalog'
AS $function$
  select nullif(current_setting('samaan.user', true), '')::uuid
$function$;
grant execute on function matching.me() to samaan_app;

CREATE OR REPLACE FUNCTION matching.neutral(a uuid, b uuid, unit uuid, who uuid)
 RETURNS boolean
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
  select not policy.is_hidden(a, who) and not policy.is_hidden(b, who)
    and not matching.has_part(a, who, unit) and not matching.has_part(b, who, unit)
$function$;

CREATE OR REPLACE FUNCTION matching.note_holder()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
begin
  insert into matching.changed (case_id) values (new.id) on conflict do nothing;
  return null;
end $function$;

CREATE OR REPLACE FUNCTION matching.note_terms()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
begin
  insert into matching.changed (case_id) select distinct n.case_id from noted n on conflict do nothing;
  return null;
end $function$;

CREATE OR REPLACE FUNCTION matching.propose(of_id uuid, lead uuid, away uuid, sealed bytea)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
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
end $function$;
grant execute on function matching.propose(uuid,uuid,uuid,bytea) to samaan_app;

CREATE OR REPLACE FUNCTION matching.queue(judged boolean, before uuid, most integer)
 RETURNS TABLE(id uuid, why text[], strength text, state text, found_at timestamp with time zone, judged_at timestamp with time zone, judged_by uuid, version integer)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
  select m.id, m.why, m.strength, m.state, m.found_at, j.at, j.by_account, m.version
  from matching.match m
  left join lateral (select g.at, g.by_account from matching.judgement g where g.match_id = m.id order by g.at desc limit 1) j on true
  where m.unit_id = matching.unit() and m.country = current_setting('samaan.country', true)
    and (m.state <> 'waiting') = judged and matching.may_judge(m.case_a, m.case_b, m.unit_id)
    and (before is null or (array_position('{strong,fair,slight}'::text[], m.strength), m.id)
         > (select array_position('{strong,fair,slight}'::text[], b.strength), b.id from matching.match b where b.id = before))
  order by array_position('{strong,fair,slight}'::text[], m.strength), m.id
  limit most
$function$;
grant execute on function matching.queue(boolean,uuid,integer) to samaan_app;

CREATE OR REPLACE FUNCTION matching.sides(of_match uuid)
 RETURNS TABLE(id uuid, unit_id uuid, why text[], strength text, state text, found_at timestamp with time zone, version integer, case_id uuid, slot bigint, sealed bytea, held boolean, child boolean, sector text, made_on date)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
  select m.id, m.unit_id, m.why, m.strength, m.state, m.found_at, m.version,
    f.id, f.key_slot, i.sealed, f.holder is not null, f.child, f.sector, date_trunc('month', f.made_at)::date
  from matching.match m
  join cases.folder f on f.id in (m.case_a, m.case_b)
  left join cases.identity i on i.case_id = f.id
  where m.id = of_match and m.country = current_setting('samaan.country', true)
    and matching.may_judge(m.case_a, m.case_b, m.unit_id)
  order by f.id
$function$;
grant execute on function matching.sides(uuid) to samaan_app;

CREATE OR REPLACE FUNCTION matching.still_clocks(of_case uuid)
 RETURNS TABLE(id uuid, kind text, due_at timestamp with time zone)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
  select c.id, c.kind, c.due_at from cases.clock c
  where c.case_id = of_case and c.stopped_at is null and matching.holds(of_case) order by c.due_at
$function$;
grant execute on function matching.still_clocks(uuid) to samaan_app;

CREATE OR REPLACE FUNCTION matching.told_of(of_case uuid)
 RETURNS TABLE(match_id uuid, other uuid, reference text)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
  select m.id, case when matching.holds(o.id) then o.id end, case when matching.holds(o.id) then o.reference end
  from matching.match m
  join cases.folder o on o.id = case when m.case_a = of_case then m.case_b else m.case_a end
  where of_case in (m.case_a, m.case_b) and m.state = 'same' and matching.holds(of_case)
    and not policy.is_hidden(o.id, matching.me())
  order by m.id
$function$;
grant execute on function matching.told_of(uuid) to samaan_app;

CREATE OR REPLACE FUNCTION matching.undo(of_id uuid, of_version integer, sealed bytea)
 RETURNS integer
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
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
end $function$;
grant execute on function matching.undo(uuid,integer,bytea) to samaan_app;

CREATE OR REPLACE FUNCTION matching.unfit(lead uuid, away uuid)
 RETURNS text
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
  select case
    when exists (select 1 from policy.case_merged m where m.case_id in (lead, away) or m.lead_case = away) then 'merged'
    -- What waits for a second person is answered first, where it was asked.
    when exists (select 1 from cases.decision d where d.case_id = away and d.state = 'proposed')
      or exists (select 1 from care.closure c where c.case_id = away and c.state = 'proposed') then 'waits'
  end
$function$;

CREATE OR REPLACE FUNCTION matching.unit()
 RETURNS uuid
 LANGUAGE sql
 STABLE
 SET search_path TO 'pg_catalog'
AS $function$
  select nullif(current_setting('samaan.organisation', true), '')::uuid
$function$;
grant execute on function matching.unit() to samaan_app;

CREATE OR REPLACE FUNCTION matching.works_as(wanted text[])
 RETURNS boolean
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
  select exists (select 1 from auth.working w where w.role = any (wanted) and w.organisation_id = matching.unit())
$function$;

CREATE OR REPLACE FUNCTION notify.address(of_account uuid)
 RETURNS TABLE(email text, language text, every_hours integer, country text)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
  select p.email, p.language, c.every_hours,
    (select s.country from auth.assignment s where s.account_id = p.id and s.confirmed_at is not null and s.until > now()
     order by s.country limit 1)
  from notify.choice c join auth.account p on p.id = c.account_id and p.status = 'active' where c.account_id = of_account
$function$;
grant execute on function notify.address(uuid) to samaan_jobs;

CREATE OR REPLACE FUNCTION notify.people()
 RETURNS TABLE(account uuid, assignment uuid, role text, organisation uuid, country text)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
  select c.account_id, s.id, s.role, s.organisation_id, s.country
  from notify.choice c join auth.account p on p.id = c.account_id and p.status = 'active'
  join auth.assignment s on s.account_id = p.id and s.confirmed_at is not null and s.until > now()
$function$;
grant execute on function notify.people() to samaan_jobs;

CREATE OR REPLACE FUNCTION notify.standing()
 RETURNS TABLE(waiting integer, failing integer, bounced integer, sent_at timestamp with time zone)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
  select count(*) filter (where o.state = 'waiting')::int, count(*) filter (where o.state = 'waiting' and o.tries > 0)::int,
    count(*) filter (where o.state = 'bounced' and o.ended_at > now() - interval '7 days')::int,
    max(o.ended_at) filter (where o.state = 'sent')
  from notify.outbox o where current_setting('samaan.role', true) = 'administrator'
$function$;
grant execute on function notify.standing() to samaan_app;

CREATE OR REPLACE FUNCTION oversight.answer_erasure(of_id uuid, of_version integer, answer text)
 RETURNS TABLE(touched integer, slot bigint, copies uuid[], uploads uuid[])
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
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
  with file as (
    select a.by_account, a.sha256, a.original_file, a.clean_file from cases.attachment a where a.case_id = done.case_id
    union all
    select h.by_account, h.sha256, h.original_file, h.clean_file from health.file h where h.case_id = done.case_id
  ), gone as (
    delete from files.upload u using file where u.account_id = file.by_account and u.sha256 = file.sha256 returning u.id
  ) select array(select c.id from file, unnest(array[file.original_file, file.clean_file]) as c (id) where c.id is not null),
      array(select gone.id from gone) into copies, uploads;

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
end $function$;
grant execute on function oversight.answer_erasure(uuid,integer,text) to samaan_app;

CREATE OR REPLACE FUNCTION oversight.answer_sealing(of_id uuid, of_version integer, answer text)
 RETURNS integer
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
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
end $function$;
grant execute on function oversight.answer_sealing(uuid,integer,text) to samaan_app;

CREATE OR REPLACE FUNCTION oversight.answerable(of_case uuid)
 RETURNS SETOF uuid
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
  select one from (
    select f.coordinator as one from cases.folder f where f.id = of_case
    union
    select s.account_id from cases.folder f join auth.assignment s on s.organisation_id = f.holder and s.role = 'intake'
      and s.confirmed_at is not null and s.until > now() join auth.account p on p.id = s.account_id and p.status = 'active'
    where f.id = of_case
    union
    select f.made_by from cases.folder f where f.id = of_case and f.holder is null
  ) who where one is not null and not policy.is_hidden(of_case, one)
$function$;

CREATE OR REPLACE FUNCTION oversight.answering(of_case uuid)
 RETURNS SETOF uuid
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
  select s.account_id from cases.folder f
  join auth.assignment s on s.confirmed_at is not null and s.until > now()
    and (s.role = 'decision-maker' and s.organisation_id = f.holder
      or s.role = 'coordinator' and exists (select 1 from policy.case_access a where a.case_id = f.id and a.basis = 'assigned'
        and a.principal = s.account_id and a.until > now()))
  join auth.account p on p.id = s.account_id and p.status = 'active'
  where f.id = of_case
    and not exists (select 1 from policy.case_hidden b where b.case_id = of_case and b.account_id = s.account_id)
$function$;

CREATE OR REPLACE FUNCTION oversight.answers_for(of_case uuid)
 RETURNS boolean
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
  select oversight.works_as('{coordinator,decision-maker}') and not policy.is_hidden(of_case, oversight.me())
    and exists (select 1 from policy.case_access a where a.case_id = of_case and a.until > now()
      and (current_setting('samaan.role', true) = 'coordinator' and a.basis = 'assigned' and a.principal = oversight.me()
        or current_setting('samaan.role', true) = 'decision-maker' and a.basis = 'holder'
           and a.principal = any (current_setting('samaan.principals', true)::uuid[])))
    or oversight.answers_for_unheld(of_case)
$function$;
grant execute on function oversight.answers_for(uuid) to samaan_app;

CREATE OR REPLACE FUNCTION oversight.answers_for_unheld(of_case uuid)
 RETURNS boolean
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
  select oversight.works_as('{decision-maker}') and not policy.is_hidden(of_case, oversight.me())
    and exists (select 1 from cases.folder f join directory.organisation o on o.country = f.country and o.competent
      where f.id = of_case and f.holder is null and f.country = current_setting('samaan.country', true)
        and o.id = any (current_setting('samaan.principals', true)::uuid[]))
    and exists (select 1 from oversight.erasure e where e.case_id = of_case and e.unheld and e.state = 'proposed')
$function$;

CREATE OR REPLACE FUNCTION oversight.attend_sealed(at timestamp with time zone)
 RETURNS integer
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
declare
  one record;
  unit uuid[];
  protects uuid[];
  missing uuid[];
  opened int := 0;
begin
  -- Unsealed meanwhile.
  update oversight.sealing s set alone_since = null where s.alone_since is not null
    and not exists (select 1 from policy.case_hidden h where h.case_id = s.case_id and h.basis = 'sealed' and h.basis_id = s.id);
  for one in
    select h.case_id, h.basis_id, h.named, f.country, f.holder, s.alone_since
    from policy.case_hidden h join cases.folder f on f.id = h.case_id join oversight.sealing s on s.id = h.basis_id
    where h.basis = 'sealed' and not exists (select 1 from policy.case_hidden e where e.case_id = h.case_id and e.basis = 'erased')
    order by h.case_id for update of f, h, s
  loop
    unit := array(select oversight.answering(one.case_id));
    protects := array(select who from oversight.officers(one.country) as who
      where not exists (select 1 from policy.case_hidden b where b.case_id = one.case_id and b.account_id = who));
    missing := case when unit && one.named then '{}' else unit end || case when protects && one.named then '{}' else protects end;
    if unit && one.named and protects && one.named then
      if one.alone_since is not null then
        update oversight.sealing s set alone_since = null where s.id = one.basis_id;
        delete from oversight.alert a where a.kind = 'sealed-alone' and a.about = one.basis_id;
      end if;
    elsif one.alone_since is null then
      update oversight.sealing s set alone_since = attend_sealed.at where s.id = one.basis_id;
      perform oversight.tell(array(select oversight.officers(one.country)), 'sealed-alone', one.basis_id, one.country);
    elsif one.alone_since <= attend_sealed.at - interval '72 hours' and cardinality(missing) > 0 then
      update policy.case_hidden h set named = one.named || missing where h.case_id = one.case_id and h.basis = 'sealed';
      insert into cases.timeline (id, case_id, event, organisation_id) values (oversight.next_id(), one.case_id, 'case.sealed-let-in', one.holder);
      delete from oversight.alert a where a.kind = 'sealed-let-in' and a.about = one.basis_id;
      perform oversight.tell(missing, 'sealed-let-in', one.basis_id, one.country);
      opened := opened + 1;
    end if;
  end loop;
  return opened;
end $function$;
grant execute on function oversight.attend_sealed(timestamp with time zone) to samaan_jobs;

CREATE OR REPLACE FUNCTION oversight.bar(of_id uuid, of_case uuid, whom uuid, of_reason text)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
begin
  if not oversight.keeps_bars(of_case) or whom = oversight.me() then
    raise exception using errcode = '42501', message = 'not theirs';
  end if;
  insert into oversight.bar (id, country, case_id, account_id, reason, by_account)
  values (of_id, current_setting('samaan.country', true), of_case, whom, of_reason, oversight.me());
  insert into policy.case_hidden (case_id, basis, basis_id, account_id) values (of_case, 'conflict', of_id, whom);
end $function$;
grant execute on function oversight.bar(uuid,uuid,uuid,text) to samaan_app;

CREATE OR REPLACE FUNCTION oversight.break_glass(of_id uuid, of_reference text, of_reason text, sealed bytea)
 RETURNS TABLE(of_case uuid, opens integer, ends timestamp with time zone)
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
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
end $function$;
grant execute on function oversight.break_glass(uuid,text,text,bytea) to samaan_app;

CREATE OR REPLACE FUNCTION oversight.breakable(of_reference text)
 RETURNS TABLE(case_id uuid, slot bigint)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
  select f.id, f.key_slot from cases.folder f
  where f.country = current_setting('samaan.country', true) and f.reference = of_reference
    and oversight.works_as('{intake,decision-maker,coordinator,provider,shelter-manager,officer}')
    and not policy.is_hidden(f.id, oversight.me())
    and not oversight.suspended(oversight.me())
    and (select count(*) from oversight.break_glass b
         where b.account_id = oversight.me() and b.at > now() - interval '24 hours') < 3
    and not exists (select 1 from oversight.break_glass b
         where b.account_id = oversight.me() and b.case_id = f.id and b.at > now() - interval '24 hours')
$function$;
grant execute on function oversight.breakable(text) to samaan_app;

CREATE OR REPLACE FUNCTION oversight.case_events(of_case uuid, before uuid, most integer)
 RETURNS TABLE(id uuid, at timestamp with time zone, actor_id uuid, operation text, about jsonb)
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
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
end $function$;
grant execute on function oversight.case_events(uuid,uuid,integer) to samaan_app;

CREATE OR REPLACE FUNCTION oversight.closed_to_me(of_case uuid)
 RETURNS boolean
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
  select exists (select 1 from policy.case_hidden h where h.case_id = of_case
    and (h.account_id = oversight.me() or h.account_id is null and not oversight.me() = any (h.named))
    and not (h.basis = 'erased' and oversight.works_as('{data-protection-officer}')))
$function$;
grant execute on function oversight.closed_to_me(uuid) to samaan_app;

CREATE OR REPLACE FUNCTION oversight.end_bar(of_id uuid)
 RETURNS integer
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
declare
  touched int;
begin
  update oversight.bar b set ended_at = now(), ended_by = oversight.me()
  where b.id = of_id and b.ended_at is null and b.account_id <> oversight.me() and oversight.keeps_bars(b.case_id);
  get diagnostics touched = row_count;
  if touched = 1 then delete from policy.case_hidden h where h.basis = 'conflict' and h.basis_id = of_id; end if;
  return touched;
end $function$;
grant execute on function oversight.end_bar(uuid) to samaan_app;

CREATE OR REPLACE FUNCTION oversight.end_hold(of_id uuid)
 RETURNS integer
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
declare
  touched int;
begin
  update oversight.hold h set ended_at = now(), ended_by = oversight.me()
  where h.id = of_id and h.ended_at is null and h.by_account <> oversight.me()
    and h.country = current_setting('samaan.country', true) and not oversight.closed_to_me(h.case_id)
    and (oversight.works_as('{data-protection-officer}') or oversight.answers_for(h.case_id));
  get diagnostics touched = row_count;
  return touched;
end $function$;
grant execute on function oversight.end_hold(uuid) to samaan_app;

CREATE OR REPLACE FUNCTION oversight.events(of_case uuid, by_account uuid, operations text[], tries boolean, from_at timestamp with time zone, to_at timestamp with time zone, before uuid, most integer)
 RETURNS TABLE(id uuid, at timestamp with time zone, case_id uuid, actor_id uuid, operation text, about jsonb, also uuid[])
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
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
end $function$;
grant execute on function oversight.events(uuid,uuid,text[],boolean,timestamp with time zone,timestamp with time zone,uuid,integer) to samaan_app;

CREATE OR REPLACE FUNCTION oversight.find_case(of_reference text)
 RETURNS TABLE(case_id uuid, reference text, slot bigint)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
  select s.* from cases.folder f, oversight.shells(array[f.id]) s
  where f.country = current_setting('samaan.country', true) and f.reference = of_reference
$function$;
grant execute on function oversight.find_case(text) to samaan_app;

CREATE OR REPLACE FUNCTION oversight.hear(of_events uuid[])
 RETURNS integer
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
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
end $function$;
grant execute on function oversight.hear(uuid[]) to samaan_jobs;

CREATE OR REPLACE FUNCTION oversight.is_ours(account uuid)
 RETURNS boolean
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
  select exists (select 1 from auth.assignment s where s.account_id = is_ours.account
    and s.country = current_setting('samaan.country', true)
    and (s.confirmed_at is not null
      or not exists (select 1 from auth.assignment e where e.account_id = is_ours.account and e.confirmed_at is not null)))
$function$;

CREATE OR REPLACE FUNCTION oversight.keeps_bars(of_case uuid)
 RETURNS boolean
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
  select not policy.is_hidden(of_case, oversight.me())
    and (oversight.works_as('{data-protection-officer}')
           and exists (select 1 from cases.folder f where f.id = of_case and f.country = current_setting('samaan.country', true))
      or oversight.works_as('{intake}')
           and exists (select 1 from policy.case_access a where a.case_id = of_case and a.basis = 'holder' and a.until > now()
             and a.principal = any (current_setting('samaan.principals', true)::uuid[])))
$function$;
grant execute on function oversight.keeps_bars(uuid) to samaan_app;

CREATE OR REPLACE FUNCTION oversight.kept_by(of_case uuid)
 RETURNS text
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
  select case
    when exists (select 1 from oversight.hold h
      where (h.case_id = of_case or h.case_id in (
          select case when m.case_id = of_case then m.lead_case else m.case_id end
          from policy.case_merged m where of_case in (m.case_id, m.lead_case)))
        and h.ended_at is null and (h.until is null or h.until >= current_date)) then 'hold'
    when exists (select 1 from oversight.break_glass b where b.case_id = of_case and b.review is null) then 'glass'
  end
$function$;
grant execute on function oversight.kept_by(uuid) to samaan_app;

CREATE OR REPLACE FUNCTION oversight.may_judge(whom uuid, day timestamp with time zone)
 RETURNS boolean
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
  select whom <> oversight.me() and not auth.let_in(oversight.me(), whom, day) and not auth.let_in(whom, oversight.me(), day)
$function$;
grant execute on function oversight.may_judge(uuid,timestamp with time zone) to samaan_app;

CREATE OR REPLACE FUNCTION oversight.me()
 RETURNS uuid
 LANGUAGE sql
 STABLE
 SET search_path TO 'pg_catalog'
AS $function$
  select nullif(current_setting('samaan.user', true), '')::uuid
$function$;
grant execute on function oversight.me() to samaan_app;

CREATE OR REPLACE FUNCTION oversight.next_id()
 RETURNS uuid
 LANGUAGE sql
 SET search_path TO 'pg_catalog'
AS $function$
  select encode(set_bit(set_bit(overlay(uuid_send(gen_random_uuid())
    placing substring(int8send((extract(epoch from clock_timestamp()) * 1000)::bigint) from 3) from 1 for 6), 52, 1), 53, 1), 'hex')::uuid
$function$;

CREATE OR REPLACE FUNCTION oversight.note_due(of_country text, rules jsonb, at timestamp with time zone)
 RETURNS integer
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
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
end $function$;
grant execute on function oversight.note_due(text,jsonb,timestamp with time zone) to samaan_jobs;

CREATE OR REPLACE FUNCTION oversight.officers(of_country text)
 RETURNS SETOF uuid
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
  select distinct s.account_id from auth.assignment s join auth.account p on p.id = s.account_id and p.status = 'active'
  where s.role = 'data-protection-officer' and s.country = of_country and s.confirmed_at is not null and s.until > now()
$function$;

CREATE OR REPLACE FUNCTION oversight.place_hold(of_id uuid, of_case uuid, of_reason text, until_day date)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
begin
  if policy.is_hidden(of_case, oversight.me())
     or not exists (select 1 from cases.folder f where f.id = of_case and f.country = current_setting('samaan.country', true))
     or not (oversight.works_as('{data-protection-officer}') or oversight.answers_for(of_case)) then
    raise exception using errcode = '42501', message = 'not theirs';
  end if;
  insert into oversight.hold (id, country, case_id, reason, until, by_account)
  values (of_id, current_setting('samaan.country', true), of_case, of_reason, until_day, oversight.me());
end $function$;
grant execute on function oversight.place_hold(uuid,uuid,text,date) to samaan_app;

CREATE OR REPLACE FUNCTION oversight.plant(of_id uuid, of_reference text, slot bigint, sealed bytea, terms bytea[], made timestamp with time zone, opened timestamp with time zone, withdrew timestamp with time zone, clock jsonb)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
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
end $function$;
grant execute on function oversight.plant(uuid,text,bigint,bytea,bytea[],timestamp with time zone,timestamp with time zone,timestamp with time zone,jsonb) to samaan_app;

CREATE OR REPLACE FUNCTION oversight.propose_erasure(of_id uuid, of_case uuid, of_ground text, sealed bytea)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
declare
  here text := current_setting('samaan.country', true);
begin
  if not oversight.works_as('{data-protection-officer}') or policy.is_hidden(of_case, oversight.me())
     or not exists (select 1 from cases.folder f where f.id = of_case and f.country = here) then
    raise exception using errcode = '42501', message = 'not theirs';
  end if;
  insert into oversight.erasure (id, country, case_id, ground, sealed_text, by_account, unheld)
  select of_id, here, of_case, of_ground, sealed, oversight.me(), f.holder is null from cases.folder f where f.id = of_case;
  perform oversight.tell(array(select oversight.seconds(of_case)), 'erasure-proposed', of_id, here);
end $function$;
grant execute on function oversight.propose_erasure(uuid,uuid,text,bytea) to samaan_app;

CREATE OR REPLACE FUNCTION oversight.propose_sealing(of_id uuid, of_case uuid, what text, who uuid[], of_reason text, sealed bytea)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
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
end $function$;
grant execute on function oversight.propose_sealing(uuid,uuid,text,uuid[],text,bytea) to samaan_app;

CREATE OR REPLACE FUNCTION oversight.reading(from_at timestamp with time zone, zone text, night_from integer, night_to integer)
 RETURNS TABLE(actor_id uuid, hour timestamp with time zone, cases integer, night integer, searches integer, refused integer)
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
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
end $function$;
grant execute on function oversight.reading(timestamp with time zone,text,integer,integer) to samaan_app;

CREATE OR REPLACE FUNCTION oversight.require_there()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
begin
  perform from cases.folder f where f.id = new.case_id for key share;
  if exists (select 1 from policy.case_hidden h where h.case_id = new.case_id and h.basis = 'erased') then
    raise exception using errcode = '42501', message = 'erased';
  end if;
  return new;
end $function$;

CREATE OR REPLACE FUNCTION oversight.require_unkept()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
begin
  perform from cases.folder f where f.id = new.case_id for update;
  -- 40001: what was true a moment ago is not; asked again, the answer says so.
  if oversight.kept_by(new.case_id) is not null then
    raise exception using errcode = '40001', message = 'kept meanwhile';
  end if;
  return new;
end $function$;

CREATE OR REPLACE FUNCTION oversight.review_glass(of_id uuid, of_version integer, outcome text, sealed bytea)
 RETURNS integer
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
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
end $function$;
grant execute on function oversight.review_glass(uuid,integer,text,bytea) to samaan_app;

CREATE OR REPLACE FUNCTION oversight.seconds(of_case uuid)
 RETURNS SETOF uuid
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
  select f.coordinator from cases.folder f where f.id = of_case and f.coordinator is not null
  union
  select s.account_id from cases.folder f
  join directory.organisation o on o.id = f.holder or f.holder is null and o.competent and o.country = f.country
  join auth.assignment s on s.organisation_id = o.id and s.role = 'decision-maker'
    and s.confirmed_at is not null and s.until > now()
  join auth.account p on p.id = s.account_id and p.status = 'active'
  where f.id = of_case
$function$;

CREATE OR REPLACE FUNCTION oversight.shells(of_cases uuid[])
 RETURNS TABLE(case_id uuid, reference text, slot bigint)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
  select f.id, f.reference, f.key_slot from cases.folder f
  where f.id = any (of_cases) and f.country = current_setting('samaan.country', true)
    and not oversight.closed_to_me(f.id)
    and (oversight.works_as('{data-protection-officer}')
      or f.holder = nullif(current_setting('samaan.organisation', true), '')::uuid
      or exists (select 1 from policy.case_access a where a.case_id = f.id and a.until > now()
        and a.principal = any (current_setting('samaan.principals', true)::uuid[]))
      -- who broke its glass named it themselves
      or exists (select 1 from oversight.break_glass b where b.case_id = f.id and b.account_id = oversight.me())
      or oversight.answers_for_unheld(f.id))
$function$;
grant execute on function oversight.shells(uuid[]) to samaan_app;

CREATE OR REPLACE FUNCTION oversight.suspended(who uuid)
 RETURNS boolean
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
  select exists (select 1 from oversight.break_glass b
    where b.account_id = who and b.review is null and b.at < now() - interval '72 hours')
$function$;
grant execute on function oversight.suspended(uuid) to samaan_app;

CREATE OR REPLACE FUNCTION oversight.tell(to_accounts uuid[], what text, about_id uuid, of_country text)
 RETURNS void
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
  insert into oversight.alert (account_id, country, kind, about)
  select distinct one, of_country, what, about_id from unnest(to_accounts) as one where one is not null
  on conflict do nothing
$function$;

CREATE OR REPLACE FUNCTION oversight.told(of_id uuid, of_version integer)
 RETURNS integer
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
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
end $function$;
grant execute on function oversight.told(uuid,integer) to samaan_app;

CREATE OR REPLACE FUNCTION oversight.works_as(wanted text[])
 RETURNS boolean
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
  select exists (select 1 from auth.working w where w.role = any (wanted))
$function$;

CREATE OR REPLACE FUNCTION policy.accept(to_principal uuid, of_case uuid, referral uuid)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
begin
  if not to_principal = any (current_setting('samaan.principals', true)::uuid[])
     or not exists (select 1 from referrals.referral r where r.id = accept.referral and r.case_id = of_case
                    and r.to_organisation = to_principal and r.status in ('accepted', 'partly-accepted')) then
    raise exception using errcode = '42501', message = 'not accepted';
  end if;
  update policy.case_access a set accepted = true
  where a.principal = to_principal and a.case_id = of_case and a.basis = 'share' and a.basis_id = referral;
end $function$;
grant execute on function policy.accept(uuid,uuid,uuid) to samaan_app;

CREATE OR REPLACE FUNCTION policy.assign(to_account uuid, of_case uuid)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
declare
  unit policy.case_access;
begin
  select * into unit from policy.case_access a where a.case_id = of_case and a.basis = 'holder';
  perform 1 from auth.account p where p.id = to_account and p.status = 'active' for share;
  if not found or unit.principal is null or policy.held(of_case) is null
     or not exists (select 1 from auth.assignment s where s.account_id = to_account and s.organisation_id = unit.principal
                    and s.role = 'coordinator' and s.until > now() and s.confirmed_at is not null) then
    raise exception using errcode = '42501', message = 'not held';
  end if;
  delete from policy.case_access a where a.case_id = of_case and a.basis = 'assigned';
  insert into policy.case_access (principal, case_id, basis, basis_id, compartments, shared)
  values (to_account, of_case, 'assigned', of_case, (unit.shared & 1) | 2 | 8 | 64, unit.shared);
end $function$;
grant execute on function policy.assign(uuid,uuid) to samaan_app;

CREATE OR REPLACE FUNCTION policy.closed_among(cases uuid[], whom uuid)
 RETURNS SETOF uuid
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
  select f.id from cases.folder f
  where f.id = any (closed_among.cases) and policy.is_hidden(f.id, whom)
    and f.holder = nullif(current_setting('samaan.organisation', true), '')::uuid
    and not policy.is_hidden(f.id, nullif(current_setting('samaan.user', true), '')::uuid)
    and exists (select 1 from auth.assignment s where s.account_id = nullif(current_setting('samaan.user', true), '')::uuid
      and s.organisation_id = f.holder and s.role in ('intake', 'coordinator') and s.role = current_setting('samaan.role', true)
      and s.confirmed_at is not null and s.until > now())
$function$;
grant execute on function policy.closed_among(uuid[],uuid) to samaan_app;

CREATE OR REPLACE FUNCTION policy.end_consent(of_case uuid, consent uuid)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
begin
  perform policy.lock_consent(end_consent.consent, true);
  if not exists (select 1 from consent.record w where w.withdraws = end_consent.consent and w.case_id = of_case) then
    raise exception using errcode = '42501', message = 'not withdrawn';
  end if;
  delete from policy.case_access a
  where a.case_id = of_case and a.basis = 'share' and a.consent_id = end_consent.consent;
  delete from policy.case_glimpse g
  where g.case_id = of_case and g.basis = 'consent' and g.basis_id = end_consent.consent;
end $function$;
grant execute on function policy.end_consent(uuid,uuid) to samaan_app;

CREATE OR REPLACE FUNCTION policy.guard()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
declare
  touched uuid := coalesce(new.case_id, old.case_id);
  truth boolean := policy.is_guarded(coalesce(new.case_id, old.case_id));
begin
  -- Before the rows, so that a place in the case that is being made waits for this and sees it.
  perform 1 from cases.folder f where f.id = touched for update;
  update cases.folder f set guarded = truth where f.id = touched and f.guarded <> truth;
  update policy.case_access a set guarded = truth where a.case_id = touched and a.guarded <> truth;
  return null;
end $function$;

CREATE OR REPLACE FUNCTION policy.guard_access()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
begin
  new.guarded := policy.is_guarded(new.case_id);
  return new;
end $function$;

CREATE OR REPLACE FUNCTION policy.guard_folder()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
begin
  new.guarded := policy.is_guarded(new.id);
  return new;
end $function$;

CREATE OR REPLACE FUNCTION policy.held(of_case uuid)
 RETURNS integer
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
  select bit_or(a.compartments | a.shared) from policy.case_access a
  where a.case_id = of_case and a.until > now() and a.basis <> 'share'
    and a.principal = any (current_setting('samaan.principals', true)::uuid[])
    and not policy.is_hidden(of_case, nullif(current_setting('samaan.user', true), '')::uuid)
$function$;

CREATE OR REPLACE PROCEDURE policy.hide(IN of_table regclass, IN of_column name)
 LANGUAGE plpgsql
AS $procedure$
begin
  execute format('create policy hidden on %s as restrictive for select to samaan_app
    using (not exists (select 1 from policy.case_hidden h where h.case_id = %I.%I))',
    of_table, (parse_ident(of_table::text))[2], of_column);
end $procedure$;

CREATE OR REPLACE FUNCTION policy.hold(unit uuid, of_case uuid, referral uuid)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
declare
  given int;
begin
  select bit_or(s.shared) into given from (
    select a.shared from policy.case_access a
    where a.case_id = of_case and a.until > now()
      and (referral is not null and a.principal = unit and a.basis = 'share' and a.basis_id = referral and a.shared <> 0
           or referral is null and a.basis = 'own' and a.principal = current_setting('samaan.user', true)::uuid)
    for share
  ) s;
  if given is null or current_setting('samaan.role', true) <> 'intake'
     or not unit = any (current_setting('samaan.principals', true)::uuid[])
     or not exists (select 1 from directory.organisation o where o.id = unit and o.competent
                    and o.country = current_setting('samaan.country', true)) then
    raise exception using errcode = '42501', message = 'not held';
  end if;
  insert into policy.case_access (principal, case_id, basis, basis_id, compartments, shared)
  values (unit, of_case, 'holder', of_case, (given & 1) | 64, given);
end $function$;
grant execute on function policy.hold(uuid,uuid,uuid) to samaan_app;

CREATE OR REPLACE FUNCTION policy.is_child(of_case uuid)
 RETURNS boolean
 LANGUAGE sql
 STABLE
 SET search_path TO 'pg_catalog'
AS $function$
  select f.child from cases.folder f where f.id = of_case
$function$;
grant execute on function policy.is_child(uuid) to samaan_app;

CREATE OR REPLACE FUNCTION policy.is_guarded(of_case uuid)
 RETURNS boolean
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
  select exists (select 1 from policy.case_hidden h where h.case_id = of_case)
$function$;

CREATE OR REPLACE FUNCTION policy.is_hidden(of_case uuid, from_account uuid)
 RETURNS boolean
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
  select exists (select 1 from policy.case_hidden h where h.case_id = of_case
    and (h.account_id = from_account or h.account_id is null and not from_account = any (h.named)))
$function$;

CREATE OR REPLACE FUNCTION policy.leads(of_case uuid)
 RETURNS boolean
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
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
$function$;
grant execute on function policy.leads(uuid) to samaan_app;

CREATE OR REPLACE FUNCTION policy.lock_consent(consent uuid, ending boolean)
 RETURNS void
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog'
AS $function$
begin
  if ending then
    perform pg_advisory_xact_lock(hashtextextended('consent ' || consent::text, 0));
  else
    perform pg_advisory_xact_lock_shared(hashtextextended('consent ' || consent::text, 0));
  end if;
end $function$;
grant execute on function policy.lock_consent(uuid,boolean) to samaan_app;

CREATE OR REPLACE FUNCTION policy.make(of_case uuid, given integer)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
begin
  if exists (select 1 from policy.case_access a where a.case_id = of_case) then
    raise exception using errcode = '23505', message = 'not new';
  end if;
  insert into policy.case_access (principal, case_id, basis, basis_id, compartments, shared)
  values (current_setting('samaan.user', true)::uuid, of_case, 'own', of_case, given, given);
end $function$;
grant execute on function policy.make(uuid,integer) to samaan_app;

CREATE OR REPLACE FUNCTION policy.name_body()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
begin
  new.organisation_id := case new.basis
    when 'order' then (select o.organisation_id from justice.court_order o where o.id = new.basis_id)
    when 'vital-interest' then (select v.organisation_id from justice.vital_interest v where v.id = new.basis_id)
    when 'consent' then (select r.recipients[1] from consent.record r where r.id = new.basis_id)
  end;
  return new;
end $function$;

CREATE OR REPLACE FUNCTION policy.refuse_hidden()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
begin
  if policy.is_hidden(new.case_id, new.principal) then
    raise exception using errcode = '42501', message = 'hidden';
  end if;
  return new;
end $function$;

CREATE OR REPLACE FUNCTION policy.require_apart()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
begin
  if new.second_by is not null and old.second_by is null and new.state not in ('returned', 'not-upheld')
     and (auth.let_in(new.second_by, new.by_account, now()) or auth.let_in(new.by_account, new.second_by, now())) then
    raise exception using errcode = 'SM001', message = 'let in';
  end if;
  return new;
end $function$;

CREATE OR REPLACE FUNCTION policy.share(to_principal uuid, of_case uuid, given integer, told integer, referral uuid, consent uuid, valid_until timestamp with time zone)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
declare
  agreed consent.record;
  withheld int;
begin
  if (coalesce(policy.held(of_case), 0) & given) <> given or told not in (0, given) then
    raise exception using errcode = '42501', message = 'not held';
  end if;
  perform policy.lock_consent(share.consent, false);
  select * into agreed from consent.record r
  where r.id = share.consent and r.case_id = of_case and r.kind = 'given'
    and (r.expires_at is null or r.expires_at > now())
    and not exists (select 1 from consent.record w where w.withdraws = r.id);
  select coalesce(bit_or((w ->> 'compartments')::int), 0) into withheld
  from jsonb_array_elements(agreed.withhold) w where (w ->> 'recipient')::uuid = to_principal;
  if agreed.id is null or not to_principal = any (agreed.recipients)
     or (agreed.compartments & ~withheld & given) <> given
     or not (case when told = 0 then 'services' else 'identification' end) = any (agreed.purposes) then
    raise exception using errcode = '42501', message = 'not agreed';
  end if;
  insert into policy.case_access (principal, case_id, basis, basis_id, compartments, shared, consent_id, until)
  values (to_principal, of_case, 'share', referral, given, told, share.consent,
          least(valid_until, coalesce(agreed.expires_at, 'infinity')));
end $function$;
grant execute on function policy.share(uuid,uuid,integer,integer,uuid,uuid,timestamp with time zone) to samaan_app;

CREATE OR REPLACE PROCEDURE policy.show_glimpses(IN of_table regclass, IN wanted integer)
 LANGUAGE plpgsql
AS $procedure$
begin
  execute format('create policy glimpsed on %s for select to samaan_app using (exists (select 1 from policy.case_glimpse g
    where g.case_id = %s.case_id and g.until > now() and g.compartments & %s <> 0
      and (g.basis <> ''break-glass'' or (select current_setting(''samaan.compartments'', true))::int & %s <> 0)))',
    of_table, (parse_ident(of_table::text))[2], wanted, wanted);
end $procedure$;

CREATE OR REPLACE FUNCTION policy.unshare(from_principal uuid, of_case uuid, referral uuid)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
begin
  if not from_principal = any (current_setting('samaan.principals', true)::uuid[]) and policy.held(of_case) is null
     and not exists (select 1 from referrals.referral r where r.id = unshare.referral and r.case_id = of_case
                     and r.from_account = current_setting('samaan.user', true)::uuid) then
    raise exception using errcode = '42501', message = 'not held';
  end if;
  delete from policy.case_access a
  where a.principal = from_principal and a.case_id = of_case and a.basis = 'share' and a.basis_id = referral;
end $function$;
grant execute on function policy.unshare(uuid,uuid,uuid) to samaan_app;

CREATE OR REPLACE FUNCTION policy.visited()
 RETURNS uuid
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
  select v.case_id from policy.visit v
  where v.token_hash = decode(nullif(current_setting('samaan.visit', true), ''), 'hex') and v.until > now()
    and not policy.is_hidden(v.case_id, '00000000-0000-0000-0000-000000000000')
$function$;
grant execute on function policy.visited() to samaan_app;

CREATE OR REPLACE FUNCTION referrals.asks(of_id uuid)
 RETURNS boolean
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
  select exists (select 1 from referrals.referral r
    where r.id = of_id and not policy.is_hidden(r.case_id, me.id)
      and (me.role in ('officer', 'intake', 'coordinator') and r.from_account = me.id
        or me.role = 'intake' and r.from_organisation = any (me.principals)
        or me.role = 'coordinator' and exists (select 1 from policy.case_access a
          where a.case_id = r.case_id and a.basis = 'assigned' and a.principal = me.id and a.until > now())))
  from (select nullif(current_setting('samaan.user', true), '')::uuid as id, current_setting('samaan.role', true) as role,
    nullif(current_setting('samaan.principals', true), '')::uuid[] as principals) me
$function$;

CREATE OR REPLACE FUNCTION referrals.by_link()
 RETURNS TABLE(id uuid, case_id uuid, country text, slot bigint, reference text, service text, urgency text, status text, place text, place_taken text, from_name text, person text, organisation uuid, name text, opens integer, sealed_message bytea, sealed_answer bytea, sealed_identity bytea, sent_at timestamp with time zone, due_at timestamp with time zone, version integer)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
  select r.id, r.case_id, r.country, f.key_slot, f.reference, r.service, r.urgency, r.status, r.place, r.place_taken, a.name, p.name,
    b.id, b.name, s.compartments, r.sealed_message, r.sealed_answer,
    case when s.compartments & 1 <> 0 then i.sealed end, r.sent_at, r.due_at, r.version
  from referrals.referral r join cases.folder f on f.id = r.case_id
  join policy.case_access s on s.case_id = r.case_id and s.basis = 'share' and s.basis_id = r.id and s.principal = r.to_organisation
  join directory.organisation a on a.id = r.from_organisation
  join directory.organisation b on b.id = r.to_organisation
  left join auth.account p on p.id = r.from_account
  left join cases.identity i on i.case_id = r.case_id
  where r.id = referrals.linked()
$function$;
grant execute on function referrals.by_link() to samaan_app;

CREATE OR REPLACE FUNCTION referrals.close_round(of_round uuid, as_state text, because text)
 RETURNS integer
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
declare
  touched integer;
begin
  update referrals.round o set state = close_round.as_state, ended_at = now() where o.id = close_round.of_round and o.state = 'asking';
  get diagnostics touched = row_count;
  if touched = 0 then return 0; end if;
  delete from referrals.turn t where t.round_id = close_round.of_round;
  with back as (
    update referrals.referral r set status = 'revoked', version = r.version + 1
    where r.round_id = close_round.of_round and r.status in ('sent', 'acknowledged')
    returning r.id, r.case_id, r.to_organisation),
  closed as (
    delete from policy.case_access a using back b
    where a.basis = 'share' and a.basis_id = b.id and a.case_id = b.case_id and a.principal = b.to_organisation)
  insert into cases.timeline (id, case_id, event, organisation_id)
  select gen_random_uuid(), b.case_id, close_round.because, b.to_organisation from back b;
  return touched;
end $function$;

CREATE OR REPLACE FUNCTION referrals.count_link_failure(of_buckets bytea[])
 RETURNS void
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
  delete from referrals.link_failure f where f.at < now() - interval '1 day';
  insert into referrals.link_failure as f (bucket, failures, at) select b, 1, now() from unnest(of_buckets) as b order by b
  on conflict (bucket) do update
    set failures = case when f.at < now() - interval '1 hour' then 1 else f.failures + 1 end, at = now();
$function$;
grant execute on function referrals.count_link_failure(bytea[]) to samaan_app;

CREATE OR REPLACE FUNCTION referrals.doors_of(of_referral uuid)
 RETURNS TABLE(stands boolean, signs_in boolean, link_id uuid, link_at timestamp with time zone, link_by text, opened_at timestamp with time zone, ended_at timestamp with time zone, ended_by uuid, paper_id uuid, paper_at timestamp with time zone, paper_by text, sealed_to text, abroad boolean, answered_at timestamp with time zone, paper_live boolean, mail_state text)
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
begin
  if referrals.asks(of_referral) is not true then
    raise exception using errcode = '42501', message = 'not theirs';
  end if;
  return query
    select referrals.stands(r.id),
      exists (select 1 from auth.assignment s join auth.account q on q.id = s.account_id and q.status = 'active'
        where s.organisation_id = r.to_organisation and s.confirmed_at is not null and s.until > now()
          and s.role in ('intake', 'provider', 'shelter-manager')),
      l.id, l.made_at, lp.name, l.opened_at, l.ended_at, l.ended_by,
      p.id, p.made_at, pp.name, p.sealed_to, p.abroad, p.answered_at, p.ended_at is null and p.id is not null,
      l.mail_state
    from referrals.referral r
    left join lateral (select * from referrals.link x where x.referral_id = r.id order by x.made_at desc, x.id desc limit 1) l on true
    left join auth.account lp on lp.id = l.made_by
    left join lateral (select * from referrals.paper x where x.referral_id = r.id order by x.made_at desc, x.id desc limit 1) p on true
    left join auth.account pp on pp.id = p.made_by
    where r.id = of_referral;
end $function$;
grant execute on function referrals.doors_of(uuid) to samaan_app;

CREATE OR REPLACE FUNCTION referrals.drop_feedback(of_id uuid, by_whom uuid, of_event uuid)
 RETURNS integer
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
declare
  of_case uuid;
begin
  delete from referrals.feedback f where f.referral_id = of_id and (by_whom is null or f.told_to is not null)
  returning f.case_id into of_case;
  if of_case is null then return 0; end if;
  insert into cases.timeline (id, case_id, event, account_id) values (of_event, of_case, 'referral.feedback-taken-back', by_whom);
  return 1;
end $function$;

CREATE OR REPLACE FUNCTION referrals.end_consent(consent uuid)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
begin
  perform policy.lock_consent(end_consent.consent, true);
  if not exists (select 1 from consent.record w where w.withdraws = end_consent.consent) then
    raise exception using errcode = '42501', message = 'not withdrawn';
  end if;
  update referrals.round o set state = 'stopped', ended_at = now() where o.consent_id = end_consent.consent and o.state = 'asking';
  delete from referrals.turn t using referrals.round o where o.id = t.round_id and o.consent_id = end_consent.consent;
  update referrals.referral r set status = 'revoked', version = r.version + 1
  where r.consent_id = end_consent.consent and r.status in ('sent', 'acknowledged');
end $function$;
grant execute on function referrals.end_consent(uuid) to samaan_app;

CREATE OR REPLACE FUNCTION referrals.end_link(of_referral uuid)
 RETURNS integer
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
declare
  ended uuid;
begin
  if referrals.asks(of_referral) is not true then
    raise exception using errcode = '42501', message = 'not theirs';
  end if;
  update referrals.link l set ended_at = now(), ended_by = nullif(current_setting('samaan.user', true), '')::uuid
  where l.referral_id = of_referral and l.ended_at is null returning l.id into ended;
  update referrals.link_visit v set ended_at = now() where v.link_id = ended and v.ended_at is null;
  return case when ended is null then 0 else 1 end;
end $function$;
grant execute on function referrals.end_link(uuid) to samaan_app;

CREATE OR REPLACE FUNCTION referrals.end_link_visit()
 RETURNS void
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
  update referrals.link_visit v set ended_at = now()
  where v.token_hash = decode(nullif(current_setting('samaan.link', true), ''), 'hex') and v.ended_at is null
$function$;
grant execute on function referrals.end_link_visit() to samaan_app;

CREATE OR REPLACE FUNCTION referrals.end_round(of_round uuid)
 RETURNS text
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
declare
  became text;
begin
  select case when bool_or(r.status in ('accepted', 'partly-accepted', 'in-service', 'done', 'ended')) then 'answered'
    when bool_and(r.status = 'revoked')
      or o.way = 'in-turn' and (array_agg(r.status order by r.sent_at desc, r.id desc))[1] = 'revoked' then 'stopped' else 'nobody' end into became
  from referrals.round o join referrals.referral r on r.round_id = o.id where o.id = end_round.of_round group by o.way;
  if referrals.close_round(end_round.of_round, coalesce(became, 'nobody'), 'referral.revoked') = 0 then return null; end if;
  return became;
end $function$;
grant execute on function referrals.end_round(uuid) to samaan_jobs;

CREATE OR REPLACE FUNCTION referrals.expire(at timestamp with time zone)
 RETURNS TABLE(id uuid, case_id uuid, to_organisation uuid)
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
begin
  return query
    with over as (
      select r.id from referrals.referral r
      where r.expires_at < expire.at and r.kind = 'service' and r.status in ('sent', 'acknowledged')
      limit 500 for update skip locked),
    told as (
      update referrals.referral r set status = 'expired', version = r.version + 1
      where r.id in (select o.id from over o) returning r.id, r.case_id, r.to_organisation),
    closed as (
      delete from policy.case_access a using told t
      where a.basis = 'share' and a.basis_id = t.id and a.case_id = t.case_id and a.principal = t.to_organisation)
    select t.id, t.case_id, t.to_organisation from told t;
end $function$;
grant execute on function referrals.expire(timestamp with time zone) to samaan_jobs;

CREATE OR REPLACE FUNCTION referrals.feedback_of(of_id uuid)
 RETURNS TABLE(own boolean, told_to text, said_at timestamp with time zone, respect text, explained text, agreed text, safe text, again text, sealed_words bytea)
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
declare
  opens boolean := referrals.hears(of_id, true);
begin
  if referrals.hears(of_id, false) is not true then
    raise exception using errcode = '42501', message = 'not theirs';
  end if;
  return query
    select f.told_to is null, p.name, f.said_at,
      case when opens then f.respect end, case when opens then f.explained end, case when opens then f.agreed end,
      case when opens then f.safe end, case when opens then f.again end,
      case when opens and current_setting('samaan.compartments', true)::int & 2 <> 0 then f.sealed_words end
    from referrals.feedback f left join auth.account p on p.id = f.told_to where f.referral_id = of_id;
end $function$;
grant execute on function referrals.feedback_of(uuid) to samaan_app;

CREATE OR REPLACE FUNCTION referrals.hears(of_id uuid, reads boolean)
 RETURNS boolean
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
  select not referrals.works_for_asked(of_id) and exists (select 1 from referrals.referral r
    join policy.case_access a on a.case_id = r.case_id and a.until > now() and a.principal = any (me.principals)
    where r.id = of_id and r.kind = 'service' and not policy.is_hidden(r.case_id, me.id)
      and (me.role = 'coordinator' and a.basis = 'assigned'
        or me.role = 'intake' and a.basis = 'holder'
        or not reads and me.role in ('officer', 'intake') and a.basis = 'own' and r.from_account = me.id))
  from (select nullif(current_setting('samaan.user', true), '')::uuid as id, current_setting('samaan.role', true) as role,
    nullif(current_setting('samaan.principals', true), '')::uuid[] as principals) me
$function$;

CREATE OR REPLACE FUNCTION referrals.hold_round(of_referral uuid)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
begin
  perform 1 from referrals.round o
  where o.id = (select r.round_id from referrals.referral r where r.id = hold_round.of_referral
    and r.to_organisation = any (current_setting('samaan.principals', true)::uuid[]))
  for no key update;
end $function$;
grant execute on function referrals.hold_round(uuid) to samaan_app;

CREATE OR REPLACE FUNCTION referrals.keep_order()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog'
AS $function$
declare
  answers boolean := new.status in ('accepted', 'partly-accepted', 'declined');
  ends boolean := new.status in ('done', 'ended');
begin
  if not (case old.status
    when 'sent' then answers or new.status in ('acknowledged', 'revoked')
    when 'acknowledged' then answers or new.status = 'revoked'
    when 'accepted' then new.kind = 'service' and (ends or new.status = 'in-service')
    when 'partly-accepted' then new.kind = 'service' and (ends or new.status = 'in-service')
    when 'in-service' then ends
    else false end) then
    raise exception using errcode = '42501', message = 'not the next step';
  end if;
  -- Each step writes what is its own; what was said before stays as it was said.
  if new.acknowledged_at is distinct from old.acknowledged_at and new.status <> 'acknowledged'
     or (new.answered_at, new.answered_by, new.decline_reason, new.sealed_answer)
       is distinct from (old.answered_at, old.answered_by, old.decline_reason, old.sealed_answer) and not answers
     or new.place_taken is distinct from old.place_taken
       and not (case when old.place_taken is null then answers and new.status <> 'declined' else ends and new.place_taken is null end)
     or new.began_at is distinct from old.began_at and new.status <> 'in-service'
     or (new.finished_at, new.outcome, new.end_reason) is distinct from (old.finished_at, old.outcome, old.end_reason) and not ends then
    raise exception using errcode = '42501', message = 'not part of this step';
  end if;
  return new;
end $function$;

CREATE OR REPLACE FUNCTION referrals.link_failures(of_buckets bytea[])
 RETURNS SETOF integer
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
  select coalesce((select f.failures from referrals.link_failure f where f.bucket = b and f.at > now() - interval '1 hour'), 0)
  from unnest(of_buckets) with ordinality as t (b, at) order by t.at
$function$;
grant execute on function referrals.link_failures(bytea[]) to samaan_app;

CREATE OR REPLACE FUNCTION referrals.link_mail_due(at timestamp with time zone)
 RETURNS TABLE(id uuid, country text, urgency text, sealed_mail bytea, tries integer, reminded integer)
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
begin
  update referrals.link l set sealed_mail = null, mail_next = null
  where l.id in (select x.id from referrals.link x join referrals.referral r on r.id = x.referral_id
    where x.sealed_mail is not null
      and (x.ended_at is not null or r.status not in ('sent', 'acknowledged') or not referrals.stands(r.id))
    for update of x skip locked);
  return query
    select l.id, r.country, r.urgency, l.sealed_mail, l.mail_tries, r.reminded::int
    from referrals.link l join referrals.referral r on r.id = l.referral_id
    where l.sealed_mail is not null and l.ended_at is null and r.status in ('sent', 'acknowledged') and referrals.stands(r.id)
      and (l.mail_next <= link_mail_due.at or l.mail_next is null and r.reminded > l.mail_reminded)
    order by l.mail_next nulls last, l.id
    limit 50 for update of l skip locked;
end $function$;
grant execute on function referrals.link_mail_due(timestamp with time zone) to samaan_jobs;

CREATE OR REPLACE FUNCTION referrals.link_mailed(of_id uuid, became text, rest bytea, tried integer, told integer, next_at timestamp with time zone)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
begin
  update referrals.link l set mail_state = case when became = 'waiting' then l.mail_state else became end, mail_tries = tried,
    mail_next = next_at, mail_reminded = case when became = 'sent' then told else l.mail_reminded end, sealed_mail = rest
  where l.id = of_id;
  if became = 'refused' then
    update referrals.referral r set unreached_at = now() from referrals.link l where l.id = of_id and r.id = l.referral_id;
  end if;
end $function$;
grant execute on function referrals.link_mailed(uuid,text,bytea,integer,integer,timestamp with time zone) to samaan_jobs;

CREATE OR REPLACE FUNCTION referrals.linked()
 RETURNS uuid
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
  select l.referral_id from referrals.link_visit v join referrals.link l on l.id = v.link_id and l.ended_at is null
  where v.token_hash = decode(nullif(current_setting('samaan.link', true), ''), 'hex')
    and v.ended_at is null and v.until > now() and referrals.stands(l.referral_id)
$function$;

CREATE OR REPLACE FUNCTION referrals.make_link(of_id uuid, of_referral uuid, of_lookup bytea, of_code bytea, of_mail bytea)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
declare
  me uuid := nullif(current_setting('samaan.user', true), '')::uuid;
  of_case uuid;
begin
  select r.case_id into of_case from referrals.referral r where r.id = of_referral for update;
  if referrals.asks(of_referral) is not true or not referrals.stands(of_referral) then
    raise exception using errcode = '42501', message = 'not theirs';
  end if;
  update referrals.link_visit v set ended_at = now()
  from referrals.link l where l.id = v.link_id and l.referral_id = of_referral and v.ended_at is null;
  update referrals.link l set ended_at = now(), ended_by = me where l.referral_id = of_referral and l.ended_at is null;
  insert into referrals.link (id, case_id, referral_id, lookup, code, made_by, sealed_mail, mail_state, mail_next)
  values (of_id, of_case, of_referral, of_lookup, of_code, me, of_mail, case when of_mail is not null then 'waiting' end,
    case when of_mail is not null then now() end);
  update referrals.referral r set unreached_at = null where r.id = of_referral and r.unreached_at is not null;
end $function$;
grant execute on function referrals.make_link(uuid,uuid,bytea,bytea,bytea) to samaan_app;

CREATE OR REPLACE FUNCTION referrals.make_paper(of_id uuid, of_referral uuid, of_code bytea, sealed text, leaves boolean)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
declare
  of_case uuid;
begin
  select r.case_id into of_case from referrals.referral r where r.id = of_referral for update;
  if referrals.asks(of_referral) is not true or not referrals.stands(of_referral)
     or leaves and not exists (select 1 from referrals.referral r join consent.record c on c.id = r.consent_id
       where r.id = of_referral and 'cross-border' = any (c.purposes) and r.to_organisation = any (c.recipients)) then
    raise exception using errcode = '42501', message = 'not theirs';
  end if;
  update referrals.paper p set ended_at = now() where p.referral_id = of_referral and p.ended_at is null;
  insert into referrals.paper (id, case_id, referral_id, code, sealed_to, abroad, made_by)
  values (of_id, of_case, of_referral, of_code, sealed, leaves, nullif(current_setting('samaan.user', true), '')::uuid);
end $function$;
grant execute on function referrals.make_paper(uuid,uuid,bytea,text,boolean) to samaan_app;

CREATE OR REPLACE FUNCTION referrals.note_asker()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog'
AS $function$
begin
  new.ended_by_asker := not new.to_organisation = any (nullif(current_setting('samaan.principals', true), '')::uuid[]);
  return new;
end $function$;

CREATE OR REPLACE FUNCTION referrals.note_part()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog'
AS $function$
begin
  new.in_part := true;
  return new;
end $function$;

CREATE OR REPLACE FUNCTION referrals.open_link(of_lookup bytea, of_code bytea, of_visit uuid, of_token bytea, of_event uuid)
 RETURNS TABLE(opened boolean, of_case uuid, organisation uuid)
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
declare
  found referrals.link;
  asked uuid;
begin
  select * into found from referrals.link l where l.lookup = of_lookup for update;
  if found.id is null or found.ended_at is not null or not referrals.stands(found.referral_id) then return; end if;
  select r.to_organisation into asked from referrals.referral r where r.id = found.referral_id;
  if found.code <> of_code then
    update referrals.link l set wrong = l.wrong + 1, ended_at = case when l.wrong = 9 then now() end where l.id = found.id;
    if found.wrong = 9 then
      update referrals.link_visit v set ended_at = now() where v.link_id = found.id and v.ended_at is null;
      insert into cases.timeline (id, case_id, event, organisation_id, about)
      values (of_event, found.case_id, 'referral.link-closed', asked, '{"by":"link"}');
      return query select false, found.case_id, asked;
    end if;
    return;
  end if;
  update referrals.link l set opened_at = now() where l.id = found.id;
  update referrals.link_visit v set ended_at = now() where v.link_id = found.id and v.ended_at is null;
  insert into referrals.link_visit (id, case_id, link_id, token_hash, until)
  values (of_visit, found.case_id, found.id, of_token, now() + interval '15 minutes');
  insert into cases.timeline (id, case_id, event, organisation_id, about)
  values (of_event, found.case_id, 'referral.link-read', asked, '{"by":"link"}');
  return query select true, found.case_id, asked;
end $function$;
grant execute on function referrals.open_link(bytea,bytea,uuid,bytea,uuid) to samaan_app;

CREATE OR REPLACE FUNCTION referrals.own_helps()
 RETURNS TABLE(id uuid, kind text, said boolean)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
  select r.id, o.kind, f.referral_id is not null
  from referrals.referral r join directory.organisation o on o.id = r.to_organisation
  left join referrals.feedback f on f.referral_id = r.id
  where r.case_id = policy.visited() and r.kind = 'service' and r.status in ('in-service', 'done', 'ended')
  order by r.sent_at, r.id
$function$;
grant execute on function referrals.own_helps() to samaan_app;

CREATE OR REPLACE FUNCTION referrals.pace()
 RETURNS TABLE(organisation uuid, minutes integer)
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
begin
  if not exists (select 1 from auth.working w where w.role in ('officer', 'intake', 'coordinator')) then
    raise exception using errcode = '42501', message = 'refers nobody';
  end if;
  return query
    select r.to_organisation, (percentile_cont(0.5) within group (order by extract(epoch from r.answered_at - r.sent_at)) / 60)::integer
    from referrals.referral r
    where r.country = current_setting('samaan.country', true) and r.answered_at > now() - interval '90 days'
    group by r.to_organisation having count(*) >= 5;
end $function$;
grant execute on function referrals.pace() to samaan_app;

CREATE OR REPLACE FUNCTION referrals.pass_on(of_turn uuid, at timestamp with time zone, warns timestamp with time zone, due timestamp with time zone, expires timestamp with time zone, reminds timestamp with time zone[])
 RETURNS uuid
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
declare
  next referrals.turn;
  asking referrals.round;
  agreed consent.record;
  withheld integer;
  held integer;
begin
  -- The consent before any row, as everywhere: whoever withdraws it waits for nobody who waits for them.
  perform policy.lock_consent(o.consent_id, false) from referrals.round o join referrals.turn t on t.round_id = o.id where t.id = pass_on.of_turn;
  select o.* into asking from referrals.round o
  where o.id = (select t.round_id from referrals.turn t where t.id = pass_on.of_turn) and o.state = 'asking' for no key update;
  delete from referrals.turn t where t.id = pass_on.of_turn and t.round_id = asking.id
    and not exists (select 1 from referrals.referral r where r.round_id = asking.id and r.status in ('sent', 'acknowledged'))
  returning t.* into next;
  if next.id is null then return null; end if;
  select * into agreed from consent.record r
  where r.id = asking.consent_id and r.case_id = asking.case_id and r.kind = 'given' and 'services' = any (r.purposes)
    and next.to_organisation = any (r.recipients) and (r.expires_at is null or r.expires_at > pass_on.at)
    and not exists (select 1 from consent.record w where w.withdraws = r.id);
  if agreed.id is null then return null; end if;
  select coalesce(bit_or((w ->> 'compartments')::int), 0) into withheld
  from jsonb_array_elements(agreed.withhold) w where (w ->> 'recipient')::uuid = next.to_organisation;
  select coalesce(bit_or(a.compartments | a.shared), 0) into held from policy.case_access a
  where a.case_id = asking.case_id and a.until > now() and a.basis <> 'share'
    and a.principal in (asking.from_account, asking.from_organisation);
  if (agreed.compartments & ~withheld & held & asking.shared) <> asking.shared
     or exists (select 1 from policy.case_hidden h where h.case_id = asking.case_id)
     or exists (select 1 from policy.case_merged m where m.case_id = asking.case_id)
     or exists (select 1 from cases.folder f where f.id = asking.case_id and f.status = 'closed')
     or not exists (select 1 from auth.account p join auth.assignment s on s.account_id = p.id
          where p.id = asking.from_account and p.status = 'active' and s.organisation_id = asking.from_organisation
            and s.role in ('officer', 'intake', 'coordinator') and s.confirmed_at is not null and s.until > now())
     or not exists (select 1 from directory.organisation g where g.id = next.to_organisation and g.active)
     or next.offer_id is not null and not exists (select 1 from directory.service s where s.id = next.offer_id and s.active) then
    return null;
  end if;
  insert into referrals.referral (id, case_id, country, kind, service, offer_id, place, expires_at, from_organisation, from_account,
    to_organisation, urgency, status, consent_id, shared, sealed_message, due_at, warn_at, sent_at, round_id, remind_at)
  values (next.id, asking.case_id, asking.country, 'service', asking.service, next.offer_id, next.place, pass_on.expires,
    asking.from_organisation, asking.from_account, next.to_organisation, asking.urgency, 'sent', asking.consent_id, asking.shared,
    next.sealed_message, pass_on.due, pass_on.warns, pass_on.at, asking.id, pass_on.reminds);
  insert into policy.case_access (principal, case_id, basis, basis_id, compartments, shared, consent_id, until)
  values (next.to_organisation, asking.case_id, 'share', next.id, asking.shared, 0, asking.consent_id, coalesce(agreed.expires_at, 'infinity'));
  return next.id;
end $function$;
grant execute on function referrals.pass_on(uuid,timestamp with time zone,timestamp with time zone,timestamp with time zone,timestamp with time zone,timestamp with time zone[]) to samaan_jobs;

CREATE OR REPLACE FUNCTION referrals.performance(of_country boolean, quarter date)
 RETURNS TABLE(organisation uuid, name text, counts jsonb, reasons jsonb, ends jsonb, minutes integer)
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
declare
  land text := current_setting('samaan.country', true);
  since timestamptz := date_trunc('quarter', quarter::timestamp) at time zone 'UTC';
  before timestamptz := since + interval '3 months';
begin
  if of_country and not exists (select 1 from auth.working w join directory.organisation o on o.id = w.organisation_id
       where w.role = 'secretariat' or w.role in ('intake', 'coordinator', 'supervisor') and o.competent)
     or not of_country and not exists (select 1 from auth.working w where w.role in ('intake', 'coordinator', 'provider', 'shelter-manager')) then
    raise exception using errcode = '42501', message = 'counts nobody';
  end if;
  return query
    with asked as (
      select r.to_organisation as who, r.answered_at - r.sent_at as took, r.decline_reason, r.end_reason,
        case when r.status in ('sent', 'acknowledged') then 'waiting' when r.status in ('declined', 'expired', 'revoked') then r.status
          when r.in_part then 'partly' when r.status in ('done', 'ended') then r.status
          else 'accepted' end as became
      from referrals.referral r
      where r.country = land and r.sent_at >= since and r.sent_at < before
        and (performance.of_country or r.to_organisation in (select w.organisation_id from auth.working w))),
    one as (
      select a.who,
        jsonb_build_object('accepted', count(*) filter (where a.became = 'accepted'), 'partly', count(*) filter (where a.became = 'partly'),
          'done', count(*) filter (where a.became = 'done'), 'ended', count(*) filter (where a.became = 'ended'),
          'declined', count(*) filter (where a.became = 'declined'), 'expired', count(*) filter (where a.became = 'expired'),
          'revoked', count(*) filter (where a.became = 'revoked'), 'waiting', count(*) filter (where a.became = 'waiting')) as became,
        case when count(a.took) >= 5 or not performance.of_country then
          (percentile_cont(0.5) within group (order by extract(epoch from a.took)) / 60)::integer end as usual
      from asked a group by a.who),
    why as (
      select a.who, a.decline_reason as reason, a.end_reason as ending, count(*) as n
      from asked a where a.became in ('declined', 'ended') group by 1, 2, 3),
    said as (
      select w.who, jsonb_object_agg(w.reason, w.n) filter (where w.reason is not null) as declined,
        jsonb_object_agg(w.ending, w.n) filter (where w.ending is not null) as ended
      from why w group by w.who),
    told as (
      select one.who, o.name, one.usual, one.became, coalesce(s.declined, '{}') as declined, coalesce(s.ended, '{}') as ended
      from one join directory.organisation o on o.id = one.who left join said s on s.who = one.who)
    select t.who, t.name, t.counts,
      case when performance.of_country then referrals.withhold_parts(t.declined, t.counts -> 'declined') else t.declined end,
      case when performance.of_country then referrals.withhold_parts(t.ended, t.counts -> 'ended') else t.ended end,
      t.usual
    from (select x.who, x.name, x.usual, x.declined, x.ended,
        case when performance.of_country then referrals.withhold(x.became) else x.became end as counts from told x) t
    order by t.name, t.who;
end $function$;
grant execute on function referrals.performance(boolean,date) to samaan_app;

CREATE OR REPLACE FUNCTION referrals.put_feedback(of_id uuid, answers text[], words bytea, by_whom uuid, of_event uuid)
 RETURNS integer
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
declare
  touched int;
  of_case uuid;
begin
  select r.case_id into of_case from referrals.referral r
  where r.id = of_id and r.kind = 'service' and r.status in ('in-service', 'done', 'ended') for no key update;
  if of_case is null then return 0; end if;
  insert into referrals.feedback as f (referral_id, case_id, respect, explained, agreed, safe, again, sealed_words, told_to)
  values (of_id, of_case, answers[1], answers[2], answers[3], answers[4], answers[5], words, by_whom)
  on conflict (referral_id) do update
    set respect = excluded.respect, explained = excluded.explained, agreed = excluded.agreed, safe = excluded.safe, again = excluded.again,
      sealed_words = excluded.sealed_words, told_to = excluded.told_to, said_at = now()
    -- What the person wrote is changed by the person alone.
    where by_whom is null or f.told_to is not null;
  get diagnostics touched = row_count;
  if touched = 1 then
    insert into cases.timeline (id, case_id, event, account_id) values (of_event, of_case, 'referral.feedback', by_whom);
  end if;
  return touched;
end $function$;

CREATE OR REPLACE FUNCTION referrals.reached()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
begin
  update referrals.referral r set unreached_at = null where r.id = new.referral_id and r.unreached_at is not null;
  return null;
end $function$;

CREATE OR REPLACE FUNCTION referrals.reaches_where(of_id uuid, reads boolean)
 RETURNS boolean
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
  select exists (select 1 from referrals.referral r
    join policy.case_access a on a.case_id = r.case_id and a.until > now() and a.principal = any (me.principals)
    where r.id = of_id and r.kind = 'service' and me.opens & 8 <> 0 and not policy.is_hidden(r.case_id, me.id)
      and (me.role = 'shelter-manager' and a.basis = 'share' and a.basis_id = r.id and a.principal = r.to_organisation and a.accepted
        or reads and me.role = 'coordinator' and a.basis = 'assigned'))
  from (select nullif(current_setting('samaan.user', true), '')::uuid as id, current_setting('samaan.role', true) as role,
    nullif(current_setting('samaan.compartments', true), '')::int as opens,
    nullif(current_setting('samaan.principals', true), '')::uuid[] as principals) me
$function$;

CREATE OR REPLACE FUNCTION referrals.received(of_case uuid)
 RETURNS TABLE(id uuid, organisation text, kind text, service text, status text, shared integer, sent_at timestamp with time zone, first_read timestamp with time zone, last_read timestamp with time zone, reads integer, consent_id uuid, ended_at timestamp with time zone, stands boolean, keeps boolean)
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
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
    union all
    select c.id, o.name, 'consent', null, null, c.compartments, c.recorded_at, e.first, e.last, coalesce(e.times, 0)::int,
      c.id, w.recorded_at, w.id is null and c.expires_at > now(), false
    from consent.record c
    join directory.organisation o on o.id = c.recipients[1]
    left join consent.record w on w.withdraws = c.id
    left join lateral (
      -- each reading goes by a receipt, and is an event of its own
      select min(v.at) as first, max(v.at) as last, count(*) as times from audit.event v
      where v.case_id = of_case and v.operation = 'justice.readHanded'
        and v.body::jsonb ->> 'basis' = c.id::text and v.body::jsonb ->> 'outcome' = 'done'
    ) e on true
    where c.case_id = of_case and c.to_police and c.kind = 'given' and justice.has_place(of_case, '{coordinator}')
    order by 7, 1;
end $function$;
grant execute on function referrals.received(uuid) to samaan_app;

CREATE OR REPLACE FUNCTION referrals.remind(at timestamp with time zone)
 RETURNS TABLE(id uuid, case_id uuid, to_organisation uuid)
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
begin
  return query
    with due as (
      select r.id from referrals.referral r
      where r.status in ('sent', 'acknowledged') and r.remind_at[r.reminded + 1] <= remind.at
      limit 500 for update skip locked),
    told as (
      update referrals.referral r set reminded = (select count(*) from unnest(r.remind_at) one where one <= remind.at)
      where r.id in (select d.id from due d) returning r.id, r.case_id, r.to_organisation)
    select t.id, t.case_id, t.to_organisation from told t
    where exists (select 1 from policy.case_access a where a.case_id = t.case_id and a.basis = 'share' and a.basis_id = t.id
      and a.until > remind.at);
end $function$;
grant execute on function referrals.remind(timestamp with time zone) to samaan_jobs;

CREATE OR REPLACE FUNCTION referrals.rounds_due(at timestamp with time zone)
 RETURNS TABLE(round_id uuid, case_id uuid, country text, urgency text, turn_id uuid, to_organisation uuid, consent_id uuid, shared integer, hours jsonb, open_on_holidays boolean, heard jsonb, on_call boolean)
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
begin
  return query
    select o.id, o.case_id, o.country, o.urgency, t.id, t.to_organisation, o.consent_id, o.shared, s.hours, s.open_on_holidays,
      (select coalesce(jsonb_agg(jsonb_build_object('hours', k.hours, 'open_on_holidays', k.open_on_holidays)), '[]')
        from directory.service k where case when t.offer_id is not null then k.id = t.offer_id
          else k.organisation_id = t.to_organisation and k.kind = o.service and k.active end),
      exists (select 1 from directory.on_call c join auth.assignment a on a.account_id = c.account_id and a.organisation_id = c.organisation_id
          and a.confirmed_at is not null and a.until > rounds_due.at
        join auth.account p on p.id = c.account_id and p.status = 'active'
        where c.organisation_id = t.to_organisation and c.starts_at <= rounds_due.at and c.ends_at > rounds_due.at)
    from referrals.round o
    left join lateral (select r.status from referrals.referral r where r.round_id = o.id order by r.sent_at desc, r.id desc limit 1) last on true
    left join lateral (select u.* from referrals.turn u where u.round_id = o.id and last.status <> 'revoked' order by u.number limit 1) t on true
    left join directory.service s on s.id = t.offer_id
    where o.state = 'asking'
      and not exists (select 1 from referrals.referral r where r.round_id = o.id and r.status in ('sent', 'acknowledged'))
    order by o.id limit 500;
end $function$;
grant execute on function referrals.rounds_due(timestamp with time zone) to samaan_jobs;

CREATE OR REPLACE FUNCTION referrals.say_own(of_id uuid, answers text[], words bytea, of_event uuid)
 RETURNS integer
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
  select referrals.put_feedback(r.id, answers, words, null, of_event) from referrals.referral r
  where r.id = of_id and r.case_id = policy.visited()
$function$;
grant execute on function referrals.say_own(uuid,text[],bytea,uuid) to samaan_app;

CREATE OR REPLACE FUNCTION referrals.say_where(of_id uuid, row_id uuid, words bytea, on_version integer, of_event uuid)
 RETURNS integer
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
declare
  of_case uuid;
  last int;
  standing boolean;
begin
  if referrals.reaches_where(of_id, false) is not true then
    raise exception using errcode = '42501', message = 'not theirs';
  end if;
  select r.case_id into of_case from referrals.referral r
  where r.id = of_id and r.status in ('accepted', 'partly-accepted', 'in-service') for no key update;
  if of_case is null then return -1; end if;
  select w.version, w.sealed is not null into last, standing from referrals.whereabouts w
  where w.referral_id = of_id order by w.version desc limit 1;
  if coalesce(last, 0) <> on_version then return 0; end if;
  if words is null and standing is not true then return -1; end if;
  insert into referrals.whereabouts (id, referral_id, case_id, version, sealed, by_account)
  values (row_id, of_id, of_case, on_version + 1, words, nullif(current_setting('samaan.user', true), '')::uuid);
  insert into cases.timeline (id, case_id, event, account_id)
  values (of_event, of_case, case when words is null then 'referral.where-taken-back' else 'referral.where-said' end,
    nullif(current_setting('samaan.user', true), '')::uuid);
  return 1;
end $function$;
grant execute on function referrals.say_where(uuid,uuid,bytea,integer,uuid) to samaan_app;

CREATE OR REPLACE FUNCTION referrals.settle_round(of_referral uuid)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
declare
  asked referrals.referral;
  way text;
begin
  select r.* into asked from referrals.referral r
  where r.id = settle_round.of_referral and r.round_id is not null and r.status in ('accepted', 'partly-accepted')
    and r.to_organisation = any (current_setting('samaan.principals', true)::uuid[])
    and r.answered_by = nullif(current_setting('samaan.user', true), '')::uuid;
  if asked.id is null then return; end if;
  select o.way into way from referrals.round o where o.id = asked.round_id;
  if asked.status = 'accepted' or way = 'in-turn' then
    perform referrals.close_round(asked.round_id, 'answered', 'referral.not-needed');
  end if;
end $function$;
grant execute on function referrals.settle_round(uuid) to samaan_app;

CREATE OR REPLACE FUNCTION referrals.skip_turn(of_turn uuid)
 RETURNS void
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
  delete from referrals.turn t where t.id = of_turn
    and not exists (select 1 from referrals.referral r where r.round_id = t.round_id and r.status in ('sent', 'acknowledged'))
$function$;
grant execute on function referrals.skip_turn(uuid) to samaan_jobs;

CREATE OR REPLACE FUNCTION referrals.stands(of_id uuid)
 RETURNS boolean
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
  select exists (select 1 from referrals.referral r
    join policy.case_access a on a.case_id = r.case_id and a.basis = 'share' and a.basis_id = r.id
      and a.principal = r.to_organisation and a.until > now()
    join directory.organisation o on o.id = r.to_organisation and o.active
    where r.id = of_id and r.kind = 'service'
      and r.status in ('sent', 'acknowledged', 'accepted', 'partly-accepted', 'in-service')
      and not policy.is_hidden(r.case_id, '00000000-0000-0000-0000-000000000000'))
$function$;

CREATE OR REPLACE FUNCTION referrals.step_by_link(at_version integer, next text, at timestamp with time zone, of_event uuid, about jsonb, of_answer bytea, of_reason text, of_outcome text)
 RETURNS integer
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
  select referrals.step_without_account(referrals.linked(), at_version, next, at, of_event, about || '{"by":"link"}',
    of_answer, of_reason, of_outcome, null)
$function$;
grant execute on function referrals.step_by_link(integer,text,timestamp with time zone,uuid,jsonb,bytea,text,text) to samaan_app;

CREATE OR REPLACE FUNCTION referrals.step_on_paper(of_referral uuid, of_code bytea, at_version integer, next text, at timestamp with time zone, of_event uuid, about jsonb, of_answer bytea, of_reason text, of_outcome text)
 RETURNS integer
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
declare
  me uuid := nullif(current_setting('samaan.user', true), '')::uuid;
  touched int;
begin
  if not referrals.try_paper(of_referral, of_code) then return 0; end if;
  touched := referrals.step_without_account(of_referral, at_version, next, at, of_event, about || '{"by":"paper"}',
    of_answer, of_reason, of_outcome, me);
  if touched = 1 then
    update referrals.paper p set answered_at = at, answered_by = me,
      ended_at = case when next in ('declined', 'done', 'ended') then at end
    where p.referral_id = of_referral and p.ended_at is null;
  end if;
  return touched;
end $function$;
grant execute on function referrals.step_on_paper(uuid,bytea,integer,text,timestamp with time zone,uuid,jsonb,bytea,text,text) to samaan_app;

CREATE OR REPLACE FUNCTION referrals.step_without_account(of_id uuid, at_version integer, next text, at timestamp with time zone, of_event uuid, about jsonb, of_answer bytea, of_reason text, of_outcome text, noted_by uuid)
 RETURNS integer
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
declare
  r referrals.referral;
  taken text;
  gives_back boolean;
begin
  -- The round, then the places, then the referral, as everybody who answers: nobody waits for who waits for them.
  perform 1 from referrals.round o where o.id = (select x.round_id from referrals.referral x where x.id = of_id) for no key update;
  perform 1 from directory.place p where p.service_id = (select x.offer_id from referrals.referral x where x.id = of_id)
  order by p.kind for no key update;
  select * into r from referrals.referral x where x.id = of_id for update;
  if r.id is null or r.version <> at_version or not referrals.stands(r.id) then return 0; end if;
  if not (case
    when r.status in ('sent', 'acknowledged') and next in ('accepted', 'partly-accepted', 'declined') then true
    when r.status = 'sent' then next = 'acknowledged'
    when r.status in ('accepted', 'partly-accepted') then next in ('in-service', 'done', 'ended')
    when r.status = 'in-service' then next in ('done', 'ended')
    else false end) then
    return 0;
  end if;
  if next in ('accepted', 'partly-accepted') and r.place is not null and r.offer_id is not null
     and exists (select 1 from directory.place p where p.service_id = r.offer_id) then
    update directory.place p set free = p.free - 1, told_at = at, version = p.version + 1
    where p.service_id = r.offer_id and p.kind = r.place and p.free > 0 returning p.kind into taken;
    if taken is null then
      update directory.place p set free = p.free - 1, told_at = at, version = p.version + 1
      where p.service_id = r.offer_id and p.kind = 'anybody' and p.free > 0 returning p.kind into taken;
    end if;
    if taken is null then return -1; end if;
  end if;
  gives_back := next in ('done', 'ended') and r.place_taken is not null;
  if gives_back then
    update directory.place p set free = p.free + 1, told_at = at, version = p.version + 1
    where p.service_id = r.offer_id and p.kind = r.place_taken and p.free < p.total;
  end if;
  update referrals.referral x set status = next, version = x.version + 1,
    acknowledged_at = case when next = 'acknowledged' then at else x.acknowledged_at end,
    answered_at = case when next in ('accepted', 'partly-accepted', 'declined') then at else x.answered_at end,
    answered_by = case when next in ('accepted', 'partly-accepted', 'declined') then noted_by else x.answered_by end,
    sealed_answer = case when next in ('accepted', 'partly-accepted', 'declined') then of_answer else x.sealed_answer end,
    decline_reason = case when next = 'declined' then of_reason else x.decline_reason end,
    place_taken = case when gives_back then null else coalesce(taken, x.place_taken) end,
    began_at = case when next = 'in-service' then at else x.began_at end,
    finished_at = case when next in ('done', 'ended') then at else x.finished_at end,
    outcome = case when next = 'done' then of_outcome end,
    end_reason = case when next = 'ended' then of_reason end
  where x.id = r.id;
  if next in ('accepted', 'partly-accepted') then
    update policy.case_access a set accepted = true
    where a.principal = r.to_organisation and a.case_id = r.case_id and a.basis = 'share' and a.basis_id = r.id;
  elsif next in ('declined', 'done', 'ended') then
    delete from policy.case_access a
    where a.principal = r.to_organisation and a.case_id = r.case_id and a.basis = 'share' and a.basis_id = r.id;
  end if;
  insert into cases.timeline (id, case_id, event, account_id, organisation_id, about)
  values (of_event, r.case_id, 'referral.' || case next when 'partly-accepted' then 'accepted' when 'in-service' then 'begun' else next end,
    noted_by, r.to_organisation, about);
  -- The others who were asked need not answer any more; a part leaves the rest to be found, where everybody was asked at once.
  if next = 'accepted' or next = 'partly-accepted' and exists (select 1 from referrals.round o where o.id = r.round_id and o.way = 'in-turn') then
    perform referrals.close_round(r.round_id, 'answered', 'referral.not-needed');
  end if;
  return 1;
end $function$;

CREATE OR REPLACE FUNCTION referrals.stop_round(of_round uuid)
 RETURNS integer
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
begin
  perform 1 from referrals.round o where o.id = stop_round.of_round
    and (o.from_account = nullif(current_setting('samaan.user', true), '')::uuid
        and current_setting('samaan.role', true) in ('officer', 'intake', 'coordinator')
      or current_setting('samaan.role', true) = 'intake' and o.from_organisation = any (current_setting('samaan.principals', true)::uuid[]))
    and not exists (select 1 from policy.case_hidden h where h.case_id = o.case_id)
  for no key update;
  if not found then return 0; end if;
  return referrals.close_round(stop_round.of_round, 'stopped', 'referral.revoked');
end $function$;
grant execute on function referrals.stop_round(uuid) to samaan_app;

CREATE OR REPLACE FUNCTION referrals.take_back_feedback(of_id uuid, of_event uuid)
 RETURNS integer
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
begin
  if referrals.hears(of_id, false) is not true then
    raise exception using errcode = '42501', message = 'not theirs';
  end if;
  return referrals.drop_feedback(of_id, nullif(current_setting('samaan.user', true), '')::uuid, of_event);
end $function$;
grant execute on function referrals.take_back_feedback(uuid,uuid) to samaan_app;

CREATE OR REPLACE FUNCTION referrals.take_link_step(of_token bytea, at_step integer)
 RETURNS SETOF integer
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
declare
  found referrals.link_visit;
begin
  select * into found from referrals.link_visit v where v.token_hash = of_token for update;
  if found.id is null or found.ended_at is not null or found.until <= now() then return; end if;
  if found.step = at_step then
    update referrals.link_visit v set step = v.step + 1, stepped_at = now(),
      until = least(now() + interval '15 minutes', v.opened_at + interval '60 minutes')
    where v.id = found.id;
    return next at_step + 1;
  elsif found.step = at_step + 1 and found.stepped_at > now() - interval '3 seconds' then
    return next found.step;
  else
    update referrals.link_visit v set ended_at = now() where v.id = found.id;
  end if;
end $function$;
grant execute on function referrals.take_link_step(bytea,integer) to samaan_app;

CREATE OR REPLACE FUNCTION referrals.tell_feedback(of_id uuid, answers text[], words bytea, of_event uuid)
 RETURNS integer
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
begin
  if referrals.hears(of_id, false) is not true then
    raise exception using errcode = '42501', message = 'not theirs';
  end if;
  return referrals.put_feedback(of_id, answers, words, nullif(current_setting('samaan.user', true), '')::uuid, of_event);
end $function$;
grant execute on function referrals.tell_feedback(uuid,text[],bytea,uuid) to samaan_app;

CREATE OR REPLACE FUNCTION referrals.try_paper(of_referral uuid, of_code bytea)
 RETURNS boolean
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
declare
  found referrals.paper;
begin
  if referrals.asks(of_referral) is not true then
    raise exception using errcode = '42501', message = 'not theirs';
  end if;
  select * into found from referrals.paper p where p.referral_id = of_referral and p.ended_at is null for update;
  if found.id is null then return false; end if;
  if found.code = of_code then return true; end if;
  update referrals.paper p set wrong = p.wrong + 1, ended_at = case when p.wrong = 9 then now() end where p.id = found.id;
  return false;
end $function$;
grant execute on function referrals.try_paper(uuid,bytea) to samaan_app;

CREATE OR REPLACE FUNCTION referrals.unmet(quarter date)
 RETURNS TABLE(service text, area text, place text, counts jsonb)
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
declare
  since timestamptz := date_trunc('quarter', quarter::timestamp) at time zone 'UTC';
  before timestamptz := since + interval '3 months';
begin
  if not exists (select 1 from auth.working w join directory.organisation o on o.id = w.organisation_id
       where w.role = 'secretariat' or w.role in ('intake', 'coordinator', 'supervisor') and o.competent) then
    raise exception using errcode = '42501', message = 'counts nobody';
  end if;
  return query
    select r.service, case when r.service <> 'safe-accommodation' and g.kind <> 'shelter' then s.area end, r.place,
      referrals.withhold(jsonb_build_object(
        'no-place', count(*) filter (where r.status = 'declined'), 'expired', count(*) filter (where r.status = 'expired'),
        'partly', count(*) filter (where r.in_part)))
    from referrals.referral r
    join directory.organisation g on g.id = r.to_organisation
    left join directory.service s on s.id = r.offer_id
    where r.country = current_setting('samaan.country', true) and r.kind = 'service'
      and r.sent_at >= since and r.sent_at < before
      and (r.status = 'declined' and r.decline_reason = 'no-place' or r.status = 'expired' or r.in_part)
    group by 1, 2, 3 order by 1, 2 nulls first, 3 nulls first;
end $function$;
grant execute on function referrals.unmet(date) to samaan_app;

CREATE OR REPLACE FUNCTION referrals.unsay_own(of_id uuid, of_event uuid)
 RETURNS integer
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
  select referrals.drop_feedback(r.id, null, of_event) from referrals.referral r
  where r.id = of_id and r.case_id = policy.visited()
$function$;
grant execute on function referrals.unsay_own(uuid,uuid) to samaan_app;

CREATE OR REPLACE FUNCTION referrals.where_of(of_id uuid)
 RETURNS TABLE(id uuid, version integer, sealed bytea, at timestamp with time zone, by_name text)
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
begin
  if referrals.reaches_where(of_id, true) is not true then
    raise exception using errcode = '42501', message = 'not theirs';
  end if;
  return query
    select w.id, w.version, w.sealed, w.at, p.name
    from referrals.whereabouts w join referrals.referral r on r.id = w.referral_id join auth.account p on p.id = w.by_account
    where w.referral_id = of_id and r.status in ('accepted', 'partly-accepted', 'in-service')
    order by w.version desc limit 1;
end $function$;
grant execute on function referrals.where_of(uuid) to samaan_app;

CREATE OR REPLACE FUNCTION referrals.withhold(counts jsonb)
 RETURNS jsonb
 LANGUAGE plpgsql
 IMMUTABLE
 SET search_path TO 'pg_catalog'
AS $function$
declare
  one record;
  withheld integer := 0;
  within integer := 0;
  told jsonb := '{}';
begin
  for one in select c.key, c.value::integer as n from jsonb_each_text(withhold.counts) c order by c.value::integer, c.key loop
    if one.n > 0 and (one.n < 5 or withheld > 0 and (withheld < 2 or within < 5)) then
      withheld := withheld + 1;
      within := within + one.n;
      told := told || jsonb_build_object(one.key, null);
    else
      told := told || jsonb_build_object(one.key, one.n);
    end if;
  end loop;
  return told || jsonb_build_object('all', case when withheld > 0 and (withheld < 2 or within < 5) then null
    else (select coalesce(sum(c.value::integer), 0) from jsonb_each_text(withhold.counts) c) end);
end $function$;

CREATE OR REPLACE FUNCTION referrals.withhold_parts(counts jsonb, whole jsonb)
 RETURNS jsonb
 LANGUAGE sql
 IMMUTABLE
 SET search_path TO 'pg_catalog'
AS $function$
  select case when withhold_parts.whole = 'null' then
      (select coalesce(jsonb_object_agg(c.key, null), '{}') from jsonb_each(withhold_parts.counts) c)
    else referrals.withhold(withhold_parts.counts) - 'all' end
$function$;

CREATE OR REPLACE FUNCTION referrals.works_for_asked(of_id uuid)
 RETURNS boolean
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
  select exists (select 1 from referrals.referral r
    where r.id = of_id
      and (r.to_organisation = any (nullif(current_setting('samaan.principals', true), '')::uuid[])
        or exists (select 1 from auth.assignment s
          where s.account_id = nullif(current_setting('samaan.user', true), '')::uuid and s.organisation_id = r.to_organisation
            and s.confirmed_at is not null and s.until > now())))
$function$;
grant execute on function referrals.works_for_asked(uuid) to samaan_app;

CREATE OR REPLACE FUNCTION screening.keep_instrument()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
begin
  if new.status <> 'draft' and (new.definition, new.rules, new.about, new.made_by, new.made_at)
    is distinct from (old.definition, old.rules, old.about, old.made_by, old.made_at)
    or new.status = 'draft' and old.status <> 'draft'
    or old.published_at is not null and (new.published_by, new.published_at) is distinct from (old.published_by, old.published_at)
  then
    raise exception 'a version that is not a draft keeps its words' using errcode = '42501';
  end if;
  return new;
end $function$;

CREATE OR REPLACE FUNCTION situation.drop_assessment(of_id uuid, of_version integer, why text)
 RETURNS integer
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
declare
  touched int;
begin
  update situation.assessment a set state = 'dropped', drop_reason = why, version = a.version + 1
  where a.id = of_id and a.version = of_version and a.state = 'open'
    and a.country = current_setting('samaan.country', true)
    and nullif(current_setting('samaan.user', true), '')::uuid in (a.first_by, a.second_by)
    and exists (select 1 from auth.working w where w.role = 'secretariat');
  get diagnostics touched = row_count;
  return touched;
end $function$;
grant execute on function situation.drop_assessment(uuid,integer,text) to samaan_app;

CREATE OR REPLACE FUNCTION situation.handed_in()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
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
end $function$;

CREATE OR REPLACE FUNCTION situation.kept()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog'
AS $function$
begin
  raise exception using errcode = '23514', message = 'a finished assessment never changes';
end $function$;
grant execute on function situation.kept() to public;

CREATE OR REPLACE FUNCTION tasks.answers_for(of_case uuid)
 RETURNS boolean
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
  select current_setting('samaan.role', true) in ('intake', 'coordinator', 'decision-maker')
    and not policy.is_hidden(of_case, tasks.me())
    and exists (select 1 from policy.case_access a where a.case_id = of_case and a.until > now()
      and a.basis in ('holder', 'assigned') and a.principal = any (current_setting('samaan.principals', true)::uuid[]))
$function$;

CREATE OR REPLACE FUNCTION tasks.has_place(of_case uuid, who uuid, body uuid, as_role text)
 RETURNS boolean
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
  select not policy.is_hidden(of_case, who) and exists (select 1 from policy.case_access a
    where a.case_id = of_case and a.until > now() and case
      when as_role = 'coordinator' then a.basis = 'assigned' and a.principal = who
      when as_role = 'officer' then a.basis = 'own' and a.principal = who
      when as_role = 'intake' then a.basis = 'holder' and a.principal = body or a.basis = 'own' and a.principal = who
      when as_role = 'decision-maker' then a.basis = 'holder' and a.principal = body
      when as_role in ('provider', 'shelter-manager') then a.basis = 'share' and a.accepted and a.principal = body
      else false end)
$function$;

CREATE OR REPLACE FUNCTION tasks.lies_with_me(t tasks.task)
 RETURNS boolean
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
  select t.role = current_setting('samaan.role', true)
    and (t.account_id = tasks.me()
      or t.account_id is null and tasks.may_hold(t.case_id, tasks.me(), t.organisation_id, t.role))
$function$;

CREATE OR REPLACE FUNCTION tasks.make(of_id uuid, of_case uuid, what text, words bytea, to_account uuid, to_body uuid, to_role text, by_day date, by_time timestamp with time zone, how_urgent text)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
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
end $function$;
grant execute on function tasks.make(uuid,uuid,text,bytea,uuid,uuid,text,date,timestamp with time zone,text) to samaan_app;

CREATE OR REPLACE FUNCTION tasks.may_hold(of_case uuid, who uuid, body uuid, as_role text)
 RETURNS boolean
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
  select exists (select 1 from auth.assignment s join auth.account p on p.id = s.account_id and p.status = 'active'
    where s.organisation_id = body and s.role = as_role and (who is null or s.account_id = who)
      and s.confirmed_at is not null and s.until > now()
      and (of_case is null or tasks.has_place(of_case, s.account_id, body, as_role)))
$function$;
grant execute on function tasks.may_hold(uuid,uuid,uuid,text) to samaan_app;

CREATE OR REPLACE FUNCTION tasks.me()
 RETURNS uuid
 LANGUAGE sql
 STABLE
 SET search_path TO 'pg_catalog'
AS $function$
  select nullif(current_setting('samaan.user', true), '')::uuid
$function$;

CREATE OR REPLACE FUNCTION tasks.move(of_id uuid, of_version integer, verb text, why text, to_account uuid, to_body uuid, to_role text, since timestamp with time zone)
 RETURNS integer
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
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
end $function$;
grant execute on function tasks.move(uuid,integer,text,text,uuid,uuid,text,timestamp with time zone) to samaan_app;

CREATE OR REPLACE FUNCTION tasks.people(of_case uuid)
 RETURNS TABLE(account uuid, name text, role text, organisation uuid, body text)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
  select distinct p.id, p.name, s.role, o.id, o.name
  from policy.case_access a
  join auth.assignment s on s.account_id = a.principal or s.organisation_id = a.principal
  join auth.account p on p.id = s.account_id and p.status = 'active'
  join directory.organisation o on o.id = s.organisation_id
  where a.case_id = of_case and a.until > now() and s.confirmed_at is not null and s.until > now()
    and tasks.has_place(of_case, s.account_id, s.organisation_id, s.role)
    -- who asks works on it too
    and exists (select 1 from auth.working m where tasks.has_place(of_case, tasks.me(), m.organisation_id, m.role))
    -- An organisation that helps learns who is in charge, and its own colleagues; not who else helps.
    and (current_setting('samaan.role', true) in ('intake', 'coordinator', 'decision-maker')
      or s.role = 'coordinator'
      or exists (select 1 from auth.working m where m.organisation_id = s.organisation_id))
$function$;
grant execute on function tasks.people(uuid) to samaan_app;

CREATE OR REPLACE FUNCTION tasks.settle(of_case uuid, who uuid)
 RETURNS integer
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
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
end $function$;
grant execute on function tasks.settle(uuid,uuid) to samaan_jobs;

CREATE OR REPLACE FUNCTION tasks.settle_case()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
begin
  perform tasks.settle(coalesce(new.case_id, old.case_id), null);
  return null;
end $function$;

CREATE OR REPLACE FUNCTION tasks.settle_person()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
begin
  -- Which column names the person is said by the trigger: the two tables have none in common.
  perform tasks.settle(null, (to_jsonb(new) ->> tg_argv[0])::uuid);
  return null;
end $function$;

CREATE OR REPLACE FUNCTION visits.count_failure(of_buckets bytea[])
 RETURNS void
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
  delete from visits.failure f where f.at < now() - interval '1 day';
  insert into visits.failure as f (bucket, failures, at) select b, 1, now() from unnest(of_buckets) as b order by b
  on conflict (bucket) do update
    set failures = case when f.at < now() - interval '1 hour' then 1 else f.failures + 1 end, at = now();
$function$;
grant execute on function visits.count_failure(bytea[]) to samaan_app;

CREATE OR REPLACE FUNCTION visits.end_visit()
 RETURNS void
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
  update visits.visit v set ended_at = now()
  where v.token_hash = decode(current_setting('samaan.visit', true), 'hex') and v.ended_at is null;
  delete from policy.visit p where p.token_hash = decode(current_setting('samaan.visit', true), 'hex')
$function$;
grant execute on function visits.end_visit() to samaan_app;

CREATE OR REPLACE FUNCTION visits.failures(of_buckets bytea[])
 RETURNS SETOF integer
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
  select coalesce((select f.failures from visits.failure f where f.bucket = b and f.at > now() - interval '1 hour'), 0)
  from unnest(of_buckets) with ordinality as t (b, at) order by t.at
$function$;
grant execute on function visits.failures(bytea[]) to samaan_app;

CREATE OR REPLACE FUNCTION visits.kinds_of_recipients()
 RETURNS TABLE(organisation_id uuid, kind text)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
  select distinct o.id, o.kind from consent.record r join directory.organisation o on o.id = any (r.recipients)
  where r.case_id = policy.visited() and r.kind = 'given'
$function$;
grant execute on function visits.kinds_of_recipients() to samaan_app;

CREATE OR REPLACE FUNCTION visits.make_code(of_id uuid, of_case uuid, of_lookup bytea, of_watched text, of_lasts text, of_until timestamp with time zone)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
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
end $function$;
grant execute on function visits.make_code(uuid,uuid,bytea,text,text,timestamp with time zone) to samaan_app;

CREATE OR REPLACE FUNCTION visits.mark_read()
 RETURNS void
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
  update visits.question q set read_at = now()
  where q.case_id = policy.visited() and q.answered_at is not null and q.read_at is null
$function$;
grant execute on function visits.mark_read() to samaan_app;

CREATE OR REPLACE FUNCTION visits.open(of_lookup bytea, of_id uuid, of_token bytea)
 RETURNS SETOF uuid
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
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
end $function$;
grant execute on function visits.open(bytea,uuid,bytea) to samaan_app;

CREATE OR REPLACE FUNCTION visits.revoke_code(of_id uuid)
 RETURNS integer
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
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
end $function$;
grant execute on function visits.revoke_code(uuid) to samaan_app;

CREATE OR REPLACE FUNCTION visits.standing()
 RETURNS TABLE(case_id uuid, country text, status text, identification text, slot bigint, coordinated boolean, explained_by uuid)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
  select f.id, f.country, f.status, f.identification, f.key_slot, f.coordinator is not null, c.made_by
  from policy.visit v join visits.visit o on o.id = v.visit_id join visits.code c on c.id = o.code_id
  join cases.folder f on f.id = v.case_id
  where v.case_id = policy.visited() and v.token_hash = decode(current_setting('samaan.visit', true), 'hex')
$function$;
grant execute on function visits.standing() to samaan_app;

CREATE OR REPLACE FUNCTION visits.take_step(of_token bytea, at_step integer)
 RETURNS SETOF integer
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
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
end $function$;
grant execute on function visits.take_step(bytea,integer) to samaan_app;

create table audit.checkpoint (
  size bigint not null,
  root bytea not null,
  note text not null,
  at timestamp with time zone not null default now(),
  constraint checkpoint_pkey PRIMARY KEY (size),
  constraint checkpoint_root_check CHECK ((length(root) = 32)),
  constraint checkpoint_size_check CHECK ((size > 0))
);
alter table audit.checkpoint enable row level security;
alter table audit.checkpoint force row level security;
create policy sequence_read on audit.checkpoint
  for select
  to samaan_jobs
  using (true);
create policy sequence_write on audit.checkpoint
  for insert
  to samaan_jobs
  with check (true);
grant insert, select on table audit.checkpoint to samaan_jobs;
grant select on table audit.checkpoint to samaan_dump;

create table audit.concern (
  event_id uuid not null,
  case_id uuid not null,
  how text not null,
  constraint concern_pkey PRIMARY KEY (event_id, case_id),
  constraint concern_how_check CHECK ((how = ANY (ARRAY['found'::text, 'waiting'::text, 'history'::text, 'compared'::text, 'joined'::text, 'joint-history'::text, 'tried'::text])))
);
alter table audit.concern enable row level security;
alter table audit.concern force row level security;
CREATE INDEX concern_case ON audit.concern USING btree (case_id, event_id);
create policy check_rows on audit.concern
  for select
  to samaan_jobs
  using (true);
create policy write on audit.concern
  for insert
  to samaan_app
  with check (((how <> 'tried'::text) AND (NULLIF(( SELECT current_setting('samaan.user'::text, true) AS current_setting), ''::text) IS NOT NULL)));
grant insert (case_id), insert (event_id), insert (how) on table audit.concern to samaan_app;
grant select on table audit.concern to samaan_dump;
grant select on table audit.concern to samaan_jobs;

create table audit.event (
  id uuid not null,
  at timestamp with time zone not null,
  case_id uuid,
  actor_id uuid,
  operation text not null,
  xid xid8 not null default pg_current_xact_id(),
  body text not null,
  leaf_no bigint,
  constraint event_pkey PRIMARY KEY (id),
  constraint event_leaf_no_check CHECK ((leaf_no >= 0))
);
alter table audit.event enable row level security;
alter table audit.event force row level security;
CREATE INDEX event_actor ON audit.event USING btree (actor_id, at);
CREATE INDEX event_at ON audit.event USING brin (at);
CREATE INDEX event_case ON audit.event USING btree (case_id, at);
CREATE INDEX event_operation ON audit.event USING btree (operation, at DESC);
CREATE INDEX event_refused ON audit.event USING btree (at DESC, id DESC) WHERE (body ~~ '%"outcome":"refused"%'::text);
CREATE INDEX event_waiting ON audit.event USING btree (xid, id) WHERE (leaf_no IS NULL);
CREATE UNIQUE INDEX event_leaf ON audit.event USING btree (leaf_no) WHERE (leaf_no IS NOT NULL);
create policy sequence_number on audit.event
  for update
  to samaan_jobs
  using ((leaf_no IS NULL))
  with check ((leaf_no IS NOT NULL));
create policy sequence_read on audit.event
  for select
  to samaan_jobs
  using (true);
create policy write on audit.event
  for insert
  to samaan_app
  with check (((actor_id IS NULL) OR (actor_id = (NULLIF(( SELECT current_setting('samaan.user'::text, true) AS current_setting), ''::text))::uuid) OR (( SELECT current_setting('samaan.role'::text, true) AS current_setting) = 'sign-in'::text)));
create policy write_jobs on audit.event
  for insert
  to samaan_jobs
  with check (true);
grant insert (actor_id), insert (at), insert (body), insert (case_id), insert (id), insert (operation) on table audit.event to samaan_app;
grant insert (actor_id), insert (at), insert (body), insert (case_id), insert (id), insert (operation), select, update (leaf_no) on table audit.event to samaan_jobs;
grant select on table audit.event to samaan_dump;

create table audit.tile (
  level integer not null,
  no bigint not null,
  hashes bytea not null,
  constraint tile_pkey PRIMARY KEY (level, no),
  constraint tile_hashes_check CHECK ((((length(hashes) >= 32) AND (length(hashes) <= 8192)) AND ((length(hashes) % 32) = 0))),
  constraint tile_level_check CHECK (((level >= 0) AND (level <= 7))),
  constraint tile_no_check CHECK ((no >= 0))
);
alter table audit.tile enable row level security;
alter table audit.tile force row level security;
create policy sequence on audit.tile
  for all
  to samaan_jobs
  using (true)
  with check (true);
grant insert, select, update (hashes) on table audit.tile to samaan_jobs;
grant select on table audit.tile to samaan_dump;

create table auth.account (
  id uuid not null,
  name text not null,
  email text not null,
  language text not null default 'en'::text,
  status text not null default 'invited'::text,
  created_at timestamp with time zone not null default now(),
  created_by uuid,
  disabled_at timestamp with time zone,
  version integer not null default 1,
  constraint account_pkey PRIMARY KEY (id),
  constraint account_status_check CHECK ((status = ANY (ARRAY['invited'::text, 'active'::text, 'disabled'::text])))
);
alter table auth.account enable row level security;
alter table auth.account force row level security;
CREATE INDEX account_name ON auth.account USING btree (lower(name), id);
CREATE UNIQUE INDEX account_email ON auth.account USING btree (lower(email));
create policy administered on auth.account
  for insert
  to samaan_app
  with check (((( SELECT current_setting('samaan.role'::text, true) AS current_setting) = 'administrator'::text) AND (status = 'invited'::text) AND (created_by = (( SELECT current_setting('samaan.user'::text, true) AS current_setting))::uuid)));
create policy administered_change on auth.account
  for update
  to samaan_app
  using (((( SELECT current_setting('samaan.role'::text, true) AS current_setting) = 'administrator'::text) AND (id <> (( SELECT current_setting('samaan.user'::text, true) AS current_setting))::uuid) AND ((id IN ( SELECT a.account_id
   FROM auth.assignment a
  WHERE (a.confirmed_at IS NOT NULL))) OR (created_by IN ( SELECT a.account_id
   FROM auth.assignment a
  WHERE ((a.role = 'administrator'::text) AND (a.confirmed_at IS NOT NULL)))))))
  with check ((status = 'disabled'::text));
create policy colleagues on auth.account
  for select
  to samaan_app
  using (((( SELECT current_setting('samaan.user'::text, true) AS current_setting) <> ''::text) AND (( SELECT current_setting('samaan.role'::text, true) AS current_setting) <> 'person'::text)));
create policy sign_in on auth.account
  for all
  to samaan_app
  using ((( SELECT current_setting('samaan.role'::text, true) AS current_setting) = 'sign-in'::text))
  with check ((( SELECT current_setting('samaan.role'::text, true) AS current_setting) = 'sign-in'::text));
CREATE CONSTRAINT TRIGGER settle_tasks AFTER UPDATE ON auth.account DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN ((new.status <> old.status)) EXECUTE FUNCTION tasks.settle_person('id');
grant insert, select, update (disabled_at), update (language), update (status), update (version) on table auth.account to samaan_app;

create table auth.assignment (
  id uuid not null,
  account_id uuid not null,
  organisation_id uuid not null,
  role text not null,
  country text not null,
  until timestamp with time zone not null default 'infinity'::timestamp with time zone,
  granted_by uuid,
  granted_at timestamp with time zone not null default now(),
  ended_by uuid,
  confirmed_at timestamp with time zone default now(),
  confirmed_by uuid,
  refused text,
  constraint assignment_pkey PRIMARY KEY (id),
  constraint assignment_check CHECK ((granted_by IS DISTINCT FROM account_id)),
  constraint assignment_country_check CHECK ((country ~ '^[A-Z]{3}$'::text)),
  constraint assignment_refused_check CHECK ((refused = ANY (ARRAY['not-known'::text, 'not-their-work'::text, 'wrong-organisation'::text, 'not-needed'::text, 'other'::text]))),
  constraint assignment_two_people CHECK (((confirmed_by IS DISTINCT FROM account_id) AND ((confirmed_by IS NULL) OR (confirmed_by IS DISTINCT FROM granted_by)))),
  constraint assignment_account_id_fkey FOREIGN KEY (account_id) REFERENCES auth.account(id),
  constraint assignment_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES directory.organisation(id)
);
alter table auth.assignment enable row level security;
alter table auth.assignment force row level security;
CREATE INDEX assignment_account ON auth.assignment USING btree (account_id);
CREATE INDEX assignment_organisation ON auth.assignment USING btree (organisation_id);
create policy administered on auth.assignment
  for insert
  to samaan_app
  with check (((( SELECT current_setting('samaan.role'::text, true) AS current_setting) = 'administrator'::text) AND (country = ( SELECT current_setting('samaan.country'::text, true) AS current_setting)) AND (organisation_id IN ( SELECT o.id
   FROM directory.organisation o)) AND (granted_by = (( SELECT current_setting('samaan.user'::text, true) AS current_setting))::uuid) AND (account_id <> (( SELECT current_setting('samaan.user'::text, true) AS current_setting))::uuid)));
create policy administered_end on auth.assignment
  for update
  to samaan_app
  using (((( SELECT current_setting('samaan.role'::text, true) AS current_setting) = 'administrator'::text) AND (country = ( SELECT current_setting('samaan.country'::text, true) AS current_setting)) AND (account_id <> (( SELECT current_setting('samaan.user'::text, true) AS current_setting))::uuid)))
  with check (((until <= now()) AND (ended_by = (( SELECT current_setting('samaan.user'::text, true) AS current_setting))::uuid)));
create policy colleagues on auth.assignment
  for select
  to samaan_app
  using ((country = ( SELECT current_setting('samaan.country'::text, true) AS current_setting)));
create policy sign_in on auth.assignment
  for all
  to samaan_app
  using ((( SELECT current_setting('samaan.role'::text, true) AS current_setting) = 'sign-in'::text))
  with check ((( SELECT current_setting('samaan.role'::text, true) AS current_setting) = 'sign-in'::text));
create policy waits on auth.assignment
  as restrictive
  for insert
  to samaan_app
  with check (((confirmed_by IS NULL) AND (refused IS NULL) AND ((confirmed_at IS NULL) OR (role = ANY (ARRAY['secretariat'::text, 'analyst'::text, 'trainer'::text, 'fund-officer'::text, 'donor'::text, 'data-protection-officer'::text])))));
create policy waits_read on auth.assignment
  as restrictive
  for select
  to samaan_app
  using (((confirmed_at IS NOT NULL) OR (( SELECT current_setting('samaan.role'::text, true) AS current_setting) = ANY (ARRAY['sign-in'::text, 'administrator'::text, 'supervisor'::text]))));
CREATE CONSTRAINT TRIGGER settle_tasks AFTER UPDATE ON auth.assignment DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN ((new.until < old.until)) EXECUTE FUNCTION tasks.settle_person('account_id');
CREATE TRIGGER require_apart BEFORE UPDATE OF confirmed_by ON auth.assignment FOR EACH ROW EXECUTE FUNCTION auth.require_apart();
grant insert, select, update (ended_by), update (until) on table auth.assignment to samaan_app;

create table auth.challenge (
  id uuid not null,
  kind text not null,
  challenge text not null,
  about uuid,
  totp bytea,
  expires_at timestamp with time zone not null,
  constraint challenge_pkey PRIMARY KEY (id),
  constraint challenge_check CHECK (((about IS NOT NULL) OR (kind = 'sign-in'::text))),
  constraint challenge_kind_check CHECK ((kind = ANY (ARRAY['sign-in'::text, 'invitation'::text, 'passkey'::text, 'password'::text, 'step-up'::text])))
);
alter table auth.challenge enable row level security;
alter table auth.challenge force row level security;
CREATE INDEX challenge_expires ON auth.challenge USING btree (expires_at);
create policy sign_in on auth.challenge
  for all
  to samaan_app
  using ((( SELECT current_setting('samaan.role'::text, true) AS current_setting) = 'sign-in'::text))
  with check ((( SELECT current_setting('samaan.role'::text, true) AS current_setting) = 'sign-in'::text));
create policy sweep on auth.challenge
  for all
  to samaan_jobs
  using ((expires_at < now()));
grant delete, insert, select, update (expires_at) on table auth.challenge to samaan_app;
grant delete, select on table auth.challenge to samaan_jobs;

create table auth.device (
  token_hash bytea not null,
  account_id uuid not null,
  created_at timestamp with time zone not null default now(),
  used_at timestamp with time zone not null default now(),
  constraint device_pkey PRIMARY KEY (token_hash),
  constraint device_account_id_fkey FOREIGN KEY (account_id) REFERENCES auth.account(id)
);
alter table auth.device enable row level security;
alter table auth.device force row level security;
CREATE INDEX device_account ON auth.device USING btree (account_id, used_at);
create policy own on auth.device
  for all
  to samaan_app
  using ((account_id = (( SELECT current_setting('samaan.user'::text, true) AS current_setting))::uuid))
  with check ((account_id = (( SELECT current_setting('samaan.user'::text, true) AS current_setting))::uuid));
create policy sign_in on auth.device
  for all
  to samaan_app
  using ((( SELECT current_setting('samaan.role'::text, true) AS current_setting) = 'sign-in'::text))
  with check ((( SELECT current_setting('samaan.role'::text, true) AS current_setting) = 'sign-in'::text));
grant delete, insert, select, update (used_at) on table auth.device to samaan_app;

create table auth.invitation (
  id uuid not null,
  account_id uuid not null,
  kind text not null,
  token_hash bytea,
  asked_by uuid not null,
  asked_at timestamp with time zone not null default now(),
  confirmed_by uuid,
  expires_at timestamp with time zone not null,
  used_at timestamp with time zone,
  constraint invitation_pkey PRIMARY KEY (id),
  constraint invitation_check CHECK (((asked_by <> account_id) AND (confirmed_by IS DISTINCT FROM account_id) AND (confirmed_by IS DISTINCT FROM asked_by))),
  constraint invitation_kind_check CHECK ((kind = ANY (ARRAY['join'::text, 'recover'::text]))),
  constraint invitation_account_id_fkey FOREIGN KEY (account_id) REFERENCES auth.account(id)
);
alter table auth.invitation enable row level security;
alter table auth.invitation force row level security;
CREATE INDEX invitation_account ON auth.invitation USING btree (account_id);
CREATE UNIQUE INDEX invitation_token ON auth.invitation USING btree (token_hash);
create policy administered on auth.invitation
  for select
  to samaan_app
  using (((( SELECT current_setting('samaan.role'::text, true) AS current_setting) = ANY (ARRAY['administrator'::text, 'supervisor'::text])) AND (account_id IN ( SELECT a.account_id
   FROM auth.assignment a))));
create policy administered_join on auth.invitation
  for insert
  to samaan_app
  with check (((( SELECT current_setting('samaan.role'::text, true) AS current_setting) = 'administrator'::text) AND (kind = 'join'::text) AND (asked_by = (( SELECT current_setting('samaan.user'::text, true) AS current_setting))::uuid) AND (account_id IN ( SELECT p.id
   FROM auth.account p
  WHERE (p.status = 'invited'::text))) AND (account_id IN ( SELECT a.account_id
   FROM auth.assignment a))));
create policy asked on auth.invitation
  for insert
  to samaan_app
  with check (((( SELECT current_setting('samaan.role'::text, true) AS current_setting) = ANY (ARRAY['administrator'::text, 'supervisor'::text])) AND (kind = 'recover'::text) AND (token_hash IS NULL) AND (confirmed_by IS NULL) AND (asked_by = (( SELECT current_setting('samaan.user'::text, true) AS current_setting))::uuid) AND (account_id IN ( SELECT a.account_id
   FROM auth.assignment a))));
create policy confirmed on auth.invitation
  for update
  to samaan_app
  using (((( SELECT current_setting('samaan.role'::text, true) AS current_setting) = ANY (ARRAY['administrator'::text, 'supervisor'::text])) AND (kind = 'recover'::text) AND (confirmed_by IS NULL) AND (used_at IS NULL) AND (asked_by <> (( SELECT current_setting('samaan.user'::text, true) AS current_setting))::uuid) AND (account_id <> (( SELECT current_setting('samaan.user'::text, true) AS current_setting))::uuid) AND (account_id IN ( SELECT a.account_id
   FROM auth.assignment a))))
  with check (((kind = 'recover'::text) AND (confirmed_by = (( SELECT current_setting('samaan.user'::text, true) AS current_setting))::uuid) AND (used_at IS NULL)));
create policy not_confirmed on auth.invitation
  as restrictive
  for insert
  to samaan_app
  with check (((kind <> 'join'::text) OR (NOT (account_id IN ( SELECT a.account_id
   FROM auth.assignment a
  WHERE ((a.confirmed_at IS NOT NULL) AND (a.until > now()) AND (a.role <> ALL (ARRAY['secretariat'::text, 'analyst'::text, 'trainer'::text, 'fund-officer'::text, 'donor'::text, 'data-protection-officer'::text]))))))));
create policy ours on auth.invitation
  as restrictive
  for all
  to samaan_app
  using (((( SELECT current_setting('samaan.role'::text, true) AS current_setting) <> ALL (ARRAY['administrator'::text, 'supervisor'::text])) OR (account_id = (NULLIF(( SELECT current_setting('samaan.user'::text, true) AS current_setting), ''::text))::uuid) OR ((account_id IN ( SELECT a.account_id
   FROM auth.assignment a
  WHERE (a.confirmed_at IS NOT NULL))) OR (account_id IN ( SELECT p.id
   FROM auth.account p
  WHERE (p.created_by IN ( SELECT a.account_id
           FROM auth.assignment a
          WHERE ((a.role = 'administrator'::text) AND (a.confirmed_at IS NOT NULL)))))))));
create policy own on auth.invitation
  for select
  to samaan_app
  using ((account_id = (( SELECT current_setting('samaan.user'::text, true) AS current_setting))::uuid));
create policy own_people on auth.invitation
  as restrictive
  for all
  to samaan_app
  using (((( SELECT current_setting('samaan.role'::text, true) AS current_setting) <> 'supervisor'::text) OR (account_id = (NULLIF(( SELECT current_setting('samaan.user'::text, true) AS current_setting), ''::text))::uuid) OR ((account_id IN ( SELECT a.account_id
   FROM auth.assignment a
  WHERE ((a.confirmed_at IS NOT NULL) AND (a.until > now()) AND (a.organisation_id IN ( SELECT w.organisation_id
           FROM auth.working w))))) AND (NOT (account_id IN ( SELECT a.account_id
   FROM auth.assignment a
  WHERE ((a.until > now()) AND (NOT (a.organisation_id IN ( SELECT w.organisation_id
           FROM auth.working w))))))))));
create policy replaced on auth.invitation
  for update
  to samaan_app
  using (((( SELECT current_setting('samaan.role'::text, true) AS current_setting) = 'administrator'::text) AND (kind = 'join'::text) AND (account_id IN ( SELECT a.account_id
   FROM auth.assignment a))))
  with check (((kind = 'join'::text) AND (expires_at <= now())));
create policy sign_in on auth.invitation
  for all
  to samaan_app
  using ((( SELECT current_setting('samaan.role'::text, true) AS current_setting) = 'sign-in'::text))
  with check ((( SELECT current_setting('samaan.role'::text, true) AS current_setting) = 'sign-in'::text));
CREATE TRIGGER keep BEFORE INSERT OR UPDATE ON auth.invitation FOR EACH ROW WHEN (((CURRENT_USER = 'samaan_app'::name) AND (current_setting('samaan.role'::text, true) = 'supervisor'::text))) EXECUTE FUNCTION auth.keep_house();
grant insert, select, update (confirmed_by), update (expires_at), update (token_hash), update (used_at) on table auth.invitation to samaan_app;

create table auth.passkey (
  credential_id bytea not null,
  account_id uuid not null,
  public_key bytea not null,
  counter bigint not null,
  transports text[] not null default '{}'::text[],
  label text not null,
  created_at timestamp with time zone not null default now(),
  used_at timestamp with time zone,
  constraint passkey_pkey PRIMARY KEY (credential_id),
  constraint passkey_account_id_fkey FOREIGN KEY (account_id) REFERENCES auth.account(id)
);
alter table auth.passkey enable row level security;
alter table auth.passkey force row level security;
CREATE INDEX passkey_account ON auth.passkey USING btree (account_id);
create policy own on auth.passkey
  for all
  to samaan_app
  using ((account_id = (( SELECT current_setting('samaan.user'::text, true) AS current_setting))::uuid))
  with check ((account_id = (( SELECT current_setting('samaan.user'::text, true) AS current_setting))::uuid));
create policy sign_in on auth.passkey
  for all
  to samaan_app
  using ((( SELECT current_setting('samaan.role'::text, true) AS current_setting) = 'sign-in'::text))
  with check ((( SELECT current_setting('samaan.role'::text, true) AS current_setting) = 'sign-in'::text));
grant delete, insert, select, update (counter), update (label), update (used_at) on table auth.passkey to samaan_app;

create table auth.password (
  account_id uuid not null,
  hash text not null,
  totp bytea not null,
  totp_step bigint not null default 0,
  set_at timestamp with time zone not null default now(),
  constraint password_pkey PRIMARY KEY (account_id),
  constraint password_account_id_fkey FOREIGN KEY (account_id) REFERENCES auth.account(id)
);
alter table auth.password enable row level security;
alter table auth.password force row level security;
create policy own on auth.password
  for all
  to samaan_app
  using ((account_id = (( SELECT current_setting('samaan.user'::text, true) AS current_setting))::uuid))
  with check ((account_id = (( SELECT current_setting('samaan.user'::text, true) AS current_setting))::uuid));
create policy sign_in on auth.password
  for all
  to samaan_app
  using ((( SELECT current_setting('samaan.role'::text, true) AS current_setting) = 'sign-in'::text))
  with check ((( SELECT current_setting('samaan.role'::text, true) AS current_setting) = 'sign-in'::text));
grant delete, insert, select, update (hash), update (set_at), update (totp), update (totp_step) on table auth.password to samaan_app;

create table auth.recovery_code (
  account_id uuid not null,
  hash bytea not null,
  used_at timestamp with time zone,
  constraint recovery_code_pkey PRIMARY KEY (account_id, hash),
  constraint recovery_code_account_id_fkey FOREIGN KEY (account_id) REFERENCES auth.account(id)
);
alter table auth.recovery_code enable row level security;
alter table auth.recovery_code force row level security;
create policy own on auth.recovery_code
  for all
  to samaan_app
  using ((account_id = (( SELECT current_setting('samaan.user'::text, true) AS current_setting))::uuid))
  with check ((account_id = (( SELECT current_setting('samaan.user'::text, true) AS current_setting))::uuid));
create policy sign_in on auth.recovery_code
  for all
  to samaan_app
  using ((( SELECT current_setting('samaan.role'::text, true) AS current_setting) = 'sign-in'::text))
  with check ((( SELECT current_setting('samaan.role'::text, true) AS current_setting) = 'sign-in'::text));
grant delete, insert, select, update (used_at) on table auth.recovery_code to samaan_app;

create table auth.session (
  id uuid not null,
  token_hash bytea not null,
  account_id uuid not null,
  assignment_id uuid,
  purpose text,
  strength integer not null,
  proven_at timestamp with time zone not null default now(),
  created_at timestamp with time zone not null default now(),
  seen_at timestamp with time zone not null default now(),
  ends_at timestamp with time zone not null,
  ended_at timestamp with time zone,
  device text not null,
  demonstration boolean not null default false,
  constraint session_pkey PRIMARY KEY (id),
  constraint session_token_hash_key UNIQUE (token_hash),
  constraint session_strength_check CHECK ((strength = ANY (ARRAY[1, 2]))),
  constraint session_account_id_fkey FOREIGN KEY (account_id) REFERENCES auth.account(id),
  constraint session_assignment_id_fkey FOREIGN KEY (assignment_id) REFERENCES auth.assignment(id)
);
alter table auth.session enable row level security;
alter table auth.session force row level security;
CREATE INDEX session_account ON auth.session USING btree (account_id, created_at);
create policy administered on auth.session
  for select
  to samaan_app
  using (((( SELECT current_setting('samaan.role'::text, true) AS current_setting) = 'administrator'::text) AND (account_id IN ( SELECT a.account_id
   FROM auth.assignment a))));
create policy administered_end on auth.session
  for update
  to samaan_app
  using (((( SELECT current_setting('samaan.role'::text, true) AS current_setting) = 'administrator'::text) AND (account_id IN ( SELECT a.account_id
   FROM auth.assignment a))))
  with check ((ended_at IS NOT NULL));
create policy ours on auth.session
  as restrictive
  for all
  to samaan_app
  using (((( SELECT current_setting('samaan.role'::text, true) AS current_setting) <> ALL (ARRAY['administrator'::text, 'supervisor'::text])) OR (account_id = (NULLIF(( SELECT current_setting('samaan.user'::text, true) AS current_setting), ''::text))::uuid) OR ((account_id IN ( SELECT a.account_id
   FROM auth.assignment a
  WHERE (a.confirmed_at IS NOT NULL))) OR (account_id IN ( SELECT p.id
   FROM auth.account p
  WHERE (p.created_by IN ( SELECT a.account_id
           FROM auth.assignment a
          WHERE ((a.role = 'administrator'::text) AND (a.confirmed_at IS NOT NULL)))))))));
create policy own on auth.session
  for all
  to samaan_app
  using ((account_id = (( SELECT current_setting('samaan.user'::text, true) AS current_setting))::uuid))
  with check ((account_id = (( SELECT current_setting('samaan.user'::text, true) AS current_setting))::uuid));
create policy sign_in on auth.session
  for all
  to samaan_app
  using ((( SELECT current_setting('samaan.role'::text, true) AS current_setting) = 'sign-in'::text))
  with check ((( SELECT current_setting('samaan.role'::text, true) AS current_setting) = 'sign-in'::text));
grant insert, select, update (assignment_id), update (ended_at), update (proven_at), update (purpose), update (strength), update (token_hash) on table auth.session to samaan_app;

create table auth.throttle (
  bucket bytea not null,
  failures integer not null default 0,
  until timestamp with time zone not null default now(),
  constraint throttle_pkey PRIMARY KEY (bucket)
);
alter table auth.throttle enable row level security;
alter table auth.throttle force row level security;
create policy sign_in on auth.throttle
  for all
  to samaan_app
  using ((( SELECT current_setting('samaan.role'::text, true) AS current_setting) = 'sign-in'::text))
  with check ((( SELECT current_setting('samaan.role'::text, true) AS current_setting) = 'sign-in'::text));
create policy sweep on auth.throttle
  for all
  to samaan_jobs
  using ((until < (now() - '1 day'::interval)));
grant delete, insert, select, update (failures), update (until) on table auth.throttle to samaan_app;
grant delete, select on table auth.throttle to samaan_jobs;

create table care.action (
  id uuid not null,
  case_id uuid not null,
  plan_id uuid not null,
  service text not null,
  owner text not null,
  organisation_id uuid,
  due_on date,
  state text not null default 'open'::text,
  sealed bytea not null,
  by_account uuid not null,
  at timestamp with time zone not null default now(),
  version integer not null default 1,
  constraint action_pkey PRIMARY KEY (id),
  constraint action_check CHECK (((owner = 'provider'::text) = (organisation_id IS NOT NULL))),
  constraint action_owner_check CHECK ((owner = ANY (ARRAY['person'::text, 'coordinator'::text, 'provider'::text, 'other'::text]))),
  constraint action_state_check CHECK ((state = ANY (ARRAY['open'::text, 'done'::text, 'dropped'::text]))),
  constraint action_case_id_fkey FOREIGN KEY (case_id) REFERENCES cases.folder(id),
  constraint action_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES directory.organisation(id),
  constraint action_plan_id_fkey FOREIGN KEY (plan_id) REFERENCES care.plan(id)
);
alter table care.action enable row level security;
alter table care.action force row level security;
CREATE INDEX action_asked ON care.action USING btree (organisation_id, due_on) WHERE ((state = 'open'::text) AND (organisation_id IS NOT NULL));
CREATE INDEX action_case ON care.action USING btree (case_id, at);
CREATE INDEX action_due ON care.action USING btree (case_id, due_on) WHERE (state = 'open'::text);
CREATE INDEX action_organisation ON care.action USING btree (organisation_id, case_id) WHERE (organisation_id IS NOT NULL);
create policy added on care.action
  for insert
  to samaan_app
  with check (((by_account = (NULLIF(( SELECT current_setting('samaan.user'::text, true) AS current_setting), ''::text))::uuid) AND (((( SELECT current_setting('samaan.compartments'::text, true) AS current_setting))::integer & 2) <> 0) AND (EXISTS ( SELECT 1
   FROM policy.case_access a
  WHERE ((a.case_id = action.case_id) AND (a.until > now()) AND (a.basis = 'assigned'::text) AND ((a.compartments & 2) <> 0))))));
create policy asked on care.action
  for select
  to samaan_app
  using (((organisation_id = ANY ((( SELECT current_setting('samaan.principals'::text, true) AS current_setting))::uuid[])) AND (( SELECT current_setting('samaan.role'::text, true) AS current_setting) = ANY (ARRAY['provider'::text, 'shelter-manager'::text])) AND (EXISTS ( SELECT 1
   FROM policy.case_access a
  WHERE ((a.case_id = action.case_id) AND (a.until > now()) AND (a.basis = 'share'::text) AND a.accepted)))));
create policy changed on care.action
  for update
  to samaan_app
  using (((((( SELECT current_setting('samaan.compartments'::text, true) AS current_setting))::integer & 2) <> 0) AND (EXISTS ( SELECT 1
   FROM policy.case_access a
  WHERE ((a.case_id = action.case_id) AND (a.until > now()) AND (a.basis = 'assigned'::text) AND ((a.compartments & 2) <> 0))))))
  with check (((((( SELECT current_setting('samaan.compartments'::text, true) AS current_setting))::integer & 2) <> 0) AND (EXISTS ( SELECT 1
   FROM policy.case_access a
  WHERE ((a.case_id = action.case_id) AND (a.until > now()) AND (a.basis = 'assigned'::text) AND ((a.compartments & 2) <> 0))))));
create policy glimpsed on care.action
  for select
  to samaan_app
  using ((EXISTS ( SELECT 1
   FROM policy.case_glimpse g
  WHERE ((g.case_id = action.case_id) AND (g.until > now()) AND ((g.compartments & 2) <> 0) AND ((g.basis <> 'break-glass'::text) OR (((( SELECT current_setting('samaan.compartments'::text, true) AS current_setting))::integer & 2) <> 0))))));
create policy seen on care.action
  for select
  to samaan_app
  using (((((( SELECT current_setting('samaan.compartments'::text, true) AS current_setting))::integer & 2) <> 0) AND (EXISTS ( SELECT 1
   FROM policy.case_access a
  WHERE ((a.case_id = action.case_id) AND (a.until > now()) AND (a.basis = 'assigned'::text) AND ((a.compartments & 2) <> 0))))));
grant insert, select, update (due_on), update (organisation_id), update (owner), update (plan_id), update (sealed), update (service), update (state), update (version) on table care.action to samaan_app;

create table care.assessment (
  id uuid not null,
  case_id uuid not null,
  sealed bytea not null,
  by_account uuid not null,
  at timestamp with time zone not null default now(),
  constraint assessment_pkey PRIMARY KEY (id),
  constraint assessment_case_id_fkey FOREIGN KEY (case_id) REFERENCES cases.folder(id)
);
alter table care.assessment enable row level security;
alter table care.assessment force row level security;
CREATE INDEX assessment_case ON care.assessment USING btree (case_id, at DESC);
create policy added on care.assessment
  for insert
  to samaan_app
  with check (((by_account = (NULLIF(( SELECT current_setting('samaan.user'::text, true) AS current_setting), ''::text))::uuid) AND (((( SELECT current_setting('samaan.compartments'::text, true) AS current_setting))::integer & 2) <> 0) AND (EXISTS ( SELECT 1
   FROM policy.case_access a
  WHERE ((a.case_id = assessment.case_id) AND (a.until > now()) AND (a.basis = 'assigned'::text) AND ((a.compartments & 2) <> 0))))));
create policy glimpsed on care.assessment
  for select
  to samaan_app
  using ((EXISTS ( SELECT 1
   FROM policy.case_glimpse g
  WHERE ((g.case_id = assessment.case_id) AND (g.until > now()) AND ((g.compartments & 2) <> 0) AND ((g.basis <> 'break-glass'::text) OR (((( SELECT current_setting('samaan.compartments'::text, true) AS current_setting))::integer & 2) <> 0))))));
create policy seen on care.assessment
  for select
  to samaan_app
  using (((((( SELECT current_setting('samaan.compartments'::text, true) AS current_setting))::integer & 2) <> 0) AND (EXISTS ( SELECT 1
   FROM policy.case_access a
  WHERE ((a.case_id = assessment.case_id) AND (a.until > now()) AND (a.basis = 'assigned'::text) AND ((a.compartments & 2) <> 0))))));
grant insert, select on table care.assessment to samaan_app;

create table care.best_interest (
  id uuid not null,
  case_id uuid not null,
  kind text not null,
  step text not null,
  outcome text not null,
  sealed bytea not null,
  by_account uuid not null,
  at timestamp with time zone not null default now(),
  constraint best_interest_pkey PRIMARY KEY (id),
  constraint best_interest_kind_check CHECK ((kind = ANY (ARRAY['assessment'::text, 'determination'::text]))),
  constraint best_interest_outcome_check CHECK ((outcome = ANY (ARRAY['in-interest'::text, 'not-in-interest'::text, 'more-needed'::text]))),
  constraint best_interest_step_check CHECK ((step = ANY (ARRAY['placement'::text, 'interview'::text, 'medical'::text, 'school'::text, 'family-contact'::text, 'separation'::text, 'return'::text, 'durable-solution'::text, 'other'::text]))),
  constraint best_interest_case_id_fkey FOREIGN KEY (case_id) REFERENCES cases.folder(id)
);
alter table care.best_interest enable row level security;
alter table care.best_interest force row level security;
CREATE INDEX best_interest_case ON care.best_interest USING btree (case_id, at DESC);
create policy added on care.best_interest
  for insert
  to samaan_app
  with check (((by_account = (NULLIF(( SELECT current_setting('samaan.user'::text, true) AS current_setting), ''::text))::uuid) AND (((( SELECT current_setting('samaan.compartments'::text, true) AS current_setting))::integer & 2) <> 0) AND (EXISTS ( SELECT 1
   FROM policy.case_access a
  WHERE ((a.case_id = best_interest.case_id) AND (a.until > now()) AND (a.basis = 'assigned'::text) AND ((a.compartments & 2) <> 0))))));
create policy seen on care.best_interest
  for select
  to samaan_app
  using (((((( SELECT current_setting('samaan.compartments'::text, true) AS current_setting))::integer & 2) <> 0) AND (EXISTS ( SELECT 1
   FROM policy.case_access a
  WHERE ((a.case_id = best_interest.case_id) AND (a.until > now()) AND (a.basis = 'assigned'::text) AND ((a.compartments & 2) <> 0))))));
grant insert, select on table care.best_interest to samaan_app;

create table care.closure (
  id uuid not null,
  case_id uuid not null,
  reason text not null,
  planned boolean not null,
  last_contact_on date,
  state text not null default 'proposed'::text,
  left_open jsonb not null default '[]'::jsonb,
  sealed_reasons bytea not null,
  by_account uuid not null,
  at timestamp with time zone not null default now(),
  second_by uuid,
  second_at timestamp with time zone,
  reopened_by uuid,
  reopened_at timestamp with time zone,
  sealed_reopening bytea,
  version integer not null default 1,
  constraint closure_pkey PRIMARY KEY (id),
  constraint closure_check CHECK ((second_by IS DISTINCT FROM by_account)),
  constraint closure_check1 CHECK ((((state = 'proposed'::text) = (second_at IS NULL)) AND ((second_at IS NULL) = (second_by IS NULL)))),
  constraint closure_check2 CHECK ((((state = 'reopened'::text) = (reopened_at IS NOT NULL)) AND ((reopened_at IS NULL) = (sealed_reopening IS NULL)))),
  constraint closure_reason_check CHECK ((reason = ANY (ARRAY['plan-completed'::text, 'time-ended'::text, 'no-longer-eligible'::text, 'person-stops'::text, 'moved-away'::text, 'died'::text, 'sudden-exit'::text, 'funding'::text, 'security'::text, 'handed-to-another-service'::text]))),
  constraint closure_state_check CHECK ((state = ANY (ARRAY['proposed'::text, 'approved'::text, 'returned'::text, 'reopened'::text]))),
  constraint closure_case_id_fkey FOREIGN KEY (case_id) REFERENCES cases.folder(id)
);
alter table care.closure enable row level security;
alter table care.closure force row level security;
CREATE INDEX closure_case ON care.closure USING btree (case_id, at);
CREATE INDEX closure_proposed ON care.closure USING btree (at) WHERE (state = 'proposed'::text);
CREATE UNIQUE INDEX closure_standing ON care.closure USING btree (case_id) WHERE (state = 'approved'::text);
CREATE UNIQUE INDEX closure_waiting ON care.closure USING btree (case_id) WHERE (state = 'proposed'::text);
create policy held on care.closure
  for all
  to samaan_app
  using ((EXISTS ( SELECT 1
   FROM policy.case_access a
  WHERE ((a.case_id = closure.case_id) AND (a.until > now()) AND (a.basis = ANY (ARRAY['holder'::text, 'assigned'::text]))))));
CREATE TRIGGER require_apart BEFORE UPDATE OF second_by ON care.closure FOR EACH ROW EXECUTE FUNCTION policy.require_apart();
grant insert, select, update (reopened_at), update (reopened_by), update (sealed_reopening), update (second_at), update (second_by), update (state), update (version) on table care.closure to samaan_app;

create table care.code_word (
  case_id uuid not null,
  sealed bytea not null,
  by_account uuid not null,
  at timestamp with time zone not null default now(),
  constraint code_word_pkey PRIMARY KEY (case_id),
  constraint code_word_case_id_fkey FOREIGN KEY (case_id) REFERENCES cases.folder(id)
);
alter table care.code_word enable row level security;
alter table care.code_word force row level security;
create policy added on care.code_word
  for insert
  to samaan_app
  with check (((by_account = (NULLIF(( SELECT current_setting('samaan.user'::text, true) AS current_setting), ''::text))::uuid) AND (((( SELECT current_setting('samaan.compartments'::text, true) AS current_setting))::integer & 2) <> 0) AND (EXISTS ( SELECT 1
   FROM policy.case_access a
  WHERE ((a.case_id = code_word.case_id) AND (a.until > now()) AND (a.basis = 'assigned'::text) AND ((a.compartments & 2) <> 0))))));
create policy changed on care.code_word
  for update
  to samaan_app
  using (((((( SELECT current_setting('samaan.compartments'::text, true) AS current_setting))::integer & 2) <> 0) AND (EXISTS ( SELECT 1
   FROM policy.case_access a
  WHERE ((a.case_id = code_word.case_id) AND (a.until > now()) AND (a.basis = 'assigned'::text) AND ((a.compartments & 2) <> 0))))))
  with check (((((( SELECT current_setting('samaan.compartments'::text, true) AS current_setting))::integer & 2) <> 0) AND (EXISTS ( SELECT 1
   FROM policy.case_access a
  WHERE ((a.case_id = code_word.case_id) AND (a.until > now()) AND (a.basis = 'assigned'::text) AND ((a.compartments & 2) <> 0))))));
create policy seen on care.code_word
  for select
  to samaan_app
  using (((((( SELECT current_setting('samaan.compartments'::text, true) AS current_setting))::integer & 2) <> 0) AND (EXISTS ( SELECT 1
   FROM policy.case_access a
  WHERE ((a.case_id = code_word.case_id) AND (a.until > now()) AND (a.basis = 'assigned'::text) AND ((a.compartments & 2) <> 0))))));
grant insert, select, update on table care.code_word to samaan_app;

create table care.delivery (
  id uuid not null,
  case_id uuid not null,
  action_id uuid,
  service text not null,
  outcome text not null,
  given_on date not null,
  organisation_id uuid not null,
  quantity integer,
  unit text,
  cost bigint,
  currency text,
  sealed_note bytea,
  by_account uuid not null,
  at timestamp with time zone not null default now(),
  constraint delivery_pkey PRIMARY KEY (id),
  constraint delivery_check CHECK (((cost IS NULL) = (currency IS NULL))),
  constraint delivery_check1 CHECK (((quantity IS NULL) = (unit IS NULL))),
  constraint delivery_check2 CHECK (((outcome = 'delivered'::text) OR ((quantity IS NULL) AND (cost IS NULL)))),
  constraint delivery_cost_check CHECK (((cost >= 0) AND (cost <= 2000000000))),
  constraint delivery_currency_check CHECK ((currency ~ '^[A-Z]{3}$'::text)),
  constraint delivery_outcome_check CHECK ((outcome = ANY (ARRAY['delivered'::text, 'declined-by-person'::text, 'unavailable'::text]))),
  constraint delivery_quantity_check CHECK (((quantity >= 1) AND (quantity <= 100000))),
  constraint delivery_unit_check CHECK ((unit = ANY (ARRAY['session'::text, 'night'::text, 'day'::text, 'hour'::text, 'item'::text, 'trip'::text, 'payment'::text]))),
  constraint delivery_action_id_fkey FOREIGN KEY (action_id) REFERENCES care.action(id),
  constraint delivery_case_id_fkey FOREIGN KEY (case_id) REFERENCES cases.folder(id),
  constraint delivery_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES directory.organisation(id)
);
alter table care.delivery enable row level security;
alter table care.delivery force row level security;
CREATE INDEX delivery_case ON care.delivery USING btree (case_id, given_on DESC);
create policy added on care.delivery
  for insert
  to samaan_app
  with check (((by_account = (NULLIF(( SELECT current_setting('samaan.user'::text, true) AS current_setting), ''::text))::uuid) AND (((( SELECT current_setting('samaan.compartments'::text, true) AS current_setting))::integer & 2) <> 0) AND (EXISTS ( SELECT 1
   FROM policy.case_access a
  WHERE ((a.case_id = delivery.case_id) AND (a.until > now()) AND (a.basis = 'assigned'::text) AND ((a.compartments & 2) <> 0))))));
create policy given on care.delivery
  for select
  to samaan_app
  using (((organisation_id = ANY ((( SELECT current_setting('samaan.principals'::text, true) AS current_setting))::uuid[])) AND (( SELECT current_setting('samaan.role'::text, true) AS current_setting) = ANY (ARRAY['provider'::text, 'shelter-manager'::text])) AND (EXISTS ( SELECT 1
   FROM policy.case_access a
  WHERE ((a.case_id = delivery.case_id) AND (a.until > now()) AND (a.basis = 'share'::text) AND a.accepted)))));
create policy giving on care.delivery
  for insert
  to samaan_app
  with check (((organisation_id = ANY ((( SELECT current_setting('samaan.principals'::text, true) AS current_setting))::uuid[])) AND (by_account = (NULLIF(( SELECT current_setting('samaan.user'::text, true) AS current_setting), ''::text))::uuid) AND (( SELECT current_setting('samaan.role'::text, true) AS current_setting) = ANY (ARRAY['provider'::text, 'shelter-manager'::text])) AND (sealed_note IS NULL) AND (EXISTS ( SELECT 1
   FROM policy.case_access a
  WHERE ((a.case_id = delivery.case_id) AND (a.until > now()) AND (a.basis = 'share'::text) AND a.accepted)))));
create policy glimpsed on care.delivery
  for select
  to samaan_app
  using ((EXISTS ( SELECT 1
   FROM policy.case_glimpse g
  WHERE ((g.case_id = delivery.case_id) AND (g.until > now()) AND ((g.compartments & 2) <> 0) AND ((g.basis <> 'break-glass'::text) OR (((( SELECT current_setting('samaan.compartments'::text, true) AS current_setting))::integer & 2) <> 0))))));
create policy seen on care.delivery
  for select
  to samaan_app
  using (((((( SELECT current_setting('samaan.compartments'::text, true) AS current_setting))::integer & 2) <> 0) AND (EXISTS ( SELECT 1
   FROM policy.case_access a
  WHERE ((a.case_id = delivery.case_id) AND (a.until > now()) AND (a.basis = 'assigned'::text) AND ((a.compartments & 2) <> 0))))));
grant insert, select on table care.delivery to samaan_app;

create table care.follow_up (
  id uuid not null,
  case_id uuid not null,
  kind text not null,
  due_on date not null,
  state text not null default 'planned'::text,
  sealed_note bytea,
  by_account uuid not null,
  marked_by uuid,
  marked_at timestamp with time zone,
  version integer not null default 1,
  constraint follow_up_pkey PRIMARY KEY (id),
  constraint follow_up_check CHECK (((state = 'planned'::text) = (marked_at IS NULL))),
  constraint follow_up_kind_check CHECK ((kind = ANY (ARRAY['contact'::text, 'plan-review'::text, 'last-contact'::text]))),
  constraint follow_up_state_check CHECK ((state = ANY (ARRAY['planned'::text, 'done'::text, 'missed'::text, 'moved'::text, 'dropped'::text]))),
  constraint follow_up_case_id_fkey FOREIGN KEY (case_id) REFERENCES cases.folder(id)
);
alter table care.follow_up enable row level security;
alter table care.follow_up force row level security;
CREATE INDEX follow_up_case ON care.follow_up USING btree (case_id, due_on);
CREATE INDEX follow_up_due ON care.follow_up USING btree (case_id, due_on) WHERE (state = 'planned'::text);
create policy added on care.follow_up
  for insert
  to samaan_app
  with check (((by_account = (NULLIF(( SELECT current_setting('samaan.user'::text, true) AS current_setting), ''::text))::uuid) AND (((( SELECT current_setting('samaan.compartments'::text, true) AS current_setting))::integer & 2) <> 0) AND (EXISTS ( SELECT 1
   FROM policy.case_access a
  WHERE ((a.case_id = follow_up.case_id) AND (a.until > now()) AND (a.basis = 'assigned'::text) AND ((a.compartments & 2) <> 0))))));
create policy changed on care.follow_up
  for update
  to samaan_app
  using (((((( SELECT current_setting('samaan.compartments'::text, true) AS current_setting))::integer & 2) <> 0) AND (EXISTS ( SELECT 1
   FROM policy.case_access a
  WHERE ((a.case_id = follow_up.case_id) AND (a.until > now()) AND (a.basis = 'assigned'::text) AND ((a.compartments & 2) <> 0))))))
  with check (((((( SELECT current_setting('samaan.compartments'::text, true) AS current_setting))::integer & 2) <> 0) AND (EXISTS ( SELECT 1
   FROM policy.case_access a
  WHERE ((a.case_id = follow_up.case_id) AND (a.until > now()) AND (a.basis = 'assigned'::text) AND ((a.compartments & 2) <> 0))))));
create policy seen on care.follow_up
  for select
  to samaan_app
  using (((((( SELECT current_setting('samaan.compartments'::text, true) AS current_setting))::integer & 2) <> 0) AND (EXISTS ( SELECT 1
   FROM policy.case_access a
  WHERE ((a.case_id = follow_up.case_id) AND (a.until > now()) AND (a.basis = 'assigned'::text) AND ((a.compartments & 2) <> 0))))));
grant insert, select, update (marked_at), update (marked_by), update (sealed_note), update (state), update (version) on table care.follow_up to samaan_app;

create table care.guardian (
  id uuid not null,
  case_id uuid not null,
  relation text not null,
  verified text not null,
  sealed bytea not null,
  by_account uuid not null,
  at timestamp with time zone not null default now(),
  ended_at timestamp with time zone,
  ended_by uuid,
  ended_why text,
  version integer not null default 1,
  constraint guardian_pkey PRIMARY KEY (id),
  constraint guardian_check CHECK ((((ended_at IS NULL) = (ended_why IS NULL)) AND ((ended_at IS NULL) = (ended_by IS NULL)))),
  constraint guardian_ended_why_check CHECK ((ended_why = ANY (ARRAY['suspected'::text, 'replaced'::text, 'of-age'::text, 'gave-up'::text, 'died'::text]))),
  constraint guardian_relation_check CHECK ((relation = ANY (ARRAY['parent'::text, 'relative'::text, 'appointed'::text, 'state-body'::text, 'other'::text]))),
  constraint guardian_verified_check CHECK ((verified = ANY (ARRAY['court-order'::text, 'official-record'::text, 'child-authority'::text, 'documents-seen'::text]))),
  constraint guardian_case_id_fkey FOREIGN KEY (case_id) REFERENCES cases.folder(id)
);
alter table care.guardian enable row level security;
alter table care.guardian force row level security;
CREATE INDEX guardian_case ON care.guardian USING btree (case_id, at);
CREATE UNIQUE INDEX guardian_live ON care.guardian USING btree (case_id) WHERE (ended_at IS NULL);
create policy added on care.guardian
  for insert
  to samaan_app
  with check (((by_account = (NULLIF(( SELECT current_setting('samaan.user'::text, true) AS current_setting), ''::text))::uuid) AND (((( SELECT current_setting('samaan.compartments'::text, true) AS current_setting))::integer & 2) <> 0) AND (EXISTS ( SELECT 1
   FROM policy.case_access a
  WHERE ((a.case_id = guardian.case_id) AND (a.until > now()) AND (a.basis = 'assigned'::text) AND ((a.compartments & 2) <> 0))))));
create policy changed on care.guardian
  for update
  to samaan_app
  using (((((( SELECT current_setting('samaan.compartments'::text, true) AS current_setting))::integer & 2) <> 0) AND (EXISTS ( SELECT 1
   FROM policy.case_access a
  WHERE ((a.case_id = guardian.case_id) AND (a.until > now()) AND (a.basis = 'assigned'::text) AND ((a.compartments & 2) <> 0))))))
  with check (((((( SELECT current_setting('samaan.compartments'::text, true) AS current_setting))::integer & 2) <> 0) AND (EXISTS ( SELECT 1
   FROM policy.case_access a
  WHERE ((a.case_id = guardian.case_id) AND (a.until > now()) AND (a.basis = 'assigned'::text) AND ((a.compartments & 2) <> 0))))));
create policy seen on care.guardian
  for select
  to samaan_app
  using (((((( SELECT current_setting('samaan.compartments'::text, true) AS current_setting))::integer & 2) <> 0) AND (EXISTS ( SELECT 1
   FROM policy.case_access a
  WHERE ((a.case_id = guardian.case_id) AND (a.until > now()) AND (a.basis = 'assigned'::text) AND ((a.compartments & 2) <> 0))))));
grant insert, select, update (ended_at), update (ended_by), update (ended_why), update (version) on table care.guardian to samaan_app;

create table care.plan (
  id uuid not null,
  case_id uuid not null,
  number integer not null,
  state text not null default 'draft'::text,
  sealed bytea not null,
  by_account uuid not null,
  at timestamp with time zone not null default now(),
  given_by text,
  agreed_how text,
  agreed_at timestamp with time zone,
  agreed_by uuid,
  version integer not null default 1,
  constraint plan_pkey PRIMARY KEY (id),
  constraint plan_agreed_how_check CHECK ((agreed_how = ANY (ARRAY['spoken'::text, 'written'::text, 'signed'::text, 'through-interpreter'::text]))),
  constraint plan_check CHECK (((state = 'draft'::text) = (agreed_at IS NULL))),
  constraint plan_check1 CHECK ((((agreed_at IS NULL) = (agreed_how IS NULL)) AND ((agreed_at IS NULL) = (given_by IS NULL)) AND ((agreed_at IS NULL) = (agreed_by IS NULL)))),
  constraint plan_given_by_check CHECK ((given_by = ANY (ARRAY['person'::text, 'guardian-and-child'::text]))),
  constraint plan_number_check CHECK ((number > 0)),
  constraint plan_state_check CHECK ((state = ANY (ARRAY['draft'::text, 'agreed'::text, 'replaced'::text]))),
  constraint plan_case_id_fkey FOREIGN KEY (case_id) REFERENCES cases.folder(id)
);
alter table care.plan enable row level security;
alter table care.plan force row level security;
CREATE UNIQUE INDEX plan_agreed ON care.plan USING btree (case_id) WHERE (state = 'agreed'::text);
CREATE UNIQUE INDEX plan_draft ON care.plan USING btree (case_id) WHERE (state = 'draft'::text);
CREATE UNIQUE INDEX plan_number ON care.plan USING btree (case_id, number);
create policy added on care.plan
  for insert
  to samaan_app
  with check (((by_account = (NULLIF(( SELECT current_setting('samaan.user'::text, true) AS current_setting), ''::text))::uuid) AND (((( SELECT current_setting('samaan.compartments'::text, true) AS current_setting))::integer & 2) <> 0) AND (EXISTS ( SELECT 1
   FROM policy.case_access a
  WHERE ((a.case_id = plan.case_id) AND (a.until > now()) AND (a.basis = 'assigned'::text) AND ((a.compartments & 2) <> 0))))));
create policy changed on care.plan
  for update
  to samaan_app
  using (((((( SELECT current_setting('samaan.compartments'::text, true) AS current_setting))::integer & 2) <> 0) AND (EXISTS ( SELECT 1
   FROM policy.case_access a
  WHERE ((a.case_id = plan.case_id) AND (a.until > now()) AND (a.basis = 'assigned'::text) AND ((a.compartments & 2) <> 0))))))
  with check (((((( SELECT current_setting('samaan.compartments'::text, true) AS current_setting))::integer & 2) <> 0) AND (EXISTS ( SELECT 1
   FROM policy.case_access a
  WHERE ((a.case_id = plan.case_id) AND (a.until > now()) AND (a.basis = 'assigned'::text) AND ((a.compartments & 2) <> 0))))));
create policy glimpsed on care.plan
  for select
  to samaan_app
  using ((EXISTS ( SELECT 1
   FROM policy.case_glimpse g
  WHERE ((g.case_id = plan.case_id) AND (g.until > now()) AND ((g.compartments & 2) <> 0) AND ((g.basis <> 'break-glass'::text) OR (((( SELECT current_setting('samaan.compartments'::text, true) AS current_setting))::integer & 2) <> 0))))));
create policy seen on care.plan
  for select
  to samaan_app
  using (((((( SELECT current_setting('samaan.compartments'::text, true) AS current_setting))::integer & 2) <> 0) AND (EXISTS ( SELECT 1
   FROM policy.case_access a
  WHERE ((a.case_id = plan.case_id) AND (a.until > now()) AND (a.basis = 'assigned'::text) AND ((a.compartments & 2) <> 0))))));
grant insert, select, update (agreed_at), update (agreed_by), update (agreed_how), update (at), update (by_account), update (given_by), update (sealed), update (state), update (version) on table care.plan to samaan_app;

create table care.safety_plan (
  case_id uuid not null,
  level text,
  review_on date not null,
  sealed bytea not null,
  by_account uuid not null,
  at timestamp with time zone not null default now(),
  version integer not null default 1,
  constraint safety_plan_pkey PRIMARY KEY (case_id),
  constraint safety_plan_level_check CHECK ((level = ANY (ARRAY['low'::text, 'medium'::text, 'high'::text, 'extreme'::text]))),
  constraint safety_plan_case_id_fkey FOREIGN KEY (case_id) REFERENCES cases.folder(id)
);
alter table care.safety_plan enable row level security;
alter table care.safety_plan force row level security;
CREATE INDEX safety_plan_review ON care.safety_plan USING btree (case_id, review_on);
create policy added on care.safety_plan
  for insert
  to samaan_app
  with check (((by_account = (NULLIF(( SELECT current_setting('samaan.user'::text, true) AS current_setting), ''::text))::uuid) AND (((( SELECT current_setting('samaan.compartments'::text, true) AS current_setting))::integer & 2) <> 0) AND (EXISTS ( SELECT 1
   FROM policy.case_access a
  WHERE ((a.case_id = safety_plan.case_id) AND (a.until > now()) AND (a.basis = 'assigned'::text) AND ((a.compartments & 2) <> 0))))));
create policy changed on care.safety_plan
  for update
  to samaan_app
  using (((((( SELECT current_setting('samaan.compartments'::text, true) AS current_setting))::integer & 2) <> 0) AND (EXISTS ( SELECT 1
   FROM policy.case_access a
  WHERE ((a.case_id = safety_plan.case_id) AND (a.until > now()) AND (a.basis = 'assigned'::text) AND ((a.compartments & 2) <> 0))))))
  with check (((((( SELECT current_setting('samaan.compartments'::text, true) AS current_setting))::integer & 2) <> 0) AND (EXISTS ( SELECT 1
   FROM policy.case_access a
  WHERE ((a.case_id = safety_plan.case_id) AND (a.until > now()) AND (a.basis = 'assigned'::text) AND ((a.compartments & 2) <> 0))))));
create policy glimpsed on care.safety_plan
  for select
  to samaan_app
  using ((EXISTS ( SELECT 1
   FROM policy.case_glimpse g
  WHERE ((g.case_id = safety_plan.case_id) AND (g.until > now()) AND ((g.compartments & 2) <> 0) AND ((g.basis <> 'break-glass'::text) OR (((( SELECT current_setting('samaan.compartments'::text, true) AS current_setting))::integer & 2) <> 0))))));
create policy seen on care.safety_plan
  for select
  to samaan_app
  using (((((( SELECT current_setting('samaan.compartments'::text, true) AS current_setting))::integer & 2) <> 0) AND (EXISTS ( SELECT 1
   FROM policy.case_access a
  WHERE ((a.case_id = safety_plan.case_id) AND (a.until > now()) AND (a.basis = 'assigned'::text) AND ((a.compartments & 2) <> 0))))));
grant insert, select, update on table care.safety_plan to samaan_app;

create table cases.assignment (
  id uuid not null,
  case_id uuid not null,
  account_id uuid not null,
  duty text not null,
  from_at timestamp with time zone not null default now(),
  until_at timestamp with time zone,
  by_account uuid not null,
  from_account uuid,
  hand_over jsonb,
  constraint assignment_pkey PRIMARY KEY (id),
  constraint assignment_duty_check CHECK ((duty = 'coordinator'::text)),
  constraint assignment_hand_over_check CHECK ((jsonb_typeof(hand_over) = 'array'::text)),
  constraint assignment_case_id_fkey FOREIGN KEY (case_id) REFERENCES cases.folder(id),
  constraint assignment_from_account_fkey FOREIGN KEY (from_account) REFERENCES auth.account(id)
);
alter table cases.assignment enable row level security;
alter table cases.assignment force row level security;
CREATE INDEX assignment_account ON cases.assignment USING btree (account_id) WHERE (until_at IS NULL);
CREATE UNIQUE INDEX assignment_live ON cases.assignment USING btree (case_id, duty) WHERE (until_at IS NULL);
create policy added on cases.assignment
  for insert
  to samaan_app
  with check ((EXISTS ( SELECT 1
   FROM policy.case_access a
  WHERE ((a.case_id = assignment.case_id) AND (a.until > now()) AND ((a.compartments & 64) <> 0) AND (a.basis <> 'share'::text)))));
create policy changed on cases.assignment
  for update
  to samaan_app
  using (((((( SELECT current_setting('samaan.compartments'::text, true) AS current_setting))::integer & 64) <> 0) AND (EXISTS ( SELECT 1
   FROM policy.case_access a
  WHERE ((a.case_id = assignment.case_id) AND (a.until > now()) AND ((a.compartments & 64) <> 0) AND (a.basis <> 'share'::text))))))
  with check ((EXISTS ( SELECT 1
   FROM policy.case_access a
  WHERE ((a.case_id = assignment.case_id) AND (a.until > now()) AND ((a.compartments & 64) <> 0) AND (a.basis <> 'share'::text)))));
create policy removed on cases.assignment
  for delete
  to samaan_app
  using (((((( SELECT current_setting('samaan.compartments'::text, true) AS current_setting))::integer & 64) <> 0) AND (EXISTS ( SELECT 1
   FROM policy.case_access a
  WHERE ((a.case_id = assignment.case_id) AND (a.until > now()) AND ((a.compartments & 64) <> 0) AND (a.basis <> 'share'::text))))));
create policy seen on cases.assignment
  for select
  to samaan_app
  using (((((( SELECT current_setting('samaan.compartments'::text, true) AS current_setting))::integer & 64) <> 0) AND (EXISTS ( SELECT 1
   FROM policy.case_access a
  WHERE ((a.case_id = assignment.case_id) AND (a.until > now()) AND ((a.compartments & 64) <> 0) AND (a.basis <> 'share'::text))))));
grant insert, select, update (until_at) on table cases.assignment to samaan_app;

create table cases.attachment (
  id uuid not null,
  case_id uuid not null,
  compartment text not null,
  by_account uuid not null,
  at timestamp with time zone not null default now(),
  taken_at timestamp with time zone,
  purpose text not null,
  original boolean not null,
  sealed_about bytea not null,
  recipient text not null,
  sealed_identity bytea not null,
  sha256 bytea not null,
  state text not null default 'waiting-for-file'::text,
  code text,
  kind text,
  size integer,
  scanned boolean,
  original_file uuid,
  clean_file uuid,
  clean_size integer,
  sealed_thumbnail bytea,
  proof bytea,
  constraint attachment_pkey PRIMARY KEY (id),
  constraint attachment_check CHECK ((((clean_file IS NULL) = (clean_size IS NULL)) AND ((clean_file IS NULL) = (sealed_thumbnail IS NULL)))),
  constraint attachment_check1 CHECK (((state = 'ready'::text) = (original_file IS NOT NULL))),
  constraint attachment_check2 CHECK (((state = 'ready'::text) = ((kind IS NOT NULL) AND (size IS NOT NULL) AND (scanned IS NOT NULL) AND (proof IS NOT NULL)))),
  constraint attachment_check3 CHECK (((code IS NOT NULL) = (state = ANY (ARRAY['refused'::text, 'quarantined'::text])))),
  constraint attachment_code_check CHECK ((code ~ '^[a-z][a-z0-9-]{0,59}$'::text)),
  constraint attachment_compartment_check CHECK ((compartment = ANY (ARRAY['ID'::text, 'SVC'::text]))),
  constraint attachment_identity CHECK (((compartment = 'ID'::text) OR (purpose <> 'identity-document'::text))),
  constraint attachment_kind_check CHECK ((kind ~ '^[a-z0-9]{2,8}$'::text)),
  constraint attachment_proof_check CHECK ((length(proof) = ANY (ARRAY[32, 96]))),
  constraint attachment_purpose_check CHECK ((purpose = ANY (ARRAY['identity-document'::text, 'document'::text, 'place-or-thing'::text, 'recording'::text, 'person'::text, 'other'::text]))),
  constraint attachment_recipient_check CHECK ((recipient ~ '^age1[0-9a-z]{58}$'::text)),
  constraint attachment_sha256_check CHECK ((length(sha256) = 32)),
  constraint attachment_size_check CHECK ((size >= 0)),
  constraint attachment_state_check CHECK ((state = ANY (ARRAY['waiting-for-file'::text, 'ready'::text, 'refused'::text, 'quarantined'::text]))),
  constraint attachment_by_account_fkey FOREIGN KEY (by_account) REFERENCES auth.account(id),
  constraint attachment_case_id_fkey FOREIGN KEY (case_id) REFERENCES cases.folder(id)
);
alter table cases.attachment enable row level security;
alter table cases.attachment force row level security;
CREATE INDEX attachment_case ON cases.attachment USING btree (case_id, id DESC);
CREATE INDEX attachment_waiting ON cases.attachment USING btree (by_account, sha256) WHERE (state = ANY (ARRAY['waiting-for-file'::text, 'quarantined'::text]));
CREATE UNIQUE INDEX attachment_content ON cases.attachment USING btree (by_account, sha256);
create policy added on cases.attachment
  for insert
  to samaan_app
  with check (((compartment = 'SVC'::text) AND (by_account = (NULLIF(( SELECT current_setting('samaan.user'::text, true) AS current_setting), ''::text))::uuid) AND (EXISTS ( SELECT 1
   FROM policy.case_access a
  WHERE ((a.case_id = attachment.case_id) AND (a.until > now()) AND ((a.compartments & 2) <> 0) AND (a.basis <> 'share'::text))))));
create policy filed on cases.attachment
  for update
  to samaan_app
  using (((( SELECT current_setting('samaan.role'::text, true) AS current_setting) = 'filing'::text) AND (by_account = (NULLIF(( SELECT current_setting('samaan.user'::text, true) AS current_setting), ''::text))::uuid) AND (state = ANY (ARRAY['waiting-for-file'::text, 'quarantined'::text]))))
  with check (((( SELECT current_setting('samaan.role'::text, true) AS current_setting) = 'filing'::text) AND (by_account = (NULLIF(( SELECT current_setting('samaan.user'::text, true) AS current_setting), ''::text))::uuid)));
create policy filing on cases.attachment
  for select
  to samaan_app
  using (((( SELECT current_setting('samaan.role'::text, true) AS current_setting) = 'filing'::text) AND (by_account = (NULLIF(( SELECT current_setting('samaan.user'::text, true) AS current_setting), ''::text))::uuid)));
create policy hidden on cases.attachment
  as restrictive
  for select
  to samaan_app
  using ((NOT (EXISTS ( SELECT 1
   FROM policy.case_hidden h
  WHERE (h.case_id = attachment.case_id)))));
create policy jobs on cases.attachment
  for select
  to samaan_jobs
  using (true);
create policy paper_added on cases.attachment
  for insert
  to samaan_app
  with check (((compartment = 'ID'::text) AND (by_account = (NULLIF(( SELECT current_setting('samaan.user'::text, true) AS current_setting), ''::text))::uuid) AND (( SELECT current_setting('samaan.role'::text, true) AS current_setting) = ANY (ARRAY['officer'::text, 'intake'::text, 'coordinator'::text])) AND (EXISTS ( SELECT 1
   FROM policy.case_access a
  WHERE ((a.case_id = attachment.case_id) AND (a.until > now()) AND ((a.compartments & 1) <> 0) AND (a.basis <> 'share'::text))))));
create policy paper_seen on cases.attachment
  for select
  to samaan_app
  using (((compartment = 'ID'::text) AND (( SELECT current_setting('samaan.role'::text, true) AS current_setting) = ANY (ARRAY['intake'::text, 'coordinator'::text, 'decision-maker'::text])) AND (EXISTS ( SELECT 1
   FROM policy.case_access a
  WHERE ((a.case_id = attachment.case_id) AND (a.until > now()) AND ((a.compartments & 1) <> 0))))));
create policy seen on cases.attachment
  for select
  to samaan_app
  using (((compartment = 'SVC'::text) AND (((( SELECT current_setting('samaan.compartments'::text, true) AS current_setting))::integer & 2) <> 0) AND (EXISTS ( SELECT 1
   FROM policy.case_access a
  WHERE ((a.case_id = attachment.case_id) AND (a.until > now()) AND ((a.compartments & 2) <> 0))))));
grant insert, select, update (clean_file), update (clean_size), update (code), update (kind), update (original_file), update (proof), update (scanned), update (sealed_thumbnail), update (size), update (state) on table cases.attachment to samaan_app;
grant select (clean_file), select (original_file) on table cases.attachment to samaan_jobs;

create table cases.clock (
  id uuid not null,
  case_id uuid not null,
  kind text not null,
  starts_at timestamp with time zone not null,
  warn_at timestamp with time zone not null,
  due_at timestamp with time zone not null,
  stopped_at timestamp with time zone,
  unit text,
  amount double precision,
  warn_share double precision,
  paused_at timestamp with time zone,
  overdue_told boolean not null default false,
  escalates_at timestamp with time zone,
  constraint clock_pkey PRIMARY KEY (id),
  constraint clock_amount_check CHECK ((amount > (0)::double precision)),
  constraint clock_unit_check CHECK ((unit = ANY (ARRAY['hours'::text, 'working-hours'::text, 'working-days'::text, 'calendar-days'::text]))),
  constraint clock_warn_share_check CHECK (((warn_share > (0)::double precision) AND (warn_share <= (1)::double precision))),
  constraint clock_case_id_fkey FOREIGN KEY (case_id) REFERENCES cases.folder(id)
);
alter table cases.clock enable row level security;
alter table cases.clock force row level security;
CREATE INDEX clock_case ON cases.clock USING btree (case_id);
CREATE INDEX clock_due ON cases.clock USING btree (due_at) WHERE (stopped_at IS NULL);
CREATE INDEX clock_escalates ON cases.clock USING btree (escalates_at) WHERE ((stopped_at IS NULL) AND (paused_at IS NULL) AND (escalates_at IS NOT NULL));
CREATE INDEX clock_told ON cases.clock USING btree (due_at) WHERE ((stopped_at IS NULL) AND (paused_at IS NULL) AND (NOT overdue_told));
create policy added on cases.clock
  for insert
  to samaan_app
  with check ((EXISTS ( SELECT 1
   FROM policy.case_access a
  WHERE ((a.case_id = clock.case_id) AND (a.until > now()) AND ((a.compartments & 64) <> 0) AND (a.basis <> 'share'::text)))));
create policy apart on cases.clock
  as restrictive
  for select
  to samaan_app, samaan_jobs
  using ((NOT (EXISTS ( SELECT 1
   FROM policy.case_merged m
  WHERE (m.case_id = clock.case_id)))));
create policy changed on cases.clock
  for update
  to samaan_app
  using (((((( SELECT current_setting('samaan.compartments'::text, true) AS current_setting))::integer & 64) <> 0) AND (EXISTS ( SELECT 1
   FROM policy.case_access a
  WHERE ((a.case_id = clock.case_id) AND (a.until > now()) AND ((a.compartments & 64) <> 0) AND (a.basis <> 'share'::text))))))
  with check ((EXISTS ( SELECT 1
   FROM policy.case_access a
  WHERE ((a.case_id = clock.case_id) AND (a.until > now()) AND ((a.compartments & 64) <> 0) AND (a.basis <> 'share'::text)))));
create policy jobs on cases.clock
  for select
  to samaan_jobs
  using (true);
create policy jobs_told on cases.clock
  for update
  to samaan_jobs
  using (true)
  with check (true);
create policy removed on cases.clock
  for delete
  to samaan_app
  using (((((( SELECT current_setting('samaan.compartments'::text, true) AS current_setting))::integer & 64) <> 0) AND (EXISTS ( SELECT 1
   FROM policy.case_access a
  WHERE ((a.case_id = clock.case_id) AND (a.until > now()) AND ((a.compartments & 64) <> 0) AND (a.basis <> 'share'::text))))));
create policy seen on cases.clock
  for select
  to samaan_app
  using (((((( SELECT current_setting('samaan.compartments'::text, true) AS current_setting))::integer & 64) <> 0) AND (EXISTS ( SELECT 1
   FROM policy.case_access a
  WHERE ((a.case_id = clock.case_id) AND (a.until > now()) AND ((a.compartments & 64) <> 0) AND (a.basis <> 'share'::text))))));
comment on column cases.clock.escalates_at is 'when the supervisors are told next, as long as it is overdue; null: never, or not yet';
grant insert, select, update (amount), update (due_at), update (overdue_told), update (paused_at), update (stopped_at), update (unit), update (warn_at) on table cases.clock to samaan_app;
grant select, update (escalates_at), update (overdue_told) on table cases.clock to samaan_jobs;

create table cases.clock_pause (
  id uuid not null,
  clock_id uuid not null,
  case_id uuid not null,
  from_at timestamp with time zone not null,
  to_at timestamp with time zone,
  reason text not null,
  by_account uuid not null,
  ended_by uuid,
  constraint clock_pause_pkey PRIMARY KEY (id),
  constraint clock_pause_check CHECK (((to_at IS NULL) OR (to_at >= from_at))),
  constraint clock_pause_check1 CHECK (((to_at IS NULL) = (ended_by IS NULL))),
  constraint clock_pause_reason_check CHECK ((reason ~ '^[a-z0-9]+(-[a-z0-9]+)*$'::text)),
  constraint clock_pause_case_id_fkey FOREIGN KEY (case_id) REFERENCES cases.folder(id),
  constraint clock_pause_clock_id_fkey FOREIGN KEY (clock_id) REFERENCES cases.clock(id)
);
alter table cases.clock_pause enable row level security;
alter table cases.clock_pause force row level security;
CREATE INDEX clock_pause_case ON cases.clock_pause USING btree (case_id);
CREATE INDEX clock_pause_clock ON cases.clock_pause USING btree (clock_id, from_at);
CREATE UNIQUE INDEX clock_pause_open ON cases.clock_pause USING btree (clock_id) WHERE (to_at IS NULL);
create policy held on cases.clock_pause
  for all
  to samaan_app
  using ((EXISTS ( SELECT 1
   FROM policy.case_access a
  WHERE ((a.case_id = clock_pause.case_id) AND (a.until > now()) AND (a.basis = ANY (ARRAY['holder'::text, 'assigned'::text]))))));
grant insert, select, update (ended_by), update (to_at) on table cases.clock_pause to samaan_app;

create table cases.decision (
  id uuid not null,
  case_id uuid not null,
  kind text not null,
  outcome text not null,
  elements text[] not null,
  sealed_reasons bytea not null,
  state text not null,
  by_account uuid not null,
  at timestamp with time zone not null default now(),
  second_by uuid,
  second_at timestamp with time zone,
  version integer not null default 1,
  stage text not null default 'reasonable-grounds'::text,
  evidence uuid[] not null default '{}'::uuid[],
  sealed_grounds bytea,
  organisation_id uuid,
  constraint decision_pkey PRIMARY KEY (id),
  constraint decision_again CHECK (((kind <> 'reconsideration'::text) OR (state <> 'confirmed'::text) OR (second_by IS NOT NULL))),
  constraint decision_check CHECK ((second_by IS DISTINCT FROM by_account)),
  constraint decision_check1 CHECK (((outcome = 'positive'::text) OR (state <> 'confirmed'::text) OR (second_by IS NOT NULL))),
  constraint decision_kind_check CHECK ((kind = ANY (ARRAY['reasonable-grounds'::text, 'conclusive-grounds'::text, 'reconsideration'::text]))),
  constraint decision_outcome_check CHECK ((outcome = ANY (ARRAY['positive'::text, 'negative'::text]))),
  constraint decision_stage CHECK (((kind = 'reconsideration'::text) OR (kind = stage))),
  constraint decision_stage_check CHECK ((stage = ANY (ARRAY['reasonable-grounds'::text, 'conclusive-grounds'::text]))),
  constraint decision_state_check CHECK ((state = ANY (ARRAY['proposed'::text, 'confirmed'::text, 'returned'::text]))),
  constraint decision_case_id_fkey FOREIGN KEY (case_id) REFERENCES cases.folder(id)
);
alter table cases.decision enable row level security;
alter table cases.decision force row level security;
CREATE INDEX decision_case ON cases.decision USING btree (case_id, at);
CREATE UNIQUE INDEX decision_waiting ON cases.decision USING btree (case_id) WHERE (state = 'proposed'::text);
create policy held on cases.decision
  for all
  to samaan_app
  using ((EXISTS ( SELECT 1
   FROM policy.case_access a
  WHERE ((a.case_id = decision.case_id) AND (a.until > now()) AND (a.basis = ANY (ARRAY['holder'::text, 'assigned'::text]))))));
create policy hidden on cases.decision
  as restrictive
  for select
  to samaan_app
  using ((NOT (EXISTS ( SELECT 1
   FROM policy.case_hidden h
  WHERE (h.case_id = decision.case_id)))));
CREATE TRIGGER require_apart BEFORE UPDATE OF second_by ON cases.decision FOR EACH ROW EXECUTE FUNCTION policy.require_apart();
CREATE TRIGGER require_others BEFORE INSERT OR UPDATE ON cases.decision FOR EACH ROW EXECUTE FUNCTION cases.require_others();
grant insert, select, update (second_at), update (second_by), update (state), update (version) on table cases.decision to samaan_app;

create table cases.escalation (
  id uuid not null,
  case_id uuid not null,
  clock_id uuid not null,
  due_at timestamp with time zone not null,
  at timestamp with time zone not null,
  answer text,
  answered_by uuid,
  answered_at timestamp with time zone,
  constraint escalation_pkey PRIMARY KEY (id),
  constraint escalation_answer_check CHECK ((answer = ANY (ARRAY['spoken-with'::text, 'more-people'::text, 'waits-for-others'::text, 'looks-into-it'::text]))),
  constraint escalation_check CHECK ((((answer IS NULL) = (answered_by IS NULL)) AND ((answer IS NULL) = (answered_at IS NULL)))),
  constraint escalation_answered_by_fkey FOREIGN KEY (answered_by) REFERENCES auth.account(id),
  constraint escalation_case_id_fkey FOREIGN KEY (case_id) REFERENCES cases.folder(id),
  constraint escalation_clock_id_fkey FOREIGN KEY (clock_id) REFERENCES cases.clock(id)
);
alter table cases.escalation enable row level security;
alter table cases.escalation force row level security;
CREATE INDEX escalation_case ON cases.escalation USING btree (case_id);
CREATE INDEX escalation_clock ON cases.escalation USING btree (clock_id, at DESC);
create policy nobody on cases.escalation
  for all
  to samaan_app
  using (false);

create table cases.folder (
  id uuid not null,
  country text not null,
  reference text not null,
  status text not null,
  identification text not null default 'none'::text,
  urgency text not null default 'routine'::text,
  child boolean not null default false,
  sector text,
  agency uuid not null,
  holder uuid,
  coordinator uuid,
  due_at timestamp with time zone,
  key_slot bigint not null,
  made_by uuid not null,
  made_at timestamp with time zone not null default now(),
  opened_at timestamp with time zone,
  version integer not null default 1,
  identification_before text,
  guarded boolean not null default false,
  constraint folder_pkey PRIMARY KEY (id),
  constraint folder_country_check CHECK ((country ~ '^[A-Z]{3}$'::text)),
  constraint folder_identification_check CHECK ((identification = ANY (ARRAY['none'::text, 'pending'::text, 'proposed-negative'::text, 'reasonable-grounds'::text, 'no-reasonable-grounds'::text, 'reconsidering-reasonable-grounds'::text, 'proposed-reasonable-grounds-again'::text, 'conclusive-pending'::text, 'proposed-conclusive-negative'::text, 'conclusive-grounds'::text, 'no-conclusive-grounds'::text, 'reconsidering-conclusive-grounds'::text, 'proposed-conclusive-grounds-again'::text, 'withdrawn'::text, 'transferred'::text, 'missing'::text, 'deceased'::text]))),
  constraint folder_interrupted CHECK (((identification = ANY (ARRAY['withdrawn'::text, 'transferred'::text, 'missing'::text, 'deceased'::text])) = (identification_before IS NOT NULL))),
  constraint folder_status_check CHECK ((status = ANY (ARRAY['new'::text, 'opened'::text, 'closed'::text]))),
  constraint folder_urgency_check CHECK ((urgency = ANY (ARRAY['emergency'::text, 'urgent'::text, 'routine'::text])))
);
alter table cases.folder enable row level security;
alter table cases.folder force row level security;
CREATE INDEX folder_coordinator ON cases.folder USING btree (coordinator, id DESC) INCLUDE (holder, guarded);
CREATE INDEX folder_holder ON cases.folder USING btree (holder, status, identification, id DESC) INCLUDE (guarded);
CREATE INDEX folder_holder_all ON cases.folder USING btree (holder, id DESC) INCLUDE (guarded);
CREATE INDEX folder_holder_urgency ON cases.folder USING btree (holder, status, urgency, id DESC) INCLUDE (guarded);
CREATE UNIQUE INDEX folder_reference ON cases.folder USING btree (country, reference);
create policy changed on cases.folder
  for update
  to samaan_app
  using (((( SELECT current_setting('samaan.role'::text, true) AS current_setting) = ANY (ARRAY['officer'::text, 'intake'::text, 'coordinator'::text, 'decision-maker'::text])) AND (EXISTS ( SELECT 1
   FROM policy.case_access a
  WHERE ((a.case_id = folder.id) AND (a.basis <> 'share'::text) AND (a.until > now()))))))
  with check (((country = ( SELECT current_setting('samaan.country'::text, true) AS current_setting)) AND ((holder IS NULL) OR (holder = (NULLIF(( SELECT current_setting('samaan.organisation'::text, true) AS current_setting), ''::text))::uuid))));
create policy glimpsed on cases.folder
  for select
  to samaan_app
  using ((EXISTS ( SELECT 1
   FROM policy.case_glimpse g
  WHERE ((g.case_id = folder.id) AND (g.until > now())))));
create policy hidden on cases.folder
  as restrictive
  for select
  to samaan_app
  using (((NOT guarded) OR (NOT (EXISTS ( SELECT 1
   FROM policy.case_hidden h
  WHERE (h.case_id = folder.id))))));
create policy made on cases.folder
  for insert
  to samaan_app
  with check (((made_by = (( SELECT current_setting('samaan.user'::text, true) AS current_setting))::uuid) AND (country = ( SELECT current_setting('samaan.country'::text, true) AS current_setting)) AND (holder IS NULL)));
create policy new on cases.folder
  as restrictive
  for insert
  to samaan_app
  with check (((status = 'new'::text) AND (identification = 'none'::text) AND (coordinator IS NULL) AND (opened_at IS NULL) AND (due_at IS NULL) AND (agency IN ( SELECT w.organisation_id
   FROM auth.working w
  WHERE (w.role = ANY (ARRAY['officer'::text, 'intake'::text]))))));
create policy seen on cases.folder
  for select
  to samaan_app
  using (((holder = (NULLIF(( SELECT current_setting('samaan.organisation'::text, true) AS current_setting), ''::text))::uuid) OR (EXISTS ( SELECT 1
   FROM policy.case_access a
  WHERE ((a.case_id = folder.id) AND (a.until > now()))))));
CREATE TRIGGER guard BEFORE INSERT ON cases.folder FOR EACH ROW WHEN (new.guarded) EXECUTE FUNCTION policy.guard_folder();
CREATE TRIGGER guard_again BEFORE UPDATE ON cases.folder FOR EACH ROW WHEN ((new.guarded IS DISTINCT FROM old.guarded)) EXECUTE FUNCTION policy.guard_folder();
CREATE TRIGGER keep BEFORE UPDATE ON cases.folder FOR EACH ROW WHEN (((CURRENT_USER = 'samaan_app'::name) AND (((((((old.holder IS DISTINCT FROM new.holder) OR (old.coordinator IS DISTINCT FROM new.coordinator)) OR (old.status IS DISTINCT FROM new.status)) OR (old.identification IS DISTINCT FROM new.identification)) OR (old.identification_before IS DISTINCT FROM new.identification_before)) OR (old.opened_at IS DISTINCT FROM new.opened_at)) OR (old.urgency IS DISTINCT FROM new.urgency)))) EXECUTE FUNCTION cases.keep_folder();
CREATE TRIGGER note_holder AFTER UPDATE OF holder ON cases.folder FOR EACH ROW WHEN ((new.holder IS DISTINCT FROM old.holder)) EXECUTE FUNCTION matching.note_holder();
comment on column cases.folder.guarded is 'something of it is hidden from somebody; see policy.case_hidden';
grant insert, select, update (coordinator), update (due_at), update (holder), update (identification), update (identification_before), update (opened_at), update (status), update (urgency), update (version) on table cases.folder to samaan_app;

create table cases.identity (
  case_id uuid not null,
  sealed bytea not null,
  version integer not null default 1,
  constraint identity_pkey PRIMARY KEY (case_id),
  constraint identity_case_id_fkey FOREIGN KEY (case_id) REFERENCES cases.folder(id)
);
alter table cases.identity enable row level security;
alter table cases.identity force row level security;
create policy added on cases.identity
  for insert
  to samaan_app
  with check ((EXISTS ( SELECT 1
   FROM policy.case_access a
  WHERE ((a.case_id = identity.case_id) AND (a.until > now()) AND ((a.compartments & 1) <> 0) AND (a.basis <> 'share'::text)))));
create policy changed on cases.identity
  for update
  to samaan_app
  using (((((( SELECT current_setting('samaan.compartments'::text, true) AS current_setting))::integer & 1) <> 0) AND (EXISTS ( SELECT 1
   FROM policy.case_access a
  WHERE ((a.case_id = identity.case_id) AND (a.until > now()) AND ((a.compartments & 1) <> 0) AND (a.basis <> 'share'::text))))))
  with check ((EXISTS ( SELECT 1
   FROM policy.case_access a
  WHERE ((a.case_id = identity.case_id) AND (a.until > now()) AND ((a.compartments & 1) <> 0) AND (a.basis <> 'share'::text)))));
create policy glimpsed on cases.identity
  for select
  to samaan_app
  using ((EXISTS ( SELECT 1
   FROM policy.case_glimpse g
  WHERE ((g.case_id = identity.case_id) AND (g.until > now()) AND ((g.compartments & 1) <> 0) AND ((g.basis <> 'break-glass'::text) OR (((( SELECT current_setting('samaan.compartments'::text, true) AS current_setting))::integer & 1) <> 0))))));
create policy hidden on cases.identity
  as restrictive
  for select
  to samaan_app
  using ((NOT (EXISTS ( SELECT 1
   FROM policy.case_hidden h
  WHERE (h.case_id = identity.case_id)))));
create policy removed on cases.identity
  for delete
  to samaan_app
  using (((((( SELECT current_setting('samaan.compartments'::text, true) AS current_setting))::integer & 1) <> 0) AND (EXISTS ( SELECT 1
   FROM policy.case_access a
  WHERE ((a.case_id = identity.case_id) AND (a.until > now()) AND ((a.compartments & 1) <> 0) AND (a.basis <> 'share'::text))))));
create policy seen on cases.identity
  for select
  to samaan_app
  using (((((( SELECT current_setting('samaan.compartments'::text, true) AS current_setting))::integer & 1) <> 0) AND (EXISTS ( SELECT 1
   FROM policy.case_access a
  WHERE ((a.case_id = identity.case_id) AND (a.until > now()) AND ((a.compartments & 1) <> 0))))));
grant insert, select, update (sealed), update (version) on table cases.identity to samaan_app;

create table cases.identity_conflict (
  id uuid not null,
  case_id uuid not null,
  sealed bytea,
  made_at timestamp with time zone not null default now(),
  settled_at timestamp with time zone,
  settled_by uuid,
  version integer not null default 1,
  constraint identity_conflict_pkey PRIMARY KEY (id),
  constraint identity_conflict_check CHECK ((((settled_at IS NULL) = (settled_by IS NULL)) AND ((settled_at IS NULL) = (sealed IS NOT NULL)))),
  constraint identity_conflict_case_id_fkey FOREIGN KEY (case_id) REFERENCES cases.folder(id),
  constraint identity_conflict_settled_by_fkey FOREIGN KEY (settled_by) REFERENCES auth.account(id)
);
alter table cases.identity_conflict enable row level security;
alter table cases.identity_conflict force row level security;
CREATE INDEX identity_conflict_case ON cases.identity_conflict USING btree (case_id) WHERE (settled_at IS NULL);
CREATE INDEX identity_conflict_open ON cases.identity_conflict USING btree (id DESC) WHERE (settled_at IS NULL);
create policy added on cases.identity_conflict
  for insert
  to samaan_app
  with check ((EXISTS ( SELECT 1
   FROM policy.case_access a
  WHERE ((a.case_id = identity_conflict.case_id) AND (a.until > now()) AND ((a.compartments & 1) <> 0) AND (a.basis <> 'share'::text)))));
create policy changed on cases.identity_conflict
  for update
  to samaan_app
  using (((((( SELECT current_setting('samaan.compartments'::text, true) AS current_setting))::integer & 1) <> 0) AND (EXISTS ( SELECT 1
   FROM policy.case_access a
  WHERE ((a.case_id = identity_conflict.case_id) AND (a.until > now()) AND ((a.compartments & 1) <> 0) AND (a.basis <> 'share'::text))))))
  with check ((EXISTS ( SELECT 1
   FROM policy.case_access a
  WHERE ((a.case_id = identity_conflict.case_id) AND (a.until > now()) AND ((a.compartments & 1) <> 0) AND (a.basis <> 'share'::text)))));
create policy hidden on cases.identity_conflict
  as restrictive
  for select
  to samaan_app
  using ((NOT (EXISTS ( SELECT 1
   FROM policy.case_hidden h
  WHERE (h.case_id = identity_conflict.case_id)))));
create policy seen on cases.identity_conflict
  for select
  to samaan_app
  using (((((( SELECT current_setting('samaan.compartments'::text, true) AS current_setting))::integer & 1) <> 0) AND (EXISTS ( SELECT 1
   FROM policy.case_access a
  WHERE ((a.case_id = identity_conflict.case_id) AND (a.until > now()) AND ((a.compartments & 1) <> 0) AND (a.basis <> 'share'::text))))));
grant insert, select, update (sealed), update (settled_at), update (settled_by), update (version) on table cases.identity_conflict to samaan_app;

create table cases.location (
  case_id uuid not null,
  sealed bytea not null,
  version integer not null default 1,
  constraint location_pkey PRIMARY KEY (case_id),
  constraint location_case_id_fkey FOREIGN KEY (case_id) REFERENCES cases.folder(id)
);
alter table cases.location enable row level security;
alter table cases.location force row level security;
create policy added on cases.location
  for insert
  to samaan_app
  with check ((EXISTS ( SELECT 1
   FROM policy.case_access a
  WHERE ((a.case_id = location.case_id) AND (a.until > now()) AND ((a.compartments & 8) <> 0) AND (a.basis <> 'share'::text)))));
create policy changed on cases.location
  for update
  to samaan_app
  using (((((( SELECT current_setting('samaan.compartments'::text, true) AS current_setting))::integer & 8) <> 0) AND (EXISTS ( SELECT 1
   FROM policy.case_access a
  WHERE ((a.case_id = location.case_id) AND (a.until > now()) AND ((a.compartments & 8) <> 0) AND (a.basis <> 'share'::text))))))
  with check ((EXISTS ( SELECT 1
   FROM policy.case_access a
  WHERE ((a.case_id = location.case_id) AND (a.until > now()) AND ((a.compartments & 8) <> 0) AND (a.basis <> 'share'::text)))));
create policy glimpsed on cases.location
  for select
  to samaan_app
  using ((EXISTS ( SELECT 1
   FROM policy.case_glimpse g
  WHERE ((g.case_id = location.case_id) AND (g.until > now()) AND ((g.compartments & 8) <> 0) AND ((g.basis <> 'break-glass'::text) OR (((( SELECT current_setting('samaan.compartments'::text, true) AS current_setting))::integer & 8) <> 0))))));
create policy hidden on cases.location
  as restrictive
  for select
  to samaan_app
  using ((NOT (EXISTS ( SELECT 1
   FROM policy.case_hidden h
  WHERE (h.case_id = location.case_id)))));
create policy removed on cases.location
  for delete
  to samaan_app
  using (((((( SELECT current_setting('samaan.compartments'::text, true) AS current_setting))::integer & 8) <> 0) AND (EXISTS ( SELECT 1
   FROM policy.case_access a
  WHERE ((a.case_id = location.case_id) AND (a.until > now()) AND ((a.compartments & 8) <> 0) AND (a.basis <> 'share'::text))))));
create policy seen on cases.location
  for select
  to samaan_app
  using (((((( SELECT current_setting('samaan.compartments'::text, true) AS current_setting))::integer & 8) <> 0) AND (EXISTS ( SELECT 1
   FROM policy.case_access a
  WHERE ((a.case_id = location.case_id) AND (a.until > now()) AND ((a.compartments & 8) <> 0))))));
grant insert, select, update (sealed), update (version) on table cases.location to samaan_app;

create table cases.match_term (
  case_id uuid not null,
  kind "char" not null,
  term bytea not null,
  constraint match_term_pkey PRIMARY KEY (case_id, kind, term),
  constraint match_term_kind_check CHECK ((kind = ANY (ARRAY['d'::"char", 'p'::"char", 'w'::"char", 'v'::"char", 'f'::"char", 'o'::"char", 't'::"char", 'l'::"char", 'i'::"char"])))
);
alter table cases.match_term enable row level security;
alter table cases.match_term force row level security;
CREATE INDEX match_term_term ON cases.match_term USING btree (term, kind) INCLUDE (case_id);
create policy nobody on cases.match_term
  for select
  to samaan_app
  using (false);
CREATE TRIGGER note_gone AFTER DELETE ON cases.match_term REFERENCING OLD TABLE AS noted FOR EACH STATEMENT EXECUTE FUNCTION matching.note_terms();
CREATE TRIGGER note_terms AFTER INSERT ON cases.match_term REFERENCING NEW TABLE AS noted FOR EACH STATEMENT EXECUTE FUNCTION matching.note_terms();

create table cases.note (
  id uuid not null,
  case_id uuid not null,
  compartment text not null,
  sealed bytea not null,
  by_account uuid not null,
  at timestamp with time zone not null default now(),
  constraint note_pkey PRIMARY KEY (id),
  constraint note_compartment_check CHECK ((compartment = 'SVC'::text)),
  constraint note_case_id_fkey FOREIGN KEY (case_id) REFERENCES cases.folder(id)
);
alter table cases.note enable row level security;
alter table cases.note force row level security;
CREATE INDEX note_case ON cases.note USING btree (case_id, at);
create policy added on cases.note
  for insert
  to samaan_app
  with check ((EXISTS ( SELECT 1
   FROM policy.case_access a
  WHERE ((a.case_id = note.case_id) AND (a.until > now()) AND ((a.compartments & 2) <> 0) AND (a.basis <> 'share'::text)))));
create policy changed on cases.note
  for update
  to samaan_app
  using (((((( SELECT current_setting('samaan.compartments'::text, true) AS current_setting))::integer & 2) <> 0) AND (EXISTS ( SELECT 1
   FROM policy.case_access a
  WHERE ((a.case_id = note.case_id) AND (a.until > now()) AND ((a.compartments & 2) <> 0) AND (a.basis <> 'share'::text))))))
  with check ((EXISTS ( SELECT 1
   FROM policy.case_access a
  WHERE ((a.case_id = note.case_id) AND (a.until > now()) AND ((a.compartments & 2) <> 0) AND (a.basis <> 'share'::text)))));
create policy glimpsed on cases.note
  for select
  to samaan_app
  using ((EXISTS ( SELECT 1
   FROM policy.case_glimpse g
  WHERE ((g.case_id = note.case_id) AND (g.until > now()) AND ((g.compartments & 2) <> 0) AND ((g.basis <> 'break-glass'::text) OR (((( SELECT current_setting('samaan.compartments'::text, true) AS current_setting))::integer & 2) <> 0))))));
create policy hidden on cases.note
  as restrictive
  for select
  to samaan_app
  using ((NOT (EXISTS ( SELECT 1
   FROM policy.case_hidden h
  WHERE (h.case_id = note.case_id)))));
create policy removed on cases.note
  for delete
  to samaan_app
  using (((((( SELECT current_setting('samaan.compartments'::text, true) AS current_setting))::integer & 2) <> 0) AND (EXISTS ( SELECT 1
   FROM policy.case_access a
  WHERE ((a.case_id = note.case_id) AND (a.until > now()) AND ((a.compartments & 2) <> 0) AND (a.basis <> 'share'::text))))));
create policy seen on cases.note
  for select
  to samaan_app
  using (((((( SELECT current_setting('samaan.compartments'::text, true) AS current_setting))::integer & 2) <> 0) AND (EXISTS ( SELECT 1
   FROM policy.case_access a
  WHERE ((a.case_id = note.case_id) AND (a.until > now()) AND ((a.compartments & 2) <> 0))))));
grant insert, select on table cases.note to samaan_app;

create table cases.search_term (
  term bytea not null,
  case_id uuid not null,
  constraint search_term_pkey PRIMARY KEY (term, case_id)
);
alter table cases.search_term enable row level security;
alter table cases.search_term force row level security;
create policy added on cases.search_term
  for insert
  to samaan_app
  with check ((EXISTS ( SELECT 1
   FROM policy.case_access a
  WHERE ((a.case_id = search_term.case_id) AND (a.until > now()) AND ((a.compartments & 1) <> 0) AND (a.basis <> 'share'::text)))));
create policy changed on cases.search_term
  for update
  to samaan_app
  using (((((( SELECT current_setting('samaan.compartments'::text, true) AS current_setting))::integer & 1) <> 0) AND (EXISTS ( SELECT 1
   FROM policy.case_access a
  WHERE ((a.case_id = search_term.case_id) AND (a.until > now()) AND ((a.compartments & 1) <> 0) AND (a.basis <> 'share'::text))))))
  with check ((EXISTS ( SELECT 1
   FROM policy.case_access a
  WHERE ((a.case_id = search_term.case_id) AND (a.until > now()) AND ((a.compartments & 1) <> 0) AND (a.basis <> 'share'::text)))));
create policy hidden on cases.search_term
  as restrictive
  for select
  to samaan_app
  using ((NOT (EXISTS ( SELECT 1
   FROM policy.case_hidden h
  WHERE (h.case_id = search_term.case_id)))));
create policy removed on cases.search_term
  for delete
  to samaan_app
  using (((((( SELECT current_setting('samaan.compartments'::text, true) AS current_setting))::integer & 1) <> 0) AND (EXISTS ( SELECT 1
   FROM policy.case_access a
  WHERE ((a.case_id = search_term.case_id) AND (a.until > now()) AND ((a.compartments & 1) <> 0) AND (a.basis <> 'share'::text))))));
create policy seen on cases.search_term
  for select
  to samaan_app
  using (((((( SELECT current_setting('samaan.compartments'::text, true) AS current_setting))::integer & 1) <> 0) AND (EXISTS ( SELECT 1
   FROM policy.case_access a
  WHERE ((a.case_id = search_term.case_id) AND (a.until > now()) AND ((a.compartments & 1) <> 0) AND (a.basis <> 'share'::text))))));
grant delete, insert, select on table cases.search_term to samaan_app;

create table cases.step (
  id uuid not null,
  case_id uuid not null,
  move text not null,
  from_state text not null,
  to_state text not null,
  about jsonb not null default '{}'::jsonb,
  sealed_reasons bytea not null,
  by_account uuid not null,
  happened_at timestamp with time zone not null,
  at timestamp with time zone not null default now(),
  constraint step_pkey PRIMARY KEY (id),
  constraint step_move_check CHECK ((move ~ '^[a-z][a-z-]{2,39}$'::text)),
  constraint step_case_id_fkey FOREIGN KEY (case_id) REFERENCES cases.folder(id)
);
alter table cases.step enable row level security;
alter table cases.step force row level security;
CREATE INDEX step_case ON cases.step USING btree (case_id, at);
create policy held on cases.step
  for all
  to samaan_app
  using ((EXISTS ( SELECT 1
   FROM policy.case_access a
  WHERE ((a.case_id = step.case_id) AND (a.until > now()) AND (a.basis = ANY (ARRAY['holder'::text, 'assigned'::text]))))))
  with check (((by_account = (NULLIF(( SELECT current_setting('samaan.user'::text, true) AS current_setting), ''::text))::uuid) AND (EXISTS ( SELECT 1
   FROM policy.case_access a
  WHERE ((a.case_id = step.case_id) AND (a.until > now()) AND (a.basis = ANY (ARRAY['holder'::text, 'assigned'::text])))))));
grant insert, select on table cases.step to samaan_app;

create table cases.timeline (
  id uuid not null,
  case_id uuid not null,
  at timestamp with time zone not null default now(),
  event text not null,
  account_id uuid,
  organisation_id uuid,
  about jsonb not null default '{}'::jsonb,
  constraint timeline_pkey PRIMARY KEY (id),
  constraint timeline_case_id_fkey FOREIGN KEY (case_id) REFERENCES cases.folder(id)
);
alter table cases.timeline enable row level security;
alter table cases.timeline force row level security;
CREATE INDEX timeline_case ON cases.timeline USING btree (case_id, at);
create policy added on cases.timeline
  for insert
  to samaan_app
  with check ((EXISTS ( SELECT 1
   FROM policy.case_access a
  WHERE ((a.case_id = timeline.case_id) AND (a.until > now()) AND ((a.compartments & 64) <> 0) AND (a.basis <> 'share'::text)))));
create policy answered on cases.timeline
  for insert
  to samaan_app
  with check (((event = ANY (ARRAY['referral.acknowledged'::text, 'referral.accepted'::text, 'referral.declined'::text])) AND (account_id = (NULLIF(( SELECT current_setting('samaan.user'::text, true) AS current_setting), ''::text))::uuid) AND (EXISTS ( SELECT 1
   FROM policy.case_access a
  WHERE ((a.case_id = timeline.case_id) AND (a.until > now()) AND (a.basis = 'share'::text))))));
create policy changed on cases.timeline
  for update
  to samaan_app
  using (((((( SELECT current_setting('samaan.compartments'::text, true) AS current_setting))::integer & 64) <> 0) AND (EXISTS ( SELECT 1
   FROM policy.case_access a
  WHERE ((a.case_id = timeline.case_id) AND (a.until > now()) AND ((a.compartments & 64) <> 0) AND (a.basis <> 'share'::text))))))
  with check ((EXISTS ( SELECT 1
   FROM policy.case_access a
  WHERE ((a.case_id = timeline.case_id) AND (a.until > now()) AND ((a.compartments & 64) <> 0) AND (a.basis <> 'share'::text)))));
create policy helped on cases.timeline
  for insert
  to samaan_app
  with check (((event = 'care.service-recorded'::text) AND (account_id = (NULLIF(( SELECT current_setting('samaan.user'::text, true) AS current_setting), ''::text))::uuid) AND (( SELECT current_setting('samaan.role'::text, true) AS current_setting) = ANY (ARRAY['provider'::text, 'shelter-manager'::text])) AND (EXISTS ( SELECT 1
   FROM policy.case_access a
  WHERE ((a.case_id = timeline.case_id) AND (a.until > now()) AND (a.basis = 'share'::text) AND a.accepted)))));
create policy jobs on cases.timeline
  for insert
  to samaan_jobs
  with check ((account_id IS NULL));
create policy noted on cases.timeline
  for insert
  to samaan_app
  with check (((event = 'health.noted'::text) AND (account_id = (NULLIF(( SELECT current_setting('samaan.user'::text, true) AS current_setting), ''::text))::uuid) AND (( SELECT current_setting('samaan.role'::text, true) AS current_setting) = 'provider'::text) AND (EXISTS ( SELECT 1
   FROM policy.case_access a
  WHERE ((a.case_id = timeline.case_id) AND (a.until > now()) AND a.accepted)))));
create policy of_health on cases.timeline
  as restrictive
  for select
  to samaan_app
  using (((event <> 'health.noted'::text) OR (EXISTS ( SELECT 1
   FROM health.note n
  WHERE (n.case_id = timeline.case_id)))));
create policy of_justice on cases.timeline
  as restrictive
  for select
  to samaan_app
  using (((event !~~ 'justice.%'::text) OR (( SELECT current_setting('samaan.role'::text, true) AS current_setting) = ANY (ARRAY['intake'::text, 'coordinator'::text, 'decision-maker'::text]))));
create policy of_whereabouts on cases.timeline
  as restrictive
  for select
  to samaan_app
  using (((event <> ALL (ARRAY['referral.where-said'::text, 'referral.where-taken-back'::text])) OR ((( SELECT current_setting('samaan.role'::text, true) AS current_setting) = 'coordinator'::text) AND (EXISTS ( SELECT 1
   FROM policy.case_access a
  WHERE ((a.case_id = timeline.case_id) AND (a.basis = 'assigned'::text) AND (a.until > now())))))));
create policy removed on cases.timeline
  for delete
  to samaan_app
  using (((((( SELECT current_setting('samaan.compartments'::text, true) AS current_setting))::integer & 64) <> 0) AND (EXISTS ( SELECT 1
   FROM policy.case_access a
  WHERE ((a.case_id = timeline.case_id) AND (a.until > now()) AND ((a.compartments & 64) <> 0) AND (a.basis <> 'share'::text))))));
create policy seen on cases.timeline
  for select
  to samaan_app
  using (((((( SELECT current_setting('samaan.compartments'::text, true) AS current_setting))::integer & 64) <> 0) AND (EXISTS ( SELECT 1
   FROM policy.case_access a
  WHERE ((a.case_id = timeline.case_id) AND (a.until > now()) AND ((a.compartments & 64) <> 0) AND (a.basis <> 'share'::text))))));
create policy served on cases.timeline
  for insert
  to samaan_app
  with check (((event = ANY (ARRAY['referral.begun'::text, 'referral.done'::text, 'referral.ended'::text])) AND (account_id = (NULLIF(( SELECT current_setting('samaan.user'::text, true) AS current_setting), ''::text))::uuid) AND (EXISTS ( SELECT 1
   FROM policy.case_access a
  WHERE ((a.case_id = timeline.case_id) AND (a.until > now()) AND (a.basis = 'share'::text) AND a.accepted)))));
create policy taken_back on cases.timeline
  for insert
  to samaan_app
  with check (((event = ANY (ARRAY['referral.revoked'::text, 'referral.ended'::text])) AND (account_id = (NULLIF(( SELECT current_setting('samaan.user'::text, true) AS current_setting), ''::text))::uuid) AND (EXISTS ( SELECT 1
   FROM referrals.referral r
  WHERE ((r.case_id = timeline.case_id) AND (r.from_account = (NULLIF(( SELECT current_setting('samaan.user'::text, true) AS current_setting), ''::text))::uuid))))));
grant insert on table cases.timeline to samaan_jobs;
grant insert, select on table cases.timeline to samaan_app;

create table cases.track (
  case_id uuid not null,
  track text not null,
  state text not null,
  at timestamp with time zone not null,
  by_account uuid not null,
  version integer not null default 1,
  constraint track_pkey PRIMARY KEY (case_id, track),
  constraint track_state_check CHECK ((state ~ '^[a-z][a-z-]{2,39}$'::text)),
  constraint track_track_check CHECK ((track = ANY (ARRAY['support'::text, 'immigration'::text, 'compensation'::text, 'return'::text]))),
  constraint track_case_id_fkey FOREIGN KEY (case_id) REFERENCES cases.folder(id)
);
alter table cases.track enable row level security;
alter table cases.track force row level security;
create policy added on cases.track
  for insert
  to samaan_app
  with check (((by_account = (NULLIF(( SELECT current_setting('samaan.user'::text, true) AS current_setting), ''::text))::uuid) AND (EXISTS ( SELECT 1
   FROM policy.case_access a
  WHERE ((a.case_id = track.case_id) AND (a.until > now()) AND (a.basis = 'assigned'::text))))));
create policy changed on cases.track
  for update
  to samaan_app
  using ((EXISTS ( SELECT 1
   FROM policy.case_access a
  WHERE ((a.case_id = track.case_id) AND (a.until > now()) AND (a.basis = 'assigned'::text)))))
  with check ((by_account = (NULLIF(( SELECT current_setting('samaan.user'::text, true) AS current_setting), ''::text))::uuid));
create policy seen on cases.track
  for select
  to samaan_app
  using ((EXISTS ( SELECT 1
   FROM policy.case_access a
  WHERE ((a.case_id = track.case_id) AND (a.until > now()) AND (a.basis = ANY (ARRAY['holder'::text, 'assigned'::text]))))));
grant insert, select, update (at), update (by_account), update (state), update (version) on table cases.track to samaan_app;

create table consent.notification (
  id uuid not null default gen_random_uuid(),
  country text not null,
  month text not null,
  sector text,
  exploitation text,
  urgency text,
  converted_month text,
  constraint notification_pkey PRIMARY KEY (id),
  constraint notification_converted_month_check CHECK ((converted_month ~ '^\d{4}-(0[1-9]|1[0-2])$'::text)),
  constraint notification_country_check CHECK ((country ~ '^[A-Z]{3}$'::text)),
  constraint notification_exploitation_check CHECK ((exploitation = ANY (ARRAY['labour'::text, 'sexual'::text, 'other'::text, 'not-known'::text]))),
  constraint notification_month_check CHECK ((month ~ '^\d{4}-(0[1-9]|1[0-2])$'::text)),
  constraint notification_urgency_check CHECK ((urgency = ANY (ARRAY['emergency'::text, 'urgent'::text, 'routine'::text])))
);
alter table consent.notification enable row level security;
alter table consent.notification force row level security;
CREATE INDEX notification_month ON consent.notification USING btree (country, month DESC, id DESC);
create policy received on consent.notification
  for select
  to samaan_app
  using (((( SELECT current_setting('samaan.role'::text, true) AS current_setting) = ANY (ARRAY['intake'::text, 'coordinator'::text])) AND (country = ( SELECT current_setting('samaan.country'::text, true) AS current_setting)) AND (EXISTS ( SELECT 1
   FROM directory.organisation o
  WHERE ((o.id = (NULLIF(( SELECT current_setting('samaan.organisation'::text, true) AS current_setting), ''::text))::uuid) AND o.competent AND (o.country = notification.country))))));
grant select on table consent.notification to samaan_app;

create table consent.notified (
  case_id uuid not null,
  notification uuid not null,
  constraint notified_pkey PRIMARY KEY (case_id),
  constraint notified_notification_key UNIQUE (notification),
  constraint notified_notification_fkey FOREIGN KEY (notification) REFERENCES consent.notification(id)
);
alter table consent.notified enable row level security;
alter table consent.notified force row level security;
create policy closed on consent.notified
  for all
  to samaan_app
  using (false);

create table consent.record (
  id uuid not null,
  case_id uuid not null,
  kind text not null,
  text_version text not null,
  language text not null,
  interpreter text not null,
  explained_by uuid not null,
  given_by text not null,
  child_assent boolean,
  form text not null,
  purposes text[] not null default '{}'::text[],
  recipients uuid[] not null default '{}'::uuid[],
  compartments integer not null default 0,
  withhold jsonb not null default '[]'::jsonb,
  expires_at timestamp with time zone,
  withdraws uuid,
  said_at timestamp with time zone not null,
  recorded_at timestamp with time zone not null default now(),
  to_police boolean not null default false,
  named uuid[] not null default '{}'::uuid[],
  constraint record_pkey PRIMARY KEY (id),
  constraint record_to_police UNIQUE (id, to_police),
  constraint record_check CHECK (((kind = 'withdrawn'::text) = (withdraws IS NOT NULL))),
  constraint record_check1 CHECK (((kind <> 'given'::text) OR ((cardinality(recipients) > 0) AND (cardinality(purposes) > 0) AND (compartments > 0)))),
  constraint record_compartments_check CHECK (((compartments >= 0) AND (compartments <= 127))),
  constraint record_form_check CHECK ((form = ANY (ARRAY['oral-certified'::text, 'written'::text, 'recorded'::text]))),
  constraint record_given_by_check CHECK ((given_by = ANY (ARRAY['person'::text, 'guardian'::text, 'support-person'::text]))),
  constraint record_interpreter_check CHECK ((interpreter = ANY (ARRAY['none'::text, 'in-person'::text, 'by-phone'::text]))),
  constraint record_kind_check CHECK ((kind = ANY (ARRAY['limits-told'::text, 'given'::text, 'refused'::text, 'withdrawn'::text]))),
  constraint to_police_alone CHECK (((NOT to_police) OR (kind <> 'given'::text) OR ((purposes = '{prosecution}'::text[]) AND (cardinality(recipients) = 1) AND (compartments = 1) AND (withhold = '[]'::jsonb) AND (expires_at IS NOT NULL) AND (expires_at <= (recorded_at + '366 days'::interval))))),
  constraint to_police_kinds CHECK (((NOT to_police) OR (kind = ANY (ARRAY['given'::text, 'withdrawn'::text])))),
  constraint to_police_named CHECK (((cardinality(named) <= 10) AND ((cardinality(named) > 0) = (to_police AND (kind = 'given'::text))))),
  constraint record_withdraws_alike FOREIGN KEY (withdraws, to_police) REFERENCES consent.record(id, to_police),
  constraint record_withdraws_fkey FOREIGN KEY (withdraws) REFERENCES consent.record(id)
);
alter table consent.record enable row level security;
alter table consent.record force row level security;
CREATE INDEX record_case ON consent.record USING btree (case_id, recorded_at);
CREATE UNIQUE INDEX record_withdraws ON consent.record USING btree (withdraws);
create policy asked_alone on consent.record
  as restrictive
  for insert
  to samaan_app
  with check ((to_police OR (NOT ('prosecution'::text = ANY (purposes)))));
create policy child_not_alone on consent.record
  as restrictive
  for insert
  to samaan_app
  with check (((kind <> 'given'::text) OR (given_by <> 'person'::text) OR (EXISTS ( SELECT 1
   FROM cases.folder f
  WHERE ((f.id = record.case_id) AND (NOT f.child))))));
create policy hidden on consent.record
  as restrictive
  for select
  to samaan_app
  using ((NOT (EXISTS ( SELECT 1
   FROM policy.case_hidden h
  WHERE (h.case_id = record.case_id)))));
create policy kept_close on consent.record
  as restrictive
  for select
  to samaan_app
  using (((NOT to_police) OR ((( SELECT current_setting('samaan.role'::text, true) AS current_setting) = 'coordinator'::text) AND (EXISTS ( SELECT 1
   FROM policy.case_access a
  WHERE ((a.case_id = record.case_id) AND (a.basis = 'assigned'::text) AND (a.until > now()))))) OR (EXISTS ( SELECT 1
   FROM policy.visit v
  WHERE (v.case_id = record.case_id)))));
create policy kept_close_written on consent.record
  as restrictive
  for insert
  to samaan_app
  with check (((NOT to_police) OR ((( SELECT current_setting('samaan.role'::text, true) AS current_setting) = 'coordinator'::text) AND (EXISTS ( SELECT 1
   FROM policy.case_access a
  WHERE ((a.case_id = record.case_id) AND (a.basis = 'assigned'::text) AND (a.until > now()))))) OR (EXISTS ( SELECT 1
   FROM policy.visit v
  WHERE (v.case_id = record.case_id)))));
create policy own on consent.record
  for select
  to samaan_app
  using ((EXISTS ( SELECT 1
   FROM policy.visit v
  WHERE (v.case_id = record.case_id))));
create policy seen on consent.record
  for select
  to samaan_app
  using (((( SELECT current_setting('samaan.role'::text, true) AS current_setting) <> 'decision-maker'::text) AND (EXISTS ( SELECT 1
   FROM policy.case_access a
  WHERE ((a.case_id = record.case_id) AND (a.until > now()))))));
create policy taken_back on consent.record
  for insert
  to samaan_app
  with check (((kind = 'withdrawn'::text) AND (given_by = 'person'::text) AND (EXISTS ( SELECT 1
   FROM policy.visit v
  WHERE ((v.case_id = record.case_id) AND (v.explained_by = record.explained_by))))));
create policy told on consent.record
  for insert
  to samaan_app
  with check (((kind = 'limits-told'::text) AND (explained_by = (( SELECT current_setting('samaan.user'::text, true) AS current_setting))::uuid) AND (( SELECT current_setting('samaan.role'::text, true) AS current_setting) = 'decision-maker'::text) AND (EXISTS ( SELECT 1
   FROM policy.case_access a
  WHERE ((a.case_id = record.case_id) AND (a.until > now()) AND (a.basis = 'holder'::text))))));
create policy written on consent.record
  for insert
  to samaan_app
  with check (((explained_by = (( SELECT current_setting('samaan.user'::text, true) AS current_setting))::uuid) AND (( SELECT current_setting('samaan.role'::text, true) AS current_setting) = ANY (ARRAY['officer'::text, 'intake'::text, 'coordinator'::text, 'provider'::text, 'shelter-manager'::text])) AND (EXISTS ( SELECT 1
   FROM policy.case_access a
  WHERE ((a.case_id = record.case_id) AND (a.until > now()) AND ((a.basis <> 'share'::text) OR a.accepted)))) AND ((( SELECT current_setting('samaan.role'::text, true) AS current_setting) <> ALL (ARRAY['provider'::text, 'shelter-manager'::text])) OR (NOT (recipients && (( SELECT current_setting('samaan.principals'::text, true) AS current_setting))::uuid[])))));
CREATE TRIGGER same_case BEFORE INSERT ON consent.record FOR EACH ROW WHEN ((new.kind = 'withdrawn'::text)) EXECUTE FUNCTION consent.same_case();
grant insert, select on table consent.record to samaan_app;

create table directory.on_call (
  id uuid not null,
  organisation_id uuid not null,
  account_id uuid not null,
  starts_at timestamp with time zone not null,
  ends_at timestamp with time zone not null,
  constraint on_call_pkey PRIMARY KEY (id),
  constraint on_call_check CHECK ((ends_at > starts_at)),
  constraint on_call_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES directory.organisation(id)
);
alter table directory.on_call enable row level security;
alter table directory.on_call force row level security;
CREATE INDEX on_call_organisation ON directory.on_call USING btree (organisation_id, ends_at);
create policy kept on directory.on_call
  for insert
  to samaan_app
  with check (((organisation_id IN ( SELECT o.id
   FROM directory.organisation o
  WHERE (o.country = ( SELECT current_setting('samaan.country'::text, true) AS current_setting)))) AND ((( SELECT current_setting('samaan.role'::text, true) AS current_setting) = 'administrator'::text) OR (organisation_id IN ( SELECT w.organisation_id
   FROM auth.working w
  WHERE (w.role = ANY (ARRAY['intake'::text, 'coordinator'::text, 'provider'::text, 'shelter-manager'::text, 'supervisor'::text])))))));
create policy kept_end on directory.on_call
  for delete
  to samaan_app
  using (((organisation_id IN ( SELECT o.id
   FROM directory.organisation o
  WHERE (o.country = ( SELECT current_setting('samaan.country'::text, true) AS current_setting)))) AND ((( SELECT current_setting('samaan.role'::text, true) AS current_setting) = 'administrator'::text) OR (organisation_id IN ( SELECT w.organisation_id
   FROM auth.working w
  WHERE (w.role = ANY (ARRAY['intake'::text, 'coordinator'::text, 'provider'::text, 'shelter-manager'::text, 'supervisor'::text])))))));
create policy same_country on directory.on_call
  for select
  to samaan_app
  using ((organisation_id IN ( SELECT o.id
   FROM directory.organisation o
  WHERE (o.country = ( SELECT current_setting('samaan.country'::text, true) AS current_setting)))));
grant delete, insert, select on table directory.on_call to samaan_app;

create table directory.organisation (
  id uuid not null,
  country text not null,
  kind text not null,
  name text not null,
  languages text[] not null default '{}'::text[],
  phone text,
  email text,
  competent boolean not null default false,
  active boolean not null default true,
  version integer not null default 1,
  hsds jsonb,
  listed boolean not null default false,
  constraint organisation_pkey PRIMARY KEY (id),
  constraint organisation_country_check CHECK ((country ~ '^[A-Z]{3}$'::text)),
  constraint organisation_hsds_check CHECK ((jsonb_typeof(hsds) = 'object'::text))
);
alter table directory.organisation enable row level security;
alter table directory.organisation force row level security;
CREATE INDEX organisation_listed ON directory.organisation USING btree (country, name, id) WHERE listed;
CREATE UNIQUE INDEX organisation_competent ON directory.organisation USING btree (country) WHERE competent;
create policy administered on directory.organisation
  for insert
  to samaan_app
  with check (((( SELECT current_setting('samaan.role'::text, true) AS current_setting) = 'administrator'::text) AND (country = ( SELECT current_setting('samaan.country'::text, true) AS current_setting)) AND (NOT competent)));
create policy administered_change on directory.organisation
  for update
  to samaan_app
  using (((( SELECT current_setting('samaan.role'::text, true) AS current_setting) = 'administrator'::text) AND (country = ( SELECT current_setting('samaan.country'::text, true) AS current_setting))))
  with check ((country = ( SELECT current_setting('samaan.country'::text, true) AS current_setting)));
create policy jobs on directory.organisation
  for select
  to samaan_jobs
  using (true);
create policy listed on directory.organisation
  for select
  to samaan_app
  using ((listed AND active AND (kind <> 'shelter'::text) AND (country = ( SELECT current_setting('samaan.listing'::text, true) AS current_setting))));
create policy same_country on directory.organisation
  for select
  to samaan_app
  using ((country = ( SELECT current_setting('samaan.country'::text, true) AS current_setting)));
create policy sign_in on directory.organisation
  for select
  to samaan_app
  using ((( SELECT current_setting('samaan.role'::text, true) AS current_setting) = 'sign-in'::text));
CREATE TRIGGER of_organisation BEFORE INSERT OR UPDATE ON directory.organisation FOR EACH ROW EXECUTE FUNCTION directory.of_organisation();
CREATE TRIGGER without_addresses AFTER UPDATE OF kind ON directory.organisation FOR EACH ROW WHEN ((new.kind = 'shelter'::text)) EXECUTE FUNCTION directory.without_addresses();
grant insert, select, update (active), update (email), update (hsds), update (kind), update (languages), update (name), update (phone), update (version) on table directory.organisation to samaan_app;
grant select on table directory.organisation to samaan_jobs;

create table directory.place (
  service_id uuid not null,
  kind text not null,
  total integer not null,
  free integer not null,
  told_at timestamp with time zone not null default now(),
  version integer not null default 1,
  constraint place_pkey PRIMARY KEY (service_id, kind),
  constraint place_check CHECK (((free >= 0) AND (free <= total))),
  constraint place_kind_check CHECK ((kind = ANY (ARRAY['woman'::text, 'man'::text, 'family'::text, 'child'::text, 'anybody'::text]))),
  constraint place_total_check CHECK (((total >= 0) AND (total <= 1000))),
  constraint place_service_id_fkey FOREIGN KEY (service_id) REFERENCES directory.service(id)
);
alter table directory.place enable row level security;
alter table directory.place force row level security;
CREATE INDEX place_free ON directory.place USING btree (kind, service_id) WHERE (free > 0);
create policy asked on directory.place
  for select
  to samaan_app
  using (((( SELECT current_setting('samaan.role'::text, true) AS current_setting) = ANY (ARRAY['officer'::text, 'intake'::text, 'coordinator'::text, 'provider'::text, 'shelter-manager'::text, 'supervisor'::text])) AND (service_id IN ( SELECT s.id
   FROM directory.service s))));
create policy kept on directory.place
  for insert
  to samaan_app
  with check ((service_id IN ( SELECT s.id
   FROM (directory.service s
     JOIN auth.working w ON ((w.organisation_id = s.organisation_id)))
  WHERE (w.role = ANY (ARRAY['intake'::text, 'coordinator'::text, 'provider'::text, 'shelter-manager'::text, 'supervisor'::text])))));
create policy kept_change on directory.place
  for update
  to samaan_app
  using ((service_id IN ( SELECT s.id
   FROM (directory.service s
     JOIN auth.working w ON ((w.organisation_id = s.organisation_id)))
  WHERE (w.role = ANY (ARRAY['intake'::text, 'coordinator'::text, 'provider'::text, 'shelter-manager'::text, 'supervisor'::text])))))
  with check ((service_id IN ( SELECT s.id
   FROM (directory.service s
     JOIN auth.working w ON ((w.organisation_id = s.organisation_id)))
  WHERE (w.role = ANY (ARRAY['intake'::text, 'coordinator'::text, 'provider'::text, 'shelter-manager'::text, 'supervisor'::text])))));
grant insert, select, update (free), update (told_at), update (total), update (version) on table directory.place to samaan_app;

create table directory.service (
  id uuid not null,
  organisation_id uuid not null,
  kind text not null,
  area text,
  languages text[] not null default '{}'::text[],
  active boolean not null default true,
  version integer not null default 1,
  name text,
  description text,
  sexes text[] not null default '{}'::text[],
  min_age integer,
  max_age integer,
  with_children boolean,
  nationalities text[] not null default '{}'::text[],
  residence text[] not null default '{}'::text[],
  exploitation text[] not null default '{}'::text[],
  access_needs text[] not null default '{}'::text[],
  cost text,
  how_to_ask text[] not null default '{}'::text[],
  hours jsonb,
  open_on_holidays boolean not null default false,
  interpreter_sexes text[] not null default '{}'::text[],
  vouched_by text,
  public boolean not null default false,
  changed_at timestamp with time zone not null default now(),
  hsds jsonb,
  alike bigint not null default 0,
  constraint service_pkey PRIMARY KEY (id),
  constraint service_check CHECK ((max_age >= min_age)),
  constraint service_cost_check CHECK ((cost = ANY (ARRAY['free'::text, 'reduced'::text, 'full'::text]))),
  constraint service_hsds_check CHECK ((jsonb_typeof(hsds) = 'object'::text)),
  constraint service_max_age_check CHECK (((max_age >= 0) AND (max_age <= 130))),
  constraint service_min_age_check CHECK (((min_age >= 0) AND (min_age <= 130))),
  constraint service_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES directory.organisation(id)
);
alter table directory.service enable row level security;
alter table directory.service force row level security;
CREATE INDEX service_alike ON directory.service USING btree (kind, alike) WHERE active;
CREATE INDEX service_kind ON directory.service USING btree (kind, organisation_id) WHERE active;
CREATE INDEX service_listed ON directory.service USING btree (organisation_id) WHERE (public AND active);
CREATE INDEX service_organisation ON directory.service USING btree (organisation_id);
create policy kept on directory.service
  for insert
  to samaan_app
  with check (((organisation_id IN ( SELECT o.id
   FROM directory.organisation o
  WHERE (o.country = ( SELECT current_setting('samaan.country'::text, true) AS current_setting)))) AND ((( SELECT current_setting('samaan.role'::text, true) AS current_setting) = 'administrator'::text) OR (organisation_id IN ( SELECT w.organisation_id
   FROM auth.working w
  WHERE (w.role = ANY (ARRAY['intake'::text, 'coordinator'::text, 'provider'::text, 'shelter-manager'::text, 'supervisor'::text])))))));
create policy kept_change on directory.service
  for update
  to samaan_app
  using (((organisation_id IN ( SELECT o.id
   FROM directory.organisation o
  WHERE (o.country = ( SELECT current_setting('samaan.country'::text, true) AS current_setting)))) AND ((( SELECT current_setting('samaan.role'::text, true) AS current_setting) = 'administrator'::text) OR (organisation_id IN ( SELECT w.organisation_id
   FROM auth.working w
  WHERE (w.role = ANY (ARRAY['intake'::text, 'coordinator'::text, 'provider'::text, 'shelter-manager'::text, 'supervisor'::text])))))))
  with check (((organisation_id IN ( SELECT o.id
   FROM directory.organisation o
  WHERE (o.country = ( SELECT current_setting('samaan.country'::text, true) AS current_setting)))) AND ((( SELECT current_setting('samaan.role'::text, true) AS current_setting) = 'administrator'::text) OR (organisation_id IN ( SELECT w.organisation_id
   FROM auth.working w
  WHERE (w.role = ANY (ARRAY['intake'::text, 'coordinator'::text, 'provider'::text, 'shelter-manager'::text, 'supervisor'::text])))))));
create policy listed on directory.service
  for select
  to samaan_app
  using ((public AND active AND (kind <> 'safe-accommodation'::text) AND (organisation_id IN ( SELECT o.id
   FROM directory.organisation o
  WHERE (o.listed AND (o.country = ( SELECT current_setting('samaan.listing'::text, true) AS current_setting)))))));
create policy same_country on directory.service
  for select
  to samaan_app
  using ((organisation_id IN ( SELECT o.id
   FROM directory.organisation o
  WHERE (o.country = ( SELECT current_setting('samaan.country'::text, true) AS current_setting)))));
CREATE TRIGGER of_new_service AFTER INSERT ON directory.service FOR EACH ROW WHEN ((new.public OR (new.kind = 'safe-accommodation'::text))) EXECUTE FUNCTION directory.of_service();
CREATE TRIGGER of_service AFTER UPDATE ON directory.service FOR EACH ROW WHEN ((((old.public AND old.active) IS DISTINCT FROM (new.public AND new.active)) OR (new.kind <> old.kind))) EXECUTE FUNCTION directory.of_service();
CREATE TRIGGER without_address BEFORE INSERT OR UPDATE ON directory.service FOR EACH ROW WHEN (((new.area IS NOT NULL) OR new.public OR (new.hsds IS NOT NULL))) EXECUTE FUNCTION directory.without_address();
CREATE TRIGGER worth_alike BEFORE INSERT OR UPDATE ON directory.service FOR EACH ROW EXECUTE FUNCTION directory.note_alike();
-- enabled: A;
grant insert, select, update (access_needs), update (active), update (area), update (changed_at), update (cost), update (description), update (exploitation), update (hours), update (how_to_ask), update (hsds), update (interpreter_sexes), update (languages), update (max_age), update (min_age), update (name), update (nationalities), update (open_on_holidays), update (public), update (residence), update (sexes), update (version), update (vouched_by), update (with_children) on table directory.service to samaan_app;

create table files.held (
  upload_id uuid not null,
  country text not null,
  by_account uuid not null,
  case_id uuid,
  lead_id uuid,
  code text not null,
  found text,
  kind text not null,
  size integer not null,
  at timestamp with time zone not null default now(),
  answer text,
  reason text,
  answered_by uuid,
  answered_at timestamp with time zone,
  ended text,
  constraint held_pkey PRIMARY KEY (upload_id),
  constraint held_answer_check CHECK ((answer = ANY (ARRAY['scan'::text, 'release'::text, 'refuse'::text]))),
  constraint held_check CHECK (((case_id IS NULL) <> (lead_id IS NULL))),
  constraint held_check1 CHECK ((((answer IS NULL) = (answered_by IS NULL)) AND ((answer IS NULL) = (answered_at IS NULL)))),
  constraint held_check2 CHECK (((reason IS NOT NULL) = COALESCE((answer = ANY (ARRAY['release'::text, 'refuse'::text])), false))),
  constraint held_check3 CHECK ((answered_by IS DISTINCT FROM by_account)),
  constraint held_code_check CHECK ((code = ANY (ARRAY['infected'::text, 'scanner-away'::text]))),
  constraint held_country_check CHECK ((country ~ '^[A-Z]{3}$'::text)),
  constraint held_ended_check CHECK ((ended = ANY (ARRAY['ready'::text, 'refused'::text]))),
  constraint held_found_check CHECK ((found ~ '^[A-Za-z0-9][A-Za-z0-9._-]{0,79}$'::text)),
  constraint held_kind_check CHECK ((kind ~ '^[a-z0-9]{2,8}$'::text)),
  constraint held_reason_check CHECK ((reason = ANY (ARRAY['false-alarm'::text, 'checked-elsewhere'::text, 'harmful'::text, 'not-needed'::text, 'cannot-be-checked'::text, 'other'::text]))),
  constraint held_size_check CHECK ((size >= 0)),
  constraint held_answered_by_fkey FOREIGN KEY (answered_by) REFERENCES auth.account(id),
  constraint held_by_account_fkey FOREIGN KEY (by_account) REFERENCES auth.account(id),
  constraint held_case_id_fkey FOREIGN KEY (case_id) REFERENCES cases.folder(id),
  constraint held_lead_id_fkey FOREIGN KEY (lead_id) REFERENCES justice.lead(id),
  constraint held_upload_id_fkey FOREIGN KEY (upload_id) REFERENCES files.upload(id) ON DELETE CASCADE
);
alter table files.held enable row level security;
alter table files.held force row level security;
CREATE INDEX held_case ON files.held USING btree (case_id);
CREATE INDEX held_country ON files.held USING btree (country, upload_id DESC) WHERE (ended IS NULL);
CREATE INDEX held_lead ON files.held USING btree (lead_id);
create policy closed on files.held
  as restrictive
  for select
  to samaan_app
  using (((( SELECT current_setting('samaan.role'::text, true) AS current_setting) = 'filing'::text) OR (NOT (EXISTS ( SELECT 1
   FROM justice.lead_closed c
  WHERE (c.lead_id = held.lead_id))))));
create policy filing on files.held
  for select
  to samaan_app
  using (((( SELECT current_setting('samaan.role'::text, true) AS current_setting) = 'filing'::text) AND (by_account = (NULLIF(( SELECT current_setting('samaan.user'::text, true) AS current_setting), ''::text))::uuid)));
create policy hidden on files.held
  as restrictive
  for select
  to samaan_app
  using ((NOT (EXISTS ( SELECT 1
   FROM policy.case_hidden h
  WHERE (h.case_id = held.case_id)))));
create policy jobs on files.held
  for select
  to samaan_jobs
  using (true);
create policy protects on files.held
  for select
  to samaan_app
  using (((ended IS NULL) AND (by_account IS DISTINCT FROM (NULLIF(( SELECT current_setting('samaan.user'::text, true) AS current_setting), ''::text))::uuid) AND (country = ( SELECT current_setting('samaan.country'::text, true) AS current_setting)) AND (EXISTS ( SELECT 1
   FROM auth.working w
  WHERE (w.role = 'data-protection-officer'::text)))));
grant select (answer), select (upload_id) on table files.held to samaan_jobs;
grant select on table files.held to samaan_app;

create table files.upload (
  id uuid not null,
  account_id uuid not null,
  device_id uuid,
  sha256 bytea not null,
  length integer not null,
  received integer not null default 0,
  state text not null default 'receiving'::text,
  code text,
  writer uuid,
  writer_until timestamp with time zone,
  made_at timestamp with time zone not null default now(),
  expires_at timestamp with time zone not null,
  constraint upload_pkey PRIMARY KEY (id),
  constraint upload_check CHECK (((received >= 0) AND (received <= length))),
  constraint upload_check1 CHECK (((state = 'receiving'::text) OR (received = length))),
  constraint upload_check2 CHECK (((writer IS NULL) = (writer_until IS NULL))),
  constraint upload_check3 CHECK (((code IS NULL) OR (state = ANY (ARRAY['refused'::text, 'held'::text])))),
  constraint upload_code_check CHECK ((code ~ '^[a-z][a-z0-9-]{0,59}$'::text)),
  constraint upload_length_check CHECK (((length >= 1) AND (length <= 26279936))),
  constraint upload_sha256_check CHECK ((length(sha256) = 32)),
  constraint upload_state_check CHECK ((state = ANY (ARRAY['receiving'::text, 'whole'::text, 'kept'::text, 'refused'::text, 'held'::text]))),
  constraint upload_account_id_fkey FOREIGN KEY (account_id) REFERENCES auth.account(id),
  constraint upload_device_id_fkey FOREIGN KEY (device_id) REFERENCES sync.device(id)
);
alter table files.upload enable row level security;
alter table files.upload force row level security;
CREATE INDEX upload_device ON files.upload USING btree (device_id);
CREATE INDEX upload_expiry ON files.upload USING btree (expires_at);
CREATE UNIQUE INDEX upload_content ON files.upload USING btree (account_id, sha256);
create policy jobs on files.upload
  for select
  to samaan_jobs
  using (true);
create policy jobs_remove on files.upload
  for delete
  to samaan_jobs
  using ((expires_at < now()));
create policy own on files.upload
  for all
  to samaan_app
  using ((account_id = (NULLIF(( SELECT current_setting('samaan.user'::text, true) AS current_setting), ''::text))::uuid))
  with check ((account_id = (NULLIF(( SELECT current_setting('samaan.user'::text, true) AS current_setting), ''::text))::uuid));
create policy sign_in on files.upload
  for all
  to samaan_app
  using ((( SELECT current_setting('samaan.role'::text, true) AS current_setting) = 'sign-in'::text))
  with check ((( SELECT current_setting('samaan.role'::text, true) AS current_setting) = 'sign-in'::text));
grant delete, insert, select, update (code), update (expires_at), update (received), update (state), update (writer), update (writer_until) on table files.upload to samaan_app;
grant delete, select on table files.upload to samaan_jobs;

create table health.file (
  id uuid not null,
  case_id uuid not null,
  organisation_id uuid not null,
  note_id uuid not null,
  by_account uuid not null,
  at timestamp with time zone not null default now(),
  sealed_about bytea not null,
  recipient text not null,
  sealed_identity bytea not null,
  sha256 bytea not null,
  state text not null default 'waiting-for-file'::text,
  code text,
  kind text,
  size integer,
  scanned boolean,
  original_file uuid,
  clean_file uuid,
  clean_size integer,
  sealed_thumbnail bytea,
  proof bytea,
  constraint file_pkey PRIMARY KEY (id),
  constraint file_check CHECK ((((clean_file IS NULL) = (clean_size IS NULL)) AND ((clean_file IS NULL) = (sealed_thumbnail IS NULL)))),
  constraint file_check1 CHECK (((state = 'ready'::text) = (original_file IS NOT NULL))),
  constraint file_check2 CHECK (((state = 'ready'::text) = ((kind IS NOT NULL) AND (size IS NOT NULL) AND (scanned IS NOT NULL) AND (proof IS NOT NULL)))),
  constraint file_check3 CHECK (((code IS NOT NULL) = (state = ANY (ARRAY['refused'::text, 'quarantined'::text])))),
  constraint file_code_check CHECK ((code ~ '^[a-z][a-z0-9-]{0,59}$'::text)),
  constraint file_kind_check CHECK ((kind ~ '^[a-z0-9]{2,8}$'::text)),
  constraint file_proof_check CHECK ((length(proof) = ANY (ARRAY[32, 96]))),
  constraint file_recipient_check CHECK ((recipient ~ '^age1[0-9a-z]{58}$'::text)),
  constraint file_sha256_check CHECK ((length(sha256) = 32)),
  constraint file_size_check CHECK ((size >= 0)),
  constraint file_state_check CHECK ((state = ANY (ARRAY['waiting-for-file'::text, 'ready'::text, 'refused'::text, 'quarantined'::text]))),
  constraint file_by_account_fkey FOREIGN KEY (by_account) REFERENCES auth.account(id),
  constraint file_case_id_fkey FOREIGN KEY (case_id) REFERENCES cases.folder(id),
  constraint file_note_id_case_id_organisation_id_fkey FOREIGN KEY (note_id, case_id, organisation_id) REFERENCES health.note(id, case_id, organisation_id),
  constraint file_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES directory.organisation(id)
);
alter table health.file enable row level security;
alter table health.file force row level security;
CREATE INDEX file_case ON health.file USING btree (case_id);
CREATE INDEX file_note ON health.file USING btree (note_id, id);
CREATE UNIQUE INDEX file_content ON health.file USING btree (by_account, sha256);
create policy added on health.file
  for insert
  to samaan_app
  with check (((( SELECT current_setting('samaan.role'::text, true) AS current_setting) = 'provider'::text) AND (by_account = (NULLIF(( SELECT current_setting('samaan.user'::text, true) AS current_setting), ''::text))::uuid) AND (EXISTS ( SELECT 1
   FROM policy.case_access a
  WHERE ((a.case_id = file.case_id) AND (a.until > now()) AND a.accepted AND (a.principal = file.organisation_id))))));
create policy filed on health.file
  for update
  to samaan_app
  using (((( SELECT current_setting('samaan.role'::text, true) AS current_setting) = 'filing'::text) AND (by_account = (NULLIF(( SELECT current_setting('samaan.user'::text, true) AS current_setting), ''::text))::uuid) AND (state = ANY (ARRAY['waiting-for-file'::text, 'quarantined'::text]))))
  with check (((( SELECT current_setting('samaan.role'::text, true) AS current_setting) = 'filing'::text) AND (by_account = (NULLIF(( SELECT current_setting('samaan.user'::text, true) AS current_setting), ''::text))::uuid)));
create policy filing on health.file
  for select
  to samaan_app
  using (((( SELECT current_setting('samaan.role'::text, true) AS current_setting) = 'filing'::text) AND (by_account = (NULLIF(( SELECT current_setting('samaan.user'::text, true) AS current_setting), ''::text))::uuid)));
create policy hidden on health.file
  as restrictive
  for select
  to samaan_app
  using ((NOT (EXISTS ( SELECT 1
   FROM policy.case_hidden h
  WHERE (h.case_id = file.case_id)))));
create policy jobs on health.file
  for select
  to samaan_jobs
  using (true);
create policy seen on health.file
  for select
  to samaan_app
  using ((EXISTS ( SELECT 1
   FROM health.note n
  WHERE (n.id = file.note_id))));
grant insert (by_account), insert (case_id), insert (id), insert (note_id), insert (organisation_id), insert (recipient), insert (sealed_about), insert (sealed_identity), insert (sha256), select, update (clean_file), update (clean_size), update (code), update (kind), update (original_file), update (proof), update (scanned), update (sealed_thumbnail), update (size), update (state) on table health.file to samaan_app;
grant select (clean_file), select (original_file) on table health.file to samaan_jobs;

create table health.note (
  id uuid not null,
  case_id uuid not null,
  organisation_id uuid not null,
  about text not null,
  sealed bytea not null,
  corrects uuid,
  by_account uuid not null,
  at timestamp with time zone not null default now(),
  constraint note_pkey PRIMARY KEY (id),
  constraint note_corrects_key UNIQUE (corrects),
  constraint note_id_case_id_organisation_id_key UNIQUE (id, case_id, organisation_id),
  constraint note_about_check CHECK ((about = ANY (ARRAY['findings'::text, 'treatment'::text, 'medicine'::text, 'appointment'::text, 'advice'::text]))),
  constraint note_check CHECK ((corrects IS DISTINCT FROM id)),
  constraint note_by_account_fkey FOREIGN KEY (by_account) REFERENCES auth.account(id),
  constraint note_case_id_fkey FOREIGN KEY (case_id) REFERENCES cases.folder(id),
  constraint note_corrects_case_id_organisation_id_fkey FOREIGN KEY (corrects, case_id, organisation_id) REFERENCES health.note(id, case_id, organisation_id),
  constraint note_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES directory.organisation(id)
);
alter table health.note enable row level security;
alter table health.note force row level security;
CREATE INDEX note_case ON health.note USING btree (case_id, at);
create policy agreed on health.note
  for select
  to samaan_app
  using (((( SELECT current_setting('samaan.role'::text, true) AS current_setting) = ANY (ARRAY['coordinator'::text, 'provider'::text, 'shelter-manager'::text])) AND (((( SELECT current_setting('samaan.compartments'::text, true) AS current_setting))::integer & 4) <> 0) AND (EXISTS ( SELECT 1
   FROM (policy.case_access a
     JOIN consent.record r ON (((r.case_id = a.case_id) AND (r.recipients @> ARRAY[
        CASE
            WHEN (a.basis = 'assigned'::text) THEN (NULLIF(( SELECT current_setting('samaan.organisation'::text, true) AS current_setting), ''::text))::uuid
            ELSE a.principal
        END]))))
  WHERE ((a.case_id = note.case_id) AND (a.until > now()) AND
        CASE
            WHEN (( SELECT current_setting('samaan.role'::text, true) AS current_setting) = 'coordinator'::text) THEN (a.basis = 'assigned'::text)
            ELSE a.accepted
        END AND (r.kind = 'given'::text) AND ('services'::text = ANY (r.purposes)) AND ((r.compartments & 4) <> 0) AND ((r.expires_at IS NULL) OR (r.expires_at > now())) AND (NOT (EXISTS ( SELECT 1
           FROM consent.record w
          WHERE (w.withdraws = r.id)))) AND (NOT (EXISTS ( SELECT 1
           FROM jsonb_array_elements(r.withhold) kept(value)
          WHERE (((((kept.value ->> 'compartments'::text))::integer & 4) <> 0) AND ((kept.value ->> 'recipient'::text) =
                CASE
                    WHEN (a.basis = 'assigned'::text) THEN ( SELECT current_setting('samaan.organisation'::text, true) AS current_setting)
                    ELSE (a.principal)::text
                END))))))))));
create policy hidden on health.note
  as restrictive
  for select
  to samaan_app
  using ((NOT (EXISTS ( SELECT 1
   FROM policy.case_hidden h
  WHERE (h.case_id = note.case_id)))));
create policy ordered on health.note
  for select
  to samaan_app
  using ((EXISTS ( SELECT 1
   FROM policy.case_glimpse g
  WHERE ((g.case_id = note.case_id) AND (g.until > now()) AND (g.basis = ANY (ARRAY['order'::text, 'vital-interest'::text])) AND ((g.compartments & 4) <> 0)))));
create policy own on health.note
  for select
  to samaan_app
  using (((( SELECT current_setting('samaan.role'::text, true) AS current_setting) = 'provider'::text) AND (EXISTS ( SELECT 1
   FROM policy.case_access a
  WHERE ((a.case_id = note.case_id) AND (a.until > now()) AND a.accepted AND (a.principal = note.organisation_id))))));
create policy written on health.note
  for insert
  to samaan_app
  with check (((( SELECT current_setting('samaan.role'::text, true) AS current_setting) = 'provider'::text) AND (by_account = (NULLIF(( SELECT current_setting('samaan.user'::text, true) AS current_setting), ''::text))::uuid) AND (EXISTS ( SELECT 1
   FROM directory.organisation o
  WHERE ((o.id = note.organisation_id) AND (o.kind = 'health'::text)))) AND (EXISTS ( SELECT 1
   FROM policy.case_access a
  WHERE ((a.case_id = note.case_id) AND (a.until > now()) AND a.accepted AND (a.principal = note.organisation_id))))));
grant insert (about), insert (at), insert (by_account), insert (case_id), insert (corrects), insert (id), insert (organisation_id), insert (sealed), select on table health.note to samaan_app;

create table justice.court_order (
  id uuid not null,
  country text not null,
  case_id uuid not null,
  key_slot bigint not null,
  sealed bytea not null,
  made_on date not null,
  compartments integer not null,
  purposes text[] not null,
  organisation_id uuid not null,
  named uuid[] not null,
  from_at timestamp with time zone not null,
  until_at timestamp with time zone not null,
  attachment_id uuid,
  state text not null default 'proposed'::text,
  by_account uuid not null,
  at timestamp with time zone not null default now(),
  second_by uuid,
  second_at timestamp with time zone,
  revoked_by uuid,
  revoked_at timestamp with time zone,
  version integer not null default 1,
  constraint court_order_pkey PRIMARY KEY (id),
  constraint court_order_check CHECK ((from_at < until_at)),
  constraint court_order_check1 CHECK ((second_by IS DISTINCT FROM by_account)),
  constraint court_order_check2 CHECK (((second_by IS NULL) = (second_at IS NULL))),
  constraint court_order_check3 CHECK (((state <> ALL (ARRAY['confirmed'::text, 'returned'::text])) OR (second_by IS NOT NULL))),
  constraint court_order_check4 CHECK ((((state = 'revoked'::text) = (revoked_by IS NOT NULL)) AND ((revoked_by IS NULL) = (revoked_at IS NULL)))),
  constraint court_order_compartments_check CHECK (((compartments >= 1) AND (compartments <= 15))),
  constraint court_order_country_check CHECK ((country ~ '^[A-Z]{3}$'::text)),
  constraint court_order_named_check CHECK (((cardinality(named) >= 1) AND (cardinality(named) <= 10))),
  constraint court_order_purposes_check CHECK (((cardinality(purposes) > 0) AND (purposes <@ '{investigation,prosecution,protection}'::text[]))),
  constraint court_order_state_check CHECK ((state = ANY (ARRAY['proposed'::text, 'confirmed'::text, 'returned'::text, 'revoked'::text]))),
  constraint court_order_by_account_fkey FOREIGN KEY (by_account) REFERENCES auth.account(id),
  constraint court_order_case_id_fkey FOREIGN KEY (case_id) REFERENCES cases.folder(id),
  constraint court_order_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES directory.organisation(id),
  constraint court_order_revoked_by_fkey FOREIGN KEY (revoked_by) REFERENCES auth.account(id),
  constraint court_order_second_by_fkey FOREIGN KEY (second_by) REFERENCES auth.account(id)
);
alter table justice.court_order enable row level security;
alter table justice.court_order force row level security;
CREATE INDEX court_order_case ON justice.court_order USING btree (case_id, at DESC);
CREATE INDEX court_order_named ON justice.court_order USING gin (named);
CREATE INDEX order_proposed ON justice.court_order USING btree (country) WHERE (state = 'proposed'::text);
create policy hidden on justice.court_order
  as restrictive
  for select
  to samaan_app
  using ((NOT (EXISTS ( SELECT 1
   FROM policy.case_hidden h
  WHERE (h.case_id = court_order.case_id)))));
create policy named on justice.court_order
  for select
  to samaan_app
  using (((( SELECT current_setting('samaan.role'::text, true) AS current_setting) = ANY (ARRAY['investigator'::text, 'prosecutor'::text])) AND ((NULLIF(( SELECT current_setting('samaan.user'::text, true) AS current_setting), ''::text))::uuid = ANY (named)) AND (EXISTS ( SELECT 1
   FROM policy.case_glimpse g
  WHERE ((g.case_id = court_order.case_id) AND (g.basis = 'order'::text) AND (g.basis_id = court_order.id) AND (g.until > now()))))));
create policy unit on justice.court_order
  for select
  to samaan_app
  using (((( SELECT current_setting('samaan.role'::text, true) AS current_setting) = ANY (ARRAY['intake'::text, 'coordinator'::text, 'decision-maker'::text])) AND (EXISTS ( SELECT 1
   FROM policy.case_access a
  WHERE ((a.case_id = court_order.case_id) AND (a.until > now()) AND (a.basis =
        CASE
            WHEN (( SELECT current_setting('samaan.role'::text, true) AS current_setting) = 'coordinator'::text) THEN 'assigned'::text
            ELSE 'holder'::text
        END))))));
CREATE TRIGGER require_apart BEFORE UPDATE OF second_by ON justice.court_order FOR EACH ROW EXECUTE FUNCTION policy.require_apart();
grant select on table justice.court_order to samaan_app;

create table justice.lead (
  id uuid not null,
  country text not null,
  organisation_id uuid not null,
  reference text not null,
  about text[] not null,
  source_grade text not null,
  information_grade text not null,
  handling text not null,
  status text not null default 'open'::text,
  closed_for text,
  investigator uuid,
  key_slot bigint not null,
  made_by uuid not null,
  made_at timestamp with time zone not null default now(),
  version integer not null default 1,
  constraint lead_pkey PRIMARY KEY (id),
  constraint lead_about_check CHECK (((cardinality(about) >= 1) AND (cardinality(about) <= 20))),
  constraint lead_check CHECK (((status = 'closed'::text) = (closed_for IS NOT NULL))),
  constraint lead_check1 CHECK (((status <> 'in-work'::text) OR (investigator IS NOT NULL))),
  constraint lead_closed_for_check CHECK ((closed_for = ANY (ARRAY['case-built'::text, 'passed-on'::text, 'not-enough'::text, 'unfounded'::text, 'no-offence'::text, 'duplicate'::text]))),
  constraint lead_country_check CHECK ((country ~ '^[A-Z]{3}$'::text)),
  constraint lead_handling_check CHECK ((handling = ANY (ARRAY['body-only'::text, 'prosecution'::text, 'ask-first'::text, 'no-action'::text]))),
  constraint lead_information_grade_check CHECK ((information_grade = ANY (ARRAY['1'::text, '2'::text, '3'::text, '4'::text, '5'::text, '6'::text]))),
  constraint lead_source_grade_check CHECK ((source_grade = ANY (ARRAY['A'::text, 'B'::text, 'C'::text, 'D'::text, 'E'::text, 'F'::text]))),
  constraint lead_status_check CHECK ((status = ANY (ARRAY['open'::text, 'in-work'::text, 'closed'::text]))),
  constraint lead_investigator_fkey FOREIGN KEY (investigator) REFERENCES auth.account(id),
  constraint lead_made_by_fkey FOREIGN KEY (made_by) REFERENCES auth.account(id),
  constraint lead_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES directory.organisation(id)
);
alter table justice.lead enable row level security;
alter table justice.lead force row level security;
CREATE INDEX lead_body ON justice.lead USING btree (organisation_id, id DESC);
CREATE UNIQUE INDEX lead_reference ON justice.lead USING btree (country, reference);
create policy added on justice.lead
  for insert
  to samaan_app
  with check (((( SELECT current_setting('samaan.role'::text, true) AS current_setting) = 'investigator'::text) AND (((( SELECT current_setting('samaan.compartments'::text, true) AS current_setting))::integer & 16) <> 0) AND (organisation_id IN ( SELECT w.organisation_id
   FROM auth.working w))));
create policy body on justice.lead
  for select
  to samaan_app
  using (((( SELECT current_setting('samaan.role'::text, true) AS current_setting) = 'investigator'::text) AND (((( SELECT current_setting('samaan.compartments'::text, true) AS current_setting))::integer & 16) <> 0) AND (organisation_id IN ( SELECT w.organisation_id
   FROM auth.working w))));
create policy changed on justice.lead
  for update
  to samaan_app
  using (((( SELECT current_setting('samaan.role'::text, true) AS current_setting) = 'investigator'::text) AND (((( SELECT current_setting('samaan.compartments'::text, true) AS current_setting))::integer & 16) <> 0) AND (organisation_id IN ( SELECT w.organisation_id
   FROM auth.working w))))
  with check (((( SELECT current_setting('samaan.role'::text, true) AS current_setting) = 'investigator'::text) AND (((( SELECT current_setting('samaan.compartments'::text, true) AS current_setting))::integer & 16) <> 0) AND (organisation_id IN ( SELECT w.organisation_id
   FROM auth.working w))));
create policy closed on justice.lead
  as restrictive
  for all
  to samaan_app
  using ((NOT (EXISTS ( SELECT 1
   FROM justice.lead_closed c
  WHERE (c.lead_id = lead.id)))));
create policy made on justice.lead
  as restrictive
  for insert
  to samaan_app
  with check (((country = ( SELECT current_setting('samaan.country'::text, true) AS current_setting)) AND (status = 'open'::text) AND (investigator IS NULL) AND (made_by = (NULLIF(( SELECT current_setting('samaan.user'::text, true) AS current_setting), ''::text))::uuid)));
create policy shared on justice.lead
  for select
  to samaan_app
  using (((( SELECT current_setting('samaan.role'::text, true) AS current_setting) = 'prosecutor'::text) AND (((( SELECT current_setting('samaan.compartments'::text, true) AS current_setting))::integer & 16) <> 0) AND (EXISTS ( SELECT 1
   FROM justice.lead_share h
  WHERE ((h.lead_id = lead.id) AND (h.ended_at IS NULL) AND (h.account_id = (NULLIF(( SELECT current_setting('samaan.user'::text, true) AS current_setting), ''::text))::uuid))))));
create policy supervised on justice.lead
  for select
  to samaan_app
  using (((( SELECT current_setting('samaan.role'::text, true) AS current_setting) = 'supervisor'::text) AND (organisation_id IN ( SELECT w.organisation_id
   FROM auth.working w))));
CREATE TRIGGER require_colleague BEFORE UPDATE OF investigator ON justice.lead FOR EACH ROW WHEN ((new.investigator IS NOT NULL)) EXECUTE FUNCTION justice.require_colleague();
grant insert, select, update (about), update (closed_for), update (handling), update (information_grade), update (investigator), update (source_grade), update (status), update (version) on table justice.lead to samaan_app;

create table justice.lead_bar (
  id uuid not null,
  lead_id uuid not null,
  organisation_id uuid not null,
  account_id uuid not null,
  reason text not null,
  by_account uuid not null,
  at timestamp with time zone not null default now(),
  ended_at timestamp with time zone,
  ended_by uuid,
  constraint lead_bar_pkey PRIMARY KEY (id),
  constraint lead_bar_check CHECK (((ended_at IS NULL) = (ended_by IS NULL))),
  constraint lead_bar_check1 CHECK (((by_account <> account_id) AND (ended_by IS DISTINCT FROM account_id))),
  constraint lead_bar_reason_check CHECK ((reason = ANY (ARRAY['suspect'::text, 'family'::text, 'personal'::text, 'other'::text]))),
  constraint lead_bar_account_id_fkey FOREIGN KEY (account_id) REFERENCES auth.account(id),
  constraint lead_bar_by_account_fkey FOREIGN KEY (by_account) REFERENCES auth.account(id),
  constraint lead_bar_ended_by_fkey FOREIGN KEY (ended_by) REFERENCES auth.account(id),
  constraint lead_bar_lead_id_fkey FOREIGN KEY (lead_id) REFERENCES justice.lead(id),
  constraint lead_bar_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES directory.organisation(id)
);
alter table justice.lead_bar enable row level security;
alter table justice.lead_bar force row level security;
CREATE UNIQUE INDEX lead_bar_live ON justice.lead_bar USING btree (lead_id, account_id) WHERE (ended_at IS NULL);
create policy body on justice.lead_bar
  for select
  to samaan_app
  using (((( SELECT current_setting('samaan.role'::text, true) AS current_setting) = 'investigator'::text) AND (((( SELECT current_setting('samaan.compartments'::text, true) AS current_setting))::integer & 16) <> 0) AND (organisation_id IN ( SELECT w.organisation_id
   FROM auth.working w))));
create policy closed on justice.lead_bar
  as restrictive
  for all
  to samaan_app
  using ((NOT (EXISTS ( SELECT 1
   FROM justice.lead_closed c
  WHERE (c.lead_id = lead_bar.lead_id)))));
create policy supervised on justice.lead_bar
  for select
  to samaan_app
  using (((( SELECT current_setting('samaan.role'::text, true) AS current_setting) = 'supervisor'::text) AND (organisation_id IN ( SELECT w.organisation_id
   FROM auth.working w))));
grant select on table justice.lead_bar to samaan_app;

create table justice.lead_closed (
  lead_id uuid not null,
  account_id uuid not null,
  constraint lead_closed_pkey PRIMARY KEY (account_id, lead_id),
  constraint lead_closed_account_id_fkey FOREIGN KEY (account_id) REFERENCES auth.account(id),
  constraint lead_closed_lead_id_fkey FOREIGN KEY (lead_id) REFERENCES justice.lead(id)
);
alter table justice.lead_closed enable row level security;
alter table justice.lead_closed force row level security;
create policy mine on justice.lead_closed
  for select
  to samaan_app
  using ((account_id = (NULLIF(( SELECT current_setting('samaan.user'::text, true) AS current_setting), ''::text))::uuid));
grant select on table justice.lead_closed to samaan_app;

create table justice.lead_content (
  lead_id uuid not null,
  organisation_id uuid not null,
  sealed bytea not null,
  constraint lead_content_pkey PRIMARY KEY (lead_id),
  constraint lead_content_lead_id_fkey FOREIGN KEY (lead_id) REFERENCES justice.lead(id)
);
alter table justice.lead_content enable row level security;
alter table justice.lead_content force row level security;
create policy added on justice.lead_content
  for insert
  to samaan_app
  with check (((( SELECT current_setting('samaan.role'::text, true) AS current_setting) = 'investigator'::text) AND (((( SELECT current_setting('samaan.compartments'::text, true) AS current_setting))::integer & 16) <> 0) AND (organisation_id IN ( SELECT w.organisation_id
   FROM auth.working w))));
create policy body on justice.lead_content
  for select
  to samaan_app
  using (((( SELECT current_setting('samaan.role'::text, true) AS current_setting) = 'investigator'::text) AND (((( SELECT current_setting('samaan.compartments'::text, true) AS current_setting))::integer & 16) <> 0) AND (organisation_id IN ( SELECT w.organisation_id
   FROM auth.working w))));
create policy changed on justice.lead_content
  for update
  to samaan_app
  using (((( SELECT current_setting('samaan.role'::text, true) AS current_setting) = 'investigator'::text) AND (((( SELECT current_setting('samaan.compartments'::text, true) AS current_setting))::integer & 16) <> 0) AND (organisation_id IN ( SELECT w.organisation_id
   FROM auth.working w))))
  with check (((( SELECT current_setting('samaan.role'::text, true) AS current_setting) = 'investigator'::text) AND (((( SELECT current_setting('samaan.compartments'::text, true) AS current_setting))::integer & 16) <> 0) AND (organisation_id IN ( SELECT w.organisation_id
   FROM auth.working w))));
create policy closed on justice.lead_content
  as restrictive
  for all
  to samaan_app
  using ((NOT (EXISTS ( SELECT 1
   FROM justice.lead_closed c
  WHERE (c.lead_id = lead_content.lead_id)))));
create policy shared on justice.lead_content
  for select
  to samaan_app
  using (((( SELECT current_setting('samaan.role'::text, true) AS current_setting) = 'prosecutor'::text) AND (((( SELECT current_setting('samaan.compartments'::text, true) AS current_setting))::integer & 16) <> 0) AND (EXISTS ( SELECT 1
   FROM justice.lead_share h
  WHERE ((h.lead_id = lead_content.lead_id) AND (h.ended_at IS NULL) AND (h.account_id = (NULLIF(( SELECT current_setting('samaan.user'::text, true) AS current_setting), ''::text))::uuid))))));
CREATE TRIGGER require_same_body BEFORE INSERT OR UPDATE ON justice.lead_content FOR EACH ROW EXECUTE FUNCTION justice.require_same_body();
grant insert, select, update (sealed) on table justice.lead_content to samaan_app;

create table justice.lead_file (
  id uuid not null,
  lead_id uuid not null,
  organisation_id uuid not null,
  by_account uuid not null,
  at timestamp with time zone not null default now(),
  sealed_about bytea not null,
  recipient text not null,
  sealed_identity bytea not null,
  sha256 bytea not null,
  state text not null default 'waiting-for-file'::text,
  code text,
  kind text,
  size integer,
  scanned boolean,
  original_file uuid,
  clean_file uuid,
  clean_size integer,
  sealed_thumbnail bytea,
  proof bytea,
  constraint lead_file_pkey PRIMARY KEY (id),
  constraint lead_file_check CHECK ((((clean_file IS NULL) = (clean_size IS NULL)) AND ((clean_file IS NULL) = (sealed_thumbnail IS NULL)))),
  constraint lead_file_check1 CHECK (((state = 'ready'::text) = (original_file IS NOT NULL))),
  constraint lead_file_check2 CHECK (((state = 'ready'::text) = ((kind IS NOT NULL) AND (size IS NOT NULL) AND (scanned IS NOT NULL) AND (proof IS NOT NULL)))),
  constraint lead_file_check3 CHECK (((code IS NOT NULL) = (state = ANY (ARRAY['refused'::text, 'quarantined'::text])))),
  constraint lead_file_code_check CHECK ((code ~ '^[a-z][a-z0-9-]{0,59}$'::text)),
  constraint lead_file_kind_check CHECK ((kind ~ '^[a-z0-9]{2,8}$'::text)),
  constraint lead_file_proof_check CHECK ((length(proof) = ANY (ARRAY[32, 96]))),
  constraint lead_file_recipient_check CHECK ((recipient ~ '^age1[0-9a-z]{58}$'::text)),
  constraint lead_file_sha256_check CHECK ((length(sha256) = 32)),
  constraint lead_file_size_check CHECK ((size >= 0)),
  constraint lead_file_state_check CHECK ((state = ANY (ARRAY['waiting-for-file'::text, 'ready'::text, 'refused'::text, 'quarantined'::text]))),
  constraint lead_file_by_account_fkey FOREIGN KEY (by_account) REFERENCES auth.account(id),
  constraint lead_file_lead_id_fkey FOREIGN KEY (lead_id) REFERENCES justice.lead(id)
);
alter table justice.lead_file enable row level security;
alter table justice.lead_file force row level security;
CREATE INDEX lead_file_lead ON justice.lead_file USING btree (lead_id, id);
CREATE UNIQUE INDEX lead_file_content ON justice.lead_file USING btree (by_account, sha256);
create policy added on justice.lead_file
  for insert
  to samaan_app
  with check (((( SELECT current_setting('samaan.role'::text, true) AS current_setting) = 'investigator'::text) AND (((( SELECT current_setting('samaan.compartments'::text, true) AS current_setting))::integer & 16) <> 0) AND (by_account = (NULLIF(( SELECT current_setting('samaan.user'::text, true) AS current_setting), ''::text))::uuid) AND (organisation_id IN ( SELECT w.organisation_id
   FROM auth.working w))));
create policy body on justice.lead_file
  for select
  to samaan_app
  using (((( SELECT current_setting('samaan.role'::text, true) AS current_setting) = 'investigator'::text) AND (((( SELECT current_setting('samaan.compartments'::text, true) AS current_setting))::integer & 16) <> 0) AND (organisation_id IN ( SELECT w.organisation_id
   FROM auth.working w))));
create policy closed on justice.lead_file
  as restrictive
  for all
  to samaan_app
  using (((( SELECT current_setting('samaan.role'::text, true) AS current_setting) = 'filing'::text) OR (NOT (EXISTS ( SELECT 1
   FROM justice.lead_closed c
  WHERE (c.lead_id = lead_file.lead_id))))));
create policy filed on justice.lead_file
  for update
  to samaan_app
  using (((( SELECT current_setting('samaan.role'::text, true) AS current_setting) = 'filing'::text) AND (by_account = (NULLIF(( SELECT current_setting('samaan.user'::text, true) AS current_setting), ''::text))::uuid) AND (state = ANY (ARRAY['waiting-for-file'::text, 'quarantined'::text]))))
  with check (((( SELECT current_setting('samaan.role'::text, true) AS current_setting) = 'filing'::text) AND (by_account = (NULLIF(( SELECT current_setting('samaan.user'::text, true) AS current_setting), ''::text))::uuid)));
create policy filing on justice.lead_file
  for select
  to samaan_app
  using (((( SELECT current_setting('samaan.role'::text, true) AS current_setting) = 'filing'::text) AND (by_account = (NULLIF(( SELECT current_setting('samaan.user'::text, true) AS current_setting), ''::text))::uuid)));
create policy jobs on justice.lead_file
  for select
  to samaan_jobs
  using (true);
create policy shared on justice.lead_file
  for select
  to samaan_app
  using (((( SELECT current_setting('samaan.role'::text, true) AS current_setting) = 'prosecutor'::text) AND (((( SELECT current_setting('samaan.compartments'::text, true) AS current_setting))::integer & 16) <> 0) AND (EXISTS ( SELECT 1
   FROM justice.lead_share h
  WHERE ((h.lead_id = lead_file.lead_id) AND (h.ended_at IS NULL) AND (h.account_id = (NULLIF(( SELECT current_setting('samaan.user'::text, true) AS current_setting), ''::text))::uuid))))));
CREATE TRIGGER require_same_body BEFORE INSERT ON justice.lead_file FOR EACH ROW EXECUTE FUNCTION justice.require_same_body();
grant insert (by_account), insert (id), insert (lead_id), insert (organisation_id), insert (recipient), insert (sealed_about), insert (sealed_identity), insert (sha256), select, update (clean_file), update (clean_size), update (code), update (kind), update (original_file), update (proof), update (scanned), update (sealed_thumbnail), update (size), update (state) on table justice.lead_file to samaan_app;
grant select (clean_file), select (original_file) on table justice.lead_file to samaan_jobs;

create table justice.lead_note (
  id uuid not null,
  lead_id uuid not null,
  organisation_id uuid not null,
  sealed bytea not null,
  by_account uuid not null,
  at timestamp with time zone not null default now(),
  constraint lead_note_pkey PRIMARY KEY (id),
  constraint lead_note_lead_id_fkey FOREIGN KEY (lead_id) REFERENCES justice.lead(id)
);
alter table justice.lead_note enable row level security;
alter table justice.lead_note force row level security;
CREATE INDEX lead_note_lead ON justice.lead_note USING btree (lead_id, at);
create policy added on justice.lead_note
  for insert
  to samaan_app
  with check (((( SELECT current_setting('samaan.role'::text, true) AS current_setting) = 'investigator'::text) AND (((( SELECT current_setting('samaan.compartments'::text, true) AS current_setting))::integer & 16) <> 0) AND (organisation_id IN ( SELECT w.organisation_id
   FROM auth.working w))));
create policy body on justice.lead_note
  for select
  to samaan_app
  using (((( SELECT current_setting('samaan.role'::text, true) AS current_setting) = 'investigator'::text) AND (((( SELECT current_setting('samaan.compartments'::text, true) AS current_setting))::integer & 16) <> 0) AND (organisation_id IN ( SELECT w.organisation_id
   FROM auth.working w))));
create policy closed on justice.lead_note
  as restrictive
  for all
  to samaan_app
  using ((NOT (EXISTS ( SELECT 1
   FROM justice.lead_closed c
  WHERE (c.lead_id = lead_note.lead_id)))));
create policy shared on justice.lead_note
  for select
  to samaan_app
  using (((( SELECT current_setting('samaan.role'::text, true) AS current_setting) = 'prosecutor'::text) AND (((( SELECT current_setting('samaan.compartments'::text, true) AS current_setting))::integer & 16) <> 0) AND (EXISTS ( SELECT 1
   FROM justice.lead_share h
  WHERE ((h.lead_id = lead_note.lead_id) AND (h.ended_at IS NULL) AND (h.account_id = (NULLIF(( SELECT current_setting('samaan.user'::text, true) AS current_setting), ''::text))::uuid))))));
create policy written on justice.lead_note
  as restrictive
  for insert
  to samaan_app
  with check ((by_account = (NULLIF(( SELECT current_setting('samaan.user'::text, true) AS current_setting), ''::text))::uuid));
CREATE TRIGGER require_same_body BEFORE INSERT OR UPDATE ON justice.lead_note FOR EACH ROW EXECUTE FUNCTION justice.require_same_body();
grant insert, select on table justice.lead_note to samaan_app;

create table justice.lead_share (
  id uuid not null,
  lead_id uuid not null,
  organisation_id uuid not null,
  account_id uuid not null,
  source boolean not null,
  by_account uuid not null,
  at timestamp with time zone not null default now(),
  ended_at timestamp with time zone,
  ended_by uuid,
  constraint lead_share_pkey PRIMARY KEY (id),
  constraint lead_share_check CHECK ((by_account <> account_id)),
  constraint lead_share_check1 CHECK (((ended_at IS NULL) = (ended_by IS NULL))),
  constraint lead_share_account_id_fkey FOREIGN KEY (account_id) REFERENCES auth.account(id),
  constraint lead_share_by_account_fkey FOREIGN KEY (by_account) REFERENCES auth.account(id),
  constraint lead_share_ended_by_fkey FOREIGN KEY (ended_by) REFERENCES auth.account(id),
  constraint lead_share_lead_id_fkey FOREIGN KEY (lead_id) REFERENCES justice.lead(id)
);
alter table justice.lead_share enable row level security;
alter table justice.lead_share force row level security;
CREATE INDEX lead_share_account ON justice.lead_share USING btree (account_id) WHERE (ended_at IS NULL);
CREATE UNIQUE INDEX lead_share_live ON justice.lead_share USING btree (lead_id, account_id) WHERE (ended_at IS NULL);
create policy body on justice.lead_share
  for select
  to samaan_app
  using (((( SELECT current_setting('samaan.role'::text, true) AS current_setting) = 'investigator'::text) AND (((( SELECT current_setting('samaan.compartments'::text, true) AS current_setting))::integer & 16) <> 0) AND (organisation_id IN ( SELECT w.organisation_id
   FROM auth.working w))));
create policy closed on justice.lead_share
  as restrictive
  for all
  to samaan_app
  using ((NOT (EXISTS ( SELECT 1
   FROM justice.lead_closed c
  WHERE (c.lead_id = lead_share.lead_id)))));
create policy named on justice.lead_share
  for select
  to samaan_app
  using (((( SELECT current_setting('samaan.role'::text, true) AS current_setting) = 'prosecutor'::text) AND (ended_at IS NULL) AND (account_id = (NULLIF(( SELECT current_setting('samaan.user'::text, true) AS current_setting), ''::text))::uuid)));
create policy supervised on justice.lead_share
  for select
  to samaan_app
  using (((( SELECT current_setting('samaan.role'::text, true) AS current_setting) = 'supervisor'::text) AND (organisation_id IN ( SELECT w.organisation_id
   FROM auth.working w))));
grant select on table justice.lead_share to samaan_app;

create table justice.lead_source (
  lead_id uuid not null,
  organisation_id uuid not null,
  sealed bytea not null,
  constraint lead_source_pkey PRIMARY KEY (lead_id),
  constraint lead_source_lead_id_fkey FOREIGN KEY (lead_id) REFERENCES justice.lead(id)
);
alter table justice.lead_source enable row level security;
alter table justice.lead_source force row level security;
create policy added on justice.lead_source
  for insert
  to samaan_app
  with check (((( SELECT current_setting('samaan.role'::text, true) AS current_setting) = 'investigator'::text) AND (((( SELECT current_setting('samaan.compartments'::text, true) AS current_setting))::integer & 16) <> 0) AND (organisation_id IN ( SELECT w.organisation_id
   FROM auth.working w))));
create policy body on justice.lead_source
  for select
  to samaan_app
  using (((( SELECT current_setting('samaan.role'::text, true) AS current_setting) = 'investigator'::text) AND (((( SELECT current_setting('samaan.compartments'::text, true) AS current_setting))::integer & 16) <> 0) AND (organisation_id IN ( SELECT w.organisation_id
   FROM auth.working w))));
create policy changed on justice.lead_source
  for update
  to samaan_app
  using (((( SELECT current_setting('samaan.role'::text, true) AS current_setting) = 'investigator'::text) AND (((( SELECT current_setting('samaan.compartments'::text, true) AS current_setting))::integer & 16) <> 0) AND (organisation_id IN ( SELECT w.organisation_id
   FROM auth.working w))))
  with check (((( SELECT current_setting('samaan.role'::text, true) AS current_setting) = 'investigator'::text) AND (((( SELECT current_setting('samaan.compartments'::text, true) AS current_setting))::integer & 16) <> 0) AND (organisation_id IN ( SELECT w.organisation_id
   FROM auth.working w))));
create policy closed on justice.lead_source
  as restrictive
  for all
  to samaan_app
  using ((NOT (EXISTS ( SELECT 1
   FROM justice.lead_closed c
  WHERE (c.lead_id = lead_source.lead_id)))));
create policy shared on justice.lead_source
  for select
  to samaan_app
  using (((( SELECT current_setting('samaan.role'::text, true) AS current_setting) = 'prosecutor'::text) AND (((( SELECT current_setting('samaan.compartments'::text, true) AS current_setting))::integer & 16) <> 0) AND (EXISTS ( SELECT 1
   FROM justice.lead_share h
  WHERE ((h.lead_id = lead_source.lead_id) AND (h.ended_at IS NULL) AND (h.account_id = (NULLIF(( SELECT current_setting('samaan.user'::text, true) AS current_setting), ''::text))::uuid) AND h.source)))));
CREATE TRIGGER require_same_body BEFORE INSERT OR UPDATE ON justice.lead_source FOR EACH ROW EXECUTE FUNCTION justice.require_same_body();
grant insert, select, update (sealed) on table justice.lead_source to samaan_app;

create table justice.lead_term (
  term bytea not null,
  lead_id uuid not null,
  organisation_id uuid not null,
  constraint lead_term_pkey PRIMARY KEY (term, lead_id),
  constraint lead_term_lead_id_fkey FOREIGN KEY (lead_id) REFERENCES justice.lead(id)
);
alter table justice.lead_term enable row level security;
alter table justice.lead_term force row level security;
CREATE INDEX lead_term_lead ON justice.lead_term USING btree (lead_id);
create policy added on justice.lead_term
  for insert
  to samaan_app
  with check (((( SELECT current_setting('samaan.role'::text, true) AS current_setting) = 'investigator'::text) AND (((( SELECT current_setting('samaan.compartments'::text, true) AS current_setting))::integer & 16) <> 0) AND (organisation_id IN ( SELECT w.organisation_id
   FROM auth.working w))));
create policy body on justice.lead_term
  for select
  to samaan_app
  using (((( SELECT current_setting('samaan.role'::text, true) AS current_setting) = 'investigator'::text) AND (((( SELECT current_setting('samaan.compartments'::text, true) AS current_setting))::integer & 16) <> 0) AND (organisation_id IN ( SELECT w.organisation_id
   FROM auth.working w))));
create policy closed on justice.lead_term
  as restrictive
  for all
  to samaan_app
  using ((NOT (EXISTS ( SELECT 1
   FROM justice.lead_closed c
  WHERE (c.lead_id = lead_term.lead_id)))));
create policy removed on justice.lead_term
  for delete
  to samaan_app
  using (((( SELECT current_setting('samaan.role'::text, true) AS current_setting) = 'investigator'::text) AND (((( SELECT current_setting('samaan.compartments'::text, true) AS current_setting))::integer & 16) <> 0) AND (organisation_id IN ( SELECT w.organisation_id
   FROM auth.working w))));
create policy shared on justice.lead_term
  for select
  to samaan_app
  using (((( SELECT current_setting('samaan.role'::text, true) AS current_setting) = 'prosecutor'::text) AND (((( SELECT current_setting('samaan.compartments'::text, true) AS current_setting))::integer & 16) <> 0) AND (EXISTS ( SELECT 1
   FROM justice.lead_share h
  WHERE ((h.lead_id = lead_term.lead_id) AND (h.ended_at IS NULL) AND (h.account_id = (NULLIF(( SELECT current_setting('samaan.user'::text, true) AS current_setting), ''::text))::uuid))))));
CREATE TRIGGER require_same_body BEFORE INSERT OR UPDATE ON justice.lead_term FOR EACH ROW EXECUTE FUNCTION justice.require_same_body();
grant delete, insert, select on table justice.lead_term to samaan_app;

create table justice.proceeding_step (
  lead_id uuid not null,
  organisation_id uuid not null,
  step integer not null,
  state text not null,
  on_day date not null,
  by_account uuid not null,
  at timestamp with time zone not null default now(),
  constraint proceeding_step_pkey PRIMARY KEY (lead_id, step),
  constraint proceeding_step_state_check CHECK ((state = ANY (ARRAY['investigation'::text, 'with-prosecutor'::text, 'sent-back'::text, 'not-charged'::text, 'charged'::text, 'trial'::text, 'convicted'::text, 'acquitted'::text, 'appealed'::text, 'withdrawn'::text, 'ended'::text]))),
  constraint proceeding_step_step_check CHECK ((step > 0)),
  constraint proceeding_step_by_account_fkey FOREIGN KEY (by_account) REFERENCES auth.account(id),
  constraint proceeding_step_lead_id_fkey FOREIGN KEY (lead_id) REFERENCES justice.lead(id)
);
alter table justice.proceeding_step enable row level security;
alter table justice.proceeding_step force row level security;
create policy added on justice.proceeding_step
  for insert
  to samaan_app
  with check (((( SELECT current_setting('samaan.role'::text, true) AS current_setting) = 'investigator'::text) AND (((( SELECT current_setting('samaan.compartments'::text, true) AS current_setting))::integer & 16) <> 0) AND (organisation_id IN ( SELECT w.organisation_id
   FROM auth.working w))));
create policy body on justice.proceeding_step
  for select
  to samaan_app
  using (((( SELECT current_setting('samaan.role'::text, true) AS current_setting) = 'investigator'::text) AND (((( SELECT current_setting('samaan.compartments'::text, true) AS current_setting))::integer & 16) <> 0) AND (organisation_id IN ( SELECT w.organisation_id
   FROM auth.working w))));
create policy charged on justice.proceeding_step
  for insert
  to samaan_app
  with check (((state <> ALL (ARRAY['investigation'::text, 'with-prosecutor'::text, 'ended'::text])) AND (( SELECT current_setting('samaan.role'::text, true) AS current_setting) = 'prosecutor'::text) AND (((( SELECT current_setting('samaan.compartments'::text, true) AS current_setting))::integer & 16) <> 0) AND (EXISTS ( SELECT 1
   FROM justice.lead_share h
  WHERE ((h.lead_id = proceeding_step.lead_id) AND (h.ended_at IS NULL) AND (h.account_id = (NULLIF(( SELECT current_setting('samaan.user'::text, true) AS current_setting), ''::text))::uuid))))));
create policy closed on justice.proceeding_step
  as restrictive
  for all
  to samaan_app
  using ((NOT (EXISTS ( SELECT 1
   FROM justice.lead_closed c
  WHERE (c.lead_id = proceeding_step.lead_id)))));
create policy shared on justice.proceeding_step
  for select
  to samaan_app
  using (((( SELECT current_setting('samaan.role'::text, true) AS current_setting) = 'prosecutor'::text) AND (((( SELECT current_setting('samaan.compartments'::text, true) AS current_setting))::integer & 16) <> 0) AND (EXISTS ( SELECT 1
   FROM justice.lead_share h
  WHERE ((h.lead_id = proceeding_step.lead_id) AND (h.ended_at IS NULL) AND (h.account_id = (NULLIF(( SELECT current_setting('samaan.user'::text, true) AS current_setting), ''::text))::uuid))))));
create policy supervised on justice.proceeding_step
  for select
  to samaan_app
  using (((( SELECT current_setting('samaan.role'::text, true) AS current_setting) = 'supervisor'::text) AND (organisation_id IN ( SELECT w.organisation_id
   FROM auth.working w))));
create policy written on justice.proceeding_step
  as restrictive
  for insert
  to samaan_app
  with check ((by_account = (NULLIF(( SELECT current_setting('samaan.user'::text, true) AS current_setting), ''::text))::uuid));
CREATE TRIGGER require_same_body BEFORE INSERT OR UPDATE ON justice.proceeding_step FOR EACH ROW EXECUTE FUNCTION justice.require_same_body();
grant insert, select on table justice.proceeding_step to samaan_app;

create table justice.receipt (
  id uuid not null,
  country text not null,
  case_id uuid not null,
  key_slot bigint not null,
  reference text not null,
  basis text not null,
  basis_id uuid not null,
  compartments integer not null,
  hash bytea not null,
  sealed bytea,
  account_id uuid not null,
  organisation_id uuid not null,
  at timestamp with time zone not null default now(),
  constraint receipt_pkey PRIMARY KEY (id),
  constraint receipt_basis_check CHECK ((basis = ANY (ARRAY['order'::text, 'vital-interest'::text, 'consent'::text]))),
  constraint receipt_check CHECK (((basis = 'order'::text) = (sealed IS NOT NULL))),
  constraint receipt_compartments_check CHECK (((compartments >= 1) AND (compartments <= 15))),
  constraint receipt_country_check CHECK ((country ~ '^[A-Z]{3}$'::text)),
  constraint receipt_hash_check CHECK ((length(hash) = 32)),
  constraint receipt_account_id_fkey FOREIGN KEY (account_id) REFERENCES auth.account(id),
  constraint receipt_case_id_fkey FOREIGN KEY (case_id) REFERENCES cases.folder(id),
  constraint receipt_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES directory.organisation(id)
);
alter table justice.receipt enable row level security;
alter table justice.receipt force row level security;
CREATE INDEX receipt_account ON justice.receipt USING btree (account_id, id DESC);
CREATE INDEX receipt_case ON justice.receipt USING btree (case_id, at DESC);
create policy hidden on justice.receipt
  as restrictive
  for select
  to samaan_app
  using ((NOT (EXISTS ( SELECT 1
   FROM policy.case_hidden h
  WHERE (h.case_id = receipt.case_id)))));
create policy kept_close on justice.receipt
  as restrictive
  for select
  to samaan_app
  using (((basis <> 'consent'::text) OR (( SELECT current_setting('samaan.role'::text, true) AS current_setting) = ANY (ARRAY['coordinator'::text, 'investigator'::text, 'prosecutor'::text]))));
create policy own on justice.receipt
  for select
  to samaan_app
  using (((( SELECT current_setting('samaan.role'::text, true) AS current_setting) = ANY (ARRAY['investigator'::text, 'prosecutor'::text])) AND (account_id = (NULLIF(( SELECT current_setting('samaan.user'::text, true) AS current_setting), ''::text))::uuid)));
create policy received on justice.receipt
  for insert
  to samaan_app
  with check (((( SELECT current_setting('samaan.role'::text, true) AS current_setting) = ANY (ARRAY['investigator'::text, 'prosecutor'::text])) AND (account_id = (NULLIF(( SELECT current_setting('samaan.user'::text, true) AS current_setting), ''::text))::uuid) AND (country = ( SELECT current_setting('samaan.country'::text, true) AS current_setting)) AND (EXISTS ( SELECT 1
   FROM policy.case_glimpse g
  WHERE ((g.case_id = receipt.case_id) AND (g.basis = receipt.basis) AND (g.basis_id = receipt.basis_id) AND (g.compartments = receipt.compartments) AND (g.until > now()) AND (g.principal = (NULLIF(( SELECT current_setting('samaan.user'::text, true) AS current_setting), ''::text))::uuid))))));
create policy unit on justice.receipt
  for select
  to samaan_app
  using (((( SELECT current_setting('samaan.role'::text, true) AS current_setting) = ANY (ARRAY['intake'::text, 'coordinator'::text, 'decision-maker'::text])) AND (EXISTS ( SELECT 1
   FROM policy.case_access a
  WHERE ((a.case_id = receipt.case_id) AND (a.until > now()) AND (a.basis =
        CASE
            WHEN (( SELECT current_setting('samaan.role'::text, true) AS current_setting) = 'coordinator'::text) THEN 'assigned'::text
            ELSE 'holder'::text
        END))))));
grant insert, select on table justice.receipt to samaan_app;

create table justice.vital_interest (
  id uuid not null,
  country text not null,
  case_id uuid not null,
  key_slot bigint not null,
  reason text not null,
  sealed bytea not null,
  compartments integer not null,
  organisation_id uuid not null,
  account_id uuid not null,
  until_at timestamp with time zone not null,
  state text not null default 'open'::text,
  by_account uuid not null,
  at timestamp with time zone not null default now(),
  second_by uuid,
  second_at timestamp with time zone,
  version integer not null default 1,
  constraint vital_interest_pkey PRIMARY KEY (id),
  constraint vital_interest_check CHECK (((until_at > at) AND (until_at <= (at + '72:00:00'::interval)))),
  constraint vital_interest_check1 CHECK (((by_account <> account_id) AND (second_by IS DISTINCT FROM by_account) AND (second_by IS DISTINCT FROM account_id))),
  constraint vital_interest_check2 CHECK ((((state = 'open'::text) = (second_by IS NULL)) AND ((second_by IS NULL) = (second_at IS NULL)))),
  constraint vital_interest_compartments_check CHECK (((compartments >= 1) AND (compartments <= 15))),
  constraint vital_interest_country_check CHECK ((country ~ '^[A-Z]{3}$'::text)),
  constraint vital_interest_reason_check CHECK ((reason = ANY (ARRAY['life-in-danger'::text, 'person-missing'::text, 'child-in-danger'::text, 'medical'::text, 'other'::text]))),
  constraint vital_interest_state_check CHECK ((state = ANY (ARRAY['open'::text, 'upheld'::text, 'not-upheld'::text]))),
  constraint vital_interest_account_id_fkey FOREIGN KEY (account_id) REFERENCES auth.account(id),
  constraint vital_interest_by_account_fkey FOREIGN KEY (by_account) REFERENCES auth.account(id),
  constraint vital_interest_case_id_fkey FOREIGN KEY (case_id) REFERENCES cases.folder(id),
  constraint vital_interest_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES directory.organisation(id),
  constraint vital_interest_second_by_fkey FOREIGN KEY (second_by) REFERENCES auth.account(id)
);
alter table justice.vital_interest enable row level security;
alter table justice.vital_interest force row level security;
CREATE INDEX interest_open ON justice.vital_interest USING btree (country, at) WHERE (state = 'open'::text);
CREATE INDEX vital_interest_account ON justice.vital_interest USING btree (account_id);
CREATE INDEX vital_interest_case ON justice.vital_interest USING btree (case_id, at DESC);
create policy hidden on justice.vital_interest
  as restrictive
  for select
  to samaan_app
  using ((NOT (EXISTS ( SELECT 1
   FROM policy.case_hidden h
  WHERE (h.case_id = vital_interest.case_id)))));
create policy named on justice.vital_interest
  for select
  to samaan_app
  using (((( SELECT current_setting('samaan.role'::text, true) AS current_setting) = ANY (ARRAY['investigator'::text, 'prosecutor'::text])) AND ((NULLIF(( SELECT current_setting('samaan.user'::text, true) AS current_setting), ''::text))::uuid = account_id) AND (EXISTS ( SELECT 1
   FROM policy.case_glimpse g
  WHERE ((g.case_id = vital_interest.case_id) AND (g.basis = 'vital-interest'::text) AND (g.basis_id = vital_interest.id) AND (g.until > now()))))));
create policy unit on justice.vital_interest
  for select
  to samaan_app
  using (((( SELECT current_setting('samaan.role'::text, true) AS current_setting) = ANY (ARRAY['intake'::text, 'coordinator'::text, 'decision-maker'::text])) AND (EXISTS ( SELECT 1
   FROM policy.case_access a
  WHERE ((a.case_id = vital_interest.case_id) AND (a.until > now()) AND (a.basis =
        CASE
            WHEN (( SELECT current_setting('samaan.role'::text, true) AS current_setting) = 'coordinator'::text) THEN 'assigned'::text
            ELSE 'holder'::text
        END))))));
CREATE TRIGGER require_apart BEFORE UPDATE OF second_by ON justice.vital_interest FOR EACH ROW EXECUTE FUNCTION policy.require_apart();
grant select on table justice.vital_interest to samaan_app;

create table matching.changed (
  case_id uuid not null,
  at timestamp with time zone not null default now(),
  constraint changed_pkey PRIMARY KEY (case_id)
);
alter table matching.changed enable row level security;
alter table matching.changed force row level security;
create policy nobody on matching.changed
  for select
  to samaan_app
  using (false);

create table matching.judgement (
  id uuid not null,
  match_id uuid not null,
  outcome text not null,
  sealed bytea not null,
  by_account uuid not null,
  at timestamp with time zone not null default now(),
  constraint judgement_pkey PRIMARY KEY (id),
  constraint judgement_outcome_check CHECK ((outcome = ANY (ARRAY['same'::text, 'not-same'::text, 'cannot-tell'::text]))),
  constraint judgement_by_account_fkey FOREIGN KEY (by_account) REFERENCES auth.account(id),
  constraint judgement_match_id_fkey FOREIGN KEY (match_id) REFERENCES matching.match(id) ON DELETE CASCADE
);
alter table matching.judgement enable row level security;
alter table matching.judgement force row level security;
CREATE INDEX judgement_match ON matching.judgement USING btree (match_id, at DESC);
create policy nobody on matching.judgement
  for select
  to samaan_app
  using (false);

create table matching.link (
  id uuid not null,
  country text not null,
  case_a uuid not null,
  case_b uuid not null,
  kind text not null,
  sealed bytea,
  by_account uuid not null,
  at timestamp with time zone not null default now(),
  ended_by uuid,
  ended_at timestamp with time zone,
  sealed_end bytea,
  version integer not null default 1,
  constraint link_pkey PRIMARY KEY (id),
  constraint link_check CHECK ((case_a < case_b)),
  constraint link_check1 CHECK (((ended_by IS NULL) = (ended_at IS NULL))),
  constraint link_country_check CHECK ((country ~ '^[A-Z]{3}$'::text)),
  constraint link_kind_check CHECK ((kind = ANY (ARRAY['family'::text, 'same-event'::text, 'same-household'::text, 'same-work'::text, 'same-place'::text, 'travelled-together'::text, 'other'::text]))),
  constraint link_by_account_fkey FOREIGN KEY (by_account) REFERENCES auth.account(id),
  constraint link_case_a_fkey FOREIGN KEY (case_a) REFERENCES cases.folder(id),
  constraint link_case_b_fkey FOREIGN KEY (case_b) REFERENCES cases.folder(id),
  constraint link_ended_by_fkey FOREIGN KEY (ended_by) REFERENCES auth.account(id)
);
alter table matching.link enable row level security;
alter table matching.link force row level security;
CREATE INDEX link_b ON matching.link USING btree (case_b);
CREATE UNIQUE INDEX link_live ON matching.link USING btree (case_a, case_b, kind) WHERE (ended_at IS NULL);
create policy ended on matching.link
  for update
  to samaan_app
  using (((ended_at IS NULL) AND (country = ( SELECT current_setting('samaan.country'::text, true) AS current_setting)) AND (( SELECT current_setting('samaan.role'::text, true) AS current_setting) = ANY (ARRAY['intake'::text, 'coordinator'::text, 'decision-maker'::text])) AND (EXISTS ( SELECT 1
   FROM policy.case_access a
  WHERE ((a.case_id = link.case_a) AND (a.until > now()) AND (a.basis =
        CASE ( SELECT current_setting('samaan.role'::text, true) AS current_setting)
            WHEN 'coordinator'::text THEN 'assigned'::text
            ELSE 'holder'::text
        END)))) AND (( SELECT current_setting('samaan.role'::text, true) AS current_setting) = ANY (ARRAY['intake'::text, 'coordinator'::text, 'decision-maker'::text])) AND (EXISTS ( SELECT 1
   FROM policy.case_access a
  WHERE ((a.case_id = link.case_b) AND (a.until > now()) AND (a.basis =
        CASE ( SELECT current_setting('samaan.role'::text, true) AS current_setting)
            WHEN 'coordinator'::text THEN 'assigned'::text
            ELSE 'holder'::text
        END))))))
  with check ((ended_by = (NULLIF(( SELECT current_setting('samaan.user'::text, true) AS current_setting), ''::text))::uuid));
create policy made on matching.link
  for insert
  to samaan_app
  with check (((by_account = (NULLIF(( SELECT current_setting('samaan.user'::text, true) AS current_setting), ''::text))::uuid) AND (ended_at IS NULL) AND (country = ( SELECT current_setting('samaan.country'::text, true) AS current_setting)) AND (( SELECT current_setting('samaan.role'::text, true) AS current_setting) = ANY (ARRAY['intake'::text, 'coordinator'::text, 'decision-maker'::text])) AND (EXISTS ( SELECT 1
   FROM policy.case_access a
  WHERE ((a.case_id = link.case_a) AND (a.until > now()) AND (a.basis =
        CASE ( SELECT current_setting('samaan.role'::text, true) AS current_setting)
            WHEN 'coordinator'::text THEN 'assigned'::text
            ELSE 'holder'::text
        END)))) AND (( SELECT current_setting('samaan.role'::text, true) AS current_setting) = ANY (ARRAY['intake'::text, 'coordinator'::text, 'decision-maker'::text])) AND (EXISTS ( SELECT 1
   FROM policy.case_access a
  WHERE ((a.case_id = link.case_b) AND (a.until > now()) AND (a.basis =
        CASE ( SELECT current_setting('samaan.role'::text, true) AS current_setting)
            WHEN 'coordinator'::text THEN 'assigned'::text
            ELSE 'holder'::text
        END))))));
create policy sees_both on matching.link
  for select
  to samaan_app
  using (((country = ( SELECT current_setting('samaan.country'::text, true) AS current_setting)) AND (( SELECT current_setting('samaan.role'::text, true) AS current_setting) = ANY (ARRAY['intake'::text, 'coordinator'::text, 'decision-maker'::text])) AND (EXISTS ( SELECT 1
   FROM policy.case_access a
  WHERE ((a.case_id = link.case_a) AND (a.until > now()) AND (a.basis =
        CASE ( SELECT current_setting('samaan.role'::text, true) AS current_setting)
            WHEN 'coordinator'::text THEN 'assigned'::text
            ELSE 'holder'::text
        END)))) AND (( SELECT current_setting('samaan.role'::text, true) AS current_setting) = ANY (ARRAY['intake'::text, 'coordinator'::text, 'decision-maker'::text])) AND (EXISTS ( SELECT 1
   FROM policy.case_access a
  WHERE ((a.case_id = link.case_b) AND (a.until > now()) AND (a.basis =
        CASE ( SELECT current_setting('samaan.role'::text, true) AS current_setting)
            WHEN 'coordinator'::text THEN 'assigned'::text
            ELSE 'holder'::text
        END))))));
grant insert, select, update (ended_at), update (ended_by), update (sealed_end), update (version) on table matching.link to samaan_app;

create table matching.match (
  id uuid not null default gen_random_uuid(),
  country text not null,
  unit_id uuid not null,
  case_a uuid not null,
  case_b uuid not null,
  why text[] not null,
  strength text not null,
  state text not null default 'waiting'::text,
  found_at timestamp with time zone not null default now(),
  version integer not null default 1,
  constraint match_pkey PRIMARY KEY (id),
  constraint match_check CHECK ((case_a < case_b)),
  constraint match_country_check CHECK ((country ~ '^[A-Z]{3}$'::text)),
  constraint match_state_check CHECK ((state = ANY (ARRAY['waiting'::text, 'same'::text, 'not-same'::text, 'cannot-tell'::text]))),
  constraint match_strength_check CHECK ((strength = ANY (ARRAY['strong'::text, 'fair'::text, 'slight'::text]))),
  constraint match_why_check CHECK ((cardinality(why) > 0)),
  constraint match_case_a_fkey FOREIGN KEY (case_a) REFERENCES cases.folder(id),
  constraint match_case_b_fkey FOREIGN KEY (case_b) REFERENCES cases.folder(id)
);
alter table matching.match enable row level security;
alter table matching.match force row level security;
CREATE INDEX match_b ON matching.match USING btree (case_b);
CREATE INDEX match_queue ON matching.match USING btree (unit_id, id) WHERE (state = 'waiting'::text);
CREATE UNIQUE INDEX match_pair ON matching.match USING btree (case_a, case_b);
create policy nobody on matching.match
  for select
  to samaan_app
  using (false);

create table matching.merge (
  id uuid not null,
  country text not null,
  unit_id uuid not null,
  lead_case uuid not null,
  away_case uuid not null,
  sealed bytea,
  state text not null default 'proposed'::text,
  by_account uuid not null,
  at timestamp with time zone not null default now(),
  second_by uuid,
  second_at timestamp with time zone,
  undone_by uuid,
  undone_at timestamp with time zone,
  sealed_undo bytea,
  version integer not null default 1,
  constraint merge_pkey PRIMARY KEY (id),
  constraint merge_check CHECK ((lead_case <> away_case)),
  constraint merge_check1 CHECK ((second_by IS DISTINCT FROM by_account)),
  constraint merge_check2 CHECK ((((second_by IS NULL) = (second_at IS NULL)) AND ((undone_by IS NULL) = (undone_at IS NULL)))),
  constraint merge_check3 CHECK (((state <> ALL (ARRAY['standing'::text, 'undone'::text])) OR (second_by IS NOT NULL))),
  constraint merge_country_check CHECK ((country ~ '^[A-Z]{3}$'::text)),
  constraint merge_state_check CHECK ((state = ANY (ARRAY['proposed'::text, 'returned'::text, 'standing'::text, 'undone'::text, 'ended'::text]))),
  constraint merge_away_case_fkey FOREIGN KEY (away_case) REFERENCES cases.folder(id),
  constraint merge_by_account_fkey FOREIGN KEY (by_account) REFERENCES auth.account(id),
  constraint merge_lead_case_fkey FOREIGN KEY (lead_case) REFERENCES cases.folder(id),
  constraint merge_second_by_fkey FOREIGN KEY (second_by) REFERENCES auth.account(id),
  constraint merge_undone_by_fkey FOREIGN KEY (undone_by) REFERENCES auth.account(id)
);
alter table matching.merge enable row level security;
alter table matching.merge force row level security;
CREATE INDEX merge_lead ON matching.merge USING btree (lead_case);
CREATE UNIQUE INDEX merge_waiting ON matching.merge USING btree (away_case) WHERE (state = ANY (ARRAY['proposed'::text, 'standing'::text]));
create policy sees_both on matching.merge
  for select
  to samaan_app
  using (((unit_id = (NULLIF(( SELECT current_setting('samaan.organisation'::text, true) AS current_setting), ''::text))::uuid) AND (( SELECT current_setting('samaan.role'::text, true) AS current_setting) = ANY (ARRAY['intake'::text, 'coordinator'::text, 'decision-maker'::text])) AND (EXISTS ( SELECT 1
   FROM policy.case_access a
  WHERE ((a.case_id = merge.lead_case) AND (a.until > now()) AND (a.basis =
        CASE ( SELECT current_setting('samaan.role'::text, true) AS current_setting)
            WHEN 'coordinator'::text THEN 'assigned'::text
            ELSE 'holder'::text
        END)))) AND (( SELECT current_setting('samaan.role'::text, true) AS current_setting) = ANY (ARRAY['intake'::text, 'coordinator'::text, 'decision-maker'::text])) AND (EXISTS ( SELECT 1
   FROM policy.case_access a
  WHERE ((a.case_id = merge.away_case) AND (a.until > now()) AND (a.basis =
        CASE ( SELECT current_setting('samaan.role'::text, true) AS current_setting)
            WHEN 'coordinator'::text THEN 'assigned'::text
            ELSE 'holder'::text
        END))))));
CREATE TRIGGER require_apart BEFORE UPDATE OF second_by ON matching.merge FOR EACH ROW EXECUTE FUNCTION policy.require_apart();
grant select on table matching.merge to samaan_app;

create table notify.choice (
  account_id uuid not null,
  every_hours integer not null,
  at timestamp with time zone not null default now(),
  constraint choice_pkey PRIMARY KEY (account_id),
  constraint choice_every_hours_check CHECK ((every_hours = ANY (ARRAY[1, 4, 24]))),
  constraint choice_account_id_fkey FOREIGN KEY (account_id) REFERENCES auth.account(id)
);
alter table notify.choice enable row level security;
alter table notify.choice force row level security;
create policy jobs on notify.choice
  for all
  to samaan_jobs
  using (true)
  with check (true);
create policy own on notify.choice
  for all
  to samaan_app
  using ((account_id = (NULLIF(( SELECT current_setting('samaan.user'::text, true) AS current_setting), ''::text))::uuid))
  with check ((account_id = (NULLIF(( SELECT current_setting('samaan.user'::text, true) AS current_setting), ''::text))::uuid));
grant delete, insert, select, update on table notify.choice to samaan_app;
grant delete, select on table notify.choice to samaan_jobs;

create table notify.outbox (
  id uuid not null,
  account_id uuid not null,
  urgent boolean not null,
  at timestamp with time zone not null,
  state text not null default 'waiting'::text,
  tries integer not null default 0,
  next_at timestamp with time zone not null,
  code text,
  ended_at timestamp with time zone,
  constraint outbox_pkey PRIMARY KEY (id),
  constraint outbox_check CHECK (((state = 'waiting'::text) = (ended_at IS NULL))),
  constraint outbox_code_check CHECK ((code ~ '^[A-Za-z0-9_-]{1,40}$'::text)),
  constraint outbox_state_check CHECK ((state = ANY (ARRAY['waiting'::text, 'sent'::text, 'bounced'::text, 'dropped'::text]))),
  constraint outbox_account_id_fkey FOREIGN KEY (account_id) REFERENCES auth.account(id)
);
alter table notify.outbox enable row level security;
alter table notify.outbox force row level security;
CREATE INDEX outbox_ended ON notify.outbox USING btree (account_id, ended_at DESC) WHERE (state <> 'waiting'::text);
CREATE INDEX outbox_next ON notify.outbox USING btree (next_at) WHERE (state = 'waiting'::text);
CREATE UNIQUE INDEX outbox_waiting ON notify.outbox USING btree (account_id) WHERE (state = 'waiting'::text);
create policy jobs on notify.outbox
  for all
  to samaan_jobs
  using (true)
  with check (true);
grant delete, insert, select, update on table notify.outbox to samaan_jobs;

create table notify.told (
  account_id uuid not null,
  item uuid not null,
  constraint told_pkey PRIMARY KEY (account_id, item),
  constraint told_account_id_fkey FOREIGN KEY (account_id) REFERENCES auth.account(id)
);
alter table notify.told enable row level security;
alter table notify.told force row level security;
create policy jobs on notify.told
  for all
  to samaan_jobs
  using (true)
  with check (true);
grant delete, insert, select on table notify.told to samaan_jobs;

create table oversight.alert (
  id uuid not null default oversight.next_id(),
  account_id uuid not null,
  country text not null,
  kind text not null,
  about uuid not null,
  at timestamp with time zone not null default now(),
  seen_at timestamp with time zone,
  constraint alert_pkey PRIMARY KEY (id),
  constraint alert_country_check CHECK ((country ~ '^[A-Z]{3}$'::text)),
  constraint alert_kind_check CHECK ((kind = ANY (ARRAY['glass-broken'::text, 'glass-reviewed'::text, 'canary-read'::text, 'seal-proposed'::text, 'erasure-proposed'::text, 'retention-due'::text, 'file-held'::text, 'file-released'::text, 'file-refused'::text, 'sealed-alone'::text, 'sealed-let-in'::text]))),
  constraint alert_account_id_fkey FOREIGN KEY (account_id) REFERENCES auth.account(id)
);
alter table oversight.alert enable row level security;
alter table oversight.alert force row level security;
CREATE INDEX alert_account ON oversight.alert USING btree (account_id, id DESC);
CREATE UNIQUE INDEX alert_once ON oversight.alert USING btree (account_id, kind, about);
create policy own on oversight.alert
  for all
  to samaan_app
  using ((account_id = (NULLIF(( SELECT current_setting('samaan.user'::text, true) AS current_setting), ''::text))::uuid));
grant select, update (seen_at) on table oversight.alert to samaan_app;

create table oversight.bar (
  id uuid not null,
  country text not null,
  case_id uuid not null,
  account_id uuid not null,
  reason text not null,
  by_account uuid not null,
  at timestamp with time zone not null default now(),
  ended_at timestamp with time zone,
  ended_by uuid,
  constraint bar_pkey PRIMARY KEY (id),
  constraint bar_check CHECK (((ended_at IS NULL) = (ended_by IS NULL))),
  constraint bar_check1 CHECK (((by_account <> account_id) AND (ended_by IS DISTINCT FROM account_id))),
  constraint bar_country_check CHECK ((country ~ '^[A-Z]{3}$'::text)),
  constraint bar_reason_check CHECK ((reason = ANY (ARRAY['family'::text, 'suspect'::text, 'personal'::text, 'earlier-work'::text, 'other'::text]))),
  constraint bar_account_id_fkey FOREIGN KEY (account_id) REFERENCES auth.account(id),
  constraint bar_by_account_fkey FOREIGN KEY (by_account) REFERENCES auth.account(id),
  constraint bar_case_id_fkey FOREIGN KEY (case_id) REFERENCES cases.folder(id),
  constraint bar_ended_by_fkey FOREIGN KEY (ended_by) REFERENCES auth.account(id)
);
alter table oversight.bar enable row level security;
alter table oversight.bar force row level security;
CREATE INDEX bar_country ON oversight.bar USING btree (country, id DESC);
CREATE UNIQUE INDEX bar_live ON oversight.bar USING btree (case_id, account_id) WHERE (ended_at IS NULL);
create policy hidden on oversight.bar
  as restrictive
  for select
  to samaan_app
  using ((NOT (EXISTS ( SELECT 1
   FROM policy.case_hidden h
  WHERE (h.case_id = bar.case_id)))));
create policy kept on oversight.bar
  for select
  to samaan_app
  using (((country = ( SELECT current_setting('samaan.country'::text, true) AS current_setting)) AND ((( SELECT current_setting('samaan.role'::text, true) AS current_setting) = 'data-protection-officer'::text) OR ((( SELECT current_setting('samaan.role'::text, true) AS current_setting) = 'intake'::text) AND (EXISTS ( SELECT 1
   FROM policy.case_access a
  WHERE ((a.case_id = bar.case_id) AND (a.basis = 'holder'::text) AND (a.until > now()))))))));
grant select on table oversight.bar to samaan_app;

create table oversight.break_glass (
  id uuid not null,
  country text not null,
  case_id uuid not null,
  account_id uuid not null,
  organisation_id uuid not null,
  role text not null,
  compartments integer not null,
  reason text not null,
  sealed_text bytea,
  at timestamp with time zone not null default now(),
  until timestamp with time zone not null,
  review text,
  reviewed_by uuid,
  reviewed_at timestamp with time zone,
  sealed_review bytea,
  told_by uuid,
  told_at timestamp with time zone,
  version integer not null default 1,
  constraint break_glass_pkey PRIMARY KEY (id),
  constraint break_glass_check CHECK ((until <= (at + '01:00:00'::interval))),
  constraint break_glass_check1 CHECK ((((review IS NULL) = (reviewed_by IS NULL)) AND ((review IS NULL) = (reviewed_at IS NULL)))),
  constraint break_glass_check2 CHECK ((reviewed_by IS DISTINCT FROM account_id)),
  constraint break_glass_check3 CHECK (((told_by IS NULL) = (told_at IS NULL))),
  constraint break_glass_compartments_check CHECK (((compartments >= 1) AND (compartments <= 3))),
  constraint break_glass_country_check CHECK ((country ~ '^[A-Z]{3}$'::text)),
  constraint break_glass_reason_check CHECK ((reason = ANY (ARRAY['danger-to-life'::text, 'person-missing'::text, 'child-at-risk'::text, 'nobody-reached'::text, 'other'::text]))),
  constraint break_glass_review_check CHECK ((review = ANY (ARRAY['justified'::text, 'not-justified'::text]))),
  constraint break_glass_account_id_fkey FOREIGN KEY (account_id) REFERENCES auth.account(id),
  constraint break_glass_case_id_fkey FOREIGN KEY (case_id) REFERENCES cases.folder(id),
  constraint break_glass_reviewed_by_fkey FOREIGN KEY (reviewed_by) REFERENCES auth.account(id),
  constraint break_glass_told_by_fkey FOREIGN KEY (told_by) REFERENCES auth.account(id)
);
alter table oversight.break_glass enable row level security;
alter table oversight.break_glass force row level security;
CREATE INDEX break_glass_account ON oversight.break_glass USING btree (account_id, at DESC);
CREATE INDEX break_glass_case ON oversight.break_glass USING btree (case_id, at DESC);
CREATE INDEX break_glass_country ON oversight.break_glass USING btree (country, id DESC);
CREATE INDEX break_glass_waiting ON oversight.break_glass USING btree (country, at) WHERE (review IS NULL);
create policy hidden on oversight.break_glass
  as restrictive
  for select
  to samaan_app
  using ((NOT (EXISTS ( SELECT 1
   FROM policy.case_hidden h
  WHERE (h.case_id = break_glass.case_id)))));
create policy in_charge on oversight.break_glass
  for select
  to samaan_app
  using (((( SELECT current_setting('samaan.role'::text, true) AS current_setting) = ANY (ARRAY['coordinator'::text, 'intake'::text])) AND (EXISTS ( SELECT 1
   FROM policy.case_access a
  WHERE ((a.case_id = break_glass.case_id) AND (a.until > now()) AND (a.basis = ANY (ARRAY['assigned'::text, 'holder'::text])))))));
create policy own on oversight.break_glass
  for select
  to samaan_app
  using ((account_id = (NULLIF(( SELECT current_setting('samaan.user'::text, true) AS current_setting), ''::text))::uuid));
create policy reviewed on oversight.break_glass
  for select
  to samaan_app
  using (((( SELECT current_setting('samaan.role'::text, true) AS current_setting) = 'data-protection-officer'::text) AND (country = ( SELECT current_setting('samaan.country'::text, true) AS current_setting))));
CREATE TRIGGER require_there BEFORE INSERT ON oversight.break_glass FOR EACH ROW EXECUTE FUNCTION oversight.require_there();
grant select on table oversight.break_glass to samaan_app;

create table oversight.canary (
  case_id uuid not null,
  country text not null,
  made_by uuid not null,
  at timestamp with time zone not null default now(),
  constraint canary_pkey PRIMARY KEY (case_id),
  constraint canary_country_check CHECK ((country ~ '^[A-Z]{3}$'::text)),
  constraint canary_case_id_fkey FOREIGN KEY (case_id) REFERENCES cases.folder(id),
  constraint canary_made_by_fkey FOREIGN KEY (made_by) REFERENCES auth.account(id)
);
alter table oversight.canary enable row level security;
alter table oversight.canary force row level security;
create policy protects on oversight.canary
  for select
  to samaan_app
  using (((( SELECT current_setting('samaan.role'::text, true) AS current_setting) = 'data-protection-officer'::text) AND (country = ( SELECT current_setting('samaan.country'::text, true) AS current_setting))));
grant select on table oversight.canary to samaan_app;

create table oversight.canary_read (
  event_id uuid not null,
  case_id uuid not null,
  country text not null,
  account_id uuid not null,
  at timestamp with time zone not null,
  constraint canary_read_pkey PRIMARY KEY (event_id, case_id),
  constraint canary_read_country_check CHECK ((country ~ '^[A-Z]{3}$'::text)),
  constraint canary_read_case_id_fkey FOREIGN KEY (case_id) REFERENCES oversight.canary(case_id)
);
alter table oversight.canary_read enable row level security;
alter table oversight.canary_read force row level security;
CREATE INDEX canary_read_case ON oversight.canary_read USING btree (case_id, at DESC);
create policy protects on oversight.canary_read
  for select
  to samaan_app
  using (((( SELECT current_setting('samaan.role'::text, true) AS current_setting) = 'data-protection-officer'::text) AND (country = ( SELECT current_setting('samaan.country'::text, true) AS current_setting))));
grant select on table oversight.canary_read to samaan_app;

create table oversight.due (
  case_id uuid not null,
  country text not null,
  kind text not null,
  since timestamp with time zone not null,
  found_at timestamp with time zone not null default now(),
  constraint due_pkey PRIMARY KEY (case_id),
  constraint due_country_check CHECK ((country ~ '^[A-Z]{3}$'::text)),
  constraint due_kind_check CHECK ((kind = ANY (ARRAY['never-opened'::text, 'not-confirmed'::text, 'closed'::text, 'child'::text]))),
  constraint due_case_id_fkey FOREIGN KEY (case_id) REFERENCES cases.folder(id)
);
alter table oversight.due enable row level security;
alter table oversight.due force row level security;
CREATE INDEX due_country ON oversight.due USING btree (country, case_id DESC);
create policy hidden on oversight.due
  as restrictive
  for select
  to samaan_app
  using ((NOT (EXISTS ( SELECT 1
   FROM policy.case_hidden h
  WHERE (h.case_id = due.case_id)))));
create policy protects on oversight.due
  for select
  to samaan_app
  using (((( SELECT current_setting('samaan.role'::text, true) AS current_setting) = 'data-protection-officer'::text) AND (country = ( SELECT current_setting('samaan.country'::text, true) AS current_setting))));
grant select on table oversight.due to samaan_app;

create table oversight.erasure (
  id uuid not null,
  country text not null,
  case_id uuid not null,
  ground text not null,
  sealed_text bytea,
  state text not null default 'proposed'::text,
  by_account uuid not null,
  at timestamp with time zone not null default now(),
  second_by uuid,
  second_at timestamp with time zone,
  version integer not null default 1,
  unheld boolean not null default false,
  constraint erasure_pkey PRIMARY KEY (id),
  constraint erasure_check CHECK ((second_by IS DISTINCT FROM by_account)),
  constraint erasure_check1 CHECK ((((state = 'proposed'::text) = (second_by IS NULL)) AND ((second_by IS NULL) = (second_at IS NULL)))),
  constraint erasure_country_check CHECK ((country ~ '^[A-Z]{3}$'::text)),
  constraint erasure_ground_check CHECK ((ground = ANY (ARRAY['person-asked'::text, 'retention-over'::text, 'no-basis'::text, 'unlawful'::text, 'other'::text]))),
  constraint erasure_state_check CHECK ((state = ANY (ARRAY['proposed'::text, 'confirmed'::text, 'returned'::text]))),
  constraint erasure_by_account_fkey FOREIGN KEY (by_account) REFERENCES auth.account(id),
  constraint erasure_case_id_fkey FOREIGN KEY (case_id) REFERENCES cases.folder(id),
  constraint erasure_second_by_fkey FOREIGN KEY (second_by) REFERENCES auth.account(id)
);
alter table oversight.erasure enable row level security;
alter table oversight.erasure force row level security;
CREATE INDEX erasure_country ON oversight.erasure USING btree (country, id DESC);
CREATE UNIQUE INDEX erasure_waiting ON oversight.erasure USING btree (case_id) WHERE (state <> 'returned'::text);
create policy hidden on oversight.erasure
  as restrictive
  for select
  to samaan_app
  using ((NOT (EXISTS ( SELECT 1
   FROM policy.case_hidden h
  WHERE ((h.case_id = erasure.case_id) AND (h.basis <> 'erased'::text))))));
create policy seen on oversight.erasure
  for select
  to samaan_app
  using (((country = ( SELECT current_setting('samaan.country'::text, true) AS current_setting)) AND ((( SELECT current_setting('samaan.role'::text, true) AS current_setting) = 'data-protection-officer'::text) OR ((( SELECT current_setting('samaan.role'::text, true) AS current_setting) = ANY (ARRAY['coordinator'::text, 'decision-maker'::text])) AND (EXISTS ( SELECT 1
   FROM policy.case_access a
  WHERE ((a.case_id = erasure.case_id) AND (a.until > now()) AND (a.basis = ANY (ARRAY['assigned'::text, 'holder'::text])))))) OR (unheld AND (state = 'proposed'::text) AND (( SELECT current_setting('samaan.role'::text, true) AS current_setting) = 'decision-maker'::text) AND (EXISTS ( SELECT 1
   FROM directory.organisation o
  WHERE ((o.id = ANY ((( SELECT current_setting('samaan.principals'::text, true) AS current_setting))::uuid[])) AND o.competent)))))));
CREATE TRIGGER require_apart BEFORE UPDATE OF second_by ON oversight.erasure FOR EACH ROW EXECUTE FUNCTION policy.require_apart();
CREATE TRIGGER require_unkept BEFORE UPDATE OF state ON oversight.erasure FOR EACH ROW WHEN (((new.state = 'confirmed'::text) AND (old.state <> 'confirmed'::text))) EXECUTE FUNCTION oversight.require_unkept();
grant select on table oversight.erasure to samaan_app;

create table oversight.hold (
  id uuid not null,
  country text not null,
  case_id uuid not null,
  reason text not null,
  until date,
  by_account uuid not null,
  at timestamp with time zone not null default now(),
  ended_at timestamp with time zone,
  ended_by uuid,
  constraint hold_pkey PRIMARY KEY (id),
  constraint hold_check CHECK (((ended_at IS NULL) = (ended_by IS NULL))),
  constraint hold_country_check CHECK ((country ~ '^[A-Z]{3}$'::text)),
  constraint hold_reason_check CHECK ((reason = ANY (ARRAY['court'::text, 'investigation'::text, 'compensation'::text, 'complaint'::text, 'other'::text]))),
  constraint hold_by_account_fkey FOREIGN KEY (by_account) REFERENCES auth.account(id),
  constraint hold_case_id_fkey FOREIGN KEY (case_id) REFERENCES cases.folder(id),
  constraint hold_ended_by_fkey FOREIGN KEY (ended_by) REFERENCES auth.account(id)
);
alter table oversight.hold enable row level security;
alter table oversight.hold force row level security;
CREATE INDEX hold_case ON oversight.hold USING btree (case_id) WHERE (ended_at IS NULL);
CREATE INDEX hold_country ON oversight.hold USING btree (country, id DESC);
create policy hidden on oversight.hold
  as restrictive
  for select
  to samaan_app
  using ((NOT (EXISTS ( SELECT 1
   FROM policy.case_hidden h
  WHERE ((h.case_id = hold.case_id) AND (h.basis <> 'erased'::text))))));
create policy seen on oversight.hold
  for select
  to samaan_app
  using (((country = ( SELECT current_setting('samaan.country'::text, true) AS current_setting)) AND ((( SELECT current_setting('samaan.role'::text, true) AS current_setting) = 'data-protection-officer'::text) OR ((( SELECT current_setting('samaan.role'::text, true) AS current_setting) = ANY (ARRAY['coordinator'::text, 'decision-maker'::text])) AND (EXISTS ( SELECT 1
   FROM policy.case_access a
  WHERE ((a.case_id = hold.case_id) AND (a.until > now()) AND (a.basis = ANY (ARRAY['assigned'::text, 'holder'::text])))))))));
CREATE TRIGGER require_there BEFORE INSERT ON oversight.hold FOR EACH ROW EXECUTE FUNCTION oversight.require_there();
grant select on table oversight.hold to samaan_app;

create table oversight.sealing (
  id uuid not null,
  country text not null,
  case_id uuid not null,
  action text not null,
  named uuid[] not null,
  reason text not null,
  sealed_text bytea,
  state text not null default 'proposed'::text,
  by_account uuid not null,
  by_role text not null,
  at timestamp with time zone not null default now(),
  second_by uuid,
  second_at timestamp with time zone,
  version integer not null default 1,
  alone_since timestamp with time zone,
  constraint sealing_pkey PRIMARY KEY (id),
  constraint sealing_action_check CHECK ((action = ANY (ARRAY['seal'::text, 'unseal'::text]))),
  constraint sealing_by_role_check CHECK ((by_role = ANY (ARRAY['data-protection-officer'::text, 'coordinator'::text, 'decision-maker'::text]))),
  constraint sealing_check CHECK ((second_by IS DISTINCT FROM by_account)),
  constraint sealing_check1 CHECK ((((state = 'proposed'::text) = (second_by IS NULL)) AND ((second_by IS NULL) = (second_at IS NULL)))),
  constraint sealing_country_check CHECK ((country ~ '^[A-Z]{3}$'::text)),
  constraint sealing_reason_check CHECK ((reason = ANY (ARRAY['threat'::text, 'insider'::text, 'public-interest'::text, 'witness'::text, 'over'::text, 'other'::text]))),
  constraint sealing_state_check CHECK ((state = ANY (ARRAY['proposed'::text, 'confirmed'::text, 'returned'::text]))),
  constraint sealing_by_account_fkey FOREIGN KEY (by_account) REFERENCES auth.account(id),
  constraint sealing_case_id_fkey FOREIGN KEY (case_id) REFERENCES cases.folder(id),
  constraint sealing_second_by_fkey FOREIGN KEY (second_by) REFERENCES auth.account(id)
);
alter table oversight.sealing enable row level security;
alter table oversight.sealing force row level security;
CREATE INDEX sealing_country ON oversight.sealing USING btree (country, id DESC);
CREATE UNIQUE INDEX sealing_waiting ON oversight.sealing USING btree (case_id) WHERE (state = 'proposed'::text);
create policy hidden on oversight.sealing
  as restrictive
  for select
  to samaan_app
  using ((NOT (EXISTS ( SELECT 1
   FROM policy.case_hidden h
  WHERE (h.case_id = sealing.case_id)))));
create policy seen on oversight.sealing
  for select
  to samaan_app
  using (((country = ( SELECT current_setting('samaan.country'::text, true) AS current_setting)) AND ((( SELECT current_setting('samaan.role'::text, true) AS current_setting) = 'data-protection-officer'::text) OR ((( SELECT current_setting('samaan.role'::text, true) AS current_setting) = ANY (ARRAY['coordinator'::text, 'decision-maker'::text])) AND (EXISTS ( SELECT 1
   FROM policy.case_access a
  WHERE ((a.case_id = sealing.case_id) AND (a.until > now()) AND (((a.basis = 'assigned'::text) AND (( SELECT current_setting('samaan.role'::text, true) AS current_setting) = 'coordinator'::text)) OR ((a.basis = 'holder'::text) AND (( SELECT current_setting('samaan.role'::text, true) AS current_setting) = 'decision-maker'::text))))))))));
CREATE TRIGGER require_apart BEFORE UPDATE OF second_by ON oversight.sealing FOR EACH ROW EXECUTE FUNCTION policy.require_apart();
grant select on table oversight.sealing to samaan_app;

create table platform.command (
  actor uuid not null,
  id uuid not null,
  operation text not null,
  status integer not null,
  reply bytea,
  at timestamp with time zone not null default now(),
  asked bytea not null default '\x'::bytea,
  constraint command_pkey PRIMARY KEY (actor, id)
);
alter table platform.command enable row level security;
alter table platform.command force row level security;
CREATE INDEX command_at ON platform.command USING btree (at);
create policy own on platform.command
  for all
  to samaan_app
  using ((actor = (( SELECT current_setting('samaan.user'::text, true) AS current_setting))::uuid))
  with check ((actor = (( SELECT current_setting('samaan.user'::text, true) AS current_setting))::uuid));
create policy sweep on platform.command
  for delete
  to samaan_jobs
  using ((at < (now() - '90 days'::interval)));
create policy sweep_read on platform.command
  for select
  to samaan_jobs
  using (true);
grant delete, select on table platform.command to samaan_jobs;
grant insert, select on table platform.command to samaan_app;

create table platform.migration (
  no integer not null,
  name text not null,
  sha256 text not null,
  at timestamp with time zone not null default now(),
  constraint migration_pkey PRIMARY KEY (no)
);
alter table platform.migration enable row level security;
alter table platform.migration force row level security;
create policy migration_owner on platform.migration
  for all
  to samaan_owner
  using (true)
  with check (true);

create table policy.case_access (
  principal uuid not null,
  case_id uuid not null,
  basis text not null,
  basis_id uuid not null,
  compartments integer not null,
  shared integer not null,
  consent_id uuid,
  until timestamp with time zone not null default 'infinity'::timestamp with time zone,
  accepted boolean not null default false,
  guarded boolean not null default false,
  constraint case_access_pkey PRIMARY KEY (principal, case_id, basis, basis_id) INCLUDE (compartments, until, guarded),
  constraint case_access_basis_check CHECK ((basis = ANY (ARRAY['own'::text, 'assigned'::text, 'holder'::text, 'share'::text]))),
  constraint case_access_compartments_check CHECK (((compartments >= 1) AND (compartments <= 127))),
  constraint case_access_shared_check CHECK (((shared >= 0) AND (shared <= 127)))
);
alter table policy.case_access enable row level security;
alter table policy.case_access force row level security;
CREATE INDEX case_access_case ON policy.case_access USING btree (case_id);
create policy hidden on policy.case_access
  as restrictive
  for select
  to samaan_app
  using (((NOT guarded) OR (NOT (EXISTS ( SELECT 1
   FROM policy.case_hidden h
  WHERE (h.case_id = case_access.case_id))))));
create policy own on policy.case_access
  for select
  to samaan_app
  using (((principal = ANY ((( SELECT current_setting('samaan.principals'::text, true) AS current_setting))::uuid[])) AND ((basis <> 'share'::text) OR (( SELECT current_setting('samaan.role'::text, true) AS current_setting) = ANY (ARRAY['intake'::text, 'provider'::text, 'shelter-manager'::text])))));
CREATE CONSTRAINT TRIGGER settle_tasks AFTER DELETE OR UPDATE ON policy.case_access DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION tasks.settle_case();
CREATE TRIGGER guard BEFORE INSERT OR UPDATE OF case_id, guarded ON policy.case_access FOR EACH ROW EXECUTE FUNCTION policy.guard_access();
CREATE TRIGGER refuse_hidden BEFORE INSERT ON policy.case_access FOR EACH ROW WHEN ((new.basis = 'assigned'::text)) EXECUTE FUNCTION policy.refuse_hidden();
grant select on table policy.case_access to samaan_app;

create table policy.case_glimpse (
  principal uuid not null,
  case_id uuid not null,
  basis text not null,
  basis_id uuid not null,
  compartments integer not null,
  until timestamp with time zone not null,
  organisation_id uuid,
  constraint case_glimpse_pkey PRIMARY KEY (principal, case_id, basis, basis_id) INCLUDE (compartments, until),
  constraint case_glimpse_basis_check CHECK ((basis = ANY (ARRAY['break-glass'::text, 'order'::text, 'vital-interest'::text, 'consent'::text]))),
  constraint case_glimpse_compartments_check CHECK (((compartments >= 1) AND (compartments <= 127))),
  constraint case_glimpse_consent CHECK (((basis <> 'consent'::text) OR (compartments = 1))),
  constraint case_glimpse_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES directory.organisation(id)
);
alter table policy.case_glimpse enable row level security;
alter table policy.case_glimpse force row level security;
CREATE INDEX case_glimpse_case ON policy.case_glimpse USING btree (case_id);
create policy by_duty on policy.case_glimpse
  as restrictive
  for select
  to samaan_app
  using (((basis = 'break-glass'::text) OR (( SELECT current_setting('samaan.role'::text, true) AS current_setting) = ANY (ARRAY['investigator'::text, 'prosecutor'::text]))));
create policy hidden on policy.case_glimpse
  as restrictive
  for select
  to samaan_app
  using ((NOT (EXISTS ( SELECT 1
   FROM policy.case_hidden h
  WHERE (h.case_id = case_glimpse.case_id)))));
create policy of_body on policy.case_glimpse
  as restrictive
  for select
  to samaan_app
  using (((basis = 'break-glass'::text) OR (organisation_id IN ( SELECT w.organisation_id
   FROM auth.working w))));
create policy own on policy.case_glimpse
  for select
  to samaan_app
  using ((principal = ANY ((( SELECT current_setting('samaan.principals'::text, true) AS current_setting))::uuid[])));
CREATE TRIGGER name_body BEFORE INSERT OR UPDATE OF basis, basis_id, organisation_id ON policy.case_glimpse FOR EACH ROW EXECUTE FUNCTION policy.name_body();
comment on column policy.case_glimpse.organisation_id is 'the body whose people it names; null for broken glass';
grant select on table policy.case_glimpse to samaan_app;

create table policy.case_hidden (
  case_id uuid not null,
  basis text not null,
  basis_id uuid not null,
  account_id uuid,
  named uuid[] not null default '{}'::uuid[],
  constraint case_hidden_pkey PRIMARY KEY (case_id, basis, basis_id),
  constraint case_hidden_basis_check CHECK ((basis = ANY (ARRAY['conflict'::text, 'sealed'::text, 'erased'::text]))),
  constraint case_hidden_check CHECK (((account_id IS NOT NULL) = (basis = 'conflict'::text)))
);
alter table policy.case_hidden enable row level security;
alter table policy.case_hidden force row level security;
create policy mine on policy.case_hidden
  for select
  to samaan_app
  using (((account_id = (NULLIF(( SELECT current_setting('samaan.user'::text, true) AS current_setting), ''::text))::uuid) OR ((account_id IS NULL) AND (concat(( SELECT current_setting('samaan.user'::text, true) AS current_setting), ( SELECT current_setting('samaan.principals'::text, true) AS current_setting), ( SELECT current_setting('samaan.organisation'::text, true) AS current_setting), ( SELECT current_setting('samaan.visit'::text, true) AS current_setting)) <> ''::text) AND (NOT COALESCE(((NULLIF(( SELECT current_setting('samaan.user'::text, true) AS current_setting), ''::text))::uuid = ANY (named)), false)))));
CREATE CONSTRAINT TRIGGER settle_tasks AFTER INSERT OR UPDATE ON policy.case_hidden DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION tasks.settle_case();
CREATE TRIGGER forget AFTER INSERT ON policy.case_hidden FOR EACH ROW WHEN ((new.basis = 'erased'::text)) EXECUTE FUNCTION matching.forget();
CREATE TRIGGER guard AFTER INSERT OR DELETE OR UPDATE ON policy.case_hidden FOR EACH ROW EXECUTE FUNCTION policy.guard();
grant select on table policy.case_hidden to samaan_app;

create table policy.case_merged (
  case_id uuid not null,
  lead_case uuid not null,
  lead_reference text not null,
  unit_id uuid not null,
  merge_id uuid not null,
  at timestamp with time zone not null default now(),
  constraint case_merged_pkey PRIMARY KEY (case_id),
  constraint case_merged_check CHECK ((case_id <> lead_case)),
  constraint case_merged_case_id_fkey FOREIGN KEY (case_id) REFERENCES cases.folder(id),
  constraint case_merged_lead_case_fkey FOREIGN KEY (lead_case) REFERENCES cases.folder(id)
);
alter table policy.case_merged enable row level security;
alter table policy.case_merged force row level security;
CREATE INDEX case_merged_lead ON policy.case_merged USING btree (lead_case);
create policy jobs on policy.case_merged
  for select
  to samaan_jobs
  using (true);
create policy of_the_unit on policy.case_merged
  for select
  to samaan_app
  using (((unit_id = (NULLIF(( SELECT current_setting('samaan.organisation'::text, true) AS current_setting), ''::text))::uuid) AND (( SELECT current_setting('samaan.role'::text, true) AS current_setting) = ANY (ARRAY['intake'::text, 'coordinator'::text, 'decision-maker'::text])) AND (NOT (EXISTS ( SELECT 1
   FROM policy.case_hidden h
  WHERE (h.case_id = case_merged.case_id)))) AND (NOT (EXISTS ( SELECT 1
   FROM policy.case_hidden h
  WHERE (h.case_id = case_merged.lead_case))))));
grant select on table policy.case_merged to samaan_app;
grant select on table policy.case_merged to samaan_jobs;

create table policy.visit (
  visit_id uuid not null,
  token_hash bytea not null,
  case_id uuid not null,
  explained_by uuid not null,
  until timestamp with time zone not null,
  constraint visit_pkey PRIMARY KEY (visit_id),
  constraint visit_visit_id_fkey FOREIGN KEY (visit_id) REFERENCES visits.visit(id) ON DELETE CASCADE
);
alter table policy.visit enable row level security;
alter table policy.visit force row level security;
CREATE UNIQUE INDEX visit_token ON policy.visit USING btree (token_hash);
create policy hidden on policy.visit
  as restrictive
  for select
  to samaan_app
  using ((NOT (EXISTS ( SELECT 1
   FROM policy.case_hidden h
  WHERE (h.case_id = visit.case_id)))));
create policy own on policy.visit
  for select
  to samaan_app
  using (((token_hash = decode(NULLIF(( SELECT current_setting('samaan.visit'::text, true) AS current_setting), ''::text), 'hex'::text)) AND (until > now())));
grant select on table policy.visit to samaan_app;

create table referrals.feedback (
  referral_id uuid not null,
  case_id uuid not null,
  respect text,
  explained text,
  agreed text,
  safe text,
  again text,
  sealed_words bytea,
  told_to uuid,
  said_at timestamp with time zone not null default now(),
  constraint feedback_pkey PRIMARY KEY (referral_id),
  constraint feedback_again_check CHECK ((again = ANY (ARRAY['yes'::text, 'partly'::text, 'no'::text]))),
  constraint feedback_agreed_check CHECK ((agreed = ANY (ARRAY['yes'::text, 'partly'::text, 'no'::text]))),
  constraint feedback_check CHECK ((num_nonnulls(respect, explained, agreed, safe, again, sealed_words) > 0)),
  constraint feedback_explained_check CHECK ((explained = ANY (ARRAY['yes'::text, 'partly'::text, 'no'::text]))),
  constraint feedback_respect_check CHECK ((respect = ANY (ARRAY['yes'::text, 'partly'::text, 'no'::text]))),
  constraint feedback_safe_check CHECK ((safe = ANY (ARRAY['yes'::text, 'partly'::text, 'no'::text]))),
  constraint feedback_case_id_fkey FOREIGN KEY (case_id) REFERENCES cases.folder(id),
  constraint feedback_referral_id_fkey FOREIGN KEY (referral_id) REFERENCES referrals.referral(id),
  constraint feedback_told_to_fkey FOREIGN KEY (told_to) REFERENCES auth.account(id)
);
alter table referrals.feedback enable row level security;
alter table referrals.feedback force row level security;
CREATE INDEX feedback_case ON referrals.feedback USING btree (case_id);
create policy nobody on referrals.feedback
  for all
  to samaan_app
  using (false);

create table referrals.link (
  id uuid not null,
  case_id uuid not null,
  referral_id uuid not null,
  lookup bytea not null,
  code bytea not null,
  made_by uuid not null,
  made_at timestamp with time zone not null default now(),
  opened_at timestamp with time zone,
  wrong integer not null default 0,
  ended_at timestamp with time zone,
  ended_by uuid,
  sealed_mail bytea,
  mail_state text,
  mail_tries integer not null default 0,
  mail_next timestamp with time zone,
  mail_reminded integer not null default 0,
  constraint link_pkey PRIMARY KEY (id),
  constraint link_check CHECK (((ended_by IS NULL) OR (ended_at IS NOT NULL))),
  constraint link_check1 CHECK (((wrong < 10) OR (ended_at IS NOT NULL))),
  constraint link_check2 CHECK (((mail_next IS NULL) OR (sealed_mail IS NOT NULL))),
  constraint link_check3 CHECK (((sealed_mail IS NULL) OR (mail_state IS NOT NULL))),
  constraint link_code_check CHECK ((length(code) = 32)),
  constraint link_lookup_check CHECK ((length(lookup) = 32)),
  constraint link_mail_state_check CHECK ((mail_state = ANY (ARRAY['waiting'::text, 'sent'::text, 'refused'::text]))),
  constraint link_mail_tries_check CHECK ((mail_tries >= 0)),
  constraint link_wrong_check CHECK (((wrong >= 0) AND (wrong <= 10))),
  constraint link_case_id_fkey FOREIGN KEY (case_id) REFERENCES cases.folder(id),
  constraint link_ended_by_fkey FOREIGN KEY (ended_by) REFERENCES auth.account(id),
  constraint link_made_by_fkey FOREIGN KEY (made_by) REFERENCES auth.account(id),
  constraint link_referral_id_fkey FOREIGN KEY (referral_id) REFERENCES referrals.referral(id)
);
alter table referrals.link enable row level security;
alter table referrals.link force row level security;
CREATE INDEX link_case ON referrals.link USING btree (case_id);
CREATE INDEX link_mail ON referrals.link USING btree (id) WHERE (sealed_mail IS NOT NULL);
CREATE INDEX link_referral ON referrals.link USING btree (referral_id, made_at DESC);
CREATE UNIQUE INDEX link_live ON referrals.link USING btree (referral_id) WHERE (ended_at IS NULL);
CREATE UNIQUE INDEX link_lookup ON referrals.link USING btree (lookup);
create policy nobody on referrals.link
  for all
  to samaan_app
  using (false);
CREATE TRIGGER reached AFTER UPDATE OF opened_at ON referrals.link FOR EACH ROW EXECUTE FUNCTION referrals.reached();

create table referrals.link_failure (
  bucket bytea not null,
  failures integer not null,
  at timestamp with time zone not null,
  constraint link_failure_pkey PRIMARY KEY (bucket),
  constraint link_failure_bucket_check CHECK ((length(bucket) = 32))
);
alter table referrals.link_failure enable row level security;
alter table referrals.link_failure force row level security;
create policy nobody on referrals.link_failure
  for all
  to samaan_app
  using (false);

create table referrals.link_visit (
  id uuid not null,
  case_id uuid not null,
  link_id uuid not null,
  token_hash bytea not null,
  step integer not null default 1,
  stepped_at timestamp with time zone not null default now(),
  opened_at timestamp with time zone not null default now(),
  until timestamp with time zone not null,
  ended_at timestamp with time zone,
  constraint link_visit_pkey PRIMARY KEY (id),
  constraint link_visit_token_hash_check CHECK ((length(token_hash) = 32)),
  constraint link_visit_case_id_fkey FOREIGN KEY (case_id) REFERENCES cases.folder(id),
  constraint link_visit_link_id_fkey FOREIGN KEY (link_id) REFERENCES referrals.link(id)
);
alter table referrals.link_visit enable row level security;
alter table referrals.link_visit force row level security;
CREATE INDEX link_visit_case ON referrals.link_visit USING btree (case_id);
CREATE UNIQUE INDEX link_visit_live ON referrals.link_visit USING btree (link_id) WHERE (ended_at IS NULL);
CREATE UNIQUE INDEX link_visit_token ON referrals.link_visit USING btree (token_hash);
create policy nobody on referrals.link_visit
  for all
  to samaan_app
  using (false);

create table referrals.paper (
  id uuid not null,
  case_id uuid not null,
  referral_id uuid not null,
  code bytea not null,
  sealed_to text not null,
  abroad boolean not null,
  made_by uuid not null,
  made_at timestamp with time zone not null default now(),
  wrong integer not null default 0,
  answered_at timestamp with time zone,
  answered_by uuid,
  ended_at timestamp with time zone,
  constraint paper_pkey PRIMARY KEY (id),
  constraint paper_check CHECK (((answered_at IS NULL) = (answered_by IS NULL))),
  constraint paper_check1 CHECK (((wrong < 10) OR (ended_at IS NOT NULL))),
  constraint paper_code_check CHECK ((length(code) = 32)),
  constraint paper_sealed_to_check CHECK ((sealed_to = ANY (ARRAY['nobody'::text, 'passphrase'::text, 'key'::text]))),
  constraint paper_wrong_check CHECK (((wrong >= 0) AND (wrong <= 10))),
  constraint paper_answered_by_fkey FOREIGN KEY (answered_by) REFERENCES auth.account(id),
  constraint paper_case_id_fkey FOREIGN KEY (case_id) REFERENCES cases.folder(id),
  constraint paper_made_by_fkey FOREIGN KEY (made_by) REFERENCES auth.account(id),
  constraint paper_referral_id_fkey FOREIGN KEY (referral_id) REFERENCES referrals.referral(id)
);
alter table referrals.paper enable row level security;
alter table referrals.paper force row level security;
CREATE INDEX paper_case ON referrals.paper USING btree (case_id);
CREATE INDEX paper_referral ON referrals.paper USING btree (referral_id, made_at DESC);
CREATE UNIQUE INDEX paper_live ON referrals.paper USING btree (referral_id) WHERE (ended_at IS NULL);
create policy nobody on referrals.paper
  for all
  to samaan_app
  using (false);

create table referrals.referral (
  id uuid not null,
  case_id uuid not null,
  country text not null,
  kind text not null,
  service text,
  from_organisation uuid not null,
  from_account uuid not null,
  to_organisation uuid not null,
  urgency text not null,
  status text not null,
  consent_id uuid not null,
  shared integer not null,
  sealed_message bytea,
  decline_reason text,
  sealed_answer bytea,
  due_at timestamp with time zone not null,
  warn_at timestamp with time zone not null,
  sent_at timestamp with time zone not null default now(),
  acknowledged_at timestamp with time zone,
  answered_at timestamp with time zone,
  answered_by uuid,
  version integer not null default 1,
  overdue_told boolean not null default false,
  offer_id uuid,
  place text,
  place_taken text,
  expires_at timestamp with time zone,
  began_at timestamp with time zone,
  finished_at timestamp with time zone,
  outcome text,
  end_reason text,
  round_id uuid,
  remind_at timestamp with time zone[] not null default '{}'::timestamp with time zone[],
  reminded smallint not null default 0,
  in_part boolean not null default false,
  unreached_at timestamp with time zone,
  ended_by_asker boolean not null default false,
  constraint referral_pkey PRIMARY KEY (id),
  constraint referral_check CHECK (((kind = 'identification'::text) OR (service IS NOT NULL))),
  constraint referral_check1 CHECK (((from_organisation <> to_organisation) OR (kind = 'service'::text))),
  constraint referral_check2 CHECK (((status = 'done'::text) = (outcome IS NOT NULL))),
  constraint referral_check3 CHECK (((status = 'ended'::text) = (end_reason IS NOT NULL))),
  constraint referral_check4 CHECK (((NOT ended_by_asker) OR (status = 'ended'::text))),
  constraint referral_end_reason_check CHECK ((end_reason = ANY (ARRAY['person-left'::text, 'person-declined'::text, 'not-needed'::text, 'not-possible'::text, 'moved'::text, 'other'::text]))),
  constraint referral_kind_check CHECK ((kind = ANY (ARRAY['identification'::text, 'service'::text]))),
  constraint referral_outcome_check CHECK ((outcome = ANY (ARRAY['helped'::text, 'helped-in-part'::text, 'not-helped'::text]))),
  constraint referral_place_check CHECK ((place = ANY (ARRAY['woman'::text, 'man'::text, 'family'::text, 'child'::text, 'anybody'::text]))),
  constraint referral_place_taken_check CHECK ((place_taken = ANY (ARRAY['woman'::text, 'man'::text, 'family'::text, 'child'::text, 'anybody'::text]))),
  constraint referral_shared_check CHECK (((shared >= 1) AND (shared <= 127))),
  constraint referral_status_check CHECK ((status = ANY (ARRAY['sent'::text, 'acknowledged'::text, 'accepted'::text, 'partly-accepted'::text, 'in-service'::text, 'done'::text, 'ended'::text, 'declined'::text, 'revoked'::text, 'expired'::text]))),
  constraint referral_urgency_check CHECK ((urgency = ANY (ARRAY['emergency'::text, 'urgent'::text, 'routine'::text]))),
  constraint referral_case_id_fkey FOREIGN KEY (case_id) REFERENCES cases.folder(id),
  constraint referral_consent_id_fkey FOREIGN KEY (consent_id) REFERENCES consent.record(id),
  constraint referral_offer_id_fkey FOREIGN KEY (offer_id) REFERENCES directory.service(id),
  constraint referral_round_id_fkey FOREIGN KEY (round_id) REFERENCES referrals.round(id) ON DELETE SET NULL,
  constraint referral_to_organisation_fkey FOREIGN KEY (to_organisation) REFERENCES directory.organisation(id)
);
alter table referrals.referral enable row level security;
alter table referrals.referral force row level security;
CREATE INDEX referral_answered_by ON referrals.referral USING btree (from_account, answered_at) WHERE (status = ANY (ARRAY['accepted'::text, 'partly-accepted'::text, 'in-service'::text, 'declined'::text]));
CREATE INDEX referral_answers ON referrals.referral USING btree (country, answered_at) INCLUDE (to_organisation, sent_at) WHERE (answered_at IS NOT NULL);
CREATE INDEX referral_case ON referrals.referral USING btree (case_id, id DESC);
CREATE INDEX referral_counted ON referrals.referral USING btree (country, sent_at) WHERE (kind = 'service'::text);
CREATE INDEX referral_declined_from ON referrals.referral USING btree (from_organisation, answered_at) WHERE (status = 'declined'::text);
CREATE INDEX referral_due ON referrals.referral USING btree (due_at) WHERE (status = ANY (ARRAY['sent'::text, 'acknowledged'::text]));
CREATE INDEX referral_ended_to ON referrals.referral USING btree (to_organisation, finished_at) WHERE ended_by_asker;
CREATE INDEX referral_expired ON referrals.referral USING btree (expires_at) WHERE (status = 'expired'::text);
CREATE INDEX referral_expires ON referrals.referral USING btree (expires_at) WHERE (status = ANY (ARRAY['sent'::text, 'acknowledged'::text]));
CREATE INDEX referral_from ON referrals.referral USING btree (from_organisation, id DESC);
CREATE INDEX referral_reminds ON referrals.referral USING btree ((remind_at[(reminded + 1)])) WHERE (status = ANY (ARRAY['sent'::text, 'acknowledged'::text]));
CREATE INDEX referral_round ON referrals.referral USING btree (round_id) WHERE (round_id IS NOT NULL);
CREATE INDEX referral_sender ON referrals.referral USING btree (from_account, id DESC);
CREATE INDEX referral_to ON referrals.referral USING btree (to_organisation, status, id DESC);
CREATE INDEX referral_to_all ON referrals.referral USING btree (to_organisation, id DESC);
CREATE INDEX referral_unanswered_by ON referrals.referral USING btree (from_account, due_at, id) WHERE (status = ANY (ARRAY['sent'::text, 'acknowledged'::text]));
CREATE INDEX referral_unanswered_from ON referrals.referral USING btree (from_organisation, due_at, id) WHERE (status = ANY (ARRAY['sent'::text, 'acknowledged'::text]));
CREATE INDEX referral_unanswered_to ON referrals.referral USING btree (to_organisation, due_at, id) WHERE (status = ANY (ARRAY['sent'::text, 'acknowledged'::text]));
CREATE INDEX referral_unreached ON referrals.referral USING btree (from_organisation, from_account) WHERE ((unreached_at IS NOT NULL) AND (status = 'sent'::text));
create policy answered on referrals.referral
  for update
  to samaan_app
  using (((status = ANY (ARRAY['sent'::text, 'acknowledged'::text])) AND (((( SELECT current_setting('samaan.role'::text, true) AS current_setting) = ANY (ARRAY['intake'::text, 'provider'::text, 'shelter-manager'::text])) AND (to_organisation = ANY ((( SELECT current_setting('samaan.principals'::text, true) AS current_setting))::uuid[]))) OR ((( SELECT current_setting('samaan.role'::text, true) AS current_setting) = 'intake'::text) AND (from_organisation = ANY ((( SELECT current_setting('samaan.principals'::text, true) AS current_setting))::uuid[]))) OR ((( SELECT current_setting('samaan.role'::text, true) AS current_setting) = ANY (ARRAY['officer'::text, 'intake'::text, 'coordinator'::text])) AND (from_account = (NULLIF(( SELECT current_setting('samaan.user'::text, true) AS current_setting), ''::text))::uuid)))))
  with check ((((status = ANY (ARRAY['acknowledged'::text, 'accepted'::text, 'partly-accepted'::text, 'declined'::text])) AND (( SELECT current_setting('samaan.role'::text, true) AS current_setting) = ANY (ARRAY['intake'::text, 'provider'::text, 'shelter-manager'::text])) AND (to_organisation = ANY ((( SELECT current_setting('samaan.principals'::text, true) AS current_setting))::uuid[])) AND (from_account IS DISTINCT FROM (NULLIF(( SELECT current_setting('samaan.user'::text, true) AS current_setting), ''::text))::uuid) AND (((status = 'acknowledged'::text) AND (answered_by IS NULL)) OR (answered_by = (NULLIF(( SELECT current_setting('samaan.user'::text, true) AS current_setting), ''::text))::uuid)) AND (EXISTS ( SELECT 1
   FROM policy.case_access a
  WHERE ((a.case_id = referral.case_id) AND (a.basis = 'share'::text) AND (a.basis_id = referral.id) AND (a.until > now()))))) OR ((status = 'revoked'::text) AND (answered_by IS NULL) AND (((from_account = (NULLIF(( SELECT current_setting('samaan.user'::text, true) AS current_setting), ''::text))::uuid) AND (( SELECT current_setting('samaan.role'::text, true) AS current_setting) = ANY (ARRAY['officer'::text, 'intake'::text, 'coordinator'::text]))) OR ((( SELECT current_setting('samaan.role'::text, true) AS current_setting) = 'intake'::text) AND (from_organisation = ANY ((( SELECT current_setting('samaan.principals'::text, true) AS current_setting))::uuid[])))))));
create policy asked on referrals.referral
  as restrictive
  for insert
  to samaan_app
  with check (((status = 'sent'::text) AND (version = 1) AND (acknowledged_at IS NULL) AND (answered_at IS NULL) AND (answered_by IS NULL) AND (decline_reason IS NULL) AND (sealed_answer IS NULL) AND (NOT overdue_told) AND (country = ( SELECT current_setting('samaan.country'::text, true) AS current_setting)) AND (from_organisation IN ( SELECT w.organisation_id
   FROM auth.working w
  WHERE (w.role = ANY (ARRAY['officer'::text, 'intake'::text, 'coordinator'::text])))) AND (to_organisation IN ( SELECT o.id
   FROM directory.organisation o
  WHERE (o.country = ( SELECT current_setting('samaan.country'::text, true) AS current_setting)))) AND (EXISTS ( SELECT 1
   FROM consent.record c
  WHERE ((c.id = referral.consent_id) AND (c.case_id = referral.case_id) AND (c.kind = 'given'::text))))));
create policy hidden on referrals.referral
  as restrictive
  for select
  to samaan_app
  using ((NOT (EXISTS ( SELECT 1
   FROM policy.case_hidden h
  WHERE (h.case_id = referral.case_id)))));
create policy in_round on referrals.referral
  as restrictive
  for insert
  to samaan_app
  with check (((round_id IS NULL) OR (EXISTS ( SELECT 1
   FROM referrals.round r
  WHERE ((r.id = referral.round_id) AND (r.case_id = referral.case_id) AND (r.state = 'asking'::text) AND (r.consent_id = referral.consent_id) AND (r.from_account = referral.from_account))))));
create policy jobs on referrals.referral
  for select
  to samaan_jobs
  using (true);
create policy jobs_told on referrals.referral
  for update
  to samaan_jobs
  using (true)
  with check (true);
create policy parties on referrals.referral
  for select
  to samaan_app
  using ((((( SELECT current_setting('samaan.role'::text, true) AS current_setting) = ANY (ARRAY['intake'::text, 'provider'::text, 'shelter-manager'::text])) AND ((to_organisation = ANY ((( SELECT current_setting('samaan.principals'::text, true) AS current_setting))::uuid[])) OR (from_organisation = ANY ((( SELECT current_setting('samaan.principals'::text, true) AS current_setting))::uuid[])))) OR (from_account = (( SELECT current_setting('samaan.user'::text, true) AS current_setting))::uuid) OR (EXISTS ( SELECT 1
   FROM policy.case_access a
  WHERE ((a.case_id = referral.case_id) AND (a.until > now()) AND (a.basis = ANY (ARRAY['holder'::text, 'assigned'::text])))))));
create policy sent on referrals.referral
  for insert
  to samaan_app
  with check (((from_account = (( SELECT current_setting('samaan.user'::text, true) AS current_setting))::uuid) AND (EXISTS ( SELECT 1
   FROM policy.case_access a
  WHERE ((a.case_id = referral.case_id) AND (a.until > now()) AND (a.basis <> 'share'::text))))));
create policy served on referrals.referral
  for update
  to samaan_app
  using (((status = ANY (ARRAY['accepted'::text, 'partly-accepted'::text, 'in-service'::text])) AND (((( SELECT current_setting('samaan.role'::text, true) AS current_setting) = ANY (ARRAY['provider'::text, 'shelter-manager'::text, 'intake'::text])) AND (to_organisation = ANY ((( SELECT current_setting('samaan.principals'::text, true) AS current_setting))::uuid[]))) OR ((( SELECT current_setting('samaan.role'::text, true) AS current_setting) = ANY (ARRAY['officer'::text, 'intake'::text, 'coordinator'::text])) AND ((from_account = (NULLIF(( SELECT current_setting('samaan.user'::text, true) AS current_setting), ''::text))::uuid) OR ((( SELECT current_setting('samaan.role'::text, true) AS current_setting) = 'intake'::text) AND (from_organisation = ANY ((( SELECT current_setting('samaan.principals'::text, true) AS current_setting))::uuid[])))))) AND (kind = 'service'::text)))
  with check (((kind = 'service'::text) AND (((status = ANY (ARRAY['in-service'::text, 'done'::text, 'ended'::text])) AND (( SELECT current_setting('samaan.role'::text, true) AS current_setting) = ANY (ARRAY['provider'::text, 'shelter-manager'::text, 'intake'::text])) AND (to_organisation = ANY ((( SELECT current_setting('samaan.principals'::text, true) AS current_setting))::uuid[])) AND (from_account IS DISTINCT FROM (NULLIF(( SELECT current_setting('samaan.user'::text, true) AS current_setting), ''::text))::uuid) AND (EXISTS ( SELECT 1
   FROM policy.case_access a
  WHERE ((a.case_id = referral.case_id) AND (a.basis = 'share'::text) AND (a.basis_id = referral.id) AND (a.until > now()))))) OR ((status = 'ended'::text) AND (( SELECT current_setting('samaan.role'::text, true) AS current_setting) = ANY (ARRAY['officer'::text, 'intake'::text, 'coordinator'::text])) AND ((from_account = (NULLIF(( SELECT current_setting('samaan.user'::text, true) AS current_setting), ''::text))::uuid) OR ((( SELECT current_setting('samaan.role'::text, true) AS current_setting) = 'intake'::text) AND (from_organisation = ANY ((( SELECT current_setting('samaan.principals'::text, true) AS current_setting))::uuid[]))))))));
CREATE TRIGGER keep BEFORE UPDATE ON referrals.referral FOR EACH ROW WHEN (((CURRENT_USER = 'samaan_app'::name) AND (((((((((((old.status IS DISTINCT FROM new.status) OR (old.acknowledged_at IS DISTINCT FROM new.acknowledged_at)) OR (old.answered_at IS DISTINCT FROM new.answered_at)) OR (old.answered_by IS DISTINCT FROM new.answered_by)) OR (old.decline_reason IS DISTINCT FROM new.decline_reason)) OR (old.sealed_answer IS DISTINCT FROM new.sealed_answer)) OR (old.place_taken IS DISTINCT FROM new.place_taken)) OR (old.began_at IS DISTINCT FROM new.began_at)) OR (old.finished_at IS DISTINCT FROM new.finished_at)) OR (old.outcome IS DISTINCT FROM new.outcome)) OR (old.end_reason IS DISTINCT FROM new.end_reason)))) EXECUTE FUNCTION referrals.keep_order();
CREATE TRIGGER note_asker BEFORE UPDATE OF status ON referrals.referral FOR EACH ROW WHEN (((new.status = 'ended'::text) AND (CURRENT_USER = 'samaan_app'::name))) EXECUTE FUNCTION referrals.note_asker();
CREATE TRIGGER note_part BEFORE INSERT OR UPDATE OF status ON referrals.referral FOR EACH ROW WHEN ((new.status = 'partly-accepted'::text)) EXECUTE FUNCTION referrals.note_part();
grant insert, select, update (acknowledged_at), update (answered_at), update (answered_by), update (began_at), update (decline_reason), update (end_reason), update (finished_at), update (outcome), update (place_taken), update (sealed_answer), update (status), update (version) on table referrals.referral to samaan_app;
grant select, update (overdue_told) on table referrals.referral to samaan_jobs;

create table referrals.round (
  id uuid not null,
  case_id uuid not null,
  country text not null,
  service text not null,
  way text not null,
  urgency text not null,
  from_organisation uuid not null,
  from_account uuid not null,
  consent_id uuid not null,
  shared integer not null,
  state text not null default 'asking'::text,
  made_at timestamp with time zone not null default now(),
  ended_at timestamp with time zone,
  constraint round_pkey PRIMARY KEY (id),
  constraint round_shared_check CHECK (((shared & (~ 65)) = 0)),
  constraint round_state_check CHECK ((state = ANY (ARRAY['asking'::text, 'answered'::text, 'nobody'::text, 'stopped'::text]))),
  constraint round_urgency_check CHECK ((urgency = ANY (ARRAY['routine'::text, 'urgent'::text, 'emergency'::text]))),
  constraint round_way_check CHECK ((way = ANY (ARRAY['at-once'::text, 'in-turn'::text]))),
  constraint round_case_id_fkey FOREIGN KEY (case_id) REFERENCES cases.folder(id),
  constraint round_consent_id_fkey FOREIGN KEY (consent_id) REFERENCES consent.record(id),
  constraint round_from_account_fkey FOREIGN KEY (from_account) REFERENCES auth.account(id),
  constraint round_from_organisation_fkey FOREIGN KEY (from_organisation) REFERENCES directory.organisation(id)
);
alter table referrals.round enable row level security;
alter table referrals.round force row level security;
CREATE INDEX round_asking ON referrals.round USING btree (id) WHERE (state = 'asking'::text);
CREATE INDEX round_case ON referrals.round USING btree (case_id, id DESC);
CREATE INDEX round_nobody ON referrals.round USING btree (ended_at) WHERE (state = 'nobody'::text);
create policy asked on referrals.round
  for insert
  to samaan_app
  with check (((state = 'asking'::text) AND (ended_at IS NULL) AND (country = ( SELECT current_setting('samaan.country'::text, true) AS current_setting)) AND (from_account = (NULLIF(( SELECT current_setting('samaan.user'::text, true) AS current_setting), ''::text))::uuid) AND (from_organisation IN ( SELECT w.organisation_id
   FROM auth.working w
  WHERE (w.role = ANY (ARRAY['officer'::text, 'intake'::text, 'coordinator'::text])))) AND (EXISTS ( SELECT 1
   FROM policy.case_access a
  WHERE ((a.case_id = round.case_id) AND (a.until > now()) AND (a.basis <> 'share'::text)))) AND (EXISTS ( SELECT 1
   FROM consent.record c
  WHERE ((c.id = round.consent_id) AND (c.case_id = round.case_id) AND (c.kind = 'given'::text))))));
create policy hidden on referrals.round
  as restrictive
  for select
  to samaan_app
  using ((NOT (EXISTS ( SELECT 1
   FROM policy.case_hidden h
  WHERE (h.case_id = round.case_id)))));
create policy parties on referrals.round
  for select
  to samaan_app
  using (((from_account = (NULLIF(( SELECT current_setting('samaan.user'::text, true) AS current_setting), ''::text))::uuid) OR ((( SELECT current_setting('samaan.role'::text, true) AS current_setting) = 'intake'::text) AND (from_organisation = ANY ((( SELECT current_setting('samaan.principals'::text, true) AS current_setting))::uuid[]))) OR (EXISTS ( SELECT 1
   FROM policy.case_access a
  WHERE ((a.case_id = round.case_id) AND (a.until > now()) AND (a.basis = ANY (ARRAY['holder'::text, 'assigned'::text])))))));
grant insert, select on table referrals.round to samaan_app;

create table referrals.turn (
  id uuid not null,
  round_id uuid not null,
  case_id uuid not null,
  number integer not null,
  to_organisation uuid not null,
  offer_id uuid,
  place text,
  sealed_message bytea,
  constraint turn_pkey PRIMARY KEY (id),
  constraint turn_round_id_number_key UNIQUE (round_id, number),
  constraint turn_place_check CHECK ((place = ANY (ARRAY['woman'::text, 'man'::text, 'family'::text, 'child'::text, 'anybody'::text]))),
  constraint turn_case_id_fkey FOREIGN KEY (case_id) REFERENCES cases.folder(id),
  constraint turn_offer_id_fkey FOREIGN KEY (offer_id) REFERENCES directory.service(id),
  constraint turn_round_id_fkey FOREIGN KEY (round_id) REFERENCES referrals.round(id) ON DELETE CASCADE,
  constraint turn_to_organisation_fkey FOREIGN KEY (to_organisation) REFERENCES directory.organisation(id)
);
alter table referrals.turn enable row level security;
alter table referrals.turn force row level security;
create policy asked on referrals.turn
  for insert
  to samaan_app
  with check (((EXISTS ( SELECT 1
   FROM referrals.round r
  WHERE ((r.id = turn.round_id) AND (r.case_id = turn.case_id) AND (r.way = 'in-turn'::text) AND (r.state = 'asking'::text) AND (r.from_account = (NULLIF(( SELECT current_setting('samaan.user'::text, true) AS current_setting), ''::text))::uuid)))) AND (to_organisation IN ( SELECT o.id
   FROM directory.organisation o
  WHERE (o.country = ( SELECT current_setting('samaan.country'::text, true) AS current_setting))))));
create policy hidden on referrals.turn
  as restrictive
  for select
  to samaan_app
  using ((NOT (EXISTS ( SELECT 1
   FROM policy.case_hidden h
  WHERE (h.case_id = turn.case_id)))));
create policy parties on referrals.turn
  for select
  to samaan_app
  using ((round_id IN ( SELECT r.id
   FROM referrals.round r
  WHERE (r.case_id = turn.case_id))));
grant insert, select on table referrals.turn to samaan_app;

create table referrals.whereabouts (
  id uuid not null,
  referral_id uuid not null,
  case_id uuid not null,
  version integer not null,
  sealed bytea,
  by_account uuid not null,
  at timestamp with time zone not null default now(),
  constraint whereabouts_pkey PRIMARY KEY (id),
  constraint whereabouts_referral_id_version_key UNIQUE (referral_id, version),
  constraint whereabouts_version_check CHECK ((version > 0)),
  constraint whereabouts_by_account_fkey FOREIGN KEY (by_account) REFERENCES auth.account(id),
  constraint whereabouts_case_id_fkey FOREIGN KEY (case_id) REFERENCES cases.folder(id),
  constraint whereabouts_referral_id_fkey FOREIGN KEY (referral_id) REFERENCES referrals.referral(id)
);
alter table referrals.whereabouts enable row level security;
alter table referrals.whereabouts force row level security;
CREATE INDEX whereabouts_case ON referrals.whereabouts USING btree (case_id);
create policy nobody on referrals.whereabouts
  for all
  to samaan_app
  using (false);

create table screening.indicators (
  id uuid not null,
  screening_id uuid not null,
  case_id uuid not null,
  profile text not null,
  answers jsonb not null,
  reading text not null,
  by_account uuid not null,
  at timestamp with time zone not null default now(),
  constraint indicators_pkey PRIMARY KEY (id),
  constraint indicators_screening_id_fkey FOREIGN KEY (screening_id) REFERENCES screening.screening(id)
);
alter table screening.indicators enable row level security;
alter table screening.indicators force row level security;
CREATE INDEX indicators_screening ON screening.indicators USING btree (screening_id, at DESC);
create policy held on screening.indicators
  for all
  to samaan_app
  using ((EXISTS ( SELECT 1
   FROM policy.case_access a
  WHERE ((a.case_id = indicators.case_id) AND (a.until > now()) AND (a.basis = ANY (ARRAY['holder'::text, 'assigned'::text]))))))
  with check (((by_account = (( SELECT current_setting('samaan.user'::text, true) AS current_setting))::uuid) AND (EXISTS ( SELECT 1
   FROM policy.case_access a
  WHERE ((a.case_id = indicators.case_id) AND (a.until > now()) AND (a.basis = 'holder'::text))))));
grant insert, select on table screening.indicators to samaan_app;

create table screening.instrument (
  country text not null,
  code text not null,
  version text not null,
  status text not null default 'draft'::text,
  definition jsonb not null,
  rules jsonb not null,
  about jsonb not null,
  made_by uuid not null,
  made_at timestamp with time zone not null default now(),
  published_by uuid,
  published_at timestamp with time zone,
  withdrawn_by uuid,
  withdrawn_at timestamp with time zone,
  revision integer not null default 1,
  constraint instrument_pkey PRIMARY KEY (country, code, version),
  constraint instrument_check CHECK (((published_by IS DISTINCT FROM made_by) OR (published_by IS NULL))),
  constraint instrument_check1 CHECK (((published_by IS NULL) = (published_at IS NULL))),
  constraint instrument_check2 CHECK (((withdrawn_by IS NULL) = (withdrawn_at IS NULL))),
  constraint instrument_check3 CHECK (((status = 'draft'::text) = ((published_at IS NULL) AND (withdrawn_at IS NULL)))),
  constraint instrument_check4 CHECK (((status = 'withdrawn'::text) = (withdrawn_at IS NOT NULL))),
  constraint instrument_check5 CHECK (((status <> 'published'::text) OR (published_at IS NOT NULL))),
  constraint instrument_code_check CHECK ((code ~ '^[a-z0-9][a-z0-9.-]{0,63}$'::text)),
  constraint instrument_country_check CHECK ((country ~ '^[A-Z]{3}$'::text)),
  constraint instrument_status_check CHECK ((status = ANY (ARRAY['draft'::text, 'published'::text, 'withdrawn'::text]))),
  constraint instrument_version_check CHECK ((version ~ '^[0-9A-Za-z][0-9A-Za-z._-]{0,31}$'::text)),
  constraint instrument_made_by_fkey FOREIGN KEY (made_by) REFERENCES auth.account(id),
  constraint instrument_published_by_fkey FOREIGN KEY (published_by) REFERENCES auth.account(id),
  constraint instrument_withdrawn_by_fkey FOREIGN KEY (withdrawn_by) REFERENCES auth.account(id)
);
alter table screening.instrument enable row level security;
alter table screening.instrument force row level security;
CREATE INDEX instrument_published ON screening.instrument USING btree (country, code, published_at DESC);
create policy changed on screening.instrument
  for update
  to samaan_app
  using (((country = ( SELECT current_setting('samaan.country'::text, true) AS current_setting)) AND (( SELECT current_setting('samaan.role'::text, true) AS current_setting) = ANY (ARRAY['supervisor'::text, 'administrator'::text])) AND (status <> 'withdrawn'::text)))
  with check (((country = ( SELECT current_setting('samaan.country'::text, true) AS current_setting)) AND (
CASE status
    WHEN 'draft'::text THEN made_by
    WHEN 'published'::text THEN published_by
    ELSE withdrawn_by
END = (( SELECT current_setting('samaan.user'::text, true) AS current_setting))::uuid)));
create policy made on screening.instrument
  for insert
  to samaan_app
  with check (((country = ( SELECT current_setting('samaan.country'::text, true) AS current_setting)) AND (status = 'draft'::text) AND (( SELECT current_setting('samaan.role'::text, true) AS current_setting) = ANY (ARRAY['supervisor'::text, 'administrator'::text])) AND (made_by = (( SELECT current_setting('samaan.user'::text, true) AS current_setting))::uuid)));
create policy seen on screening.instrument
  for select
  to samaan_app
  using (((country = ( SELECT current_setting('samaan.country'::text, true) AS current_setting)) AND ((published_at IS NOT NULL) OR (( SELECT current_setting('samaan.role'::text, true) AS current_setting) = ANY (ARRAY['supervisor'::text, 'administrator'::text])))));
CREATE TRIGGER keep BEFORE UPDATE ON screening.instrument FOR EACH ROW EXECUTE FUNCTION screening.keep_instrument();
grant insert, select, update (about), update (definition), update (made_at), update (made_by), update (published_at), update (published_by), update (revision), update (rules), update (status), update (withdrawn_at), update (withdrawn_by) on table screening.instrument to samaan_app;

create table screening.interview (
  id uuid not null,
  case_id uuid not null,
  country text not null,
  agency uuid not null,
  by_account uuid not null,
  instrument text not null,
  instrument_version text not null,
  language text not null,
  interpreter text not null,
  interviewer text not null,
  limits_told uuid not null,
  sealed bytea not null,
  findings text[] not null,
  said_at timestamp with time zone not null,
  received_at timestamp with time zone not null default now(),
  on_paper boolean not null,
  written_at timestamp with time zone,
  constraint interview_pkey PRIMARY KEY (id),
  constraint interview_check CHECK ((on_paper = (written_at IS NOT NULL))),
  constraint interview_interpreter_check CHECK ((interpreter = ANY (ARRAY['none'::text, 'in-person'::text, 'by-phone'::text]))),
  constraint interview_interviewer_check CHECK ((interviewer = ANY (ARRAY['woman'::text, 'man'::text, 'either'::text]))),
  constraint interview_case_id_fkey FOREIGN KEY (case_id) REFERENCES cases.folder(id),
  constraint interview_limits_told_fkey FOREIGN KEY (limits_told) REFERENCES consent.record(id)
);
alter table screening.interview enable row level security;
alter table screening.interview force row level security;
CREATE INDEX interview_account ON screening.interview USING btree (by_account, id DESC);
CREATE INDEX interview_case ON screening.interview USING btree (case_id, said_at);
create policy seen on screening.interview
  for select
  to samaan_app
  using (((by_account = (( SELECT current_setting('samaan.user'::text, true) AS current_setting))::uuid) OR ((( SELECT current_setting('samaan.role'::text, true) AS current_setting) = ANY (ARRAY['intake'::text, 'coordinator'::text, 'decision-maker'::text])) AND (EXISTS ( SELECT 1
   FROM policy.case_access a
  WHERE ((a.case_id = interview.case_id) AND ((a.compartments & 64) <> 0) AND (a.until > now()) AND ((a.basis <> 'share'::text) OR (a.shared <> 0))))))));
create policy written on screening.interview
  for insert
  to samaan_app
  with check (((by_account = (( SELECT current_setting('samaan.user'::text, true) AS current_setting))::uuid) AND (country = ( SELECT current_setting('samaan.country'::text, true) AS current_setting)) AND (EXISTS ( SELECT 1
   FROM policy.case_access a
  WHERE ((a.case_id = interview.case_id) AND (a.basis <> 'share'::text) AND (a.until > now()))))));
grant insert, select on table screening.interview to samaan_app;

create table screening.override (
  id uuid not null,
  interview_id uuid not null,
  case_id uuid not null,
  finding text not null,
  holds boolean not null,
  reason text not null,
  sealed_why bytea not null,
  by_account uuid not null,
  at timestamp with time zone not null default now(),
  constraint override_pkey PRIMARY KEY (id),
  constraint override_reason_check CHECK ((reason = ANY (ARRAY['misunderstood'::text, 'told-otherwise'::text, 'seen-otherwise'::text, 'other'::text]))),
  constraint override_case_id_fkey FOREIGN KEY (case_id) REFERENCES cases.folder(id),
  constraint override_interview_id_fkey FOREIGN KEY (interview_id) REFERENCES screening.interview(id)
);
alter table screening.override enable row level security;
alter table screening.override force row level security;
CREATE INDEX override_interview ON screening.override USING btree (interview_id, at);
create policy seen on screening.override
  for select
  to samaan_app
  using ((EXISTS ( SELECT 1
   FROM screening.interview i
  WHERE (i.id = override.interview_id))));
create policy written on screening.override
  for insert
  to samaan_app
  with check (((by_account = (( SELECT current_setting('samaan.user'::text, true) AS current_setting))::uuid) AND (EXISTS ( SELECT 1
   FROM screening.interview i
  WHERE ((i.id = override.interview_id) AND (i.case_id = override.case_id)))) AND (EXISTS ( SELECT 1
   FROM policy.case_access a
  WHERE ((a.case_id = override.case_id) AND (a.basis <> 'share'::text) AND (a.until > now()))))));
grant insert, select on table screening.override to samaan_app;

create table screening.screening (
  id uuid not null,
  case_id uuid not null,
  country text not null,
  agency uuid not null,
  by_account uuid not null,
  holder uuid,
  instrument text,
  language text not null,
  interpreter text not null,
  place_safe boolean not null,
  danger boolean not null,
  child boolean not null,
  sector text,
  signs text[] not null,
  answers jsonb not null,
  talk_further boolean not null,
  worried boolean not null,
  sealed_story bytea,
  limits_told uuid not null,
  said_at timestamp with time zone not null,
  received_at timestamp with time zone not null default now(),
  version integer not null default 1,
  card text,
  card_version text,
  card_findings text[] not null default '{}'::text[],
  short_screen text,
  short_screen_version text,
  short_screen_findings text[] not null default '{}'::text[],
  sealed_told bytea,
  written_at timestamp with time zone,
  constraint screening_pkey PRIMARY KEY (id),
  constraint screening_card CHECK (((card IS NULL) = (card_version IS NULL))),
  constraint screening_interpreter_check CHECK ((interpreter = ANY (ARRAY['none'::text, 'in-person'::text, 'by-phone'::text]))),
  constraint screening_short_screen CHECK (((short_screen IS NULL) = (short_screen_version IS NULL))),
  constraint screening_case_id_fkey FOREIGN KEY (case_id) REFERENCES cases.folder(id),
  constraint screening_limits_told_fkey FOREIGN KEY (limits_told) REFERENCES consent.record(id)
);
alter table screening.screening enable row level security;
alter table screening.screening force row level security;
CREATE INDEX screening_account ON screening.screening USING btree (by_account, id DESC);
CREATE INDEX screening_agency ON screening.screening USING btree (agency, id DESC);
CREATE INDEX screening_case ON screening.screening USING btree (case_id);
create policy hidden on screening.screening
  as restrictive
  for select
  to samaan_app
  using ((NOT (EXISTS ( SELECT 1
   FROM policy.case_hidden h
  WHERE (h.case_id = screening.case_id)))));
create policy seen on screening.screening
  for select
  to samaan_app
  using (((by_account = (( SELECT current_setting('samaan.user'::text, true) AS current_setting))::uuid) OR ((( SELECT current_setting('samaan.role'::text, true) AS current_setting) = ANY (ARRAY['intake'::text, 'coordinator'::text, 'decision-maker'::text])) AND (EXISTS ( SELECT 1
   FROM policy.case_access a
  WHERE ((a.case_id = screening.case_id) AND ((a.compartments & 64) <> 0) AND (a.until > now()) AND ((a.basis <> 'share'::text) OR (a.shared <> 0))))))));
create policy written on screening.screening
  for insert
  to samaan_app
  with check (((by_account = (( SELECT current_setting('samaan.user'::text, true) AS current_setting))::uuid) AND (EXISTS ( SELECT 1
   FROM policy.case_access a
  WHERE ((a.case_id = screening.case_id) AND (a.basis = 'own'::text) AND (a.until > now()))))));
grant insert, select on table screening.screening to samaan_app;

create table situation.action (
  id uuid not null,
  assessment_id uuid not null,
  country text not null,
  organisation_id uuid,
  question text not null,
  owner_organisation uuid not null,
  due_on date not null,
  sealed_what bytea not null,
  state text not null default 'open'::text,
  made_by uuid not null,
  made_at timestamp with time zone not null default now(),
  ended_by uuid,
  ended_at timestamp with time zone,
  sealed_end bytea,
  version integer not null default 1,
  constraint action_pkey PRIMARY KEY (id),
  constraint action_check CHECK (((ended_at IS NOT NULL) = (state <> 'open'::text))),
  constraint action_check1 CHECK (((ended_by IS NOT NULL) = (state <> 'open'::text))),
  constraint action_state_check CHECK ((state = ANY (ARRAY['open'::text, 'done'::text, 'dropped'::text]))),
  constraint action_assessment_id_fkey FOREIGN KEY (assessment_id) REFERENCES situation.assessment(id),
  constraint action_ended_by_fkey FOREIGN KEY (ended_by) REFERENCES auth.account(id),
  constraint action_made_by_fkey FOREIGN KEY (made_by) REFERENCES auth.account(id),
  constraint action_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES directory.organisation(id),
  constraint action_owner_organisation_fkey FOREIGN KEY (owner_organisation) REFERENCES directory.organisation(id)
);
alter table situation.action enable row level security;
alter table situation.action force row level security;
CREATE INDEX action_assessment ON situation.action USING btree (assessment_id);
CREATE INDEX action_list ON situation.action USING btree (country, state, due_on);
CREATE INDEX action_owner ON situation.action USING btree (owner_organisation);
create policy added on situation.action
  for insert
  to samaan_app
  with check (((country = ( SELECT current_setting('samaan.country'::text, true) AS current_setting)) AND (made_by = (NULLIF(( SELECT current_setting('samaan.user'::text, true) AS current_setting), ''::text))::uuid) AND (state = 'open'::text) AND (EXISTS ( SELECT 1
   FROM auth.working w
  WHERE (w.role = 'secretariat'::text)))));
create policy ended on situation.action
  for update
  to samaan_app
  using (((country = ( SELECT current_setting('samaan.country'::text, true) AS current_setting)) AND (state = 'open'::text) AND ((EXISTS ( SELECT 1
   FROM auth.working w
  WHERE (w.role = 'secretariat'::text))) OR (owner_organisation IN ( SELECT w.organisation_id
   FROM auth.working w
  WHERE (w.role = ANY (ARRAY['intake'::text, 'coordinator'::text, 'provider'::text, 'shelter-manager'::text])))))))
  with check (((ended_by = (NULLIF(( SELECT current_setting('samaan.user'::text, true) AS current_setting), ''::text))::uuid) AND ((state = 'done'::text) OR (EXISTS ( SELECT 1
   FROM auth.working w
  WHERE (w.role = 'secretariat'::text))))));
create policy seen on situation.action
  for select
  to samaan_app
  using (((country = ( SELECT current_setting('samaan.country'::text, true) AS current_setting)) AND ((( SELECT current_setting('samaan.role'::text, true) AS current_setting) = ANY (ARRAY['secretariat'::text, 'intake'::text, 'coordinator'::text])) OR ((( SELECT current_setting('samaan.role'::text, true) AS current_setting) = ANY (ARRAY['provider'::text, 'shelter-manager'::text])) AND ((organisation_id = ANY ((( SELECT current_setting('samaan.principals'::text, true) AS current_setting))::uuid[])) OR (owner_organisation = ANY ((( SELECT current_setting('samaan.principals'::text, true) AS current_setting))::uuid[])))))));
grant insert, select, update (ended_at), update (ended_by), update (sealed_end), update (state), update (version) on table situation.action to samaan_app;

create table situation.assessment (
  id uuid not null,
  country text not null,
  subject text not null,
  organisation_id uuid,
  area text,
  version_of_form text not null,
  state text not null default 'open'::text,
  first_by uuid not null,
  second_by uuid,
  made_at timestamp with time zone not null default now(),
  answers jsonb not null default '{}'::jsonb,
  sealed_words bytea,
  finished_at timestamp with time zone,
  finished_by uuid,
  version integer not null default 1,
  drop_reason text,
  constraint assessment_pkey PRIMARY KEY (id),
  constraint assessment_check CHECK (((organisation_id IS NOT NULL) = (subject = 'provider'::text))),
  constraint assessment_check1 CHECK (((area IS NOT NULL) = (subject = 'area'::text))),
  constraint assessment_check2 CHECK ((second_by <> first_by)),
  constraint assessment_check3 CHECK (((state = ANY (ARRAY['open'::text, 'dropped'::text])) OR (second_by IS NOT NULL))),
  constraint assessment_check4 CHECK (((finished_at IS NOT NULL) = (state = 'finished'::text))),
  constraint assessment_check5 CHECK (((finished_by IS NOT NULL) = (state = 'finished'::text))),
  constraint assessment_country_check CHECK ((country ~ '^[A-Z]{3}$'::text)),
  constraint assessment_drop_reason_check CHECK ((drop_reason = ANY (ARRAY['mistake'::text, 'not-possible'::text, 'another'::text, 'other'::text]))),
  constraint assessment_dropped CHECK (((drop_reason IS NOT NULL) = (state = 'dropped'::text))),
  constraint assessment_state_check CHECK ((state = ANY (ARRAY['open'::text, 'comparing'::text, 'finished'::text, 'dropped'::text]))),
  constraint assessment_subject_check CHECK ((subject = ANY (ARRAY['provider'::text, 'area'::text]))),
  constraint assessment_finished_by_fkey FOREIGN KEY (finished_by) REFERENCES auth.account(id),
  constraint assessment_first_by_fkey FOREIGN KEY (first_by) REFERENCES auth.account(id),
  constraint assessment_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES directory.organisation(id),
  constraint assessment_second_by_fkey FOREIGN KEY (second_by) REFERENCES auth.account(id)
);
alter table situation.assessment enable row level security;
alter table situation.assessment force row level security;
CREATE INDEX assessment_list ON situation.assessment USING btree (country, id DESC);
CREATE INDEX assessment_organisation ON situation.assessment USING btree (organisation_id) WHERE (organisation_id IS NOT NULL);
create policy added on situation.assessment
  for insert
  to samaan_app
  with check (((country = ( SELECT current_setting('samaan.country'::text, true) AS current_setting)) AND (first_by = (NULLIF(( SELECT current_setting('samaan.user'::text, true) AS current_setting), ''::text))::uuid) AND (second_by IS NULL) AND (state = 'open'::text) AND (EXISTS ( SELECT 1
   FROM auth.working w
  WHERE (w.role = 'secretariat'::text)))));
create policy seen on situation.assessment
  for select
  to samaan_app
  using (((country = ( SELECT current_setting('samaan.country'::text, true) AS current_setting)) AND ((( SELECT current_setting('samaan.role'::text, true) AS current_setting) = 'secretariat'::text) OR ((state = 'finished'::text) AND ((( SELECT current_setting('samaan.role'::text, true) AS current_setting) = ANY (ARRAY['intake'::text, 'coordinator'::text])) OR ((( SELECT current_setting('samaan.role'::text, true) AS current_setting) = ANY (ARRAY['provider'::text, 'shelter-manager'::text])) AND (organisation_id = ANY ((( SELECT current_setting('samaan.principals'::text, true) AS current_setting))::uuid[]))))))));
create policy settled on situation.assessment
  for update
  to samaan_app
  using (((country = ( SELECT current_setting('samaan.country'::text, true) AS current_setting)) AND (state = 'comparing'::text) AND ((first_by = (NULLIF(( SELECT current_setting('samaan.user'::text, true) AS current_setting), ''::text))::uuid) OR (second_by = (NULLIF(( SELECT current_setting('samaan.user'::text, true) AS current_setting), ''::text))::uuid)) AND (EXISTS ( SELECT 1
   FROM auth.working w
  WHERE (w.role = 'secretariat'::text)))))
  with check (((state = 'comparing'::text) OR (finished_by = (NULLIF(( SELECT current_setting('samaan.user'::text, true) AS current_setting), ''::text))::uuid)));
CREATE TRIGGER kept BEFORE DELETE OR UPDATE ON situation.assessment FOR EACH ROW WHEN ((old.state = 'finished'::text)) EXECUTE FUNCTION situation.kept();
grant insert, select, update (answers), update (finished_at), update (finished_by), update (sealed_words), update (state), update (version) on table situation.assessment to samaan_app;

create table situation.picture (
  id uuid not null,
  assessment_id uuid not null,
  country text not null,
  by_account uuid not null,
  at timestamp with time zone not null default now(),
  question text,
  recipient text not null,
  sealed_identity bytea not null,
  sealed_thumbnail bytea not null,
  file uuid not null,
  size integer not null,
  sha256 bytea not null,
  shown boolean not null default false,
  constraint picture_pkey PRIMARY KEY (id),
  constraint picture_recipient_check CHECK ((recipient ~ '^age1[0-9a-z]{58}$'::text)),
  constraint picture_sha256_check CHECK ((length(sha256) = 32)),
  constraint picture_size_check CHECK ((size > 0)),
  constraint picture_assessment_id_fkey FOREIGN KEY (assessment_id) REFERENCES situation.assessment(id),
  constraint picture_by_account_fkey FOREIGN KEY (by_account) REFERENCES auth.account(id)
);
alter table situation.picture enable row level security;
alter table situation.picture force row level security;
CREATE INDEX picture_assessment ON situation.picture USING btree (assessment_id);
create policy added on situation.picture
  for insert
  to samaan_app
  with check (((country = ( SELECT current_setting('samaan.country'::text, true) AS current_setting)) AND (by_account = (NULLIF(( SELECT current_setting('samaan.user'::text, true) AS current_setting), ''::text))::uuid) AND (EXISTS ( SELECT 1
   FROM auth.working w
  WHERE (w.role = 'secretariat'::text)))));
create policy jobs on situation.picture
  for select
  to samaan_jobs
  using (true);
create policy seen on situation.picture
  for select
  to samaan_app
  using (((country = ( SELECT current_setting('samaan.country'::text, true) AS current_setting)) AND (( SELECT current_setting('samaan.role'::text, true) AS current_setting) = 'secretariat'::text) AND (shown OR (by_account = (NULLIF(( SELECT current_setting('samaan.user'::text, true) AS current_setting), ''::text))::uuid))));
grant insert, select on table situation.picture to samaan_app;
grant select (file) on table situation.picture to samaan_jobs;

create table situation.sheet (
  assessment_id uuid not null,
  by_account uuid not null,
  country text not null,
  at timestamp with time zone not null default now(),
  sealed_answers bytea not null,
  shown boolean not null default false,
  constraint sheet_pkey PRIMARY KEY (assessment_id, by_account),
  constraint sheet_assessment_id_fkey FOREIGN KEY (assessment_id) REFERENCES situation.assessment(id),
  constraint sheet_by_account_fkey FOREIGN KEY (by_account) REFERENCES auth.account(id)
);
alter table situation.sheet enable row level security;
alter table situation.sheet force row level security;
create policy added on situation.sheet
  for insert
  to samaan_app
  with check (((country = ( SELECT current_setting('samaan.country'::text, true) AS current_setting)) AND (by_account = (NULLIF(( SELECT current_setting('samaan.user'::text, true) AS current_setting), ''::text))::uuid) AND (NOT shown) AND (EXISTS ( SELECT 1
   FROM auth.working w
  WHERE (w.role = 'secretariat'::text)))));
create policy seen on situation.sheet
  for select
  to samaan_app
  using (((country = ( SELECT current_setting('samaan.country'::text, true) AS current_setting)) AND (( SELECT current_setting('samaan.role'::text, true) AS current_setting) = 'secretariat'::text) AND (shown OR (by_account = (NULLIF(( SELECT current_setting('samaan.user'::text, true) AS current_setting), ''::text))::uuid))));
CREATE TRIGGER handed_in AFTER INSERT ON situation.sheet FOR EACH ROW EXECUTE FUNCTION situation.handed_in();
grant insert, select on table situation.sheet to samaan_app;

create table sync.device (
  id uuid not null,
  account_id uuid not null,
  assignment_id uuid not null,
  organisation_id uuid not null,
  country text not null,
  label text not null,
  credential_hash bytea not null,
  public_key bytea not null,
  made_at timestamp with time zone not null default now(),
  seen_at timestamp with time zone not null default now(),
  revoked_at timestamp with time zone,
  revoked_by uuid,
  constraint device_pkey PRIMARY KEY (id),
  constraint device_check CHECK (((revoked_at IS NULL) = (revoked_by IS NULL))),
  constraint device_country_check CHECK ((country ~ '^[A-Z]{3}$'::text)),
  constraint device_credential_hash_check CHECK ((length(credential_hash) = 32)),
  constraint device_public_key_check CHECK ((length(public_key) = 91)),
  constraint device_account_id_fkey FOREIGN KEY (account_id) REFERENCES auth.account(id),
  constraint device_assignment_id_fkey FOREIGN KEY (assignment_id) REFERENCES auth.assignment(id),
  constraint device_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES directory.organisation(id)
);
alter table sync.device enable row level security;
alter table sync.device force row level security;
CREATE INDEX device_account ON sync.device USING btree (account_id, made_at DESC);
CREATE INDEX device_organisation ON sync.device USING btree (organisation_id);
create policy administered on sync.device
  for select
  to samaan_app
  using (((( SELECT current_setting('samaan.role'::text, true) AS current_setting) = 'administrator'::text) AND (country = ( SELECT current_setting('samaan.country'::text, true) AS current_setting))));
create policy administered_end on sync.device
  for update
  to samaan_app
  using (((( SELECT current_setting('samaan.role'::text, true) AS current_setting) = 'administrator'::text) AND (country = ( SELECT current_setting('samaan.country'::text, true) AS current_setting))))
  with check ((revoked_by = (( SELECT current_setting('samaan.user'::text, true) AS current_setting))::uuid));
create policy own on sync.device
  for all
  to samaan_app
  using ((account_id = (NULLIF(( SELECT current_setting('samaan.user'::text, true) AS current_setting), ''::text))::uuid))
  with check ((account_id = (NULLIF(( SELECT current_setting('samaan.user'::text, true) AS current_setting), ''::text))::uuid));
create policy sign_in on sync.device
  for all
  to samaan_app
  using ((( SELECT current_setting('samaan.role'::text, true) AS current_setting) = 'sign-in'::text))
  with check ((( SELECT current_setting('samaan.role'::text, true) AS current_setting) = 'sign-in'::text));
create policy supervised on sync.device
  for select
  to samaan_app
  using (((( SELECT current_setting('samaan.role'::text, true) AS current_setting) = 'supervisor'::text) AND (account_id <> (( SELECT current_setting('samaan.user'::text, true) AS current_setting))::uuid) AND (organisation_id IN ( SELECT w.organisation_id
   FROM auth.working w))));
grant insert, select, update (revoked_at), update (revoked_by), update (seen_at) on table sync.device to samaan_app;

create table sync.parcel (
  device_id uuid not null,
  id uuid not null,
  received_at timestamp with time zone not null default now(),
  operation text,
  state text not null,
  code text,
  fields jsonb not null default '[]'::jsonb,
  sealed bytea,
  sha256 bytea not null,
  decided_by uuid,
  decided_at timestamp with time zone,
  constraint parcel_pkey PRIMARY KEY (device_id, id),
  constraint parcel_check CHECK (((sealed IS NOT NULL) = (state = ANY (ARRAY['refused'::text, 'quarantined'::text])))),
  constraint parcel_check1 CHECK (((code IS NOT NULL) OR (state = ANY (ARRAY['done'::text, 'discarded'::text])))),
  constraint parcel_sha256_check CHECK ((length(sha256) = 32)),
  constraint parcel_state_check CHECK ((state = ANY (ARRAY['done'::text, 'refused'::text, 'quarantined'::text, 'discarded'::text]))),
  constraint parcel_device_id_fkey FOREIGN KEY (device_id) REFERENCES sync.device(id)
);
alter table sync.parcel enable row level security;
alter table sync.parcel force row level security;
CREATE INDEX parcel_kept ON sync.parcel USING btree (device_id) WHERE (sealed IS NOT NULL);
CREATE INDEX parcel_quarantined ON sync.parcel USING btree (id DESC) WHERE (state = 'quarantined'::text);
create policy sign_in on sync.parcel
  for all
  to samaan_app
  using ((( SELECT current_setting('samaan.role'::text, true) AS current_setting) = 'sign-in'::text))
  with check ((( SELECT current_setting('samaan.role'::text, true) AS current_setting) = 'sign-in'::text));
create policy supervised on sync.parcel
  for select
  to samaan_app
  using (((( SELECT current_setting('samaan.role'::text, true) AS current_setting) = 'supervisor'::text) AND (state <> 'done'::text) AND (device_id IN ( SELECT d.id
   FROM sync.device d
  WHERE (d.account_id <> (( SELECT current_setting('samaan.user'::text, true) AS current_setting))::uuid)))));
create policy supervised_decide on sync.parcel
  for update
  to samaan_app
  using (((( SELECT current_setting('samaan.role'::text, true) AS current_setting) = 'supervisor'::text) AND (state = 'quarantined'::text) AND (device_id IN ( SELECT d.id
   FROM sync.device d
  WHERE (d.account_id <> (( SELECT current_setting('samaan.user'::text, true) AS current_setting))::uuid)))))
  with check ((decided_by = (( SELECT current_setting('samaan.user'::text, true) AS current_setting))::uuid));
create policy supervised_decided on sync.parcel
  for select
  to samaan_app
  using (((( SELECT current_setting('samaan.role'::text, true) AS current_setting) = 'supervisor'::text) AND (decided_by = (( SELECT current_setting('samaan.user'::text, true) AS current_setting))::uuid)));
grant insert, select, update (code), update (decided_at), update (decided_by), update (fields), update (operation), update (received_at), update (sealed), update (sha256), update (state) on table sync.parcel to samaan_app;

create table tasks.task (
  id uuid not null,
  country text not null,
  case_id uuid,
  kind text not null,
  sealed bytea,
  organisation_id uuid not null,
  role text not null,
  account_id uuid,
  due_on date,
  due_at timestamp with time zone,
  due timestamp with time zone generated always as (COALESCE(due_at, (((due_on + 1))::timestamp without time zone AT TIME ZONE 'UTC'::text))) stored,
  urgency text not null,
  made_by uuid not null,
  made_at timestamp with time zone not null default now(),
  state text not null default 'open'::text,
  reason text,
  ended_by uuid,
  ended_at timestamp with time zone,
  returned boolean not null default false,
  version integer not null default 1,
  constraint task_pkey PRIMARY KEY (id),
  constraint task_check CHECK (((due_on IS NULL) <> (due_at IS NULL))),
  constraint task_check1 CHECK (((case_id IS NOT NULL) OR (sealed IS NULL))),
  constraint task_check2 CHECK (((state <> 'taken'::text) OR (account_id IS NOT NULL))),
  constraint task_check3 CHECK (((state = ANY (ARRAY['done'::text, 'not-needed'::text])) = (ended_at IS NOT NULL))),
  constraint task_check4 CHECK (((state = 'not-needed'::text) = (reason IS NOT NULL))),
  constraint task_check5 CHECK (((state <> 'done'::text) OR (ended_by IS NOT NULL))),
  constraint task_country_check CHECK ((country ~ '^[A-Z]{3}$'::text)),
  constraint task_kind_check CHECK ((kind = ANY (ARRAY['contact'::text, 'visit'::text, 'accompany'::text, 'appointment'::text, 'document'::text, 'find-out'::text, 'arrange'::text, 'answer'::text, 'look-again'::text, 'other'::text]))),
  constraint task_reason_check CHECK ((reason = ANY (ARRAY['done-otherwise'::text, 'person-declined'::text, 'no-longer'::text, 'double'::text, 'nobody-left'::text, 'other'::text]))),
  constraint task_state_check CHECK ((state = ANY (ARRAY['open'::text, 'taken'::text, 'done'::text, 'not-needed'::text]))),
  constraint task_urgency_check CHECK ((urgency = ANY (ARRAY['emergency'::text, 'urgent'::text, 'routine'::text]))),
  constraint task_account_id_fkey FOREIGN KEY (account_id) REFERENCES auth.account(id),
  constraint task_case_id_fkey FOREIGN KEY (case_id) REFERENCES cases.folder(id),
  constraint task_ended_by_fkey FOREIGN KEY (ended_by) REFERENCES auth.account(id),
  constraint task_made_by_fkey FOREIGN KEY (made_by) REFERENCES auth.account(id),
  constraint task_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES directory.organisation(id)
);
alter table tasks.task enable row level security;
alter table tasks.task force row level security;
CREATE INDEX task_account ON tasks.task USING btree (account_id, role, due) WHERE (state = ANY (ARRAY['open'::text, 'taken'::text]));
CREATE INDEX task_case ON tasks.task USING btree (case_id, id DESC) WHERE (case_id IS NOT NULL);
CREATE INDEX task_made ON tasks.task USING btree (made_by, made_at DESC);
CREATE INDEX task_role ON tasks.task USING btree (organisation_id, role, due) WHERE ((account_id IS NULL) AND (state = 'open'::text));
create policy hidden on tasks.task
  as restrictive
  for select
  to samaan_app
  using ((NOT (EXISTS ( SELECT 1
   FROM policy.case_hidden h
  WHERE (h.case_id = task.case_id)))));
create policy seen on tasks.task
  for select
  to samaan_app
  using (((country = ( SELECT current_setting('samaan.country'::text, true) AS current_setting)) AND ((case_id IS NULL) OR (EXISTS ( SELECT 1
   FROM policy.case_access a
  WHERE ((a.case_id = task.case_id) AND (a.until > now()) AND ((a.basis <> 'share'::text) OR a.accepted))))) AND (((account_id = (NULLIF(( SELECT current_setting('samaan.user'::text, true) AS current_setting), ''::text))::uuid) AND (role = ( SELECT current_setting('samaan.role'::text, true) AS current_setting))) OR (made_by = (NULLIF(( SELECT current_setting('samaan.user'::text, true) AS current_setting), ''::text))::uuid) OR ((account_id IS NULL) AND (role = ( SELECT current_setting('samaan.role'::text, true) AS current_setting)) AND (organisation_id IN ( SELECT w.organisation_id
   FROM auth.working w))) OR ((( SELECT current_setting('samaan.role'::text, true) AS current_setting) = ANY (ARRAY['intake'::text, 'coordinator'::text, 'decision-maker'::text])) AND (EXISTS ( SELECT 1
   FROM policy.case_access a
  WHERE ((a.case_id = task.case_id) AND (a.until > now()) AND (a.basis = ANY (ARRAY['holder'::text, 'assigned'::text])))))))));
grant select on table tasks.task to samaan_app;

create table visits.code (
  id uuid not null,
  case_id uuid not null,
  lookup bytea not null,
  watched text not null,
  lasts text not null,
  made_by uuid not null,
  made_at timestamp with time zone not null default now(),
  until timestamp with time zone not null,
  used_at timestamp with time zone,
  ended_at timestamp with time zone,
  ended_by uuid,
  constraint code_pkey PRIMARY KEY (id),
  constraint code_check CHECK (((ended_at IS NULL) = (ended_by IS NULL))),
  constraint code_check1 CHECK (((until > made_at) AND (until <= (made_at + '7 days'::interval)))),
  constraint code_check2 CHECK (((watched = 'no'::text) OR (lasts <> 'week'::text))),
  constraint code_lasts_check CHECK ((lasts = ANY (ARRAY['half-hour'::text, 'half-day'::text, 'week'::text]))),
  constraint code_lookup_check CHECK ((length(lookup) = 32)),
  constraint code_watched_check CHECK ((watched = ANY (ARRAY['no'::text, 'unsure'::text, 'yes'::text]))),
  constraint code_case_id_fkey FOREIGN KEY (case_id) REFERENCES cases.folder(id),
  constraint code_ended_by_fkey FOREIGN KEY (ended_by) REFERENCES auth.account(id),
  constraint code_made_by_fkey FOREIGN KEY (made_by) REFERENCES auth.account(id)
);
alter table visits.code enable row level security;
alter table visits.code force row level security;
CREATE INDEX code_case ON visits.code USING btree (case_id, made_at DESC);
CREATE UNIQUE INDEX code_live ON visits.code USING btree (case_id) WHERE ((used_at IS NULL) AND (ended_at IS NULL));
CREATE UNIQUE INDEX code_lookup ON visits.code USING btree (lookup);
create policy hidden on visits.code
  as restrictive
  for select
  to samaan_app
  using ((NOT (EXISTS ( SELECT 1
   FROM policy.case_hidden h
  WHERE (h.case_id = code.case_id)))));
create policy seen on visits.code
  for select
  to samaan_app
  using ((EXISTS ( SELECT 1
   FROM (policy.case_access a
     JOIN cases.folder f ON ((f.id = a.case_id)))
  WHERE ((a.case_id = code.case_id) AND (a.until > now()) AND (((( SELECT current_setting('samaan.role'::text, true) AS current_setting) = 'coordinator'::text) AND (a.basis = 'assigned'::text) AND (f.coordinator = (NULLIF(( SELECT current_setting('samaan.user'::text, true) AS current_setting), ''::text))::uuid)) OR ((f.coordinator IS NULL) AND (((( SELECT current_setting('samaan.role'::text, true) AS current_setting) = ANY (ARRAY['officer'::text, 'intake'::text])) AND (a.basis = 'own'::text) AND (f.made_by = (NULLIF(( SELECT current_setting('samaan.user'::text, true) AS current_setting), ''::text))::uuid)) OR ((( SELECT current_setting('samaan.role'::text, true) AS current_setting) = 'intake'::text) AND (a.basis = 'holder'::text)))))))));
grant select (case_id), select (ended_at), select (ended_by), select (id), select (lasts), select (made_at), select (made_by), select (until), select (used_at), select (watched) on table visits.code to samaan_app;

create table visits.failure (
  bucket bytea not null,
  failures integer not null,
  at timestamp with time zone not null,
  constraint failure_pkey PRIMARY KEY (bucket),
  constraint failure_bucket_check CHECK ((length(bucket) = 32))
);
alter table visits.failure enable row level security;
alter table visits.failure force row level security;
create policy nobody on visits.failure
  for all
  to samaan_app
  using (false);

create table visits.question (
  id uuid not null,
  case_id uuid not null,
  sealed bytea not null,
  asked_at timestamp with time zone not null default now(),
  sealed_answer bytea,
  answered_by uuid,
  answered_at timestamp with time zone,
  read_at timestamp with time zone,
  version integer not null default 1,
  constraint question_pkey PRIMARY KEY (id),
  constraint question_check CHECK ((((sealed_answer IS NULL) = (answered_at IS NULL)) AND ((answered_by IS NULL) = (answered_at IS NULL)))),
  constraint question_answered_by_fkey FOREIGN KEY (answered_by) REFERENCES auth.account(id),
  constraint question_case_id_fkey FOREIGN KEY (case_id) REFERENCES cases.folder(id)
);
alter table visits.question enable row level security;
alter table visits.question force row level security;
CREATE INDEX question_case ON visits.question USING btree (case_id, asked_at);
create policy answered on visits.question
  for update
  to samaan_app
  using (((( SELECT current_setting('samaan.role'::text, true) AS current_setting) = 'coordinator'::text) AND (((( SELECT current_setting('samaan.compartments'::text, true) AS current_setting))::integer & 2) <> 0) AND (EXISTS ( SELECT 1
   FROM policy.case_access a
  WHERE ((a.case_id = question.case_id) AND (a.until > now()) AND (a.basis = 'assigned'::text) AND ((a.compartments & 2) <> 0))))))
  with check (((( SELECT current_setting('samaan.role'::text, true) AS current_setting) = 'coordinator'::text) AND (((( SELECT current_setting('samaan.compartments'::text, true) AS current_setting))::integer & 2) <> 0) AND (EXISTS ( SELECT 1
   FROM policy.case_access a
  WHERE ((a.case_id = question.case_id) AND (a.until > now()) AND (a.basis = 'assigned'::text) AND ((a.compartments & 2) <> 0)))) AND (answered_by = (NULLIF(( SELECT current_setting('samaan.user'::text, true) AS current_setting), ''::text))::uuid)));
create policy asked on visits.question
  for insert
  to samaan_app
  with check (((EXISTS ( SELECT 1
   FROM policy.visit v
  WHERE (v.case_id = question.case_id))) AND (sealed_answer IS NULL) AND (read_at IS NULL)));
create policy charge on visits.question
  for select
  to samaan_app
  using (((( SELECT current_setting('samaan.role'::text, true) AS current_setting) = 'coordinator'::text) AND (((( SELECT current_setting('samaan.compartments'::text, true) AS current_setting))::integer & 2) <> 0) AND (EXISTS ( SELECT 1
   FROM policy.case_access a
  WHERE ((a.case_id = question.case_id) AND (a.until > now()) AND (a.basis = 'assigned'::text) AND ((a.compartments & 2) <> 0))))));
create policy hidden on visits.question
  as restrictive
  for select
  to samaan_app
  using ((NOT (EXISTS ( SELECT 1
   FROM policy.case_hidden h
  WHERE (h.case_id = question.case_id)))));
create policy own on visits.question
  for select
  to samaan_app
  using ((EXISTS ( SELECT 1
   FROM policy.visit v
  WHERE (v.case_id = question.case_id))));
grant insert, select, update (answered_at), update (answered_by), update (sealed_answer), update (version) on table visits.question to samaan_app;

create table visits.safety_check (
  id uuid not null,
  case_id uuid not null,
  safe text,
  contact boolean not null,
  at timestamp with time zone not null default now(),
  seen_by uuid,
  seen_at timestamp with time zone,
  constraint safety_check_pkey PRIMARY KEY (id),
  constraint safety_check_check CHECK (((seen_by IS NULL) = (seen_at IS NULL))),
  constraint safety_check_safe_check CHECK ((safe = ANY (ARRAY['yes'::text, 'unsure'::text, 'no'::text]))),
  constraint safety_check_case_id_fkey FOREIGN KEY (case_id) REFERENCES cases.folder(id),
  constraint safety_check_seen_by_fkey FOREIGN KEY (seen_by) REFERENCES auth.account(id)
);
alter table visits.safety_check enable row level security;
alter table visits.safety_check force row level security;
CREATE INDEX safety_check_case ON visits.safety_check USING btree (case_id, at);
create policy hidden on visits.safety_check
  as restrictive
  for select
  to samaan_app
  using ((NOT (EXISTS ( SELECT 1
   FROM policy.case_hidden h
  WHERE (h.case_id = safety_check.case_id)))));
create policy noted on visits.safety_check
  for update
  to samaan_app
  using ((EXISTS ( SELECT 1
   FROM (policy.case_access a
     JOIN cases.folder f ON ((f.id = a.case_id)))
  WHERE ((a.case_id = safety_check.case_id) AND (a.until > now()) AND (((( SELECT current_setting('samaan.role'::text, true) AS current_setting) = 'coordinator'::text) AND (a.basis = 'assigned'::text) AND (f.coordinator = (NULLIF(( SELECT current_setting('samaan.user'::text, true) AS current_setting), ''::text))::uuid)) OR ((f.coordinator IS NULL) AND (((( SELECT current_setting('samaan.role'::text, true) AS current_setting) = ANY (ARRAY['officer'::text, 'intake'::text])) AND (a.basis = 'own'::text) AND (f.made_by = (NULLIF(( SELECT current_setting('samaan.user'::text, true) AS current_setting), ''::text))::uuid)) OR ((( SELECT current_setting('samaan.role'::text, true) AS current_setting) = 'intake'::text) AND (a.basis = 'holder'::text)))))))))
  with check ((seen_by = (NULLIF(( SELECT current_setting('samaan.user'::text, true) AS current_setting), ''::text))::uuid));
create policy own on visits.safety_check
  for insert
  to samaan_app
  with check (((EXISTS ( SELECT 1
   FROM policy.visit v
  WHERE (v.case_id = safety_check.case_id))) AND (seen_at IS NULL)));
create policy seen on visits.safety_check
  for select
  to samaan_app
  using ((EXISTS ( SELECT 1
   FROM (policy.case_access a
     JOIN cases.folder f ON ((f.id = a.case_id)))
  WHERE ((a.case_id = safety_check.case_id) AND (a.until > now()) AND (((( SELECT current_setting('samaan.role'::text, true) AS current_setting) = 'coordinator'::text) AND (a.basis = 'assigned'::text) AND (f.coordinator = (NULLIF(( SELECT current_setting('samaan.user'::text, true) AS current_setting), ''::text))::uuid)) OR ((f.coordinator IS NULL) AND (((( SELECT current_setting('samaan.role'::text, true) AS current_setting) = ANY (ARRAY['officer'::text, 'intake'::text])) AND (a.basis = 'own'::text) AND (f.made_by = (NULLIF(( SELECT current_setting('samaan.user'::text, true) AS current_setting), ''::text))::uuid)) OR ((( SELECT current_setting('samaan.role'::text, true) AS current_setting) = 'intake'::text) AND (a.basis = 'holder'::text)))))))));
grant insert, select, update (seen_at), update (seen_by) on table visits.safety_check to samaan_app;

create table visits.visit (
  id uuid not null,
  case_id uuid not null,
  code_id uuid not null,
  token_hash bytea not null,
  step integer not null default 1,
  stepped_at timestamp with time zone not null default now(),
  opened_at timestamp with time zone not null default now(),
  until timestamp with time zone not null,
  ended_at timestamp with time zone,
  constraint visit_pkey PRIMARY KEY (id),
  constraint visit_token_hash_check CHECK ((length(token_hash) = 32)),
  constraint visit_case_id_fkey FOREIGN KEY (case_id) REFERENCES cases.folder(id),
  constraint visit_code_id_fkey FOREIGN KEY (code_id) REFERENCES visits.code(id)
);
alter table visits.visit enable row level security;
alter table visits.visit force row level security;
CREATE INDEX visit_case ON visits.visit USING btree (case_id);
CREATE UNIQUE INDEX visit_token ON visits.visit USING btree (token_hash);
create policy nobody on visits.visit
  for all
  to samaan_app
  using (false);

create view auth.working with (security_invoker=true) as
 SELECT organisation_id,
    role
   FROM auth.assignment a
  WHERE account_id = NULLIF(( SELECT current_setting('samaan.user'::text, true) AS current_setting), ''::text)::uuid AND role = (( SELECT current_setting('samaan.role'::text, true) AS current_setting)) AND country = (( SELECT current_setting('samaan.country'::text, true) AS current_setting)) AND confirmed_at IS NOT NULL AND until > now();
grant select on table auth.working to samaan_app;
