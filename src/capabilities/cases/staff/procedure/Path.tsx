import { Banner } from '#ui/Banner.tsx'
import { Card } from '#ui/Card.tsx'
import { Icon } from '#ui/Icon.tsx'
import { useWords } from '#ui/words-context.tsx'
import type { Case } from '../../contract.ts'
import { ClockLine } from './ClockLine.tsx'
import { clocksOfPart, isInterrupted, pathOf } from './path.ts'

/** Where the procedure stands, from top to bottom, with the clocks that run beside where we are. */
export function Path({ found }: { found: Case }) {
  const { t } = useWords()
  const running = found.clocks.filter(one => one.stoppedAt === null)
  const parts = pathOf(found)
  const shown = new Set(parts.filter(one => one.standing === 'here').flatMap(({ part }) => clocksOfPart[part]))
  const others = running.filter(one => !shown.has(one.kind))
  return (
    <Card title={t('procedure.title')}>
      <div className="stack-close">
        {isInterrupted(found.identification) && (
          <Banner tone={found.identification === 'missing' ? 'warning' : 'info'}>
            {t(`procedure.interrupted.${found.identification}`)}
          </Banner>
        )}
        <ol className="procedure-path" aria-label={t('procedure.path')}>
          {parts.map(({ part, standing }) => (
            <li
              key={part}
              className={`procedure-part procedure-${standing}`}
              aria-current={standing === 'here' ? 'step' : undefined}
            >
              <span className="procedure-mark">{standing === 'done' && <Icon name="check" />}</span>
              <div className="procedure-body">
                <p className="procedure-name">{t(`procedure.part.${part}`)}</p>
                <p className="note">
                  {t(standing === 'here' ? `procedure.here.${found.identification}` : `procedure.standing.${standing}`)}
                </p>
                {standing === 'here' &&
                  running
                    .filter(one => clocksOfPart[part].includes(one.kind))
                    .map(one => <ClockLine key={one.id} found={found} clock={one} />)}
              </div>
            </li>
          ))}
        </ol>
        {others.length > 0 && (
          <div className="procedure-others">
            {others.map(one => (
              <ClockLine key={one.id} found={found} clock={one} />
            ))}
          </div>
        )}
        <p className="note">{t('procedure.help-goes-on')}</p>
      </div>
    </Card>
  )
}
