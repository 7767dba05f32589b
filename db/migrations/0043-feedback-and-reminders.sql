-- What the person says of a help that they were referred to: five answers and a sentence at most, never asked for twice and never needed. It is
-- said to who works for the person, or by the person on a visit of their own; no organisation that gave the help reads any of it.
create table referrals.feedback (
  referral_id uuid primary key references referrals.referral (id),
  case_id uuid not null references cases.folder (id),
  respect text check (respect in ('yes', 'partly', 'no')),
  explained text check (explained in ('yes', 'partly', 'no')),
  agreed text check (agreed in ('yes', 'partly', 'no')),
  safe text check (safe in ('yes', 'partly', 'no')),
  again text check (again in ('yes', 'partly', 'no')),
  sealed_words bytea,
  -- to whom it was said; nobody: the person wrote it themselves
  told_to uuid references auth.account (id),
  said_at timestamptz not null default now(),
  check (num_nonnulls(respect, explained, agreed, safe, again, sealed_words) > 0)
);
create index feedback_case on referrals.feedback (case_id);
alter table referrals.feedback enable row level security;
alter table referrals.feedback force row level security;
-- only the functions below
create policy nobody on referrals.feedback to samaan_app using (false);

-- Whether who asks works for the organisation that was asked, in whatever role.
create function referrals.works_for_asked(of_id uuid) returns boolean
language sql stable security definer set search_path = pg_catalog as $$
  select exists (select 1 from referrals.referral r
    where r.id = of_id
      and (r.to_organisation = any (nullif(current_setting('samaan.principals', true), '')::uuid[])
        or exists (select 1 from auth.assignment s
          where s.account_id = nullif(current_setting('samaan.user', true), '')::uuid and s.organisation_id = r.to_organisation
            and s.confirmed_at is not null and s.until > now())))
$$;
-- Who may write down what the person says, and who may also read it: `hears` and `reads` of the slice's policy, said again.
create function referrals.hears(of_id uuid, reads boolean) returns boolean
language sql stable security definer set search_path = pg_catalog as $$
  select not referrals.works_for_asked(of_id) and exists (select 1 from referrals.referral r
    join policy.case_access a on a.case_id = r.case_id and a.until > now() and a.principal = any (me.principals)
    where r.id = of_id and r.kind = 'service' and not policy.is_hidden(r.case_id, me.id)
      and (me.role = 'coordinator' and a.basis = 'assigned'
        or me.role = 'intake' and a.basis = 'holder'
        or not reads and me.role in ('officer', 'intake') and a.basis = 'own' and r.from_account = me.id))
  from (select nullif(current_setting('samaan.user', true), '')::uuid as id, current_setting('samaan.role', true) as role,
    nullif(current_setting('samaan.principals', true), '')::uuid[] as principals) me
$$;
-- What was said of one help. The answers are for who works the case; who only met the person learns that it was written down.
create function referrals.feedback_of(of_id uuid)
returns table (own boolean, told_to text, said_at timestamptz, respect text, explained text, agreed text, safe text, again text, sealed_words bytea)
language plpgsql stable security definer set search_path = pg_catalog as $$
declare
  opens boolean := referrals.hears(of_id, true);
begin
  if referrals.hears(of_id, false) is not true then
    raise exception using errcode = '42501', message = 'not theirs';
  end if;
  return query
    select f.told_to is null, p.name, f.said_at,
      case when opens then f.respect end, case when opens then f.explained end, case when opens then f.agreed end,
      case when opens then f.safe end, case when opens then f.again end,
      case when opens and current_setting('samaan.compartments', true)::int & 2 <> 0 then f.sealed_words end
    from referrals.feedback f left join auth.account p on p.id = f.told_to where f.referral_id = of_id;
end $$;
-- Only of a help that has begun or is over. Only the functions below ask it.
create function referrals.put_feedback(of_id uuid, answers text[], words bytea, by_whom uuid, of_event uuid) returns int
language plpgsql security definer set search_path = pg_catalog as $$
declare
  touched int;
  of_case uuid;
begin
  select r.case_id into of_case from referrals.referral r
  where r.id = of_id and r.kind = 'service' and r.status in ('in-service', 'done', 'ended') for no key update;
  if of_case is null then return 0; end if;
  insert into referrals.feedback as f (referral_id, case_id, respect, explained, agreed, safe, again, sealed_words, told_to)
  values (of_id, of_case, answers[1], answers[2], answers[3], answers[4], answers[5], words, by_whom)
  on conflict (referral_id) do update
    set respect = excluded.respect, explained = excluded.explained, agreed = excluded.agreed, safe = excluded.safe, again = excluded.again,
      sealed_words = excluded.sealed_words, told_to = excluded.told_to, said_at = now()
    -- What the person wrote is changed by the person alone.
    where by_whom is null or f.told_to is not null;
  get diagnostics touched = row_count;
  if touched = 1 then
    insert into cases.timeline (id, case_id, event, account_id) values (of_event, of_case, 'referral.feedback', by_whom);
  end if;
  return touched;
end $$;
create function referrals.drop_feedback(of_id uuid, by_whom uuid, of_event uuid) returns int
language plpgsql security definer set search_path = pg_catalog as $$
declare
  of_case uuid;
begin
  delete from referrals.feedback f where f.referral_id = of_id and (by_whom is null or f.told_to is not null)
  returning f.case_id into of_case;
  if of_case is null then return 0; end if;
  insert into cases.timeline (id, case_id, event, account_id) values (of_event, of_case, 'referral.feedback-taken-back', by_whom);
  return 1;
end $$;

create function referrals.tell_feedback(of_id uuid, answers text[], words bytea, of_event uuid) returns int
language plpgsql security definer set search_path = pg_catalog as $$
begin
  if referrals.hears(of_id, false) is not true then
    raise exception using errcode = '42501', message = 'not theirs';
  end if;
  return referrals.put_feedback(of_id, answers, words, nullif(current_setting('samaan.user', true), '')::uuid, of_event);
end $$;
create function referrals.take_back_feedback(of_id uuid, of_event uuid) returns int
language plpgsql security definer set search_path = pg_catalog as $$
begin
  if referrals.hears(of_id, false) is not true then
    raise exception using errcode = '42501', message = 'not theirs';
  end if;
  return referrals.drop_feedback(of_id, nullif(current_setting('samaan.user', true), '')::uuid, of_event);
end $$;

-- The person's own: what they were helped with, as a kind of organisation, and whether something was said of it. No name leaves.
create function referrals.own_helps() returns table (id uuid, kind text, said boolean)
language sql stable security definer set search_path = pg_catalog as $$
  select r.id, o.kind, f.referral_id is not null
  from referrals.referral r join directory.organisation o on o.id = r.to_organisation
  left join referrals.feedback f on f.referral_id = r.id
  where r.case_id = policy.visited() and r.kind = 'service' and r.status in ('in-service', 'done', 'ended')
  order by r.sent_at, r.id
$$;
create function referrals.say_own(of_id uuid, answers text[], words bytea, of_event uuid) returns int
language sql volatile security definer set search_path = pg_catalog as $$
  select referrals.put_feedback(r.id, answers, words, null, of_event) from referrals.referral r
  where r.id = of_id and r.case_id = policy.visited()
$$;
create function referrals.unsay_own(of_id uuid, of_event uuid) returns int
language sql volatile security definer set search_path = pg_catalog as $$
  select referrals.drop_feedback(r.id, null, of_event) from referrals.referral r
  where r.id = of_id and r.case_id = policy.visited()
$$;

revoke all on function referrals.works_for_asked(uuid), referrals.hears(uuid, boolean), referrals.feedback_of(uuid),
  referrals.put_feedback(uuid, text[], bytea, uuid, uuid), referrals.drop_feedback(uuid, uuid, uuid),
  referrals.tell_feedback(uuid, text[], bytea, uuid), referrals.take_back_feedback(uuid, uuid), referrals.own_helps(),
  referrals.say_own(uuid, text[], bytea, uuid), referrals.unsay_own(uuid, uuid) from public;
grant execute on function referrals.works_for_asked(uuid), referrals.feedback_of(uuid), referrals.tell_feedback(uuid, text[], bytea, uuid),
  referrals.take_back_feedback(uuid, uuid), referrals.own_helps(), referrals.say_own(uuid, text[], bytea, uuid),
  referrals.unsay_own(uuid, uuid) to samaan_app;

-- Whoever was asked is reminded before their time is out, at the shares of it that the country names. When that is follows from the hours in
-- which the time runs, so it stands in the referral; `reminded` is how many of them are past.
alter table referrals.referral
  add column remind_at timestamptz[] not null default '{}',
  add column reminded smallint not null default 0;
create index referral_reminds on referrals.referral ((remind_at[reminded + 1])) where status in ('sent', 'acknowledged');

-- Counts the reminders that are due, each once; what somebody is answering just now is left to the next minute. Answers those that still stand.
create function referrals.remind(at timestamptz) returns table (id uuid, case_id uuid, to_organisation uuid)
language plpgsql security definer set search_path = pg_catalog as $$
begin
  return query
    with due as (
      select r.id from referrals.referral r
      where r.status in ('sent', 'acknowledged') and r.remind_at[r.reminded + 1] <= remind.at
      limit 500 for update skip locked),
    told as (
      update referrals.referral r set reminded = (select count(*) from unnest(r.remind_at) one where one <= remind.at)
      where r.id in (select d.id from due d) returning r.id, r.case_id, r.to_organisation)
    select t.id, t.case_id, t.to_organisation from told t
    where exists (select 1 from policy.case_access a where a.case_id = t.case_id and a.basis = 'share' and a.basis_id = t.id
      and a.until > remind.at);
end $$;
revoke all on function referrals.remind(timestamptz) from public;
grant execute on function referrals.remind(timestamptz) to samaan_jobs;

-- Who is asked in turn is reminded as everybody is.
drop function referrals.pass_on(uuid, timestamptz, timestamptz, timestamptz, timestamptz);
create function referrals.pass_on(of_turn uuid, at timestamptz, warns timestamptz, due timestamptz, expires timestamptz, reminds timestamptz[])
returns uuid
language plpgsql security definer set search_path = pg_catalog as $$
declare
  next referrals.turn;
  asking referrals.round;
  agreed consent.record;
  withheld integer;
  held integer;
begin
  -- The consent before any row, as everywhere: whoever withdraws it waits for nobody who waits for them.
  perform policy.lock_consent(o.consent_id, false) from referrals.round o join referrals.turn t on t.round_id = o.id where t.id = pass_on.of_turn;
  select o.* into asking from referrals.round o
  where o.id = (select t.round_id from referrals.turn t where t.id = pass_on.of_turn) and o.state = 'asking' for no key update;
  delete from referrals.turn t where t.id = pass_on.of_turn and t.round_id = asking.id
    and not exists (select 1 from referrals.referral r where r.round_id = asking.id and r.status in ('sent', 'acknowledged'))
  returning t.* into next;
  if next.id is null then return null; end if;
  select * into agreed from consent.record r
  where r.id = asking.consent_id and r.case_id = asking.case_id and r.kind = 'given' and 'services' = any (r.purposes)
    and next.to_organisation = any (r.recipients) and (r.expires_at is null or r.expires_at > pass_on.at)
    and not exists (select 1 from consent.record w where w.withdraws = r.id);
  if agreed.id is null then return null; end if;
  select coalesce(bit_or((w ->> 'compartments')::int), 0) into withheld
  from jsonb_array_elements(agreed.withhold) w where (w ->> 'recipient')::uuid = next.to_organisation;
  select coalesce(bit_or(a.compartments | a.shared), 0) into held from policy.case_access a
  where a.case_id = asking.case_id and a.until > now() and a.basis <> 'share'
    and a.principal in (asking.from_account, asking.from_organisation);
  if (agreed.compartments & ~withheld & held & asking.shared) <> asking.shared
     or exists (select 1 from policy.case_hidden h where h.case_id = asking.case_id)
     or exists (select 1 from policy.case_merged m where m.case_id = asking.case_id)
     or exists (select 1 from cases.folder f where f.id = asking.case_id and f.status = 'closed')
     or not exists (select 1 from auth.account p join auth.assignment s on s.account_id = p.id
          where p.id = asking.from_account and p.status = 'active' and s.organisation_id = asking.from_organisation
            and s.role in ('officer', 'intake', 'coordinator') and s.confirmed_at is not null and s.until > now())
     or not exists (select 1 from directory.organisation g where g.id = next.to_organisation and g.active)
     or next.offer_id is not null and not exists (select 1 from directory.service s where s.id = next.offer_id and s.active) then
    return null;
  end if;
  insert into referrals.referral (id, case_id, country, kind, service, offer_id, place, expires_at, from_organisation, from_account,
    to_organisation, urgency, status, consent_id, shared, sealed_message, due_at, warn_at, sent_at, round_id, remind_at)
  values (next.id, asking.case_id, asking.country, 'service', asking.service, next.offer_id, next.place, pass_on.expires,
    asking.from_organisation, asking.from_account, next.to_organisation, asking.urgency, 'sent', asking.consent_id, asking.shared,
    next.sealed_message, pass_on.due, pass_on.warns, pass_on.at, asking.id, pass_on.reminds);
  insert into policy.case_access (principal, case_id, basis, basis_id, compartments, shared, consent_id, until)
  values (next.to_organisation, asking.case_id, 'share', next.id, asking.shared, 0, asking.consent_id, coalesce(agreed.expires_at, 'infinity'));
  return next.id;
end $$;
revoke all on function referrals.pass_on(uuid, timestamptz, timestamptz, timestamptz, timestamptz, timestamptz[]) from public;
grant execute on function referrals.pass_on(uuid, timestamptz, timestamptz, timestamptz, timestamptz, timestamptz[]) to samaan_jobs;

-- In an emergency whoever is closed and has nobody on call is not waited for: their turn is over, and the next is asked.
drop function referrals.rounds_due();
create function referrals.rounds_due(at timestamptz) returns table (round_id uuid, case_id uuid, country text, urgency text, turn_id uuid, to_organisation uuid,
  consent_id uuid, shared integer, hours jsonb, open_on_holidays boolean, on_call boolean)
language plpgsql security definer set search_path = pg_catalog as $$
begin
  return query
    select o.id, o.case_id, o.country, o.urgency, t.id, t.to_organisation, o.consent_id, o.shared, s.hours, s.open_on_holidays,
      exists (select 1 from directory.on_call c join auth.assignment a on a.account_id = c.account_id and a.organisation_id = c.organisation_id
          and a.confirmed_at is not null and a.until > rounds_due.at
        where c.organisation_id = t.to_organisation and c.starts_at <= rounds_due.at and c.ends_at > rounds_due.at)
    from referrals.round o
    left join lateral (select r.status from referrals.referral r where r.round_id = o.id order by r.sent_at desc, r.id desc limit 1) last on true
    left join lateral (select u.* from referrals.turn u where u.round_id = o.id and last.status <> 'revoked' order by u.number limit 1) t on true
    left join directory.service s on s.id = t.offer_id
    where o.state = 'asking'
      and not exists (select 1 from referrals.referral r where r.round_id = o.id and r.status in ('sent', 'acknowledged'))
    order by o.id limit 500;
end $$;
revoke all on function referrals.rounds_due(timestamptz) from public;
grant execute on function referrals.rounds_due(timestamptz) to samaan_jobs;
create function referrals.skip_turn(of_turn uuid) returns void
language sql volatile security definer set search_path = pg_catalog as $$
  delete from referrals.turn t where t.id = of_turn
    and not exists (select 1 from referrals.referral r where r.round_id = t.round_id and r.status in ('sent', 'acknowledged'))
$$;
revoke all on function referrals.skip_turn(uuid) from public;
grant execute on function referrals.skip_turn(uuid) to samaan_jobs;
