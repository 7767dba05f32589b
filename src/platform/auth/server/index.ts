import type { Config } from '../../config/config.ts'
import type { Binding } from '../../http/handle.ts'
import { askRecovery } from './accounts/ask-recovery.ts'
import { confirmAssignment } from './accounts/confirm-assignment.ts'
import { confirmRecovery } from './accounts/confirm-recovery.ts'
import { disableAccount } from './accounts/disable-account.ts'
import { endAccountSessions } from './accounts/end-account-sessions.ts'
import { endAssignment } from './accounts/end-assignment.ts'
import { getAccount } from './accounts/get-account.ts'
import { grant } from './accounts/grant.ts'
import { invite } from './accounts/invite.ts'
import { listAccounts } from './accounts/list-accounts.ts'
import { listRecoveries } from './accounts/list-recoveries.ts'
import { listWaiting } from './accounts/list-waiting.ts'
import { refuseAssignment } from './accounts/refuse-assignment.ts'
import { renewInvitation } from './accounts/renew-invitation.ts'
import { activate } from './activate.ts'
import { addPasskey } from './add-passkey.ts'
import { beginInvitation } from './begin-invitation.ts'
import { beginPasskey } from './begin-passkey.ts'
import { beginPassword } from './begin-password.ts'
import { beginSignIn } from './begin-sign-in.ts'
import { beginStepUp } from './begin-step-up.ts'
import { changeLanguage } from './change-language.ts'
import { demonstrationAccounts } from './demonstration-accounts.ts'
import { demonstrationSignIn } from './demonstration-sign-in.ts'
import { endSession } from './end-session.ts'
import { finishInvitation } from './finish-invitation.ts'
import { finishSignIn } from './finish-sign-in.ts'
import { finishStepUp } from './finish-step-up.ts'
import { listPasskeys } from './list-passkeys.ts'
import { listSessions } from './list-sessions.ts'
import { me } from './me.ts'
import { newRecoveryCodes } from './new-recovery-codes.ts'
import { removePasskey } from './remove-passkey.ts'
import { renamePasskey } from './rename-passkey.ts'
import { setPassword } from './set-password.ts'
import { signInWithPassword } from './sign-in-with-password.ts'
import { signOut } from './sign-out.ts'

export const bindings: Binding[] = [
  beginSignIn,
  finishSignIn,
  signInWithPassword,
  beginInvitation,
  finishInvitation,
  me,
  activate,
  signOut,
  listSessions,
  endSession,
  listPasskeys,
  beginPasskey,
  addPasskey,
  renamePasskey,
  removePasskey,
  beginPassword,
  setPassword,
  beginStepUp,
  finishStepUp,
  changeLanguage,
  newRecoveryCodes,
  listAccounts,
  getAccount,
  invite,
  renewInvitation,
  grant,
  listWaiting,
  confirmAssignment,
  refuseAssignment,
  endAssignment,
  disableAccount,
  endAccountSessions,
  askRecovery,
  listRecoveries,
  confirmRecovery,
]

/** "Sign in as": there is nothing to mount in any other mode. */
export const demonstrationBindings = (config: Config): Binding[] =>
  config.mode === 'demonstration' ? [demonstrationAccounts, demonstrationSignIn] : []
