import { config } from "zod/v4/core";
import { pageNonce } from "@/components/ui/page-nonce";

declare global {
  /** Where the library that keeps a page still behind dialogs and menus looks for the nonce of its styles. */
  var __webpack_nonce__: string | undefined;
}

// Next runs this in the browser before anything of a page. Both keep to the page's content security policy.
globalThis.__webpack_nonce__ = pageNonce();
// Otherwise zod would try whether it may compile code.
config({ jitless: true });
