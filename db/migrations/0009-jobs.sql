-- The job queue keeps its own tables in a schema of its own; its payloads carry ids only.
create schema pgboss;
grant usage, create on schema pgboss to samaan_jobs;

-- A referral that ran out of time says so in the case's history, once.
alter table referrals.referral add column overdue_told boolean not null default false;
grant update (overdue_told) on referrals.referral to samaan_jobs;
create policy jobs_told on referrals.referral for update to samaan_jobs using (true) with check (true);
grant usage on schema cases to samaan_jobs;
grant insert on cases.timeline to samaan_jobs;
create policy jobs on cases.timeline for insert to samaan_jobs with check (account_id is null);
