/** Mounted operations that are no question of the access table, each with the reason. */

const because = (reason: string, ids: string): [string, string][] => ids.split(/\s+/).map(id => [id, reason])

/** Operation id → why the table has no cell for it. */
export const ELSEWHERE: Readonly<Record<string, string>> = Object.fromEntries([
  ...because(
    'before anybody is signed in',
    'auth.beginInvitation auth.finishInvitation auth.beginSignIn auth.finishSignIn auth.signInWithPassword auth.demonstrationAccounts auth.demonstrationSignIn',
  ),
  ...because(
    "one's own session and ways in",
    'auth.me auth.activate auth.signOut auth.listSessions auth.endSession auth.listPasskeys auth.beginPasskey auth.addPasskey auth.renamePasskey auth.removePasskey auth.beginPassword auth.setPassword auth.beginStepUp auth.finishStepUp auth.changeLanguage auth.newRecoveryCodes',
  ),
  ...because('ends what is signed in and gives nothing', 'auth.endAccountSessions sync.listOfAccount sync.revokeOf'),
  ...because('one’s own mail', 'notify.choice notify.choose notify.standing'),
  ...because("one's own phone", 'sync.register sync.listDevices sync.revoke'),
  ...because(
    'answers what each record’s own reading answers, or its own command does',
    'sync.deliver sync.hello sync.pull sync.rows',
  ),
  ...because(
    'a sealed parcel, opened by its own commands in its maker’s name',
    'sync.listQuarantine sync.release sync.discard',
  ),
  ...because(
    'organisations, services, places and duties: nobody’s case',
    'directory.country directory.list directory.get directory.create directory.change directory.services directory.offer directory.changeService directory.withdraw directory.setPlaces directory.countPlaces directory.checkHsds directory.bringHsds directory.exportHsds directory.unlisted directory.publish directory.brought directory.putOnCall directory.endOnCall justice.people oversight.findPeople',
  ),
  ...because(
    'questions and rules of an instrument: nobody’s answers',
    'screening.instruments screening.instrument screening.xform screening.checkSheet screening.importInstrument screening.publishInstrument screening.withdrawInstrument screening.exportInstrument',
  ),
  ...because('counts of questions and answers: nobody’s case', 'referrals.performance referrals.performanceCsv'),
  ...because('a duty about nobody (README of the matrix, 13)', 'consent.notify consent.notifications'),
  ...because('what waits for oneself, by ids', 'oversight.alerts oversight.seeAlert oversight.myGlasses'),
  ...because('the way to oversight.readGlass, and asked there', 'oversight.breakGlass'),
  ...because('written down for the coordinator: told face to face', 'oversight.tellPerson'),
  ...because(
    'makes or ends the conflict of the tuple, or hides a case: takes away and gives nothing to who asks',
    'oversight.listBars oversight.bar oversight.endBar justice.barFromLead justice.endLeadBar oversight.listSealings oversight.proposeSealing oversight.answerSealing',
  ),
  ...because(
    'about an erasure or its hindrance, not one',
    'oversight.listErasures oversight.listHolds oversight.placeHold oversight.endHold',
  ),
  ...because('an invented person', 'oversight.plantCanary'),
  ...because(
    'the kind and size of a file that nobody opens, of nobody’s case: who may is proved by the slice’s specs',
    'oversight.listHeld oversight.answerHeld',
  ),
  ...because('ends what was given', 'justice.revokeOrder'),
  ...because('of cases that the asker sees, and asked under their own reading', 'cases.alike'),
  ...because(
    'two cases at once, where the table speaks of one: who may is in the slice’s README and proved by its specs',
    'matching.list matching.compare matching.judge matching.ofCase matching.history matching.proposeMerge matching.answerMerge matching.unmerge matching.link matching.unlink',
  ),
  ...because(
    'work, in codes and ids, for who has a place in the case anyway; its words are notes of the services, proved by the slice',
    'tasks.today tasks.count tasks.ofCase tasks.people tasks.make tasks.makeOwn tasks.take tasks.finish tasks.drop tasks.give tasks.undo',
  ),
  ...because(
    'the way to the person’s own view, and what they ask in it: nothing of the case that staff do not read elsewhere',
    'visits.ofCase visits.makeCode visits.revokeCode visits.answerQuestion visits.noteCheck',
  ),
  ...because(
    'how providers and areas are placed to help, and what is done about it: nobody’s case',
    'situation.list situation.read situation.make situation.handIn situation.settle situation.finish situation.drop situation.addAction situation.actions situation.finishAction situation.dropAction situation.addPicture situation.picture situation.coverage situation.coverageReport situation.report',
  ),
  ...because(
    'the way by which an organisation without an account answers what was sent to it: nothing of the case but what was shared already',
    'referrals.doors referrals.makeLink referrals.endLink referrals.makePaper referrals.answerOnPaper',
  ),
  ...because(
    'what the person says of a help, written down by who met them and read by who works the case: notes of the services, proved by the slice',
    'referrals.feedback referrals.tellFeedback referrals.takeBackFeedback',
  ),
  ...because(
    'what is overdue in a unit, told to who supervises it: a reference and a clock, nothing of the case',
    'cases.escalations cases.answerEscalation',
  ),
  ...because('what crossed by name already, and its receipt', 'justice.handed justice.receipts'),
])
