-- A case that no unit ever opened can be erased too: there is nobody in charge of it, so the decision-makers of the country's
-- competent body are the second person. They learn of it by the proposal alone: its reference and the reason that was given.
alter table oversight.erasure add column unheld boolean not null default false;

drop policy seen on oversight.erasure;
create policy seen on oversight.erasure for select to samaan_app using (
  country = (select current_setting('samaan.country', true))
  and ((select current_setting('samaan.role', true)) = 'data-protection-officer'
    or (select current_setting('samaan.role', true)) in ('coordinator', 'decision-maker')
       and exists (select 1 from policy.case_access a where a.case_id = erasure.case_id and a.until > now()
         and a.basis in ('assigned', 'holder'))
    or unheld and state = 'proposed' and (select current_setting('samaan.role', true)) = 'decision-maker'
       and exists (select 1 from directory.organisation o
         where o.id = any ((select current_setting('samaan.principals', true))::uuid[]) and o.competent)));

-- Whether who asks decides for the country's competent body, and this case, which no unit holds, is proposed to be erased.
create function oversight.answers_for_unheld(of_case uuid) returns boolean
language sql stable security definer set search_path = pg_catalog as $$
  select oversight.works_as('{decision-maker}') and not policy.is_hidden(of_case, oversight.me())
    and exists (select 1 from cases.folder f join directory.organisation o on o.country = f.country and o.competent
      where f.id = of_case and f.holder is null and f.country = current_setting('samaan.country', true)
        and o.id = any (current_setting('samaan.principals', true)::uuid[]))
    and exists (select 1 from oversight.erasure e where e.case_id = of_case and e.unheld and e.state = 'proposed')
$$;
revoke all on function oversight.answers_for_unheld(uuid) from public;

create or replace function oversight.answers_for(of_case uuid) returns boolean
language sql stable security definer set search_path = pg_catalog as $$
  select oversight.works_as('{coordinator,decision-maker}') and not policy.is_hidden(of_case, oversight.me())
    and exists (select 1 from policy.case_access a where a.case_id = of_case and a.until > now()
      and (current_setting('samaan.role', true) = 'coordinator' and a.basis = 'assigned' and a.principal = oversight.me()
        or current_setting('samaan.role', true) = 'decision-maker' and a.basis = 'holder'
           and a.principal = any (current_setting('samaan.principals', true)::uuid[])))
    or oversight.answers_for_unheld(of_case)
$$;
create or replace function oversight.seconds(of_case uuid) returns setof uuid
language sql stable security definer set search_path = pg_catalog as $$
  select f.coordinator from cases.folder f where f.id = of_case and f.coordinator is not null
  union
  select s.account_id from cases.folder f
  join directory.organisation o on o.id = f.holder or f.holder is null and o.competent and o.country = f.country
  join auth.assignment s on s.organisation_id = o.id and s.role = 'decision-maker'
    and s.confirmed_at is not null and s.until > now()
  join auth.account p on p.id = s.account_id and p.status = 'active'
  where f.id = of_case
$$;
create or replace function oversight.shells(of_cases uuid[]) returns table (case_id uuid, reference text, slot bigint)
language sql stable security definer set search_path = pg_catalog as $$
  select f.id, f.reference, f.key_slot from cases.folder f
  where f.id = any (of_cases) and f.country = current_setting('samaan.country', true)
    and not oversight.closed_to_me(f.id)
    and (oversight.works_as('{data-protection-officer}')
      or f.holder = nullif(current_setting('samaan.organisation', true), '')::uuid
      or exists (select 1 from policy.case_access a where a.case_id = f.id and a.until > now()
        and a.principal = any (current_setting('samaan.principals', true)::uuid[]))
      -- who broke its glass named it themselves
      or exists (select 1 from oversight.break_glass b where b.case_id = f.id and b.account_id = oversight.me())
      or oversight.answers_for_unheld(f.id))
$$;
create or replace function oversight.propose_erasure(of_id uuid, of_case uuid, of_ground text, sealed bytea) returns void
language plpgsql security definer set search_path = pg_catalog as $$
declare
  here text := current_setting('samaan.country', true);
begin
  if not oversight.works_as('{data-protection-officer}') or policy.is_hidden(of_case, oversight.me())
     or not exists (select 1 from cases.folder f where f.id = of_case and f.country = here) then
    raise exception using errcode = '42501', message = 'not theirs';
  end if;
  insert into oversight.erasure (id, country, case_id, ground, sealed_text, by_account, unheld)
  select of_id, here, of_case, of_ground, sealed, oversight.me(), f.holder is null from cases.folder f where f.id = of_case;
  perform oversight.tell(array(select oversight.seconds(of_case)), 'erasure-proposed', of_id, here);
end $$;
