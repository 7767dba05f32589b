-- A share stands on a consent that stands, also when both are written at the same moment; and who works with a person is
-- whoever made the case, holds it, is in charge of it, or accepted a referral.

-- Whether the organisation took on what was asked of it. An unanswered referral lets it see, and write down nothing.
alter table policy.case_access add column accepted boolean not null default false;
update policy.case_access a set accepted = true
from referrals.referral r
where a.basis = 'share' and a.basis_id = r.id and r.status = 'accepted';

-- Whoever shares on a consent keeps it from ending meanwhile; whoever ends it waits until no share is on its way. Taken
-- before anything is read and before any row is locked, until the transaction ends.
create function policy.lock_consent(consent uuid, ending boolean) returns void
language plpgsql set search_path = pg_catalog as $$
begin
  if ending then
    perform pg_advisory_xact_lock(hashtextextended('consent ' || consent::text, 0));
  else
    perform pg_advisory_xact_lock_shared(hashtextextended('consent ' || consent::text, 0));
  end if;
end $$;

-- Nobody shares what they do not hold, nor without a consent of this case that stands, names the receiver, and agreed to
-- all of it for this purpose: a bug or an injected statement cannot either. A share ends with its consent at the latest.
create or replace function policy.share(to_principal uuid, of_case uuid, given int, told int, referral uuid, consent uuid, valid_until timestamptz)
returns void language plpgsql security definer set search_path = pg_catalog as $$
declare
  agreed consent.record;
  withheld int;
begin
  if (coalesce(policy.held(of_case), 0) & given) <> given or told not in (0, given) then
    raise exception using errcode = '42501', message = 'not held';
  end if;
  perform policy.lock_consent(share.consent, false);
  select * into agreed from consent.record r
  where r.id = share.consent and r.case_id = of_case and r.kind = 'given'
    and (r.expires_at is null or r.expires_at > now())
    and not exists (select 1 from consent.record w where w.withdraws = r.id);
  select coalesce(bit_or((w ->> 'compartments')::int), 0) into withheld
  from jsonb_array_elements(agreed.withhold) w where (w ->> 'recipient')::uuid = to_principal;
  if agreed.id is null or not to_principal = any (agreed.recipients)
     or (agreed.compartments & ~withheld & given) <> given
     or not (case when told = 0 then 'services' else 'identification' end) = any (agreed.purposes) then
    raise exception using errcode = '42501', message = 'not agreed';
  end if;
  insert into policy.case_access (principal, case_id, basis, basis_id, compartments, shared, consent_id, until)
  values (to_principal, of_case, 'share', referral, given, told, share.consent,
          least(valid_until, coalesce(agreed.expires_at, 'infinity')));
end $$;

-- The organisation took on what this referral asked of it.
create function policy.accept(to_principal uuid, of_case uuid, referral uuid) returns void
language plpgsql security definer set search_path = pg_catalog as $$
begin
  if not to_principal = any (current_setting('samaan.principals', true)::uuid[])
     or not exists (select 1 from referrals.referral r where r.id = accept.referral and r.case_id = of_case
                    and r.to_organisation = to_principal and r.status = 'accepted') then
    raise exception using errcode = '42501', message = 'not accepted';
  end if;
  update policy.case_access a set accepted = true
  where a.principal = to_principal and a.case_id = of_case and a.basis = 'share' and a.basis_id = referral;
end $$;

create or replace function policy.end_consent(of_case uuid, consent uuid) returns void
language plpgsql security definer set search_path = pg_catalog as $$
begin
  perform policy.lock_consent(end_consent.consent, true);
  if not exists (select 1 from consent.record w where w.withdraws = end_consent.consent and w.case_id = of_case) then
    raise exception using errcode = '42501', message = 'not withdrawn';
  end if;
  delete from policy.case_access a
  where a.case_id = of_case and a.basis = 'share' and a.consent_id = end_consent.consent;
end $$;

create or replace function referrals.end_consent(consent uuid) returns void
language plpgsql security definer set search_path = pg_catalog as $$
begin
  perform policy.lock_consent(end_consent.consent, true);
  if not exists (select 1 from consent.record w where w.withdraws = end_consent.consent) then
    raise exception using errcode = '42501', message = 'not withdrawn';
  end if;
  update referrals.referral r set status = 'revoked', version = r.version + 1
  where r.consent_id = end_consent.consent and r.status in ('sent', 'acknowledged');
end $$;

-- What a case is taken by stands until it is taken: a share that is being ended is waited for. Its row comes after the
-- referral's, as in a withdrawal.
create or replace function policy.hold(unit uuid, of_case uuid, referral uuid) returns void
language plpgsql security definer set search_path = pg_catalog as $$
declare
  given int;
begin
  select bit_or(s.shared) into given from (
    select a.shared from policy.case_access a
    where a.case_id = of_case and a.until > now()
      and (referral is not null and a.principal = unit and a.basis = 'share' and a.basis_id = referral and a.shared <> 0
           or referral is null and a.basis = 'own' and a.principal = current_setting('samaan.user', true)::uuid)
    for share
  ) s;
  if given is null or current_setting('samaan.role', true) <> 'intake'
     or not unit = any (current_setting('samaan.principals', true)::uuid[])
     or not exists (select 1 from directory.organisation o where o.id = unit and o.competent
                    and o.country = current_setting('samaan.country', true)) then
    raise exception using errcode = '42501', message = 'not held';
  end if;
  insert into policy.case_access (principal, case_id, basis, basis_id, compartments, shared)
  values (unit, of_case, 'holder', of_case, (given & 1) | 64, given);
end $$;

revoke all on function policy.lock_consent(uuid, boolean), policy.accept(uuid, uuid, uuid) from public;
grant execute on function policy.lock_consent(uuid, boolean), policy.accept(uuid, uuid, uuid) to samaan_app;

-- Only who works with the person writes in the ledger, and who gives a service never writes that they may be told.
drop policy written on consent.record;
create policy written on consent.record for insert to samaan_app with check (
  explained_by = (select current_setting('samaan.user', true))::uuid
  and (select current_setting('samaan.role', true)) in ('officer', 'intake', 'coordinator', 'provider', 'shelter-manager')
  and exists (select 1 from policy.case_access a where a.case_id = record.case_id and a.until > now()
    and (a.basis <> 'share' or a.accepted))
  and ((select current_setting('samaan.role', true)) not in ('provider', 'shelter-manager')
       or not recipients && (select current_setting('samaan.principals', true))::uuid[]));
