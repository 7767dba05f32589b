import { useState } from 'react'
import { newId, useAsk, useCommand } from '#staff/api.ts'
import { useSession } from '#staff/session.ts'
import { Banner } from '#ui/Banner.tsx'
import { Button } from '#ui/Button.tsx'
import { ConfirmDialog } from '#ui/ConfirmDialog.tsx'
import { Problem } from '#ui/Problem.tsx'
import { useWords } from '#ui/words-context.tsx'
import { directory, type Organisation } from '../contract.ts'
import { mayKeep } from './may-keep.ts'
import './directory.css'

const hourMs = 3_600_000
/** For so long somebody takes it over; what is longer stands in the roster. */
const hours = 12

/** Who answers now for one's own house, where it helps people; with two presses one takes it over. */
export function OnCallNow() {
  const session = useSession()
  const { id } = session.organisation
  const keeps = mayKeep(session, 'putOnCall', id)
  const found = useAsk(directory.get, { params: { organisation: id } }, { enabled: keeps })
  const active = found.data?.services.some(one => one.active)
  return keeps && found.data && active ? <Now organisation={found.data} /> : null
}

function Now({ organisation }: { organisation: Organisation }) {
  const { t, dateTime } = useWords()
  const { me } = useSession()
  const put = useCommand(directory.putOnCall, [directory.get.id])
  const [until, setUntil] = useState<string>()
  const now = Date.now()
  const one = organisation.onCall.find(each => Date.parse(each.from) <= now && now < Date.parse(each.to))
  const shut = organisation.services.every(each => !each.active || each.open === false)
  // The full hour, so that it is said and remembered easily.
  const ask = () => setUntil(new Date(Math.ceil(Date.now() / hourMs + hours) * hourMs).toISOString())
  const take = () => {
    if (!until) return
    const body = { id: newId(), account: me.account, from: new Date().toISOString(), to: until }
    put.mutate({ params: { organisation: organisation.id }, body }, { onSettled: () => setUntil(undefined) })
  }
  const mine = one?.account === me.account
  const action = !mine && (
    <Button variant="secondary" compact onClick={ask}>
      {t('directory.on-call.take')}
    </Button>
  )
  return (
    <div className="stack on-call-now">
      {put.isError && <Problem error={put.error} />}
      <Banner tone={one ? 'good' : shut ? 'warning' : 'info'} action={action || undefined}>
        {one
          ? t(mine ? 'directory.on-call.you-now' : 'directory.on-call.who-now', {
              name: one.name,
              to: dateTime(one.to),
            })
          : t(shut ? 'directory.on-call.nobody-shut' : 'directory.on-call.nobody-now')}
      </Banner>
      <ConfirmDialog
        open={until !== undefined}
        title={t('directory.on-call.take-question')}
        confirmLabel={t('directory.on-call.take')}
        busy={put.isPending}
        onConfirm={take}
        onCancel={() => setUntil(undefined)}
      >
        {until && t('directory.on-call.take-until', { to: dateTime(until) })}
      </ConfirmDialog>
    </div>
  )
}
