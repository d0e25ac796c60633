import type { Pose } from "./camera-path";
import type { Layer } from "./layer";
import type { FramePlanes } from "./strokes";
import { aim, createMesh, findFill, samplePlane } from "./warp";

/** Prepares to paint layers into frames of one size, enlarged so that no pose shows an edge. */
export function exposeLayers(layers: Layer[], poses: Pose[], width: number, height: number) {
  const fill = Math.max(...layers.map(({ plate, near }) => findFill(plate, near, poses, width, height)));
  const mesh = createMesh(width, height);

  const paint = ({ plate, cover }: Layer, frame: FramePlanes, plane: "y" | "u" | "v") => {
    const shrink = plane === "y" ? 1 : 2;
    samplePlane(
      ...([plate[plane], Math.floor(plate.width / shrink), Math.floor(plate.height / shrink)] as const),
      ...([frame[plane], Math.floor(width / shrink), Math.floor(height / shrink)] as const),
      ...([mesh, shrink, shrink === 1 ? cover?.full : cover?.half] as const),
    );
  };

  return (frame: FramePlanes, pose: Pose): void => {
    for (const layer of layers) {
      aim(mesh, layer.plate, layer.near, pose, fill, width, height);
      for (const plane of ["y", "u", "v"] as const) paint(layer, frame, plane);
    }
  };
}
