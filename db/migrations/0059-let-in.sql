-- Nobody is the second person beside somebody whom they let in that day, nor beside whoever let them in (F7): two accounts of one hand
-- are no two people. It holds wherever a second person answers, on the row itself, so that no way to answer passes it by.

-- Made the account of somebody, or asked for or confirmed their role, in the day before.
create function auth.let_in(by_whom uuid, whom uuid, day timestamptz) returns boolean
language sql stable security definer set search_path = pg_catalog as $$
  select exists (select 1 from auth.account p where p.id = whom and p.created_by = by_whom
      and p.created_at > day - interval '24 hours')
    or exists (select 1 from auth.assignment s where s.account_id = whom and by_whom in (s.granted_by, s.confirmed_by)
      and s.granted_at > day - interval '24 hours')
$$;
revoke execute on function auth.let_in(uuid, uuid, timestamptz) from public;

create or replace function justice.let_in(by_whom uuid, whom uuid) returns boolean
language sql stable security definer set search_path = pg_catalog as $$
  select auth.let_in(by_whom, whom, now())
$$;
create or replace function oversight.may_judge(whom uuid, day timestamptz) returns boolean
language sql stable security definer set search_path = pg_catalog as $$
  select whom <> oversight.me() and not auth.let_in(oversight.me(), whom, day) and not auth.let_in(whom, oversight.me(), day)
$$;

-- What is given back, or not upheld, opens nothing: that may be said by anybody.
create function policy.require_apart() returns trigger
language plpgsql security definer set search_path = pg_catalog as $$
begin
  if new.second_by is not null and old.second_by is null and new.state not in ('returned', 'not-upheld')
     and (auth.let_in(new.second_by, new.by_account, now()) or auth.let_in(new.by_account, new.second_by, now())) then
    raise exception using errcode = 'SM001', message = 'let in';
  end if;
  return new;
end $$;
revoke execute on function policy.require_apart() from public;
create trigger require_apart before update of second_by on cases.decision for each row execute function policy.require_apart();
create trigger require_apart before update of second_by on care.closure for each row execute function policy.require_apart();
create trigger require_apart before update of second_by on matching.merge for each row execute function policy.require_apart();
create trigger require_apart before update of second_by on oversight.sealing for each row execute function policy.require_apart();
create trigger require_apart before update of second_by on oversight.erasure for each row execute function policy.require_apart();
create trigger require_apart before update of second_by on justice.court_order for each row execute function policy.require_apart();
create trigger require_apart before update of second_by on justice.vital_interest for each row execute function policy.require_apart();

-- Nor is a role confirmed by who made the account that day.
create function auth.require_apart() returns trigger
language plpgsql security definer set search_path = pg_catalog as $$
begin
  if new.confirmed_by is not null and old.confirmed_by is null and exists (
    select 1 from auth.account p where p.id = new.account_id and p.created_by = new.confirmed_by
      and p.created_at > now() - interval '24 hours') then
    raise exception using errcode = 'SM001', message = 'let in';
  end if;
  return new;
end $$;
revoke execute on function auth.require_apart() from public;
create trigger require_apart before update of confirmed_by on auth.assignment for each row execute function auth.require_apart();
