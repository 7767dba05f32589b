-- A child's yes needs somebody beside the child, so whoever writes in the ledger asks whether the case is one of a child.
-- Under the reader's own sight: a case that they cannot see has no answer.
create function policy.is_child(of_case uuid) returns boolean
language sql stable set search_path = pg_catalog as $$
  select f.child from cases.folder f where f.id = of_case
$$;

-- A child's own yes is none, whoever writes it down and with whatever statement.
create policy child_not_alone on consent.record as restrictive for insert to samaan_app with check (
  kind <> 'given' or given_by <> 'person'
  or exists (select 1 from cases.folder f where f.id = record.case_id and not f.child));

-- What the law wants told of an adult who refused: codes and a month. Its id is random and not of the client's making,
-- and no time is kept, so that a row cannot be laid beside a screening, a command or an event of the same minute.
create table consent.notification (
  id uuid primary key default gen_random_uuid(),
  country text not null check (country ~ '^[A-Z]{3}$'),
  month text not null check (month ~ '^\d{4}-(0[1-9]|1[0-2])$'),
  -- null: the law does not ask for it, or nobody knows
  sector text,
  exploitation text check (exploitation in ('labour', 'sexual', 'other', 'not-known')),
  urgency text check (urgency in ('emergency', 'urgent', 'routine')),
  -- the month in which the person agreed after all; shown when it is over, so that it does not meet a referral of that day
  converted_month text check (converted_month ~ '^\d{4}-(0[1-9]|1[0-2])$')
);
create index notification_month on consent.notification (country, month desc, id desc);

-- Which case a notification came from. No role of the application reads or writes here: only the two functions below do.
create table consent.notified (
  case_id uuid primary key,
  notification uuid not null unique references consent.notification (id)
);

alter table consent.notification enable row level security;
alter table consent.notification force row level security;
alter table consent.notified enable row level security;
alter table consent.notified force row level security;
create policy received on consent.notification for select to samaan_app using (
  (select current_setting('samaan.role', true)) in ('intake', 'coordinator')
  and country = (select current_setting('samaan.country', true))
  and exists (select 1 from directory.organisation o
    where o.id = nullif((select current_setting('samaan.organisation', true)), '')::uuid and o.competent
      and o.country = notification.country));
create policy closed on consent.notified to samaan_app using (false);
grant select on consent.notification to samaan_app;

-- Notifies once of an adult who said no to the one who screened them. Only what `asked` names is kept, and what the case
-- says is taken from the case. Answers done, no-refusal, agreed (or the unit has the case already), already.
create function consent.notify(of_case uuid, refusal uuid, exploitation text, asked text[]) returns text
language plpgsql security definer set search_path = pg_catalog as $$
declare
  folder cases.folder;
  refused consent.record;
  made uuid := gen_random_uuid();
begin
  if current_setting('samaan.role', true) not in ('officer', 'intake')
     or not exists (select 1 from policy.case_access a where a.case_id = of_case and a.basis = 'own' and a.until > now()
                    and a.principal = current_setting('samaan.user', true)::uuid) then
    raise exception using errcode = '42501', message = 'not theirs';
  end if;
  perform pg_advisory_xact_lock(hashtextextended('notification ' || of_case::text, 0));
  select * into folder from cases.folder f
  where f.id = of_case and not f.child and f.country = current_setting('samaan.country', true);
  if folder.id is null then
    raise exception using errcode = '42501', message = 'no adult';
  end if;
  select * into refused from consent.record r
  where r.id = notify.refusal and r.case_id = of_case and r.kind = 'refused';
  if refused.id is null then
    return 'no-refusal';
  end if;
  if folder.holder is not null or exists (
    select 1 from consent.record r
    where r.case_id = of_case and r.kind = 'given' and (r.expires_at is null or r.expires_at > now())
      and not exists (select 1 from consent.record w where w.withdraws = r.id)
  ) then
    return 'agreed';
  end if;
  if exists (select 1 from consent.notified n where n.case_id = of_case) then
    return 'already';
  end if;
  insert into consent.notification (id, country, month, sector, exploitation, urgency)
  values (made, folder.country, to_char(refused.said_at at time zone 'UTC', 'YYYY-MM'),
          case when 'sector' = any (asked) then folder.sector end,
          case when 'exploitation' = any (asked) then notify.exploitation end,
          case when 'urgency' = any (asked) then folder.urgency end);
  insert into consent.notified (case_id, notification) values (of_case, made);
  return 'done';
end $$;

-- The person agreed after all: by a yes that this very transaction writes.
create function consent.convert(of_case uuid) returns void
language plpgsql security definer set search_path = pg_catalog as $$
begin
  perform pg_advisory_xact_lock(hashtextextended('notification ' || of_case::text, 0));
  if not exists (select 1 from consent.record r where r.case_id = of_case and r.kind = 'given' and r.recorded_at = now()
                 and r.explained_by = current_setting('samaan.user', true)::uuid) then
    raise exception using errcode = '42501', message = 'not given';
  end if;
  update consent.notification n set converted_month = to_char(now() at time zone 'UTC', 'YYYY-MM')
  from consent.notified l
  where l.case_id = of_case and n.id = l.notification and n.converted_month is null;
end $$;

revoke all on function policy.is_child(uuid), consent.notify(uuid, uuid, text, text[]), consent.convert(uuid) from public;
grant execute on function policy.is_child(uuid), consent.notify(uuid, uuid, text, text[]), consent.convert(uuid) to samaan_app;
