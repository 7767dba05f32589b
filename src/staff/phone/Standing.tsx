import { Link } from '@tanstack/react-router'
import { Icon, type IconName } from '#ui/Icon.tsx'
import { useWords } from '#ui/words-context.tsx'
import { usePhone } from './here.ts'
import './phone.css'

/** One line under the bar, and only when there is something to say: no signal, what waits, what needs a person. */
export default function Standing() {
  const { t } = useWords()
  const { state, reach, waiting, signedOut, why, full } = usePhone()
  if (state === 'aside' || state === 'absent') return null
  const refused = waiting.filter(one => one.item.state === 'refused' || one.item.state === 'stuck').length
  const toSend = waiting.length - refused
  const line = (icon: IconName, text: string, to: string) => (
    <Link to={to} className={refused > 0 || full || state === 'ended' ? 'phone-line phone-line-look' : 'phone-line'}>
      <Icon name={icon} />
      <span>{text}</span>
    </Link>
  )
  return (
    <div role="status" aria-label={t('phone.standing')}>
      {state === 'ended'
        ? line('lock', t(`phone.ended.${why ?? 'asked'}`), '/phone')
        : full
          ? line('alert', t('phone.line.full'), '/outbox')
          : refused > 0
            ? line('alert', t('phone.line.refused', { count: refused }), '/outbox')
            : reach === 'no'
              ? line('offline', t('phone.line.offline', { count: toSend }), '/outbox')
              : signedOut
                ? line('info', t('phone.line.signed-out', { count: toSend }), '/phone')
                : toSend > 0 && line('up', t('phone.line.sending', { count: toSend }), '/outbox')}
    </div>
  )
}
