import { z } from "zod";

/** An id as providers make them. Text that no address, index or column would take is none. */
export const OperationId = z.string().regex(/^[\x21-\x7e]{1,200}$/);
