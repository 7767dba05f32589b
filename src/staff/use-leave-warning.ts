import { useEffect } from 'react'

/** The browser asks before a reload or a closed page would lose what was told. */
export function useLeaveWarning(begun: boolean): void {
  useEffect(() => {
    if (!begun) return
    const warn = (event: BeforeUnloadEvent) => event.preventDefault()
    addEventListener('beforeunload', warn)
    return () => removeEventListener('beforeunload', warn)
  }, [begun])
}
