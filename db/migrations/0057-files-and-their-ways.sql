-- A passport or a birth certificate says who the person is: it belongs to identity and is opened by that key. Whoever works on the
-- services alone sees neither the paper nor that there is one. What is there already stays with the services.
alter table cases.attachment drop constraint attachment_compartment_check;
alter table cases.attachment add constraint attachment_compartment_check check (compartment in ('ID', 'SVC'));
alter table cases.attachment drop constraint attachment_purpose_check;
alter table cases.attachment add constraint attachment_purpose_check
  check (purpose in ('identity-document', 'document', 'place-or-thing', 'recording', 'person', 'other'));
alter table cases.attachment add constraint attachment_identity check (compartment = 'ID' or purpose <> 'identity-document');
drop policy seen on cases.attachment;
drop policy added on cases.attachment;
create policy seen on cases.attachment for select to samaan_app using (
  compartment = 'SVC' and (select current_setting('samaan.compartments', true))::int & 2 <> 0
  and exists (select 1 from policy.case_access a where a.case_id = attachment.case_id and a.until > now()
    and a.compartments & 2 <> 0));
create policy paper_seen on cases.attachment for select to samaan_app using (
  compartment = 'ID' and (select current_setting('samaan.role', true)) in ('intake', 'coordinator', 'decision-maker')
  and exists (select 1 from policy.case_access a where a.case_id = attachment.case_id and a.until > now()
    and a.compartments & 1 <> 0));
create policy added on cases.attachment for insert to samaan_app with check (
  compartment = 'SVC' and by_account = nullif((select current_setting('samaan.user', true)), '')::uuid
  and exists (select 1 from policy.case_access a where a.case_id = attachment.case_id and a.until > now()
    and a.compartments & 2 <> 0 and a.basis <> 'share'));
create policy paper_added on cases.attachment for insert to samaan_app with check (
  compartment = 'ID' and by_account = nullif((select current_setting('samaan.user', true)), '')::uuid
  and (select current_setting('samaan.role', true)) in ('officer', 'intake', 'coordinator')
  and exists (select 1 from policy.case_access a where a.case_id = attachment.case_id and a.until > now()
    and a.compartments & 1 <> 0 and a.basis <> 'share'));

-- What can be cited: of papers only where who the person is is open to who decides.
create or replace function cases.citable(of_case uuid) returns table (kind text, id uuid, at timestamptz, by_account uuid)
language plpgsql stable security definer set search_path = pg_catalog as $$
declare
  open int;
begin
  select bit_or(a.compartments) into open from policy.case_access a where a.case_id = of_case and a.until > now()
    and a.principal = any (current_setting('samaan.principals', true)::uuid[])
    and a.basis in ('holder', 'assigned');
  if current_setting('samaan.compartments', true)::int & 64 = 0 or open is null then
    return;
  end if;
  return query
    select 'screening', s.id, s.said_at, s.by_account from screening.screening s where s.case_id = of_case
    union all
    select 'interview', i.id, i.said_at, i.by_account from screening.interview i where i.case_id = of_case
    union all
    select 'attachment', t.id, t.at, t.by_account from cases.attachment t
    where t.case_id = of_case and t.state = 'ready' and (t.compartment = 'SVC' or open & 1 <> 0)
    union all
    select 'note', n.id, n.at, n.by_account from cases.note n where n.case_id = of_case
    order by 3, 2;
end $$;
