import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { Banner } from '#ui/Banner.tsx'
import { Button } from '#ui/Button.tsx'
import { Card } from '#ui/Card.tsx'
import { ConfirmDialog } from '#ui/ConfirmDialog.tsx'
import { EmptyState } from '#ui/EmptyState.tsx'
import { PageHeader } from '#ui/PageHeader.tsx'
import { Tag, type Tone } from '#ui/Tag.tsx'
import { useWords } from '#ui/words-context.tsx'
import type { ItemState } from '../offline/outbox-states.ts'
import { findDraftOf, keepDraftOf } from './drafts.ts'
import { usePhone, type Waiting } from './here.ts'
import { refreshNow, soon } from './sender.ts'
import { thisPhone } from './this-phone.ts'
import './phone.css'

interface Made {
  readonly made: { readonly id: string }
}
const tones: Record<ItemState, Tone> = {
  waiting: 'neutral',
  held: 'neutral',
  sending: 'info',
  stuck: 'warning',
  refused: 'danger',
  quarantined: 'warning',
  done: 'good',
  discarded: 'neutral',
}

/** Everything finished that has not arrived, each with where it stands and why; what went wrong comes first. */
export default function Outbox() {
  const { t } = useWords()
  const { state, waiting, reach, busy } = usePhone()
  // Whoever has not opened the phone sees that something waits, and throws nothing of its owner's away.
  const mine = state === 'unlocked'
  const [undoable, setUndoable] = useState<readonly string[]>([])
  const order = [...waiting].sort((a, b) => Number(isOpen(b)) - Number(isOpen(a)) || a.item.madeAt - b.item.madeAt)
  const discard = async (id: string) => {
    setUndoable(await (await thisPhone()).outbox.discard(id))
    await refreshNow()
  }
  const undo = async () => {
    await (await thisPhone()).outbox.undo(undoable)
    setUndoable([])
    await refreshNow()
    soon()
  }
  return (
    <div className="stack">
      <PageHeader title={t('phone.outbox.title')} above={<Link to="/">{t('phone.home')}</Link>}>
        {t('phone.outbox.lead')}
      </PageHeader>
      {undoable.length > 0 && (
        <Banner
          role="status"
          title={t('phone.outbox.discarded', { count: undoable.length })}
          action={
            <Button variant="secondary" compact onClick={() => void undo()}>
              {t('phone.outbox.undo')}
            </Button>
          }
        />
      )}
      {waiting.length > 0 && (
        <div className="actions">
          <Button busy={busy} onClick={() => soon('pull')}>
            {t('phone.outbox.send')}
          </Button>
          {reach === 'no' && <p className="phone-note">{t('phone.outbox.no-signal')}</p>}
        </div>
      )}
      {waiting.length === 0 && undoable.length === 0 && (
        <EmptyState title={t('phone.outbox.none')}>{t('phone.outbox.none-text')}</EmptyState>
      )}
      <ul className="plain-list stack-close">
        {order.map(one => (
          <li key={one.item.id}>
            <One waiting={one} all={waiting} onDiscard={mine ? () => discard(one.item.id) : undefined} />
          </li>
        ))}
      </ul>
    </div>
  )
}

const isOpen = ({ item }: Waiting): boolean => item.state === 'refused' || item.state === 'stuck'

function One({
  waiting,
  all,
  onDiscard,
}: {
  waiting: Waiting
  all: readonly Waiting[]
  onDiscard: (() => Promise<void>) | undefined
}) {
  const words = useWords()
  const { t, has } = words
  const navigate = useNavigate()
  const queries = useQueryClient()
  const [asking, setAsking] = useState(false)
  const { item, operation = '', group, record } = waiting
  const name = (of: string) => t(has(`phone.what.${of}`) ? `phone.what.${of}` : 'phone.what.other')
  const again = useAgain(waiting)
  const needed = item.needs.map(id => all.find(one => one.item.id === id)?.operation).filter(one => one !== undefined)
  const retry = async () => {
    await (await thisPhone()).outbox.retry(item.id)
    soon()
    await queries.invalidateQueries()
  }
  return (
    <Card
      title={name(operation)}
      aside={<Tag tone={tones[item.state]}>{t(`phone.state.${item.state}`)}</Tag>}
      footer={
        <div className="actions">
          {record && operation === 'screening.record' && (
            <Link to="/screenings/$screening" params={{ screening: record } as never}>
              {t('phone.outbox.show')}
            </Link>
          )}
          {again && item.open && (item.state === 'refused' || operation === 'screening.record') && (
            <Button compact onClick={() => void again(path => void navigate({ href: path }))}>
              {t('phone.outbox.again')}
            </Button>
          )}
          {item.state === 'stuck' && (
            <Button compact variant="secondary" onClick={() => void retry()}>
              {t('phone.outbox.retry')}
            </Button>
          )}
          {onDiscard && item.open && (
            <Button compact variant="quiet" onClick={() => setAsking(true)}>
              {t('phone.outbox.discard')}
            </Button>
          )}
        </div>
      }
    >
      <p>{t('phone.outbox.made', { when: words.dateTime(new Date(item.madeAt).toISOString()) })}</p>
      {item.state === 'held' && <p>{t('phone.outbox.held', { what: needed.map(one => name(one!)).join(', ') })}</p>}
      {item.state === 'waiting' && item.tries > 0 && (
        <p>{t('phone.outbox.next', { when: words.time(new Date(item.nextTryAt).toISOString()), count: item.tries })}</p>
      )}
      {item.state === 'refused' && <Why waiting={waiting} />}
      {item.state === 'stuck' && <p>{t(item.code === 'damaged' ? 'phone.outbox.damaged' : 'phone.outbox.stuck')}</p>}
      {item.state === 'quarantined' && <p>{t('phone.outbox.quarantined')}</p>}
      <ConfirmDialog
        open={asking}
        tone="danger"
        title={t('phone.outbox.discard.title')}
        confirmLabel={t('phone.outbox.discard')}
        cancelLabel={t('phone.outbox.discard.keep')}
        onConfirm={() => {
          setAsking(false)
          void onDiscard?.()
        }}
        onCancel={() => setAsking(false)}
      >
        <p>
          {t('phone.outbox.discard.text', {
            count: all.filter(one => one.group === group && group !== null).length - 1,
          })}
        </p>
      </ConfirmDialog>
    </Card>
  )
}

/** Their words name a limit, which the outbox does not keep. */
const withLimit: ReadonlySet<string> = new Set(['too-long', 'too-short', 'too-small', 'too-large'])

/** The server's reason in words: the code, and each field with what is wrong with it. */
function Why({ waiting: { item } }: { waiting: Waiting }) {
  const { t, has } = useWords()
  const say = (...keys: string[]) => t(keys.find(key => has(key)) ?? 'phone.outbox.refused')
  return (
    <>
      <p>{say(`sync.refused.${item.code}`, `problem.${item.code}.detail`, `problem.${item.code}`)}</p>
      {item.fields.length > 0 && (
        <ul>
          {item.fields.map(({ field, code }) => (
            <li key={`${field} ${code}`}>
              {say(`screening.field.${field}`, 'phone.outbox.field')}:{' '}
              {withLimit.has(code) ? t('phone.outbox.look') : say(`problem.field.${code}`, 'phone.outbox.look')}
            </li>
          ))}
        </ul>
      )}
    </>
  )
}

/** How a refused one is put right: on the pages it came from. */
function useAgain({ item, operation, group }: Waiting): ((go: (path: string) => void) => Promise<void>) | undefined {
  const kept = useQuery({
    queryKey: ['phone.draft-of', item.id],
    queryFn: async () => (await (await thisPhone()).outbox.read(item.id))?.draft ?? null,
    enabled: item.open && operation === 'screening.record',
  })
  if (operation === 'screening.record')
    return kept.data
      ? async go => {
          // Another talk that is not finished is not written over: its own page asks what becomes of it.
          const other = findDraftOf<Made>('screening')
          if (other && other.made.id !== (kept.data as Made).made.id) return go('/')
          keepDraftOf('screening', { ...(kept.data as object), replaces: item.id })
          go('/screen?page=check')
        }
      : undefined
  if (operation === 'consent.give' || operation === 'consent.refuse') return async go => go(`/cases/${group}/consent`)
  if (operation === 'referrals.send') return async go => go(`/cases/${group}/refer`)
  if (operation === 'cases.editIdentity' || operation === 'cases.settleConflict')
    return async go => go(`/cases/${group}/identity`)
  return undefined
}
