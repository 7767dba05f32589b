-- Screenings: what an officer saw and was told. Answers are codes (compartment STA); the story is sealed (SVC).
create schema screening;
grant usage on schema screening to samaan_app;

create table screening.screening (
  id uuid primary key,
  case_id uuid not null references cases.folder (id),
  country text not null,
  agency uuid not null,
  by_account uuid not null,
  holder uuid,
  instrument text not null,
  language text not null,
  interpreter text not null check (interpreter in ('none', 'in-person', 'by-phone')),
  place_safe boolean not null,
  danger boolean not null,
  child boolean not null,
  sector text,
  signs text[] not null,
  answers jsonb not null,
  -- talk further and offer help; never a status
  talk_further boolean not null,
  worried boolean not null,
  sealed_story bytea,
  limits_told uuid not null references consent.record (id),
  said_at timestamptz not null,
  received_at timestamptz not null default now(),
  version int not null default 1
);
create index screening_case on screening.screening (case_id);
create index screening_account on screening.screening (by_account, id desc);
create index screening_agency on screening.screening (agency, id desc);

-- The unit's indicators; each completion is a row, the newest counts.
create table screening.indicators (
  id uuid primary key,
  screening_id uuid not null references screening.screening (id),
  case_id uuid not null,
  profile text not null,
  answers jsonb not null,
  reading text not null,
  by_account uuid not null,
  at timestamptz not null default now()
);
create index indicators_screening on screening.indicators (screening_id, at desc);

alter table screening.screening enable row level security;
alter table screening.screening force row level security;
alter table screening.indicators enable row level security;
alter table screening.indicators force row level security;
create policy seen on screening.screening for select to samaan_app using (
  by_account = (select current_setting('samaan.user', true))::uuid
  or ((select current_setting('samaan.role', true)) in ('intake', 'coordinator', 'decision-maker')
      and exists (select 1 from policy.case_access a where a.case_id = screening.case_id and a.compartments & 64 <> 0
        and a.until > now() and (a.basis <> 'share' or a.shared <> 0))));
create policy written on screening.screening for insert to samaan_app with check (
  by_account = (select current_setting('samaan.user', true))::uuid
  and exists (select 1 from policy.case_access a where a.case_id = screening.case_id and a.basis = 'own' and a.until > now()));
create policy held on screening.indicators to samaan_app using (
  exists (select 1 from policy.case_access a where a.case_id = indicators.case_id and a.until > now()
    and a.basis in ('holder', 'assigned')))
  with check (
  by_account = (select current_setting('samaan.user', true))::uuid
  and exists (select 1 from policy.case_access a where a.case_id = indicators.case_id and a.until > now()
    and a.basis = 'holder'));
grant select, insert on screening.screening, screening.indicators to samaan_app;
