-- Instruments that a country edits in a spreadsheet, and the interviews that were held with them. What ships with the
-- software is not in here; a country's published version of the same code stands before it.
create table screening.instrument (
  country text not null check (country ~ '^[A-Z]{3}$'),
  code text not null check (code ~ '^[a-z0-9][a-z0-9.-]{0,63}$'),
  version text not null check (version ~ '^[0-9A-Za-z][0-9A-Za-z._-]{0,31}$'),
  status text not null default 'draft' check (status in ('draft', 'published', 'withdrawn')),
  -- the form, its rules, and what is known of both: words and questions, nothing about anybody
  definition jsonb not null,
  rules jsonb not null,
  about jsonb not null,
  made_by uuid not null references auth.account (id),
  made_at timestamptz not null default now(),
  published_by uuid references auth.account (id),
  published_at timestamptz,
  withdrawn_by uuid references auth.account (id),
  withdrawn_at timestamptz,
  -- grows with each change, for If-Match; `version` is the author's
  revision int not null default 1,
  primary key (country, code, version),
  check (published_by is distinct from made_by or published_by is null),
  check ((published_by is null) = (published_at is null)),
  check ((withdrawn_by is null) = (withdrawn_at is null)),
  check ((status = 'draft') = (published_at is null and withdrawn_at is null)),
  check ((status = 'withdrawn') = (withdrawn_at is not null)),
  check (status <> 'published' or published_at is not null)
);
create index instrument_published on screening.instrument (country, code, published_at desc);

-- One interview with one instrument. Findings are codes (STA); what was told, and how it reads, is sealed (SVC).
create table screening.interview (
  id uuid primary key,
  case_id uuid not null references cases.folder (id),
  country text not null,
  agency uuid not null,
  by_account uuid not null,
  instrument text not null,
  instrument_version text not null,
  language text not null,
  interpreter text not null check (interpreter in ('none', 'in-person', 'by-phone')),
  -- with whom the person would rather talk
  interviewer text not null check (interviewer in ('woman', 'man', 'either')),
  limits_told uuid not null references consent.record (id),
  -- answers, the reading of each rule with its words, and who wrote it where it was on paper
  sealed bytea not null,
  findings text[] not null,
  said_at timestamptz not null,
  received_at timestamptz not null default now(),
  -- written on paper first, and typed in later by `by_account`
  on_paper boolean not null,
  written_at timestamptz,
  check (on_paper = (written_at is not null))
);
create index interview_case on screening.interview (case_id, said_at);
create index interview_account on screening.interview (by_account, id desc);

-- A person reads a finding otherwise than the rule does. Append-only: the finding and the override both stay.
create table screening.override (
  id uuid primary key,
  interview_id uuid not null references screening.interview (id),
  case_id uuid not null references cases.folder (id),
  finding text not null,
  -- what the person says it is
  holds boolean not null,
  reason text not null check (reason in ('misunderstood', 'told-otherwise', 'seen-otherwise', 'other')),
  sealed_why bytea not null,
  by_account uuid not null,
  at timestamptz not null default now()
);
create index override_interview on screening.override (interview_id, at);

do $$
declare one text;
begin
  foreach one in array array['instrument', 'interview', 'override'] loop
    execute format('alter table screening.%I enable row level security', one);
    execute format('alter table screening.%I force row level security', one);
  end loop;
end $$;

-- Whatever was published once may be read, so that an interview held with it before it was withdrawn still counts.
create policy seen on screening.instrument for select to samaan_app using (
  country = (select current_setting('samaan.country', true))
  and (published_at is not null or (select current_setting('samaan.role', true)) in ('supervisor', 'administrator')));
create policy made on screening.instrument for insert to samaan_app with check (
  country = (select current_setting('samaan.country', true)) and status = 'draft'
  and (select current_setting('samaan.role', true)) in ('supervisor', 'administrator')
  and made_by = (select current_setting('samaan.user', true))::uuid);
-- Every change says whose it is: a new draft its maker, a publication its publisher, a withdrawal who withdrew it.
create policy changed on screening.instrument for update to samaan_app using (
  country = (select current_setting('samaan.country', true))
  and (select current_setting('samaan.role', true)) in ('supervisor', 'administrator') and status <> 'withdrawn')
  with check (
  country = (select current_setting('samaan.country', true))
  and case status
    when 'draft' then made_by
    when 'published' then published_by
    else withdrawn_by
  end = (select current_setting('samaan.user', true))::uuid);

-- Row-level security does not see what a row was. Two people stand behind what is published, so whoever publishes it
-- changes none of its words and not whose they are; and what was published is never a draft again.
create function screening.keep_instrument() returns trigger language plpgsql set search_path = '' as $$
begin
  if new.status <> 'draft' and (new.definition, new.rules, new.about, new.made_by, new.made_at)
    is distinct from (old.definition, old.rules, old.about, old.made_by, old.made_at)
    or new.status = 'draft' and old.status <> 'draft'
    or old.published_at is not null and (new.published_by, new.published_at) is distinct from (old.published_by, old.published_at)
  then
    raise exception 'a version that is not a draft keeps its words' using errcode = '42501';
  end if;
  return new;
end $$;
revoke all on function screening.keep_instrument() from public;
create trigger keep before update on screening.instrument for each row execute function screening.keep_instrument();

create policy seen on screening.interview for select to samaan_app using (
  by_account = (select current_setting('samaan.user', true))::uuid
  or ((select current_setting('samaan.role', true)) in ('intake', 'coordinator', 'decision-maker')
      and exists (select 1 from policy.case_access a where a.case_id = interview.case_id and a.compartments & 64 <> 0
        and a.until > now() and (a.basis <> 'share' or a.shared <> 0))));
create policy written on screening.interview for insert to samaan_app with check (
  by_account = (select current_setting('samaan.user', true))::uuid
  and country = (select current_setting('samaan.country', true))
  and exists (select 1 from policy.case_access a where a.case_id = interview.case_id and a.basis <> 'share'
    and a.until > now()));
create policy seen on screening.override for select to samaan_app using (
  exists (select 1 from screening.interview i where i.id = override.interview_id));
create policy written on screening.override for insert to samaan_app with check (
  by_account = (select current_setting('samaan.user', true))::uuid
  and exists (select 1 from screening.interview i where i.id = override.interview_id and i.case_id = override.case_id)
  and exists (select 1 from policy.case_access a where a.case_id = override.case_id and a.basis <> 'share'
    and a.until > now()));

grant select, insert on screening.instrument, screening.interview, screening.override to samaan_app;
grant update (status, definition, rules, about, made_by, made_at, published_by, published_at, withdrawn_by, withdrawn_at, revision)
  on screening.instrument to samaan_app;
