-- An organisation in which nobody has an account answers by a link and a code, or on paper and by telephone. Who holds a link acts in
-- nobody's name, is shown by functions what the one referral of the link shares while it stands, and reads no table at all.

-- One live link a referral. Of link and code keyed hashes are kept, under a key that is not in the database.
create table referrals.link (
  id uuid primary key,
  case_id uuid not null references cases.folder (id),
  referral_id uuid not null references referrals.referral (id),
  lookup bytea not null check (length(lookup) = 32),
  code bytea not null check (length(code) = 32),
  made_by uuid not null references auth.account (id),
  made_at timestamptz not null default now(),
  opened_at timestamptz,
  wrong int not null default 0 check (wrong between 0 and 10),
  ended_at timestamptz,
  -- null where it ended by itself: too many wrong codes
  ended_by uuid references auth.account (id),
  check (ended_by is null or ended_at is not null),
  check (wrong < 10 or ended_at is not null)
);
create unique index link_lookup on referrals.link (lookup);
create unique index link_live on referrals.link (referral_id) where ended_at is null;
create index link_referral on referrals.link (referral_id, made_at desc);
create index link_case on referrals.link (case_id);

-- What a code opened. Its token is known to the page alone; each step of it is taken once.
create table referrals.link_visit (
  id uuid primary key,
  case_id uuid not null references cases.folder (id),
  link_id uuid not null references referrals.link (id),
  token_hash bytea not null check (length(token_hash) = 32),
  step int not null default 1,
  stepped_at timestamptz not null default now(),
  opened_at timestamptz not null default now(),
  until timestamptz not null,
  ended_at timestamptz
);
create unique index link_visit_token on referrals.link_visit (token_hash);
create unique index link_visit_live on referrals.link_visit (link_id) where ended_at is null;
create index link_visit_case on referrals.link_visit (case_id);

-- What opened nothing, counted by keyed hashes: of everybody, of a neighbourhood of addresses on a day, of what was tried.
create table referrals.link_failure (
  bucket bytea primary key check (length(bucket) = 32),
  failures int not null,
  at timestamptz not null
);

-- A referral on paper, and the code by which whoever holds the sheet says that they do.
create table referrals.paper (
  id uuid primary key,
  case_id uuid not null references cases.folder (id),
  referral_id uuid not null references referrals.referral (id),
  code bytea not null check (length(code) = 32),
  sealed_to text not null check (sealed_to in ('nobody', 'passphrase', 'key')),
  -- it goes to somebody outside the country
  abroad boolean not null,
  made_by uuid not null references auth.account (id),
  made_at timestamptz not null default now(),
  wrong int not null default 0 check (wrong between 0 and 10),
  answered_at timestamptz,
  answered_by uuid references auth.account (id),
  ended_at timestamptz,
  check ((answered_at is null) = (answered_by is null)),
  check (wrong < 10 or ended_at is not null)
);
create unique index paper_live on referrals.paper (referral_id) where ended_at is null;
create index paper_referral on referrals.paper (referral_id, made_at desc);
create index paper_case on referrals.paper (case_id);

do $$
declare
  one text;
begin
  foreach one in array array['link', 'link_visit', 'link_failure', 'paper'] loop
    execute format('alter table referrals.%I enable row level security', one);
    execute format('alter table referrals.%I force row level security', one);
    -- only the functions below
    execute format('create policy nobody on referrals.%I to samaan_app using (false)', one);
  end loop;
end $$;

-- Who asks for it: who sent it, the unit's intake for what the unit sent, and the coordinator in charge of the person.
create function referrals.asks(of_id uuid) returns boolean
language sql stable security definer set search_path = pg_catalog as $$
  select exists (select 1 from referrals.referral r
    where r.id = of_id and not policy.is_hidden(r.case_id, me.id)
      and (me.role in ('officer', 'intake', 'coordinator') and r.from_account = me.id
        or me.role = 'intake' and r.from_organisation = any (me.principals)
        or me.role = 'coordinator' and exists (select 1 from policy.case_access a
          where a.case_id = r.case_id and a.basis = 'assigned' and a.principal = me.id and a.until > now())))
  from (select nullif(current_setting('samaan.user', true), '')::uuid as id, current_setting('samaan.role', true) as role,
    nullif(current_setting('samaan.principals', true), '')::uuid[] as principals) me
$$;
-- Whether a help that was asked for stands, and what it shares with whom. Nothing of what is hidden or ended.
create function referrals.stands(of_id uuid) returns boolean
language sql stable security definer set search_path = pg_catalog as $$
  select exists (select 1 from referrals.referral r
    join policy.case_access a on a.case_id = r.case_id and a.basis = 'share' and a.basis_id = r.id
      and a.principal = r.to_organisation and a.until > now()
    join directory.organisation o on o.id = r.to_organisation and o.active
    where r.id = of_id and r.kind = 'service'
      and r.status in ('sent', 'acknowledged', 'accepted', 'partly-accepted', 'in-service')
      and not policy.is_hidden(r.case_id, '00000000-0000-0000-0000-000000000000'))
$$;

-- Makes the one live link of a referral: what was before it ends, and with it a page that is open.
create function referrals.make_link(of_id uuid, of_referral uuid, of_lookup bytea, of_code bytea) returns void
language plpgsql security definer set search_path = pg_catalog as $$
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
  insert into referrals.link (id, case_id, referral_id, lookup, code, made_by)
  values (of_id, of_case, of_referral, of_lookup, of_code, me);
end $$;
-- Ends the link of a referral, and a page that is open with it; answers 0 when there is none.
create function referrals.end_link(of_referral uuid) returns int
language plpgsql security definer set search_path = pg_catalog as $$
declare
  ended uuid;
begin
  if referrals.asks(of_referral) is not true then
    raise exception using errcode = '42501', message = 'not theirs';
  end if;
  update referrals.link l set ended_at = now(), ended_by = nullif(current_setting('samaan.user', true), '')::uuid
  where l.referral_id = of_referral and l.ended_at is null returning l.id into ended;
  update referrals.link_visit v set ended_at = now() where v.link_id = ended and v.ended_at is null;
  return case when ended is null then 0 else 1 end;
end $$;
-- The newest link and the newest sheet of a referral, for who asks for it. Nothing by which either is found.
create function referrals.doors_of(of_referral uuid)
returns table (stands boolean, signs_in boolean, link_id uuid, link_at timestamptz, link_by text, opened_at timestamptz, ended_at timestamptz, ended_by uuid,
  paper_id uuid, paper_at timestamptz, paper_by text, sealed_to text, abroad boolean, answered_at timestamptz, paper_live boolean)
language plpgsql stable security definer set search_path = pg_catalog as $$
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
      p.id, p.made_at, pp.name, p.sealed_to, p.abroad, p.answered_at, p.ended_at is null and p.id is not null
    from referrals.referral r
    left join lateral (select * from referrals.link x where x.referral_id = r.id order by x.made_at desc, x.id desc limit 1) l on true
    left join auth.account lp on lp.id = l.made_by
    left join lateral (select * from referrals.paper x where x.referral_id = r.id order by x.made_at desc, x.id desc limit 1) p on true
    left join auth.account pp on pp.id = p.made_by
    where r.id = of_referral;
end $$;

-- Opens a visit by link and code. What opens nothing answers nothing, but for the try that closes a link.
create function referrals.open_link(of_lookup bytea, of_code bytea, of_visit uuid, of_token bytea, of_event uuid)
returns table (opened boolean, of_case uuid, organisation uuid)
language plpgsql security definer set search_path = pg_catalog as $$
declare
  found referrals.link;
  asked uuid;
begin
  select * into found from referrals.link l where l.lookup = of_lookup for update;
  if found.id is null or found.ended_at is not null or not referrals.stands(found.referral_id) then return; end if;
  select r.to_organisation into asked from referrals.referral r where r.id = found.referral_id;
  if found.code <> of_code then
    update referrals.link l set wrong = l.wrong + 1, ended_at = case when l.wrong = 9 then now() end where l.id = found.id;
    if found.wrong = 9 then
      update referrals.link_visit v set ended_at = now() where v.link_id = found.id and v.ended_at is null;
      insert into cases.timeline (id, case_id, event, organisation_id, about)
      values (of_event, found.case_id, 'referral.link-closed', asked, '{"by":"link"}');
      return query select false, found.case_id, asked;
    end if;
    return;
  end if;
  update referrals.link l set opened_at = now() where l.id = found.id;
  update referrals.link_visit v set ended_at = now() where v.link_id = found.id and v.ended_at is null;
  insert into referrals.link_visit (id, case_id, link_id, token_hash, until)
  values (of_visit, found.case_id, found.id, of_token, now() + interval '15 minutes');
  insert into cases.timeline (id, case_id, event, organisation_id, about)
  values (of_event, found.case_id, 'referral.link-read', asked, '{"by":"link"}');
  return query select true, found.case_id, asked;
end $$;
-- Takes one step of a visit and answers the next. A step is taken once, but for the second of two quick taps; one that comes
-- again later was called back by somebody, and ends the visit.
create function referrals.take_link_step(of_token bytea, at_step int) returns setof int
language plpgsql security definer set search_path = pg_catalog as $$
declare
  found referrals.link_visit;
begin
  select * into found from referrals.link_visit v where v.token_hash = of_token for update;
  if found.id is null or found.ended_at is not null or found.until <= now() then return; end if;
  if found.step = at_step then
    update referrals.link_visit v set step = v.step + 1, stepped_at = now(),
      until = least(now() + interval '15 minutes', v.opened_at + interval '60 minutes')
    where v.id = found.id;
    return next at_step + 1;
  elsif found.step = at_step + 1 and found.stepped_at > now() - interval '3 seconds' then
    return next found.step;
  else
    update referrals.link_visit v set ended_at = now() where v.id = found.id;
  end if;
end $$;
create function referrals.end_link_visit() returns void
language sql volatile security definer set search_path = pg_catalog as $$
  update referrals.link_visit v set ended_at = now()
  where v.token_hash = decode(nullif(current_setting('samaan.link', true), ''), 'hex') and v.ended_at is null
$$;

-- The referral whose link the transaction brings the token of, while all of it stands; null for everybody else.
create function referrals.linked() returns uuid
language sql stable security definer set search_path = pg_catalog as $$
  select l.referral_id from referrals.link_visit v join referrals.link l on l.id = v.link_id and l.ended_at is null
  where v.token_hash = decode(nullif(current_setting('samaan.link', true), ''), 'hex')
    and v.ended_at is null and v.until > now() and referrals.stands(l.referral_id)
$$;
-- What its page is made of: what the referral shares, as a recipient with an account is shown it, and nothing else.
create function referrals.by_link()
returns table (id uuid, case_id uuid, country text, slot bigint, reference text, service text, urgency text, status text, place text,
  place_taken text, from_name text, person text, organisation uuid, name text, opens int, sealed_message bytea, sealed_answer bytea,
  sealed_identity bytea, sent_at timestamptz, due_at timestamptz, version int)
language sql stable security definer set search_path = pg_catalog as $$
  select r.id, r.case_id, r.country, f.key_slot, f.reference, r.service, r.urgency, r.status, r.place, r.place_taken, a.name, p.name,
    b.id, b.name, s.compartments, r.sealed_message, r.sealed_answer,
    case when s.compartments & 1 <> 0 then i.sealed end, r.sent_at, r.due_at, r.version
  from referrals.referral r join cases.folder f on f.id = r.case_id
  join policy.case_access s on s.case_id = r.case_id and s.basis = 'share' and s.basis_id = r.id and s.principal = r.to_organisation
  join directory.organisation a on a.id = r.from_organisation
  join directory.organisation b on b.id = r.to_organisation
  left join auth.account p on p.id = r.from_account
  left join cases.identity i on i.case_id = r.case_id
  where r.id = referrals.linked()
$$;

-- One step of a help by somebody without an account, in the order of `flow.ts`, with what comes with it: a place, the history, the end of
-- what was shared. Answers 1; 0 when it has moved on; -1 when no place is free. Only the two functions below ask it.
create function referrals.step_without_account(of_id uuid, at_version int, next text, at timestamptz, of_event uuid, about jsonb,
  of_answer bytea, of_reason text, of_outcome text, noted_by uuid) returns int
language plpgsql security definer set search_path = pg_catalog as $$
declare
  r referrals.referral;
  taken text;
  gives_back boolean;
begin
  -- The round, then the places, then the referral, as everybody who answers: nobody waits for who waits for them.
  perform 1 from referrals.round o where o.id = (select x.round_id from referrals.referral x where x.id = of_id) for no key update;
  perform 1 from directory.place p where p.service_id = (select x.offer_id from referrals.referral x where x.id = of_id)
  order by p.kind for no key update;
  select * into r from referrals.referral x where x.id = of_id for update;
  if r.id is null or r.version <> at_version or not referrals.stands(r.id) then return 0; end if;
  if not (case
    when r.status in ('sent', 'acknowledged') and next in ('accepted', 'partly-accepted', 'declined') then true
    when r.status = 'sent' then next = 'acknowledged'
    when r.status in ('accepted', 'partly-accepted') then next in ('in-service', 'done', 'ended')
    when r.status = 'in-service' then next in ('done', 'ended')
    else false end) then
    return 0;
  end if;
  if next in ('accepted', 'partly-accepted') and r.place is not null and r.offer_id is not null
     and exists (select 1 from directory.place p where p.service_id = r.offer_id) then
    update directory.place p set free = p.free - 1, told_at = at, version = p.version + 1
    where p.service_id = r.offer_id and p.kind = r.place and p.free > 0 returning p.kind into taken;
    if taken is null then
      update directory.place p set free = p.free - 1, told_at = at, version = p.version + 1
      where p.service_id = r.offer_id and p.kind = 'anybody' and p.free > 0 returning p.kind into taken;
    end if;
    if taken is null then return -1; end if;
  end if;
  gives_back := next in ('done', 'ended') and r.place_taken is not null;
  if gives_back then
    update directory.place p set free = p.free + 1, told_at = at, version = p.version + 1
    where p.service_id = r.offer_id and p.kind = r.place_taken and p.free < p.total;
  end if;
  update referrals.referral x set status = next, version = x.version + 1,
    acknowledged_at = case when next = 'acknowledged' then at else x.acknowledged_at end,
    answered_at = case when next in ('accepted', 'partly-accepted', 'declined') then at else x.answered_at end,
    answered_by = case when next in ('accepted', 'partly-accepted', 'declined') then noted_by else x.answered_by end,
    sealed_answer = case when next in ('accepted', 'partly-accepted', 'declined') then of_answer else x.sealed_answer end,
    decline_reason = case when next = 'declined' then of_reason else x.decline_reason end,
    place_taken = case when gives_back then null else coalesce(taken, x.place_taken) end,
    began_at = case when next = 'in-service' then at else x.began_at end,
    finished_at = case when next in ('done', 'ended') then at else x.finished_at end,
    outcome = case when next = 'done' then of_outcome end,
    end_reason = case when next = 'ended' then of_reason end
  where x.id = r.id;
  if next in ('accepted', 'partly-accepted') then
    update policy.case_access a set accepted = true
    where a.principal = r.to_organisation and a.case_id = r.case_id and a.basis = 'share' and a.basis_id = r.id;
  elsif next in ('declined', 'done', 'ended') then
    delete from policy.case_access a
    where a.principal = r.to_organisation and a.case_id = r.case_id and a.basis = 'share' and a.basis_id = r.id;
  end if;
  insert into cases.timeline (id, case_id, event, account_id, organisation_id, about)
  values (of_event, r.case_id, 'referral.' || case next when 'partly-accepted' then 'accepted' when 'in-service' then 'begun' else next end,
    noted_by, r.to_organisation, about);
  -- The others who were asked need not answer any more; a part leaves the rest to be found, where everybody was asked at once.
  if next = 'accepted' or next = 'partly-accepted' and exists (select 1 from referrals.round o where o.id = r.round_id and o.way = 'in-turn') then
    perform referrals.close_round(r.round_id, 'answered', 'referral.not-needed');
  end if;
  return 1;
end $$;
create function referrals.step_by_link(at_version int, next text, at timestamptz, of_event uuid, about jsonb,
  of_answer bytea, of_reason text, of_outcome text) returns int
language sql volatile security definer set search_path = pg_catalog as $$
  select referrals.step_without_account(referrals.linked(), at_version, next, at, of_event, about || '{"by":"link"}',
    of_answer, of_reason, of_outcome, null)
$$;

-- A sheet is made for who asks for the help, and leaves the country only where the person agreed to that, for this recipient.
create function referrals.make_paper(of_id uuid, of_referral uuid, of_code bytea, sealed text, leaves boolean) returns void
language plpgsql security definer set search_path = pg_catalog as $$
declare
  of_case uuid;
begin
  select r.case_id into of_case from referrals.referral r where r.id = of_referral for update;
  if referrals.asks(of_referral) is not true or not referrals.stands(of_referral)
     or leaves and not exists (select 1 from referrals.referral r join consent.record c on c.id = r.consent_id
       where r.id = of_referral and 'cross-border' = any (c.purposes) and r.to_organisation = any (c.recipients)) then
    raise exception using errcode = '42501', message = 'not theirs';
  end if;
  update referrals.paper p set ended_at = now() where p.referral_id = of_referral and p.ended_at is null;
  insert into referrals.paper (id, case_id, referral_id, code, sealed_to, abroad, made_by)
  values (of_id, of_case, of_referral, of_code, sealed, leaves, nullif(current_setting('samaan.user', true), '')::uuid);
end $$;
-- Whether a return code is the one on the sheet; ten that are not end it.
create function referrals.try_paper(of_referral uuid, of_code bytea) returns boolean
language plpgsql security definer set search_path = pg_catalog as $$
declare
  found referrals.paper;
begin
  if referrals.asks(of_referral) is not true then
    raise exception using errcode = '42501', message = 'not theirs';
  end if;
  select * into found from referrals.paper p where p.referral_id = of_referral and p.ended_at is null for update;
  if found.id is null then return false; end if;
  if found.code = of_code then return true; end if;
  update referrals.paper p set wrong = p.wrong + 1, ended_at = case when p.wrong = 9 then now() end where p.id = found.id;
  return false;
end $$;
-- What was told on the telephone by who holds the sheet, written down by who asked.
create function referrals.step_on_paper(of_referral uuid, of_code bytea, at_version int, next text, at timestamptz, of_event uuid,
  about jsonb, of_answer bytea, of_reason text, of_outcome text) returns int
language plpgsql security definer set search_path = pg_catalog as $$
declare
  me uuid := nullif(current_setting('samaan.user', true), '')::uuid;
  touched int;
begin
  if not referrals.try_paper(of_referral, of_code) then return 0; end if;
  touched := referrals.step_without_account(of_referral, at_version, next, at, of_event, about || '{"by":"paper"}',
    of_answer, of_reason, of_outcome, me);
  if touched = 1 then
    update referrals.paper p set answered_at = at, answered_by = me,
      ended_at = case when next in ('declined', 'done', 'ended') then at end
    where p.referral_id = of_referral and p.ended_at is null;
  end if;
  return touched;
end $$;

create function referrals.count_link_failure(of_buckets bytea[]) returns void
language sql volatile security definer set search_path = pg_catalog as $$
  delete from referrals.link_failure f where f.at < now() - interval '1 day';
  insert into referrals.link_failure as f (bucket, failures, at) select b, 1, now() from unnest(of_buckets) as b order by b
  on conflict (bucket) do update
    set failures = case when f.at < now() - interval '1 hour' then 1 else f.failures + 1 end, at = now();
$$;
create function referrals.link_failures(of_buckets bytea[]) returns setof int
language sql stable security definer set search_path = pg_catalog as $$
  select coalesce((select f.failures from referrals.link_failure f where f.bucket = b and f.at > now() - interval '1 hour'), 0)
  from unnest(of_buckets) with ordinality as t (b, at) order by t.at
$$;

revoke all on function referrals.asks(uuid), referrals.stands(uuid), referrals.make_link(uuid, uuid, bytea, bytea),
  referrals.end_link(uuid), referrals.doors_of(uuid), referrals.open_link(bytea, bytea, uuid, bytea, uuid),
  referrals.take_link_step(bytea, int), referrals.end_link_visit(), referrals.linked(), referrals.by_link(),
  referrals.step_without_account(uuid, int, text, timestamptz, uuid, jsonb, bytea, text, text, uuid),
  referrals.step_by_link(int, text, timestamptz, uuid, jsonb, bytea, text, text),
  referrals.make_paper(uuid, uuid, bytea, text, boolean), referrals.try_paper(uuid, bytea),
  referrals.step_on_paper(uuid, bytea, int, text, timestamptz, uuid, jsonb, bytea, text, text),
  referrals.count_link_failure(bytea[]), referrals.link_failures(bytea[]) from public;
grant execute on function referrals.make_link(uuid, uuid, bytea, bytea),
  referrals.end_link(uuid), referrals.doors_of(uuid), referrals.open_link(bytea, bytea, uuid, bytea, uuid),
  referrals.take_link_step(bytea, int), referrals.end_link_visit(), referrals.by_link(),
  referrals.step_by_link(int, text, timestamptz, uuid, jsonb, bytea, text, text),
  referrals.make_paper(uuid, uuid, bytea, text, boolean), referrals.try_paper(uuid, bytea),
  referrals.step_on_paper(uuid, bytea, int, text, timestamptz, uuid, jsonb, bytea, text, text),
  referrals.count_link_failure(bytea[]), referrals.link_failures(bytea[]) to samaan_app;
