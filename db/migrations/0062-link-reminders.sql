-- Whoever holds a link that came by mail, and did not answer, is reminded when an organisation with accounts would be.
alter table referrals.link add column mailed boolean not null default false;
-- How many of the referral's reminders left for whoever holds it.
alter table referrals.link add column reminded int not null default 0;

create function referrals.mark_mailed(of_id uuid) returns void
language sql security definer set search_path = pg_catalog as $$
  update referrals.link l set mailed = true where l.id = of_id and l.ended_at is null
    and l.made_by = nullif(current_setting('samaan.user', true), '')::uuid
$$;
revoke execute on function referrals.mark_mailed(uuid) from public;
grant execute on function referrals.mark_mailed(uuid) to samaan_app;

-- The address and the languages of whom to remind: while the question stands, and the consent that it rests on.
create function referrals.links_to_remind(at timestamptz)
returns table (id uuid, email text, languages text[], reminder int)
language sql security definer set search_path = pg_catalog as $$
  select l.id, o.email, o.languages, r.reminded
  from referrals.link l
  join referrals.referral r on r.id = l.referral_id
  join directory.organisation o on o.id = r.to_organisation
  where l.mailed and l.ended_at is null and r.status in ('sent', 'acknowledged') and r.reminded > l.reminded
    and l.made_at < r.remind_at[r.reminded] and r.remind_at[r.reminded] <= links_to_remind.at and o.email is not null
    and referrals.stands(r.id)
  order by l.id limit 50 for update of l skip locked
$$;
revoke execute on function referrals.links_to_remind(timestamptz) from public;
grant execute on function referrals.links_to_remind(timestamptz) to samaan_jobs;

create function referrals.mark_reminded(of_id uuid, reminder int) returns void
language sql security definer set search_path = pg_catalog as $$
  update referrals.link l set reminded = reminder where l.id = of_id
$$;
revoke execute on function referrals.mark_reminded(uuid, int) from public;
grant execute on function referrals.mark_reminded(uuid, int) to samaan_jobs;
