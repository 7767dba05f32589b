-- What health workers write of a person whom they treat. It stays with the organisation that wrote it, unless the person agrees
-- that somebody else reads it, or a court orders it. The words are sealed with the case's key for HLT, and so is every place and
-- day in them. Whether a consent stands is looked up in the ledger at each reading, not copied: what is withdrawn is closed.
create schema health;
grant usage on schema health to samaan_app;

create table health.note (
  id uuid primary key,
  case_id uuid not null references cases.folder (id),
  organisation_id uuid not null references directory.organisation (id),
  about text not null check (about in ('findings', 'treatment', 'medicine', 'appointment', 'advice')),
  sealed bytea not null,
  -- Never changed: who was wrong writes again, and what it corrects stays beside it.
  corrects uuid unique,
  by_account uuid not null references auth.account (id),
  at timestamptz not null default now(),
  check (corrects is distinct from id),
  unique (id, case_id, organisation_id),
  -- One's own organisation's, of the same person.
  foreign key (corrects, case_id, organisation_id) references health.note (id, case_id, organisation_id)
);
create index note_case on health.note (case_id, at);

alter table health.note enable row level security;
alter table health.note force row level security;
-- Who treats the person: a health worker of an organisation that took on a referral which stands. Of shares everybody sees those
-- of their own organisation alone.
create policy own on health.note for select to samaan_app using (
  (select current_setting('samaan.role', true)) = 'provider'
  and exists (select 1 from policy.case_access a where a.case_id = note.case_id and a.until > now()
    and a.accepted and a.principal = note.organisation_id));
create policy written on health.note for insert to samaan_app with check (
  (select current_setting('samaan.role', true)) = 'provider'
  and by_account = nullif((select current_setting('samaan.user', true)), '')::uuid
  and exists (select 1 from directory.organisation o where o.id = note.organisation_id and o.kind = 'health')
  and exists (select 1 from policy.case_access a where a.case_id = note.case_id and a.until > now()
    and a.accepted and a.principal = note.organisation_id));
-- Who else cares for the person, while a consent to services says so by the name of their organisation.
create policy agreed on health.note for select to samaan_app using (
  (select current_setting('samaan.role', true)) in ('coordinator', 'provider', 'shelter-manager')
  and (select current_setting('samaan.compartments', true))::int & 4 <> 0
  and exists (select 1 from policy.case_access a
    join consent.record r on r.case_id = a.case_id
      and r.recipients @> array[case when a.basis = 'assigned'
        then nullif((select current_setting('samaan.organisation', true)), '')::uuid else a.principal end]
    where a.case_id = note.case_id and a.until > now()
      and case when (select current_setting('samaan.role', true)) = 'coordinator' then a.basis = 'assigned'
        else a.accepted end
      and r.kind = 'given' and 'services' = any (r.purposes) and r.compartments & 4 <> 0
      and (r.expires_at is null or r.expires_at > now())
      and not exists (select 1 from consent.record w where w.withdraws = r.id)
      and not exists (select 1 from jsonb_array_elements(r.withhold) kept
        where (kept ->> 'compartments')::int & 4 <> 0
          and kept ->> 'recipient' = (case when a.basis = 'assigned'
            then (select current_setting('samaan.organisation', true)) else a.principal::text end))));
-- Whom an order of a court, or a vital interest, names: never by broken glass. Both are seen in the role that they name.
create policy ordered on health.note for select to samaan_app using (
  exists (select 1 from policy.case_glimpse g where g.case_id = note.case_id and g.until > now()
    and g.basis in ('order', 'vital-interest') and g.compartments & 4 <> 0));
call policy.hide('health.note', 'case_id');
grant select on health.note to samaan_app;
grant insert (id, case_id, organisation_id, about, sealed, corrects, by_account, at) on health.note to samaan_app;

-- That something was written is in the history for those alone who may read it.
create policy noted on cases.timeline for insert to samaan_app with check (
  event = 'health.noted'
  and account_id = nullif((select current_setting('samaan.user', true)), '')::uuid
  and (select current_setting('samaan.role', true)) = 'provider'
  and exists (select 1 from policy.case_access a where a.case_id = timeline.case_id and a.until > now()
    and a.accepted));
create policy of_health on cases.timeline as restrictive for select to samaan_app using (
  event <> 'health.noted' or exists (select 1 from health.note n where n.case_id = timeline.case_id));
