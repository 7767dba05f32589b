-- Accounts, their ways to sign in, sessions and role assignments. Secrets are hashes or sealed; tokens only as SHA-256.
create schema auth;
grant usage on schema auth to samaan_app, samaan_jobs;

create table auth.account (
  id uuid primary key,
  name text not null,
  email text not null,
  language text not null default 'en',
  -- invited: has no way to sign in yet; active; disabled
  status text not null default 'invited' check (status in ('invited', 'active', 'disabled')),
  created_at timestamptz not null default now(),
  created_by uuid,
  -- a link asked for before this moment no longer opens the account
  disabled_at timestamptz,
  version int not null default 1
);
create unique index account_email on auth.account (lower(email));
create index account_name on auth.account (lower(name), id);

create table auth.assignment (
  id uuid primary key,
  account_id uuid not null references auth.account (id),
  organisation_id uuid not null references directory.organisation (id),
  role text not null,
  country text not null check (country ~ '^[A-Z]{3}$'),
  until timestamptz not null default 'infinity',
  granted_by uuid,
  granted_at timestamptz not null default now(),
  ended_by uuid,
  check (granted_by is distinct from account_id)
);
create index assignment_account on auth.assignment (account_id);
create index assignment_organisation on auth.assignment (organisation_id);

create table auth.passkey (
  credential_id bytea primary key,
  account_id uuid not null references auth.account (id),
  public_key bytea not null,
  counter bigint not null,
  transports text[] not null default '{}',
  label text not null,
  created_at timestamptz not null default now(),
  used_at timestamptz
);
create index passkey_account on auth.passkey (account_id);

create table auth.password (
  account_id uuid primary key references auth.account (id),
  hash text not null,
  totp bytea not null,
  totp_step bigint not null default 0,
  set_at timestamptz not null default now()
);

create table auth.recovery_code (
  account_id uuid not null references auth.account (id),
  hash bytea not null,
  used_at timestamptz,
  primary key (account_id, hash)
);

create table auth.invitation (
  id uuid primary key,
  account_id uuid not null references auth.account (id),
  -- join: first sign-in; recover: lost every way in, needs two people
  kind text not null check (kind in ('join', 'recover')),
  token_hash bytea,
  asked_by uuid not null,
  asked_at timestamptz not null default now(),
  confirmed_by uuid,
  expires_at timestamptz not null,
  used_at timestamptz,
  check (asked_by <> account_id and confirmed_by is distinct from account_id and confirmed_by is distinct from asked_by)
);
create unique index invitation_token on auth.invitation (token_hash);
create index invitation_account on auth.invitation (account_id);

create table auth.session (
  id uuid primary key,
  token_hash bytea not null unique,
  account_id uuid not null references auth.account (id),
  assignment_id uuid references auth.assignment (id),
  purpose text,
  strength int not null check (strength in (1, 2)),
  proven_at timestamptz not null default now(),
  created_at timestamptz not null default now(),
  seen_at timestamptz not null default now(),
  ends_at timestamptz not null,
  ended_at timestamptz,
  -- what the browser calls itself, for the person's own list
  device text not null,
  demonstration boolean not null default false
);
create index session_account on auth.session (account_id, created_at);

-- A browser that signed in before, by a random token: other people's failed tries do not slow it down.
create table auth.device (
  token_hash bytea primary key,
  account_id uuid not null references auth.account (id),
  created_at timestamptz not null default now(),
  used_at timestamptz not null default now()
);
create index device_account on auth.device (account_id, used_at);

-- A challenge waits for its one answer a few minutes; `about` is the account, null only for sign-in.
create table auth.challenge (
  id uuid primary key,
  kind text not null check (kind in ('sign-in', 'invitation', 'passkey', 'password', 'step-up')),
  challenge text not null,
  about uuid,
  -- the TOTP secret offered with it, sealed
  totp bytea,
  expires_at timestamptz not null,
  check (about is not null or kind = 'sign-in')
);
create index challenge_expires on auth.challenge (expires_at);

-- Failed tries by a keyed hash of who tries from where, never by the account alone: nobody can lock out somebody else.
create table auth.throttle (
  bucket bytea primary key,
  failures int not null default 0,
  until timestamptz not null default now()
);

do $$
declare one text;
begin
  foreach one in array array['account', 'assignment', 'passkey', 'password', 'recovery_code', 'invitation', 'session', 'device', 'challenge', 'throttle'] loop
    execute format('alter table auth.%I enable row level security', one);
    execute format('alter table auth.%I force row level security', one);
    -- The steps before there is an actor run under the fence role "sign-in", set by platform/auth only.
    execute format('create policy sign_in on auth.%I to samaan_app using ((select current_setting(''samaan.role'', true)) = ''sign-in'') with check ((select current_setting(''samaan.role'', true)) = ''sign-in'')', one);
  end loop;
  foreach one in array array['passkey', 'password', 'recovery_code', 'session', 'device'] loop
    execute format('create policy own on auth.%I to samaan_app using (account_id = (select current_setting(''samaan.user'', true))::uuid) with check (account_id = (select current_setting(''samaan.user'', true))::uuid)', one);
  end loop;
end $$;
-- The steps of signing in name the organisations that a person can act for.
create policy sign_in on directory.organisation for select to samaan_app
  using ((select current_setting('samaan.role', true)) = 'sign-in');

create policy colleagues on auth.account for select to samaan_app
  using ((select current_setting('samaan.user', true)) <> '');
create policy colleagues on auth.assignment for select to samaan_app
  using (country = (select current_setting('samaan.country', true)));

-- Administrators reach the people of their country, themselves excepted.
create policy administered on auth.account for insert to samaan_app
  with check ((select current_setting('samaan.role', true)) = 'administrator' and status = 'invited'
    and created_by = (select current_setting('samaan.user', true))::uuid);
create policy administered_change on auth.account for update to samaan_app
  using ((select current_setting('samaan.role', true)) = 'administrator'
    and id <> (select current_setting('samaan.user', true))::uuid
    and id in (select a.account_id from auth.assignment a))
  with check (status = 'disabled');

-- Nobody raises their own rights: the database refuses an administrator's assignment to themselves.
create policy administered on auth.assignment for insert to samaan_app
  with check ((select current_setting('samaan.role', true)) = 'administrator'
    and country = (select current_setting('samaan.country', true))
    and organisation_id in (select o.id from directory.organisation o)
    and granted_by = (select current_setting('samaan.user', true))::uuid
    and account_id <> (select current_setting('samaan.user', true))::uuid);
create policy administered_end on auth.assignment for update to samaan_app
  using ((select current_setting('samaan.role', true)) = 'administrator'
    and country = (select current_setting('samaan.country', true))
    and account_id <> (select current_setting('samaan.user', true))::uuid)
  with check (until <= now() and ended_by = (select current_setting('samaan.user', true))::uuid);

-- A first link is made by one administrator, for somebody who has no way in yet. A link that replaces every way in
-- needs two people: one asks and gets none, another confirms.
create policy own on auth.invitation for select to samaan_app
  using (account_id = (select current_setting('samaan.user', true))::uuid);
create policy administered on auth.invitation for select to samaan_app
  using ((select current_setting('samaan.role', true)) in ('administrator', 'supervisor')
    and account_id in (select a.account_id from auth.assignment a));
create policy administered_join on auth.invitation for insert to samaan_app
  with check ((select current_setting('samaan.role', true)) = 'administrator' and kind = 'join'
    and asked_by = (select current_setting('samaan.user', true))::uuid
    and account_id in (select p.id from auth.account p where p.status = 'invited')
    and account_id in (select a.account_id from auth.assignment a));
create policy asked on auth.invitation for insert to samaan_app
  with check ((select current_setting('samaan.role', true)) in ('administrator', 'supervisor') and kind = 'recover'
    and token_hash is null and confirmed_by is null
    and asked_by = (select current_setting('samaan.user', true))::uuid
    and account_id in (select a.account_id from auth.assignment a));
create policy replaced on auth.invitation for update to samaan_app
  using ((select current_setting('samaan.role', true)) = 'administrator' and kind = 'join'
    and account_id in (select a.account_id from auth.assignment a))
  with check (kind = 'join' and expires_at <= now());
create policy confirmed on auth.invitation for update to samaan_app
  using ((select current_setting('samaan.role', true)) in ('administrator', 'supervisor') and kind = 'recover'
    and confirmed_by is null and used_at is null
    and asked_by <> (select current_setting('samaan.user', true))::uuid
    and account_id <> (select current_setting('samaan.user', true))::uuid
    and account_id in (select a.account_id from auth.assignment a))
  with check (kind = 'recover' and confirmed_by = (select current_setting('samaan.user', true))::uuid and used_at is null);

create policy administered on auth.session for select to samaan_app
  using ((select current_setting('samaan.role', true)) = 'administrator'
    and account_id in (select a.account_id from auth.assignment a));
create policy administered_end on auth.session for update to samaan_app
  using ((select current_setting('samaan.role', true)) = 'administrator'
    and account_id in (select a.account_id from auth.assignment a))
  with check (ended_at is not null);
create policy sweep on auth.challenge to samaan_jobs using (expires_at < now());
create policy sweep on auth.throttle to samaan_jobs using (until < now() - interval '1 day');

-- Column by column: whose an assignment is, an account's name, who asked for a link never change.
grant select, insert on all tables in schema auth to samaan_app;
grant update (language, status, disabled_at, version) on auth.account to samaan_app;
grant update (until, ended_by) on auth.assignment to samaan_app;
grant update (counter, used_at) on auth.passkey to samaan_app;
grant update (hash, totp, totp_step, set_at) on auth.password to samaan_app;
grant update (used_at) on auth.recovery_code, auth.device to samaan_app;
grant update (token_hash, confirmed_by, expires_at, used_at) on auth.invitation to samaan_app;
grant update (token_hash, assignment_id, purpose, strength, proven_at, ended_at) on auth.session to samaan_app;
grant update (failures, until) on auth.throttle to samaan_app;
-- Locking a row to delete it asks for a column that may be updated.
grant update (expires_at) on auth.challenge to samaan_app;
grant delete on auth.passkey, auth.recovery_code, auth.device, auth.challenge, auth.throttle, auth.password to samaan_app;
grant select, delete on auth.challenge, auth.throttle to samaan_jobs;

-- The one question every request asks: who is behind this token, if the session still stands.
create function auth.actor(hash bytea, idle_minutes int) returns table (
  session uuid, account uuid, assignment uuid, role text, organisation uuid, country text, purpose text,
  strength int, proven_at timestamptz, seen_at timestamptz, demonstration boolean
) language sql stable security definer set search_path = pg_catalog as $$
  select s.id, s.account_id, a.id, a.role, a.organisation_id, a.country, s.purpose, s.strength, s.proven_at, s.seen_at,
         s.demonstration
  from auth.session s
  join auth.account p on p.id = s.account_id and p.status = 'active'
  left join auth.assignment a on a.id = s.assignment_id and a.account_id = s.account_id and a.until > now()
    and exists (select 1 from directory.organisation o where o.id = a.organisation_id and o.active)
  where s.token_hash = hash and s.ended_at is null and s.ends_at > now()
    and s.seen_at > now() - make_interval(mins => idle_minutes)
$$;
create function auth.seen(session_id uuid) returns void
language sql security definer set search_path = pg_catalog as $$
  update auth.session set seen_at = now() where id = session_id and ended_at is null
$$;
revoke all on function auth.actor(bytea, int), auth.seen(uuid) from public;
grant execute on function auth.actor(bytea, int), auth.seen(uuid) to samaan_app;

-- Who keeps an organisation's services and roster: the administrator, and its own people who work with services.
do $$
declare
  one text;
  keeps text := '((select current_setting(''samaan.role'', true)) = ''administrator'' or exists (select 1 from auth.assignment s
    where s.account_id = nullif((select current_setting(''samaan.user'', true)), '''')::uuid and s.organisation_id = %I.organisation_id
      and s.role = (select current_setting(''samaan.role'', true)) and s.until > now()
      and s.role in (''intake'', ''coordinator'', ''provider'', ''shelter-manager'', ''supervisor'')))';
begin
  foreach one in array array['service', 'on_call'] loop
    execute format('create policy kept on directory.%I for insert to samaan_app with check (' || keeps || ')', one, one);
  end loop;
  execute format('create policy kept_change on directory.service for update to samaan_app using (' || keeps || ') with check (' || keeps || ')', 'service', 'service');
  execute format('create policy kept_end on directory.on_call for delete to samaan_app using (' || keeps || ')', 'on_call');
end $$;
