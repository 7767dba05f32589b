import { useCountry } from '#capabilities/directory/staff/parts.tsx'
import { usePages } from '#staff/use-pages.ts'
import { ListPage } from '#ui/desk/ListPage.tsx'
import { Tag } from '#ui/Tag.tsx'
import { useWords } from '#ui/words-context.tsx'
import { consent, type Notification } from '../contract.ts'

/** What the competent body was told of adults who refused: codes and a month, nothing that leads to anybody. */
export default function Notifications() {
  const words = useWords()
  const { t } = words
  const pages = usePages(consent.notifications, {})
  const off = useCountry().data?.notification === null
  return (
    <ListPage<Notification>
      {...pages}
      title={t('consent.notifications.title')}
      lead={t('consent.notifications.lead')}
      caption={t('consent.notifications.title')}
      empty={{
        title: t('consent.notifications.empty'),
        text: t(off ? 'consent.notifications.empty-off' : 'consent.notifications.empty-text'),
      }}
      rowId={row => row.id}
      columns={[
        {
          key: 'month',
          title: t('consent.notifications.month'),
          cell: row => words.date(`${row.month}-01`, 'month'),
        },
        {
          key: 'sector',
          title: t('consent.notifications.sector'),
          cell: row => (row.sector ? t(`sector.${row.sector}`) : '–'),
        },
        {
          key: 'exploitation',
          title: t('consent.notifications.exploitation'),
          cell: row => (row.exploitation ? t(`consent.notify.exploitation.${row.exploitation}`) : '–'),
        },
        {
          key: 'urgency',
          title: t('consent.notifications.urgency'),
          cell: row => (row.urgency ? t(`urgency.${row.urgency}`) : '–'),
        },
        {
          key: 'state',
          title: t('consent.notifications.state'),
          cell: row => (
            <Tag tone={row.converted ? 'good' : 'neutral'}>
              {t(row.converted ? 'consent.notifications.converted' : 'consent.notifications.refused')}
            </Tag>
          ),
        },
      ]}
    />
  )
}
