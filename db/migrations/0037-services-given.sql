-- What becomes of a referral after its answer: in part, begun, done or ended; a question that nobody answers runs out. Which
-- offer was asked for, and which kind of place.
alter table referrals.referral
  drop constraint referral_status_check,
  add constraint referral_status_check check (status in ('sent', 'acknowledged', 'accepted', 'partly-accepted', 'in-service',
    'done', 'ended', 'declined', 'revoked', 'expired')),
  add column offer_id uuid references directory.service (id),
  add column place text check (place in ('woman', 'man', 'family', 'child', 'anybody')),
  -- the kind of place that was taken, until it is given back
  add column place_taken text check (place_taken in ('woman', 'man', 'family', 'child', 'anybody')),
  -- null: it waits for an answer as long as it takes
  add column expires_at timestamptz,
  add column began_at timestamptz,
  add column finished_at timestamptz,
  add column outcome text check (outcome in ('helped', 'helped-in-part', 'not-helped')),
  add column end_reason text check (end_reason in ('person-left', 'person-declined', 'not-needed', 'not-possible', 'moved', 'other')),
  add check ((status = 'done') = (outcome is not null)),
  add check ((status = 'ended') = (end_reason is not null));
create index referral_expires on referrals.referral (expires_at) where status in ('sent', 'acknowledged');

drop index referrals.referral_answered_by;
create index referral_answered_by on referrals.referral (from_account, answered_at)
  where status in ('accepted', 'partly-accepted', 'in-service', 'declined');

-- Who took it on says how it goes, while what was shared stands; who sent it may end it. Nobody else, and nothing else.
create policy served on referrals.referral for update to samaan_app
  using (status in ('accepted', 'partly-accepted', 'in-service')
    and ((select current_setting('samaan.role', true)) in ('provider', 'shelter-manager', 'intake')
        and to_organisation = any ((select current_setting('samaan.principals', true))::uuid[])
      or (select current_setting('samaan.role', true)) in ('officer', 'intake', 'coordinator')
        and (from_account = nullif((select current_setting('samaan.user', true)), '')::uuid
          or (select current_setting('samaan.role', true)) = 'intake'
            and from_organisation = any ((select current_setting('samaan.principals', true))::uuid[])))
    and kind = 'service')
  with check (kind = 'service' and (
    status in ('in-service', 'done', 'ended')
      and (select current_setting('samaan.role', true)) in ('provider', 'shelter-manager', 'intake')
      and to_organisation = any ((select current_setting('samaan.principals', true))::uuid[])
      and from_account is distinct from nullif((select current_setting('samaan.user', true)), '')::uuid
      and exists (select 1 from policy.case_access a where a.case_id = referral.case_id and a.basis = 'share'
        and a.basis_id = referral.id and a.until > now())
    or status = 'ended'
      and (select current_setting('samaan.role', true)) in ('officer', 'intake', 'coordinator')
      and (from_account = nullif((select current_setting('samaan.user', true)), '')::uuid
        or (select current_setting('samaan.role', true)) = 'intake'
          and from_organisation = any ((select current_setting('samaan.principals', true))::uuid[]))));
do $$
declare
  -- As in 0033; to take a part of it on is to take it on.
  answers text;
begin
  select replace(with_check, '''accepted''::text, ''declined''::text', '''accepted''::text, ''partly-accepted''::text, ''declined''::text')
  into answers from pg_policies where schemaname = 'referrals' and tablename = 'referral' and policyname = 'answered';
  if answers not like '%partly-accepted%' then
    raise exception 'the policy of answers is not as it was';
  end if;
  execute 'alter policy answered on referrals.referral with check (' || answers || ')';
end $$;
grant update (place_taken, began_at, finished_at, outcome, end_reason) on referrals.referral to samaan_app;

create or replace function policy.accept(to_principal uuid, of_case uuid, referral uuid) returns void
language plpgsql security definer set search_path = pg_catalog as $$
begin
  if not to_principal = any (current_setting('samaan.principals', true)::uuid[])
     or not exists (select 1 from referrals.referral r where r.id = accept.referral and r.case_id = of_case
                    and r.to_organisation = to_principal and r.status in ('accepted', 'partly-accepted')) then
    raise exception using errcode = '42501', message = 'not accepted';
  end if;
  update policy.case_access a set accepted = true
  where a.principal = to_principal and a.case_id = of_case and a.basis = 'share' and a.basis_id = referral;
end $$;

-- Questions that nobody answered in twice their time are over: what they shared closes, and who asked can ask somebody else. A
-- referral for identification waits for the unit, which has to answer.
create function referrals.expire(at timestamptz) returns table (id uuid, case_id uuid, to_organisation uuid)
language plpgsql security definer set search_path = pg_catalog as $$
begin
  return query
    with over as (
      select r.id from referrals.referral r
      where r.expires_at < expire.at and r.kind = 'service' and r.status in ('sent', 'acknowledged')
      limit 500 for update skip locked),
    told as (
      update referrals.referral r set status = 'expired', version = r.version + 1
      where r.id in (select o.id from over o) returning r.id, r.case_id, r.to_organisation),
    closed as (
      delete from policy.case_access a using told t
      where a.basis = 'share' and a.basis_id = t.id and a.case_id = t.case_id and a.principal = t.to_organisation)
    select t.id, t.case_id, t.to_organisation from told t;
end $$;
revoke all on function referrals.expire(timestamptz) from public;
grant execute on function referrals.expire(timestamptz) to samaan_jobs;

-- Each of these moves stands in the history of the case, in the name of who made it.
create policy served on cases.timeline for insert to samaan_app with check (
  event in ('referral.begun', 'referral.done', 'referral.ended')
  and account_id = nullif((select current_setting('samaan.user', true)), '')::uuid
  and exists (select 1 from policy.case_access a where a.case_id = timeline.case_id and a.until > now()
    and a.basis = 'share' and a.accepted));
alter policy taken_back on cases.timeline with check (
  event in ('referral.revoked', 'referral.ended')
  and account_id = nullif((select current_setting('samaan.user', true)), '')::uuid
  and exists (select 1 from referrals.referral r where r.case_id = timeline.case_id
    and r.from_account = nullif((select current_setting('samaan.user', true)), '')::uuid));
