-- Of cases that the asker sees and whose unit is theirs, those that are closed to a colleague: a caseload goes on without them.
create function policy.closed_among(cases uuid[], whom uuid) returns setof uuid
language sql stable security definer set search_path = pg_catalog as $$
  select f.id from cases.folder f
  where f.id = any (closed_among.cases) and policy.is_hidden(f.id, whom)
    and f.holder = nullif(current_setting('samaan.organisation', true), '')::uuid
    and not policy.is_hidden(f.id, nullif(current_setting('samaan.user', true), '')::uuid)
    and exists (select 1 from auth.assignment s where s.account_id = nullif(current_setting('samaan.user', true), '')::uuid
      and s.organisation_id = f.holder and s.role in ('intake', 'coordinator') and s.role = current_setting('samaan.role', true)
      and s.confirmed_at is not null and s.until > now())
$$;
revoke execute on function policy.closed_among(uuid[], uuid) from public;
grant execute on function policy.closed_among(uuid[], uuid) to samaan_app;
