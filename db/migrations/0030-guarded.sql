-- Whether anything of a case is hidden from anybody, beside what a request reads by thousands: the folder, and the
-- projection that nearly every policy asks. A row that is not guarded is not looked up; a count is answered from an index.
-- Always worked out from policy.case_hidden, whoever writes the row: nobody unguards a case by writing into it.
alter table cases.folder add column guarded boolean not null default false;
alter table policy.case_access add column guarded boolean not null default false;
comment on column cases.folder.guarded is 'something of it is hidden from somebody; see policy.case_hidden';

create function policy.is_guarded(of_case uuid) returns boolean
language sql stable security definer set search_path = pg_catalog as $$
  select exists (select 1 from policy.case_hidden h where h.case_id = of_case)
$$;
create function policy.guard_folder() returns trigger
language plpgsql security definer set search_path = pg_catalog as $$
begin
  new.guarded := policy.is_guarded(new.id);
  return new;
end $$;
create trigger guard before insert on cases.folder
  for each row when (new.guarded) execute function policy.guard_folder();
create trigger guard_again before update on cases.folder
  for each row when (new.guarded is distinct from old.guarded) execute function policy.guard_folder();
create function policy.guard_access() returns trigger
language plpgsql security definer set search_path = pg_catalog as $$
begin
  new.guarded := policy.is_guarded(new.case_id);
  return new;
end $$;
create trigger guard before insert or update of case_id, guarded on policy.case_access
  for each row execute function policy.guard_access();

create function policy.guard() returns trigger
language plpgsql security definer set search_path = pg_catalog as $$
declare
  touched uuid := coalesce(new.case_id, old.case_id);
  truth boolean := policy.is_guarded(coalesce(new.case_id, old.case_id));
begin
  -- Before the rows, so that a place in the case that is being made waits for this and sees it.
  perform 1 from cases.folder f where f.id = touched for update;
  update cases.folder f set guarded = truth where f.id = touched and f.guarded <> truth;
  update policy.case_access a set guarded = truth where a.case_id = touched and a.guarded <> truth;
  return null;
end $$;
create trigger guard after insert or update or delete on policy.case_hidden
  for each row execute function policy.guard();
revoke all on function policy.is_guarded(uuid), policy.guard_folder(), policy.guard_access(), policy.guard() from public;

update cases.folder f set guarded = true where policy.is_guarded(f.id);
update policy.case_access a set guarded = true where policy.is_guarded(a.case_id);

alter policy hidden on cases.folder using (
  not guarded or not exists (select 1 from policy.case_hidden h where h.case_id = folder.id));
alter policy hidden on policy.case_access using (
  not guarded or not exists (select 1 from policy.case_hidden h where h.case_id = case_access.case_id));

-- Every column that a list or a count by these looks at, so that it need not go to the table.
drop index cases.folder_coordinator, cases.folder_holder, cases.folder_holder_all, cases.folder_holder_urgency;
create index folder_coordinator on cases.folder (coordinator, id desc) include (holder, guarded);
create index folder_holder on cases.folder (holder, status, identification, id desc) include (guarded);
create index folder_holder_all on cases.folder (holder, id desc) include (guarded);
create index folder_holder_urgency on cases.folder (holder, status, urgency, id desc) include (guarded);
alter table policy.case_access drop constraint case_access_pkey;
alter table policy.case_access add constraint case_access_pkey
  primary key (principal, case_id, basis, basis_id) include (compartments, until, guarded);
