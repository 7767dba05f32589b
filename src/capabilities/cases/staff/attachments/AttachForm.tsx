import { useState } from 'react'
import { Button } from '#ui/Button.tsx'
import { Card } from '#ui/Card.tsx'
import { ChoiceGroup } from '#ui/ChoiceGroup.tsx'
import { ErrorSummary } from '#ui/ErrorSummary.tsx'
import { FieldSet } from '#ui/Field.tsx'
import { TextArea } from '#ui/TextArea.tsx'
import { useFormErrors } from '#ui/use-form.ts'
import { useWords } from '#ui/words-context.tsx'
import { newId, useCommand } from '../../../../staff/api.ts'
import { type AttachmentPurpose, attachmentPurposes, cases, compartmentOf } from '../../contract.ts'
import { type Chosen, choose, keepsFiles, nameOf, setOnItsWay } from './attaching.ts'
import { ChosenFile, PickFiles } from './ChosenFile.tsx'

const stale = ['cases.listAttachments', 'cases.read', 'referrals.caseFile'] as const

/** What has words of its own under it. */
const hinted: readonly AttachmentPurpose[] = ['identity-document', 'person']

/**
 * Says what a file is and sets it on its way. Nothing chosen or typed is lost when something goes wrong.
 * @param papersOnly nothing but what shows who the person is
 */
export function AttachForm({
  caseId,
  papersOnly,
  onKept,
}: {
  caseId: string
  papersOnly: boolean
  onKept: () => void
}) {
  const words = useWords()
  const { t } = words
  const attach = useCommand(cases.attach, stale)
  const errors = useFormErrors()
  const first = papersOnly ? 'identity-document' : undefined
  const [purpose, setPurpose] = useState<AttachmentPurpose | undefined>(first)
  const [reason, setReason] = useState('')
  const [untouched, setUntouched] = useState('')
  const [chosen, setChosen] = useState<Chosen>()
  const [share, setShare] = useState<number>()
  const [done, setDone] = useState(false)

  const pick = async (file: File | undefined) => {
    if (!file) return
    setDone(false)
    setChosen(await choose(file))
    errors.clear()
  }
  const missing = () => [
    ...(purpose ? [] : [{ field: 'purpose', message: t('attachment.need.purpose') }]),
    ...(purpose === 'person' && !reason.trim() ? [{ field: 'reason', message: t('attachment.need.reason') }] : []),
    ...(chosen ? [] : [{ field: 'attachment-file', message: t('attachment.need.file') }]),
    ...(untouched ? [] : [{ field: 'original', message: t('attachment.need.original') }]),
  ]
  const save = async () => {
    const wrong = missing()
    errors.set(wrong)
    if (wrong.length > 0 || !purpose || !chosen) return
    setShare(0)
    try {
      const going = await setOnItsWay(chosen, caseId, setShare)
      if (!going) return errors.set([{ message: t('attachment.not-sent') }])
      try {
        await attach.mutateAsync({
          params: { case: caseId },
          body: {
            id: newId(),
            file: going.file,
            name: nameOf(chosen.file),
            purpose,
            ...(purpose === 'person' ? { reason: reason.trim().normalize('NFC') } : {}),
            compartment: compartmentOf(purpose),
            ...(chosen.file.lastModified > 0 ? { takenAt: new Date(chosen.file.lastModified).toISOString() } : {}),
            original: untouched === 'yes',
          },
        })
      } catch (error) {
        await going.takeBack().catch(() => undefined)
        throw error
      }
      void going.go().finally(onKept)
      setChosen(undefined)
      setPurpose(first)
      setReason('')
      setUntouched('')
      setDone(true)
      onKept()
    } catch (error) {
      const code = (error as { code?: unknown; reason?: unknown } | null) ?? {}
      const known = [code.code, code.reason].find(one => one === 'too-large' || one === 'empty' || one === 'full')
      if (known) errors.set([{ field: 'attachment-file', message: t(`attachment.wrong.${known}`) }])
      else errors.take(error)
    } finally {
      setShare(undefined)
    }
  }

  return (
    <Card title={t('attachment.add')}>
      <ErrorSummary errors={errors.errors} />
      <p className="attachment-advice">{t('attachment.no-people')}</p>
      <ChoiceGroup
        kind="radio"
        name="purpose"
        label={t('attachment.purpose')}
        value={purpose ?? ''}
        onChange={value => setPurpose(value as AttachmentPurpose)}
        options={attachmentPurposes
          .filter(one => !papersOnly || compartmentOf(one) === 'ID')
          .map(one => ({
            value: one,
            label: t(`attachment.purpose.${one}`),
            ...(hinted.includes(one) ? { hint: t(`attachment.purpose.${one}-hint`) } : {}),
          }))}
        error={errors.of('purpose')}
      />
      {purpose === 'person' && (
        <TextArea
          name="reason"
          label={t('attachment.reason')}
          hint={t('attachment.reason-hint')}
          value={reason}
          maxLength={500}
          onChange={event => setReason(event.target.value)}
          error={errors.of('reason')}
        />
      )}
      <FieldSet
        id="attachment-file"
        label={t('attachment.file')}
        hint={t('attachment.file-hint')}
        error={errors.of('attachment-file')}
      >
        {chosen && <ChosenFile {...chosen} />}
        <PickFiles
          id="attachment-file"
          label={t(chosen ? 'attachment.choose-other' : 'attachment.choose')}
          onPick={([file]) => void pick(file)}
        />
      </FieldSet>
      <ChoiceGroup
        kind="radio"
        name="original"
        label={t('attachment.original')}
        hint={t('attachment.original-hint')}
        inline
        value={untouched}
        onChange={setUntouched}
        options={[
          { value: 'yes', label: t('attachment.original.yes') },
          { value: 'no', label: t('attachment.original.no') },
        ]}
        error={errors.of('original')}
      />
      <div className="actions">
        <Button busy={share !== undefined} onClick={() => void save()}>
          {t('attachment.save')}
        </Button>
      </div>
      <p role="status" className="attachment-status">
        {share !== undefined &&
          !keepsFiles() &&
          t('attachment.sending', { share: words.number(share, { style: 'percent' }) })}
        {done && share === undefined && t(keepsFiles() ? 'attachment.kept-here' : 'attachment.sent')}
      </p>
    </Card>
  )
}
