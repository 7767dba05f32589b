import { useState } from 'react'
import { newId, useCommand } from '#staff/api.ts'
import { editsOf } from '#staff/offline/edits.ts'
import { findDraftOf, keepDraftOf } from '#staff/phone/drafts.ts'
import { phoneHere } from '#staff/phone/here.ts'
import { useSession } from '#staff/session.ts'
import { useLeaveWarning } from '#staff/use-leave-warning.ts'
import { Button } from '#ui/Button.tsx'
import { Form } from '#ui/Form.tsx'
import { problemText } from '#ui/problem-text.ts'
import { useFormErrors } from '#ui/use-form.ts'
import { useWords } from '#ui/words-context.tsx'
import { cases, identityNames } from '../../contract.ts'
import type { IdentityEdit, IdentityRecord } from '../../contract-identity.ts'
import { IdentityField } from './IdentityField.tsx'
import { stale } from './stale.ts'
import { allTyped, changesIn, type Typed } from './typed.ts'

/**
 * `late`: somebody else had changed one of the fields. `waits`: there is no signal, and the phone keeps it. Nothing: there
 * was nothing to change.
 */
export type Done = 'saved' | 'late' | 'waits'

interface Draft {
  readonly fields: IdentityRecord['fields']
  readonly typed: Typed
}

/** Every field on one page. What is changed is changed on the versions that stood here when it began. */
export function EditIdentity({ found, onDone }: { found: IdentityRecord; onDone: (how: Done | undefined) => void }) {
  const words = useWords()
  const { t } = words
  // Nobody finds what somebody else had begun to type.
  const name = `identity ${found.case} ${useSession().me.account}`
  const [draft, setDraft] = useState<Draft>(
    () => findDraftOf<Draft>(name) ?? { fields: found.fields, typed: allTyped(found.fields) },
  )
  const [id, setId] = useState(newId)
  const edit = useCommand(cases.editIdentity, stale)
  const errors = useFormErrors()
  // What judges is fetched first; until then a second press does nothing.
  const [judging, setJudging] = useState(false)
  const changes = changesIn(draft.fields, draft.typed)
  const begun = Object.keys(changes).length > 0
  useLeaveWarning(begun)
  const leave = (how: Parameters<typeof onDone>[0]) => {
    keepDraftOf(name, undefined)
    onDone(how)
  }
  const save = async () => {
    if (!begun) return leave(undefined)
    const edits = editsOf(draft.fields, changes) as IdentityEdit[]
    setJudging(true)
    const { wrongEdits } = await import('./judge.ts').finally(() => setJudging(false))
    const flaws = wrongEdits({ id, edits })
    if (flaws.length > 0) {
      const said = flaws.map(({ field, code, limit }) => ({
        field: fieldAt(edits, field),
        message: t(`problem.field.${code}`, { limit }),
      }))
      return errors.set(said)
    }
    edit.mutate(
      { params: { case: found.case }, key: id, body: { id, madeAt: new Date().toISOString(), edits } },
      {
        onSuccess: answer => {
          const waits = phoneHere().waiting.some(one => one.item.id === id)
          // A phone without signal cannot know.
          leave(waits ? 'waits' : answer.conflicts?.length ? 'late' : 'saved')
        },
        onError: thrown => {
          // What is corrected is another command.
          setId(newId())
          const { title, detail, errors: wrong } = problemText(thrown, words)
          errors.set(
            wrong.length === 0
              ? [{ message: detail ? `${title}. ${detail}` : title }]
              : wrong.map(one => ({ ...one, field: fieldAt(edits, one.field) })),
          )
        },
      },
    )
  }
  return (
    <div className="stack-close">
      <Form
        errors={errors.errors}
        busy={edit.isPending || judging}
        submit={t('case.identity.save')}
        onSubmit={() => void save()}
        lead={<p className="identity-lead">{t('case.identity.lead')}</p>}
      >
        <div className="identity-fields">
          {identityNames.map(one => (
            <IdentityField
              key={one}
              name={one}
              value={draft.typed[one]}
              error={errors.of(one)}
              onChange={value => {
                const next = { ...draft, typed: { ...draft.typed, [one]: value } }
                setDraft(next)
                keepDraftOf(name, next, found.case)
              }}
            />
          ))}
        </div>
      </Form>
      <div className="actions">
        <Button variant="quiet" onClick={() => leave(undefined)}>
          {t('case.identity.leave')}
        </Button>
      </div>
    </div>
  )
}

/** The field that an error of the command is about. */
function fieldAt(edits: readonly IdentityEdit[], place: string | undefined): string {
  const at = /^edits\.(\d+)\./.exec(place ?? '')?.[1]
  return (at === undefined ? undefined : edits[Number(at)]?.field) ?? ''
}
