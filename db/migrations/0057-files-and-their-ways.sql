-- A passport or a birth certificate says who the person is: it belongs to identity and is opened by that key. Whoever works on the
-- services alone sees neither the paper nor that there is one. What is there already stays with the services.
alter table cases.attachment drop constraint attachment_compartment_check;
alter table cases.attachment add constraint attachment_compartment_check check (compartment in ('ID', 'SVC'));
alter table cases.attachment drop constraint attachment_purpose_check;
alter table cases.attachment add constraint attachment_purpose_check
  check (purpose in ('identity-document', 'document', 'place-or-thing', 'recording', 'person', 'other'));
alter table cases.attachment add constraint attachment_identity check (compartment = 'ID' or purpose <> 'identity-document');
drop policy seen on cases.attachment;
drop policy added on cases.attachment;
create policy seen on cases.attachment for select to samaan_app using (
  compartment = 'SVC' and (select current_setting('samaan.compartments', true))::int & 2 <> 0
  and exists (select 1 from policy.case_access a where a.case_id = attachment.case_id and a.until > now()
    and a.compartments & 2 <> 0));
create policy paper_seen on cases.attachment for select to samaan_app using (
  compartment = 'ID' and (select current_setting('samaan.role', true)) in ('intake', 'coordinator', 'decision-maker')
  and exists (select 1 from policy.case_access a where a.case_id = attachment.case_id and a.until > now()
    and a.compartments & 1 <> 0));
create policy added on cases.attachment for insert to samaan_app with check (
  compartment = 'SVC' and by_account = nullif((select current_setting('samaan.user', true)), '')::uuid
  and exists (select 1 from policy.case_access a where a.case_id = attachment.case_id and a.until > now()
    and a.compartments & 2 <> 0 and a.basis <> 'share'));
create policy paper_added on cases.attachment for insert to samaan_app with check (
  compartment = 'ID' and by_account = nullif((select current_setting('samaan.user', true)), '')::uuid
  and (select current_setting('samaan.role', true)) in ('officer', 'intake', 'coordinator')
  and exists (select 1 from policy.case_access a where a.case_id = attachment.case_id and a.until > now()
    and a.compartments & 1 <> 0 and a.basis <> 'share'));

-- What can be cited: of papers only where who the person is is open to who decides.
create or replace function cases.citable(of_case uuid) returns table (kind text, id uuid, at timestamptz, by_account uuid)
language plpgsql stable security definer set search_path = pg_catalog as $$
declare
  open int;
begin
  select bit_or(a.compartments) into open from policy.case_access a where a.case_id = of_case and a.until > now()
    and a.principal = any (current_setting('samaan.principals', true)::uuid[])
    and a.basis in ('holder', 'assigned');
  if current_setting('samaan.compartments', true)::int & 64 = 0 or open is null then
    return;
  end if;
  return query
    select 'screening', s.id, s.said_at, s.by_account from screening.screening s where s.case_id = of_case
    union all
    select 'interview', i.id, i.said_at, i.by_account from screening.interview i where i.case_id = of_case
    union all
    select 'attachment', t.id, t.at, t.by_account from cases.attachment t
    where t.case_id = of_case and t.state = 'ready' and (t.compartment = 'SVC' or open & 1 <> 0)
    union all
    select 'note', n.id, n.at, n.by_account from cases.note n where n.case_id = of_case
    order by 3, 2;
end $$;

-- Files of a lead: a photograph, a paper, a recording. Seen by whoever sees what the lead says, and by nobody to whom it is closed;
-- sealed to a key pair of their own, whose secret half only the lead's key for INV opens.
create table justice.lead_file (
  id uuid primary key,
  lead_id uuid not null references justice.lead (id),
  organisation_id uuid not null,
  by_account uuid not null references auth.account (id),
  at timestamptz not null default now(),
  -- the file's name
  sealed_about bytea not null,
  -- whom its copies are sealed to (age), and the secret half under the lead's key
  recipient text not null check (recipient ~ '^age1[0-9a-z]{58}$'),
  sealed_identity bytea not null,
  -- of the file as it was sealed before it was sent: by this its bytes are found
  sha256 bytea not null check (length(sha256) = 32),
  state text not null default 'waiting-for-file' check (state in ('waiting-for-file', 'ready', 'refused', 'quarantined')),
  code text check (code ~ '^[a-z][a-z0-9-]{0,59}$'),
  -- what it is by its bytes, once it is ready
  kind text check (kind ~ '^[a-z0-9]{2,8}$'),
  size int check (size >= 0),
  scanned boolean,
  -- random names of the sealed copies in the data folder
  original_file uuid,
  clean_file uuid,
  clean_size int,
  sealed_thumbnail bytea,
  -- an HMAC for each copy: nobody with the disk or the database alone puts another in its place
  proof bytea check (length(proof) in (32, 96)),
  check ((clean_file is null) = (clean_size is null) and (clean_file is null) = (sealed_thumbnail is null)),
  check ((state = 'ready') = (original_file is not null)),
  check ((state = 'ready') = (kind is not null and size is not null and scanned is not null and proof is not null)),
  check ((code is not null) = (state in ('refused', 'quarantined')))
);
create index lead_file_lead on justice.lead_file (lead_id, id);
create unique index lead_file_content on justice.lead_file (by_account, sha256);
alter table justice.lead_file enable row level security;
alter table justice.lead_file force row level security;
create policy body on justice.lead_file for select to samaan_app using (
  (select current_setting('samaan.role', true)) = 'investigator'
  and (select current_setting('samaan.compartments', true))::int & 16 <> 0
  and organisation_id in (select w.organisation_id from auth.working w));
create policy shared on justice.lead_file for select to samaan_app using (
  (select current_setting('samaan.role', true)) = 'prosecutor'
  and (select current_setting('samaan.compartments', true))::int & 16 <> 0
  and exists (select 1 from justice.lead_share h where h.lead_id = lead_file.lead_id and h.ended_at is null
    and h.account_id = nullif((select current_setting('samaan.user', true)), '')::uuid));
create policy added on justice.lead_file for insert to samaan_app with check (
  (select current_setting('samaan.role', true)) = 'investigator'
  and (select current_setting('samaan.compartments', true))::int & 16 <> 0
  and by_account = nullif((select current_setting('samaan.user', true)), '')::uuid
  and organisation_id in (select w.organisation_id from auth.working w));
-- Filing away what came needs no key and no sight of the lead: only what became of its maker's own file.
create policy filing on justice.lead_file for select to samaan_app using (
  (select current_setting('samaan.role', true)) = 'filing'
  and by_account = nullif((select current_setting('samaan.user', true)), '')::uuid);
create policy filed on justice.lead_file for update to samaan_app using (
  (select current_setting('samaan.role', true)) = 'filing'
  and by_account = nullif((select current_setting('samaan.user', true)), '')::uuid
  and state in ('waiting-for-file', 'quarantined'))
  with check (
  (select current_setting('samaan.role', true)) = 'filing'
  and by_account = nullif((select current_setting('samaan.user', true)), '')::uuid);
-- What came before the lead was closed to its maker is filed all the same: that shows them nothing.
create policy closed on justice.lead_file as restrictive to samaan_app using (
  (select current_setting('samaan.role', true)) = 'filing'
  or not exists (select 1 from justice.lead_closed c where c.lead_id = lead_file.lead_id));
create trigger require_same_body before insert on justice.lead_file
  for each row execute function justice.require_same_body();
-- Which copies on the disk belong to something, and nothing else of it.
create policy jobs on justice.lead_file for select to samaan_jobs using (true);
grant usage on schema justice to samaan_jobs;
grant select (original_file, clean_file) on justice.lead_file to samaan_jobs;
grant select on justice.lead_file to samaan_app;
grant insert (id, lead_id, organisation_id, by_account, sealed_about, recipient, sealed_identity, sha256)
  on justice.lead_file to samaan_app;
grant update (state, code, kind, size, scanned, original_file, clean_file, clean_size, sealed_thumbnail, proof)
  on justice.lead_file to samaan_app;
