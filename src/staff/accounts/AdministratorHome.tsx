import { Navigate } from '@tanstack/react-router'

/** An administrator comes for people; there is no other first page. */
export default function AdministratorHome() {
  return <Navigate to="/people" replace />
}
