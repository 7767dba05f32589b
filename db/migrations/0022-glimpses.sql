-- Reading without a place in the case: broken glass, a court order, a vital interest. Never more than reading: nothing that
-- may write, share or pass on looks here. One row for each reason; written only by the functions of the slice that it is of.
create table policy.case_glimpse (
  principal uuid not null,
  case_id uuid not null,
  basis text not null check (basis in ('break-glass', 'order', 'vital-interest')),
  -- the break-glass, the order or the record of the interest
  basis_id uuid not null,
  compartments int not null check (compartments between 1 and 127),
  until timestamptz not null,
  primary key (principal, case_id, basis, basis_id) include (compartments, until)
);
create index case_glimpse_case on policy.case_glimpse (case_id);
alter table policy.case_glimpse enable row level security;
alter table policy.case_glimpse force row level security;
create policy own on policy.case_glimpse for select to samaan_app using (
  principal = any ((select current_setting('samaan.principals', true))::uuid[]));
grant select on policy.case_glimpse to samaan_app;

-- A folder's codes are seen with whatever is seen of it.
create policy glimpsed on cases.folder for select to samaan_app using (
  exists (select 1 from policy.case_glimpse g where g.case_id = folder.id and g.until > now()));

-- A compartment, as far as the reason names it. A role's ceiling binds who breaks glass; an order is above it.
create procedure policy.show_glimpses(of_table regclass, wanted int)
language plpgsql as $$
begin
  execute format('create policy glimpsed on %s for select to samaan_app using (exists (select 1 from policy.case_glimpse g
    where g.case_id = %s.case_id and g.until > now() and g.compartments & %s <> 0
      and (g.basis <> ''break-glass'' or (select current_setting(''samaan.compartments'', true))::int & %s <> 0)))',
    of_table, (parse_ident(of_table::text))[2], wanted, wanted);
end $$;
revoke all on procedure policy.show_glimpses from public;
call policy.show_glimpses('cases.identity', 1);
call policy.show_glimpses('cases.note', 2);
call policy.show_glimpses('cases.location', 8);
