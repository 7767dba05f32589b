-- A question that was taken on in part has been, whatever becomes of the part: it is told of the referral when it is answered, whoever
-- answers and by which door.
alter table referrals.referral add column in_part boolean not null default false;
update referrals.referral set in_part = true where status = 'partly-accepted';
create function referrals.note_part() returns trigger language plpgsql set search_path = pg_catalog as $$
begin
  new.in_part := true;
  return new;
end $$;
revoke all on function referrals.note_part() from public;
create trigger note_part before insert or update of status on referrals.referral
  for each row when (new.status = 'partly-accepted') execute function referrals.note_part();

-- What makes up a count that is withheld tells nothing that would add up to it.
create function referrals.withhold_parts(counts jsonb, whole jsonb) returns jsonb
language sql immutable set search_path = pg_catalog as $$
  select case when withhold_parts.whole = 'null' then
      (select coalesce(jsonb_object_agg(c.key, null), '{}') from jsonb_each(withhold_parts.counts) c)
    else referrals.withhold(withhold_parts.counts) - 'all' end
$$;
revoke all on function referrals.withhold_parts(jsonb, jsonb) from public;

create or replace function referrals.performance(of_country boolean, quarter date)
returns table (organisation uuid, name text, counts jsonb, reasons jsonb, ends jsonb, minutes integer)
language plpgsql stable security definer set search_path = pg_catalog as $$
declare
  land text := current_setting('samaan.country', true);
  since timestamptz := date_trunc('quarter', quarter::timestamp) at time zone 'UTC';
  before timestamptz := since + interval '3 months';
begin
  if of_country and not exists (select 1 from auth.working w join directory.organisation o on o.id = w.organisation_id
       where w.role = 'secretariat' or w.role in ('intake', 'coordinator', 'supervisor') and o.competent)
     or not of_country and not exists (select 1 from auth.working w where w.role in ('intake', 'coordinator', 'provider', 'shelter-manager')) then
    raise exception using errcode = '42501', message = 'counts nobody';
  end if;
  return query
    with asked as (
      select r.to_organisation as who, r.answered_at - r.sent_at as took, r.decline_reason, r.end_reason,
        case when r.status in ('sent', 'acknowledged') then 'waiting' when r.status in ('declined', 'expired', 'revoked') then r.status
          when r.in_part then 'partly' when r.status in ('done', 'ended') then r.status
          else 'accepted' end as became
      from referrals.referral r
      where r.country = land and r.sent_at >= since and r.sent_at < before
        and (performance.of_country or r.to_organisation in (select w.organisation_id from auth.working w))),
    one as (
      select a.who,
        jsonb_build_object('accepted', count(*) filter (where a.became = 'accepted'), 'partly', count(*) filter (where a.became = 'partly'),
          'done', count(*) filter (where a.became = 'done'), 'ended', count(*) filter (where a.became = 'ended'),
          'declined', count(*) filter (where a.became = 'declined'), 'expired', count(*) filter (where a.became = 'expired'),
          'revoked', count(*) filter (where a.became = 'revoked'), 'waiting', count(*) filter (where a.became = 'waiting')) as became,
        case when count(a.took) >= 5 or not performance.of_country then
          (percentile_cont(0.5) within group (order by extract(epoch from a.took)) / 60)::integer end as usual
      from asked a group by a.who),
    why as (
      select a.who, a.decline_reason as reason, a.end_reason as ending, count(*) as n
      from asked a where a.became in ('declined', 'ended') group by 1, 2, 3),
    said as (
      select w.who, jsonb_object_agg(w.reason, w.n) filter (where w.reason is not null) as declined,
        jsonb_object_agg(w.ending, w.n) filter (where w.ending is not null) as ended
      from why w group by w.who),
    told as (
      select one.who, o.name, one.usual, one.became, coalesce(s.declined, '{}') as declined, coalesce(s.ended, '{}') as ended
      from one join directory.organisation o on o.id = one.who left join said s on s.who = one.who)
    select t.who, t.name, t.counts,
      case when performance.of_country then referrals.withhold_parts(t.declined, t.counts -> 'declined') else t.declined end,
      case when performance.of_country then referrals.withhold_parts(t.ended, t.counts -> 'ended') else t.ended end,
      t.usual
    from (select x.who, x.name, x.usual, x.declined, x.ended,
        case when performance.of_country then referrals.withhold(x.became) else x.became end as counts from told x) t
    order by t.name, t.who;
end $$;

create or replace function referrals.unmet(quarter date)
returns table (service text, area text, place text, counts jsonb)
language plpgsql stable security definer set search_path = pg_catalog as $$
declare
  since timestamptz := date_trunc('quarter', quarter::timestamp) at time zone 'UTC';
  before timestamptz := since + interval '3 months';
begin
  if not exists (select 1 from auth.working w join directory.organisation o on o.id = w.organisation_id
       where w.role = 'secretariat' or w.role in ('intake', 'coordinator', 'supervisor') and o.competent) then
    raise exception using errcode = '42501', message = 'counts nobody';
  end if;
  return query
    select r.service, case when r.service <> 'safe-accommodation' and g.kind <> 'shelter' then s.area end, r.place,
      referrals.withhold(jsonb_build_object(
        'no-place', count(*) filter (where r.status = 'declined'), 'expired', count(*) filter (where r.status = 'expired'),
        'partly', count(*) filter (where r.in_part)))
    from referrals.referral r
    join directory.organisation g on g.id = r.to_organisation
    left join directory.service s on s.id = r.offer_id
    where r.country = current_setting('samaan.country', true) and r.kind = 'service'
      and r.sent_at >= since and r.sent_at < before
      and (r.status = 'declined' and r.decline_reason = 'no-place' or r.status = 'expired' or r.in_part)
    group by 1, 2, 3 order by 1, 2 nulls first, 3 nulls first;
end $$;

-- What is measured of a service, as one number: those that are alike are counted together and found again by an index. It decides nothing:
-- each service that is answered with is weighed by what it says itself.
alter table directory.service add column alike bigint not null default 0;
create function directory.note_alike() returns trigger language plpgsql set search_path = pg_catalog as $$
begin
  new.alike := hash_record_extended((new.area, new.languages, new.sexes, new.min_age, new.max_age, new.nationalities, new.hours,
    new.open_on_holidays), 0);
  return new;
end $$;
revoke all on function directory.note_alike() from public;
-- By its name after `without_address`, and whoever writes, also what restores.
create trigger worth_alike before insert or update on directory.service for each row execute function directory.note_alike();
alter table directory.service enable always trigger worth_alike;
update directory.service set kind = kind;
create index service_alike on directory.service (kind, alike) where active;

-- The services of a kind that can be asked in the country, those that are alike as one. Row by row the policies ask again of each service and
-- each place whether its organisation is of the country, which for thousands takes longer than all the rest; here it is asked once, and
-- what is told of a single service is read behind the policies afterwards.
create function directory.alike(of_kind text, of_place text, of_apart uuid[])
returns table (alike bigint, hidden boolean, free boolean, apart uuid, count integer, one uuid)
language plpgsql stable security definer set search_path = pg_catalog as $$
#variable_conflict use_column
begin
  if not exists (select 1 from auth.working w where w.role in ('officer', 'intake', 'coordinator')) then
    raise exception using errcode = '42501', message = 'refers nobody';
  end if;
  return query
    select s.alike, o.kind = 'shelter' or s.kind = 'safe-accommodation', p.free, case when o.id = any (of_apart) then o.id end,
      count(*)::int, (array_agg(s.id))[1]
    from directory.service s
    join directory.organisation o on o.id = s.organisation_id
    left join (
      select p.service_id, coalesce(bool_or(p.free > 0) filter (where p.kind in (of_place, 'anybody')), false) as free
      from directory.place p where p.total > 0 and of_place is not null group by p.service_id) p on p.service_id = s.id
    where s.kind = of_kind and s.active and o.active and o.country = current_setting('samaan.country', true)
    group by 1, 2, 3, 4;
end $$;
-- Of some of these the services themselves, of each at most so many, by the name of who offers them.
create function directory.behind(of_kind text, of_place text, of_apart uuid[], of_groups jsonb, most integer)
returns table (id uuid, alike bigint, hidden boolean, free boolean, apart uuid)
language plpgsql stable security definer set search_path = pg_catalog as $$
#variable_conflict use_column
begin
  if not exists (select 1 from auth.working w where w.role in ('officer', 'intake', 'coordinator')) then
    raise exception using errcode = '42501', message = 'refers nobody';
  end if;
  return query
    select f.id, f.alike, f.hidden, f.free, f.apart from (
      select s.id, s.alike, w.hidden, w.free, w.apart,
        row_number() over (partition by s.alike, w.hidden, w.free, w.apart order by o.name, s.id) as place
      from jsonb_to_recordset(of_groups) w (alike bigint, hidden boolean, free boolean, apart uuid)
      join directory.service s on s.kind = of_kind and s.alike = w.alike and s.active
      join directory.organisation o on o.id = s.organisation_id and o.active and o.country = current_setting('samaan.country', true)
      cross join lateral (
        select case when count(*) > 0 then coalesce(bool_or(p.free > 0) filter (where p.kind in (of_place, 'anybody')), false) end as free
        from directory.place p where p.service_id = s.id and p.total > 0 and of_place is not null) p
      where w.hidden = (o.kind = 'shelter' or s.kind = 'safe-accommodation') and w.free is not distinct from p.free
        and w.apart is not distinct from case when o.id = any (of_apart) then o.id end) f
    where f.place <= most;
end $$;
revoke all on function directory.alike(text, text, uuid[]), directory.behind(text, text, uuid[], jsonb, integer) from public;
grant execute on function directory.alike(text, text, uuid[]), directory.behind(text, text, uuid[], jsonb, integer) to samaan_app;
