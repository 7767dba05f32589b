-- Files of what health workers write: a scan, a letter, a report of a laboratory. A file belongs to a note and is seen by whoever
-- sees the note. As with the attachments of a case its copies are sealed to a key pair of its own, whose secret half only the
-- case's key for HLT opens: it is filed away without any key of the case, and erasing the case closes every copy.
create table health.file (
  id uuid primary key,
  case_id uuid not null references cases.folder (id),
  organisation_id uuid not null references directory.organisation (id),
  note_id uuid not null,
  by_account uuid not null references auth.account (id),
  at timestamptz not null default now(),
  -- the file's name
  sealed_about bytea not null,
  -- whom its copies are sealed to (age), and the secret half under the case's key
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
  -- One's own organisation's note, of the same person.
  foreign key (note_id, case_id, organisation_id) references health.note (id, case_id, organisation_id),
  check ((clean_file is null) = (clean_size is null) and (clean_file is null) = (sealed_thumbnail is null)),
  check ((state = 'ready') = (original_file is not null)),
  check ((state = 'ready') = (kind is not null and size is not null and scanned is not null and proof is not null)),
  check ((code is not null) = (state in ('refused', 'quarantined')))
);
create index file_note on health.file (note_id, id);
create index file_case on health.file (case_id);
create unique index file_content on health.file (by_account, sha256);

alter table health.file enable row level security;
alter table health.file force row level security;
-- Whoever sees the note: its own fences ask who that is.
create policy seen on health.file for select to samaan_app using (
  exists (select 1 from health.note n where n.id = file.note_id));
create policy added on health.file for insert to samaan_app with check (
  (select current_setting('samaan.role', true)) = 'provider'
  and by_account = nullif((select current_setting('samaan.user', true)), '')::uuid
  and exists (select 1 from policy.case_access a where a.case_id = file.case_id and a.until > now()
    and a.accepted and a.principal = file.organisation_id));
-- Filing away what came needs no key and no sight of the case: only what became of its maker's own file.
create policy filing on health.file for select to samaan_app using (
  (select current_setting('samaan.role', true)) = 'filing'
  and by_account = nullif((select current_setting('samaan.user', true)), '')::uuid);
create policy filed on health.file for update to samaan_app using (
  (select current_setting('samaan.role', true)) = 'filing'
  and by_account = nullif((select current_setting('samaan.user', true)), '')::uuid
  and state in ('waiting-for-file', 'quarantined'))
  with check (
  (select current_setting('samaan.role', true)) = 'filing'
  and by_account = nullif((select current_setting('samaan.user', true)), '')::uuid);
-- Which copies on the disk belong to something, and nothing else of it.
create policy jobs on health.file for select to samaan_jobs using (true);
call policy.hide('health.file', 'case_id');
grant usage on schema health to samaan_jobs;
grant select (original_file, clean_file) on health.file to samaan_jobs;
grant select on health.file to samaan_app;
grant insert (id, case_id, organisation_id, note_id, by_account, sealed_about, recipient, sealed_identity, sha256)
  on health.file to samaan_app;
grant update (state, code, kind, size, scanned, original_file, clean_file, clean_size, sealed_thumbnail, proof) on health.file to samaan_app;

-- Erasing takes the copies of these files from the disk, and what of them is on its way.
create or replace function oversight.answer_erasure(of_id uuid, of_version int, answer text)
returns table (touched int, slot bigint, copies uuid[], uploads uuid[])
language plpgsql security definer set search_path = pg_catalog as $$
declare
  done oversight.erasure;
  waiting text[];
  left_over text[];
  one text;
begin
  touched := 0;
  update oversight.erasure e set state = answer, second_by = oversight.me(), second_at = now(), version = e.version + 1
  where e.id = of_id and e.version = of_version and e.state = 'proposed' and e.by_account <> oversight.me()
    and oversight.answers_for(e.case_id) and (answer <> 'confirmed' or oversight.kept_by(e.case_id) is null)
  returning * into done;
  if done.id is null then return next; return; end if;
  touched := 1;
  if answer <> 'confirmed' then return next; return; end if;

  select f.key_slot into slot from cases.folder f where f.id = done.case_id for update;
  with file as (
    select a.by_account, a.sha256, a.original_file, a.clean_file from cases.attachment a where a.case_id = done.case_id
    union all
    select h.by_account, h.sha256, h.original_file, h.clean_file from health.file h where h.case_id = done.case_id
  ), gone as (
    delete from files.upload u using file where u.account_id = file.by_account and u.sha256 = file.sha256 returning u.id
  ) select array(select c.id from file, unnest(array[file.original_file, file.clean_file]) as c (id) where c.id is not null),
      array(select gone.id from gone) into copies, uploads;

  select array_agg(format('%I.%I', n.nspname, c.relname)) into waiting
  from pg_class c join pg_namespace n on n.oid = c.relnamespace
  join pg_attribute k on k.attrelid = c.oid and k.attname = 'case_id' and not k.attisdropped
  where c.relkind = 'r' and n.nspname not in ('audit', 'platform', 'oversight', 'policy', 'pgboss')
    and format('%I.%I', n.nspname, c.relname) not in
      ('cases.timeline', 'cases.assignment', 'cases.clock', 'cases.clock_pause', 'consent.record', 'referrals.referral');
  -- What refers to something goes before it, in whatever order that is.
  while waiting is not null loop
    left_over := null;
    foreach one in array waiting loop
      begin
        execute format('delete from %s where case_id = $1', one) using done.case_id;
      exception when foreign_key_violation then
        left_over := left_over || one;
      end;
    end loop;
    if left_over = waiting then
      raise exception using errcode = '23503', message = 'something still refers to ' || array_to_string(waiting, ', ');
    end if;
    waiting := left_over;
  end loop;
  update referrals.referral r set sealed_message = null, sealed_answer = null where r.case_id = done.case_id;
  update oversight.break_glass b set sealed_text = null, sealed_review = null where b.case_id = done.case_id;
  update oversight.sealing b set sealed_text = null where b.case_id = done.case_id;
  update oversight.erasure e set sealed_text = null where e.case_id = done.case_id;
  delete from oversight.due d where d.case_id = done.case_id;
  delete from policy.case_access a where a.case_id = done.case_id;
  delete from policy.case_glimpse g where g.case_id = done.case_id;
  insert into policy.case_hidden (case_id, basis, basis_id) values (done.case_id, 'erased', done.id);
  return next;
end $$;
