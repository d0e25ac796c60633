/** The longest form: a prompt and a motion of the greatest length, escaped as JSON. Files do not travel in forms. */
export const FORM_BYTES = 256 * 1024;
/** Said in place of an action's answer; Next throws it where the action was called. */
export const FORM_TOO_LONG = `This is longer than ${FORM_BYTES / 1024} kB.`;
