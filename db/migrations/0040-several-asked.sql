-- Several organisations are asked for one help: all at once, of whom the first who says yes gives it; or one after another, the next
-- when one said no, or nothing in time. Who else is asked is seen by who asked and by who has the case, never by who is asked.
create table referrals.round (
  id uuid primary key,
  case_id uuid not null references cases.folder (id),
  country text not null,
  service text not null,
  way text not null check (way in ('at-once', 'in-turn')),
  urgency text not null check (urgency in ('routine', 'urgent', 'emergency')),
  from_organisation uuid not null references directory.organisation (id),
  from_account uuid not null references auth.account (id),
  consent_id uuid not null references consent.record (id),
  shared integer not null check (shared & ~65 = 0),
  state text not null default 'asking' check (state in ('asking', 'answered', 'nobody', 'stopped')),
  made_at timestamptz not null default now(),
  ended_at timestamptz
);
create index round_case on referrals.round (case_id, id desc);
create index round_asking on referrals.round (id) where state = 'asking';
-- Who is asked next; it becomes a referral under its own id.
create table referrals.turn (
  id uuid primary key,
  round_id uuid not null references referrals.round (id) on delete cascade,
  case_id uuid not null references cases.folder (id),
  number integer not null,
  to_organisation uuid not null references directory.organisation (id),
  offer_id uuid references directory.service (id),
  place text check (place in ('woman', 'man', 'family', 'child', 'anybody')),
  sealed_message bytea,
  unique (round_id, number)
);
alter table referrals.referral add column round_id uuid references referrals.round (id) on delete set null;
create index round_nobody on referrals.round (ended_at) where state = 'nobody';
create index referral_expired on referrals.referral (expires_at) where status = 'expired';
create index referral_round on referrals.referral (round_id) where round_id is not null;

alter table referrals.round enable row level security;
alter table referrals.round force row level security;
alter table referrals.turn enable row level security;
alter table referrals.turn force row level security;
call policy.hide('referrals.round', 'case_id');
call policy.hide('referrals.turn', 'case_id');
grant select, insert on referrals.round, referrals.turn to samaan_app;

create policy parties on referrals.round for select to samaan_app using (
  from_account = nullif((select current_setting('samaan.user', true)), '')::uuid
  or (select current_setting('samaan.role', true)) = 'intake'
    and from_organisation = any ((select current_setting('samaan.principals', true))::uuid[])
  or exists (select 1 from policy.case_access a where a.case_id = round.case_id and a.until > now()
    and a.basis in ('holder', 'assigned')));
create policy asked on referrals.round for insert to samaan_app with check (
  state = 'asking' and ended_at is null
  and country = (select current_setting('samaan.country', true))
  and from_account = nullif((select current_setting('samaan.user', true)), '')::uuid
  and from_organisation in (select w.organisation_id from auth.working w where w.role in ('officer', 'intake', 'coordinator'))
  and exists (select 1 from policy.case_access a where a.case_id = round.case_id and a.until > now() and a.basis <> 'share')
  and exists (select 1 from consent.record c where c.id = consent_id and c.case_id = round.case_id and c.kind = 'given'));
create policy parties on referrals.turn for select to samaan_app using (
  round_id in (select r.id from referrals.round r where r.case_id = turn.case_id));
create policy asked on referrals.turn for insert to samaan_app with check (
  exists (select 1 from referrals.round r where r.id = round_id and r.case_id = turn.case_id and r.way = 'in-turn' and r.state = 'asking'
    and r.from_account = nullif((select current_setting('samaan.user', true)), '')::uuid)
  and to_organisation in (select o.id from directory.organisation o where o.country = (select current_setting('samaan.country', true))));
create policy in_round on referrals.referral as restrictive for insert to samaan_app with check (
  round_id is null
  or exists (select 1 from referrals.round r where r.id = round_id and r.case_id = referral.case_id and r.state = 'asking'
    and r.consent_id = referral.consent_id and r.from_account = referral.from_account));

-- Of two who say yes at once one waits here for the other, before either touches its own row.
create function referrals.hold_round(of_referral uuid) returns void
language plpgsql security definer set search_path = pg_catalog as $$
begin
  perform 1 from referrals.round o
  where o.id = (select r.round_id from referrals.referral r where r.id = hold_round.of_referral
    and r.to_organisation = any (current_setting('samaan.principals', true)::uuid[]))
  for no key update;
end $$;
revoke all on function referrals.hold_round(uuid) from public;
grant execute on function referrals.hold_round(uuid) to samaan_app;

-- What is still asked in a round is taken back, what was shared for it closes, and nobody else is asked.
create function referrals.close_round(of_round uuid, as_state text, because text) returns integer
language plpgsql security definer set search_path = pg_catalog as $$
declare
  touched integer;
begin
  update referrals.round o set state = close_round.as_state, ended_at = now() where o.id = close_round.of_round and o.state = 'asking';
  get diagnostics touched = row_count;
  if touched = 0 then return 0; end if;
  delete from referrals.turn t where t.round_id = close_round.of_round;
  with back as (
    update referrals.referral r set status = 'revoked', version = r.version + 1
    where r.round_id = close_round.of_round and r.status in ('sent', 'acknowledged')
    returning r.id, r.case_id, r.to_organisation),
  closed as (
    delete from policy.case_access a using back b
    where a.basis = 'share' and a.basis_id = b.id and a.case_id = b.case_id and a.principal = b.to_organisation)
  insert into cases.timeline (id, case_id, event, organisation_id)
  select gen_random_uuid(), b.case_id, close_round.because, b.to_organisation from back b;
  return touched;
end $$;
revoke all on function referrals.close_round(uuid, text, text) from public;

-- Whoever was asked has said yes, in their own name: the others need not answer any more. A part leaves the rest to be found.
create function referrals.settle_round(of_referral uuid) returns void
language plpgsql security definer set search_path = pg_catalog as $$
declare
  asked referrals.referral;
  way text;
begin
  select r.* into asked from referrals.referral r
  where r.id = settle_round.of_referral and r.round_id is not null and r.status in ('accepted', 'partly-accepted')
    and r.to_organisation = any (current_setting('samaan.principals', true)::uuid[])
    and r.answered_by = nullif(current_setting('samaan.user', true), '')::uuid;
  if asked.id is null then return; end if;
  select o.way into way from referrals.round o where o.id = asked.round_id;
  if asked.status = 'accepted' or way = 'in-turn' then
    perform referrals.close_round(asked.round_id, 'answered', 'referral.not-needed');
  end if;
end $$;
revoke all on function referrals.settle_round(uuid) from public;
grant execute on function referrals.settle_round(uuid) to samaan_app;

-- Who asked, or intake of their organisation, asks nobody any more.
create function referrals.stop_round(of_round uuid) returns integer
language plpgsql security definer set search_path = pg_catalog as $$
begin
  perform 1 from referrals.round o where o.id = stop_round.of_round
    and (o.from_account = nullif(current_setting('samaan.user', true), '')::uuid
        and current_setting('samaan.role', true) in ('officer', 'intake', 'coordinator')
      or current_setting('samaan.role', true) = 'intake' and o.from_organisation = any (current_setting('samaan.principals', true)::uuid[]))
    and not exists (select 1 from policy.case_hidden h where h.case_id = o.case_id)
  for no key update;
  if not found then return 0; end if;
  return referrals.close_round(stop_round.of_round, 'stopped', 'referral.revoked');
end $$;
revoke all on function referrals.stop_round(uuid) from public;
grant execute on function referrals.stop_round(uuid) to samaan_app;

-- Rounds in which nothing is open any more: with who comes next, or with nobody left. Who took the last question back asks nobody else.
create function referrals.rounds_due() returns table (round_id uuid, case_id uuid, country text, urgency text, turn_id uuid, to_organisation uuid,
  consent_id uuid, shared integer, hours jsonb, open_on_holidays boolean)
language plpgsql security definer set search_path = pg_catalog as $$
begin
  return query
    select o.id, o.case_id, o.country, o.urgency, t.id, t.to_organisation, o.consent_id, o.shared, s.hours, s.open_on_holidays
    from referrals.round o
    left join lateral (select r.status from referrals.referral r where r.round_id = o.id order by r.sent_at desc, r.id desc limit 1) last on true
    left join lateral (select u.* from referrals.turn u where u.round_id = o.id and last.status <> 'revoked' order by u.number limit 1) t on true
    left join directory.service s on s.id = t.offer_id
    where o.state = 'asking'
      and not exists (select 1 from referrals.referral r where r.round_id = o.id and r.status in ('sent', 'acknowledged'))
    order by o.id limit 500;
end $$;
revoke all on function referrals.rounds_due() from public;
grant execute on function referrals.rounds_due() to samaan_jobs;

-- The next is asked, in the name of who asked for the round, and only if all that allowed it still stands: the person's consent names
-- them, who asked still has the case, and the organisation still offers it. Otherwise their turn is over, and this says so by null.
create function referrals.pass_on(of_turn uuid, at timestamptz, warns timestamptz, due timestamptz, expires timestamptz) returns uuid
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
    to_organisation, urgency, status, consent_id, shared, sealed_message, due_at, warn_at, sent_at, round_id)
  values (next.id, asking.case_id, asking.country, 'service', asking.service, next.offer_id, next.place, pass_on.expires,
    asking.from_organisation, asking.from_account, next.to_organisation, asking.urgency, 'sent', asking.consent_id, asking.shared,
    next.sealed_message, pass_on.due, pass_on.warns, pass_on.at, asking.id);
  insert into policy.case_access (principal, case_id, basis, basis_id, compartments, shared, consent_id, until)
  values (next.to_organisation, asking.case_id, 'share', next.id, asking.shared, 0, asking.consent_id, coalesce(agreed.expires_at, 'infinity'));
  return next.id;
end $$;
revoke all on function referrals.pass_on(uuid, timestamptz, timestamptz, timestamptz, timestamptz) from public;
grant execute on function referrals.pass_on(uuid, timestamptz, timestamptz, timestamptz, timestamptz) to samaan_jobs;

-- Nobody is left to ask. Where somebody took on a part, or who asked took the last question back, that is what it came to.
create function referrals.end_round(of_round uuid) returns text
language plpgsql security definer set search_path = pg_catalog as $$
declare
  became text;
begin
  select case when bool_or(r.status in ('accepted', 'partly-accepted', 'in-service', 'done', 'ended')) then 'answered'
    when (array_agg(r.status order by r.sent_at desc, r.id desc))[1] = 'revoked' then 'stopped' else 'nobody' end into became
  from referrals.referral r where r.round_id = end_round.of_round;
  if referrals.close_round(end_round.of_round, coalesce(became, 'nobody'), 'referral.revoked') = 0 then return null; end if;
  return became;
end $$;
revoke all on function referrals.end_round(uuid) from public;
grant execute on function referrals.end_round(uuid) to samaan_jobs;

-- A consent that was withdrawn asks nobody any more.
create or replace function referrals.end_consent(consent uuid) returns void
language plpgsql security definer set search_path = pg_catalog as $$
begin
  perform policy.lock_consent(end_consent.consent, true);
  if not exists (select 1 from consent.record w where w.withdraws = end_consent.consent) then
    raise exception using errcode = '42501', message = 'not withdrawn';
  end if;
  update referrals.round o set state = 'stopped', ended_at = now() where o.consent_id = end_consent.consent and o.state = 'asking';
  delete from referrals.turn t using referrals.round o where o.id = t.round_id and o.consent_id = end_consent.consent;
  update referrals.referral r set status = 'revoked', version = r.version + 1
  where r.consent_id = end_consent.consent and r.status in ('sent', 'acknowledged');
end $$;
