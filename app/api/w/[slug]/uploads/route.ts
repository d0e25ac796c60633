import { announceUpload } from "@/lib/http/uploads";

export const POST = announceUpload;
