-- What an order, a life in danger or a person's own yes opens is opened to people of one body (F1). Whoever works for another now reads by it
-- no more; back in that body, and before it ends, they read again.
alter table policy.case_glimpse add column organisation_id uuid references directory.organisation (id);
comment on column policy.case_glimpse.organisation_id is 'the body whose people it names; null for broken glass';
update policy.case_glimpse g set organisation_id = o.organisation_id from justice.court_order o
  where g.basis = 'order' and o.id = g.basis_id;
update policy.case_glimpse g set organisation_id = v.organisation_id from justice.vital_interest v
  where g.basis = 'vital-interest' and v.id = g.basis_id;
update policy.case_glimpse g set organisation_id = r.recipients[1] from consent.record r
  where g.basis = 'consent' and r.id = g.basis_id;

-- Taken from what it stands on, whoever writes it: no way to open one forgets it.
create function policy.name_body() returns trigger
language plpgsql security definer set search_path = pg_catalog as $$
begin
  new.organisation_id := case new.basis
    when 'order' then (select o.organisation_id from justice.court_order o where o.id = new.basis_id)
    when 'vital-interest' then (select v.organisation_id from justice.vital_interest v where v.id = new.basis_id)
    when 'consent' then (select r.recipients[1] from consent.record r where r.id = new.basis_id)
  end;
  return new;
end $$;
revoke execute on function policy.name_body() from public;
create trigger name_body before insert or update of basis, basis_id, organisation_id on policy.case_glimpse
  for each row execute function policy.name_body();

-- Without a body it opens nothing.
create policy of_body on policy.case_glimpse as restrictive for select to samaan_app using (
  basis = 'break-glass' or organisation_id in (select w.organisation_id from auth.working w));
