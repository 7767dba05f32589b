import { useQueryClient } from '@tanstack/react-query'
import {
  createRootRoute,
  createRoute,
  createRouter,
  Link,
  lazyRouteComponent,
  Outlet,
  RouterProvider,
  useLocation,
} from '@tanstack/react-router'
import { lazy, Suspense, use, useMemo } from 'react'
import { directory } from '#capabilities/directory/contract.ts'
import { auth } from '#platform/auth/contract.ts'
import type { Role } from '#platform/policy/roles.ts'
import { Banner } from '#ui/Banner.tsx'
import { Button } from '#ui/Button.tsx'
import { EmptyState } from '#ui/EmptyState.tsx'
import { LanguageSwitch } from '#ui/LanguageSwitch.tsx'
import { Loading } from '#ui/Loading.tsx'
import { PageHeader } from '#ui/PageHeader.tsx'
import { Problem } from '#ui/Problem.tsx'
import { SkipLink } from '#ui/SkipLink.tsx'
import { ThemeSwitch } from '#ui/ThemeSwitch.tsx'
import { TopBar } from '#ui/TopBar.tsx'
import { useWords } from '#ui/words-context.tsx'
import { fetchMoreScreens, needsMoreScreens, screensFor } from './all-screens.ts'
import { useAsk, useCommand } from './api.ts'
import { usePhone } from './phone/here.ts'
import { carriers, deskRoles, SessionProvider, type SessionValue, useSession } from './session.ts'
import { withRest } from './words.ts'

const MorePlaces = lazy(withRest(() => import('./MorePlaces.tsx')))
const Standing = lazy(withRest(() => import('./phone/Standing.tsx')))

const isFor = (role: Role, path: string): boolean => screensFor(role).some(one => one.path === path)

/** The part of the app behind sign-in: one router for the screens of the active role. */
export function SignedIn({ session, demonstration }: { session: SessionValue; demonstration: boolean }) {
  if (needsMoreScreens(session.role)) use(fetchMoreScreens())
  const router = useMemo(() => routerFor(session.role), [session.role])
  return (
    <SessionProvider value={session}>
      {demonstration && <DemonstrationBanner />}
      <RouterProvider router={router} />
    </SessionProvider>
  )
}

function routerFor(role: SessionValue['role']) {
  const root = createRootRoute({ component: Frame, notFoundComponent: NothingHere })
  const routes = screensFor(role).map(screen =>
    createRoute({
      getParentRoute: () => root,
      path: screen.path,
      // The words of an officer's first page are there already (words.ts).
      component: lazyRouteComponent(role === 'officer' && screen.path === '/' ? screen.load : withRest(screen.load)),
      pendingComponent: Loading,
      errorComponent: ({ error, reset }) => <Problem error={error} onRetry={reset} />,
    }),
  )
  return createRouter({
    routeTree: root.addChildren(routes),
    defaultPreload: 'intent',
    scrollRestoration: true,
  })
}

function Frame() {
  const { t } = useWords()
  const { me, role, organisation } = useSession()
  const country = useAsk(directory.country, {}, { staleTime: 600_000 })
  const places = screensFor(role)
    .filter(one => one.nav && (!one.nav.where || (country.data && one.nav.where(country.data))))
    .sort((a, b) => a.nav!.order - b.nav!.order)
  const { pathname } = useLocation()
  const { state: phone } = usePhone()
  /** Whether another place below this one is where we are: of the two, only that is marked. */
  const isOf = (path: string) =>
    places.some(other => other.path.startsWith(`${path}/`) && pathname.startsWith(other.path))
  const links = places.map(({ path, nav }) => (
    <Link key={path} to={path} activeOptions={{ exact: path === '/' || isOf(path) }}>
      {t(nav!.words)}
      {nav?.badge && (
        <Suspense>
          <nav.badge />
        </Suspense>
      )}
    </Link>
  ))
  return (
    <>
      <SkipLink />
      <TopBar
        label={t('staff.navigation')}
        home={content => (
          <Link to="/" className="top-bar-home">
            {content}
          </Link>
        )}
        places={
          <>
            {links.slice(0, 6)}
            {links[7] ? (
              <Suspense>
                <MorePlaces>{links.slice(6)}</MorePlaces>
              </Suspense>
            ) : (
              links[6]
            )}
          </>
        }
        end={<Person name={me.name} role={role} organisation={organisation.name} />}
      />
      {phone !== 'absent' && (
        <Suspense>
          <Standing />
        </Suspense>
      )}
      <main id="main" className={deskRoles.has(role) ? 'desk page page-wide' : 'page'} tabIndex={-1}>
        <Outlet />
      </main>
    </>
  )
}

/** Above every page of a demonstration. */
function DemonstrationBanner() {
  const { t } = useWords()
  return <Banner tone="demonstration">{t('staff.demonstration')}</Banner>
}

/** Who is signed in; everything that is about oneself is behind it. */
function Person({ name, role, organisation }: { name: string; role: Role; organisation: string }) {
  const { t } = useWords()
  const { state } = usePhone()
  const { onLanguage } = useSession()
  const queries = useQueryClient()
  const signOut = useCommand(auth.signOut)
  const leave = () =>
    signOut.mutate({} as never, {
      onSettled: () => {
        // Everything read goes with the session.
        queries.clear()
        location.assign('/')
      },
    })
  return (
    <details className="person">
      <summary>
        <span className="person-name">{name}</span>
      </summary>
      <div className="person-sheet">
        <p>
          <strong>{name}</strong>
          <br />
          {t(`role.${role}`)}
          <br />
          {organisation}
        </p>
        <p>
          <Link to="/account">{t('staff.my-account')}</Link>
        </p>
        {isFor(role, '/alerts') && (
          <p>
            <Link to={'/alerts' as never}>{t('alert.menu')}</Link>
          </p>
        )}
        {isFor(role, '/glass') && (
          <p>
            <Link to={'/glass' as never}>{t('glass.menu')}</Link>
          </p>
        )}
        {carriers.has(role) && (
          <>
            <p>
              <Link to="/phone">{t('staff.this-phone')}</Link>
            </p>
            <p>
              <Link to="/conflicts">{t('staff.conflicts')}</Link>
            </p>
          </>
        )}
        <LanguageSwitch onChange={onLanguage} />
        <ThemeSwitch />
        {state === 'unlocked' && (
          <Button wide onClick={() => void import('./phone/this-phone.ts').then(one => one.lock())}>
            {t('staff.lock')}
          </Button>
        )}
        <Button variant="secondary" wide busy={signOut.isPending} onClick={leave}>
          {t('auth.sign-out')}
        </Button>
      </div>
    </details>
  )
}

function NothingHere() {
  const { t } = useWords()
  const { role } = useSession()
  return (
    <>
      <PageHeader title={t('staff.nothing-here')} />
      <EmptyState title={t('staff.nothing-here-hint')} action={<Link to="/">{t('staff.go-home')}</Link>}>
        {isFor(role, '/glass') && (
          <p>
            {t('glass.cannot-find')} <Link to={'/glass' as never}>{t('glass.menu')}</Link>
          </p>
        )}
      </EmptyState>
    </>
  )
}
