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

-- Who may see which compartments of which case, until when. A principal is a user or an organisation.
-- Written only through the functions below; read by every policy.
create table policy.case_access (
  principal uuid not null,
  case_id uuid not null,
  compartments int not null check (compartments between 1 and 127),
  until timestamptz not null default 'infinity',
  basis text not null check (basis in ('own', 'assigned', 'holder', 'share')),
  basis_id uuid,
  primary key (principal, case_id) include (compartments, until)
);
create index case_access_case on policy.case_access (case_id);
alter table policy.case_access enable row level security;
alter table policy.case_access force row level security;
create policy own on policy.case_access for select to samaan_app
  using (principal = any ((select current_setting('samaan.principals', true))::uuid[]));
grant select on policy.case_access to samaan_app;

-- Gives a principal compartments of a case. The giver must hold them (or be the maker of a case nobody holds yet):
-- a bug or an injected statement cannot hand out what the request itself could not see.
create function policy.give(to_principal uuid, of_case uuid, given int, valid_until timestamptz, why text, why_id uuid)
returns void language plpgsql security definer set search_path = pg_catalog as $$
declare
  givers uuid[] := current_setting('samaan.principals', true)::uuid[];
  held int;
begin
  select bit_or(a.compartments) into held
  from policy.case_access a
  where a.case_id = of_case and a.principal = any (givers) and a.until > now();
  if held is null then
    if to_principal is distinct from current_setting('samaan.user', true)::uuid or why <> 'own'
       or exists (select 1 from policy.case_access a where a.case_id = of_case) then
      raise exception using errcode = '42501', message = 'not held';
    end if;
  elsif (held & given) <> given then
    raise exception using errcode = '42501', message = 'not held';
  end if;
  insert into policy.case_access as a (principal, case_id, compartments, until, basis, basis_id)
  values (to_principal, of_case, given, valid_until, why, why_id)
  on conflict (principal, case_id) do update
    set compartments = a.compartments | excluded.compartments,
        until = greatest(a.until, excluded.until),
        basis = case when excluded.basis = 'share' then a.basis else excluded.basis end,
        basis_id = coalesce(excluded.basis_id, a.basis_id);
end $$;

-- Takes a principal's access away at once: withdrawal, hand-over, end of an assignment.
create function policy.take(from_principal uuid, of_case uuid, why text)
returns void language plpgsql security definer set search_path = pg_catalog as $$
begin
  if not exists (
    select 1 from policy.case_access a
    where a.case_id = of_case and a.until > now()
      and a.principal = any (current_setting('samaan.principals', true)::uuid[])
  ) then
    raise exception using errcode = '42501', message = 'not held';
  end if;
  delete from policy.case_access a where a.principal = from_principal and a.case_id = of_case and a.basis = why;
end $$;
revoke all on function policy.give(uuid, uuid, int, timestamptz, text, uuid) from public;
revoke all on function policy.take(uuid, uuid, text) from public;
grant execute on function policy.give(uuid, uuid, int, timestamptz, text, uuid), policy.take(uuid, uuid, text)
  to samaan_app;
