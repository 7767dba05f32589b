-- Referrals between organisations: sent, acknowledged, answered; each cites the consent it stands on.
create schema referrals;
grant usage on schema referrals to samaan_app, samaan_jobs;

create table referrals.referral (
  id uuid primary key,
  case_id uuid not null references cases.folder (id),
  country text not null,
  -- identification: to the competent body; service: to a provider
  kind text not null check (kind in ('identification', 'service')),
  service text,
  from_organisation uuid not null,
  from_account uuid not null,
  to_organisation uuid not null references directory.organisation (id),
  urgency text not null check (urgency in ('emergency', 'urgent', 'routine')),
  status text not null check (status in ('sent', 'acknowledged', 'accepted', 'declined', 'revoked')),
  consent_id uuid not null references consent.record (id),
  shared int not null check (shared between 1 and 127),
  sealed_message bytea,
  decline_reason text,
  sealed_answer bytea,
  due_at timestamptz not null,
  warn_at timestamptz not null,
  sent_at timestamptz not null default now(),
  acknowledged_at timestamptz,
  answered_at timestamptz,
  answered_by uuid,
  version int not null default 1,
  check (kind = 'identification' or service is not null),
  check (from_organisation <> to_organisation or kind = 'service')
);
create index referral_to on referrals.referral (to_organisation, status, id desc);
create index referral_to_all on referrals.referral (to_organisation, id desc);
create index referral_from on referrals.referral (from_organisation, id desc);
create index referral_sender on referrals.referral (from_account, id desc);
create index referral_case on referrals.referral (case_id, id desc);
create index referral_due on referrals.referral (due_at) where status in ('sent', 'acknowledged');

alter table referrals.referral enable row level security;
alter table referrals.referral force row level security;
create policy parties on referrals.referral for select to samaan_app using (
  ((select current_setting('samaan.role', true)) in ('intake', 'provider', 'shelter-manager')
   and (to_organisation = any ((select current_setting('samaan.principals', true))::uuid[])
        or from_organisation = any ((select current_setting('samaan.principals', true))::uuid[])))
  or from_account = (select current_setting('samaan.user', true))::uuid
  or exists (select 1 from policy.case_access a where a.case_id = referral.case_id and a.until > now()
    and a.basis in ('holder', 'assigned')));
create policy sent on referrals.referral for insert to samaan_app with check (
  from_account = (select current_setting('samaan.user', true))::uuid
  and exists (select 1 from policy.case_access a where a.case_id = referral.case_id and a.until > now() and a.basis <> 'share'));
-- Only what is not answered yet, and only the columns of an answer.
create policy answered on referrals.referral for update to samaan_app using (
  status in ('sent', 'acknowledged') and (
  ((select current_setting('samaan.role', true)) in ('intake', 'provider', 'shelter-manager')
   and (to_organisation = any ((select current_setting('samaan.principals', true))::uuid[])
        or from_organisation = any ((select current_setting('samaan.principals', true))::uuid[])))
  or from_account = (select current_setting('samaan.user', true))::uuid))
  with check (true);

-- Who sent a referral may take it back, and the history says so, also when the case is in other hands by then.
create policy taken_back on cases.timeline for insert to samaan_app with check (
  event = 'referral.revoked' and account_id = nullif((select current_setting('samaan.user', true)), '')::uuid
  and exists (select 1 from referrals.referral r where r.case_id = timeline.case_id
    and r.from_account = nullif((select current_setting('samaan.user', true)), '')::uuid));

-- What stood on a consent that was withdrawn and was not answered yet is taken back, whoever wrote the withdrawal down.
create function referrals.end_consent(consent uuid) returns void
language plpgsql security definer set search_path = pg_catalog as $$
begin
  if not exists (select 1 from consent.record w where w.withdraws = end_consent.consent) then
    raise exception using errcode = '42501', message = 'not withdrawn';
  end if;
  update referrals.referral r set status = 'revoked', version = r.version + 1
  where r.consent_id = end_consent.consent and r.status in ('sent', 'acknowledged');
end $$;
revoke all on function referrals.end_consent(uuid) from public;
grant execute on function referrals.end_consent(uuid) to samaan_app;
create policy jobs on referrals.referral for select to samaan_jobs using (true);
grant select, insert on referrals.referral to samaan_app;
grant update (status, acknowledged_at, answered_at, answered_by, decline_reason, sealed_answer, version)
  on referrals.referral to samaan_app;
grant select on referrals.referral to samaan_jobs;
