export { searchExactly } from './exact';
export { extendNeighbors, type ExtendNeighborsOptions } from './extend-neighbors';
export { filterNeighbors, type FilterNeighborsOptions } from './filter-neighbors';
export { searchHnsw } from './hnsw';
export { chooseNumNeighbors, mineNeighbors, type MineNeighborsOptions } from './mine-neighbors';
