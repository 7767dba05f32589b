-- What a referral may become follows from what it is, whoever asks: two policies that each let somebody update would otherwise
-- lend each other their halves. As in `flow.ts` of the referrals.
create function referrals.keep_order() returns trigger
language plpgsql set search_path = pg_catalog as $$
declare
  answers boolean := new.status in ('accepted', 'partly-accepted', 'declined');
  ends boolean := new.status in ('done', 'ended');
begin
  if not (case old.status
    when 'sent' then answers or new.status in ('acknowledged', 'revoked')
    when 'acknowledged' then answers or new.status = 'revoked'
    when 'accepted' then new.kind = 'service' and (ends or new.status = 'in-service')
    when 'partly-accepted' then new.kind = 'service' and (ends or new.status = 'in-service')
    when 'in-service' then ends
    else false end) then
    raise exception using errcode = '42501', message = 'not the next step';
  end if;
  -- Each step writes what is its own; what was said before stays as it was said.
  if new.acknowledged_at is distinct from old.acknowledged_at and new.status <> 'acknowledged'
     or (new.answered_at, new.answered_by, new.decline_reason, new.sealed_answer)
       is distinct from (old.answered_at, old.answered_by, old.decline_reason, old.sealed_answer) and not answers
     or new.place_taken is distinct from old.place_taken
       and not (case when old.place_taken is null then answers and new.status <> 'declined' else ends and new.place_taken is null end)
     or new.began_at is distinct from old.began_at and new.status <> 'in-service'
     or (new.finished_at, new.outcome, new.end_reason) is distinct from (old.finished_at, old.outcome, old.end_reason) and not ends then
    raise exception using errcode = '42501', message = 'not part of this step';
  end if;
  return new;
end $$;
revoke all on function referrals.keep_order() from public;
-- What the owner's functions write they answer for themselves.
create trigger keep before update on referrals.referral for each row
  when (current_user = 'samaan_app'
    and (old.status, old.acknowledged_at, old.answered_at, old.answered_by, old.decline_reason, old.sealed_answer, old.place_taken,
        old.began_at, old.finished_at, old.outcome, old.end_reason)
      is distinct from (new.status, new.acknowledged_at, new.answered_at, new.answered_by, new.decline_reason, new.sealed_answer,
        new.place_taken, new.began_at, new.finished_at, new.outcome, new.end_reason))
  execute function referrals.keep_order();

-- A person's own page asks for nobody's account.
alter policy colleagues on auth.account using (
  (select current_setting('samaan.user', true)) <> '' and (select current_setting('samaan.role', true)) <> 'person');

-- A supervisor lets nobody back in who works in another country too: rows of elsewhere are shown to nobody here, so that no policy
-- can ask for them.
create function auth.keep_house() returns trigger
language plpgsql security definer set search_path = pg_catalog as $$
begin
  if new.account_id is distinct from nullif(current_setting('samaan.user', true), '')::uuid
     and exists (select 1 from auth.assignment a where a.account_id = new.account_id and a.until > now()
       and a.country is distinct from current_setting('samaan.country', true)) then
    raise exception using errcode = '42501', message = 'works elsewhere too';
  end if;
  return new;
end $$;
revoke all on function auth.keep_house() from public;
create trigger keep before insert or update on auth.invitation for each row
  when (current_user = 'samaan_app' and current_setting('samaan.role', true) = 'supervisor')
  execute function auth.keep_house();
