-- What everybody may read without an account: public services of organisations that do not shelter people. Who reads says which
-- country's list it is (samaan.listing), is nobody, and is shown these rows and no others.
alter table directory.organisation
  -- the fields of the Human Services Data Specification that have no column of their own
  add column hsds jsonb check (jsonb_typeof(hsds) = 'object'),
  -- kept by the triggers below: a policy of organisations cannot ask the services, whose policies ask the organisations
  add column listed boolean not null default false;
alter table directory.service
  add column hsds jsonb check (jsonb_typeof(hsds) = 'object');
create index service_listed on directory.service (organisation_id) where public and active;
create index organisation_listed on directory.organisation (country, name, id) where listed;

create or replace function directory.without_address() returns trigger
language plpgsql security definer set search_path = pg_catalog as $$
begin
  if exists (select 1 from directory.organisation o where o.id = new.organisation_id and o.kind = 'shelter') then
    new.area := null;
    new.public := false;
    new.hsds := null;
  elsif new.kind = 'safe-accommodation' then
    new.area := null;
    new.public := false;
    new.hsds := new.hsds - '{service_at_locations,service_areas}'::text[];
  end if;
  return new;
end $$;
drop trigger without_address on directory.service;
create trigger without_address before insert or update on directory.service
  for each row when (new.area is not null or new.public or new.hsds is not null) execute function directory.without_address();
create or replace function directory.without_addresses() returns trigger
language plpgsql security definer set search_path = pg_catalog as $$
begin
  update directory.service s set area = null, public = false, hsds = null
  where s.organisation_id = new.id and (s.area is not null or s.public or s.hsds is not null);
  return null;
end $$;

-- Of an organisation that shelters people it is not kept where its houses are.
create function directory.of_organisation() returns trigger
language plpgsql security definer set search_path = pg_catalog as $$
begin
  if new.kind = 'shelter' then
    new.hsds := null;
  elsif new.hsds ? 'locations' and exists (select 1 from directory.service s
      where s.organisation_id = new.id and s.kind = 'safe-accommodation') then
    new.hsds := new.hsds - 'locations';
  end if;
  new.listed := new.active and new.kind <> 'shelter' and exists (select 1 from directory.service s
    where s.organisation_id = new.id and s.public and s.active);
  return new;
end $$;
create trigger of_organisation before insert or update on directory.organisation
  for each row execute function directory.of_organisation();

-- The organisation waits for whoever changes another of its services, and looks again then.
create function directory.of_service() returns trigger
language plpgsql security definer set search_path = pg_catalog as $$
begin
  perform 1 from directory.organisation o where o.id = new.organisation_id for no key update;
  update directory.organisation o set listed = o.listed
  where o.id = new.organisation_id and (o.hsds ? 'locations' or o.listed is distinct from
    (o.active and o.kind <> 'shelter' and exists (select 1 from directory.service s
      where s.organisation_id = o.id and s.public and s.active)));
  return null;
end $$;
create trigger of_new_service after insert on directory.service
  for each row when (new.public or new.kind = 'safe-accommodation') execute function directory.of_service();
create trigger of_service after update on directory.service
  for each row when ((old.public and old.active) is distinct from (new.public and new.active) or new.kind <> old.kind)
  execute function directory.of_service();
revoke all on function directory.of_organisation(), directory.of_service() from public;
update directory.organisation set listed = false;

create policy listed on directory.organisation for select to samaan_app using (
  listed and active and kind <> 'shelter' and country = (select current_setting('samaan.listing', true)));
create policy listed on directory.service for select to samaan_app using (
  public and active and kind <> 'safe-accommodation'
  and organisation_id in (select o.id from directory.organisation o
    where o.listed and o.country = (select current_setting('samaan.listing', true))));
-- An organisation that is listed opens neither its other services nor its roster.
alter policy same_country on directory.service using (organisation_id in (select o.id from directory.organisation o
  where o.country = (select current_setting('samaan.country', true))));
alter policy same_country on directory.on_call using (organisation_id in (select o.id from directory.organisation o
  where o.country = (select current_setting('samaan.country', true))));
grant update (hsds) on directory.organisation, directory.service to samaan_app;
