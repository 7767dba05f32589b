import { createLink, Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useSession } from '#staff/session.ts'
import { Button } from '#ui/Button.tsx'
import { Card } from '#ui/Card.tsx'
import { Icon } from '#ui/Icon.tsx'
import { LinkButton } from '#ui/LinkButton.tsx'
import { PageHeader } from '#ui/PageHeader.tsx'
import { useWords } from '#ui/words-context.tsx'
import { dropDraft, findDraft } from './draft.ts'
import { MyScreenings } from './MyScreenings.tsx'
import './officer.css'

const To = createLink(LinkButton)

/** An officer's first page: start, or get help now; below it what they have recorded. */
export default function Home() {
  const { t } = useWords()
  const { me } = useSession()
  const [draft, setDraft] = useState(() => findDraft(me.account))
  const forget = () => {
    dropDraft()
    setDraft(undefined)
  }
  return (
    <div className="stack">
      <PageHeader title={t('screening.home.title')} />
      <div className="first-things">
        {draft ? (
          <Card title={t('screening.home.draft.title')}>
            <p>{t('screening.home.draft.text')}</p>
            <div className="actions">
              {/* The journey itself leads back to the first page that still waits. */}
              <To to="/screen" search={{ page: 'check' } as never}>
                {t('screening.home.draft.go-on')}
              </To>
              <Button variant="quiet" onClick={forget}>
                {t('screening.home.draft.delete')}
              </Button>
            </div>
          </Card>
        ) : (
          <To to="/screen" wide className="button-large">
            {t('screening.home.start')}
            <Icon name="next" />
          </To>
        )}
        <Link to="/danger" className="danger-link">
          <Icon name="alert" />
          {t('screening.home.danger')}
        </Link>
        <Link to="/paper">{t('screening.home.paper')}</Link>
      </div>
      <MyScreenings />
    </div>
  )
}
