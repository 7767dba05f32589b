-- The ground every slice stands on: command replies (idempotency) and the access projection that policies join.
-- Roles samaan_owner, samaan_app, samaan_jobs and samaan_dump exist before the first migration (docs/guide/operator.md).

create schema if not exists platform;
create schema policy;
grant usage on schema platform, policy to samaan_app, samaan_jobs;

-- What a command answered, so that the same command twice is one command. The reply is sealed: it may hold content.
create table platform.command (
  actor uuid not null,
  id uuid not null,
  operation text not null,
  status int not null,
  reply bytea,
  at timestamptz not null default now(),
  primary key (actor, id)
);
alter table platform.command enable row level security;
alter table platform.command force row level security;
create policy own on platform.command to samaan_app
  using (actor = (select current_setting('samaan.user', true))::uuid)
  with check (actor = (select current_setting('samaan.user', true))::uuid);
create policy sweep on platform.command for delete to samaan_jobs using (at < now() - interval '90 days');
create policy sweep_read on platform.command for select to samaan_jobs using (true);
grant select, insert on platform.command to samaan_app;
grant select, delete on platform.command to samaan_jobs;
create index command_at on platform.command (at);

-- Who may see which compartments of which case, until when, and why. A principal is a user or an organisation; one row
-- for each reason, so that ending one reason ends only what it gave. Written only through the functions below; read by
-- every policy, whose sub-selects this table's own policy narrows to the principals of the request.
create table policy.case_access (
  principal uuid not null,
  case_id uuid not null,
  -- own: made it; share: referred to the organisation; holder: the unit that opened it; assigned: in charge of it
  basis text not null check (basis in ('own', 'assigned', 'holder', 'share')),
  -- the referral of a share, else the case
  basis_id uuid not null,
  compartments int not null check (compartments between 1 and 127),
  -- what the person agreed to share for identification, as far as this reason goes (0: a service): what was told stays
  -- closed where it was not shared, also to a unit that writes notes of its own into the same compartment
  shared int not null check (shared between 0 and 127),
  consent_id uuid,
  until timestamptz not null default 'infinity',
  primary key (principal, case_id, basis, basis_id) include (compartments, until)
);
create index case_access_case on policy.case_access (case_id);
alter table policy.case_access enable row level security;
alter table policy.case_access force row level security;
-- What was shared with an organisation is for those who answer for it.
create policy own on policy.case_access for select to samaan_app using (
  principal = any ((select current_setting('samaan.principals', true))::uuid[])
  and (basis <> 'share'
       or (select current_setting('samaan.role', true)) in ('intake', 'provider', 'shelter-manager')));
grant select on policy.case_access to samaan_app;

-- What the people behind this request hold of a case by a reason of their own: what they may pass on.
create function policy.held(of_case uuid) returns int
language sql stable security definer set search_path = pg_catalog as $$
  select bit_or(a.compartments | a.shared) from policy.case_access a
  where a.case_id = of_case and a.until > now() and a.basis <> 'share'
    and a.principal = any (current_setting('samaan.principals', true)::uuid[])
$$;

-- A new case belongs to its maker. A case that anybody has already is not new.
create function policy.make(of_case uuid, given int) returns void
language plpgsql security definer set search_path = pg_catalog as $$
begin
  if exists (select 1 from policy.case_access a where a.case_id = of_case) then
    raise exception using errcode = '23505', message = 'not new';
  end if;
  insert into policy.case_access (principal, case_id, basis, basis_id, compartments, shared)
  values (current_setting('samaan.user', true)::uuid, of_case, 'own', of_case, given, given);
end $$;

-- Shares compartments with an organisation for one referral, on one consent. Nobody shares what they do not hold, and
-- what was shared with somebody is not theirs to pass on: a bug or an injected statement cannot either.
create function policy.share(to_principal uuid, of_case uuid, given int, told int, referral uuid, consent uuid, valid_until timestamptz)
returns void language plpgsql security definer set search_path = pg_catalog as $$
begin
  if (coalesce(policy.held(of_case), 0) & given) <> given or told not in (0, given) then
    raise exception using errcode = '42501', message = 'not held';
  end if;
  insert into policy.case_access (principal, case_id, basis, basis_id, compartments, shared, consent_id, until)
  values (to_principal, of_case, 'share', referral, given, told, consent, valid_until);
end $$;

-- Ends one share: by the organisation itself, by whoever holds the case, or by who sent the referral.
create function policy.unshare(from_principal uuid, of_case uuid, referral uuid) returns void
language plpgsql security definer set search_path = pg_catalog as $$
begin
  if not from_principal = any (current_setting('samaan.principals', true)::uuid[]) and policy.held(of_case) is null
     and not exists (select 1 from referrals.referral r where r.id = unshare.referral and r.case_id = of_case
                     and r.from_account = current_setting('samaan.user', true)::uuid) then
    raise exception using errcode = '42501', message = 'not held';
  end if;
  delete from policy.case_access a
  where a.principal = from_principal and a.case_id = of_case and a.basis = 'share' and a.basis_id = referral;
end $$;

-- Ends everything that stood on a consent that was withdrawn, whoever wrote the withdrawal down.
create function policy.end_consent(of_case uuid, consent uuid) returns void
language plpgsql security definer set search_path = pg_catalog as $$
begin
  if not exists (select 1 from consent.record w where w.withdraws = end_consent.consent and w.case_id = of_case) then
    raise exception using errcode = '42501', message = 'not withdrawn';
  end if;
  delete from policy.case_access a
  where a.case_id = of_case and a.basis = 'share' and a.consent_id = end_consent.consent;
end $$;

-- The competent body takes a case into its hands: one that was referred to it, or that its own member made. The unit's
-- row opens identity, if that was shared, and coded data; care and location belong to the coordinator in charge.
create function policy.hold(unit uuid, of_case uuid, referral uuid) returns void
language plpgsql security definer set search_path = pg_catalog as $$
declare
  given int;
begin
  select bit_or(a.shared) into given from policy.case_access a
  where a.case_id = of_case and a.until > now()
    and (referral is not null and a.principal = unit and a.basis = 'share' and a.basis_id = referral and a.shared <> 0
         or referral is null and a.basis = 'own' and a.principal = current_setting('samaan.user', true)::uuid);
  if given is null or current_setting('samaan.role', true) <> 'intake'
     or not unit = any (current_setting('samaan.principals', true)::uuid[])
     or not exists (select 1 from directory.organisation o where o.id = unit and o.competent
                    and o.country = current_setting('samaan.country', true)) then
    raise exception using errcode = '42501', message = 'not held';
  end if;
  insert into policy.case_access (principal, case_id, basis, basis_id, compartments, shared)
  values (unit, of_case, 'holder', of_case, (given & 1) | 64, given);
end $$;

-- Puts a coordinator of the unit in charge of a case, instead of whoever was: identity if it was shared, notes,
-- location, coded data.
create function policy.assign(to_account uuid, of_case uuid) returns void
language plpgsql security definer set search_path = pg_catalog as $$
declare
  unit policy.case_access;
begin
  select * into unit from policy.case_access a where a.case_id = of_case and a.basis = 'holder';
  if unit.principal is null or policy.held(of_case) is null
     or not exists (select 1 from auth.assignment s where s.account_id = to_account and s.organisation_id = unit.principal
                    and s.role = 'coordinator' and s.until > now()) then
    raise exception using errcode = '42501', message = 'not held';
  end if;
  delete from policy.case_access a where a.case_id = of_case and a.basis = 'assigned';
  insert into policy.case_access (principal, case_id, basis, basis_id, compartments, shared)
  values (to_account, of_case, 'assigned', of_case, (unit.shared & 1) | 2 | 8 | 64, unit.shared);
end $$;

do $$
declare one text;
begin
  foreach one in array array['held(uuid)', 'make(uuid, int)', 'share(uuid, uuid, int, int, uuid, uuid, timestamptz)',
                             'unshare(uuid, uuid, uuid)', 'end_consent(uuid, uuid)', 'hold(uuid, uuid, uuid)',
                             'assign(uuid, uuid)'] loop
    execute format('revoke all on function policy.%s from public', one);
    if one not like 'held%' then execute format('grant execute on function policy.%s to samaan_app', one); end if;
  end loop;
end $$;
