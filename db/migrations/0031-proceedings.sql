-- The criminal track: how far a lead has come on the way to a court. Behind the wall with the lead itself, so that nothing of
-- the care says whether there is one. Never changed: a step that was wrong is followed by another.
create table justice.proceeding_step (
  lead_id uuid not null references justice.lead (id),
  organisation_id uuid not null,
  step int not null check (step > 0),
  state text not null check (state in ('investigation', 'with-prosecutor', 'sent-back', 'not-charged', 'charged', 'trial',
    'convicted', 'acquitted', 'appealed', 'withdrawn', 'ended')),
  -- the day on which it happened, as the people of the country count days
  on_day date not null,
  by_account uuid not null references auth.account (id),
  at timestamptz not null default now(),
  primary key (lead_id, step)
);
alter table justice.proceeding_step enable row level security;
alter table justice.proceeding_step force row level security;
do $$
declare
  mine text := $q$organisation_id in (select s.organisation_id from auth.assignment s
    where s.account_id = nullif((select current_setting('samaan.user', true)), '')::uuid
      and s.role = (select current_setting('samaan.role', true)) and s.until > now())$q$;
  opens text := $q$(select current_setting('samaan.role', true)) = 'investigator'
    and (select current_setting('samaan.compartments', true))::int & 16 <> 0 and $q$;
  shared text := $q$(select current_setting('samaan.role', true)) = 'prosecutor'
    and (select current_setting('samaan.compartments', true))::int & 16 <> 0
    and exists (select 1 from justice.lead_share h where h.lead_id = proceeding_step.lead_id and h.ended_at is null
      and h.account_id = nullif((select current_setting('samaan.user', true)), '')::uuid)$q$;
begin
  execute 'create policy body on justice.proceeding_step for select to samaan_app using (' || opens || mine || ')';
  execute 'create policy shared on justice.proceeding_step for select to samaan_app using (' || shared || ')';
  execute 'create policy supervised on justice.proceeding_step for select to samaan_app using (
    (select current_setting(''samaan.role'', true)) = ''supervisor'' and ' || mine || ')';
  execute 'create policy added on justice.proceeding_step for insert to samaan_app with check (' || opens || mine || ')';
  -- A prosecutor says what became of it once it is with them.
  execute 'create policy charged on justice.proceeding_step for insert to samaan_app with check (
    state not in (''investigation'', ''with-prosecutor'', ''ended'') and ' || shared || ')';
end $$;
create policy written on justice.proceeding_step as restrictive for insert to samaan_app with check (
  by_account = nullif((select current_setting('samaan.user', true)), '')::uuid);
create trigger require_same_body before insert or update on justice.proceeding_step
  for each row execute function justice.require_same_body();
grant select, insert on justice.proceeding_step to samaan_app;
