-- An erasure and what keeps a case from being erased meet one after the other: each waits for the folder, and looks again once it has it.
create function oversight.require_unkept() returns trigger
language plpgsql security definer set search_path = pg_catalog as $$
begin
  perform from cases.folder f where f.id = new.case_id for update;
  -- 40001: what was true a moment ago is not; asked again, the answer says so.
  if oversight.kept_by(new.case_id) is not null then
    raise exception using errcode = '40001', message = 'kept meanwhile';
  end if;
  return new;
end $$;
revoke execute on function oversight.require_unkept() from public;
create trigger require_unkept before update of state on oversight.erasure for each row
  when (new.state = 'confirmed' and old.state <> 'confirmed') execute function oversight.require_unkept();

create function oversight.require_there() returns trigger
language plpgsql security definer set search_path = pg_catalog as $$
begin
  perform from cases.folder f where f.id = new.case_id for key share;
  if exists (select 1 from policy.case_hidden h where h.case_id = new.case_id and h.basis = 'erased') then
    raise exception using errcode = '42501', message = 'erased';
  end if;
  return new;
end $$;
revoke execute on function oversight.require_there() from public;
create trigger require_there before insert on oversight.hold for each row execute function oversight.require_there();
create trigger require_there before insert on oversight.break_glass for each row execute function oversight.require_there();
