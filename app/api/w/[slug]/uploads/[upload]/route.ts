import { cancelUpload, checkUpload, takeUpload } from "@/lib/http/uploads";

export const PUT = takeUpload;
export const POST = checkUpload;
export const DELETE = cancelUpload;
