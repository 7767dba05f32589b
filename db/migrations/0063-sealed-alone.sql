-- A sealed case whose people have all left would be closed to everybody for good: working in it, and unsealing it, takes somebody of
-- the unit and somebody who protects data. Who protects data is told; three days later those who decide for the unit are let in, or
-- those who protect data, whichever side is missing. Whoever the case is closed to by name stays outside: there is time to say so.
alter table oversight.sealing
  -- since when one side has nobody left; null: both have somebody
  add column alone_since timestamptz;
alter table oversight.alert drop constraint alert_kind_check;
alter table oversight.alert add constraint alert_kind_check check (kind in ('glass-broken', 'glass-reviewed', 'canary-read', 'seal-proposed',
  'erasure-proposed', 'retention-due', 'file-held', 'file-released', 'file-refused', 'sealed-alone', 'sealed-let-in'));

-- Who of the unit answers for a case: whoever has it in charge, and who decides, but for whom it is closed to.
create function oversight.answering(of_case uuid) returns setof uuid
language sql stable security definer set search_path = pg_catalog as $$
  select s.account_id from cases.folder f
  join auth.assignment s on s.confirmed_at is not null and s.until > now()
    and (s.role = 'decision-maker' and s.organisation_id = f.holder
      or s.role = 'coordinator' and exists (select 1 from policy.case_access a where a.case_id = f.id and a.basis = 'assigned'
        and a.principal = s.account_id and a.until > now()))
  join auth.account p on p.id = s.account_id and p.status = 'active'
  where f.id = of_case
    and not exists (select 1 from policy.case_hidden b where b.case_id = of_case and b.account_id = s.account_id)
$$;
revoke execute on function oversight.answering(uuid) from public;

-- @returns how many cases people were let into
create function oversight.attend_sealed(at timestamptz) returns int
language plpgsql security definer set search_path = pg_catalog as $$
declare
  one record;
  unit uuid[];
  protects uuid[];
  missing uuid[];
  opened int := 0;
begin
  -- Unsealed meanwhile.
  update oversight.sealing s set alone_since = null where s.alone_since is not null
    and not exists (select 1 from policy.case_hidden h where h.case_id = s.case_id and h.basis = 'sealed' and h.basis_id = s.id);
  for one in
    select h.case_id, h.basis_id, h.named, f.country, f.holder, s.alone_since
    from policy.case_hidden h join cases.folder f on f.id = h.case_id join oversight.sealing s on s.id = h.basis_id
    where h.basis = 'sealed' and not exists (select 1 from policy.case_hidden e where e.case_id = h.case_id and e.basis = 'erased')
    order by h.case_id for update of f, h, s
  loop
    unit := array(select oversight.answering(one.case_id));
    protects := array(select who from oversight.officers(one.country) as who
      where not exists (select 1 from policy.case_hidden b where b.case_id = one.case_id and b.account_id = who));
    missing := case when unit && one.named then '{}' else unit end || case when protects && one.named then '{}' else protects end;
    if unit && one.named and protects && one.named then
      if one.alone_since is not null then
        update oversight.sealing s set alone_since = null where s.id = one.basis_id;
        delete from oversight.alert a where a.kind = 'sealed-alone' and a.about = one.basis_id;
      end if;
    elsif one.alone_since is null then
      update oversight.sealing s set alone_since = attend_sealed.at where s.id = one.basis_id;
      perform oversight.tell(array(select oversight.officers(one.country)), 'sealed-alone', one.basis_id, one.country);
    elsif one.alone_since <= attend_sealed.at - interval '72 hours' and cardinality(missing) > 0 then
      update policy.case_hidden h set named = one.named || missing where h.case_id = one.case_id and h.basis = 'sealed';
      insert into cases.timeline (id, case_id, event, organisation_id) values (oversight.next_id(), one.case_id, 'case.sealed-let-in', one.holder);
      delete from oversight.alert a where a.kind = 'sealed-let-in' and a.about = one.basis_id;
      perform oversight.tell(missing, 'sealed-let-in', one.basis_id, one.country);
      opened := opened + 1;
    end if;
  end loop;
  return opened;
end $$;
revoke execute on function oversight.attend_sealed(timestamptz) from public;
grant execute on function oversight.attend_sealed(timestamptz) to samaan_jobs;
