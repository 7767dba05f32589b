-- Somebody may want police or prosecution to know who they are. Their yes is a record of the ledger like any other: in words
-- that were read to them, with an end, and taken back on any day. Nobody of care but who is in charge of the case sees that
-- there is one, so that nobody can treat a person better or worse for it; and it opens who they are, and nothing else.
alter table consent.record
  add column to_police boolean not null default false,
  -- the people of that body who may read
  add column named uuid[] not null default '{}',
  add constraint to_police_kinds check (not to_police or kind in ('given', 'withdrawn')),
  add constraint to_police_named check (cardinality(named) <= 10 and (cardinality(named) > 0) = (to_police and kind = 'given')),
  -- one body, who the person is, for at most a year; nothing else beside it
  add constraint to_police_alone check (not to_police or kind <> 'given'
    or purposes = '{prosecution}' and cardinality(recipients) = 1 and compartments = 1 and withhold = '[]'
       and expires_at is not null and expires_at <= recorded_at + interval '366 days'),
  add constraint record_to_police unique (id, to_police),
  -- what takes it back is as hidden as what it takes back
  add constraint record_withdraws_alike foreign key (withdraws, to_police) references consent.record (id, to_police);

-- In charge of the case, or the person on a visit.
do $$
declare
  closer text := $q$not to_police
    or (select current_setting('samaan.role', true)) = 'coordinator' and exists (select 1 from policy.case_access a
      where a.case_id = record.case_id and a.basis = 'assigned' and a.until > now())
    or exists (select 1 from policy.visit v where v.case_id = record.case_id)$q$;
begin
  execute 'create policy kept_close on consent.record as restrictive for select to samaan_app using (' || closer || ')';
  execute 'create policy kept_close_written on consent.record as restrictive for insert to samaan_app with check (' || closer || ')';
end $$;
-- What police may know is asked by itself, never among other things.
create policy asked_alone on consent.record as restrictive for insert to samaan_app with check (
  to_police or not 'prosecution' = any (purposes));

-- Reading by it, as by an order: the same place, the same fence. Who the person is, whatever a row says.
alter table policy.case_glimpse drop constraint case_glimpse_basis_check,
  add constraint case_glimpse_basis_check check (basis in ('break-glass', 'order', 'vital-interest', 'consent')),
  add constraint case_glimpse_consent check (basis <> 'consent' or compartments = 1);
alter table justice.receipt drop constraint receipt_basis_check,
  add constraint receipt_basis_check check (basis in ('order', 'vital-interest', 'consent'));
-- That there was a yes shows in its receipts too.
create policy kept_close on justice.receipt as restrictive for select to samaan_app using (
  basis <> 'consent' or (select current_setting('samaan.role', true)) in ('coordinator', 'investigator', 'prosecutor'));

-- Opens a case to the people whom a yes names, until it ends: by whoever is in charge and has just written it down.
create function justice.open_by_consent(of_consent uuid) returns void
language plpgsql security definer set search_path = pg_catalog as $$
declare
  agreed consent.record;
begin
  select * into agreed from consent.record r
  where r.id = of_consent and r.to_police and r.kind = 'given' and r.explained_by = justice.me() and r.expires_at > now()
    and not exists (select 1 from consent.record w where w.withdraws = r.id);
  if agreed.id is null or not justice.has_place(agreed.case_id, '{coordinator}')
     or not justice.may_name(agreed.recipients[1], agreed.named) then
    raise exception using errcode = '42501', message = 'not theirs';
  end if;
  insert into policy.case_glimpse (principal, case_id, basis, basis_id, compartments, until)
  select distinct one, agreed.case_id, 'consent', agreed.id, agreed.compartments, agreed.expires_at
  from unnest(agreed.named) as one;
end $$;
revoke all on function justice.open_by_consent(uuid) from public;
grant execute on function justice.open_by_consent(uuid) to samaan_app;

-- Ends what stood on a consent: shares, and what police read by it.
create or replace function policy.end_consent(of_case uuid, consent uuid) returns void
language plpgsql security definer set search_path = pg_catalog as $$
begin
  perform policy.lock_consent(end_consent.consent, true);
  if not exists (select 1 from consent.record w where w.withdraws = end_consent.consent and w.case_id = of_case) then
    raise exception using errcode = '42501', message = 'not withdrawn';
  end if;
  delete from policy.case_access a
  where a.case_id = of_case and a.basis = 'share' and a.consent_id = end_consent.consent;
  delete from policy.case_glimpse g
  where g.case_id = of_case and g.basis = 'consent' and g.basis_id = end_consent.consent;
end $$;

-- Which body received what on a consent, police too: for whoever is in charge of the case alone.
create or replace function referrals.received(of_case uuid)
returns table (id uuid, organisation text, kind text, service text, status text, shared int, sent_at timestamptz,
               first_read timestamptz, last_read timestamptz, reads int, consent_id uuid, ended_at timestamptz, stands boolean,
               keeps boolean)
language plpgsql stable security definer set search_path = pg_catalog as $$
begin
  if not policy.leads(of_case) then
    raise exception using errcode = '42501', message = 'not theirs';
  end if;
  return query
    select r.id, o.name, r.kind, r.service, r.status, r.shared, r.sent_at, e.first, e.last, coalesce(e.times, 0)::int,
      r.consent_id, w.recorded_at,
      exists (select 1 from policy.case_access a where a.case_id = of_case and a.basis = 'share' and a.basis_id = r.id
              and a.until > now()),
      exists (select 1 from policy.case_access a where a.case_id = of_case and a.basis = 'holder' and a.principal = r.to_organisation
              and a.until > now())
    from referrals.referral r
    join directory.organisation o on o.id = r.to_organisation
    left join consent.record w on w.withdraws = r.consent_id
    left join lateral (
      select min(v.at) as first, max(v.at) as last, count(*) as times from audit.event v
      where v.case_id = of_case and v.at >= r.sent_at and v.operation in ('referrals.read', 'referrals.accept', 'referrals.acknowledge')
        and v.body::jsonb ->> 'organisation' = r.to_organisation::text and v.body::jsonb ->> 'outcome' = 'done'
        -- after it, who does not have the case opens a referral in codes
        and (w.recorded_at is null or v.at <= w.recorded_at
          or exists (select 1 from policy.case_access a where a.case_id = of_case and a.basis = 'holder' and a.principal = r.to_organisation))
    ) e on true
    where r.case_id = of_case
    union all
    select c.id, o.name, 'consent', null, null, c.compartments, c.recorded_at, e.first, e.last, coalesce(e.times, 0)::int,
      c.id, w.recorded_at, w.id is null and c.expires_at > now(), false
    from consent.record c
    join directory.organisation o on o.id = c.recipients[1]
    left join consent.record w on w.withdraws = c.id
    left join lateral (
      -- each reading goes by a receipt, and is an event of its own
      select min(v.at) as first, max(v.at) as last, count(*) as times from audit.event v
      where v.case_id = of_case and v.operation = 'justice.readHanded'
        and v.body::jsonb ->> 'basis' = c.id::text and v.body::jsonb ->> 'outcome' = 'done'
    ) e on true
    where c.case_id = of_case and c.to_police and c.kind = 'given' and justice.has_place(of_case, '{coordinator}')
    order by 7, 1;
end $$;
