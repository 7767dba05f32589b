-- Whoever opened a case for a life in danger does not open it again for the same person before somebody else upheld it: neither while
-- nobody has judged it, nor after it was not upheld. A colleague may, who then answers for it.
create or replace function justice.record_interest(of_id uuid, of_case uuid, of_reason text, sealed bytea, opens int, body uuid,
                                                   whom uuid, ends timestamptz) returns void
language plpgsql security definer set search_path = pg_catalog as $$
begin
  -- One after another, so that two at once are not each the first.
  perform pg_advisory_xact_lock(hashtextextended('justice.interest ' || of_case::text, 0));
  if not justice.has_place(of_case, '{intake,coordinator}') or not justice.may_name(body, array[whom])
     or exists (select 1 from justice.vital_interest v where v.case_id = of_case and v.account_id = whom
                and v.by_account = justice.me() and v.state <> 'upheld') then
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

-- From whom a case is hidden, its holds and erasures are too, also from who protects data; what was erased they still name.
create policy hidden on oversight.hold as restrictive for select to samaan_app using (
  not exists (select 1 from policy.case_hidden h where h.case_id = hold.case_id and h.basis <> 'erased'));
create policy hidden on oversight.erasure as restrictive for select to samaan_app using (
  not exists (select 1 from policy.case_hidden h where h.case_id = erasure.case_id and h.basis <> 'erased'));
create or replace function oversight.end_hold(of_id uuid) returns int
language plpgsql security definer set search_path = pg_catalog as $$
declare
  touched int;
begin
  update oversight.hold h set ended_at = now(), ended_by = oversight.me()
  where h.id = of_id and h.ended_at is null and h.by_account <> oversight.me()
    and h.country = current_setting('samaan.country', true) and not oversight.closed_to_me(h.case_id)
    and (oversight.works_as('{data-protection-officer}') or oversight.answers_for(h.case_id));
  get diagnostics touched = row_count;
  return touched;
end $$;
