-- A case is put in charge of somebody who can sign in, and no service tells where people are sheltered.

-- Puts a coordinator of the unit in charge of a case, instead of whoever was: identity if it was shared, notes,
-- location, coded data. The account is locked for as long, so that one disabled meanwhile is not given a case.
create or replace function policy.assign(to_account uuid, of_case uuid) returns void
language plpgsql security definer set search_path = pg_catalog as $$
declare
  unit policy.case_access;
begin
  select * into unit from policy.case_access a where a.case_id = of_case and a.basis = 'holder';
  perform 1 from auth.account p where p.id = to_account and p.status = 'active' for share;
  if not found or unit.principal is null or policy.held(of_case) is null
     or not exists (select 1 from auth.assignment s where s.account_id = to_account and s.organisation_id = unit.principal
                    and s.role = 'coordinator' and s.until > now() and s.confirmed_at is not null) then
    raise exception using errcode = '42501', message = 'not held';
  end if;
  delete from policy.case_access a where a.case_id = of_case and a.basis = 'assigned';
  insert into policy.case_access (principal, case_id, basis, basis_id, compartments, shared)
  values (to_account, of_case, 'assigned', of_case, (unit.shared & 1) | 2 | 8 | 64, unit.shared);
end $$;

-- On an island a district is an address: what shelters people has no area, whoever writes it and however it came here.
create function directory.without_address() returns trigger
language plpgsql security definer set search_path = pg_catalog as $$
begin
  if new.kind = 'safe-accommodation'
     or exists (select 1 from directory.organisation o where o.id = new.organisation_id and o.kind = 'shelter') then
    new.area := null;
  end if;
  return new;
end $$;
create trigger without_address before insert or update on directory.service
  for each row when (new.area is not null) execute function directory.without_address();

-- The same for what an organisation offered before it became a shelter.
create function directory.without_addresses() returns trigger
language plpgsql security definer set search_path = pg_catalog as $$
begin
  update directory.service s set area = null where s.organisation_id = new.id and s.area is not null;
  return null;
end $$;
create trigger without_addresses after update of kind on directory.organisation
  for each row when (new.kind = 'shelter') execute function directory.without_addresses();
revoke all on function directory.without_address(), directory.without_addresses() from public;

update directory.service s set area = null
where s.area is not null
  and (s.kind = 'safe-accommodation'
       or exists (select 1 from directory.organisation o where o.id = s.organisation_id and o.kind = 'shelter'));
