-- An assessment that was begun in error, or that nobody can make, is dropped by one of its assessors while it waits for answers:
-- it stays in the list as that, and whatever was handed in stays with who handed it in.
alter table situation.assessment drop constraint assessment_state_check;
alter table situation.assessment add constraint assessment_state_check
  check (state in ('open', 'comparing', 'finished', 'dropped'));
alter table situation.assessment drop constraint assessment_check3;
alter table situation.assessment add constraint assessment_check3 check (state in ('open', 'dropped') or second_by is not null);
alter table situation.assessment
  add column drop_reason text check (drop_reason in ('mistake', 'not-possible', 'another', 'other')),
  add constraint assessment_dropped check ((drop_reason is not null) = (state = 'dropped'));

create function situation.drop_assessment(of_id uuid, of_version int, why text) returns int
language plpgsql security definer set search_path = pg_catalog as $$
declare
  touched int;
begin
  update situation.assessment a set state = 'dropped', drop_reason = why, version = a.version + 1
  where a.id = of_id and a.version = of_version and a.state = 'open'
    and a.country = current_setting('samaan.country', true)
    and nullif(current_setting('samaan.user', true), '')::uuid in (a.first_by, a.second_by)
    and exists (select 1 from auth.working w where w.role = 'secretariat');
  get diagnostics touched = row_count;
  return touched;
end $$;
revoke all on function situation.drop_assessment(uuid, int, text) from public;
grant execute on function situation.drop_assessment(uuid, int, text) to samaan_app;
