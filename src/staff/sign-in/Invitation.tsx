import { useMutation, useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { auth } from '#platform/auth/contract.ts'
import type { Answer } from '#platform/contract/client.ts'
import type { LanguageCode } from '#platform/words/words.ts'
import { Banner } from '#ui/Banner.tsx'
import { Button } from '#ui/Button.tsx'
import { Icon } from '#ui/Icon.tsx'
import { Loading } from '#ui/Loading.tsx'
import { Problem } from '#ui/Problem.tsx'
import { useWords } from '#ui/words-context.tsx'
import { call } from '../api.ts'
import { chosenLanguage } from '../language.ts'
import { deviceName, keepDevice, thisBrowser } from './browser.ts'
import { Door } from './Door.tsx'
import { canUsePasskeys, makePasskey, PasskeyUnused } from './passkey.ts'
import { RecoveryCodes } from './RecoveryCodes.tsx'
import { SetPassword, type SetPasswordAnswer } from './SetPassword.tsx'

type Opened = Answer<typeof auth.beginInvitation>
type Finished = Answer<typeof auth.finishInvitation>

/** The token of /invitation#<token>: it stands after the #, so that it reaches no server's log. */
const tokenHere = (): string | undefined => /^#([A-Za-z0-9_-]{43})$/.exec(location.hash)?.[1]

/** The page of a one-time link: whom it is for, a way in to make, and what must be kept from it. */
export default function Invitation({ onLanguage }: { onLanguage: (lang: LanguageCode) => void }) {
  const { t } = useWords()
  const [token] = useState(tokenHere)
  const [finished, setFinished] = useState<Finished>()
  const opened = useQuery({
    queryKey: ['sign-in.invitation', token],
    queryFn: () => call(auth.beginInvitation, { body: { token: token! } }),
    enabled: token !== undefined,
    // The challenge it carries waits for its one answer; a refetch behind the person's back would change the picture.
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  })
  const language = opened.data?.language
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when the person's language becomes known
  useEffect(() => {
    if (language && !chosenLanguage()) onLanguage(language)
  }, [language])

  if (finished) return <Inside finished={finished} onLanguage={onLanguage} />
  if (opened.data && token)
    return (
      <MakeWayIn
        opened={opened.data}
        token={token}
        onLanguage={onLanguage}
        onStale={() => void opened.refetch()}
        onFinished={done => {
          keepDevice(done.device)
          // Spent: it has no place in the address any more, nor in what the browser remembers of it.
          history.replaceState(null, '', '/invitation')
          setFinished(done)
        }}
      />
    )
  const gone = !token || (opened.error as { status?: number } | null)?.status === 404
  return (
    <Door title={t('sign-in.invitation.title')} onLanguage={onLanguage}>
      {gone ? (
        <>
          <Banner tone="warning" role="alert">
            {t('auth.invitation.gone')}
          </Banner>
          <p>
            <a href="/">{t('sign-in.invitation.to-sign-in')}</a>
          </p>
        </>
      ) : opened.error ? (
        <Problem error={opened.error} onRetry={() => void opened.refetch()} />
      ) : (
        <Loading lines={4} />
      )}
    </Door>
  )
}

function MakeWayIn({
  opened,
  token,
  onLanguage,
  onStale,
  onFinished,
}: {
  opened: Opened
  token: string
  onLanguage: (lang: LanguageCode) => void
  onStale: () => void
  onFinished: (finished: Finished) => void
}) {
  const { t } = useWords()
  const { kind, name, email, challenge } = opened
  const finish = useMutation({
    mutationFn: async (password?: SetPasswordAnswer) => {
      const label = deviceName()
      const way = password ?? {
        passkey: await makePasskey(opened.options),
        ...(label ? { label } : {}),
      }
      return call(auth.finishInvitation, { body: { token, challenge, ...way, ...thisBrowser() } })
    },
    onSuccess: onFinished,
    // The page stood open for longer than its challenge lives: the next try is made on a fresh one.
    onError: error => isStale(error) && onStale(),
  })
  const unused = finish.error instanceof PasskeyUnused
  const password = finish.variables !== undefined
  return (
    <Door
      title={t(`auth.invitation.title-${kind}`, { name })}
      lead={t(`auth.invitation.text-${kind}`)}
      onLanguage={onLanguage}
    >
      <div className="door-for">
        <p>{t(`sign-in.invitation.by-${kind}`, { name: opened.askedBy ?? 'Samaan' })}</p>
        <ul>
          {opened.assignments.map(one => (
            <li key={`${one.role} ${one.organisation}`}>
              <strong>{t(`role.${one.role}`)}</strong>, {one.organisation}
            </li>
          ))}
        </ul>
        {opened.assignments.some(one => one.waiting) && <p className="door-hint">{t('auth.role.waiting-invited')}</p>}
        <p className="door-hint">{t('sign-in.invitation.account', { email })}</p>
      </div>
      {canUsePasskeys() ? (
        <>
          <Button
            wide
            busy={finish.isPending && !password}
            onClick={() => !finish.isPending && finish.mutate(undefined)}
          >
            {t('auth.invitation.passkey')}
          </Button>
          <p className="door-hint">{t('sign-in.invitation.passkey-hint')}</p>
        </>
      ) : (
        <Banner>{t('auth.sign-in.no-passkeys')}</Banner>
      )}
      {unused && (
        <Banner tone="warning" role="alert">
          {t('sign-in.invitation.passkey-unused')}
        </Banner>
      )}
      {isStale(finish.error) && (
        <Banner tone="warning" role="alert">
          {t('sign-in.invitation.stale')}
        </Banner>
      )}
      {finish.error && !unused && !isStale(finish.error) && !password && <Problem error={finish.error} />}
      <details className="door-more" open={!canUsePasskeys()}>
        <summary className="door-more-title">
          {t('auth.invitation.password')}
          <Icon name="down" />
        </summary>
        <SetPassword
          authenticator={opened.authenticator}
          username={email}
          submit={t('auth.invitation.finish')}
          busy={finish.isPending && password}
          error={password && !isStale(finish.error) ? finish.error : null}
          onSubmit={answer => !finish.isPending && finish.mutate(answer)}
        />
      </details>
    </Door>
  )
}

const isStale = (error: unknown): boolean => (error as { code?: string } | null)?.code === 'not-now'

/** The way in is made: what must be kept, then on to the work. */
function Inside({ finished, onLanguage }: { finished: Finished; onLanguage: (lang: LanguageCode) => void }) {
  const { t } = useWords()
  const { recoveryCodes } = finished
  const goOn = () => location.replace('/')
  return (
    <Door
      title={t(recoveryCodes.length > 0 ? 'auth.codes.title' : 'sign-in.done.title')}
      lead={t(recoveryCodes.length > 0 ? 'auth.codes.text' : 'sign-in.done.text')}
      onLanguage={onLanguage}
    >
      {recoveryCodes.length > 0 ? (
        <RecoveryCodes codes={recoveryCodes} onKept={goOn} />
      ) : (
        <>
          <Banner title={t('sign-in.done.second-title')}>{t('sign-in.done.second')}</Banner>
          <Button wide onClick={goOn}>
            {t('sign-in.done.go')}
          </Button>
        </>
      )}
    </Door>
  )
}
