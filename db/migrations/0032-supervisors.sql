-- A supervisor answers for the people of their own organisation, and for nobody who also works elsewhere: a new way into such an
-- account would be a way into the other house.
create policy own_people on auth.invitation as restrictive to samaan_app using (
  (select current_setting('samaan.role', true)) <> 'supervisor'
  or account_id = nullif((select current_setting('samaan.user', true)), '')::uuid
  or (account_id in (select a.account_id from auth.assignment a
        where a.until > now() and a.organisation_id in (select s.organisation_id from auth.assignment s
          where s.account_id = nullif((select current_setting('samaan.user', true)), '')::uuid and s.role = 'supervisor' and s.confirmed_at is not null and s.until > now()))
      and account_id not in (select a.account_id from auth.assignment a
        where a.until > now() and a.organisation_id not in (select s.organisation_id from auth.assignment s
          where s.account_id = nullif((select current_setting('samaan.user', true)), '')::uuid and s.role = 'supervisor' and s.confirmed_at is not null and s.until > now()))));

-- A role that waits for its second person is seen by supervisors, whom it may be for: where a policy looks for a supervisor's own
-- organisations it asks for the confirmed ones.
do $$
declare one text;
begin
  foreach one in array array['lead', 'lead_share', 'proceeding_step'] loop
    execute format('alter policy supervised on justice.%I using (
      (select current_setting(''samaan.role'', true)) = ''supervisor''
      and organisation_id in (select s.organisation_id from auth.assignment s
        where s.account_id = nullif((select current_setting(''samaan.user'', true)), '''')::uuid
          and s.role = ''supervisor'' and s.confirmed_at is not null and s.until > now()))', one);
  end loop;
end $$;
alter policy supervised on sync.device using (
  (select current_setting('samaan.role', true)) = 'supervisor'
  and account_id <> (select current_setting('samaan.user', true))::uuid
  and organisation_id in (select a.organisation_id from auth.assignment a
    where a.account_id = (select current_setting('samaan.user', true))::uuid
      and a.role = 'supervisor' and a.confirmed_at is not null and a.until > now()));
