/** A part of a list, and how many rows the whole list has. */
export interface Page<Row> {
  data: Row[];
  totalCount: number;
}
