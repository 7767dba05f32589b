-- Phones that work without signal: the devices that may hand in finished work, and what became of what they handed in.
-- A device reads nothing with its credential; its parcels are done as their maker, or wait for a person to look at them.
create schema sync;
grant usage on schema sync to samaan_app;

create table sync.device (
  id uuid primary key,
  account_id uuid not null references auth.account (id),
  -- the role that its parcels are done in
  assignment_id uuid not null references auth.assignment (id),
  organisation_id uuid not null references directory.organisation (id),
  country text not null check (country ~ '^[A-Z]{3}$'),
  -- what its owner calls it
  label text not null,
  -- SHA-256 of 256 random bits
  credential_hash bytea not null check (length(credential_hash) = 32),
  -- ECDSA P-256 as SPKI: only an unlocked phone has the other half
  public_key bytea not null check (length(public_key) = 91),
  made_at timestamptz not null default now(),
  seen_at timestamptz not null default now(),
  revoked_at timestamptz,
  revoked_by uuid,
  check ((revoked_at is null) = (revoked_by is null))
);
create index device_account on sync.device (account_id, made_at desc);
create index device_organisation on sync.device (organisation_id);

-- One command that came from a device. Its id is the command's own, so that the same parcel twice is one parcel.
create table sync.parcel (
  device_id uuid not null references sync.device (id),
  id uuid not null,
  received_at timestamptz not null default now(),
  -- null when it could not be opened
  operation text,
  state text not null check (state in ('done', 'refused', 'quarantined', 'discarded')),
  -- why it was refused or quarantined: codes only
  code text,
  fields jsonb not null default '[]',
  -- as it came, sealed to the server; gone when it is done or discarded
  sealed bytea,
  -- of the sealed bytes: whether what comes again is the same
  sha256 bytea not null check (length(sha256) = 32),
  decided_by uuid,
  decided_at timestamptz,
  primary key (device_id, id),
  check ((sealed is not null) = (state in ('refused', 'quarantined'))),
  check ((code is not null) or state in ('done', 'discarded'))
);
create index parcel_kept on sync.parcel (device_id) where sealed is not null;
create index parcel_quarantined on sync.parcel (id desc) where state = 'quarantined';

do $$
declare one text;
begin
  foreach one in array array['device', 'parcel'] loop
    execute format('alter table sync.%I enable row level security', one);
    execute format('alter table sync.%I force row level security', one);
    -- A device has no session: what it asks runs under the fence role "sign-in", as every step before there is an actor.
    execute format('create policy sign_in on sync.%I to samaan_app using ((select current_setting(''samaan.role'', true)) = ''sign-in'') with check ((select current_setting(''samaan.role'', true)) = ''sign-in'')', one);
  end loop;
end $$;

create policy own on sync.device to samaan_app
  using (account_id = nullif((select current_setting('samaan.user', true)), '')::uuid)
  with check (account_id = nullif((select current_setting('samaan.user', true)), '')::uuid);
-- Administrators reach the phones of the people they administer: to see which there are, and to end one.
create policy administered on sync.device for select to samaan_app
  using ((select current_setting('samaan.role', true)) = 'administrator'
    and country = (select current_setting('samaan.country', true)));
create policy administered_end on sync.device for update to samaan_app
  using ((select current_setting('samaan.role', true)) = 'administrator'
    and country = (select current_setting('samaan.country', true)))
  with check (revoked_by = (select current_setting('samaan.user', true))::uuid);
-- A supervisor looks at what waits in their own organisation, never at their own.
create policy supervised on sync.device for select to samaan_app
  using ((select current_setting('samaan.role', true)) = 'supervisor'
    and account_id <> (select current_setting('samaan.user', true))::uuid
    and organisation_id in (select a.organisation_id from auth.assignment a
      where a.account_id = (select current_setting('samaan.user', true))::uuid and a.role = 'supervisor' and a.until > now()));
create policy supervised on sync.parcel for select to samaan_app
  using ((select current_setting('samaan.role', true)) = 'supervisor' and state <> 'done'
    and device_id in (select d.id from sync.device d
      where d.account_id <> (select current_setting('samaan.user', true))::uuid));
-- The row may be seen afterwards too, or the change would be refused.
create policy supervised_decided on sync.parcel for select to samaan_app
  using ((select current_setting('samaan.role', true)) = 'supervisor'
    and decided_by = (select current_setting('samaan.user', true))::uuid);
create policy supervised_decide on sync.parcel for update to samaan_app
  using ((select current_setting('samaan.role', true)) = 'supervisor' and state = 'quarantined'
    and device_id in (select d.id from sync.device d
      where d.account_id <> (select current_setting('samaan.user', true))::uuid))
  with check (decided_by = (select current_setting('samaan.user', true))::uuid);

-- Whose a device is, its key and its credential never change.
grant select, insert on sync.device, sync.parcel to samaan_app;
grant update (seen_at, revoked_at, revoked_by) on sync.device to samaan_app;
grant update (received_at, operation, state, code, fields, sealed, sha256, decided_by, decided_at) on sync.parcel to samaan_app;
