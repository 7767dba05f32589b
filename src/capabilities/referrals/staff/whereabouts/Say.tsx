import { useState } from 'react'
import { newId, useCommand } from '#staff/api.ts'
import { useLeaveWarning } from '#staff/use-leave-warning.ts'
import { Banner } from '#ui/Banner.tsx'
import { Button } from '#ui/Button.tsx'
import { Card } from '#ui/Card.tsx'
import { ErrorSummary } from '#ui/ErrorSummary.tsx'
import { TextArea } from '#ui/TextArea.tsx'
import { useFormErrors } from '#ui/use-form.ts'
import { useWords } from '#ui/words-context.tsx'
import { whereabouts } from '../../contract-whereabouts.ts'

interface Saying {
  readonly referral: string
  /** What stands, as far as is known here. */
  readonly version: number
  /** What was asked for and still stands on the screen. */
  readonly found: { readonly text: string | null } | undefined
  readonly onLook: () => Promise<unknown>
  readonly onSaved: (version: number) => void
  readonly onCancel: () => void
}
/** Says where to bring the person. Where something stands already it is shown beside it, and whoever writes decides. */
export function Say({ referral, version, found, onLook, onSaved, onCancel }: Saying) {
  const { t } = useWords()
  const say = useCommand(whereabouts.say)
  const errors = useFormErrors()
  const [text, setText] = useState('')
  const [faster, setFaster] = useState(false)
  useLeaveWarning(text !== '')
  const save = () =>
    say.mutate(
      { params: { referral }, version, body: { id: newId(), text: text.normalize('NFC') } },
      {
        onSuccess: now => onSaved(now.version),
        onError: thrown => {
          if ((thrown as { status?: number }).status !== 412) return errors.take(thrown)
          errors.clear()
          setFaster(true)
          void onLook().then(now => now === undefined && errors.take(thrown))
        },
      },
    )
  return (
    <Card title={t('where.say')}>
      <div className="stack for-a-minute">
        <ErrorSummary errors={errors.errors} />
        <Banner title={t('where.who')}>{t('where.who.text')}</Banner>
        {faster && found && (
          <Banner tone="warning" role="alert" title={t(found.text === null ? 'where.changed-none' : 'where.changed')}>
            {found.text !== null && (
              <p className="told" dir="auto">
                {found.text}
              </p>
            )}
          </Banner>
        )}
        <TextArea
          name="text"
          label={t('where.text')}
          hint={t('where.text.hint')}
          rows={4}
          value={text}
          onChange={event => setText(event.target.value)}
          error={errors.of('text')}
        />
        <div className="actions">
          <Button busy={say.isPending} onClick={save}>
            {t(faster ? 'where.mine' : 'where.save')}
          </Button>
          <Button variant="quiet" onClick={onCancel}>
            {t('ui.cancel')}
          </Button>
        </div>
      </div>
    </Card>
  )
}
