import './attachments.css'
import { useEffect, useState } from 'react'
import { Button } from '#ui/Button.tsx'
import { Card } from '#ui/Card.tsx'
import { Tag } from '#ui/Tag.tsx'
import { useWords } from '#ui/words-context.tsx'
import type { FileCopy, FileItem } from '../../../../staff/offline/files.ts'
import { usePhone } from '../../../../staff/phone/here.ts'
import { codeKey } from './codes.ts'

type Shown = FileItem & FileCopy
const look = 2_000
const tones = {
  waiting: 'neutral',
  sending: 'info',
  arrived: 'info',
  stuck: 'warning',
  refused: 'danger',
  done: 'good',
} as const

async function readAll(caseId: string): Promise<Shown[]> {
  const { thisPhone } = await import('../../../../staff/phone/this-phone.ts')
  const { files } = await thisPhone()
  const found: Shown[] = []
  for (const item of await files.list()) {
    if (item.state === 'done') continue
    const copy = await files.read(item.id)
    if (item.state === 'refused' || copy?.group === caseId)
      found.push({ ...item, name: copy?.name ?? '', group: copy?.group ?? null, ...copy })
  }
  return found.filter(one => one.group === caseId || one.state === 'refused')
}

/** What this phone still has to send of a case: how far each is, and why one does not get further. */
export function OnTheWay({ caseId, turn }: { caseId: string; turn: number }) {
  const { t } = useWords()
  const { state } = usePhone()
  const [items, setItems] = useState<readonly Shown[]>([])
  const [again, setAgain] = useState(0)
  // biome-ignore lint/correctness/useExhaustiveDependencies: `turn` and `again` ask for another look
  useEffect(() => {
    if (state !== 'unlocked') return setItems([])
    let over = false
    const refresh = () =>
      readAll(caseId).then(
        found => {
          if (!over) setItems(found)
        },
        // Locked in between, or the database is closed: there is nothing to show.
        () => undefined,
      )
    void refresh()
    const timer = setInterval(() => void refresh(), look)
    return () => {
      over = true
      clearInterval(timer)
    }
  }, [caseId, state, turn, again])
  if (items.length === 0) return null
  const act = async (what: 'retry' | 'discard', id: string) => {
    const { thisPhone } = await import('../../../../staff/phone/this-phone.ts')
    const { fileTransportBy } = await import('../../../../staff/offline/files-over-http.ts')
    const phone = await thisPhone()
    await phone.files[what](id).catch(() => undefined)
    setAgain(again + 1)
    if (what === 'retry') await phone.sendFiles(fileTransportBy(fetch))
    setAgain(again + 2)
  }
  return (
    <Card title={t('attachment.way')}>
      <ul className="attachments">
        {items.map(one => (
          <li key={one.id} className="attachment">
            {one.thumbnail && <img src={`data:image/jpeg;base64,${one.thumbnail}`} alt="" />}
            <div className="attachment-text">
              <span className="attachment-name">{one.name || t('attachment.unnamed')}</span>
              <span className="attachment-tags">
                <Tag tone={tones[one.state]}>{t(`attachment.way.${one.state}`)}</Tag>
              </span>
              {one.state === 'sending' && (
                <progress value={one.sent} max={one.size} aria-label={t('attachment.way.sending')} />
              )}
              {one.code && <p>{t(`attachment.code.${codeKey(one.code)}`)}</p>}
            </div>
            <div className="attachment-actions">
              {(one.state === 'stuck' || one.state === 'waiting') && (
                <Button variant="secondary" compact onClick={() => void act('retry', one.id)}>
                  {t('attachment.way.retry')}
                </Button>
              )}
              {one.state === 'refused' && (
                <Button variant="secondary" compact onClick={() => void act('discard', one.id)}>
                  {t('attachment.way.forget')}
                </Button>
              )}
            </div>
          </li>
        ))}
      </ul>
    </Card>
  )
}
