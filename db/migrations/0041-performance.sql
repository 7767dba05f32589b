-- How services are found and how referrals go, in numbers: nobody's name, case or id leaves these functions.
create index referral_answers on referrals.referral (country, answered_at) include (to_organisation, sent_at)
  where answered_at is not null;
create index referral_counted on referrals.referral (country, sent_at) where kind = 'service';

-- In how many minutes organisations of the country usually answer: the median of ninety days, of five answers at least. For who refers.
create function referrals.pace() returns table (organisation uuid, minutes integer)
language plpgsql stable security definer set search_path = pg_catalog as $$
begin
  if not exists (select 1 from auth.working w where w.role in ('officer', 'intake', 'coordinator')) then
    raise exception using errcode = '42501', message = 'refers nobody';
  end if;
  return query
    select r.to_organisation, (percentile_cont(0.5) within group (order by extract(epoch from r.answered_at - r.sent_at)) / 60)::integer
    from referrals.referral r
    where r.country = current_setting('samaan.country', true) and r.answered_at > now() - interval '90 days'
    group by r.to_organisation having count(*) >= 5;
end $$;

-- Of counts that add up to a whole that is told, none below five is told, and none that follows from the others: the smallest are withheld
-- (null) until there are two of them and five people in them. Nobody is nobody, and is told.
create function referrals.withhold(counts jsonb) returns jsonb
language plpgsql immutable set search_path = pg_catalog as $$
declare
  one record;
  withheld integer := 0;
  within integer := 0;
  told jsonb := '{}';
begin
  for one in select c.key, c.value::integer as n from jsonb_each_text(withhold.counts) c order by c.value::integer, c.key loop
    if one.n > 0 and (one.n < 5 or withheld > 0 and (withheld < 2 or within < 5)) then
      withheld := withheld + 1;
      within := within + one.n;
      told := told || jsonb_build_object(one.key, null);
    else
      told := told || jsonb_build_object(one.key, one.n);
    end if;
  end loop;
  return told || jsonb_build_object('all', case when withheld > 0 and (withheld < 2 or within < 5) then null
    else (select coalesce(sum(c.value::integer), 0) from jsonb_each_text(withhold.counts) c) end);
end $$;

-- What became of the questions of a quarter (UTC). Whole quarters alone: of two that overlap, the difference would tell what is withheld. Of the whole country for the secretariat and for intake and coordinators of the competent
-- body, with small counts withheld; of the caller's own organisation as it is.
create function referrals.performance(of_country boolean, quarter date)
returns table (organisation uuid, name text, counts jsonb, reasons jsonb, ends jsonb, minutes integer)
language plpgsql stable security definer set search_path = pg_catalog as $$
declare
  land text := current_setting('samaan.country', true);
  since timestamptz := date_trunc('quarter', quarter::timestamp) at time zone 'UTC';
  before timestamptz := since + interval '3 months';
begin
  if of_country and not exists (select 1 from auth.working w join directory.organisation o on o.id = w.organisation_id
       where w.role = 'secretariat' or w.role in ('intake', 'coordinator') and o.competent)
     or not of_country and not exists (select 1 from auth.working w where w.role in ('intake', 'coordinator', 'provider', 'shelter-manager')) then
    raise exception using errcode = '42501', message = 'counts nobody';
  end if;
  return query
    with asked as (
      select r.to_organisation as who, r.answered_at - r.sent_at as took, r.decline_reason, r.end_reason,
        case when r.status in ('sent', 'acknowledged') then 'waiting' when r.status in ('declined', 'expired', 'revoked') then r.status
          when r.status = 'partly-accepted' then 'partly' when r.status in ('done', 'ended') then r.status
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
    select t.who, t.name,
      case when performance.of_country then referrals.withhold(t.became) else t.became end,
      case when performance.of_country then referrals.withhold(t.declined) - 'all' else t.declined end,
      case when performance.of_country then referrals.withhold(t.ended) - 'all' else t.ended end,
      t.usual
    from told t order by t.name, t.who;
end $$;

-- What was asked for and not found: declined for lack of room, left unanswered, or taken on in part, by kind of help, place of the service
-- and kind of bed. Of the country alone, small counts withheld.
create function referrals.unmet(quarter date)
returns table (service text, area text, place text, counts jsonb)
language plpgsql stable security definer set search_path = pg_catalog as $$
declare
  since timestamptz := date_trunc('quarter', quarter::timestamp) at time zone 'UTC';
  before timestamptz := since + interval '3 months';
begin
  if not exists (select 1 from auth.working w join directory.organisation o on o.id = w.organisation_id
       where w.role = 'secretariat' or w.role in ('intake', 'coordinator') and o.competent) then
    raise exception using errcode = '42501', message = 'counts nobody';
  end if;
  return query
    select r.service, case when r.service <> 'safe-accommodation' and g.kind <> 'shelter' then s.area end, r.place,
      referrals.withhold(jsonb_build_object(
        'no-place', count(*) filter (where r.status = 'declined'), 'expired', count(*) filter (where r.status = 'expired'),
        'partly', count(*) filter (where r.status = 'partly-accepted')))
    from referrals.referral r
    join directory.organisation g on g.id = r.to_organisation
    left join directory.service s on s.id = r.offer_id
    where r.country = current_setting('samaan.country', true) and r.kind = 'service'
      and r.sent_at >= since and r.sent_at < before
      and (r.status = 'declined' and r.decline_reason = 'no-place' or r.status in ('expired', 'partly-accepted'))
    group by 1, 2, 3 order by 1, 2 nulls first, 3 nulls first;
end $$;
revoke all on function referrals.pace(), referrals.withhold(jsonb), referrals.performance(boolean, date),
  referrals.unmet(date) from public;
grant execute on function referrals.pace(), referrals.performance(boolean, date),
  referrals.unmet(date) to samaan_app;
