import { Link } from '@tanstack/react-router'
import { Banner } from '#ui/Banner.tsx'
import { PageHeader } from '#ui/PageHeader.tsx'
import { useWords } from '#ui/words-context.tsx'
import { useSession } from '../session.ts'

/** What whoever supervises an organisation of this kind comes for. */
const ofSupervisors = {
  police: { to: '/leads', title: 'justice.leads.title' },
  'competent-authority': { to: '/escalations', title: 'escalation.title' },
} as const

/** The first page of a role that has few screens of its own, or none yet: said honestly, with what can be opened. */
export default function Welcome() {
  const { t } = useWords()
  const { me, role, organisation } = useSession()
  const own =
    role === 'supervisor' && organisation.kind in ofSupervisors
      ? ofSupervisors[organisation.kind as keyof typeof ofSupervisors]
      : undefined
  return (
    <div className="stack">
      <PageHeader title={t('staff.welcome', { name: me.name })}>
        {t(`role.${role}`)}, {organisation.name}
      </PageHeader>
      {!own && <Banner>{t('staff.welcome-later')}</Banner>}
      <ul>
        {own && (
          <li>
            <Link to={own.to as never}>{t(own.title)}</Link>
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
