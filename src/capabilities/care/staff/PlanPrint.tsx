import { useState } from 'react'
import { useAsk } from '#staff/api.ts'
import { Button } from '#ui/Button.tsx'
import { Loading } from '#ui/Loading.tsx'
import { Problem } from '#ui/Problem.tsx'
import { SelectField } from '#ui/SelectField.tsx'
import { useWords } from '#ui/words-context.tsx'
import { care } from '../contract.ts'
import { CareFrame, useCase } from './Frame.tsx'

/** The plan as a sheet for the person: whoever finds it learns of no provider, no place and no name. */
export default function PlanPrint() {
  const { t, lang } = useWords()
  const caseId = useCase()
  const [language, setLanguage] = useState<'en' | 'es'>(lang)
  const found = useAsk(care.printPlan, { params: { case: caseId }, query: { language } })
  return (
    <CareFrame part="plan" strip>
      <div className="stack care-screen">
        <p>{t('care.print.about')}</p>
        <SelectField
          name="language"
          label={t('care.print.language')}
          value={language}
          onChange={event => setLanguage(event.target.value as 'en')}
          options={[
            { value: 'en', label: 'English' },
            { value: 'es', label: 'Español' },
          ]}
        />
        <div className="actions">
          <Button onClick={() => window.print()}>{t('care.print.print')}</Button>
        </div>
      </div>
      {found.isPending && <Loading lines={6} />}
      {found.isError && <Problem error={found.error} onRetry={() => void found.refetch()} />}
      {found.data && (
        <article className="care-sheet card stack" lang={found.data.language}>
          <h2>{found.data.title}</h2>
          <p>{found.data.lead}</p>
          {found.data.draft && <p>{found.data.draft}</p>}
          {found.data.goals.map((goal, at) => (
            // The sheet's lines stand as they were written.
            // biome-ignore lint/suspicious/noArrayIndexKey: see above
            <section key={at}>
              <h3>{goal.goal}</h3>
              <ul>
                {goal.actions.map((one, nth) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: see above
                  <li key={nth}>
                    {one.what} – {one.who}
                    {one.due && `, ${one.due}`}
                  </li>
                ))}
              </ul>
            </section>
          ))}
          {found.data.words && (
            <section>
              <h3>{found.data.words.title}</h3>
              <p className="told">{found.data.words.text}</p>
            </section>
          )}
          <ul>
            {found.data.rights.map(one => (
              <li key={one}>{one}</li>
            ))}
          </ul>
        </article>
      )}
    </CareFrame>
  )
}
