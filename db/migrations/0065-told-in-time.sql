-- What nobody was told of a referral.

-- In turn, too, where no service is named any of that kind there counts: `heard` is when each of them is open, for an emergency that is
-- asked of nobody who hears nothing of it now. Whoever is on call and cannot sign in any more hears nothing either.
drop function referrals.rounds_due(timestamptz);
create function referrals.rounds_due(at timestamptz)
returns table (round_id uuid, case_id uuid, country text, urgency text, turn_id uuid, to_organisation uuid, consent_id uuid, shared integer,
  hours jsonb, open_on_holidays boolean, heard jsonb, on_call boolean)
language plpgsql security definer set search_path = pg_catalog as $$
begin
  return query
    select o.id, o.case_id, o.country, o.urgency, t.id, t.to_organisation, o.consent_id, o.shared, s.hours, s.open_on_holidays,
      (select coalesce(jsonb_agg(jsonb_build_object('hours', k.hours, 'open_on_holidays', k.open_on_holidays)), '[]')
        from directory.service k where case when t.offer_id is not null then k.id = t.offer_id
          else k.organisation_id = t.to_organisation and k.kind = o.service and k.active end),
      exists (select 1 from directory.on_call c join auth.assignment a on a.account_id = c.account_id and a.organisation_id = c.organisation_id
          and a.confirmed_at is not null and a.until > rounds_due.at
        join auth.account p on p.id = c.account_id and p.status = 'active'
        where c.organisation_id = t.to_organisation and c.starts_at <= rounds_due.at and c.ends_at > rounds_due.at)
    from referrals.round o
    left join lateral (select r.status from referrals.referral r where r.round_id = o.id order by r.sent_at desc, r.id desc limit 1) last on true
    left join lateral (select u.* from referrals.turn u where u.round_id = o.id and last.status <> 'revoked' order by u.number limit 1) t on true
    left join directory.service s on s.id = t.offer_id
    where o.state = 'asking'
      and not exists (select 1 from referrals.referral r where r.round_id = o.id and r.status in ('sent', 'acknowledged'))
    order by o.id limit 500;
end $$;
revoke execute on function referrals.rounds_due(timestamptz) from public;
grant execute on function referrals.rounds_due(timestamptz) to samaan_jobs;

-- Who asked stops a round by taking back whoever is asked. At once that is everybody: where they took back one and the others said no,
-- nobody could, and they are told.
create or replace function referrals.end_round(of_round uuid) returns text
language plpgsql security definer set search_path = pg_catalog as $$
declare
  became text;
begin
  select case when bool_or(r.status in ('accepted', 'partly-accepted', 'in-service', 'done', 'ended')) then 'answered'
    when bool_and(r.status = 'revoked')
      or o.way = 'in-turn' and (array_agg(r.status order by r.sent_at desc, r.id desc))[1] = 'revoked' then 'stopped' else 'nobody' end into became
  from referrals.round o join referrals.referral r on r.round_id = o.id where o.id = end_round.of_round group by o.way;
  if referrals.close_round(end_round.of_round, coalesce(became, 'nobody'), 'referral.revoked') = 0 then return null; end if;
  return became;
end $$;

-- Whoever was asked and has said yes is told that who asked ended it: they may still wait for somebody, or keep a place.
alter table referrals.referral
  add column ended_by_asker boolean not null default false,
  add check (not ended_by_asker or status = 'ended');
create function referrals.note_asker() returns trigger language plpgsql set search_path = pg_catalog as $$
begin
  new.ended_by_asker := not new.to_organisation = any (nullif(current_setting('samaan.principals', true), '')::uuid[]);
  return new;
end $$;
revoke execute on function referrals.note_asker() from public;
-- What is told by a link or from a sheet is told for whoever was asked, by functions.
create trigger note_asker before update of status on referrals.referral
for each row when (new.status = 'ended' and current_user = 'samaan_app') execute function referrals.note_asker();
create index referral_ended_to on referrals.referral (to_organisation, finished_at) where ended_by_asker;
-- A no to a unit stands in the day's list of all who take in for it.
create index referral_declined_from on referrals.referral (from_organisation, answered_at) where status = 'declined';
