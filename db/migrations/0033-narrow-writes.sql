-- What the database itself refuses: a connection that says nothing of who asks, a role that waits for its second person, a
-- keeper of another country's directory, and every column that the product never changes.

-- 1. The roles in which who asks works now. Every policy and function that asks "do they work there?" looks here, so that what
-- waits for a second person, has ended or is of another country opens nothing anywhere.
create view auth.working with (security_invoker = true) as
  select a.organisation_id, a.role
  from auth.assignment a
  where a.account_id = nullif((select current_setting('samaan.user', true)), '')::uuid
    and a.role = (select current_setting('samaan.role', true))
    and a.country = (select current_setting('samaan.country', true))
    and a.confirmed_at is not null and a.until > now();
grant select on auth.working to samaan_app;

do $$
declare
  one record;
  opens text := '(select current_setting(''samaan.role'', true)) = ''investigator''
    and ((select current_setting(''samaan.compartments'', true))::int & 16) <> 0
    and organisation_id in (select w.organisation_id from auth.working w)';
begin
  for one in
    select p.schemaname, p.tablename, p.policyname, p.qual is not null as looks, p.with_check is not null as writes
    from pg_policies p where p.schemaname = 'justice' and p.policyname in ('body', 'added', 'changed', 'removed')
      and coalesce(p.qual, p.with_check) like '%auth.assignment%'
  loop
    execute format('alter policy %I on %I.%I', one.policyname, one.schemaname, one.tablename)
      || case when one.looks then ' using (' || opens || ')' else '' end
      || case when one.writes then ' with check (' || opens || ')' else '' end;
  end loop;
  for one in select p.tablename from pg_policies p where p.schemaname = 'justice' and p.policyname = 'supervised' loop
    execute format('alter policy supervised on justice.%I using (
      (select current_setting(''samaan.role'', true)) = ''supervisor''
      and organisation_id in (select w.organisation_id from auth.working w))', one.tablename);
  end loop;
end $$;
alter policy supervised on sync.device using (
  (select current_setting('samaan.role', true)) = 'supervisor'
  and account_id <> (select current_setting('samaan.user', true))::uuid
  and organisation_id in (select w.organisation_id from auth.working w));
alter policy seen on tasks.task using (
  country = (select current_setting('samaan.country', true))
  and (case_id is null or exists (select 1 from policy.case_access a where a.case_id = task.case_id and a.until > now()
    and (a.basis <> 'share' or a.accepted)))
  and (account_id = nullif((select current_setting('samaan.user', true)), '')::uuid
      and role = (select current_setting('samaan.role', true))
    or made_by = nullif((select current_setting('samaan.user', true)), '')::uuid
    or account_id is null and role = (select current_setting('samaan.role', true))
      and organisation_id in (select w.organisation_id from auth.working w)
    or (select current_setting('samaan.role', true)) in ('intake', 'coordinator', 'decision-maker')
      and exists (select 1 from policy.case_access a where a.case_id = task.case_id and a.until > now()
        and a.basis in ('holder', 'assigned'))));

create or replace function justice.works_as(wanted text[]) returns boolean
language sql stable security definer set search_path = pg_catalog as $$
  select exists (select 1 from auth.working w where w.role = any (wanted))
$$;
create or replace function oversight.works_as(wanted text[]) returns boolean
language sql stable security definer set search_path = pg_catalog as $$
  select exists (select 1 from auth.working w where w.role = any (wanted))
$$;
create or replace function matching.works_as(wanted text[]) returns boolean
language sql stable security definer set search_path = pg_catalog as $$
  select exists (select 1 from auth.working w where w.role = any (wanted) and w.organisation_id = matching.unit())
$$;
-- A role that waits makes nobody a party either: an administrator could take a comparison out of a colleague's hands with it.
create or replace function matching.has_part(of_case uuid, who uuid, unit uuid) returns boolean
language sql stable security definer set search_path = pg_catalog as $$
  select exists (select 1 from cases.folder f where f.id = of_case
      and (f.made_by = who or f.coordinator = who
        or f.agency <> unit and exists (select 1 from auth.assignment s where s.account_id = who
             and s.organisation_id = f.agency and s.confirmed_at is not null and s.until > now())))
    or exists (select 1 from cases.assignment a where a.case_id = of_case and a.account_id = who)
    or exists (select 1 from cases.timeline t where t.case_id = of_case and t.account_id = who)
$$;
create or replace function tasks.people(of_case uuid)
returns table (account uuid, name text, role text, organisation uuid, body text)
language sql stable security definer set search_path = pg_catalog as $$
  select distinct p.id, p.name, s.role, o.id, o.name
  from policy.case_access a
  join auth.assignment s on s.account_id = a.principal or s.organisation_id = a.principal
  join auth.account p on p.id = s.account_id and p.status = 'active'
  join directory.organisation o on o.id = s.organisation_id
  where a.case_id = of_case and a.until > now() and s.confirmed_at is not null and s.until > now()
    and tasks.has_place(of_case, s.account_id, s.organisation_id, s.role)
    -- who asks works on it too
    and exists (select 1 from auth.working m where tasks.has_place(of_case, tasks.me(), m.organisation_id, m.role))
    -- An organisation that helps learns who is in charge, and its own colleagues; not who else helps.
    and (current_setting('samaan.role', true) in ('intake', 'coordinator', 'decision-maker')
      or s.role = 'coordinator'
      or exists (select 1 from auth.working m where m.organisation_id = s.organisation_id))
$$;

-- Whose events an officer of a country sees: of who works there. Who works elsewhere does not come here by a role that waits.
create function oversight.is_ours(account uuid) returns boolean
language sql stable security definer set search_path = pg_catalog as $$
  select exists (select 1 from auth.assignment s where s.account_id = is_ours.account
    and s.country = current_setting('samaan.country', true)
    and (s.confirmed_at is not null
      or not exists (select 1 from auth.assignment e where e.account_id = is_ours.account and e.confirmed_at is not null)))
$$;
revoke all on function oversight.is_ours(uuid) from public;
create or replace function oversight.events(of_case uuid, by_account uuid, exports boolean, from_at timestamptz, to_at timestamptz,
  before uuid, most int)
returns table (id uuid, at timestamptz, case_id uuid, actor_id uuid, operation text, about jsonb)
language plpgsql stable security definer set search_path = pg_catalog as $$
begin
  if not oversight.works_as('{data-protection-officer}') then
    raise exception using errcode = '42501', message = 'not theirs';
  end if;
  -- Of a case that is hidden from who asks it is not said that there is one.
  return query execute
    'select e.id, e.at, case when oversight.closed_to_me(e.case_id) then null else e.case_id end, e.actor_id, e.operation,
       e.body::jsonb - ''case'' from audit.event e
     where not exists (select 1 from cases.folder f where f.id = e.case_id and f.country <> $6)
       and (e.actor_id is null or e.actor_id in (select a.id from auth.account a where oversight.is_ours(a.id)))'
    || case when of_case is null then '' else ' and e.case_id = $1 and not oversight.closed_to_me($1)' end
    || case when by_account is null then '' else ' and e.actor_id = $2' end
    || case when exports then ' and (e.operation like ''%xport%'' or e.operation like ''%Csv'')' else '' end
    || case when from_at is null then '' else ' and e.at >= $3' end
    || case when to_at is null then '' else ' and e.at < $4' end
    || case when before is null then '' else ' and (e.at, e.id) < (select b.at, b.id from audit.event b where b.id = $5)' end
    || ' order by e.at desc, e.id desc limit $7'
    using of_case, by_account, from_at, to_at, before, current_setting('samaan.country', true), most;
end $$;

create or replace function oversight.reading(from_at timestamptz, zone text, night_from int, night_to int)
returns table (actor_id uuid, hour timestamptz, cases int, night int, searches int)
language plpgsql stable security definer set search_path = pg_catalog as $$
begin
  if not oversight.works_as('{data-protection-officer}') then
    raise exception using errcode = '42501', message = 'not theirs';
  end if;
  return query
    select e.actor_id, date_trunc('hour', e.at) as hour, count(distinct e.case_id)::int,
      count(distinct e.case_id) filter (where extract(hour from e.at at time zone zone) >= night_from
                                           or extract(hour from e.at at time zone zone) < night_to)::int,
      count(*) filter (where e.operation = 'cases.search')::int
    from audit.event e
    where e.at >= from_at and e.actor_id is not null and e.operation not like 'oversight.%'
      and (e.case_id is not null or e.operation = 'cases.search')
      and e.actor_id in (select a.id from auth.account a where oversight.is_ours(a.id))
    group by 1, 2;
end $$;

-- Administrators and supervisors answer for who works in their country, and for who was written down there and waits: a role that
-- waits for its second person gives no hold over the account of somebody who works elsewhere.
alter policy administered_change on auth.account using (
  (select current_setting('samaan.role', true)) = 'administrator'
  and id <> (select current_setting('samaan.user', true))::uuid
  and (id in (select a.account_id from auth.assignment a where a.confirmed_at is not null)
    or created_by in (select a.account_id from auth.assignment a where a.role = 'administrator' and a.confirmed_at is not null)));
do $$
declare
  one text;
  ours text := '(account_id in (select a.account_id from auth.assignment a where a.confirmed_at is not null)
    or account_id in (select p.id from auth.account p where p.created_by in
      (select a.account_id from auth.assignment a where a.role = ''administrator'' and a.confirmed_at is not null)))';
begin
  foreach one in array array['invitation', 'session'] loop
    execute format('create policy ours on auth.%I as restrictive to samaan_app using (
      (select current_setting(''samaan.role'', true)) not in (''administrator'', ''supervisor'')
      or account_id = nullif((select current_setting(''samaan.user'', true)), '''')::uuid or ' || ours || ')', one);
  end loop;
end $$;
alter policy own_people on auth.invitation using (
  (select current_setting('samaan.role', true)) <> 'supervisor'
  or account_id = nullif((select current_setting('samaan.user', true)), '')::uuid
  or (account_id in (select a.account_id from auth.assignment a
        where a.confirmed_at is not null and a.until > now() and a.organisation_id in (select w.organisation_id from auth.working w))
      -- Whoever may come to work elsewhere counts as working there: the careful side.
      and account_id not in (select a.account_id from auth.assignment a
        where a.until > now() and a.organisation_id not in (select w.organisation_id from auth.working w))));

-- 2. Who says nothing of who they are is shown nothing, not even which cases are closed to whom. The own view of a person is
-- nobody's account either: it says which visit it is, and what is closed is closed to it.
alter policy mine on policy.case_hidden using (
  account_id = nullif((select current_setting('samaan.user', true)), '')::uuid
  or (account_id is null
    and concat((select current_setting('samaan.user', true)), (select current_setting('samaan.principals', true)),
      (select current_setting('samaan.organisation', true)), (select current_setting('samaan.visit', true))) <> ''
    and not coalesce(nullif((select current_setting('samaan.user', true)), '')::uuid = any (named), false)));

-- 3. The directory of a country is kept in that country, whoever keeps it; and only what a screen changes changes.
do $$
declare
  one text;
  keeps text := '(organisation_id in (select o.id from directory.organisation o
      where o.country = (select current_setting(''samaan.country'', true)))
    and ((select current_setting(''samaan.role'', true)) = ''administrator''
      or organisation_id in (select w.organisation_id from auth.working w
        where w.role in (''intake'', ''coordinator'', ''provider'', ''shelter-manager'', ''supervisor''))))';
begin
  foreach one in array array['service', 'on_call'] loop
    execute format('alter policy kept on directory.%I with check (' || keeps || ')', one);
  end loop;
  execute 'alter policy kept_change on directory.service using (' || keeps || ') with check (' || keeps || ')';
  execute 'alter policy kept_end on directory.on_call using (' || keeps || ')';
end $$;
-- Which body is competent is the country's law, not an administrator's wish.
alter policy administered on directory.organisation with check (
  (select current_setting('samaan.role', true)) = 'administrator'
  and country = (select current_setting('samaan.country', true)) and not competent);
revoke update on directory.organisation, directory.service from samaan_app;
grant update (kind, name, languages, phone, email, active, version) on directory.organisation to samaan_app;
grant update (active, version) on directory.service to samaan_app;

-- 4. Where a case lies and stands. The product's own moves, and no others: whoever made a case neither takes it from the unit nor
-- gives it to another, and nobody decides by writing into a row.
revoke update on cases.folder, cases.assignment, cases.decision, cases.identity, cases.location, cases.clock from samaan_app;
grant update (status, identification, identification_before, urgency, holder, coordinator, due_at, opened_at, version)
  on cases.folder to samaan_app;
grant update (until_at) on cases.assignment to samaan_app;
grant update (state, second_by, second_at, version) on cases.decision to samaan_app;
grant update (sealed, version) on cases.identity, cases.location to samaan_app;
grant update (due_at, warn_at, paused_at, stopped_at, amount, unit, overdue_told) on cases.clock to samaan_app;

create policy new on cases.folder as restrictive for insert to samaan_app with check (
  status = 'new' and identification = 'none' and coordinator is null and opened_at is null and due_at is null
  and agency in (select w.organisation_id from auth.working w where w.role in ('officer', 'intake')));
alter policy changed on cases.folder using (
  (select current_setting('samaan.role', true)) in ('officer', 'intake', 'coordinator', 'decision-maker')
  and exists (select 1 from policy.case_access a where a.case_id = folder.id and a.basis <> 'share' and a.until > now()));

create function cases.keep_folder() returns trigger
language plpgsql security definer set search_path = pg_catalog as $$
declare
  mine text := coalesce(current_setting('samaan.role', true), '');
  unit uuid := nullif(current_setting('samaan.organisation', true), '')::uuid;
  opens boolean := old.holder is null and new.holder is not null;
begin
  -- The unit takes it into its hands, by policy.hold, which asked for the referral or for who made it.
  if new.holder is distinct from old.holder
     and (opens and mine = 'intake' and new.holder = unit and new.status = 'opened'
          and exists (select 1 from policy.case_access a
            where a.case_id = new.id and a.basis = 'holder' and a.principal = new.holder and a.until > now())) is not true then
    raise exception using errcode = '42501', message = 'not theirs to hold';
  end if;
  if new.opened_at is distinct from old.opened_at and not opens
     or new.urgency <> old.urgency and old.holder is not null then
    raise exception using errcode = '42501', message = 'not now';
  end if;
  if new.coordinator is distinct from old.coordinator
     and (new.coordinator is null or new.holder is null or mine not in ('intake', 'coordinator')
          or not exists (select 1 from auth.assignment s join auth.account p on p.id = s.account_id and p.status = 'active'
               where s.account_id = new.coordinator and s.organisation_id = new.holder and s.role = 'coordinator'
                 and s.confirmed_at is not null and s.until > now())) then
    raise exception using errcode = '42501', message = 'not to be put in charge';
  end if;
  if new.status <> old.status and not opens
     and (new.holder is not null and mine <> 'officer' and new.status in ('opened', 'closed') and old.status <> 'new') is not true then
    raise exception using errcode = '42501', message = 'not theirs to open or close';
  end if;
  -- Before a unit holds it, it only waits for one. What a decision says is for who decides; a case that went on where it had
  -- stood says it again.
  if new.identification <> old.identification
     and (new.holder is null and old.identification = 'none' and new.identification = 'pending'
       or opens and new.identification = 'pending'
       or not opens and new.holder is not null and mine <> 'officer'
          and (new.identification not in ('reasonable-grounds', 'no-reasonable-grounds', 'conclusive-grounds', 'no-conclusive-grounds')
               or mine = 'decision-maker' or new.identification = old.identification_before)) is not true then
    raise exception using errcode = '42501', message = 'not theirs to decide';
  end if;
  return new;
end $$;
revoke all on function cases.keep_folder() from public;
-- What the owner's functions write they answer for themselves.
create trigger keep before update on cases.folder for each row
  when (current_user = 'samaan_app'
    and (old.holder, old.coordinator, old.status, old.identification, old.identification_before, old.opened_at, old.urgency)
      is distinct from (new.holder, new.coordinator, new.status, new.identification, new.identification_before, new.opened_at, new.urgency))
  execute function cases.keep_folder();

-- A referral is sent as a question, from where its sender works, on a consent of that person. Who it was sent to answers it, in
-- their own name; who sent it takes it back, and answers nothing.
create policy asked on referrals.referral as restrictive for insert to samaan_app with check (
  status = 'sent' and version = 1 and acknowledged_at is null and answered_at is null and answered_by is null
  and decline_reason is null and sealed_answer is null and not overdue_told
  and country = (select current_setting('samaan.country', true))
  and from_organisation in (select w.organisation_id from auth.working w where w.role in ('officer', 'intake', 'coordinator'))
  and to_organisation in (select o.id from directory.organisation o where o.country = (select current_setting('samaan.country', true)))
  and exists (select 1 from consent.record c where c.id = consent_id and c.case_id = referral.case_id and c.kind = 'given'));
alter policy answered on referrals.referral
  using (status in ('sent', 'acknowledged')
    and ((select current_setting('samaan.role', true)) in ('intake', 'provider', 'shelter-manager')
        and to_organisation = any ((select current_setting('samaan.principals', true))::uuid[])
      or (select current_setting('samaan.role', true)) = 'intake'
        and from_organisation = any ((select current_setting('samaan.principals', true))::uuid[])
      or (select current_setting('samaan.role', true)) in ('officer', 'intake', 'coordinator')
        and from_account = nullif((select current_setting('samaan.user', true)), '')::uuid))
  with check (
    status in ('acknowledged', 'accepted', 'declined')
      and (select current_setting('samaan.role', true)) in ('intake', 'provider', 'shelter-manager')
      and to_organisation = any ((select current_setting('samaan.principals', true))::uuid[])
      and from_account is distinct from nullif((select current_setting('samaan.user', true)), '')::uuid
      and (status = 'acknowledged' and answered_by is null
        or answered_by = nullif((select current_setting('samaan.user', true)), '')::uuid)
      and exists (select 1 from policy.case_access a where a.case_id = referral.case_id and a.basis = 'share'
        and a.basis_id = referral.id and a.until > now())
    or status = 'revoked' and answered_by is null
      and (from_account = nullif((select current_setting('samaan.user', true)), '')::uuid
          and (select current_setting('samaan.role', true)) in ('officer', 'intake', 'coordinator')
        or (select current_setting('samaan.role', true)) = 'intake'
          and from_organisation = any ((select current_setting('samaan.principals', true))::uuid[])));
