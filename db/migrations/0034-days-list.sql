-- What the day's list asks of referrals stands in its own order in an index of what still waits, or was answered: read until there is
-- enough of it, however many were sent before.
create index referral_unanswered_to on referrals.referral (to_organisation, due_at, id) where status in ('sent', 'acknowledged');
create index referral_unanswered_by on referrals.referral (from_account, due_at, id) where status in ('sent', 'acknowledged');
create index referral_unanswered_from on referrals.referral (from_organisation, due_at, id) where status in ('sent', 'acknowledged');
create index referral_answered_by on referrals.referral (from_account, answered_at) where status in ('accepted', 'declined');

-- As before, but each principal's own index is read in its order and no further than is asked for.
create or replace function care.asked(until date, most int) returns setof uuid
language sql stable security definer set search_path = pg_catalog as $$
  select due.id
  from (select distinct p from unnest(current_setting('samaan.principals', true)::uuid[]) p) who
  cross join lateral (
    select a.id, a.due_on from care.action a
    where a.organisation_id = who.p and a.state = 'open' and a.due_on <= until
    order by a.due_on limit most
  ) due
  order by due.due_on limit most
$$;

-- As before, but not planned by the size of whichever unit asked first on a connection (a plan made for a small unit takes half a
-- second in a large one). A small unit's clocks are found by its cases; in a large one those of the country are gone through by
-- time until there is enough: never gathered and sorted.
create or replace function cases.warned(at timestamptz, until timestamptz, most int) returns setof uuid
language plpgsql stable security definer set search_path = pg_catalog set enable_sort = off as $$
declare
  mine uuid := nullif(current_setting('samaan.organisation', true), '')::uuid;
begin
  if (select count(*) from (select from cases.folder f where f.holder = mine limit 7001) its) <= 7000 then
    return query
      select c.id from (select f.id from cases.folder f where f.holder = mine offset 0) f
      cross join lateral (select k.id, k.due_at from cases.clock k where k.case_id = f.id and k.stopped_at is null
        and k.paused_at is null and k.due_at < warned.until and k.warn_at <= warned.at offset 0) c
      order by c.due_at limit warned.most;
  else
    return query
      select c.id from cases.clock c join cases.folder f on f.id = c.case_id
      where f.holder = mine
        and c.stopped_at is null and c.paused_at is null and c.due_at < warned.until and c.warn_at <= warned.at
      order by c.due_at limit warned.most;
  end if;
end $$;
