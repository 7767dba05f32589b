-- A role that opens something of a case, and that of an administrator, works only after a second person confirmed it.
-- What the owner writes (the operator at the command line) stands at once; for the application the policies below decide.
alter table auth.assignment
  -- null: waits for the second person, and gives nothing until then
  add column confirmed_at timestamptz default now(),
  add column confirmed_by uuid,
  -- why the second person refused; the assignment has then ended
  add column refused text check (refused in ('not-known', 'not-their-work', 'wrong-organisation', 'not-needed', 'other')),
  add constraint assignment_two_people check (confirmed_by is distinct from account_id
    and (confirmed_by is null or confirmed_by is distinct from granted_by));

-- What people work with stands as confirmed. Who has not come in yet works with nothing: whoever holds their link could.
update auth.assignment a set confirmed_at = a.granted_at where a.granted_at is distinct from a.confirmed_at;
update auth.assignment a set confirmed_at = null
where a.granted_by is not null and a.until > now()
  and a.role not in ('secretariat', 'analyst', 'trainer', 'fund-officer', 'donor', 'data-protection-officer')
  and exists (select 1 from auth.account p where p.id = a.account_id and p.status = 'invited');

-- The roles that need no second person are named one by one: one that is not known here needs one.
create policy waits on auth.assignment as restrictive for insert to samaan_app
  with check (confirmed_by is null and refused is null
    and (confirmed_at is null
      or role in ('secretariat', 'analyst', 'trainer', 'fund-officer', 'donor', 'data-protection-officer')));
-- What waits is seen by those who may answer it, and counts for nobody else.
create policy waits_read on auth.assignment as restrictive for select to samaan_app
  using (confirmed_at is not null
    or (select current_setting('samaan.role', true)) in ('sign-in', 'administrator', 'supervisor'));

-- The second person: another administrator than the one who asked, or the organisation's own supervisor; never the
-- person themselves. Confirms only for somebody who has come in, so that a link still in other hands opens nothing.
create function auth.answer(of_assignment uuid, refusal text) returns boolean
language plpgsql security definer set search_path = pg_catalog as $$
declare
  me uuid := nullif(current_setting('samaan.user', true), '')::uuid;
begin
  update auth.assignment a
  set confirmed_at = case when refusal is null then now() end,
      confirmed_by = case when refusal is null then me end,
      until = case when refusal is null then a.until else now() end,
      ended_by = case when refusal is null then a.ended_by else me end,
      refused = refusal
  where a.id = of_assignment and a.confirmed_at is null and a.until > now()
    and a.country = current_setting('samaan.country', true)
    and a.account_id <> me and a.granted_by <> me
    and exists (select 1 from auth.assignment s where s.account_id = me and s.country = a.country
                and s.role = current_setting('samaan.role', true) and s.confirmed_at is not null and s.until > now()
                and (s.role = 'administrator' or s.role = 'supervisor' and s.organisation_id = a.organisation_id))
    and (refusal is not null or exists (select 1 from auth.account p where p.id = a.account_id and p.status = 'active'));
  return found;
end $$;
revoke all on function auth.answer(uuid, text) from public;
grant execute on function auth.answer(uuid, text) to samaan_app;

-- A first link for an account whose role works already would let one person in as somebody else.
create policy not_confirmed on auth.invitation as restrictive for insert to samaan_app
  with check (kind <> 'join' or account_id not in (select a.account_id from auth.assignment a
    where a.confirmed_at is not null and a.until > now()
      and a.role not in ('secretariat', 'analyst', 'trainer', 'fund-officer', 'donor', 'data-protection-officer')));

create or replace function auth.actor(hash bytea, idle_minutes int) returns table (
  session uuid, account uuid, assignment uuid, role text, organisation uuid, country text, purpose text,
  strength int, proven_at timestamptz, seen_at timestamptz, demonstration boolean
) language sql stable security definer set search_path = pg_catalog as $$
  select s.id, s.account_id, a.id, a.role, a.organisation_id, a.country, s.purpose, s.strength, s.proven_at, s.seen_at,
         s.demonstration
  from auth.session s
  join auth.account p on p.id = s.account_id and p.status = 'active'
  left join auth.assignment a on a.id = s.assignment_id and a.account_id = s.account_id and a.until > now()
    and a.confirmed_at is not null
    and exists (select 1 from directory.organisation o where o.id = a.organisation_id and o.active)
  where s.token_hash = hash and s.ended_at is null and s.ends_at > now()
    and s.seen_at > now() - make_interval(mins => idle_minutes)
$$;

create or replace function policy.assign(to_account uuid, of_case uuid) returns void
language plpgsql security definer set search_path = pg_catalog as $$
declare
  unit policy.case_access;
begin
  select * into unit from policy.case_access a where a.case_id = of_case and a.basis = 'holder';
  if unit.principal is null or policy.held(of_case) is null
     or not exists (select 1 from auth.assignment s where s.account_id = to_account and s.organisation_id = unit.principal
                    and s.role = 'coordinator' and s.until > now() and s.confirmed_at is not null) then
    raise exception using errcode = '42501', message = 'not held';
  end if;
  delete from policy.case_access a where a.case_id = of_case and a.basis = 'assigned';
  insert into policy.case_access (principal, case_id, basis, basis_id, compartments, shared)
  values (to_account, of_case, 'assigned', of_case, (unit.shared & 1) | 2 | 8 | 64, unit.shared);
end $$;

do $$
declare
  one text;
  keeps text := '((select current_setting(''samaan.role'', true)) = ''administrator'' or exists (select 1 from auth.assignment s
    where s.account_id = nullif((select current_setting(''samaan.user'', true)), '''')::uuid and s.organisation_id = %I.organisation_id
      and s.role = (select current_setting(''samaan.role'', true)) and s.until > now() and s.confirmed_at is not null
      and s.role in (''intake'', ''coordinator'', ''provider'', ''shelter-manager'', ''supervisor'')))';
begin
  foreach one in array array['service', 'on_call'] loop
    execute format('alter policy kept on directory.%I with check (' || keeps || ')', one, one);
  end loop;
  execute format('alter policy kept_change on directory.service using (' || keeps || ') with check (' || keeps || ')', 'service', 'service');
  execute format('alter policy kept_end on directory.on_call using (' || keeps || ')', 'on_call');
end $$;
