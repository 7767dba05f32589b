import { useAsk } from '#staff/api.ts'
import { Banner } from '#ui/Banner.tsx'
import { ChoiceGroup } from '#ui/ChoiceGroup.tsx'
import { Loading } from '#ui/Loading.tsx'
import { Problem } from '#ui/Problem.tsx'
import { useWords } from '#ui/words-context.tsx'
import { exchange } from '../../contract-exchange.ts'
import { BroughtLines } from './BroughtLines.tsx'

/** Whether a service is public. Nobody is asked before they see what came in by a file and would be read with it. */
export function PublicField({
  organisation,
  service,
  value,
  error,
  onChange,
}: {
  organisation: string
  /** Of one that is there already. */
  service: string | undefined
  value: boolean
  error: string | undefined
  onChange: (value: boolean) => void
}) {
  const { t } = useWords()
  const asked = useAsk(exchange.brought, { params: { organisation }, query: service ? { service } : {} })
  if (asked.isPending) return <Loading lines={2} />
  if (!asked.data) return <Problem error={asked.error} onRetry={() => void asked.refetch()} />
  const { brought } = asked.data
  return (
    <>
      {brought && (
        <Banner title={t('service.brought')}>
          <BroughtLines brought={brought} />
        </Banner>
      )}
      <ChoiceGroup
        kind="checkbox"
        name="public"
        hideLabel
        label={t('service.form.public')}
        error={error}
        options={[{ value: 'yes', label: t('service.form.public'), hint: t('service.form.public-hint') }]}
        value={value ? ['yes'] : []}
        onChange={all => onChange(all.length > 0)}
      />
    </>
  )
}
