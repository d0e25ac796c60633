export { claimFirstWorkspace, openFirstWorkspace } from "./first-workspace";
export {
  acceptInvitation,
  createInvitation,
  findInvitation,
  listInvitations,
  revokeInvitation,
} from "./invitations";
export { changeRole, leaveWorkspace, listMembers, removeMember } from "./members";
export { chooseModel, getCaps, getModelChoices, setCaps } from "./settings";
export {
  createWorkspace,
  foundWorkspace,
  listWorkspaces,
  mayCreateWorkspace,
  renameWorkspace,
} from "./workspaces";
