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

-- A file that the scanner found something in, or could not look at, waits for a person who protects data: they see what kind of
-- thing it is and what the scanner said, nothing of what is in it or of whom it is about, and have it looked at again, let it in or
-- have its bytes destroyed. Never whoever sent it, nobody from whom the case is hidden or to whom the lead is closed.
create table files.held (
  upload_id uuid primary key references files.upload (id) on delete cascade,
  country text not null check (country ~ '^[A-Z]{3}$'),
  by_account uuid not null references auth.account (id),
  -- what it belongs to: for the fences, and shown to nobody
  case_id uuid references cases.folder (id),
  lead_id uuid references justice.lead (id),
  code text not null check (code in ('infected', 'scanner-away')),
  -- what the scanner calls it
  found text check (found ~ '^[A-Za-z0-9][A-Za-z0-9._-]{0,79}$'),
  kind text not null check (kind ~ '^[a-z0-9]{2,8}$'),
  size int not null check (size >= 0),
  at timestamptz not null default now(),
  answer text check (answer in ('scan', 'release', 'refuse')),
  reason text check (reason in ('false-alarm', 'checked-elsewhere', 'harmful', 'not-needed', 'cannot-be-checked', 'other')),
  answered_by uuid references auth.account (id),
  answered_at timestamptz,
  -- what became of it
  ended text check (ended in ('ready', 'refused')),
  check ((case_id is null) <> (lead_id is null)),
  check ((answer is null) = (answered_by is null) and (answer is null) = (answered_at is null)),
  check ((reason is not null) = coalesce(answer in ('release', 'refuse'), false)),
  check (answered_by is distinct from by_account)
);
create index held_country on files.held (country, upload_id desc) where ended is null;
create index held_case on files.held (case_id);
create index held_lead on files.held (lead_id);
alter table files.held enable row level security;
alter table files.held force row level security;
create policy protects on files.held for select to samaan_app using (
  ended is null and by_account is distinct from nullif((select current_setting('samaan.user', true)), '')::uuid
  and country = (select current_setting('samaan.country', true))
  and exists (select 1 from auth.working w where w.role = 'data-protection-officer'));
create policy filing on files.held for select to samaan_app using (
  (select current_setting('samaan.role', true)) = 'filing'
  and by_account = nullif((select current_setting('samaan.user', true)), '')::uuid);
create policy closed on files.held as restrictive for select to samaan_app using (
  (select current_setting('samaan.role', true)) = 'filing'
  or not exists (select 1 from justice.lead_closed c where c.lead_id = held.lead_id));
call policy.hide('files.held', 'case_id');
create policy jobs on files.held for select to samaan_jobs using (true);
grant select on files.held to samaan_app;
grant select (upload_id, answer) on files.held to samaan_jobs;

alter table oversight.alert drop constraint alert_kind_check;
alter table oversight.alert add constraint alert_kind_check check (kind in ('glass-broken', 'glass-reviewed', 'canary-read',
  'seal-proposed', 'erasure-proposed', 'retention-due', 'file-held', 'file-released', 'file-refused'));

-- By the filing of a file, in its maker's name: it waits, also once more. Where a person decided meanwhile, what was found by going by
-- another decision counts for nothing.
create function files.hold(of_upload uuid, of_case uuid, of_lead uuid, why text, named text, of_kind text, of_size int,
                           decided text) returns void
language plpgsql security definer set search_path = pg_catalog as $$
declare
  here text;
  sender uuid;
begin
  select u.account_id into sender from files.upload u where u.id = of_upload
    and current_setting('samaan.role', true) = 'filing'
    and u.account_id = nullif(current_setting('samaan.user', true), '')::uuid;
  select f.country into here from cases.folder f where f.id = of_case;
  if of_lead is not null then select l.country into here from justice.lead l where l.id = of_lead; end if;
  if sender is null or here is null then
    raise exception using errcode = '42501', message = 'not theirs';
  end if;
  insert into files.held (upload_id, country, by_account, case_id, lead_id, code, found, kind, size)
  values (of_upload, here, sender, of_case, of_lead, why, named, of_kind, of_size)
  on conflict (upload_id) do update set code = why, found = named, at = now(), answer = null, reason = null,
    answered_by = null, answered_at = null where held.answer is not distinct from decided;
  if not found then
    raise exception using errcode = '40001', message = 'decided meanwhile';
  end if;
  if why = 'infected' then
    perform oversight.tell(array(select o from oversight.officers(here) o where o <> sender), 'file-held', of_upload, here);
  end if;
end $$;
-- It waits no longer. Whoever sent it is told what a person decided; what the scanner settled by itself needs no word.
create function files.end_hold(of_upload uuid, outcome text, decided text) returns void
language plpgsql security definer set search_path = pg_catalog as $$
declare
  done files.held;
begin
  if current_setting('samaan.role', true) <> 'filing' then
    raise exception using errcode = '42501', message = 'not theirs';
  end if;
  update files.held h set ended = outcome where h.upload_id = of_upload
    and h.by_account = nullif(current_setting('samaan.user', true), '')::uuid and h.answer is not distinct from decided
  returning * into done;
  if done.upload_id is null and exists (select 1 from files.held h where h.upload_id = of_upload) then
    raise exception using errcode = '40001', message = 'decided meanwhile';
  end if;
  if done.answer is not null and done.case_id is not null then
    perform oversight.tell(array[done.by_account], case outcome when 'ready' then 'file-released' else 'file-refused' end,
      of_upload, done.country);
  end if;
end $$;
-- What a person who protects data decides of one that waits. @returns whose it is and what it hashes to; nothing, where it is not theirs.
create function files.answer_held(of_upload uuid, what text, why text) returns table (account uuid, sha256 bytea)
language plpgsql security definer set search_path = pg_catalog as $$
begin
  return query
    update files.held h set answer = what, reason = why, answered_by = oversight.me(), answered_at = now()
    from files.upload u
    where h.upload_id = of_upload and u.id = h.upload_id and u.state = 'held' and h.ended is null
      and (h.answer is null or h.answer = 'scan')
      and h.by_account <> oversight.me() and h.country = current_setting('samaan.country', true)
      and oversight.works_as('{data-protection-officer}')
      and (h.case_id is null or not policy.is_hidden(h.case_id, oversight.me()))
      and (h.lead_id is null or not justice.is_closed(h.lead_id, oversight.me()))
    returning u.account_id, u.sha256;
end $$;
do $$
declare one text;
begin
  foreach one in array array['hold(uuid, uuid, uuid, text, text, text, int, text)', 'end_hold(uuid, text, text)',
                             'answer_held(uuid, text, text)'] loop
    execute format('revoke all on function files.%s from public', one);
    execute format('grant execute on function files.%s to samaan_app', one);
  end loop;
end $$;
