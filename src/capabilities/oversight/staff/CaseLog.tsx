import { useInfiniteQuery } from '@tanstack/react-query'
import { call, useAsk, useCommand } from '#staff/api.ts'
import { Banner } from '#ui/Banner.tsx'
import { Button } from '#ui/Button.tsx'
import { Card } from '#ui/Card.tsx'
import { DataTable } from '#ui/desk/DataTable.tsx'
import { Loading } from '#ui/Loading.tsx'
import { Problem } from '#ui/Problem.tsx'
import { useWords } from '#ui/words-context.tsx'
import { type ConsoleEvent, type Glass, oversight } from '../contract.ts'
import { eventColumns } from './event-columns.tsx'

/** Everything that anybody did with the case, for the coordinator to tell the person, face to face. */
export function CaseLog({ caseId }: { caseId: string }) {
  const words = useWords()
  const { t } = words
  const glasses = useAsk(oversight.glassesOfCase, { params: { case: caseId } })
  const pages = useInfiniteQuery({
    queryKey: [oversight.caseLog.id, caseId],
    queryFn: ({ pageParam, signal }) =>
      call(oversight.caseLog, {
        params: { case: caseId },
        query: { limit: '100', ...(pageParam ? { after: pageParam } : {}) },
        signal,
      }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: last => last.next,
  })
  if (pages.isPending) return <Loading lines={5} />
  if (pages.isError) return <Problem error={pages.error} onRetry={() => void pages.refetch()} />
  return (
    <div className="stack">
      <p>{t('oversight.log.lead')}</p>
      <div className="actions">
        <Button variant="secondary" onClick={() => print()}>
          {t('oversight.log.print')}
        </Button>
        <a href={`/api/cases/${caseId}/for-the-person`} download className="button button-secondary">
          {t('oversight.subject.get')}
        </a>
      </div>
      {(glasses.data?.items ?? []).map(one => (
        <Broken key={one.id} glass={one} />
      ))}
      <DataTable<ConsoleEvent>
        caption={t('oversight.log.title')}
        rows={pages.data.pages.flatMap(page => page.items)}
        rowId={row => row.id}
        columns={eventColumns(words, true)}
      />
      {pages.hasNextPage && (
        <Button variant="secondary" busy={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>
          {t('oversight.more')}
        </Button>
      )}
    </div>
  )
}

function Broken({ glass }: { glass: Glass }) {
  const words = useWords()
  const { t } = words
  const tell = useCommand(oversight.tellPerson, [oversight.glassesOfCase.id])
  return (
    <Card title={t('oversight.log.glass', { name: glass.byName, when: words.dateTime(glass.at) })}>
      {tell.isError && <Problem error={tell.error} />}
      <p>
        {t(`glass.reason.${glass.reason}`)}. {t(glass.review ? `glass.review.${glass.review}` : 'glass.review.waits')}.
      </p>
      {glass.text && <p className="told">{glass.text}</p>}
      {glass.toldAt ? (
        <p>{t('oversight.log.told', { when: words.dateTime(glass.toldAt) })}</p>
      ) : (
        <Banner
          tone="info"
          action={
            <Button
              compact
              busy={tell.isPending}
              onClick={() => tell.mutate({ params: { glass: glass.id }, version: glass.version, body: {} })}
            >
              {t('oversight.log.tell')}
            </Button>
          }
        >
          {t('oversight.log.ask')}
        </Banner>
      )}
    </Card>
  )
}
