-- Where to bring the person, in the words of the safe place that took them on: sealed with the case's key for LOC. Never changed: who was wrong
-- says it anew, and what was said before stays beside it, shown to nobody. It is read where it was written and by who is in charge of the
-- person, while the help stands, each time through a function that asks again; no statement reads the table.
create table referrals.whereabouts (
  id uuid primary key,
  referral_id uuid not null references referrals.referral (id),
  case_id uuid not null references cases.folder (id),
  -- the newest stands
  version int not null check (version > 0),
  -- null: what was said was taken back
  sealed bytea,
  by_account uuid not null references auth.account (id),
  at timestamptz not null default now(),
  unique (referral_id, version)
);
create index whereabouts_case on referrals.whereabouts (case_id);
alter table referrals.whereabouts enable row level security;
alter table referrals.whereabouts force row level security;
-- only the functions below
create policy nobody on referrals.whereabouts to samaan_app using (false);

-- Who says where to bring the person, and who may also read it: `saysWhere` and `readsWhere` of the slice's policy, said again.
create function referrals.reaches_where(of_id uuid, reads boolean) returns boolean
language sql stable security definer set search_path = pg_catalog as $$
  select exists (select 1 from referrals.referral r
    join policy.case_access a on a.case_id = r.case_id and a.until > now() and a.principal = any (me.principals)
    where r.id = of_id and r.kind = 'service' and me.opens & 8 <> 0 and not policy.is_hidden(r.case_id, me.id)
      and (me.role = 'shelter-manager' and a.basis = 'share' and a.basis_id = r.id and a.principal = r.to_organisation and a.accepted
        or reads and me.role = 'coordinator' and a.basis = 'assigned'))
  from (select nullif(current_setting('samaan.user', true), '')::uuid as id, current_setting('samaan.role', true) as role,
    nullif(current_setting('samaan.compartments', true), '')::int as opens,
    nullif(current_setting('samaan.principals', true), '')::uuid[] as principals) me
$$;
-- What stands of one help: once it is over, nothing.
create function referrals.where_of(of_id uuid) returns table (id uuid, version int, sealed bytea, at timestamptz, by_name text)
language plpgsql stable security definer set search_path = pg_catalog as $$
begin
  if referrals.reaches_where(of_id, true) is not true then
    raise exception using errcode = '42501', message = 'not theirs';
  end if;
  return query
    select w.id, w.version, w.sealed, w.at, p.name
    from referrals.whereabouts w join referrals.referral r on r.id = w.referral_id join auth.account p on p.id = w.by_account
    where w.referral_id = of_id and r.status in ('accepted', 'partly-accepted', 'in-service')
    order by w.version desc limit 1;
end $$;
-- Only of a help that was taken on and is not over. `words` null takes back what stands. Answers -1 where nothing can be said,
-- 0 where somebody else was faster.
create function referrals.say_where(of_id uuid, row_id uuid, words bytea, on_version int, of_event uuid) returns int
language plpgsql security definer set search_path = pg_catalog as $$
declare
  of_case uuid;
  last int;
  standing boolean;
begin
  if referrals.reaches_where(of_id, false) is not true then
    raise exception using errcode = '42501', message = 'not theirs';
  end if;
  select r.case_id into of_case from referrals.referral r
  where r.id = of_id and r.status in ('accepted', 'partly-accepted', 'in-service') for no key update;
  if of_case is null then return -1; end if;
  select w.version, w.sealed is not null into last, standing from referrals.whereabouts w
  where w.referral_id = of_id order by w.version desc limit 1;
  if coalesce(last, 0) <> on_version then return 0; end if;
  if words is null and standing is not true then return -1; end if;
  insert into referrals.whereabouts (id, referral_id, case_id, version, sealed, by_account)
  values (row_id, of_id, of_case, on_version + 1, words, nullif(current_setting('samaan.user', true), '')::uuid);
  insert into cases.timeline (id, case_id, event, account_id)
  values (of_event, of_case, case when words is null then 'referral.where-taken-back' else 'referral.where-said' end,
    nullif(current_setting('samaan.user', true), '')::uuid);
  return 1;
end $$;
revoke all on function referrals.reaches_where(uuid, boolean), referrals.where_of(uuid), referrals.say_where(uuid, uuid, bytea, int, uuid)
  from public;
grant execute on function referrals.where_of(uuid), referrals.say_where(uuid, uuid, bytea, int, uuid) to samaan_app;

-- That it was said is in the history for who may read it: the coordinator in charge.
create policy of_whereabouts on cases.timeline as restrictive for select to samaan_app using (
  event not in ('referral.where-said', 'referral.where-taken-back')
  or (select current_setting('samaan.role', true)) = 'coordinator'
    and exists (select 1 from policy.case_access a where a.case_id = timeline.case_id and a.basis = 'assigned' and a.until > now()));
