import { useState } from 'react'
import { mostDevices, sync } from '#platform/sync/contract.ts'
import { Button } from '#ui/Button.tsx'
import { Card } from '#ui/Card.tsx'
import { ConfirmDialog } from '#ui/ConfirmDialog.tsx'
import { Loading } from '#ui/Loading.tsx'
import { Problem } from '#ui/Problem.tsx'
import { Tag } from '#ui/Tag.tsx'
import { useWords } from '#ui/words-context.tsx'
import { useAsk, useCommand } from '../api.ts'
import { usePhone } from './here.ts'

/** The person's phones, each with when it was last in contact, and the way to end one that was lost. */
export function OwnPhones() {
  const { t, dateTime } = useWords()
  const phones = useAsk(sync.listDevices, {})
  const end = useCommand(sync.revoke, [sync.listDevices.id])
  const [asking, setAsking] = useState<string>()
  const items = phones.data?.items ?? []
  const { device } = usePhone()
  return (
    <Card title={t('phone.own')}>
      <p>{t('phone.own.text', { count: mostDevices })}</p>
      {phones.isPending && <Loading lines={2} />}
      {phones.error && <Problem error={phones.error} onRetry={() => void phones.refetch()} />}
      {end.error && <Problem error={end.error} />}
      {phones.isSuccess && items.length === 0 && <p>{t('phone.own.none')}</p>}
      <ul className="plain-list stack-close">
        {items.map(one => (
          <li key={one.id} className="phone-own">
            <div>
              <strong>{one.label}</strong> {one.id === device && <Tag tone="good">{t('staff.this-phone')}</Tag>}{' '}
              {one.revokedAt && <Tag>{t('phone.own.ended')}</Tag>}
              <p className="phone-note">
                {t('phone.own.since', { made: dateTime(one.madeAt), seen: dateTime(one.seenAt) })}
              </p>
            </div>
            {!one.revokedAt && (
              <Button variant="quiet" compact onClick={() => setAsking(one.id)}>
                {t('phone.own.end')}
              </Button>
            )}
          </li>
        ))}
      </ul>
      <ConfirmDialog
        open={asking !== undefined}
        tone="danger"
        title={t('phone.own.end.title')}
        confirmLabel={t('phone.own.end')}
        busy={end.isPending}
        onConfirm={() => end.mutate({ params: { device: asking! } }, { onSettled: () => setAsking(undefined) })}
        onCancel={() => setAsking(undefined)}
      >
        <p>{t('phone.own.end.text')}</p>
      </ConfirmDialog>
    </Card>
  )
}
