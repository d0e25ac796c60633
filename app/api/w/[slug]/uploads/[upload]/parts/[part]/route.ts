import { takePart } from "@/lib/http/uploads";

export const PUT = takePart;
