/** Advisory locks with one number, in a space of their own in each database: no two things may share one. */
export const LOCKS = { migration: 7_203_114, firstUser: 7_203_115, firstWorkspace: 7_203_116 } as const;

/** Locks with two numbers, which are another space: class and object. */
export const PRESENCE = { class: 7_203, worker: 1 } as const;
