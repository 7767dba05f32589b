-- The other side of the wall: what a police body learns of a possible offence (compartment INV, which no care role opens),
-- and the only two ways in which police read care without the person's consent: an order of a court and a vital interest,
-- each written down by the unit, judged by a second person, and answered by a receipt.
create schema justice;
grant usage on schema justice to samaan_app;

create function justice.me() returns uuid
language sql stable set search_path = pg_catalog as $$
  select nullif(current_setting('samaan.user', true), '')::uuid
$$;
-- Whether who asks really holds one of these roles in the country of the request, now.
create function justice.works_as(wanted text[]) returns boolean
language sql stable security definer set search_path = pg_catalog as $$
  select current_setting('samaan.role', true) = any (wanted)
    and exists (select 1 from auth.assignment s where s.account_id = justice.me()
      and s.role = current_setting('samaan.role', true) and s.country = current_setting('samaan.country', true)
      and s.confirmed_at is not null and s.until > now())
$$;
-- Whether an account can sign in and holds one of these roles in a body of the country of the request.
create function justice.works_in(who uuid, body uuid, wanted text[]) returns boolean
language sql stable security definer set search_path = pg_catalog as $$
  select exists (select 1 from auth.assignment s join auth.account p on p.id = s.account_id and p.status = 'active'
    where s.account_id = who and s.organisation_id = body and s.role = any (wanted)
      and s.country = current_setting('samaan.country', true) and s.confirmed_at is not null and s.until > now())
$$;

-- Leads. What is in the clear is coded; who said it, what was said and every note are sealed with the lead's own keys.
-- A lead that is about a case says so inside the seal: nothing here points at a case, so no case can show that there is one.
create table justice.lead (
  id uuid primary key,
  country text not null check (country ~ '^[A-Z]{3}$'),
  -- the police body whose lead it is
  organisation_id uuid not null references directory.organisation (id),
  reference text not null,
  about text[] not null check (cardinality(about) between 1 and 20),
  -- how far the source is to be relied on, and what was said to be believed
  source_grade text not null check (source_grade in ('A', 'B', 'C', 'D', 'E', 'F')),
  information_grade text not null check (information_grade in ('1', '2', '3', '4', '5', '6')),
  handling text not null check (handling in ('body-only', 'prosecution', 'ask-first', 'no-action')),
  status text not null default 'open' check (status in ('open', 'in-work', 'closed')),
  closed_for text check (closed_for in ('case-built', 'passed-on', 'not-enough', 'unfounded', 'no-offence', 'duplicate')),
  investigator uuid references auth.account (id),
  -- of the key store, as a case has one
  key_slot bigint not null,
  made_by uuid not null references auth.account (id),
  made_at timestamptz not null default now(),
  version int not null default 1,
  check ((status = 'closed') = (closed_for is not null)),
  check (status <> 'in-work' or investigator is not null)
);
create unique index lead_reference on justice.lead (country, reference);
create index lead_body on justice.lead (organisation_id, id desc);
create table justice.lead_content (
  lead_id uuid primary key references justice.lead (id),
  organisation_id uuid not null,
  sealed bytea not null
);
-- By itself, so that what is shared with a prosecutor may leave it out.
create table justice.lead_source (
  lead_id uuid primary key references justice.lead (id),
  organisation_id uuid not null,
  sealed bytea not null
);
-- Never changed.
create table justice.lead_note (
  id uuid primary key,
  lead_id uuid not null references justice.lead (id),
  organisation_id uuid not null,
  sealed bytea not null,
  by_account uuid not null,
  at timestamptz not null default now()
);
create index lead_note_lead on justice.lead_note (lead_id, at);
-- Blind terms of the title and of the reference of a case, under keys of their own: what cases are found by never meets them.
create table justice.lead_term (
  term bytea not null,
  lead_id uuid not null references justice.lead (id),
  organisation_id uuid not null,
  primary key (term, lead_id)
);
create index lead_term_lead on justice.lead_term (lead_id);
create table justice.lead_share (
  id uuid primary key,
  lead_id uuid not null references justice.lead (id),
  organisation_id uuid not null,
  account_id uuid not null references auth.account (id),
  -- whether the source goes with it
  source boolean not null,
  by_account uuid not null references auth.account (id),
  at timestamptz not null default now(),
  ended_at timestamptz,
  ended_by uuid references auth.account (id),
  check (by_account <> account_id),
  check ((ended_at is null) = (ended_by is null))
);
create unique index lead_share_live on justice.lead_share (lead_id, account_id) where ended_at is null;
create index lead_share_account on justice.lead_share (account_id) where ended_at is null;

do $$
declare
  one text;
  mine text := $q$organisation_id in (select s.organisation_id from auth.assignment s
    where s.account_id = nullif((select current_setting('samaan.user', true)), '')::uuid
      and s.role = (select current_setting('samaan.role', true)) and s.until > now())$q$;
  opens text := $q$(select current_setting('samaan.role', true)) = 'investigator'
    and (select current_setting('samaan.compartments', true))::int & 16 <> 0 and $q$;
  shared text := $q$(select current_setting('samaan.role', true)) = 'prosecutor'
    and (select current_setting('samaan.compartments', true))::int & 16 <> 0
    and exists (select 1 from justice.lead_share h where h.lead_id = %I.%I and h.ended_at is null
      and h.account_id = nullif((select current_setting('samaan.user', true)), '')::uuid%s)$q$;
begin
  foreach one in array array['lead', 'lead_content', 'lead_source', 'lead_note', 'lead_term', 'lead_share'] loop
    execute format('alter table justice.%I enable row level security', one);
    execute format('alter table justice.%I force row level security', one);
    execute format('create policy body on justice.%I for select to samaan_app using (' || opens || mine || ')', one);
    if one <> 'lead_share' then
      execute format('create policy added on justice.%I for insert to samaan_app with check (' || opens || mine || ')', one);
    end if;
  end loop;
  -- The body's supervisor sees the codes, and whom it is shared with; nothing that was said.
  foreach one in array array['lead', 'lead_share'] loop
    execute format('create policy supervised on justice.%I for select to samaan_app using (
      (select current_setting(''samaan.role'', true)) = ''supervisor'' and ' || mine || ')', one);
  end loop;
  foreach one in array array['lead_content', 'lead_source', 'lead_note', 'lead_term'] loop
    execute format('create policy shared on justice.%I for select to samaan_app using (' || shared || ')',
      one, one, 'lead_id', case when one = 'lead_source' then ' and h.source' else '' end);
  end loop;
  execute format('create policy shared on justice.lead for select to samaan_app using (' || shared || ')', 'lead', 'id', '');
  create policy named on justice.lead_share for select to samaan_app using (
    (select current_setting('samaan.role', true)) = 'prosecutor' and ended_at is null
    and account_id = nullif((select current_setting('samaan.user', true)), '')::uuid);
  foreach one in array array['lead', 'lead_content', 'lead_source'] loop
    execute format('create policy changed on justice.%I for update to samaan_app using (' || opens || mine || ') with check (' || opens || mine || ')', one);
  end loop;
  execute format('create policy removed on justice.lead_term for delete to samaan_app using (' || opens || mine || ')');
end $$;
-- Only of the country of the request, by whom it says, and new.
create policy made on justice.lead as restrictive for insert to samaan_app with check (
  country = (select current_setting('samaan.country', true)) and status = 'open' and investigator is null
  and made_by = nullif((select current_setting('samaan.user', true)), '')::uuid);
create policy written on justice.lead_note as restrictive for insert to samaan_app with check (
  by_account = nullif((select current_setting('samaan.user', true)), '')::uuid);
grant select, insert on justice.lead, justice.lead_content, justice.lead_source, justice.lead_note, justice.lead_term to samaan_app;
grant update (about, source_grade, information_grade, handling, status, closed_for, investigator, version) on justice.lead to samaan_app;
grant update (sealed) on justice.lead_content, justice.lead_source to samaan_app;
grant delete on justice.lead_term to samaan_app;
grant select on justice.lead_share to samaan_app;

-- Whether who asks is an investigator of the body that a lead is of.
create function justice.works_on(of_lead uuid) returns boolean
language sql stable security definer set search_path = pg_catalog as $$
  select justice.works_as('{investigator}') and exists (select 1 from justice.lead l
    where l.id = of_lead and justice.works_in(justice.me(), l.organisation_id, '{investigator}'))
$$;
-- What is said of a lead is said of one of the same body.
create function justice.require_same_body() returns trigger
language plpgsql security definer set search_path = pg_catalog as $$
begin
  if not exists (select 1 from justice.lead l where l.id = new.lead_id and l.organisation_id = new.organisation_id) then
    raise exception using errcode = '42501', message = 'another body';
  end if;
  return new;
end $$;
create function justice.require_colleague() returns trigger
language plpgsql security definer set search_path = pg_catalog as $$
begin
  if not justice.works_in(new.investigator, new.organisation_id, '{investigator}') then
    raise exception using errcode = '42501', message = 'no colleague';
  end if;
  return new;
end $$;
create trigger require_colleague before update of investigator on justice.lead
  for each row when (new.investigator is not null) execute function justice.require_colleague();
do $$
declare one text;
begin
  foreach one in array array['lead_content', 'lead_source', 'lead_note', 'lead_term'] loop
    execute format('create trigger require_same_body before insert or update on justice.%I
      for each row execute function justice.require_same_body()', one);
  end loop;
end $$;
-- Shares a lead with one prosecutor by name, as its handling allows.
create function justice.share_lead(of_id uuid, of_lead uuid, whom uuid, with_source boolean) returns void
language plpgsql security definer set search_path = pg_catalog as $$
begin
  if not justice.works_on(of_lead) or whom = justice.me()
     or not exists (select 1 from justice.lead l where l.id = of_lead and l.handling = 'prosecution')
     or not exists (select 1 from auth.assignment s where s.account_id = whom
                    and justice.works_in(whom, s.organisation_id, '{prosecutor}')) then
    raise exception using errcode = '42501', message = 'not to be shared';
  end if;
  insert into justice.lead_share (id, lead_id, organisation_id, account_id, source, by_account)
  select of_id, of_lead, l.organisation_id, whom, with_source, justice.me() from justice.lead l where l.id = of_lead;
end $$;
create function justice.end_lead_share(of_id uuid, of_lead uuid) returns int
language plpgsql security definer set search_path = pg_catalog as $$
declare
  touched int;
begin
  update justice.lead_share h set ended_at = now(), ended_by = justice.me()
  where h.id = of_id and h.lead_id = of_lead and h.ended_at is null and justice.works_on(of_lead);
  get diagnostics touched = row_count;
  return touched;
end $$;

-- Whether who asks has a place in a case, as the unit has: of the unit that holds it, or in charge of it.
create function justice.has_place(of_case uuid, wanted text[]) returns boolean
language sql stable security definer set search_path = pg_catalog as $$
  select justice.works_as(wanted) and not policy.is_hidden(of_case, justice.me())
    and exists (select 1 from policy.case_access a where a.case_id = of_case and a.until > now()
      and (a.basis = 'holder' and current_setting('samaan.role', true) in ('intake', 'decision-maker')
             and a.principal = any (current_setting('samaan.principals', true)::uuid[])
        or a.basis = 'assigned' and current_setting('samaan.role', true) = 'coordinator' and a.principal = justice.me()))
$$;
-- Whether somebody made another's account, or gave or confirmed them a role, within a day and a night.
create function justice.let_in(by_whom uuid, whom uuid) returns boolean
language sql stable security definer set search_path = pg_catalog as $$
  select exists (select 1 from auth.account p where p.id = whom and p.created_by = by_whom
      and p.created_at > now() - interval '24 hours')
    or exists (select 1 from auth.assignment s where s.account_id = whom and by_whom in (s.granted_by, s.confirmed_by)
      and s.granted_at > now() - interval '24 hours')
$$;
-- Whether who asks may name these people of a police or prosecution body: each works there, none is who asks, and none was
-- let in by them that day.
create function justice.may_name(body uuid, who uuid[]) returns boolean
language sql stable security definer set search_path = pg_catalog as $$
  select cardinality(who) between 1 and 10 and not exists (
    select 1 from unnest(who) as one
    where one is null or one = justice.me() or justice.let_in(justice.me(), one)
      or not justice.works_in(one, body, '{investigator,prosecutor}'))
$$;

-- What a court obliges the unit to hand over. Nobody of the police writes one; nothing opens before a second person of the
-- unit has held the paper beside it.
create table justice.court_order (
  id uuid primary key,
  country text not null check (country ~ '^[A-Z]{3}$'),
  case_id uuid not null references cases.folder (id),
  -- of the case, so that what is sealed here opens for those named without more
  key_slot bigint not null,
  -- court and number, under the case's key for STA
  sealed bytea not null,
  made_on date not null,
  -- of ID, SVC, HLT, LOC
  compartments int not null check (compartments between 1 and 15),
  purposes text[] not null check (cardinality(purposes) > 0 and purposes <@ '{investigation,prosecution,protection}'),
  organisation_id uuid not null references directory.organisation (id),
  named uuid[] not null check (cardinality(named) between 1 and 10),
  from_at timestamptz not null,
  until_at timestamptz not null,
  -- the scan, among the case's files
  attachment_id uuid,
  state text not null default 'proposed' check (state in ('proposed', 'confirmed', 'returned', 'revoked')),
  by_account uuid not null references auth.account (id),
  at timestamptz not null default now(),
  second_by uuid references auth.account (id),
  second_at timestamptz,
  revoked_by uuid references auth.account (id),
  revoked_at timestamptz,
  version int not null default 1,
  check (from_at < until_at),
  check (second_by is distinct from by_account),
  check ((second_by is null) = (second_at is null)),
  check (state not in ('confirmed', 'returned') or second_by is not null),
  check ((state = 'revoked') = (revoked_by is not null) and (revoked_by is null) = (revoked_at is null))
);
create index court_order_case on justice.court_order (case_id, at desc);
create index court_order_named on justice.court_order using gin (named);
-- A life in danger does not wait for a court: it opens at once, for a day unless somebody else upholds it, for three at most.
create table justice.vital_interest (
  id uuid primary key,
  country text not null check (country ~ '^[A-Z]{3}$'),
  case_id uuid not null references cases.folder (id),
  key_slot bigint not null,
  reason text not null check (reason in ('life-in-danger', 'person-missing', 'child-in-danger', 'medical', 'other')),
  -- why, in words, under the case's key for STA
  sealed bytea not null,
  compartments int not null check (compartments between 1 and 15),
  organisation_id uuid not null references directory.organisation (id),
  account_id uuid not null references auth.account (id),
  until_at timestamptz not null,
  state text not null default 'open' check (state in ('open', 'upheld', 'not-upheld')),
  by_account uuid not null references auth.account (id),
  at timestamptz not null default now(),
  second_by uuid references auth.account (id),
  second_at timestamptz,
  version int not null default 1,
  check (until_at > at and until_at <= at + interval '72 hours'),
  check (by_account <> account_id and second_by is distinct from by_account and second_by is distinct from account_id),
  check ((state = 'open') = (second_by is null) and (second_by is null) = (second_at is null))
);
create index vital_interest_case on justice.vital_interest (case_id, at desc);
create index vital_interest_account on justice.vital_interest (account_id);
-- Each handing over: what, when, on which basis, by the hash of it, to whom. Never changed.
create table justice.receipt (
  id uuid primary key,
  country text not null check (country ~ '^[A-Z]{3}$'),
  case_id uuid not null references cases.folder (id),
  key_slot bigint not null,
  reference text not null,
  basis text not null check (basis in ('order', 'vital-interest')),
  basis_id uuid not null,
  compartments int not null check (compartments between 1 and 15),
  hash bytea not null check (length(hash) = 32),
  -- court and number, as the order says them
  sealed bytea,
  account_id uuid not null references auth.account (id),
  organisation_id uuid not null references directory.organisation (id),
  at timestamptz not null default now(),
  check ((basis = 'order') = (sealed is not null))
);
create index receipt_case on justice.receipt (case_id, at desc);
create index receipt_account on justice.receipt (account_id, id desc);

do $$
declare one record;
begin
  for one in select * from (values
    ('court_order', 'order', '@me = any (named)'), ('vital_interest', 'vital-interest', '@me = account_id')
  ) as t (name, basis, named) loop
    execute format('alter table justice.%I enable row level security', one.name);
    execute format('alter table justice.%I force row level security', one.name);
    execute format($q$create policy unit on justice.%1$I for select to samaan_app using (
      (select current_setting('samaan.role', true)) in ('intake', 'coordinator', 'decision-maker')
      and exists (select 1 from policy.case_access a where a.case_id = %1$I.case_id and a.until > now()
        and a.basis = case when (select current_setting('samaan.role', true)) = 'coordinator' then 'assigned' else 'holder' end))$q$, one.name);
    -- Whom it names sees that it is, for as long as it opens something.
    execute format($q$create policy named on justice.%1$I for select to samaan_app using (
      (select current_setting('samaan.role', true)) in ('investigator', 'prosecutor')
      and %3$s and exists (select 1 from policy.case_glimpse g where g.case_id = %1$I.case_id and g.basis = %2$L
        and g.basis_id = %1$I.id and g.until > now()))$q$, one.name, one.basis,
      replace(one.named, '@me', $q$nullif((select current_setting('samaan.user', true)), '')::uuid$q$));
    execute format('call policy.hide(%L, %L)', 'justice.' || one.name, 'case_id');
  end loop;
end $$;
alter table justice.receipt enable row level security;
alter table justice.receipt force row level security;
create policy unit on justice.receipt for select to samaan_app using (
  (select current_setting('samaan.role', true)) in ('intake', 'coordinator', 'decision-maker')
  and exists (select 1 from policy.case_access a where a.case_id = receipt.case_id and a.until > now()
    and a.basis = case when (select current_setting('samaan.role', true)) = 'coordinator' then 'assigned' else 'holder' end));
create policy own on justice.receipt for select to samaan_app using (
  (select current_setting('samaan.role', true)) in ('investigator', 'prosecutor')
  and account_id = nullif((select current_setting('samaan.user', true)), '')::uuid);
create policy received on justice.receipt for insert to samaan_app with check (
  (select current_setting('samaan.role', true)) in ('investigator', 'prosecutor')
  and account_id = nullif((select current_setting('samaan.user', true)), '')::uuid
  and country = (select current_setting('samaan.country', true))
  and exists (select 1 from policy.case_glimpse g where g.case_id = receipt.case_id and g.basis = receipt.basis
    and g.basis_id = receipt.basis_id and g.compartments = receipt.compartments and g.until > now()
    and g.principal = nullif((select current_setting('samaan.user', true)), '')::uuid));
call policy.hide('justice.receipt', 'case_id');
grant select on justice.court_order, justice.vital_interest to samaan_app;
grant select, insert on justice.receipt to samaan_app;

-- What an order or a vital interest opens is for the duty it was given to: the same person in another role reads nothing.
create policy by_duty on policy.case_glimpse as restrictive for select to samaan_app using (
  basis = 'break-glass' or (select current_setting('samaan.role', true)) in ('investigator', 'prosecutor'));
-- That there is an order is for the unit, not for whoever met the person and still reads what became of it.
create policy of_justice on cases.timeline as restrictive for select to samaan_app using (
  event not like 'justice.%' or (select current_setting('samaan.role', true)) in ('intake', 'coordinator', 'decision-maker'));

create function justice.record_order(of_id uuid, of_case uuid, sealed bytea, on_day date, opens int, why text[], body uuid,
                                     who uuid[], starts timestamptz, ends timestamptz, scan uuid) returns void
language plpgsql security definer set search_path = pg_catalog as $$
begin
  if not justice.has_place(of_case, '{intake,coordinator}') or not justice.may_name(body, who)
     or scan is not null and not exists (select 1 from cases.attachment a where a.id = scan and a.case_id = of_case) then
    raise exception using errcode = '42501', message = 'not theirs';
  end if;
  insert into justice.court_order (id, country, case_id, key_slot, sealed, made_on, compartments, purposes, organisation_id,
    named, from_at, until_at, attachment_id, by_account)
  select of_id, f.country, f.id, f.key_slot, record_order.sealed, on_day, opens, why, body, who, starts, ends, scan, justice.me()
  from cases.folder f where f.id = of_case;
end $$;
-- The second person's answer; confirmed, it opens what it names to whom it names, until it ends. Answers how many rows it
-- changed: 0 when the order has moved on, or does not run now.
create function justice.answer_order(of_id uuid, of_version int, answer text) returns int
language plpgsql security definer set search_path = pg_catalog as $$
declare
  done justice.court_order;
begin
  update justice.court_order o set state = answer, second_by = justice.me(), second_at = now(), version = o.version + 1
  where o.id = of_id and o.version = of_version and o.state = 'proposed' and o.by_account <> justice.me()
    and answer in ('confirmed', 'returned')
    and justice.has_place(o.case_id, '{intake,coordinator,decision-maker}')
    and (answer = 'returned' or o.from_at <= now() and o.until_at > now() and justice.may_name(o.organisation_id, o.named)
         and not exists (select 1 from unnest(o.named) as one where justice.let_in(o.by_account, one)))
  returning * into done;
  if done.id is null then return 0; end if;
  if answer = 'confirmed' then
    insert into policy.case_glimpse (principal, case_id, basis, basis_id, compartments, until)
    select distinct one, done.case_id, 'order', done.id, done.compartments, done.until_at from unnest(done.named) as one;
  end if;
  return 1;
end $$;
-- Ends an order at once, confirmed or not: one person is enough to close.
create function justice.revoke_order(of_id uuid, of_version int) returns int
language plpgsql security definer set search_path = pg_catalog as $$
declare
  touched int;
begin
  update justice.court_order o set state = 'revoked', revoked_by = justice.me(), revoked_at = now(), version = o.version + 1
  where o.id = of_id and o.version = of_version and o.state in ('proposed', 'confirmed')
    and justice.has_place(o.case_id, '{intake,coordinator,decision-maker}');
  get diagnostics touched = row_count;
  if touched = 1 then delete from policy.case_glimpse g where g.basis = 'order' and g.basis_id = of_id; end if;
  return touched;
end $$;
create function justice.record_interest(of_id uuid, of_case uuid, of_reason text, sealed bytea, opens int, body uuid, whom uuid,
                                        ends timestamptz) returns void
language plpgsql security definer set search_path = pg_catalog as $$
begin
  if not justice.has_place(of_case, '{intake,coordinator}') or not justice.may_name(body, array[whom]) then
    raise exception using errcode = '42501', message = 'not theirs';
  end if;
  insert into justice.vital_interest (id, country, case_id, key_slot, reason, sealed, compartments, organisation_id,
    account_id, until_at, by_account)
  select of_id, f.country, f.id, f.key_slot, of_reason, record_interest.sealed, opens, body, whom, ends, justice.me()
  from cases.folder f where f.id = of_case;
  -- A day, unless a second person upholds it.
  insert into policy.case_glimpse (principal, case_id, basis, basis_id, compartments, until)
  values (whom, of_case, 'vital-interest', of_id, opens, least(ends, now() + interval '24 hours'));
end $$;
-- The second person's word. Upheld in time, it stands until its end; not upheld, it ends at once; what ended is not begun again.
create function justice.review_interest(of_id uuid, of_version int, outcome text) returns int
language plpgsql security definer set search_path = pg_catalog as $$
declare
  done justice.vital_interest;
begin
  update justice.vital_interest v set state = outcome, second_by = justice.me(), second_at = now(), version = v.version + 1
  where v.id = of_id and v.version = of_version and v.state = 'open' and v.by_account <> justice.me()
    and v.account_id <> justice.me() and outcome in ('upheld', 'not-upheld')
    and justice.has_place(v.case_id, '{intake,coordinator,decision-maker}')
    and not (outcome = 'upheld' and justice.let_in(justice.me(), v.account_id))
  returning * into done;
  if done.id is null then return 0; end if;
  if outcome = 'upheld' then
    update policy.case_glimpse g set until = done.until_at
    where g.basis = 'vital-interest' and g.basis_id = of_id and g.until > now();
  else
    delete from policy.case_glimpse g where g.basis = 'vital-interest' and g.basis_id = of_id;
  end if;
  return 1;
end $$;

do $$
declare one text;
begin
  foreach one in array array[
    'me()', 'works_as(text[])', 'works_in(uuid, uuid, text[])', 'works_on(uuid)', 'require_same_body()', 'require_colleague()',
    'has_place(uuid, text[])', 'let_in(uuid, uuid)', 'may_name(uuid, uuid[])',
    'share_lead(uuid, uuid, uuid, boolean)', 'end_lead_share(uuid, uuid)',
    'record_order(uuid, uuid, bytea, date, int, text[], uuid, uuid[], timestamptz, timestamptz, uuid)',
    'answer_order(uuid, int, text)', 'revoke_order(uuid, int)',
    'record_interest(uuid, uuid, text, bytea, int, uuid, uuid, timestamptz)', 'review_interest(uuid, int, text)'] loop
    execute format('revoke all on function justice.%s from public', one);
    if one ~ '^(share_lead|end_lead_share|may_name|record_order|answer_order|revoke_order|record_interest|review_interest)\(' then
      execute format('grant execute on function justice.%s to samaan_app', one);
    end if;
  end loop;
end $$;
