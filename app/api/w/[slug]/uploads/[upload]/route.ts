import { cancelUpload, checkUpload, tellUpload } from "@/lib/http/uploads";

export const GET = tellUpload;
export const POST = checkUpload;
export const DELETE = cancelUpload;
