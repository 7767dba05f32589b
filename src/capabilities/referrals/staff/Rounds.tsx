import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { Button } from '#ui/Button.tsx'
import { Card } from '#ui/Card.tsx'
import { ConfirmDialog } from '#ui/ConfirmDialog.tsx'
import { Loading } from '#ui/Loading.tsx'
import { Problem } from '#ui/Problem.tsx'
import { Tag, type Tone } from '#ui/Tag.tsx'
import { useWords } from '#ui/words-context.tsx'
import { useAsk, useCommand } from '../../../staff/api.ts'
import { type Round, rounds } from '../contract-rounds.ts'
import './referral.css'
import { stale } from './stale.ts'
import { ReferralTag } from './tags.tsx'

const tones: Record<Round['state'], Tone> = { asking: 'info', answered: 'good', nobody: 'warning', stopped: 'neutral' }

/** Who is asked for one help, in their order, and who would come next. */
function OneRound({ round }: { round: Round }) {
  const words = useWords()
  const { t } = words
  const [asks, setAsks] = useState(false)
  const stop = useCommand(rounds.stop, ['referrals.rounds', ...stale])
  const service = t(`service.kind.${round.service}`)
  return (
    <Card
      level={3}
      title={service}
      aside={<Tag tone={tones[round.state]}>{t(`referral.round.state.${round.state}`)}</Tag>}
      footer={
        round.moves.includes('stop') && (
          <Button variant="secondary" onClick={() => setAsks(true)}>
            {t('referral.round.stop')}
          </Button>
        )
      }
    >
      <p>{t(`referral.round.${round.way}`, { who: round.by, when: words.dateTime(round.madeAt) })}</p>
      <ol className="round">
        {round.asked.map(one => (
          <li key={one.referral}>
            <Link to="/referrals/$referral" params={{ referral: one.referral }}>
              {one.organisation}
            </Link>{' '}
            <ReferralTag status={one.status} />
          </li>
        ))}
        {round.next.map(name => (
          <li key={name}>
            {name} <Tag tone="neutral">{t('referral.round.next')}</Tag>
          </li>
        ))}
      </ol>
      {stop.isError && <Problem error={stop.error} />}
      <ConfirmDialog
        open={asks}
        title={t('referral.round.stop-question', { service })}
        confirmLabel={t('referral.round.stop')}
        tone="danger"
        busy={stop.isPending}
        onConfirm={() => stop.mutate({ params: { round: round.id }, body: {} }, { onSettled: () => setAsks(false) })}
        onCancel={() => setAsks(false)}
      >
        {t('referral.round.stop-note')}
      </ConfirmDialog>
    </Card>
  )
}

/** What is asked of several for a person; nothing where nothing is. */
export function Rounds({ caseId }: { caseId: string }) {
  const { t } = useWords()
  const found = useAsk(rounds.ofCase, { params: { case: caseId } })
  if (found.isPending) return <Loading lines={2} />
  if (found.isError) return <Problem error={found.error} onRetry={() => void found.refetch()} />
  if (found.data.items.length === 0) return null
  return (
    <section className="rounds">
      <h2>{t('referral.rounds')}</h2>
      {found.data.items.map(one => (
        <OneRound key={one.id} round={one} />
      ))}
    </section>
  )
}
