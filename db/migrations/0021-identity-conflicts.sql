-- Two people changed one field of who somebody is, and neither has won. What came late is kept sealed with the case's
-- key for ID until a person has settled it; after that nothing of it is left but that it was.
create table cases.identity_conflict (
  id uuid primary key,
  case_id uuid not null references cases.folder (id),
  -- the field, the value that came late, who wrote it and what it was made on; the value that stands is in cases.identity
  sealed bytea,
  made_at timestamptz not null default now(),
  settled_at timestamptz,
  settled_by uuid references auth.account (id),
  version int not null default 1,
  check ((settled_at is null) = (settled_by is null) and (settled_at is null) = (sealed is not null))
);
create index identity_conflict_case on cases.identity_conflict (case_id) where settled_at is null;
create index identity_conflict_open on cases.identity_conflict (id desc) where settled_at is null;

-- As for who the person is (cases.identity), but not for whom it was only shared with: they may change none of it.
alter table cases.identity_conflict enable row level security;
alter table cases.identity_conflict force row level security;
create policy seen on cases.identity_conflict for select to samaan_app using (
  (select current_setting('samaan.compartments', true))::int & 1 <> 0
  and exists (select 1 from policy.case_access a where a.case_id = identity_conflict.case_id and a.until > now()
    and a.compartments & 1 <> 0 and a.basis <> 'share'));
create policy added on cases.identity_conflict for insert to samaan_app with check (
  exists (select 1 from policy.case_access a where a.case_id = identity_conflict.case_id and a.until > now()
    and a.compartments & 1 <> 0 and a.basis <> 'share'));
create policy changed on cases.identity_conflict for update to samaan_app using (
  (select current_setting('samaan.compartments', true))::int & 1 <> 0
  and exists (select 1 from policy.case_access a where a.case_id = identity_conflict.case_id and a.until > now()
    and a.compartments & 1 <> 0 and a.basis <> 'share'))
  with check (
  exists (select 1 from policy.case_access a where a.case_id = identity_conflict.case_id and a.until > now()
    and a.compartments & 1 <> 0 and a.basis <> 'share'));
grant select, insert on cases.identity_conflict to samaan_app;
grant update (sealed, settled_at, settled_by, version) on cases.identity_conflict to samaan_app;

-- Marks a person as a child. Whoever may say who the person is may find that out, also where the folder is the unit's by
-- now; a child is never made an adult.
create function cases.find_child(of_case uuid) returns boolean
language plpgsql security definer set search_path = pg_catalog as $$
begin
  if current_setting('samaan.compartments', true)::int & 1 = 0
     or not exists (select 1 from policy.case_access a where a.case_id = of_case and a.until > now()
                    and a.principal = any (current_setting('samaan.principals', true)::uuid[])
                    and a.compartments & 1 <> 0 and a.basis <> 'share') then
    raise exception using errcode = '42501', message = 'not held';
  end if;
  update cases.folder f set child = true, version = f.version + 1 where f.id = of_case and not f.child;
  return found;
end $$;
revoke all on function cases.find_child(uuid) from public;
grant execute on function cases.find_child(uuid) to samaan_app;
