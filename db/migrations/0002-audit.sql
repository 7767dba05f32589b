-- The audit: one event for each operation, written in the operation's own transaction; a sequencer (samaan_jobs) numbers
-- committed events and keeps the hashes of an RFC 6962 tree over their bodies in tiles. Events hold no name and no free text.

create schema audit;
grant usage on schema audit to samaan_app, samaan_jobs, samaan_dump;

create table audit.event (
  id uuid primary key,
  at timestamptz not null,
  case_id uuid,
  actor_id uuid,
  operation text not null,
  -- Transactions commit in another order than they begin, so events are taken by "not numbered yet", never by "after the
  -- last one seen"; within one take this keeps the order of the transactions.
  xid xid8 not null default pg_current_xact_id(),
  -- RFC 8785 canonical JSON: the very bytes that are hashed. The columns beside it repeat what is searched.
  body text not null,
  leaf_no bigint check (leaf_no >= 0)
);
create index event_waiting on audit.event (xid, id) where leaf_no is null;
create unique index event_leaf on audit.event (leaf_no) where leaf_no is not null;
create index event_case on audit.event (case_id, at);
create index event_actor on audit.event (actor_id, at);
alter table audit.event enable row level security;
alter table audit.event force row level security;
-- Nobody writes an event in somebody else's name; sign-in writes the name of the account it opens.
create policy write on audit.event for insert to samaan_app with check (
  actor_id is null
  or actor_id = nullif((select current_setting('samaan.user', true)), '')::uuid
  or (select current_setting('samaan.role', true)) = 'sign-in');
create policy write_jobs on audit.event for insert to samaan_jobs with check (true);
create policy sequence_read on audit.event for select to samaan_jobs using (true);
-- A number is given once and never changed.
create policy sequence_number on audit.event for update to samaan_jobs using (leaf_no is null) with check (leaf_no is not null);
-- Not xid and not leaf_no: neither is the writer's to choose.
grant insert (id, at, case_id, actor_id, operation, body) on audit.event to samaan_app, samaan_jobs;
grant select, update (leaf_no) on audit.event to samaan_jobs;
grant select on audit.event to samaan_dump;

-- Tiles of the tree (C2SP tlog-tiles, height 8): up to 256 hashes of 32 bytes; the last tile of a level still grows.
create table audit.tile (
  level int not null check (level between 0 and 7),
  no bigint not null check (no >= 0),
  hashes bytea not null check (length(hashes) between 32 and 8192 and length(hashes) % 32 = 0),
  primary key (level, no)
);
-- Hashes do not compress: trying would only cost time.
alter table audit.tile alter column hashes set storage external;
alter table audit.tile enable row level security;
alter table audit.tile force row level security;
create policy sequence on audit.tile to samaan_jobs using (true) with check (true);
grant select, insert, update (hashes) on audit.tile to samaan_jobs;
grant select on audit.tile to samaan_dump;

-- Signed tree heads. The same notes are kept outside the database; only those show a roll-back.
create table audit.checkpoint (
  size bigint primary key check (size > 0),
  root bytea not null check (length(root) = 32),
  note text not null,
  at timestamptz not null default now()
);
alter table audit.checkpoint enable row level security;
alter table audit.checkpoint force row level security;
create policy sequence_read on audit.checkpoint for select to samaan_jobs using (true);
create policy sequence_write on audit.checkpoint for insert to samaan_jobs with check (true);
grant select, insert on audit.checkpoint to samaan_jobs;
grant select on audit.checkpoint to samaan_dump;
