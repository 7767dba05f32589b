-- Whoever holds an interview tells the limits of confidentiality first, and that is written in the ledger: the decision
-- maker of the unit that holds the case, too, and nothing else by them.
create policy told on consent.record for insert to samaan_app with check (
  kind = 'limits-told'
  and explained_by = (select current_setting('samaan.user', true))::uuid
  and (select current_setting('samaan.role', true)) = 'decision-maker'
  and exists (select 1 from policy.case_access a where a.case_id = record.case_id and a.until > now()
    and a.basis = 'holder'));
