import './attachments.css'
import { type ReactNode, useEffect, useRef } from 'react'
import { Tag } from '#ui/Tag.tsx'
import { useWords } from '#ui/words-context.tsx'
import type { Attachment } from '../../contract.ts'
import { codeKey } from './codes.ts'
import { sizeText } from './size.ts'

const tones = { 'waiting-for-file': 'info', ready: 'good', refused: 'danger', quarantined: 'warning' } as const

/** Being filed takes a moment: so often, and so many times, a list looks again by itself. */
const again = { after: 2_000, most: 10 }

/** Asks again while a file that was sent is being filed. */
export function useLookAgain(waits: boolean, asked: { refetch: () => unknown; dataUpdatedAt: number }): void {
  const looks = useRef(0)
  // biome-ignore lint/correctness/useExhaustiveDependencies: every answer is looked at anew
  useEffect(() => {
    if (!waits || looks.current >= again.most) return
    const timer = setTimeout(() => {
      looks.current += 1
      void asked.refetch()
    }, again.after)
    return () => clearTimeout(timer)
  }, [waits, asked.dataUpdatedAt])
}

type Shown = Pick<Attachment, 'name' | 'state' | 'code' | 'kind' | 'size' | 'scanned' | 'copies' | 'thumbnail'>

/**
 * A file in a list: a small picture where there is one, what it is, and its copies to be saved; nothing is opened here.
 * @param tag stands before the tag of where it is
 * @param children what else is known of it
 */
export function FileItem({
  one,
  addressOf,
  tag,
  children,
}: {
  one: Shown
  addressOf: (copy: Shown['copies'][number]) => string
  tag?: ReactNode
  children?: ReactNode
}) {
  const words = useWords()
  const { t } = words
  return (
    <li className="attachment">
      {one.thumbnail && <img src={`data:image/jpeg;base64,${one.thumbnail}`} alt="" />}
      <div className="attachment-text">
        <span className="attachment-name">{one.name}</span>
        {(tag || one.state !== 'ready') && (
          <span className="attachment-tags">
            {tag}
            {one.state !== 'ready' && <Tag tone={tones[one.state]}>{t(`attachment.state.${one.state}`)}</Tag>}
          </span>
        )}
        <span className="attachment-size">
          {[
            one.kind?.toUpperCase(),
            one.size !== null && sizeText(one.size, words.number),
            one.scanned === false && t('attachment.unscanned'),
          ]
            .filter(Boolean)
            .join(', ')}
        </span>
        {children}
        {one.code && <p>{t(`attachment.code.${codeKey(one.code)}`)}</p>}
      </div>
      {one.copies.length > 0 && (
        <div className="attachment-actions">
          {[...one.copies].reverse().map(copy => (
            <a
              key={copy}
              className="button button-secondary button-compact"
              href={addressOf(copy)}
              download
              aria-label={t('attachment.save-what', { copy, name: one.name })}
            >
              {t(`attachment.save.${copy}`)}
            </a>
          ))}
          {one.copies.length > 1 && <p className="attachment-size">{t('attachment.original-tells')}</p>}
        </div>
      )}
    </li>
  )
}
