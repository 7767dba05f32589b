import { Link, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useCommand } from '#staff/api.ts'
import { Banner } from '#ui/Banner.tsx'
import { Button } from '#ui/Button.tsx'
import { Field } from '#ui/Field.tsx'
import { PageHeader } from '#ui/PageHeader.tsx'
import { Problem } from '#ui/Problem.tsx'
import { problemText } from '#ui/problem-text.ts'
import { useWords } from '#ui/words-context.tsx'
import { screening } from '../../contract.ts'
import { About } from './About.tsx'
import { Rules } from './Rules.tsx'
import { readWorkbook, type Unread } from './read-file.ts'
import { SheetFlaws } from './SheetFlaws.tsx'
import { TryOut } from './TryOut.tsx'
import './instruments.css'

/** A spreadsheet is read and judged before anything of it is kept. */
export default function NewInstrument() {
  const words = useWords()
  const { t } = words
  const navigate = useNavigate()
  const [sheet, setSheet] = useState('')
  const [refused, setRefused] = useState<Unread>()
  const [trying, setTrying] = useState(false)
  const check = useCommand(screening.checkSheet)
  const keep = useCommand(screening.importInstrument, [screening.instruments.id, screening.instrument.id])
  const choose = async (file: File | undefined) => {
    check.reset()
    keep.reset()
    setRefused(undefined)
    setSheet('')
    if (!file) return
    const read = await readWorkbook(file)
    if ('refused' in read) return setRefused(read.refused)
    setSheet(read.sheet)
    check.mutate({ body: { sheet: read.sheet } })
  }
  const send = () =>
    keep.mutate(
      { body: { sheet } },
      {
        onSuccess: ({ draft }) => {
          if (draft)
            void navigate({
              to: '/instruments/$code/$version',
              params: { code: draft.code, version: draft.version } as never,
            })
        },
      },
    )
  const found = check.data
  const flaws = keep.data?.flaws.length ? keep.data.flaws : (found?.flaws ?? [])
  if (trying && found?.instrument) return <TryOut instrument={found.instrument} onBack={() => setTrying(false)} />
  return (
    <div className="stack">
      <PageHeader
        title={t('screening.sheet.title')}
        above={<Link to="/instruments">{t('screening.instruments.title')}</Link>}
      >
        {t('screening.sheet.lead')}
      </PageHeader>
      <Field
        id="sheet"
        label={t('screening.sheet.file')}
        hint={t('screening.sheet.file-hint')}
        error={refused && t(`screening.sheet.refused.${refused}`)}
      >
        <input
          id="sheet"
          type="file"
          className="sheet-drop"
          accept=".xlsx,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
          aria-describedby="sheet-hint"
          aria-invalid={refused ? true : undefined}
          onChange={event => void choose(event.target.files?.[0])}
        />
      </Field>
      <div role="status">
        {check.isPending && (
          <p className="sheet-checking">
            <progress aria-label={t('screening.sheet.checking')} /> {t('screening.sheet.checking')}
          </p>
        )}
        {found && flaws.length > 0 && (
          <Banner tone="danger" title={t('screening.sheet.flawed', { count: flaws.length })}>
            {t('screening.sheet.nothing-stored')}
          </Banner>
        )}
        {found?.instrument && flaws.length === 0 && (
          <Banner tone="good" title={t('screening.sheet.good')}>
            {t('screening.sheet.good-text')}
          </Banner>
        )}
      </div>
      {check.isError && <Problem error={check.error} onRetry={() => check.mutate({ body: { sheet } })} />}
      {flaws.length > 0 && <SheetFlaws caption={t('screening.sheet.flaws')} flaws={flaws} />}
      {found && found.warnings.length > 0 && (
        <section className="stack-close">
          <h2>{t('screening.sheet.warnings')}</h2>
          <SheetFlaws caption={t('screening.sheet.warnings')} flaws={found.warnings} />
        </section>
      )}
      {found?.instrument && flaws.length === 0 && (
        <>
          {keep.isError && <Problem error={keep.error} />}
          {keep.isError && problemText(keep.error, words).errors.map(one => <p key={one.message}>{one.message}</p>)}
          <div className="actions">
            <Button busy={keep.isPending} onClick={send}>
              {t('screening.sheet.keep')}
            </Button>
            <Button variant="secondary" onClick={() => setTrying(true)}>
              {t('screening.instruments.try')}
            </Button>
          </div>
          <About instrument={found.instrument} />
          <Rules instrument={found.instrument} />
        </>
      )}
    </div>
  )
}
