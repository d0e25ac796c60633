import { animatedPicture } from "./animated-picture";
import { pictureReading } from "./picture-reading";

export const pipelines = [animatedPicture, pictureReading];
