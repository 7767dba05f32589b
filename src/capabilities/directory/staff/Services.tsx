import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { Button } from '#ui/Button.tsx'
import { Card } from '#ui/Card.tsx'
import { ConfirmDialog } from '#ui/ConfirmDialog.tsx'
import { Problem } from '#ui/Problem.tsx'
import { useWords } from '#ui/words-context.tsx'
import { useCommand } from '../../../staff/api.ts'
import { useSession } from '../../../staff/session.ts'
import { directory, type Organisation, type Service } from '../contract.ts'
import { mayKeep } from './may-keep.ts'
import { ServiceFacts, ServiceName } from './services/ServiceFacts.tsx'
import './services/services.css'

const stale = [directory.get.id, directory.list.id]

/** What an organisation offers, and where and in which languages; those who keep it add and withdraw. */
export function Services({ organisation }: { organisation: Organisation }) {
  const { t } = useWords()
  const session = useSession()
  const keeps = mayKeep(session, 'offer', organisation.id)
  const counts = keeps && session.organisation.id === organisation.id && session.role !== 'administrator'
  const [asked, setAsked] = useState<Service>()
  const withdraw = useCommand(directory.withdraw, stale)
  const nameOf = (one: Service) => one.name ?? t(`service.kind.${one.kind}`)
  const active = organisation.services.filter(one => one.active)
  const confirm = () => {
    if (!asked) return
    setAsked(undefined)
    withdraw.mutate({ params: { organisation: organisation.id, service: asked.id } })
  }
  return (
    <Card title={t('directory.services')}>
      {withdraw.error && <Problem error={withdraw.error} />}
      {active.length === 0 && <p>{t('directory.services.none')}</p>}
      <ul className="things">
        {active.map(one => (
          <li className="thing" key={one.id}>
            <div>
              <ServiceName service={one} />
              <ServiceFacts service={one} />
            </div>
            {keeps && (
              <div className="actions">
                <Link
                  to="/organisations/$organisation/services/$service"
                  params={{ organisation: organisation.id, service: one.id }}
                  aria-label={t('services.change-named', { service: nameOf(one) })}
                >
                  {t('services.change')}
                </Link>
                <Button
                  variant="quiet"
                  compact
                  aria-label={t('directory.service.withdraw-named', { service: nameOf(one) })}
                  onClick={() => setAsked(one)}
                >
                  {t('directory.service.withdraw')}
                </Button>
              </div>
            )}
          </li>
        ))}
      </ul>
      {keeps && (
        <div className="more actions">
          <Link
            to="/organisations/$organisation/services/new"
            params={{ organisation: organisation.id }}
            className="button button-secondary"
          >
            {t('directory.service.add')}
          </Link>
          {counts && (
            <Link to="/places" className="button button-secondary">
              {t('places.title')}
            </Link>
          )}
        </div>
      )}
      <ConfirmDialog
        open={asked !== undefined}
        title={t('directory.service.withdraw-question', { service: asked ? nameOf(asked) : '' })}
        confirmLabel={t('directory.service.withdraw')}
        tone="danger"
        onConfirm={confirm}
        onCancel={() => setAsked(undefined)}
      >
        {t('directory.service.withdraw-text')}
      </ConfirmDialog>
    </Card>
  )
}
