-- The mail with a link leaves by the job that sends mail, which tries again while a server is away. Until it has left, address and link
-- are kept, sealed under a key that is not in the database; after that the address alone, so that whoever has not answered is told with
-- each reminder that something still waits, and only until it is answered, taken back or over. The code is never among them.

alter table referrals.link
  -- address and language, and the link until it has left
  add column sealed_mail bytea,
  -- what became of it; null: no mail was wanted
  add column mail_state text check (mail_state in ('waiting', 'sent', 'refused')),
  add column mail_tries int not null default 0 check (mail_tries >= 0),
  -- when it is tried again; null: none waits
  add column mail_next timestamptz,
  -- how many reminders of the referral it has told
  add column mail_reminded int not null default 0,
  add check (mail_next is null or sealed_mail is not null),
  add check (sealed_mail is null or mail_state is not null);
create index link_mail on referrals.link (id) where sealed_mail is not null;
-- The address that a link was mailed to took none: who asked has to find another way.
alter table referrals.referral add column unreached_at timestamptz;
create index referral_unreached on referrals.referral (from_organisation, from_account) where unreached_at is not null and status = 'sent';
-- Whoever opens the link has it, however it came.
create function referrals.reached() returns trigger language plpgsql security definer set search_path = pg_catalog as $$
begin
  update referrals.referral r set unreached_at = null where r.id = new.referral_id and r.unreached_at is not null;
  return null;
end $$;
revoke execute on function referrals.reached() from public;
create trigger reached after update of opened_at on referrals.link for each row execute function referrals.reached();

drop function referrals.make_link(uuid, uuid, bytea, bytea);
create function referrals.make_link(of_id uuid, of_referral uuid, of_lookup bytea, of_code bytea, of_mail bytea)
returns void
language plpgsql
security definer
set search_path to 'pg_catalog'
as $function$
declare
  me uuid := nullif(current_setting('samaan.user', true), '')::uuid;
  of_case uuid;
begin
  select r.case_id into of_case from referrals.referral r where r.id = of_referral for update;
  if referrals.asks(of_referral) is not true or not referrals.stands(of_referral) then
    raise exception using errcode = '42501', message = 'not theirs';
  end if;
  update referrals.link_visit v set ended_at = now()
  from referrals.link l where l.id = v.link_id and l.referral_id = of_referral and v.ended_at is null;
  update referrals.link l set ended_at = now(), ended_by = me where l.referral_id = of_referral and l.ended_at is null;
  insert into referrals.link (id, case_id, referral_id, lookup, code, made_by, sealed_mail, mail_state, mail_next)
  values (of_id, of_case, of_referral, of_lookup, of_code, me, of_mail, case when of_mail is not null then 'waiting' end,
    case when of_mail is not null then now() end);
  update referrals.referral r set unreached_at = null where r.id = of_referral and r.unreached_at is not null;
end $function$;
revoke execute on function referrals.make_link(uuid, uuid, bytea, bytea, bytea) from public;
grant execute on function referrals.make_link(uuid, uuid, bytea, bytea, bytea) to samaan_app;

drop function referrals.doors_of(uuid);
create function referrals.doors_of(of_referral uuid)
returns table(stands boolean, signs_in boolean, link_id uuid, link_at timestamp with time zone, link_by text, opened_at timestamp with time zone, ended_at timestamp with time zone, ended_by uuid, paper_id uuid, paper_at timestamp with time zone, paper_by text, sealed_to text, abroad boolean, answered_at timestamp with time zone, paper_live boolean, mail_state text)
language plpgsql
stable security definer
set search_path to 'pg_catalog'
as $function$
begin
  if referrals.asks(of_referral) is not true then
    raise exception using errcode = '42501', message = 'not theirs';
  end if;
  return query
    select referrals.stands(r.id),
      exists (select 1 from auth.assignment s join auth.account q on q.id = s.account_id and q.status = 'active'
        where s.organisation_id = r.to_organisation and s.confirmed_at is not null and s.until > now()
          and s.role in ('intake', 'provider', 'shelter-manager')),
      l.id, l.made_at, lp.name, l.opened_at, l.ended_at, l.ended_by,
      p.id, p.made_at, pp.name, p.sealed_to, p.abroad, p.answered_at, p.ended_at is null and p.id is not null,
      l.mail_state
    from referrals.referral r
    left join lateral (select * from referrals.link x where x.referral_id = r.id order by x.made_at desc, x.id desc limit 1) l on true
    left join auth.account lp on lp.id = l.made_by
    left join lateral (select * from referrals.paper x where x.referral_id = r.id order by x.made_at desc, x.id desc limit 1) p on true
    left join auth.account pp on pp.id = p.made_by
    where r.id = of_referral;
end $function$;
revoke execute on function referrals.doors_of(uuid) from public;
grant execute on function referrals.doors_of(uuid) to samaan_app;

-- What is answered, taken back or over is forgotten; of the rest, what leaves now. What somebody
-- opens or takes back just now is left to the next minute.
create function referrals.link_mail_due(at timestamptz)
returns table (id uuid, country text, urgency text, sealed_mail bytea, tries int, reminded int)
language plpgsql security definer set search_path = pg_catalog as $$
begin
  update referrals.link l set sealed_mail = null, mail_next = null
  where l.id in (select x.id from referrals.link x join referrals.referral r on r.id = x.referral_id
    where x.sealed_mail is not null
      and (x.ended_at is not null or r.status not in ('sent', 'acknowledged') or not referrals.stands(r.id))
    for update of x skip locked);
  return query
    select l.id, r.country, r.urgency, l.sealed_mail, l.mail_tries, r.reminded::int
    from referrals.link l join referrals.referral r on r.id = l.referral_id
    where l.sealed_mail is not null and l.ended_at is null and r.status in ('sent', 'acknowledged') and referrals.stands(r.id)
      and (l.mail_next <= link_mail_due.at or l.mail_next is null and r.reminded > l.mail_reminded)
    order by l.mail_next nulls last, l.id
    limit 50 for update of l skip locked;
end $$;
revoke execute on function referrals.link_mail_due(timestamptz) from public;
grant execute on function referrals.link_mail_due(timestamptz) to samaan_jobs;

-- `sent`, `refused` for good, or `waiting` until the next try; a link that was mailed once stays `sent` meanwhile.
create function referrals.link_mailed(of_id uuid, became text, rest bytea, tried int, told int, next_at timestamptz) returns void
language plpgsql security definer set search_path = pg_catalog as $$
begin
  update referrals.link l set mail_state = case when became = 'waiting' then l.mail_state else became end, mail_tries = tried,
    mail_next = next_at, mail_reminded = case when became = 'sent' then told else l.mail_reminded end, sealed_mail = rest
  where l.id = of_id;
  if became = 'refused' then
    update referrals.referral r set unreached_at = now() from referrals.link l where l.id = of_id and r.id = l.referral_id;
  end if;
end $$;
revoke execute on function referrals.link_mailed(uuid, text, bytea, int, int, timestamptz) from public;
grant execute on function referrals.link_mailed(uuid, text, bytea, int, int, timestamptz) to samaan_jobs;
