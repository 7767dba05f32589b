-- The consent ledger: append-only. A withdrawal is a new record that names what it ends.
create schema consent;
grant usage on schema consent to samaan_app;

create table consent.record (
  id uuid primary key,
  -- a case of the slice above; no foreign key, because consent stands below cases
  case_id uuid not null,
  kind text not null check (kind in ('limits-told', 'given', 'refused', 'withdrawn')),
  -- which words were read to the person, in which language, and how
  text_version text not null,
  language text not null,
  interpreter text not null check (interpreter in ('none', 'in-person', 'by-phone')),
  explained_by uuid not null,
  given_by text not null check (given_by in ('person', 'guardian', 'support-person')),
  child_assent boolean,
  form text not null check (form in ('oral-certified', 'written', 'recorded')),
  purposes text[] not null default '{}',
  recipients uuid[] not null default '{}',
  compartments int not null default 0 check (compartments between 0 and 127),
  -- what to keep from whom: [{"recipient": uuid, "compartments": mask}]
  withhold jsonb not null default '[]',
  expires_at timestamptz,
  withdraws uuid references consent.record (id),
  said_at timestamptz not null,
  recorded_at timestamptz not null default now(),
  check ((kind = 'withdrawn') = (withdraws is not null)),
  check (kind <> 'given' or (cardinality(recipients) > 0 and cardinality(purposes) > 0 and compartments > 0))
);
create index record_case on consent.record (case_id, recorded_at);
create unique index record_withdraws on consent.record (withdraws);

alter table consent.record enable row level security;
alter table consent.record force row level security;
create policy seen on consent.record for select to samaan_app using (
  (select current_setting('samaan.role', true)) <> 'decision-maker'
  and exists (select 1 from policy.case_access a where a.case_id = record.case_id and a.until > now()));
create policy written on consent.record for insert to samaan_app with check (
  explained_by = (select current_setting('samaan.user', true))::uuid
  and exists (select 1 from policy.case_access a where a.case_id = record.case_id and a.until > now()));
grant select, insert on consent.record to samaan_app;
