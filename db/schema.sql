-- The schema after all migrations. Generated; do not edit.

create schema audit;
grant usage on schema audit to samaan_app;
grant usage on schema audit to samaan_dump;
grant usage on schema audit to samaan_jobs;

create schema auth;
grant usage on schema auth to samaan_app;
grant usage on schema auth to samaan_jobs;

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

create schema sync;
grant usage on schema sync to samaan_app;

create sequence cases.key_slot as bigint increment 1 minvalue 0 maxvalue 9223372036854775807 start 0 cache 1;
grant usage on sequence cases.key_slot to samaan_app;

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

CREATE OR REPLACE FUNCTION auth.seen(session_id uuid)
 RETURNS void
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
  update auth.session set seen_at = now() where id = session_id and ended_at is null
$function$;
grant execute on function auth.seen(uuid) to samaan_app;

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

CREATE OR REPLACE FUNCTION directory.without_address()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
begin
  if new.kind = 'safe-accommodation'
     or exists (select 1 from directory.organisation o where o.id = new.organisation_id and o.kind = 'shelter') then
    new.area := null;
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
  update directory.service s set area = null where s.organisation_id = new.id and s.area is not null;
  return null;
end $function$;

CREATE OR REPLACE FUNCTION policy.accept(to_principal uuid, of_case uuid, referral uuid)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
begin
  if not to_principal = any (current_setting('samaan.principals', true)::uuid[])
     or not exists (select 1 from referrals.referral r where r.id = accept.referral and r.case_id = of_case
                    and r.to_organisation = to_principal and r.status = 'accepted') then
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
end $function$;
grant execute on function policy.end_consent(uuid,uuid) to samaan_app;

CREATE OR REPLACE FUNCTION policy.held(of_case uuid)
 RETURNS integer
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
  select bit_or(a.compartments | a.shared) from policy.case_access a
  where a.case_id = of_case and a.until > now() and a.basis <> 'share'
    and a.principal = any (current_setting('samaan.principals', true)::uuid[])
$function$;

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
  update referrals.referral r set status = 'revoked', version = r.version + 1
  where r.consent_id = end_consent.consent and r.status in ('sent', 'acknowledged');
end $function$;
grant execute on function referrals.end_consent(uuid) to samaan_app;

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
CREATE INDEX event_case ON audit.event USING btree (case_id, at);
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
  using (((( SELECT current_setting('samaan.role'::text, true) AS current_setting) = 'administrator'::text) AND (id <> (( SELECT current_setting('samaan.user'::text, true) AS current_setting))::uuid) AND (id IN ( SELECT a.account_id
   FROM auth.assignment a))))
  with check ((status = 'disabled'::text));
create policy colleagues on auth.account
  for select
  to samaan_app
  using ((( SELECT current_setting('samaan.user'::text, true) AS current_setting) <> ''::text));
create policy sign_in on auth.account
  for all
  to samaan_app
  using ((( SELECT current_setting('samaan.role'::text, true) AS current_setting) = 'sign-in'::text))
  with check ((( SELECT current_setting('samaan.role'::text, true) AS current_setting) = 'sign-in'::text));
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
create policy own on auth.invitation
  for select
  to samaan_app
  using ((account_id = (( SELECT current_setting('samaan.user'::text, true) AS current_setting))::uuid));
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

create table cases.assignment (
  id uuid not null,
  case_id uuid not null,
  account_id uuid not null,
  duty text not null,
  from_at timestamp with time zone not null default now(),
  until_at timestamp with time zone,
  by_account uuid not null,
  constraint assignment_pkey PRIMARY KEY (id),
  constraint assignment_duty_check CHECK ((duty = 'coordinator'::text)),
  constraint assignment_case_id_fkey FOREIGN KEY (case_id) REFERENCES cases.folder(id)
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
grant insert, select, update on table cases.assignment to samaan_app;

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
  constraint attachment_compartment_check CHECK ((compartment = 'SVC'::text)),
  constraint attachment_kind_check CHECK ((kind ~ '^[a-z0-9]{2,8}$'::text)),
  constraint attachment_proof_check CHECK ((length(proof) = ANY (ARRAY[32, 96]))),
  constraint attachment_purpose_check CHECK ((purpose = ANY (ARRAY['document'::text, 'place-or-thing'::text, 'recording'::text, 'person'::text, 'other'::text]))),
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
  with check (((by_account = (NULLIF(( SELECT current_setting('samaan.user'::text, true) AS current_setting), ''::text))::uuid) AND (EXISTS ( SELECT 1
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
create policy jobs on cases.attachment
  for select
  to samaan_jobs
  using (true);
create policy seen on cases.attachment
  for select
  to samaan_app
  using (((((( SELECT current_setting('samaan.compartments'::text, true) AS current_setting))::integer & 2) <> 0) AND (EXISTS ( SELECT 1
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
  constraint clock_pkey PRIMARY KEY (id),
  constraint clock_case_id_fkey FOREIGN KEY (case_id) REFERENCES cases.folder(id)
);
alter table cases.clock enable row level security;
alter table cases.clock force row level security;
CREATE INDEX clock_case ON cases.clock USING btree (case_id);
CREATE INDEX clock_due ON cases.clock USING btree (due_at) WHERE (stopped_at IS NULL);
create policy added on cases.clock
  for insert
  to samaan_app
  with check ((EXISTS ( SELECT 1
   FROM policy.case_access a
  WHERE ((a.case_id = clock.case_id) AND (a.until > now()) AND ((a.compartments & 64) <> 0) AND (a.basis <> 'share'::text)))));
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
grant insert, select, update on table cases.clock to samaan_app;
grant select on table cases.clock to samaan_jobs;

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
  constraint decision_pkey PRIMARY KEY (id),
  constraint decision_check CHECK ((second_by IS DISTINCT FROM by_account)),
  constraint decision_check1 CHECK (((outcome = 'positive'::text) OR (state <> 'confirmed'::text) OR (second_by IS NOT NULL))),
  constraint decision_kind_check CHECK ((kind = 'reasonable-grounds'::text)),
  constraint decision_outcome_check CHECK ((outcome = ANY (ARRAY['positive'::text, 'negative'::text]))),
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
grant insert, select, update on table cases.decision to samaan_app;

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
  constraint folder_pkey PRIMARY KEY (id),
  constraint folder_country_check CHECK ((country ~ '^[A-Z]{3}$'::text)),
  constraint folder_identification_check CHECK ((identification = ANY (ARRAY['none'::text, 'pending'::text, 'proposed-negative'::text, 'reasonable-grounds'::text, 'no-reasonable-grounds'::text]))),
  constraint folder_status_check CHECK ((status = ANY (ARRAY['new'::text, 'opened'::text, 'closed'::text]))),
  constraint folder_urgency_check CHECK ((urgency = ANY (ARRAY['emergency'::text, 'urgent'::text, 'routine'::text])))
);
alter table cases.folder enable row level security;
alter table cases.folder force row level security;
CREATE INDEX folder_coordinator ON cases.folder USING btree (coordinator, id DESC);
CREATE INDEX folder_holder ON cases.folder USING btree (holder, status, identification, id DESC);
CREATE INDEX folder_holder_all ON cases.folder USING btree (holder, id DESC);
CREATE INDEX folder_holder_urgency ON cases.folder USING btree (holder, status, urgency, id DESC);
CREATE UNIQUE INDEX folder_reference ON cases.folder USING btree (country, reference);
create policy changed on cases.folder
  for update
  to samaan_app
  using ((EXISTS ( SELECT 1
   FROM policy.case_access a
  WHERE ((a.case_id = folder.id) AND (a.basis <> 'share'::text) AND (a.until > now())))))
  with check (((country = ( SELECT current_setting('samaan.country'::text, true) AS current_setting)) AND ((holder IS NULL) OR (holder = (NULLIF(( SELECT current_setting('samaan.organisation'::text, true) AS current_setting), ''::text))::uuid))));
create policy glimpsed on cases.folder
  for select
  to samaan_app
  using ((EXISTS ( SELECT 1
   FROM policy.case_glimpse g
  WHERE ((g.case_id = folder.id) AND (g.until > now())))));
create policy made on cases.folder
  for insert
  to samaan_app
  with check (((made_by = (( SELECT current_setting('samaan.user'::text, true) AS current_setting))::uuid) AND (country = ( SELECT current_setting('samaan.country'::text, true) AS current_setting)) AND (holder IS NULL)));
create policy seen on cases.folder
  for select
  to samaan_app
  using (((holder = (NULLIF(( SELECT current_setting('samaan.organisation'::text, true) AS current_setting), ''::text))::uuid) OR (EXISTS ( SELECT 1
   FROM policy.case_access a
  WHERE ((a.case_id = folder.id) AND (a.until > now()))))));
grant insert, select, update on table cases.folder to samaan_app;

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
grant insert, select, update on table cases.identity to samaan_app;

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
grant insert, select, update on table cases.location to samaan_app;

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
create policy jobs on cases.timeline
  for insert
  to samaan_jobs
  with check ((account_id IS NULL));
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
create policy taken_back on cases.timeline
  for insert
  to samaan_app
  with check (((event = 'referral.revoked'::text) AND (account_id = (NULLIF(( SELECT current_setting('samaan.user'::text, true) AS current_setting), ''::text))::uuid) AND (EXISTS ( SELECT 1
   FROM referrals.referral r
  WHERE ((r.case_id = timeline.case_id) AND (r.from_account = (NULLIF(( SELECT current_setting('samaan.user'::text, true) AS current_setting), ''::text))::uuid))))));
grant insert on table cases.timeline to samaan_jobs;
grant insert, select on table cases.timeline to samaan_app;

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
  constraint record_pkey PRIMARY KEY (id),
  constraint record_check CHECK (((kind = 'withdrawn'::text) = (withdraws IS NOT NULL))),
  constraint record_check1 CHECK (((kind <> 'given'::text) OR ((cardinality(recipients) > 0) AND (cardinality(purposes) > 0) AND (compartments > 0)))),
  constraint record_compartments_check CHECK (((compartments >= 0) AND (compartments <= 127))),
  constraint record_form_check CHECK ((form = ANY (ARRAY['oral-certified'::text, 'written'::text, 'recorded'::text]))),
  constraint record_given_by_check CHECK ((given_by = ANY (ARRAY['person'::text, 'guardian'::text, 'support-person'::text]))),
  constraint record_interpreter_check CHECK ((interpreter = ANY (ARRAY['none'::text, 'in-person'::text, 'by-phone'::text]))),
  constraint record_kind_check CHECK ((kind = ANY (ARRAY['limits-told'::text, 'given'::text, 'refused'::text, 'withdrawn'::text]))),
  constraint record_withdraws_fkey FOREIGN KEY (withdraws) REFERENCES consent.record(id)
);
alter table consent.record enable row level security;
alter table consent.record force row level security;
CREATE INDEX record_case ON consent.record USING btree (case_id, recorded_at);
CREATE UNIQUE INDEX record_withdraws ON consent.record USING btree (withdraws);
create policy child_not_alone on consent.record
  as restrictive
  for insert
  to samaan_app
  with check (((kind <> 'given'::text) OR (given_by <> 'person'::text) OR (EXISTS ( SELECT 1
   FROM cases.folder f
  WHERE ((f.id = record.case_id) AND (NOT f.child))))));
create policy seen on consent.record
  for select
  to samaan_app
  using (((( SELECT current_setting('samaan.role'::text, true) AS current_setting) <> 'decision-maker'::text) AND (EXISTS ( SELECT 1
   FROM policy.case_access a
  WHERE ((a.case_id = record.case_id) AND (a.until > now()))))));
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
  with check (((( SELECT current_setting('samaan.role'::text, true) AS current_setting) = 'administrator'::text) OR (EXISTS ( SELECT 1
   FROM auth.assignment s
  WHERE ((s.account_id = (NULLIF(( SELECT current_setting('samaan.user'::text, true) AS current_setting), ''::text))::uuid) AND (s.organisation_id = on_call.organisation_id) AND (s.role = ( SELECT current_setting('samaan.role'::text, true) AS current_setting)) AND (s.until > now()) AND (s.confirmed_at IS NOT NULL) AND (s.role = ANY (ARRAY['intake'::text, 'coordinator'::text, 'provider'::text, 'shelter-manager'::text, 'supervisor'::text])))))));
create policy kept_end on directory.on_call
  for delete
  to samaan_app
  using (((( SELECT current_setting('samaan.role'::text, true) AS current_setting) = 'administrator'::text) OR (EXISTS ( SELECT 1
   FROM auth.assignment s
  WHERE ((s.account_id = (NULLIF(( SELECT current_setting('samaan.user'::text, true) AS current_setting), ''::text))::uuid) AND (s.organisation_id = on_call.organisation_id) AND (s.role = ( SELECT current_setting('samaan.role'::text, true) AS current_setting)) AND (s.until > now()) AND (s.confirmed_at IS NOT NULL) AND (s.role = ANY (ARRAY['intake'::text, 'coordinator'::text, 'provider'::text, 'shelter-manager'::text, 'supervisor'::text])))))));
create policy same_country on directory.on_call
  for select
  to samaan_app
  using ((organisation_id IN ( SELECT o.id
   FROM directory.organisation o)));
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
  constraint organisation_pkey PRIMARY KEY (id),
  constraint organisation_country_check CHECK ((country ~ '^[A-Z]{3}$'::text))
);
alter table directory.organisation enable row level security;
alter table directory.organisation force row level security;
CREATE UNIQUE INDEX organisation_competent ON directory.organisation USING btree (country) WHERE competent;
create policy administered on directory.organisation
  for insert
  to samaan_app
  with check (((( SELECT current_setting('samaan.role'::text, true) AS current_setting) = 'administrator'::text) AND (country = ( SELECT current_setting('samaan.country'::text, true) AS current_setting))));
create policy administered_change on directory.organisation
  for update
  to samaan_app
  using (((( SELECT current_setting('samaan.role'::text, true) AS current_setting) = 'administrator'::text) AND (country = ( SELECT current_setting('samaan.country'::text, true) AS current_setting))))
  with check ((country = ( SELECT current_setting('samaan.country'::text, true) AS current_setting)));
create policy jobs on directory.organisation
  for select
  to samaan_jobs
  using (true);
create policy same_country on directory.organisation
  for select
  to samaan_app
  using ((country = ( SELECT current_setting('samaan.country'::text, true) AS current_setting)));
create policy sign_in on directory.organisation
  for select
  to samaan_app
  using ((( SELECT current_setting('samaan.role'::text, true) AS current_setting) = 'sign-in'::text));
CREATE TRIGGER without_addresses AFTER UPDATE OF kind ON directory.organisation FOR EACH ROW WHEN ((new.kind = 'shelter'::text)) EXECUTE FUNCTION directory.without_addresses();
grant insert, select, update on table directory.organisation to samaan_app;
grant select on table directory.organisation to samaan_jobs;

create table directory.service (
  id uuid not null,
  organisation_id uuid not null,
  kind text not null,
  area text,
  languages text[] not null default '{}'::text[],
  active boolean not null default true,
  version integer not null default 1,
  constraint service_pkey PRIMARY KEY (id),
  constraint service_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES directory.organisation(id)
);
alter table directory.service enable row level security;
alter table directory.service force row level security;
CREATE INDEX service_organisation ON directory.service USING btree (organisation_id);
create policy kept on directory.service
  for insert
  to samaan_app
  with check (((( SELECT current_setting('samaan.role'::text, true) AS current_setting) = 'administrator'::text) OR (EXISTS ( SELECT 1
   FROM auth.assignment s
  WHERE ((s.account_id = (NULLIF(( SELECT current_setting('samaan.user'::text, true) AS current_setting), ''::text))::uuid) AND (s.organisation_id = service.organisation_id) AND (s.role = ( SELECT current_setting('samaan.role'::text, true) AS current_setting)) AND (s.until > now()) AND (s.confirmed_at IS NOT NULL) AND (s.role = ANY (ARRAY['intake'::text, 'coordinator'::text, 'provider'::text, 'shelter-manager'::text, 'supervisor'::text])))))));
create policy kept_change on directory.service
  for update
  to samaan_app
  using (((( SELECT current_setting('samaan.role'::text, true) AS current_setting) = 'administrator'::text) OR (EXISTS ( SELECT 1
   FROM auth.assignment s
  WHERE ((s.account_id = (NULLIF(( SELECT current_setting('samaan.user'::text, true) AS current_setting), ''::text))::uuid) AND (s.organisation_id = service.organisation_id) AND (s.role = ( SELECT current_setting('samaan.role'::text, true) AS current_setting)) AND (s.until > now()) AND (s.confirmed_at IS NOT NULL) AND (s.role = ANY (ARRAY['intake'::text, 'coordinator'::text, 'provider'::text, 'shelter-manager'::text, 'supervisor'::text])))))))
  with check (((( SELECT current_setting('samaan.role'::text, true) AS current_setting) = 'administrator'::text) OR (EXISTS ( SELECT 1
   FROM auth.assignment s
  WHERE ((s.account_id = (NULLIF(( SELECT current_setting('samaan.user'::text, true) AS current_setting), ''::text))::uuid) AND (s.organisation_id = service.organisation_id) AND (s.role = ( SELECT current_setting('samaan.role'::text, true) AS current_setting)) AND (s.until > now()) AND (s.confirmed_at IS NOT NULL) AND (s.role = ANY (ARRAY['intake'::text, 'coordinator'::text, 'provider'::text, 'shelter-manager'::text, 'supervisor'::text])))))));
create policy same_country on directory.service
  for select
  to samaan_app
  using ((organisation_id IN ( SELECT o.id
   FROM directory.organisation o)));
CREATE TRIGGER without_address BEFORE INSERT OR UPDATE ON directory.service FOR EACH ROW WHEN ((new.area IS NOT NULL)) EXECUTE FUNCTION directory.without_address();
grant insert, select, update on table directory.service to samaan_app;

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
  constraint case_access_pkey PRIMARY KEY (principal, case_id, basis, basis_id) INCLUDE (compartments, until),
  constraint case_access_basis_check CHECK ((basis = ANY (ARRAY['own'::text, 'assigned'::text, 'holder'::text, 'share'::text]))),
  constraint case_access_compartments_check CHECK (((compartments >= 1) AND (compartments <= 127))),
  constraint case_access_shared_check CHECK (((shared >= 0) AND (shared <= 127)))
);
alter table policy.case_access enable row level security;
alter table policy.case_access force row level security;
CREATE INDEX case_access_case ON policy.case_access USING btree (case_id);
create policy own on policy.case_access
  for select
  to samaan_app
  using (((principal = ANY ((( SELECT current_setting('samaan.principals'::text, true) AS current_setting))::uuid[])) AND ((basis <> 'share'::text) OR (( SELECT current_setting('samaan.role'::text, true) AS current_setting) = ANY (ARRAY['intake'::text, 'provider'::text, 'shelter-manager'::text])))));
grant select on table policy.case_access to samaan_app;

create table policy.case_glimpse (
  principal uuid not null,
  case_id uuid not null,
  basis text not null,
  basis_id uuid not null,
  compartments integer not null,
  until timestamp with time zone not null,
  constraint case_glimpse_pkey PRIMARY KEY (principal, case_id, basis, basis_id) INCLUDE (compartments, until),
  constraint case_glimpse_basis_check CHECK ((basis = ANY (ARRAY['break-glass'::text, 'order'::text, 'vital-interest'::text]))),
  constraint case_glimpse_compartments_check CHECK (((compartments >= 1) AND (compartments <= 127)))
);
alter table policy.case_glimpse enable row level security;
alter table policy.case_glimpse force row level security;
CREATE INDEX case_glimpse_case ON policy.case_glimpse USING btree (case_id);
create policy own on policy.case_glimpse
  for select
  to samaan_app
  using ((principal = ANY ((( SELECT current_setting('samaan.principals'::text, true) AS current_setting))::uuid[])));
grant select on table policy.case_glimpse to samaan_app;

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
  constraint referral_pkey PRIMARY KEY (id),
  constraint referral_check CHECK (((kind = 'identification'::text) OR (service IS NOT NULL))),
  constraint referral_check1 CHECK (((from_organisation <> to_organisation) OR (kind = 'service'::text))),
  constraint referral_kind_check CHECK ((kind = ANY (ARRAY['identification'::text, 'service'::text]))),
  constraint referral_shared_check CHECK (((shared >= 1) AND (shared <= 127))),
  constraint referral_status_check CHECK ((status = ANY (ARRAY['sent'::text, 'acknowledged'::text, 'accepted'::text, 'declined'::text, 'revoked'::text]))),
  constraint referral_urgency_check CHECK ((urgency = ANY (ARRAY['emergency'::text, 'urgent'::text, 'routine'::text]))),
  constraint referral_case_id_fkey FOREIGN KEY (case_id) REFERENCES cases.folder(id),
  constraint referral_consent_id_fkey FOREIGN KEY (consent_id) REFERENCES consent.record(id),
  constraint referral_to_organisation_fkey FOREIGN KEY (to_organisation) REFERENCES directory.organisation(id)
);
alter table referrals.referral enable row level security;
alter table referrals.referral force row level security;
CREATE INDEX referral_case ON referrals.referral USING btree (case_id, id DESC);
CREATE INDEX referral_due ON referrals.referral USING btree (due_at) WHERE (status = ANY (ARRAY['sent'::text, 'acknowledged'::text]));
CREATE INDEX referral_from ON referrals.referral USING btree (from_organisation, id DESC);
CREATE INDEX referral_sender ON referrals.referral USING btree (from_account, id DESC);
CREATE INDEX referral_to ON referrals.referral USING btree (to_organisation, status, id DESC);
CREATE INDEX referral_to_all ON referrals.referral USING btree (to_organisation, id DESC);
create policy answered on referrals.referral
  for update
  to samaan_app
  using (((status = ANY (ARRAY['sent'::text, 'acknowledged'::text])) AND (((( SELECT current_setting('samaan.role'::text, true) AS current_setting) = ANY (ARRAY['intake'::text, 'provider'::text, 'shelter-manager'::text])) AND ((to_organisation = ANY ((( SELECT current_setting('samaan.principals'::text, true) AS current_setting))::uuid[])) OR (from_organisation = ANY ((( SELECT current_setting('samaan.principals'::text, true) AS current_setting))::uuid[])))) OR (from_account = (( SELECT current_setting('samaan.user'::text, true) AS current_setting))::uuid))))
  with check (true);
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
grant insert, select, update (acknowledged_at), update (answered_at), update (answered_by), update (decline_reason), update (sealed_answer), update (status), update (version) on table referrals.referral to samaan_app;
grant select, update (overdue_told) on table referrals.referral to samaan_jobs;

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
  using (((( SELECT current_setting('samaan.role'::text, true) AS current_setting) = 'supervisor'::text) AND (account_id <> (( SELECT current_setting('samaan.user'::text, true) AS current_setting))::uuid) AND (organisation_id IN ( SELECT a.organisation_id
   FROM auth.assignment a
  WHERE ((a.account_id = (( SELECT current_setting('samaan.user'::text, true) AS current_setting))::uuid) AND (a.role = 'supervisor'::text) AND (a.until > now()))))));
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
