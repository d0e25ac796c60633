export { type Caller, type Role, requireRole, studioCaller } from "./caller";
export { identityProviders } from "./identity-providers";
export { authOptions, type CameFrom } from "./next-auth";
export { safePath } from "./next-path";
export { findCaller, findSessionUser, findSignInWays, hasUsers, type KnownCaller } from "./queries";
export { checkSetupCode, clientAddress, setupCode } from "./request";
export { findReset, resetMember, resetPassword } from "./resets";
export {
  currentUser,
  isSignedInTo,
  leaveSession,
  requireCaller,
  requireUser,
  type SignedIn,
} from "./session";
export { listSessions, revokeSession, revokeSessions } from "./sessions";
export { changePassword, createFirstUser, createUser, renameUser } from "./users";
