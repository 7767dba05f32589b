-- What a service is, for whom, when it is open and how to ask for it, and how many of its places are free tonight.
alter table directory.service
  add column name text,
  add column description text,
  -- for whom; an empty list and null ask for nothing
  add column sexes text[] not null default '{}',
  add column min_age int check (min_age between 0 and 130),
  add column max_age int check (max_age between 0 and 130),
  -- whether people may bring their children; null: nobody said
  add column with_children boolean,
  add column nationalities text[] not null default '{}',
  add column residence text[] not null default '{}',
  add column exploitation text[] not null default '{}',
  add column access_needs text[] not null default '{}',
  add column cost text check (cost in ('free', 'reduced', 'full')),
  add column how_to_ask text[] not null default '{}',
  -- a list of {days, from, to}; null: nobody said
  add column hours jsonb,
  add column open_on_holidays boolean not null default false,
  -- of interpreters: who comes, and who vouched for them
  add column interpreter_sexes text[] not null default '{}',
  add column vouched_by text,
  -- shown to everybody, without an account; never of what shelters people
  add column public boolean not null default false,
  add column changed_at timestamptz not null default now(),
  add check (max_age >= min_age);
create index service_kind on directory.service (kind, organisation_id) where active;

-- What shelters people is in no public list, whoever writes it down.
create or replace function directory.without_address() returns trigger
language plpgsql security definer set search_path = pg_catalog as $$
begin
  if new.kind = 'safe-accommodation'
     or exists (select 1 from directory.organisation o where o.id = new.organisation_id and o.kind = 'shelter') then
    new.area := null;
    new.public := false;
  end if;
  return new;
end $$;
drop trigger without_address on directory.service;
create trigger without_address before insert or update on directory.service
  for each row when (new.area is not null or new.public) execute function directory.without_address();
create or replace function directory.without_addresses() returns trigger
language plpgsql security definer set search_path = pg_catalog as $$
begin
  update directory.service s set area = null, public = false
  where s.organisation_id = new.id and (s.area is not null or s.public);
  return null;
end $$;

-- Places by kind: how many there are, and how many are free now, as the people of the service last said.
create table directory.place (
  service_id uuid not null references directory.service (id),
  kind text not null check (kind in ('woman', 'man', 'family', 'child', 'anybody')),
  total int not null check (total between 0 and 1000),
  free int not null check (free between 0 and total),
  told_at timestamptz not null default now(),
  version int not null default 1,
  primary key (service_id, kind)
);
create index place_free on directory.place (kind, service_id) where free > 0;
alter table directory.place enable row level security;
alter table directory.place force row level security;
-- Who asks for places for people, and who keeps them. Nobody else learns how full a shelter is.
create policy asked on directory.place for select to samaan_app using (
  (select current_setting('samaan.role', true)) in ('officer', 'intake', 'coordinator', 'provider', 'shelter-manager', 'supervisor')
  and service_id in (select s.id from directory.service s));
do $$
declare
  keeps text := $q$service_id in (select s.id from directory.service s join auth.working w on w.organisation_id = s.organisation_id
    where w.role in ('intake', 'coordinator', 'provider', 'shelter-manager', 'supervisor'))$q$;
begin
  execute 'create policy kept on directory.place for insert to samaan_app with check (' || keeps || ')';
  execute 'create policy kept_change on directory.place for update to samaan_app using (' || keeps || ') with check (' || keeps || ')';
end $$;
grant update (area, languages, name, description, sexes, min_age, max_age, with_children, nationalities, residence, exploitation,
  access_needs, cost, how_to_ask, hours, open_on_holidays, interpreter_sexes, vouched_by, public, changed_at)
  on directory.service to samaan_app;
grant select, insert on directory.place to samaan_app;
grant update (total, free, told_at, version) on directory.place to samaan_app;
