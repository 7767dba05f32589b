-- A lead may be about a colleague, or somebody close to one: it is closed to them as if there were none, whatever they hold in
-- the body. Each request sees the rows that close something to it, and nothing of who closed it or why.
create table justice.lead_closed (
  lead_id uuid not null references justice.lead (id),
  account_id uuid not null references auth.account (id),
  primary key (account_id, lead_id)
);
alter table justice.lead_closed enable row level security;
alter table justice.lead_closed force row level security;
create policy mine on justice.lead_closed for select to samaan_app using (
  account_id = nullif((select current_setting('samaan.user', true)), '')::uuid);
grant select on justice.lead_closed to samaan_app;

create table justice.lead_bar (
  id uuid primary key,
  lead_id uuid not null references justice.lead (id),
  organisation_id uuid not null references directory.organisation (id),
  account_id uuid not null references auth.account (id),
  reason text not null check (reason in ('suspect', 'family', 'personal', 'other')),
  by_account uuid not null references auth.account (id),
  at timestamptz not null default now(),
  ended_at timestamptz,
  ended_by uuid references auth.account (id),
  check ((ended_at is null) = (ended_by is null)),
  check (by_account <> account_id and ended_by is distinct from account_id)
);
create unique index lead_bar_live on justice.lead_bar (lead_id, account_id) where ended_at is null;
alter table justice.lead_bar enable row level security;
alter table justice.lead_bar force row level security;
create policy body on justice.lead_bar for select to samaan_app using (
  (select current_setting('samaan.role', true)) = 'investigator'
  and (select current_setting('samaan.compartments', true))::int & 16 <> 0
  and organisation_id in (select w.organisation_id from auth.working w));
create policy supervised on justice.lead_bar for select to samaan_app using (
  (select current_setting('samaan.role', true)) = 'supervisor'
  and organisation_id in (select w.organisation_id from auth.working w));
grant select on justice.lead_bar to samaan_app;

do $$
declare one text;
begin
  foreach one in array array['lead_content', 'lead_source', 'lead_note', 'lead_term', 'lead_share', 'lead_bar', 'proceeding_step'] loop
    execute format('create policy closed on justice.%I as restrictive to samaan_app
      using (not exists (select 1 from justice.lead_closed c where c.lead_id = %I.lead_id))', one, one);
  end loop;
end $$;
create policy closed on justice.lead as restrictive to samaan_app
  using (not exists (select 1 from justice.lead_closed c where c.lead_id = lead.id));

-- Whether a lead is closed to somebody; the same for functions, which no policy binds.
create function justice.is_closed(of_lead uuid, to_account uuid) returns boolean
language sql stable security definer set search_path = pg_catalog as $$
  select exists (select 1 from justice.lead_closed c where c.lead_id = of_lead and c.account_id = to_account)
$$;
create or replace function justice.works_on(of_lead uuid) returns boolean
language sql stable security definer set search_path = pg_catalog as $$
  select justice.works_as('{investigator}') and not justice.is_closed(of_lead, justice.me())
    and exists (select 1 from justice.lead l
      where l.id = of_lead and justice.works_in(justice.me(), l.organisation_id, '{investigator}'))
$$;
create or replace function justice.require_colleague() returns trigger
language plpgsql security definer set search_path = pg_catalog as $$
begin
  if not justice.works_in(new.investigator, new.organisation_id, '{investigator}') or justice.is_closed(new.id, new.investigator) then
    raise exception using errcode = '42501', message = 'no colleague';
  end if;
  return new;
end $$;
create or replace function justice.share_lead(of_id uuid, of_lead uuid, whom uuid, with_source boolean) returns void
language plpgsql security definer set search_path = pg_catalog as $$
begin
  if not justice.works_on(of_lead) or whom = justice.me() or justice.is_closed(of_lead, whom)
     or not exists (select 1 from justice.lead l where l.id = of_lead and l.handling = 'prosecution')
     or not exists (select 1 from auth.assignment s where s.account_id = whom
                    and justice.works_in(whom, s.organisation_id, '{prosecutor}')) then
    raise exception using errcode = '42501', message = 'not to be shared';
  end if;
  insert into justice.lead_share (id, lead_id, organisation_id, account_id, source, by_account)
  select of_id, of_lead, l.organisation_id, whom, with_source, justice.me() from justice.lead l where l.id = of_lead;
end $$;

-- Whether somebody could come upon a lead of this body: its investigators and supervisors, and every prosecutor of the country.
create function justice.could_meet(whom uuid, body uuid) returns boolean
language sql stable security definer set search_path = pg_catalog as $$
  select justice.works_in(whom, body, '{investigator,supervisor}')
    or exists (select 1 from auth.assignment s where s.account_id = whom and justice.works_in(whom, s.organisation_id, '{prosecutor}'))
$$;
-- Closes a lead to one person. What they had of it ends: their charge of the lead, and what was shared with them.
create function justice.bar_from_lead(of_id uuid, of_lead uuid, whom uuid, of_reason text) returns void
language plpgsql security definer set search_path = pg_catalog as $$
declare
  body uuid;
begin
  select l.organisation_id into body from justice.lead l where l.id = of_lead for update;
  if not justice.works_on(of_lead) or whom = justice.me() or not justice.could_meet(whom, body) then
    raise exception using errcode = '42501', message = 'not theirs';
  end if;
  insert into justice.lead_bar (id, lead_id, organisation_id, account_id, reason, by_account)
  values (of_id, of_lead, body, whom, of_reason, justice.me());
  insert into justice.lead_closed (lead_id, account_id) values (of_lead, whom);
  update justice.lead l set investigator = null, version = l.version + 1,
    status = case when l.status = 'in-work' then 'open' else l.status end
  where l.id = of_lead and l.investigator = whom;
  update justice.lead_share h set ended_at = now(), ended_by = justice.me()
  where h.lead_id = of_lead and h.account_id = whom and h.ended_at is null;
end $$;
-- Ended by who closed it, or a supervisor of the body: nobody else's word opens it, and never that of whom it is closed to.
create function justice.end_lead_bar(of_id uuid, of_lead uuid) returns int
language plpgsql security definer set search_path = pg_catalog as $$
declare
  done justice.lead_bar;
begin
  update justice.lead_bar b set ended_at = now(), ended_by = justice.me()
  where b.id = of_id and b.lead_id = of_lead and b.ended_at is null
    and not justice.is_closed(of_lead, justice.me())
    and (b.by_account = justice.me() and justice.works_on(of_lead)
      or justice.works_as('{supervisor}') and justice.works_in(justice.me(), b.organisation_id, '{supervisor}'))
  returning * into done;
  if done.id is null then return 0; end if;
  delete from justice.lead_closed c where c.lead_id = of_lead and c.account_id = done.account_id;
  return 1;
end $$;
do $$
declare one text;
begin
  foreach one in array array['is_closed(uuid, uuid)', 'could_meet(uuid, uuid)', 'bar_from_lead(uuid, uuid, uuid, text)',
                             'end_lead_bar(uuid, uuid)'] loop
    execute format('revoke all on function justice.%s from public', one);
  end loop;
end $$;
grant execute on function justice.bar_from_lead(uuid, uuid, uuid, text), justice.end_lead_bar(uuid, uuid) to samaan_app;
