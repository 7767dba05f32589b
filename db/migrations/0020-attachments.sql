-- Attachments of a case. What arrives is sealed by the phone to this installation and waits as it is (files.upload); what
-- is kept is sealed to a key pair of the attachment's own, whose secret half only the case's key for SVC opens
-- (cases.attachment). So it can be filed away without any key of the case, and erasing the case closes every copy.
create schema files;
grant usage on schema files to samaan_app, samaan_jobs;

-- One file on its way. Its content is the database's business nowhere: the bytes lie in the data folder, sealed.
create table files.upload (
  id uuid primary key,
  account_id uuid not null references auth.account (id),
  -- null when it came with a session
  device_id uuid references sync.device (id),
  -- of the whole as it was sealed; told before the first byte
  sha256 bytea not null check (length(sha256) = 32),
  length int not null check (length between 1 and 26279936),
  received int not null default 0,
  -- receiving; whole: waits for its command; kept, refused: settled, the bytes are gone; held: waits for a scanner or a person
  state text not null default 'receiving' check (state in ('receiving', 'whole', 'kept', 'refused', 'held')),
  code text check (code ~ '^[a-z][a-z0-9-]{0,59}$'),
  -- who writes now, and until when nobody else may
  writer uuid,
  writer_until timestamptz,
  made_at timestamptz not null default now(),
  expires_at timestamptz not null,
  check (received between 0 and length),
  check (state = 'receiving' or received = length),
  check ((writer is null) = (writer_until is null)),
  check (code is null or state in ('refused', 'held'))
);
-- The same file again is the same upload.
create unique index upload_content on files.upload (account_id, sha256);
create index upload_device on files.upload (device_id);
create index upload_expiry on files.upload (expires_at);

alter table files.upload enable row level security;
alter table files.upload force row level security;
-- A device has no session: what it asks runs under the fence role "sign-in", as in sync.device.
create policy sign_in on files.upload to samaan_app
  using ((select current_setting('samaan.role', true)) = 'sign-in')
  with check ((select current_setting('samaan.role', true)) = 'sign-in');
create policy own on files.upload to samaan_app
  using (account_id = nullif((select current_setting('samaan.user', true)), '')::uuid)
  with check (account_id = nullif((select current_setting('samaan.user', true)), '')::uuid);
create policy jobs on files.upload for select to samaan_jobs using (true);
create policy jobs_remove on files.upload for delete to samaan_jobs using (expires_at < now());

grant select, insert on files.upload to samaan_app;
grant update (received, state, code, writer, writer_until, expires_at) on files.upload to samaan_app;
grant delete on files.upload to samaan_app;
grant select, delete on files.upload to samaan_jobs;

create table cases.attachment (
  id uuid primary key,
  case_id uuid not null references cases.folder (id),
  compartment text not null check (compartment in ('SVC')),
  by_account uuid not null references auth.account (id),
  at timestamptz not null default now(),
  taken_at timestamptz,
  purpose text not null check (purpose in ('document', 'place-or-thing', 'recording', 'person', 'other')),
  -- as its maker says: nobody changed it before
  original boolean not null,
  -- the file's name, and why a person is in the picture
  sealed_about bytea not null,
  -- whom its copies are sealed to (age), and the secret half under the case's key
  recipient text not null check (recipient ~ '^age1[0-9a-z]{58}$'),
  sealed_identity bytea not null,
  -- of the file as the phone sealed it: by this its bytes are found
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
create index attachment_case on cases.attachment (case_id, id desc);
create unique index attachment_content on cases.attachment (by_account, sha256);
create index attachment_waiting on cases.attachment (by_account, sha256) where state in ('waiting-for-file', 'quarantined');

-- The same fences as notes: a live reason of one's own with the compartment's bit, within the most that the role sees.
alter table cases.attachment enable row level security;
alter table cases.attachment force row level security;
create policy seen on cases.attachment for select to samaan_app using (
  (select current_setting('samaan.compartments', true))::int & 2 <> 0
  and exists (select 1 from policy.case_access a where a.case_id = attachment.case_id and a.until > now()
    and a.compartments & 2 <> 0));
create policy added on cases.attachment for insert to samaan_app with check (
  by_account = nullif((select current_setting('samaan.user', true)), '')::uuid
  and exists (select 1 from policy.case_access a where a.case_id = attachment.case_id and a.until > now()
    and a.compartments & 2 <> 0 and a.basis <> 'share'));
-- Filing away what came needs no key and no sight of the case: only what became of its maker's own file.
create policy filing on cases.attachment for select to samaan_app using (
  (select current_setting('samaan.role', true)) = 'filing'
  and by_account = nullif((select current_setting('samaan.user', true)), '')::uuid);
create policy filed on cases.attachment for update to samaan_app using (
  (select current_setting('samaan.role', true)) = 'filing'
  and by_account = nullif((select current_setting('samaan.user', true)), '')::uuid
  and state in ('waiting-for-file', 'quarantined'))
  with check (
  (select current_setting('samaan.role', true)) = 'filing'
  and by_account = nullif((select current_setting('samaan.user', true)), '')::uuid);

-- Which copies on the disk belong to something, and nothing else of it.
create policy jobs on cases.attachment for select to samaan_jobs using (true);

grant select (original_file, clean_file) on cases.attachment to samaan_jobs;
grant select, insert on cases.attachment to samaan_app;
grant update (state, code, kind, size, scanned, original_file, clean_file, clean_size, sealed_thumbnail, proof) on cases.attachment to samaan_app;
