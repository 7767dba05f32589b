-- Organisations, the services they offer and who is on call. No locations: where a shelter is belongs to compartment LOC.
create schema directory;
grant usage on schema directory to samaan_app, samaan_jobs;

create table directory.organisation (
  id uuid primary key,
  country text not null check (country ~ '^[A-Z]{3}$'),
  kind text not null,
  name text not null,
  languages text[] not null default '{}',
  phone text,
  email text,
  -- the body that the country's law names to decide status
  competent boolean not null default false,
  active boolean not null default true,
  version int not null default 1
);
create unique index organisation_competent on directory.organisation (country) where competent;

create table directory.service (
  id uuid primary key,
  organisation_id uuid not null references directory.organisation (id),
  kind text not null,
  area text,
  languages text[] not null default '{}',
  active boolean not null default true,
  version int not null default 1
);
create index service_organisation on directory.service (organisation_id);

create table directory.on_call (
  id uuid primary key,
  organisation_id uuid not null references directory.organisation (id),
  account_id uuid not null,
  starts_at timestamptz not null,
  ends_at timestamptz not null check (ends_at > starts_at)
);
create index on_call_organisation on directory.on_call (organisation_id, ends_at);

alter table directory.organisation enable row level security;
alter table directory.organisation force row level security;
alter table directory.service enable row level security;
alter table directory.service force row level security;
alter table directory.on_call enable row level security;
alter table directory.on_call force row level security;

create policy same_country on directory.organisation for select to samaan_app
  using (country = (select current_setting('samaan.country', true)));
create policy administered on directory.organisation for insert to samaan_app
  with check ((select current_setting('samaan.role', true)) = 'administrator' and country = (select current_setting('samaan.country', true)));
create policy administered_change on directory.organisation for update to samaan_app
  using ((select current_setting('samaan.role', true)) = 'administrator' and country = (select current_setting('samaan.country', true)))
  with check (country = (select current_setting('samaan.country', true)));
create policy jobs on directory.organisation for select to samaan_jobs using (true);

create policy same_country on directory.service for select to samaan_app
  using (organisation_id in (select o.id from directory.organisation o));
-- The policies of what an organisation's own people keep stand in 0004, beside the assignments they ask for.

create policy same_country on directory.on_call for select to samaan_app
  using (organisation_id in (select o.id from directory.organisation o));

grant select, insert, update on directory.organisation, directory.service to samaan_app;
grant select, insert, delete on directory.on_call to samaan_app;
grant select on directory.organisation to samaan_jobs;
