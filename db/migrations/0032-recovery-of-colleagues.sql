-- A supervisor answers for the people of their own organisation, and for nobody who also works elsewhere: a new way into such an
-- account would be a way into the other house.
create policy own_people on auth.invitation as restrictive to samaan_app using (
  (select current_setting('samaan.role', true)) <> 'supervisor'
  or account_id = nullif((select current_setting('samaan.user', true)), '')::uuid
  or (account_id in (select a.account_id from auth.assignment a
        where a.until > now() and a.organisation_id in (select s.organisation_id from auth.assignment s
          where s.account_id = nullif((select current_setting('samaan.user', true)), '')::uuid and s.role = 'supervisor' and s.until > now()))
      and account_id not in (select a.account_id from auth.assignment a
        where a.until > now() and a.organisation_id not in (select s.organisation_id from auth.assignment s
          where s.account_id = nullif((select current_setting('samaan.user', true)), '')::uuid and s.role = 'supervisor' and s.until > now()))));
