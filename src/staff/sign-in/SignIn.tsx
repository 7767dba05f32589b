import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { auth } from '#platform/auth/contract.ts'
import type { LanguageCode } from '#platform/words/words.ts'
import { Banner } from '#ui/Banner.tsx'
import { Button } from '#ui/Button.tsx'
import { Icon } from '#ui/Icon.tsx'
import { Problem } from '#ui/Problem.tsx'
import { useWords } from '#ui/words-context.tsx'
import { call } from '../api.ts'
import { keepDevice, thisBrowser } from './browser.ts'
import { DemonstrationPeople } from './DemonstrationPeople.tsx'
import { Door } from './Door.tsx'
import { PasswordForm } from './PasswordForm.tsx'
import { askPasskey, canUsePasskeys, PasskeyUnused } from './passkey.ts'

/** How one comes in: a passkey first, a password with a code as the other way; in the demonstration, as anybody. */
export default function SignIn({ onLanguage }: { onLanguage: (lang: LanguageCode) => void }) {
  const { t } = useWords()
  const entered = useEntered()
  const place = useQuery({
    queryKey: ['sign-in.place'],
    queryFn: () => call(auth.beginSignIn, {}),
    staleTime: Number.POSITIVE_INFINITY,
    retry: 1,
  })
  const demonstration = place.data?.demonstration
  const passkey = useMutation({
    mutationFn: async () => {
      // A challenge lives for minutes and this page may have stood open for hours: each press asks for its own.
      const { challenge, options } = await call(auth.beginSignIn, {})
      const answer = await askPasskey(options)
      const { device } = await call(auth.finishSignIn, { body: { challenge, passkey: answer, ...thisBrowser() } })
      await entered(device)
    },
  })
  const unused = passkey.error instanceof PasskeyUnused
  return (
    <Door
      title={t('auth.sign-in.title')}
      demonstration={demonstration}
      onLanguage={onLanguage}
      beside={demonstration && <DemonstrationPeople onEntered={entered} />}
    >
      {canUsePasskeys() ? (
        <>
          <Button wide busy={passkey.isPending} onClick={() => passkey.mutate()}>
            {t('auth.sign-in.passkey')}
          </Button>
          <p className="door-hint">{t('auth.sign-in.passkey-hint')}</p>
        </>
      ) : (
        <Banner>{t('auth.sign-in.no-passkeys')}</Banner>
      )}
      {unused && (
        <Banner tone="warning" role="alert">
          {t('auth.sign-in.passkey-failed')}
        </Banner>
      )}
      {passkey.error && !unused && <Problem error={passkey.error} />}
      <div>
        <details className="door-more" open={!canUsePasskeys()}>
          <summary className="door-more-title">
            {t('auth.sign-in.other-way')}
            <Icon name="down" />
          </summary>
          <PasswordForm onEntered={entered} />
        </details>
        <details className="door-more">
          <summary className="door-more-title">
            {t('auth.sign-in.lost')}
            <Icon name="down" />
          </summary>
          <p>{t('auth.sign-in.lost-text')}</p>
        </details>
      </div>
    </Door>
  )
}

/** After a good sign-in: the browser keeps its token, and the app asks again who is here. */
function useEntered(): (device?: string) => Promise<void> {
  const queries = useQueryClient()
  return async device => {
    keepDevice(device)
    await queries.invalidateQueries({ queryKey: [auth.me.id] })
  }
}
