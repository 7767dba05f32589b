import { Link } from '@tanstack/react-router'
import { Banner } from '#ui/Banner.tsx'
import { PageHeader } from '#ui/PageHeader.tsx'
import { useWords } from '#ui/words-context.tsx'
import { useSession } from '../session.ts'

/** The first page of a role that has no screens of its own yet: said honestly, with what can be opened. */
export default function Welcome() {
  const { t } = useWords()
  const { me, role, organisation } = useSession()
  return (
    <div className="stack">
      <PageHeader title={t('staff.welcome', { name: me.name })}>
        {t(`role.${role}`)}, {organisation.name}
      </PageHeader>
      <Banner>{t('staff.welcome-later')}</Banner>
      <ul>
        {role === 'supervisor' && organisation.kind === 'police' && (
          <li>
            <Link to={'/leads' as never}>{t('justice.leads.title')}</Link>
          </li>
        )}
        {role === 'supervisor' && organisation.kind === 'competent-authority' && (
          <li>
            <Link to={'/escalations' as never}>{t('escalation.title')}</Link>
          </li>
        )}
        <li>
          <Link to="/organisations">{t('staff.welcome-organisations')}</Link>
        </li>
        <li>
          <Link to="/account">{t('staff.my-account')}</Link>
        </li>
      </ul>
    </div>
  )
}
