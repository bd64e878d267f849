/** Trees made ready for a kernel: one piece of bytes, copied into its memory as it is. */
export interface TreeImage {
  readonly image: Uint8Array;
  /** Places that a row has in the kernel's memory, one for each column and way of asking it. */
  readonly slots: number;
  /** A matrix has at least so many columns. */
  readonly columns: number;
}
