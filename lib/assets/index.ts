export type { Asset, NewAsset } from "./asset";
export { type Board, type BoardSummary, boardsOf, findBoard, listBoards } from "./boards";
export { deleteAssets, RESTORABLE_DAYS, restoreAssets, starAsset, starAssets } from "./change-assets";
export { addToBoard, createBoard, deleteBoard, removeFromBoard, renameBoard } from "./change-boards";
export { createAsset } from "./create-asset";
export { findAsset, findAssets } from "./find-asset";
export { type Lineage, lineage, type Relative } from "./lineage";
export { type AssetPage, listAssets } from "./list-assets";
export { type Neighbours, neighbours } from "./neighbours";
export { findAssetsOfStep, findCovers } from "./of-jobs";
export { findKnownIds, listUnrestorable, removeAssets } from "./remove-assets";
export { type AssetAnalysis, saveAnalysis } from "./save-analysis";
export type { AssetFilter, AssetView } from "./schema";
export { FinishedUpload, NewUpload, type UploadProgress } from "./upload-schema";
export {
  changeUpload,
  createUpload,
  DAYS_OPEN,
  deleteUpload,
  findUpload,
  forgetUpload,
  listExpiredUploads,
  touchUpload,
  type Upload,
} from "./uploads";
